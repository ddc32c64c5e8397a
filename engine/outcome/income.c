/* income.c - what partners and government pay, in pence by category and month, and by source and year. */
#include <math.h>
#include <string.h>

#include "outcome/money.h"

/* Nights by stream: [PC_N_STREAM][n_category][n_month]; from the ledger where streams need not be told apart
 * (all in the first). */
static void count_nights(money *self, const ledger *from, const stays *log)
{
    size_t n = self->n_category * self->n_month;
    int first = self->plan->period[self->first_period].first;

    memset(self->nights, 0, PC_N_STREAM * n * sizeof *self->nights);
    if (!self->income_by_stream) {
        for (size_t at = 0; at < n; at++) {
            self->nights[at] =
                *ledger_at(from, LEDGER_DAYS, at / self->n_month, self->first_period + at % self->n_month);
        }
        return;
    }
    for (size_t at = 0; at < log->n; at++) {
        const stay_row *of = &log->row[at];
        int64_t *nights =
            self->nights + (log->child[of->child].stream * self->n_category + of->category) * self->n_month;

        for (int day = of->begin < first ? first : of->begin; day < of->end;) {
            size_t period = (size_t)self->plan->period_of_day[day];
            int end = of->end < self->plan->period[period].end ? of->end : self->plan->period[period].end;

            nights[period - self->first_period] += end - day;
            day = end;
        }
    }
}

static void add(money *self, size_t source, size_t category, size_t month, int64_t pence)
{
    size_t year = (size_t)(self->plan->period[self->first_period + month].financial_year - self->start_year);

    self->income[category * self->n_month + month] += pence;
    self->row[source * self->n_year + year] += pence;
}

static void add_nights(money *self, size_t source, size_t category, size_t month, int year)
{
    for (size_t stream = 0; stream < PC_N_STREAM; stream++) {
        int64_t nights = self->nights[(stream * self->n_category + category) * self->n_month + month];
        const pc_income *row =
            nights == 0 ? NULL
                        : pc_prices_find_income(self->prices, source, PC_INCOME_PER_NIGHT, (int)category,
                                                self->income_by_stream ? (int)stream : -1, year);

        if (row != NULL) {
            add(self, source, category, month, llround((double)nights * row->amount * 100.0));
        }
    }
}

/* A grant of a year is spread over its days, so that the months of a whole year add up to it to the penny. */
static int64_t grant_of_month(double amount, const plan_period *period, pc_day origin)
{
    pc_day first = pc_financial_year_first_day(period->financial_year);
    double days = pc_financial_year_first_day(period->financial_year + 1) - first;

    return llround(amount * 100.0 * (origin + period->end - first) / days) -
           llround(amount * 100.0 * (origin + period->first - first) / days);
}

/* Grants belong to no category but the one that they are given for. */
static void add_grants(money *self, size_t source, size_t month, const plan_period *period)
{
    for (size_t category = 0; category <= self->n_category; category++) {
        const pc_income *row = pc_prices_find_income(self->prices, source, PC_INCOME_GRANT,
                                                     category < self->n_category ? (int)category : -1, -1,
                                                     period->financial_year);

        if (row != NULL && (row->category < 0) == (category == self->n_category)) {
            add(self, source, category, month, grant_of_month(row->amount, period, self->plan->origin));
        }
    }
}

void money_add_income(money *self, const ledger *from, const stays *log)
{
    memset(self->income, 0, (self->n_category + 1) * self->n_month * sizeof *self->income);
    count_nights(self, from, log);
    for (size_t source = 0; source < self->prices->n_source; source++) {
        for (size_t month = 0; month < self->n_month; month++) {
            const plan_period *period = &self->plan->period[self->first_period + month];

            for (size_t category = 0; category < self->n_category; category++) {
                const pc_income *share = pc_prices_find_income(self->prices, source, PC_INCOME_SHARE,
                                                               (int)category, -1, period->financial_year);

                add_nights(self, source, category, month, period->financial_year);
                if (share != NULL) {
                    add(self, source, category, month,
                        llround((double)self->pence[category * self->n_month + month] * share->amount));
                }
            }
            add_grants(self, source, month, period);
        }
    }
}

double money_mean_income(const money *self, size_t source, size_t category, size_t month, double days,
                         double cost)
{
    const plan_period *period = &self->plan->period[self->first_period + month];
    int of = category < self->n_category ? (int)category : -1;
    const pc_income *night =
        pc_prices_find_income(self->prices, source, PC_INCOME_PER_NIGHT, of, -1, period->financial_year);
    const pc_income *share =
        pc_prices_find_income(self->prices, source, PC_INCOME_SHARE, of, -1, period->financial_year);
    const pc_income *grant =
        pc_prices_find_income(self->prices, source, PC_INCOME_GRANT, of, -1, period->financial_year);
    double pounds = 0.0;

    if (grant != NULL && (grant->category < 0) == (of < 0)) {
        pounds += (double)grant_of_month(grant->amount, period, self->plan->origin) / 100.0;
    }
    pounds += night == NULL ? 0.0 : days * night->amount;
    return pounds + (share == NULL ? 0.0 : cost * share->amount);
}

/* A source whose rows all name years, and not this one. */
static bool stops(const pc_prices *prices, size_t source, int year)
{
    bool named = false;

    for (size_t at = 0; at < prices->n_income; at++) {
        if (prices->income[at].source == source) {
            if (prices->income[at].year == 0 || prices->income[at].year == year) {
                return false;
            }
            named = true;
        }
    }
    return named;
}

void money_say_income(const pc_prices *prices, const grid *shape, pc_diagnostics *diagnostics)
{
    for (size_t source = 0; source < prices->n_source; source++) {
        for (size_t year = 0; year < shape->n_year; year++) {
            char name[PC_DAY_TEXT_SIZE];

            if (stops(prices, source, shape->year[year].year)) {
                pc_diagnostics_add(diagnostics, PC_ASSUMPTION, (pc_place){.file = prices->income_file},
                                   "no row of %.60s for %s: no income from it in that year",
                                   prices->source[source],
                                   pc_financial_year_format(shape->year[year].year, name));
            }
        }
    }
}
