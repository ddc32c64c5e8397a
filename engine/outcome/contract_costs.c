/* contract_costs.c - what is paid besides the weekly price of a placement. */
#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "outcome/money.h"

static int days_in_force(const money *self, const pc_contract *of, int first, int end)
{
    pc_day origin = self->plan->origin;
    int from = of->from == PC_DAY_NONE || of->from - origin < first ? first : of->from - origin;
    int until = of->until == PC_DAY_OPEN || of->until - origin > end ? end : of->until - origin;

    return until > from ? until - from : 0;
}

static double growth_in(const money *self, const pc_contract *of, size_t month)
{
    return money_growth(self, of->category, of->price_year,
                        self->plan->period[self->first_period + month].financial_year);
}

/* Places of block contracts in a category on a day. */
static int places_on(const money *self, size_t category, int day)
{
    int places = 0;

    for (size_t at = 0; at < self->prices->n_contract; at++) {
        const pc_contract *of = &self->prices->contract[at];

        if (of->kind == PC_CONTRACT_BLOCK && of->category == category) {
            places += of->places * days_in_force(self, of, day, day + 1);
        }
    }
    return places;
}

static bool has_block(const money *self, size_t category)
{
    bool has = false;

    for (size_t at = 0; at < self->prices->n_contract; at++) {
        has |= self->prices->contract[at].kind == PC_CONTRACT_BLOCK &&
               self->prices->contract[at].category == category;
    }
    return has;
}

/* qsort has no context: the order needs only what stands in the rows. */
typedef struct senior_stay {
    int32_t begin, number;
    uint64_t entity;
} senior_stay;

static int by_seniority(const void *left, const void *right)
{
    const senior_stay *a = left, *b = right;

    if (a->begin != b->begin) {
        return a->begin < b->begin ? -1 : 1;
    }
    if (a->entity != b->entity) {
        return a->entity < b->entity ? -1 : 1;
    }
    return (a->number > b->number) - (a->number < b->number);
}

/* Those who were there at the origin came in the order of their placements. */
static int32_t placed_on(const money *self, const stay_row *of)
{
    return of->began == STAY_PRESENT && of->child < self->plan->n_child
               ? (int32_t)floor(self->plan->child[of->child].placement_start)
               : of->begin;
}

/* On each day those placed first fill the places of the contract: they pay nothing besides it, so their own
 * price is taken off again. */
static pc_status take_off_covered(money *self, const stays *log, size_t category)
{
    senior_stay *list = pc_new(log->n, sizeof *list);
    int first = self->plan->period[self->first_period].first;
    size_t n = 0, begun = 0, n_active = 0;

    if (list == NULL ||
        pc_grow(&self->senior, &self->senior_capacity, log->n, sizeof *self->senior) != PC_OK) {
        free(list);
        return PC_ERR_NO_MEMORY;
    }
    for (size_t at = 0; at < log->n; at++) {
        const stay_row *of = &log->row[at];

        if (of->category == category && of->end > of->begin) {
            list[n++] = (senior_stay){placed_on(self, of), (int32_t)at, log->child[of->child].entity};
        }
    }
    qsort(list, n, sizeof *list, by_seniority);
    for (int day = 0; day < self->plan->n_day; day++) {
        size_t kept = 0, month;
        int places;

        for (size_t at = 0; at < n_active; at++) {
            if (log->row[self->senior[at]].end > day) {
                self->senior[kept++] = self->senior[at];
            }
        }
        for (n_active = kept; begun < n && log->row[list[begun].number].begin <= day; begun++) {
            if (log->row[list[begun].number].end > day) {
                self->senior[n_active++] = list[begun].number;
            }
        }
        if (day < first) {
            continue;
        }
        places = places_on(self, category, day);
        month = (size_t)self->plan->period_of_day[day] - self->first_period;
        for (size_t at = 0; at < n_active && (int)at < places; at++) {
            self->thousandth[category * self->n_month + month] -=
                llround(1000.0 * money_stay_pence(self, log, (size_t)self->senior[at], month, day, day + 1));
            money_add_by_age(self, log, (size_t)self->senior[at], month, day, day + 1, -1.0, 0.0);
        }
    }
    free(list);
    return PC_OK;
}

static void add_block(money *self, const pc_contract *of)
{
    for (size_t month = 0; month < self->n_month; month++) {
        const plan_period *period = &self->plan->period[self->first_period + month];
        size_t cell = of->category * self->n_month + month;
        int days = days_in_force(self, of, period->first, period->end);

        self->thousandth[cell] += llround(1000.0 * of->gbp * 100.0 / 7.0 * of->places * days *
                                          growth_in(self, of, month) * self->factor[cell]);
    }
}

/* Once for each new placement, or start. */
static void add_events(money *self, const pc_contract *of, const stays *log)
{
    for (size_t at = 0; at < log->n; at++) {
        const stay_row *event = &log->row[at];
        bool counts =
            event->category == of->category &&
            (event->began == STAY_START || (of->kind == PC_CONTRACT_SETUP && event->began == STAY_MOVE));

        if (counts && event->begin >= self->plan->period[self->first_period].first &&
            days_in_force(self, of, event->begin, event->begin + 1) > 0) {
            size_t month = (size_t)self->plan->period_of_day[event->begin] - self->first_period;

            self->thousandth[of->category * self->n_month + month] +=
                llround(100000.0 * of->gbp * growth_in(self, of, month));
        }
    }
}

pc_status money_add_contracts(money *self, const stays *log)
{
    pc_status status = PC_OK;

    for (size_t category = 0; category < self->n_category && status == PC_OK; category++) {
        if (has_block(self, category)) {
            status = take_off_covered(self, log, category);
        }
    }
    for (size_t at = 0; at < self->prices->n_contract && status == PC_OK; at++) {
        const pc_contract *of = &self->prices->contract[at];

        if (of->kind == PC_CONTRACT_BLOCK) {
            add_block(self, of);
        } else if (of->kind != PC_CONTRACT_RETAINER) {
            add_events(self, of, log);
        }
    }
    return status;
}

double money_retainers(const money *self, const ledger *from, size_t category, size_t month)
{
    const plan_period *period = &self->plan->period[self->first_period + month];
    double pence = 0.0;

    for (size_t at = 0; at < self->prices->n_contract; at++) {
        const pc_contract *of = &self->prices->contract[at];

        if (of->kind == PC_CONTRACT_RETAINER && of->category == category) {
            pence += *ledger_at(from, LEDGER_EMPTY, category, self->first_period + month) * of->gbp * 100.0 /
                     7.0 * growth_in(self, of, month) * days_in_force(self, of, period->first, period->end) /
                     (period->end - period->first);
        }
    }
    return pence;
}
