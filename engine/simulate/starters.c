#include "simulate/starters.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/keyed_batch.h"
#include "base/memory.h"
#include "simulate/interventions.h"

/* Bits of an entity: 40.. authority + 1 | 39 second part of a split month | 22..38 month | 21 stream | 15..20
 * layer + 1 | 0..14 candidate. A child present at the origin has layer 0 and month 0, and its number in bits
 * 0..20. */
uint64_t starters_month_entity(const pc_plan *plan, size_t period, size_t stream)
{
    uint64_t second = period > 0 && plan->period[period - 1].month == plan->period[period].month;

    return ((uint64_t)plan->authority_number + 1) << 40 | second << 39 |
           ((uint64_t)plan->period[period].month & 0x1FFFF) << 22 | (uint64_t)stream << 21;
}

uint64_t starters_present_entity(const pc_plan *plan, size_t child)
{
    return ((uint64_t)plan->authority_number + 1) << 40 | (uint64_t)child;
}

static double unit_mean(const pc_plan *plan, size_t period, size_t stream)
{
    double a_year = 0.0;

    for (size_t age = 0; age < PC_N_AGE_YEAR; age++) {
        a_year += plan->mean->starts[stream * PC_N_AGE_YEAR + age];
    }
    return a_year / PC_DAYS_PER_YEAR * (plan->period[period].end - plan->period[period].first);
}

/* The number of the table with this mean, made when it is new. */
static pc_status find_table(starters_tables *self, double mean, size_t most, uint32_t *out)
{
    for (size_t table = 0; table < self->n_table; table++) {
        if (!(self->table[table].mean < mean) && !(self->table[table].mean > mean)) {
            *out = (uint32_t)table;
            return PC_OK;
        }
    }
    if (self->n_table == most) {
        return PC_ERR_INTERNAL;
    }
    *out = (uint32_t)self->n_table;
    if (count_table_init(&self->table[self->n_table], mean) != PC_OK) {
        return PC_ERR_NO_MEMORY;
    }
    self->n_table++;
    return PC_OK;
}

void starters_ages_set(starters_ages *self, const pc_plan *plan, const pc_rates *rates)
{
    for (size_t stream = 0; stream < PC_N_STREAM; stream++) {
        const double *rate = rates->starts + stream * PC_N_AGE_YEAR;
        const double *mean_rate = plan->mean->starts + stream * PC_N_AGE_YEAR;
        double *cumulative = self->cumulative[stream];
        double total = 0.0, mean = 0.0, sum = 0.0;

        for (size_t age = 0; age < PC_N_AGE_YEAR; age++) {
            total += rate[age];
            mean += mean_rate[age];
        }
        for (size_t age = 0; age < PC_N_AGE_YEAR; age++) {
            sum += rate[age];
            cumulative[age] = total > 0.0 ? sum / total : 0.0;
        }
        for (uint32_t byte = 0; byte < 256; byte++) {
            self->guide[stream][byte] = (uint8_t)hazard_search(
                cumulative, PC_N_AGE_YEAR, pc_uniform(byte << 24) * cumulative[PC_N_AGE_YEAR - 1]);
        }
        self->level[stream] = mean > 0.0 ? total / mean : 0.0;
    }
}

pc_status starters_tables_init(starters_tables *self, const pc_plan *plan)
{
    size_t n = plan->n_period * PC_N_STREAM;
    pc_status status = PC_OK;

    memset(self, 0, sizeof *self);
    self->n_period = plan->n_period;
    self->table = pc_new_zero(2 * n, sizeof *self->table);
    self->unit_table = pc_new(n, sizeof *self->unit_table);
    self->quarter_table = pc_new(n, sizeof *self->quarter_table);
    if (self->table == NULL || self->unit_table == NULL || self->quarter_table == NULL) {
        status = PC_ERR_NO_MEMORY;
    }
    for (size_t period = 0; period < plan->n_period && status == PC_OK; period++) {
        for (size_t stream = 0; stream < PC_N_STREAM && status == PC_OK; stream++) {
            double mean = unit_mean(plan, period, stream);

            status = find_table(self, mean, 2 * n, &self->unit_table[period * PC_N_STREAM + stream]);
            if (status == PC_OK) {
                status =
                    find_table(self, mean / 4.0, 2 * n, &self->quarter_table[period * PC_N_STREAM + stream]);
            }
        }
    }
    if (status != PC_OK) {
        starters_tables_free(self);
        return status;
    }
    return PC_OK;
}

