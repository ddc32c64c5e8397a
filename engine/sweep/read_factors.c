/* read_factors.c - what differs from run to run. */
#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/number_text.h"
#include "base/yaml_node.h"
#include "sweep/keys.h"

size_t sweep_list_length(const pc_yaml_node *node)
{
    return node->kind == PC_YAML_SEQUENCE ? node->n : 1;
}

const pc_yaml_node *sweep_list_item(const pc_yaml_node *node, size_t at)
{
    return node->kind == PC_YAML_SEQUENCE ? node->child[at] : node;
}

char *sweep_node_text(const pc_yaml_node *node)
{
    char *text;

    if (node->kind == PC_YAML_SCALAR) {
        return pc_copy_text(node->text);
    }
    text = pc_copy_text(node->kind == PC_YAML_MAPPING ? "{" : "[");
    for (size_t c = 0; c < node->n && text != NULL; c++) {
        char *inner = sweep_node_text(node->child[c]), *longer = NULL;

        if (inner != NULL) {
            longer = pc_format_text("%s%s%s%s%s", text, c == 0 ? "" : ", ",
                                    node->kind == PC_YAML_MAPPING ? node->key[c] : "",
                                    node->kind == PC_YAML_MAPPING ? ": " : "", inner);
        }
        free(inner);
        free(text);
        text = longer;
    }
    if (text != NULL) {
        char *longer = pc_format_text("%s%s", text, node->kind == PC_YAML_MAPPING ? "}" : "]");

        free(text);
        text = longer;
    }
    return text;
}

static bool node_number(const pc_yaml_node *node, double *out)
{
    return node->kind == PC_YAML_SCALAR && !node->quoted && !node->is_null &&
           pc_number_parse(node->text, strlen(node->text), out);
}

sweep_value *sweep_add_value(scenario_reader *reader, sweep_factor *factor, char *text, double number,
                             pc_place place)
{
    sweep_value *grown;

    for (size_t v = 0; v < factor->n_value && text != NULL; v++) {
        if (strcmp(factor->value[v].text, text) == 0) {
            scenario_problem(reader, place, "found \"%.80s\" again, expected each value once", text);
            free(text);
            return NULL;
        }
    }
    grown = text == NULL ? NULL : realloc(factor->value, (factor->n_value + 1) * sizeof *grown);
    if (grown == NULL) {
        reader->no_memory = true;
        free(text);
        return NULL;
    }
    factor->value = grown;
    grown += factor->n_value++;
    *grown = (sweep_value){.text = text, .number = number, .place = place};
    return grown;
}

void sweep_factor_free(sweep_factor *self)
{
    for (size_t v = 0; v < self->n_value; v++) {
        free(self->value[v].text);
        free(self->value[v].put);
        free(self->value[v].scenario);
        pc_yaml_free(self->value[v].made);
    }
    free(self->value);
    free(self->name);
    free(self->key);
    memset(self, 0, sizeof *self);
}

/* One key set to one node. */
static void put_one(scenario_reader *reader, sweep_value *value, const char *key, const pc_yaml_node *node,
                    pc_place place)
{
    value->put = pc_new_zero(1, sizeof *value->put);
    if (value->put == NULL) {
        reader->no_memory = true;
        return;
    }
    value->put[0] = (scenario_put){key, node, place};
    value->n_put = 1;
}

SWEEP_READER(factor_name)
{
    sweep_factor *factor = base;
    bool ok = node->kind == PC_YAML_SCALAR && islower((unsigned char)node->text[0]) &&
              strlen(node->text) <= SWEEP_FACTOR_NAME && strcmp(node->text, "run") != 0 &&
              strcmp(node->text, "rowid") != 0 && strcmp(node->text, "oid") != 0;
    char found[SCENARIO_FOUND_SIZE], expected[SCENARIO_TEXT_SIZE];

    (void)name;
    for (const char *c = node->kind == PC_YAML_SCALAR ? node->text : ""; *c != '\0'; c++) {
        ok = ok && (islower((unsigned char)*c) || isdigit((unsigned char)*c) || *c == '_');
    }
    if (!ok) {
        scenario_problem(reader, pc_yaml_place(node), "%s: found %s, expected %s", shown,
                         scenario_found(node, found), scenario_key_expected(key, expected));
        return;
    }
    factor->name = pc_copy_text(node->text);
    reader->no_memory = reader->no_memory || factor->name == NULL;
}

