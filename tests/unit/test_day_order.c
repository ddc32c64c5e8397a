/* Each rule of capacity, worked by hand.
 *
 * Categories: 0 a waiting room (no limit) from which a child moves to category 1 when it has been there for
 * 28 days; 1 the one with places; 2 and 3 where its overflow goes. Hazards are nil or so great (1e9 a year)
 * that what they bring happens within a second, so that every day below is certain. April 2024 (30 days) is
 * period 0, May (31 days) period 1.
 */
#include "pc_test.h"

#include <math.h>

#include "base/keyed_random.h"
#include "sim_case.h"

#define AT_ONCE 1e9
#define TEN 10.0

typedef struct rule_case {
    hand_plan hand;
    replicate_workspace workspace;
} rule_case;

static rule_case *of_state(void **state)
{
    return *state;
}

static int set_up(void **state)
{
    rule_case *self = calloc(1, sizeof *self);

    assert_non_null(self);
    *state = self;
    sim_case_make(&self->hand, 4, 6);
    self->hand.plan.care_bands = self->hand.plan.placement_bands = true;
    for (size_t band = 1; band < PC_N_BAND; band++) {
        for (size_t age = 0; age < PC_N_AGE_BAND; age++) {
            *hand_plan_move(&self->hand, PC_STREAM_LOCAL, age, 0, band, 1) = AT_ONCE;
            *hand_plan_move(&self->hand, PC_STREAM_UASC, age, 0, band, 3) = AT_ONCE;
            /* Unaccompanied children leave whatever category they are in after 28 days in care. */
            for (size_t category = 1; category < 4; category++) {
                *hand_plan_exit(&self->hand, PC_STREAM_UASC, age, category, band, PC_EXIT_HOME) = AT_ONCE;
            }
        }
    }
    return 0;
}

static int tear_down(void **state)
{
    rule_case *self = *state;

    replicate_workspace_free(&self->workspace);
    sim_case_free(&self->hand);
    free(self);
    return 0;
}

/* A child who needs a place in category 1 at this time (days). */
static void add_mover(rule_case *self, double time)
{
    hand_plan_add_child(&self->hand, PC_STREAM_LOCAL, TEN, 0, -700.0, time - 28.0, true);
}

/* A child in `category` who is 18 on this day. */
static void add_leaver(rule_case *self, size_t category, int day)
{
    hand_plan_add_child(&self->hand, PC_STREAM_LOCAL, 18.0 - day / PC_DAYS_PER_YEAR, category, -700.0, -700.0,
                        true);
}

static void add_resident(rule_case *self, size_t category)
{
    hand_plan_add_child(&self->hand, PC_STREAM_LOCAL, TEN, category, -700.0, -700.0, true);
}

static void run(rule_case *self)
{
    assert_ok(replicate_workspace_init(&self->workspace, &self->hand.plan));
    sim_case_run(&self->workspace, 0);
    sim_case_conserved(&self->workspace.ledger, self->workspace.initial);
}

static int count(const rule_case *self, ledger_series series, size_t category, size_t period)
{
    return *ledger_at(&self->workspace.ledger, series, category, period);
}

static int count_all(const rule_case *self, ledger_series series, size_t category)
{
    int sum = 0;

    for (size_t period = 0; period < self->workspace.ledger.n_period; period++) {
        sum += count(self, series, category, period);
    }
    return sum;
}

/* The mover comes at a quarter to the fifth day's end and the leaver goes later that day: the place is free.
 */
static void within_a_day_ends_come_before_arrivals(void **state)
{
    rule_case *self = of_state(state);

    hand_plan_add_child(&self->hand, PC_STREAM_UASC, TEN, 1, 5.75 - 28.0, -20.0, true);
    add_mover(self, 5.25);
    sim_case_cap(&self->hand, 1, 1);
    sim_case_overflow(&self->hand, 1, "2");
    run(self);
    assert_int_equal(count(self, LEDGER_CEASES, 1, 0), 1);
    assert_int_equal(count(self, LEDGER_MOVES_IN, 1, 0), 1);
    assert_int_equal(count_all(self, LEDGER_OVERFLOW, 1), 0);
    assert_int_equal(count(self, LEDGER_DAYS, 1, 0),
                     30); /* one before, the other after: never empty at night */
    assert_int_equal(count(self, LEDGER_FULL, 1, 0), 30);
}

