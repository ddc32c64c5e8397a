/* backtest.h - the parts of a back-test: what happened month by month, the rivals, the scores. */
#ifndef PC_OUTCOME_BACKTEST_H
#define PC_OUTCOME_BACKTEST_H

#include "placecast/backtest.h"

/* ---- backtest_series.c: months of one authority, or of several together ---- */

/* The measures that are scored, in the order of skill.csv. */
enum { BACKTEST_CHILDREN, BACKTEST_STARTS, BACKTEST_CEASES, BACKTEST_COST, BACKTEST_N_MEASURE };
extern const pc_measure backtest_measure[BACKTEST_N_MEASURE];

typedef struct backtest_series {
    size_t n_category, n_month;
    int first_month; /* pc_month_of_day */
    /* [BACKTEST_N_MEASURE][n_category + 1][n_month + 1]; category n_category is the sum. Value t + 1 is of
     * month t: children at its end, else within it. Value 0: children at the end of the day before the first
     * month, else not used. */
    double *value;
    double *daily_gbp; /* [n_category]; price of a place-day; 0 without prices */
} backtest_series;

static inline double *backtest_series_at(const backtest_series *self, size_t measure, size_t category)
{
    return self->value + (measure * (self->n_category + 1) + category) * (self->n_month + 1);
}

/* Counts the children of authority `la` with a birth date (the others are in no forecast) over whole months
 * from `first` (a first day of a month) to `last` (both inside). */
PC_MUST_USE pc_status backtest_series_take(backtest_series *self, const pc_episodes *episodes, uint32_t la,
                                           const pc_prices *prices, pc_day first, pc_day last);
/* Adds months of `from`, which it has, to a series of these months, or to an empty one. */
PC_MUST_USE pc_status backtest_series_add(backtest_series *self, const backtest_series *from, int first_month,
                                          size_t n_month);
void backtest_series_free(backtest_series *self);

/* What happened in the `horizon` months after the first `at` ones. at + horizon <= n_month. */
double backtest_actual(const backtest_series *self, size_t measure, size_t category, size_t at, int horizon);

/* ---- backtest_rivals.c: forecasts that anybody can make. They know the first `at` months. ---- */

/* The last value. Children stay as many; starts and ceases go on as in the last 12 months; cost is that of
 * the children of the last day. at >= 12. */
double backtest_naive(const backtest_series *self, size_t measure, size_t category, size_t at, int horizon);
/* Least squares through the last 24 months, never below zero. at >= 24. */
double backtest_line(const backtest_series *self, size_t measure, size_t category, size_t at, int horizon);
/* Root mean square of the last value's own errors as far as they were known by then. at >= 24. */
double backtest_naive_spread(const backtest_series *self, size_t measure, size_t category, size_t at,
                             int horizon);

/* ---- backtest_score.c ---- */

/* (actual - quantile) (level - [actual < quantile]) */
double backtest_pinball(double level, double quantile, double actual);
double backtest_mean_pinball(const double quantile[PC_N_QUANTILE], double actual);
/* 2 x the integral of the pinball loss over the levels, each level standing for those nearest to it: the
 * absolute error when all quantiles are the same. */
double backtest_crps(const double quantile[PC_N_QUANTILE], double actual);
/* Quantiles of a normal distribution, never below zero. */
void backtest_normal(double mean, double sd, double quantile[PC_N_QUANTILE]);
/* Fills the scores of a row whose actual, forecast, naive and line are there. */
void backtest_score(pc_skill_row *row, double naive_spread);

#endif
