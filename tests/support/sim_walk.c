#include "sim_walk.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

#include "pc_test.h"

sim_walk sim_walk_of(const replicate_workspace *workspace, uint32_t replicate)
{
    const pc_plan *plan = workspace->plan;

    return (sim_walk){.workspace = workspace,
                      .plan = plan,
                      .rates = plan->parameters ? &workspace->drawn : plan->mean,
                      .key = pc_random_key_make(plan->seed, replicate)};
}

static size_t year_at(const sim_walk *self, double time)
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
static double next_change(const sim_walk *self, const sim_walker *child)
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

static void destinations(const sim_walk *self, size_t order[PC_MAX_CATEGORY])
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

static rates_now rates_of(const sim_walk *self, const sim_walker *child)
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

static uint32_t placement_word(const sim_walk *self, const sim_walker *child, uint32_t of_pair)
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

static size_t find(const double *rate, size_t n, double target, double *left)
{
    size_t at = 0;

    for (; at + 1 < n && target >= rate[at]; at++) {
        target -= rate[at];
    }
    *left = target;
    return at;
}

void sim_walk_begin(const sim_walk *self, sim_walker *child)
{
    child->exit_left = unit_exponential(pc_random(self->key, child->entity, PC_PURPOSE_LIFE, 0).word[0]);
    child->placement_events = 0;
    child->placement_left = unit_exponential(placement_word(self, child, 0));
}

void sim_walk_settle(const sim_walk *self, sim_walker *child, size_t category, bool move)
{
    child->category = category;
    if (move) {
        child->placement_start = child->time;
    }
    child->placement_events++;
    child->placement_left = unit_exponential(placement_word(self, child, 0));
}

static sim_event exit_event(const sim_walk *self, const sim_walker *child, const rates_now *now)
{
    double left, u = pc_uniform(pc_random(self->key, child->entity, PC_PURPOSE_LIFE, 0).word[1]);

    return (sim_event){.what = SIM_EXIT,
                       .time = child->time,
                       .cause = find(now->exit, PC_N_EXIT_HAZARD, u * now->exits, &left)};
}

static sim_event placement_event(const sim_walk *self, const sim_walker *child, const rates_now *now)
{
    double rate[2 * PC_MAX_CATEGORY] = {0.0}, left;
    size_t n = self->plan->n_category, at;

    for (size_t to = 0; to < n; to++) {
        rate[to] = now->move[to];
        rate[n + to] = now->status[to];
    }
    at = find(rate, 2 * n, pc_uniform(placement_word(self, child, 1)) * now->placements, &left);
    return (sim_event){.what = at < n ? SIM_MOVE : SIM_STATUS, .time = child->time, .to = now->order[at % n]};
}

sim_event sim_walk_on(const sim_walk *self, sim_walker *child, double until)
{
    for (;;) {
        rates_now now;
        double end, stretch, to_exit, to_placement;

        if (child->time >= until) {
            return (sim_event){.what = SIM_HORIZON, .time = child->time};
        }
        if (child->time >= child->age_edge[PC_N_AGE_BAND - 1]) {
            return (sim_event){.what = SIM_EXIT, .time = child->time, .cause = PC_EXIT_AGE_OUT};
        }
        now = rates_of(self, child);
        end = fmin(next_change(self, child), until);
        stretch = end - child->time;
        to_exit = now.exits > 0.0 ? child->exit_left / now.exits : (double)INFINITY;
        to_placement = now.placements > 0.0 ? child->placement_left / now.placements : (double)INFINITY;
        if (to_exit >= stretch && to_placement >= stretch) {
            child->exit_left -= now.exits * stretch;
            child->placement_left -= now.placements * stretch;
            child->time = end;
        } else {
            double step = fmin(to_exit, to_placement);

            child->exit_left -= now.exits * step;
            child->placement_left -= now.placements * step;
            child->time += step;
            return to_exit <= to_placement ? exit_event(self, child, &now)
                                           : placement_event(self, child, &now);
        }
    }
}

static void walk_present(const sim_walk *self, sim_walk_take take, void *context)
{
    for (size_t number = 0; number < self->plan->n_child; number++) {
        const plan_child *from = &self->plan->child[number];
        sim_walker child = {.care_start = from->care_start,
                            .placement_start = from->placement_start,
                            .stream = from->stream,
                            .category = from->category,
                            .mark = -1.0,
                            .entity = (uint64_t)(self->plan->authority_number + 1) << 40 | number};

        memcpy(child.age_edge, from->age_edge, sizeof child.age_edge);
        for (size_t band = 0; band < from->age_band; band++) {
            child.age_edge[band] = -(double)INFINITY; /* passed, whatever is written there */
        }
        take(context, &child);
    }
}

/* A candidate of a month and layer: starts if its mark lies below the multiplier of its age. */
static void walk_candidate(const sim_walk *self, size_t period, size_t stream, uint32_t layer,
                           uint64_t entity, sim_walk_take take, void *context)
{
    const plan_period *month = &self->plan->period[period];
    const double *mean = self->plan->mean->starts + stream * PC_N_AGE_YEAR;
    const double *rate = self->rates->starts + stream * PC_N_AGE_YEAR;
    pc_random_block block = pc_random(self->key, entity, PC_PURPOSE_STARTER, 0);
    double total = 0.0, mean_total = 0.0, within, multiplier, weight[PC_MAX_CATEGORY], sum = 0.0, left, mark;
    size_t age, order[PC_MAX_CATEGORY], n = self->plan->n_category, band, year;
    sim_walker child = {.stream = stream, .entity = entity};

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
    child.mark = mark;
    take(context, &child);
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

static void walk_starters(const sim_walk *self, sim_walk_take take, void *context)
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
                walk_candidate(self, period, stream, layer, entity | (uint64_t)(layer + 1) << 15 | number,
                               take, context);
            }
        }
    }
}

void sim_walk_children(const sim_walk *self, sim_walk_take take, void *context)
{
    walk_present(self, take, context);
    walk_starters(self, take, context);
}

size_t sim_walk_band(const double *age_edge, int day)
{
    size_t band = 0;

    while (band + 1 < PC_N_AGE_BAND && floor(age_edge[band]) <= day) {
        band++;
    }
    return band;
}
