/* Sobol indices against theory: the Ishigami function, a linear model, what does not vary. */
#include <math.h>
#include <string.h>

#include "pc_test.h"
#include "placecast/sensitivity.h"

typedef double (*function)(const double *u, size_t k);

/* Ishigami, Homma (1990), a = 7, b = 0.1; each x from -pi to pi. */
static double ishigami(const double *u, size_t k)
{
    const double pi = 3.14159265358979323846;
    double x[3];

    (void)k;
    for (size_t f = 0; f < 3; f++) {
        x[f] = pi * (2 * u[f] - 1);
    }
    return sin(x[0]) + 7 * sin(x[1]) * sin(x[1]) + 0.1 * pow(x[2], 4) * sin(x[0]);
}

/* Coefficients 1, 2, 3, ... on equal uniforms: S_i = i^2 / sum. A large constant must not matter. */
static double linear(const double *u, size_t k)
{
    double sum = 1e6;

    for (size_t f = 0; f < k; f++) {
        sum += (double)(f + 1) * u[f];
    }
    return sum;
}

static double constant(const double *u, size_t k)
{
    (void)u;
    (void)k;
    return 0.1;
}

static double broken(const double *u, size_t k)
{
    (void)k;
    return u[0] < 0.5 ? (double)NAN : 1;
}

/* `mixed_up`: coordinates taken from b where they should stay, as if a and b were exchanged in them. */
static void indices(function of, size_t n, size_t k, uint64_t seed, bool mixed_up, pc_sobol_index *out)
{
    double *a = calloc(n * k, sizeof *a), *b = calloc(n * k, sizeof *b), *point = calloc(k, sizeof *point);
    double *at_a = calloc(n, sizeof *at_a), *at_b = calloc(n, sizeof *at_b),
           *at_ab = calloc(n * k, sizeof *at_ab);

    assert_true(a != NULL && b != NULL && point != NULL && at_a != NULL && at_b != NULL && at_ab != NULL);
    assert_int_equal(pc_sobol_points(n, k, seed, a, b), PC_OK);
    for (size_t at = 0; at < n; at++) {
        at_a[at] = of(a + at * k, k);
        at_b[at] = of(b + at * k, k);
        for (size_t f = 0; f < k; f++) {
            memcpy(point, (mixed_up ? b : a) + at * k, k * sizeof *point);
            point[f] = (mixed_up ? a : b)[at * k + f];
            at_ab[f * n + at] = of(point, k);
        }
    }
    assert_int_equal(pc_sobol_indices(n, k, at_a, at_b, at_ab, seed, out), PC_OK);
    free(a);
    free(b);
    free(point);
    free(at_a);
    free(at_b);
    free(at_ab);
}

static const double ishigami_first[3] = {0.3139, 0.4424, 0}, ishigami_total[3] = {0.5576, 0.4424, 0.2437};

static double worst_of_ishigami(const pc_sobol_index index[3])
{
    double worst = 0;

    for (size_t f = 0; f < 3; f++) {
        worst = fmax(worst, fabs(index[f].first - ishigami_first[f]));
        worst = fmax(worst, fabs(index[f].total - ishigami_total[f]));
    }
    return worst;
}

static void the_ishigami_function_has_its_known_indices(void **state)
{
    pc_sobol_index index[3];

    (void)state;
    for (uint64_t seed = 1; seed <= 3; seed++) {
        indices(ishigami, 4096, 3, seed, false, index);
        assert_true(worst_of_ishigami(index) < 0.01);
        for (size_t f = 0; f < 3; f++) {
            assert_true(index[f].first_low < index[f].first && index[f].first < index[f].first_high);
            assert_true(index[f].total_low < index[f].total && index[f].total < index[f].total_high);
            assert_true(index[f].first_low < ishigami_first[f] && ishigami_first[f] < index[f].first_high);
            assert_true(index[f].total_low < ishigami_total[f] && ishigami_total[f] < index[f].total_high);
        }
    }
}

/* The twin that must fail: columns exchanged the wrong way round. */
static void columns_the_wrong_way_round_are_noticed(void **state)
{
    pc_sobol_index index[3];

    (void)state;
    indices(ishigami, 4096, 3, 1, true, index);
    assert_true(worst_of_ishigami(index) > 0.1);
}

