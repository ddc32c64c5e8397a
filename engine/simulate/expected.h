/* expected.h - the expected-value method: means without random numbers, and exact process variances where
 * they can be had. */
#ifndef PC_SIMULATE_EXPECTED_H
#define PC_SIMULATE_EXPECTED_H

#include "simulate/plan.h"

/* Expected values by period (all periods of the plan, reported or not). Index order as written, last fastest.
 */
typedef struct pc_expected {
    size_t n_category, n_period;
    double *children;          /* [category][period]; at the end of the period's last day */
    double *children_variance; /* [category + 1][period]; process only; the last row is the total */
    double *place_days;        /* [category][period] */
    double *starts;            /* [category][period]; by first placement */
    double *ceases;            /* [category][period]; by the category left */
    double *moves;             /* [category][period]; by destination, including moves within a category */
    double *departures;        /* [category][period]; moves and changes of status by the category left, moves
                                  within a category included, so that for each category the change of
                                  `children` is starts - ceases + moves + status_changes - departures */
    double *status_changes;    /* [category][period]; by the new category */
    double *exits;             /* [PC_N_EXIT_CAUSE][period]; the last is the 18th birthday */
    double *exposure; /* [PC_N_KNOT][stream][age band][care band][category]; child-days in each of the first
                         years; NULL unless asked for */
} pc_expected;

#define EXPECTED_DEFAULT_STEPS 4

/* Steps in each calendar month: 0 takes the default, for which halving the step moves no cell by 0.02
 * children; more are taken where a placement band is narrower than the step. The plan's mean rates are used,
 * without parameter, year or dispersion layers; capacity and
 * interventions are not looked at: the caller refuses what needs them. Uses `threads` threads (0: all); the
 * result does not depend on them. PC_ERR_RANGE for steps outside 0 to 1000, a rate that is negative or not
 * finite, or placement edges that do not ascend from above 0. On failure `out` is empty. */
PC_MUST_USE pc_status expected_solve(const pc_plan *plan, int steps_per_month, int threads, pc_expected *out);
/* The same with the default steps, and `exposure`. */
PC_MUST_USE pc_status expected_solve_exposure(const pc_plan *plan, int threads, pc_expected *out);
void expected_free(pc_expected *self);

#endif