void starters_tables_free(starters_tables *self)
{
    if (self == NULL) {
        return;
    }
    for (size_t table = 0; table < self->n_table; table++) {
        count_table_free(&self->table[table]);
    }
    free(self->table);
    free(self->unit_table);
    free(self->quarter_table);
    memset(self, 0, sizeof *self);
}

void starters_free(starters *self)
{
    free(self->row);
    free(self->candidate);
    free(self->entity);
    free(self->block);
    free(self->multiplier);
    memset(self, 0, sizeof *self);
}

static double layer_begin(uint32_t layer)
{
    return layer == 0 ? 0.0 : 1.0 + 0.25 * (layer - 1);
}

/* Multipliers of one month and stream by age; returns the largest, with what interventions add. *clipped is
 * set when the plan itself, and not chance, raises one beyond the last layer. */
static double set_multipliers(const pc_plan *plan, const starters_factors *factors, size_t period,
                              size_t stream, double multiplier[PC_N_AGE_YEAR], bool *clipped)
{
    size_t at = period * PC_N_STREAM + stream;
    const double *year = stream == PC_STREAM_UASC ? factors->years->uasc : factors->years->starts;
    double shared =
        year[plan->period[period].effect_year] * factors->dispersion[at] * factors->ages->level[stream];
    double largest = 0.0, most;

    for (size_t age = 0; age < PC_N_AGE_YEAR; age++) {
        multiplier[age] = shared * plan->start_multiplier[at * PC_N_AGE_YEAR + age];
        most = multiplier[age] * (factors->state == NULL ? 1.0 : factors->more[stream][age]);
        largest = most > largest ? most : largest;
    }
    *clipped |= largest > shared * layer_begin(STARTERS_MAX_LAYER);
    return largest;
}

/* One candidate: words 0 day, 1 age, 2 mark, 3 first placement. True when it starts. */
static bool take_candidate(starter *out, const pc_plan *plan, const hazard_tables *hazards,
                           const starters_factors *factors, candidate who, const double *multiplier,
                           pc_random_block block)
{
    const double *cumulative = factors->ages->cumulative[who.stream];
    double mark = layer_begin(who.layer) + (who.layer == 0 ? 1.0 : 0.25) * pc_uniform(block.word[2]);
    double u = pc_uniform(block.word[1]) * cumulative[PC_N_AGE_YEAR - 1], below;
    size_t guide = factors->ages->guide[who.stream][block.word[1] >> 24];
    size_t age = guide + hazard_search(cumulative + guide, PC_N_AGE_YEAR - guide, u);
    const plan_period *period = &plan->period[who.period];

    bool more = !(mark < multiplier[age]);

    if (more && (factors->state == NULL || !(mark < multiplier[age] * factors->more[who.stream][age]))) {
        return false;
    }
    below = age == 0 ? 0.0 : cumulative[age - 1];
    out->time = period->first + (period->end - period->first) * pc_uniform(block.word[0]);
    out->age = (double)age + (u - below) / (cumulative[age] - below);
    if (!(out->age < (double)age + 1.0)) {
        out->age = (double)age + 0x1.fffffp-1; /* rounding must not make anybody older than the age drawn */
    }
    out->stream = who.stream;
    out->age_band = (uint8_t)pc_age_band_of_years((int)age);
    out->category =
        (uint8_t)hazard_first_category(hazards, who.stream, out->age_band,
                                       factors->residential_scale[who.period], pc_uniform(block.word[3]));
    out->added_by = -1;
    if (more) {
        size_t by = interventions_adds_start(plan, factors->state, out, mark / multiplier[age]);

        out->added_by = (int16_t)by;
        return by < plan->n_intervention;
    }
    return true;
}

