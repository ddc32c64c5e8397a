/* forest.c - the trees of pools of one family and stream: one tree a cause,
 *
 *     cause -> cause x from -> cause x from x age -> cause x from x age x duration,
 *
 * and how much they borrow (docs/model.md, section 2). A node has events a and expected events b; its factor
 * is (k + a) / (k / parent + b). A leaf's a and b are its own; a pool's are the sums of those of its cells,
 * each times the cell's credibility weight k / (k + parent * b): an event in a cell whose rate is its own
 * says less about the pool.
 */
#include "estimate/forest.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

#define MAX_ITERATION 60
#define SOLVED 1e-8 /* largest change of ln(factor) */

/* Cells of each pool at a level. */
static size_t branching(const forest *self, int level)
{
    static const size_t fixed[N_TREE_LEVEL] = {[LEVEL_AGE] = PC_N_AGE_BAND, [LEVEL_BAND] = PC_N_BAND};

    return level == LEVEL_FROM ? self->n_from : fixed[level];
}

forest_place forest_place_of(const forest *self, size_t leaf)
{
    size_t node = leaf / PC_N_BAND, above = node / PC_N_AGE_BAND;

    return (forest_place){above / self->n_from, above % self->n_from, node % PC_N_AGE_BAND, leaf % PC_N_BAND};
}

void forest_free(forest *self)
{
    free(self->memory);
    free(self->active);
    free(self->cell);
    free(self->parent);
}

static double *take(double **memory, size_t n)
{
    double *taken = *memory;

    *memory += n;
    return taken;
}

pc_status forest_new(const estimate_table *table, forest *self)
{
    size_t total = 0, n_profile = table->n_cause * N_STEP;
    double *memory;

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
    total += self->n[LEVEL_BAND] + 3 * (N_PROFILE * n_profile + self->n_from);
    self->memory = pc_new_zero(total, sizeof *self->memory);
    self->active = pc_new_zero(self->n[LEVEL_AGE], sizeof *self->active);
    self->cell = pc_new_zero(self->n[LEVEL_BAND], sizeof *self->cell);
    self->parent = pc_new_zero(self->n[LEVEL_AGE], sizeof *self->parent);
    if (self->memory == NULL || self->active == NULL || self->cell == NULL || self->parent == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    memory = self->memory;
    for (int level = 0; level < N_TREE_LEVEL; level++) {
        self->events[level] = take(&memory, self->n[level]);
        self->expected[level] = take(&memory, self->n[level]);
        self->factor[level] = take(&memory, self->n[level]);
        self->weight[level] = take(&memory, self->n[level]);
    }
    self->flat = take(&memory, self->n[LEVEL_BAND]);
    for (int p = 0; p < N_PROFILE; p++) {
        self->profile[p] = take(&memory, n_profile);
        self->profile_events[p] = take(&memory, n_profile);
        self->profile_expected[p] = take(&memory, n_profile);
    }
    self->origin = take(&memory, self->n_from);
    self->origin_events = take(&memory, self->n_from);
    self->origin_expected = take(&memory, self->n_from);
    return PC_OK;
}

static void reset(forest *self)
{
    for (int level = 0; level < N_TREE_LEVEL; level++) {
        for (size_t node = 0; node < self->n[level]; node++) {
            self->factor[level][node] = 1;
            self->weight[level][node] = 1;
            self->expected[level][node] = 0; /* nodes that are not active keep this */
        }
    }
    for (int p = 0; p < N_PROFILE; p++) {
        for (size_t i = 0; i < self->n_cause * N_STEP; i++) {
            self->profile[p][i] = 1;
            self->profile_events[p][i] = 0;
            self->profile_expected[p][i] = 0;
        }
    }
    for (size_t from = 0; from < self->n_from; from++) {
        self->origin[from] = 1;
        self->origin_events[from] = 0;
        self->origin_expected[from] = 0;
    }
    memset(self->chance, 0, sizeof self->chance);
    self->n_active = 0;
}

void forest_load(forest *self, const estimate_table *table, size_t stream)
{
    reset(self);
    for (size_t node = 0; node < self->n[LEVEL_AGE]; node++) {
        bool any = false;

        for (size_t leaf = node * PC_N_BAND; leaf < (node + 1) * PC_N_BAND; leaf++) {
            forest_place at = forest_place_of(self, leaf);
            size_t cell = ((stream * PC_N_AGE_BAND + at.age) * self->n_from + at.from) * PC_N_BAND + at.band;
            double reference = table->reference[cell * table->n_cause + at.cause];

            self->flat[leaf] = table->years[cell] * reference;
            self->events[LEVEL_BAND][leaf] =
                reference > 0 ? table->events[cell * table->n_cause + at.cause] : 0.0;
            any = any || self->flat[leaf] > 0 || self->events[LEVEL_BAND][leaf] > 0;
        }
        if (any) {
            self->active[self->n_active++] = node;
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
double forest_downward(forest *self, int level)
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

void forest_solve(forest *self)
{
    double change = 1;

    for (int iteration = 0; iteration < MAX_ITERATION && change > SOLVED; iteration++) {
        upward(self);
        change = forest_downward(self, LEVEL_CAUSE);
        change = fmax(change, forest_downward(self, LEVEL_FROM));
        change = fmax(change, forest_downward(self, LEVEL_AGE));
    }
}

/* The shape of one level, from its cells with exposure. */
void forest_estimate_shape(forest *self, int level)
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
    self->shape[level] = estimate_shape(self->cell, n, self->parent, self->shape[level], self->chance[level]);
}
