/* The prices drawn for placements against the log-normal law: mean, tail, one price for a placement's life.
 */
#include "pc_test.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

#include "price_case.h"

enum { CHILDREN = 200, REPLICATES = 200, N = CHILDREN * REPLICATES };

#define MEAN 7000.0
#define SPREAD 0.8

/* 40,000 placements that last all of April, each with its price a week. */
static void draw(price_case *self, double *weekly)
{
    price_case_make(self, 12, "category,weekly_gbp,spread\nhome,7000,0.8\n", NULL, NULL);
    for (int child = 0; child < CHILDREN; child++) {
        hand_plan_add_child(&self->hand, PC_STREAM_LOCAL, 8.0, 1, -700.0, -300.0, true);
    }
    price_case_match(self);
    for (uint32_t replicate = 0; replicate < REPLICATES; replicate++) {
        price_case_run(self, replicate);
        for (size_t child = 0; child < CHILDREN; child++) {
            weekly[replicate * CHILDREN + child] = self->of.of_stay[child].pence_a_day * 7.0 / 100.0;
        }
    }
}

static double z_of_mean(const double *weekly, double mean)
{
    double sum = 0.0;

    for (size_t at = 0; at < N; at++) {
        sum += weekly[at];
    }
    return z_mean(sum / N, mean, MEAN * SPREAD, N);
}

/* Share above `price` against that of a log-normal law with this mean and spread. */
static double z_of_tail(const double *weekly, double price, double spread)
{
    double variance = log1p(spread * spread), above = 0.0;
    double p = gsl_cdf_lognormal_Q(price, log(MEAN) - variance / 2.0, sqrt(variance));

    for (size_t at = 0; at < N; at++) {
        above += weekly[at] > price;
    }
    return (above / N - p) / sqrt(p * (1.0 - p) / N);
}

/* |z| < 5: a false alarm once in 1.7 million for each. A mean 3% out, or a spread of 0.65, is refused. */
static void mean_and_tail_are_those_of_the_log_normal_law(void **state)
{
    static double weekly[N];
    price_case self;

    (void)state;
    draw(&self, weekly);
    assert_true(fabs(z_of_mean(weekly, MEAN)) < 5.0);
    assert_false(fabs(z_of_mean(weekly, 1.03 * MEAN)) < 5.0);
    assert_true(fabs(z_of_tail(weekly, 20000.0, SPREAD)) < 5.0);
    assert_false(fabs(z_of_tail(weekly, 20000.0, 0.65)) < 5.0);
    assert_true(fabs(z_of_tail(weekly, 3000.0, SPREAD)) < 5.0);
    assert_false(fabs(z_of_tail(weekly, 3000.0, 0.65)) < 5.0);
    price_case_free(&self);
}

/* Nobody moves: every month costs the same a day, in each replicate another sum. */
static void a_price_holds_for_the_placements_life(void **state)
{
    static double weekly[N];
    price_case self;
    double a_day = 0.0, last = 0.0;

    (void)state;
    draw(&self, weekly);
    for (uint32_t replicate = 0; replicate < 3; replicate++) {
        price_case_run(&self, replicate);
        a_day = (double)price_case_pence(&self, 1, 0) / 30.0;
        for (size_t month = 0; month < 12; month++) {
            const plan_period *period = &self.hand.plan.period[month];

            assert_close((double)price_case_pence(&self, 1, month) / (period->end - period->first), a_day,
                         0.0, 0.05);
        }
        assert_true(fabs(a_day - last) > 1.0);
        last = a_day;
    }
    price_case_free(&self);
}

/* Two placements of one child have prices of their own: with a move a month the bill varies far less from
 * child to child than with none. */
static void each_placement_has_a_price_of_its_own(void **state)
{
    double square[2] = {0.0, 0.0};

    (void)state;
    for (int moving = 0; moving < 2; moving++) {
        price_case self;

        price_case_make(&self, 24, "category,weekly_gbp,spread\nhome,7000,0.8\n", NULL, NULL);
        hand_plan_add_child(&self.hand, PC_STREAM_LOCAL, 8.0, 1, -700.0, -300.0, true);
        sim_case_moves(&self.hand, 1, 1, moving ? 12.0 : 0.0);
        price_case_match(&self);
        for (uint32_t replicate = 0; replicate < 400; replicate++) {
            double pence = 0.0, mean = 730.0 * 100000.0;

            price_case_run(&self, replicate);
            for (size_t month = 0; month < 24; month++) {
                pence += (double)price_case_pence(&self, 1, month);
            }
            square[moving] += (pence / mean - 1.0) * (pence / mean - 1.0) / 400.0;
        }
        price_case_free(&self);
    }
    assert_true(square[0] > 0.35 && square[0] < 1.1); /* cv^2 = 0.64 */
    /* Stays are exponential with a mean of 1/24 of the time: cv^2 x 2 x (1/24 - 1/24^2 (1 - e^-24)) = 0.051.
     */
    assert_true(square[1] > 0.03 && square[1] < 0.09);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(mean_and_tail_are_those_of_the_log_normal_law),
        cmocka_unit_test(a_price_holds_for_the_placements_life),
        cmocka_unit_test(each_placement_has_a_price_of_its_own),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
