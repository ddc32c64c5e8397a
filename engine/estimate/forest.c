/* forest.c - the trees of pools of one family and stream: one tree a cause,
 *
 *     cause -> cause x from -> cause x from x age -> cause x from x age x duration,
 *
 * and how much they borrow (docs/model.md, section 2). A node has events a and expected events b; its factor
 * is (k + a) / (k / parent + b). A leaf's a and b are its own; a pool's are the sums of those of its cells,
 * each times the cell's credibility weight k / (k + parent * b): an event in a cell whose rate is its own
 * says less about the pool.
 */
#include "estimate/estimate.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

#define N_ROUND_SHAPES 4 /* rounds that estimate the shapes */
#define N_ROUND_SETTLE 4 /* rounds at fixed shapes */
#define MAX_ITERATION 60
#define SOLVED 1e-9 /* largest change of ln(factor) */

typedef struct forest {
    size_t n_cause, n_from;
    size_t n[N_TREE_LEVEL];         /* nodes */
    double *events[N_TREE_LEVEL];   /* [n] */
    double *expected[N_TREE_LEVEL]; /* [n] */
    double *factor[N_TREE_LEVEL];   /* [n] */
    double *weight[N_TREE_LEVEL];   /* [n] */
    double *flat;           /* [n of the leaves]; expected events under the reference before the profile */
    double *profile;        /* [cause][age] */
    double *profile_events; /* [cause][age] */
    double shape[N_LEVEL];
    size_t *active; /* numbers of the age nodes with any events or exposure */
    size_t n_active;
    shape_cell *cell;     /* workspace */
    shape_parent *parent; /* workspace */
    double *memory;
} forest;

/* Cells of each pool at a level. */
static size_t branching(const forest *self, int level)
{
    static const size_t fixed[N_TREE_LEVEL] = {[LEVEL_AGE] = PC_N_AGE_BAND, [LEVEL_BAND] = PC_N_BAND};

    return level == LEVEL_FROM ? self->n_from : fixed[level];
}

static void forest_free(forest *self)
{
    free(self->memory);
    free(self->active);
    free(self->cell);
    free(self->parent);
}

