/* hand_plan.h - a simulation plan made by hand, without model or scenario, for tests of the simulate stage.
 *
 * Months begin on 1 April 2024. All rates are 0, no one is in care and no one starts until a test says so;
 * rates are 1/child-year, as in pc_rates. Only what is pointed at below is set.
 */
#ifndef PC_TEST_HAND_PLAN_H
#define PC_TEST_HAND_PLAN_H

#include <stdbool.h>

#include "simulate/plan.h"

typedef struct hand_plan {
    pc_plan plan; /* plan.mean points at `rates`: pass the hand_plan by address, never copy it */
    pc_rates rates;
    size_t child_capacity;
} hand_plan;

/* `months` whole calendar months. Neither clock has bands; the edges are 28, 182, 365 and 730 days. */
void hand_plan_make(hand_plan *self, size_t n_category, int months);
/* A child of `age` years (exact) at the origin; birthdays are every 365.25 days, rounded to a whole day when
 * `whole_days`. `age` may be negative infinity: never reaches any age edge, age band 2. */
void hand_plan_add_child(hand_plan *self, size_t stream, double age, size_t category, double care_start,
                         double placement_start, bool whole_days);
void hand_plan_free(hand_plan *self);

double *hand_plan_exit(hand_plan *self, size_t stream, size_t age, size_t category, size_t care,
                       size_t cause);
double *hand_plan_status(hand_plan *self, size_t stream, size_t age, size_t from, size_t care, size_t to);
double *hand_plan_move(hand_plan *self, size_t stream, size_t age, size_t from, size_t placement, size_t to);
double *hand_plan_first(hand_plan *self, size_t stream, size_t age, size_t category);
double *hand_plan_starts(hand_plan *self, size_t stream, size_t age_year);

/* A number in [0, 1) from a fixed sequence, for made-up rates. */
double hand_plan_random(uint64_t *state);
/* Fills every rate with made-up numbers that differ by stream, age, category and both clocks: stays of months
 * to years. Sets both clocks' bands on. */
void hand_plan_random_rates(hand_plan *self, uint64_t seed);

/* The LAC-600 reference workload of the shared data, 60 months, rates x 12 as hazards; `bands` multiplies
 * them by factors of five duration bands on both clocks. False when the data are absent. */
bool hand_plan_lac600(hand_plan *self, const char *folder, bool bands);

#endif
