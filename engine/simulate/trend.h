/* trend.h - the trend of a model, as a plan follows it. */
#ifndef PC_SIMULATE_TREND_H
#define PC_SIMULATE_TREND_H

#include "simulate/plan.h"

/* Multiplies the starts of local children by the drift, and the way into homes by the change of mix, where
 * the scenario has them on. */
void trend_follow(pc_plan *self, const pc_trend *trend, const pc_scenario *scenario);

/* What multiplies local starts in each year from the extract, the last for good, under rates that are drawn:
 * so many more where more leave than at the mean rates, that as much of the difference is believed as of the
 * implied change. All 1 where the plan has no drift. To first order in the difference; docs/model.md,
 * section 5. */
void trend_of_draw(const pc_plan *self, const pc_rates *drawn, double out[PC_N_KNOT]);

#endif