/* Must-fail twin: a day earlier the place is still taken. */
static void a_day_earlier_the_place_is_refused(void **state)
{
    rule_case *self = of_state(state);

    hand_plan_add_child(&self->hand, PC_STREAM_UASC, TEN, 1, 5.75 - 28.0, -20.0, true);
    add_mover(self, 4.25);
    sim_case_cap(&self->hand, 1, 1);
    sim_case_overflow(&self->hand, 1, "2");
    run(self);
    assert_int_equal(count(self, LEDGER_MOVES_IN, 2, 0), 1);
    assert_int_equal(count(self, LEDGER_OVERFLOW, 1, 0), 1);
    assert_int_equal(count(self, LEDGER_UNMET, 1, 0), 0);
    assert_int_equal(count(self, LEDGER_DISPLACED, 1, 0), 1);
    assert_int_equal(count(self, LEDGER_DAYS, 2, 0), 26); /* days 4 to 29 */
    assert_int_equal(count(self, LEDGER_DAYS, 1, 0), 5);  /* days 0 to 4 */
    assert_int_equal(count(self, LEDGER_FULL, 1, 0), 5);
    assert_int_equal(count_all(self, LEDGER_FULL, 2), 0); /* has no limit */
}

/* Two places, three children: refused on day 3 (three there) and on day 6 (two there), taken on day 9 (one).
 */
static void children_above_capacity_at_the_start_stay_and_nobody_joins_until_there_is_room(void **state)
{
    rule_case *self = of_state(state);

    add_leaver(self, 1, 5);
    add_leaver(self, 1, 8);
    add_resident(self, 1);
    add_mover(self, 3.5);
    add_mover(self, 6.5);
    add_mover(self, 9.5);
    sim_case_cap(&self->hand, 1, 2);
    sim_case_overflow(&self->hand, 1, "2");
    run(self);
    assert_int_equal(count(self, LEDGER_OVERFLOW, 1, 0), 2);
    assert_int_equal(count(self, LEDGER_MOVES_IN, 1, 0), 1);
    assert_int_equal(count(self, LEDGER_MOVES_IN, 2, 0), 2);
    assert_int_equal(count(self, LEDGER_STOCK, 1, 0), 2);
    assert_int_equal(count(self, LEDGER_DAYS, 1, 0), 5 * 3 + 3 * 2 + 1 * 1 + 21 * 2);
    assert_int_equal(count(self, LEDGER_FULL, 1, 0), 5 + 3 + 21); /* all but day 8 */
    assert_int_equal(count_all(self, LEDGER_UNMET, 1), 0);
}

/* Three places, one from day 10 on: the three stay, and it takes until the last of them has gone. */
static void a_reduction_runs_down(void **state)
{
    rule_case *self = of_state(state);

    add_leaver(self, 1, 12);
    add_leaver(self, 1, 14);
    add_leaver(self, 1, 16);
    add_mover(self, 11.5);
    add_mover(self, 15.5);
    add_mover(self, 17.5);
    sim_case_cap(&self->hand, 1, 3);
    sim_case_cap_from(&self->hand, 1, 10, 1);
    sim_case_overflow(&self->hand, 1, "2");
    run(self);
    assert_int_equal(count(self, LEDGER_MOVES_OUT, 1, 0), 0);
    assert_int_equal(count(self, LEDGER_OVERFLOW, 1, 0), 2); /* on day 11 and on day 15, when one is there */
    assert_int_equal(count(self, LEDGER_MOVES_IN, 1, 0), 1); /* on day 17 */
    assert_int_equal(count(self, LEDGER_DAYS, 1, 0), 12 * 3 + 2 * 2 + 2 * 1 + 0 + 13 * 1);
    assert_int_equal(count(self, LEDGER_FULL, 1, 0), 29); /* all but day 16 */
}

/* Three places, none from day 10 on: with `close` the three move that day; a fourth who would come later
 * overflows. */
