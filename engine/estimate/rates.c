/* rates.c - from counts to shrunk rates: the steps of the fit of one family. */
#include "estimate/forest.h"

#include <string.h>

#define N_ROUND_SHAPES 3 /* rounds that estimate the shapes */
#define N_ROUND_SETTLE 3 /* rounds at fixed shapes */
#define FIRST_SHAPE 10.0

static void fit_shapes(forest *self, const pc_fit_options *options, bool profiles, bool origin)
{
    bool fixed = options->fixed_shape > 0;

    for (int level = 0; level < N_LEVEL; level++) {
        self->shape[level] = fixed ? options->fixed_shape : FIRST_SHAPE;
    }
    if (profiles && !fixed) {
        self->shape[LEVEL_CAUSE] = SHAPE_MIN; /* the reference has used the same events already */
    }
    for (int round = 0; round < N_ROUND_SHAPES + N_ROUND_SETTLE; round++) {
        bool estimate = !fixed && round < N_ROUND_SHAPES;

        forest_apply_profiles(self);
        forest_solve(self);
        for (int level = LEVEL_BAND; estimate && level >= (profiles ? LEVEL_FROM : LEVEL_CAUSE); level--) {
            forest_estimate_shape(self, level);
            forest_solve(self);
        }
        for (int profile = 0; profiles && profile < N_PROFILE; profile++) {
            forest_update_profile(self, profile, estimate);
        }
        if (origin) {
            forest_update_origin(self, estimate);
        }
        if (!profiles && !estimate) {
            break;
        }
    }
    forest_apply_profiles(self);
    forest_solve(self);
    (void)forest_downward(self, LEVEL_BAND);
}

/* The reference with its profiles, and the mean rates. */
static void store_rates(const forest *self, estimate_table *table, size_t stream, double *rates)
{
    for (size_t leaf = 0; leaf < self->n[LEVEL_BAND]; leaf++) {
        forest_place at = forest_place_of(self, leaf);
        size_t cell = ((stream * PC_N_AGE_BAND + at.age) * self->n_from + at.from) * PC_N_BAND + at.band;
        size_t number = cell * table->n_cause + at.cause;

        table->reference[number] *= self->origin[at.from] * self->profile[0][at.cause * N_STEP + at.age] *
                                    self->profile[1][at.cause * N_STEP + at.band];
        rates[number] = estimate_round(table->reference[number] * self->factor[LEVEL_BAND][leaf]);
    }
}

/* Pools of cells that differ widely say little about a cause as a whole; its own events, and the country's,
 * say more. So the tree tells the cells apart, and the level comes from those. */
static void meet_levels(estimate_table *table, size_t stream, double *rates)
{
    size_t per_stream = (size_t)PC_N_AGE_BAND * table->n_category * PC_N_BAND, n_cause = table->n_cause;

    for (size_t cause = 0; cause < n_cause; cause++) {
        double *level = &table->level_events[stream * n_cause + cause], events = 0, found = 0;

        for (size_t cell = stream * per_stream; cell < (stream + 1) * per_stream; cell++) {
            events += table->events[cell * n_cause + cause];
            found += table->years[cell] * rates[cell * n_cause + cause];
        }
        table->level_seen[stream * n_cause + cause] = events;
        *level = *level > 0 ? *level : events;
        for (size_t cell = stream * per_stream; *level > 0 && found > 0 && cell < (stream + 1) * per_stream;
             cell++) {
            rates[cell * n_cause + cause] = estimate_round(rates[cell * n_cause + cause] * *level / found);
        }
    }
}

/* What each cell contributes to what is expected of its pool, as shares that sum to 1 over the pool. */
static void store_shares(const forest *self, int level, size_t n_cell, double *share)
{
    for (size_t first = 0; first < self->n[level]; first += n_cell) {
        for (size_t node = first; node < first + n_cell; node++) {
            share[node] = self->weight[level][node] * self->expected[level][node];
        }
        (void)estimate_shares(share + first, n_cell);
    }
}

static void store_pools(const forest *self, int level, double *events, double *expected)
{
    memcpy(events, self->events[level], self->n[level] * sizeof *events);
    memcpy(expected, self->expected[level], self->n[level] * sizeof *expected);
}

/* Keeps what the draws need; the forest is of no use afterwards. */
static void store_posterior(forest *self, estimate_table *table, size_t stream, bool profiles, bool origin)
{
    size_t tree = stream * self->n_cause, from = tree * self->n_from, age = from * PC_N_AGE_BAND;

    memcpy(table->shape[stream], self->shape, sizeof self->shape);
    memcpy(table->chance[stream], self->chance, sizeof table->chance[stream]);
    store_shares(self, LEVEL_FROM, self->n_from, table->from_share + from);
    store_shares(self, LEVEL_AGE, PC_N_AGE_BAND, table->age_share + age);
    store_shares(self, LEVEL_BAND, PC_N_BAND, table->band_share + age * PC_N_BAND);
    if (profiles) {
        forest_project_profiles(self);
    }
    if (origin) {
        forest_project_origin(self);
        memcpy(table->origin + stream * self->n_from, self->origin, self->n_from * sizeof(double));
        memcpy(table->origin_events + stream * self->n_from, self->origin_events,
               self->n_from * sizeof(double));
        memcpy(table->origin_expected + stream * self->n_from, self->origin_expected,
               self->n_from * sizeof(double));
    }
    forest_project(self);
    store_pools(self, LEVEL_CAUSE, table->cause_events + tree, table->cause_expected + tree);
    store_pools(self, LEVEL_FROM, table->from_events + from, table->from_expected + from);
    store_pools(self, LEVEL_AGE, table->age_events + age, table->age_expected + age);
    for (size_t cause = 0; cause < self->n_cause; cause++) {
        for (size_t profile = 0; profile < N_PROFILE; profile++) {
            size_t at = ((tree + cause) * N_PROFILE + profile) * N_STEP;

            for (size_t step = 0; profiles && step < N_STEP; step++) {
                table->profile_events[at + step] = self->profile_events[profile][cause * N_STEP + step];
                table->profile_expected[at + step] = self->profile_expected[profile][cause * N_STEP + step];
                table->profile[at + step] = self->profile[profile][cause * N_STEP + step];
            }
        }
    }
}

static void raw_rates(const estimate_table *table, double *rates)
{
    size_t n_cell = (size_t)PC_N_STREAM * PC_N_AGE_BAND * table->n_category * PC_N_BAND;

    for (size_t i = 0; i < n_cell * table->n_cause; i++) {
        double years = table->years[i / table->n_cause];

        rates[i] = years > 0 ? estimate_round(table->events[i] / years) : 0.0;
    }
}

pc_status estimate_rates(const estimate_input *input, estimate_table *table, double *rates)
{
    estimate_source source = estimate_source_of(input->options, input->family);
    bool own = source != SOURCE_ROOT, origin = own && input->family == FAMILY_MOVE;
    forest self;
    pc_status status;

    if (!input->options->shrink) {
        raw_rates(table, rates);
        return PC_OK;
    }
    status = forest_new(table, &self);
    for (size_t stream = 0; status == PC_OK && stream < PC_N_STREAM; stream++) {
        forest_load(&self, table, stream);
        fit_shapes(&self, input->options, own, origin);
        store_rates(&self, table, stream, rates);
        if (own) {
            meet_levels(table, stream, rates);
        }
        store_posterior(&self, table, stream, own, origin);
    }
    forest_free(&self);
    return status;
}
