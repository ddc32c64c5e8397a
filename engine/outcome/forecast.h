/* forecast.h - making a pc_forecast of the right shape. */
#ifndef PC_OUTCOME_FORECAST_H
#define PC_OUTCOME_FORECAST_H

#include "outcome/case.h"

/* Names, dates and children now; all statistics NaN. On failure `self` is empty. */
PC_MUST_USE pc_status forecast_init(pc_forecast *self, const outcome_case *of, const grid *shape);
/* Zero for every cell of one authority: the difference of a scenario from itself. */
void forecast_set_zero(pc_forecast *self, size_t la);

#endif
