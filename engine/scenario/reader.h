/* reader.h - what the readers of single keys share: the scenario under construction and how to complain.
 * Private to scenario/. */
#ifndef PC_SCENARIO_READER_H
#define PC_SCENARIO_READER_H

#include <stdbool.h>

#include "base/yaml.h"
#include "placecast/scenario.h"
#include "placecast/workforce.h"
#include "scenario/keys.h"

#define SCENARIO_MAX_PROBLEMS ((size_t)1000)
#define SCENARIO_FOUND_SIZE 96

typedef struct scenario_reader {
    const scenario_table *table; /* the keys of the file; NULL: of a scenario */
    pc_scenario *out;            /* NULL: another kind of file */
    pc_workforce *workforce;     /* of a workforce file, else NULL */
    pc_diagnostics *diagnostics;
    char *confine;    /* a real path, or NULL */
    size_t n_problem; /* errors so far */
    bool partial;     /* an extended file could not be read: what is missing may have been in it */
    bool no_memory;
} scenario_reader;

static inline const scenario_table *scenario_table_of(const scenario_reader *reader)
{
    return reader->table == NULL ? &scenario_table_scenario : reader->table;
}

/* Adds an error. */
void scenario_problem(scenario_reader *reader, pc_place place, const char *format, ...) PC_PRINTF(3, 4);
void scenario_warn(scenario_reader *reader, pc_place place, const char *format, ...) PC_PRINTF(3, 4);

/* What a node holds, in a few words for messages: `30.5`, `"30" in quotes`, `nothing`, `a list`. Returns
 * `text`. */
char *scenario_found(const pc_yaml_node *node, char text[SCENARIO_FOUND_SIZE]);
/* The place of key `index` of a mapping. */
pc_place scenario_key_place(const pc_yaml_node *mapping, size_t index);

/* Reads the keys below `prefix` (a path of the table) from a mapping into `base`, with defaults for those not
 * given and an error for each that is unknown. `node` NULL: defaults only. `shown` is `prefix` with the
 * user's own names. */
void scenario_read_group(scenario_reader *reader, const char *prefix, const char *shown,
                         const pc_yaml_node *node, void *base);
/* Reads one scalar into its place; false (and reported) when it is not what the row says. */
bool scenario_read_value(scenario_reader *reader, const scenario_key *key, const char *shown,
                         const pc_yaml_node *node, void *base);
/* Puts the default into its place. */
void scenario_read_default(scenario_reader *reader, const scenario_key *key, void *base);
/* Reads a list of distinct names. False, and reported, when it is none. On true the caller owns what it
 * gives. */
bool scenario_read_names(scenario_reader *reader, const char *shown, const char *expected,
                         const pc_yaml_node *node, size_t *n, char ***name);
void scenario_free_names(size_t n, char **name);

/* Readers of values with a form of their own: see keys.c. */
void scenario_read_version(scenario_reader *reader, const scenario_key *key, const char *shown,
                           const char *name, const pc_yaml_node *node, void *base);
void scenario_read_authorities(scenario_reader *reader, const scenario_key *key, const char *shown,
                               const char *name, const pc_yaml_node *node, void *base);
void scenario_read_overflow(scenario_reader *reader, const scenario_key *key, const char *shown,
                            const char *name, const pc_yaml_node *node, void *base);
void *scenario_open_substitute(scenario_reader *reader, const char *name, pc_place place);
void scenario_close_substitute(scenario_reader *reader, const char *shown, const pc_yaml_node *node,
                               void *element);

/* Overflow lists that name their own category or lead back to it. */
void scenario_check_overflow(const pc_scenario *scenario, scenario_reader *reader);

#endif
