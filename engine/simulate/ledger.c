#include "simulate/ledger.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

pc_status ledger_init(ledger *self, const pc_plan *plan)
{
    memset(self, 0, sizeof *self);
    self->n_category = plan->n_category;
    self->n_period = plan->n_period;
    self->period = plan->period;
    self->period_of_day = plan->period_of_day;
    self->count = pc_new_zero(LEDGER_N_SERIES * self->n_category * self->n_period, sizeof *self->count);
    self->exits = pc_new_zero(PC_N_EXIT_CAUSE * self->n_period, sizeof *self->exits);
    self->n_intervention = plan->n_intervention;
    self->treated = pc_new_zero(2 * self->n_intervention * self->n_period, sizeof *self->treated);
    if (self->count == NULL || self->exits == NULL || self->treated == NULL) {
        ledger_free(self);
        return PC_ERR_NO_MEMORY;
    }
    return PC_OK;
}

static size_t n_aged(const ledger *self)
{
    return PC_N_AGE_BAND * self->n_category * self->n_period;
}

pc_status ledger_keep_ages(ledger *self)
{
    if (self->aged == NULL) {
        self->aged = pc_new_zero(n_aged(self), sizeof *self->aged);
    }
    return self->aged == NULL ? PC_ERR_NO_MEMORY : PC_OK;
}

void ledger_clear(ledger *self, bool capacity)
{
    size_t n_series = capacity ? LEDGER_N_SERIES : LEDGER_OVERFLOW;

    memset(self->count, 0, n_series * self->n_category * self->n_period * sizeof *self->count);
    memset(self->exits, 0, PC_N_EXIT_CAUSE * self->n_period * sizeof *self->exits);
    memset(self->treated, 0, 2 * self->n_intervention * self->n_period * sizeof *self->treated);
    if (self->aged != NULL) {
        memset(self->aged, 0, n_aged(self) * sizeof *self->aged);
    }
}

/* Children placed for want of a place: none at the origin, since nobody's need is known there. */
static void close_capacity(ledger *self, size_t category)
{
    int32_t displaced = 0, unmet = 0;

    for (size_t period = 0; period < self->n_period; period++) {
        *ledger_at(self, LEDGER_UNMET_DAYS, category, period) +=
            unmet * (self->period[period].end - self->period[period].first);
        displaced += *ledger_at(self, LEDGER_DISPLACED, category, period);
        unmet += *ledger_at(self, LEDGER_UNMET_NET, category, period);
        *ledger_at(self, LEDGER_DISPLACED, category, period) = displaced;
        *ledger_at(self, LEDGER_UNMET_NET, category, period) = unmet;
    }
}

void ledger_close(ledger *self, const int32_t *initial, bool capacity)
{
    for (size_t category = 0; category < self->n_category; category++) {
        int32_t stock = initial[category];

        for (size_t period = 0; period < self->n_period; period++) {
            int32_t length = self->period[period].end - self->period[period].first;

            *ledger_at(self, LEDGER_DAYS, category, period) += stock * length;
            stock += *ledger_at(self, LEDGER_STARTS, category, period) -
                     *ledger_at(self, LEDGER_CEASES, category, period) +
                     *ledger_at(self, LEDGER_MOVES_IN, category, period) -
                     *ledger_at(self, LEDGER_MOVES_OUT, category, period) +
                     *ledger_at(self, LEDGER_STATUS_IN, category, period) -
                     *ledger_at(self, LEDGER_STATUS_OUT, category, period);
            *ledger_at(self, LEDGER_STOCK, category, period) = stock;
        }
        if (capacity) {
            close_capacity(self, category);
        }
    }
}

void ledger_close_ages(ledger *self, const int32_t *initial)
{
    for (size_t row = 0; row < PC_N_AGE_BAND * self->n_category; row++) {
        int64_t *period = self->aged + row * self->n_period;
        int64_t stock = initial[row];

        for (size_t at = 0; at < self->n_period; at++) {
            int64_t corrections = (int32_t)(uint32_t)(uint64_t)period[at];
            int64_t net = (period[at] - corrections) / (INT64_C(1) << 32);

            period[at] = corrections + stock * (self->period[at].end - self->period[at].first);
            stock += net;
        }
    }
}

void ledger_free(ledger *self)
{
    if (self == NULL) {
        return;
    }
    free(self->count);
    free(self->exits);
    free(self->treated);
    free(self->aged);
    memset(self, 0, sizeof *self);
}
