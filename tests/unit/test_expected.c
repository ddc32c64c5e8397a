/* The expected-value method against hand-worked numbers and formulas. */
#include "pc_test.h"

#include <math.h>

#include "hand_plan.h"
#include "simulate/expected.h"

#define AGELESS (-(double)INFINITY)
#define YEAR PC_DAYS_PER_YEAR

static double value(const pc_expected *self, const double *rows, size_t row, size_t period)
{
    return rows[row * self->n_period + period];
}

static double total(const pc_expected *self, const double *rows, size_t period)
{
    double sum = 0.0;
    for (size_t category = 0; category < self->n_category; category++)
        sum += value(self, rows, category, period);
    return sum;
}

/* The same rate of going home for everybody. */
static void set_exits(hand_plan *hand, double per_year)
{
    for (size_t stream = 0; stream < PC_N_STREAM; stream++)
        for (size_t age = 0; age < PC_N_AGE_BAND; age++)
            for (size_t category = 0; category < hand->plan.n_category; category++)
                for (size_t band = 0; band < PC_N_BAND; band++)
                    *hand_plan_exit(hand, stream, age, category, band, PC_EXIT_HOME) = per_year;
}

/* N0 there at the beginning are Binomial(N0, exp(-mt)), those who came at rate L are Poisson with mean
 * L/m (1 - exp(-mt)). Starters of age 0 and a horizon of three years: nobody is near 18. */
static void children_and_variance_meet_immigration_and_death(void **state)
{
    (void)state;
    const double m = 0.8, entries = 40.0;
    hand_plan hand;
    hand_plan_make(&hand, 1, 36);
    set_exits(&hand, m);
    for (int child = 0; child < 25; child++)
        hand_plan_add_child(&hand, 0, AGELESS, 0, -100.0, -50.0, true);
    *hand_plan_starts(&hand, 0, 0) = entries;
    *hand_plan_first(&hand, 0, 0, 0) = 1.0;
    pc_expected out;
    assert_ok(expected_solve(&hand.plan, 0, 1, &out));
    for (size_t period = 0; period < 36; period++) {
        const double t = hand.plan.period[period].end / YEAR, stay = exp(-m * t);
        const double came = entries / m * (1.0 - stay);
        assert_close(value(&out, out.children, 0, period), 25.0 * stay + came, 1e-8, 0.0);
        assert_close(value(&out, out.children_variance, 0, period), 25.0 * stay * (1.0 - stay) + came, 1e-8,
                     0.0);
        assert_close(value(&out, out.children_variance, 1, period), 25.0 * stay * (1.0 - stay) + came, 1e-8,
                     0.0);
        const double wrong = exp(-1.05 * m * t); /* a rate that is 5% off would show, from the first month */
        assert_true(fabs(value(&out, out.children, 0, period) -
                         (25.0 * wrong + entries / m / 1.05 * (1.0 - wrong))) > 1e-3);
    }
    expected_free(&out);
    hand_plan_free(&hand);
}

/* One child, no way out: the stay ends on the birthday. Born so that it falls on day 45 (15 May 2024). */
static void nobody_stays_past_the_18th_birthday(void **state)
{
    (void)state;
    hand_plan hand;
    hand_plan_make(&hand, 2, 3);
    hand_plan_add_child(&hand, 0, 18.0 - 45.0 / YEAR, 1, -400.0, -400.0, true);
    assert_int_equal((int)hand.plan.child[0].age_edge[4], 45);
    pc_expected out;
    assert_ok(expected_solve(&hand.plan, 0, 1, &out));
    const double children[3] = {1.0, 0.0, 0.0}, days[3] = {30.0, 15.0, 0.0}, ceases[3] = {0.0, 1.0, 0.0};
    for (size_t period = 0; period < 3; period++) {
        assert_close(value(&out, out.children, 1, period), children[period], 0.0, 1e-12);
        assert_close(value(&out, out.place_days, 1, period), days[period], 0.0, 1e-9);
        assert_close(value(&out, out.ceases, 1, period), ceases[period], 0.0, 1e-12);
        assert_close(value(&out, out.exits, PC_EXIT_AGE_OUT, period), ceases[period], 0.0, 1e-12);
        assert_close(value(&out, out.children_variance, 2, period), 0.0, 0.0, 1e-12);
        assert_close(total(&out, out.moves, period), 0.0, 0.0, 1e-15);
    }
    expected_free(&out);
    hand_plan_free(&hand);
}