static void closing_moves_the_children_on_that_day(void **state)
{
    rule_case *self = of_state(state);

    for (int child = 0; child < 3; child++) {
        add_resident(self, 1);
    }
    add_mover(self, 20.5);
    sim_case_cap(&self->hand, 1, 3);
    sim_case_cap_from(&self->hand, 1, 10, 0);
    sim_case_overflow(&self->hand, 1, "2");
    self->hand.plan.capacity[1].close = true;
    run(self);
    assert_int_equal(count(self, LEDGER_MOVES_OUT, 1, 0), 3);
    assert_int_equal(count(self, LEDGER_MOVES_IN, 2, 0), 4);
    assert_int_equal(count(self, LEDGER_DAYS, 1, 0), 3 * 10);
    assert_int_equal(count(self, LEDGER_DAYS, 2, 0), 3 * 20 + 10);
    assert_int_equal(count(self, LEDGER_OVERFLOW, 1, 0), 4);
    assert_int_equal(count(self, LEDGER_DISPLACED, 1, 0), 4);
    assert_int_equal(count(self, LEDGER_STOCK, 1, 0), 0);
    assert_int_equal(count(self, LEDGER_FULL, 1, 0), 30);
}

static void without_close_nobody_moves(void **state)
{
    rule_case *self = of_state(state);

    for (int child = 0; child < 3; child++) {
        add_resident(self, 1);
    }
    sim_case_cap(&self->hand, 1, 3);
    sim_case_cap_from(&self->hand, 1, 10, 0);
    sim_case_overflow(&self->hand, 1, "2");
    run(self);
    assert_int_equal(count_all(self, LEDGER_MOVES_OUT, 1), 0);
    assert_int_equal(count(self, LEDGER_STOCK, 1, 5), 3);
}

/* The order of the children of a plan among themselves, as the keys have it. */
static size_t first_in_order(const hand_plan *hand, size_t n_child)
{
    size_t first = 0;
    uint32_t least = UINT32_MAX;

    for (size_t child = 0; child < n_child; child++) {
        uint64_t entity = ((uint64_t)hand->plan.authority_number + 1) << 40 | child;
        uint32_t order =
            pc_random(pc_random_key_make(hand->plan.seed, 0), entity, PC_PURPOSE_ORDER, 0).word[0];

        if (order < least) {
            least = order;
            first = child;
        }
    }
    return first;
}

/* From three places to two: one child moves, the first in keyed order; who it was shows in the month in which
 * each turns 18. */
static void closing_in_part_moves_as_many_as_there_are_too_many_in_keyed_order(void **state)
{
    rule_case *self = of_state(state);
    size_t first;

    add_leaver(self, 1, 35); /* May */
    add_leaver(self, 1, 65); /* June */
    add_leaver(self, 1, 95); /* July */
    sim_case_cap(&self->hand, 1, 3);
    sim_case_cap_from(&self->hand, 1, 10, 2);
    sim_case_overflow(&self->hand, 1, "2");
    self->hand.plan.capacity[1].close = true;
    run(self);
    first = first_in_order(&self->hand, 3);
    assert_int_equal(count(self, LEDGER_MOVES_IN, 2, 0), 1);
    for (size_t child = 0; child < 3; child++) {
        assert_int_equal(count(self, LEDGER_CEASES, 2, child + 1), child == first);
        assert_int_equal(count(self, LEDGER_CEASES, 1, child + 1), child != first);
    }
}

/* With no list nowhere is free: as many as there are too many are counted, and they stay where they are. */
static void closing_without_a_list_counts_only_those_who_are_too_many(void **state)
{
    rule_case *self = of_state(state);

    for (int child = 0; child < 3; child++) {
        add_resident(self, 1);
    }
    sim_case_cap(&self->hand, 1, 3);
    sim_case_cap_from(&self->hand, 1, 10, 2);
    self->hand.plan.capacity[1].close = true;
    run(self);
    assert_int_equal(count(self, LEDGER_UNMET, 1, 0), 1);
    assert_int_equal(count(self, LEDGER_MOVES_OUT, 1, 0), 1);
    assert_int_equal(count(self, LEDGER_STOCK, 1, 0), 3);
}

/* A child of category 1's need lives in 2 for want of a place. When 2 closes it still needs category 1, where
 * there is room by then. */
