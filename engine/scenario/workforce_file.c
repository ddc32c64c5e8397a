/* A workforce file as a whole: reading it, what only all of it can say, freeing it, its reference. */
#include "placecast/workforce.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "scenario/reference.h"
#include "scenario/front_door_table.h"
#include "scenario/workforce_read.h"

const char *pc_case_kind_name(pc_case_kind kind)
{
    static const char *const name[] = {
#define CASE_KIND_NAME(name, text) text,
        PC_CASE_KIND_LIST(CASE_KIND_NAME)
#undef CASE_KIND_NAME
    };

    return (unsigned)kind < PC_N_CASE_KIND ? name[kind] : "";
}

static pc_place place_of(const pc_workforce *self, const pc_yaml_node *tree, const char *key)
{
    const pc_yaml_node *node = pc_yaml_get(tree, key);

    return node == NULL ? (pc_place){.file = self->file} : pc_yaml_place(node);
}

static bool has_stage(const pc_workforce *self, pc_case_kind kind)
{
    for (size_t at = 0; at < self->n_stage; at++) {
        if (self->stage[at].kind == kind) {
            return true;
        }
    }
    return false;
}

/* A team cannot hold cases that nothing makes. */
static void check_loads(scenario_reader *reader)
{
    const pc_workforce *self = reader->workforce;

    for (size_t at = 0; at < self->n_team; at++) {
        const pc_team *team = &self->team[at];
        pc_place place = {.file = team->file, .line = team->line, .column = team->column};

        for (int kind = 0; kind < PC_N_STAGE; kind++) {
            if (team->weight[kind] > 0.0 && !has_stage(self, (pc_case_kind)kind)) {
                scenario_problem(reader, place,
                                 "teams.%.80s.cases: found %s, which `front_door` does not have",
                                 team->name == NULL ? "" : team->name, pc_case_kind_name((pc_case_kind)kind));
            }
        }
    }
}

static bool is_source(const pc_workforce *self, const char *name)
{
    for (size_t at = 0; at < self->n_source; at++) {
        if (strcmp(self->source[at], name) == 0) {
            return true;
        }
    }
    return false;
}

static void check_funding(scenario_reader *reader, const pc_funding_list *list, pc_place place)
{
    for (size_t at = 0; at < list->n; at++) {
        if (!is_source(reader->workforce, list->item[at].source)) {
            scenario_problem(reader, place, "found funding by \"%.80s\", expected one that `funding` lists",
                             list->item[at].source);
        }
    }
}

static void check_structures(scenario_reader *reader, const pc_yaml_node *tree)
{
    const pc_workforce *self = reader->workforce;
    bool measure = self->premium_from == NULL;
    pc_day last = PC_DAY_NONE;

    for (size_t at = 0; at < self->n_structure; at++) {
        const pc_structure *one = &self->structure[at];
        pc_place place = {.file = one->file, .line = one->line, .column = one->column};

        check_funding(reader, &one->funding, place);
        for (size_t team = 0; team < one->n_team; team++) {
            place.line = one->team[team].line;
            place.column = one->team[team].column;
            check_funding(reader, &one->team[team].funding, place);
        }
        place.line = one->line;
        place.column = one->column;
        for (size_t other = 0; other < at && one->name != NULL; other++) {
            if (self->structure[other].name != NULL && strcmp(self->structure[other].name, one->name) == 0) {
                scenario_problem(reader, place, "structures: found %.80s again, expected each name once",
                                 one->name);
            }
        }
        if (one->from != PC_DAY_NONE && last != PC_DAY_NONE && !(one->from > last)) {
            scenario_problem(reader, place,
                             "structures: found days out of order, expected each `from` after the one above");
        }
        last = one->from != PC_DAY_NONE ? one->from : last;
        measure |= self->premium_from != NULL && one->name != NULL &&
                   strcmp(one->name, self->premium_from) == 0 && one->n_team > 0;
    }
    if (!measure) {
        scenario_problem(reader, place_of(self, tree, "premium_from"),
                         "premium_from: found %.80s, expected the name of a structure with teams",
                         self->premium_from);
    }
}

