/* Small public calls: names as they stand in files, their ranges, levels, lookups, calls on what is empty. */
#include <math.h>

#include "pc_test.h"
#include "placecast/backtest.h"
#include "placecast/budget.h"
#include "placecast/establishment.h"
#include "placecast/invest.h"
#include "placecast/mtfs.h"
#include "placecast/out_of_area.h"
#include "placecast/prices.h"
#include "placecast/report.h"
#include "placecast/target.h"
#include "placecast/workforce.h"
#include "placecast/workload.h"

static void names_are_those_of_the_files(void **state)
{
    (void)state;
    assert_string_equal(pc_stream_name(PC_STREAM_LOCAL), "local");
    assert_string_equal(pc_stream_name(PC_STREAM_UASC), "uasc");
    assert_string_equal(pc_age_band_name(0), "0");
    assert_string_equal(pc_age_band_name(PC_N_AGE_BAND - 1), "16-17");
    assert_string_equal(pc_alone_measure_name(PC_ALONE_RESIDENTIAL), "children_residential");
    assert_string_equal(pc_budget_kind_name(PC_BUDGET_CLOSING_STATED), "closing_stated");
    assert_string_equal(pc_budget_side_name(PC_BUDGET_SIDE_OUTTURN), "outturn");
    assert_string_equal(pc_case_kind_name(PC_CASE_CARE_LEAVERS), "care_leavers");
    assert_string_equal(pc_invest_measure_name(PC_INVEST_NET), "net_saving_gbp");
    assert_string_equal(pc_out_of_area_name(PC_OUT_OF_AREA_20_MILES), "20_miles");
    assert_string_equal(pc_process_name(PC_PROCESS_REVIEW), "review");
    assert_string_equal(pc_verdict_name(PC_AGREES), "agrees");
    assert_string_equal(pc_verdict_name(PC_N_VERDICT), "");
}

static void a_target_is_named_after_its_measure(void **state)
{
    pc_target of_children = {.measure = PC_MEASURE_CHILDREN};
    pc_target of_posts = {.of_workforce = true, .workload = PC_WORKLOAD_NEEDED};

    (void)state;
    assert_string_equal(pc_target_measure_name(&of_children), "children");
    assert_string_equal(pc_target_measure_name(&of_posts), "posts_needed");
}

static void a_provider_code_is_pr_and_a_digit(void **state)
{
    (void)state;
    assert_int_equal(pc_provider_number("PR0"), 0);
    assert_int_equal(pc_provider_number("pr5"), 5);
    assert_int_equal(pc_provider_number("PR9"), -1);
    assert_int_equal(pc_provider_number("PR11"), -1);
    assert_int_equal(pc_provider_number("P"), -1);
    assert_int_equal(pc_provider_number(""), -1);
}

static void measures_of_work_say_what_they_are(void **state)
{
    (void)state;
    assert_true(pc_workload_is_money(PC_WORKLOAD_STAFF_COST));
    assert_false(pc_workload_is_money(PC_WORKLOAD_OPEN));
    assert_true(pc_workload_sums(PC_WORKLOAD_NEW));
    assert_false(pc_workload_sums(PC_WORKLOAD_OPEN));
    assert_int_equal(pc_workload_unit(PC_WORKLOAD_OPEN), 1);
    assert_int_equal(pc_workload_unit(PC_WORKLOAD_NEEDED), 100);
    assert_int_equal(pc_workload_decimals(PC_WORKLOAD_NEEDED), 2);
    assert_int_equal(pc_workload_decimals(PC_WORKLOAD_OPEN), 0);
    assert_true(pc_workload_counts_months(PC_WORKLOAD_OVER_TARGET));
    assert_false(pc_workload_counts_months(PC_WORKLOAD_OPEN));
}

static void levels_and_horizons_are_those_of_the_headers(void **state)
{
    static const int months[] = {3, 6, 12, 24, 36};

    (void)state;
    assert_memory_equal(pc_backtest_horizon, months, sizeof months);
    assert_close(pc_confidence_level[0], 0.5, 0, 0);
    assert_close(pc_confidence_level[1], 0.8, 0, 0);
    assert_close(pc_confidence_level[2], 0.9, 0, 0);
}

static void outturn_belongs_to_its_year_and_holder(void **state)
{
    char social[] = "social care", other[] = "health";
    pc_budget_line line[] = {
        {.year = 2022, .side = PC_BUDGET_SIDE_OUTTURN, .kind = PC_BUDGET_OPENING, .holder = social},
        {.year = 2023, .side = PC_BUDGET_SIDE_BUDGET, .kind = PC_BUDGET_OPENING, .holder = social},
        {.year = 2024, .side = PC_BUDGET_SIDE_OUTTURN, .kind = PC_BUDGET_CLOSING_STATED, .holder = social}};
    pc_budget budget = {.n = 3, .line = line};

    (void)state;
    assert_true(pc_budget_has_outturn(&budget, 2022, social));
    assert_false(pc_budget_has_outturn(&budget, 2022, other));
    assert_false(pc_budget_has_outturn(&budget, 2023, social)); /* the budget's side */
    assert_false(pc_budget_has_outturn(&budget, 2024, social)); /* stated is compared, never used */
}

