/* placement_prices.c - placements that are priced one by one: a price drawn for each from a log-normal
 * distribution, the actual price of those in care now, or the row of the table that fits the child.
 *
 * An own price (drawn or actual) holds for the placement's life, also when its category changes without a
 * move; it grows with the prices of its category. The price of the table follows age and date. Draws of a
 * placement, keyed by child and placement number: 0.. its price, 1 << 20.. its provider; 1 << 21 the child's
 * need. */
#include <gsl/gsl_cdf.h>
#include <math.h>

#include "base/memory.h"
#include "outcome/money.h"
#include "simulate/layers.h"

enum { DRAW_PROVIDER = 1 << 20, DRAW_NEED = 1 << 21 };

static const uint64_t RETURN_BIT = (uint64_t)1 << 57;

static double uniform_of(const money *self, uint64_t entity, uint32_t draw)
{
    return pc_uniform(pc_random(self->key, entity, PC_PURPOSE_PRICE, draw).word[0]);
}

/* The place of u in shares that sum to 1, `none` where they sum to 0. */
static int pick(const double *share, int n, double u, int none)
{
    double sum = 0.0;
    int last = none;

    for (int at = 0; at < n; at++) {
        sum += share[at];
        last = share[at] > 0.0 ? at : last;
        if (share[at] > 0.0 && u < sum) {
            return at;
        }
    }
    return last; /* rounding of the sum */
}

/* The child's number in the plan when it was in care at the origin, also after a return; else n_child. */
static size_t present_number(const pc_plan *plan, uint64_t entity)
{
    uint64_t number = entity & 0x1FFFFF;

    entity &= ~RETURN_BIT;
    return (entity >> 21 & 0x7FFFF) == 0 && number < plan->n_child ? (size_t)number : plan->n_child;
}

uint8_t money_need_of(const money *self, const stay_child *child)
{
    size_t present = present_number(self->plan, child->entity);

    if (!self->any_need || self->people == NULL) {
        return 0;
    }
    if (present < self->people->n_child && self->people->need[present] > 0) {
        return self->people->need[present];
    }
    return (uint8_t)pick(
        self->people->need_share[child->stream][stay_age_band(child, (int)floor(child->care_start))],
        PC_N_NEED, uniform_of(self, child->entity & ~RETURN_BIT, DRAW_NEED), 0);
}

static int8_t provider_of(const money *self, const stay_child *child, const stay_row *of)
{
    if (!self->any_provider || self->people == NULL) {
        return -1;
    }
    if (of->began == STAY_PRESENT) {
        return of->child < self->people->n_child ? self->people->provider[of->child] : (int8_t)-1;
    }
    return (int8_t)pick(self->people->provider_share + of->category * PC_N_PROVIDER, PC_N_PROVIDER,
                        uniform_of(self, child->entity, DRAW_PROVIDER | of->placement), -1);
}

static const pc_price_row *row_on(const money *self, const stay_child *child, const placement_price *price,
                                  size_t category, int day)
{
    return self->prices->n_row == 0 ? NULL
                                    : pc_prices_find(self->prices, category, stay_age_band(child, day),
                                                     price->provider, price->need, self->plan->origin + day);
}

/* Log-normal with the row's mean: s^2 = ln(1 + cv^2), the log has mean ln(mean) - s^2 / 2. */
static double drawn_factor(const money *self, const stay_child *child, const stay_row *of, double spread)
{
    double variance = log1p(spread * spread);
    double z = gsl_cdf_ugaussian_Pinv(uniform_of(self, child->entity, of->placement));

    return layers_round(exp(sqrt(variance) * z - variance / 2.0));
}

/* What a placement pays from its first day on. */
static placement_price begin_placement(const money *self, const stay_child *child, const stay_row *of)
{
    placement_price price = {.category = of->category, .need = money_need_of(self, child)};
    const pc_price_row *row;

    price.provider = provider_of(self, child, of);
    if (of->began == STAY_PRESENT && self->any_actual && of->child < self->people->n_child &&
        !isnan(self->people->weekly_gbp[of->child])) {
        price.own = true;
        price.price_year = self->people->price_year[of->child];
        price.pence_a_day = self->people->weekly_gbp[of->child] * 100.0 / 7.0;
        return price;
    }
    row = self->by_placement[of->category] ? row_on(self, child, &price, of->category, of->begin) : NULL;
    if (row != NULL && row->spread > 0.0) {
        price.own = true;
        price.price_year = row->price_year;
        price.pence_a_day = row->weekly_gbp * 100.0 / 7.0 * drawn_factor(self, child, of, row->spread);
    }
    return price;
}

