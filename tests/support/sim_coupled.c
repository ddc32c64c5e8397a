#include "sim_coupled.h"

#include <math.h>

#include "pc_test.h"

typedef enum where { WHERE_NOT_YET, WHERE_PLACED, WHERE_BETWEEN, WHERE_GONE } where;

typedef struct coupled_child {
    sim_walker settled; /* as after the last event */
    sim_walker then;    /* run on to the next */
    sim_event next;
    where where;
    size_t wanted;
    bool displaced, unmet, waits, queued;
} coupled_child;

typedef struct coupled {
    sim_walk by;
    size_t n, capacity;
    coupled_child *child;
    size_t *queue; /* who waits, longest first */
    size_t n_queue;
    int *occupied; /* [n_category] */
    ledger *out;
    int day;
    size_t period;
} coupled;

static void take_child(void *context, const sim_walker *from)
{
    coupled *self = context;
    coupled_child *child;

    if (self->n == self->capacity) {
        self->capacity = 2 * self->capacity + 64;
        self->child = realloc(self->child, self->capacity * sizeof *self->child);
        assert_non_null(self->child);
    }
    child = &self->child[self->n++];
    memset(child, 0, sizeof *child);
    child->settled = *from;
    child->where = from->mark < 0.0 ? WHERE_PLACED : WHERE_NOT_YET;
}

static void find_next(coupled *self, coupled_child *child)
{
    child->then = child->settled;
    child->next = sim_walk_on(&self->by, &child->then, self->by.plan->n_day);
}

static void count(coupled *self, ledger_series series, size_t category)
{
    *ledger_at(self->out, series, category, self->period) += 1;
}

static bool has_room(const coupled *self, size_t category)
{
    const plan_capacity *capacity = &self->by.plan->capacity[category];

    return !capacity->capped || self->occupied[category] < capacity->places[self->day];
}

static void leave_place(coupled *self, coupled_child *child)
{
    self->occupied[child->settled.category]--;
    child->displaced = child->unmet = child->waits = false;
}

/* The category in which a child of that need is placed. */
static size_t place(coupled *self, coupled_child *child, size_t wanted, uint32_t occasion)
{
    const plan_capacity *capacity = &self->by.plan->capacity[wanted];
    size_t to = wanted;

    child->wanted = wanted;
    if (capacity->substitute_to >= 0 && has_room(self, (size_t)capacity->substitute_to) &&
        pc_uniform(
            pc_random(self->by.key, child->settled.entity, PC_PURPOSE_SUBSTITUTION, occasion).word[0]) <
            capacity->substitute_share) {
        to = (size_t)capacity->substitute_to;
    } else if (!has_room(self, wanted)) {
        size_t at = 0;

        count(self, LEDGER_OVERFLOW, wanted);
        while (at < capacity->n_overflow && !has_room(self, capacity->overflow[at])) {
            at++;
        }
        if (at == capacity->n_overflow) {
            count(self, LEDGER_UNMET, wanted);
            child->unmet = true;
        }
        if (capacity->n_overflow > 0) {
            to = capacity->overflow[at < capacity->n_overflow ? at : at - 1];
        }
        child->displaced = to != wanted;
        child->waits = child->displaced && capacity->return_home;
    }
    self->occupied[to]++;
    return to;
}

static void join_queue(coupled *self, coupled_child *child)
{
    if (child->waits && !child->queued) {
        child->queued = true;
        self->queue[self->n_queue++] = (size_t)(child - self->child);
    }
}

/* A child who is between placements, or has not begun, gets one. */
static void arrive(coupled *self, coupled_child *child)
{
    bool starts = child->where == WHERE_NOT_YET;
    uint32_t occasion = starts ? 0 : child->settled.placement_events + 1;
    size_t to = place(self, child, child->wanted, occasion);

    count(self, starts ? LEDGER_STARTS : LEDGER_MOVES_IN, to);
    if (starts) {
        child->settled.category = to;
        sim_walk_begin(&self->by, &child->settled);
    } else {
        sim_walk_settle(&self->by, &child->settled, to, true);
    }
    child->where = WHERE_PLACED;
    join_queue(self, child);
    find_next(self, child);
}

