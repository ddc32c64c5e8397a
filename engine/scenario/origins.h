/* origins.h - where each value of a scenario stands. Private to scenario/. */
#ifndef PC_SCENARIO_ORIGINS_H
#define PC_SCENARIO_ORIGINS_H

#include "base/yaml.h"
#include "placecast/scenario.h"

/* Fills origin and n_origin, which are empty, from the tree that the scenario was read from. On failure what
 * was taken stays, for scenario_free_origins. PC_ERR_NO_MEMORY. */
PC_MUST_USE pc_status scenario_take_origins(const pc_yaml_node *tree, pc_scenario *out);
void scenario_free_origins(pc_scenario *self);

#endif
