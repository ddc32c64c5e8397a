/* Placements priced one by one, and what is paid besides: bills worked by hand, to the penny. April 2024 has
 * 30 days, May 31. */
#include "pc_test.h"

#include <math.h>

#include "price_case.h"

#define HEAD "category,weekly_gbp,age_band,provider,need,spread,from\n"
enum { FOSTER, HOME, OTHER, MONTHS = 24 };

/* A child of `age` who stays where it is and never reaches 18. */
static void add_child(price_case *self, double age, size_t category)
{
    hand_plan_add_child(&self->hand, PC_STREAM_LOCAL, age, category, -700.0, -300.0, true);
}

/* 2 x 700 and 1 x 7000 a week, a constant stock: the bill of each month is days x price, one by one and by
 * days alike. */
static void a_constant_stock_costs_days_times_price_to_the_penny(void **state)
{
    static const char *const weekly[] = {
        "category,weekly_gbp\nfoster,700.07\nhome,7000\n",
        HEAD "foster,700.07,0,,,,\nfoster,700.07,1-4,,,,\nfoster,700.07,5-9,,,,\n"
             "foster,700.07,10-15,,,,\nfoster,700.07,16-17,,,,\nhome,7000,,,,,\n"};

    (void)state;
    for (size_t way = 0; way < 2; way++) {
        price_case self;

        price_case_make(&self, MONTHS, weekly[way], NULL, NULL);
        add_child(&self, 3.0, FOSTER);
        add_child(&self, 7.0, FOSTER);
        add_child(&self, 12.0, HOME);
        price_case_match(&self);
        price_case_run(&self, 0);
        assert_true(self.of.by_placement[FOSTER] == (way == 1));
        for (size_t month = 0; month < MONTHS; month++) {
            const plan_period *period = &self.hand.plan.period[month];
            int days = period->end - period->first;

            assert_int_equal(price_case_pence(&self, FOSTER, month), llround(2 * days * 10001.0));
            assert_int_equal(price_case_pence(&self, HOME, month), days * 100000);
            assert_int_equal(price_case_pence(&self, OTHER, month), 0);
        }
        price_case_free(&self);
    }
}

/* 10% into 2025/26: March at the old price, April at the new one, whatever way. 10% and 20% compound. */
static void growth_compounds_from_the_first_of_april_on(void **state)
{
    price_case self;

    (void)state;
    price_case_make(&self, MONTHS, HEAD "foster,700,,,,,\nhome,700,,,,,2024-04-01\nother,700,,,N1,,\n", NULL,
                    "category,year,low,likely,high\nall,2024/25,0.9,0.9,0.9\nall,2025/26,0.1,0.1,0.1\n");
    self.prices.price_year[0] = 2023; /* raised by 90% before the forecast begins */
    add_child(&self, 3.0, FOSTER);
    add_child(&self, 3.0, HOME);
    price_case_match(&self);
    price_case_run(&self, 0);
    assert_int_equal(price_case_pence(&self, FOSTER, 11), 31 * 19000);
    assert_int_equal(price_case_pence(&self, FOSTER, 12), 30 * 20900);
    assert_int_equal(price_case_pence(&self, HOME, 11), 31 * 10000);
    assert_int_equal(price_case_pence(&self, HOME, 12), 30 * 11000);
    price_case_free(&self);
}

/* 5 on 16 April (day 15): 15 days at 70, 15 at 140. */
static void a_price_without_spread_follows_the_age_band(void **state)
{
    price_case self;

    (void)state;
    price_case_make(&self, 12, HEAD "foster,490,1-4,,,,\nfoster,980,5-9,,,,\nhome,7,,,,,\n", NULL, NULL);
    hand_plan_add_child(&self.hand, PC_STREAM_LOCAL, 5.0 - 15 / PC_DAYS_PER_YEAR, FOSTER, -700.0, -300.0,
                        true);
    price_case_match(&self);
    price_case_run(&self, 0);
    assert_int_equal(price_case_pence(&self, FOSTER, 0), 15 * 7000 + 15 * 14000);
    assert_int_equal(price_case_pence(&self, FOSTER, 1), 31 * 14000);
    price_case_free(&self);
}

