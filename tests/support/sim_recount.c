#include "sim_recount.h"

#include <math.h>

#include "pc_test.h"

static void *grown(void *old, size_t n, size_t size)
{
    void *memory = realloc(old, n * size);

    assert_non_null(memory);
    return memory;
}

static sim_stay *open_stay(sim_life *own, const sim_walker *child, sim_why begun)
{
    sim_stay *stay;

    if (own->n == own->capacity) {
        own->capacity = 2 * own->capacity + 4;
        own->stay = grown(own->stay, own->capacity, sizeof *own->stay);
    }
    stay = &own->stay[own->n++];
    *stay = (sim_stay){.begin = child->time, .category = child->category, .begun = begun};
    return stay;
}

static void end_stay(sim_life *own, sim_event event)
{
    sim_stay *last = &own->stay[own->n - 1];

    last->end = event.time;
    last->ended = event.what;
    last->cause = event.cause;
}

static void walk_child(const sim_walk *self, sim_walker *child, sim_life *own)
{
    sim_event event;

    sim_walk_begin(self, child);
    do {
        event = sim_walk_on(self, child, self->plan->n_day);
        end_stay(own, event);
        if (event.what == SIM_MOVE || event.what == SIM_STATUS) {
            sim_walk_settle(self, child, event.to, event.what == SIM_MOVE);
            (void)open_stay(own, child, event.what);
        }
    } while (event.what == SIM_MOVE || event.what == SIM_STATUS);
}

static sim_life *new_life(sim_recount *out)
{
    if (out->n == out->capacity) {
        out->capacity = 2 * out->capacity + 64;
        out->life = grown(out->life, out->capacity, sizeof *out->life);
    }
    memset(&out->life[out->n], 0, sizeof *out->life);
    return &out->life[out->n++];
}

typedef struct recounting {
    const sim_walk *by;
    sim_recount *out;
} recounting;

static void take_child(void *context, const sim_walker *from)
{
    const recounting *self = context;
    sim_walker child = *from;
    sim_life *own = new_life(self->out);

    own->entity = child.entity;
    own->stream = child.stream;
    own->mark = child.mark;
    own->eighteenth = child.age_edge[PC_N_AGE_BAND - 1];
    memcpy(own->age_edge, child.age_edge, sizeof own->age_edge);
    (void)open_stay(own, &child, child.mark < 0.0 ? SIM_PRESENT : SIM_START);
    walk_child(self->by, &child, own);
}

static void count_day(const sim_walk *self, sim_recount *out, const sim_life *own, int day, size_t *at)
{
    ledger *count = &out->count;
    size_t period = 0;

    while (self->plan->period[period].end <= day) {
        period++;
    }
    /* What happens on this day, in order of time. */
    while (*at < own->n) {
        const sim_stay *stay = &own->stay[*at];

        if ((int)floor(stay->begin) == day) {
            *ledger_at(count, LEDGER_STARTS, stay->category, period) += stay->begun == SIM_START;
            *ledger_at(count, LEDGER_MOVES_IN, stay->category, period) += stay->begun == SIM_MOVE;
            *ledger_at(count, LEDGER_STATUS_IN, stay->category, period) += stay->begun == SIM_STATUS;
        }
        if (stay->ended == SIM_HORIZON || floor(stay->end) > (double)day) {
            break;
        }
        *ledger_at(count, LEDGER_CEASES, stay->category, period) += stay->ended == SIM_EXIT;
        *ledger_at(count, LEDGER_MOVES_OUT, stay->category, period) += stay->ended == SIM_MOVE;
        *ledger_at(count, LEDGER_STATUS_OUT, stay->category, period) += stay->ended == SIM_STATUS;
        if (stay->ended == SIM_EXIT) {
            count->exits[stay->cause * count->n_period + period]++;
        }
        (*at)++;
    }
    /* Where the child is at the end of the day. */
    if (*at < own->n && floor(own->stay[*at].begin) <= (double)day) {
        *ledger_at(count, LEDGER_DAYS, own->stay[*at].category, period) += 1;
        *ledger_aged(count, sim_walk_band(own->age_edge, day), own->stay[*at].category, period) += 1;
        if (day + 1 == self->plan->period[period].end) {
            *ledger_at(count, LEDGER_STOCK, own->stay[*at].category, period) += 1;
        }
    }
}

void sim_recount_run(const replicate_workspace *workspace, uint32_t replicate, sim_recount *out)
{
    sim_walk by = sim_walk_of(workspace, replicate);

    memset(out, 0, sizeof *out);
    assert_ok(ledger_init(&out->count, workspace->plan));
    assert_ok(ledger_keep_ages(&out->count));
    sim_walk_children(&by, take_child, &(recounting){&by, out});
    for (size_t number = 0; number < out->n; number++) {
        size_t at = 0;

        for (int day = 0; day < workspace->plan->n_day; day++) {
            count_day(&by, out, &out->life[number], day, &at);
        }
    }
}

void sim_recount_free(sim_recount *self)
{
    for (size_t number = 0; number < self->n; number++) {
        free(self->life[number].stay);
    }
    free(self->life);
    ledger_free(&self->count);
    memset(self, 0, sizeof *self);
}

void sim_recount_equal(const ledger *fast, const ledger *slow)
{
    static const char *const name[] = {"starts",    "ceases",     "moves in",   "moves out",
                                       "status in", "status out", "place-days", "children"};

    for (size_t series = 0; series <= LEDGER_STOCK; series++) {
        for (size_t category = 0; category < fast->n_category; category++) {
            for (size_t period = 0; period < fast->n_period; period++) {
                int32_t a = *ledger_at(fast, (ledger_series)series, category, period);
                int32_t b = *ledger_at(slow, (ledger_series)series, category, period);

                if (a != b) {
                    fail_msg("%s of category %zu in period %zu: %d, by recount %d", name[series], category,
                             period, (int)a, (int)b);
                }
            }
        }
    }
    for (size_t at = 0; fast->aged != NULL && at < PC_N_AGE_BAND * fast->n_category * fast->n_period; at++) {
        if (fast->aged[at] != slow->aged[at]) {
            fail_msg("place-days of age band %zu, category %zu in period %zu: %lld, by recount %lld",
                     at / fast->n_period / fast->n_category, at / fast->n_period % fast->n_category,
                     at % fast->n_period, (long long)fast->aged[at], (long long)slow->aged[at]);
        }
    }
    assert_memory_equal(fast->exits, slow->exits, PC_N_EXIT_CAUSE * fast->n_period * sizeof *fast->exits);
}
