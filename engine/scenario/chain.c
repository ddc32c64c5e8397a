/* A scenario file and all that it extends. */
#define _XOPEN_SOURCE 700
#include "scenario/chain.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/yaml_node.h"
#include "scenario/paths.h"

typedef struct chain {
    scenario_reader *reader;
    char *shown[SCENARIO_MAX_CHAIN]; /* from the file asked for to the one being read; owned */
    char *real[SCENARIO_MAX_CHAIN];
    size_t n;
} chain;

static pc_yaml_node *read_link(chain *self, const char *path, const pc_yaml_node *from);

static void drop_key(pc_yaml_node *tree, const char *key)
{
    for (size_t c = tree->n; c-- > 0;) {
        if (strcmp(tree->key[c], key) == 0) {
            pc_yaml_remove(tree, c);
        }
    }
}

static void apply_remove(chain *self, const pc_yaml_node *list, pc_yaml_node *base)
{
    scenario_reader *reader = self->reader;
    char found[SCENARIO_FOUND_SIZE];

    if (list == NULL) {
        return;
    }
    if (list->kind != PC_YAML_SEQUENCE) {
        scenario_problem(reader, pc_yaml_place(list), "remove: found %s, expected a list of names",
                         scenario_found(list, found));
        return;
    }
    for (size_t c = 0; c < list->n; c++) {
        const pc_yaml_node *name = list->child[c];

        if (name->kind != PC_YAML_SCALAR || name->is_null) {
            scenario_problem(reader, pc_yaml_place(name), "remove: found %s in the list, expected a name",
                             scenario_found(name, found));
        } else if (base != NULL && scenario_remove_named(base, name->text) == 0) {
            scenario_problem(
                reader, pc_yaml_place(name),
                "remove: nothing is called \"%.80s\" in the scenario that is extended, expected the name of "
                "a list item or a dotted key",
                name->text);
        }
    }
}

/* What `tree` extends, or NULL. */
static pc_yaml_node *read_base(chain *self, const pc_yaml_node *tree)
{
    const pc_yaml_node *extends = pc_yaml_get(tree, "extends");
    char found[SCENARIO_FOUND_SIZE], *path;
    pc_yaml_node *base;

    if (extends == NULL) {
        const pc_yaml_node *removed = pc_yaml_get(tree, "remove");

        if (removed != NULL) {
            scenario_problem(self->reader, pc_yaml_place(removed),
                             "remove: found it without `extends`, expected both");
        }
        return NULL;
    }
    if (extends->kind != PC_YAML_SCALAR || extends->is_null || extends->text[0] == '\0') {
        scenario_problem(self->reader, pc_yaml_place(extends),
                         "extends: found %s, expected the path of a scenario",
                         scenario_found(extends, found));
        self->reader->partial = true;
        return NULL;
    }
    path = scenario_path_resolve(extends, extends->text);
    base = path == NULL ? NULL : read_link(self, path, extends);
    self->reader->no_memory = self->reader->no_memory || path == NULL;
    self->reader->partial = self->reader->partial || base == NULL;
    free(path);
    return base;
}

static bool goes_round(chain *self, const char *path, const char *real, pc_place place)
{
    for (size_t c = 0; c < self->n; c++) {
        char text[700] = "";
        size_t length = 0;

        if (strcmp(self->real[c], real) != 0) {
            continue;
        }
        for (size_t k = c; k < self->n; k++) {
            if (length + strlen(self->shown[k]) + 5 < sizeof text) {
                length += (size_t)snprintf(text + length, sizeof text - length, "%s -> ", self->shown[k]);
            }
        }
        scenario_problem(self->reader, place,
                         "extends: goes round in a circle: %s%s; expected a file that ends it", text, path);
        return true;
    }
    return false;
}

