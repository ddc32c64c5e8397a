#include "outcome/bill.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

static size_t n_value(const bill *self)
{
    return self->n_year * (2 * PC_N_AGE_BAND * self->n_category + 4);
}

pc_status bill_init(bill *self, const grid *shape)
{
    size_t cells;

    *self = (bill){.n_category = shape->n_category, .n_year = shape->n_year};
    self->days = pc_new_zero(n_value(self), sizeof *self->days);
    if (self->days == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    cells = self->n_year * PC_N_AGE_BAND * self->n_category;
    self->money = self->days + cells; /* `days` owns them all */
    self->rest = self->money + cells;
    self->open = self->rest + self->n_year;
    self->close = self->open + self->n_year;
    self->starts = self->close + self->n_year;
    return PC_OK;
}

void bill_free(bill *self)
{
    if (self == NULL) {
        return;
    }
    free(self->days);
    memset(self, 0, sizeof *self);
}

void bill_merge(bill *self, const bill *from)
{
    for (size_t at = 0; at < n_value(self); at++) {
        self->days[at] += from->days[at];
    }
}

/* What a category cost in a month, shared out among the ages of the children in it. Whatever is left is not
 * for a child's days; but less than a penny is the rounding of the month, and goes with the days. */
static void add_month(bill *self, const grid *shape, const ledger *from, const money *prices, size_t category,
                      size_t month)
{
    size_t year = shape->year_of_month[month], largest = 0;
    int64_t left = prices->pence[category * shape->n_month + month] * BILL_PART, most = 0;
    double pence[PC_N_AGE_BAND];

    money_by_age(prices, from, category, month, pence);
    for (size_t age = 0; age < PC_N_AGE_BAND; age++) {
        int64_t part = (int64_t)llround(pence[age] * BILL_PART);
        size_t cell = bill_cell(self, year, age, category);

        self->days[cell] += *ledger_aged(from, age, category, shape->first_period + month);
        self->money[cell] += part;
        left -= part;
        largest = part > most ? age : largest;
        most = part > most ? part : most;
    }
    if (most > 0 && left > -BILL_PART && left < BILL_PART) {
        self->money[bill_cell(self, year, largest, category)] += left;
    } else {
        self->rest[year] += left;
    }
}

/* Children before the first month of a year follow from those after it. */
static void add_children(bill *self, const grid *shape, const ledger *from, size_t category, size_t month)
{
    size_t year = shape->year_of_month[month], period = shape->first_period + month;
    int32_t starts = *ledger_at(from, LEDGER_STARTS, category, period);
    int32_t stock = *ledger_at(from, LEDGER_STOCK, category, period);

    self->starts[year] += starts;
    if (month == 0 || shape->year_of_month[month - 1] != year) {
        self->open[year] += stock - starts + *ledger_at(from, LEDGER_CEASES, category, period) -
                            *ledger_at(from, LEDGER_MOVES_IN, category, period) +
                            *ledger_at(from, LEDGER_MOVES_OUT, category, period) -
                            *ledger_at(from, LEDGER_STATUS_IN, category, period) +
                            *ledger_at(from, LEDGER_STATUS_OUT, category, period);
    }
    if (month + 1 == shape->n_month || shape->year_of_month[month + 1] != year) {
        self->close[year] += stock;
    }
}

void bill_add(bill *self, const grid *shape, const ledger *from, const money *prices)
{
    for (size_t category = 0; category < shape->n_category; category++) {
        for (size_t month = 0; month < shape->n_month; month++) {
            add_month(self, shape, from, prices, category, month);
            add_children(self, shape, from, category, month);
        }
    }
}
