#include "outcome/money.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "simulate/interventions.h"

bool money_needs_stays(const pc_prices *prices)
{
    return prices->n_contract > 0 || pc_prices_are_personal(prices) || pc_prices_income_by_stream(prices) ||
           prices->n_process_cost > 0;
}

money_scope money_find_scope(const pc_prices *prices, bool expected)
{
    money_scope scope = {.real = prices->n_inflation > 0,
                         .income = prices->n_income > 0 && !(expected && pc_prices_income_by_stream(prices)),
                         .dearest = !expected && pc_prices_are_personal(prices)};

    scope.processes = !expected && prices->n_process_cost > 0;
    if (!expected) {
        scope.dearest_row = prices->n_source;
        scope.events_row = scope.dearest_row + (scope.dearest ? 2 : 0);
        scope.cost_row = scope.events_row + (scope.processes ? PC_N_PROCESS : 0);
        scope.child_year_row = scope.cost_row + (scope.processes ? PC_N_PROCESS + 1 : 0);
        scope.n_row = scope.child_year_row + (scope.processes ? PC_N_PROCESS + 1 : 0);
    }
    return scope;
}

void money_list_rows(const pc_prices *prices, const money_scope *scope, pc_money_row *row)
{
    for (size_t source = 0; source < prices->n_source && scope->n_row > 0; source++) {
        row[source] = (pc_money_row){PC_MONEY_INCOME, (int)source, NULL};
    }
    if (scope->dearest) {
        row[scope->dearest_row] = (pc_money_row){PC_MONEY_DEAREST, 0, NULL};
        row[scope->dearest_row + 1] = (pc_money_row){PC_MONEY_DEAREST_SHARE, 0, NULL};
    }
    for (int process = 0; process <= PC_N_PROCESS && scope->processes; process++) {
        if (process < PC_N_PROCESS) {
            row[scope->events_row + (size_t)process] = (pc_money_row){PC_MONEY_PROCESS_EVENTS, process, NULL};
        }
        row[scope->cost_row + (size_t)process] = (pc_money_row){PC_MONEY_PROCESS_COST, process, NULL};
        row[scope->child_year_row + (size_t)process] =
            (pc_money_row){PC_MONEY_PROCESS_CHILD_YEAR, process, NULL};
    }
}

/* The span of years in which prices can be given or asked for. */
static void set_years(money *self)
{
    const pc_prices *prices = self->prices;
    const plan_period *period = self->plan->period;
    int first = period[self->first_period].financial_year, last = first;

    for (size_t at = 0; at < self->n_category; at++) {
        first = prices->price_year[at] < first ? prices->price_year[at] : first;
    }
    for (size_t at = 0; at < prices->n_row; at++) {
        first = prices->row[at].price_year < first ? prices->row[at].price_year : first;
    }
    for (size_t at = 0; at < prices->n_contract; at++) {
        first = prices->contract[at].price_year < first ? prices->contract[at].price_year : first;
    }
    for (size_t at = 0; at < prices->n_current; at++) {
        first = prices->current[at].price_year < first ? prices->current[at].price_year : first;
    }
    last = period[self->plan->n_period - 1].financial_year;
    self->first_year = first;
    self->n_level = (size_t)(last - first) + 1;
}

/* Which categories are priced placement by placement. */
static void set_ways(money *self)
{
    const pc_prices *prices = self->prices;

    if (prices->n_people > 0 && self->plan->authority_number < prices->n_people) {
        self->people = &prices->people[self->plan->authority_number];
        self->any_actual = prices->n_current > 0;
    }
    for (size_t category = 0; prices->n_row > 0 && category < self->n_category; category++) {
        self->by_placement[category] = !prices->plain[category];
    }
    for (size_t at = 0; at < prices->n_contract; at++) {
        if (prices->contract[at].kind == PC_CONTRACT_BLOCK) {
            self->by_placement[prices->contract[at].category] = true;
        }
    }
    for (size_t at = 0; at < prices->n_row; at++) {
        self->any_provider |= prices->row[at].provider >= 0;
        self->any_need |= prices->row[at].need > 0;
    }
    for (size_t at = 0; at < prices->n_process_cost; at++) {
        self->any_need |= prices->process_cost[at].need > 0;
    }
    self->any_by_placement = prices->n_contract > 0 || pc_prices_are_personal(prices);
}

