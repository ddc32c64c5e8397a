/* workforce_json.c - cases, posts and staff by financial year as JSON: measure, then category. */
#include "report/json_parts.h"

/* {category: range} of the series of one measure, from `at` on. */
static json_t *categories_of(const pc_workload_result *from, size_t n_year, size_t year, size_t at,
                             int *failed)
{
    json_t *object = json_object();
    pc_workload_measure measure = from->measure[at];

    for (; at < from->n_series && from->measure[at] == measure; at++) {
        report_json_set(object, from->category[at], report_json_range(&from->annual[at * n_year + year]),
                        failed);
    }
    return object;
}

json_t *report_json_workforce(const pc_forecast *forecast)
{
    const pc_workload_result *from = &forecast->workload;
    json_t *array = json_array();
    int failed = 0;

    for (size_t year = 0; from->n_series > 0 && year < forecast->n_year; year++) {
        json_t *one = json_object();
        char name[PC_DAY_TEXT_SIZE];

        report_json_set(one, "year", json_string(pc_financial_year_format(forecast->year[year].year, name)),
                        &failed);
        report_json_set(one, "months", json_integer(forecast->year[year].months), &failed);
        for (size_t at = 0; at < from->n_series; at++) {
            if (at == 0 || from->measure[at] != from->measure[at - 1]) {
                report_json_set(one, pc_workload_name(from->measure[at]),
                                categories_of(from, forecast->n_year, year, at, &failed), &failed);
            }
        }
        report_json_append(array, one, &failed);
    }
    if (failed) {
        json_decref(array);
        return NULL;
    }
    return array;
}
