/* day_events.c - what happens on a day: ends, then arrivals (docs/capacity.md). */
#include "simulate/day_state.h"

/* What interventions make of the category that a child needs; of->category is that in the end. */
static void divert(const intervention_context *context, intervention_case *of)
{
    const pc_plan *plan = context->workspace->plan;

    for (size_t at = 0; at < plan->n_intervention; at++) {
        const intervention_behaviour *does = interventions_behaviour(plan->intervention[at].kind);
        size_t to = does->diverts == NULL ? of->category : does->diverts(context, at, of);

        if (to != of->category) {
            of->category = to;
            of->left = 1.0;
        }
    }
}

static bool is_prevented(const intervention_context *context, const life *child, int day)
{
    const pc_plan *plan = context->workspace->plan;
    intervention_case of = {.child = child, .category = child->category, .day = day, .left = 1.0};

    for (size_t at = 0; at < plan->n_intervention; at++) {
        const intervention_behaviour *does = interventions_behaviour(plan->intervention[at].kind);

        if (does->prevents != NULL && does->prevents(context, at, &of)) {
            return true;
        }
    }
    return false;
}

/* The child needs a place in `wanted`, or where interventions divert it to. */
static void arrive(const intervention_context *context, int32_t number, size_t wanted, int32_t day)
{
    day_state *self = context->workspace->days;
    const day_child *child = &self->child[number];
    intervention_case of = {.child = &child->now,
                            .category = wanted,
                            .occasion = self->link[number].pending == PENDING_START
                                            ? OCCASION_START
                                            : child->now.event_number + 1,
                            .day = day,
                            .left = 1.0};

    divert(context, &of);
    self->child[number].placed.wanted = (uint8_t)of.category;
    self->where[number] = DAY_NOWHERE; /* until it has a place */
    self->arrival[self->n_arrival++] = number;
    self->n_rival += places_contested(&self->places, of.category);
}

/* An exit of the base, or one that interventions add: it happens, or the child goes on with a new amount. */
static void take_exit(const intervention_context *context, int32_t number, int32_t day)
{
    replicate_workspace *workspace = context->workspace;
    const life_setting *setting = context->setting;
    day_child *child = &workspace->days->child[number];
    size_t cause = PC_EXIT_AGE_OUT;
    pending what = (pending)workspace->days->link[number].pending;

    if (what == PENDING_EXIT) {
        cause = life_exit_cause(&child->now, setting);
        if (workspace->plan->n_intervention > 0 && interventions_keep(context, &child->now, cause, day)) {
            life_draw_exit_again(&child->now, setting);
            cause = PC_N_EXIT_CAUSE;
        }
    } else if (what == PENDING_EXTRA) {
        cause = interventions_extra_exit(context, &child->now, day);
        if (cause == PC_N_EXIT_CAUSE) {
            child->now.extra_number++;
            life_draw_extra(&child->now, setting);
        }
    }
    if (cause == PC_N_EXIT_CAUSE) {
        day_run_on(workspace->days, number, setting, workspace->plan->n_day);
    } else {
        day_leave_care(workspace, number, cause, day);
    }
}

static void take_placement_event(const intervention_context *context, int32_t number, int32_t day)
{
    replicate_workspace *workspace = context->workspace;
    day_child *child = &workspace->days->child[number];
    size_t from = child->now.category;
    bool is_move;
    size_t to = life_destination(&child->now, context->setting, &is_move);

    if (is_move) {
        places_leave(&workspace->days->places, &workspace->ledger, &child->placed, from, day);
        ledger_leave(&workspace->ledger, LEDGER_MOVES_OUT, from, day);
        age_days_end(&workspace->ledger, &child->now, from, day, child->age);
        arrive(context, number, to, day);
        return;
    }
    /* The placement stays: nobody needs a place. */
    places_change_status(&workspace->days->places, from, to);
    ledger_leave(&workspace->ledger, LEDGER_STATUS_OUT, from, day);
    age_days_end(&workspace->ledger, &child->now, from, day, child->age);
    ledger_enter(&workspace->ledger, LEDGER_STATUS_IN, to, day);
    if (workspace->log != NULL) {
        stays_enter(workspace->log, &child->now, STAY_STATUS, to, day);
    }
    age_days_begin(&workspace->ledger, &child->now, to, day, &child->age);
    life_settle(&child->now, context->setting, to, false);
    workspace->days->where[number] = (uint8_t)to;
    child->placed.waits = false;
    day_run_on(workspace->days, number, context->setting, workspace->plan->n_day);
}

/* A child who starts only because of an intervention is one that it treats and changes. */
static void count_added(const intervention_context *context, size_t number, int32_t day)
{
    const replicate_workspace *workspace = context->workspace;
    int added_by = workspace->starters.row[number - workspace->plan->n_child].added_by;

    if (added_by >= 0) {
        interventions_count(context, (size_t)added_by, false, day);
        interventions_count(context, (size_t)added_by, true, day);
    }
}

/* A child who starts today, or starts again after a discharge (whose life was set when it left). */
static void take_start(const intervention_context *context, int32_t number, int32_t day)
{
    life *now = &context->workspace->days->child[number].now;

    if ((size_t)number < context->workspace->n_life) {
        replicate_set_life(context->workspace, (size_t)number, now);
        now->event_number = 0;
        count_added(context, (size_t)number, day);
    }
    if (!is_prevented(context, now, day)) {
        arrive(context, number, now->category, day);
    }
}

void day_take_ends(const intervention_context *context, int32_t day)
{
    day_state *self = context->workspace->days;
    int32_t number = self->head[day], next;

    self->head[day] = -1; /* what follows on the same day begins a new list */
    self->n_arrival = 0;
    self->n_rival = 0;
    for (; number >= 0; number = next) {
        pending what = (pending)self->link[number].pending;

        next = self->link[number].next;
        if (what == PENDING_PLACEMENT) {
            take_placement_event(context, number, day);
        } else if (what != PENDING_START) {
            take_exit(context, number, day);
        } else {
            take_start(context, number, day);
        }
    }
}

void day_take_arrivals(replicate_workspace *workspace, const life_setting *setting, int32_t day)
{
    day_state *self = workspace->days;

    if (self->n_rival > 1) { /* else nobody stands in another's way, and the order does not matter */
        day_sort(self, setting, self->arrival, self->n_arrival);
    }
    for (size_t at = 0; at < self->n_arrival; at++) {
        int32_t number = self->arrival[at];
        day_child *child = &self->child[number];
        bool starts = self->link[number].pending == PENDING_START;
        size_t to = places_take(&self->places, &workspace->ledger, setting->key, child->now.entity,
                                starts ? 0 : child->now.event_number + 1, &child->placed, day);

        ledger_enter(&workspace->ledger, starts ? LEDGER_STARTS : LEDGER_MOVES_IN, to, day);
        if (workspace->log != NULL) {
            stays_enter(workspace->log, &child->now, starts ? STAY_START : STAY_MOVE, to, day);
        }
        age_days_begin(&workspace->ledger, &child->now, to, day, &child->age);
        if (starts) {
            child->now.category = (uint8_t)to;
            life_begin(&child->now, setting);
        } else {
            life_settle(&child->now, setting, to, true);
        }
        self->where[number] = (uint8_t)to;
        day_join_queue(self, number);
        day_run_on(self, number, setting, workspace->plan->n_day);
    }
}
