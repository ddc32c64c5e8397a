/* load.h - a scenario together with the tree that it was read from. Private to scenario/. */
#ifndef PC_SCENARIO_LOAD_H
#define PC_SCENARIO_LOAD_H

#include "scenario/reader.h"

/* As pc_scenario_load; on success the caller owns the tree as well, on failure it is NULL. */
PC_MUST_USE pc_status scenario_load(const char *path, const pc_scenario_options *options, pc_scenario *out,
                                    pc_yaml_node **tree, pc_diagnostics *diagnostics);

/* From the tree (NULL: there is none) to reader->out, which has its `file` and nothing else but defaults of
 * zero and no `start`. `first` is the number of messages before. The caller frees reader->out, after failure
 * as well. */
PC_MUST_USE pc_status scenario_take_tree(scenario_reader *reader, const pc_yaml_node *tree, size_t first);

#endif
