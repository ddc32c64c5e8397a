/* The front door against queueing theory: Little's law and the Poisson law of M/G/infinity at every stage,
 * conservation in every month, and delays.
 *
 * 4 stages x 2 statistics at 5 standard errors: one false alarm in some 200,000 seeds. Each has a twin that
 * must fail. */
#include "pc_test.h"

#include <math.h>

#include "workforce/funnel.h"
#include "workforce/stay.h"

enum { N_STAGE = 4, N_MONTH = 24, N_REPLICATE = 4000 };

static double band_days[] = {30.0, 90.0, 400.0}, band_share[] = {0.3, 0.3, 0.4};
static int year[N_MONTH];

static void make(pc_stage stage[N_STAGE], pc_workforce *out)
{
    for (int month = 0; month < N_MONTH; month++) {
        year[month] = 2011 + (month + 9) / 12;
    }
    stage[0] = (pc_stage){.kind = PC_CASE_CONTACTS,
                          .from = -1,
                          .has_volume = true,
                          .volume = {1200.0, 1200.0, 1200.0},
                          .returns_months = 12.0,
                          .open = (double)NAN,
                          .stay = {.days = 3.0, .spread = 0.0}};
    stage[1] = (pc_stage){.kind = PC_CASE_REFERRALS,
                          .conversion = {0.5, 0.5, 0.5},
                          .returns_months = 12.0,
                          .open = (double)NAN,
                          .stay = {.days = 40.0, .spread = 0.6}};
    stage[2] = (pc_stage){.kind = PC_CASE_ASSESSMENTS,
                          .from = 1,
                          .conversion = {0.6, 0.6, 0.6},
                          .returns_months = 12.0,
                          .open = (double)NAN,
                          .stay = {.n_band = 3, .band_days = band_days, .band_share = band_share}};
    stage[3] = (pc_stage){.kind = PC_CASE_CHILDREN_IN_NEED,
                          .from = 1,
                          .conversion = {0.3, 0.3, 0.3},
                          .returns_months = 12.0,
                          .open = (double)NAN,
                          .stay = {.days = 200.0, .spread = 1.0}};
    *out = (pc_workforce){.n_stage = N_STAGE, .stage = stage};
}

typedef struct observed {
    double mean[N_STAGE], variance[N_STAGE]; /* open cases at the end of the last month */
    double fresh[N_STAGE][N_MONTH];          /* mean new cases */
} observed;

/* Every replicate is checked for conservation on the way. */
static void observe(const pc_workforce *of, size_t step_stage, size_t step_month, double factor,
                    observed *out)
{
    funnel_plan plan;
    funnel self;
    double sum[N_STAGE] = {0}, square[N_STAGE] = {0};

    *out = (observed){0};
    assert_int_equal(funnel_plan_make(&plan, of, N_MONTH, year), PC_OK);
    assert_int_equal(funnel_init(&self, &plan), PC_OK);
    for (size_t month = step_month; month < N_MONTH; month++) {
        self.factor[step_stage * N_MONTH + month] = factor;
    }
    for (uint32_t replicate = 0; replicate < N_REPLICATE; replicate++) {
        funnel_run(&self, pc_random_key_make(7, replicate));
        for (size_t at = 0; at < N_STAGE; at++) {
            for (size_t month = 0; month < N_MONTH; month++) {
                size_t cell = at * N_MONTH + month;
                int64_t before = month == 0 ? self.start[at] : self.open[cell - 1];

                assert_int_equal(self.open[cell], before + self.fresh[cell] - self.ended[cell]);
                assert_true(self.open[cell] >= 0);
                out->fresh[at][month] += (double)self.fresh[cell] / N_REPLICATE;
            }
            sum[at] += (double)self.open[at * N_MONTH + N_MONTH - 1];
            square[at] += pow((double)self.open[at * N_MONTH + N_MONTH - 1], 2.0);
        }
        for (size_t month = 0; month < N_MONTH; month++) { /* what stages 2 and 3 get has ended in 1 */
            assert_true(self.onward[2 * N_MONTH + month] + self.onward[3 * N_MONTH + month] <=
                        self.ended[N_MONTH + month]);
        }
    }
    for (size_t at = 0; at < N_STAGE; at++) {
        out->mean[at] = sum[at] / N_REPLICATE;
        out->variance[at] = square[at] / N_REPLICATE - out->mean[at] * out->mean[at];
    }
    funnel_free(&self);
    funnel_free(&self);
    funnel_plan_free(&plan);
}

