#include "sim_recount.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

#include "pc_test.h"

typedef struct walk {
    const replicate_workspace *workspace;
    const pc_plan *plan;
    const pc_rates *rates; /* of this replicate */
    pc_random_key key;
} walk;

/* One child while it is walked. */
typedef struct walker {
    double time, care_start, placement_start;
    double age_edge[PC_N_AGE_BAND];
    size_t stream, category;
    uint64_t entity;
    uint32_t placement_events;
} walker;

static void *grown(void *old, size_t n, size_t size)
{
    void *memory = realloc(old, n * size);

    assert_non_null(memory);
    return memory;
}

static size_t year_at(const walk *self, double time)
{
    size_t period = 0;

    while (period + 1 < self->plan->n_period && self->plan->period[period].end <= time) {
        period++;
    }
    return (size_t)self->plan->period[period].effect_year;
}

static size_t edges_passed(double start, const double *edge, size_t n, double time)
{
    size_t passed = 0;

    for (size_t at = 0; at < n; at++) {
        passed += start + edge[at] <= time;
    }
    return passed;
}

/* How much further the hazards hold: to the next birthday edge, duration edge, period or the horizon. */
static double next_change(const walk *self, const walker *child)
{
    double next = self->plan->n_day;

    for (size_t at = 0; at < PC_N_AGE_BAND; at++) {
        next = child->age_edge[at] > child->time && child->age_edge[at] < next ? child->age_edge[at] : next;
    }
    for (size_t at = 0; at < PC_N_BAND - 1; at++) {
        double care = child->care_start + self->plan->care_edge[at];
        double placement = child->placement_start + self->plan->placement_edge[at];

        next = care > child->time && care < next ? care : next;
        next = placement > child->time && placement < next ? placement : next;
    }
    for (size_t period = 0; period < self->plan->n_period; period++) {
        double end = self->plan->period[period].end;

        next = end > child->time && end < next ? end : next;
    }
    return next;
}

typedef struct rates_now {
    double exit[PC_N_EXIT_HAZARD], exits;
    double move[PC_MAX_CATEGORY], status[PC_MAX_CATEGORY], placements; /* in the order of destinations */
    size_t order[PC_MAX_CATEGORY];                                     /* homes come last */
} rates_now;

static void destinations(const walk *self, size_t order[PC_MAX_CATEGORY])
{
    size_t n = 0;

    for (int home = 0; home < 2; home++) {
        for (size_t category = 0; category < self->plan->n_category; category++) {
            if (self->plan->residential[category] == (home == 1)) {
                order[n++] = category;
            }
        }
    }
}

static rates_now rates_of(const walk *self, const walker *child)
{
    const pc_plan *plan = self->plan;
    size_t age = edges_passed(0.0, child->age_edge, PC_N_AGE_BAND, child->time), year;
    size_t care = edges_passed(child->care_start, plan->care_edge, PC_N_BAND - 1, child->time);
    size_t placement = edges_passed(child->placement_start, plan->placement_edge, PC_N_BAND - 1, child->time);
    size_t care_cell, placement_cell;
    rates_now now = {.exits = 0.0};

    year = year_at(self, child->time);
    care_cell = pc_rates_cell(self->rates, child->stream, age, child->category, plan->care_bands ? care : 0);
    placement_cell = pc_rates_cell(self->rates, child->stream, age, child->category,
                                   plan->placement_bands ? placement : 0);
    destinations(self, now.order);
    for (size_t cause = 0; cause < PC_N_EXIT_HAZARD; cause++) {
        now.exit[cause] = self->rates->exit[care_cell * PC_N_EXIT_HAZARD + cause] / PC_DAYS_PER_YEAR *
                          self->workspace->years.exits[year];
        now.exits += now.exit[cause];
    }
    for (size_t at = 0; at < plan->n_category; at++) {
        size_t to = now.order[at];

        now.move[at] = self->rates->move[placement_cell * plan->n_category + to] / PC_DAYS_PER_YEAR *
                       (plan->residential[to] ? self->workspace->years.mix[year] : 1.0);
        now.status[at] = self->rates->status[care_cell * plan->n_category + to] / PC_DAYS_PER_YEAR;
        now.placements += now.move[at] + now.status[at];
    }
    return now;
}

static uint32_t placement_word(const walk *self, const walker *child, uint32_t of_pair)
{
    uint32_t event = child->placement_events;

    if (event == 0) {
        return pc_random(self->key, child->entity, PC_PURPOSE_LIFE, 0).word[2 + of_pair];
    }
    return pc_random(self->key, child->entity, PC_PURPOSE_LIFE, (event + 1) / 2)
        .word[(event % 2 == 1 ? 0 : 2) + of_pair];
}

static double unit_exponential(uint32_t word)
{
    return -log(pc_uniform(word));
}

