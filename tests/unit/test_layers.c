/* Year effects and over-dispersed starts. Statistical checks have fixed seeds and |z| < 5. */
#include "pc_test.h"

#include <math.h>

#include "sim_case.h"
#include "simulate/layers.h"

enum { MONTHS = 48, N_YEAR = 4, N_SEED = 12 };

typedef struct layers_case {
    hand_plan hand;
    layers_years years;
} layers_case;

static int set_up(void **state)
{
    layers_case *self = calloc(1, sizeof *self);

    assert_non_null(self);
    sim_case_make(&self->hand, 1, MONTHS);
    self->hand.plan.year_effects = true;
    self->hand.plan.shock_starts = (plan_shock){0.6, 0.2};
    self->hand.plan.shock_exits = (plan_shock){0.0, 0.3};
    self->hand.plan.shock_mix = (plan_shock){-0.5, 0.1};
    assert_ok(layers_years_init(&self->years, layers_n_year(&self->hand.plan)));
    *state = self;
    return 0;
}

static int tear_down(void **state)
{
    layers_case *self = *state;

    layers_years_free(&self->years);
    sim_case_free(&self->hand);
    free(self);
    return 0;
}

/* Variance of x in year t (0, 1, ...): sigma^2 (1 + phi^2 + ... + phi^2t). */
static double variance_of_year(plan_shock shock, size_t year)
{
    double sum = 0.0;

    for (size_t at = 0; at <= year; at++) {
        sum += pow(shock.phi, 2.0 * (double)at);
    }
    return shock.sigma * shock.sigma * sum;
}

static const double *factors_of(const layers_case *self, int which)
{
    return which == 0   ? self->years.starts
           : which == 1 ? self->years.exits
           : which == 2 ? self->years.mix
                        : self->years.uasc;
}

/* x = log of the factor + half its variance is AR(1) from 0 at the origin: variances, and covariance phi
 * var(t) of one year with the next; the factor's mean is 1. 6,000 draws. */
static void factors_have_mean_one_and_the_stated_variance_and_persistence(void **state)
{
    layers_case *self = *state;
    const plan_shock shock[4] = {
        self->hand.plan.shock_starts, self->hand.plan.shock_exits, self->hand.plan.shock_mix, {0.5, 0.4}};
    const double n = (double)N_SEED * LAYERS_N_YEAR_EFFECTS;

    assert_int_equal(self->years.n_year, N_YEAR);
    self->hand.plan.uasc_apart = true;
    self->hand.plan.shock_uasc = shock[3];
    for (int which = 0; which < 4; which++) {
        double sum[N_YEAR] = {0}, square[N_YEAR] = {0}, product[N_YEAR] = {0}, mean[N_YEAR] = {0};

        for (uint64_t seed = 0; seed < N_SEED; seed++) {
            self->hand.plan.seed = seed;
            for (uint32_t replicate = 0; replicate < LAYERS_N_YEAR_EFFECTS; replicate++) {
                double before = 0.0;

                layers_years_draw(&self->years, &self->hand.plan, replicate);
                for (size_t year = 0; year < N_YEAR; year++) {
                    double factor = factors_of(self, which)[year];
                    double x = log(factor) + variance_of_year(shock[which], year) / 2.0;

                    mean[year] += factor;
                    sum[year] += x;
                    square[year] += x * x;
                    product[year] += x * before;
                    before = x;
                }
            }
        }
        for (size_t year = 0; year < N_YEAR; year++) {
            double variance = variance_of_year(shock[which], year), spread = sqrt(exp(variance) - 1.0);
            double last = year == 0 ? 0.0 : variance_of_year(shock[which], year - 1);

            assert_true(fabs(z_mean(mean[year] / n, 1.0, spread, (size_t)n)) < 5.0);
            assert_true(fabs(z_mean(sum[year] / n, 0.0, sqrt(variance), (size_t)n)) < 5.0);
            assert_true(fabs(square[year] / n - variance) < 5.0 * variance * sqrt(2.0 / n));
            /* var(xy) = var x var y + cov^2 for normal pairs. */
            if (year > 0) {
                double covariance = shock[which].phi * last;

                assert_true(fabs(product[year] / n - covariance) <
                            5.0 * sqrt((variance * last + covariance * covariance) / n));
            }
            /* Must-fail twin: a variance that is 12% off. */
            assert_false(fabs(square[year] / n - 1.12 * variance) < 5.0 * variance * sqrt(2.0 / n) &&
                         fabs(square[year] / n - 0.88 * variance) < 5.0 * variance * sqrt(2.0 / n));
        }
    }
}

static void without_the_layer_or_without_spread_every_factor_is_one(void **state)
{
    layers_case *self = *state;

    self->hand.plan.shock_mix.sigma = 0.0;
    layers_years_draw(&self->years, &self->hand.plan, 5);
    for (size_t year = 0; year < N_YEAR; year++) {
        assert_close(self->years.mix[year], 1.0, 0, 0);
        assert_true(fabs(self->years.starts[year] - 1.0) > 1e-6);
    }
    self->hand.plan.year_effects = false;
    layers_years_draw(&self->years, &self->hand.plan, 5);
    for (size_t year = 0; year < N_YEAR; year++) {
        assert_close(self->years.starts[year], 1.0, 0, 0);
        assert_close(self->years.exits[year], 1.0, 0, 0);
        assert_close(self->years.mix[year], 1.0, 0, 0);
    }
}

