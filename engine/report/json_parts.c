#include "report/json_parts.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/out_file.h"
#include "placecast/rounding.h"
#include "report/rule_counts.h"

enum { REAL_DIGITS = 12 };

void report_json_set(json_t *object, const char *key, json_t *value, int *failed)
{
    if (json_object_set_new(object, key, value) != 0) {
        *failed = 1;
    }
}

void report_json_append(json_t *array, json_t *value, int *failed)
{
    if (json_array_append_new(array, value) != 0) {
        *failed = 1;
    }
}

json_t *report_json_text(const char *text)
{
    json_t *value = json_string(text);
    char *copy;

    if (value != NULL) {
        return value;
    }
    copy = pc_copy_text(text);
    for (char *c = copy; c != NULL && *c != '\0'; c++) {
        *c = (unsigned char)*c < 0x80 ? *c : '?';
    }
    value = copy == NULL ? NULL : json_string(copy);
    free(copy);
    return value;
}

static json_t *unless(json_t *value, int failed)
{
    if (failed) {
        json_decref(value);
        return NULL;
    }
    return value;
}

json_t *report_json_texts(const char *const *text, size_t n)
{
    json_t *array = json_array();
    int failed = 0;

    for (size_t t = 0; t < n; t++) {
        report_json_append(array, report_json_text(text[t]), &failed);
    }
    return unless(array, failed);
}

json_t *report_json_number(double value)
{
    return isfinite(value) ? json_real(value) : json_null();
}

json_t *report_json_day(pc_day day)
{
    char text[PC_DAY_TEXT_SIZE];

    return pc_day_format(day, text)[0] != '\0' ? json_string(text) : json_null();
}

json_t *report_json_messages(const pc_diagnostics *diagnostics, pc_severity severity)
{
    json_t *array = json_array();
    int failed = 0;

    for (size_t m = 0; diagnostics != NULL && m < diagnostics->n; m++) {
        if (diagnostics->message[m].severity == severity) {
            char *line = pc_message_line(&diagnostics->message[m]);

            report_json_append(array, line == NULL ? NULL : report_json_text(line), &failed);
            free(line);
        }
    }
    return unless(array, failed);
}

json_t *report_json_authorities(const pc_model *model)
{
    json_t *array = json_array();
    int failed = 0;

    for (size_t a = 0; a < model->n_authority; a++) {
        report_json_append(array, report_json_text(model->authority[a].la), &failed);
    }
    return unless(array, failed);
}

json_t *report_json_categories(const pc_forecast *forecast)
{
    json_t *array = json_array();
    int failed = 0;

    for (size_t c = 0; c < forecast->n_category; c++) {
        json_t *one = json_object();

        report_json_set(one, "name", report_json_text(forecast->category[c]), &failed);
        report_json_set(one, "label", report_json_text(forecast->category_label[c]), &failed);
        report_json_append(array, one, &failed);
    }
    return unless(array, failed);
}

static json_t *count(const pc_run_record *record, size_t n)
{
    return json_integer((json_int_t)pc_round_count((long)n, record->round_to));
}

json_t *report_json_cleaned(const pc_run_record *record)
{
    const pc_episodes *episodes = record->episodes;
    json_t *object = json_object(), *rules = json_array();
    report_rule_counts counts;
    int failed = report_rule_counts_make(record->quality, &counts) != PC_OK;

    for (size_t r = 0; r < counts.n; r++) {
        report_json_append(rules,
                           json_pack("{s:s, s:s, s:s, s:o}", "rule", counts.rule[r].name, "meaning",
                                     counts.rule[r].meaning, "severity", counts.rule[r].severity, "count",
                                     count(record, counts.rule[r].n)),
                           &failed);
    }
    report_json_set(object, "rows_read", count(record, (size_t)episodes->rows_read), &failed);
    report_json_set(object, "children_read", count(record, (size_t)episodes->children_read), &failed);
    report_json_set(object, "episodes", count(record, episodes->n), &failed);
    report_json_set(object, "children", count(record, episodes->n_child), &failed);
    report_json_set(object, "rules", rules, &failed);
    report_rule_counts_free(&counts);
    return unless(object, failed);
}