static void who_is_moved_out_of_a_closing_category_needs_what_it_needed_before(void **state)
{
    rule_case *self = of_state(state);

    add_leaver(self, 1, 8);
    add_mover(self, 3.5);
    sim_case_cap(&self->hand, 1, 1);
    sim_case_overflow(&self->hand, 1, "2");
    sim_case_cap(&self->hand, 2, 1);
    sim_case_cap_from(&self->hand, 2, 10, 0);
    sim_case_overflow(&self->hand, 2, "3");
    self->hand.plan.capacity[2].close = true;
    run(self);
    assert_int_equal(count(self, LEDGER_OVERFLOW, 1, 0), 1);
    assert_int_equal(count(self, LEDGER_OVERFLOW, 2, 0), 0);
    assert_int_equal(count(self, LEDGER_STOCK, 1, 0), 1);
    assert_int_equal(count(self, LEDGER_STOCK, 3, 0), 0);
    assert_int_equal(count(self, LEDGER_DISPLACED, 1, 0), 0);
    assert_int_equal(count(self, LEDGER_DAYS, 2, 0), 7); /* days 3 to 9 */
}

/* Who is 18 on the day of the closing leaves and is not moved: ends come first. */
static void who_leaves_on_the_day_of_closing_is_not_moved(void **state)
{
    rule_case *self = of_state(state);

    add_leaver(self, 1, 10);
    add_resident(self, 1);
    sim_case_cap(&self->hand, 1, 2);
    sim_case_cap_from(&self->hand, 1, 10, 1);
    sim_case_overflow(&self->hand, 1, "2");
    self->hand.plan.capacity[1].close = true;
    run(self);
    assert_int_equal(count(self, LEDGER_MOVES_OUT, 1, 0), 0);
    assert_int_equal(count(self, LEDGER_CEASES, 1, 0), 1);
    assert_int_equal(count(self, LEDGER_STOCK, 1, 0), 1);
}

/* Nothing free in 1, 2 or 3: placed in the last of the list, unmet from day 4 until it is 18 on day 34. */
static void an_exhausted_list_places_in_its_last_and_counts_unmet_days(void **state)
{
    rule_case *self = of_state(state);

    hand_plan_add_child(&self->hand, PC_STREAM_LOCAL, 18.0 - 34 / PC_DAYS_PER_YEAR, 0, -700.0, 4.5 - 28.0,
                        true);
    sim_case_cap(&self->hand, 1, 0);
    sim_case_cap(&self->hand, 2, 0);
    sim_case_cap(&self->hand, 3, 0);
    sim_case_overflow(&self->hand, 1, "23");
    run(self);
    assert_int_equal(count(self, LEDGER_MOVES_IN, 3, 0), 1);
    assert_int_equal(count(self, LEDGER_OVERFLOW, 1, 0), 1);
    assert_int_equal(count(self, LEDGER_UNMET, 1, 0), 1);
    assert_int_equal(count_all(self, LEDGER_UNMET, 3), 0); /* counted by the category needed */
    assert_int_equal(count(self, LEDGER_UNMET_DAYS, 1, 0), 26);
    assert_int_equal(count(self, LEDGER_UNMET_DAYS, 1, 1), 4);
    assert_int_equal(count(self, LEDGER_UNMET_DAYS, 1, 2), 0);
    assert_int_equal(count(self, LEDGER_DISPLACED, 1, 0), 1);
    assert_int_equal(count(self, LEDGER_DISPLACED, 1, 1), 0);
    assert_int_equal(count(self, LEDGER_CEASES, 3, 1), 1);
}

/* An open place further down the list is taken, however far. */
static void the_list_is_gone_down_in_order(void **state)
{
    rule_case *self = of_state(state);

    add_mover(self, 4.5);
    add_mover(self, 5.5);
    sim_case_cap(&self->hand, 1, 0);
    sim_case_cap(&self->hand, 2, 0);
    sim_case_cap(&self->hand, 3, 1);
    sim_case_overflow(&self->hand, 1, "230");
    run(self);
    assert_int_equal(count(self, LEDGER_MOVES_IN, 3, 0), 1);
    assert_int_equal(count(self, LEDGER_OVERFLOW, 1, 0),
                     2); /* the second goes back to the waiting room ... */
    assert_int_equal(count(self, LEDGER_MOVES_IN, 0, 0), 1);
    assert_int_equal(count(self, LEDGER_UNMET, 1, 0), 0);
    assert_int_equal(count(self, LEDGER_OVERFLOW, 1, 1), 1); /* ... and asks again after 28 days */
}