static void a_price_of_the_table_changes_on_its_first_day(void **state)
{
    price_case self;

    (void)state;
    price_case_make(&self, 12, HEAD "foster,700,,,,,\nfoster,770,,,,,2024-05-11\n", NULL, NULL);
    add_child(&self, 8.0, FOSTER);
    price_case_match(&self);
    price_case_run(&self, 0);
    assert_int_equal(price_case_pence(&self, FOSTER, 0), 30 * 10000);
    assert_int_equal(price_case_pence(&self, FOSTER, 1), 10 * 10000 + 21 * 11000);
    price_case_free(&self);
}

/* The row with most conditions counts; a child who fits none pays by the row for all. */
static void the_row_that_says_most_of_a_child_counts(void **state)
{
    price_case self;

    (void)state;
    price_case_make(&self, 12,
                    HEAD "foster,700,,,,,\nfoster,1400,,,N4,,\nfoster,2100,10-15,,N4,,\nfoster,70,,PR2,N4,,\n"
                         "foster,77,10-15,PR2,N4,,\n",
                    NULL, NULL);
    for (size_t child = 0; child < 4; child++) {
        add_child(&self, child < 3 ? 8.0 : 12.0, FOSTER);
    }
    price_case_match(&self);
    self.prices.people[0].need[1] = 4;
    self.prices.people[0].need[2] = 4;
    self.prices.people[0].provider[2] = 2;
    self.prices.people[0].need[3] = 4;
    price_case_run(&self, 0);
    assert_int_equal(price_case_pence(&self, FOSTER, 0), 30 * (10000 + 20000 + 1000 + 30000));
    price_case_free(&self);
}

/* An actual price counts from its own price year on, beside children who pay by days; 18 on 1 May ends it. */
static void an_actual_price_replaces_that_of_the_table_for_one_child(void **state)
{
    price_case self;

    (void)state;
    price_case_make(&self, MONTHS, "category,weekly_gbp\nfoster,700\n", NULL,
                    "category,year,low,likely,high\nall,2025/26,0.1,0.1,0.1\n");
    add_child(&self, 8.0, FOSTER);
    add_child(&self, 9.0, FOSTER);
    hand_plan_add_child(&self.hand, PC_STREAM_LOCAL, 18.0 - 30 / PC_DAYS_PER_YEAR, FOSTER, -700.0, -300.0,
                        true);
    price_case_match(&self);
    self.prices.n_current = 1; /* as pc_prices_match leaves it */
    self.prices.current = calloc(1, sizeof *self.prices.current);
    self.prices.current[0].price_year = 2024;
    self.prices.people[0].weekly_gbp[1] = 1234.56;
    self.prices.people[0].weekly_gbp[2] = 7000;
    price_case_run(&self, 0);
    assert_false(self.of.by_placement[FOSTER]);
    assert_int_equal(price_case_pence(&self, FOSTER, 0),
                     llround(30 * 10000 + 30 * 123456 / 7.0 + 30 * 100000));
    assert_int_equal(price_case_pence(&self, FOSTER, 1), llround(31 * 10000 + 31 * 123456 / 7.0));
    assert_int_equal(price_case_pence(&self, FOSTER, 12), llround(1.1 * (30 * 10000 + 30 * 123456 / 7.0)));
    price_case_free(&self);
}

/* Block of 2 places at 350 from 11 April; 3 children at 700, the one placed last pays spot. A block paid for
 * is paid for with one child in it too. */
static void a_block_contract_is_paid_for_and_those_beyond_it_pay_their_own_price(void **state)
{
    price_case self;

    (void)state;
    price_case_make(&self, 12, "category,weekly_gbp\nfoster,700\nhome,7000\n",
                    "category,kind,gbp,places,from,until\nfoster,block,350,2,2024-04-11,2024-07-01\n"
                    "home,block,6300,2,,\n",
                    NULL);
    add_child(&self, 8.0, FOSTER);
    add_child(&self, 8.0, FOSTER);
    add_child(&self, 9.0, FOSTER);
    add_child(&self, 12.0, HOME);
    price_case_match(&self);
    price_case_run(&self, 0);
    assert_int_equal(price_case_pence(&self, FOSTER, 0), 10 * 3 * 10000 + 20 * (2 * 5000 + 10000));
    assert_int_equal(price_case_pence(&self, FOSTER, 1), 31 * (2 * 5000 + 10000));
    assert_int_equal(price_case_pence(&self, FOSTER, 3), 31 * 3 * 10000);
    assert_int_equal(price_case_pence(&self, HOME, 0), 30 * 2 * 90000);
    price_case_free(&self);
}

