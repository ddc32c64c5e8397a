/* draw.c - one draw from the posterior, top-down: a node's prior mean is its pool's drawn factor, so that
 * totals carry their uncertainty too. Each tree has random numbers of its own, keyed by (seed, draw,
 * authority, tree).
 */
#include "estimate/estimate.h"

#include <gsl/gsl_randist.h>
#include <stdlib.h>
#include <string.h>

#include "base/keyed_random.h"
#include "base/memory.h"

typedef struct drawing {
    const pc_posterior *posterior;
    const estimate_table *table;
    gsl_rng *rng;
    size_t stream;
    size_t cause;
    double shape[N_LEVEL];             /* of this draw, for the stream and family */
    double profile[N_PROFILE][N_STEP]; /* drawn over fitted, for the tree */
    bool only_exposed;                 /* leave out cells without child-years */
    double *rates;                     /* of the family */
} drawing;

static double draw_gamma(gsl_rng *rng, double shape, double rate)
{
    return shape > 0 ? gsl_ran_gamma(rng, shape, 1 / rate) : 0.0;
}

/* Shape of a pool's factor. What the cells tell may take from the fitted shape; from a smaller one that is
 * drawn it takes in proportion, so that the sum stays above 0. */
static double pool_shape(const drawing *self, int level, double events)
{
    double k = self->shape[level];

    return k + (events < 0 ? events * k / self->table->shape[self->stream][level] : events);
}

static void draw_profiles(drawing *self)
{
    size_t at = (self->stream * self->table->n_cause + self->cause) * N_PROFILE * N_STEP;

    for (int profile = 0; profile < N_PROFILE; profile++) {
        int level = LEVEL_PROFILE_AGE + profile;

        for (size_t step = 0; step < N_STEP; step++, at++) {
            double fitted = self->table->profile[at], k = self->shape[level];

            self->profile[profile][step] =
                fitted > 0 ? draw_gamma(self->rng, pool_shape(self, level, self->table->profile_events[at]),
                                        (k + self->table->profile_expected[at]) * fitted)
                           : 1.0;
        }
    }
}

/* The shapes are uncertain too: each is drawn from its grid. */
static void draw_shapes(drawing *self)
{
    for (int level = 0; level < N_LEVEL; level++) {
        const double *chance = self->table->chance[self->stream][level];
        double left = gsl_rng_uniform(self->rng);

        self->shape[level] = self->table->shape[self->stream][level];
        for (int g = 0; g < N_SHAPE_GRID && left >= 0; g++) {
            left -= chance[g];
            if (left < 0) {
                self->shape[level] = estimate_grid_shape(g);
            }
        }
    }
}

static size_t first_cell(const drawing *self, size_t from, size_t age)
{
    return ((self->stream * PC_N_AGE_BAND + age) * self->table->n_category + from) * PC_N_BAND;
}

static void draw_leaves(const drawing *self, size_t from, size_t age, double factor)
{
    const estimate_table *table = self->table;
    double k = self->shape[LEVEL_BAND];
    double centre = table->centre[self->stream * table->n_cause + self->cause];
    size_t first = first_cell(self, from, age);

    for (size_t band = 0; band < PC_N_BAND; band++) {
        size_t cell = first + band, leaf = cell * table->n_cause + self->cause;
        double reference = table->reference[leaf] * self->profile[0][age] * self->profile[1][band];

        if (reference > 0 && (table->years[cell] > 0 || !self->only_exposed)) {
            double drawn =
                draw_gamma(self->rng, k + table->events[leaf], k / factor + table->years[cell] * reference);

            self->rates[leaf] = estimate_round(centre * reference * drawn);
        }
    }
}

static bool any_reference(const drawing *self, size_t from, size_t age)
{
    size_t first = first_cell(self, from, age);

    for (size_t cell = first; cell < first + PC_N_BAND; cell++) {
        if (self->table->reference[cell * self->table->n_cause + self->cause] > 0) {
            return true;
        }
    }
    return false;
}

/* By how much the drawn profiles change what is expected of an age node, of a from and of the cause. */
typedef struct profile_scale {
    double age[PC_MAX_CATEGORY][PC_N_AGE_BAND];
    double from[PC_MAX_CATEGORY];
    double cause;
} profile_scale;

static double blend(double sum, double share)
{
    return share > 0 ? sum / share : 1.0; /* nothing is expected: nothing to scale */
}