/* Takes a child out of its placement at `time` and moves it. */
static void move_at(coupled *self, coupled_child *child, size_t wanted, double time)
{
    (void)sim_walk_on(&self->by, &child->settled, time);
    count(self, LEDGER_MOVES_OUT, child->settled.category);
    leave_place(self, child);
    child->where = WHERE_BETWEEN;
    child->wanted = wanted;
    arrive(self, child);
}

/* What is due today and takes nobody's place; true when the child joins the arrivals. */
static bool end_stay(coupled *self, coupled_child *child)
{
    size_t from = child->settled.category;

    if (child->where == WHERE_NOT_YET) {
        child->wanted = from;
        return true;
    }
    child->settled = child->then;
    if (child->next.what == SIM_EXIT) {
        count(self, LEDGER_CEASES, from);
        self->out->exits[child->next.cause * self->out->n_period + self->period]++;
        leave_place(self, child);
        child->where = WHERE_GONE;
        return false;
    }
    if (child->next.what == SIM_MOVE) {
        count(self, LEDGER_MOVES_OUT, from);
        leave_place(self, child);
        child->where = WHERE_BETWEEN;
        child->wanted = child->next.to;
        return true;
    }
    count(self, LEDGER_STATUS_OUT, from);
    count(self, LEDGER_STATUS_IN, child->next.to);
    self->occupied[from]--;
    self->occupied[child->next.to]++;
    sim_walk_settle(&self->by, &child->settled, child->next.to, false);
    child->waits = false;
    find_next(self, child);
    return false;
}

static bool is_due(const coupled *self, const coupled_child *child)
{
    double time = child->where == WHERE_NOT_YET ? child->settled.time : child->next.time;

    return (child->where == WHERE_NOT_YET ||
            (child->where == WHERE_PLACED && child->next.what != SIM_HORIZON)) &&
           (int)floor(time) == self->day;
}

static uint32_t order_of(const coupled *self, const coupled_child *child)
{
    return pc_random(self->by.key, child->settled.entity, PC_PURPOSE_ORDER, child->settled.placement_events)
        .word[0];
}

/* Keyed order by selection; takes the first of `list` out of it. */
static coupled_child *take_first(const coupled *self, coupled_child **list, size_t *n)
{
    size_t first = 0;
    coupled_child *child;

    for (size_t at = 1; at < *n; at++) {
        uint32_t a = order_of(self, list[at]), b = order_of(self, list[first]);

        if (a < b || (a == b && list[at]->settled.entity < list[first]->settled.entity)) {
            first = at;
        }
    }
    child = list[first];
    list[first] = list[--*n];
    return child;
}

static size_t take_ends(coupled *self, coupled_child **arrival)
{
    static coupled_child *due[20000];
    size_t n_due = 0, n = 0;

    for (size_t at = 0; at < self->n; at++) {
        if (is_due(self, &self->child[at])) {
            due[n_due++] = &self->child[at];
        }
    }
    for (size_t at = 0; at < n_due; at++) {
        if (end_stay(self, due[at])) {
            arrival[n++] = due[at];
        }
    }
    return n;
}

static void close_category(coupled *self, size_t category)
{
    static coupled_child *there[20000];
    const plan_capacity *capacity = &self->by.plan->capacity[category];
    size_t n = 0;
    int over;

    if (!capacity->capped || !capacity->close) {
        return;
    }
    over = self->occupied[category] - capacity->places[self->day];
    if (over <= 0 || (self->day > 0 && capacity->places[self->day] >= capacity->places[self->day - 1])) {
        return;
    }
    for (size_t at = 0; at < self->n; at++) {
        if (self->child[at].where == WHERE_PLACED && self->child[at].settled.category == category) {
            there[n++] = &self->child[at];
        }
    }
    for (; over > 0 && n > 0; over--) {
        coupled_child *child = take_first(self, there, &n);

        move_at(self, child, child->displaced ? child->wanted : category, self->day);
    }
}

static void take_returns(coupled *self)
{
    size_t n = self->n_queue, kept = 0;

    for (size_t at = 0; at < n; at++) {
        coupled_child *child = &self->child[self->queue[at]];

        if (child->waits && !has_room(self, child->wanted)) {
            self->queue[kept++] = self->queue[at];
            continue;
        }
        child->queued = false;
        if (child->waits) {
            move_at(self, child, child->wanted, self->day + 1 - 0x1p-20);
        }
    }
    self->n_queue = kept;
}

