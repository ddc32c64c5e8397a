/* Seeking: on a function whose answer is known, to the tolerance; on a noisy one, with the stated confidence;
 * what cannot be met. */
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_rng.h>
#include <math.h>

#include "pc_test.h"
#include "placecast/seek.h"

/* A chance that rises with the lever: Phi((x - middle) / width). */
typedef struct smooth {
    double middle, width;
    int n_tried;
} smooth;

static pc_status try_smooth(void *context, double lever, pc_seek_point *out)
{
    smooth *self = context;

    self->n_tried++;
    out->probability = gsl_cdf_ugaussian_P((lever - self->middle) / self->width);
    out->mean = -lever;
    return PC_OK;
}

static pc_seek_result sought(smooth *of, pc_seek_lever lever, pc_seek_options options)
{
    pc_seek_result result;
    pc_diagnostics diagnostics;

    pc_diagnostics_init(&diagnostics);
    assert_ok(pc_seek_function(try_smooth, of, 0, &lever, &options, &result, &diagnostics), &diagnostics);
    pc_diagnostics_free(&diagnostics);
    return result;
}

static void a_monotone_function_is_solved_to_the_tolerance(void **state)
{
    static const double confidence[] = {0.05, 0.5, 0.8, 0.975};

    (void)state;
    for (size_t c = 0; c < 4; c++) {
        double exact = 7.25 + 1.5 * gsl_cdf_ugaussian_Pinv(confidence[c]);

        for (size_t forward = 0; forward < 2; forward++) {
            smooth of = {.middle = 7.25, .width = 1.5};
            pc_seek_options options = pc_seek_options_default();
            pc_seek_result result;

            options.confidence = confidence[c];
            options.tolerance = 1e-7;
            result = sought(&of, (pc_seek_lever){.from = 0, .to = forward ? 20 : 40}, options);
            assert_true(result.met);
            assert_true(result.monotone);
            assert_true(result.smallest.lever >= exact - 1e-12);
            assert_close(result.smallest.lever, exact, 0, 1e-7);
            assert_true(result.smallest.probability >= confidence[c]);
            assert_int_equal(result.n, of.n_tried); /* no value twice */
            pc_seek_result_free(&result);
        }
    }
}

/* From 0 to -20 the smallest cut is the one nearest to 0. */
static void the_smallest_is_nearest_to_the_first_bound(void **state)
{
    smooth of = {.middle = 7.25, .width = -1.5};
    pc_seek_options options = pc_seek_options_default();
    pc_seek_result result;

    (void)state;
    options.confidence = 0.5;
    options.tolerance = 1e-6;
    result = sought(&of, (pc_seek_lever){.from = 20, .to = -10}, options);
    assert_true(result.met);
    assert_close(result.smallest.lever, 7.25, 0, 1e-6);
    assert_true(result.smallest.lever <= 7.25 + 1e-12);
    for (size_t at = 1; at < result.n; at++) {
        assert_true(result.point[at].lever < result.point[at - 1].lever);
    }
    pc_seek_result_free(&result);
}

static void with_a_step_only_whole_steps_are_tried(void **state)
{
    smooth of = {.middle = 7.25, .width = 1.5};
    pc_seek_options options = pc_seek_options_default();
    pc_seek_result result;

    (void)state;
    options.confidence = 0.5;
    result = sought(&of, (pc_seek_lever){.from = 1, .to = 30, .step = 2}, options);
    assert_close(result.smallest.lever, 9, 0, 0);
    for (size_t at = 0; at < result.n; at++) {
        assert_close(fmod(result.point[at].lever, 2), 1, 0, 0);
        assert_true(result.point[at].lever <= 30);
    }
    pc_seek_result_free(&result);
}

static void what_cannot_be_met_is_said_and_what_always_is_needs_nothing(void **state)
{
    smooth of = {.middle = 7.25, .width = 1.5};
    pc_seek_options options = pc_seek_options_default();
    pc_seek_result result = sought(&of, (pc_seek_lever){.from = 0, .to = 7}, options);

    (void)state;
    assert_false(result.met);
    assert_true(isnan(result.sure_from) && isnan(result.sure_to));
    pc_seek_result_free(&result);
    result = sought(&of, (pc_seek_lever){.from = 12, .to = 20}, options);
    assert_true(result.met);
    assert_close(result.smallest.lever, 12, 0, 0);
    pc_seek_result_free(&result);
}

/* A hump: met from 4 to 6 only. The first crossing counts, and the curve is said not to be monotone. */
static pc_status try_hump(void *context, double lever, pc_seek_point *out)
{
    (void)context;
    out->probability = lever >= 4 && lever <= 6 ? 0.9 : 0.1;
    out->mean = 0;
    return PC_OK;
}

