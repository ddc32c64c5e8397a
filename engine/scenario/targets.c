#include "scenario/targets.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/number_text.h"
#include "scenario/workload_name.h"

void scenario_free_target(pc_target *target)
{
    free(target->name);
    free(target->category);
    free(target->file);
}

void *scenario_open_target(scenario_reader *reader, const char *name, pc_place place)
{
    scenario_target *draft = pc_new_zero(1, sizeof *draft);

    (void)name;
    if (draft != NULL) {
        draft->at_most = (double)NAN;
        draft->at_least = (double)NAN;
        draft->problems_before = reader->n_problem;
        draft->target.line = place.line;
        draft->target.column = place.column;
        draft->target.file = pc_copy_text(place.file);
    }
    if (draft == NULL || draft->target.file == NULL) {
        free(draft);
        reader->no_memory = true;
        return NULL;
    }
    return draft;
}

const char *pc_target_measure_name(const pc_target *self)
{
    return self->of_workforce ? pc_workload_name(self->workload) : pc_measure_name(self->measure);
}

static void complete(scenario_reader *reader, scenario_target *draft)
{
    pc_target *out = &draft->target;
    char day[PC_DAY_TEXT_SIZE], number[PC_NUMBER_TEXT_SIZE];

    out->of_workforce = draft->measure >= PC_N_MEASURE;
    if (out->of_workforce) {
        out->workload = (pc_workload_measure)(draft->measure - PC_N_MEASURE);
    } else {
        out->measure = (pc_measure)draft->measure;
    }
    out->at_most = isfinite(draft->at_most);
    out->value = out->at_most ? draft->at_most : draft->at_least;
    if (out->name == NULL) {
        bool all = strcmp(out->category, "all") == 0;

        out->name =
            pc_format_text("%s%s%.80s at %s %s by %s", pc_target_measure_name(out), all ? "" : " in ",
                           all ? "" : out->category, out->at_most ? "most" : "least",
                           pc_number_format_significant(out->value, 12, number), pc_day_format(out->by, day));
    }
    reader->no_memory = reader->no_memory || out->name == NULL;
}

static void add(scenario_reader *reader, pc_target *target)
{
    pc_scenario *scenario = reader->out;
    pc_target *grown = realloc(scenario->target, (scenario->n_target + 1) * sizeof *grown);

    if (grown == NULL) {
        reader->no_memory = true;
        return;
    }
    scenario->target = grown;
    grown[scenario->n_target++] = *target;
    *target = (pc_target){0};
}

void scenario_close_target(scenario_reader *reader, const char *shown, const pc_yaml_node *node,
                           void *element)
{
    scenario_target *draft = element;
    bool most = pc_yaml_get(node, "at_most") != NULL, least = pc_yaml_get(node, "at_least") != NULL;

    if (node->kind == PC_YAML_MAPPING && most == least && !(reader->partial && !most)) {
        scenario_problem(reader, pc_yaml_place(node),
                         "%s: found %s, expected one of `at_most` and `at_least`", shown,
                         most ? "both `at_most` and `at_least`" : "neither `at_most` nor `at_least`");
    }
    if (reader->n_problem == draft->problems_before && most != least && !reader->no_memory) {
        complete(reader, draft);
        if (!reader->no_memory) {
            add(reader, &draft->target);
        }
    }
    scenario_free_target(&draft->target);
    free(draft);
}

static void check_day(scenario_reader *reader, const pc_target *target, pc_place place)
{
    const pc_scenario *scenario = reader->out;
    int first = pc_month_of_day(scenario->start);
    pc_day first_end = pc_month_first_day(first + 1) - 1;
    pc_day last = pc_month_first_day(first + scenario->months) - 1;
    char by[PC_DAY_TEXT_SIZE], from[PC_DAY_TEXT_SIZE], to[PC_DAY_TEXT_SIZE];

    if (!(target->by >= first_end && target->by <= last)) {
        scenario_problem(reader, place,
                         "targets: by: found %s, expected a day of the forecast after its first month: from "
                         "%s to %s",
                         pc_day_format(target->by, by), pc_day_format(first_end, from),
                         pc_day_format(last, to));
    }
}

static bool is_of_capacity(pc_measure measure)
{
    return measure == PC_MEASURE_OVERFLOW || measure == PC_MEASURE_UNMET || measure == PC_MEASURE_DISPLACED ||
           measure == PC_MEASURE_UNMET_DAYS || measure == PC_MEASURE_DAYS_FULL;
}