static profile_scale scale_of(const drawing *self)
{
    const estimate_table *table = self->table;
    size_t tree = self->stream * table->n_cause + self->cause;
    profile_scale scale;
    double cause_sum = 0, cause_share = 0;

    for (size_t from = 0; from < table->n_category; from++) {
        size_t from_node = tree * table->n_category + from;
        double from_sum = 0, from_share = 0;

        for (size_t age = 0; age < PC_N_AGE_BAND; age++) {
            size_t node = from_node * PC_N_AGE_BAND + age;
            double sum = 0, share = 0;

            for (size_t band = 0; band < PC_N_BAND; band++) {
                sum += table->band_share[node * PC_N_BAND + band] * self->profile[1][band];
                share += table->band_share[node * PC_N_BAND + band];
            }
            scale.age[from][age] = self->profile[0][age] * blend(sum, share);
            from_sum += table->age_share[node] * scale.age[from][age];
            from_share += table->age_share[node];
        }
        scale.from[from] = blend(from_sum, from_share);
        cause_sum += table->from_share[from_node] * scale.from[from];
        cause_share += table->from_share[from_node];
    }
    scale.cause = blend(cause_sum, cause_share);
    return scale;
}

static void draw_tree(drawing *self)
{
    const estimate_table *table = self->table;
    const double *k = self->shape;
    size_t tree = self->stream * table->n_cause + self->cause;
    profile_scale scale;
    double cause_factor;

    draw_profiles(self);
    scale = scale_of(self);
    cause_factor = draw_gamma(self->rng, pool_shape(self, LEVEL_CAUSE, table->cause_events[tree]),
                              k[LEVEL_CAUSE] + table->cause_expected[tree] * scale.cause);
    for (size_t from = 0; from < table->n_category; from++) {
        size_t from_node = tree * table->n_category + from;
        double factor =
            draw_gamma(self->rng, pool_shape(self, LEVEL_FROM, table->from_events[from_node]),
                       k[LEVEL_FROM] / cause_factor + table->from_expected[from_node] * scale.from[from]);

        for (size_t age = 0; age < PC_N_AGE_BAND; age++) {
            size_t node = from_node * PC_N_AGE_BAND + age;

            if (self->posterior->reachable[self->stream][age] && any_reference(self, from, age)) {
                double age_factor =
                    draw_gamma(self->rng, pool_shape(self, LEVEL_AGE, table->age_events[node]),
                               k[LEVEL_AGE] / factor + table->age_expected[node] * scale.age[from][age]);

                draw_leaves(self, from, age, age_factor);
            }
        }
    }
}

static bool has_reference(const drawing *self)
{
    for (size_t from = 0; from < self->table->n_category; from++) {
        for (size_t age = 0; age < PC_N_AGE_BAND; age++) {
            if (self->posterior->reachable[self->stream][age] && any_reference(self, from, age)) {
                return true;
            }
        }
    }
    return false;
}

/* Without shrinkage: the posterior under no prior at all; nothing seen, nothing drawn. */
static void draw_raw(const drawing *self, const double *mean)
{
    size_t n_cell = (size_t)PC_N_STREAM * PC_N_AGE_BAND * self->table->n_category * PC_N_BAND;

    for (size_t i = 0; i < n_cell * self->table->n_cause; i++) {
        double events = self->table->events[i];

        self->rates[i] =
            mean[i] > 0 && events > 0 ? estimate_round(mean[i] * draw_gamma(self->rng, events, events)) : 0.0;
    }
}

static void draw_dirichlet(gsl_rng *rng, const double *weight, size_t n, double *share)
{
    for (size_t i = 0; i < n; i++) {
        share[i] = draw_gamma(rng, weight[i], 1);
    }
    if (!estimate_shares(share, n)) { /* every draw fell to 0: weights far below 1 */
        memcpy(share, weight, n * sizeof *share);
        (void)estimate_shares(share, n);
    }
}

