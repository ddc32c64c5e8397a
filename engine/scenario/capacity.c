#include "scenario/capacity.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

void scenario_free_steps(pc_capacity *capacity)
{
    for (size_t s = 0; s < capacity->n_step; s++) {
        free(capacity->step[s].authority);
    }
    free(capacity->step);
    capacity->step = NULL;
    capacity->n_step = 0;
}

static void free_draft(scenario_capacity *draft)
{
    if (draft != NULL) {
        free(draft->capacity.category);
        scenario_free_steps(&draft->capacity);
        free(draft->capacity.file);
        free(draft);
    }
}

void *scenario_open_capacity(scenario_reader *reader, const char *name, pc_place place)
{
    scenario_capacity *draft = pc_new_zero(1, sizeof *draft);

    if (draft != NULL) {
        draft->places_per_household = (double)NAN;
        draft->usable_share = 1.0;
        draft->capacity.share = 1.0;
        draft->capacity.category = pc_copy_text(name);
        draft->capacity.file = pc_copy_text(place.file);
        draft->capacity.line = place.line;
        draft->capacity.column = place.column;
    }
    if (draft == NULL || draft->capacity.category == NULL || draft->capacity.file == NULL) {
        free_draft(draft);
        reader->no_memory = true;
        return NULL;
    }
    return draft;
}

static bool same_authority(const char *a, const char *b)
{
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

/* The latest step for the same authority; NULL: it is the first. */
static const pc_capacity_step *step_before(const pc_capacity *capacity, const char *authority)
{
    for (size_t s = capacity->n_step; s > 0; s--) {
        if (same_authority(capacity->step[s - 1].authority, authority)) {
            return &capacity->step[s - 1];
        }
    }
    return NULL;
}

/* Whether the step may follow those before it. */
static bool step_fits(scenario_reader *reader, const char *shown, pc_place place, const pc_capacity *capacity,
                      const scenario_step *step)
{
    const pc_capacity_step *before = step_before(capacity, step->authority);
    char from[PC_DAY_TEXT_SIZE], last[PC_DAY_TEXT_SIZE];

    if (capacity->n_step > 0 && (step->authority == NULL) != (capacity->step[0].authority == NULL)) {
        scenario_problem(
            reader, place,
            "%s: found steps with `authority` and without, expected it in all of them or in none", shown);
        return false;
    }
    if (before != NULL && step->from == PC_DAY_NONE) {
        scenario_problem(reader, place, "%s: a later step without a day, expected `from`", shown);
        return false;
    }
    if (before != NULL && step->from <= before->from) {
        scenario_problem(reader, place,
                         "%s: found a step from %s after one from %s, expected days in ascending order",
                         shown, pc_day_format(step->from, from), pc_day_format(before->from, last));
        return false;
    }
    return true;
}

static void read_step_list(scenario_reader *reader, const scenario_key *key, const char *shown,
                           const pc_yaml_node *node, pc_capacity *capacity)
{
    const scenario_key *item = scenario_key_item(scenario_table_of(reader), key);

    for (size_t c = 0; c < node->n; c++) {
        scenario_step step = {.from = PC_DAY_NONE, .amount = (double)NAN};
        size_t before = reader->n_problem;

        scenario_read_group(reader, item->path, shown, node->child[c], &step);
        if (reader->n_problem > before ||
            !step_fits(reader, shown, pc_yaml_place(node->child[c]), capacity, &step)) {
            free(step.authority);
            continue;
        }
        capacity->step[capacity->n_step++] =
            (pc_capacity_step){.authority = step.authority, .from = step.from, .places = step.amount};
    }
}

void scenario_read_steps(scenario_reader *reader, const scenario_key *key, const char *shown,
                         const char *name, const pc_yaml_node *node, void *base)
{
    pc_capacity *capacity = &((scenario_capacity *)base)->capacity;
    size_t most = node->kind == PC_YAML_SEQUENCE ? node->n : 1;

    (void)name;
    if (node->kind == PC_YAML_MAPPING || (node->kind == PC_YAML_SEQUENCE && node->n == 0)) {
        scenario_problem(reader, pc_yaml_place(node), "%s: found %s, expected %s", shown,
                         node->kind == PC_YAML_MAPPING ? "keys and values" : "an empty list", key->expected);
        return;
    }
    scenario_free_steps(capacity); /* both places and households: refused when the category is closed */
    capacity->step = pc_new_zero(most, sizeof *capacity->step);
    if (capacity->step == NULL) {
        reader->no_memory = true;
    } else if (node->kind == PC_YAML_SEQUENCE) {
        read_step_list(reader, key, shown, node, capacity);
    } else {
        scenario_key number = *key;
        scenario_step step = {.from = PC_DAY_NONE, .amount = (double)NAN};

        number.type = SCENARIO_NUMBER;
        number.offset = offsetof(scenario_step, amount);
        if (scenario_read_value(reader, &number, shown, node, &step)) {
            capacity->step[capacity->n_step++] =
                (pc_capacity_step){.from = PC_DAY_NONE, .places = step.amount};
        }
    }
}

static void check_keys_together(scenario_reader *reader, const char *shown, const pc_yaml_node *node,
                                const pc_capacity *capacity)
{
    bool places = pc_yaml_get(node, "places") != NULL, households = pc_yaml_get(node, "households") != NULL;
    bool share = pc_yaml_get(node, "share") != NULL, usable = pc_yaml_get(node, "usable_share") != NULL;
    bool each = pc_yaml_get(node, "places_per_household") != NULL;
    pc_place place = {.file = capacity->file, .line = capacity->line, .column = capacity->column};

    if (places == households) {
        scenario_problem(reader, place, "%s: found %s, expected either `places` or `households`", shown,
                         places ? "both `places` and `households`" : "neither `places` nor `households`");
    } else if (households && !each) {
        scenario_problem(reader, place,
                         "%s: found `households` alone, expected `places_per_household` with it", shown);
    } else if (households && share) {
        scenario_problem(reader, pc_yaml_place(pc_yaml_get(node, "share")),
                         "%s.share: found it with `households`, expected `usable_share`", shown);
    } else if (places && (each || usable)) {
        scenario_problem(
            reader, pc_yaml_place(pc_yaml_get(node, each ? "places_per_household" : "usable_share")),
            "%s.%s: found it with `places`, expected it with `households` only%s", shown,
            each ? "places_per_household" : "usable_share", each ? "" : " (with `places`: `share`)");
    }
}

static pc_status add_capacity(pc_scenario *scenario, pc_capacity *capacity)
{
    pc_capacity *grown = realloc(scenario->capacity, (scenario->n_capacity + 1) * sizeof *grown);

    if (grown == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    scenario->capacity = grown;
    grown[scenario->n_capacity++] = *capacity;
    *capacity = (pc_capacity){0};
    return PC_OK;
}

void scenario_close_capacity(scenario_reader *reader, const char *shown, const pc_yaml_node *node,
                             void *element)
{
    scenario_capacity *draft = element;
    size_t before = reader->n_problem;

    if (node->kind == PC_YAML_MAPPING) {
        check_keys_together(reader, shown, node, &draft->capacity);
        if (pc_yaml_get(node, "households") != NULL && reader->n_problem == before) {
            for (size_t s = 0; s < draft->capacity.n_step; s++) {
                draft->capacity.step[s].places *= draft->places_per_household;
            }
            draft->capacity.share = draft->usable_share;
        }
    }
    if (add_capacity(reader->out, &draft->capacity) != PC_OK) {
        reader->no_memory = true;
    }
    free_draft(draft);
}
