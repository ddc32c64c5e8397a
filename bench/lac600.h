/* lac600.h - the reference workload as a model and a plan, from its plain tables. */
#ifndef PC_BENCH_LAC600_H
#define PC_BENCH_LAC600_H

#include "reference_loop.h"
#include "simulate/plan.h"

typedef struct lac600 {
    reference_model reference;
    pc_rates rates;
    pc_plan plan;
} lac600;

/* Reads placements.csv, bands.csv, rates.csv, initial.csv and entrants.csv from `folder`. `durations`: five
 * bands on both clocks with made-up factors, and starting children spread over them. */
PC_MUST_USE pc_status lac600_load(lac600 *self, const char *folder, bool durations);
/* Places in three categories, with overflow. */
PC_MUST_USE pc_status lac600_cap(lac600 *self);
void lac600_free(lac600 *self);

#endif
