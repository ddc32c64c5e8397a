/* Lists of names: authorities, overflow; and substitution. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "scenario/reader.h"

void scenario_free_names(size_t n, char **name)
{
    for (size_t k = 0; k < n; k++) {
        free(name[k]);
    }
    free(name);
}

static bool name_ok(scenario_reader *reader, const char *shown, const pc_yaml_node *node, size_t n,
                    char *const *name)
{
    char found[SCENARIO_FOUND_SIZE];

    if (node->kind != PC_YAML_SCALAR || node->is_null || node->text[0] == '\0') {
        scenario_problem(reader, pc_yaml_place(node), "%s: found %s in the list, expected a name", shown,
                         scenario_found(node, found));
        return false;
    }
    for (size_t k = 0; k < n; k++) {
        if (strcmp(name[k], node->text) == 0) {
            scenario_problem(reader, pc_yaml_place(node), "%s: found %s again, expected each name once",
                             shown, scenario_found(node, found));
            return false;
        }
    }
    return true;
}

bool scenario_read_names(scenario_reader *reader, const char *shown, const char *expected,
                         const pc_yaml_node *node, size_t *n, char ***name)
{
    char found[SCENARIO_FOUND_SIZE];

    *n = 0;
    *name = NULL;
    if (node->kind != PC_YAML_SEQUENCE || node->n == 0) {
        scenario_problem(reader, pc_yaml_place(node), "%s: found %s, expected %s", shown,
                         node->kind == PC_YAML_SEQUENCE ? "an empty list" : scenario_found(node, found),
                         expected);
        return false;
    }
    if (node->n > 1000) {
        scenario_problem(reader, pc_yaml_place(node), "%s: found %zu names, expected at most 1000", shown,
                         node->n);
        return false;
    }
    *name = pc_new_zero(node->n, sizeof **name);
    for (size_t c = 0; *name != NULL && c < node->n; c++) {
        if (name_ok(reader, shown, node->child[c], *n, *name)) {
            (*name)[*n] = pc_copy_text(node->child[c]->text);
            if ((*name)[*n] == NULL) {
                scenario_free_names(*n, *name);
                *name = NULL;
            } else {
                (*n)++;
            }
        }
    }
    if (*name == NULL) {
        *n = 0;
        reader->no_memory = true;
    }
    return *name != NULL;
}

void scenario_read_authorities(scenario_reader *reader, const scenario_key *key, const char *shown,
                               const char *name, const pc_yaml_node *node, void *base)
{
    pc_scenario *scenario = base;

    (void)name;
    if (node->kind == PC_YAML_SCALAR && strcmp(node->text, "all") == 0) {
        return; /* none named: all */
    }
    (void)scenario_read_names(reader, shown, key->expected, node, &scenario->n_authority,
                              &scenario->authority);
}

void scenario_read_overflow(scenario_reader *reader, const scenario_key *key, const char *shown,
                            const char *name, const pc_yaml_node *node, void *base)
{
    pc_scenario *scenario = base;
    pc_overflow overflow = {.line = node->line, .column = node->column};
    pc_overflow *grown;

    if (!scenario_read_names(reader, shown, key->expected, node, &overflow.n_to, &overflow.to)) {
        return;
    }
    overflow.category = pc_copy_text(name);
    overflow.file = pc_copy_text(node->file);
    grown = overflow.category == NULL || overflow.file == NULL
                ? NULL
                : realloc(scenario->overflow, (scenario->n_overflow + 1) * sizeof *grown);
    if (grown == NULL) {
        reader->no_memory = true;
        free(overflow.category);
        free(overflow.file);
        scenario_free_names(overflow.n_to, overflow.to);
        return;
    }
    scenario->overflow = grown;
    grown[scenario->n_overflow++] = overflow;
}

void *scenario_open_substitute(scenario_reader *reader, const char *name, pc_place place)
{
    pc_scenario *scenario = reader->out;
    pc_substitute *grown = realloc(scenario->substitute, (scenario->n_substitute + 1) * sizeof *grown);
    pc_substitute *added = NULL;

    if (grown != NULL) {
        scenario->substitute = grown;
        added = &grown[scenario->n_substitute++];
        *added = (pc_substitute){.category = pc_copy_text(name),
                                 .file = pc_copy_text(place.file),
                                 .line = place.line,
                                 .column = place.column};
    }
    reader->no_memory = reader->no_memory || added == NULL || added->category == NULL || added->file == NULL;
    return reader->no_memory ? NULL : added;
}

void scenario_close_substitute(scenario_reader *reader, const char *shown, const pc_yaml_node *node,
                               void *element)
{
    const pc_substitute *substitute = element;

    if (substitute->to != NULL && strcmp(substitute->to, substitute->category) == 0) {
        scenario_problem(reader, pc_yaml_place(pc_yaml_get(node, "to")),
                         "%s.to: found %s itself, expected another category", shown, substitute->to);
    }
}

static const pc_overflow *overflow_of(const pc_scenario *scenario, const char *category)
{
    for (size_t o = 0; o < scenario->n_overflow; o++) {
        if (strcmp(scenario->overflow[o].category, category) == 0) {
            return &scenario->overflow[o];
        }
    }
    return NULL;
}

/* Searches depth first for a way from `at` back to `goal`; the way is left in `trail`. Each list is entered
 * once. */
static bool leads_back(const pc_scenario *scenario, const pc_overflow *at, const char *goal, bool *entered,
                       const char **trail, size_t *n_trail)
{
    size_t number = (size_t)(at - scenario->overflow);

    if (entered[number]) {
        return false;
    }
    entered[number] = true;
    for (size_t t = 0; t < at->n_to; t++) {
        const pc_overflow *next = overflow_of(scenario, at->to[t]);

        trail[(*n_trail)++] = at->to[t];
        if (strcmp(at->to[t], goal) == 0 ||
            (next != NULL && leads_back(scenario, next, goal, entered, trail, n_trail))) {
            return true;
        }
        (*n_trail)--;
    }
    return false;
}

void scenario_check_overflow(const pc_scenario *scenario, scenario_reader *reader)
{
    size_t n = scenario->n_overflow;
    bool *entered = pc_new_zero(n, sizeof *entered), *reported = pc_new_zero(n, sizeof *reported);
    const char **trail = pc_new_zero(n + 1, sizeof *trail);

    reader->no_memory = reader->no_memory || entered == NULL || reported == NULL || trail == NULL;
    for (size_t o = 0; o < n && n <= 1000 && !reader->no_memory; o++) {
        const pc_overflow *overflow = &scenario->overflow[o];
        size_t n_trail = 0, length = 0;
        char text[400] = "";

        memset(entered, 0, n * sizeof *entered);
        if (reported[o] || !leads_back(scenario, overflow, overflow->category, entered, trail, &n_trail)) {
            continue;
        }
        for (size_t t = 0; t < n_trail; t++) {
            const pc_overflow *on_the_way = overflow_of(scenario, trail[t]);

            if (on_the_way != NULL) {
                reported[on_the_way - scenario->overflow] = true; /* one message a circle */
            }
            if (length + strlen(trail[t]) + 5 < sizeof text) {
                length += (size_t)snprintf(text + length, sizeof text - length, " -> %s", trail[t]);
            }
        }
        scenario_problem(
            reader, (pc_place){.file = overflow->file, .line = overflow->line, .column = overflow->column},
            "overflow.%s: leads back to itself: %s%s; expected lists that end", overflow->category,
            overflow->category, text);
    }
    free(entered);
    free(reported);
    free(trail);
}