static pc_status make_room(starters *self, size_t n)
{
    if (pc_grow(&self->candidate, &self->candidate_capacity, n, sizeof *self->candidate) != PC_OK ||
        pc_grow(&self->entity, &self->entity_capacity, n, sizeof *self->entity) != PC_OK ||
        pc_grow(&self->block, &self->block_capacity, n, sizeof *self->block) != PC_OK ||
        pc_grow(&self->row, &self->capacity, n, sizeof *self->row) != PC_OK) {
        return PC_ERR_NO_MEMORY;
    }
    return PC_OK;
}

/* Step 1: how many candidates each layer of one month and stream has, up to the largest multiplier of any
 * age. */
static pc_status list_candidates(starters *self, const starters_tables *tables, const pc_plan *plan,
                                 size_t at, double largest, pc_random_key key)
{
    uint64_t month = starters_month_entity(plan, at / PC_N_STREAM, at % PC_N_STREAM);
    pc_random_block counts = {{0, 0, 0, 0}};

    for (uint32_t layer = 0; layer < STARTERS_MAX_LAYER && layer_begin(layer) < largest; layer++) {
        uint32_t which = layer == 0 ? tables->unit_table[at] : tables->quarter_table[at], n;

        if (layer % 4 == 0) {
            counts = pc_random(key, month, PC_PURPOSE_STARTS, layer / 4);
        }
        n = count_table_draw(&tables->table[which], counts.word[layer % 4]);
        if (make_room(self, self->n_candidate + n) != PC_OK) {
            return PC_ERR_NO_MEMORY;
        }
        for (uint32_t number = 0; number < n; number++) {
            self->entity[self->n_candidate] = month | (uint64_t)(layer + 1) << 15 | number;
            self->candidate[self->n_candidate++] = (candidate){.period = (uint16_t)(at / PC_N_STREAM),
                                                               .stream = (uint8_t)(at % PC_N_STREAM),
                                                               .layer = (uint8_t)layer};
        }
    }
    return PC_OK;
}

pc_status starters_draw(starters *self, const starters_tables *tables, const pc_plan *plan,
                        const hazard_tables *hazards, const starters_factors *factors, pc_random_key key,
                        bool *clipped)
{
    self->n = 0;
    self->n_candidate = 0;
    if (self->multiplier == NULL) {
        self->multiplier = pc_new(plan->n_period * PC_N_STREAM * PC_N_AGE_YEAR, sizeof *self->multiplier);
        if (self->multiplier == NULL) {
            return PC_ERR_NO_MEMORY;
        }
    }
    for (size_t at = 0; at < plan->n_period * PC_N_STREAM; at++) {
        size_t period = at / PC_N_STREAM, stream = at % PC_N_STREAM;
        double largest;
        pc_status status;

        if (!(factors->ages->cumulative[stream][PC_N_AGE_YEAR - 1] > 0.0)) {
            continue;
        }
        largest =
            set_multipliers(plan, factors, period, stream, self->multiplier + at * PC_N_AGE_YEAR, clipped);
        status = list_candidates(self, tables, plan, at, largest, key);
        if (status != PC_OK) {
            return status;
        }
    }
    /* Steps 2 and 3: draw them all, and keep those whose mark lies below the multiplier. */
    pc_random_batch(key, self->entity, self->n_candidate, PC_PURPOSE_STARTER, 0, self->block);
    for (size_t number = 0; number < self->n_candidate; number++) {
        candidate who = self->candidate[number];
        const double *multiplier =
            self->multiplier + ((size_t)who.period * PC_N_STREAM + who.stream) * PC_N_AGE_YEAR;

        if (take_candidate(&self->row[self->n], plan, hazards, factors, who, multiplier,
                           self->block[number])) {
            self->row[self->n++].entity = self->entity[number];
        }
    }
    return PC_OK;
}
