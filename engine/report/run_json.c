/* run_json.c - run.json: how a forecast came about. Its keys: docs/outputs.md. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "base/file_hash.h"
#include "base/memory.h"
#include "placecast/rounding.h"
#include "placecast/version.h"
#include "report/json_parts.h"
#include "report/skill_kept.h"

/* The words typed, without the place where the program was installed. */
static json_t *command(const pc_run_record *record)
{
    json_t *array = json_array();
    int failed = 0;

    report_json_append(array, json_string("placecast"), &failed);
    for (int a = 1; a < record->argc; a++) {
        report_json_append(array, report_json_text(record->argv[a]), &failed);
    }
    if (failed) {
        json_decref(array);
        return NULL;
    }
    return array;
}

static json_t *inputs(const pc_run_record *record, pc_diagnostics *diagnostics)
{
    json_t *array = json_array();
    int failed = 0;

    for (size_t i = 0; i < record->n_input; i++) {
        char hash[PC_HASH_TEXT_SIZE];
        bool read = pc_file_hash(record->input[i], hash);
        json_t *one = json_object();

        if (!read) {
            pc_diagnostics_add(diagnostics, PC_WARNING, (pc_place){.file = record->input[i]},
                               "could not be read again for its SHA-256, which run.json leaves null");
        }
        report_json_set(one, "path", report_json_text(record->input[i]), &failed);
        report_json_set(one, "sha256", read ? json_string(hash) : json_null(), &failed);
        report_json_append(array, one, &failed);
    }
    if (failed) {
        json_decref(array);
        return NULL;
    }
    return array;
}

/* Of the tables, which stand before run.json does; the page and the workbook are made of both. */
static json_t *output_hashes(const pc_run_record *record, const char *folder, pc_diagnostics *diagnostics)
{
    json_t *object = json_object();
    int failed = 0;

    for (size_t o = 0; o < record->n_output; o++) {
        const char *dot = strrchr(record->output[o], '.');
        char *path = pc_format_text("%s/%s", folder, record->output[o]);
        char hash[PC_HASH_TEXT_SIZE];

        failed |= path == NULL;
        if (path != NULL && dot != NULL && strcmp(dot, ".csv") == 0) {
            if (pc_file_hash(path, hash)) {
                report_json_set(object, record->output[o], json_string(hash), &failed);
            } else {
                pc_diagnostics_add(
                    diagnostics, PC_WARNING, (pc_place){.file = path},
                    "could not be read again for its SHA-256: run.json lacks it, and `rerun` cannot compare");
            }
        }
        free(path);
    }
    if (failed) {
        json_decref(object);
        return NULL;
    }
    return object;
}

/* The key and the hashes tell a later run that it need not back-test again. */
static json_t *skill(const pc_run_record *record, const char *folder, pc_diagnostics *diagnostics)
{
    json_t *object = report_json_skill(record->skill);
    char hash[REPORT_N_SKILL_TABLE][PC_HASH_TEXT_SIZE];
    int failed = object == NULL;
    const bool kept = record->skill != NULL && record->skill_key != NULL;
    const bool read = !kept || (record->skill_key[0] != '\0' && report_skill_hashes(folder, hash));

    if (!read) {
        pc_diagnostics_add(
            diagnostics, PC_WARNING, (pc_place){.file = folder},
            "the back-test, or what it was made from, could not be read again for its SHA-256: "
            "the next run there does it again");
    } else if (kept) {
        report_json_set(object, "key", json_string(record->skill_key), &failed);
        for (size_t t = 0; t < REPORT_N_SKILL_TABLE; t++) {
            report_json_set(object, report_skill_table[t], json_string(hash[t]), &failed);
        }
    }
    if (failed) {
        json_decref(object);
        return NULL;
    }
    return object;
}

static json_t *timings(const pc_run_record *record)
{
    json_t *object = json_object();
    int failed = 0;

    for (size_t s = 0; s < record->n_stage; s++) {
        report_json_set(object, record->stage[s],
                        report_json_number(floor(record->stage_seconds[s] * 1e6 + 0.5) / 1e6), &failed);
    }
    if (failed) {
        json_decref(object);
        return NULL;
    }
    return object;
}