/* The first day from `day` on with another price in the table: the child enters its next age band, or a new
 * price begins. */
static int list_price_until(const money *self, const stay_child *child, size_t category, int day, int end)
{
    double age_end = stay_age_end(child, stay_age_band(child, day));
    const pc_prices *prices = self->prices;

    end = age_end < end ? (int)ceil(age_end) : end;
    for (size_t at = prices->row_at[category]; at < prices->row_at[category + 1]; at++) {
        pc_day from = prices->row[at].from;

        if (from != PC_DAY_NONE && from > self->plan->origin + day && from < self->plan->origin + end) {
            end = from - self->plan->origin;
        }
    }
    return end;
}

double money_stay_pence(const money *self, const stays *log, size_t stay_number, size_t month, int day,
                        int end)
{
    const stay_row *of = &log->row[stay_number];
    const stay_child *child = &log->child[of->child];
    const placement_price *price = &self->of_stay[stay_number];
    int year = self->plan->period[self->first_period + month].financial_year;
    double pence = 0.0;

    if (price->own) {
        return price->pence_a_day * (end - day) *
               money_growth(self, price->category, price->price_year, year) *
               self->factor[price->category * self->n_month + month];
    }
    if (self->prices->n_row == 0 || self->prices->plain[of->category]) {
        return self->pence_a_day[of->category * self->n_month + month] * (end - day);
    }
    while (day < end) {
        int until = list_price_until(self, child, of->category, day, end);
        const pc_price_row *row = row_on(self, child, price, of->category, day);

        if (row != NULL) {
            pence += row->weekly_gbp * 100.0 / 7.0 * (until - day) *
                     money_growth(self, of->category, row->price_year, year);
        }
        day = until;
    }
    return pence * self->factor[of->category * self->n_month + month];
}

void money_add_by_age(money *self, const stays *log, size_t stay_number, size_t month, int day, int end,
                      double sign, double less_a_day)
{
    const stay_row *of = &log->row[stay_number];
    const stay_child *child = &log->child[of->child];

    for (int band = 0; day < end; band++) {
        double edge = floor(stay_age_end(child, band));
        int until = edge < end ? (int)edge : end;

        if (until > day) {
            *money_aged(self, (size_t)band, of->category, month) += llround(
                1000.0 * sign *
                (money_stay_pence(self, log, stay_number, month, day, until) - less_a_day * (until - day)));
            day = until;
        }
    }
}

/* Adds a stay, month by month. In a category with one price for all, where days are counted, only what an own
 * price is more or less than that. */
static void add_stay(money *self, const stays *log, size_t stay_number)
{
    const stay_row *of = &log->row[stay_number];
    bool counted = !self->by_placement[of->category];
    int day = of->begin, first = self->plan->period[self->first_period].first;

    for (day = day < first ? first : day; day < of->end;) {
        size_t period = (size_t)self->plan->period_of_day[day], month = period - self->first_period;
        size_t cell = of->category * self->n_month + month;
        int end = of->end < self->plan->period[period].end ? of->end : self->plan->period[period].end;
        double pence = money_stay_pence(self, log, stay_number, month, day, end);

        if (counted) {
            pence -= self->pence_a_day[cell] * (end - day);
        }
        self->thousandth[cell] += llround(1000.0 * pence);
        money_add_by_age(self, log, stay_number, month, day, end, 1.0,
                         counted ? self->pence_a_day[cell] : 0.0);
        day = end;
    }
}

pc_status money_price_placements(money *self, const stays *log)
{
    if (pc_grow(&self->of_stay, &self->stay_capacity, log->n, sizeof *self->of_stay) != PC_OK) {
        return PC_ERR_NO_MEMORY;
    }
    for (size_t number = 0; number < log->n_child; number++) {
        const stay_child *child = &log->child[number];
        placement_price price = {.provider = -1};

        for (int32_t at = child->first; at >= 0; at = log->row[at].next) {
            const stay_row *of = &log->row[at];

            if (of->began != STAY_STATUS) {
                price = begin_placement(self, child, of);
            }
            self->of_stay[at] = price;
            if (price.own || self->by_placement[of->category]) {
                add_stay(self, log, (size_t)at);
            }
        }
    }
    return money_add_contracts(self, log);
}