static sim_stay *open_stay(sim_life *own, const walker *child, sim_why begun)
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

static size_t find(const double *rate, size_t n, double target, double *left)
{
    size_t at = 0;

    for (; at + 1 < n && target >= rate[at]; at++) {
        target -= rate[at];
    }
    *left = target;
    return at;
}

/* Ends the present stay by a move or a change of status and opens the next. */
static void change_place(const walk *self, walker *child, const rates_now *now, sim_life *own)
{
    double rate[2 * PC_MAX_CATEGORY], left;
    size_t n = self->plan->n_category, at;

    for (size_t to = 0; to < n; to++) {
        rate[to] = now->move[to];
        rate[n + to] = now->status[to];
    }
    at = find(rate, 2 * n, pc_uniform(placement_word(self, child, 1)) * now->placements, &left);
    own->stay[own->n - 1].end = child->time;
    own->stay[own->n - 1].ended = at < n ? SIM_MOVE : SIM_STATUS;
    child->category = now->order[at % n];
    if (at < n) {
        child->placement_start = child->time;
    }
    child->placement_events++;
    (void)open_stay(own, child, at < n ? SIM_MOVE : SIM_STATUS);
}

static void end_life(sim_life *own, double time, sim_why ended, size_t cause)
{
    sim_stay *last = &own->stay[own->n - 1];

    last->end = time;
    last->ended = ended;
    last->cause = cause;
}