static bool enter(chain *self, const char *path, pc_place place)
{
    char *real = realpath(path, NULL);
    bool ok = real != NULL;

    if (real == NULL && errno == ENOMEM) {
        self->reader->no_memory = true;
    } else if (real == NULL) {
        scenario_problem(self->reader, place, "\"%s\" cannot be read", path);
    } else if (goes_round(self, path, real, place)) {
        ok = false;
    } else if (self->n == SCENARIO_MAX_CHAIN) {
        scenario_problem(self->reader, place, "extends: more than %d files, expected fewer",
                         SCENARIO_MAX_CHAIN);
        ok = false;
    }
    if (ok) {
        self->shown[self->n] = pc_copy_text(path);
        ok = self->shown[self->n] != NULL;
        self->reader->no_memory = self->reader->no_memory || !ok;
    }
    if (!ok) {
        free(real);
        return false;
    }
    self->real[self->n++] = real;
    return true;
}

static bool remember_file(scenario_reader *reader, const char *path)
{
    pc_scenario *scenario = reader->out;
    char **grown = realloc(scenario->read_file, (scenario->n_file + 1) * sizeof *grown);

    if (grown == NULL) {
        return false;
    }
    scenario->read_file = grown;
    grown[scenario->n_file] = pc_copy_text(path);
    if (grown[scenario->n_file] == NULL) {
        return false;
    }
    scenario->n_file++;
    return true;
}

static pc_yaml_node *read_tree(chain *self, const char *path)
{
    scenario_reader *reader = self->reader;
    pc_yaml_node *tree;
    char found[SCENARIO_FOUND_SIZE];
    pc_status status;

    if (!remember_file(reader, path)) {
        reader->no_memory = true;
        return NULL;
    }
    status = pc_yaml_read(path, path, &tree, reader->diagnostics);
    if (status != PC_OK) {
        reader->n_problem++; /* pc_yaml_read has said what */
        reader->no_memory = reader->no_memory || status == PC_ERR_NO_MEMORY;
        return NULL;
    }
    if (tree->kind != PC_YAML_MAPPING) {
        scenario_problem(reader, pc_yaml_place(tree), "found %s, expected a scenario: keys and values",
                         scenario_found(tree, found));
        pc_yaml_free(tree);
        return NULL;
    }
    scenario_check_list_names(reader, tree);
    return tree;
}

/* Without a name of its own a scenario would share its column of the outputs with the one that it extends. */
static void warn_of_shared_name(chain *self, const pc_yaml_node *tree)
{
    if (pc_yaml_get(tree, "name") == NULL) {
        scenario_warn(self->reader, pc_yaml_place(pc_yaml_get(tree, "extends")),
                      "name: none of its own, so that of the extended scenario is used for both");
    }
}

/* Reads one file with all that it extends. `from` is the value that names it, NULL for the file asked for. */
static pc_yaml_node *read_link(chain *self, const char *path, const pc_yaml_node *from)
{
    pc_place place = from == NULL ? (pc_place){.file = path} : pc_yaml_place(from);
    bool ok = scenario_path_check(self->reader, place, from == NULL ? "scenario" : "extends", path, false);
    pc_yaml_node *tree, *base;

    if (!ok || !enter(self, path, place)) {
        return NULL;
    }
    tree = read_tree(self, path);
    base = tree == NULL ? NULL : read_base(self, tree);
    if (base != NULL) {
        warn_of_shared_name(self, tree);
        apply_remove(self, pc_yaml_get(tree, "remove"), base);
    }
    if (tree != NULL) {
        drop_key(tree, "extends");
        drop_key(tree, "remove");
    }
    if (base != NULL) {
        tree = scenario_merge(base, tree);
        self->reader->no_memory = self->reader->no_memory || tree == NULL;
    }
    self->n--;
    free(self->shown[self->n]);
    free(self->real[self->n]);
    return tree;
}

pc_yaml_node *scenario_chain_read(scenario_reader *reader, const char *path)
{
    chain self = {.reader = reader};

    return read_link(&self, path, NULL);
}
