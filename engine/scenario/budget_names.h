/* budget_names.h - which costs a budget line may leave to the simulation. */
#ifndef PC_SCENARIO_BUDGET_NAMES_H
#define PC_SCENARIO_BUDGET_NAMES_H

#include <stdbool.h>

/* Reads `programme_cost_gbp` (what all interventions cost) or `programme_cost_gbp NAME`: `intervention`
 * points into `text`, to
 * "" for all. False, and `intervention` as it was, when it is neither. */
bool scenario_programme_name(const char *text, const char **intervention);

#endif
