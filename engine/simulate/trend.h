/* trend.h - the trend of a model, as a plan follows it. */
#ifndef PC_SIMULATE_TREND_H
#define PC_SIMULATE_TREND_H

#include "simulate/plan.h"

/* Multiplies the starts of local children by the drift, and the way into homes by the change of mix, where
 * the scenario has them on. */
void trend_follow(pc_plan *self, const pc_trend *trend, const pc_scenario *scenario);

#endif
