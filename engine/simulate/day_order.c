#include "simulate/day_order.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "simulate/places.h"

/* What a child's next event is; the first three as life_event gives them. */
typedef enum pending { PENDING_EXIT, PENDING_AGE_OUT, PENDING_PLACEMENT, PENDING_START } pending;

typedef struct day_child {
    life now;               /* run on to the pending event */
    int32_t next, previous; /* others with an event on the same day; -1 ends */
    int32_t day;            /* of the pending event; n_day: none before the horizon */
    uint32_t order;         /* of arrival within a day */
    uint8_t pending;
    bool present;        /* in care now */
    bool queued;         /* stands in `waiting` */
    placed_state placed; /* whether for want of a place */
} day_child;

struct day_state {
    size_t n_child, capacity;
    day_child *child; /* [n_child] */
    life *before;     /* [n_child]; as each was after its last event; only where `interrupts` */
    int32_t *head;    /* [n_day]; first child with an event that day, or -1 */
    size_t before_capacity, batch_capacity, arrival_capacity, waiting_capacity;
    int32_t *batch; /* children of one pass */
    int32_t *arrival;
    int32_t *waiting; /* children who would return, in the order in which they were displaced */
    size_t n_arrival, n_waiting;
    places places;
    bool interrupts; /* some category closes or takes children back */
};

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
    *out = self;
    return PC_OK;
}

void day_state_free(day_state *self)
{
    if (self == NULL) {
        return;
    }
    free(self->child);
    free(self->before);
    free(self->head);
    free(self->batch);
    free(self->arrival);
    free(self->waiting);
    places_free(&self->places);
    free(self);
}

/* Lives are visited in the order of days, not of memory: ask for those of a day to come while this one is
 * worked on. */
static void fetch_ahead(const day_state *self, int32_t day, int32_t n_day)
{
    if (day < n_day && self->head[day] >= 0) {
        const char *child = (const char *)&self->child[self->head[day]];

        __builtin_prefetch(child);
        __builtin_prefetch(child + 64);
        __builtin_prefetch(child + 128);
    }
}

static void schedule(day_state *self, int32_t number, int32_t day, pending what)
{
    day_child *child = &self->child[number];

    child->pending = (uint8_t)what;
    child->day = day;
    child->previous = -1;
    child->next = self->head[day];
    if (child->next >= 0) {
        self->child[child->next].previous = number;
    }
    self->head[day] = number;
}

static void unschedule(day_state *self, const day_child *child)
{
    if (child->previous >= 0) {
        self->child[child->previous].next = child->next;
    } else {
        self->head[child->day] = child->next;
    }
    if (child->next >= 0) {
        self->child[child->next].previous = child->previous;
    }
}

/* Runs a child on from its last event and enters the next one into its day. */
static void run_on(day_state *self, int32_t number, const life_setting *setting, int32_t n_day)
{
    day_child *child = &self->child[number];
    life_event event;

    if (self->interrupts) {
        self->before[number] = child->now;
    }
    event = life_advance(&child->now, setting, setting->horizon);
    if (event == LIFE_HORIZON) {
        child->day = n_day;
    } else {
        schedule(self, number, (int32_t)child->now.time,
                 event == LIFE_EXIT      ? PENDING_EXIT
                 : event == LIFE_AGE_OUT ? PENDING_AGE_OUT
                                         : PENDING_PLACEMENT);
    }
}

/* Memory for all children of the replicate, before anything runs. */
static pc_status make_room(day_state *self, size_t n_child)
{
    self->n_child = n_child;
    if (pc_grow(&self->child, &self->capacity, n_child, sizeof *self->child) != PC_OK ||
        (self->interrupts &&
         pc_grow(&self->before, &self->before_capacity, n_child, sizeof *self->before) != PC_OK) ||
        pc_grow(&self->batch, &self->batch_capacity, n_child, sizeof *self->batch) != PC_OK ||
        pc_grow(&self->arrival, &self->arrival_capacity, n_child, sizeof *self->arrival) != PC_OK ||
        pc_grow(&self->waiting, &self->waiting_capacity, n_child, sizeof *self->waiting) != PC_OK) {
        return PC_ERR_NO_MEMORY;
    }
    return PC_OK;
}

