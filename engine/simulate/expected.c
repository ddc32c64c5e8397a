/* expected.c - the expected-value method: docs/expected.md. */
#include "simulate/expected.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <omp.h>

#include "base/memory.h"
#include "simulate/expected_impl.h"

#define MAX_STEPS 1000
#define LONGEST_MONTH 31
/* Children are worked through in a number of blocks that does not depend on the threads, and the blocks are
 * added up in order: the same sums whoever did which. */
#define MAX_BLOCKS 64
/* A year of age is cut more finely where the steps are finer, so that halving them tests both. */
#define SLICES_PER_STEP 2
#define MAX_SLICES 48
#define N_STARTER_TASK ((size_t)PC_N_STREAM * PC_N_AGE_YEAR)

/* Cells of the results, exposure included. */
static size_t results_size(size_t n_category, size_t n_period, bool exposure)
{
    return (8 * n_category + 1 + PC_N_EXIT_CAUSE) * n_period +
           (exposure ? PC_N_KNOT * EXPECTED_N_SITUATION * n_category : 0);
}

pc_status expected_results_init(pc_expected *self, const pc_plan *plan, bool exposure)
{
    const size_t n = plan->n_category, n_period = plan->n_period;
    memset(self, 0, sizeof *self);
    double *store = pc_new_zero(results_size(n, n_period, exposure), sizeof *store);
    if (store == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    self->n_category = n;
    self->n_period = n_period;
    self->children = store; /* owns them all */
    self->children_variance = self->children + n * n_period;
    self->place_days = self->children_variance + (n + 1) * n_period;
    self->starts = self->place_days + n * n_period;
    self->ceases = self->starts + n * n_period;
    self->moves = self->ceases + n * n_period;
    self->departures = self->moves + n * n_period;
    self->status_changes = self->departures + n * n_period;
    self->exits = self->status_changes + n * n_period;
    self->exposure = exposure ? self->exits + PC_N_EXIT_CAUSE * n_period : NULL;
    return PC_OK;
}

void expected_free(pc_expected *self)
{
    if (self == NULL) {
        return;
    }
    free(self->children);
    memset(self, 0, sizeof *self);
}

static bool periods_ok(const pc_plan *plan)
{
    int day = 0;
    for (size_t period = 0; period < plan->n_period; period++) {
        if (plan->period[period].first != day || plan->period[period].end <= day) {
            return false;
        }
        day = plan->period[period].end;
    }
    return plan->n_period > 0 && day == plan->n_day;
}

static bool starts_ok(const pc_plan *plan)
{
    for (size_t period = 0; period < plan->n_period; period++) {
        for (size_t stream = 0; stream < PC_N_STREAM; stream++) {
            for (size_t age = 0; age < PC_N_AGE_YEAR; age++) {
                const double rate = plan_starts_per_day(plan, period, stream, age);
                if (!(rate >= 0.0 && isfinite(rate))) {
                    return false;
                }
            }
        }
    }
    return true;
}

static bool children_ok(const pc_plan *plan)
{
    for (size_t number = 0; number < plan->n_child; number++) {
        const plan_child *child = &plan->child[number];
        if (!(child->category < plan->n_category && child->stream < PC_N_STREAM &&
              child->age_band < PC_N_AGE_BAND && child->care_start <= 0.0 && child->placement_start <= 0.0)) {
            return false;
        }
    }
    return true;
}

/* The narrowest placement band that has an upper edge; 0 when the edges do not ascend. */
static double narrowest_band(const pc_plan *plan)
{
    double narrowest = (double)INFINITY, below = 0.0;
    for (size_t edge = 0; plan->placement_bands && edge < EXPECTED_N_EDGE; edge++) {
        const double band = plan->placement_edge[edge] - below;
        below = plan->placement_edge[edge];
        if (!(band > 0.0)) {
            return 0.0;
        }
        narrowest = band < narrowest ? band : narrowest;
    }
    return narrowest;
}

/* The k-th of n points that divide [first, end]: on whole days, or quarters, when there are enough of them,
 * so that few lengths of step occur. */
static double divide(int first, int end, size_t n, size_t k)
{
    const double length = end - first;
    const double at = length * (double)k / (double)n;
    if ((double)n <= length) {
        return first + floor(at + 0.5);
    }
    if ((double)n <= 4.0 * length) {
        return first + floor(4.0 * at + 0.5) / 4.0;
    }
    return first + at;
}

/* Steps in a stretch of whole days: those of a month in a month, in proportion in less. */
static size_t steps_in(int first, int end, size_t steps_per_month)
{
    const double steps = (double)steps_per_month * (end - first) / LONGEST_MONTH;
    return end - first >= 28 && end - first <= LONGEST_MONTH ? steps_per_month : (size_t)ceil(steps);
}

static pc_status calendar_make(const pc_plan *plan, size_t steps_per_month, expected_calendar *out)
{
    size_t n = 0;
    for (size_t period = 0; period < plan->n_period; period++) {
        n += steps_in(plan->period[period].first, plan->period[period].end, steps_per_month);
    }
    out->grid.at = pc_new(n + 1, sizeof *out->grid.at);
    out->period = pc_new(n, sizeof *out->period);
    if (out->grid.at == NULL || out->period == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    out->grid.n = n;
    out->grid.at[0] = 0.0;
    size_t step = 0;
    for (size_t period = 0; period < plan->n_period; period++) {
        const int first = plan->period[period].first, end = plan->period[period].end;
        const size_t n_step = steps_in(first, end, steps_per_month);
        for (size_t k = 1; k <= n_step; k++) {
            out->period[step] = period;
            out->grid.at[++step] = divide(first, end, n_step, k);
        }
    }
    return PC_OK;
}

/* Days since entry: the edges of both clocks, which all starters meet at the same time, are points of it. */
static pc_status entry_grid_make(const pc_plan *plan, size_t steps_per_month, expected_grid *out)
{
    int anchor[2 * EXPECTED_N_EDGE + 2];
    size_t n_anchor = 0;
    for (int last = 0; last < plan->n_day;) {
        anchor[n_anchor++] = last;
        int next = plan->n_day;
        for (size_t edge = 0; edge < EXPECTED_N_EDGE; edge++) {
            const int care = plan->care_bands ? (int)floor(fmin(plan->care_edge[edge], plan->n_day)) : 0;
            const int placement =
                plan->placement_bands ? (int)floor(fmin(plan->placement_edge[edge], plan->n_day)) : 0;
            next = care > last && care < next ? care : next;
            next = placement > last && placement < next ? placement : next;
        }
        last = next;
    }
    anchor[n_anchor] = plan->n_day;
    size_t n = 0;
    for (size_t part = 0; part < n_anchor; part++) {
        n += steps_in(0, anchor[part + 1] - anchor[part], steps_per_month);
    }
    out->at = pc_new(n + 1, sizeof *out->at);
    if (out->at == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    out->n = n;
    out->at[0] = 0.0;
    size_t step = 0;
    for (size_t part = 0; part < n_anchor; part++) {
        const size_t n_step = steps_in(0, anchor[part + 1] - anchor[part], steps_per_month);
        for (size_t k = 1; k <= n_step; k++) {
            out->at[++step] = divide(anchor[part], anchor[part + 1], n_step, k);
        }
    }
    return PC_OK;
}

static double longest_step(const expected_grid *grid)
{
    double longest = 0.0;
    for (size_t step = 0; step < grid->n; step++) {
        if (grid->at[step + 1] - grid->at[step] > longest) {
            longest = grid->at[step + 1] - grid->at[step];
        }
    }
    return longest;
}

typedef struct solver {
    const pc_plan *plan;
    bool exposure;
    expected_calendar calendar;
    expected_starters starters;
    expected_table table;
    size_t n_thread;
    expected_track *track;         /* [n_thread] */
    expected_starter_space *space; /* [n_thread] */
    size_t n_block;
    size_t n_part;     /* starters' tasks, then blocks of children */
    pc_expected *part; /* [n_part] */
} solver;

static void solver_free(solver *self)
{
    for (size_t thread = 0; thread < self->n_thread; thread++) {
        if (self->track != NULL) {
            expected_track_free(&self->track[thread]);
        }
        if (self->space != NULL) {
            expected_starter_space_free(&self->space[thread]);
        }
    }
    for (size_t part = 0; self->part != NULL && part < self->n_part; part++) {
        expected_free(&self->part[part]);
    }
    free(self->track);
    free(self->space);
    free(self->part);
    free(self->calendar.grid.at);
    free(self->calendar.period);
    free(self->starters.grid.at);
    expected_table_free(&self->table);
}

static pc_status solver_allocate(solver *self)
{
    self->track = pc_new_zero(self->n_thread, sizeof *self->track);
    self->space = pc_new_zero(self->n_thread, sizeof *self->space);
    self->part = pc_new_zero(self->n_part, sizeof *self->part);
    if (self->track == NULL || self->space == NULL || self->part == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    const size_t n_step =
        self->calendar.grid.n > self->starters.grid.n ? self->calendar.grid.n : self->starters.grid.n;
    pc_status status = PC_OK;
    for (size_t thread = 0; thread < self->n_thread && status == PC_OK; thread++) {
        status = expected_track_init(&self->track[thread], &self->table, n_step);
        if (status == PC_OK) {
            status = expected_starter_space_init(&self->space[thread], &self->starters);
        }
    }
    for (size_t part = 0; part < self->n_part && status == PC_OK; part++) {
        status = expected_results_init(&self->part[part], self->plan, self->exposure);
    }
    return status;
}

static pc_status solver_make(solver *self, size_t steps_per_month)
{
    const pc_plan *plan = self->plan;
    pc_status status = calendar_make(plan, steps_per_month, &self->calendar);
    if (status == PC_OK) {
        status = entry_grid_make(plan, steps_per_month, &self->starters.grid);
    }
    if (status != PC_OK) {
        return status;
    }
    self->starters.plan = plan;
    self->starters.n_slice =
        SLICES_PER_STEP * steps_per_month < MAX_SLICES ? SLICES_PER_STEP * steps_per_month : MAX_SLICES;
    self->n_block = plan->n_child < MAX_BLOCKS ? plan->n_child : MAX_BLOCKS;
    self->n_part = N_STARTER_TASK + self->n_block;
    status = expected_table_init(
        &self->table, plan, fmax(longest_step(&self->calendar.grid), longest_step(&self->starters.grid)));
    if (status != PC_OK) {
        return status;
    }
    expected_children_need(plan, &self->calendar, &self->table);
    expected_starters_need(&self->starters, &self->table);
    status = expected_table_fill(&self->table, (int)self->n_thread);
    return status == PC_OK ? solver_allocate(self) : status;
}

static void solve_part(solver *self, size_t part, size_t thread)
{
    if (part < N_STARTER_TASK) {
        expected_starters_run(&self->starters, &self->table, part / PC_N_AGE_YEAR, part % PC_N_AGE_YEAR,
                              &self->track[thread], &self->space[thread], &self->part[part]);
        return;
    }
    const size_t block = part - N_STARTER_TASK, n_child = self->plan->n_child;
    expected_children_run(&self->table, &self->calendar, block * n_child / self->n_block,
                          (block + 1) * n_child / self->n_block, &self->track[thread], &self->part[part]);
}

static void add_results(pc_expected *sum, const pc_expected *part)
{
    const size_t n_cell = results_size(sum->n_category, sum->n_period, sum->exposure != NULL);
    for (size_t cell = 0; cell < n_cell; cell++) {
        sum->children[cell] += part->children[cell];
    }
}

static pc_status solve(const pc_plan *plan, int steps_per_month, int threads, bool exposure, pc_expected *out)
{
    memset(out, 0, sizeof *out);
    const double narrowest = narrowest_band(plan);
    if (!(steps_per_month >= 0 && steps_per_month <= MAX_STEPS && threads >= 0 && narrowest > 0.0) ||
        !periods_ok(plan) || !starts_ok(plan) || !children_ok(plan)) {
        return PC_ERR_RANGE;
    }
    size_t steps = steps_per_month == 0 ? EXPECTED_DEFAULT_STEPS : (size_t)steps_per_month;
    while (steps < MAX_STEPS && ceil((double)LONGEST_MONTH / (double)steps) > narrowest) {
        steps++;
    }
    solver work = {.plan = plan,
                   .exposure = exposure,
                   .n_thread = (size_t)(threads == 0 ? omp_get_max_threads() : threads)};
    pc_status status = solver_make(&work, steps);
    if (status == PC_OK) {
        status = expected_results_init(out, plan, exposure);
    }
    if (status == PC_OK) {
#pragma omp parallel for num_threads((int)work.n_thread) schedule(dynamic, 1)
        for (size_t part = 0; part < work.n_part; part++) {
            solve_part(&work, part, (size_t)omp_get_thread_num());
        }
        for (size_t part = 0; part < work.n_part; part++) {
            add_results(out, &work.part[part]);
        }
    }
    solver_free(&work);
    return status;
}

pc_status expected_solve(const pc_plan *plan, int steps_per_month, int threads, pc_expected *out)
{
    return solve(plan, steps_per_month, threads, false, out);
}

pc_status expected_solve_exposure(const pc_plan *plan, int threads, pc_expected *out)
{
    return solve(plan, 0, threads, true, out);
}
