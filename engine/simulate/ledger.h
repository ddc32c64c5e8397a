/* ledger.h - what happened in one replicate: integer counts by category and period. */
#ifndef PC_SIMULATE_LEDGER_H
#define PC_SIMULATE_LEDGER_H

#include <stdint.h>

#include "simulate/plan.h"

typedef enum ledger_series {
    LEDGER_STARTS,
    LEDGER_CEASES,
    LEDGER_MOVES_IN, /* new placements in the category, moves within it included */
    LEDGER_MOVES_OUT,
    LEDGER_STATUS_IN,
    LEDGER_STATUS_OUT,
    LEDGER_DAYS, /* while running: corrections for stays that begin or end inside a period; closed: place-days
                  */
    LEDGER_STOCK, /* closed: children at the end of the period */
    /* Capacity only; by the category wanted. */
    LEDGER_OVERFLOW,   /* placements made by availability and not by need */
    LEDGER_UNMET,      /* of these, the ones for which the overflow list was exhausted */
    LEDGER_DISPLACED,  /* running: net change; closed: children who live elsewhere for want of a place */
    LEDGER_UNMET_NET,  /* running: net change; closed: children placed although nothing was free */
    LEDGER_UNMET_DAYS, /* running: corrections; closed: their days */
    LEDGER_FULL,       /* days on which the category was full at the end of the day */
    LEDGER_EMPTY,      /* place-days that nobody used, of block categories and those with a retainer */
    LEDGER_N_SERIES
} ledger_series;

typedef struct ledger {
    size_t n_category, n_period;
    const plan_period *period;
    const int16_t *period_of_day;
    int32_t *count; /* [LEDGER_N_SERIES][n_category][n_period] */
    int32_t *exits; /* [PC_N_EXIT_CAUSE][n_period] */
    size_t n_intervention;
    int32_t *treated; /* [n_intervention][2][n_period]; treated, and of these changed */
    /* [PC_N_AGE_BAND][n_category][n_period]; NULL: not kept, which is quicker. While running: 2^32 times the
     * net change of children of that age, plus corrections of their place-days; closed: their place-days. */
    int64_t *aged;
} ledger;

PC_MUST_USE pc_status ledger_init(ledger *self, const pc_plan *plan);
/* From now on keeps place-days by age band too (age_days.h). */
PC_MUST_USE pc_status ledger_keep_ages(ledger *self);
/* `capacity`: those series too; without it they stay as they were made, zero. */
void ledger_clear(ledger *self, bool capacity);
/* Turns corrections into stocks and place-days. `initial` [n_category]: children at the origin. `capacity`:
 * close those series too. */
void ledger_close(ledger *self, const int32_t *initial, bool capacity);
/* The same for place-days by age band, where they are kept. `initial` [PC_N_AGE_BAND][n_category]. */
void ledger_close_ages(ledger *self, const int32_t *initial);
void ledger_free(ledger *self);

static inline int32_t *ledger_at(const ledger *self, ledger_series series, size_t category, size_t period)
{
    return &self->count[((size_t)series * self->n_category + category) * self->n_period + period];
}

static inline int64_t *ledger_aged(const ledger *self, size_t age_band, size_t category, size_t period)
{
    return &self->aged[(age_band * self->n_category + category) * self->n_period + period];
}

static inline int32_t *ledger_treated(const ledger *self, size_t intervention, bool changed, size_t period)
{
    return &self->treated[(intervention * 2 + changed) * self->n_period + period];
}

/* A stay in `category` begins on day `day`: it occupies the rest of the period, that day included. */
static inline void ledger_enter(ledger *self, ledger_series why, size_t category, int day)
{
    size_t period = (size_t)self->period_of_day[day];

    *ledger_at(self, why, category, period) += 1;
    *ledger_at(self, LEDGER_DAYS, category, period) += self->period[period].end - day;
}

static inline void ledger_leave(ledger *self, ledger_series why, size_t category, int day)
{
    size_t period = (size_t)self->period_of_day[day];

    *ledger_at(self, why, category, period) += 1;
    *ledger_at(self, LEDGER_DAYS, category, period) -= self->period[period].end - day;
}

static inline void ledger_cease(ledger *self, size_t cause, size_t category, int day)
{
    ledger_leave(self, LEDGER_CEASES, category, day);
    self->exits[cause * self->n_period + (size_t)self->period_of_day[day]] += 1;
}

#endif