SWEEP_READER(values)
{
    sweep_factor *factor = base;

    (void)key;
    (void)name;
    factor->numeric = true;
    for (size_t v = 0; v < sweep_list_length(node) && !reader->no_memory; v++) {
        const pc_yaml_node *item = sweep_list_item(node, v);
        double number = (double)NAN;
        bool numeric = node_number(item, &number);
        sweep_value *value =
            sweep_add_value(reader, factor, sweep_node_text(item), number, pc_yaml_place(item));

        factor->numeric = factor->numeric && numeric;
        if (value != NULL) {
            put_one(reader, value, NULL, item, factor->key_place); /* its key may stand further down */
        }
    }
    if (factor->n_value == 0) {
        scenario_problem(reader, pc_yaml_place(node), "%s: the list is empty, expected values", shown);
    }
}

static bool read_puts(scenario_reader *reader, const scenario_key *key, const char *shown,
                      const pc_yaml_node *node, size_t *n, scenario_put **out)
{
    char found[SCENARIO_FOUND_SIZE], expected[SCENARIO_TEXT_SIZE];
    scenario_put *put;

    if (node->kind != PC_YAML_MAPPING) {
        scenario_problem(reader, pc_yaml_place(node), "%s: found %s, expected %s", shown,
                         scenario_found(node, found), scenario_key_expected(key, expected));
        return false;
    }
    put = realloc(*out, (*n + node->n + 1) * sizeof *put);
    if (put == NULL) {
        reader->no_memory = true;
        return false;
    }
    *out = put;
    for (size_t c = 0; c < node->n; c++) {
        put[(*n)++] = (scenario_put){node->key[c], node->child[c], scenario_key_place(node, c)};
    }
    return true;
}

SWEEP_READER(variant_set)
{
    sweep_variant *variant = base;

    (void)name;
    (void)read_puts(reader, key, shown, node, &variant->n_put, &variant->put);
}

SWEEP_READER(variants)
{
    sweep_factor *factor = base;
    char found[SCENARIO_FOUND_SIZE], below[300];

    (void)key;
    (void)name;
    if (node->kind != PC_YAML_SEQUENCE || node->n == 0) {
        scenario_problem(reader, pc_yaml_place(node), "%s: found %s, expected a list of variants", shown,
                         node->kind == PC_YAML_SEQUENCE ? "an empty list" : scenario_found(node, found));
        return;
    }
    for (size_t v = 0; v < node->n && !reader->no_memory; v++) {
        sweep_variant variant = {0};
        sweep_value *value = NULL;

        snprintf(below, sizeof below, "%.200s.%zu", shown, v + 1);
        sweep_read_group(reader, "factors[].variants[]", below, node->child[v], &variant);
        if (variant.name != NULL) {
            value = sweep_add_value(reader, factor, variant.name, (double)NAN, pc_yaml_place(node->child[v]));
        }
        if (value != NULL) {
            value->n_put = variant.n_put;
            value->put = variant.put;
            value->scenario = variant.scenario;
        } else {
            free(variant.put);
            free(variant.scenario);
        }
    }
}

/* A list of one name, as `authorities` wants it. */
static pc_yaml_node *list_of_one(const char *name, const pc_yaml_node *from)
{
    pc_yaml_node *list = pc_yaml_new(PC_YAML_SEQUENCE, from->file, from->line, from->column);
    pc_yaml_node *item = pc_yaml_new_scalar(name, strlen(name), true, from->file, from->line, from->column);

    if (list == NULL || item == NULL || pc_yaml_append(list, NULL, from->line, from->column, item) != PC_OK) {
        pc_yaml_free(list);
        pc_yaml_free(item);
        return NULL;
    }
    return list;
}

