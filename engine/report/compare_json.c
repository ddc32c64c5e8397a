/* compare_json.c - the summary of a comparison as one JSON object on one line. */
#include "report/json_parts.h"
#include "report/why_words.h"

static const pc_statistics *annual(const pc_forecast *forecast, pc_measure measure, size_t category,
                                   size_t year)
{
    return pc_forecast_annual(forecast, forecast->n_la - 1, measure, category, year);
}

/* By measure, of all children; and of each category for children and cost. */
static json_t *year_object(const pc_comparison *of, size_t at, const pc_forecast *forecast, size_t year,
                           size_t month, int *failed)
{
    json_t *object = json_object();
    size_t row = (at * forecast->n_la + forecast->n_la - 1) * forecast->n_month + month;
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
            report_json_set(by_category,
                            category < forecast->n_category ? forecast->category[category] : "all",
                            report_json_range(annual(forecast, measure, category, year)), failed);
        }
        report_json_set(object, pc_measure_name(measure), by_category, failed);
    }
    if (forecast == &of->difference[at]) {
        report_json_set(object, "p_fewer", report_json_number(of->p_fewer[row]), failed);
        report_json_set(object, "p_more", report_json_number(of->p_more[row]), failed);
    }
    return object;
}

static json_t *years(const pc_comparison *of, size_t at, const pc_forecast *forecast, int *failed)
{
    json_t *array = json_array();
    size_t month = 0;

    for (size_t year = 0; year < forecast->n_year; year++) {
        month += (size_t)forecast->year[year].months;
        report_json_append(array, year_object(of, at, forecast, year, month - 1, failed), failed);
    }
    return array;
}

static json_t *treated(const pc_forecast *forecast, int *failed)
{
    static const char *const measure[] = {"treated", "changed"};
    json_t *array = json_array();

    for (size_t which = 0; which < forecast->n_intervention; which++) {
        json_t *one = json_object();

        report_json_set(one, "intervention", report_json_text(forecast->intervention[which]), failed);
        report_json_set(one, "kind", json_string(forecast->intervention_kind[which]), failed);
        for (size_t changed = 0; changed < 2; changed++) {
            json_t *by_year = json_object();
            size_t row = ((forecast->n_la - 1) * forecast->n_intervention + which) * 2 + changed;

            for (size_t year = 0; year < forecast->n_year; year++) {
                char name[PC_DAY_TEXT_SIZE];

                report_json_set(by_year, pc_financial_year_format(forecast->year[year].year, name),
                                report_json_range(&forecast->treated_annual[row * forecast->n_year + year]),
                                failed);
            }
            report_json_set(one, measure[changed], by_year, failed);
        }
        report_json_append(array, one, failed);
    }
    return array;
}

static json_t *parts(const pc_alone *of, int *failed)
{
    json_t *array = json_array();

    for (size_t part = 0; of->n > 0 && part <= of->n; part++) {
        for (size_t year = 0; year < of->n_year; year++) {
            json_t *one = json_object();
            char name[PC_DAY_TEXT_SIZE];

            report_json_set(one, "intervention",
                            report_json_text(part < of->n ? of->name[part] : "all together"), failed);
            report_json_set(one, "year", json_string(pc_financial_year_format(of->year[year].year, name)),
                            failed);
            for (int m = 0; m < PC_N_ALONE; m++) {
                pc_alone_measure measure = (pc_alone_measure)m;

                if (measure != PC_ALONE_COST || of->has_cost) {
                    report_json_set(one, pc_alone_measure_name(measure),
                                    report_json_range(pc_alone_difference(of, part, measure, year)), failed);
                }
            }
            report_json_append(array, one, failed);
        }
    }
    return array;
}

static json_t *scenario_object(const pc_run_record *record, size_t at, int *failed)
{
    const pc_comparison *of = record->comparison;
    json_t *object = json_object();

    report_json_set(object, "scenario", report_json_text(of->forecast[at].scenario), failed);
    report_json_set(object, "reference", json_boolean(at == 0), failed);
    report_json_set(object, "years", years(of, at, &of->forecast[at], failed), failed);
    if (at > 0) {
        report_json_set(object, "difference", years(of, at, &of->difference[at], failed), failed);
    }
    report_json_set(object, "interventions", treated(&of->forecast[at], failed), failed);
    report_json_set(object, "alone", parts(&record->alone[at], failed), failed);
    if (of->forecast[at].workload.n_series > 0) {
        report_json_set(object, "workforce", report_json_workforce(&of->forecast[at]), failed);
    }
    if (of->difference[at].workload.n_series > 0 && at > 0) {
        report_json_set(object, "workforce_difference", report_json_workforce(&of->difference[at]), failed);
    }
    report_json_set(object, "targets", report_json_targets(&of->forecast[at]), failed);
    report_json_set(object, "budget", report_json_budget(&of->forecast[at]), failed);
    return object;
}

/* {scenario: {other: {year: chance that it has fewer children}}} */
static json_t *fewer_than(const pc_comparison *of, int *failed)
{
    json_t *object = json_object();

    for (size_t a = 0; a < of->n; a++) {
        json_t *mine = json_object();

        for (size_t b = 0; b < of->n; b++) {
            json_t *by_year = a == b ? NULL : json_object();

            for (size_t year = 0; a != b && year < of->forecast[0].n_year; year++) {
                char name[PC_DAY_TEXT_SIZE];

                report_json_set(by_year, pc_financial_year_format(of->forecast[0].year[year].year, name),
                                report_json_number(pc_comparison_fewer_than(of, a, b, year)), failed);
            }
            if (a != b) {
                report_json_set(mine, of->forecast[b].scenario, by_year, failed);
            }
        }
        report_json_set(object, of->forecast[a].scenario, mine, failed);
    }
    return object;
}

pc_status pc_report_compare_summary_json(const pc_run_record *record, FILE *stream)
{
    json_t *root = json_object(), *scenarios = json_array();
    int failed = 0;

    report_json_set(root, "verb", json_string("compare"), &failed);
    report_json_set(root, "authorities", report_json_authorities(record->model), &failed);
    report_json_set(root, "start", report_json_day(record->scenario->start), &failed);
    report_json_set(root, "months", json_integer(record->scenario->months), &failed);
    report_json_set(root, "extract", report_json_day(record->model->extract), &failed);
    report_json_set(root, "seed", json_integer((json_int_t)record->scenario->seed), &failed);
    report_json_set(root, "replicates_done", json_integer(record->forecast->replicates), &failed);
    for (size_t at = 0; at < record->comparison->n; at++) {
        report_json_append(scenarios, scenario_object(record, at, &failed), &failed);
    }
    report_json_set(root, "scenarios", scenarios, &failed);
    report_json_set(root, "p_fewer_than", fewer_than(record->comparison, &failed), &failed);
    report_json_set(root, "why", report_json_why(&record->comparison->why), &failed);
    if (pc_report_has_invest(record->comparison, record->alone)) {
        report_json_set(root, "invest_to_save", report_json_invest(record->comparison, record->alone),
                        &failed);
    }
    report_json_set(root, "skill", report_json_skill(record->skill), &failed);
    report_json_set(root, "cleaned", report_json_cleaned(record), &failed);
    report_json_ending(root, record, &failed);
    return report_json_write(root, failed, JSON_COMPACT, stream);
}
