#include "sweep/rows.h"

#include <math.h>
#include <string.h>

#include "placecast/mtfs.h"

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

/* The budget is the same in every simulated future. */
static pc_statistics constant(double value, bool simulated)
{
    pc_statistics statistics = {.mean = value, .sd = simulated ? 0.0 : (double)NAN};

    for (size_t q = 0; q < PC_N_QUANTILE; q++) {
        statistics.quantile[q] = simulated ? value : (double)NAN;
    }
    return statistics;
}

static pc_statistics less(pc_statistics statistics, double value)
{
    statistics.mean -= value;
    for (size_t q = 0; q < PC_N_QUANTILE; q++) {
        statistics.quantile[q] -= value;
    }
    return statistics;
}

/* One measure of the budget; false where the year has it not. */
static bool of_budget(size_t measure, const pc_mtfs_year *from, bool simulated, pc_statistics *out)
{
    double budget = (double)from->budget_pence / 100.0;
    bool gap = from->has_budget && from->has_outturn;

    switch (measure) {
    case SWEEP_BUDGET:
        *out = constant(budget, simulated);
        return from->has_budget;
    case SWEEP_OUTTURN:
        *out = from->outturn;
        return from->has_outturn;
    case SWEEP_GAP:
        *out = less(from->outturn, budget);
        out->mean = from->gap_gbp; /* as in annual.csv, to the last digit */
        return gap;
    default:
        *out = constant(from->p_over, false);
        return gap && simulated;
    }
}

/* Budget, outturn and gap of a year: of the sum, and of each holder where there are several. */
static pc_status write_budget(const writer *self, sweep_row *row, size_t year)
{
    const pc_mtfs *of = self->forecast->mtfs;
    pc_statistics value;
    pc_status status = PC_OK;

    for (size_t m = SWEEP_BUDGET; of != NULL && m < SWEEP_WORKLOAD; m++) {
        for (size_t h = 0; h < of->n_holder && status == PC_OK; h++) {
            row->measure = sweep_measure_name(m);
            row->category = h + 1 == of->n_holder ? "all" : of->holder[h];
            if (wanted(&self->sweep->keep, m) && category_wanted(&self->sweep->keep, row->category) &&
                of_budget(m, pc_mtfs_at(of, h, year), self->forecast->replicates > 0, &value)) {
                row->value = &value;
                status = self->each(self->context, row);
            }
        }
    }
    return status;
}

/* Cases, posts and staff; `value` [n_series][n] is by month or by year. */
static pc_status write_workload(const writer *self, sweep_row *row, const pc_statistics *value, size_t n,
                                size_t at)
{
    const pc_workload_result *of = &self->forecast->workload;
    pc_status status = PC_OK;

    for (size_t s = 0; s < of->n_series && status == PC_OK; s++) {
        row->measure = pc_workload_name(of->measure[s]);
        row->category = of->category[s];
        if (wanted(&self->sweep->keep, SWEEP_WORKLOAD + (size_t)of->measure[s]) &&
            category_wanted(&self->sweep->keep, row->category)) {
            row->value = &value[s * n + at];
            status = self->each(self->context, row);
        }
    }
    return status;
}

static pc_status write_month(const writer *self, sweep_row *row, size_t month)
{
    const pc_forecast *forecast = self->forecast;
    pc_status status = write_date(self, row, false, month);

    return status != PC_OK ? status
                           : write_workload(self, row, forecast->workload.monthly, forecast->n_month, month);
}

static pc_status write_year(const writer *self, sweep_row *row, size_t year)
{
    const pc_forecast *forecast = self->forecast;
    pc_status status = write_date(self, row, true, year);

    status = status != PC_OK ? status : write_budget(self, row, year);
    return status != PC_OK ? status
                           : write_workload(self, row, forecast->workload.annual, forecast->n_year, year);
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
            status = write_month(&with, &row, month);
        }
    }
    for (size_t year = 0; year < forecast->n_year && status == PC_OK; year++) {
        if (date_wanted(&self->keep, SWEEP_YEARS, SWEEP_YEAR, forecast->year[year].year, false)) {
            pc_financial_year_format(forecast->year[year].year, row.date);
            status = write_year(&with, &row, year);
        }
    }
    return status == PC_OK ? write_targets(&with, &row) : status;
}
