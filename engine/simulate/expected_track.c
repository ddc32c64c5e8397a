#include "simulate/expected_track.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

expected_schedule expected_schedule_make(const pc_plan *plan, size_t stream, size_t age,
                                         const double age_edge[PC_N_AGE_BAND], double care_start,
                                         double placement_start)
{
    expected_schedule schedule = {.placement_start = placement_start, .cut = (double)INFINITY};
    const double leave = age_edge[PC_N_AGE_BAND - 1];
    schedule.leave = leave > 0.0 ? leave : 0.0;
    size_t care = 0;
    double at = 0.0;
    while (at < schedule.leave && at < plan->n_day) {
        while (age + 1 < PC_N_AGE_BAND && age_edge[age] <= at) {
            age++;
        }
        while (plan->care_bands && care + 1 < PC_N_BAND && care_start + plan->care_edge[care] <= at) {
            care++;
        }
        schedule.change_at[schedule.n_change] = at;
        schedule.situation[schedule.n_change++] = (uint8_t)expected_situation_number(stream, age, care);
        double next = schedule.leave;
        if (age + 1 < PC_N_AGE_BAND && age_edge[age] < next) {
            next = age_edge[age];
        }
        if (plan->care_bands && care + 1 < PC_N_BAND && care_start + plan->care_edge[care] < next) {
            next = care_start + plan->care_edge[care];
        }
        at = next;
    }
    return schedule;
}

/* The stretches of a run: steps of the grid, cut where the situation or the first placement's band changes.
 */
typedef struct walk {
    const expected_table *table;
    const expected_grid *grid;
    const expected_schedule *schedule;
    size_t step, change, band;
    double at;
    double from, to;
} walk;

static walk walk_begin(const expected_table *table, const expected_grid *grid,
                       const expected_schedule *schedule)
{
    return (walk){.table = table, .grid = grid, .schedule = schedule};
}

static double first_edge(const walk *self)
{
    return self->band + 1 < self->table->n_band
               ? self->schedule->placement_start + self->table->edge[self->band]
               : (double)INFINITY;
}

static double next_change(const walk *self)
{
    return self->change + 1 < self->schedule->n_change ? self->schedule->change_at[self->change + 1]
                                                       : (double)INFINITY;
}

/* Moves to the next stretch [from, to); false at the end. */
static bool walk_next(walk *self)
{
    self->from = self->at;
    while (self->step < self->grid->n && self->grid->at[self->step + 1] <= self->from) {
        self->step++;
    }
    if (self->step == self->grid->n || self->from >= self->schedule->leave) {
        return false;
    }
    while (next_change(self) <= self->from) {
        self->change++;
    }
    while (first_edge(self) <= self->from) {
        self->band++;
    }
    double to = self->grid->at[self->step + 1];
    to = self->schedule->leave < to ? self->schedule->leave : to;
    to = next_change(self) < to ? next_change(self) : to;
    to = first_edge(self) < to ? first_edge(self) : to;
    if (self->schedule->cut > self->from && self->schedule->cut < to) {
        to = self->schedule->cut;
    }
    self->at = self->to = to;
    return true;
}

void expected_schedule_need(const expected_schedule *self, const expected_grid *grid, expected_table *table)
{
    walk stretch = walk_begin(table, grid, self);
    while (walk_next(&stretch)) {
        expected_table_need(table, self->situation[stretch.change], stretch.to - stretch.from);
    }
}

pc_status expected_track_init(expected_track *self, const expected_table *table, size_t max_step)
{
    memset(self, 0, sizeof *self);
    self->table = table;
    const size_t max_entry = max_step + EXPECTED_MAX_CUT;
    self->entry = pc_new(max_entry * table->shape.width, sizeof *self->entry);
    self->entry_from = pc_new(max_entry, sizeof *self->entry_from);
    self->entry_to = pc_new(max_entry, sizeof *self->entry_to);
    self->scratch_step = pc_new_zero(expected_step_size(table), sizeof *self->scratch_step);
    if (self->entry != NULL && self->entry_from != NULL && self->entry_to != NULL &&
        self->scratch_step != NULL) {
        return PC_OK;
    }
    expected_track_free(self);
    return PC_ERR_NO_MEMORY;
}

void expected_track_free(expected_track *self)
{
    if (self == NULL) {
        return;
    }
    free(self->entry);
    free(self->entry_from);
    free(self->entry_to);
    free(self->scratch_step);
    memset(self, 0, sizeof *self);
}

