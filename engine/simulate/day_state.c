#include "simulate/day_state.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

pc_status day_state_new(const pc_plan *plan, day_state **out)
{
    day_state *self = pc_new_zero(1, sizeof *self);

    *out = NULL;
    if (self == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    self->head = pc_new((size_t)plan->n_day, sizeof *self->head);
    if (self->head == NULL || places_init(&self->places, plan) != PC_OK) {
        day_state_free(self);
        return PC_ERR_NO_MEMORY;
    }
    for (size_t category = 0; category < plan->n_category; category++) {
        self->interrupts |= plan->capacity[category].close || plan->capacity[category].return_home;
    }
    for (size_t at = 0; at < plan->n_intervention; at++) {
        self->interrupts |= interventions_behaviour(plan->intervention[at].kind)->acts != NULL;
    }
    *out = self;
    return PC_OK;
}

void day_state_free(day_state *self)
{
    if (self == NULL) {
        return;
    }
    free(self->child);
    free(self->link);
    free(self->before);
    free(self->where);
    free(self->head);
    free(self->batch);
    free(self->arrival);
    free(self->waiting);
    places_free(&self->places);
    free(self);
}

void day_schedule(day_state *self, int32_t number, int32_t day, pending what)
{
    int32_t next = self->head[day];

    self->link[number] = (day_link){.next = next, .previous = -1, .day = day, .pending = (uint8_t)what};
    if (next >= 0) {
        self->link[next].previous = number;
    }
    self->head[day] = number;
}

void day_unschedule(day_state *self, int32_t number)
{
    const day_link *link = &self->link[number];

    if (link->previous >= 0) {
        self->link[link->previous].next = link->next;
    } else {
        self->head[link->day] = link->next;
    }
    if (link->next >= 0) {
        self->link[link->next].previous = link->previous;
    }
}

void day_run_on(day_state *self, int32_t number, const life_setting *setting, int32_t n_day)
{
    day_child *child = &self->child[number];
    life_event event;

    if (self->interrupts) {
        self->before[number] = child->now;
    }
    event = setting->regime[0].extra_rate == NULL
                ? life_advance(&child->now, setting, setting->horizon)
                : life_advance_with(&child->now, setting, setting->horizon, true);
    if (event == LIFE_HORIZON) {
        self->link[number].day = n_day;
    } else {
        day_schedule(self, number, (int32_t)child->now.time,
                     event == LIFE_EXIT      ? PENDING_EXIT
                     : event == LIFE_AGE_OUT ? PENDING_AGE_OUT
                     : event == LIFE_EXTRA   ? PENDING_EXTRA
                                             : PENDING_PLACEMENT);
    }
}

/* Memory for all children of the replicate, before anything runs. */
static pc_status make_room(day_state *self, size_t n_child)
{
    if (pc_grow(&self->child, &self->capacity, n_child, sizeof *self->child) != PC_OK ||
        pc_grow(&self->link, &self->link_capacity, n_child, sizeof *self->link) != PC_OK ||
        pc_grow(&self->where, &self->where_capacity, n_child, sizeof *self->where) != PC_OK ||
        (self->interrupts &&
         pc_grow(&self->before, &self->before_capacity, n_child, sizeof *self->before) != PC_OK) ||
        pc_grow(&self->batch, &self->batch_capacity, n_child, sizeof *self->batch) != PC_OK ||
        pc_grow(&self->arrival, &self->arrival_capacity, n_child, sizeof *self->arrival) != PC_OK ||
        pc_grow(&self->waiting, &self->waiting_capacity, n_child, sizeof *self->waiting) != PC_OK) {
        return PC_ERR_NO_MEMORY;
    }
    return PC_OK;
}

pc_status day_begin(replicate_workspace *workspace, const life_setting *setting)
{
    const pc_plan *plan = workspace->plan;
    day_state *self = workspace->days;

    if (make_room(self, workspace->n_life + workspace->n_return) != PC_OK) {
        return PC_ERR_NO_MEMORY;
    }
    self->n_child = workspace->n_life;
    memset(self->head, 0xFF, (size_t)plan->n_day * sizeof *self->head); /* -1 */
    self->n_waiting = 0;
    places_reset(&self->places, workspace->initial, workspace->intervention_state);
    for (size_t number = 0; number < workspace->n_life; number++) {
        day_child *child = &self->child[number];

        child->placed = (placed_state){0};
        self->where[number] = number < plan->n_child ? plan->child[number].category : DAY_NOWHERE;
        child->queued = false;
        if (number < plan->n_child) {
            replicate_set_life(workspace, number, &child->now);
            child->age = age_days_band(&child->now);
            life_begin(&child->now, setting);
            if (workspace->log != NULL) {
                stays_enter(workspace->log, &child->now, STAY_PRESENT, child->now.category, 0);
            }
            day_run_on(self, (int32_t)number, setting, plan->n_day);
        } else { /* the life of a starter is set on its day, when it is next looked at */
            day_schedule(self, (int32_t)number, (int32_t)workspace->starters.row[number - plan->n_child].time,
                         PENDING_START);
        }
    }
    return PC_OK;
}

static bool comes_before(const day_state *self, int32_t a, int32_t b)
{
    const day_child *x = &self->child[a], *y = &self->child[b];

    return x->order != y->order ? x->order < y->order : x->now.entity < y->now.entity;
}

void day_sort(day_state *self, const life_setting *setting, int32_t *list, size_t n)
{
    for (size_t at = 0; at < n; at++) {
        life *now = &self->child[list[at]].now;

        self->child[list[at]].order =
            pc_random(setting->key, now->entity, PC_PURPOSE_ORDER, now->event_number).word[0];
    }
    for (size_t at = 1; at < n; at++) {
        int32_t number = list[at];
        size_t to = at;

        for (; to > 0 && comes_before(self, number, list[to - 1]); to--) {
            list[to] = list[to - 1];
        }
        list[to] = number;
    }
}

void day_join_queue(day_state *self, int32_t number)
{
    day_child *child = &self->child[number];

    if (child->placed.waits && !child->queued) {
        child->queued = true;
        self->waiting[self->n_waiting++] = number;
    }
}

void day_leave_care(replicate_workspace *workspace, int32_t number, size_t cause, int32_t day)
{
    day_child *child = &workspace->days->child[number];
    size_t from = child->now.category;

    places_leave(&workspace->days->places, &workspace->ledger, &child->placed, from, day);
    workspace->days->where[number] = DAY_NOWHERE;
    workspace->days->link[number].day = workspace->plan->n_day;
    ledger_cease(&workspace->ledger, cause, from, day);
    if (workspace->log != NULL) {
        stays_cease(workspace->log, child->now.number, cause, day);
    }
    age_days_end(&workspace->ledger, &child->now, from, day, child->age);
}