static void a_curve_that_falls_again_is_said_to(void **state)
{
    const pc_seek_lever lever = {.from = 0, .to = 10};
    pc_seek_options options = pc_seek_options_default();
    pc_seek_result result;

    (void)state;
    assert_ok(pc_seek_function(try_hump, NULL, 0, &lever, &options, &result, NULL));
    assert_true(result.met);
    assert_false(result.monotone);
    assert_close(result.smallest.lever, 4, 0, 0.01);
    pc_seek_result_free(&result);
}

/* n futures, each with its own threshold, the same for every lever: what simulations on shared random numbers
 * are. */
typedef struct noisy {
    int n;
    double threshold[400];
} noisy;

static pc_status try_noisy(void *context, double lever, pc_seek_point *out)
{
    const noisy *self = context;
    int met = 0;

    for (int at = 0; at < self->n; at++) {
        met += lever >= self->threshold[at];
    }
    out->probability = (double)met / self->n;
    out->mean = 0;
    return PC_OK;
}

/* Of 2,000 seeks the interval holds the true answer as often as it says: 95% less at most 5 standard errors,
 * and since Wilson's interval is near its level, not more than 98%. The twin, judged against a wrong truth,
 * must fail. */
static void the_interval_of_a_noisy_answer_holds_as_often_as_it_says(void **state)
{
    enum { N_SEEK = 2000 };
    const double confidence = 0.8;
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    pc_seek_options options = pc_seek_options_default();
    const pc_seek_lever lever = {.from = 0, .to = 20};
    double exact = 7.25 + 1.5 * gsl_cdf_ugaussian_Pinv(confidence);
    size_t held = 0, twin = 0;

    (void)state;
    gsl_rng_set(rng, 20261122);
    options.confidence = confidence;
    for (size_t s = 0; s < N_SEEK; s++) {
        noisy of = {.n = 400};
        pc_seek_result result;

        for (int at = 0; at < of.n; at++) {
            of.threshold[at] = 7.25 + 1.5 * gsl_cdf_ugaussian_Pinv(gsl_rng_uniform_pos(rng));
        }
        assert_ok(pc_seek_function(try_noisy, &of, of.n, &lever, &options, &result, NULL));
        assert_true(result.met && result.monotone);
        assert_true(result.sure_from <= result.smallest.lever && result.smallest.lever <= result.sure_to);
        assert_true(result.smallest.low < result.smallest.probability &&
                    result.smallest.probability < result.smallest.high);
        held += result.sure_from <= exact && exact <= result.sure_to;
        twin += result.sure_from <= exact + 0.2 && exact + 0.2 <= result.sure_to;
        pc_seek_result_free(&result);
    }
    gsl_rng_free(rng);
    assert_true(z_share(held, N_SEEK, 0.95) > -5);
    assert_true((double)held / N_SEEK < 0.98);
    assert_true(z_share(twin, N_SEEK, 0.95) < -5);
}

static void options_out_of_bounds_are_refused(void **state)
{
    const pc_seek_lever good = {.from = 0, .to = 20};
    const pc_seek_lever bad_lever[] = {{.from = 3, .to = 3},
                                       {.from = (double)NAN, .to = 3},
                                       {.from = 0, .to = (double)INFINITY},
                                       {.from = 0, .to = 3, .step = -1},
                                       {.from = 0, .to = 3, .step = 4}};
    const pc_seek_options bad_option[] = {{.confidence = 0, .curve = 9},
                                          {.confidence = 1, .curve = 9},
                                          {.confidence = (double)NAN, .curve = 9},
                                          {.confidence = 0.8, .curve = 2},
                                          {.confidence = 0.8, .curve = 9, .tolerance = -1},
                                          {.confidence = 0.8, .curve = 9, .tolerance = (double)NAN}};
    smooth of = {.middle = 7.25, .width = 1.5};
    pc_seek_options options = pc_seek_options_default();
    pc_seek_result result;

    (void)state;
    for (size_t at = 0; at < sizeof bad_lever / sizeof bad_lever[0]; at++) {
        assert_status(pc_seek_function(try_smooth, &of, 0, &bad_lever[at], &options, &result, NULL),
                      PC_ERR_RANGE);
    }
    for (size_t at = 0; at < sizeof bad_option / sizeof bad_option[0]; at++) {
        assert_status(pc_seek_function(try_smooth, &of, 0, &good, &bad_option[at], &result, NULL),
                      PC_ERR_RANGE);
    }
    assert_int_equal(of.n_tried, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_monotone_function_is_solved_to_the_tolerance),
        cmocka_unit_test(the_smallest_is_nearest_to_the_first_bound),
        cmocka_unit_test(with_a_step_only_whole_steps_are_tried),
        cmocka_unit_test(what_cannot_be_met_is_said_and_what_always_is_needs_nothing),
        cmocka_unit_test(a_curve_that_falls_again_is_said_to),
        cmocka_unit_test(the_interval_of_a_noisy_answer_holds_as_often_as_it_says),
        cmocka_unit_test(options_out_of_bounds_are_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
