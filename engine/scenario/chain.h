/* chain.h - from a scenario file to the one tree that results: what it extends, what it removes, what --set
 * overrides. Private to scenario/. */
#ifndef PC_SCENARIO_CHAIN_H
#define PC_SCENARIO_CHAIN_H

#include "scenario/reader.h"

#define SCENARIO_MAX_CHAIN 16

/* Reads `path` and all that it extends, and merges them. NULL (and reported) when the file itself cannot be
 * read; reader->partial is set when only one that it extends cannot. The caller frees. */
pc_yaml_node *scenario_chain_read(scenario_reader *reader, const char *path);

/* Puts `over` on top of `base` and frees what is left of it: key by key, lists by `name`. Returns what
 * results, NULL when out of memory (both are freed then). */
pc_yaml_node *scenario_merge(pc_yaml_node *base, pc_yaml_node *over);
/* Takes the items called `name` out of all lists below `tree`, or the key of that dotted path. How many were
 * taken. */
size_t scenario_remove_named(pc_yaml_node *tree, const char *name);
/* Reports names that a list holds twice. */
void scenario_check_list_names(scenario_reader *reader, const pc_yaml_node *node);

/* Puts a copy of `value` at the dotted `key`, lists addressed by `name`. `place` says in messages where the
 * key comes from. */
void scenario_put_value(scenario_reader *reader, pc_yaml_node *tree, const char *key,
                        const pc_yaml_node *value, pc_place place);
/* Applies one --set KEY=VALUE to the tree. */
void scenario_apply_setting(scenario_reader *reader, pc_yaml_node *tree, const pc_setting *setting);

#endif
