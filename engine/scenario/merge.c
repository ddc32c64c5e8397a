/* One tree on top of another: key by key, lists by name. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/yaml_node.h"
#include "placecast/names.h"
#include "scenario/chain.h"

static const char *item_name(const pc_yaml_node *item)
{
    const pc_yaml_node *name = pc_yaml_get(item, "name");

    return name != NULL && name->kind == PC_YAML_SCALAR && !name->is_null ? name->text : NULL;
}

static bool has_names(const pc_yaml_node *list)
{
    for (size_t c = 0; c < list->n; c++) {
        if (item_name(list->child[c]) != NULL) {
            return true;
        }
    }
    return false;
}

/* Places of child `index`, which goes from `over` to `base`. */
static pc_status append_from(pc_yaml_node *base, pc_yaml_node *over, size_t index)
{
    pc_status status = pc_yaml_append(base, over->key[index], over->key_line[index], over->key_column[index],
                                      over->child[index]);

    if (status == PC_OK) {
        over->child[index] = NULL;
    }
    return status;
}

static size_t find_child(const pc_yaml_node *base, const pc_yaml_node *over, size_t index)
{
    const char *wanted = over->kind == PC_YAML_MAPPING ? over->key[index] : item_name(over->child[index]);
    size_t c = 0;

    for (; wanted != NULL && c < base->n; c++) {
        const char *name = base->kind == PC_YAML_MAPPING ? base->key[c] : item_name(base->child[c]);

        if (name != NULL && strcmp(name, wanted) == 0) {
            return c;
        }
    }
    return SIZE_MAX;
}

static pc_status merge_children(pc_yaml_node *base, pc_yaml_node *over)
{
    for (size_t c = 0; c < over->n; c++) {
        size_t found = find_child(base, over, c);

        if (found == SIZE_MAX) {
            if (append_from(base, over, c) != PC_OK) {
                return PC_ERR_NO_MEMORY;
            }
            continue;
        }
        base->child[found] = scenario_merge(base->child[found], over->child[c]);
        over->child[c] = NULL;
        if (base->child[found] == NULL) {
            pc_yaml_remove(base, found);
            return PC_ERR_NO_MEMORY;
        }
        base->key_line[found] = over->key_line[c];
        base->key_column[found] = over->key_column[c];
    }
    return PC_OK;
}

pc_yaml_node *scenario_merge(pc_yaml_node *base, pc_yaml_node *over)
{
    bool both = base->kind == over->kind && base->kind != PC_YAML_SCALAR;
    char *file;

    if (!both || (base->kind == PC_YAML_SEQUENCE && !has_names(base) && !has_names(over))) {
        pc_yaml_free(base);
        return over;
    }
    file = pc_copy_text(over->file);
    if (file == NULL || merge_children(base, over) != PC_OK) {
        pc_yaml_free(base);
        base = NULL;
    }
    if (base == NULL) {
        free(file);
    } else {
        free(base->file);
        base->file = file;
        base->line = over->line;
        base->column = over->column;
    }
    pc_yaml_free(over);
    return base;
}

static size_t remove_items(pc_yaml_node *node, const char *name)
{
    size_t removed = 0;

    for (size_t c = node->n; c-- > 0;) {
        const char *own = node->kind == PC_YAML_SEQUENCE ? item_name(node->child[c]) : NULL;

        if (own != NULL && strcmp(own, name) == 0) {
            pc_yaml_remove(node, c);
            removed++;
        } else {
            removed += remove_items(node->child[c], name);
        }
    }
    return removed;
}

/* The key of a dotted path. Names of the user's may hold dots themselves: the longest that fits is taken. */
static size_t remove_path(pc_yaml_node *node, const char *path)
{
    size_t best = SIZE_MAX, best_length = 0;

    for (size_t c = 0; node->kind == PC_YAML_MAPPING && c < node->n; c++) {
        size_t length = strlen(node->key[c]);

        if (length > best_length && strncmp(node->key[c], path, length) == 0 &&
            (path[length] == '.' || path[length] == '\0')) {
            best = c;
            best_length = length;
        }
    }
    if (best == SIZE_MAX) {
        return 0;
    }
    if (path[best_length] == '\0') {
        pc_yaml_remove(node, best);
        return 1;
    }
    return remove_path(node->child[best], path + best_length + 1);
}

size_t scenario_remove_named(pc_yaml_node *tree, const char *name)
{
    return remove_items(tree, name) + remove_path(tree, name);
}

void scenario_check_list_names(scenario_reader *reader, const pc_yaml_node *node)
{
    pc_names seen;
    uint32_t number;

    pc_names_init(&seen);
    for (size_t c = 0; c < node->n; c++) {
        const char *name = node->kind == PC_YAML_SEQUENCE ? item_name(node->child[c]) : NULL;
        size_t before = seen.n;

        if (name != NULL && pc_names_add(&seen, name, strlen(name), &number) != PC_OK) {
            reader->no_memory = true;
        } else if (name != NULL && seen.n == before) {
            size_t first = find_child(node, node, c);

            scenario_problem(
                reader, pc_yaml_place(pc_yaml_get(node->child[c], "name")),
                "name \"%.80s\" again in this list, expected each once: it stands already at line %ld", name,
                pc_yaml_get(node->child[first], "name")->line);
        }
        scenario_check_list_names(reader, node->child[c]);
    }
    pc_names_free(&seen);
}