/* A birthday on the first of a month belongs to that month: the night before was the last in care. */
static void a_birthday_on_the_first_of_a_month_counts_in_that_month(void **state)
{
    (void)state;
    hand_plan hand;
    hand_plan_make(&hand, 1, 2);
    hand_plan_add_child(&hand, 0, 18.0 - 30.0 / YEAR, 0, 0.0, 0.0, true);
    pc_expected out;
    assert_ok(expected_solve(&hand.plan, 0, 1, &out));
    assert_close(value(&out, out.children, 0, 0), 1.0, 0.0, 1e-12);
    assert_close(value(&out, out.place_days, 0, 0), 30.0, 0.0, 1e-9);
    assert_close(value(&out, out.ceases, 0, 0), 0.0, 0.0, 1e-12);
    assert_close(value(&out, out.ceases, 0, 1), 1.0, 0.0, 1e-12);
    assert_close(value(&out, out.place_days, 0, 1), 0.0, 0.0, 1e-12);
    expected_free(&out);
    hand_plan_free(&hand);
}

/* 17-year-olds who start at 12 a year with no other way out stay half a year on average, so that there are 6
 * once a year has passed; before that, 12 t - 6 t^2. */
static void starters_leave_evenly_over_the_year_of_their_18th_birthday(void **state)
{
    (void)state;
    hand_plan hand;
    hand_plan_make(&hand, 1, 24);
    *hand_plan_starts(&hand, 1, 17) = 12.0;
    *hand_plan_first(&hand, 1, 4, 0) = 1.0;
    pc_expected out;
    assert_ok(expected_solve(&hand.plan, 0, 1, &out));
    for (size_t period = 0; period < 24; period++) {
        const double t = hand.plan.period[period].end / YEAR;
        const double there = t < 1.0 ? 12.0 * t - 6.0 * t * t : 6.0;
        assert_close(value(&out, out.children, 0, period), there, 0.0, 1e-3);
        assert_close(value(&out, out.starts, 0, period),
                     12.0 / YEAR * (hand.plan.period[period].end - hand.plan.period[period].first), 1e-12,
                     0.0);
        assert_close(value(&out, out.exits, PC_EXIT_AGE_OUT, period), value(&out, out.ceases, 0, period),
                     1e-12, 0.0);
    }
    expected_free(&out);
    hand_plan_free(&hand);
}

/* A child 10 days into a placement moves at 3 a year for 18 days more and never after: exp(-3 x 18 / 365.25)
 * stay. Who moves begins again at 0 and moves with the same hazard for 28 days. */
static void the_placement_clock_starts_again_with_a_move(void **state)
{
    (void)state;
    hand_plan hand;
    hand_plan_make(&hand, 3, 6);
    for (size_t age = 0; age < PC_N_AGE_BAND; age++) {
        *hand_plan_move(&hand, 0, age, 0, 0, 1) = 3.0;
        *hand_plan_move(&hand, 0, age, 1, 0, 2) = 3.0;
    }
    hand.plan.placement_bands = true;
    hand_plan_add_child(&hand, 0, AGELESS, 0, -300.0, -10.0, true);
    const double moved = 1.0 - exp(-3.0 * 18.0 / YEAR), stays = exp(-3.0 * 28.0 / YEAR);
    assert_true(fabs(moved * stays - moved * exp(-3.0 * 18.0 / YEAR)) > 1e-3); /* an old clock would show */
    double allowed = 1e-4;
    for (int steps = 4; steps <= 64;
         steps *= 4, allowed /= 10.0) { /* second order: 16 would hold without rounding */
        pc_expected out;
        assert_ok(expected_solve(&hand.plan, steps, 1, &out));
        assert_close(value(&out, out.children, 0, 5), 1.0 - moved, 0.0, 1e-9);
        assert_close(value(&out, out.children, 1, 5), moved * stays, 0.0, allowed);
        assert_close(value(&out, out.children, 2, 5), moved * (1.0 - stays), 0.0, allowed);
        expected_free(&out);
    }
    hand_plan_free(&hand);
}