static void walk_child(const walk *self, walker *child, sim_life *own)
{
    pc_random_block first = pc_random(self->key, child->entity, PC_PURPOSE_LIFE, 0);
    double exit_left = unit_exponential(first.word[0]);
    double placement_left = unit_exponential(placement_word(self, child, 0));

    own->eighteenth = child->age_edge[PC_N_AGE_BAND - 1];
    for (;;) {
        rates_now now;
        double change, to_exit, to_placement, left;

        if (child->time >= child->age_edge[PC_N_AGE_BAND - 1]) {
            end_life(own, child->time, SIM_EXIT, PC_EXIT_AGE_OUT);
            return;
        }
        if (child->time >= self->plan->n_day) {
            end_life(own, child->time, SIM_HORIZON, 0);
            return;
        }
        now = rates_of(self, child);
        change = next_change(self, child) - child->time;
        to_exit = now.exits > 0.0 ? exit_left / now.exits : (double)INFINITY;
        to_placement = now.placements > 0.0 ? placement_left / now.placements : (double)INFINITY;
        if (to_exit >= change && to_placement >= change) {
            exit_left -= now.exits * change;
            placement_left -= now.placements * change;
            child->time = next_change(self, child);
        } else if (to_exit <= to_placement) {
            end_life(own, child->time + to_exit, SIM_EXIT,
                     find(now.exit, PC_N_EXIT_HAZARD, pc_uniform(first.word[1]) * now.exits, &left));
            return;
        } else {
            exit_left -= now.exits * to_placement;
            child->time += to_placement;
            change_place(self, child, &now, own);
            placement_left = unit_exponential(placement_word(self, child, 0));
        }
    }
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

static void walk_present(const walk *self, sim_recount *out)
{
    for (size_t number = 0; number < self->plan->n_child; number++) {
        const plan_child *from = &self->plan->child[number];
        walker child = {.care_start = from->care_start,
                        .placement_start = from->placement_start,
                        .stream = from->stream,
                        .category = from->category,
                        .entity = (uint64_t)(self->plan->authority_number + 1) << 40 | number};
        sim_life *own = new_life(out);

        memcpy(child.age_edge, from->age_edge, sizeof child.age_edge);
        for (size_t band = 0; band < from->age_band; band++) {
            child.age_edge[band] = -(double)INFINITY; /* passed, whatever is written there */
        }
        own->entity = child.entity;
        (void)open_stay(own, &child, SIM_PRESENT);
        walk_child(self, &child, own);
    }
}

/* A candidate of a month and layer: starts if its mark lies below the multiplier of its age. */
static void walk_candidate(const walk *self, sim_recount *out, size_t period, size_t stream, uint32_t layer,
                           uint64_t entity)
{
    const plan_period *month = &self->plan->period[period];
    const double *mean = self->plan->mean->starts + stream * PC_N_AGE_YEAR;
    const double *rate = self->rates->starts + stream * PC_N_AGE_YEAR;
    pc_random_block block = pc_random(self->key, entity, PC_PURPOSE_STARTER, 0);
    double total = 0.0, mean_total = 0.0, within, multiplier, weight[PC_MAX_CATEGORY], sum = 0.0, left, mark;
    size_t age, order[PC_MAX_CATEGORY], n = self->plan->n_category, band, year;
    walker child = {.stream = stream, .entity = entity};
    sim_life *own;

    for (size_t at = 0; at < PC_N_AGE_YEAR; at++) {
        total += rate[at];
        mean_total += mean[at];
    }
    age = find(rate, PC_N_AGE_YEAR, pc_uniform(block.word[1]) * total, &within);
    year = (size_t)month->effect_year;
    multiplier = self->workspace->years.starts[year] *
                 self->workspace->dispersion[period * PC_N_STREAM + stream] *
                 self->plan->start_multiplier[(period * PC_N_STREAM + stream) * PC_N_AGE_YEAR + age] * total /
                 mean_total;
    mark =
        layer == 0 ? pc_uniform(block.word[2]) : 1.0 + 0.25 * (layer - 1) + 0.25 * pc_uniform(block.word[2]);
    if (mark >= multiplier) {
        return;
    }
    child.time = month->first + (month->end - month->first) * pc_uniform(block.word[0]);
    child.care_start = child.placement_start = child.time;
    band = (size_t)pc_age_band_of_years((int)age);
    for (size_t at = 0; at < PC_N_AGE_BAND; at++) {
        child.age_edge[at] =
            at < band
                ? -(double)INFINITY
                : child.time + ((double)pc_age_band_first_year[at + 1] - (double)age - within / rate[age]) *
                                   PC_DAYS_PER_YEAR;
    }
    destinations(self, order);
    for (size_t at = 0; at < n; at++) {
        weight[at] = self->rates->first[(stream * PC_N_AGE_BAND + band) * n + order[at]] *
                     (self->plan->residential[order[at]] ? self->workspace->years.mix[year] : 1.0);
        sum += weight[at];
    }
    child.category = order[find(weight, n, pc_uniform(block.word[3]) * sum, &left)];
    own = new_life(out);
    own->entity = entity;
    own->stream = stream;
    own->mark = mark;
    (void)open_stay(own, &child, SIM_START);
    walk_child(self, &child, own);
}

/* The count by the definition of a Poisson distribution rounded to words. */
static uint32_t count_of_word(double mean, uint32_t word)
{
    uint32_t count = 0;

    while (nearbyint((mean > 0.0 ? gsl_cdf_poisson_P(count, mean) : 1.0) * 0x1p32) <= (double)word) {
        count++;
    }
    return count;
}

static void walk_starters(const walk *self, sim_recount *out)
{
    const pc_plan *plan = self->plan;

    for (size_t at = 0; at < plan->n_period * PC_N_STREAM; at++) {
        size_t period = at / PC_N_STREAM, stream = at % PC_N_STREAM;
        const plan_period *month = &plan->period[period];
        uint64_t second = period > 0 && plan->period[period - 1].month == month->month;
        uint64_t entity = (uint64_t)(plan->authority_number + 1) << 40 | second << 39 |
                          (uint64_t)month->month << 22 | (uint64_t)stream << 21;
        double mean = 0.0;

        for (size_t age = 0; age < PC_N_AGE_YEAR; age++) {
            mean += plan->mean->starts[stream * PC_N_AGE_YEAR + age];
        }
        mean = mean / PC_DAYS_PER_YEAR * (month->end - month->first);
        for (uint32_t layer = 0; layer < 62; layer++) { /* marks to 16.25, as starters.h says */
            uint32_t word = pc_random(self->key, entity, PC_PURPOSE_STARTS, layer / 4).word[layer % 4];
            uint32_t n = count_of_word(layer == 0 ? mean : mean / 4.0, word);

            for (uint32_t number = 0; number < n; number++) {
                walk_candidate(self, out, period, stream, layer,
                               entity | (uint64_t)(layer + 1) << 15 | number);
            }
        }
    }
}

static void count_day(const walk *self, sim_recount *out, const sim_life *own, int day, size_t *at)
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
        if (day + 1 == self->plan->period[period].end) {
            *ledger_at(count, LEDGER_STOCK, own->stay[*at].category, period) += 1;
        }
    }
}

void sim_recount_run(const replicate_workspace *workspace, uint32_t replicate, sim_recount *out)
{
    const pc_plan *plan = workspace->plan;
    walk self = {.workspace = workspace,
                 .plan = plan,
                 .rates = plan->parameters ? &workspace->drawn : plan->mean,
                 .key = pc_random_key_make(plan->seed, replicate)};

    memset(out, 0, sizeof *out);
    assert_ok(ledger_init(&out->count, plan));
    walk_present(&self, out);
    walk_starters(&self, out);
    for (size_t number = 0; number < out->n; number++) {
        size_t at = 0;

        for (int day = 0; day < plan->n_day; day++) {
            count_day(&self, out, &out->life[number], day, &at);
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
    assert_memory_equal(fast->exits, slow->exits, PC_N_EXIT_CAUSE * fast->n_period * sizeof *fast->exits);
}
