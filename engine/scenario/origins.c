/* origins.c - where each value of a scenario stands: what the tables of assumptions name beside it. */
#include "scenario/origins.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

/* "capacity" and "places" -> "capacity.places"; items of a list by their name, else by number from 1. */
static char *child_key(const char *prefix, const pc_yaml_node *node, size_t at)
{
    const char *dot = prefix[0] == '\0' ? "" : ".";
    const pc_yaml_node *name;

    if (node->kind == PC_YAML_MAPPING) {
        return pc_format_text("%s%s%s", prefix, dot, node->key[at]);
    }
    name = pc_yaml_get(node->child[at], "name");
    if (name != NULL && name->kind == PC_YAML_SCALAR) {
        return pc_format_text("%s%s%s", prefix, dot, name->text);
    }
    return pc_format_text("%s%s%zu", prefix, dot, at + 1);
}

/* Takes `key`. */
static pc_status add(pc_scenario *out, size_t *capacity, char *key, const pc_yaml_node *node)
{
    pc_status status = pc_grow(&out->origin, capacity, out->n_origin + 1, sizeof *out->origin);
    char *file = status == PC_OK ? pc_copy_text(node->file) : NULL;

    if (file == NULL) {
        free(key);
        return PC_ERR_NO_MEMORY;
    }
    out->origin[out->n_origin++] = (pc_origin){.key = key, .file = file, .line = node->line};
    return PC_OK;
}

/* As deep as the tree, which is bounded. */
static pc_status walk(pc_scenario *out, size_t *capacity, const char *prefix, const pc_yaml_node *node)
{
    pc_status status = PC_OK;

    for (size_t at = 0; at < node->n && status == PC_OK; at++) {
        const pc_yaml_node *child = node->child[at];
        char *key = child_key(prefix, node, at);

        if (key == NULL) {
            return PC_ERR_NO_MEMORY;
        }
        if (child->kind == PC_YAML_SCALAR) {
            status = add(out, capacity, key, child);
        } else {
            status = walk(out, capacity, key, child);
            free(key);
        }
    }
    return status;
}

pc_status scenario_take_origins(const pc_yaml_node *tree, pc_scenario *out)
{
    size_t capacity = 0;

    return walk(out, &capacity, "", tree);
}

void scenario_free_origins(pc_scenario *self)
{
    for (size_t at = 0; at < self->n_origin; at++) {
        free(self->origin[at].key);
        free(self->origin[at].file);
    }
    free(self->origin);
    self->origin = NULL;
    self->n_origin = 0;
}