/* Shared between authorities, and by replicates 499 apart; not by others. */
static void year_effects_are_shared_by_authorities_and_by_replicates_of_one_draw(void **state)
{
    layers_case *self = *state;
    double first;

    layers_years_draw(&self->years, &self->hand.plan, 3);
    first = self->years.starts[2];
    self->hand.plan.authority_number = 7;
    layers_years_draw(&self->years, &self->hand.plan, 3 + LAYERS_N_YEAR_EFFECTS);
    assert_close(self->years.starts[2], first, 0, 0);
    layers_years_draw(&self->years, &self->hand.plan, 4);
    assert_true(fabs(self->years.starts[2] - first) > 1e-6);
    assert_true(fabs(self->years.exits[2] - self->years.starts[2]) > 1e-6); /* shocks of their own */
}

static void unaccompanied_children_follow_all_starts_unless_they_are_apart(void **state)
{
    layers_case *self = *state;

    layers_years_draw(&self->years, &self->hand.plan, 3);
    for (size_t year = 0; year < N_YEAR; year++) {
        assert_close(self->years.uasc[year], self->years.starts[year], 0, 0);
    }
    self->hand.plan.uasc_apart = true;
    self->hand.plan.shock_uasc = self->hand.plan.shock_starts;
    layers_years_draw(&self->years, &self->hand.plan, 3);
    for (size_t year = 0; year < N_YEAR; year++) {
        assert_true(fabs(self->years.uasc[year] - self->years.starts[year]) > 1e-6);
    }
}

/* Gamma with mean 1 and variance 1 / shape; each month and stream has its own, authorities too. */
static void dispersion_is_gamma_with_mean_one(void **state)
{
    static const double shape[PC_N_STREAM] = {4.0, 0.5};
    layers_case *self = *state;
    gsl_rng *rng = pc_gsl_rng_new(pc_random_key_make(0, 0), 0, PC_PURPOSE_DISPERSION);
    const double n = (double)LAYERS_N_DISPERSION * MONTHS;

    assert_non_null(rng);
    self->hand.plan.starts_overdispersion = true;
    for (size_t stream = 0; stream < PC_N_STREAM; stream++) {
        double sum = 0.0, square = 0.0;

        self->hand.plan.dispersion[stream] = shape[stream];
        for (uint32_t replicate = 0; replicate < LAYERS_N_DISPERSION; replicate++) {
            for (size_t period = 0; period < MONTHS; period++) {
                double factor = layers_dispersion(&self->hand.plan, rng, period, stream, replicate);

                assert_true(factor > 0.0);
                sum += factor;
                square += (factor - 1.0) * (factor - 1.0);
            }
        }
        assert_true(fabs(z_mean(sum / n, 1.0, sqrt(1.0 / shape[stream]), (size_t)n)) < 5.0);
        /* The fourth central moment of a gamma law is (3 + 6 / shape) var^2. */
        assert_true(fabs(square / n - 1.0 / shape[stream]) <
                    5.0 / shape[stream] * sqrt((2.0 + 6.0 / shape[stream]) / n));
        assert_false(fabs(square / n - 1.0 / (1.2 * shape[stream])) <
                     5.0 / shape[stream] * sqrt((2.0 + 6.0 / shape[stream]) / n));
    }
    gsl_rng_free(rng);
}

static void dispersion_is_one_where_it_is_off_and_differs_by_month_stream_and_authority(void **state)
{
    layers_case *self = *state;
    gsl_rng *rng = pc_gsl_rng_new(pc_random_key_make(0, 0), 0, PC_PURPOSE_DISPERSION);
    double first;

    assert_non_null(rng);
    self->hand.plan.dispersion[0] = self->hand.plan.dispersion[1] = 4.0;
    assert_close(layers_dispersion(&self->hand.plan, rng, 0, 0, 0), 1.0, 0, 0); /* the layer is off */
    self->hand.plan.starts_overdispersion = true;
    first = layers_dispersion(&self->hand.plan, rng, 0, 0, 9);
    assert_close(layers_dispersion(&self->hand.plan, rng, 0, 0, 9 + LAYERS_N_DISPERSION), first, 0, 0);
    assert_true(fabs(layers_dispersion(&self->hand.plan, rng, 1, 0, 9) - first) > 1e-6);
    assert_true(fabs(layers_dispersion(&self->hand.plan, rng, 0, 1, 9) - first) > 1e-6);
    self->hand.plan.authority_number = 1;
    assert_true(fabs(layers_dispersion(&self->hand.plan, rng, 0, 0, 9) - first) > 1e-6);
    self->hand.plan.dispersion[0] = (double)INFINITY;
    assert_close(layers_dispersion(&self->hand.plan, rng, 0, 0, 9), 1.0, 0, 0);
    gsl_rng_free(rng);
}

/* 24 significant bits: 1 + 2^-24 is rounded to even, 1 + 2^-23 is kept. */
static void rounding_keeps_24_bits(void **state)
{
    (void)state;
    assert_close(layers_round(1.0 + 0x1p-24), 1.0, 0, 0);
    assert_close(layers_round(1.0 + 0x1p-23), 1.0 + 0x1p-23, 0, 0);
    assert_close(layers_round(0.1), 0.1, 0x1p-24, 0);
    assert_close(layers_round(layers_round(0.1)), layers_round(0.1), 0, 0);
    assert_close(layers_round(0.0), 0.0, 0, 0);
}

int main(void)
{
#define LAYERS(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        LAYERS(factors_have_mean_one_and_the_stated_variance_and_persistence),
        LAYERS(without_the_layer_or_without_spread_every_factor_is_one),
        LAYERS(year_effects_are_shared_by_authorities_and_by_replicates_of_one_draw),
        LAYERS(unaccompanied_children_follow_all_starts_unless_they_are_apart),
        LAYERS(dispersion_is_gamma_with_mean_one),
        LAYERS(dispersion_is_one_where_it_is_off_and_differs_by_month_stream_and_authority),
        LAYERS(rounding_keeps_24_bits),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