/* Without a list a child is placed where it is needed, above the places: unmet, but not elsewhere. */
static void without_a_list_a_child_is_placed_above_capacity_and_is_not_displaced(void **state)
{
    rule_case *self = of_state(state);

    add_mover(self, 4.5);
    sim_case_cap(&self->hand, 1, 0);
    self->hand.plan.capacity[1].return_home = true; /* where it is already */
    run(self);
    assert_int_equal(count(self, LEDGER_MOVES_IN, 1, 0), 1);
    assert_int_equal(count_all(self, LEDGER_MOVES_OUT, 1), 0);
    assert_int_equal(count(self, LEDGER_UNMET, 1, 0), 1);
    assert_int_equal(count(self, LEDGER_UNMET_DAYS, 1, 0), 26);
    assert_int_equal(count_all(self, LEDGER_DISPLACED, 1), 0);
}

/* Two are displaced on days 3 and 4; a place comes free on day 8 and another on day 20: the first displaced
 * comes back first, at the end of that day, so that the day counts in category 1. */
static void with_return_the_longest_waiting_comes_back_first(void **state)
{
    rule_case *self = of_state(state);

    add_leaver(self, 1, 8);
    add_leaver(self, 1, 20);
    hand_plan_add_child(&self->hand, PC_STREAM_LOCAL, 18.0 - 25 / PC_DAYS_PER_YEAR, 0, -700.0, 4.5 - 28.0,
                        true); /* displaced second; 18 on day 25 */
    add_mover(self, 3.5);
    sim_case_cap(&self->hand, 1, 2);
    sim_case_overflow(&self->hand, 1, "2");
    self->hand.plan.capacity[1].return_home = true;
    run(self);
    assert_int_equal(count(self, LEDGER_OVERFLOW, 1, 0), 2);
    assert_int_equal(count(self, LEDGER_MOVES_OUT, 2, 0), 2);
    assert_int_equal(count(self, LEDGER_MOVES_IN, 1, 0), 2);
    /* In 2: the first on days 3 to 7, the second on days 4 to 19. */
    assert_int_equal(count(self, LEDGER_DAYS, 2, 0), 5 + 16);
    assert_int_equal(count(self, LEDGER_DAYS, 1, 0), 25 * 2 + 5);
    assert_int_equal(count(self, LEDGER_DISPLACED, 1, 0), 0);
    assert_int_equal(count(self, LEDGER_STOCK, 1, 0), 1);
    assert_int_equal(count(self, LEDGER_FULL, 1, 0), 25);
}

static void without_return_nobody_moves_back(void **state)
{
    rule_case *self = of_state(state);

    add_leaver(self, 1, 8);
    add_mover(self, 3.5);
    sim_case_cap(&self->hand, 1, 1);
    sim_case_overflow(&self->hand, 1, "2");
    run(self);
    assert_int_equal(count_all(self, LEDGER_MOVES_OUT, 2), 0);
    assert_int_equal(count(self, LEDGER_STOCK, 1, 5), 0);
    assert_int_equal(count(self, LEDGER_STOCK, 2, 5), 1);
    assert_int_equal(count(self, LEDGER_DISPLACED, 1, 5), 1);
}

/* Who waits and turns 18 waits no more. */
static void who_has_left_does_not_come_back(void **state)
{
    rule_case *self = of_state(state);

    add_leaver(self, 1, 8);
    hand_plan_add_child(&self->hand, PC_STREAM_LOCAL, 18.0 - 6 / PC_DAYS_PER_YEAR, 0, -700.0, 3.5 - 28.0,
                        true);
    sim_case_cap(&self->hand, 1, 1);
    sim_case_overflow(&self->hand, 1, "2");
    self->hand.plan.capacity[1].return_home = true;
    run(self);
    assert_int_equal(count_all(self, LEDGER_MOVES_IN, 1), 0);
    assert_int_equal(count(self, LEDGER_CEASES, 2, 0), 1);
    assert_int_equal(sim_case_sum(&self->workspace.ledger, LEDGER_STOCK, 0), 0);
}