void sweep_add_authority(scenario_reader *reader, sweep_factor *factor, const char *la,
                         const pc_yaml_node *node)
{
    sweep_value *value = sweep_add_value(reader, factor, pc_copy_text(la), (double)NAN, pc_yaml_place(node));

    if (value == NULL) {
        return;
    }
    value->made = list_of_one(la, node);
    if (value->made == NULL) {
        reader->no_memory = true;
        return;
    }
    put_one(reader, value, "authorities", value->made, pc_yaml_place(node));
}

SWEEP_READER(authorities)
{
    sweep_factor *factor = base;
    char found[SCENARIO_FOUND_SIZE];

    (void)key;
    (void)name;
    if (node->kind == PC_YAML_SCALAR && !node->quoted && strcmp(node->text, "all") == 0) {
        factor->all_authorities = node; /* their names stand in the returns */
        return;
    }
    for (size_t v = 0; v < sweep_list_length(node) && !reader->no_memory; v++) {
        const pc_yaml_node *item = sweep_list_item(node, v);

        if (item->kind != PC_YAML_SCALAR || item->is_null) {
            scenario_problem(reader, pc_yaml_place(item), "%s: found %s, expected the name of an authority",
                             shown, scenario_found(item, found));
        } else {
            sweep_add_authority(reader, factor, item->text, item);
        }
    }
    if (sweep_list_length(node) == 0) {
        scenario_problem(reader, pc_yaml_place(node), "%s: the list is empty, expected names", shown);
    }
}

SWEEP_READER(set)
{
    pc_sweep *sweep = base;

    (void)name;
    (void)read_puts(reader, key, shown, node, &sweep->n_base_put, &sweep->base_put);
}

/* Passed on to the base, whose own table knows what it may be. */
SWEEP_READER(passed)
{
    pc_sweep *sweep = base;
    scenario_put *put = realloc(sweep->base_put, (sweep->n_base_put + 1) * sizeof *put);

    (void)shown;
    (void)name;
    if (put == NULL) {
        reader->no_memory = true;
        return;
    }
    sweep->base_put = put;
    put[sweep->n_base_put++] = (scenario_put){key->path, node, pc_yaml_place(node)};
}

static pc_place place_below(const pc_yaml_node *node, const char *key)
{
    const pc_yaml_node *below = pc_yaml_get(node, key);

    return pc_yaml_place(below == NULL ? node : below);
}

/* Evenly spaced values. */
static void make_steps(scenario_reader *reader, sweep_factor *factor, const pc_yaml_node *node)
{
    for (int step = 0; step < factor->steps && !reader->no_memory; step++) {
        double number = factor->low + (factor->high - factor->low) * step / (factor->steps - 1);
        char text[PC_NUMBER_TEXT_SIZE];
        sweep_value *value;

        number = factor->whole ? floor(number + 0.5) : number;
        pc_number_format_significant(number, 12, text);
        value = sweep_add_value(reader, factor, pc_copy_text(text), strtod(text, NULL),
                                place_below(node, "range"));
        if (value == NULL) {
            return; /* said: whole numbers fall together */
        }
        value->made =
            pc_yaml_new_scalar(text, strlen(text), false, node->file, value->place.line, value->place.column);
        if (value->made == NULL) {
            reader->no_memory = true;
            return;
        }
        put_one(reader, value, NULL, value->made, factor->key_place);
    }
}

static bool is_whole(double number)
{
    return !(number < floor(number) || number > floor(number));
}

