/* What happened, month by month: children, starts, ceases, cost. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "outcome/backtest.h"

const pc_measure backtest_measure[BACKTEST_N_MEASURE] = {
    [BACKTEST_CHILDREN] = PC_MEASURE_CHILDREN,
    [BACKTEST_STARTS] = PC_MEASURE_STARTS,
    [BACKTEST_CEASES] = PC_MEASURE_CEASES,
    [BACKTEST_COST] = PC_MEASURE_COST,
};

static pc_day first_of_month(const backtest_series *self, size_t month)
{
    return pc_month_first_day(self->first_month + (int)month);
}

/* The month of `day`, n_month when it is none of the series. */
static size_t month_of(const backtest_series *self, pc_day day)
{
    int month = pc_month_of_day(day) - self->first_month;

    return month >= 0 && (size_t)month < self->n_month ? (size_t)month : self->n_month;
}

static void add(backtest_series *self, size_t measure, size_t category, size_t at, double value)
{
    backtest_series_at(self, measure, category)[at] += value;
    backtest_series_at(self, measure, self->n_category)[at] += value;
}

/* A row is there on the days start <= day < end. */
static void add_row(backtest_series *self, const pc_episode *row)
{
    size_t starts = row->transition == PC_TRANSITION_START ? month_of(self, row->start) : self->n_month;
    size_t ceases = row->end != PC_DAY_OPEN && row->exit_cause != PC_N_EXIT_CAUSE ? month_of(self, row->end)
                                                                                  : self->n_month;
    pc_day before = first_of_month(self, 0) - 1;

    if (starts < self->n_month) {
        add(self, BACKTEST_STARTS, row->category, starts + 1, 1);
    }
    if (ceases < self->n_month) {
        add(self, BACKTEST_CEASES, row->category, ceases + 1, 1);
    }
    if (row->start <= before && before < row->end) {
        add(self, BACKTEST_CHILDREN, row->category, 0, 1);
    }
    for (size_t month = row->start <= before ? 0 : month_of(self, row->start); month < self->n_month;
         month++) {
        pc_day first = first_of_month(self, month), end = first_of_month(self, month + 1);
        pc_day from = row->start > first ? row->start : first, to = row->end < end ? row->end : end;

        if (row->end <= first) {
            return;
        }
        if (to > from) {
            add(self, BACKTEST_COST, row->category, month + 1, (to - from) * self->daily_gbp[row->category]);
        }
        if (row->start < end && row->end >= end) {
            add(self, BACKTEST_CHILDREN, row->category, month + 1, 1);
        }
    }
}

pc_status backtest_series_take(backtest_series *self, const pc_episodes *episodes, uint32_t la,
                               const pc_prices *prices, pc_day first, pc_day last)
{
    int end_month = pc_month_of_day(last + 1); /* the month of `last` counts only when it is over */

    memset(self, 0, sizeof *self);
    self->n_category = episodes->codes.n_category;
    self->first_month = pc_month_of_day(first);
    self->n_month = end_month > self->first_month ? (size_t)(end_month - self->first_month) : 0;
    self->value =
        pc_new_zero(BACKTEST_N_MEASURE * (self->n_category + 1) * (self->n_month + 1), sizeof *self->value);
    self->daily_gbp = pc_new_zero(self->n_category, sizeof *self->daily_gbp);
    if (self->value == NULL || self->daily_gbp == NULL) {
        backtest_series_free(self);
        return PC_ERR_NO_MEMORY;
    }
    for (size_t category = 0; prices != NULL && category < self->n_category; category++) {
        double weekly = prices->weekly_gbp[category];

        self->daily_gbp[category] = isfinite(weekly) ? weekly / 7.0 : 0.0;
    }
    for (size_t r = 0; r < episodes->n; r++) {
        const pc_child_record *child = &episodes->child[episodes->row[r].child];

        if (child->la == la && child->birth != PC_DAY_NONE) {
            add_row(self, &episodes->row[r]);
        }
    }
    return PC_OK;
}

pc_status backtest_series_add(backtest_series *self, const backtest_series *from, int first_month,
                              size_t n_month)
{
    size_t n_row = BACKTEST_N_MEASURE * (from->n_category + 1);
    size_t skip = (size_t)(first_month - from->first_month);

    if (self->value == NULL) {
        *self =
            (backtest_series){.n_category = from->n_category, .n_month = n_month, .first_month = first_month};
        self->value = pc_new_zero(n_row * (n_month + 1), sizeof *self->value);
        self->daily_gbp = pc_new_zero(self->n_category, sizeof *self->daily_gbp);
        if (self->value == NULL || self->daily_gbp == NULL) {
            backtest_series_free(self);
            return PC_ERR_NO_MEMORY;
        }
        memcpy(self->daily_gbp, from->daily_gbp, self->n_category * sizeof *self->daily_gbp);
    }
    for (size_t row = 0; row < n_row; row++) {
        for (size_t at = 0; at <= n_month; at++) {
            self->value[row * (n_month + 1) + at] += from->value[row * (from->n_month + 1) + skip + at];
        }
    }
    return PC_OK;
}

void backtest_series_free(backtest_series *self)
{
    if (self != NULL) {
        free(self->value);
        free(self->daily_gbp);
        memset(self, 0, sizeof *self);
    }
}

double backtest_actual(const backtest_series *self, size_t measure, size_t category, size_t at, int horizon)
{
    const double *value = backtest_series_at(self, measure, category) + at;
    double sum = 0;

    if (measure == BACKTEST_CHILDREN) {
        return value[horizon];
    }
    for (int month = 1; month <= horizon; month++) {
        sum += value[month];
    }
    return sum;
}
