/* read_keep.c - filters, and what of each run goes into the database. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/number_text.h"
#include "scenario/nearest.h"
#include "sweep/keys.h"

SWEEP_READER(version)
{
    char found[SCENARIO_FOUND_SIZE];

    (void)key;
    (void)name;
    (void)base;
    if (node->kind != PC_YAML_SCALAR || node->quoted || strcmp(node->text, "1") != 0) {
        scenario_problem(reader, pc_yaml_place(node),
                         "%s: found %s, expected 1, the version that this program reads", shown,
                         scenario_found(node, found));
    }
}

SWEEP_READER(filter)
{
    pc_sweep *sweep = base;
    size_t n = sweep_list_length(node);
    char found[SCENARIO_FOUND_SIZE];

    (void)key;
    (void)name;
    sweep->filter = pc_new_zero(n, sizeof *sweep->filter);
    if (sweep->filter == NULL) {
        reader->no_memory = true;
        return;
    }
    for (size_t f = 0; f < n; f++) {
        const pc_yaml_node *item = sweep_list_item(node, f);

        if (item->kind != PC_YAML_SCALAR || item->is_null) {
            scenario_problem(reader, pc_yaml_place(item), "%s: found %s, expected a condition", shown,
                             scenario_found(item, found));
        } else {
            sweep->filter[sweep->n_filter++] = item;
        }
    }
}

static void wrong_item(scenario_reader *reader, const scenario_key *key, const char *shown,
                       const pc_yaml_node *item)
{
    char found[SCENARIO_FOUND_SIZE], expected[SCENARIO_TEXT_SIZE];

    scenario_problem(reader, pc_yaml_place(item), "%s: found %s, expected %s", shown,
                     scenario_found(item, found), scenario_key_expected(key, expected));
}

SWEEP_READER(measures)
{
    pc_sweep *sweep = base;

    (void)name;
    sweep->keep.measures_given = true;
    sweep->keep.measures_place = pc_yaml_place(node);
    for (size_t m = 0; m < sweep_list_length(node); m++) {
        const pc_yaml_node *item = sweep_list_item(node, m);
        const char *text = item->kind == PC_YAML_SCALAR ? item->text : "", *nearest = NULL;
        size_t best = SIZE_MAX, which = 0;

        for (; which < SWEEP_N_MEASURE && strcmp(sweep_measure_name(which), text) != 0; which++) {
            size_t distance = scenario_word_distance(text, sweep_measure_name(which));

            nearest = distance < best ? sweep_measure_name(which) : nearest;
            best = distance < best ? distance : best;
        }
        if (which < SWEEP_N_MEASURE) {
            sweep->keep.measure[which] = true;
        } else if (nearest != NULL && scenario_word_near(text, best)) {
            scenario_problem(reader, pc_yaml_place(item), "%s: found \"%.80s\", did you mean \"%s\"?", shown,
                             text, nearest);
        } else {
            wrong_item(reader, key, shown, item);
        }
    }
}

SWEEP_READER(categories)
{
    pc_sweep *sweep = base;

    pc_yaml_node *only; /* read only: a single name stands for a list of one */
    pc_yaml_node list = {
        .kind = PC_YAML_SEQUENCE, .n = 1, .file = node->file, .line = node->line, .column = node->column};

    (void)key;
    (void)name;
    sweep->keep.categories_place = pc_yaml_place(node);
    memcpy(&only, &node, sizeof only);
    list.child = &only;
    (void)scenario_read_names(reader, shown, "a list of placement categories, or `all`, the sum",
                              node->kind == PC_YAML_SCALAR ? &list : node, &sweep->keep.n_category,
                              &sweep->keep.category);
}

static bool read_date(const pc_yaml_node *item, sweep_date *out)
{
    static const char *const word[] = {"years", "months", "last"};
    size_t length;

    *out = (sweep_date){.place = pc_yaml_place(item)};
    if (item->kind != PC_YAML_SCALAR) {
        return false;
    }
    for (size_t w = 0; w < 3; w++) {
        if (strcmp(item->text, word[w]) == 0) {
            out->kind = (sweep_date_kind)w;
            return true;
        }
    }
    length = strlen(item->text);
    if (pc_financial_year_parse(item->text, length, &out->year)) {
        out->kind = SWEEP_YEAR;
        return true;
    }
    out->kind = SWEEP_DAY;
    return pc_day_parse(item->text, length, &out->day);
}

SWEEP_READER(dates)
{
    pc_sweep *sweep = base;
    size_t n = sweep_list_length(node);

    (void)name;
    sweep->keep.date = pc_new_zero(n, sizeof *sweep->keep.date);
    if (sweep->keep.date == NULL) {
        reader->no_memory = true;
        return;
    }
    for (size_t d = 0; d < n; d++) {
        const pc_yaml_node *item = sweep_list_item(node, d);

        if (read_date(item, &sweep->keep.date[sweep->keep.n_date])) {
            sweep->keep.n_date++;
        } else {
            wrong_item(reader, key, shown, item);
        }
    }
    if (n == 0) {
        wrong_item(reader, key, shown, node);
    }
}

SWEEP_READER(quantiles)
{
    pc_sweep *sweep = base;

    (void)name;
    memset(sweep->keep.quantile, 0, sizeof sweep->keep.quantile);
    for (size_t q = 0; q < sweep_list_length(node); q++) {
        const pc_yaml_node *item = sweep_list_item(node, q);
        size_t which = 0;
        double level;

        if (item->kind != PC_YAML_SCALAR || item->quoted ||
            !pc_number_parse(item->text, strlen(item->text), &level)) {
            wrong_item(reader, key, shown, item);
            continue;
        }
        while (which < PC_N_QUANTILE &&
               !(level > pc_quantile_level[which] - 1e-9 && level < pc_quantile_level[which] + 1e-9)) {
            which++;
        }
        if (which == PC_N_QUANTILE) {
            wrong_item(reader, key, shown, item);
        } else {
            sweep->keep.quantile[which] = true;
        }
    }
}