static void draw_starts(gsl_rng *rng, const estimate_starts *self, pc_stream stream, double *rate)
{
    double band_weight[PC_N_AGE_BAND], band_share[PC_N_AGE_BAND], shape = self->total / self->inflation,
                                                                  total;

    for (int band = 0; band < PC_N_AGE_BAND; band++) {
        band_weight[band] = estimate_start_prior(stream, band);
        for (int age = pc_age_band_first_year[band]; age < pc_age_band_first_year[band + 1]; age++) {
            band_weight[band] += self->events[age];
        }
    }
    total = draw_gamma(rng, shape, shape) * self->total / self->years;
    draw_dirichlet(rng, band_weight, PC_N_AGE_BAND, band_share);
    for (int band = 0; band < PC_N_AGE_BAND; band++) {
        int first = pc_age_band_first_year[band], n = pc_age_band_first_year[band + 1] - first;
        double weight[PC_N_AGE_YEAR], share[PC_N_AGE_YEAR];

        for (int age = 0; age < n; age++) {
            weight[age] = self->age_shape + self->events[first + age];
        }
        draw_dirichlet(rng, weight, (size_t)n, share);
        for (int age = 0; age < n; age++) {
            rate[first + age] = estimate_round(total * band_share[band] * share[age]);
        }
    }
}

static void draw_first(gsl_rng *rng, const estimate_starts *self, size_t n_category, double *share)
{
    double pooled[PC_MAX_CATEGORY], weight[PC_MAX_CATEGORY];

    draw_dirichlet(rng, self->pooled, n_category, pooled);
    for (size_t age = 0; age < PC_N_AGE_BAND; age++) {
        double *own = share + age * n_category;
        bool any = false;

        for (size_t c = 0; c < n_category; c++) {
            weight[c] = pooled[c] * self->support[age * n_category + c];
            any = any || weight[c] > 0;
        }
        if (!any) {
            memcpy(weight, pooled, n_category * sizeof *weight);
        }
        (void)estimate_shares(weight, n_category);
        for (size_t c = 0; c < n_category; c++) {
            weight[c] = self->first_shape * weight[c] + self->first_events[age * n_category + c];
        }
        draw_dirichlet(rng, weight, n_category, own);
        for (size_t c = 0; c < n_category; c++) {
            own[c] = estimate_round(own[c]);
        }
    }
}

static void copy_rates(const pc_rates *from, pc_rates *to)
{
    size_t n_cell = (size_t)PC_N_STREAM * PC_N_AGE_BAND * from->n_category * PC_N_BAND;

    memcpy(to->exit, from->exit, n_cell * PC_N_EXIT_HAZARD * sizeof(double));
    memcpy(to->status, from->status, n_cell * from->n_category * sizeof(double));
    memcpy(to->move, from->move, n_cell * from->n_category * sizeof(double));
    memcpy(to->starts, from->starts, (size_t)PC_N_STREAM * PC_N_AGE_YEAR * sizeof(double));
    memcpy(to->first, from->first, (size_t)PC_N_STREAM * PC_N_AGE_BAND * from->n_category * sizeof(double));
}

#define SHAPES 255                 /* "cause" of the random numbers of a stream's shapes */
#define CENTRE ((uint64_t)1 << 63) /* random numbers of the fit, apart from those of the draws */
#define N_CENTRE 50
#define MAX_CENTRE 1.5 /* a rare cause is centred on few draws */

/* Number of a tree of random numbers within an authority: stable, whatever else is drawn. */
static uint64_t entity(size_t authority, size_t family, size_t stream, size_t cause)
{
    return (uint64_t)authority << 32 | (uint64_t)family << 16 | (uint64_t)stream << 8 | (uint64_t)cause;
}

static void draw_stream(drawing *self, pc_random_key key, size_t authority, size_t family)
{
    pc_gsl_rng_point(self->rng, key, entity(authority, family, self->stream, SHAPES), PC_PURPOSE_PARAMETERS);
    draw_shapes(self);
    for (self->cause = 0; self->cause < self->table->n_cause; self->cause++) {
        if (has_reference(self)) {
            pc_gsl_rng_point(self->rng, key, entity(authority, family, self->stream, self->cause),
                             PC_PURPOSE_PARAMETERS);
            draw_tree(self);
        }
    }
}

static void draw_family(drawing *self, const pc_rates *mean, pc_random_key key, size_t authority,
                        size_t family)
{
    self->table = &self->posterior->family[family];
    if (!self->posterior->shrink) {
        pc_gsl_rng_point(self->rng, key, entity(authority, family, 0, 0), PC_PURPOSE_PARAMETERS);
        draw_raw(self, estimate_family_rates(mean, (estimate_family)family));
        return;
    }
    for (self->stream = 0; self->stream < PC_N_STREAM; self->stream++) {
        draw_stream(self, key, authority, family);
    }
}

