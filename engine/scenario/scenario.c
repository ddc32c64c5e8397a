#include "placecast/scenario.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "scenario/budget_rows.h"
#include "scenario/capacity.h"
#include "scenario/chain.h"
#include "scenario/intervention_draft.h"
#include "scenario/load.h"
#include "scenario/origins.h"
#include "scenario/paths.h"
#include "scenario/targets.h"

void scenario_read_version(scenario_reader *reader, const scenario_key *key, const char *shown,
                           const char *name, const pc_yaml_node *node, void *base)
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

static pc_place place_of(const pc_yaml_node *tree, const char *group, const char *key)
{
    const pc_yaml_node *above = group == NULL ? tree : pc_yaml_get(tree, group);
    const pc_yaml_node *node = pc_yaml_get(above, key);

    return pc_yaml_place(node != NULL ? node : above != NULL ? above : tree);
}

static void check_data(scenario_reader *reader, const pc_yaml_node *tree)
{
    const pc_yaml_node *data = pc_yaml_get(tree, "data");
    bool returns = pc_yaml_get(data, "ssda903") != NULL, summary = pc_yaml_get(data, "summary") != NULL;

    if (data != NULL && data->kind == PC_YAML_MAPPING && returns == summary) {
        scenario_problem(reader, place_of(tree, "data", "summary"),
                         "data: found %s, expected exactly one of `ssda903` and `summary`",
                         returns ? "both `ssda903` and `summary`" : "neither `ssda903` nor `summary`");
    }
}

static void check_days(scenario_reader *reader, const pc_yaml_node *tree)
{
    const pc_scenario *scenario = reader->out;
    const pc_yaml_node *window = pc_yaml_get(pc_yaml_get(tree, "data"), "window");
    char a[PC_DAY_TEXT_SIZE], b[PC_DAY_TEXT_SIZE];
    bool extract = scenario->extract != PC_DAY_NONE;

    if (scenario->window_from != PC_DAY_NONE && scenario->window_to != PC_DAY_NONE &&
        scenario->window_from > scenario->window_to) {
        scenario_problem(
            reader, place_of(window, NULL, "to"),
            "data.window: found an end, %s, before its beginning, %s; expected `from` before `to`",
            pc_day_format(scenario->window_to, a), pc_day_format(scenario->window_from, b));
    }
    if (extract && scenario->window_to != PC_DAY_NONE && scenario->window_to > scenario->extract) {
        scenario_problem(reader, place_of(window, NULL, "to"),
                         "data.window.to: found %s, after data.extract; expected a day up to %s",
                         pc_day_format(scenario->window_to, a), pc_day_format(scenario->extract, b));
    }
    if (extract && scenario->window_from != PC_DAY_NONE && scenario->window_from > scenario->extract) {
        scenario_problem(reader, place_of(window, NULL, "from"),
                         "data.window.from: found %s, after data.extract; expected a day before %s",
                         pc_day_format(scenario->window_from, a), pc_day_format(scenario->extract, b));
    }
    if (extract && scenario->start != PC_DAY_NONE && scenario->start <= scenario->extract) {
        scenario_problem(reader, place_of(tree, NULL, "start"),
                         "start: found %s, within the data; expected a day after data.extract, %s",
                         pc_day_format(scenario->start, a), pc_day_format(scenario->extract, b));
    }
}

static bool has_capacity(const pc_scenario *scenario, const char *category)
{
    for (size_t c = 0; c < scenario->n_capacity; c++) {
        if (strcmp(scenario->capacity[c].category, category) == 0) {
            return true;
        }
    }
    return false;
}

/* Places that keep somebody out, take somebody in, or are paid for: those of a category that children leave
 * for another when it is full, that is not the last resort of another, or that substitutes come into. */
