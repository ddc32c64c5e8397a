/* model_tables.c - the fitted model as tables: rates.csv, start_rates.csv, first_placements.csv, children.csv
 * and fit.json. Columns: docs/outputs.md; the mathematics: docs/model.md.
 */
#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/number_text.h"
#include "base/out_file.h"
#include "estimate/posterior.h"
#include "report/json_parts.h"
#include "report/model_draws.h"
#include "report/trend_report.h"

#define DIGITS 6 /* significant, of a rate */

static const char *const family_name[N_FAMILY] = {"exit", "move", "status"};

static void write_number(FILE *stream, double value)
{
    char text[PC_NUMBER_TEXT_SIZE];

    fputs(isfinite(value) ? pc_number_format_significant(value, DIGITS, text) : "", stream);
}

static void write_numbers(FILE *stream, const double *value, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        fputc(',', stream);
        write_number(stream, value[i]);
    }
    fputc('\n', stream);
}

static void write_texts(FILE *stream, const char *const *text, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (i > 0) {
            fputc(',', stream);
        }
        pc_out_text(stream, text[i]);
    }
}

/* "0-28", "28-182", ..., "730+": days since care or the placement began. */
static void band_name(const int *edge, size_t band, char text[32])
{
    if (band == PC_N_BAND - 1) {
        snprintf(text, 32, "%d+", edge[band - 1]);
    } else {
        snprintf(text, 32, "%d-%d", band == 0 ? 0 : edge[band - 1], edge[band]);
    }
}

static void write_rate_row(FILE *stream, const pc_model *model, size_t a, const report_draws *draws,
                           size_t family, size_t number)
{
    const pc_authority_model *authority = &model->authority[a];
    const estimate_table *table = &authority->posterior->family[family];
    size_t cell = number / table->n_cause, cause = number % table->n_cause;
    size_t band = cell % PC_N_BAND, category = cell / PC_N_BAND % table->n_category;
    size_t age = cell / PC_N_BAND / table->n_category % PC_N_AGE_BAND;
    size_t stream_number = cell / PC_N_BAND / table->n_category / PC_N_AGE_BAND;
    double reference = table->reference[number];
    double rate = estimate_family_rates(&authority->mean, (estimate_family)family)[number], low, high;
    char duration[32];
    const char *text[7] = {authority->la,
                           pc_stream_name((pc_stream)stream_number),
                           family_name[family],
                           family == FAMILY_EXIT ? pc_exit_cause_name((pc_exit_cause)cause)
                                                 : model->codes.category[cause].name,
                           model->codes.category[category].name,
                           pc_age_band_name((int)age),
                           duration};

    /* A stream or an age that nobody can come to is left out. */
    if (!((rate > 0 && authority->posterior->reachable[stream_number][age]) || table->events[number] > 0)) {
        return;
    }
    band_name(family == FAMILY_MOVE ? model->placement_edge : model->care_edge, band, duration);
    report_draws_interval(draws, report_draws_rate(draws, family, number), &low, &high);
    write_texts(stream, text, 7);
    write_numbers(stream,
                  (const double[]){table->events[number], table->years[cell], reference,
                                   reference > 0 ? rate / reference : (double)NAN, rate, low, high},
                  7);
}

static void write_rates(FILE *stream, const pc_model *model, size_t a, const report_draws *draws)
{
    for (size_t family = 0; family < N_FAMILY; family++) {
        const estimate_table *table = &model->authority[a].posterior->family[family];
        size_t n = (size_t)PC_N_STREAM * PC_N_AGE_BAND * table->n_category * PC_N_BAND * table->n_cause;

        for (size_t number = 0; number < n; number++) {
            write_rate_row(stream, model, a, draws, family, number);
        }
    }
}

static void write_starts(FILE *stream, const pc_model *model, size_t a, const report_draws *draws)
{
    const pc_authority_model *authority = &model->authority[a];

    for (size_t number = 0; number < (size_t)PC_N_STREAM * PC_N_AGE_YEAR; number++) {
        const estimate_starts *starts = &authority->posterior->starts[number / PC_N_AGE_YEAR];
        double low, high;

        report_draws_interval(draws, report_draws_start(draws, number), &low, &high);
        write_texts(stream,
                    (const char *const[]){authority->la, pc_stream_name((pc_stream)(number / PC_N_AGE_YEAR))},
                    2);
        fprintf(stream, ",%zu", number % PC_N_AGE_YEAR);
        write_numbers(stream,
                      (const double[]){starts->events[number % PC_N_AGE_YEAR], starts->years,
                                       authority->mean.starts[number], low, high},
                      5);
    }
}

