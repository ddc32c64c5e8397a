/* Counting stays: corrections while a replicate runs, stocks and place-days when it is closed. */
#include "pc_test.h"

#include "sim_case.h"

/* April 2024 (30 days) and May (31 days), two categories. */
typedef struct ledger_case {
    hand_plan hand;
    ledger book;
} ledger_case;

static int set_up(void **state)
{
    ledger_case *self = calloc(1, sizeof *self);

    assert_non_null(self);
    sim_case_make(&self->hand, 2, 2);
    assert_ok(ledger_init(&self->book, &self->hand.plan));
    *state = self;
    return 0;
}

static int tear_down(void **state)
{
    ledger_case *self = *state;

    ledger_free(&self->book);
    ledger_free(&self->book);
    ledger_free(NULL);
    sim_case_free(&self->hand);
    free(self);
    return 0;
}

static int at(const ledger_case *self, ledger_series series, size_t category, size_t period)
{
    return *ledger_at(&self->book, series, category, period);
}

/* A stay from day 10 to day 40 occupies 20 days of April and 10 of May: the day of leaving is not one. */
static void a_stay_occupies_its_days_from_the_first_to_before_the_last(void **state)
{
    static const int32_t nobody[2] = {0, 0};
    ledger_case *self = *state;

    ledger_clear(&self->book, false);
    ledger_enter(&self->book, LEDGER_STARTS, 1, 10);
    ledger_cease(&self->book, PC_EXIT_ORDER, 1, 40);
    ledger_close(&self->book, nobody, false);
    assert_int_equal(at(self, LEDGER_DAYS, 1, 0), 20);
    assert_int_equal(at(self, LEDGER_DAYS, 1, 1), 10);
    assert_int_equal(at(self, LEDGER_STOCK, 1, 0), 1);
    assert_int_equal(at(self, LEDGER_STOCK, 1, 1), 0);
    assert_int_equal(at(self, LEDGER_STARTS, 1, 0), 1);
    assert_int_equal(at(self, LEDGER_CEASES, 1, 1), 1);
    assert_int_equal(self->book.exits[PC_EXIT_ORDER * 2 + 1], 1);
    assert_int_equal(at(self, LEDGER_DAYS, 0, 0), 0);
}

static void a_stay_within_a_day_occupies_none_and_is_counted(void **state)
{
    static const int32_t nobody[2] = {0, 0};
    ledger_case *self = *state;

    ledger_clear(&self->book, false);
    ledger_enter(&self->book, LEDGER_STARTS, 0, 29);
    ledger_leave(&self->book, LEDGER_MOVES_OUT, 0, 29);
    ledger_enter(&self->book, LEDGER_MOVES_IN, 1, 29);
    ledger_close(&self->book, nobody, false);
    assert_int_equal(at(self, LEDGER_DAYS, 0, 0), 0);
    assert_int_equal(at(self, LEDGER_DAYS, 1, 0), 1);
    assert_int_equal(at(self, LEDGER_DAYS, 1, 1), 31);
    assert_int_equal(at(self, LEDGER_STOCK, 0, 0), 0);
    assert_int_equal(at(self, LEDGER_STOCK, 1, 1), 1);
}

static void children_at_the_origin_occupy_every_day_until_something_happens(void **state)
{
    static const int32_t initial[2] = {5, 2};
    ledger_case *self = *state;

    ledger_clear(&self->book, false);
    ledger_leave(&self->book, LEDGER_STATUS_OUT, 0, 30); /* 1 May */
    ledger_enter(&self->book, LEDGER_STATUS_IN, 1, 30);
    ledger_close(&self->book, initial, false);
    assert_int_equal(at(self, LEDGER_DAYS, 0, 0), 150);
    assert_int_equal(at(self, LEDGER_DAYS, 0, 1), 4 * 31);
    assert_int_equal(at(self, LEDGER_DAYS, 1, 1), 3 * 31);
    assert_int_equal(at(self, LEDGER_STOCK, 0, 1), 4);
}

static void clearing_forgets_the_replicate_before(void **state)
{
    static const int32_t nobody[2] = {0, 0};
    ledger_case *self = *state;

    ledger_clear(&self->book, true);
    ledger_enter(&self->book, LEDGER_STARTS, 0, 3);
    ledger_cease(&self->book, PC_EXIT_HOME, 0, 9);
    *ledger_at(&self->book, LEDGER_OVERFLOW, 1, 1) = 7;
    ledger_close(&self->book, nobody, true);
    ledger_clear(&self->book, true);
    ledger_close(&self->book, nobody, true);
    for (size_t cell = 0; cell < LEDGER_N_SERIES * 2 * 2; cell++) {
        assert_int_equal(self->book.count[cell], 0);
    }
    for (size_t cell = 0; cell < PC_N_EXIT_CAUSE * 2; cell++) {
        assert_int_equal(self->book.exits[cell], 0);
    }
}

/* Displaced from day 5 to day 35; unmet from day 25 on: 5 days of April and all of May. */
static void net_changes_of_capacity_become_stocks_and_days(void **state)
{
    static const int32_t nobody[2] = {0, 0};
    ledger_case *self = *state;

    ledger_clear(&self->book, true);
    *ledger_at(&self->book, LEDGER_DISPLACED, 0, 0) += 1;
    *ledger_at(&self->book, LEDGER_DISPLACED, 0, 1) -= 1;
    *ledger_at(&self->book, LEDGER_UNMET_NET, 0, 0) += 1;
    *ledger_at(&self->book, LEDGER_UNMET_DAYS, 0, 0) += 30 - 25;
    ledger_close(&self->book, nobody, true);
    assert_int_equal(at(self, LEDGER_DISPLACED, 0, 0), 1);
    assert_int_equal(at(self, LEDGER_DISPLACED, 0, 1), 0);
    assert_int_equal(at(self, LEDGER_UNMET_DAYS, 0, 0), 5);
    assert_int_equal(at(self, LEDGER_UNMET_DAYS, 0, 1), 31);
}

int main(void)
{
#define LEDGER(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        LEDGER(a_stay_occupies_its_days_from_the_first_to_before_the_last),
        LEDGER(a_stay_within_a_day_occupies_none_and_is_counted),
        LEDGER(children_at_the_origin_occupy_every_day_until_something_happens),
        LEDGER(clearing_forgets_the_replicate_before),
        LEDGER(net_changes_of_capacity_become_stocks_and_days),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