static bool places_matter(const pc_scenario *scenario, const pc_capacity *capacity)
{
    bool matter = capacity->block || capacity->close;

    for (size_t o = 0; o < scenario->n_overflow; o++) {
        const pc_overflow *overflow = &scenario->overflow[o];

        matter = matter || strcmp(overflow->category, capacity->category) == 0;
        for (size_t t = 0; t + 1 < overflow->n_to; t++) {
            matter = matter || strcmp(overflow->to[t], capacity->category) == 0;
        }
    }
    for (size_t s = 0; s < scenario->n_substitute; s++) {
        matter = matter || strcmp(scenario->substitute[s].to, capacity->category) == 0;
    }
    return matter;
}

static void check_capacity_use(scenario_reader *reader, const pc_yaml_node *tree)
{
    const pc_scenario *scenario = reader->out;

    if (scenario->method == PC_METHOD_EXPECTED && scenario->n_capacity + scenario->n_substitute > 0) {
        scenario_problem(reader, place_of(tree, NULL, "method"),
                         "method: found expected with `%s`, which only `method: simulate` can run",
                         scenario->n_capacity > 0 ? "capacity" : "substitute");
    }
    for (size_t c = 0; c < scenario->n_capacity; c++) {
        const pc_capacity *capacity = &scenario->capacity[c];

        if (reader->n_problem == 0 && !reader->no_memory &&
            !places_matter(scenario, capacity)) { /* a wrong list may be lost */
            scenario_warn(
                reader,
                (pc_place){.file = capacity->file, .line = capacity->line, .column = capacity->column},
                "capacity.%s: keeps nobody out: children who find it full are placed there all the same, "
                "since "
                "no `overflow.%s` says where else",
                capacity->category, capacity->category);
        }
    }
    for (size_t o = 0; o < scenario->n_overflow; o++) {
        const pc_overflow *overflow = &scenario->overflow[o];

        if (!has_capacity(scenario, overflow->category)) {
            scenario_warn(
                reader,
                (pc_place){.file = overflow->file, .line = overflow->line, .column = overflow->column},
                "overflow.%s: has no effect, since `capacity` does not limit %s", overflow->category,
                overflow->category);
        }
    }
}

/* Interventions that act on children, or on their places, need children to act on. */
static void check_method(scenario_reader *reader, const pc_yaml_node *tree)
{
    const pc_scenario *scenario = reader->out;

    for (size_t i = 0; i < scenario->n_intervention && scenario->method == PC_METHOD_EXPECTED; i++) {
        pc_intervention_kind kind = scenario->intervention[i].kind;

        if (kind != PC_INTERVENTION_PRICE && kind != PC_INTERVENTION_ACTIVITY) {
            scenario_problem(reader, place_of(tree, NULL, "method"),
                             "method: found expected with an intervention of kind %s, which only `method: "
                             "simulate` can run",
                             pc_intervention_kind_name(kind));
            return;
        }
    }
}

static void check_inflation_use(scenario_reader *reader, const pc_yaml_node *tree)
{
    const pc_yaml_node *costs = pc_yaml_get(tree, "costs");

    if (pc_yaml_get(costs, "inflation") != NULL && pc_yaml_get(costs, "weekly") == NULL) {
        scenario_warn(reader, place_of(tree, "costs", "inflation"),
                      "costs.inflation: has no effect without `costs.weekly`");
    }
}

/* What no single key can say. */
static void check_together(scenario_reader *reader, const pc_yaml_node *tree)
{
    if (!reader->partial) {
        check_data(reader, tree);
        check_inflation_use(reader, tree);
        check_capacity_use(reader, tree);
        check_method(reader, tree);
        scenario_check_interventions(reader);
        scenario_check_targets(reader);
    }
    check_days(reader, tree);
    scenario_check_overflow(reader->out, reader);
}

/* Orders the messages of this call by file (as read; --set last), line and column. */
typedef struct ranked {
    pc_message message;
    size_t file, number;
} ranked;

static int compare_ranked(const void *left, const void *right)
{
    const ranked *a = left, *b = right;

    if (a->file != b->file) {
        return a->file < b->file ? -1 : 1;
    }
    if (a->message.line != b->message.line) {
        return a->message.line < b->message.line ? -1 : 1;
    }
    if (a->message.column != b->message.column) {
        return a->message.column < b->message.column ? -1 : 1;
    }
    return a->number < b->number ? -1 : a->number > b->number;
}

