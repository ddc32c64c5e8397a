#include "outcome/grid.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

static const bool annual_sum[PC_N_MEASURE] = {
#define ANNUAL_SUM(name, text, sum, decimals) [PC_MEASURE_##name] = sum,
    PC_MEASURE_LIST(ANNUAL_SUM)
#undef ANNUAL_SUM
};

static const ledger_series series_of[PC_N_MEASURE] = {
    [PC_MEASURE_CHILDREN] = LEDGER_STOCK,
    [PC_MEASURE_PLACE_DAYS] = LEDGER_DAYS,
    [PC_MEASURE_STARTS] = LEDGER_STARTS,
    [PC_MEASURE_CEASES] = LEDGER_CEASES,
    [PC_MEASURE_MOVES] = LEDGER_MOVES_IN,
    [PC_MEASURE_STATUS_CHANGES] = LEDGER_STATUS_IN,
    [PC_MEASURE_COST] = LEDGER_DAYS, /* not used: these come as pence */
    [PC_MEASURE_COST_REAL] = LEDGER_DAYS,
    [PC_MEASURE_INCOME] = LEDGER_DAYS,
    [PC_MEASURE_NET_COST] = LEDGER_DAYS,
    [PC_MEASURE_OVERFLOW] = LEDGER_OVERFLOW,
    [PC_MEASURE_UNMET] = LEDGER_UNMET,
    [PC_MEASURE_DISPLACED] = LEDGER_DISPLACED,
    [PC_MEASURE_UNMET_DAYS] = LEDGER_UNMET_DAYS,
    [PC_MEASURE_DAYS_FULL] = LEDGER_FULL,
};

/* Numbers the cells, when it is known which measures are there. */
static void number_cells(grid *self)
{
    for (size_t measure = 0; measure < PC_N_MEASURE; measure++) {
        if (self->has[measure]) {
            self->monthly_at[measure] = self->n_cell;
            self->n_cell += (self->n_category + 1) * self->n_month;
            self->annual_at[measure] = self->n_cell;
            self->n_cell += (self->n_category + 1) * self->n_year;
        }
    }
    self->exits_at = self->n_cell;
    self->n_cell += PC_N_EXIT_CAUSE * self->n_month;
    self->treated_at = self->n_cell;
    self->n_cell += self->n_intervention * 2 * self->n_month;
    self->treated_annual_at = self->n_cell;
    self->n_cell += self->n_intervention * 2 * self->n_year;
    self->row_at = self->n_cell;
    self->n_cell += self->n_row * self->n_year;
}

/* Measures that are not counted from the ledger. */
static bool is_added(size_t measure)
{
    return measure == PC_MEASURE_COST_REAL || measure == PC_MEASURE_INCOME || measure == PC_MEASURE_NET_COST;
}

static pc_status new_years(grid *self)
{
    self->year_of_month = pc_new_zero(self->n_month, sizeof *self->year_of_month);
    self->year = pc_new_zero(self->n_month, sizeof *self->year);
    self->year_days = pc_new_zero(self->n_month, sizeof *self->year_days);
    if (self->year_of_month == NULL || self->year == NULL || self->year_days == NULL) {
        grid_free(self);
        return PC_ERR_NO_MEMORY;
    }
    return PC_OK;
}

pc_status grid_init(grid *self, const pc_plan *plan, bool money)
{
    memset(self, 0, sizeof *self);
    self->n_category = plan->n_category;
    self->first_period = plan->first_reported;
    self->n_month = plan->n_period - plan->first_reported;
    if (new_years(self) != PC_OK) {
        return PC_ERR_NO_MEMORY;
    }
    for (size_t month = 0; month < self->n_month; month++) {
        const plan_period *period = &plan->period[plan->first_reported + month];

        if (self->n_year == 0 || self->year[self->n_year - 1].year != period->financial_year) {
            self->year[self->n_year++].year = period->financial_year;
        }
        self->year_of_month[month] = self->n_year - 1;
        self->year[self->n_year - 1].months++;
        self->year_days[self->n_year - 1] += period->end - period->first;
    }
    for (size_t measure = 0; measure < PC_N_MEASURE; measure++) {
        self->has[measure] = measure < PC_MEASURE_COST ||
                             (measure == PC_MEASURE_COST ? money : !is_added(measure) && plan->has_capacity);
    }
    self->n_intervention = plan->n_intervention;
    number_cells(self);
    return PC_OK;
}

