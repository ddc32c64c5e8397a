/* summary_years.c - the published years: joined tables, child-years, and the balance between them. */
#include "estimate/summary_fit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

double summary_stock(const summary_work *self, size_t stream, size_t age, int category)
{
    double sum = 0;

    for (size_t c = 0; c < self->codes->n_category; c++) {
        for (size_t p = 0; p < PC_SUMMARY_N_PROVIDER && (category < 0 || (size_t)category == c); p++) {
            sum += self->stock[joint_stock_cell(stream, c, age, p)];
        }
    }
    return sum;
}

static pc_status join_stock(summary_work *self, pc_day date, double *cell, double *total)
{
    joint_table table = {JOINT_STOCK_CELLS, cell, joint_stock_bit};

    memcpy(cell, self->seed.stock, sizeof self->seed.stock);
    return joint_fit(self->summary, PC_SUMMARY_STOCK, date, &table, total, self->diagnostics);
}

/* Half of the stock at an end of the year, into the child-years. */
static void add_exposure(summary_work *self, const double *cell)
{
    for (size_t c = 0; c < JOINT_STOCK_CELLS; c++) {
        size_t age = c / PC_SUMMARY_N_PROVIDER % PC_N_AGE_BAND;

        self->years[c / (JOINT_STOCK_CELLS / PC_N_STREAM)][age] += 0.5 * cell[c];
    }
}

static pc_status join_starts(summary_work *self, pc_day date, double *total)
{
    double cell[JOINT_START_CELLS];
    joint_table table = {JOINT_START_CELLS, cell, joint_start_bit};
    pc_status status;

    for (size_t c = 0; c < JOINT_START_CELLS; c++) {
        cell[c] = self->seed.starts[c / PC_N_AGE_YEAR][c % PC_N_AGE_YEAR];
    }
    status = joint_fit(self->summary, PC_SUMMARY_STARTS, date, &table, total, self->diagnostics);
    for (size_t c = 0; status == PC_OK && *total >= 0 && c < JOINT_START_CELLS; c++) {
        self->starts[c / PC_N_AGE_YEAR][c % PC_N_AGE_YEAR] += cell[c];
    }
    return status;
}

static double national_exits(const summary_work *self, size_t stream, size_t age)
{
    const pc_rates *rates = &self->priors->rates;
    double sum = 0;

    for (size_t cause = 0; cause < PC_N_EXIT_HAZARD; cause++) {
        sum += rates->exit[pc_rates_cell(rates, stream, age, 0, 0) * PC_N_EXIT_HAZARD + cause];
    }
    return sum;
}

/* The seed of the ceases: national exits of the stock on the extract, and the birthdays of a steady state. */
static pc_status join_ceases(summary_work *self, pc_day date, double *total)
{
    double cell[JOINT_CEASE_CELLS];
    joint_table table = {JOINT_CEASE_CELLS, cell, joint_cease_bit};
    pc_status status;

    for (size_t stream = 0; stream < PC_N_STREAM; stream++) {
        double *of = cell + stream * PC_SUMMARY_N_AGE, teens = summary_stock(self, stream, 4, -1) + 0.01;

        for (size_t age = 0; age < PC_N_AGE_BAND; age++) {
            of[age] = national_exits(self, stream, age) * (summary_stock(self, stream, age, -1) + 0.01);
        }
        of[5] = of[4] = 0.5 * of[4];
        of[6] = stationary_ageing(&self->steady[stream], 4) * teens;
    }
    status = joint_fit(self->summary, PC_SUMMARY_CEASES, date, &table, total, self->diagnostics);
    for (size_t c = 0; status == PC_OK && *total >= 0 && c < JOINT_CEASE_CELLS; c++) {
        self->ceases[c / PC_SUMMARY_N_AGE][c % PC_SUMMARY_N_AGE] += cell[c];
    }
    return status;
}

/* The stock at one end of a year; total < 0: no row tells. */
typedef struct year_end {
    double cell[JOINT_STOCK_CELLS];
    double total;
} year_end;

/* A year that ends with `after`; fills `before`. */
static pc_status take_year(summary_work *self, pc_day end, const year_end *after, year_end *before)
{
    double started = -1, ceased = -1;
    pc_status status = join_stock(self, pc_birthday(end + 1, -1) - 1, before->cell, &before->total);

    if (status == PC_OK) {
        add_exposure(self, before->total < 0 ? self->stock : before->cell);
        add_exposure(self, after->total < 0 ? self->stock : after->cell);
        status = join_starts(self, end, &started);
    }
    status = status == PC_OK ? join_ceases(self, end, &ceased) : status;
    if (status != PC_OK) {
        return status;
    }
    self->n_year++;
    self->n_start_year += started >= 0;
    self->n_cease_year += ceased >= 0;
    if (before->total >= 0 && after->total >= 0 && started >= 0 && ceased >= 0) {
        self->change += after->total - before->total;
        self->start_total += started;
        self->cease_total += ceased;
        self->n_balance++;
    }
    return status;
}

static bool has_year(const pc_summary *summary, pc_day end)
{
    for (size_t r = 0; r < summary->n; r++) {
        if (summary->row[r].kind != PC_SUMMARY_STOCK && summary->row[r].date == end) {
            return true;
        }
    }
    return false;
}

/* A steady state under the national rates, until the authority's own are known. */
static void solve_steady(summary_work *self)
{
    for (size_t stream = 0; stream < PC_N_STREAM; stream++) {
        double leave[PC_N_AGE_BAND];

        for (size_t age = 0; age < PC_N_AGE_BAND; age++) {
            leave[age] = national_exits(self, stream, age);
        }
        stationary_solve(self->seed.starts[stream], leave, &self->steady[stream]);
    }
}

pc_status summary_take_years(summary_work *self)
{
    year_end *ends = pc_new_zero(2, sizeof *ends), *after, *before;
    pc_status status;

    if (ends == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    after = ends;
    before = ends + 1;
    status = join_stock(self, self->extract, after->cell, &after->total);
    if (status == PC_OK && after->total < 0) {
        pc_diagnostics_add(
            self->diagnostics, PC_ERROR, (pc_place){.file = self->summary->folder},
            "stock.csv: the children in all are kept back on the last date, expected a row `all`, "
            "or a margin without missing cells");
        status = PC_ERR_INPUT;
    }
    if (status == PC_OK) {
        memcpy(self->stock, after->cell, sizeof after->cell);
        solve_steady(self);
    }
    for (pc_day end = self->extract;
         status == PC_OK && has_year(self->summary, end) && self->n_year < SUMMARY_MOST_YEARS;
         end = pc_birthday(end + 1, -1) - 1) {
        year_end *swap = after;

        status = take_year(self, end, after, before);
        after = before;
        before = swap;
    }
    free(ends);
    return status;
}
