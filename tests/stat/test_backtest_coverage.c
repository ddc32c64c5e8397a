/* Ranges of past forecasts hold as often as they say, where the truth has constant rates.
 *
 * 24 councils of about 100 children, one origin each: independent, so that the number that hold is binomial.
 * Whole numbers make ranges hold a little more often, so only too few is an error: P(this few or fewer | 80%)
 * > 1e-4 for each of three measures, a false alarm in 3 of 10,000 choices of seeds; the seeds are fixed. It
 * notices ranges that are half as wide as they should be, or a level that is 30% out. */
#include <math.h>

#include <gsl/gsl_cdf.h>

#include "backtest_coverage.h"
#include "pc_test.h"

enum { COUNCILS = 24, CHILDREN = 100, YEARS = 5, FIRST_SEED = 1000 };

static double p_this_few(const backtest_coverage *found, size_t measure)
{
    return gsl_cdf_binomial_P((unsigned)found->held[measure][PC_COVER_80], 0.8, (unsigned)found->n);
}

static void eighty_percent_ranges_hold_and_forecasts_thirty_percent_higher_do_not(void **state)
{
    backtest_coverage found[2]; /* the second: the must-fail twin */

    (void)state;
    backtest_coverage_count(FIRST_SEED, COUNCILS, CHILDREN, YEARS, 1.3, found);
    for (size_t measure = 0; measure < COVERAGE_N_MEASURE; measure++) {
        assert_true(p_this_few(&found[0], measure) > 1e-4);
        /* Student's t with 23 degrees of freedom: beyond 4.5 in 1.6 of 10,000. */
        assert_true(fabs(z_mean(found[0].mean_error[measure], 0, found[0].sd_error[measure], COUNCILS)) <
                    4.5);
    }
    assert_false(p_this_few(&found[1], COVERAGE_CHILDREN) > 1e-4);
    assert_false(fabs(z_mean(found[1].mean_error[COVERAGE_CHILDREN], 0, found[1].sd_error[COVERAGE_CHILDREN],
                             COUNCILS)) < 4.5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(eighty_percent_ranges_hold_and_forecasts_thirty_percent_higher_do_not),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
