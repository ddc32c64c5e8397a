/* yaml_node.h - the nodes of the tree of yaml.h: made, grown and copied within bounds. Private to base/. */
#ifndef PC_BASE_YAML_NODE_H
#define PC_BASE_YAML_NODE_H

#include "base/yaml.h"

/* A node without children or text; NULL when out of memory. Free with pc_yaml_free. */
pc_yaml_node *pc_yaml_new(pc_yaml_kind kind, const char *file, long line, long column);
/* A scalar as it would be read from `length` bytes: unquoted "", ~ and null are null. NULL when out of
 * memory. */
pc_yaml_node *pc_yaml_new_scalar(const char *text, size_t length, bool quoted, const char *file, long line,
                                 long column);
/* Adds `child` (owned from then on) to a sequence (`key` NULL) or mapping; `key` is copied. On failure
 * `child` stays the caller's. Does not look for duplicates. */
PC_MUST_USE pc_status pc_yaml_append(pc_yaml_node *self, const char *key, long key_line, long key_column,
                                     pc_yaml_node *child);
/* Takes child `index` out of `self` and frees it. */
void pc_yaml_remove(pc_yaml_node *self, size_t index);
/* A deep copy; NULL when out of memory. Recursion is bounded by the depth of `self`. */
pc_yaml_node *pc_yaml_copy(const pc_yaml_node *self);
/* Number of nodes in the tree, itself included, and its depth (1 for a scalar). */
size_t pc_yaml_count(const pc_yaml_node *self);
size_t pc_yaml_depth(const pc_yaml_node *self);

#endif