static void sort_messages(pc_diagnostics *diagnostics, size_t first, const pc_scenario *scenario)
{
    size_t n = diagnostics == NULL ? 0 : diagnostics->n - first;
    ranked *list = n < 2 ? NULL : pc_new_zero(n, sizeof *list);

    if (list == NULL) {
        return; /* out of memory: the order is a courtesy */
    }
    for (size_t m = 0; m < n; m++) {
        size_t file = 0;

        list[m] = (ranked){.message = diagnostics->message[first + m], .number = m};
        while (file < scenario->n_file && (list[m].message.file == NULL ||
                                           strcmp(scenario->read_file[file], list[m].message.file) != 0)) {
            file++;
        }
        list[m].file = file;
    }
    qsort(list, n, sizeof *list, compare_ranked);
    for (size_t m = 0; m < n; m++) {
        diagnostics->message[first + m] = list[m].message;
    }
    free(list);
}

static pc_yaml_node *effective_tree(scenario_reader *reader, const char *path,
                                    const pc_scenario_options *options)
{
    pc_yaml_node *tree = scenario_chain_read(reader, path);

    for (size_t s = 0; tree != NULL && options != NULL && s < options->n_set; s++) {
        scenario_apply_setting(reader, tree, &options->set[s]);
    }
    return tree;
}

static pc_status worse(pc_status first, pc_status second)
{
    return first == PC_ERR_NO_MEMORY || second == PC_OK ? first : second;
}

/* The tables that are part of a scenario: what is wrong with them is said row by row, after what is wrong
 * with the scenario. */
static pc_status load_tables(pc_scenario *scenario, pc_diagnostics *diagnostics)
{
    pc_status status = PC_OK, second = PC_OK;

    if (scenario->population != NULL) {
        status = pc_population_load(scenario->population, &scenario->population_table, diagnostics);
    }
    if (scenario->out_of_area != NULL && status != PC_ERR_NO_MEMORY) {
        second = pc_out_of_area_load(scenario->out_of_area, &scenario->out_of_area_table, diagnostics);
    }
    status = worse(status, second);
    if ((scenario->workforce != NULL || scenario->front_door != NULL) && status != PC_ERR_NO_MEMORY) {
        second = pc_workforce_load_with(scenario->workforce, scenario->front_door, &scenario->workforce_plan,
                                        diagnostics);
        status = worse(status, second);
    }
    if (status != PC_ERR_NO_MEMORY) {
        second = scenario_check_workload_targets(scenario, diagnostics);
        status = worse(status, second);
    }
    if (scenario->budget != NULL && status != PC_ERR_NO_MEMORY) {
        second = pc_budget_load(scenario->budget, &scenario->budget_table, diagnostics);
        status = worse(status, second);
    }
    if (scenario->actuals != NULL && status != PC_ERR_NO_MEMORY) {
        second = pc_actuals_load(scenario->actuals, &scenario->actuals_table, diagnostics);
        status = worse(status, second);
    }
    status = status == PC_OK ? scenario_check_savings(scenario, diagnostics) : status;
    /* Lines that could not be read may have been what the others need. */
    return status == PC_OK && scenario->start != PC_DAY_NONE && scenario->months > 0
               ? scenario_check_budget(scenario, diagnostics)
               : status;
}

pc_status scenario_take_tree(scenario_reader *reader, const pc_yaml_node *tree, size_t first)
{
    pc_scenario *out = reader->out;
    pc_status status;

    if (tree != NULL) {
        scenario_read_group(reader, "", "", tree, out);
        check_together(reader, tree);
    }
    status = reader->no_memory || out->file == NULL  ? PC_ERR_NO_MEMORY
             : tree == NULL || reader->n_problem > 0 ? PC_ERR_INPUT
                                                     : PC_OK;
    sort_messages(reader->diagnostics, first, out);
    if (tree != NULL && status != PC_ERR_NO_MEMORY) {
        status = worse(status, load_tables(out, reader->diagnostics));
    }
    return status;
}

