#include "sweep/rows.h"

#include <math.h>
#include <string.h>

/* Which measures: those asked for, else children and the cost. */
static bool wanted(const sweep_keep *keep, size_t measure)
{
    return keep->measures_given ? keep->measure[measure]
                                : measure == PC_MEASURE_CHILDREN || measure == PC_MEASURE_COST;
}

static bool has_name(const sweep_keep *keep, const char *name)
{
    for (size_t c = 0; c < keep->n_category; c++) {
        if (strcmp(keep->category[c], name) == 0) {
            return true;
        }
    }
    return false;
}

/* Category n_category is the sum. */
static bool category_wanted(const sweep_keep *keep, const char *name)
{
    return keep->n_category == 0 ? strcmp(name, "all") == 0 : has_name(keep, name) || has_name(keep, "each");
}

static bool date_wanted(const sweep_keep *keep, sweep_date_kind all, sweep_date_kind one, long value,
                        bool last)
{
    for (size_t d = 0; d < keep->n_date; d++) {
        const sweep_date *date = &keep->date[d];

        if (date->kind == all || (last && date->kind == SWEEP_LAST) ||
            (date->kind == one && value == (one == SWEEP_DAY ? (long)date->day : (long)date->year))) {
            return true;
        }
    }
    return keep->n_date == 0 && all == SWEEP_YEARS;
}

typedef struct writer {
    const pc_sweep *sweep;
    const pc_forecast *forecast;
    size_t la; /* all authorities together */
    pc_status (*each)(void *context, const sweep_row *row);
    void *context;
} writer;

/* All measures and categories of one month or year. */
static pc_status write_date(const writer *self, sweep_row *row, bool annual, size_t at)
{
    const pc_forecast *forecast = self->forecast;
    pc_status status = PC_OK;

    for (size_t m = 0; m < PC_N_MEASURE; m++) {
        for (size_t c = 0; c <= forecast->n_category && status == PC_OK; c++) {
            row->measure = pc_measure_name((pc_measure)m);
            row->category = c == forecast->n_category ? "all" : forecast->category[c];
            if (wanted(&self->sweep->keep, m) && forecast->has[m] &&
                category_wanted(&self->sweep->keep, row->category)) {
                row->value = annual ? pc_forecast_annual(forecast, self->la, (pc_measure)m, c, at)
                                    : pc_forecast_monthly(forecast, self->la, (pc_measure)m, c, at);
                status = self->each(self->context, row);
            }
        }
    }
    return status;
}

static pc_status write_targets(const writer *self, sweep_row *row)
{
    pc_status status = PC_OK;

    for (size_t t = 0; t < self->forecast->n_target && status == PC_OK; t++) {
        const pc_target_result *target = &self->forecast->target[t];

        pc_day_format(target->date, row->date);
        row->measure = "target_met";
        row->category = target->name;
        row->probability = target->probability;
        row->value = &target->reached;
        status = self->each(self->context, row);
    }
    return status;
}

pc_status sweep_rows(const pc_sweep *self, const pc_forecast *forecast,
                     pc_status (*each)(void *context, const sweep_row *row), void *context)
{
    writer with = {self, forecast, forecast->n_la - 1, each, context};
    sweep_row row = {.probability = (double)NAN};
    pc_status status = PC_OK;

    for (size_t month = 0; month < forecast->n_month && status == PC_OK; month++) {
        if (date_wanted(&self->keep, SWEEP_MONTHS, SWEEP_DAY, forecast->month_end[month],
                        month + 1 == forecast->n_month)) {
            pc_day_format(forecast->month_end[month], row.date);
            status = write_date(&with, &row, false, month);
        }
    }
    for (size_t year = 0; year < forecast->n_year && status == PC_OK; year++) {
        if (date_wanted(&self->keep, SWEEP_YEARS, SWEEP_YEAR, forecast->year[year].year, false)) {
            pc_financial_year_format(forecast->year[year].year, row.date);
            status = write_date(&with, &row, true, year);
        }
    }
    return status == PC_OK ? write_targets(&with, &row) : status;
}

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

pc_status sweep_keep_check(const pc_sweep *self, const sweep_job *job, pc_diagnostics *diagnostics)
{
    const sweep_keep *keep = &self->keep;
    bool ok = true;

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
    for (size_t c = 0; c < keep->n_category; c++) {
        const char *name = keep->category[c];

        if (strcmp(name, "all") != 0 && strcmp(name, "each") != 0 &&
            pc_codes_find_category(&job->model->model.codes, name) < 0) {
            pc_diagnostics_add(diagnostics, PC_ERROR, keep->categories_place,
                               "keep.categories: the code map has no category \"%.80s\", expected `all`, "
                               "`each` or one that it has",
                               name);
            ok = false;
        }
    }
    return ok ? PC_OK : PC_ERR_INPUT;
}
