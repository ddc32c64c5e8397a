/* oracle.h - the expected values of a plan by the slowest and plainest means: the forward equations on a grid
 * of category x time since placement, a fraction of a day a step, for one child after another.
 *
 * Nothing of the engine's method is used: no matrices, no bands kept together, no treatment of edges but to
 * ask at the middle of each step which band each clock is in. Both the step and, for those who start, the
 * days and ages of entry are summed one by one. The error is of first order in the step, so two steps and an
 * extrapolation leave the second.
 */
#ifndef PC_TEST_ORACLE_H
#define PC_TEST_ORACLE_H

#include "simulate/expected.h"

typedef struct oracle_options {
    int steps_per_day; /* of the coarser of the two solutions */
    int ages_per_year; /* ages of entry within a year of age */
    /* Mistakes to make, for tests that must fail. */
    bool forget_restart;   /* a move keeps the placement clock */
    bool restart_status;   /* a change of status restarts it */
    bool whole_years;      /* starters have their birthday on the day of entry */
    double exits_too_high; /* factor on exits; 0: none */
} oracle_options;

/* Edges and starts of clocks have to be multiples of the step. The result is freed by oracle_free. Variance
 * is not worked out. */
pc_expected oracle_solve(const pc_plan *plan, oracle_options options);
void oracle_free(pc_expected *self);

/* exp(Q days) for the generator of `stream`, age band and the first band of both clocks: categories, then
 * "left care"; [n_category + 1] squared. By the GNU Scientific Library. The caller frees it. */
double *oracle_exponential(const pc_plan *plan, size_t stream, size_t age, double days);

#endif
