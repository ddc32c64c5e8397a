/* The expected-value method against independent solutions: matrix exponentials, a slow grid, itself at half
 * the step; and the laws that any solution obeys. Nothing here is random: tolerances are on errors of the
 * method, and each comparison has a twin with a known mistake that must be told apart. */
#include "pc_test.h"

#include <math.h>

#include "hand_plan.h"
#include "oracle.h"

#define AGELESS (-(double)INFINITY)

static double difference(const double *a, const double *b, size_t n)
{
    double largest = 0.0;
    for (size_t cell = 0; cell < n; cell++) {
        const double here = fabs(a[cell] - b[cell]);
        largest = here <= largest ? largest : here; /* NaN shows */
    }
    return largest;
}

/* Largest difference over every cell of children and flows. */
static double flow_difference(const pc_expected *a, const pc_expected *b)
{
    const size_t n = a->n_category * a->n_period;
    const double each[] = {difference(a->children, b->children, n),
                           difference(a->starts, b->starts, n),
                           difference(a->ceases, b->ceases, n),
                           difference(a->moves, b->moves, n),
                           difference(a->departures, b->departures, n),
                           difference(a->status_changes, b->status_changes, n),
                           difference(a->exits, b->exits, PC_N_EXIT_CAUSE * a->n_period)};
    double largest = 0.0;
    for (size_t number = 0; number < sizeof each / sizeof *each; number++)
        largest = each[number] <= largest ? largest : each[number];
    return largest;
}

/* Without bands and birthdays a child's category is a Markov chain: shares are p0 exp(Qt). */
static void constant_rates_meet_the_matrix_exponential(void **state)
{
    (void)state;
    hand_plan hand;
    hand_plan_make(&hand, 5, 24);
    hand_plan_random_rates(&hand, 41);
    hand.plan.care_bands = hand.plan.placement_bands = false;
    hand_plan_add_child(&hand, 1, AGELESS, 3, -77.0, -5.0, true);
    pc_expected out;
    assert_ok(expected_solve(&hand.plan, 0, 1, &out));
    double told_apart = 0.0;
    for (size_t period = 0; period < 24; period++) {
        const double days = hand.plan.period[period].end;
        double *right = oracle_exponential(&hand.plan, 1, 2, days);
        double *wrong = oracle_exponential(&hand.plan, 1, 2, 1.05 * days);
        for (size_t category = 0; category < 5; category++) {
            const double share = out.children[category * 24 + period];
            assert_close(share, right[3 * 6 + category], 0.0, 1e-11);
            assert_close(out.children_variance[category * 24 + period], share * (1.0 - share), 0.0, 1e-14);
            told_apart = fmax(told_apart, fabs(share - wrong[3 * 6 + category]));
        }
        const double gone = right[3 * 6 + 5];
        assert_close(out.children_variance[5 * 24 + period], gone * (1.0 - gone), 0.0, 1e-11);
        free(right);
        free(wrong);
    }
    assert_true(told_apart > 1e-3);
    expected_free(&out);
    hand_plan_free(&hand);
}

static void short_edges(hand_plan *hand)
{
    static const double care[PC_N_BAND - 1] = {12, 40, 95, 170}, placement[PC_N_BAND - 1] = {9, 33, 80, 140};
    memcpy(hand->plan.care_edge, care, sizeof care);
    memcpy(hand->plan.placement_edge, placement, sizeof placement);
}

/* Children at every kind of edge: new today, about to cross bands, to change age band, to turn 18. Edges are
 * short so that all are crossed often. */
static void make_children(hand_plan *hand, uint64_t seed)
{
    hand_plan_make(hand, 3, 10);
    hand_plan_random_rates(hand, seed);
    short_edges(hand);
    hand_plan_add_child(hand, 0, 3.0, 0, 0.0, 0.0, true);
    hand_plan_add_child(hand, 0, 9.75, 1, -11.0, -3.0, true);
    hand_plan_add_child(hand, 1, 15.9, 2, -95.0, -80.0, true);
    hand_plan_add_child(hand, 0, 17.4, 0, -400.0, -32.0, true);
    hand_plan_add_child(hand, 1, 0.6, 1, -60.0, -60.0, true);
    hand_plan_add_child(hand, 0, AGELESS, 2, -900.0, -139.0, true);
}