/* A change of status keeps the placement clock: whoever changes is still in the band that does not move. */
static void a_change_of_status_keeps_the_placement_clock(void **state)
{
    (void)state;
    hand_plan hand;
    hand_plan_make(&hand, 2, 6);
    for (size_t age = 0; age < PC_N_AGE_BAND; age++)
        for (size_t band = 0; band < PC_N_BAND; band++) {
            *hand_plan_status(&hand, 0, age, 0, band, 1) = 2.0;
            *hand_plan_move(&hand, 0, age, 1, 0, 0) = 50.0; /* at once, if the clock began again */
        }
    hand.plan.placement_bands = hand.plan.care_bands = true;
    hand_plan_add_child(&hand, 0, AGELESS, 0, -300.0, -28.0, true);
    pc_expected out;
    assert_ok(expected_solve(&hand.plan, 0, 1, &out));
    double changes = 0.0, moves = 0.0;
    for (size_t period = 0; period < 6; period++) {
        changes += value(&out, out.status_changes, 1, period);
        moves += total(&out, out.moves, period);
    }
    const double there = 1.0 - exp(-2.0 * hand.plan.n_day / YEAR);
    assert_close(changes, there, 0.0, 1e-9);
    assert_close(value(&out, out.children, 1, 5), there, 0.0, 1e-9);
    assert_close(moves, 0.0, 0.0, 1e-12);
    expected_free(&out);
    hand_plan_free(&hand);
}

/* Care band 0-28 days exits at 4 a year, later bands at 0.5: the edge of a child 20 days in care is on day 8.
 * place_days is the sum over days of exp(-hazard to its end). */
static void the_care_clock_changes_the_hazard_on_its_day(void **state)
{
    (void)state;
    hand_plan hand;
    hand_plan_make(&hand, 1, 2);
    set_exits(&hand, 0.5);
    for (size_t age = 0; age < PC_N_AGE_BAND; age++)
        *hand_plan_exit(&hand, 0, age, 0, 0, PC_EXIT_HOME) = 4.0;
    hand.plan.care_bands = true;
    hand_plan_add_child(&hand, 0, AGELESS, 0, -20.0, -20.0, true);
    pc_expected out;
    assert_ok(expected_solve(&hand.plan, 0, 1, &out));
    double days = 0.0, there = 1.0;
    for (int day = 0; day < 30; day++)
        days += there *= exp(-(day < 8 ? 4.0 : 0.5) / YEAR);
    assert_close(value(&out, out.children, 0, 0), there, 0.0, 1e-12);
    assert_close(value(&out, out.place_days, 0, 0), days, 0.0, 1e-3);
    assert_close(value(&out, out.exits, PC_EXIT_HOME, 0), 1.0 - there, 0.0, 1e-12);
    expected_free(&out);
    hand_plan_free(&hand);
}

static void assert_conserved(const hand_plan *hand, const pc_expected *out)
{
    for (size_t category = 0; category < out->n_category; category++) {
        double before = 0.0;
        for (size_t child = 0; child < hand->plan.n_child; child++)
            before += hand->plan.child[child].category == category;
        for (size_t period = 0; period < out->n_period; period++) {
            const double after = value(out, out->children, category, period);
            const double change =
                value(out, out->starts, category, period) - value(out, out->ceases, category, period) +
                value(out, out->moves, category, period) + value(out, out->status_changes, category, period) -
                value(out, out->departures, category, period);
            assert_close(after - before, change, 0.0, 1e-9);
            before = after;
        }
    }
    for (size_t period = 0; period < out->n_period; period++) {
        double exits = 0.0;
        for (size_t cause = 0; cause < PC_N_EXIT_CAUSE; cause++)
            exits += value(out, out->exits, cause, period);
        assert_close(exits, total(out, out->ceases, period), 0.0, 1e-9);
        assert_close(total(out, out->moves, period) + total(out, out->status_changes, period),
                     total(out, out->departures, period), 0.0, 1e-9);
    }
}