/* Takes the placements begun in a stretch from the lower edge of `band` to its upper edge. */
static void carry(expected_track *self, size_t number, size_t band)
{
    const expected_table *table = self->table;
    const expected_schedule *schedule = self->schedule;
    const double begun = 0.5 * (self->entry_from[number] + self->entry_to[number]);
    double at = begun + (band == 0 ? 0.0 : table->edge[band - 1]);
    const double end = begun + table->edge[band];
    double *entry = self->entry + number * table->shape.width;
    size_t change = self->change[band];
    while (change + 1 < schedule->n_change && schedule->change_at[change + 1] <= at) {
        change++;
    }
    self->change[band] = change;
    if (change + 1 == schedule->n_change || schedule->change_at[change + 1] >= end) {
        double out[EXPECTED_MAX_WIDTH];
        expected_product(table->shape, entry, table->situation[schedule->situation[change]].whole[band], out);
        expected_copy(table->shape, out, entry);
        return;
    }
    for (; at < end; change++) {
        double to = end;
        if (change + 1 < schedule->n_change && schedule->change_at[change + 1] < end) {
            to = schedule->change_at[change + 1];
        }
        expected_table_carry(table, schedule->situation[change], band, to - at, entry);
        at = to;
    }
}

/* net[b] = what crosses into band b less what crosses out of it over [from, to). Placements begun in one
 * stretch are taken to have begun evenly over it, so they cross evenly over an interval as long. A stretch is
 * never longer than a band, so each is across one edge before it reaches the next. */
static void cross(expected_track *self, double from, double to, double net[PC_N_BAND][EXPECTED_MAX_WIDTH])
{
    const size_t width = self->table->shape.width;
    for (size_t edge = 0; edge + 1 < self->table->n_band; edge++) {
        const double first = from - self->table->edge[edge], last = to - self->table->edge[edge];
        size_t number = self->crossing[edge];
        for (; number < self->n_entry && self->entry_from[number] < last; number++) {
            if (self->carried[edge] <= number) {
                carry(self, number, edge);
                self->carried[edge] = number + 1;
            }
            const double begun = self->entry_from[number], ended = self->entry_to[number];
            const double share =
                ((ended < last ? ended : last) - (begun > first ? begun : first)) / (ended - begun);
            const double *entry = self->entry + number * width;
            expected_add_scaled(self->table->shape, -share, entry, net[edge]);
            expected_add_scaled(self->table->shape, share, entry, net[edge + 1]);
            self->any[edge + 1] = true;
            if (ended > last) {
                break;
            }
        }
        self->crossing[edge] = number;
    }
}

/* Counts what a part in `band` did, with `days` child-days, and takes what left it from `state`; changes of
 * status come back in their new category. */
static void settle(const expected_table *table, const expected_situation *rates, size_t band,
                   const double *days, double *state, expected_flow *flow)
{
    const expected_lane *in = (const expected_lane *)days;
    const expected_lane *rate = (const expected_lane *)rates->departure[band];
    expected_lane *there = (expected_lane *)state;
    expected_lane *sum = (expected_lane *)flow->days, *left = (expected_lane *)flow->left;
    for (size_t lane = 0; lane < table->shape.width / 2; lane++) {
        const expected_lane leaving = in[lane] * rate[lane];
        sum[lane] += in[lane];
        left[lane] += leaving;
        there[lane] -= leaving;
    }
    expected_add_product(table->shape, days, rates->move[band], flow->begun);
    if (rates->any_status) {
        expected_add_product(table->shape, days, rates->status, state);
    }
}

/* The integral of child-days so far, for a state that is `before`, then `after`, with `days` between: exact
 * for a parabola. */
static void add_twice(const expected_table *table, const expected_situation *rates, size_t band,
                      double length, const double *before, const double *days, const double *after,
                      expected_flow *flow)
{
    double twice[EXPECTED_MAX_WIDTH], unused[EXPECTED_MAX_WIDTH] = {0};
    for (size_t category = 0; category < table->shape.width; category++) {
        twice[category] =
            length * days[category] / 2.0 - length * length / 12.0 * (after[category] - before[category]);
    }
    settle(table, rates, band, twice, unused, flow);
}

/* One part of the state through the stretch, but for band 0 of later placements. `arrived`: over the band's
 * edges, or NULL. */
