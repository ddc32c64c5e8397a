#include "outcome/case.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "outcome/money.h"
#include "simulate/interventions.h"

/* An intervention that cannot change anything in any authority is reported. */
static void report_idle(const outcome_case *self, pc_diagnostics *diagnostics)
{
    const pc_scenario *scenario = self->scenario;

    for (size_t which = 0; which < scenario->n_intervention; which++) {
        const pc_intervention *each = &scenario->intervention[which];
        bool idle = true;

        for (size_t at = 0; at < self->n_plan; at++) {
            idle &= interventions_is_idle(&self->plan[at], which);
        }
        if (idle) {
            pc_diagnostics_add(
                diagnostics, PC_WARNING,
                (pc_place){.file = each->file, .line = each->line, .column = each->column},
                each->kind == PC_INTERVENTION_CAPACITY
                    ? "`%s` can have no effect: none of its categories has a limit under `capacity`"
                    : "`%s` can have no effect: no child of its pool is in care or comes into it",
                each->name);
        }
    }
}

static bool is_known(const pc_model *model, const char *la)
{
    for (size_t at = 0; at < model->n_authority; at++) {
        if (strcmp(model->authority[at].la, la) == 0) {
            return true;
        }
    }
    return false;
}

/* An authority that the scenario names and the data (or the key `authorities`) do not have. */
static pc_status check_authority(const pc_model *model, const char *la, pc_place place,
                                 pc_diagnostics *diagnostics)
{
    if (la == NULL || is_known(model, la)) {
        return PC_OK;
    }
    pc_diagnostics_add(
        diagnostics, PC_ERROR, place, "found the authority `%.80s`, expected one of those run%s%.80s%s", la,
        model->n_authority > 0 && model->authority[0].la[0] != '\0' ? ", such as `" : ": the data name none",
        model->n_authority > 0 ? model->authority[0].la : "",
        model->n_authority > 0 && model->authority[0].la[0] != '\0' ? "`" : "");
    return PC_ERR_INPUT;
}

static pc_status check_authorities(const pc_model *model, const pc_scenario *scenario,
                                   pc_diagnostics *diagnostics)
{
    pc_status status = PC_OK;

    for (size_t which = 0; which < scenario->n_intervention; which++) {
        const pc_intervention *each = &scenario->intervention[which];

        for (size_t at = 0; at < each->n_authority; at++) {
            pc_status one = check_authority(
                model, each->authority[at],
                (pc_place){.file = each->file, .line = each->line, .column = each->column}, diagnostics);

            status = status == PC_OK ? one : status;
        }
    }
    for (size_t which = 0; which < scenario->n_capacity; which++) {
        const pc_capacity *each = &scenario->capacity[which];

        for (size_t at = 0; at < each->n_step; at++) {
            pc_status one = check_authority(
                model, each->step[at].authority,
                (pc_place){.file = each->file, .line = each->line, .column = each->column}, diagnostics);

            status = status == PC_OK ? one : status;
        }
    }
    return status;
}

/* With several authorities a number that is not said to be one's is taken for each: said once. */
static void say_each(const outcome_case *self, pc_diagnostics *diagnostics)
{
    const pc_scenario *scenario = self->scenario;
    bool capacity = false, intervention = false;

    for (size_t which = 0; which < scenario->n_capacity; which++) {
        capacity |=
            scenario->capacity[which].n_step > 0 && scenario->capacity[which].step[0].authority == NULL;
    }
    for (size_t which = 0; which < scenario->n_intervention; which++) {
        const pc_intervention *each = &scenario->intervention[which];

        intervention |=
            each->n_authority == 0 && (isfinite(each->reach) || each->kind == PC_INTERVENTION_CAPACITY ||
                                       each->kind == PC_INTERVENTION_DISCHARGE);
    }
    if (self->n_plan > 1 && (capacity || intervention)) {
        pc_diagnostics_add(diagnostics, PC_ASSUMPTION, (pc_place){.file = scenario->file},
                           "each of the %zu authorities has the whole%s%s%s that no key `authority` or "
                           "`authorities` gives to some of them",
                           self->n_plan, capacity ? " `capacity`" : "",
                           capacity && intervention ? " and" : "",
                           intervention ? " places, reach and children of the interventions" : "");
    }
}

/* What prices want to know of the simulation. */
static pc_status ready_for_prices(outcome_case *self, pc_diagnostics *diagnostics)
{
    const pc_prices *prices = self->prices;

    if (prices == NULL) {
        return PC_OK;
    }
    if (pc_prices_need_people(prices) && prices->n_people != self->n_plan) {
        pc_diagnostics_add(diagnostics, PC_ERROR, (pc_place){.file = self->scenario->file},
                           "prices by placement are not matched to the children in care "
                           "(pc_prices_match), expected that before a run");
        return PC_ERR_USAGE;
    }
    for (size_t at = 0; at < self->n_plan; at++) {
        pc_plan *plan = &self->plan[at];

        plan->keep_stays = money_needs_stays(prices);
        for (size_t contract = 0; contract < prices->n_contract; contract++) {
            if (prices->contract[contract].kind == PC_CONTRACT_RETAINER) {
                plan->capacity[prices->contract[contract].category].retained = true;
            }
        }
    }
    return PC_OK;
}

