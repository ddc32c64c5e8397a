#include "simulate/day_order.h"

#include "simulate/day_state.h"

/* What interventions do of themselves, at the end of the day. */
static void act(const intervention_context *context, int day)
{
    replicate_workspace *workspace = context->workspace;
    const pc_plan *plan = workspace->plan;

    workspace->days->today = day;
    for (size_t at = 0; at < plan->n_intervention; at++) {
        const intervention_behaviour *does = interventions_behaviour(plan->intervention[at].kind);

        if (does->acts != NULL) {
            does->acts(context, at, day);
        }
    }
}

/* What else the children who have just settled bring on the same day. */
static void run_passes(const intervention_context *context, int32_t day)
{
    while (context->workspace->days->head[day] >= 0) {
        day_take_ends(context, day);
        day_take_arrivals(context->workspace, context->setting, day);
    }
}

pc_status day_order_run(replicate_workspace *workspace, const life_setting *setting)
{
    const pc_plan *plan = workspace->plan;
    day_state *self = workspace->days;
    intervention_context context = {.workspace = workspace, .setting = setting};
    pc_status status = day_begin(workspace, setting);

    for (int32_t day = 0; day < plan->n_day && status == PC_OK; day++) {
        if (plan->n_intervention > 0) {
            interventions_grow_places(plan, workspace->intervention_state, setting->key, day);
        }
        day_take_ends(&context, day);
        if (self->interrupts) {
            day_close_places(workspace, setting, day);
        }
        day_take_arrivals(workspace, setting, day);
        run_passes(&context, day);
        if (self->n_waiting > 0) {
            day_take_returns(workspace, setting, day);
        }
        if (plan->n_intervention > 0) {
            act(&context, day);
        }
        run_passes(&context, day);
        places_end_day(&self->places, &workspace->ledger, day);
    }
    for (size_t number = 0; number < self->n_child; number++) {
        if (self->where[number] != DAY_NOWHERE) {
            age_days_go_on(&workspace->ledger, &self->child[number].now, self->where[number],
                           self->child[number].age);
        }
    }
    return status;
}
