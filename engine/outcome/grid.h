/* grid.h - which numbers a run keeps: one cell for each measure, category and month, for each year, and for
 * exits by cause. */
#ifndef PC_OUTCOME_GRID_H
#define PC_OUTCOME_GRID_H

#include "placecast/forecast.h"
#include "simulate/ledger.h"

typedef struct grid {
    size_t n_category, n_month, n_year;
    size_t first_period;    /* the plan's period of the first reported month */
    size_t *year_of_month;  /* [n_month] */
    pc_forecast_year *year; /* [n_year] */
    int *year_days;         /* [n_year]; days of its reported months */
    bool cumulative;        /* a "year" is all months to its horizon, its months those of the horizon */
    bool has[PC_N_MEASURE];
    size_t monthly_at[PC_N_MEASURE], annual_at[PC_N_MEASURE]; /* first cell of each measure that is there */
    size_t exits_at;
    size_t n_intervention;
    size_t treated_at, treated_annual_at; /* [n_intervention][2: treated, changed][month or year] */
    size_t n_row, row_at;                 /* money by year: [n_row][n_year] */
    size_t n_ratio, ratio_of, ratio_at;   /* rows ratio_at.. are rows ratio_of.. by child-year */
    size_t n_cell;
} grid;

/* Pence of one replicate: [n_category][n_month] for the bill and the bill in real terms, [n_category + 1] for
 * income (the last of no category), [n_row][n_year] for rows. What the shape does not have may be NULL. */
typedef struct grid_money {
    const int64_t *pence, *real, *income, *row;
} grid_money;

PC_MUST_USE pc_status grid_init(grid *self, const pc_plan *plan, bool money);
/* For a back-test: `horizon` [n_horizon] in place of financial years, each from the first month on,
 * ascending, the last at most the plan's months. */
PC_MUST_USE pc_status grid_init_horizons(grid *self, const pc_plan *plan, bool money, size_t n_horizon,
                                         const int *horizon);
/* The shape that both have: for differences. Without interventions. */
PC_MUST_USE pc_status grid_init_common(grid *self, const grid *a, const grid *b);
/* Adds measures of money and `n_row` rows by year to a shape that has the bill. */
void grid_add_money(grid *self, bool real, bool income, size_t n_row);
/* Rows at, at + 1, ... are rows of, of + 1, ... for each child-year (365.25 place-days), rounded. */
void grid_add_ratios(grid *self, size_t n, size_t of, size_t at);
void grid_free(grid *self);

/* Category n_category is the sum. */
static inline size_t grid_monthly(const grid *self, pc_measure measure, size_t category, size_t month)
{
    return self->monthly_at[measure] + category * self->n_month + month;
}
static inline size_t grid_annual(const grid *self, pc_measure measure, size_t category, size_t year)
{
    return self->annual_at[measure] + category * self->n_year + year;
}
static inline size_t grid_exits(const grid *self, size_t cause, size_t month)
{
    return self->exits_at + cause * self->n_month + month;
}

/* Fills `cell` [n_cell] from one closed ledger. `pence` [n_category][n_month]: cost of each category and
 * month, or NULL. */
void grid_fill(const grid *self, const ledger *from, const int64_t *pence, int64_t *cell);
/* Fills the rest of what grid_add_money added, after grid_fill. */
void grid_fill_money(const grid *self, const grid_money *from, int64_t *cell);
/* Fills the ratios from the other cells: of one authority, or of the sum of several. */
void grid_fill_ratios(const grid *self, int64_t *cell);

#endif