/* Of three children with actual prices the two placed first fill the block: the third one's price is paid. */
static void those_placed_first_fill_the_block(void **state)
{
    price_case self;

    (void)state;
    price_case_make(&self, 12, "category,weekly_gbp\nhome,7000\n",
                    "category,kind,gbp,places\nhome,block,3500,2\n", NULL);
    hand_plan_add_child(&self.hand, PC_STREAM_LOCAL, 12.0, HOME, -700.0, -20.0, true);
    hand_plan_add_child(&self.hand, PC_STREAM_LOCAL, 12.0, HOME, -700.0, -10.0, true);
    hand_plan_add_child(&self.hand, PC_STREAM_LOCAL, 18.0 - 7 / PC_DAYS_PER_YEAR, HOME, -700.0, -30.0, true);
    price_case_match(&self);
    self.prices.n_current = 1;
    self.prices.current = calloc(1, sizeof *self.prices.current);
    self.prices.current[0].price_year = 2024;
    self.prices.people[0].weekly_gbp[1] = 70000;
    price_case_run(&self, 0);
    /* Seven days with three children; then the second of the two left has a place of the block. */
    assert_int_equal(price_case_pence(&self, HOME, 0), 30 * 2 * 50000 + 7 * 1000000);
    price_case_free(&self);
}

/* 4 places, one child: three empty ones at 70 a week = 10 a day. */
static void empty_places_are_paid_their_retainer(void **state)
{
    price_case self;

    (void)state;
    price_case_make(&self, 12, "category,weekly_gbp\nfoster,700\n",
                    "category,kind,gbp,from\nfoster,retainer,70,2024-04-16\n", NULL);
    add_child(&self, 8.0, FOSTER);
    sim_case_cap(&self.hand, FOSTER, 4);
    self.hand.plan.capacity[FOSTER].retained = true;
    price_case_match(&self);
    price_case_run(&self, 0);
    assert_int_equal(price_case_pence(&self, FOSTER, 0), 30 * 10000 + 15 * 3 * 1000);
    assert_int_equal(price_case_pence(&self, FOSTER, 1), 31 * 10000 + 31 * 3 * 1000);
    price_case_free(&self);
}

/* Set-up is paid for each new placement, moves within the category included; the start cost for starts alone.
 */
static void setting_up_and_starting_cost_once_for_each(void **state)
{
    price_case self;
    int64_t starts = 0, placements = 0, pence = 0, days = 0;

    (void)state;
    price_case_make(&self, 12, "category,weekly_gbp\nfoster,7\n",
                    "category,kind,gbp\nfoster,setup,1000\nfoster,start,250.50\n", NULL);
    for (int child = 0; child < 40; child++) {
        add_child(&self, 8.0, FOSTER);
    }
    sim_case_moves(&self.hand, FOSTER, FOSTER, 1.0);
    sim_case_exits(&self.hand, PC_EXIT_HOME, 0.3);
    *hand_plan_starts(&self.hand, PC_STREAM_LOCAL, 8) = 20.0;
    sim_case_first(&self.hand, FOSTER);
    price_case_match(&self);
    price_case_run(&self, 3);
    for (size_t month = 0; month < 12; month++) {
        const ledger *book = &self.workspace.ledger;

        starts += *ledger_at(book, LEDGER_STARTS, FOSTER, month);
        placements += *ledger_at(book, LEDGER_MOVES_IN, FOSTER, month);
        days += *ledger_at(book, LEDGER_DAYS, FOSTER, month);
        pence += price_case_pence(&self, FOSTER, month);
    }
    assert_true(starts > 5 && placements > 10);
    assert_int_equal(pence, days * 100 + (starts + placements) * 100000 + starts * 25050);
    price_case_free(&self);
}