/* Memory for what is reported besides the bill. */
static pc_status init_rest(money *self)
{
    size_t n = self->n_category * self->n_month;

    self->scope = money_find_scope(self->prices, false);
    self->income_by_stream = pc_prices_income_by_stream(self->prices);
    self->start_year = self->plan->period[self->first_period].financial_year;
    self->n_year =
        (size_t)(self->plan->period[self->plan->n_period - 1].financial_year - self->start_year) + 1;
    self->n_row = self->scope.n_row;
    self->real = pc_new_zero(n, sizeof *self->real);
    self->income = pc_new_zero(n + self->n_month, sizeof *self->income);
    self->nights = pc_new_zero(PC_N_STREAM * n, sizeof *self->nights);
    self->row = pc_new_zero(self->n_row * self->n_year, sizeof *self->row);
    self->ten = pc_new_zero(self->n_year, sizeof *self->ten);
    self->of_year = pc_new_zero(self->n_year, sizeof *self->of_year);
    return self->real == NULL || self->income == NULL || self->nights == NULL || self->row == NULL ||
                   self->ten == NULL || self->of_year == NULL
               ? PC_ERR_NO_MEMORY
               : PC_OK;
}

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
    set_years(self);
    n = self->n_category * self->n_month;
    self->pence_a_day = pc_new_zero(n, sizeof *self->pence_a_day);
    self->factor = pc_new_zero(n, sizeof *self->factor);
    self->level = pc_new_zero(self->n_category * self->n_level, sizeof *self->level);
    self->pence = pc_new_zero(n, sizeof *self->pence);
    self->thousandth = pc_new_zero(n, sizeof *self->thousandth);
    self->aged = pc_new_zero(PC_N_AGE_BAND * n, sizeof *self->aged);
    self->by_placement = pc_new_zero(self->n_category, sizeof *self->by_placement);
    self->state = pc_new_zero(plan->n_intervention, sizeof *self->state);
    if (self->state == NULL || self->pence_a_day == NULL || self->factor == NULL || self->level == NULL ||
        self->pence == NULL || self->thousandth == NULL || self->aged == NULL || self->by_placement == NULL ||
        init_rest(self) != PC_OK) {
        money_free(self);
        return PC_ERR_NO_MEMORY;
    }
    set_ways(self);
    return PC_OK;
}

