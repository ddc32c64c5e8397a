#include "scenario/intervention_draft.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/number_text.h"

#define OLDEST 17
#define LONGEST_NAME 200

void scenario_free_intervention(pc_intervention *intervention)
{
    free(intervention->name);
    scenario_free_names(intervention->n_category, intervention->category);
    scenario_free_names(intervention->n_authority, intervention->authority);
    free(intervention->to);
    free(intervention->measure);
    free(intervention->funding);
    free(intervention->source);
    free(intervention->file);
}

void *scenario_open_intervention(scenario_reader *reader, const char *name, pc_place place)
{
    scenario_intervention *draft = pc_new_zero(1, sizeof *draft);

    (void)name;
    (void)place;
    if (draft == NULL) {
        reader->no_memory = true;
        return NULL;
    }
    *draft = (scenario_intervention){
        .intervention = {.age_to = OLDEST,
                         .care_to = INT_MAX,
                         .stream = {true, true},
                         .reach = (double)INFINITY,
                         .would_have = 1.0},
        .reach = {.children = (double)NAN, .families = (double)NAN, .per_family = (double)NAN},
        .places = (double)NAN,
        .households = (double)NAN,
        .places_per_household = (double)NAN,
        .usable_share = 1.0,
        .cost_per_family = (double)NAN,
        .problems_before = reader->n_problem};
    return draft;
}

/* The place of key `name` in the intervention, or of the intervention. */
static pc_place place_of(const pc_yaml_node *node, const char *name)
{
    const pc_yaml_node *value = pc_yaml_get(node, name);

    return pc_yaml_place(value == NULL ? node : value);
}

static void check_name(scenario_reader *reader, const char *shown, const pc_yaml_node *node,
                       const pc_intervention *out)
{
    size_t length = out->name == NULL ? 0 : strlen(out->name);
    bool one_line = true;

    for (size_t c = 0; c < length; c++) {
        one_line = one_line && (unsigned char)out->name[c] >= 0x20;
    }
    if (!one_line || length > LONGEST_NAME) {
        scenario_problem(reader, place_of(node, "name"), "%s.name: found %s, expected one line of up to %d",
                         shown, one_line ? "a longer text" : "several lines", LONGEST_NAME);
    }
}

static void check_days(scenario_reader *reader, const char *shown, const pc_yaml_node *node,
                       const pc_intervention *out)
{
    char from[PC_DAY_TEXT_SIZE], until[PC_DAY_TEXT_SIZE];

    if (out->from != PC_DAY_NONE && out->until != PC_DAY_NONE && out->until <= out->from) {
        scenario_problem(reader, place_of(node, "until"),
                         "%s.until: found %s, expected a day after `from`, %s", shown,
                         pc_day_format(out->until, until), pc_day_format(out->from, from));
    }
    if (out->kind == PC_INTERVENTION_DISCHARGE && !reader->partial &&
        (pc_yaml_get(node, "from") == NULL || pc_yaml_get(node, "until") == NULL)) {
        scenario_problem(reader, place_of(node, "kind"),
                         "%s: kind discharge must have `from` and `until`: its children leave evenly between "
                         "the two days",
                         shown);
    }
}

static void check_pool(scenario_reader *reader, const char *shown, const pc_yaml_node *node,
                       const pc_intervention *out)
{
    if (pc_yaml_get(node, "category") != NULL && pc_yaml_get(node, "categories") != NULL) {
        scenario_problem(reader, place_of(node, "categories"),
                         "%s.categories: found it with `category`, expected one of the two", shown);
        return;
    }
    if (out->kind == PC_INTERVENTION_CAPACITY && out->n_category > 1) {
        scenario_problem(reader, place_of(node, "categories"),
                         "%s: found %zu categories, expected one: places are added to one category", shown,
                         out->n_category);
    }
    for (size_t c = 0; c < out->n_category && out->to != NULL; c++) {
        if (strcmp(out->category[c], out->to) == 0) {
            scenario_problem(reader, place_of(node, "to"),
                             "%s.to: found %.80s, one of its own `categories`, expected another category",
                             shown, out->to);
        }
    }
}

static void check_effect(scenario_reader *reader, const char *shown, const pc_yaml_node *node,
                         const pc_intervention *out)
{
    bool prevent = out->kind == PC_INTERVENTION_PREVENT,
         share = prevent || out->kind == PC_INTERVENTION_DIVERT;
    char text[PC_NUMBER_TEXT_SIZE];

    if (pc_yaml_get(node, "effect") == NULL) {
        return;
    }
    if (prevent && out->effect.low < 0.0 && pc_yaml_get(node, "reach") != NULL) {
        scenario_problem(reader, place_of(node, "reach"),
                         "%s.reach: found it with an effect below 0, expected none: children who start in "
                         "addition are nobody's reach",
                         shown);
    } else if (share && !(out->effect.low >= (prevent ? -1.0 : 0.0) && out->effect.high <= 1.0)) {
        scenario_problem(
            reader, place_of(node, "effect"),
            "%s.effect: found %s, expected a share from 0 to 1 with kind %s (5%% is 0.05)%s", shown,
            pc_number_format_significant(out->effect.low < 0.0 ? out->effect.low : out->effect.high, 6, text),
            pc_intervention_kind_name(out->kind), prevent ? "; below 0 for more starts" : "");
    } else if (!share && out->effect.high > 1.0) {
        scenario_warn(reader, place_of(node, "effect"),
                      "%s.effect: %s is more than twice as much; 5%% more would be 0.05", shown,
                      pc_number_format_significant(out->effect.high, 6, text));
    }
}

