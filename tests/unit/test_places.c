/* Who may live where: occupancy, lists and counts, one call at a time. The rules day by day are in
 * test_day_order.c. */
#include "pc_test.h"

#include "sim_case.h"
#include "simulate/places.h"

/* April 2024 and May; category 1 has 2 places, 1 from day 35 on; its list is 2, then 3 (1 place), then 0. */
typedef struct places_case {
    hand_plan hand;
    places of;
    ledger book;
    pc_random_key key;
} places_case;

static int set_up(void **state)
{
    static const int32_t initial[4] = {5, 1, 0, 1};
    places_case *self = calloc(1, sizeof *self);

    assert_non_null(self);
    sim_case_make(&self->hand, 4, 2);
    sim_case_cap(&self->hand, 1, 2);
    sim_case_cap_from(&self->hand, 1, 35, 1);
    sim_case_cap(&self->hand, 2, 0);
    sim_case_cap(&self->hand, 3, 1);
    sim_case_overflow(&self->hand, 1, "23");
    self->key = pc_random_key_make(1, 0);
    assert_ok(places_init(&self->of, &self->hand.plan));
    assert_ok(ledger_init(&self->book, &self->hand.plan));
    places_reset(&self->of, initial, NULL);
    *state = self;
    return 0;
}

static int tear_down(void **state)
{
    places_case *self = *state;

    places_free(&self->of);
    places_free(&self->of);
    ledger_free(&self->book);
    sim_case_free(&self->hand);
    free(self);
    return 0;
}

static int at(const places_case *self, ledger_series series, size_t category, size_t period)
{
    return *ledger_at(&self->book, series, category, period);
}

static size_t take(places_case *self, uint64_t entity, placed_state *who, size_t wanted, int day)
{
    who->wanted = (uint8_t)wanted;
    return places_take(&self->of, &self->book, self->key, entity, 0, who, day);
}

static void a_free_place_is_taken_and_nothing_is_counted(void **state)
{
    places_case *self = *state;
    placed_state who = {0};

    assert_true(places_free_in(&self->of, 1, 0));
    assert_int_equal(take(self, 1, &who, 1, 0), 1);
    assert_false(who.displaced || who.unmet || who.waits);
    assert_false(places_free_in(&self->of, 1, 0));
    assert_int_equal(places_over(&self->of, 1, 0), 0);
    assert_int_equal(places_over(&self->of, 1, 35), 1);
    assert_int_equal(at(self, LEDGER_OVERFLOW, 1, 0), 0);
}

static void a_full_category_sends_down_its_list_and_then_to_the_last_of_it(void **state)
{
    places_case *self = *state;
    placed_state who[3] = {{0}, {0}, {0}};

    (void)take(self, 1, &who[0], 1, 3);
    places_leave(&self->of, &self->book, &(placed_state){0}, 3, 3); /* the one in 3 goes */
    assert_int_equal(take(self, 2, &who[1], 1, 3), 3);
    assert_true(who[1].displaced && !who[1].unmet);
    assert_int_equal(take(self, 3, &who[2], 1, 10), 3); /* nothing free: the last of the list */
    assert_true(who[2].displaced && who[2].unmet);
    assert_int_equal(at(self, LEDGER_OVERFLOW, 1, 0), 2);
    assert_int_equal(at(self, LEDGER_UNMET, 1, 0), 1);
    assert_int_equal(at(self, LEDGER_UNMET_DAYS, 1, 0), 20);
    assert_int_equal(at(self, LEDGER_DISPLACED, 1, 0), 2);
    places_leave(&self->of, &self->book, &who[2], 3, 40); /* 10 days into May: 21 of its 31 are taken back */
    assert_int_equal(at(self, LEDGER_UNMET_DAYS, 1, 1), -21);
    assert_int_equal(at(self, LEDGER_DISPLACED, 1, 1), -1);
    assert_false(who[2].displaced || who[2].unmet);
}

static void who_waits_is_who_is_elsewhere_and_may_return(void **state)
{
    places_case *self = *state;
    placed_state who[2] = {{0}, {0}};

    (void)take(self, 1, &who[0], 1, 3);
    self->hand.plan.capacity[1].return_home = true;
    (void)take(self, 2, &who[1], 1, 3);
    assert_true(who[1].waits);
    assert_false(who[0].waits);
}

static void a_category_without_a_limit_is_never_full(void **state)
{
    places_case *self = *state;
    placed_state who = {0};

    for (uint64_t entity = 0; entity < 100; entity++) {
        assert_int_equal(take(self, entity, &who, 0, 3), 0);
    }
    assert_int_equal(places_over(&self->of, 0, 3), 0);
    assert_false(places_contested(&self->of, 0));
    assert_true(places_contested(&self->of, 1));
    self->hand.plan.capacity[0].substitute_to = 3;
    assert_true(places_contested(&self->of, 0));
}

static void only_a_reduction_of_a_closing_category_with_too_many_moves_children(void **state)
{
    places_case *self = *state;
    placed_state who = {0};

    (void)take(self, 1, &who, 1, 0);
    assert_false(places_closes_on(&self->of, 1, 35)); /* no `close` */
    self->hand.plan.capacity[1].close = true;
    assert_true(places_closes_on(&self->of, 1, 35));
    assert_false(places_closes_on(&self->of, 1, 34));
    assert_false(places_closes_on(&self->of, 1, 36)); /* once */
    places_leave(&self->of, &self->book, &who, 1, 20);
    assert_false(places_closes_on(&self->of, 1, 35)); /* one child, one place */
    self->hand.plan.capacity[3].close = true;
    assert_false(places_closes_on(&self->of, 3, 0));
    places_change_status(&self->of, 0, 3);
    assert_true(places_closes_on(&self->of, 3, 0)); /* too many on the first day */
}

static void full_days_and_empty_places_are_judged_at_the_end_of_a_day(void **state)
{
    places_case *self = *state;

    self->hand.plan.capacity[1].block = true;
    places_end_day(&self->of, &self->book, 34); /* 1 of 2 */
    places_end_day(&self->of, &self->book, 35); /* 1 of 1 */
    assert_int_equal(at(self, LEDGER_FULL, 1, 1), 1);
    assert_int_equal(at(self, LEDGER_EMPTY, 1, 1), 1);
    assert_int_equal(at(self, LEDGER_FULL, 2, 1), 2); /* no place at all: full */
    assert_int_equal(at(self, LEDGER_FULL, 3, 1), 2);
    assert_int_equal(at(self, LEDGER_EMPTY, 3, 1), 0); /* not a block */
}

int main(void)
{
#define PLACES(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        PLACES(a_free_place_is_taken_and_nothing_is_counted),
        PLACES(a_full_category_sends_down_its_list_and_then_to_the_last_of_it),
        PLACES(who_waits_is_who_is_elsewhere_and_may_return),
        PLACES(a_category_without_a_limit_is_never_full),
        PLACES(only_a_reduction_of_a_closing_category_with_too_many_moves_children),
        PLACES(full_days_and_empty_places_are_judged_at_the_end_of_a_day),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
