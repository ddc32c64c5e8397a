/* yaml_build.h - a tree grown node by node, within bounds: what is open, what has an anchor. Private to
 * base/. */
#ifndef PC_BASE_YAML_BUILD_H
#define PC_BASE_YAML_BUILD_H

#include "base/yaml.h"

#define PC_YAML_MAX_ANCHORS ((size_t)1000)

typedef struct pc_yaml_frame {
    pc_yaml_node *node; /* an open mapping or sequence; owned by the frame until it is closed */
    char *key;          /* mapping: the key that waits for its value, else NULL; owned */
    long key_line, key_column;
    char *anchor; /* NULL: none; owned. Known only when the node is closed, so that none holds itself */
} pc_yaml_frame;

typedef struct pc_yaml_anchor {
    char *name;
    pc_yaml_node *node; /* a copy of its own */
} pc_yaml_anchor;

typedef struct pc_yaml_builder {
    const char *shown;
    pc_diagnostics *diagnostics;
    pc_status status; /* PC_ERR_INPUT once something was rejected */
    bool stop;        /* nothing more can be built */
    pc_yaml_node *root;
    size_t n_node; /* anchors' copies included */
    pc_yaml_frame frame[PC_YAML_MAX_DEPTH];
    size_t depth;
    pc_yaml_anchor *anchor;
    size_t n_anchor, anchor_capacity;
} pc_yaml_builder;

/* A scalar or key as found: its text, its style, where it stands, its anchor (NULL: none). */
typedef struct pc_yaml_scalar {
    const char *text; /* [length]; borrowed */
    size_t length;
    bool quoted;   /* or a block */
    bool no_place; /* left out, or a block, which begins on the next line: its key's place is better */
    const char *anchor;
    size_t anchor_length;
    long line, column;
} pc_yaml_scalar;

void pc_yaml_build_reject(pc_yaml_builder *self, long line, long column, bool stop, const char *text);
void pc_yaml_build_out_of_memory(pc_yaml_builder *self);

void pc_yaml_build_scalar(pc_yaml_builder *self, const pc_yaml_scalar *scalar);
void pc_yaml_build_alias(pc_yaml_builder *self, const char *name, size_t length, long line, long column);
void pc_yaml_build_open(pc_yaml_builder *self, pc_yaml_kind kind, const char *anchor, size_t anchor_length,
                        long line, long column);
void pc_yaml_build_close(pc_yaml_builder *self);
/* Frees all but the tree, which goes to *out when nothing was rejected. */
PC_MUST_USE pc_status pc_yaml_build_finish(pc_yaml_builder *self, pc_yaml_node **out);

#endif
