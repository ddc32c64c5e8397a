/* day_changes.c - children who are taken out of their future: closures, returns, moves and discharges by
 * interventions. */
#include "simulate/day_state.h"

/* Spends a child's hazards up to `time`; the event that was pending lies later. */
static void run_to(day_child *child, const life_setting *setting, double time)
{
    if (setting->regime[0].extra_rate == NULL) {
        (void)life_advance(&child->now, setting, time);
    } else {
        (void)life_advance_with(&child->now, setting, time, true);
    }
}

/* Takes a child out of its future at `time` and moves it: to `wanted` if there is a place, else along the
 * overflow list. */
static void interrupt(replicate_workspace *workspace, const life_setting *setting, int32_t number,
                      size_t wanted, double time, int32_t day)
{
    day_state *self = workspace->days;
    day_child *child = &self->child[number];
    size_t from, to;

    if (self->link[number].day < workspace->plan->n_day) {
        day_unschedule(self, number);
    }
    child->now = self->before[number];
    time = time < child->now.time ? child->now.time : time;
    run_to(child, setting, time);
    from = child->now.category;
    places_leave(&self->places, &workspace->ledger, &child->placed, from, day);
    ledger_leave(&workspace->ledger, LEDGER_MOVES_OUT, from, day);
    age_days_end(&workspace->ledger, &child->now, from, day, child->age);
    child->placed.wanted = (uint8_t)wanted;
    to = places_take(&self->places, &workspace->ledger, setting->key, child->now.entity,
                     child->now.event_number + 1, &child->placed, day);
    ledger_enter(&workspace->ledger, LEDGER_MOVES_IN, to, day);
    if (workspace->log != NULL) {
        stays_enter(workspace->log, &child->now, STAY_MOVE, to, day);
    }
    age_days_begin(&workspace->ledger, &child->now, to, day, &child->age);
    life_settle(&child->now, setting, to, true);
    self->where[number] = (uint8_t)to;
    day_join_queue(self, number);
    day_run_on(self, number, setting, workspace->plan->n_day);
}

void day_close_places(replicate_workspace *workspace, const life_setting *setting, int32_t day)
{
    day_state *self = workspace->days;

    for (size_t category = 0; category < workspace->plan->n_category; category++) {
        int32_t n_over = places_over(&self->places, category, day);
        size_t n = 0;

        if (!places_closes_on(&self->places, category, day)) {
            continue;
        }
        for (size_t number = 0; number < self->n_child; number++) {
            if (self->where[number] == category) {
                self->batch[n++] = (int32_t)number;
            }
        }
        day_sort(self, setting, self->batch, n);
        for (size_t at = 0; at < n && n_over > 0; at++, n_over--) {
            const placed_state *placed = &self->child[self->batch[at]].placed;

            interrupt(workspace, setting, self->batch[at], placed->displaced ? placed->wanted : category, day,
                      day);
        }
    }
}

void day_take_returns(replicate_workspace *workspace, const life_setting *setting, int32_t day)
{
    day_state *self = workspace->days;
    size_t n = self->n_waiting, kept = 0;

    for (size_t at = 0; at < n; at++) {
        int32_t number = self->waiting[at];
        day_child *child = &self->child[number];

        if (!child->placed.waits) {
            child->queued = false; /* has moved on or left */
            continue;
        }
        if (!places_free_in(&self->places, child->placed.wanted, day)) {
            self->waiting[kept++] = number;
            continue;
        }
        child->queued = false;
        interrupt(workspace, setting, number, child->placed.wanted, day + 1 - 0x1p-20, day);
    }
    self->n_waiting = kept;
}

int32_t day_order_pick(const intervention_context *context, const plan_intervention *which)
{
    const day_state *self = context->workspace->days;
    pc_random_block salt = interventions_random(context, which, 0, OCCASION_COHORT + 1);
    uint64_t salted = (uint64_t)salt.word[0] << 32 | salt.word[1], least = UINT64_MAX;
    int32_t picked = -1;

    for (size_t number = 0; number < self->n_child; number++) {
        uint8_t category = self->where[number];
        uint64_t order;
        life now;

        if (category == DAY_NOWHERE || (which->categories >> category & 1) == 0 || which->to == category) {
            continue;
        }
        /* A mixed number is order enough here (Steele, Lea, Flood: SplitMix64); a block of random bits for
         * each child is not worth it. */
        order = context->workspace->entity[number] ^ salted;
        order = (order ^ order >> 30) * 0xBF58476D1CE4E5B9U;
        order = (order ^ order >> 27) * 0x94D049BB133111EBU;
        order ^= order >> 31;
        if (picked >= 0 && order >= least) {
            continue;
        }
        now = self->child[number].now;
        now.time = self->today + 1 - 0x1p-20; /* for the age */
        if (interventions_in_pool(which, &now, now.category)) {
            least = order;
            picked = (int32_t)number;
        }
    }
    return picked;
}

bool day_order_has_room(const intervention_context *context, size_t category, int day)
{
    return places_free_in(&context->workspace->days->places, category, day);
}

void day_order_move(const intervention_context *context, int32_t number, size_t to, int day)
{
    interrupt(context->workspace, context->setting, number, to, day + 1 - 0x1p-20, day);
}

void day_order_send_home(const intervention_context *context, int32_t number, const plan_intervention *by,
                         int day)
{
    replicate_workspace *workspace = context->workspace;
    day_state *self = workspace->days;
    day_child *child = &self->child[number], *again = &self->child[self->n_child];
    pc_random_block block = interventions_random(context, by, child->now.entity, OCCASION_RETURN);
    double time, eighteen;

    if (self->link[number].day < workspace->plan->n_day) {
        day_unschedule(self, number);
    }
    child->now = self->before[number];
    time = day + 1 - 0x1p-20;
    run_to(child, context->setting, time < child->now.time ? child->now.time : time);
    day_leave_care(workspace, number, PC_EXIT_HOME, day);
    time = child->now.time + PC_DAYS_PER_YEAR * pc_uniform(block.word[1]);
    eighteen = child->now.time + (18.0 - interventions_age(&child->now)) * PC_DAYS_PER_YEAR;
    if (!(pc_uniform(block.word[0]) < by->source->return_12m) || time >= workspace->plan->n_day ||
        time >= eighteen || self->n_child >= workspace->n_life + workspace->n_return) {
        return;
    }
    /* The same child, with draws of its own for the new period of care. */
    *again = *child;
    self->where[self->n_child] = DAY_NOWHERE;
    again->placed = (placed_state){0};
    again->queued = false;
    again->now.number = self->n_child;
    again->now.entity = child->now.entity + ((uint64_t)1 << 57); /* bits that no entity has of itself */
    again->now.time = again->now.care_start = again->now.placement_start = time;
    again->now.event_number = 0;
    while (again->now.age + 1 < PC_N_AGE_BAND && life_age_end(&again->now) <= time) {
        again->now.age++;
    }
    replicate_draw_one(workspace, context->setting->key, self->n_child, again->now.entity);
    day_schedule(self, (int32_t)self->n_child++, (int32_t)time, PENDING_START);
}
