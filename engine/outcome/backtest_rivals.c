/* Forecasts that anybody can make, from the same months: the last value, and a straight line through two
 * years. They look at no month after the first `at`. */
#include <math.h>

#include "outcome/backtest.h"

enum { LINE_MONTHS = 24, FEWEST_PAST_ERRORS = 6 };

static double days_ahead(const backtest_series *self, size_t at, int horizon)
{
    int month = self->first_month + (int)at;

    return pc_month_first_day(month + horizon) - pc_month_first_day(month);
}

double backtest_naive(const backtest_series *self, size_t measure, size_t category, size_t at, int horizon)
{
    size_t first = category < self->n_category ? category : 0;
    size_t end = category < self->n_category ? category + 1 : self->n_category;
    double gbp_a_day = 0;

    if (measure == BACKTEST_CHILDREN) {
        return backtest_series_at(self, BACKTEST_CHILDREN, category)[at];
    }
    if (measure != BACKTEST_COST) {
        return backtest_actual(self, measure, category, at - 12, 12) * horizon / 12.0;
    }
    for (size_t c = first; c < end; c++) {
        gbp_a_day += backtest_series_at(self, BACKTEST_CHILDREN, c)[at] * self->daily_gbp[c];
    }
    return gbp_a_day * days_ahead(self, at, horizon);
}

/* With x in months after `at`: children at the ends of months -24 to 0, else the totals of months -23 to 0.
 */
double backtest_line(const backtest_series *self, size_t measure, size_t category, size_t at, int horizon)
{
    const double *value = backtest_series_at(self, measure, category) + at;
    bool stock = measure == BACKTEST_CHILDREN;
    int first = stock ? -LINE_MONTHS : 1 - LINE_MONTHS, n = 1 - first;
    double mean_x = first / 2.0, mean_y = 0, xy = 0, xx = 0, sum_x, slope, result;

    for (int x = first; x <= 0; x++) {
        mean_y += value[x] / n;
    }
    for (int x = first; x <= 0; x++) {
        xy += (x - mean_x) * (value[x] - mean_y);
        xx += (x - mean_x) * (x - mean_x);
    }
    slope = xy / xx;
    sum_x = horizon * (horizon + 1) / 2.0;
    result =
        stock ? mean_y + slope * (horizon - mean_x) : horizon * (mean_y - slope * mean_x) + slope * sum_x;
    return result > 0 ? result : 0;
}

/* The errors that this rival made over as many months, on the days from which they can be told; where there
 * are fewer than six of them, errors over fewer months are widened: those of a stock with the root of the
 * time, as a random walk's, those of a sum with the time, as of a rate that was wrong all along. */
double backtest_naive_spread(const backtest_series *self, size_t measure, size_t category, size_t at,
                             int horizon)
{
    size_t first = measure == BACKTEST_STARTS || measure == BACKTEST_CEASES ? 12 : 0, n = 0;
    int most = (int)(at - first) - (FEWEST_PAST_ERRORS - 1), step = horizon < most ? horizon : most;
    double square = 0, longer = (double)horizon / step;

    for (size_t from = first; from + (size_t)step <= at; from++, n++) {
        double error = backtest_naive(self, measure, category, from, step) -
                       backtest_actual(self, measure, category, from, step);

        square += error * error;
    }
    return sqrt(square / (double)n) * (measure == BACKTEST_CHILDREN ? sqrt(longer) : longer);
}
