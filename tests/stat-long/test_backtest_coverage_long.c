/* As test_backtest_coverage, over 200 councils of each of two sizes and all four ranges. At most 4% are added
 * to a range's name for whole numbers (a value that falls on an end is inside), where there are 200 children.
 * Each bound has a false-alarm rate of 1e-4, 36 in all. */
#include <math.h>

#include <gsl/gsl_cdf.h>

#include "backtest_coverage.h"
#include "pc_test.h"

static const double level[PC_N_COVER] = {0.5, 0.8, 0.9, 0.95};

static void check(int children, double most_more)
{
    backtest_coverage both[2], found;

    backtest_coverage_count(5000, 200, children, 5, 1.3, both);
    found = both[0];
    for (size_t measure = 0; measure < COVERAGE_N_MEASURE; measure++) {
        for (size_t cover = 0; cover < PC_N_COVER; cover++) {
            unsigned held = (unsigned)found.held[measure][cover];
            double most = fmin(level[cover] + most_more, 1.0);

            print_message("%d children, measure %zu, %2.0f%%: %u of %zu; mean error %.2f\n", children,
                          measure, 100 * level[cover], held, found.n, found.mean_error[measure]);
            assert_true(gsl_cdf_binomial_P(held, level[cover], (unsigned)found.n) > 1e-4);
            assert_true(most >= 1 || gsl_cdf_binomial_Q(held - 1, most, (unsigned)found.n) > 1e-4);
        }
        assert_true(fabs(z_mean(found.mean_error[measure], 0, found.sd_error[measure], found.n)) < 4);
    }
}

static void ranges_of_councils_of_200_hold_as_often_as_they_say(void **state)
{
    (void)state;
    check(200, 0.04);
}

static void ranges_of_councils_of_30_hold_at_least_as_often(void **state)
{
    (void)state;
    check(30, 1.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ranges_of_councils_of_200_hold_as_often_as_they_say),
        cmocka_unit_test(ranges_of_councils_of_30_hold_at_least_as_often),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