static void check_staff(scenario_reader *reader, const pc_yaml_node *tree)
{
    const pc_staff *staff = &reader->workforce->staff;
    pc_place place = place_of(reader->workforce, tree, "staff");

    for (size_t at = 1; at < staff->n_leavers; at++) {
        if (!(staff->leavers[at].under_years > staff->leavers[at - 1].under_years)) {
            scenario_problem(reader, place,
                             "staff.leavers: found bands out of order, expected `under_years` to ascend");
        }
    }
    for (size_t at = 1; at < staff->n_award; at++) {
        if (!(staff->award[at].year > staff->award[at - 1].year)) {
            scenario_problem(reader, place,
                             "staff.pay_awards: found years out of order, expected each once, ascending");
        }
    }
    if (reader->workforce->allowance.given && !isfinite(reader->workforce->allowance.stated)) {
        scenario_problem(reader, place_of(reader->workforce, tree, "allowance"),
                         "allowance: found it without `stated`, expected the sum to compare with");
    }
}

/* Conversions out of one stage may not pass one case in one. */
static void check_conversions(scenario_reader *reader)
{
    const pc_workforce *self = reader->workforce;

    for (size_t from = 0; from < self->n_stage; from++) {
        double sum = 0.0;

        for (size_t at = from + 1; at < self->n_stage; at++) {
            const pc_stage *stage = &self->stage[at];

            sum += stage->from == (int)from && !stage->has_volume ? stage->conversion.likely : 0.0;
        }
        if (!(sum <= 1.0 + 1e-9)) {
            const pc_stage *stage = &self->stage[from];

            scenario_problem(
                reader, (pc_place){.file = stage->file, .line = stage->line, .column = stage->column},
                "front_door: more than all cases of %s would go on, expected conversions that add up "
                "to at most 1",
                pc_case_kind_name(stage->kind));
        }
    }
}

static void check_proceedings(scenario_reader *reader, const pc_yaml_node *tree)
{
    const pc_care *care = &reader->workforce->care;

    if (care->proceedings_share > 0.0 && !isfinite(care->proceedings_stay.days) &&
        care->proceedings_stay.n_band == 0) {
        scenario_problem(reader, place_of(reader->workforce, tree, "care"),
                         "care.proceedings: found `share` without a `stay`, expected `stay: {days: N}`");
    }
    for (int age = 16; age <= 25; age++) {
        double sum = 0.0;

        for (size_t at = 0; at < care->n_pathway; at++) {
            sum += care->pathway[at].ages.from <= age && age <= care->pathway[at].ages.to
                       ? care->pathway[at].share
                       : 0.0;
        }
        if (!(sum <= 1.0 + 1e-9)) {
            scenario_problem(reader, place_of(reader->workforce, tree, "care"),
                             "care.leavers.pathways: more than all care leavers of age %d, expected shares "
                             "that add up to at most 1 at each age",
                             age);
            return;
        }
    }
}

void workforce_check(scenario_reader *reader, const pc_yaml_node *tree)
{
    check_loads(reader);
    check_structures(reader, tree);
    check_staff(reader, tree);
    check_conversions(reader);
    check_proceedings(reader, tree);
}

static void set_not_given(pc_workforce *self)
{
    double none = (double)NAN;

    self->care.proceedings_stay.days = none;
    self->staff.cost_per_post = none;
    self->allowance = (pc_allowance){.stated = none,
                                     .posts = none,
                                     .agency_share = none,
                                     .premium = none,
                                     .starters = none,
                                     .payment = none,
                                     .pay = none,
                                     .reward = none};
}

/* Only published figures of the front door. */
static pc_status load_front_door(const char *path, pc_workforce *out, pc_diagnostics *diagnostics)
{
    pc_status status = workforce_read_front_door(path, out, diagnostics);

    out->file = pc_copy_text(path);
    out->confidence = 0.8;
    status = status == PC_OK && out->file == NULL ? PC_ERR_NO_MEMORY : status;
    if (status != PC_OK) {
        pc_workforce_free(out);
    }
    return status;
}

pc_status pc_workforce_load(const char *path, pc_workforce *out, pc_diagnostics *diagnostics)
{
    return pc_workforce_load_with(path, NULL, out, diagnostics);
}

