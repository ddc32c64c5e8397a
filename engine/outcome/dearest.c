/* dearest.c - how much of a year's bill the ten dearest placements take. */
#include <math.h>
#include <string.h>

#include "outcome/money.h"

enum { TEN = 10 };

/* The ten largest so far, in descending order. */
static void keep_ten(int64_t ten[TEN], int64_t value)
{
    size_t at = TEN;

    if (value <= ten[TEN - 1]) {
        return;
    }
    for (at = TEN - 1; at > 0 && ten[at - 1] < value; at--) {
        ten[at] = ten[at - 1];
    }
    ten[at] = value;
}

/* Adds what a stay costs in each year to `year` [n_year], in thousandths of a penny. */
static void add_years(const money *self, const stays *log, size_t stay_number, int64_t *year)
{
    const stay_row *of = &log->row[stay_number];
    int first = self->plan->period[self->first_period].first;

    for (int day = of->begin < first ? first : of->begin; day < of->end;) {
        size_t period = (size_t)self->plan->period_of_day[day], month = period - self->first_period;
        int end = of->end < self->plan->period[period].end ? of->end : self->plan->period[period].end;

        year[self->plan->period[period].financial_year - self->start_year] +=
            llround(1000.0 * money_stay_pence(self, log, stay_number, month, day, end));
        day = end;
    }
}

void money_find_dearest(money *self, const stays *log, int64_t *pence, int64_t *share)
{
    int64_t(*ten)[TEN] = self->ten;

    memset(ten, 0, self->n_year * sizeof *ten);
    for (size_t number = 0; number < log->n_child; number++) {
        for (int32_t at = log->child[number].first; at >= 0;) {
            memset(self->of_year, 0, self->n_year * sizeof *self->of_year);
            do { /* a placement: until the child moves */
                add_years(self, log, (size_t)at, self->of_year);
                at = log->row[at].next;
            } while (at >= 0 && log->row[at].began == STAY_STATUS);
            for (size_t year = 0; year < self->n_year; year++) {
                keep_ten(ten[year], self->of_year[year]);
            }
        }
    }
    for (size_t year = 0; year < self->n_year; year++) {
        int64_t sum = 0, bill = 0;

        for (size_t at = 0; at < TEN; at++) {
            sum += ten[year][at];
        }
        for (size_t at = 0; at < self->n_category * self->n_month; at++) {
            const plan_period *period = &self->plan->period[self->first_period + at % self->n_month];

            bill += (size_t)(period->financial_year - self->start_year) == year ? self->pence[at] : 0;
        }
        pence[year] = llround((double)sum / 1000.0);
        share[year] = bill > 0 ? llround((double)pence[year] / (double)bill * MONEY_SHARE_UNIT) : 0;
    }
}