pc_status case_make(outcome_case *self, const pc_model *model, const pc_scenario *scenario,
                    const pc_prices *prices, pc_diagnostics *diagnostics)
{
    pc_status status = PC_OK;

    *self =
        (outcome_case){.model = model, .scenario = scenario, .prices = prices, .n_plan = model->n_authority};
    if (model->n_authority == 0) {
        pc_diagnostics_add(diagnostics, PC_ERROR, (pc_place){.file = scenario->file},
                           "no authority in the data");
        return PC_ERR_NO_DATA;
    }
    self->plan = pc_new_zero(self->n_plan, sizeof *self->plan);
    if (self->plan == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    status = check_authorities(model, scenario, diagnostics);
    status = status != PC_OK ? status : plan_check_population(model, scenario, diagnostics);
    for (size_t at = 0; at < self->n_plan && status == PC_OK; at++) {
        /* What is wrong with a scenario is wrong for every authority: said once. */
        status = plan_make(model, at, scenario, &self->plan[at], at == 0 ? diagnostics : NULL);
        if (at > 0 && status != PC_OK) { /* what is wrong with this one alone has not been said */
            status = plan_make(model, at, scenario, &self->plan[at], diagnostics);
        }
    }
    status = status == PC_OK ? ready_for_prices(self, diagnostics) : status;
    status = status != PC_OK ? status : grid_init(&self->shape, &self->plan[0], prices != NULL);
    if (status != PC_OK) {
        case_free(self);
        return status;
    }
    if (prices != NULL) {
        self->scope = money_find_scope(prices, scenario->method == PC_METHOD_EXPECTED);
        grid_add_money(&self->shape, self->scope.real, self->scope.income, self->scope.n_row);
        if (self->scope.processes) {
            grid_add_ratios(&self->shape, PC_N_PROCESS + 1, self->scope.cost_row, self->scope.child_year_row);
        }
        money_say_income(prices, &self->shape, diagnostics);
    }
    report_idle(self, diagnostics);
    say_each(self, diagnostics);
    return status;
}

/* What the workforce leaves open is said. */
static void assume_workforce(const outcome_case *self, pc_diagnostics *diagnostics)
{
    const pc_workforce *of = &self->scenario->workforce_plan;
    pc_place place = {.file = of->file};

    if (self->n_plan > 1) {
        pc_diagnostics_add(diagnostics, PC_ASSUMPTION, place,
                           "the workforce is that of all authorities together");
    }
    if (of->has_care && of->care.n_now == 0) {
        pc_diagnostics_add(diagnostics, PC_ASSUMPTION, place,
                           "nobody is a care leaver at the start (key care.leavers.now)");
    }
    if (self->work->teams.no_cost) {
        pc_diagnostics_add(
            diagnostics, PC_WARNING, place,
            "some teams have posts and no cost (cost, other_cost or staff.cost_per_post): they "
            "count nothing in staff_cost_gbp");
    }
    for (size_t at = 0; at < self->scenario->n_intervention; at++) {
        const pc_intervention *one = &self->scenario->intervention[at];
        bool found = one->kind != PC_INTERVENTION_ACTIVITY;

        for (size_t stage = 0; stage < of->n_stage; stage++) {
            found |= !found && strcmp(one->measure, pc_case_kind_name(of->stage[stage].kind)) == 0;
        }
        if (!found) {
            pc_diagnostics_add(diagnostics, PC_WARNING,
                               (pc_place){.file = one->file, .line = one->line, .column = one->column},
                               "`%s` can have no effect: the front door has no %s", one->name, one->measure);
        }
    }
}

pc_status case_follow_workforce(outcome_case *self, pc_diagnostics *diagnostics)
{
    const pc_workforce *of = &self->scenario->workforce_plan;
    pc_status status;

    if (of->file == NULL || self->scenario->method == PC_METHOD_EXPECTED) {
        if (of->file != NULL) {
            pc_diagnostics_add(diagnostics, PC_WARNING, (pc_place){.file = of->file},
                               "with `method: expected` cases, posts and staff are not followed: structures "
                               "and their checks only");
        }
        return PC_OK;
    }
    self->work = pc_new_zero(1, sizeof *self->work);
    status = self->work == NULL ? PC_ERR_NO_MEMORY : workload_plan_make(self->work, of, &self->plan[0]);
    for (size_t at = 0; at < self->n_plan && status == PC_OK; at++) {
        self->plan[at].keep_stays |= of->has_care;
    }
    if (status == PC_OK) {
        assume_workforce(self, diagnostics);
    }
    return status;
}

void case_free(outcome_case *self)
{
    if (self == NULL) {
        return;
    }
    for (size_t at = 0; self->plan != NULL && at < self->n_plan; at++) {
        plan_free(&self->plan[at]);
    }
    workload_plan_free(self->work);
    free(self->work);
    free(self->plan);
    grid_free(&self->shape);
    memset(self, 0, sizeof *self);
}
