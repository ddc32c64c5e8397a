/* Items of the lists of a workforce file: made at the end of their list with what is not given as NaN, and
 * checked when their keys have been read. */
#include "scenario/workforce_read.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

#define NOT_GIVEN ((double)NAN)

/* Room for one more item at the end of a list, copied from `like`, which owns `file` (or NULL): freed when
 * there is no room. */
static void *add_item(scenario_reader *reader, void *list, size_t *n, const void *like, size_t size,
                      char *file)
{
    size_t capacity = *n;
    char *items;

    if (pc_grow(list, &capacity, *n + 1, size) != PC_OK) {
        reader->no_memory = true;
        free(file);
        return NULL;
    }
    memcpy(&items, list, sizeof items);
    memcpy(items + *n * size, like, size);
    return items + (*n)++ * size;
}

static char *copy_file(scenario_reader *reader, pc_place place)
{
    char *file = pc_copy_text(place.file);

    reader->no_memory = reader->no_memory || (file == NULL && place.file != NULL);
    return file;
}

void workforce_close_plain(scenario_reader *reader, const char *shown, const pc_yaml_node *node,
                           void *element)
{
    (void)reader;
    (void)shown;
    (void)node;
    (void)element;
}

void *workforce_open_stage(scenario_reader *reader, const char *name, pc_place place)
{
    pc_workforce *self = reader->workforce;
    pc_stage like = {.from = (int)self->n_stage - 1, .open = NOT_GIVEN, .stay = {.days = NOT_GIVEN}};

    (void)name;
    like.line = place.line;
    like.column = place.column;
    like.file = copy_file(reader, place);
    return add_item(reader, &self->stage, &self->n_stage, &like, sizeof like, like.file);
}

static void check_stay(scenario_reader *reader, const char *shown, const pc_yaml_node *node)
{
    bool days = pc_yaml_get(node, "days") != NULL, bands = pc_yaml_get(node, "bands") != NULL;

    if (node != NULL && node->kind == PC_YAML_MAPPING && days == bands) {
        scenario_problem(reader, pc_yaml_place(node), "%s.stay: found %s, expected either `days` or `bands`",
                         shown, days ? "both `days` and `bands`" : "neither `days` nor `bands`");
    }
}

void workforce_close_stage(scenario_reader *reader, const char *shown, const pc_yaml_node *node,
                           void *element)
{
    const pc_workforce *self = reader->workforce;
    pc_stage *stage = element;
    bool volume = pc_yaml_get(node, "volume") != NULL, share = pc_yaml_get(node, "conversion") != NULL;

    if (node->kind != PC_YAML_MAPPING) {
        return;
    }
    stage->has_volume = volume;
    if (volume == share) {
        scenario_problem(reader, pc_yaml_place(node),
                         "%s: found %s, expected either `volume` or `conversion`", shown,
                         volume ? "both `volume` and `conversion`" : "neither `volume` nor `conversion`");
    } else if (share && stage->from < 0) {
        scenario_problem(reader, pc_yaml_place(pc_yaml_get(node, "conversion")),
                         "%s.conversion: found it where cases come from outside, expected `volume`", shown);
    }
    check_stay(reader, shown, pc_yaml_get(node, "stay"));
    for (size_t at = 0; at + 1 < self->n_stage; at++) {
        if (self->stage[at].kind == stage->kind && pc_yaml_get(node, "stage") != NULL) {
            scenario_problem(reader, pc_yaml_place(pc_yaml_get(node, "stage")),
                             "%s.stage: found %s again, expected each stage once", shown,
                             pc_case_kind_name(stage->kind));
        }
    }
}

void *workforce_open_now(scenario_reader *reader, const char *name, pc_place place)
{
    pc_care *care = &reader->workforce->care;
    pc_age_count like = {0};

    (void)name;
    (void)place;
    return add_item(reader, &care->now, &care->n_now, &like, sizeof like, NULL);
}

void *workforce_open_contact(scenario_reader *reader, const char *name, pc_place place)
{
    pc_care *care = &reader->workforce->care;
    pc_contact_share like = {0};

    (void)name;
    (void)place;
    return add_item(reader, &care->contact, &care->n_contact, &like, sizeof like, NULL);
}

void *workforce_open_pathway(scenario_reader *reader, const char *name, pc_place place)
{
    pc_care *care = &reader->workforce->care;
    pc_pathway like = {0};

    (void)name;
    (void)place;
    return add_item(reader, &care->pathway, &care->n_pathway, &like, sizeof like, NULL);
}

void *workforce_open_team(scenario_reader *reader, const char *name, pc_place place)
{
    pc_workforce *self = reader->workforce;
    pc_team like = {.case_load = NOT_GIVEN,
                    .guarantee = NOT_GIVEN,
                    .span = NOT_GIVEN,
                    .staffed = NOT_GIVEN,
                    .line = place.line,
                    .column = place.column};

    (void)name;
    like.file = copy_file(reader, place);
    return add_item(reader, &self->team, &self->n_team, &like, sizeof like, like.file);
}

