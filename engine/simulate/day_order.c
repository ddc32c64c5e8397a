#include "simulate/day_order.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "simulate/places.h"

/* What a child's next event is; the first three as life_event gives them. */
typedef enum pending {
    PENDING_EXIT,
    PENDING_AGE_OUT,
    PENDING_EXTRA,
    PENDING_PLACEMENT,
    PENDING_START
} pending;

typedef struct day_child {
    life now;               /* run on to the pending event */
    int32_t next, previous; /* others with an event on the same day; -1 ends */
    int32_t day;            /* of the pending event; n_day: none before the horizon */
    uint32_t order;         /* of arrival within a day */
    uint8_t pending;
    bool present;        /* in care and in a placement now */
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
    int today;       /* while interventions act */
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
    event = setting->regime[0].extra_rate == NULL
                ? life_advance(&child->now, setting, setting->horizon)
                : life_advance_with(&child->now, setting, setting->horizon, true);
    if (event == LIFE_HORIZON) {
        child->day = n_day;
    } else {
        schedule(self, number, (int32_t)child->now.time,
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
                            .occasion = child->pending == PENDING_START ? OCCASION_START
                                                                        : child->now.event_number + 1,
                            .day = day,
                            .left = 1.0};

    divert(context, &of);
    self->child[number].placed.wanted = (uint8_t)of.category;
    self->child[number].present = false; /* until it has a place */
    self->arrival[self->n_arrival++] = number;
}

static void leave_care(replicate_workspace *workspace, int32_t number, size_t cause, int32_t day)
{
    day_child *child = &workspace->days->child[number];
    size_t from = child->now.category;

    places_leave(&workspace->days->places, &workspace->ledger, &child->placed, from, day);
    child->present = false;
    child->day = workspace->plan->n_day;
    ledger_cease(&workspace->ledger, cause, from, day);
}

/* An exit of the base, or one that interventions add: it happens, or the child goes on with a new amount. */
static void take_exit(const intervention_context *context, int32_t number, int32_t day)
{
    replicate_workspace *workspace = context->workspace;
    const life_setting *setting = context->setting;
    day_child *child = &workspace->days->child[number];
    size_t cause = PC_EXIT_AGE_OUT;

    if (child->pending == PENDING_EXIT) {
        cause = life_exit_cause(&child->now, setting);
        if (workspace->plan->n_intervention > 0 && interventions_keep(context, &child->now, cause, day)) {
            life_draw_exit_again(&child->now, setting);
            cause = PC_N_EXIT_CAUSE;
        }
    } else if (child->pending == PENDING_EXTRA) {
        cause = interventions_extra_exit(context, &child->now, day);
        if (cause == PC_N_EXIT_CAUSE) {
            child->now.extra_number++;
            life_draw_extra(&child->now, setting);
        }
    }
    if (cause == PC_N_EXIT_CAUSE) {
        run_on(workspace->days, number, setting, workspace->plan->n_day);
    } else {
        leave_care(workspace, number, cause, day);
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
        arrive(context, number, to, day);
        return;
    }
    /* The placement stays: nobody needs a place. */
    places_change_status(&workspace->days->places, from, to);
    ledger_leave(&workspace->ledger, LEDGER_STATUS_OUT, from, day);
    ledger_enter(&workspace->ledger, LEDGER_STATUS_IN, to, day);
    life_settle(&child->now, context->setting, to, false);
    child->placed.waits = false;
    run_on(workspace->days, number, context->setting, workspace->plan->n_day);
}

/* Step 4a: the children of this pass leave where they are; those who need a place join the arrivals. */
static void take_ends(const intervention_context *context, int32_t day)
{
    day_state *self = context->workspace->days;
    size_t n_batch = 0;

    for (int32_t number = self->head[day]; number >= 0; number = self->child[number].next) {
        self->batch[n_batch++] = number;
    }
    self->head[day] = -1;
    self->n_arrival = 0;
    for (size_t at = 0; at < n_batch; at++) {
        int32_t number = self->batch[at];
        day_child *child = &self->child[number];

        if (child->pending == PENDING_PLACEMENT) {
            take_placement_event(context, number, day);
        } else if (child->pending != PENDING_START) {
            take_exit(context, number, day);
        } else if (!is_prevented(context, &child->now, day)) {
            arrive(context, number, child->now.category, day);
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

/* Puts n children in keyed order; few on any day, so that an insertion sort is best. */
static void sort_keyed(day_state *self, const life_setting *setting, int32_t *list, size_t n)
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
        sort_keyed(self, setting, self->arrival, self->n_arrival);
    }
    for (size_t at = 0; at < self->n_arrival; at++) {
        int32_t number = self->arrival[at];
        day_child *child = &self->child[number];
        bool starts = child->pending == PENDING_START;
        size_t to = places_take(&self->places, &workspace->ledger, setting->key, child->now.entity,
                                starts ? 0 : child->now.event_number + 1, &child->placed, day);

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

    if (child->day < workspace->plan->n_day) {
        unschedule(self, child);
    }
    child->now = self->before[number];
    time = time < child->now.time ? child->now.time : time;
    run_to(child, setting, time);
    from = child->now.category;
    places_leave(&self->places, &workspace->ledger, &child->placed, from, day);
    ledger_leave(&workspace->ledger, LEDGER_MOVES_OUT, from, day);
    child->placed.wanted = (uint8_t)wanted;
    to = places_take(&self->places, &workspace->ledger, setting->key, child->now.entity,
                     child->now.event_number + 1, &child->placed, day);
    ledger_enter(&workspace->ledger, LEDGER_MOVES_IN, to, day);
    life_settle(&child->now, setting, to, true);
    join_queue(self, number);
    run_on(self, number, setting, workspace->plan->n_day);
}

/* Where a closing category has fewer places than children once the day's first ends are out of it, as many as
 * there are too many move, in keyed order, before anybody arrives. Who lives there for want of a place
 * elsewhere still needs that other place. */
static void close_places(replicate_workspace *workspace, const life_setting *setting, int32_t day)
{
    day_state *self = workspace->days;

    for (size_t category = 0; category < workspace->plan->n_category; category++) {
        int32_t n_over = places_over(&self->places, category, day);
        size_t n = 0;

        if (!places_closes_on(&self->places, category, day)) {
            continue;
        }
        for (size_t number = 0; number < self->n_child; number++) {
            if (self->child[number].present && self->before[number].category == category) {
                self->batch[n++] = (int32_t)number;
            }
        }
        sort_keyed(self, setting, self->batch, n);
        for (size_t at = 0; at < n && n_over > 0; at++, n_over--) {
            const placed_state *placed = &self->child[self->batch[at]].placed;

            interrupt(workspace, setting, self->batch[at], placed->displaced ? placed->wanted : category, day,
                      day);
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

int32_t day_order_pick(const intervention_context *context, const plan_intervention *which)
{
    const day_state *self = context->workspace->days;
    pc_random_block salt = interventions_random(context, which, 0, OCCASION_COHORT + 1);
    uint64_t salted = (uint64_t)salt.word[0] << 32 | salt.word[1], least = UINT64_MAX;
    int32_t picked = -1;

    for (size_t number = 0; number < self->n_child; number++) {
        const day_child *child = &self->child[number];
        uint64_t order;
        life now;

        if (!child->present || (which->categories >> child->now.category & 1) == 0 ||
            which->to == child->now.category) {
            continue;
        }
        /* A mixed number is order enough here (Steele, Lea, Flood: SplitMix64); a block of random bits for
         * each child is not worth it. */
        order = child->now.entity ^ salted;
        order = (order ^ order >> 30) * 0xBF58476D1CE4E5B9U;
        order = (order ^ order >> 27) * 0x94D049BB133111EBU;
        order ^= order >> 31;
        if (picked >= 0 && order >= least) {
            continue;
        }
        now = child->now;
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

    if (child->day < workspace->plan->n_day) {
        unschedule(self, child);
    }
    child->now = self->before[number];
    time = day + 1 - 0x1p-20;
    run_to(child, context->setting, time < child->now.time ? child->now.time : time);
    leave_care(workspace, number, PC_EXIT_HOME, day);
    time = child->now.time + PC_DAYS_PER_YEAR * pc_uniform(block.word[1]);
    eighteen = child->now.time + (18.0 - interventions_age(&child->now)) * PC_DAYS_PER_YEAR;
    if (!(pc_uniform(block.word[0]) < by->source->return_12m) || time >= workspace->plan->n_day ||
        time >= eighteen || self->n_child >= workspace->n_life + workspace->n_return) {
        return;
    }
    /* The same child, with draws of its own for the new period of care. */
    *again = *child;
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
    schedule(self, (int32_t)self->n_child++, (int32_t)time, PENDING_START);
}

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
        take_ends(context, day);
        take_arrivals(context->workspace, context->setting, day);
    }
}

pc_status day_order_run(replicate_workspace *workspace, const life_setting *setting)
{
    const pc_plan *plan = workspace->plan;
    day_state *self = workspace->days;
    intervention_context context = {.workspace = workspace, .setting = setting};
    pc_status status = begin(workspace, setting);

    for (int32_t day = 0; day < plan->n_day && status == PC_OK; day++) {
        fetch_ahead(self, day + 3, plan->n_day);
        if (plan->n_intervention > 0) {
            interventions_grow_places(plan, workspace->intervention_state, setting->key, day);
        }
        take_ends(&context, day);
        if (self->interrupts) {
            close_places(workspace, setting, day);
        }
        take_arrivals(workspace, setting, day);
        run_passes(&context, day);
        if (self->n_waiting > 0) {
            take_returns(workspace, setting, day);
        }
        if (plan->n_intervention > 0) {
            act(&context, day);
        }
        run_passes(&context, day);
        places_end_day(&self->places, &workspace->ledger, day);
    }
    return status;
}