/* Children of every age and time in care, starters of every age, both streams. */
static void make_busy(hand_plan *hand, size_t n_category, int months, int n_child, uint64_t seed)
{
    hand_plan_make(hand, n_category, months);
    hand_plan_random_rates(hand, seed);
    uint64_t state = seed + 1;
    for (int child = 0; child < n_child; child++) {
        const double age = 17.9 * hand_plan_random(&state);
        const double care = floor(fmin(age * YEAR, 1500.0 * hand_plan_random(&state)));
        const double placement = floor(care * hand_plan_random(&state));
        hand_plan_add_child(hand, (size_t)(child % 7 == 0), age,
                            (size_t)(hand_plan_random(&state) * (double)n_category), -care, -placement, true);
    }
    for (size_t age = 0; age < PC_N_AGE_YEAR; age++) {
        *hand_plan_starts(hand, 0, age) = 6.0 * hand_plan_random(&state);
        *hand_plan_starts(hand, 1, age) = age < 14 ? 0.0 : 9.0 * hand_plan_random(&state);
    }
    for (size_t period = 0; period < hand->plan.n_period; period++)
        for (size_t cell = 0; cell < (size_t)PC_N_STREAM * PC_N_AGE_YEAR; cell++)
            hand->plan.start_multiplier[period * PC_N_STREAM * PC_N_AGE_YEAR + cell] =
                1.0 + 0.02 * (double)(period % 5);
}

static void what_comes_in_less_what_goes_out_is_the_change_of_the_stock(void **state)
{
    (void)state;
    for (size_t n = 1; n <= PC_MAX_CATEGORY; n += n == 1 ? 4 : 5) { /* each width of the kernels */
        for (int bands = 0; bands < 4; bands++) {
            hand_plan hand;
            make_busy(&hand, n, 30, 12, 7 + n);
            hand.plan.care_bands = bands & 1;
            hand.plan.placement_bands = bands & 2;
            pc_expected out;
            assert_ok(expected_solve(&hand.plan, 0, 2, &out));
            assert_conserved(&hand, &out);
            expected_free(&out);
            hand_plan_free(&hand);
        }
    }
}

static double largest_difference(const double *a, const double *b, size_t n)
{
    double largest = 0.0;
    for (size_t cell = 0; cell < n; cell++) {
        const double difference = fabs(a[cell] - b[cell]);
        largest = difference <= largest ? largest : difference; /* NaN shows */
    }
    return largest;
}

static void assert_same_bytes(const pc_expected *a, const pc_expected *b)
{
    const size_t n = a->n_category * a->n_period * sizeof(double);
    assert_memory_equal(a->children, b->children, n);
    assert_memory_equal(a->children_variance, b->children_variance, n + a->n_period * sizeof(double));
    assert_memory_equal(a->place_days, b->place_days, n);
    assert_memory_equal(a->starts, b->starts, n);
    assert_memory_equal(a->ceases, b->ceases, n);
    assert_memory_equal(a->moves, b->moves, n);
    assert_memory_equal(a->departures, b->departures, n);
    assert_memory_equal(a->status_changes, b->status_changes, n);
    assert_memory_equal(a->exits, b->exits, PC_N_EXIT_CAUSE * a->n_period * sizeof(double));
}

static void the_result_is_the_same_for_any_number_of_threads(void **state)
{
    (void)state;
    hand_plan hand;
    make_busy(&hand, 6, 12, 90, 3);
    pc_expected one;
    assert_ok(expected_solve(&hand.plan, 0, 1, &one));
    for (int threads = 0; threads <= 7; threads += threads == 0 ? 2 : 5) {
        pc_expected many;
        assert_ok(expected_solve(&hand.plan, 0, threads, &many));
        assert_same_bytes(&one, &many);
        expected_free(&many);
    }
    expected_free(&one);
    hand_plan_free(&hand);
}