void workforce_close_team(scenario_reader *reader, const char *shown, const pc_yaml_node *node, void *element)
{
    const pc_workforce *self = reader->workforce;
    const pc_team *team = element;

    if (node->kind != PC_YAML_MAPPING) {
        return;
    }
    if (team->has_load != (pc_yaml_get(node, "case_load") != NULL)) {
        scenario_problem(reader, pc_yaml_place(node), "%s: found %s, expected both or neither", shown,
                         team->has_load ? "`cases` without `case_load`" : "`case_load` without `cases`");
    }
    for (size_t at = 0; at + 1 < self->n_team && team->name != NULL; at++) {
        if (self->team[at].name != NULL && strcmp(self->team[at].name, team->name) == 0) {
            scenario_problem(reader, pc_yaml_place(pc_yaml_get(node, "name")),
                             "%s.name: found %.80s again, expected each team once", shown, team->name);
        }
    }
}

void *workforce_open_structure(scenario_reader *reader, const char *name, pc_place place)
{
    pc_workforce *self = reader->workforce;
    pc_structure like = {.other_cost = NOT_GIVEN,
                         .stated = {NOT_GIVEN, NOT_GIVEN, NOT_GIVEN, NOT_GIVEN},
                         .line = place.line,
                         .column = place.column};

    (void)name;
    like.file = copy_file(reader, place);
    return add_item(reader, &self->structure, &self->n_structure, &like, sizeof like, like.file);
}

void *workforce_open_posts(scenario_reader *reader, const char *name, pc_place place)
{
    pc_structure *of = &reader->workforce->structure[reader->workforce->n_structure - 1];
    pc_team_posts like = {.cost = NOT_GIVEN,
                          .cost_per_post = NOT_GIVEN,
                          .premium = NOT_GIVEN,
                          .line = place.line,
                          .column = place.column};

    (void)name;
    return add_item(reader, &of->team, &of->n_team, &like, sizeof like, NULL);
}

void workforce_close_posts(scenario_reader *reader, const char *shown, const pc_yaml_node *node,
                           void *element)
{
    const pc_structure *of = &reader->workforce->structure[reader->workforce->n_structure - 1];
    const pc_team_posts *posts = element;

    if (isfinite(posts->cost) && isfinite(posts->cost_per_post)) {
        scenario_problem(reader, pc_yaml_place(node),
                         "%s: found both `cost` and `cost_per_post`, expected one of them", shown);
    }
    for (size_t at = 0; at + 1 < of->n_team && posts->name != NULL; at++) {
        if (of->team[at].name != NULL && strcmp(of->team[at].name, posts->name) == 0) {
            scenario_problem(reader, pc_yaml_place(node),
                             "%s.name: found %.80s again, expected each team once in a structure", shown,
                             posts->name);
        }
    }
}

void *workforce_open_leavers(scenario_reader *reader, const char *name, pc_place place)
{
    pc_staff *staff = &reader->workforce->staff;
    pc_leaver_rate like = {.under_years = (double)INFINITY};

    (void)name;
    (void)place;
    return add_item(reader, &staff->leavers, &staff->n_leavers, &like, sizeof like, NULL);
}

void *workforce_open_retention(scenario_reader *reader, const char *name, pc_place place)
{
    pc_staff *staff = &reader->workforce->staff;
    pc_retention like = {.share_of_pay = NOT_GIVEN, .sum = NOT_GIVEN, .staff = NOT_GIVEN};

    (void)name;
    (void)place;
    return add_item(reader, &staff->retention, &staff->n_retention, &like, sizeof like, NULL);
}

void workforce_close_retention(scenario_reader *reader, const char *shown, const pc_yaml_node *node,
                               void *element)
{
    const pc_retention *one = element;
    bool sum = isfinite(one->sum), dated = isfinite(one->staff) && pc_yaml_get(node, "year") != NULL;

    if (node->kind == PC_YAML_MAPPING && sum == isfinite(one->share_of_pay)) {
        scenario_problem(reader, pc_yaml_place(node),
                         "%s: found %s, expected one of `share_of_pay` and `sum`", shown,
                         sum ? "both" : "neither");
    } else if (sum && !dated) {
        scenario_problem(reader, pc_yaml_place(node),
                         "%s: found `sum` alone, expected `year` and `staff` too", shown);
    }
}

void *workforce_open_award(scenario_reader *reader, const char *name, pc_place place)
{
    pc_staff *staff = &reader->workforce->staff;
    pc_pay_award like = {0};

    (void)name;
    (void)place;
    return add_item(reader, &staff->award, &staff->n_award, &like, sizeof like, NULL);
}

void *workforce_open_sum(scenario_reader *reader, const char *name, pc_place place)
{
    pc_workforce *self = reader->workforce;
    pc_sum like = {.line = place.line, .column = place.column};

    (void)name;
    like.file = copy_file(reader, place);
    return add_item(reader, &self->sum, &self->n_sum, &like, sizeof like, like.file);
}