pc_status scenario_load(const char *path, const pc_scenario_options *options, pc_scenario *out,
                        pc_yaml_node **tree, pc_diagnostics *diagnostics)
{
    scenario_reader reader = {.out = out, .diagnostics = diagnostics};
    size_t first = diagnostics == NULL ? 0 : diagnostics->n;
    pc_status status = PC_OK;

    memset(out, 0, sizeof *out);
    out->start = PC_DAY_NONE;
    out->general_inflation = (double)NAN;
    *tree = NULL;
    if (options != NULL && options->confine != NULL) {
        status = scenario_path_confine_to(&reader, options->confine);
    }
    if (status == PC_OK) {
        out->file = pc_copy_text(path);
        *tree = effective_tree(&reader, path, options);
        if (*tree != NULL && pc_yaml_get(*tree, "sweep") != NULL && pc_yaml_get(*tree, "placecast") == NULL) {
            scenario_problem(&reader, (pc_place){.file = path},
                             "is a sweep file, expected a scenario; `placecast sweep` runs it");
            status = out->file == NULL || reader.no_memory ? PC_ERR_NO_MEMORY : PC_ERR_INPUT;
        } else {
            status = scenario_take_tree(&reader, *tree, first);
        }
    }
    status = status == PC_OK ? scenario_take_origins(*tree, out) : status;
    free(reader.confine);
    if (status != PC_OK) {
        pc_yaml_free(*tree);
        *tree = NULL;
        pc_scenario_free(out);
    }
    return status;
}

pc_status pc_scenario_load(const char *path, const pc_scenario_options *options, pc_scenario *out,
                           pc_diagnostics *diagnostics)
{
    pc_yaml_node *tree;
    pc_status status = scenario_load(path, options, out, &tree, diagnostics);

    pc_yaml_free(tree);
    return status;
}

void pc_scenario_free(pc_scenario *self)
{
    if (self == NULL) {
        return;
    }
    for (size_t c = 0; c < self->n_capacity; c++) {
        free(self->capacity[c].category);
        scenario_free_steps(&self->capacity[c]);
        free(self->capacity[c].file);
    }
    for (size_t o = 0; o < self->n_overflow; o++) {
        free(self->overflow[o].category);
        free(self->overflow[o].file);
        scenario_free_names(self->overflow[o].n_to, self->overflow[o].to);
    }
    for (size_t s = 0; s < self->n_substitute; s++) {
        free(self->substitute[s].category);
        free(self->substitute[s].to);
        free(self->substitute[s].file);
    }
    for (size_t i = 0; i < self->n_intervention; i++) {
        scenario_free_intervention(&self->intervention[i]);
    }
    for (size_t t = 0; t < self->n_target; t++) {
        scenario_free_target(&self->target[t]);
    }
    scenario_free_origins(self);
    free(self->intervention);
    free(self->target);
    free(self->capacity);
    free(self->overflow);
    free(self->substitute);
    scenario_free_names(self->n_authority, self->authority);
    scenario_free_names(self->n_file, self->read_file);
    free(self->file);
    free(self->name);
    free(self->ssda903);
    free(self->summary);
    free(self->codes);
    free(self->published);
    free(self->population);
    pc_population_free(&self->population_table);
    free(self->workforce);
    free(self->front_door);
    pc_workforce_free(&self->workforce_plan);
    free(self->out_of_area);
    free(self->budget);
    pc_budget_free(&self->budget_table);
    free(self->actuals);
    pc_actuals_free(&self->actuals_table);
    pc_out_of_area_free(&self->out_of_area_table);
    free(self->weekly);
    free(self->current);
    free(self->contracts);
    free(self->reviews);
    free(self->proceedings);
    free(self->income);
    free(self->processes);
    free(self->inflation);
    free(self->year_effects);
    free(self->priors);
    memset(self, 0, sizeof *self);
}