static const oracle_options fine_grid = {.steps_per_day = 4, .ages_per_year = 24};

static void children_meet_the_slow_oracle_on_both_clocks(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 2; seed++) {
        hand_plan hand;
        make_children(&hand, seed);
        pc_expected oracle = oracle_solve(&hand.plan, fine_grid), usual, fine;
        assert_ok(expected_solve(&hand.plan, 0, 2, &usual));
        assert_ok(expected_solve(&hand.plan, 32, 2, &fine));
        const size_t n = 3 * usual.n_period;
        assert_true(flow_difference(&usual, &oracle) < 3e-4);
        assert_true(difference(usual.place_days, oracle.place_days, n) < 1e-2);
        assert_true(flow_difference(&fine, &oracle) < 1e-5);
        assert_true(difference(fine.place_days, oracle.place_days, n) < 1e-3);
        oracle_free(&oracle);
        expected_free(&usual);
        expected_free(&fine);
        hand_plan_free(&hand);
    }
}

/* Must fail: an oracle with one mistake is not met, by several times the tolerance above. */
static void the_slow_oracle_tells_mistakes_apart(void **state)
{
    (void)state;
    hand_plan hand;
    make_children(&hand, 1);
    pc_expected usual;
    assert_ok(expected_solve(&hand.plan, 0, 1, &usual));
    const oracle_options coarse_grid = {.steps_per_day = 1, .ages_per_year = 24};
    oracle_options mistake[3] = {coarse_grid, coarse_grid, coarse_grid};
    mistake[0].forget_restart = true;
    mistake[1].restart_status = true;
    mistake[2].exits_too_high = 1.05;
    for (size_t number = 0; number < 3; number++) {
        pc_expected oracle = oracle_solve(&hand.plan, mistake[number]);
        assert_true(flow_difference(&usual, &oracle) > 2e-3);
        oracle_free(&oracle);
    }
    expected_free(&usual);
    hand_plan_free(&hand);
}

/* Starters who reach an age edge, or 18, with rates of entry that change from month to month. */
static void starters_meet_the_slow_oracle(void **state)
{
    (void)state;
    hand_plan hand;
    hand_plan_make(&hand, 2, 10);
    hand_plan_random_rates(&hand, 9);
    short_edges(&hand);
    *hand_plan_starts(&hand, 0, 15) = 12.0;
    *hand_plan_starts(&hand, 1, 17) = 12.0;
    for (size_t period = 0; period < hand.plan.n_period; period++)
        for (size_t cell = 0; cell < (size_t)PC_N_STREAM * PC_N_AGE_YEAR; cell++)
            hand.plan.start_multiplier[period * PC_N_STREAM * PC_N_AGE_YEAR + cell] =
                period == 3 ? 0.0 : 1.0 + 0.1 * (double)period;
    oracle_options options = {.steps_per_day = 2, .ages_per_year = 20};
    pc_expected oracle = oracle_solve(&hand.plan, options), usual;
    assert_ok(expected_solve(&hand.plan, 0, 2, &usual));
    const size_t n = 2 * usual.n_period;
    assert_true(flow_difference(&usual, &oracle) < 5e-3);
    assert_true(difference(usual.place_days, oracle.place_days, n) < 0.15);
    oracle_free(&oracle);
    options.whole_years = true; /* must fail */
    options.ages_per_year = 1;
    oracle = oracle_solve(&hand.plan, options);
    assert_true(flow_difference(&usual, &oracle) > 0.1);
    oracle_free(&oracle);
    expected_free(&usual);
    hand_plan_free(&hand);
}

static double sum_of(const double *table, size_t n_row, size_t n_period, size_t period)
{
    double sum = 0.0;
    for (size_t row = 0; row < n_row; row++)
        sum += table[row * n_period + period];
    return sum;
}

