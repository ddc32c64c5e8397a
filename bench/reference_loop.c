#include "reference_loop.h"

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <math.h>
#include <stdlib.h>

enum { MOST = 8192 };

typedef struct state {
    int n;
    int age[MOST], placement[MOST];
    long stock[REFERENCE_N_MONTH][REFERENCE_N_BAND][REFERENCE_N_PLACEMENT];
} state;

static int band_of(const reference_model *model, int age)
{
    int band = 0;

    while (age >= model->band_high[band]) {
        band++;
    }
    return band;
}

/* Returns the placement after a month, or REFERENCE_N_PLACEMENT when the child has left. */
static int one_month(const reference_model *model, gsl_rng *rng, int age, int placement)
{
    const double *rate = model->rate[band_of(model, age)][placement];
    double total = 0.0, target;

    for (int to = 0; to <= REFERENCE_N_PLACEMENT; to++) {
        total += rate[to];
    }
    if (gsl_rng_uniform(rng) >= 1.0 - exp(-total)) {
        return placement;
    }
    target = gsl_rng_uniform(rng) * total;
    for (int to = 0; to < REFERENCE_N_PLACEMENT; to++) {
        target -= rate[to];
        if (target < 0.0) {
            return to;
        }
    }
    return REFERENCE_N_PLACEMENT;
}

static long expose(const reference_model *model, gsl_rng *rng, state *s)
{
    int kept = 0;
    long exposed = 0;

    for (int child = 0; child < s->n; child++) {
        int age = s->age[child] + 1, placement = s->placement[child];

        if (age == 216) {
            continue;
        }
        exposed++;
        placement = one_month(model, rng, age, placement);
        if (placement < REFERENCE_N_PLACEMENT) {
            s->age[kept] = age;
            s->placement[kept] = placement;
            kept++;
        }
    }
    s->n = kept;
    return exposed;
}

static void enter(const reference_model *model, gsl_rng *rng, state *s)
{
    for (int band = 0; band < REFERENCE_N_BAND; band++) {
        unsigned long width = (unsigned long)(model->band_high[band] - model->band_low[band]);

        for (int placement = 0; placement < REFERENCE_N_PLACEMENT; placement++) {
            unsigned n = gsl_ran_poisson(rng, model->entrants[band][placement]);

            for (unsigned k = 0; k < n && s->n < MOST; k++) {
                s->age[s->n] = model->band_low[band] + (int)gsl_rng_uniform_int(rng, width);
                s->placement[s->n] = placement;
                s->n++;
            }
        }
    }
}

double reference_run(const reference_model *model, unsigned long seed, int replicates, double *stock60)
{
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    state *s = calloc(1, sizeof *s);
    double exposed = 0.0;

    if (rng == NULL || s == NULL) {
        abort();
    }
    for (int replicate = 0; replicate < replicates; replicate++) {
        gsl_rng_set(rng, seed + (unsigned long)replicate);
        s->n = (int)model->n_child;
        for (int child = 0; child < s->n; child++) {
            s->age[child] = model->age_month[child];
            s->placement[child] = model->placement[child];
        }
        for (int month = 0; month < REFERENCE_N_MONTH; month++) {
            exposed += (double)expose(model, rng, s);
            enter(model, rng, s);
            for (int child = 0; child < s->n; child++) {
                s->stock[month][band_of(model, s->age[child])][s->placement[child]]++;
            }
        }
        stock60[replicate] = s->n;
    }
    free(s);
    gsl_rng_free(rng);
    return exposed;
}