static void write_first(FILE *stream, const pc_model *model, size_t a, const report_draws *draws)
{
    const pc_authority_model *authority = &model->authority[a];
    size_t n_category = model->codes.n_category;

    for (size_t number = 0; number < (size_t)PC_N_STREAM * PC_N_AGE_BAND * n_category; number++) {
        size_t age = number / n_category % PC_N_AGE_BAND, stream_number = number / n_category / PC_N_AGE_BAND;
        const estimate_starts *starts = &authority->posterior->starts[stream_number];
        double low, high;

        report_draws_interval(draws, report_draws_first(draws, number), &low, &high);
        write_texts(stream,
                    (const char *const[]){authority->la, pc_stream_name((pc_stream)stream_number),
                                          pc_age_band_name((int)age),
                                          model->codes.category[number % n_category].name},
                    4);
        write_numbers(stream,
                      (const double[]){starts->first_events[age * n_category + number % n_category],
                                       authority->mean.first[number], low, high},
                      4);
    }
}

/* Month of birth only, and no identifier. */
static void write_children(FILE *stream, const pc_model *model, size_t a, const report_draws *draws)
{
    const pc_authority_model *authority = &model->authority[a];

    (void)draws;
    for (size_t c = 0; c < authority->n_child; c++) {
        const pc_child *child = &authority->child[c];
        char birth[PC_DAY_TEXT_SIZE], day[PC_DAY_TEXT_SIZE];

        write_texts(stream, (const char *const[]){authority->la, pc_stream_name((pc_stream)child->stream)},
                    2);
        fprintf(stream, ",%.7s,", pc_day_format(child->birth, birth));
        pc_out_text(stream, model->codes.category[child->category].name);
        fprintf(stream, ",%s", pc_day_format(child->care_start, day));
        fprintf(stream, ",%s,", pc_day_format(child->placement_start, day));
        if (child->need > 0) {
            fprintf(stream, "N%d", child->need);
        }
        fprintf(stream, ",%d\n", child->placement_number);
    }
}

typedef struct model_table {
    const char *name;
    const char *header;
    mode_t mode;
    void (*write)(FILE *stream, const pc_model *model, size_t a, const report_draws *draws);
} model_table;

static const model_table tables[] = {
    {"rates.csv",
     "la,stream,family,cause,category,age_band,duration_band,events,exposure_years,reference_rate,factor,"
     "rate,"
     "rate_p025,rate_p975\n",
     0644, write_rates},
    {"start_rates.csv", "la,stream,age,starts,years,rate_per_year,rate_p025,rate_p975\n", 0644, write_starts},
    {"first_placements.csv", "la,stream,age_band,category,first_placements,share,share_p025,share_p975\n",
     0644, write_first},
    {"children.csv", "la,stream,born,category,care_start,placement_start,need,placement_number\n", 0600,
     write_children},
};
#define N_TABLE (sizeof tables / sizeof tables[0])

/* The draws of one authority are large: they are made once for all tables, which are written side by side. */
static pc_status write_tables(const pc_model *model, const char *folder, pc_diagnostics *diagnostics)
{
    pc_out_file file[N_TABLE] = {{0}};
    pc_status status = PC_OK;

    for (size_t t = 0; status == PC_OK && t < N_TABLE; t++) {
        status = pc_out_open(&file[t], folder, tables[t].name, tables[t].mode, diagnostics);
        if (status == PC_OK) {
            fputs(tables[t].header, file[t].stream);
        }
    }
    for (size_t a = 0; status == PC_OK && a < model->n_authority; a++) {
        report_draws draws;

        status = report_draws_make(model, a, &draws);
        for (size_t t = 0; status == PC_OK && t < N_TABLE; t++) {
            tables[t].write(file[t].stream, model, a, &draws);
        }
        report_draws_free(&draws);
    }
    for (size_t t = 0; status == PC_OK && t < N_TABLE; t++) {
        status = pc_out_commit(&file[t], diagnostics);
    }
    for (size_t t = 0; t < N_TABLE; t++) {
        pc_out_abandon(&file[t]);
    }
    return status;
}

/* A shape that is infinite means that there is no over-dispersion: null. */
static json_t *short_number(double value)
{
    char text[PC_NUMBER_TEXT_SIZE];

    return report_json_number(
        isfinite(value) ? strtod(pc_number_format_significant(value, DIGITS, text), NULL) : (double)NAN);
}