static void assert_lawful(const hand_plan *hand, const pc_expected *out)
{
    const size_t n = out->n_category, n_period = out->n_period;
    double before[PC_MAX_CATEGORY] = {0};
    for (size_t child = 0; child < hand->plan.n_child; child++)
        before[hand->plan.child[child].category] += 1.0;
    for (size_t period = 0; period < n_period; period++) {
        for (size_t category = 0; category < n; category++) {
            const size_t cell = category * n_period + period;
            const double change = out->starts[cell] - out->ceases[cell] + out->moves[cell] +
                                  out->status_changes[cell] - out->departures[cell];
            assert_close(out->children[cell] - before[category], change, 0.0, 1e-9);
            assert_true(out->children[cell] >= 0.0 && out->ceases[cell] >= 0.0 && out->moves[cell] >= 0.0);
            /* Bernoulli and Poisson numbers vary by their mean at most. */
            assert_true(out->children_variance[cell] >= 0.0 &&
                        out->children_variance[cell] <= out->children[cell] + 1e-12);
            /* The stock of every day lies within what came or went of the stock at both ends. */
            const double days = hand->plan.period[period].end - hand->plan.period[period].first;
            const double came = out->starts[cell] + out->moves[cell] + out->status_changes[cell];
            const double went = out->ceases[cell] + out->departures[cell];
            assert_true(out->place_days[cell] > days * (before[category] - went) &&
                        out->place_days[cell] < days * (before[category] + came));
            before[category] = out->children[cell];
        }
        assert_close(sum_of(out->exits, PC_N_EXIT_CAUSE, n_period, period),
                     sum_of(out->ceases, n, n_period, period), 0.0, 1e-9);
    }
}

/* The reference workload of 600 children over 60 months: halving the step moves no cell by 0.02 children; and
 * without bands, the stock at month 60 lies about 16 below that of the monthly convention, 541.871, as its
 * README says of any engine in continuous time. */
static void the_reference_workload_is_lawful_and_does_not_hang_on_the_step(void **state)
{
    (void)state;
    for (int bands = 0; bands < 2; bands++) {
        hand_plan hand;
        if (!hand_plan_lac600(&hand, PC_SHARED_DATA "/lac600", bands == 1))
            skip();
        pc_expected usual, half;
        assert_ok(expected_solve(&hand.plan, 0, 0, &usual));
        assert_ok(expected_solve(&hand.plan, 2 * EXPECTED_DEFAULT_STEPS, 0, &half));
        assert_lawful(&hand, &usual);
        assert_lawful(&hand, &half);
        assert_true(difference(usual.children, half.children, usual.n_category * usual.n_period) < 0.02);
        assert_true(flow_difference(&usual, &half) < 0.02);
        if (bands == 0) {
            const double below = 541.871 - sum_of(usual.children, usual.n_category, usual.n_period, 59);
            assert_true(below > 14.0 && below < 18.0);
            const double variance = usual.children_variance[usual.n_category * usual.n_period + 59];
            assert_close(sqrt(variance), 22.988, 0.03, 0.0);
        }
        expected_free(&usual);
        expected_free(&half);
        hand_plan_free(&hand);
    }
}

/* Made-up authorities of both extremes, ten years: 20 children, and a county of 1,000 with its bands off. */
static void an_island_and_a_county_both_work(void **state)
{
    (void)state;
    const int size[2] = {20, 1000};
    for (size_t number = 0; number < 2; number++) {
        hand_plan hand;
        hand_plan_make(&hand, 10, 120);
        hand_plan_random_rates(&hand, 77);
        if (number == 1)
            hand.plan.placement_bands = false;
        uint64_t sequence = 5;
        for (int child = 0; child < size[number]; child++)
            hand_plan_add_child(&hand, 0, 17.9 * hand_plan_random(&sequence), (size_t)child % 10,
                                -floor(1000.0 * hand_plan_random(&sequence)), 0.0, true);
        for (size_t year = 0; year < PC_N_AGE_YEAR; year++)
            *hand_plan_starts(&hand, 0, year) = size[number] / 40.0;
        pc_expected out;
        assert_ok(expected_solve(&hand.plan, 0, 0, &out));
        assert_lawful(&hand, &out);
        expected_free(&out);
        hand_plan_free(&hand);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(constant_rates_meet_the_matrix_exponential),
        cmocka_unit_test(children_meet_the_slow_oracle_on_both_clocks),
        cmocka_unit_test(the_slow_oracle_tells_mistakes_apart),
        cmocka_unit_test(starters_meet_the_slow_oracle),
        cmocka_unit_test(the_reference_workload_is_lawful_and_does_not_hang_on_the_step),
        cmocka_unit_test(an_island_and_a_county_both_work),
    };
    return cmocka_run_group_tests_name("expected_oracle", tests, NULL, NULL);
}
