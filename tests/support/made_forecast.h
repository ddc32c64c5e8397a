/* made_forecast.h - a forecast made by hand, for the tests of what writes and shows one. */
#ifndef PC_MADE_FORECAST_H
#define PC_MADE_FORECAST_H

#include "placecast/forecast.h"

/* n_la authorities (named A, B, ...; two or more are followed by "all"), n_category categories c0, c1, ...
 * labelled "Category 0", ..., monthly from the first day of month `first` (pc_month_of_day) on. Every
 * statistic is mean = 1000 la + 100 measure + 10 category + month (or year) + 0.25, sd = 1.5, quantile q =
 * mean - 0.25 + q - 4 in `monthly`, `annual` and `exits` (cause for category, measure 0); the same with mean
 * + 0.5 in children_average. Every measure is there. children_now = 10 la + category. Fails the test when out
 * of memory. */
void made_forecast(pc_forecast *out, size_t n_la, size_t n_category, int first, size_t n_month);
void made_forecast_free(pc_forecast *self);

#endif
