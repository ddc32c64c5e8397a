/* variance.h - how much of the variance comes from each layer of uncertainty. */
#ifndef PC_OUTCOME_VARIANCE_H
#define PC_OUTCOME_VARIANCE_H

#include <stddef.h>

#include "placecast/scenario.h"

/* Variance shared by replicates that share a draw of one layer: the mean product of deviations over pairs r,
 * s with r = s modulo n_draw. Replicates are numbered 0..n-1. 0 when there is no such pair; never negative.
 */
double variance_shared(const double *value, size_t n, size_t n_draw);
double variance_total(const double *value, size_t n);
/* Shares of process, parameters, year effects and over-dispersed starts in the variance of `value` [n], which
 * sum to 1. Left as they are (NaN) where a layer is off or no two replicates share its draw. */
void variance_split(const double *value, size_t n, const pc_uncertainty *on, double share[4]);

#endif