static json_t *family_json(const estimate_table *table, size_t stream, int *failed)
{
    static const char *const level_name[N_LEVEL] = {
        "cause", "cause_from", "cause_from_age", "cause_from_age_duration", "age_profile", "duration_profile",
        "from"};
    json_t *object = json_object(), *shapes = json_object();
    size_t per_stream = (size_t)PC_N_AGE_BAND * table->n_category * PC_N_BAND;
    double events = 0, years = 0;

    for (size_t cell = stream * per_stream; cell < (stream + 1) * per_stream; cell++) {
        years += table->years[cell];
        for (size_t cause = 0; cause < table->n_cause; cause++) {
            events += table->events[cell * table->n_cause + cause];
        }
    }
    for (int level = 0; level < N_LEVEL; level++) {
        if (level != LEVEL_ORIGIN || table->origin[stream * table->n_category] > 0) {
            report_json_set(shapes, level_name[level], short_number(table->shape[stream][level]), failed);
        }
    }
    report_json_set(object, "events", short_number(events), failed);
    report_json_set(object, "child_years", short_number(years), failed);
    report_json_set(object, "shape", shapes, failed);
    return object;
}

static json_t *stream_json(const pc_authority_model *authority, size_t stream, int *failed)
{
    const estimate_starts *starts = &authority->posterior->starts[stream];
    json_t *object = json_object();
    double per_year = 0;

    for (size_t age = 0; age < PC_N_AGE_YEAR; age++) {
        per_year += authority->mean.starts[stream * PC_N_AGE_YEAR + age];
    }
    report_json_set(object, "starts", short_number(starts->total), failed);
    report_json_set(object, "years", short_number(starts->years), failed);
    report_json_set(object, "starts_per_year", short_number(per_year), failed);
    report_json_set(object, "start_dispersion", short_number(authority->start_dispersion[stream]), failed);
    report_json_set(object, "start_age_shape", short_number(starts->age_shape), failed);
    report_json_set(object, "first_placement_shape", short_number(starts->first_shape), failed);
    for (size_t family = 0; family < N_FAMILY; family++) {
        report_json_set(object, family_name[family],
                        family_json(&authority->posterior->family[family], stream, failed), failed);
    }
    return object;
}

static json_t *authority_json(const pc_authority_model *authority, int *failed)
{
    json_t *object = json_object();

    report_json_set(object, "la", report_json_text(authority->la), failed);
    report_json_set(object, "children", json_integer((json_int_t)authority->n_child), failed);
    report_json_set(object, "left_out", json_integer((json_int_t)authority->left_out), failed);
    report_json_set(object, "own_reference", json_boolean(authority->posterior->own_reference), failed);
    report_json_set(object, "trend", report_trend_json(authority, failed), failed);
    for (size_t stream = 0; stream < PC_N_STREAM; stream++) {
        report_json_set(object, pc_stream_name((pc_stream)stream), stream_json(authority, stream, failed),
                        failed);
    }
    return object;
}

static json_t *half_life_json(const pc_half_life *half_life, int *failed)
{
    json_t *object = json_object(), *tried = json_array();

    for (size_t at = 0; at < PC_N_HALF_LIFE && half_life->n_year > 0; at++) {
        json_t *one = json_object();

        report_json_set(one, "months", short_number(pc_half_life_months[at]), failed);
        report_json_set(one, "log_score", short_number(half_life->log_score[at]), failed);
        report_json_append(tried, one, failed);
    }
    report_json_set(object, "months", short_number(half_life->months), failed);
    report_json_set(object, "years_forecast", json_integer(half_life->n_year), failed);
    report_json_set(object, "tried", tried, failed);
    return object;
}

static json_t *fit_json(const pc_model *model, const pc_diagnostics *diagnostics, int *failed)
{
    json_t *root = json_object(), *window = json_object(), *authorities = json_array();

    report_json_set(window, "from", report_json_day(model->window_from), failed);
    report_json_set(window, "to", report_json_day(model->window_to), failed);
    report_json_set(root, "window", window, failed);
    report_json_set(root, "extract", report_json_day(model->extract), failed);
    report_json_set(root, "half_life", half_life_json(&model->half_life, failed), failed);
    report_json_set(root, "interval_draws", json_integer(REPORT_N_DRAW), failed);
    for (size_t a = 0; a < model->n_authority; a++) {
        report_json_append(authorities, authority_json(&model->authority[a], failed), failed);
    }
    report_json_set(root, "authorities", authorities, failed);
    if (diagnostics != NULL) {
        report_json_set(root, "assumptions", report_json_messages(diagnostics, PC_ASSUMPTION), failed);
        report_json_set(root, "warnings", report_json_messages(diagnostics, PC_WARNING), failed);
    }
    return root;
}

pc_status pc_model_write(const pc_model *self, const char *folder, pc_diagnostics *diagnostics)
{
    int failed = 0;
    json_t *root;
    pc_status status = pc_make_folder(folder, diagnostics);

    if (status == PC_OK) {
        status = write_tables(self, folder, diagnostics);
    }
    if (status != PC_OK) {
        return status;
    }
    root = fit_json(self, diagnostics, &failed);
    return report_json_file(root, failed, folder, "fit.json", diagnostics);
}
