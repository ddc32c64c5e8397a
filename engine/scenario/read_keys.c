/* From the tree to the scenario, row by row of the table. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "scenario/reader.h"

#define SHOWN_SIZE 512

void scenario_problem(scenario_reader *reader, pc_place place, const char *format, ...)
{
    char text[1024];
    va_list arguments;

    reader->n_problem++;
    if (reader->n_problem > SCENARIO_MAX_PROBLEMS ||
        reader->no_memory) { /* what could not be kept looks like what is not there */
        return;
    }
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    pc_diagnostics_add(reader->diagnostics, PC_ERROR, place, "%s", text);
    if (reader->n_problem == SCENARIO_MAX_PROBLEMS) {
        pc_diagnostics_add(reader->diagnostics, PC_ERROR, (pc_place){.file = place.file},
                           "more than 1000 problems; the rest is not listed");
    }
}

void scenario_warn(scenario_reader *reader, pc_place place, const char *format, ...)
{
    char text[1024];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    pc_diagnostics_add(reader->diagnostics, PC_WARNING, place, "%s", text);
}

char *scenario_found(const pc_yaml_node *node, char text[SCENARIO_FOUND_SIZE])
{
    if (node->kind == PC_YAML_SCALAR) {
        int most = SCENARIO_FOUND_SIZE - 24, n = (int)strlen(node->text);
        const char *more = n > most ? "..." : "";

        if (node->is_null) {
            snprintf(text, SCENARIO_FOUND_SIZE, "nothing");
        } else if (node->quoted) {
            snprintf(text, SCENARIO_FOUND_SIZE, "\"%.*s%s\" in quotes", most, node->text, more);
        } else {
            snprintf(text, SCENARIO_FOUND_SIZE, "%.*s%s", most, node->text, more);
        }
        for (char *c = text; *c != '\0'; c++) {
            *c = (unsigned char)*c < 0x20 ? ' ' : *c;
        }
    } else {
        snprintf(text, SCENARIO_FOUND_SIZE, "%s",
                 node->kind == PC_YAML_MAPPING ? "keys and values" : "a list");
    }
    return text;
}

pc_place scenario_key_place(const pc_yaml_node *mapping, size_t index)
{
    return (pc_place){.file = mapping->child[index]->file,
                      .line = mapping->key_line[index],
                      .column = mapping->key_column[index]};
}

static char *join_shown(const char *above, const char *name, char shown[SHOWN_SIZE])
{
    snprintf(shown, SHOWN_SIZE, "%.255s%s%.127s", above, above[0] == '\0' ? "" : ".", name);
    return shown;
}

/* The value of one user-named key, or one item of a list. */
static void read_item(scenario_reader *reader, const scenario_key *item, const char *shown, const char *name,
                      pc_place place, const pc_yaml_node *node, void *base)
{
    void *element;

    if (item->type == SCENARIO_SPECIAL) {
        item->read(reader, item, shown, name, node, base);
    } else if (item->type == SCENARIO_GROUP) {
        element = item->open(reader, name, place);
        if (element != NULL) {
            scenario_read_group(reader, item->path, shown, node, element);
            item->close(reader, shown, node, element);
        }
    } else {
        (void)scenario_read_value(reader, item, shown, node, base);
    }
}

/* An item of a list is called by its name, as in --set; NULL: it has none. */
static const char *item_name(const pc_yaml_node *item)
{
    const pc_yaml_node *name = pc_yaml_get(item, "name");

    return name == NULL || name->kind != PC_YAML_SCALAR || name->text[0] == '\0' ? NULL : name->text;
}

static void read_map(scenario_reader *reader, const scenario_key *key, const char *shown,
                     const pc_yaml_node *node, void *base)
{
    const scenario_key *item = scenario_key_item(scenario_table_of(reader), key);
    bool list = key->type == SCENARIO_LIST;
    char found[SCENARIO_FOUND_SIZE], expected[SCENARIO_TEXT_SIZE], below[SHOWN_SIZE];

    if (node->kind != (list ? PC_YAML_SEQUENCE : PC_YAML_MAPPING)) {
        scenario_problem(reader, pc_yaml_place(node), "%s: found %s, expected %s", shown,
                         scenario_found(node, found), scenario_key_expected(key, expected));
        return;
    }
    for (size_t c = 0; c < node->n && item != NULL && !reader->no_memory; c++) {
        pc_place place = list ? pc_yaml_place(node->child[c]) : scenario_key_place(node, c);
        char number[32];
        const char *name = list ? item_name(node->child[c]) : node->key[c];

        snprintf(number, sizeof number, "%zu", c + 1);
        name = name == NULL ? number : name;
        read_item(reader, item, join_shown(shown, name, below), name, place, node->child[c], base);
    }
}