static void expected_open(const pc_workforce *of, double out[N_STAGE])
{
    const double rate[N_STAGE] = {1200.0, 600.0, 360.0, 180.0};

    for (size_t at = 0; at < N_STAGE; at++) {
        out[at] = rate[at] * stay_mean(&of->stage[at].stay) / 365.25;
    }
}

/* Standard errors: of a Poisson mean sqrt(m / n); of its variance sqrt((2 m^2 + m) / n). */
static double z_of_mean(const observed *from, size_t at, double mean)
{
    return (from->mean[at] - mean) / sqrt(mean / N_REPLICATE);
}

static double z_of_variance(const observed *from, size_t at, double mean)
{
    return (from->variance[at] - mean) / sqrt((2.0 * mean * mean + mean) / N_REPLICATE);
}

static void every_stage_obeys_littles_law_and_is_poisson(void **state)
{
    pc_stage stage[N_STAGE];
    pc_workforce of;
    observed seen;
    double mean[N_STAGE];

    (void)state;
    make(stage, &of);
    observe(&of, 0, N_MONTH, 1.0, &seen);
    expected_open(&of, mean);
    for (size_t at = 0; at < N_STAGE; at++) {
        assert_true(fabs(z_of_mean(&seen, at, mean[at])) < 5.0);
        assert_true(fabs(z_of_variance(&seen, at, mean[at])) < 5.0);
    }
}

/* Good and bad years move the mean of a year; stays a tenth longer move the number open. */
static void a_twin_with_good_and_bad_years_or_longer_stays_fails(void **state)
{
    pc_stage stage[N_STAGE];
    pc_workforce of;
    observed seen;
    double mean[N_STAGE];

    (void)state;
    make(stage, &of);
    expected_open(&of, mean);
    stage[0].year_spread = 0.2;
    observe(&of, 0, N_MONTH, 1.0, &seen);
    assert_true(z_of_variance(&seen, 1, mean[1]) > 5.0);
    stage[0].year_spread = 0.0;
    stage[1].stay.days *= 1.1;
    observe(&of, 0, N_MONTH, 1.0, &seen);
    assert_true(z_of_mean(&seen, 1, mean[1]) > 5.0);
}

static void re_referrals_are_part_of_the_volume(void **state)
{
    pc_stage stage[N_STAGE];
    pc_workforce of;
    observed seen;

    (void)state;
    make(stage, &of);
    stage[1].returns = 0.25;
    observe(&of, 0, N_MONTH, 1.0, &seen);
    for (size_t month = 0; month < N_MONTH; month++) { /* 50 a month; over-dispersion is slight */
        assert_close(seen.fresh[1][month], 50.0, 0.0, 5.0 * sqrt(60.0 / N_REPLICATE));
    }
}

/* Stays of exactly 2 and 3 months: a step at contacts in month 6 reaches referrals 2 months and assessments 5
 * months later, and nothing before. */
static void a_step_reaches_each_stage_with_its_delay(void **state)
{
    pc_stage stage[N_STAGE];
    pc_workforce of;
    observed seen;

    (void)state;
    make(stage, &of);
    stage[0].stay = (pc_stay){.days = 2.0 * STAY_MONTH};
    stage[1].stay = (pc_stay){.days = 3.0 * STAY_MONTH};
    observe(&of, 0, 6, 0.7, &seen);
    for (size_t month = 0; month < N_MONTH; month++) {
        double full[3] = {100.0, 50.0, 30.0}, when[3] = {6, 8, 11};

        for (size_t at = 0; at < 3; at++) {
            double mean = (double)month >= when[at] ? 0.7 * full[at] : full[at];

            assert_close(seen.fresh[at][month], mean, 0.0, 5.0 * sqrt(mean / N_REPLICATE));
        }
    }
    observe(&of, 1, 6, 0.7, &seen); /* at referrals: contacts as before, referrals at once */
    assert_close(seen.fresh[0][20], 100.0, 0.0, 5.0 * sqrt(100.0 / N_REPLICATE));
    assert_close(seen.fresh[1][6], 35.0, 0.0, 5.0 * sqrt(35.0 / N_REPLICATE));
    assert_close(seen.fresh[2][8], 30.0, 0.0, 5.0 * sqrt(30.0 / N_REPLICATE));
    assert_close(seen.fresh[2][9], 21.0, 0.0, 5.0 * sqrt(21.0 / N_REPLICATE));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_stage_obeys_littles_law_and_is_poisson),
        cmocka_unit_test(a_twin_with_good_and_bad_years_or_longer_stays_fails),
        cmocka_unit_test(re_referrals_are_part_of_the_volume),
        cmocka_unit_test(a_step_reaches_each_stage_with_its_delay),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