/* Bands whose rates are all equal are no bands: the two ways of working must agree. */
static void equal_bands_give_what_no_bands_give(void **state)
{
    (void)state;
    hand_plan hand;
    make_busy(&hand, 4, 24, 10, 11);
    const size_t n = 4;
    for (size_t stream = 0; stream < PC_N_STREAM; stream++)
        for (size_t age = 0; age < PC_N_AGE_BAND; age++)
            for (size_t from = 0; from < n; from++)
                for (size_t band = 1; band < PC_N_BAND; band++) {
                    memcpy(hand_plan_exit(&hand, stream, age, from, band, 0),
                           hand_plan_exit(&hand, stream, age, from, 0, 0), PC_N_EXIT_HAZARD * sizeof(double));
                    memcpy(hand_plan_status(&hand, stream, age, from, band, 0),
                           hand_plan_status(&hand, stream, age, from, 0, 0), n * sizeof(double));
                    memcpy(hand_plan_move(&hand, stream, age, from, band, 0),
                           hand_plan_move(&hand, stream, age, from, 0, 0), n * sizeof(double));
                }
    pc_expected with, without;
    assert_ok(expected_solve(&hand.plan, 0, 1, &with));
    hand.plan.care_bands = hand.plan.placement_bands = false;
    assert_ok(expected_solve(&hand.plan, 0, 1, &without));
    const size_t n_cell = n * with.n_period;
    assert_true(largest_difference(with.children, without.children, n_cell) < 2e-3);
    assert_true(largest_difference(with.moves, without.moves, n_cell) < 2e-3);
    expected_free(&with);
    expected_free(&without);
    hand_plan_free(&hand);
}

static void twins_count_twice(void **state)
{
    (void)state;
    hand_plan one, two;
    for (int copies = 1; copies <= 2; copies++) {
        hand_plan *hand = copies == 1 ? &one : &two;
        hand_plan_make(hand, 3, 12);
        hand_plan_random_rates(hand, 5);
        for (int copy = 0; copy < copies; copy++)
            hand_plan_add_child(hand, 0, 9.7, 1, -17.0, -17.0, true);
    }
    pc_expected a, b;
    assert_ok(expected_solve(&one.plan, 0, 1, &a));
    assert_ok(expected_solve(&two.plan, 0, 1, &b));
    for (size_t cell = 0; cell < 3 * a.n_period; cell++) {
        assert_close(b.children[cell], 2.0 * a.children[cell], 1e-14, 0.0);
        assert_close(b.children_variance[cell], 2.0 * a.children_variance[cell], 1e-14, 0.0);
        assert_close(b.place_days[cell], 2.0 * a.place_days[cell], 1e-14, 0.0);
    }
    expected_free(&a);
    expected_free(&b);
    hand_plan_free(&one);
    hand_plan_free(&two);
}

/* A cut of a tenth from one month on: linear in the starts, whatever the months. */
static void results_are_linear_in_the_starts(void **state)
{
    (void)state;
    hand_plan hand;
    make_busy(&hand, 3, 18, 0, 23);
    pc_expected whole, half;
    assert_ok(expected_solve(&hand.plan, 0, 1, &whole));
    for (size_t cell = 0; cell < hand.plan.n_period * PC_N_STREAM * PC_N_AGE_YEAR; cell++)
        hand.plan.start_multiplier[cell] *= 0.5;
    assert_ok(expected_solve(&hand.plan, 0, 1, &half));
    for (size_t cell = 0; cell < 3 * whole.n_period; cell++) {
        assert_close(half.children[cell], 0.5 * whole.children[cell], 1e-12, 1e-15);
        assert_close(half.moves[cell], 0.5 * whole.moves[cell], 1e-12, 1e-15);
        assert_close(half.place_days[cell], 0.5 * whole.place_days[cell], 1e-12, 1e-15);
    }
    expected_free(&whole);
    expected_free(&half);
    hand_plan_free(&hand);
}

static void birthdays_between_days_are_met_too(void **state)
{
    (void)state;
    hand_plan hand;
    hand_plan_make(&hand, 1, 1);
    hand_plan_add_child(&hand, 0, 18.0 - 11.37 / YEAR, 0, -3.21, -1.23, false);
    set_exits(&hand, 2.0);
    pc_expected out;
    assert_ok(expected_solve(&hand.plan, 0, 1, &out));
    const double there = exp(-2.0 * 11.37 / YEAR);
    assert_close(value(&out, out.exits, PC_EXIT_AGE_OUT, 0), there, 0.0, 1e-9);
    double days = 0.0;
    for (int day = 1; day <= 11; day++)
        days += exp(-2.0 * day / YEAR);
    assert_close(value(&out, out.place_days, 0, 0), days, 0.0, 3e-3);
    expected_free(&out);
    hand_plan_free(&hand);
}

