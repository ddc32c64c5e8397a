/* panel_variance.h - variance of the children of an authority some years after an origin, by approximation:
 * its flows stay as they were, and whoever came or went fades as children leave. */
#ifndef PC_OUTCOME_PANEL_VARIANCE_H
#define PC_OUTCOME_PANEL_VARIANCE_H

#include "outcome/panel_spread.h"

/* What shocks of starts and exits make that have variance 1 in each year: x(t) = phi x(t-1) + z(t), x(0) = 0.
 * Grows with the square of the children. */
double panel_shock_variance(double phi, const panel_past *past, int years);
/* Coming and going of single children, over-dispersion, uncertain rates, whose errors are believed to `share`
 * as the implied change is. Grows with the children. */
double panel_single_variance(const panel_past *past, int years, double share);

#endif
