#include "outcome/money.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "simulate/interventions.h"

pc_status money_init(money *self, const pc_prices *prices, const pc_plan *plan)
{
    size_t n;

    memset(self, 0, sizeof *self);
    self->prices = prices;
    self->plan = plan;
    self->n_category = plan->n_category;
    self->first_period = plan->first_reported;
    self->n_month = plan->n_period - plan->first_reported;
    self->drawn = plan->parameters;
    n = self->n_category * self->n_month;
    self->pence_a_day = pc_new_zero(n, sizeof *self->pence_a_day);
    self->pence = pc_new_zero(n, sizeof *self->pence);
    self->state = pc_new_zero(plan->n_intervention, sizeof *self->state);
    if (self->state == NULL || self->pence_a_day == NULL || self->pence == NULL) {
        money_free(self);
        return PC_ERR_NO_MEMORY;
    }
    return PC_OK;
}

void money_free(money *self)
{
    if (self == NULL) {
        return;
    }
    free(self->state);
    free(self->pence_a_day);
    free(self->pence);
    memset(self, 0, sizeof *self);
}

/* The growth of `category` into `year`: its own row before the row for all categories. NULL: none, the price
 * stays. */
static const pc_inflation *find_growth(const pc_prices *prices, size_t category, int year)
{
    const pc_inflation *found = NULL;

    for (size_t at = 0; at < prices->n_inflation; at++) {
        const pc_inflation *row = &prices->inflation[at];

        if (row->year == year && (row->category == (int)category || (row->category < 0 && found == NULL))) {
            found = row;
        }
    }
    return found;
}

/* Inverse distribution function of the triangular distribution. */
static double triangular(const pc_inflation *growth, double u)
{
    double width = growth->high - growth->low, left = growth->likely - growth->low;

    if (!(width > 0.0)) {
        return growth->likely;
    }
    return u * width < left ? growth->low + sqrt(u * width * left)
                            : growth->high - sqrt((1.0 - u) * width * (growth->high - growth->likely));
}

/* `key` NULL: the mean growth. */
static double growth_of(const money *self, size_t category, int year, const pc_random_key *key)
{
    const pc_inflation *growth = find_growth(self->prices, category, year);
    uint8_t row;

    if (growth == NULL) {
        return 0.0;
    }
    if (!self->drawn) {
        return growth->likely;
    }
    if (key == NULL) {
        return (growth->low + growth->likely + growth->high) / 3.0;
    }
    row = growth->category < 0 ? UINT8_MAX : (uint8_t)growth->category;
    return triangular(growth,
                      pc_uniform(pc_random(*key, (uint64_t)year << 8 | row, PC_PURPOSE_PRICE, 0).word[0]));
}

/* What interventions make of the price of a category in a month: their factors multiply, as they stand in its
 * middle. */
static double intervention_factor(const money *self, size_t category, const plan_period *period)
{
    double factor = 1.0;

    for (size_t at = 0; at < self->plan->n_intervention; at++) {
        const plan_intervention *which = &self->plan->intervention[at];

        if (which->kind == PC_INTERVENTION_PRICE && (which->categories >> category & 1) != 0) {
            factor *=
                1.0 + self->state[at].effect * interventions_ramp(which, (period->first + period->end) / 2.0);
        }
    }
    return factor;
}

static void set_prices(money *self, const pc_random_key *key)
{
    for (size_t category = 0; category < self->n_category; category++) {
        double price = self->prices->weekly_gbp[category] * 100.0 / 7.0;
        int year = self->prices->price_year[category];

        for (size_t month = 0; month < self->n_month; month++) {
            const plan_period *period = &self->plan->period[self->first_period + month];

            for (; year < period->financial_year; year++) {
                price *= 1.0 + growth_of(self, category, year + 1, key);
            }
            self->pence_a_day[category * self->n_month + month] =
                isfinite(price) ? price * intervention_factor(self, category, period) : 0.0;
        }
    }
}

void money_draw(money *self, uint32_t replicate)
{
    pc_random_key key = pc_random_key_make(self->plan->seed, replicate);

    interventions_begin(self->plan, replicate, self->state);
    set_prices(self, &key);
}

void money_set_mean(money *self)
{
    interventions_mean(self->plan, self->state);
    set_prices(self, NULL);
}

void money_fill(money *self, const ledger *from)
{
    for (size_t category = 0; category < self->n_category; category++) {
        const int32_t *days = ledger_at(from, LEDGER_DAYS, category, self->first_period);
        const int32_t *empty = ledger_at(from, LEDGER_EMPTY, category, self->first_period);

        for (size_t month = 0; month < self->n_month; month++) {
            size_t at = category * self->n_month + month;

            self->pence[at] = (int64_t)llround((days[month] + empty[month]) * self->pence_a_day[at]);
        }
    }
}