static void advance_part(const expected_track *self, const expected_situation *rates,
                         const expected_step *matrices, size_t band, const double *arrived, double *state,
                         expected_stretch *stretch)
{
    const expected_table *table = self->table;
    const bool twice = self->twice;
    double days[EXPECTED_MAX_WIDTH], before[EXPECTED_MAX_WIDTH];
    if (twice) {
        expected_copy(table->shape, state, before);
    }
    expected_product(table->shape, state, matrices->days[band], days);
    if (arrived != NULL) {
        expected_add_product(table->shape, arrived, matrices->spread[band], days);
        expected_add(table->shape, arrived, state);
    }
    settle(table, rates, band, days, state, &stretch->once);
    if (twice) {
        add_twice(table, rates, band, stretch->to - stretch->from, before, days, state, &stretch->twice);
    }
}

/* Band 0 of later placements: all that begins over the stretch begins here, and may end here within it. */
static void advance_renewed(expected_track *self, const expected_situation *rates,
                            const expected_step *matrices, const double *crossed, expected_stretch *stretch)
{
    const expected_table *table = self->table;
    const bool twice = self->twice;
    double arrived[EXPECTED_MAX_WIDTH], days[EXPECTED_MAX_WIDTH], before[EXPECTED_MAX_WIDTH];
    if (twice) {
        expected_copy(table->shape, self->later[0], before);
    }
    expected_copy(table->shape, stretch->once.begun, arrived);
    expected_add(table->shape, crossed, arrived);
    expected_product(table->shape, self->later[0], matrices->renewed, days);
    expected_add_product(table->shape, arrived, matrices->spread[0], days);
    settle(table, rates, 0, days, self->later[0], &stretch->once);
    expected_add(table->shape, stretch->once.begun, self->later[0]);
    expected_add(table->shape, crossed, self->later[0]);
    if (twice) {
        add_twice(table, rates, 0, stretch->to - stretch->from, before, days, self->later[0],
                  &stretch->twice);
    }
}

static void advance(expected_track *self, size_t first_band, expected_stretch *stretch)
{
    const expected_table *table = self->table;
    const expected_situation *rates = &table->situation[stretch->situation];
    const expected_step matrices =
        expected_table_step(table, stretch->situation, stretch->to - stretch->from, self->scratch_step);
    double net[PC_N_BAND][EXPECTED_MAX_WIDTH] = {{0}};
    memset(&stretch->once, 0, sizeof stretch->once);
    if (self->twice) {
        memset(&stretch->twice, 0, sizeof stretch->twice);
    }
    cross(self, stretch->from, stretch->to, net);
    if (self->in_first) {
        advance_part(self, rates, &matrices, first_band, NULL, self->first, stretch);
    }
    for (size_t band = 1; band < table->n_band; band++) {
        if (self->any[band]) {
            advance_part(self, rates, &matrices, band, net[band], self->later[band], stretch);
        }
    }
    advance_renewed(self, rates, &matrices, net[0], stretch);
    expected_copy(table->shape, stretch->once.begun, self->entry + self->n_entry * table->shape.width);
    self->entry_from[self->n_entry] = stretch->from;
    self->entry_to[self->n_entry++] = stretch->to;
}

static void sum_state(const expected_track *self, double *out)
{
    expected_copy(self->table->shape, self->first, out);
    for (size_t band = 0; band < self->table->n_band; band++) {
        expected_add(self->table->shape, self->later[band], out);
    }
}

static void reset(expected_track *self, const double *initial)
{
    memset(self->first, 0, sizeof self->first);
    memset(self->later, 0, sizeof self->later);
    memset(self->any, 0, sizeof self->any);
    memset(self->crossing, 0, sizeof self->crossing);
    memset(self->carried, 0, sizeof self->carried);
    memset(self->change, 0, sizeof self->change);
    self->n_entry = 0;
    /* Where no hazard depends on the placement clock the first placement is like any other. */
    self->in_first = self->table->n_band > 1;
    memcpy(self->in_first ? self->first : self->later[0], initial,
           self->table->shape.width * sizeof *initial);
}

void expected_track_run(expected_track *self, const expected_grid *grid, const expected_schedule *schedule,
                        const double *initial, bool twice, expected_visit visit, void *context)
{
    self->grid = grid;
    self->schedule = schedule;
    self->twice = twice;
    reset(self, initial);
    double stock[2][EXPECTED_MAX_WIDTH] = {{0}};
    sum_state(self, stock[0]);
    int now = 0;
    expected_stretch stretch;
    walk place = walk_begin(self->table, grid, schedule);
    while (walk_next(&place)) {
        stretch.step = place.step;
        stretch.from = place.from;
        stretch.to = place.to;
        stretch.situation = schedule->situation[place.change];
        advance(self, place.band, &stretch);
        sum_state(self, stock[1 - now]);
        stretch.before = stock[now];
        stretch.after = stock[1 - now];
        visit(context, &stretch);
        now = 1 - now;
    }
}