static void a_linear_model_shares_its_variance_by_squares(void **state)
{
    static const size_t size[] = {1, 3, 20, 21}; /* 21: a Latin hypercube */
    pc_sobol_index index[21];

    (void)state;
    for (size_t c = 0; c < sizeof size / sizeof size[0]; c++) {
        size_t k = size[c];
        double sum = 0, close = k > 3 ? 0.05 : 0.02; /* sequences are poorer in many dimensions */

        for (size_t f = 0; f < k; f++) {
            sum += (double)((f + 1) * (f + 1));
        }
        indices(linear, 2048, k, 5, false, index);
        for (size_t f = 0; f < k; f++) {
            double share = (double)((f + 1) * (f + 1)) / sum;

            assert_close(index[f].first, share, 0, close);
            assert_close(index[f].total, share, 0, 0.02);
        }
    }
}

/* An interval of 95% misses in one of 20; of 2 x 3 x 200 about 60. Bootstrap intervals over quasi-random
 * points are too wide rather than too narrow, so that few misses are no fault. At a true rate of 5%, more
 * than 100 misses of 1,200, were they independent, would be 5 standard deviations. */
static void intervals_hold_the_truth_as_often_as_they_say(void **state)
{
    size_t missed = 0, narrow = 0;

    (void)state;
    for (uint64_t seed = 1; seed <= 200; seed++) {
        pc_sobol_index index[3];

        indices(ishigami, 128, 3, seed, false, index);
        for (size_t f = 0; f < 3; f++) {
            double first = ishigami_first[f], total = ishigami_total[f];
            double a = (index[f].first_high - index[f].first_low) / 8,
                   b = (index[f].total_high - index[f].total_low) / 8;

            missed += !(index[f].first_low <= first && first <= index[f].first_high);
            missed += !(index[f].total_low <= total && total <= index[f].total_high);
            /* The twin: intervals a quarter as wide must not pass. */
            narrow += !(fabs(index[f].first - first) <= a);
            narrow += !(fabs(index[f].total - total) <= b);
        }
    }
    assert_true(missed <= 100);
    assert_true(narrow > 100);
}

static void what_does_not_vary_has_no_indices(void **state)
{
    pc_sobol_index index[2];

    (void)state;
    indices(constant, 64, 2, 1, false, index);
    assert_true(isnan(index[0].first) && isnan(index[1].total) && isnan(index[1].total_high));
    indices(broken, 64, 2, 1, false, index);
    assert_true(isnan(index[0].first) && isnan(index[0].total_low));
}

static void the_two_sets_of_points_differ_and_depend_on_the_seed_alone(void **state)
{
    double a[8 * 30], b[8 * 30], again_a[8 * 30], again_b[8 * 30];
    static const size_t size[] = {1, 2, 20, 30};

    (void)state;
    for (size_t c = 0; c < sizeof size / sizeof size[0]; c++) {
        size_t n = 8 * size[c];

        assert_int_equal(pc_sobol_points(8, size[c], 3, a, b), PC_OK);
        assert_int_equal(pc_sobol_points(8, size[c], 3, again_a, again_b), PC_OK);
        assert_memory_equal(a, again_a, n * sizeof *a);
        assert_memory_equal(b, again_b, n * sizeof *b);
        for (size_t at = 0; at < n; at++) {
            assert_true(a[at] >= 0 && a[at] < 1 && b[at] >= 0 && b[at] < 1);
            assert_true(fabs(a[at] - b[at]) > 1e-9);
        }
        assert_int_equal(pc_sobol_points(8, size[c], 4, again_a, again_b), PC_OK);
        assert_memory_not_equal(a, again_a, n * sizeof *a);
    }
    assert_int_equal(pc_sobol_points(1, 2, 3, a, b), PC_ERR_RANGE);
    assert_int_equal(pc_sobol_points(8, 0, 3, a, b), PC_ERR_RANGE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_ishigami_function_has_its_known_indices),
        cmocka_unit_test(columns_the_wrong_way_round_are_noticed),
        cmocka_unit_test(a_linear_model_shares_its_variance_by_squares),
        cmocka_unit_test(intervals_hold_the_truth_as_often_as_they_say),
        cmocka_unit_test(what_does_not_vary_has_no_indices),
        cmocka_unit_test(the_two_sets_of_points_differ_and_depend_on_the_seed_alone),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
