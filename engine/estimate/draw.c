/* draw.c - one draw from the posterior, top-down: a node's prior mean is its pool's drawn factor, so that
 * totals carry their uncertainty too. Each tree has random numbers of its own, keyed by (seed, draw,
 * authority, tree).
 */
#include "estimate/estimate.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "estimate/draw_starts.h"

typedef struct drawing {
    const pc_posterior *posterior;
    const estimate_table *table;
    gamma_stream numbers;
    size_t stream;
    size_t cause;
    double shape[N_LEVEL];             /* of this draw, for the stream and family */
    double profile[N_PROFILE][N_STEP]; /* drawn over fitted, for the tree */
    double origin[PC_MAX_CATEGORY];    /* drawn over fitted, for the stream */
    double level_shape;                /* prior events of a level under national rates */
    double *rates;                     /* of the family */
} drawing;

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
                fitted > 0 ? gamma_stream_draw(&self->numbers,
                                               pool_shape(self, level, self->table->profile_events[at]),
                                               (k + self->table->profile_expected[at]) * fitted)
                           : 1.0;
        }
    }
}

/* One of the grid; `fixed` where nothing says how likely each is. */
static double draw_shape(drawing *self, const double chance[N_SHAPE_GRID], double fixed)
{
    double left = gamma_stream_uniform(&self->numbers), shape = fixed;

    for (int g = 0; g < N_SHAPE_GRID && left >= 0; g++) {
        left -= chance[g];
        if (left < 0) {
            shape = estimate_grid_shape(g);
        }
    }
    return shape;
}

/* The shapes are uncertain too: each is drawn from its grid. */
static void draw_shapes(drawing *self)
{
    const estimate_table *table = self->table;
    size_t stream = self->stream;

    for (int level = 0; level < N_LEVEL; level++) {
        self->shape[level] = draw_shape(self, table->chance[stream][level], table->shape[stream][level]);
    }
    self->level_shape = draw_shape(self, table->level_chance[stream], table->level_shape[stream]);
}

static void draw_origins(drawing *self)
{
    const estimate_table *table = self->table;
    double k = self->shape[LEVEL_ORIGIN];

    for (size_t from = 0, at = self->stream * table->n_category; from < table->n_category; from++, at++) {
        double fitted = table->origin[at];

        self->origin[from] =
            fitted > 0
                ? gamma_stream_draw(&self->numbers, pool_shape(self, LEVEL_ORIGIN, table->origin_events[at]),
                                    (k + table->origin_expected[at]) * fitted)
                : 1.0;
    }
}

static size_t first_cell(const drawing *self, size_t from, size_t age)
{
    return ((self->stream * PC_N_AGE_BAND + age) * self->table->n_category + from) * PC_N_BAND;
}