pc_status grid_init_horizons(grid *self, const pc_plan *plan, bool money, size_t n_horizon,
                             const int *horizon)
{
    pc_status status = grid_init(self, plan, money);

    if (status != PC_OK) {
        return status;
    }
    self->cumulative = true;
    self->n_year = n_horizon;
    self->n_cell = 0;
    memset(self->year_days, 0, self->n_month * sizeof *self->year_days);
    for (size_t at = 0; at < n_horizon; at++) {
        size_t last = plan->first_reported + (size_t)horizon[at] - 1;

        self->year[at] = (pc_forecast_year){plan->period[last].financial_year, horizon[at]};
        self->year_days[at] = plan->period[last].end - plan->period[plan->first_reported].first;
    }
    number_cells(self);
    return PC_OK;
}

pc_status grid_init_common(grid *self, const grid *a, const grid *b)
{
    memset(self, 0, sizeof *self);
    self->n_category = a->n_category;
    self->first_period = a->first_period;
    self->n_month = a->n_month;
    self->n_year = a->n_year;
    if (new_years(self) != PC_OK) {
        return PC_ERR_NO_MEMORY;
    }
    memcpy(self->year_of_month, a->year_of_month, a->n_month * sizeof *a->year_of_month);
    memcpy(self->year, a->year, a->n_year * sizeof *a->year);
    memcpy(self->year_days, a->year_days, a->n_year * sizeof *a->year_days);
    for (size_t measure = 0; measure < PC_N_MEASURE; measure++) {
        self->has[measure] = a->has[measure] && b->has[measure];
    }
    number_cells(self);
    return PC_OK;
}

void grid_add_money(grid *self, bool real, bool income, size_t n_row)
{
    self->has[PC_MEASURE_COST_REAL] = real;
    self->has[PC_MEASURE_INCOME] = self->has[PC_MEASURE_NET_COST] = income;
    self->n_row = n_row;
    self->n_cell = 0;
    number_cells(self);
}

void grid_add_ratios(grid *self, size_t n, size_t of, size_t at)
{
    self->n_ratio = n;
    self->ratio_of = of;
    self->ratio_at = at;
}

void grid_free(grid *self)
{
    if (self == NULL) {
        return;
    }
    free(self->year_of_month);
    free(self->year);
    free(self->year_days);
    memset(self, 0, sizeof *self);
}

static void fill_horizons(const grid *self, pc_measure measure, const int64_t *monthly, int64_t *annual)
{
    int64_t sum = 0;
    size_t month = 0;

    for (size_t at = 0; at < self->n_year; at++) {
        for (; month < (size_t)self->year[at].months; month++) {
            sum += monthly[month];
        }
        annual[at] = annual_sum[measure] ? sum : monthly[month - 1];
    }
}

/* The year's value from its months: their sum, or the last of them. */
static void fill_years(const grid *self, pc_measure measure, size_t category, int64_t *cell)
{
    int64_t *annual = cell + grid_annual(self, measure, category, 0);
    const int64_t *monthly = cell + grid_monthly(self, measure, category, 0);

    if (self->cumulative) {
        fill_horizons(self, measure, monthly, annual);
        return;
    }
    memset(annual, 0, self->n_year * sizeof *annual);
    for (size_t month = 0; month < self->n_month; month++) {
        size_t year = self->year_of_month[month];

        annual[year] = annual_sum[measure] ? annual[year] + monthly[month] : monthly[month];
    }
}

static void fill_measure(const grid *self, pc_measure measure, const ledger *from, const int64_t *pence,
                         int64_t *cell)
{
    int64_t *all = cell + grid_monthly(self, measure, self->n_category, 0);

    memset(all, 0, self->n_month * sizeof *all);
    for (size_t category = 0; category < self->n_category; category++) {
        int64_t *out = cell + grid_monthly(self, measure, category, 0);
        const int32_t *count = ledger_at(from, series_of[measure], category, self->first_period);

        for (size_t month = 0; month < self->n_month; month++) {
            out[month] = measure == PC_MEASURE_COST ? pence[category * self->n_month + month] : count[month];
            all[month] += out[month];
        }
        fill_years(self, measure, category, cell);
    }
    fill_years(self, measure, self->n_category, cell);
}

