#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "simulate/expected_impl.h"

/* What is followed for one who starts, as rows by category: the stock, then flows counted from entry; then
 * exits by cause. */
enum { ROW_STOCK, ROW_CEASES, ROW_MOVES, ROW_STATUS, ROW_DEPARTURES, N_ROW };
#define MAX_OUTPUT (N_ROW * PC_MAX_CATEGORY + PC_N_EXIT_CAUSE)

static size_t n_output(size_t n_category)
{
    return N_ROW * n_category + PC_N_EXIT_CAUSE;
}

/* Ages within a year are taken at the middles of equal slices. All of a slice cross an inner age edge with
 * its middle; the 18th birthday, where they leave, is spread over the slice: `staying` falls in a straight
 * line from 1 to 0, and multiplies the life of one who would never leave by it. */
typedef struct slice_sum {
    const expected_starters *starters;
    const expected_table *table;
    expected_starter_space *space;
    double weight;         /* of the slice in its year of age */
    double begins, leaves; /* the first of the slice turns 18 at `begins`, the last at `leaves` */
    const double
        *entered; /* [n_period + 1]; starters by the edge of each period, or NULL: no exposure is wanted */
    pc_expected *out; /* where exposure goes */
    /* Now, and summed over time since entry: stock and its integral; events so far and their integral. */
    size_t step;
    double at;
    double now[MAX_OUTPUT], summed[MAX_OUTPUT];
} slice_sum;

static double staying(const slice_sum *self, double at)
{
    const double share = (self->leaves - at) / (self->leaves - self->begins);
    return share < 0.0 ? 0.0 : share > 1.0 ? 1.0 : share;
}

/* Events of `flow` by row and category. */
static void write_events(const expected_table *table, const expected_situation *rates,
                         const expected_flow *flow, double *out)
{
    const size_t n = table->shape.n;
    double changed[EXPECTED_MAX_WIDTH] = {0};
    memset(out, 0, n_output(n) * sizeof *out);
    if (rates->any_status) {
        expected_add_product(table->shape, flow->days, rates->status, changed);
    }
    for (size_t category = 0; category < n; category++) {
        const double ceased = flow->days[category] * rates->exit_all[category];
        out[ROW_CEASES * n + category] = ceased;
        out[ROW_MOVES * n + category] = flow->begun[category];
        out[ROW_STATUS * n + category] = changed[category];
        out[ROW_DEPARTURES * n + category] = flow->left[category] - ceased;
        for (size_t cause = 0; cause < PC_N_EXIT_HAZARD; cause++) {
            out[N_ROW * n + cause] += flow->days[category] * rates->exit[cause][category];
        }
    }
}

static void age_out(double *events, size_t n, size_t category, double leavers)
{
    events[ROW_CEASES * n + category] += leavers;
    events[N_ROW * n + PC_EXIT_AGE_OUT] += leavers;
}

/* The stock is entries plus events in less events out, at every time and in the integral as well: so it is
 * made from them, and what comes in goes out whatever the quadrature does. */
static double net_events(const double *events, size_t n, size_t category)
{
    return events[ROW_MOVES * n + category] + events[ROW_STATUS * n + category] -
           events[ROW_DEPARTURES * n + category] - events[ROW_CEASES * n + category];
}

static void record_point(slice_sum *self, size_t point)
{
    const size_t n_out = n_output(self->table->shape.n);
    double *value = self->space->value + point * n_out, *slope = self->space->slope + point * n_out;
    for (size_t output = 0; output < n_out; output++) {
        value[output] += self->weight * self->summed[output];
        slope[output] += self->weight * self->now[output];
    }
}

/* Starters by day `day`, between edges of periods in a straight line. */
static double entered_by(const pc_plan *plan, const double *entered, double day)
{
    if (!(day > 0.0)) {
        return 0.0;
    }
    if (!(day < plan->n_day)) {
        return entered[plan->n_period];
    }
    const size_t period = (size_t)plan->period_of_day[(int)day];
    const plan_period *span = &plan->period[period];
    return entered[period] +
           (entered[period + 1] - entered[period]) * (day - span->first) / (span->end - span->first);
}

