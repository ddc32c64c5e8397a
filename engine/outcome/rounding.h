/* rounding.h - the rounding of statistics, and of the workforce. Private to outcome/. */
#ifndef PC_OUTCOME_ROUNDING_H
#define PC_OUTCOME_ROUNDING_H

#include "placecast/rounding.h"

/* Mean and quantiles: `without` children they are that, and `each` is what one child adds. Below 2, `to`
 * changes nothing. */
void rounding_statistics(pc_statistics *value, double without, double each, int to);
/* Each of `value` [n], which may be NULL, as a number of children. */
void rounding_all(pc_statistics *value, size_t n, int to);
/* Cases are children. Posts needed and the gap become those of the rounded number of cases; a case-load,
 * which posts turn into cases, becomes unknown. Targets about them follow. */
void rounding_workload(pc_forecast *self, int to);

#endif
