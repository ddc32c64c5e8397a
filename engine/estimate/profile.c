/* profile.c - the profiles of the authority's own reference, and what each pool passes on to the draws.
 *
 * A cause's own reference is its pooled rate times a profile by age band and a profile by duration band, each
 * shared by all categories and shrunk towards flat by a shape of its own. A profile acts on the same cells as
 * the tree; each is found given the other.
 */
#include "estimate/forest.h"

void forest_apply_profiles(forest *self)
{
    for (size_t i = 0; i < self->n_active; i++) {
        size_t first = self->active[i] * PC_N_BAND;

        for (size_t leaf = first; leaf < first + PC_N_BAND; leaf++) {
            forest_place at = forest_place_of(self, leaf);

            self->expected[LEVEL_BAND][leaf] = self->flat[leaf] * self->origin[at.from] *
                                               self->profile[0][at.cause * N_STEP + at.age] *
                                               self->profile[1][at.cause * N_STEP + at.band];
        }
    }
}

/* Cells of one step of a profile: age nodes for ages, leaves for durations. Their expected events are those
 * under a profile of 1 and their pool's factor. Returns how many. */
static size_t step_cells(const forest *self, int profile, size_t cause, size_t step, shape_cell *cell)
{
    double fitted = self->profile[profile][cause * N_STEP + step];
    size_t n = 0;

    for (size_t from = cause * self->n_from; from < (cause + 1) * self->n_from; from++) {
        if (profile == 0) {
            size_t node = from * PC_N_AGE_BAND + step;

            cell[n++] =
                (shape_cell){self->events[LEVEL_AGE][node],
                             self->expected[LEVEL_AGE][node] * self->factor[LEVEL_FROM][from] / fitted, 0};
            continue;
        }
        for (size_t age = 0; age < PC_N_AGE_BAND; age++) {
            size_t node = from * PC_N_AGE_BAND + age, leaf = node * PC_N_BAND + step;

            cell[n++] =
                (shape_cell){self->events[LEVEL_BAND][leaf],
                             self->expected[LEVEL_BAND][leaf] * self->factor[LEVEL_AGE][node] / fitted, 0};
        }
    }
    return n;
}

/* Sums over the cells of a step, each times its credibility weight. */
static shape_cell step_sum(const forest *self, int profile, size_t cause, size_t step)
{
    shape_cell cell[PC_MAX_CATEGORY * PC_N_AGE_BAND], sum = {.parent = cause};
    size_t n = step_cells(self, profile, cause, step, cell);
    double k = self->shape[LEVEL_AGE + profile], fitted = self->profile[profile][cause * N_STEP + step];

    for (size_t c = 0; c < n; c++) {
        double weight = k / (k + fitted * cell[c].expected);

        sum.events += weight * cell[c].events;
        sum.expected += weight * cell[c].expected;
    }
    return sum;
}

void forest_update_profile(forest *self, int profile, bool estimate)
{
    double *k = &self->shape[LEVEL_PROFILE_AGE + profile];
    size_t n = 0;

    for (size_t i = 0; i < self->n_cause * N_STEP; i++) {
        shape_cell sum = step_sum(self, profile, i / N_STEP, i % N_STEP);

        if (sum.expected > 0) {
            self->cell[n++] = sum;
        }
    }
    if (estimate) {
        for (size_t cause = 0; cause < self->n_cause; cause++) {
            self->parent[cause] = (shape_parent){.shape = self->shape[LEVEL_CAUSE], .mean = 1, .factor = 1};
        }
        *k = estimate_shape(self->cell, n, self->parent, *k, self->chance[LEVEL_PROFILE_AGE + profile]);
    }
    for (size_t i = 0; i < self->n_cause * N_STEP; i++) {
        shape_cell sum = step_sum(self, profile, i / N_STEP, i % N_STEP);

        self->profile[profile][i] = (*k + sum.events) / (*k + sum.expected);
    }
}

/* What each cause tells of how fast children leave a category: expected events are those under an origin of 1
 * and the cause's factor. Returns how many. */
static size_t origin_cells(const forest *self, size_t from, shape_cell cell[PC_MAX_CATEGORY])
{
    for (size_t cause = 0; cause < self->n_cause; cause++) {
        size_t node = cause * self->n_from + from;

        cell[cause] = (shape_cell){
            self->events[LEVEL_FROM][node],
            self->expected[LEVEL_FROM][node] * self->factor[LEVEL_CAUSE][cause] / self->origin[from], 0};
    }
    return self->n_cause;
}