static void draw_leaves(drawing *self, size_t from, size_t age, double factor)
{
    const estimate_table *table = self->table;
    double k = self->shape[LEVEL_BAND];
    size_t first = first_cell(self, from, age);

    for (size_t band = 0; band < PC_N_BAND; band++) {
        size_t cell = first + band, leaf = cell * table->n_cause + self->cause;
        double reference =
            table->reference[leaf] * self->origin[from] * self->profile[0][age] * self->profile[1][band];

        if (reference > 0) {
            double drawn = gamma_stream_draw(&self->numbers, k + table->events[leaf],
                                             k / factor + table->years[cell] * reference);

            self->rates[leaf] = reference * drawn;
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
            scale.age[from][age] = self->origin[from] * self->profile[0][age] * blend(sum, share);
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
    cause_factor = gamma_stream_draw(&self->numbers, pool_shape(self, LEVEL_CAUSE, table->cause_events[tree]),
                                     k[LEVEL_CAUSE] + table->cause_expected[tree] * scale.cause);
    for (size_t from = 0; from < table->n_category; from++) {
        size_t from_node = tree * table->n_category + from;
        double factor = gamma_stream_draw(
            &self->numbers, pool_shape(self, LEVEL_FROM, table->from_events[from_node]),
            k[LEVEL_FROM] / cause_factor + table->from_expected[from_node] * scale.from[from]);

        for (size_t age = 0; age < PC_N_AGE_BAND; age++) {
            size_t node = from_node * PC_N_AGE_BAND + age;

            if (self->posterior->reachable[self->stream][age] && any_reference(self, from, age)) {
                double age_factor = gamma_stream_draw(
                    &self->numbers, pool_shape(self, LEVEL_AGE, table->age_events[node]),
                    k[LEVEL_AGE] / factor + table->age_expected[node] * scale.age[from][age]);

                draw_leaves(self, from, age, age_factor);
            }
        }
    }
}

/* Of the cause as a whole, events over the child-years seen: what was seen, and under national rates what
 * they expect for the shape drawn. */
static double draw_level(drawing *self, size_t tree)
{
    double seen = self->table->level_seen[tree], expected = self->table->level_expected[tree],
           k = self->level_shape;

    return expected > 0 ? expected * gamma_stream_draw(&self->numbers, k + seen, k + expected)
                        : gamma_stream_draw(&self->numbers, seen, 1);
}

/* The level is drawn apart from how the cells differ: given gamma cells the two are independent. The tree's
 * own level, made through projections and pools that say little of it, is divided out. A tenth of an event on
 * either side keeps the quotient of a rare cause within bounds. */
#define PART_OF_AN_EVENT 0.1

static void scale_tree(drawing *self)
{
    const estimate_table *table = self->table;
    size_t tree = self->stream * table->n_cause + self->cause;
    size_t per_stream = (size_t)PC_N_AGE_BAND * table->n_category * PC_N_BAND;
    double found = 0, scale = 1;

    if (table->level_events[tree] > 0) {
        for (size_t cell = self->stream * per_stream; cell < (self->stream + 1) * per_stream; cell++) {
            found += table->years[cell] * self->rates[cell * table->n_cause + self->cause];
        }
        scale = (draw_level(self, tree) + PART_OF_AN_EVENT) / (found + PART_OF_AN_EVENT);
    }
    for (size_t cell = self->stream * per_stream; cell < (self->stream + 1) * per_stream; cell++) {
        double *rate = &self->rates[cell * table->n_cause + self->cause];

        *rate = estimate_round(*rate * scale);
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
static void draw_raw(drawing *self, const double *mean)
{
    size_t n_cell = (size_t)PC_N_STREAM * PC_N_AGE_BAND * self->table->n_category * PC_N_BAND;

    for (size_t i = 0; i < n_cell * self->table->n_cause; i++) {
        double events = self->table->events[i];

        self->rates[i] = mean[i] > 0 && events > 0
                             ? estimate_round(mean[i] * gamma_stream_draw(&self->numbers, events, events))
                             : 0.0;
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

#define SHAPES 255 /* "cause" of the random numbers of a stream's shapes */

/* Number of a tree of random numbers within an authority: stable, whatever else is drawn. */
static uint64_t entity(size_t authority, size_t family, size_t stream, size_t cause)
{
    return (uint64_t)authority << 32 | (uint64_t)family << 16 | (uint64_t)stream << 8 | (uint64_t)cause;
}

static void draw_stream(drawing *self, pc_random_key key, size_t authority, size_t family)
{
    self->numbers = gamma_stream_at(key, entity(authority, family, self->stream, SHAPES));
    draw_shapes(self);
    draw_origins(self);
    for (self->cause = 0; self->cause < self->table->n_cause; self->cause++) {
        if (has_reference(self)) {
            self->numbers = gamma_stream_at(key, entity(authority, family, self->stream, self->cause));
            draw_tree(self);
            scale_tree(self);
        }
    }
}

static void draw_family(drawing *self, const pc_rates *mean, pc_random_key key, size_t authority,
                        size_t family)
{
    self->table = &self->posterior->family[family];
    if (!self->posterior->shrink) {
        self->numbers = gamma_stream_at(key, entity(authority, family, 0, 0));
        draw_raw(self, estimate_family_rates(mean, (estimate_family)family));
        return;
    }
    for (self->stream = 0; self->stream < PC_N_STREAM; self->stream++) {
        draw_stream(self, key, authority, family);
    }
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
    copy_rates(&authority->mean, out);
    for (size_t family = 0; family < N_FAMILY; family++) {
        state.rates = estimate_family_rates(out, (estimate_family)family);
        draw_family(&state, &authority->mean, key, authority_number, family);
    }
    for (size_t stream = 0; stream < PC_N_STREAM; stream++) {
        const estimate_starts *starts = &authority->posterior->starts[stream];

        if (authority->posterior->shrink && starts->total > 0) {
            state.numbers = gamma_stream_at(key, entity(authority_number, N_FAMILY, stream, 0));
            estimate_draw_starts(&state.numbers, starts, (pc_stream)stream, out);
        }
    }
    return PC_OK;
}
