/* yaml.h - a YAML 1.2 (or JSON) file as a small owned tree in which every node knows its line and column
 * (libfyaml).
 *
 * Aliases are resolved by copying, within the bound on the number of nodes, so that a file which multiplies
 * itself is refused. Keys must be distinct scalars. Scalars are text; what they mean is decided by who asks
 * for them.
 */
#ifndef PC_BASE_YAML_H
#define PC_BASE_YAML_H

#include <stdbool.h>
#include <stddef.h>

#include "placecast/diagnostics.h"

#define PC_YAML_MAX_NODES ((size_t)200000)
#define PC_YAML_MAX_DEPTH 64
#define PC_YAML_MAX_BYTES ((size_t)16 << 20)

typedef enum pc_yaml_kind { PC_YAML_SCALAR, PC_YAML_MAPPING, PC_YAML_SEQUENCE } pc_yaml_kind;

typedef struct pc_yaml_node {
    pc_yaml_kind kind;
    char *text;   /* scalar: its text, "" for null; else NULL */
    bool is_null; /* an empty scalar, ~ or null, not quoted */
    bool quoted;  /* scalar written in quotes: a number in quotes is text */
    char *file;   /* as shown in messages; owned */
    long line;    /* 1-based */
    long column;  /* 1-based */
    size_t n;     /* children of a mapping or sequence */
    size_t capacity;
    struct pc_yaml_node **child; /* [n]; owned */
    char **key;                  /* [n]; mapping only; owned */
    long *key_line;              /* [n]; mapping only */
    long *key_column;            /* [n]; mapping only */
} pc_yaml_node;

/* Reads `path`; `shown` is its name in messages. Every syntax error goes to `diagnostics` with line and
 * column. On success the caller owns *out and frees it; on failure it is NULL. PC_ERR_IO, PC_ERR_INPUT,
 * PC_ERR_NO_MEMORY. */
PC_MUST_USE pc_status pc_yaml_read(const char *path, const char *shown, pc_yaml_node **out,
                                   pc_diagnostics *diagnostics);
/* As above over bytes in memory. */
PC_MUST_USE pc_status pc_yaml_read_bytes(const char *bytes, size_t size, const char *shown,
                                         pc_yaml_node **out, pc_diagnostics *diagnostics);

/* The value under `key`, or NULL when `node` is not a mapping or has no such key. Borrowed. */
pc_yaml_node *pc_yaml_get(const pc_yaml_node *node, const char *key);
pc_place pc_yaml_place(const pc_yaml_node *node);
void pc_yaml_free(pc_yaml_node *node); /* NULL is fine */

#endif