static pc_status forest_new(const estimate_table *table, forest *self)
{
    size_t total = 0, at = 0;

    memset(self, 0, sizeof *self);
    self->n_cause = table->n_cause;
    self->n_from = table->n_category;
    self->n[LEVEL_CAUSE] = table->n_cause;
    for (int level = LEVEL_FROM; level <= LEVEL_BAND; level++) {
        self->n[level] = self->n[level - 1] * branching(self, level);
    }
    for (int level = 0; level < N_TREE_LEVEL; level++) {
        total += 4 * self->n[level];
    }
    total += self->n[LEVEL_BAND] + 2 * table->n_cause * PC_N_AGE_BAND;
    self->memory = pc_new_zero(total, sizeof *self->memory);
    self->active = pc_new_zero(self->n[LEVEL_AGE], sizeof *self->active);
    self->cell = pc_new_zero(self->n[LEVEL_BAND], sizeof *self->cell);
    self->parent = pc_new_zero(self->n[LEVEL_AGE], sizeof *self->parent);
    if (self->memory == NULL || self->active == NULL || self->cell == NULL || self->parent == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    for (int level = 0; level < N_TREE_LEVEL; level++) {
        double **part[] = {&self->events[level], &self->expected[level], &self->factor[level],
                           &self->weight[level]};

        for (size_t p = 0; p < 4; p++) {
            *part[p] = self->memory + at;
            at += self->n[level];
        }
    }
    self->flat = self->memory + at;
    self->profile = self->flat + self->n[LEVEL_BAND];
    self->profile_events = self->profile + table->n_cause * PC_N_AGE_BAND;
    return PC_OK;
}

static void forest_load(forest *self, const estimate_table *table, size_t stream)
{
    self->n_active = 0;
    for (int level = 0; level < N_TREE_LEVEL; level++) {
        for (size_t node = 0; node < self->n[level]; node++) {
            self->factor[level][node] = 1;
            self->weight[level][node] = 1;
            self->expected[level][node] = 0; /* nodes that are not active keep this */
        }
    }
    for (size_t node = 0; node < self->n[LEVEL_AGE]; node++) {
        size_t age = node % PC_N_AGE_BAND, from = node / PC_N_AGE_BAND % self->n_from;
        size_t cause = node / PC_N_AGE_BAND / self->n_from;
        bool any = false;

        for (size_t band = 0; band < PC_N_BAND; band++) {
            size_t cell = ((stream * PC_N_AGE_BAND + age) * self->n_from + from) * PC_N_BAND + band;
            size_t leaf = node * PC_N_BAND + band;
            double reference = table->reference[cell * table->n_cause + cause];

            self->flat[leaf] = table->years[cell] * reference;
            self->events[LEVEL_BAND][leaf] =
                reference > 0 ? table->events[cell * table->n_cause + cause] : 0.0;
            any = any || self->flat[leaf] > 0 || self->events[LEVEL_BAND][leaf] > 0;
        }
        if (any) {
            self->active[self->n_active++] = node;
        }
    }
    for (size_t i = 0; i < self->n_cause * PC_N_AGE_BAND; i++) {
        self->profile[i] = 1;
        self->profile_events[i] = HUGE_VAL;
    }
}

/* The expected events of the leaves, under the reference and its profile by age. */
static void apply_profile(forest *self)
{
    for (size_t i = 0; i < self->n_active; i++) {
        size_t node = self->active[i], cause = node / PC_N_AGE_BAND / self->n_from;
        double profile = self->profile[cause * PC_N_AGE_BAND + node % PC_N_AGE_BAND];

        for (size_t leaf = node * PC_N_BAND; leaf < (node + 1) * PC_N_BAND; leaf++) {
            self->expected[LEVEL_BAND][leaf] = self->flat[leaf] * profile;
        }
    }
}

static void pass_up(forest *self, int level, size_t node, double pool_factor, size_t pool)
{
    double k = self->shape[level], expected = self->expected[level][node];
    double weight = k / (k + pool_factor * expected);

    self->weight[level][node] = weight;
    self->events[level - 1][pool] += weight * self->events[level][node];
    self->expected[level - 1][pool] += weight * expected;
}

static void upward(forest *self)
{
    for (int level = LEVEL_CAUSE; level <= LEVEL_AGE; level++) {
        memset(self->events[level], 0, self->n[level] * sizeof(double));
        memset(self->expected[level], 0, self->n[level] * sizeof(double));
    }
    for (size_t i = 0; i < self->n_active; i++) {
        size_t node = self->active[i];

        for (size_t leaf = node * PC_N_BAND; leaf < (node + 1) * PC_N_BAND; leaf++) {
            pass_up(self, LEVEL_BAND, leaf, self->factor[LEVEL_AGE][node], node);
        }
        pass_up(self, LEVEL_AGE, node, self->factor[LEVEL_FROM][node / PC_N_AGE_BAND], node / PC_N_AGE_BAND);
    }
    for (size_t node = 0; node < self->n[LEVEL_FROM]; node++) {
        pass_up(self, LEVEL_FROM, node, self->factor[LEVEL_CAUSE][node / self->n_from], node / self->n_from);
    }
}

/* Sets the factor of every node of a level below its pool; returns the largest change of its logarithm,
 * roughly. */
static double downward(forest *self, int level)
{
    double k = self->shape[level], largest = 0;
    size_t n_branch = level == LEVEL_CAUSE ? 1 : branching(self, level);

    for (size_t node = 0; node < self->n[level]; node++) {
        double pool = level == LEVEL_CAUSE ? 1.0 : self->factor[level - 1][node / n_branch];
        double factor = (k + self->events[level][node]) / (k / pool + self->expected[level][node]);
        double change = fabs(factor / self->factor[level][node] - 1);

        largest = change > largest ? change : largest;
        self->factor[level][node] = factor;
    }
    return largest;
}

static void solve(forest *self)
{
    double change = 1;

    for (int iteration = 0; iteration < MAX_ITERATION && change > SOLVED; iteration++) {
        upward(self);
        change = downward(self, LEVEL_CAUSE);
        change = fmax(change, downward(self, LEVEL_FROM));
        change = fmax(change, downward(self, LEVEL_AGE));
    }
}

/* The shape of one level, from its cells with exposure. */
static void estimate_level_shape(forest *self, int level)
{
    size_t n = 0, n_branch = level == LEVEL_CAUSE ? self->n_cause : branching(self, level);
    size_t n_parent = self->n[level] / n_branch;

    for (size_t node = 0; node < self->n[level]; node++) {
        if (self->expected[level][node] > 0) {
            self->cell[n++] =
                (shape_cell){self->events[level][node], self->expected[level][node], node / n_branch};
        }
    }
    for (size_t p = 0; p < n_parent; p++) {
        self->parent[p] = (shape_parent){.shape = HUGE_VAL, .mean = 1, .factor = 1};
        if (level > LEVEL_CAUSE) {
            self->parent[p].shape = self->shape[level - 1];
            self->parent[p].factor = self->factor[level - 1][p];
            self->parent[p].mean =
                level == LEVEL_FROM ? 1.0 : self->factor[level - 2][p / branching(self, level - 1)];
        }
    }
    self->shape[level] = estimate_shape(self->cell, n, self->parent, n_parent, self->shape[level]);
}

/* The profile by age of the authority's own reference, pooled over categories, shrunk towards flat by its own
 * shape. */
static void update_profile(forest *self, bool estimate)
{
    double *events = self->profile_events, *k = &self->shape[LEVEL_PROFILE];
    size_t n = 0, n_profile = self->n_cause * PC_N_AGE_BAND;

    for (size_t i = 0; i < n_profile; i++) {
        events[i] = 0;
        self->cell[i] = (shape_cell){.parent = i / PC_N_AGE_BAND};
    }
    for (size_t i = 0; i < self->n_active; i++) {
        size_t node = self->active[i], cause = node / PC_N_AGE_BAND / self->n_from;
        size_t at = cause * PC_N_AGE_BAND + node % PC_N_AGE_BAND;
        double weight = self->weight[LEVEL_AGE][node];

        events[at] += weight * self->events[LEVEL_AGE][node];
        self->cell[at].expected += weight * self->expected[LEVEL_AGE][node] *
                                   self->factor[LEVEL_FROM][node / PC_N_AGE_BAND] / self->profile[at];
    }
    for (size_t i = 0; i < n_profile; i++) {
        self->cell[i].events = events[i];
        if (!estimate) {
            self->profile[i] = (*k + events[i]) / (*k + self->cell[i].expected);
        } else if (self->cell[i].expected > 0) {
            self->cell[n++] = self->cell[i];
        }
    }
    if (estimate) {
        for (size_t cause = 0; cause < self->n_cause; cause++) {
            self->parent[cause] = (shape_parent){.shape = self->shape[LEVEL_CAUSE], .mean = 1, .factor = 1};
        }
        *k = estimate_shape(self->cell, n, self->parent, self->n_cause, *k);
        update_profile(self, false);
    }
}

static void fit_shapes(forest *self, const pc_fit_options *options)
{
    bool fixed = options->fixed_shape > 0, own = options->root == NULL;

    for (int level = 0; level < N_LEVEL; level++) {
        self->shape[level] = fixed ? options->fixed_shape : 10.0;
    }
    if (own && !fixed) {
        self->shape[LEVEL_CAUSE] = SHAPE_MIN; /* the reference has used the same events already */
    }
    for (int round = 0; round < N_ROUND_SHAPES + N_ROUND_SETTLE; round++) {
        bool estimate = !fixed && round < N_ROUND_SHAPES;

        apply_profile(self);
        solve(self);
        for (int level = LEVEL_BAND; estimate && level >= (own ? LEVEL_FROM : LEVEL_CAUSE); level--) {
            estimate_level_shape(self, level);
            solve(self);
        }
        if (!own && !estimate) {
            break;
        }
        if (own) {
            update_profile(self, estimate);
        }
    }
    apply_profile(self);
    solve(self);
    downward(self, LEVEL_BAND);
}

/* Keeps what the draws need, and writes the means. */
static void forest_store(const forest *self, estimate_table *table, size_t stream, double *rates)
{
    size_t at = stream * self->n_cause, n_from = self->n_from;

    memcpy(table->shape[stream], self->shape, sizeof self->shape);
    memcpy(table->cause_events + at, self->events[LEVEL_CAUSE], self->n[LEVEL_CAUSE] * sizeof(double));
    memcpy(table->from_events + at * n_from, self->events[LEVEL_FROM], self->n[LEVEL_FROM] * sizeof(double));
    memcpy(table->from_weight + at * n_from, self->weight[LEVEL_FROM], self->n[LEVEL_FROM] * sizeof(double));
    at *= PC_N_AGE_BAND;
    memcpy(table->age_events + at * n_from, self->events[LEVEL_AGE], self->n[LEVEL_AGE] * sizeof(double));
    memcpy(table->age_expected + at * n_from, self->expected[LEVEL_AGE], self->n[LEVEL_AGE] * sizeof(double));
    memcpy(table->age_weight + at * n_from, self->weight[LEVEL_AGE], self->n[LEVEL_AGE] * sizeof(double));
    for (size_t i = 0; i < self->n_cause * PC_N_AGE_BAND; i++) {
        table->profile_shape[at + i] = self->shape[LEVEL_PROFILE] + self->profile_events[i];
    }
    for (size_t leaf = 0; leaf < self->n[LEVEL_BAND]; leaf++) {
        size_t band = leaf % PC_N_BAND, node = leaf / PC_N_BAND;
        size_t age = node % PC_N_AGE_BAND, from = node / PC_N_AGE_BAND % n_from,
               cause = node / PC_N_AGE_BAND / n_from;
        size_t cell = ((stream * PC_N_AGE_BAND + age) * n_from + from) * PC_N_BAND + band;
        double *reference = &table->reference[cell * table->n_cause + cause];

        *reference *= self->profile[cause * PC_N_AGE_BAND + age];
        rates[cell * table->n_cause + cause] = estimate_round(*reference * self->factor[LEVEL_BAND][leaf]);
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

pc_status estimate_forest(const estimate_forest_input *input, estimate_table *table, double *rates)
{
    forest self;
    pc_status status;

    if (!input->options->shrink) {
        raw_rates(table, rates);
        return PC_OK;
    }
    status = forest_new(table, &self);
    for (size_t stream = 0; status == PC_OK && stream < PC_N_STREAM; stream++) {
        forest_load(&self, table, stream);
        fit_shapes(&self, input->options);
        forest_store(&self, table, stream, rates);
    }
    forest_free(&self);
    return status;
}
