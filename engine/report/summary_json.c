/* summary_json.c - the summaries of run, clean, fit, check and synth as one JSON object on one line. */
#include "report/json_parts.h"
#include "report/why_words.h"

static const char *forecast_category(const pc_forecast *forecast, size_t category)
{
    return category < forecast->n_category ? forecast->category[category] : "all";
}

/* By measure and category, the figures of one year; of the whole when there are several authorities. */
static json_t *year_object(const pc_forecast *forecast, size_t year, int *failed)
{
    json_t *object = json_object();
    char name[PC_DAY_TEXT_SIZE];

    report_json_set(object, "year", json_string(pc_financial_year_format(forecast->year[year].year, name)),
                    failed);
    report_json_set(object, "months", json_integer(forecast->year[year].months), failed);
    for (int m = 0; m < PC_N_MEASURE; m++) {
        pc_measure measure = (pc_measure)m;
        json_t *by_category;

        if (!forecast->has[measure]) {
            continue;
        }
        by_category = json_object();
        for (size_t category = 0; category <= forecast->n_category; category++) {
            report_json_set(
                by_category, forecast_category(forecast, category),
                report_json_range(pc_forecast_annual(forecast, forecast->n_la - 1, measure, category, year)),
                failed);
        }
        report_json_set(object, pc_measure_name(measure), by_category, failed);
    }
    return object;
}

pc_status pc_report_summary_json(const pc_run_record *record, FILE *stream)
{
    const pc_forecast *forecast = record->forecast;
    json_t *root = json_object(), *now = json_object(), *years = json_array();
    int failed = 0;

    report_json_set(root, "verb", json_string("run"), &failed);
    report_json_set(root, "scenario", report_json_text(record->scenario->name), &failed);
    report_json_set(root, "authorities", report_json_authorities(record->model), &failed);
    report_json_set(root, "start", report_json_day(record->scenario->start), &failed);
    report_json_set(root, "months", json_integer(record->scenario->months), &failed);
    report_json_set(root, "extract", report_json_day(record->model->extract), &failed);
    report_json_set(root, "seed", json_integer((json_int_t)record->scenario->seed), &failed);
    report_json_set(root, "replicates_done", json_integer(forecast->replicates), &failed);
    for (size_t category = 0; category <= forecast->n_category; category++) {
        size_t at = (forecast->n_la - 1) * (forecast->n_category + 1) + category;

        report_json_set(now, forecast_category(forecast, category), json_integer(forecast->children_now[at]),
                        &failed);
    }
    report_json_set(root, "children_now", now, &failed);
    for (size_t year = 0; year < forecast->n_year; year++) {
        report_json_append(years, year_object(forecast, year, &failed), &failed);
    }
    report_json_set(root, "years", years, &failed);
    if (forecast->mtfs != NULL) {
        report_json_set(root, "budget", report_json_budget(forecast), &failed);
    }
    if (forecast->workload.n_series > 0) {
        report_json_set(root, "workforce", report_json_workforce(forecast), &failed);
    }
    report_json_set(root, "targets", report_json_targets(forecast), &failed);
    report_json_set(root, "why", report_json_why(&forecast->why), &failed);
    report_json_set(root, "layers", report_json_layers(record->scenario, forecast), &failed);
    report_json_set(root, "skill", report_json_skill(record->skill), &failed);
    report_json_set(root, "cleaned", report_json_cleaned(record), &failed);
    report_json_ending(root, record, &failed);
    return report_json_write(root, failed, JSON_COMPACT, stream);
}

pc_status pc_report_backtest_summary_json(const pc_run_record *record, const pc_skill *skill, FILE *stream)
{
    pc_skill_headline headline = pc_skill_headline_of(skill);
    json_t *root = json_object(), *origins = json_array();
    int failed = 0;

    report_json_set(root, "verb", json_string("backtest"), &failed);
    if (record->scenario != NULL) {
        report_json_set(root, "scenario", report_json_text(record->scenario->name), &failed);
    } else {
        report_json_set(root, "panel", report_json_text(record->data), &failed);
    }
    for (size_t at = 0; at < skill->n_origin; at++) {
        report_json_append(origins, report_json_day(skill->origin[at]), &failed);
    }
    report_json_set(root, "origins", origins, &failed);
    report_json_set(root, "replicates", json_integer(skill->replicates), &failed);
    report_json_set(root, "skill", report_json_skill(&headline), &failed);
    report_json_ending(root, record, &failed);
    return report_json_write(root, failed, JSON_COMPACT, stream);
}

/* -1 stands for a count that is not known. */
static json_t *count_or_null(long count)
{
    return count < 0 ? json_null() : json_integer(count);
}

/* The rows for all children; those by category and age band are in tieout.csv. */
static json_t *tieout_array(const pc_tieout *tieout, int *failed)
{
    json_t *array = json_array();

    for (size_t t = 0; t < tieout->n; t++) {
        const pc_tieout_row *row = &tieout->row[t];
        json_t *one;

        if (row->category >= 0 || row->age_band >= 0) {
            continue;
        }
        one = json_object();
        report_json_set(one, "date", report_json_day(row->date), failed);
        report_json_set(one, "engine", count_or_null(row->engine), failed);
        report_json_set(one, "official_rule", count_or_null(row->official_rule), failed);
        report_json_set(one, "published", count_or_null(row->published), failed);
        report_json_append(array, one, failed);
    }
    return array;
}