static void check_range(scenario_reader *reader, sweep_factor *factor, const pc_yaml_node *node)
{
    const pc_yaml_node *range = pc_yaml_get(node, "range");
    pc_place place = place_below(range, "high");

    if (isnan(factor->low) || isnan(factor->high)) {
        return; /* said */
    }
    if (!(factor->low < factor->high)) {
        scenario_problem(reader, place, "range.high: found %g, expected more than `low`, %g", factor->high,
                         factor->low);
    } else if (!isnan(factor->likely) && !(factor->likely >= factor->low && factor->likely <= factor->high)) {
        scenario_problem(reader, place_below(range, "likely"),
                         "range.likely: found %g, expected it from `low`, %g, to `high`, %g", factor->likely,
                         factor->low, factor->high);
    } else if (factor->whole && !(is_whole(factor->low) && is_whole(factor->high))) {
        scenario_problem(reader, place, "range: found %g to %g with `whole`, expected whole numbers",
                         factor->low, factor->high);
    } else if (factor->steps > 0 && !isnan(factor->likely)) {
        scenario_problem(reader, place_below(range, "likely"),
                         "range.likely: found it with `steps`, expected one of them");
    } else if (factor->steps > 0) {
        make_steps(reader, factor, node);
    }
    factor->numeric = true;
}

/* Exactly one of the four ways to say what a factor is, and its key where it needs one. */
static void check_factor(scenario_reader *reader, sweep_factor *factor, const pc_yaml_node *node)
{
    static const char *const way[] = {"values", "range", "variants", "authorities"};
    size_t n = 0;
    bool keyed = pc_yaml_get(node, "values") != NULL || pc_yaml_get(node, "range") != NULL;

    for (size_t w = 0; w < 4; w++) {
        n += pc_yaml_get(node, way[w]) != NULL;
    }
    if (n != 1) {
        scenario_problem(reader, pc_yaml_place(node),
                         "factor: found %zu of `values`, `range`, `variants` and `authorities`, expected "
                         "exactly one",
                         n);
        return;
    }
    if (keyed != (pc_yaml_get(node, "key") != NULL)) {
        scenario_problem(reader, place_below(node, "key"), "factor: found %s `key`, expected it %s",
                         keyed ? "no" : "a", keyed ? "with `values` and `range`" : "with these two only");
        return;
    }
    if (pc_yaml_get(node, "range") != NULL) {
        check_range(reader, factor, node);
    }
    for (size_t v = 0; v < factor->n_value && keyed && factor->key != NULL; v++) {
        for (size_t p = 0; p < factor->value[v].n_put; p++) {
            factor->value[v].put[p].key = factor->key;
        }
    }
}

SWEEP_READER(factors)
{
    pc_sweep *sweep = base;
    char found[SCENARIO_FOUND_SIZE], expected[SCENARIO_TEXT_SIZE], below[64];

    (void)shown;
    (void)name;
    if (node->kind != PC_YAML_SEQUENCE || node->n == 0 || node->n > SWEEP_MOST_FACTORS) {
        scenario_problem(reader, pc_yaml_place(node), "factors: found %s, expected %s",
                         node->kind != PC_YAML_SEQUENCE ? scenario_found(node, found)
                         : node->n == 0                 ? "an empty list"
                                                        : "more",
                         scenario_key_expected(key, expected));
        return;
    }
    sweep->factor = pc_new_zero(node->n, sizeof *sweep->factor);
    if (sweep->factor == NULL) {
        reader->no_memory = true;
        return;
    }
    for (size_t f = 0; f < node->n && !reader->no_memory; f++) {
        sweep_factor *factor = &sweep->factor[sweep->n_factor++];

        *factor = (sweep_factor){.low = (double)NAN,
                                 .high = (double)NAN,
                                 .likely = (double)NAN,
                                 .place = pc_yaml_place(node->child[f]),
                                 .key_place = place_below(node->child[f], "key")};
        snprintf(below, sizeof below, "factors.%zu", f + 1);
        sweep_read_group(reader, "factors[]", below, node->child[f], factor);
        if (node->child[f]->kind == PC_YAML_MAPPING) {
            check_factor(reader, factor, node->child[f]);
        }
        for (size_t other = 0; other < f && factor->name != NULL; other++) {
            if (sweep->factor[other].name != NULL && strcmp(sweep->factor[other].name, factor->name) == 0) {
                scenario_problem(reader, place_below(node->child[f], "name"),
                                 "factors: the name \"%s\" again, expected each once", factor->name);
            }
        }
    }
}
