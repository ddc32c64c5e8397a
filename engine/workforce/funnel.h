/* funnel.h - the front door by month: new cases, cases that end, open cases of each stage. Private to
 * workforce/.
 *
 * One replicate, in these steps: (1) draw volumes, conversions, trends and good and bad years; (2) place the
 * cases that are open at the start in the months in which they end; (3) month by month and stage by stage:
 * (a) new cases from outside, from the stage before and of those that return; (b) the months in which they
 * end; (c) of those that end, which go on, which are closed, and which of all will be back.
 *
 * Cases are counted, never lost: open = open before + new - ended, and what a stage is given by another is
 * among the ended of that one. Arrivals from outside are Poisson and every choice is independent, so with
 * fixed volumes the network is that of M/G/infinity queues: Poisson counts, mean = rate x mean stay.
 */
#ifndef PC_WORKFORCE_FUNNEL_H
#define PC_WORKFORCE_FUNNEL_H

#include <gsl/gsl_rng.h>
#include <stdint.h>

#include "base/keyed_random.h"
#include "placecast/workforce.h"

/* What does not change from replicate to replicate. */
typedef struct funnel_stage {
    size_t n_bin;
    double *leave;    /* [n_bin] */
    double *residual; /* [n_bin] */
    double mean_days;
} funnel_stage;

typedef struct funnel_plan {
    const pc_workforce *of; /* borrowed */
    size_t n_month;
    const int *year;     /* [n_month]; borrowed; financial year of each month */
    funnel_stage *stage; /* [of->n_stage] */
} funnel_plan;

PC_MUST_USE pc_status funnel_plan_make(funnel_plan *self, const pc_workforce *of, size_t n_month,
                                       const int *year);
void funnel_plan_free(funnel_plan *self);

/* One replicate; rows are [n_stage][n_month]. */
typedef struct funnel {
    const funnel_plan *plan; /* borrowed */
    int64_t *start;          /* [n_stage]; open on the day before */
    int64_t *fresh, *ended, *open;
    int64_t *onward; /* [n_stage][n_month]; of the new cases, those that the stage before sent */
    int64_t *back;   /* [n_stage][n_month]; of the new cases, those that return */
    double *factor;  /* [n_stage][n_month]; what interventions make of new cases: set before each run, 1: as
                        they are. Not applied to cases that return */
    bool clipped;    /* some conversion would have passed one, ever */
    double *volume, *conversion, *trend; /* [n_stage]; as drawn */
    gsl_rng *rng;
} funnel;

PC_MUST_USE pc_status funnel_init(funnel *self, const funnel_plan *plan);
void funnel_run(funnel *self, pc_random_key key);
void funnel_free(funnel *self);

/* A draw from the triangular distribution of a range. */
double funnel_triangular(pc_effect range, double u);
/* Adds n cases, each in bin i with probability share[i] (they sum to 1), to out[0 .. n_bin - 1], of which
 * only the first n_out exist. */
void funnel_spread(gsl_rng *rng, int64_t n, const double *share, size_t n_bin, int64_t *out, size_t n_out);

#endif