/* Child-days of all who are so long in care in a year: those who entered that long before it. */
static void add_exposure(slice_sum *self, const expected_stretch *stretch, double mean_staying)
{
    const pc_plan *plan = self->starters->plan;
    const double since = 0.5 * (stretch->from + stretch->to);
    double before = 0.0;
    for (int year = 0; year < PC_N_KNOT; year++) {
        const double by =
            entered_by(plan, self->entered, pc_birthday(plan->origin, year + 1) - plan->origin - since);
        double *exposure = expected_exposure(self->out, year, stretch->situation);
        for (size_t category = 0; category < plan->n_category; category++) {
            exposure[category] += self->weight * (by - before) * mean_staying * stretch->once.days[category];
        }
        before = by;
    }
}

static void visit_slice(void *context, const expected_stretch *stretch)
{
    slice_sum *self = context;
    const expected_situation *rates = &self->table->situation[stretch->situation];
    const size_t n = self->table->shape.n, n_out = n_output(n);
    const double length = stretch->to - stretch->from;
    const double before = staying(self, stretch->from), after = staying(self, stretch->to);
    double once[MAX_OUTPUT], twice[MAX_OUTPUT];
    write_events(self->table, rates, &stretch->once, once);
    write_events(self->table, rates, &stretch->twice, twice);
    /* With these two means, d(staying x stock) = staying d(stock) + stock d(staying) holds for the step. */
    const double mean_once = 0.5 * (before + after);
    const double mean_twice = before + (after - before) / 3.0; /* early in the step weighs more */
    if (self->entered != NULL) {
        add_exposure(self, stretch, mean_once);
    }
    for (size_t output = n; output < n_out; output++) {
        once[output] *= mean_once;
        twice[output] *= mean_twice;
    }
    for (size_t category = 0; category < n; category++) {
        age_out(once, n, category,
                (before - after) * 0.5 * (stretch->before[category] + stretch->after[category]));
        age_out(twice, n, category, (before - after) / length * stretch->twice.days[category]);
        once[category] = net_events(once, n, category);
        twice[category] = net_events(twice, n, category);
    }
    for (size_t output = 0; output < n_out; output++) {
        self->summed[output] += length * self->now[output] + twice[output];
        self->now[output] += once[output];
    }
    self->at = stretch->to;
    self->step = stretch->step;
    if (!(stretch->to < self->starters->grid.at[stretch->step + 1])) {
        record_point(self, ++self->step);
    }
}

/* After the last has left nothing happens; what happened stays counted. */
static void finish_slice(slice_sum *self)
{
    const expected_grid *grid = &self->starters->grid;
    const size_t n = self->table->shape.n, n_out = n_output(n);
    for (size_t category = 0; category < n; category++) {
        self->now[category] = 0.0;
    }
    while (self->step < grid->n) {
        const double length = grid->at[self->step + 1] - self->at;
        for (size_t output = 0; output < n_out; output++) {
            self->summed[output] += length * self->now[output];
        }
        self->at = grid->at[self->step + 1];
        record_point(self, ++self->step);
    }
}

static size_t band_of_age(size_t age)
{
    size_t band = 0;
    while (band + 1 < PC_N_AGE_BAND && (int)age >= pc_age_band_first_year[band + 1]) {
        band++;
    }
    return band;
}

/* Where none of a year of age reaches the next age edge before the horizon, one slice is as good as many. */
static size_t slices_of(const expected_starters *self, size_t age)
{
    const int next_edge = pc_age_band_first_year[band_of_age(age) + 1];
    return (next_edge - (int)age - 1) * PC_DAYS_PER_YEAR >= self->plan->n_day ? 1 : self->n_slice;
}

/* The k-th of n divisions of a year, to a quarter of a day so that few lengths of step occur. */
static double slice_edge(size_t n_slice, size_t k)
{
    return floor(4.0 * PC_DAYS_PER_YEAR * (double)k / (double)n_slice + 0.5) / 4.0;
}

static expected_schedule slice_schedule(const expected_starters *self, size_t stream, size_t age,
                                        size_t slice, size_t n_slice, slice_sum *sum)
{
    const double youngest = slice_edge(n_slice, slice), oldest = slice_edge(n_slice, slice + 1);
    /* To a quarter of a day as well, down and up in turn. */
    const double middle = floor(2.0 * (youngest + oldest) + (slice % 2 == 0 ? 0.0 : 0.5)) / 4.0;
    double edge[PC_N_AGE_BAND];
    for (size_t band = 0; band < PC_N_AGE_BAND; band++) {
        edge[band] = (pc_age_band_first_year[band + 1] - (int)age) * PC_DAYS_PER_YEAR - middle;
    }
    const double majority = (pc_age_band_first_year[PC_N_AGE_BAND] - (int)age) * PC_DAYS_PER_YEAR;
    sum->begins = majority - oldest;
    sum->leaves = majority - youngest;
    sum->weight = (oldest - youngest) / PC_DAYS_PER_YEAR;
    edge[PC_N_AGE_BAND - 1] = sum->leaves;
    expected_schedule schedule = expected_schedule_make(self->plan, stream, band_of_age(age), edge, 0.0, 0.0);
    schedule.cut = sum->begins;
    return schedule;
}