static void check_reach(scenario_reader *reader, const char *shown, const pc_yaml_node *node,
                        const scenario_intervention *draft)
{
    bool would_have = pc_yaml_get(node, "would_have") != NULL, reach = pc_yaml_get(node, "reach") != NULL;

    if (would_have && !reach) {
        scenario_problem(reader, place_of(node, "would_have"),
                         "%s.would_have: found it without `reach`, expected both: without a reach all who "
                         "are treated are cases",
                         shown);
    }
    if (reach && !would_have && (scenario_kind_may(draft->intervention.kind) & PC_USES_WOULD_HAVE) != 0) {
        scenario_warn(reader, place_of(node, "reach"),
                      "%s: without `would_have` each child reached is taken for one who would have been a "
                      "case without it; that is rare, and flatters the intervention",
                      shown);
    }
    if (isfinite(draft->cost_per_family) && !isfinite(draft->reach.per_family)) {
        scenario_problem(reader, place_of(pc_yaml_get(node, "cost"), "per_family"),
                         "%s.cost.per_family: found it without a reach in families, expected "
                         "`reach: {families_per_year: N, children_per_family: N}` or `cost.per_child`",
                         shown);
    } else if (isfinite(draft->cost_per_family) &&
               pc_yaml_get(pc_yaml_get(node, "cost"), "per_child") != NULL) {
        scenario_problem(reader, place_of(pc_yaml_get(node, "cost"), "per_family"),
                         "%s.cost: found both `per_child` and `per_family`, expected one of them", shown);
    }
    if (draft->intervention.cost_contingency > 0.0 && !(draft->intervention.cost_one_off > 0.0)) {
        scenario_problem(reader, place_of(pc_yaml_get(node, "cost"), "contingency"),
                         "%s.cost.contingency: found it without `one_off`, of which it is a share", shown);
    }
}

static void check_places(scenario_reader *reader, const char *shown, const pc_yaml_node *node)
{
    bool places = pc_yaml_get(node, "places") != NULL, households = pc_yaml_get(node, "households") != NULL;
    bool each = pc_yaml_get(node, "places_per_household") != NULL;
    bool usable = pc_yaml_get(node, "usable_share") != NULL;

    if (places && households) {
        scenario_problem(reader, place_of(node, "households"),
                         "%s.households: found it with `places`, expected one of the two", shown);
    } else if (households && !each) {
        scenario_problem(reader, place_of(node, "households"),
                         "%s: found `households` alone, expected `places_per_household` with it", shown);
    } else if (!households && (each || usable)) {
        scenario_problem(reader, place_of(node, each ? "places_per_household" : "usable_share"),
                         "%s.%s: found it without `households`, expected it with `households` only", shown,
                         each ? "places_per_household" : "usable_share");
    }
}

static char *choice_text(const char *choices, unsigned number)
{
    for (; number > 0; number--) {
        choices = strchr(choices, '|') + 1;
    }
    return pc_copy_bytes_as_text(choices, strcspn(choices, "|"));
}

/* Puts together what the keys gave. */
static void complete(scenario_reader *reader, const pc_yaml_node *node, scenario_intervention *draft)
{
    pc_intervention *out = &draft->intervention;
    pc_place place = place_of(node, "name");

    out->until = out->until == PC_DAY_NONE ? PC_DAY_OPEN : out->until;
    if (isfinite(draft->households)) {
        out->places = draft->households * draft->places_per_household * draft->usable_share;
    } else if (isfinite(draft->places)) {
        out->places = draft->places;
    }
    if (isfinite(draft->cost_per_family)) {
        out->cost_per_child = draft->cost_per_family / draft->reach.per_family;
    }
    if (pc_yaml_get(node, "saving") != NULL) {
        static const double periods_a_year[] = {1.0, 12.0, PC_DAYS_PER_YEAR / 7.0};

        out->saving = (pc_saving){.given = true,
                                  .out_of_area = draft->saving.per == 0,
                                  .definition = (pc_out_of_area_definition)draft->saving.definition,
                                  .gbp_a_year = draft->saving.amount * periods_a_year[draft->saving.period]};
    }
    if (out->kind == PC_INTERVENTION_ACTIVITY) {
        out->measure = choice_text(SCENARIO_ACTIVITY_MEASURES, draft->measure);
        reader->no_memory = reader->no_memory || out->measure == NULL;
    }
    out->line = place.line;
    out->column = place.column;
    out->file = pc_copy_text(place.file);
    reader->no_memory = reader->no_memory || out->file == NULL;
}

static void add(scenario_reader *reader, pc_intervention *intervention)
{
    pc_scenario *scenario = reader->out;
    pc_intervention *grown = realloc(scenario->intervention, (scenario->n_intervention + 1) * sizeof *grown);

    if (grown == NULL) {
        reader->no_memory = true;
        return;
    }
    scenario->intervention = grown;
    grown[scenario->n_intervention++] = *intervention;
    *intervention = (pc_intervention){0};
}

void scenario_close_intervention(scenario_reader *reader, const char *shown, const pc_yaml_node *node,
                                 void *element)
{
    scenario_intervention *draft = element;
    pc_intervention *out = &draft->intervention;

    if (node->kind == PC_YAML_MAPPING && scenario_kind_of(node) != PC_N_INTERVENTION_KIND) {
        scenario_check_kind(reader, shown, node, out->kind);
        check_name(reader, shown, node, out);
        check_days(reader, shown, node, out);
        check_pool(reader, shown, node, out);
        check_places(reader, shown, node);
        /* What follows compares numbers, which must be there. */
        if (reader->n_problem == draft->problems_before) {
            check_effect(reader, shown, node, out);
            check_reach(reader, shown, node, draft);
        }
    }
    if (reader->n_problem == draft->problems_before && !reader->no_memory) {
        complete(reader, node, draft);
        add(reader, out);
    }
    scenario_free_intervention(out);
    free(draft);
}
