/* Gamma variates against the gamma distribution, the normal quantile against GSL's. */
#include "pc_test.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

#include "estimate/gamma_stream.h"

#define N_DRAW 20000

static double gamma_cdf(double x, const void *context)
{
    const double *shape = context;

    return gsl_cdf_gamma_P(x, *shape, 1);
}

/* Kolmogorov-Smirnov at a false-alarm rate of 1e-4; with 20,000 draws a shape that is 5% out has p below
 * 1e-6. */
static void draws_follow_the_gamma_distribution(void **state)
{
    static const double shapes[] = {0.05, 0.5, 1, 1.5, 4, 100, 10000};
    static double sample[N_DRAW];

    (void)state;
    for (size_t s = 0; s < sizeof shapes / sizeof shapes[0]; s++) {
        gamma_stream numbers = gamma_stream_at(pc_random_key_make(1, 0), s);
        double wrong = shapes[s] * 1.05;

        for (size_t i = 0; i < N_DRAW; i++) {
            sample[i] = 3 * gamma_stream_draw(&numbers, shapes[s], 3);
        }
        assert_true(ks_p_value(ks_distance(sample, N_DRAW, gamma_cdf, &shapes[s]), N_DRAW) > 1e-4);
        assert_true(ks_p_value(ks_distance(sample, N_DRAW, gamma_cdf, &wrong), N_DRAW) < 1e-4);
    }
}

static void the_normal_quantile_is_right_to_nine_digits(void **state)
{
    (void)state;
    for (int i = 1; i < 10000; i++) {
        double p = i / 10000.0;

        assert_close(gamma_stream_normal_quantile(p), gsl_cdf_ugaussian_Pinv(p), 2e-9, 1e-9);
    }
    assert_close(gamma_stream_normal_quantile(0x1p-33), gsl_cdf_ugaussian_Pinv(0x1p-33), 2e-9, 0);
    assert_close(gamma_stream_normal_quantile(1 - 0x1p-33), gsl_cdf_ugaussian_Qinv(0x1p-33), 2e-9, 0);
}

static void a_shape_of_nought_gives_nought(void **state)
{
    gamma_stream numbers = gamma_stream_at(pc_random_key_make(1, 0), 0);

    (void)state;
    assert_close(gamma_stream_draw(&numbers, 0, 1), 0, 0, 0);
    assert_close(gamma_stream_draw(&numbers, (double)NAN, 1), 0, 0, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(draws_follow_the_gamma_distribution),
        cmocka_unit_test(the_normal_quantile_is_right_to_nine_digits),
        cmocka_unit_test(a_shape_of_nought_gives_nought),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