static void nobody_and_nothing_is_a_plan_too(void **state)
{
    (void)state;
    hand_plan hand;
    hand_plan_make(&hand, 2, 2);
    pc_expected out;
    assert_ok(expected_solve(&hand.plan, 0, 1, &out));
    for (size_t period = 0; period < 2; period++) {
        assert_close(total(&out, out.children, period), 0.0, 0.0, 0.0);
        assert_close(total(&out, out.starts, period), 0.0, 0.0, 0.0);
    }
    expected_free(&out);
    expected_free(&out);
    expected_free(NULL);
    hand_plan_free(&hand);
}

static void rejects(hand_plan *hand, int steps, int threads)
{
    pc_expected out;
    assert_status(expected_solve(&hand->plan, steps, threads, &out), PC_ERR_RANGE);
    assert_null(out.children);
}

static void rejects_what_is_out_of_range_by_name(void **state)
{
    (void)state;
    hand_plan hand;
    make_busy(&hand, 3, 3, 2, 1);
    const double nan_value = (double)NAN, infinite = (double)INFINITY;
    rejects(&hand, -1, 1);
    rejects(&hand, 1001, 1);
    rejects(&hand, 0, -1);
    const double bad[3] = {nan_value, infinite, -1e-9};
    double *const target[5] = {hand_plan_exit(&hand, 1, 4, 2, 4, 4), hand_plan_status(&hand, 0, 2, 1, 3, 2),
                               hand_plan_move(&hand, 1, 1, 2, 2, 0), hand_plan_first(&hand, 0, 3, 1),
                               hand_plan_starts(&hand, 1, 17)};
    for (size_t cell = 0; cell < 5; cell++)
        for (size_t value_number = 0; value_number < 3; value_number++) {
            const double kept = *target[cell];
            *target[cell] = bad[value_number];
            rejects(&hand, 0, 1);
            *target[cell] = kept;
        }
    hand.plan.placement_edge[2] = hand.plan.placement_edge[1];
    rejects(&hand, 0, 1);
    hand.plan.placement_edge[2] = 365;
    hand.plan.child[1].category = 3;
    rejects(&hand, 0, 1);
    hand.plan.child[1].category = 2;
    hand.plan.period[1].first++;
    rejects(&hand, 0, 1);
    hand.plan.period[1].first--;
    pc_expected out;
    assert_ok(expected_solve(&hand.plan, 0, 1, &out));
    expected_free(&out);
    hand_plan_free(&hand);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(children_and_variance_meet_immigration_and_death),
        cmocka_unit_test(nobody_stays_past_the_18th_birthday),
        cmocka_unit_test(a_birthday_on_the_first_of_a_month_counts_in_that_month),
        cmocka_unit_test(starters_leave_evenly_over_the_year_of_their_18th_birthday),
        cmocka_unit_test(the_placement_clock_starts_again_with_a_move),
        cmocka_unit_test(a_change_of_status_keeps_the_placement_clock),
        cmocka_unit_test(the_care_clock_changes_the_hazard_on_its_day),
        cmocka_unit_test(what_comes_in_less_what_goes_out_is_the_change_of_the_stock),
        cmocka_unit_test(the_result_is_the_same_for_any_number_of_threads),
        cmocka_unit_test(equal_bands_give_what_no_bands_give),
        cmocka_unit_test(twins_count_twice),
        cmocka_unit_test(results_are_linear_in_the_starts),
        cmocka_unit_test(birthdays_between_days_are_met_too),
        cmocka_unit_test(nobody_and_nothing_is_a_plan_too),
        cmocka_unit_test(rejects_what_is_out_of_range_by_name),
    };
    return cmocka_run_group_tests_name("expected", tests, NULL, NULL);
}
