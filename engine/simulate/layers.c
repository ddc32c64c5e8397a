#include "simulate/layers.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "simulate/starters.h"

double layers_round(double value)
{
    int exponent;
    double mantissa = frexp(value, &exponent);

    return ldexp(nearbyint(ldexp(mantissa, 24)), exponent - 24);
}

size_t layers_n_year(const pc_plan *plan)
{
    return (size_t)plan->period[plan->n_period - 1].effect_year + 1;
}

pc_status layers_years_init(layers_years *self, size_t n_year)
{
    memset(self, 0, sizeof *self);
    self->n_year = n_year;
    self->starts = pc_new(n_year, sizeof(double));
    self->uasc = pc_new(n_year, sizeof(double));
    self->exits = pc_new(n_year, sizeof(double));
    self->mix = pc_new(n_year, sizeof(double));
    if (self->starts == NULL || self->uasc == NULL || self->exits == NULL || self->mix == NULL) {
        layers_years_free(self);
        return PC_ERR_NO_MEMORY;
    }
    return PC_OK;
}

void layers_years_free(layers_years *self)
{
    free(self->starts);
    free(self->uasc);
    free(self->exits);
    free(self->mix);
    memset(self, 0, sizeof *self);
}

/* x(t) = phi x(t-1) + sigma z(t) from x = 0 at the origin; the multiplier is exp(x - var x / 2), so that its
 * mean is 1. */
static void draw_shock(const pc_plan *plan, plan_shock shock, uint64_t which, pc_random_key key,
                       size_t n_year, double *out)
{
    double x = 0.0, variance = 0.0;

    for (size_t year = 0; year < n_year; year++) {
        double factor = 1.0;

        if (plan->year_effects && shock.sigma > 0.0) {
            pc_random_block block = pc_random(key, (which << 32) | year, PC_PURPOSE_YEAR, 0);

            x = shock.phi * x + shock.sigma * gsl_cdf_ugaussian_Pinv(pc_uniform(block.word[0]));
            variance = shock.phi * shock.phi * variance + shock.sigma * shock.sigma;
            factor = layers_round(exp(x - variance / 2.0));
        }
        out[year] = factor;
    }
}

void layers_years_draw(layers_years *self, const pc_plan *plan, uint32_t replicate)
{
    pc_random_key key = pc_random_key_make(plan->seed, replicate % LAYERS_N_YEAR_EFFECTS);

    draw_shock(plan, plan->shock_starts, 0, key, self->n_year, self->starts);
    draw_shock(plan, plan->shock_exits, 1, key, self->n_year, self->exits);
    draw_shock(plan, plan->shock_mix, 2, key, self->n_year, self->mix);
    draw_shock(plan, plan->uasc_apart ? plan->shock_uasc : plan->shock_starts, plan->uasc_apart ? 3 : 0, key,
               self->n_year, self->uasc);
}

double layers_dispersion(const pc_plan *plan, gsl_rng *rng, size_t period, size_t stream, uint32_t replicate)
{
    double shape = plan->dispersion[stream];
    pc_random_key key = pc_random_key_make(plan->seed, replicate % LAYERS_N_DISPERSION);

    if (!plan->starts_overdispersion || !isfinite(shape)) {
        return 1.0;
    }
    pc_gsl_rng_point(rng, key, starters_month_entity(plan, period, stream), PC_PURPOSE_DISPERSION);
    return layers_round(gsl_ran_gamma(rng, shape, 1.0 / shape));
}