static bool anyone_starts(const pc_plan *plan, size_t stream, size_t age)
{
    for (size_t period = 0; period < plan->n_period; period++) {
        if (plan_starts_per_day(plan, period, stream, age) > 0.0) {
            return true;
        }
    }
    return false;
}

void expected_starters_need(const expected_starters *self, expected_table *table)
{
    for (size_t stream = 0; stream < PC_N_STREAM; stream++) {
        for (size_t age = 0; age < PC_N_AGE_YEAR; age++) {
            if (!anyone_starts(self->plan, stream, age)) {
                continue;
            }
            const size_t n_slice = slices_of(self, age);
            for (size_t slice = 0; slice < n_slice; slice++) {
                slice_sum unused;
                const expected_schedule schedule = slice_schedule(self, stream, age, slice, n_slice, &unused);
                expected_schedule_need(&schedule, &self->grid, table);
            }
        }
    }
}

/* The integrals `day` days after entry, between points of the grid: a cubic that meets value and slope at
 * both ends. `point`: at or below the one wanted; moved on. */
static void sample(const expected_starters *self, const expected_starter_space *space, double day,
                   size_t n_wanted, size_t *point, double *out)
{
    const expected_grid *grid = &self->grid;
    const size_t n_out = n_output(self->plan->n_category);
    while (*point + 1 < grid->n && grid->at[*point + 1] <= day) {
        ++*point;
    }
    const double length = grid->at[*point + 1] - grid->at[*point];
    const double u = (day - grid->at[*point]) / length, v = 1.0 - u;
    const double end = u * u * (3.0 - 2.0 * u), end_slope = -length * u * u * v;
    const double start = 1.0 - end, start_slope = length * u * v * v;
    const double *value = space->value + *point * n_out, *slope = space->slope + *point * n_out;
    for (size_t output = 0; output < n_wanted; output++) {
        out[output] = start * value[output] + end * value[n_out + output] + start_slope * slope[output] +
                      end_slope * slope[n_out + output];
    }
}

static void sum_stock_days(const expected_starters *self, expected_starter_space *space)
{
    const size_t n = self->plan->n_category;
    size_t point = 0;
    double children[MAX_OUTPUT];
    memset(space->stock_days, 0, n * sizeof *space->stock_days);
    for (int day = 1; day <= self->plan->n_day; day++) {
        sample(self, space, day, n, &point, children);
        const double *before = space->stock_days + (size_t)(day - 1) * n;
        double *out = space->stock_days + (size_t)day * n;
        for (size_t category = 0; category < n; category++) {
            out[category] = before[category] + children[category];
        }
    }
}

/* Adds what happens over `period` to those who start, one a day, from day `entry` on: the difference of two
 * integrals over time since entry, at its beginning and end. */
static void add_period(const expected_starters *self, const expected_starter_space *space, size_t period,
                       int entry, double rate, const double *begin, const double *end, pc_expected *out)
{
    const size_t n = out->n_category;
    const plan_period *span = &self->plan->period[period];
    const double *days_begin = space->stock_days + (size_t)(span->first - entry) * n;
    const double *days_end = space->stock_days + (size_t)(span->end - entry) * n;
    for (size_t category = 0; category < n; category++) {
        const size_t cell = expected_cell(out, category, period);
        const double children = rate * end[ROW_STOCK * n + category];
        out->children[cell] += children;
        /* Numbers of a Poisson stream that are here, or anywhere, are Poisson themselves. */
        out->children_variance[cell] += children;
        out->children_variance[expected_cell(out, n, period)] += children;
        out->place_days[cell] += rate * (days_end[category] - days_begin[category]);
        double *const flow[N_ROW] = {NULL, out->ceases, out->moves, out->status_changes, out->departures};
        for (size_t row = ROW_CEASES; row < N_ROW; row++) {
            flow[row][cell] += rate * (end[row * n + category] - begin[row * n + category]);
        }
    }
    for (size_t cause = 0; cause < PC_N_EXIT_CAUSE; cause++) {
        out->exits[expected_cell(out, cause, period)] +=
            rate * (end[N_ROW * n + cause] - begin[N_ROW * n + cause]);
    }
}