static void fill_treated(const grid *self, const ledger *from, int64_t *cell)
{
    memset(cell + self->treated_annual_at, 0, self->n_intervention * 2 * self->n_year * sizeof *cell);
    for (size_t row = 0; row < self->n_intervention * 2; row++) {
        for (size_t month = 0; month < self->n_month; month++) {
            int32_t count = *ledger_treated(from, row / 2, row % 2 == 1, self->first_period + month);

            cell[self->treated_at + row * self->n_month + month] = count;
            cell[self->treated_annual_at + row * self->n_year + self->year_of_month[month]] += count;
        }
    }
}

void grid_fill(const grid *self, const ledger *from, const int64_t *pence, int64_t *cell)
{
    for (size_t measure = 0; measure < PC_N_MEASURE; measure++) {
        if (self->has[measure] && !is_added(measure)) {
            fill_measure(self, (pc_measure)measure, from, pence, cell);
        }
    }
    fill_treated(self, from, cell);
    for (size_t cause = 0; cause < PC_N_EXIT_CAUSE; cause++) {
        for (size_t month = 0; month < self->n_month; month++) {
            cell[grid_exits(self, cause, month)] =
                from->exits[cause * from->n_period + self->first_period + month];
        }
    }
}

/* A measure of money from its months; `rest` is what belongs to no category, or NULL. */
static void fill_pence(const grid *self, pc_measure measure, const int64_t *pence, const int64_t *rest,
                       int64_t *cell)
{
    int64_t *all = cell + grid_monthly(self, measure, self->n_category, 0);

    for (size_t month = 0; month < self->n_month; month++) {
        all[month] = rest == NULL ? 0 : rest[month];
    }
    for (size_t category = 0; category < self->n_category; category++) {
        int64_t *out = cell + grid_monthly(self, measure, category, 0);

        for (size_t month = 0; month < self->n_month; month++) {
            /* NOLINTNEXTLINE(clang-analyzer-core.NullDereference): what is counted has months */
            out[month] = pence[category * self->n_month + month];
            all[month] += out[month];
        }
        fill_years(self, measure, category, cell);
    }
    fill_years(self, measure, self->n_category, cell);
}

void grid_fill_money(const grid *self, const grid_money *from, int64_t *cell)
{
    size_t n = (self->n_category + 1) * self->n_month;

    if (self->has[PC_MEASURE_COST_REAL]) {
        fill_pence(self, PC_MEASURE_COST_REAL, from->real, NULL, cell);
    }
    if (self->has[PC_MEASURE_INCOME]) {
        const int64_t *cost = cell + grid_monthly(self, PC_MEASURE_COST, 0, 0);
        const int64_t *income = cell + grid_monthly(self, PC_MEASURE_INCOME, 0, 0);
        int64_t *net = cell + grid_monthly(self, PC_MEASURE_NET_COST, 0, 0);

        fill_pence(self, PC_MEASURE_INCOME, from->income, from->income + self->n_category * self->n_month,
                   cell);
        for (size_t at = 0; at < n; at++) {
            net[at] = cost[at] - income[at];
        }
        for (size_t category = 0; category <= self->n_category; category++) {
            fill_years(self, PC_MEASURE_NET_COST, category, cell);
        }
    }
    if (self->n_row > 0) {
        memcpy(cell + self->row_at, from->row, self->n_row * self->n_year * sizeof *cell);
    }
}

void grid_fill_ratios(const grid *self, int64_t *cell)
{
    for (size_t at = 0; at < self->n_ratio * self->n_year; at++) {
        int64_t days = cell[grid_annual(self, PC_MEASURE_PLACE_DAYS, self->n_category, at % self->n_year)];
        int64_t of = cell[self->row_at + self->ratio_of * self->n_year + at];

        cell[self->row_at + self->ratio_at * self->n_year + at] =
            days > 0 ? llround((double)of / (double)days * PC_DAYS_PER_YEAR) : 0;
    }
}
