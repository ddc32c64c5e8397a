/* forecast.h - making a pc_forecast of the right shape. */
#ifndef PC_OUTCOME_FORECAST_H
#define PC_OUTCOME_FORECAST_H

#include "outcome/grid.h"

/* Names, dates and children now; all statistics NaN. On failure `self` is empty. */
PC_MUST_USE pc_status forecast_init(pc_forecast *self, const pc_model *model, const pc_scenario *scenario,
                                    const pc_plan *plan, const grid *shape);

#endif
