/* Variance shared by replicates that share a draw. */
#include "pc_test.h"

#include <math.h>

#include "base/keyed_random.h"
#include "outcome/variance.h"
#include <gsl/gsl_cdf.h>

static void the_total_is_the_sample_variance(void **state)
{
    static const double value[] = {2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0};

    (void)state;
    assert_close(variance_total(value, 8), 32.0 / 7.0, 1e-15, 0.0); /* mean 5, squares 9 1 1 1 0 0 4 16 */
    assert_close(variance_total(value, 1), 0.0, 0.0, 0.0);
}

/* Deviations from the mean 2: 0: +1, 1: -1, 2: +2, 3: -2, 4: 0. With two draws the pairs are (0,2), (0,4),
 * (2,4) and (1,3): products 2, 0, 0, 2, mean 1. */
static void the_shared_variance_is_the_mean_product_over_pairs(void **state)
{
    static const double value[] = {3.0, 1.0, 4.0, 0.0, 2.0};

    (void)state;
    assert_close(variance_shared(value, 5, 2), 1.0, 1e-15, 0.0);
}

static void it_is_zero_without_pairs_and_never_negative(void **state)
{
    static const double value[] = {3.0, 1.0, 4.0, 0.0}, opposed[] = {1.0, 5.0, 5.0, 1.0};

    (void)state;
    assert_close(variance_shared(value, 4, 4), 0.0, 0.0, 0.0);
    assert_close(variance_shared(value, 4, 500), 0.0, 0.0, 0.0);
    assert_close(variance_shared(opposed, 4, 2), 0.0, 0.0, 0.0); /* each pair pulls apart */
}

static double normal(uint32_t which, uint32_t number)
{
    return gsl_cdf_ugaussian_Pinv(
        pc_uniform(pc_random(pc_random_key_make(31, which), number, PC_PURPOSE_BUDGET, 0).word[0]));
}

/* Value r = a(r mod 200) + b(r mod 499) + c(r mod 503) + noise with known variances. The spread of each
 * estimate is about total * sqrt(2 / pairs) plus that of the draws themselves, variance * sqrt(2 / n_draw);
 * five of them is the bound, which a share that is off by 0.2 of the total would miss. */
static void the_three_layers_are_told_apart(void **state)
{
    enum { N = 10000 };
    static const size_t n_draw[3] = {200, 499, 503};
    static const double variance[3] = {4.0, 2.0, 1.0}, noise = 3.0;
    double *value = calloc(N, sizeof *value), total = 10.0;

    (void)state;
    assert_non_null(value);
    for (uint32_t r = 0; r < N; r++) {
        value[r] = sqrt(noise) * normal(9, r);
        for (uint32_t layer = 0; layer < 3; layer++) {
            value[r] += sqrt(variance[layer]) * normal(layer, r % (uint32_t)n_draw[layer]);
        }
    }
    for (size_t layer = 0; layer < 3; layer++) {
        double each = (double)N / (double)n_draw[layer], pairs = N * (each - 1.0) / 2.0;
        double spread = total * sqrt(1.0 / pairs) + variance[layer] * sqrt(2.0 / (double)n_draw[layer]);

        assert_close(variance_shared(value, N, n_draw[layer]), variance[layer], 0.0, 5.0 * spread);
        assert_true(5.0 * spread < 0.25 * total);
    }
    /* A must-fail twin: with a number of draws that nothing shares there is nothing to find. */
    assert_true(variance_shared(value, N, 211) < 0.5);
    free(value);
}

static void nan_share(double share[4])
{
    for (size_t at = 0; at < 4; at++) {
        share[at] = (double)NAN;
    }
}

/* Shares of the layers that are on, and of process, sum to 1; of the others they stay unknown. */
static void shares_sum_to_one_over_the_layers_that_are_on(void **state)
{
    enum { N = 1200 };
    double value[N], share[4];

    (void)state;
    for (int on = 0; on < 8; on++) {
        pc_uncertainty layers = {(on & 1) != 0, (on & 2) != 0, (on & 4) != 0};
        double sum = 0.0;

        for (uint32_t r = 0; r < N; r++) {
            value[r] = normal(9, r) + (layers.parameters ? normal(0, r % 200) : 0.0) +
                       (layers.year_effects ? normal(1, r % 499) : 0.0) +
                       (layers.starts_overdispersion ? normal(2, r % 503) : 0.0);
        }
        nan_share(share);
        variance_split(value, N, &layers, share);
        for (size_t at = 0; at < 4; at++) {
            assert_true(isnan(share[at]) == (at > 0 && (on >> (at - 1) & 1) == 0));
            assert_true(isnan(share[at]) || (share[at] >= 0.0 && share[at] <= 1.0));
            sum += isnan(share[at]) ? 0.0 : share[at];
        }
        assert_close(sum, 1.0, 1e-12, 0.0);
    }
}

/* 300 replicates share parameter draws but no year effects: half an answer would not sum to 1. */
static void shares_are_all_unknown_when_one_of_them_is(void **state)
{
    enum { N = 300 };
    static const pc_uncertainty all = {true, true, true};
    double value[N], share[4];

    (void)state;
    for (uint32_t r = 0; r < N; r++) {
        value[r] = normal(9, r) + normal(0, r % 200);
    }
    nan_share(share);
    variance_split(value, N, &all, share);
    for (size_t at = 0; at < 4; at++) {
        assert_true(isnan(share[at]));
    }
}

/* Every replicate the same: nothing to split. And layers that seem to hold more than everything. */
static void shares_of_nothing_are_unknown_and_shares_never_exceed_one(void **state)
{
    enum { N = 1000 };
    static const pc_uncertainty all = {true, true, true};
    double value[N], share[4];

    (void)state;
    for (size_t r = 0; r < N; r++) {
        value[r] = 4.0;
    }
    nan_share(share);
    variance_split(value, N, &all, share);
    assert_true(isnan(share[0]) && isnan(share[1]) && isnan(share[2]) && isnan(share[3]));
    for (size_t r = 0; r < N; r++) { /* a wave in step with all three: each is taken for the whole */
        value[r] = r < 2 || r == 499 || r == 503 ? 1.0 : 0.0;
    }
    nan_share(share);
    variance_split(value, N, &all, share);
    assert_true(share[0] >= 0.0);
    assert_close(share[0] + share[1] + share[2] + share[3], 1.0, 1e-12, 0.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_total_is_the_sample_variance),
        cmocka_unit_test(the_shared_variance_is_the_mean_product_over_pairs),
        cmocka_unit_test(it_is_zero_without_pairs_and_never_negative),
        cmocka_unit_test(the_three_layers_are_told_apart),
        cmocka_unit_test(shares_sum_to_one_over_the_layers_that_are_on),
        cmocka_unit_test(shares_are_all_unknown_when_one_of_them_is),
        cmocka_unit_test(shares_of_nothing_are_unknown_and_shares_never_exceed_one),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
