/* What place-days cost, worked by hand. */
#include "pc_test.h"

#include <math.h>

#include "outcome/money.h"
#include "sim_case.h"
#include "sim_model.h"

/* April 2024 to March 2026, three categories: prices of sim_model_prices (2022/23). The growth into 2023/24
 * is 10% for all; into 2024/25 20% for category 1 and 5% (2% to 11%) for the others; none into 2025/26. */
enum { MONTHS = 24 };

typedef struct money_case {
    hand_plan hand;
    ledger book;
    money of;
} money_case;

static int set_up(void **state)
{
    money_case *self = calloc(1, sizeof *self);

    assert_non_null(self);
    sim_case_make(&self->hand, 3, MONTHS);
    *state = self;
    return 0;
}

static int tear_down(void **state)
{
    money_case *self = *state;

    money_free(&self->of);
    ledger_free(&self->book);
    sim_case_free(&self->hand);
    free(self);
    return 0;
}

static void begin(money_case *self)
{
    assert_ok(ledger_init(&self->book, &self->hand.plan));
    assert_ok(money_init(&self->of, sim_model_prices(), &self->hand.plan));
}

static int64_t pence(const money_case *self, size_t category, size_t month)
{
    return self->of.pence[category * MONTHS + month];
}

/* 1,000 days at 700 a week = 100 a day: 100 x 1.10 x 1.05 = 115.50; category 1: 1000 x 1.10 x 1.20 = 1320. */
static void prices_grow_by_financial_year_and_a_row_of_its_own_comes_first(void **state)
{
    money_case *self = *state;

    begin(self);
    for (size_t category = 0; category < 3; category++) {
        *ledger_at(&self->book, LEDGER_DAYS, category, 0) = 1000;  /* April 2024 */
        *ledger_at(&self->book, LEDGER_DAYS, category, 12) = 1000; /* April 2025: no growth given */
    }
    money_draw(&self->of, 0);
    assert_ok(money_fill(&self->of, &self->book, NULL));
    assert_int_equal(pence(self, 0, 0), 11550000);
    assert_int_equal(pence(self, 1, 0), 132000000);
    assert_int_equal(pence(self, 2, 0), 0); /* no price: costs nothing */
    assert_int_equal(pence(self, 0, 12), 11550000);
    assert_int_equal(pence(self, 0, 1), 0);
    money_set_mean(&self->of); /* parameters are certain: the likely growth here too */
    assert_ok(money_fill(&self->of, &self->book, NULL));
    assert_int_equal(pence(self, 0, 0), 11550000);
}

/* Growth of 2%, 5%, 11%: mean 6%. Category 1 has no spread. */
static void uncertain_growth_is_triangular_and_its_mean_is_that_of_the_mean_price(void **state)
{
    enum { N = 4000 };
    money_case *self = *state;
    double sum = 0.0, square = 0.0, mean, variance, least = 1e18, most = 0.0;

    self->hand.plan.parameters = true;
    begin(self);
    *ledger_at(&self->book, LEDGER_DAYS, 0, 0) = 1000000;
    *ledger_at(&self->book, LEDGER_DAYS, 1, 0) = 1000;
    for (uint32_t replicate = 0; replicate < N; replicate++) {
        double growth;

        money_draw(&self->of, replicate);
        assert_ok(money_fill(&self->of, &self->book, NULL));
        assert_int_equal(pence(self, 1, 0), 132000000);
        growth = (double)pence(self, 0, 0) / 11000000000.0 - 1.0;
        sum += growth;
        square += growth * growth;
        least = growth < least ? growth : least;
        most = growth > most ? growth : most;
    }
    mean = sum / N;
    variance = (square - sum * mean) / (N - 1);
    assert_true(least >= 0.02 && most <= 0.11);
    /* Variance of a triangular law: (a^2 + b^2 + c^2 - ab - ac - bc) / 18 = 0.000350. |z| < 5. */
    assert_true(fabs(z_mean(mean, 0.06, sqrt(variance), N)) < 5.0);
    assert_close(variance, (0.0004 + 0.0025 + 0.0121 - 0.001 - 0.0022 - 0.0055) / 18.0, 0.1, 0.0);
    assert_false(fabs(z_mean(mean, 0.05, sqrt(variance), N)) < 5.0); /* the likely growth is not the mean */
    money_set_mean(&self->of);
    assert_ok(money_fill(&self->of, &self->book, NULL));
    assert_int_equal(pence(self, 0, 0), 11660000000);
}