/* Unaccompanied children need category 3; a place in 1 that suits is taken instead while one is free, and is
 * no overflow. */
static void substitution_takes_a_free_place_that_suits(void **state)
{
    rule_case *self = of_state(state);

    for (int child = 0; child < 3; child++) {
        hand_plan_add_child(&self->hand, PC_STREAM_UASC, TEN, 0, -1.0, 3.5 + child - 28.0, true);
    }
    sim_case_cap(&self->hand, 1, 2);
    self->hand.plan.capacity[3].substitute_to = 1;
    self->hand.plan.capacity[3].substitute_share = 1.0;
    run(self);
    assert_int_equal(count(self, LEDGER_MOVES_IN, 1, 0), 2);
    assert_int_equal(count(self, LEDGER_MOVES_IN, 3, 0), 1);
    assert_int_equal(count_all(self, LEDGER_OVERFLOW, 1) + count_all(self, LEDGER_OVERFLOW, 3), 0);
    assert_int_equal(count_all(self, LEDGER_DISPLACED, 1) + count_all(self, LEDGER_DISPLACED, 3), 0);
}

/* Children who start need category 3 and, 28 days after, 3 again if they got a place in 1; half of the places
 * in 1 suit. Of those who move in April about half stay in 1: 5 standard deviations either way, a false alarm
 * in two million seeds. One draw for both occasions would give all of them. */
static void whether_a_place_suits_is_drawn_for_each_placement_anew(void **state)
{
    rule_case *self = of_state(state);
    size_t moved, stayed;

    sim_case_first(&self->hand, 3);
    *hand_plan_starts(&self->hand, PC_STREAM_LOCAL, 10) = 40000.0;
    for (size_t band = 1; band < PC_N_BAND; band++) {
        *hand_plan_move(&self->hand, PC_STREAM_LOCAL, 3, 1, band, 3) = AT_ONCE;
    }
    sim_case_cap(&self->hand, 1, 100000);
    self->hand.plan.capacity[3].substitute_to = 1;
    self->hand.plan.capacity[3].substitute_share = 0.5;
    run(self);
    moved = (size_t)count(self, LEDGER_MOVES_OUT, 1, 0);
    stayed = (size_t)count(self, LEDGER_MOVES_IN, 1, 0);
    assert_in_range(moved, 70, 150); /* starts of two days, 219, and half of them in category 1 */
    assert_true(fabs(z_share(stayed, moved, 0.5)) < 5.0);
    assert_false(fabs(z_share(moved, moved, 0.5)) < 5.0);
}

/* Two of the same day and one place: the keyed order says who gets it, not the order of the list of children.
 */
static void arrivals_of_one_day_come_in_keyed_order(void **state)
{
    rule_case *self = of_state(state);
    size_t first;

    hand_plan_add_child(&self->hand, PC_STREAM_LOCAL, 18.0 - 35 / PC_DAYS_PER_YEAR, 0, -700.0, 3.7 - 28.0,
                        true);
    hand_plan_add_child(&self->hand, PC_STREAM_LOCAL, 18.0 - 65 / PC_DAYS_PER_YEAR, 0, -700.0, 3.5 - 28.0,
                        true);
    hand_plan_add_child(&self->hand, PC_STREAM_LOCAL, 18.0 - 95 / PC_DAYS_PER_YEAR, 0, -700.0, 3.2 - 28.0,
                        true);
    sim_case_cap(&self->hand, 1, 1);
    sim_case_overflow(&self->hand, 1, "2");
    run(self);
    first = first_in_order(&self->hand, 3);
    assert_int_equal(count(self, LEDGER_OVERFLOW, 1, 0), 2);
    for (size_t child = 0; child < 3; child++) {
        assert_int_equal(count(self, LEDGER_CEASES, 1, child + 1), child == first);
    }
}