static pc_status begin(replicate_workspace *workspace, const life_setting *setting)
{
    const pc_plan *plan = workspace->plan;
    day_state *self = workspace->days;

    if (make_room(self, workspace->n_life) != PC_OK) {
        return PC_ERR_NO_MEMORY;
    }
    memset(self->head, 0xFF, (size_t)plan->n_day * sizeof *self->head); /* -1 */
    self->n_waiting = 0;
    places_reset(&self->places, workspace->initial);
    for (size_t number = 0; number < workspace->n_life; number++) {
        day_child *child = &self->child[number];

        child->placed = (placed_state){0};
        child->present = number < plan->n_child;
        child->queued = false;
        replicate_set_life(workspace, number, &child->now);
        if (child->present) {
            life_begin(&child->now, setting);
            run_on(self, (int32_t)number, setting, plan->n_day);
        } else {
            child->now.event_number = 0;
            schedule(self, (int32_t)number, (int32_t)child->now.time, PENDING_START);
        }
    }
    return PC_OK;
}

/* Step 4a: the children of this pass leave where they are; those who need a place join the arrivals. */
static void take_ends(replicate_workspace *workspace, const life_setting *setting, int32_t day)
{
    day_state *self = workspace->days;
    size_t n_batch = 0;

    for (int32_t number = self->head[day]; number >= 0; number = self->child[number].next) {
        self->batch[n_batch++] = number;
    }
    self->head[day] = -1;
    self->n_arrival = 0;
    for (size_t at = 0; at < n_batch; at++) {
        day_child *child = &self->child[self->batch[at]];
        size_t from = child->now.category;
        bool is_move;

        if (child->pending == PENDING_START) {
            child->placed.wanted = child->now.category;
            self->arrival[self->n_arrival++] = self->batch[at];
        } else if (child->pending == PENDING_PLACEMENT) {
            size_t to = life_destination(&child->now, setting, &is_move);

            if (is_move) {
                places_leave(&self->places, &workspace->ledger, &child->placed, from, day);
                ledger_leave(&workspace->ledger, LEDGER_MOVES_OUT, from, day);
                child->placed.wanted = (uint8_t)to;
                self->arrival[self->n_arrival++] = self->batch[at];
            } else { /* the placement stays: nobody needs a place */
                places_change_status(&self->places, from, to);
                ledger_leave(&workspace->ledger, LEDGER_STATUS_OUT, from, day);
                ledger_enter(&workspace->ledger, LEDGER_STATUS_IN, to, day);
                life_settle(&child->now, setting, to, false);
                child->placed.waits = false;
                run_on(self, self->batch[at], setting, workspace->plan->n_day);
            }
        } else {
            places_leave(&self->places, &workspace->ledger, &child->placed, from, day);
            child->present = false;
            ledger_cease(&workspace->ledger,
                         child->pending == PENDING_EXIT ? life_exit_cause(&child->now, setting)
                                                        : PC_EXIT_AGE_OUT,
                         from, day);
        }
    }
}

static bool comes_before(const day_state *self, int32_t a, int32_t b)
{
    const day_child *x = &self->child[a], *y = &self->child[b];

    return x->order != y->order ? x->order < y->order : x->now.entity < y->now.entity;
}

/* Whether the order of this pass's arrivals matters: fewer than two could stand in one another's way. */
static bool any_rivals(const day_state *self)
{
    size_t rivals = 0;

    for (size_t at = 0; at < self->n_arrival; at++) {
        rivals += places_contested(&self->places, self->child[self->arrival[at]].placed.wanted);
    }
    return rivals > 1;
}

/* Arrivals in keyed order; few on any day, so that an insertion sort is best. */
static void sort_arrivals(day_state *self, const life_setting *setting)
{
    for (size_t at = 0; at < self->n_arrival; at++) {
        life *now = &self->child[self->arrival[at]].now;

        self->child[self->arrival[at]].order =
            pc_random(setting->key, now->entity, PC_PURPOSE_ORDER, now->event_number).word[0];
    }
    for (size_t at = 1; at < self->n_arrival; at++) {
        int32_t number = self->arrival[at];
        size_t to = at;

        for (; to > 0 && comes_before(self, number, self->arrival[to - 1]); to--) {
            self->arrival[to] = self->arrival[to - 1];
        }
        self->arrival[to] = number;
    }
}