void money_free(money *self)
{
    if (self == NULL) {
        return;
    }
    free(self->state);
    free(self->pence_a_day);
    free(self->factor);
    free(self->level);
    free(self->pence);
    free(self->thousandth);
    free(self->aged);
    free(self->by_placement);
    free(self->of_stay);
    free(self->senior);
    free(self->real);
    free(self->income);
    free(self->nights);
    free(self->row);
    free(self->ten);
    free(self->of_year);
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

double money_growth(const money *self, size_t category, int price_year, int year)
{
    const double *level = self->level + category * self->n_level;

    return year <= price_year ? 1.0 : level[year - self->first_year] / level[price_year - self->first_year];
}

static void set_levels(money *self, size_t category, const pc_random_key *key)
{
    double *level = self->level + category * self->n_level;

    level[0] = 1.0;
    for (size_t at = 1; at < self->n_level; at++) {
        level[at] = level[at - 1] * (1.0 + growth_of(self, category, self->first_year + (int)at, key));
    }
}

static void set_prices(money *self, const pc_random_key *key)
{
    for (size_t category = 0; category < self->n_category; category++) {
        double price = self->prices->weekly_gbp[category] * 100.0 / 7.0;
        int year = self->prices->price_year[category];

        set_levels(self, category, key);
        for (size_t month = 0; month < self->n_month; month++) {
            const plan_period *period = &self->plan->period[self->first_period + month];
            double factor = intervention_factor(self, category, period);

            for (; year < period->financial_year; year++) {
                price *= 1.0 + growth_of(self, category, year + 1, key);
            }
            self->factor[category * self->n_month + month] = factor;
            self->pence_a_day[category * self->n_month + month] = isfinite(price) ? price * factor : 0.0;
        }
    }
}

void money_draw(money *self, uint32_t replicate)
{
    self->key = pc_random_key_make(self->plan->seed, replicate);
    interventions_begin(self->plan, replicate, self->state);
    set_prices(self, &self->key);
}

void money_set_mean(money *self)
{
    interventions_mean(self->plan, self->state);
    set_prices(self, NULL);
}

/* Days of a category that are paid for by the table's one price: those used, unless its placements are priced
 * one by one, and the empty ones of a block. */
static int64_t paid_days(const money *self, const ledger *from, size_t category, size_t month)
{
    size_t period = self->first_period + month;
    int64_t days = self->by_placement[category] ? 0 : *ledger_at(from, LEDGER_DAYS, category, period);

    if (self->plan->capacity != NULL && self->plan->capacity[category].block) {
        days += *ledger_at(from, LEDGER_EMPTY, category, period);
    }
    return days;
}

/* Income and rows by year, once the bill stands. */
static pc_status fill_rest(money *self, const ledger *from, const stays *log)
{
    const money_scope *scope = &self->scope;

    memset(self->row, 0, self->n_row * self->n_year * sizeof *self->row);
    if (self->scope.income) {
        if (self->income_by_stream && log == NULL) {
            return PC_ERR_INTERNAL;
        }
        money_add_income(self, from, log);
    }
    if ((scope->dearest || scope->processes) && log == NULL) {
        return PC_ERR_INTERNAL;
    }
    if (scope->dearest) {
        int64_t *pence = self->row + scope->dearest_row * self->n_year;

        money_find_dearest(self, log, pence, pence + self->n_year);
    }
    if (scope->processes) {
        money_count_processes(self, log, self->row + scope->events_row * self->n_year,
                              self->row + scope->cost_row * self->n_year);
    }
    return PC_OK;
}

pc_status money_fill(money *self, const ledger *from, const stays *log)
{
    memset(self->thousandth, 0, self->n_category * self->n_month * sizeof *self->thousandth);
    memset(self->aged, 0, PC_N_AGE_BAND * self->n_category * self->n_month * sizeof *self->aged);
    if (self->any_by_placement) {
        pc_status status = log == NULL ? PC_ERR_INTERNAL : money_price_placements(self, log);

        if (status != PC_OK) {
            return status;
        }
    }
    for (size_t category = 0; category < self->n_category; category++) {
        for (size_t month = 0; month < self->n_month; month++) {
            size_t at = category * self->n_month + month;
            double pence = (double)paid_days(self, from, category, month) * self->pence_a_day[at];

            if (self->any_by_placement) {
                pence += (double)self->thousandth[at] / 1000.0 + money_retainers(self, from, category, month);
            }
            self->pence[at] = llround(pence);
            if (self->scope.real) {
                self->real[at] =
                    llround((double)self->pence[at] /
                            money_growth(self, category, self->start_year,
                                         self->plan->period[self->first_period + month].financial_year));
            }
        }
    }
    return fill_rest(self, from, log);
}

void money_by_age(const money *self, const ledger *from, size_t category, size_t month,
                  double pence[PC_N_AGE_BAND])
{
    double price = self->by_placement[category] ? 0.0 : self->pence_a_day[category * self->n_month + month];

    for (size_t age = 0; age < PC_N_AGE_BAND; age++) {
        pence[age] = (double)*ledger_aged(from, age, category, self->first_period + month) * price +
                     (double)*money_aged(self, age, category, month) / 1000.0;
    }
}