/* A foster carer who adopts: an own price goes with the child into the other category, where it stands in
 * place of the price for all; a price of the table does not. */
static void an_own_price_outlives_a_change_of_status(void **state)
{
    (void)state;
    for (int own = 0; own < 2; own++) {
        price_case self;
        int64_t foster = 0, other = 0, foster_days = 0, other_days = 0;

        price_case_make(&self, 12, "category,weekly_gbp\nfoster,700\nother,70\nhome,7\n", NULL, NULL);
        add_child(&self, 8.0, FOSTER);
        sim_case_statuses(&self.hand, FOSTER, OTHER, 12.0);
        price_case_match(&self);
        self.prices.n_current = 1;
        self.prices.current = calloc(1, sizeof *self.prices.current);
        self.prices.current[0].price_year = 2024;
        self.prices.people[0].weekly_gbp[0] = own ? 1400.0 : (double)NAN;
        price_case_run(&self, 1);
        for (size_t month = 0; month < 12; month++) {
            foster += price_case_pence(&self, FOSTER, month);
            other += price_case_pence(&self, OTHER, month);
            foster_days += *ledger_at(&self.workspace.ledger, LEDGER_DAYS, FOSTER, month);
            other_days += *ledger_at(&self.workspace.ledger, LEDGER_DAYS, OTHER, month);
        }
        assert_true(foster_days > 0 && other_days > 100);
        assert_int_equal(foster, foster_days * (own ? 20000 : 10000));
        assert_int_equal(other, other_days * (own ? 20000 : 1000));
        price_case_free(&self);
    }
}

/* Needs of starters have the shares given, and every replicate gives a child the same need. */
static void needs_of_starters_are_drawn_by_their_shares(void **state)
{
    price_case self;
    double days = 0.0, pence = 0.0;

    (void)state;
    price_case_make(&self, 12, HEAD "foster,700,,,,,\nfoster,0,,,N1,,\n", NULL, NULL);
    *hand_plan_starts(&self.hand, PC_STREAM_LOCAL, 8) = 400.0;
    sim_case_first(&self.hand, FOSTER);
    price_case_match(&self);
    for (size_t band = 0; band < PC_N_AGE_BAND; band++) {
        self.prices.people[0].need_share[PC_STREAM_LOCAL][band][1] = 0.25;
        self.prices.people[0].need_share[PC_STREAM_LOCAL][band][7] = 0.75;
    }
    for (uint32_t replicate = 0; replicate < 20; replicate++) {
        price_case_run(&self, replicate);
        for (size_t month = 0; month < 12; month++) {
            days += *ledger_at(&self.workspace.ledger, LEDGER_DAYS, FOSTER, month);
            pence += (double)price_case_pence(&self, FOSTER, month);
        }
    }
    /* About 8,000 children of unequal stay: the share's standard error is about 0.006. */
    assert_true(fabs(pence / days / 10000.0 - 0.75) < 5 * 0.006);
    assert_false(fabs(pence / days / 10000.0 - 0.70) < 5 * 0.006);
    price_case_free(&self);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_constant_stock_costs_days_times_price_to_the_penny),
        cmocka_unit_test(growth_compounds_from_the_first_of_april_on),
        cmocka_unit_test(a_price_without_spread_follows_the_age_band),
        cmocka_unit_test(a_price_of_the_table_changes_on_its_first_day),
        cmocka_unit_test(the_row_that_says_most_of_a_child_counts),
        cmocka_unit_test(an_actual_price_replaces_that_of_the_table_for_one_child),
        cmocka_unit_test(a_block_contract_is_paid_for_and_those_beyond_it_pay_their_own_price),
        cmocka_unit_test(those_placed_first_fill_the_block),
        cmocka_unit_test(empty_places_are_paid_their_retainer),
        cmocka_unit_test(setting_up_and_starting_cost_once_for_each),
        cmocka_unit_test(an_own_price_outlives_a_change_of_status),
        cmocka_unit_test(needs_of_starters_are_drawn_by_their_shares),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