/* Largest resident set so far; Linux counts it in KiB. */
static json_int_t peak_memory_bytes(void)
{
    struct rusage usage;

    return getrusage(RUSAGE_SELF, &usage) == 0 ? (json_int_t)usage.ru_maxrss * 1024 : 0;
}

static json_t *left_out(const pc_model *model, int to)
{
    size_t n = 0;

    for (size_t a = 0; a < model->n_authority; a++) {
        n += model->authority[a].left_out;
    }
    return json_integer((json_int_t)pc_round_count((long)n, to));
}

/* Every scenario of a comparison, the reference first. */
static json_t *compared(const pc_run_record *record, int *failed)
{
    json_t *array = json_array();

    for (size_t at = 0; at < record->comparison->n; at++) {
        json_t *one = json_object();

        report_json_set(one, "name", report_json_text(record->compared[at]->name), failed);
        report_json_set(one, "file", report_json_text(record->compared[at]->file), failed);
        report_json_append(array, one, failed);
    }
    return array;
}

static json_t *document(const pc_run_record *record, const char *folder, pc_diagnostics *diagnostics,
                        int *failed)
{
    const pc_scenario *scenario = record->scenario;
    const pc_model *model = record->model;
    json_t *root = json_object(), *about = json_object(), *window = json_object();

    report_json_set(root, "placecast", json_string(PC_VERSION), failed);
    report_json_set(root, "command", command(record), failed);
    report_json_set(about, "name", report_json_text(scenario->name), failed);
    report_json_set(about, "file", report_json_text(scenario->file), failed);
    report_json_set(about, "start", report_json_day(scenario->start), failed);
    report_json_set(about, "months", json_integer(scenario->months), failed);
    report_json_set(about, "method",
                    json_string(scenario->method == PC_METHOD_EXPECTED ? "expected" : "simulate"), failed);
    report_json_set(root, "scenario", about, failed);
    if (record->comparison != NULL) {
        report_json_set(root, "compared", compared(record, failed), failed);
    }
    report_json_set(root, "seed", json_integer((json_int_t)scenario->seed), failed);
    report_json_set(root, "replicates_done", json_integer(record->forecast->replicates), failed);
    if (record->round_to > 1) {
        report_json_set(root, "rounded_to", json_integer(record->round_to), failed);
    }
    report_json_set(root, "authorities", report_json_authorities(record->model), failed);
    report_json_set(root, "categories", report_json_categories(record->forecast), failed);
    report_json_set(root, "extract", report_json_day(model->extract), failed);
    report_json_set(window, "from", report_json_day(model->window_from), failed);
    report_json_set(window, "to", report_json_day(model->window_to), failed);
    report_json_set(root, "window", window, failed);
    report_json_set(root, "layers", report_json_layers(scenario, record->forecast), failed);
    if (record->forecast->mtfs != NULL) {
        report_json_set(root, "budget", report_json_budget(record->forecast), failed);
    }
    report_json_set(root, "skill", skill(record, folder, diagnostics), failed);
    report_json_set(root, "inputs", inputs(record, diagnostics), failed);
    report_json_set(root, "cleaned", report_json_cleaned(record), failed);
    report_json_set(root, "children_left_out", left_out(model, record->round_to), failed);
    report_json_set(root, "assumptions", report_json_messages(record->diagnostics, PC_ASSUMPTION), failed);
    report_json_set(root, "warnings", report_json_messages(record->diagnostics, PC_WARNING), failed);
    report_json_set(root, "outputs", report_json_texts(record->output, record->n_output), failed);
    report_json_set(root, "output_sha256", output_hashes(record, folder, diagnostics), failed);
    report_json_set(root, "timings_seconds", timings(record), failed);
    report_json_set(root, "peak_memory_bytes", json_integer(peak_memory_bytes()), failed);
    return root;
}

pc_status pc_report_run(const pc_run_record *record, const char *folder, pc_diagnostics *diagnostics)
{
    int failed = 0;
    json_t *root = document(record, folder, diagnostics, &failed);

    return report_json_file(root, failed, folder, "run.json", diagnostics);
}