/* The same, summed, each cause times its credibility weight. */
static shape_cell origin_sum(const forest *self, size_t from)
{
    shape_cell cell[PC_MAX_CATEGORY], sum = {.parent = 0};
    double k = self->shape[LEVEL_FROM];

    for (size_t c = 0, n = origin_cells(self, from, cell); c < n; c++) {
        double weight = k / (k + self->origin[from] * cell[c].expected);

        sum.events += weight * cell[c].events;
        sum.expected += weight * cell[c].expected;
    }
    return sum;
}

/* Some kinds of placement last longer than others, wherever children go from there. Each destination alone
 * has too few events to tell. */
void forest_update_origin(forest *self, bool estimate)
{
    double *k = &self->shape[LEVEL_ORIGIN];
    shape_parent all = {.shape = self->shape[LEVEL_CAUSE], .mean = 1, .factor = 1};
    size_t n = 0;

    for (size_t from = 0; from < self->n_from; from++) {
        shape_cell sum = origin_sum(self, from);

        if (sum.expected > 0) {
            self->cell[n++] = sum;
        }
    }
    if (estimate) {
        *k = estimate_shape(self->cell, n, &all, *k, self->chance[LEVEL_ORIGIN]);
    }
    for (size_t from = 0; from < self->n_from; from++) {
        shape_cell sum = origin_sum(self, from);

        self->origin[from] = (*k + sum.events) / (*k + sum.expected);
    }
}

void forest_project_origin(forest *self)
{
    shape_cell cell[PC_MAX_CATEGORY];

    for (size_t from = 0; from < self->n_from; from++) {
        size_t n = origin_cells(self, from, cell);
        pool_data data = estimate_project(self->shape[LEVEL_ORIGIN], 1, self->origin[from], cell, n,
                                          self->shape[LEVEL_FROM]);

        self->origin_events[from] = data.events;
        self->origin_expected[from] = data.expected;
    }
}

void forest_project_profiles(forest *self)
{
    shape_cell cell[PC_MAX_CATEGORY * PC_N_AGE_BAND];

    for (int profile = 0; profile < N_PROFILE; profile++) {
        double k = self->shape[LEVEL_PROFILE_AGE + profile];
        /* The pools' factors are not known either; their spread about the pools above is added to the cells'.
         */
        double cell_shape =
            1 / (1 / self->shape[LEVEL_AGE + profile] + 1 / self->shape[LEVEL_FROM + profile]);

        for (size_t i = 0; i < self->n_cause * N_STEP; i++) {
            size_t n = step_cells(self, profile, i / N_STEP, i % N_STEP, cell);
            pool_data data = estimate_project(k, 1, self->profile[profile][i], cell, n, cell_shape);

            self->profile_events[profile][i] = data.events;
            self->profile_expected[profile][i] = data.expected;
        }
    }
}

static void project_pool(forest *self, int level, size_t node, size_t n_cell, double parent)
{
    for (size_t c = 0; c < n_cell; c++) {
        self->cell[c] = (shape_cell){self->events[level + 1][node * n_cell + c],
                                     self->expected[level + 1][node * n_cell + c], 0};
    }
    pool_data data = estimate_project(self->shape[level], parent, self->factor[level][node], self->cell,
                                      n_cell, self->shape[level + 1]);
    self->events[level][node] = data.events;
    self->expected[level][node] = data.expected;
}

void forest_project(forest *self)
{
    for (size_t i = 0; i < self->n_active; i++) {
        size_t node = self->active[i];

        project_pool(self, LEVEL_AGE, node, PC_N_BAND, self->factor[LEVEL_FROM][node / PC_N_AGE_BAND]);
    }
    for (size_t node = 0; node < self->n[LEVEL_FROM]; node++) {
        project_pool(self, LEVEL_FROM, node, PC_N_AGE_BAND, self->factor[LEVEL_CAUSE][node / self->n_from]);
    }
    for (size_t node = 0; node < self->n[LEVEL_CAUSE]; node++) {
        project_pool(self, LEVEL_CAUSE, node, self->n_from, 1.0);
    }
}
