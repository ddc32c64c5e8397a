#include <math.h>
#include <string.h>

#include "simulate/expected_impl.h"

/* One child's stretches in one period and one situation: rates are applied once for all of them. */
typedef struct child_sum {
    const expected_table *table;
    const expected_calendar *calendar;
    pc_expected *out;
    size_t step, period, situation;
    double from, to;
    double before[EXPECTED_MAX_WIDTH], after[EXPECTED_MAX_WIDTH];
    expected_flow flow;
} child_sum;

/* The stock at the ends of days in (from, to], summed: its integral with the corrections of Euler and
 * Maclaurin at both ends. Of the next term, a twelfth of the change of slope, nothing would be seen. */
static double days_weight_before(double from)
{
    return floor(from) + 0.5 - from;
}
static double days_weight_after(double to)
{
    return floor(to) + 0.5 - to;
}

static void close_sum(child_sum *self)
{
    pc_expected *out = self->out;
    const expected_situation *rates = &self->table->situation[self->situation];
    const double *days = self->flow.days;
    double changed[EXPECTED_MAX_WIDTH] = {0};
    double *exposure =
        expected_exposure(out, self->table->plan->period[self->period].effect_year, self->situation);
    if (rates->any_status) {
        expected_add_product(self->table->shape, days, rates->status, changed);
    }
    for (size_t category = 0; category < out->n_category; category++) {
        if (exposure != NULL) {
            exposure[category] += days[category];
        }
        const size_t cell = expected_cell(out, category, self->period);
        const double ceased = days[category] * rates->exit_all[category];
        out->place_days[cell] += days[category] - self->before[category] * days_weight_before(self->from) +
                                 self->after[category] * days_weight_after(self->to);
        out->ceases[cell] += ceased;
        out->moves[cell] += self->flow.begun[category];
        out->departures[cell] += self->flow.left[category] - ceased;
        out->status_changes[cell] += changed[category];
        for (size_t cause = 0; cause < PC_N_EXIT_HAZARD; cause++) {
            out->exits[expected_cell(out, cause, self->period)] +=
                days[category] * rates->exit[cause][category];
        }
    }
    memset(&self->flow, 0, sizeof self->flow);
}

/* The child is in one category at most, so what varies is a yes or no for each, and one for all. */
static void record_stock(const child_sum *self)
{
    pc_expected *out = self->out;
    double total = 0.0;
    for (size_t category = 0; category < out->n_category; category++) {
        const double here = self->after[category];
        const double share = here < 0.0 ? 0.0 : here > 1.0 ? 1.0 : here;
        out->children[expected_cell(out, category, self->period)] += here;
        out->children_variance[expected_cell(out, category, self->period)] += share * (1.0 - share);
        total += here;
    }
    total = total < 0.0 ? 0.0 : total > 1.0 ? 1.0 : total;
    out->children_variance[expected_cell(out, out->n_category, self->period)] += total * (1.0 - total);
}

static void visit_child(void *context, const expected_stretch *stretch)
{
    child_sum *self = context;
    const size_t period = self->calendar->period[stretch->step];
    if (period != self->period || stretch->situation != self->situation) {
        if (self->to > self->from) {
            close_sum(self);
        }
        self->period = period;
        self->situation = stretch->situation;
        self->from = stretch->from;
        expected_copy(self->table->shape, stretch->before, self->before);
    }
    expected_add(self->table->shape, stretch->once.days, self->flow.days);
    expected_add(self->table->shape, stretch->once.begun, self->flow.begun);
    expected_add(self->table->shape, stretch->once.left, self->flow.left);
    self->to = stretch->to;
    expected_copy(self->table->shape, stretch->after, self->after);
    const expected_grid *grid = &self->calendar->grid;
    const bool step_ends = !(stretch->to < grid->at[stretch->step + 1]);
    if (step_ends &&
        (stretch->step + 1 == grid->n || self->calendar->period[stretch->step + 1] != self->period)) {
        record_stock(self);
    }
}

static expected_schedule schedule_of(const pc_plan *plan, size_t number)
{
    const plan_child *child = &plan->child[number];
    return expected_schedule_make(plan, child->stream, child->age_band, child->age_edge, child->care_start,
                                  child->placement_start);
}

/* All who are left leave on the 18th birthday, in the period of that day. */
static void age_out(const child_sum *self, const pc_plan *plan, double leave)
{
    if (!(leave < plan->n_day)) {
        return;
    }
    pc_expected *out = self->out;
    const size_t period = (size_t)plan->period_of_day[(int)floor(leave)];
    for (size_t category = 0; category < out->n_category; category++) {
        out->ceases[expected_cell(out, category, period)] += self->after[category];
        out->exits[expected_cell(out, PC_EXIT_AGE_OUT, period)] += self->after[category];
    }
}

void expected_children_need(const pc_plan *plan, const expected_calendar *calendar, expected_table *table)
{
    for (size_t number = 0; number < plan->n_child; number++) {
        const expected_schedule schedule = schedule_of(plan, number);
        expected_schedule_need(&schedule, &calendar->grid, table);
    }
}

void expected_children_run(const expected_table *table, const expected_calendar *calendar, size_t begin,
                           size_t end, expected_track *track, pc_expected *out)
{
    for (size_t number = begin; number < end; number++) {
        const expected_schedule schedule = schedule_of(table->plan, number);
        child_sum sum = {.table = table, .calendar = calendar, .out = out, .situation = EXPECTED_N_SITUATION};
        double initial[EXPECTED_MAX_WIDTH] = {0};
        initial[table->plan->child[number].category] = 1.0;
        memcpy(sum.after, initial, sizeof initial);
        expected_track_run(track, &calendar->grid, &schedule, initial, false, visit_child, &sum);
        if (sum.to > sum.from) {
            close_sum(&sum);
        }
        age_out(&sum, table->plan, schedule.leave);
    }
}
