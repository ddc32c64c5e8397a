/* backtest_coverage.h - made councils of constant rates, back-tested: how often the ranges hold. */
#ifndef PC_TEST_BACKTEST_COVERAGE_H
#define PC_TEST_BACKTEST_COVERAGE_H

#include "placecast/backtest.h"

enum { COVERAGE_CHILDREN, COVERAGE_STARTS, COVERAGE_CEASES, COVERAGE_N_MEASURE };

/* All children, 12 months ahead, one origin for each council: independent trials. */
typedef struct backtest_coverage {
    size_t n;
    size_t held[COVERAGE_N_MEASURE][PC_N_COVER];
    double mean_error[COVERAGE_N_MEASURE]; /* mean of (mean - actual) */
    double sd_error[COVERAGE_N_MEASURE];   /* its standard deviation from council to council */
} backtest_coverage;

/* Councils of the shipped rates with about `children` in care and `years` returns; the last year is forecast.
 * The layer that the truth does not have, good and bad years, is off. out[1] is of the same forecasts
 * multiplied by `twin`: what must fail. */
void backtest_coverage_count(uint64_t first_seed, size_t n, int children, int years, double twin,
                             backtest_coverage out[2]);

#endif
