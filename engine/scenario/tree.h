/* tree.h - scenarios that differ in a few keys: their common tree is read once. For the stages after this
 * one. */
#ifndef PC_SCENARIO_TREE_H
#define PC_SCENARIO_TREE_H

#include "base/yaml.h"
#include "placecast/scenario.h"

/* A key with its value, as --set would put it; paths in the value are relative to the value's file. */
typedef struct scenario_put {
    const char *key;           /* dotted; list items by name */
    const pc_yaml_node *value; /* borrowed */
    pc_place place;            /* of the key, for messages */
} scenario_put;

/* What a file, all that it extends and the settings give. */
typedef struct scenario_tree {
    char *file; /* as given */
    pc_yaml_node *root;
    size_t n_file;
    char **read_file; /* [n_file] */
    char *confine;    /* a real path, or NULL */
} scenario_tree;

/* Reads a scenario file; `put` [n] and then the settings of `options` (may be NULL) go on top. Whether the
 * tree is a scenario is not asked here. On failure `out` is empty. */
PC_MUST_USE pc_status scenario_tree_read(const char *path, size_t n, const scenario_put *put,
                                         const pc_scenario_options *options, scenario_tree *out,
                                         pc_diagnostics *diagnostics);
/* The scenario that results from the tree with `put` [n] on top of it, checked like any other. Several
 * threads may make scenarios from one tree. On failure `out` is empty. */
PC_MUST_USE pc_status scenario_tree_make(const scenario_tree *self, size_t n, const scenario_put *put,
                                         pc_scenario *out, pc_diagnostics *diagnostics);
void scenario_tree_free(scenario_tree *self);

#endif