/* Children are ordered by authority, so each name is seen where it changes. */
static json_t *cleaned_authorities(const pc_episodes *episodes, int *failed)
{
    json_t *array = json_array();

    for (size_t c = 0; c < episodes->n_child; c++) {
        if (c == 0 || episodes->child[c].la != episodes->child[c - 1].la) {
            report_json_append(array, report_json_text(pc_names_text(&episodes->la, episodes->child[c].la)),
                               failed);
        }
    }
    return array;
}

pc_status pc_report_clean_summary_json(const pc_run_record *record, FILE *stream)
{
    json_t *root = json_object();
    int failed = 0;

    report_json_set(root, "verb", json_string("clean"), &failed);
    report_json_set(root, "data", report_json_text(record->data), &failed);
    report_json_set(root, "authorities", cleaned_authorities(record->episodes, &failed), &failed);
    report_json_set(root, "extract", report_json_day(record->episodes->extract), &failed);
    report_json_set(root, "cleaned", report_json_cleaned(record), &failed);
    report_json_set(root, "tieout", tieout_array(record->tieout, &failed), &failed);
    report_json_ending(root, record, &failed);
    return report_json_write(root, failed, JSON_COMPACT, stream);
}

static json_t *authority_models(const pc_model *model, int *failed)
{
    json_t *array = json_array();

    for (size_t a = 0; a < model->n_authority; a++) {
        const pc_authority_model *each = &model->authority[a];
        json_t *one = json_object(), *starts = json_object();

        report_json_set(one, "la", report_json_text(each->la), failed);
        report_json_set(one, "children", json_integer((json_int_t)each->n_child), failed);
        report_json_set(one, "children_left_out", json_integer((json_int_t)each->left_out), failed);
        for (int stream = 0; stream < PC_N_STREAM; stream++) {
            double total = 0;

            for (int age = 0; age < PC_N_AGE_YEAR; age++) {
                total += each->mean.starts[stream * PC_N_AGE_YEAR + age];
            }
            report_json_set(starts, pc_stream_name((pc_stream)stream), report_json_number(total), failed);
        }
        report_json_set(one, "starts_a_year", starts, failed);
        report_json_append(array, one, failed);
    }
    return array;
}

pc_status pc_report_fit_summary_json(const pc_run_record *record, FILE *stream)
{
    const pc_model *model = record->model;
    json_t *root = json_object(), *window = json_object();
    int failed = 0;

    report_json_set(root, "verb", json_string("fit"), &failed);
    report_json_set(root, "scenario", report_json_text(record->scenario->name), &failed);
    report_json_set(root, "extract", report_json_day(model->extract), &failed);
    report_json_set(window, "from", report_json_day(model->window_from), &failed);
    report_json_set(window, "to", report_json_day(model->window_to), &failed);
    report_json_set(root, "window", window, &failed);
    report_json_set(root, "authorities", authority_models(model, &failed), &failed);
    report_json_set(root, "cleaned", report_json_cleaned(record), &failed);
    report_json_ending(root, record, &failed);
    return report_json_write(root, failed, JSON_COMPACT, stream);
}

pc_status pc_report_check_json(const char *file, const pc_scenario *scenario,
                               const pc_diagnostics *diagnostics, FILE *stream)
{
    json_t *root = json_object();
    int failed = 0;

    report_json_set(root, "verb", json_string("check"), &failed);
    report_json_set(root, "file", report_json_text(file), &failed);
    report_json_set(root, "ok", json_boolean(scenario != NULL), &failed);
    report_json_set(root, "scenario", scenario != NULL ? report_json_text(scenario->name) : json_null(),
                    &failed);
    report_json_set(root, "errors", report_json_messages(diagnostics, PC_ERROR), &failed);
    report_json_set(root, "warnings", report_json_messages(diagnostics, PC_WARNING), &failed);
    report_json_set(root, "assumptions", report_json_messages(diagnostics, PC_ASSUMPTION), &failed);
    return report_json_write(root, failed, JSON_COMPACT, stream);
}

pc_status pc_report_synth_json(const pc_synth_record *record, FILE *stream)
{
    json_t *root = json_object();
    char first[PC_DAY_TEXT_SIZE], last[PC_DAY_TEXT_SIZE];
    int failed = 0;

    report_json_set(root, "verb", json_string("synth"), &failed);
    report_json_set(root, "seed", json_integer((json_int_t)record->seed), &failed);
    report_json_set(root, "children", json_integer(record->children), &failed);
    report_json_set(root, "first_year", json_string(pc_financial_year_format(record->first_year, first)),
                    &failed);
    report_json_set(root, "last_year",
                    json_string(pc_financial_year_format(record->first_year + record->years - 1, last)),
                    &failed);
    report_json_set(root, "messy", json_boolean(record->messy), &failed);
    report_json_set(root, "folder", report_json_text(record->folder), &failed);
    return report_json_write(root, failed, JSON_COMPACT, stream);
}
