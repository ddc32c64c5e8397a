/* trend.h - drift of the level and of the mix: how much of the change that the rates imply is believed.
 *
 * returns -> episodes -> model -> [trend] -> simulation -> forecast -> report
 *
 * Rates from a short window imply a level that the children in care would move to. Past forecasts of English
 * authorities support only a part of that move, and a growth of children's homes that most of them share.
 * Found once for a model, before any scenario; every scenario uses it unchanged. Method: docs/model.md,
 * section 5.
 */
#ifndef PC_TREND_H
#define PC_TREND_H

#include "placecast/model.h"

typedef struct pc_trend_factors {
    double share[PC_N_KNOT];        /* of the implied change that is believed by each knot, 0 to 1 */
    double birthdays[PC_N_KNOT];    /* of the change by known 18th birthdays, 0 to 1 */
    double homes_growth[PC_N_KNOT]; /* national growth of children in homes in each year, -0.5 to 1 */
    /* How far the mean lies above the middle of the range, on the logarithm, by each knot: shared + single /
     * n for n children now. The aim is the middle; 0: the mean as well. 0 to 0.1, 0 to 5. */
    double skew_shared[PC_N_KNOT], skew_single[PC_N_KNOT];
} pc_trend_factors;

/* The shipped tables, defaults/drift.csv and defaults/mix.csv. PC_ERR_INTERNAL when they are damaged. */
PC_MUST_USE pc_status pc_trend_factors_shipped(pc_trend_factors *out, pc_diagnostics *diagnostics);

/* Finds the trend of every authority of a model that pc_fit made, in place. `factors`: NULL for the shipped
 * ones. `threads`: 0 for all cores; the result does not depend on it. An authority without local starts, or
 * without local children, gets none. PC_ERR_RANGE for factors out of their bounds. */
PC_MUST_USE pc_status pc_model_find_trend(pc_model *self, const pc_trend_factors *factors, int threads,
                                          pc_diagnostics *diagnostics);

/* What multiplies local starts `years` after the extract (>= 0); 1 where no trend was found. */
double pc_trend_starts(const pc_trend *self, double years);

#endif
