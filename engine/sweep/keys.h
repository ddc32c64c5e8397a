/* keys.h - the table of every key of a sweep file, and reading by it. Private to sweep/.
 *
 * Rows are those of scenario/keys.h, so that types, bounds, messages and the reference are the same as for
 * scenarios.
 */
#ifndef PC_SWEEP_KEYS_H
#define PC_SWEEP_KEYS_H

#include "scenario/reader.h"
#include "sweep/sweep_impl.h"

extern const scenario_key sweep_keys[];
extern const size_t sweep_n_key;

/* Reads the keys below `prefix` of the table from a mapping into `base`; as scenario_read_group. */
void sweep_read_group(scenario_reader *reader, const char *prefix, const char *shown,
                      const pc_yaml_node *node, void *base);

/* What a variant says, while it is read. */
typedef struct sweep_variant {
    char *name, *scenario;
    size_t n_put;
    scenario_put *put;
} sweep_variant;

/* Readers of values with a form of their own; `base` is a pc_sweep, a sweep_factor or a sweep_variant. */
#define SWEEP_READER(what)                                                                                   \
    void sweep_read_##what(scenario_reader *reader, const scenario_key *key, const char *shown,              \
                           const char *name, const pc_yaml_node *node, void *base)
SWEEP_READER(version);
SWEEP_READER(passed);
SWEEP_READER(set);
SWEEP_READER(factors);
SWEEP_READER(factor_name);
SWEEP_READER(values);
SWEEP_READER(variants);
SWEEP_READER(variant_set);
SWEEP_READER(authorities);
SWEEP_READER(filter);
SWEEP_READER(measures);
SWEEP_READER(categories);
SWEEP_READER(dates);
SWEEP_READER(quantiles);

/* A list, or one item standing for a list of one: how many, and each. */
size_t sweep_list_length(const pc_yaml_node *node);
const pc_yaml_node *sweep_list_item(const pc_yaml_node *node, size_t at);
/* Any value as one line of YAML; the caller frees; NULL when out of memory. */
char *sweep_node_text(const pc_yaml_node *node);

/* Adds a value to a factor; its puts are the caller's to set. NULL when out of memory. */
sweep_value *sweep_add_value(scenario_reader *reader, sweep_factor *factor, char *text, double number,
                             pc_place place);
/* Adds one authority to the values of a factor; `node` is where it is said. */
void sweep_add_authority(scenario_reader *reader, sweep_factor *factor, const char *la,
                         const pc_yaml_node *node);
void sweep_factor_free(sweep_factor *self);

#endif