/* A change of status needs no place and takes no turn, even where there is none. */
static void a_change_of_status_needs_no_place(void **state)
{
    rule_case *self = of_state(state);

    sim_case_statuses(&self->hand, 2, 1, AT_ONCE);
    add_resident(self, 2);
    sim_case_cap(&self->hand, 1, 0);
    run(self);
    assert_int_equal(count(self, LEDGER_STATUS_IN, 1, 0), 1);
    assert_int_equal(count(self, LEDGER_STOCK, 1, 0), 1);
    assert_int_equal(count_all(self, LEDGER_OVERFLOW, 1) + count_all(self, LEDGER_UNMET, 1), 0);
}

/* No limit before the first step: neither full nor refused. */
static void before_its_first_day_a_limit_is_none(void **state)
{
    rule_case *self = of_state(state);

    add_resident(self, 1);
    add_mover(self, 3.5);
    add_mover(self, 12.5);
    sim_case_cap_from(&self->hand, 1, 10, 1);
    sim_case_overflow(&self->hand, 1, "2");
    run(self);
    assert_int_equal(count(self, LEDGER_MOVES_IN, 1, 0), 1);
    assert_int_equal(count(self, LEDGER_OVERFLOW, 1, 0), 1);
    assert_int_equal(count(self, LEDGER_FULL, 1, 0), 20);
}

/* The child comes into the waiting room that closes on the same day, several events on one day, and back. */
static void several_events_of_one_child_on_one_day_all_happen(void **state)
{
    rule_case *self = of_state(state);

    for (size_t band = 0; band < PC_N_BAND; band++) {
        for (size_t age = 0; age < PC_N_AGE_BAND; age++) {
            *hand_plan_move(&self->hand, PC_STREAM_LOCAL, age, 1, band, 2) = AT_ONCE;
            *hand_plan_move(&self->hand, PC_STREAM_LOCAL, age, 2, band, 3) = AT_ONCE;
        }
    }
    add_mover(self, 3.5);
    sim_case_cap(&self->hand, 1, 1);
    sim_case_cap(&self->hand, 2, 1);
    run(self);
    assert_int_equal(count(self, LEDGER_MOVES_IN, 1, 0), 1);
    assert_int_equal(count(self, LEDGER_MOVES_IN, 2, 0), 1);
    assert_int_equal(count(self, LEDGER_MOVES_IN, 3, 0), 1);
    assert_int_equal(count(self, LEDGER_DAYS, 1, 0) + count(self, LEDGER_DAYS, 2, 0), 0);
    assert_int_equal(count(self, LEDGER_DAYS, 3, 0), 27);
    assert_int_equal(count(self, LEDGER_FULL, 1, 0), 0); /* judged at the end of the day */
}

int main(void)
{
#define RULE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        RULE(within_a_day_ends_come_before_arrivals),
        RULE(a_day_earlier_the_place_is_refused),
        RULE(children_above_capacity_at_the_start_stay_and_nobody_joins_until_there_is_room),
        RULE(a_reduction_runs_down),
        RULE(closing_moves_the_children_on_that_day),
        RULE(without_close_nobody_moves),
        RULE(closing_in_part_moves_as_many_as_there_are_too_many_in_keyed_order),
        RULE(closing_without_a_list_counts_only_those_who_are_too_many),
        RULE(who_is_moved_out_of_a_closing_category_needs_what_it_needed_before),
        RULE(who_leaves_on_the_day_of_closing_is_not_moved),
        RULE(an_exhausted_list_places_in_its_last_and_counts_unmet_days),
        RULE(the_list_is_gone_down_in_order),
        RULE(without_a_list_a_child_is_placed_above_capacity_and_is_not_displaced),
        RULE(with_return_the_longest_waiting_comes_back_first),
        RULE(without_return_nobody_moves_back),
        RULE(who_has_left_does_not_come_back),
        RULE(substitution_takes_a_free_place_that_suits),
        RULE(whether_a_place_suits_is_drawn_for_each_placement_anew),
        RULE(arrivals_of_one_day_come_in_keyed_order),
        RULE(a_change_of_status_needs_no_place),
        RULE(before_its_first_day_a_limit_is_none),
        RULE(several_events_of_one_child_on_one_day_all_happen),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
