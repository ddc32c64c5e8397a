/* starters.h - the children who start to be looked after in one replicate, by thinning and superposition.
 *
 * For each month and stream candidates form a Poisson process over (mark, day, age), at the fitted mean rate
 * for each unit of mark. A candidate starts when its mark lies below the multiplier of its month, stream and
 * age: what population, year effects, over-dispersion, parameter draw and scenario make of the mean rate. So
 * a 10% cut removes the candidates with marks between 0.9 and 1 and leaves every other child untouched, and a
 * rise adds children. Marks are drawn in layers, [0, 1), then quarters.
 */
#ifndef PC_SIMULATE_STARTERS_H
#define PC_SIMULATE_STARTERS_H

#include <gsl/gsl_rng.h>

#include "simulate/count_table.h"
#include "simulate/hazard.h"
#include "simulate/layers.h"

/* Marks to 16.25. A multiplier beyond that is cut; the run says so when the plan asks for it. By chance alone
 * (a gamma month in an extreme year) it takes 1 to 3% of the unaccompanied starts of a council of 25
 * children, less than 0.5% of one of 120. */
#define STARTERS_MAX_LAYER 62

struct intervention_state;

typedef struct starter {
    double time; /* days since the origin */
    double age;  /* years, in [0, 18) */
    uint64_t entity;
    uint8_t stream, age_band, category;
    int16_t added_by; /* the intervention without which it would not start, or -1 */
} starter;

/* Tables that do not change from replicate to replicate. */
typedef struct starters_tables {
    size_t n_period;
    size_t n_table;
    count_table *table;   /* distinct means */
    uint32_t *unit_table; /* [n_period][PC_N_STREAM]; for the layer [0, 1) */
    uint32_t *quarter_table;
} starters_tables;

/* Ages at the start, and the level relative to the mean rates; of the mean or of a parameter draw. */
typedef struct starters_ages {
    double cumulative[PC_N_STREAM][PC_N_AGE_YEAR]; /* shares of the stream's starts; all 0 without starts */
    uint8_t guide[PC_N_STREAM][256]; /* where to begin the search for each value of the word's top byte */
    double level[PC_N_STREAM];       /* the stream's starts a year over those of the mean rates */
} starters_ages;

/* One of the children who might start. */
typedef struct candidate {
    uint16_t period;
    uint8_t stream, layer;
} candidate;

typedef struct starters {
    size_t n, capacity;
    starter *row; /* [n]; ordered by period, stream, layer, candidate */
    size_t n_candidate, candidate_capacity, entity_capacity, block_capacity;
    candidate *candidate;   /* [n_candidate] */
    uint64_t *entity;       /* [n_candidate] */
    pc_random_block *block; /* [n_candidate] */
    double *multiplier;     /* [n_period][PC_N_STREAM][PC_N_AGE_YEAR] */
} starters;

PC_MUST_USE pc_status starters_tables_init(starters_tables *self, const pc_plan *plan);
void starters_tables_free(starters_tables *self);
void starters_ages_set(starters_ages *self, const pc_plan *plan, const pc_rates *rates);

/* What multiplies the mean rates of a replicate besides the plan's own multipliers. */
typedef struct starters_factors {
    const starters_ages *ages;
    const layers_years *years;
    const double *dispersion;                /* [n_period][PC_N_STREAM] */
    const double *residential_scale;         /* [n_period]; of first placements */
    const struct intervention_state *state;  /* [plan->n_intervention]; NULL: none adds starts */
    double more[PC_N_STREAM][PC_N_AGE_YEAR]; /* times as many at most, where `state` is given */
} starters_factors;

/* Draws the starters of one replicate into `self`; memory grows only here, never while lives run. *clipped is
 * set when a multiplier was cut that is not of chance alone. */
PC_MUST_USE pc_status starters_draw(starters *self, const starters_tables *tables, const pc_plan *plan,
                                    const hazard_tables *hazards, const starters_factors *factors,
                                    pc_random_key key, bool *clipped);
void starters_free(starters *self);

/* Names a month and stream, or a candidate in it, in the random keys. */
uint64_t starters_month_entity(const pc_plan *plan, size_t period, size_t stream);
/* Names a starting child in the random keys. */
uint64_t starters_present_entity(const pc_plan *plan, size_t child);

#endif
