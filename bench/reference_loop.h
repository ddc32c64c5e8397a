/* reference_loop.h - the yardstick of bench_lac600: what a C programmer writes first with GSL, month by
 * month. */
#ifndef PC_BENCH_REFERENCE_LOOP_H
#define PC_BENCH_REFERENCE_LOOP_H

#include <stddef.h>

enum { REFERENCE_N_BAND = 5, REFERENCE_N_PLACEMENT = 8, REFERENCE_N_MONTH = 60 };

typedef struct reference_model {
    int band_low[REFERENCE_N_BAND], band_high[REFERENCE_N_BAND]; /* months of age */
    double rate[REFERENCE_N_BAND][REFERENCE_N_PLACEMENT]
               [REFERENCE_N_PLACEMENT + 1];                   /* per month; last: leaves */
    double entrants[REFERENCE_N_BAND][REFERENCE_N_PLACEMENT]; /* Poisson means a month */
    size_t n_child;
    int *age_month; /* [n_child] */
    int *placement; /* [n_child] */
} reference_model;

/* Runs `replicates` replicates; stock60[r] receives the total stock after month 60. Returns child-months
 * exposed. */
double reference_run(const reference_model *model, unsigned long seed, int replicates, double *stock60);

#endif