/* Under the authority's own reference the factor of a cause has next to no prior, and all rates of its tree
 * scale with it: the derivative of the log posterior along that scale has mean 0, so the posterior mean of
 * the expected events is the number of events. The draws, made through projections, miss it by a few per
 * cent; they are scaled to meet it, tree by tree. */
static void centre_tree(drawing *self, pc_random_key key, size_t authority, size_t family, double *centre)
{
    const estimate_table *table = self->table;
    double events = 0, drawn = 0;
    size_t per_stream = (size_t)PC_N_AGE_BAND * table->n_category * PC_N_BAND;

    for (uint32_t draw = 0; draw < N_CENTRE; draw++) {
        key.replicate = draw;
        pc_gsl_rng_point(self->rng, key, entity(authority, family, self->stream, SHAPES) | CENTRE,
                         PC_PURPOSE_PARAMETERS);
        draw_shapes(self);
        pc_gsl_rng_point(self->rng, key, entity(authority, family, self->stream, self->cause) | CENTRE,
                         PC_PURPOSE_PARAMETERS);
        draw_tree(self);
        for (size_t cell = self->stream * per_stream; cell < (self->stream + 1) * per_stream; cell++) {
            drawn += table->years[cell] * self->rates[cell * table->n_cause + self->cause] / N_CENTRE;
        }
    }
    for (size_t cell = self->stream * per_stream; cell < (self->stream + 1) * per_stream; cell++) {
        events += table->events[cell * table->n_cause + self->cause];
    }
    if (drawn > 0 && events > 0) {
        double ratio = events / drawn;

        *centre = ratio < 1 / MAX_CENTRE ? 1 / MAX_CENTRE : ratio > MAX_CENTRE ? MAX_CENTRE : ratio;
    }
}

pc_status estimate_centre(pc_posterior *posterior, size_t authority, size_t family)
{
    estimate_table *table = &posterior->family[family];
    size_t n = (size_t)PC_N_STREAM * PC_N_AGE_BAND * table->n_category * PC_N_BAND * table->n_cause;
    pc_random_key key = pc_random_key_make(0, 0);
    drawing self = {.posterior = posterior, .table = table, .only_exposed = true};

    self.rng = pc_gsl_rng_new(key, 0, PC_PURPOSE_PARAMETERS);
    self.rates = pc_new_zero(n, sizeof *self.rates);
    if (self.rng == NULL || self.rates == NULL) {
        if (self.rng != NULL) {
            gsl_rng_free(self.rng);
        }
        free(self.rates);
        return PC_ERR_NO_MEMORY;
    }
    for (self.stream = 0; self.stream < PC_N_STREAM; self.stream++) {
        for (self.cause = 0; self.cause < table->n_cause; self.cause++) {
            if (has_reference(&self)) {
                centre_tree(&self, key, authority, family,
                            &table->centre[self.stream * table->n_cause + self.cause]);
            }
        }
    }
    gsl_rng_free(self.rng);
    free(self.rates);
    return PC_OK;
}

pc_status pc_model_draw(const pc_model *self, size_t authority_number, uint64_t seed, uint32_t draw,
                        pc_rates *out)
{
    const pc_authority_model *authority;
    drawing state = {0};
    pc_random_key key = pc_random_key_make(seed, draw);

    if (authority_number >= self->n_authority || out->n_category != self->codes.n_category) {
        return PC_ERR_RANGE;
    }
    authority = &self->authority[authority_number];
    state.posterior = authority->posterior;
    state.rng = pc_gsl_rng_new(key, 0, PC_PURPOSE_PARAMETERS);
    if (state.rng == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    copy_rates(&authority->mean, out);
    for (size_t family = 0; family < N_FAMILY; family++) {
        state.rates = estimate_family_rates(out, (estimate_family)family);
        draw_family(&state, &authority->mean, key, authority_number, family);
    }
    for (size_t stream = 0; stream < PC_N_STREAM; stream++) {
        const estimate_starts *starts = &authority->posterior->starts[stream];

        if (authority->posterior->shrink && starts->total > 0) {
            pc_gsl_rng_point(state.rng, key, entity(authority_number, N_FAMILY, stream, 0),
                             PC_PURPOSE_PARAMETERS);
            draw_starts(state.rng, starts, (pc_stream)stream, out->starts + stream * PC_N_AGE_YEAR);
            draw_first(state.rng, starts, out->n_category,
                       out->first + stream * PC_N_AGE_BAND * out->n_category);
        }
    }
    gsl_rng_free(state.rng);
    return PC_OK;
}