/* Who waits stands in the queue once, from the first day of waiting. */
static void join_queue(day_state *self, int32_t number)
{
    day_child *child = &self->child[number];

    if (child->placed.waits && !child->queued) {
        child->queued = true;
        self->waiting[self->n_waiting++] = number;
    }
}

/* Steps 4b and 4c: each arrival takes a place, and its next event is found. */
static void take_arrivals(replicate_workspace *workspace, const life_setting *setting, int32_t day)
{
    day_state *self = workspace->days;

    if (any_rivals(self)) {
        sort_arrivals(self, setting);
    }
    for (size_t at = 0; at < self->n_arrival; at++) {
        int32_t number = self->arrival[at];
        day_child *child = &self->child[number];
        bool starts = child->pending == PENDING_START;
        size_t to = places_take(&self->places, &workspace->ledger, setting->key, child->now.entity,
                                child->now.event_number, &child->placed, day);

        ledger_enter(&workspace->ledger, starts ? LEDGER_STARTS : LEDGER_MOVES_IN, to, day);
        if (starts) {
            child->now.category = (uint8_t)to;
            life_begin(&child->now, setting);
        } else {
            life_settle(&child->now, setting, to, true);
        }
        child->present = true;
        join_queue(self, number);
        run_on(self, number, setting, workspace->plan->n_day);
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

    if (child->day < workspace->plan->n_day) {
        unschedule(self, child);
    }
    child->now = self->before[number];
    (void)life_advance(&child->now, setting, time); /* LIFE_HORIZON: the event that was pending lies later */
    from = child->now.category;
    places_leave(&self->places, &workspace->ledger, &child->placed, from, day);
    ledger_leave(&workspace->ledger, LEDGER_MOVES_OUT, from, day);
    child->placed.wanted = (uint8_t)wanted;
    to = places_take(&self->places, &workspace->ledger, setting->key, child->now.entity,
                     child->now.event_number, &child->placed, day);
    ledger_enter(&workspace->ledger, LEDGER_MOVES_IN, to, day);
    life_settle(&child->now, setting, to, true);
    join_queue(self, number);
    run_on(self, number, setting, workspace->plan->n_day);
}

/* Where a closing category has fewer places than children, children move at the beginning of the day, in
 * keyed order. */
static void close_places(replicate_workspace *workspace, const life_setting *setting, int32_t day)
{
    day_state *self = workspace->days;

    for (size_t category = 0; category < workspace->plan->n_category; category++) {
        if (!places_closes_on(&self->places, category, day)) {
            continue;
        }
        self->n_arrival = 0;
        for (size_t number = 0; number < self->n_child; number++) {
            if (self->child[number].present && self->before[number].category == category) {
                self->arrival[self->n_arrival++] = (int32_t)number;
            }
        }
        sort_arrivals(self, setting);
        for (size_t at = 0; at < self->n_arrival && places_over(&self->places, category, day) > 0; at++) {
            interrupt(workspace, setting, self->arrival[at], category, day, day);
        }
    }
}

/* At the end of the day those who wait for a place of their own category get one where it is free, the
 * longest waiting first. */
static void take_returns(replicate_workspace *workspace, const life_setting *setting, int32_t day)
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

pc_status day_order_run(replicate_workspace *workspace, const life_setting *setting)
{
    const pc_plan *plan = workspace->plan;
    day_state *self = workspace->days;
    pc_status status = begin(workspace, setting);

    for (int32_t day = 0; day < plan->n_day && status == PC_OK; day++) {
        fetch_ahead(self, day + 3, plan->n_day);
        if (self->interrupts) {
            close_places(workspace, setting, day);
        }
        while (self->head[day] >= 0) {
            take_ends(workspace, setting, day);
            take_arrivals(workspace, setting, day);
        }
        if (self->n_waiting > 0) {
            take_returns(workspace, setting, day);
        }
        places_end_day(&self->places, &workspace->ledger, day);
    }
    return status;
}