void scenario_check_targets(scenario_reader *reader)
{
    const pc_scenario *scenario = reader->out;

    for (size_t t = 0; t < scenario->n_target; t++) {
        const pc_target *target = &scenario->target[t];
        pc_place place = {.file = target->file, .line = target->line, .column = target->column};

        if (scenario->start != PC_DAY_NONE && scenario->months > 0) {
            check_day(reader, target, place);
        }
        if (target->of_workforce) {
            continue; /* scenario_check_workload_targets */
        }
        if (pc_measure_is_money(target->measure) && scenario->weekly == NULL) {
            scenario_problem(reader, place,
                             "targets: found a target for %s, expected `costs: {weekly: FILE}` as "
                             "well: without prices there is no cost",
                             pc_measure_name(target->measure));
        } else if ((target->measure == PC_MEASURE_INCOME || target->measure == PC_MEASURE_NET_COST) &&
                   scenario->income == NULL) {
            scenario_problem(reader, place,
                             "targets: found a target for %s, expected `costs: {income: FILE}` as well",
                             pc_measure_name(target->measure));
        } else if (target->measure == PC_MEASURE_COST_REAL && scenario->inflation == NULL) {
            scenario_problem(
                reader, place,
                "targets: found a target for cost_real_gbp, expected `costs: {inflation: FILE}` as "
                "well: without growth it is cost_gbp");
        } else if (is_of_capacity(target->measure) && scenario->n_capacity + scenario->n_substitute == 0) {
            scenario_problem(reader, place,
                             "targets: found a target for %s, expected `capacity` as well: without limits "
                             "every place is free",
                             pc_measure_name(target->measure));
        }
    }
}

/* The categories of a measure, for a message; empty: the file does not give the measure. */
static char *categories_of(const pc_workforce *of, pc_workload_measure measure)
{
    pc_workload_series *series = NULL;
    size_t n = 0;
    pc_status status = scenario_workload_series(of, &n, &series);
    char *list = status == PC_OK ? pc_copy_text("") : NULL;

    for (size_t at = 0; at < n && list != NULL; at++) {
        if (series[at].measure == measure) {
            char *longer =
                pc_format_text("%s%s%.80s", list, list[0] == '\0' ? "" : ", ", series[at].category);

            free(list);
            list = longer;
        }
    }
    free(series);
    return list;
}

static pc_status check_workload(const pc_scenario *scenario, const pc_target *target,
                                pc_diagnostics *diagnostics)
{
    pc_place place = {.file = target->file, .line = target->line, .column = target->column};
    const char *name = pc_workload_name(target->workload);
    pc_status status = PC_ERR_INPUT;
    bool given = false;
    char *list;

    if (scenario->workforce == NULL && scenario->front_door == NULL) {
        pc_diagnostics_add(diagnostics, PC_ERROR, place,
                           "targets: found a target for %s, expected `workforce` as well", name);
        return status;
    }
    if (scenario->workforce_plan.file == NULL) {
        return PC_OK; /* what is wrong with it has been said */
    }
    if (scenario->method == PC_METHOD_EXPECTED) {
        pc_diagnostics_add(diagnostics, PC_ERROR, place,
                           "targets: found a target for %s, expected `method: simulate`: without, it is not "
                           "followed",
                           name);
        return status;
    }
    status = scenario_workload_given(&scenario->workforce_plan, target->workload, target->category, &given);
    if (status != PC_OK || given) {
        return status;
    }
    list = categories_of(&scenario->workforce_plan, target->workload);
    if (list != NULL) {
        pc_diagnostics_add(diagnostics, PC_ERROR, place,
                           list[0] == '\0'
                               ? "targets: category: found %.80s, expected nothing: the workforce "
                                 "file does not give %s%.0s"
                               : "targets: category: found %.80s, expected for %s one of: %.400s",
                           target->category, name, list);
    }
    status = list == NULL ? PC_ERR_NO_MEMORY : PC_ERR_INPUT;
    free(list);
    return status;
}

pc_status scenario_check_workload_targets(const pc_scenario *scenario, pc_diagnostics *diagnostics)
{
    pc_status status = PC_OK;

    for (size_t at = 0; at < scenario->n_target; at++) {
        pc_status one = scenario->target[at].of_workforce
                            ? check_workload(scenario, &scenario->target[at], diagnostics)
                            : PC_OK;

        status = one == PC_ERR_NO_MEMORY || status == PC_OK ? one : status;
    }
    return status;
}
