/* budget_json.c - budget beside outturn as JSON. */
#include <math.h>

#include "placecast/mtfs.h"
#include "report/json_parts.h"

static json_t *levels(const double *needed, int *failed)
{
    static const char *const name[PC_N_CONFIDENCE] = {"50", "80", "90"};
    json_t *object = json_object();

    for (size_t level = 0; level < PC_N_CONFIDENCE; level++) {
        report_json_set(object, name[level], report_json_number(needed[level]), failed);
    }
    return object;
}

static json_t *year_object(const pc_forecast *forecast, size_t holder, size_t year, int *failed)
{
    const pc_mtfs *of = forecast->mtfs;
    const pc_mtfs_year *mine = pc_mtfs_at(of, holder, year);
    json_t *object = json_object();
    char name[PC_DAY_TEXT_SIZE];

    report_json_set(object, "year", json_string(pc_financial_year_format(forecast->year[year].year, name)),
                    failed);
    report_json_set(object, "holder", report_json_text(of->holder[holder]), failed);
    report_json_set(object, "part_of_year", report_json_number(mine->covered), failed);
    report_json_set(object, "budget_gbp",
                    mine->has_budget ? json_real((double)mine->budget_pence / 100.0) : json_null(), failed);
    report_json_set(object, "outturn_gbp",
                    mine->has_outturn ? report_json_range(&mine->outturn) : json_null(), failed);
    report_json_set(object, "gap_gbp", report_json_number(mine->gap_gbp), failed);
    report_json_set(object, "p_over_budget", report_json_number(mine->p_over), failed);
    report_json_set(object, "budget_needed_gbp", levels(mine->needed, failed), failed);
    return object;
}

static json_t *residual_array(const pc_mtfs *of, int *failed)
{
    json_t *array = json_array();

    for (size_t at = 0; at < of->n_line; at++) {
        const pc_mtfs_line *line = &of->line[at];
        json_t *one;
        char name[PC_DAY_TEXT_SIZE];

        if (!(fabs(line->residual_gbp) >= 0.01)) {
            continue;
        }
        one = json_object();
        report_json_set(one, "year", json_string(pc_financial_year_format(line->year, name)), failed);
        report_json_set(one, "holder", report_json_text(line->holder), failed);
        report_json_set(one, "side", json_string(line->side), failed);
        report_json_set(one, "kind", json_string(line->kind), failed);
        report_json_set(one, "line", report_json_text(line->line), failed);
        report_json_set(one, "computed_gbp", report_json_number(line->computed_gbp), failed);
        report_json_set(one, "stated_gbp", report_json_number(line->stated_gbp), failed);
        report_json_set(one, "residual_gbp", report_json_number(line->residual_gbp), failed);
        report_json_append(array, one, failed);
    }
    return array;
}

json_t *report_json_budget(const pc_forecast *forecast)
{
    const pc_mtfs *of = forecast->mtfs;
    json_t *object, *array;
    int failed = 0;

    if (of == NULL) {
        return json_null();
    }
    object = json_object();
    array = json_array();
    for (size_t at = 0; at < of->n_holder * of->n_year; at++) {
        if (of->year[at].has_budget || of->year[at].has_outturn) {
            report_json_append(array, year_object(forecast, at / of->n_year, at % of->n_year, &failed),
                               &failed);
        }
    }
    report_json_set(object, "years", array, &failed);
    report_json_set(object, "reserve_needed_gbp", levels(of->reserve_needed, &failed), &failed);
    report_json_set(object, "reserve_unphased_gbp",
                    of->has_reserve ? json_real((double)of->reserve_pence / 100.0) : json_null(), &failed);
    report_json_set(object, "p_reserve_enough", report_json_number(of->p_reserve_enough), &failed);
    report_json_set(object, "residuals", residual_array(of, &failed), &failed);
    if (failed) {
        json_decref(object);
        return NULL;
    }
    return object;
}
