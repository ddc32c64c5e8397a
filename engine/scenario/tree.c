#include "scenario/tree.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/yaml_node.h"
#include "scenario/chain.h"
#include "scenario/load.h"
#include "scenario/paths.h"

static void put_all(scenario_reader *reader, pc_yaml_node *tree, size_t n, const scenario_put *put)
{
    for (size_t at = 0; tree != NULL && at < n; at++) {
        scenario_put_value(reader, tree, put[at].key, put[at].value, put[at].place);
    }
}

pc_status scenario_tree_read(const char *path, size_t n, const scenario_put *put,
                             const pc_scenario_options *options, scenario_tree *out,
                             pc_diagnostics *diagnostics)
{
    pc_scenario scenario = {.start = PC_DAY_NONE}; /* holds the list of files read */
    scenario_reader reader = {.out = &scenario, .diagnostics = diagnostics};
    pc_status status = PC_OK;

    memset(out, 0, sizeof *out);
    if (options != NULL && options->confine != NULL) {
        status = scenario_path_confine_to(&reader, options->confine);
    }
    if (status == PC_OK) {
        out->root = scenario_chain_read(&reader, path);
        put_all(&reader, out->root, n, put);
        for (size_t s = 0; out->root != NULL && options != NULL && s < options->n_set; s++) {
            scenario_apply_setting(&reader, out->root, &options->set[s]);
        }
        out->file = pc_copy_text(path);
        status = reader.no_memory || out->file == NULL       ? PC_ERR_NO_MEMORY
                 : out->root == NULL || reader.n_problem > 0 ? PC_ERR_INPUT
                                                             : PC_OK;
    }
    out->confine = reader.confine;
    out->n_file = scenario.n_file;
    out->read_file = scenario.read_file;
    scenario.n_file = 0;
    scenario.read_file = NULL;
    pc_scenario_free(&scenario);
    if (status != PC_OK) {
        scenario_tree_free(out);
    }
    return status;
}

static bool copy_files(const scenario_tree *self, pc_scenario *out)
{
    out->file = pc_copy_text(self->file);
    out->read_file = pc_new_zero(self->n_file, sizeof *out->read_file);
    if (out->file == NULL || out->read_file == NULL) {
        return false;
    }
    for (size_t f = 0; f < self->n_file; f++) {
        out->read_file[f] = pc_copy_text(self->read_file[f]);
        if (out->read_file[f] == NULL) {
            return false;
        }
        out->n_file = f + 1;
    }
    return true;
}

pc_status scenario_tree_make(const scenario_tree *self, size_t n, const scenario_put *put, pc_scenario *out,
                             pc_diagnostics *diagnostics)
{
    scenario_reader reader = {.out = out, .diagnostics = diagnostics, .confine = self->confine};
    size_t first = diagnostics == NULL ? 0 : diagnostics->n;
    pc_yaml_node *tree;
    pc_status status;

    memset(out, 0, sizeof *out);
    out->start = PC_DAY_NONE;
    tree = pc_yaml_copy(self->root);
    if (tree == NULL || !copy_files(self, out)) {
        pc_yaml_free(tree);
        pc_scenario_free(out);
        return PC_ERR_NO_MEMORY;
    }
    put_all(&reader, tree, n, put);
    status = scenario_take_tree(&reader, tree, first);
    pc_yaml_free(tree);
    if (status != PC_OK) {
        pc_scenario_free(out);
    }
    return status;
}

void scenario_tree_free(scenario_tree *self)
{
    if (self == NULL) {
        return;
    }
    for (size_t f = 0; self->read_file != NULL && f < self->n_file; f++) {
        free(self->read_file[f]);
    }
    free(self->read_file);
    pc_yaml_free(self->root);
    free(self->file);
    free(self->confine);
    memset(self, 0, sizeof *self);
}
