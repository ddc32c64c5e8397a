/* age_days.h - place-days of stays by the child's age band, where the ledger keeps them.
 *
 * A stay is booked at its two ends alone. Birthdays that cross a band are made good when it ends, or at the
 * horizon: they need no event of their own, so that a life costs no more for them.
 */
#ifndef PC_SIMULATE_AGE_DAYS_H
#define PC_SIMULATE_AGE_DAYS_H

#include "simulate/ledger.h"
#include "simulate/life.h"

/* The 18th birthday ends the last band and begins none. */
static inline uint8_t age_days_band(const life *child)
{
    return child->age < PC_N_AGE_BAND ? child->age : PC_N_AGE_BAND - 1;
}

static inline void age_days_book(ledger *out, size_t age, size_t category, int day, int sign)
{
    size_t period = (size_t)out->period_of_day[day];

    *ledger_aged(out, age, category, period) += sign * ((INT64_C(1) << 32) + out->period[period].end - day);
}

/* Moves the rest of a stay from band to band at the birthdays from age band `age` up to the child's present
 * one. */
static inline void age_days_pass(ledger *out, const life *child, uint8_t age, size_t category)
{
    life at = *child;

    for (at.age = age; at.age < age_days_band(child); at.age++) {
        int day = (int)life_age_end(&at);

        age_days_book(out, at.age, category, day, -1);
        age_days_book(out, at.age + 1U, category, day, 1);
    }
}

/* A stay begins; *age is the band in which it does. */
static inline void age_days_begin(ledger *out, const life *child, size_t category, int day, uint8_t *age)
{
    *age = age_days_band(child);
    if (out->aged != NULL) {
        age_days_book(out, *age, category, day, 1);
    }
}

/* A stay that began in band `age` lasts beyond the horizon. */
static inline void age_days_go_on(ledger *out, const life *child, size_t category, uint8_t age)
{
    if (out->aged != NULL && age != age_days_band(child)) {
        age_days_pass(out, child, age, category);
    }
}

/* A stay that began in band `age` ends on `day`. */
static inline void age_days_end(ledger *out, const life *child, size_t category, int day, uint8_t age)
{
    if (out->aged != NULL) {
        age_days_go_on(out, child, category, age);
        age_days_book(out, age_days_band(child), category, day, -1);
    }
}

struct replicate_workspace;

/* Runs the children of a replicate one by one when none can matter to another, and books their stays by age
 * band too. */
void age_days_run_alone(struct replicate_workspace *self, const life_setting *setting);

#endif