pc_status pc_workforce_load_with(const char *path, const char *front_door, pc_workforce *out,
                                 pc_diagnostics *diagnostics)
{
    scenario_reader reader = {
        .table = &scenario_table_workforce, .workforce = out, .diagnostics = diagnostics};
    pc_yaml_node *tree = NULL;
    pc_status status;

    memset(out, 0, sizeof *out);
    set_not_given(out);
    if (path == NULL) {
        return load_front_door(front_door, out, diagnostics);
    }
    status = front_door == NULL ? PC_OK : workforce_read_front_door(front_door, out, diagnostics);
    if (status != PC_OK) {
        pc_workforce_free(out);
        return status;
    }
    status = pc_yaml_read(path, path, &tree, diagnostics);
    if (status == PC_OK) {
        out->file = pc_copy_text(path);
        if (front_door != NULL && pc_yaml_get(tree, "front_door") != NULL) {
            scenario_problem(
                &reader, place_of(out, tree, "front_door"),
                "front_door: found it beside published figures (key front_door of the scenario), "
                "expected one of them");
        }
        scenario_read_group(&reader, "", "", tree, out);
        out->has_care = pc_yaml_get(tree, "care") != NULL;
        out->staff.given = pc_yaml_get(tree, "staff") != NULL;
        out->allowance.given = pc_yaml_get(tree, "allowance") != NULL;
        if (reader.n_problem == 0 && !reader.no_memory) {
            workforce_check(&reader, tree); /* what is whole in itself may still not fit together */
        }
        status = reader.no_memory || out->file == NULL ? PC_ERR_NO_MEMORY
                 : reader.n_problem > 0                ? PC_ERR_INPUT
                                                       : PC_OK;
    }
    pc_yaml_free(tree);
    if (status != PC_OK) {
        pc_workforce_free(out);
    }
    return status;
}

static void free_stay(pc_stay *stay)
{
    free(stay->band_days);
    free(stay->band_share);
}

static void free_funding(pc_funding_list *list)
{
    for (size_t at = 0; at < list->n; at++) {
        free(list->item[at].source);
    }
    free(list->item);
}

static void free_structure(pc_structure *one)
{
    for (size_t at = 0; at < one->n_team; at++) {
        free(one->team[at].name);
        free(one->team[at].holder);
        free_funding(&one->team[at].funding);
    }
    free(one->team);
    free_funding(&one->funding);
    free(one->name);
    free(one->file);
}

static void free_care(pc_care *care)
{
    for (size_t at = 0; at < care->n_pathway; at++) {
        free(care->pathway[at].name);
    }
    free(care->pathway);
    free(care->contact);
    free(care->now);
    free_stay(&care->proceedings_stay);
}

static void free_staff(pc_staff *staff)
{
    for (size_t at = 0; at < staff->n_retention; at++) {
        free(staff->retention[at].name);
    }
    free(staff->retention);
    free(staff->leavers);
    free(staff->award);
}

void pc_workforce_free(pc_workforce *self)
{
    if (self == NULL) {
        return;
    }
    for (size_t at = 0; at < self->n_stage; at++) {
        free_stay(&self->stage[at].stay);
        free(self->stage[at].file);
    }
    for (size_t at = 0; at < self->n_team; at++) {
        free(self->team[at].name);
        free(self->team[at].file);
    }
    for (size_t at = 0; at < self->n_structure; at++) {
        free_structure(&self->structure[at]);
    }
    for (size_t at = 0; at < self->n_sum; at++) {
        free(self->sum[at].name);
        free(self->sum[at].part);
        free(self->sum[at].file);
    }
    free_care(&self->care);
    free_staff(&self->staff);
    scenario_free_names(self->n_source, self->source);
    free(self->stage);
    free(self->team);
    free(self->structure);
    free(self->sum);
    free(self->premium_from);
    free(self->file);
    memset(self, 0, sizeof *self);
}

void pc_workforce_write_reference(FILE *stream, bool markdown)
{
    if (!markdown) {
        scenario_reference_plain(&scenario_table_workforce, stream);
        return;
    }
    fputs(
        "# Workforce files: every key\n\n"
        "Written by the program from its table of keys (`engine/scenario/workforce_keys.c`); do not edit by "
        "hand.\n\n"
        "A workforce file is a YAML 1.2 file that a scenario names under `workforce`. It says what comes in "
        "at the front\n"
        "door, which cases teams hold, how many posts there are and what they cost. What is computed from "
        "it:\n"
        "[docs/workforce.md](../docs/workforce.md). Everything is optional but `workforce: 1`; an authority "
        "without a front\n"
        "door of its own may have structures only. The rules for writing keys are those of "
        "[scenarios](README.md).\n\n",
        stream);
    scenario_reference_rows(&scenario_table_workforce, stream);
}