/* A row for all categories is one uncertain number: prices move together. */
static void a_row_for_all_categories_moves_them_together(void **state)
{
    static pc_inflation growth[] = {
        {-1, 2023, 0.0, 0.05, 0.1}, {1, 2024, 0.0, 0.05, 0.1}, {-1, 2024, 0.0, 0.05, 0.1}};
    static double weekly[] = {7.0, 7.0, 7.0};
    static int year[] = {2022, 2023, 2022};
    pc_prices prices = {
        .n_category = 3, .weekly_gbp = weekly, .price_year = year, .n_inflation = 3, .inflation = growth};
    money_case *self = *state;
    size_t same = 0;

    self->hand.plan.parameters = true;
    assert_ok(ledger_init(&self->book, &self->hand.plan));
    assert_ok(money_init(&self->of, &prices, &self->hand.plan));
    for (uint32_t replicate = 0; replicate < 20; replicate++) {
        money_draw(&self->of, replicate);
        assert_close(self->of.pence_a_day[0], self->of.pence_a_day[2 * MONTHS], 0.0, 0.0);
        same += fabs(self->of.pence_a_day[0] - self->of.pence_a_day[MONTHS]) < 1e-9;
    }
    assert_int_equal(same, 0); /* category 1 has a row of its own */
}

/* The same replicate has the same prices whatever was drawn before. */
static void the_price_of_a_replicate_is_a_function_of_its_number(void **state)
{
    money_case *self = *state;
    double first;

    self->hand.plan.parameters = true;
    begin(self);
    money_draw(&self->of, 7);
    first = self->of.pence_a_day[0];
    money_draw(&self->of, 8);
    assert_true(fabs(self->of.pence_a_day[0] - first) > 1e-6);
    money_draw(&self->of, 7);
    assert_close(self->of.pence_a_day[0], first, 0.0, 0.0);
}

/* April has 30 days. Category 1 is a block of 4 places: 5 children to the 10th (day 9 inclusive), 2
 * afterwards. Paid: 10 days x 5 + 20 days x 4 = 130 place-days, though only 90 were used, and 120 were there.
 */
static void a_block_is_paid_for_by_day_filled_or_not(void **state)
{
    money_case *self = *state;
    replicate_workspace workspace;

    for (int child = 0; child < 5; child++) { /* three are 18 on the 11th */
        hand_plan_add_child(&self->hand, PC_STREAM_LOCAL, child < 3 ? 18.0 - 10 / PC_DAYS_PER_YEAR : 10.0, 1,
                            -700.0, -700.0, true);
    }
    sim_case_cap(&self->hand, 1, 4);
    self->hand.plan.capacity[1].block = true;
    assert_ok(replicate_workspace_init(&workspace, &self->hand.plan));
    sim_case_run(&workspace, 0);
    begin(self);
    money_draw(&self->of, 0);
    assert_ok(money_fill(&self->of, &workspace.ledger, workspace.log));
    assert_int_equal(*ledger_at(&workspace.ledger, LEDGER_DAYS, 1, 0), 90);
    assert_int_equal(pence(self, 1, 0), 130 * 132000);
    assert_int_equal(pence(self, 1, 1), 4 * 31 * 132000);
    replicate_workspace_free(&workspace);
}

/* Spot: only the days used are paid for. */
static void without_block_only_the_days_used_are_paid_for(void **state)
{
    money_case *self = *state;
    replicate_workspace workspace;

    hand_plan_add_child(&self->hand, PC_STREAM_LOCAL, 10.0, 1, -700.0, -700.0, true);
    sim_case_cap(&self->hand, 1, 4);
    assert_ok(replicate_workspace_init(&workspace, &self->hand.plan));
    sim_case_run(&workspace, 0);
    begin(self);
    money_draw(&self->of, 0);
    assert_ok(money_fill(&self->of, &workspace.ledger, workspace.log));
    assert_int_equal(pence(self, 1, 0), 30 * 132000);
    replicate_workspace_free(&workspace);
}

/* A block of 4 places from 21 April on: nothing is paid for before but the child who is there. */
static void a_block_that_begins_later_costs_nothing_before(void **state)
{
    money_case *self = *state;
    replicate_workspace workspace;

    hand_plan_add_child(&self->hand, PC_STREAM_LOCAL, 10.0, 1, -700.0, -700.0, true);
    sim_case_cap_from(&self->hand, 1, 20, 4);
    self->hand.plan.capacity[1].block = true;
    assert_ok(replicate_workspace_init(&workspace, &self->hand.plan));
    sim_case_run(&workspace, 0);
    begin(self);
    money_draw(&self->of, 0);
    assert_ok(money_fill(&self->of, &workspace.ledger, workspace.log));
    assert_int_equal(pence(self, 1, 0), (20 + 10 * 4) * 132000);
    replicate_workspace_free(&workspace);
}

int main(void)
{
#define MONEY(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        MONEY(prices_grow_by_financial_year_and_a_row_of_its_own_comes_first),
        MONEY(uncertain_growth_is_triangular_and_its_mean_is_that_of_the_mean_price),
        MONEY(a_row_for_all_categories_moves_them_together),
        MONEY(the_price_of_a_replicate_is_a_function_of_its_number),
        MONEY(a_block_is_paid_for_by_day_filled_or_not),
        MONEY(without_block_only_the_days_used_are_paid_for),
        MONEY(a_block_that_begins_later_costs_nothing_before),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
