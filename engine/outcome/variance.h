/* variance.h - how much of the variance comes from each layer of uncertainty. */
#ifndef PC_OUTCOME_VARIANCE_H
#define PC_OUTCOME_VARIANCE_H

#include <stddef.h>

/* Variance shared by replicates that share a draw of one layer: the mean product of deviations over pairs r,
 * s with r = s modulo n_draw. Replicates are numbered 0..n-1. 0 when there is no such pair; never negative.
 */
double variance_shared(const double *value, size_t n, size_t n_draw);
double variance_total(const double *value, size_t n);

#endif