static void read_key(scenario_reader *reader, const scenario_key *key, const char *shown,
                     const pc_yaml_node *mapping, size_t index, void *base)
{
    /* NOLINTNEXTLINE(clang-analyzer-core.NullDereference): the index is that of a key found in it */
    const pc_yaml_node *node = mapping->child[index];
    char expected[SCENARIO_TEXT_SIZE];

    if ((key->flags & SCENARIO_NOT_YET) != 0) {
        scenario_problem(reader, scenario_key_place(mapping, index),
                         "%s: not yet supported by this version, expected a scenario without it", shown);
    } else if (node->kind == PC_YAML_SCALAR && node->is_null) {
        scenario_problem(reader, scenario_key_place(mapping, index), "%s: found nothing, expected %s", shown,
                         scenario_key_expected(key, expected));
    } else if (key->type == SCENARIO_GROUP) {
        scenario_read_group(reader, key->path, shown, node, base);
    } else if (key->type == SCENARIO_MAP || key->type == SCENARIO_LIST) {
        read_map(reader, key, shown, node, base);
    } else if (key->type == SCENARIO_SPECIAL) {
        if (key->read != NULL) {
            key->read(reader, key, shown, scenario_key_name(key), node, base);
        }
    } else if (!scenario_read_value(reader, key, shown, node, base)) {
        scenario_read_default(reader, key, base);
    }
}

static void read_absent(scenario_reader *reader, const scenario_key *key, const char *shown,
                        const pc_yaml_node *mapping, void *base)
{
    char expected[SCENARIO_TEXT_SIZE];

    if ((key->flags & SCENARIO_REQUIRED) != 0 && mapping != NULL && !reader->partial) {
        scenario_problem(reader, pc_yaml_place(mapping), "key \"%s\" is missing, expected %s", shown,
                         scenario_key_expected(key, expected));
    }
    if (key->type == SCENARIO_GROUP) {
        scenario_read_group(reader, key->path, shown, NULL, base);
    } else {
        scenario_read_default(reader, key, base);
    }
}

static size_t index_of(const pc_yaml_node *mapping, const char *name)
{
    size_t c = 0;

    while (mapping != NULL && c < mapping->n && strcmp(mapping->key[c], name) != 0) {
        c++;
    }
    return mapping == NULL || c == mapping->n ? SIZE_MAX : c;
}

static void report_unknown(scenario_reader *reader, const char *prefix, const pc_yaml_node *node)
{
    char text[SCENARIO_TEXT_SIZE];

    for (size_t c = 0; c < node->n && reader->n_problem <= SCENARIO_MAX_PROBLEMS; c++) {
        if (scenario_key_find(scenario_table_of(reader), prefix, node->key[c]) == NULL) {
            scenario_problem(reader, scenario_key_place(node, c), "unknown key \"%.80s\", %s", node->key[c],
                             scenario_key_suggest(scenario_table_of(reader), prefix, node->key[c], text));
        }
    }
}

void scenario_read_group(scenario_reader *reader, const char *prefix, const char *shown,
                         const pc_yaml_node *node, void *base)
{
    const scenario_table *table = scenario_table_of(reader);
    char found[SCENARIO_FOUND_SIZE], below[SHOWN_SIZE];

    if (node != NULL && node->kind != PC_YAML_MAPPING) {
        scenario_problem(reader, pc_yaml_place(node), "%s: found %s, expected keys and values",
                         shown[0] == '\0' ? table->noun : shown, scenario_found(node, found));
        node = NULL;
    }
    for (size_t k = 0; k < table->n; k++) {
        const scenario_key *key = &table->key[k];
        size_t index;

        if (!scenario_key_below(key, prefix)) {
            continue;
        }
        join_shown(shown, scenario_key_name(key), below);
        index = index_of(node, scenario_key_name(key));
        if (index != SIZE_MAX) {
            read_key(reader, key, below, node, index, base);
        } else {
            read_absent(reader, key, below, node, base);
        }
    }
    if (node != NULL) {
        report_unknown(reader, prefix, node);
    }
}
