/* layers.h - what is uncertain beyond process: parameters, year effects, over-dispersed starts, for one
 * replicate.
 *
 * The layers are nested by the replicate's number so that run.json can split the variance between them:
 * replicate r uses parameter draw r mod 200, year effects r mod 499 and month factors r mod 503. The three
 * have no common factor: two replicates that share a draw of one layer share none of the others, and the
 * covariance of such pairs is that layer's variance.
 */
#ifndef PC_SIMULATE_LAYERS_H
#define PC_SIMULATE_LAYERS_H

#include <gsl/gsl_rng.h>

#include "simulate/plan.h"

enum { LAYERS_N_PARAMETERS = 200, LAYERS_N_YEAR_EFFECTS = 499, LAYERS_N_DISPERSION = 503 };

/* Multipliers by effect year, mean 1. */
typedef struct layers_years {
    size_t n_year;
    double *starts, *uasc, *exits, *mix; /* [n_year]; uasc: of starts of unaccompanied children */
} layers_years;

size_t layers_n_year(const pc_plan *plan);
PC_MUST_USE pc_status layers_years_init(layers_years *self, size_t n_year);
/* All 1 when the layer is off. Shared by all authorities of a replicate, so that a bad year is bad for a
 * whole region. */
void layers_years_draw(layers_years *self, const pc_plan *plan, uint32_t replicate);
void layers_years_free(layers_years *self);

/* The gamma factor, mean 1, of one month and stream; 1 when the layer is off. `rng` is one of pc_gsl_rng_new.
 */
double layers_dispersion(const pc_plan *plan, gsl_rng *rng, size_t period, size_t stream, uint32_t replicate);

/* Rounds to 24 significant bits: the last bits of a mathematics library must not reach the results. */
double layers_round(double value);

#endif