static bool pass(coupled *self, bool first)
{
    static coupled_child *arrival[20000];
    size_t n = take_ends(self, arrival);
    bool any = n > 0;

    for (size_t category = 0; first && category < self->by.plan->n_category; category++) {
        close_category(self, category);
    }
    while (n > 0) {
        arrive(self, take_first(self, arrival, &n));
    }
    for (size_t at = 0; at < self->n; at++) {
        any |= is_due(self, &self->child[at]);
    }
    return any;
}

/* Where everybody is at the end of the day. */
static void count_day(coupled *self)
{
    const plan_capacity *capacity = self->by.plan->capacity;
    bool last = self->day + 1 == self->by.plan->period[self->period].end;

    for (size_t at = 0; at < self->n; at++) {
        const coupled_child *child = &self->child[at];

        if (child->where != WHERE_PLACED) {
            continue;
        }
        count(self, LEDGER_DAYS, child->settled.category);
        *ledger_aged(self->out, sim_walk_band(child->settled.age_edge, self->day), child->settled.category,
                     self->period) += 1;
        if (last) {
            count(self, LEDGER_STOCK, child->settled.category);
        }
        if (child->displaced && last) {
            count(self, LEDGER_DISPLACED, child->wanted);
        }
        if (child->unmet) {
            count(self, LEDGER_UNMET_DAYS, child->wanted);
            *ledger_at(self->out, LEDGER_UNMET_NET, child->wanted, self->period) += last;
        }
    }
    for (size_t category = 0; category < self->by.plan->n_category; category++) {
        int empty;

        if (!capacity[category].capped) {
            continue;
        }
        empty = capacity[category].places[self->day] - self->occupied[category];
        if (empty <= 0) {
            count(self, LEDGER_FULL, category);
        } else if (capacity[category].block && capacity[category].places[self->day] != PLAN_NO_LIMIT) {
            *ledger_at(self->out, LEDGER_EMPTY, category, self->period) += empty;
        }
    }
}

void sim_coupled_run(const replicate_workspace *workspace, uint32_t replicate, ledger *out)
{
    const pc_plan *plan = workspace->plan;
    coupled self = {.by = sim_walk_of(workspace, replicate), .out = out};

    assert_ok(ledger_init(out, plan));
    assert_ok(ledger_keep_ages(out));
    sim_walk_children(&self.by, take_child, &self);
    self.queue = calloc(self.n + 1, sizeof *self.queue);
    self.occupied = calloc(plan->n_category, sizeof *self.occupied);
    assert_non_null(self.queue);
    assert_non_null(self.occupied);
    for (size_t at = 0; at < self.n; at++) {
        if (self.child[at].where == WHERE_PLACED) {
            self.occupied[self.child[at].settled.category]++;
            sim_walk_begin(&self.by, &self.child[at].settled);
            find_next(&self, &self.child[at]);
        }
    }
    for (self.day = 0; self.day < plan->n_day; self.day++) {
        while (plan->period[self.period].end <= self.day) {
            self.period++;
        }
        for (bool first = true; pass(&self, first); first = false) {
        }
        take_returns(&self);
        while (pass(&self, false)) {
        }
        count_day(&self);
    }
    free(self.child);
    free(self.queue);
    free(self.occupied);
}

void sim_coupled_equal(const ledger *fast, const ledger *slow)
{
    for (size_t at = 0; at < LEDGER_N_SERIES * fast->n_category * fast->n_period; at++) {
        if (fast->count[at] != slow->count[at]) {
            fail_msg("series %zu of category %zu in period %zu: %d, by recount %d",
                     at / fast->n_period / fast->n_category, at / fast->n_period % fast->n_category,
                     at % fast->n_period, (int)fast->count[at], (int)slow->count[at]);
        }
    }
    assert_memory_equal(fast->exits, slow->exits, PC_N_EXIT_CAUSE * fast->n_period * sizeof *fast->exits);
    if (fast->aged != NULL) {
        assert_memory_equal(fast->aged, slow->aged,
                            PC_N_AGE_BAND * fast->n_category * fast->n_period * sizeof *fast->aged);
    }
}
