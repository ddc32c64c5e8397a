#include "simulate/trend_path.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "simulate/expected.h"

void trend_path_free(trend_path *self)
{
    free(self->day);
    free(self->children);
    free(self->homes);
    free(self->birthdays);
    memset(self, 0, sizeof *self);
}

static pc_status path_init(trend_path *self, size_t n_period)
{
    memset(self, 0, sizeof *self);
    self->n = n_period + 1;
    self->day = pc_new_zero(self->n, sizeof(double));
    self->children = pc_new_zero(self->n, sizeof(double));
    self->homes = pc_new_zero(self->n, sizeof(double));
    self->birthdays = pc_new_zero(self->n, sizeof(double));
    if (self->day == NULL || self->children == NULL || self->homes == NULL || self->birthdays == NULL) {
        trend_path_free(self);
        return PC_ERR_NO_MEMORY;
    }
    return PC_OK;
}

double trend_path_at(const trend_path *self, const double *value, double day)
{
    size_t at = 0;

    if (!(day > 0.0)) {
        return value[0];
    }
    while (at + 2 < self->n && self->day[at + 1] <= day) {
        at++;
    }
    return value[at] +
           (value[at + 1] - value[at]) * (day - self->day[at]) / (self->day[at + 1] - self->day[at]);
}

static void path_fill(trend_path *self, const pc_plan *plan, const pc_expected *from)
{
    for (size_t child = 0; child < plan->n_child; child++) {
        self->children[0] += 1.0;
        self->homes[0] += plan->residential[plan->child[child].category];
    }
    for (size_t period = 0; period < plan->n_period; period++) {
        self->day[period + 1] = plan->period[period].end;
        self->birthdays[period + 1] =
            self->birthdays[period] + from->exits[PC_EXIT_AGE_OUT * from->n_period + period];
        for (size_t category = 0; category < plan->n_category; category++) {
            double children = from->children[category * from->n_period + period];

            self->children[period + 1] += children;
            self->homes[period + 1] += plan->residential[category] ? children : 0.0;
        }
    }
}

/* Child-years of local children. */
static void add_child_years(const pc_plan *plan, const pc_expected *from, pc_trend_year year[PC_N_KNOT])
{
    size_t n = plan->n_category, group = (size_t)PC_N_AGE_BAND * PC_N_BAND;

    for (size_t at = 0; at < PC_N_KNOT * group; at++) {
        size_t knot = at / group, age = at / PC_N_BAND % PC_N_AGE_BAND, care = at % PC_N_BAND;
        const double *days =
            from->exposure + ((knot * PC_N_STREAM + PC_STREAM_LOCAL) * group + at % group) * n;

        for (size_t category = 0; category < n; category++) {
            year[knot].child_years[age][care][category] += days[category] / PC_DAYS_PER_YEAR;
        }
    }
}

/* `year`: child-years are added to it; NULL: they are not wanted. */
static pc_status solve_path(const pc_plan *plan, int threads, trend_path *out, pc_trend_year *year)
{
    pc_expected expected = {0};
    pc_status status = year != NULL ? expected_solve_exposure(plan, threads, &expected)
                                    : expected_solve(plan, 0, threads, &expected);

    status = status == PC_OK ? path_init(out, plan->n_period) : status;
    if (status == PC_OK) {
        path_fill(out, plan, &expected);
    }
    if (status == PC_OK && year != NULL) {
        add_child_years(plan, &expected, year);
    }
    expected_free(&expected);
    return status;
}

pc_status trend_paths_solve(pc_plan *plan, int threads, trend_path *present, trend_path *starters,
                            pc_trend_year *year)
{
    size_t n = plan->n_period * PC_N_STREAM * PC_N_AGE_YEAR, n_child = plan->n_child;
    double *multiplier = plan->start_multiplier, *none = pc_new_zero(n, sizeof *none);
    pc_status status;

    if (none == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    plan->start_multiplier = none;
    status = solve_path(plan, threads, present, year);
    plan->start_multiplier = multiplier;
    plan->n_child = 0;
    status = status == PC_OK ? solve_path(plan, threads, starters, year) : status;
    plan->n_child = n_child;
    free(none);
    return status;
}