/* The row that says most counts: a year of its own, then a stream, then a category. */
static void income_is_that_of_the_row_that_says_most(void **state)
{
    pc_income row[] = {
        {.source = 1, .kind = PC_INCOME_PER_NIGHT, .category = -1, .stream = -1, .amount = 10},
        {.source = 1, .kind = PC_INCOME_PER_NIGHT, .category = -1, .stream = 1, .amount = 20},
        {.source = 1, .kind = PC_INCOME_PER_NIGHT, .category = -1, .stream = 1, .year = 2024, .amount = 30},
        {.source = 1, .kind = PC_INCOME_PER_NIGHT, .category = 2, .stream = -1, .amount = 40}};
    pc_prices prices = {.n_income = 4, .income = row};

    (void)state;
    assert_ptr_equal(pc_prices_find_income(&prices, 1, PC_INCOME_PER_NIGHT, 0, 0, 2023), &row[0]);
    assert_ptr_equal(pc_prices_find_income(&prices, 1, PC_INCOME_PER_NIGHT, 0, 1, 2023), &row[1]);
    assert_ptr_equal(pc_prices_find_income(&prices, 1, PC_INCOME_PER_NIGHT, 0, 1, 2024), &row[2]);
    assert_ptr_equal(pc_prices_find_income(&prices, 1, PC_INCOME_PER_NIGHT, 2, 1, 2024), &row[3]);
    assert_null(pc_prices_find_income(&prices, 0, PC_INCOME_PER_NIGHT, 0, 0, 2023));
    assert_null(pc_prices_find_income(&prices, 1, PC_INCOME_GRANT, 0, 0, 2023));
    assert_true(pc_prices_income_by_stream(&prices));
    prices.n_income = 1;
    assert_false(pc_prices_income_by_stream(&prices));
}

static void prices_of_the_past_are_flat(void **state)
{
    pc_prices prices = {.n_income = 0}, flat = pc_prices_flat(&prices);

    (void)state;
    assert_false(pc_prices_need_people(&flat));
    assert_int_equal(flat.n_income, 0);
}

static void what_pays_back_is_asked_for_by_a_cost_or_a_saving(void **state)
{
    pc_intervention with[] = {{.kind = PC_INTERVENTION_PREVENT}};
    pc_scenario scenario = {.n_intervention = 1,
                            .intervention = with,
                            .method = PC_METHOD_SIMULATE,
                            .general_inflation = (double)NAN};

    (void)state;
    assert_false(pc_invest_wanted(&scenario));
    with[0].saving.given = true;
    assert_true(pc_invest_wanted(&scenario));
    scenario.method = PC_METHOD_EXPECTED;
    assert_false(pc_invest_wanted(&scenario));
    assert_close(pc_invest_inflation(&scenario), 0, 0, 0);
    scenario.general_inflation = 0.025;
    assert_close(pc_invest_inflation(&scenario), 0.025, 0, 0);
}

static void a_sentence_tells_how_past_forecasts_did(void **state)
{
    pc_skill_headline headline = {.n = 3, .mape = 0.05, .naive_mape = 0.04, .held_80 = 2};
    char text[PC_SKILL_SENTENCE_SIZE];

    (void)state;
    assert_ptr_equal(pc_skill_sentence(&headline, text), text);
    assert_non_null(strstr(text, "Over 3 past forecasts at 12 months this model missed by 5.0%"));
    assert_non_null(strstr(text, "too few forecasts"));
}

static void an_absent_workforce_file_is_an_error_with_its_name(void **state)
{
    pc_workforce workforce;
    pc_diagnostics said;

    (void)state;
    pc_diagnostics_init(&said);
    assert_status(pc_workforce_load_with("/nowhere/workforce.yaml", NULL, &workforce, &said), PC_ERR_IO,
                  &said);
    assert_message(&said, "/nowhere/workforce.yaml: ");
    pc_workforce_free(&workforce);
    pc_diagnostics_free(&said);
}

static void what_is_empty_may_be_freed_twice(void **state)
{
    pc_invest invest = {0};
    pc_mtfs mtfs = {0};

    (void)state;
    pc_invest_free(NULL);
    pc_invest_free(&invest);
    pc_invest_free(&invest);
    pc_mtfs_free(NULL);
    pc_mtfs_free(&mtfs);
    pc_mtfs_free(&mtfs);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_those_of_the_files),
        cmocka_unit_test(a_target_is_named_after_its_measure),
        cmocka_unit_test(a_provider_code_is_pr_and_a_digit),
        cmocka_unit_test(measures_of_work_say_what_they_are),
        cmocka_unit_test(levels_and_horizons_are_those_of_the_headers),
        cmocka_unit_test(outturn_belongs_to_its_year_and_holder),
        cmocka_unit_test(income_is_that_of_the_row_that_says_most),
        cmocka_unit_test(prices_of_the_past_are_flat),
        cmocka_unit_test(what_pays_back_is_asked_for_by_a_cost_or_a_saving),
        cmocka_unit_test(a_sentence_tells_how_past_forecasts_did),
        cmocka_unit_test(an_absent_workforce_file_is_an_error_with_its_name),
        cmocka_unit_test(what_is_empty_may_be_freed_twice),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
