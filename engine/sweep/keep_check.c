/* keep_check.c - whether what is to be kept of each run can be there. */
#include <stdlib.h>
#include <string.h>

#include "scenario/workload_name.h"
#include "sweep/rows.h"

static bool is_month_end(pc_day day)
{
    return pc_date_from_day(day + 1).day == 1;
}

static void check_dates(const sweep_keep *keep, const pc_scenario *scenario, bool *ok,
                        pc_diagnostics *diagnostics)
{
    int last_month = pc_month_of_day(scenario->start) + scenario->months;
    pc_day end = pc_month_first_day(last_month); /* the first day that is not forecast, or a little later */
    char from[PC_DAY_TEXT_SIZE], to[PC_DAY_TEXT_SIZE];

    for (size_t d = 0; d < keep->n_date; d++) {
        const sweep_date *date = &keep->date[d];
        bool fits = true;

        if (date->kind == SWEEP_DAY) {
            fits = is_month_end(date->day) && date->day > scenario->start && date->day < end;
        } else if (date->kind == SWEEP_YEAR) {
            fits =
                date->year >= pc_financial_year(scenario->start) && date->year <= pc_financial_year(end - 1);
        }
        if (!fits) {
            pc_diagnostics_add(
                diagnostics, PC_ERROR, date->place,
                "keep.dates: expected a month end or a financial year within the forecast, from "
                "%s to %s",
                pc_day_format(scenario->start, from), pc_day_format(end - 1, to));
            *ok = false;
        }
    }
}

static bool capacity_measure(size_t measure)
{
    return measure == PC_MEASURE_OVERFLOW || measure == PC_MEASURE_UNMET || measure == PC_MEASURE_DISPLACED ||
           measure == PC_MEASURE_UNMET_DAYS || measure == PC_MEASURE_DAYS_FULL;
}

static bool any_of(const sweep_keep *keep, size_t first, size_t end)
{
    bool any = false;

    for (size_t m = first; m < end; m++) {
        any |= keep->measure[m];
    }
    return any;
}

/* Measures of the budget and of the workforce need these. */
static bool check_further(const sweep_keep *keep, const pc_scenario *scenario, pc_diagnostics *diagnostics)
{
    bool budget = !any_of(keep, SWEEP_BUDGET, SWEEP_WORKLOAD) || scenario->budget_table.n > 0;
    bool workforce = !any_of(keep, SWEEP_WORKLOAD, SWEEP_N_MEASURE) || scenario->workforce != NULL;

    if (!budget) {
        pc_diagnostics_add(diagnostics, PC_ERROR, keep->measures_place,
                           "keep.measures: outturn and gap need `budget`, which the first run does not have");
    }
    if (!workforce) {
        pc_diagnostics_add(diagnostics, PC_ERROR, keep->measures_place,
                           "keep.measures: cases and posts need `workforce`, which the first run does not "
                           "have");
    }
    return budget && workforce;
}

static bool is_holder(const pc_scenario *scenario, const char *name)
{
    for (size_t l = 0; l < scenario->budget_table.n; l++) {
        if (strcmp(scenario->budget_table.line[l].holder, name) == 0) {
            return true;
        }
    }
    return false;
}

static bool is_of_workforce(size_t n, const pc_workload_series *series, const char *name)
{
    for (size_t s = 0; s < n; s++) {
        if (strcmp(series[s].category, name) == 0) {
            return true;
        }
    }
    return false;
}

pc_status sweep_keep_check(const pc_sweep *self, const sweep_job *job, pc_diagnostics *diagnostics)
{
    const sweep_keep *keep = &self->keep;
    pc_workload_series *series = NULL;
    size_t n_series = 0;
    bool ok = true;

    if (job->scenario.workforce != NULL &&
        scenario_workload_series(&job->scenario.workforce_plan, &n_series, &series) != PC_OK) {
        free(series);
        return PC_ERR_NO_MEMORY;
    }
    check_dates(keep, &job->scenario, &ok, diagnostics);
    if (keep->measure[PC_MEASURE_COST] && job->prices == NULL) {
        pc_diagnostics_add(diagnostics, PC_ERROR, keep->measures_place,
                           "keep.measures: `cost_gbp` needs prices, expected `costs.weekly` in the base");
        ok = false;
    }
    for (size_t m = 0; m < PC_N_MEASURE; m++) {
        if (keep->measure[m] && capacity_measure(m) && job->scenario.n_capacity == 0) {
            pc_diagnostics_add(diagnostics, PC_ERROR, keep->measures_place,
                               "keep.measures: `%s` needs `capacity`, which the first run does not have",
                               pc_measure_name((pc_measure)m));
            ok = false;
        }
    }
    ok = check_further(keep, &job->scenario, diagnostics) && ok;
    for (size_t c = 0; c < keep->n_category; c++) {
        const char *name = keep->category[c];

        if (strcmp(name, "all") != 0 && strcmp(name, "each") != 0 &&
            pc_codes_find_category(&job->model->model.codes, name) < 0 && !is_holder(&job->scenario, name) &&
            !is_of_workforce(n_series, series, name)) {
            pc_diagnostics_add(
                diagnostics, PC_ERROR, keep->categories_place,
                "keep.categories: the first run has no category \"%.80s\", expected `all`, `each`, "
                "a category of the code map, a budget holder, a team or a kind of case",
                name);
            ok = false;
        }
    }
    free(series);
    return ok ? PC_OK : PC_ERR_INPUT;
}