/* A rate that is constant from one day on is a stream without end; where it changes, a stream of the
 * difference begins. */
static void spread_entries(const expected_starters *self, const expected_starter_space *space, size_t stream,
                           size_t age, const double *first, pc_expected *out)
{
    const pc_plan *plan = self->plan;
    double rate = 0.0;
    for (size_t entry = 0; entry < plan->n_period; entry++) {
        const double now = plan_starts_per_day(plan, entry, stream, age);
        const double change = now - rate;
        rate = now;
        const int first_day = plan->period[entry].first;
        for (size_t category = 0; category < out->n_category; category++) {
            out->starts[expected_cell(out, category, entry)] +=
                now * (plan->period[entry].end - first_day) * first[category];
        }
        if (!(fabs(change) > 0.0)) {
            continue;
        }
        double samples[2][MAX_OUTPUT] = {{0}};
        size_t point = 0;
        for (size_t period = entry; period < plan->n_period; period++) {
            double *begin = samples[period % 2], *end = samples[(period + 1) % 2];
            sample(self, space, plan->period[period].end - first_day, n_output(out->n_category), &point, end);
            add_period(self, space, period, first_day, change, begin, end, out);
        }
    }
}

/* Starters by the edge of each period. */
static void count_entries(const pc_plan *plan, size_t stream, size_t age, double *entered)
{
    entered[0] = 0.0;
    for (size_t period = 0; period < plan->n_period; period++) {
        entered[period + 1] = entered[period] + plan_starts_per_day(plan, period, stream, age) *
                                                    (plan->period[period].end - plan->period[period].first);
    }
}

void expected_starters_run(const expected_starters *self, const expected_table *table, size_t stream,
                           size_t age, expected_track *track, expected_starter_space *space, pc_expected *out)
{
    if (!anyone_starts(self->plan, stream, age)) {
        return;
    }
    if (out->exposure != NULL) {
        count_entries(self->plan, stream, age, space->entered);
    }
    const size_t n = table->shape.n, n_out = n_output(n);
    const double *first = self->plan->mean->first + (stream * PC_N_AGE_BAND + band_of_age(age)) * n;
    double initial[EXPECTED_MAX_WIDTH] = {0};
    memcpy(initial, first, n * sizeof *first);
    memset(space->value, 0, (self->grid.n + 1) * n_out * sizeof *space->value);
    memset(space->slope, 0, (self->grid.n + 1) * n_out * sizeof *space->slope);
    const size_t n_slice = slices_of(self, age);
    for (size_t slice = 0; slice < n_slice; slice++) {
        slice_sum sum = {.starters = self,
                         .table = table,
                         .space = space,
                         .entered = out->exposure != NULL ? space->entered : NULL,
                         .out = out};
        const expected_schedule schedule = slice_schedule(self, stream, age, slice, n_slice, &sum);
        memcpy(sum.now, initial, n * sizeof *initial);
        record_point(&sum, 0);
        expected_track_run(track, &self->grid, &schedule, initial, true, visit_slice, &sum);
        finish_slice(&sum);
    }
    sum_stock_days(self, space);
    spread_entries(self, space, stream, age, first, out);
}

pc_status expected_starter_space_init(expected_starter_space *self, const expected_starters *starters)
{
    const size_t n = starters->plan->n_category;
    const size_t n_cell = (starters->grid.n + 1) * n_output(n);
    self->value = pc_new(n_cell, sizeof *self->value);
    self->slope = pc_new(n_cell, sizeof *self->slope);
    self->stock_days = pc_new(((size_t)starters->plan->n_day + 1) * n, sizeof *self->stock_days);
    self->entered = pc_new(starters->plan->n_period + 1, sizeof *self->entered);
    if (self->value != NULL && self->slope != NULL && self->stock_days != NULL && self->entered != NULL) {
        return PC_OK;
    }
    expected_starter_space_free(self);
    return PC_ERR_NO_MEMORY;
}

void expected_starter_space_free(expected_starter_space *self)
{
    free(self->value);
    free(self->slope);
    free(self->stock_days);
    free(self->entered);
    memset(self, 0, sizeof *self);
}