json_t *report_json_layers(const pc_scenario *scenario, const pc_forecast *forecast)
{
    static const char *const name[] = {"process", "parameters", "year_effects", "starts_overdispersion"};
    bool simulated = scenario->method == PC_METHOD_SIMULATE;
    const bool on[] = {simulated, simulated && scenario->uncertainty.parameters,
                       simulated && scenario->uncertainty.year_effects,
                       simulated && scenario->uncertainty.starts_overdispersion};
    json_t *object = json_object();
    int failed = 0;

    for (size_t layer = 0; layer < 4; layer++) {
        json_t *one = json_object();

        report_json_set(one, "on", json_boolean(on[layer]), &failed);
        report_json_set(one, "variance_share", report_json_number(forecast->variance_share[layer]), &failed);
        report_json_set(object, name[layer], one, &failed);
    }
    return unless(object, failed);
}

json_t *report_json_skill(const pc_skill_headline *skill)
{
    json_t *object;
    char sentence[PC_SKILL_SENTENCE_SIZE];
    int failed = 0;

    if (skill == NULL) {
        return json_null();
    }
    object = json_object();
    report_json_set(object, "horizon_months", json_integer(12), &failed);
    report_json_set(object, "forecasts", json_integer((json_int_t)skill->n), &failed);
    report_json_set(object, "mape", report_json_number(skill->mape), &failed);
    report_json_set(object, "naive_mape", report_json_number(skill->naive_mape), &failed);
    report_json_set(object, "held_80", json_integer((json_int_t)skill->held_80), &failed);
    report_json_set(object, "sentence", json_string(pc_skill_sentence(skill, sentence)), &failed);
    if (failed) {
        json_decref(object);
        return NULL;
    }
    return object;
}

json_t *report_json_range(const pc_statistics *value)
{
    json_t *object = json_object();
    int failed = 0;

    report_json_set(object, "mean", report_json_number(value->mean), &failed);
    report_json_set(object, "p10", report_json_number(value->quantile[2]), &failed);
    report_json_set(object, "p90", report_json_number(value->quantile[6]), &failed);
    if (failed) {
        json_decref(object);
        return NULL;
    }
    return object;
}

json_t *report_json_targets(const pc_forecast *forecast)
{
    json_t *array = json_array();
    int failed = 0;

    for (size_t at = 0; at < forecast->n_target; at++) {
        const pc_target_result *target = &forecast->target[at];
        json_t *one = json_object();

        report_json_set(one, "target", report_json_text(target->name), &failed);
        report_json_set(one, "by", report_json_day(target->by), &failed);
        report_json_set(one, "date", report_json_day(target->date), &failed);
        report_json_set(one, target->at_most ? "at_most" : "at_least", report_json_number(target->value),
                        &failed);
        report_json_set(one, "value", report_json_range(&target->reached), &failed);
        report_json_set(one, "probability", report_json_number(target->probability), &failed);
        report_json_set(one, "first_met", report_json_day(target->first_met), &failed);
        report_json_append(array, one, &failed);
    }
    return unless(array, failed);
}

void report_json_ending(json_t *root, const pc_run_record *record, int *failed)
{
    if (record->round_to > 1) {
        report_json_set(root, "rounded_to", json_integer(record->round_to), failed);
    }
    report_json_set(root, "assumptions", report_json_messages(record->diagnostics, PC_ASSUMPTION), failed);
    report_json_set(root, "warnings", report_json_messages(record->diagnostics, PC_WARNING), failed);
    report_json_set(root, "folder", report_json_text(record->folder), failed);
    report_json_set(root, "outputs", report_json_texts(record->output, record->n_output), failed);
}

pc_status report_json_write(json_t *root, int failed, size_t flags, FILE *stream)
{
    pc_status status = PC_ERR_NO_MEMORY;

    if (!failed && root != NULL) {
        bool written;

        errno = 0;
        written = json_dumpf(root, stream, flags | JSON_REAL_PRECISION(REAL_DIGITS)) == 0;
        /* Short of memory, jansson may leave out a part and say that all went well. */
        status = errno == ENOMEM                         ? PC_ERR_NO_MEMORY
                 : written && fputc('\n', stream) != EOF ? PC_OK
                                                         : PC_ERR_IO;
    }
    json_decref(root);
    return status;
}

pc_status report_json_file(json_t *root, int failed, const char *folder, const char *name,
                           pc_diagnostics *diagnostics)
{
    pc_out_file file;
    pc_status status = pc_out_open(&file, folder, name, 0644, diagnostics);

    if (status != PC_OK) {
        json_decref(root);
        return status;
    }
    status = report_json_write(root, failed, JSON_INDENT(2), file.stream);
    if (status == PC_ERR_NO_MEMORY) {
        pc_out_abandon(&file);
        return status;
    }
    return pc_out_commit(&file, diagnostics); /* says what went wrong with the write */
}
