/* The list of targets in a scenario. What is refused is in tests/data/scenarios/wrong. */
#include "scenario_case.h"

static pc_status load_text(const char *rest, pc_scenario *scenario, pc_diagnostics *diagnostics)
{
    char text[4096];

    snprintf(text, sizeof text,
             "placecast: 1\nname: X\nstart: 2012-01-15\nmonths: 15\ndata: {ssda903: .}\n"
             "capacity: {secure: {places: 4, close: true}}\ncosts: {weekly: x.yaml, income: x.yaml, "
             "inflation: x.yaml}\n%s",
             rest);
    return scenario_case_load(text, 0, NULL, scenario, diagnostics);
}

static void every_key_of_a_target_is_read(void **state)
{
    pc_diagnostics diagnostics;
    pc_scenario scenario;
    const pc_target *target;

    (void)state;
    assert_ok(
        load_text("targets:\n"
                  "  - {measure: children, category: residential_external, by: 2013-03-31, at_most: 14}\n"
                  "  - {name: Carers, measure: place_days, category: foster_inhouse, by: 2012-09-30, "
                  "at_least: 5000.5}\n"
                  "  - {measure: cost_gbp, by: 2013-03-30, at_most: 1250000}\n",
                  &scenario, &diagnostics),
        &diagnostics);
    assert_int_equal(diagnostics.n, 0);
    assert_int_equal(scenario.n_target, 3);
    target = &scenario.target[0];
    assert_string_equal(target->name, "children in residential_external at most 14 by 2013-03-31");
    assert_int_equal(target->measure, PC_MEASURE_CHILDREN);
    assert_string_equal(target->category, "residential_external");
    assert_int_equal(target->by, pc_day_from_date((pc_date){.year = 2013, .month = 3, .day = 31}));
    assert_true(target->at_most);
    assert_close(target->value, 14, 0, 0);
    assert_int_equal(target->line, 9);
    assert_non_null(strstr(target->file, "x.yaml"));
    target = &scenario.target[1];
    assert_string_equal(target->name, "Carers");
    assert_int_equal(target->measure, PC_MEASURE_PLACE_DAYS);
    assert_false(target->at_most);
    assert_close(target->value, 5000.5, 0, 0);
    target = &scenario.target[2];
    assert_string_equal(target->name, "cost_gbp at most 1250000 by 2013-03-30");
    assert_string_equal(target->category, "all");
    pc_scenario_free(&scenario);
    assert_int_equal(scenario.n_target, 0);
    pc_scenario_free(&scenario);
    pc_diagnostics_free(&diagnostics);
}

static void every_measure_of_the_forecast_can_be_a_target(void **state)
{
    (void)state;
    for (int measure = 0; measure < PC_N_MEASURE; measure++) {
        pc_diagnostics diagnostics;
        pc_scenario scenario;
        char text[256];

        snprintf(text, sizeof text, "targets: [{measure: %s, by: 2012-03-31, at_least: 0}]\n",
                 pc_measure_name((pc_measure)measure));
        assert_ok(load_text(text, &scenario, &diagnostics), &diagnostics);
        assert_int_equal(scenario.target[0].measure, measure);
        pc_scenario_free(&scenario);
        pc_diagnostics_free(&diagnostics);
    }
}

static void assert_day(const char *day, bool within)
{
    pc_diagnostics diagnostics;
    pc_scenario scenario;
    char text[256];

    snprintf(text, sizeof text, "targets: [{measure: children, by: %s, at_most: 3}]\n", day);
    if (within) {
        assert_ok(load_text(text, &scenario, &diagnostics), &diagnostics);
    } else {
        assert_status(load_text(text, &scenario, &diagnostics), PC_ERR_INPUT, &diagnostics);
        assert_message(&diagnostics,
                       "expected a day of the forecast after its first month: from 2012-01-31 to "
                       "2013-03-31");
    }
    pc_scenario_free(&scenario);
    pc_diagnostics_free(&diagnostics);
}

static void a_target_lies_between_the_first_month_end_and_the_last(void **state)
{
    (void)state;
    assert_day("2012-01-30", false);
    assert_day("2012-01-31", true);
    assert_day("2012-08-15", true);
    assert_day("2013-03-31", true);
    assert_day("2013-04-01", false);
}

static void targets_are_merged_by_name(void **state)
{
    char *folder = pc_test_folder(), *path = pc_test_path(folder, "best.yaml");
    pc_diagnostics diagnostics;
    pc_scenario scenario;

    (void)state;
    pc_test_write(
        folder, "base.yaml",
        "placecast: 1\nname: B\nstart: 2012-04-01\nmonths: 12\ndata: {ssda903: .}\n"
        "targets:\n  - {name: Homes, measure: children, category: secure, by: 2013-03-31, at_most: 14}\n"
        "  - {name: All, measure: children, by: 2013-03-31, at_most: 600}\n");
    pc_test_write(folder, "best.yaml",
                  "extends: base.yaml\nname: Best\nremove: [All]\n"
                  "targets:\n  - {name: Homes, at_most: 7}\n");
    pc_diagnostics_init(&diagnostics);
    assert_ok(pc_scenario_load(path, NULL, &scenario, &diagnostics), &diagnostics);
    assert_int_equal(scenario.n_target, 1);
    assert_close(scenario.target[0].value, 7, 0, 0);
    assert_string_equal(scenario.target[0].category, "secure");
    pc_scenario_free(&scenario);
    pc_diagnostics_free(&diagnostics);
    pc_test_remove(folder);
    free(path);
    free(folder);
}

static void categories_of_targets_are_checked_against_the_code_map(void **state)
{
    pc_diagnostics diagnostics;
    pc_scenario scenario;
    pc_codes codes;

    (void)state;
    assert_ok(load_text("targets:\n  - {measure: children, category: secre, by: 2013-03-31, at_most: 14}\n"
                        "  - {measure: children, category: all, by: 2013-03-31, at_most: 14}\n",
                        &scenario, &diagnostics),
              &diagnostics);
    assert_ok(pc_codes_load(NULL, &codes, &diagnostics), &diagnostics);
    assert_status(pc_scenario_check_codes(&scenario, &codes, &diagnostics), PC_ERR_INPUT);
    assert_int_equal(diagnostics.n, 1);
    assert_message(&diagnostics, "x.yaml:9:5: targets: unknown category \"secre\", did you mean \"secure\"?");
    pc_scenario_free(&scenario);
    pc_codes_free(&codes);
    pc_diagnostics_free(&diagnostics);
}

static const char *const workforce = "workforce: 1\ncare: {}\n"
                                     "teams: [{name: Help, cases: {children_in_care: 1}, case_load: 15}]\n"
                                     "structures: [{name: now, teams: [{name: Help, posts: 9, cost: 1}]}]\n";

static pc_status load_with(const char *file, const char *rest, pc_scenario *scenario,
                           pc_diagnostics *diagnostics)
{
    const scenario_case_file workforce_file = {"w.yaml", file};
    char text[2048];

    snprintf(text, sizeof text,
             "placecast: 1\nname: X\nstart: 2012-04-01\nmonths: 12\ndata: {ssda903: .}\n%s%s",
             file == NULL ? "" : "workforce: w.yaml\n", rest);
    return scenario_case_load(text, 1, &workforce_file, scenario, diagnostics);
}

static void numbers_of_the_workforce_can_be_targets(void **state)
{
    pc_diagnostics diagnostics;
    pc_scenario scenario;

    (void)state;
    assert_ok(load_with(workforce,
                        "targets:\n  - {measure: case_load, category: Help, by: 2013-03-31, at_most: 15.4}\n"
                        "  - {measure: staff_cost_gbp, by: 2013-03-31, at_most: 2}\n",
                        &scenario, &diagnostics),
              &diagnostics);
    assert_true(scenario.target[0].of_workforce);
    assert_int_equal(scenario.target[0].workload, PC_WORKLOAD_CASE_LOAD);
    assert_string_equal(scenario.target[0].name, "case_load in Help at most 15.4 by 2013-03-31");
    assert_int_equal(scenario.target[1].workload, PC_WORKLOAD_STAFF_COST);
    pc_scenario_free(&scenario);
    pc_diagnostics_free(&diagnostics);
}

static void refused_with(const char *file, const char *rest, const char *message)
{
    pc_diagnostics diagnostics;
    pc_scenario scenario;

    scenario_case_assert_refused(load_with(file, rest, &scenario, &diagnostics), message, &scenario,
                                 &diagnostics);
}

static void a_target_that_the_workforce_cannot_give_is_named(void **state)
{
    (void)state;
    refused_with(NULL, "targets: [{measure: case_load, category: Help, by: 2013-03-31, at_most: 15}]\n",
                 "x.yaml:6:11: targets: found a target for case_load, expected `workforce` as well");
    refused_with(workforce, "targets: [{measure: case_load, by: 2013-03-31, at_most: 15}]\n",
                 "x.yaml:7:11: targets: category: found all, expected for case_load one of: Help");
    refused_with(
        workforce, "targets: [{measure: agency_rate, by: 2013-03-31, at_most: 0.15}]\n",
        "targets: category: found all, expected nothing: the workforce file does not give agency_rate");
    refused_with(workforce,
                 "method: expected\n"
                 "targets: [{measure: open_cases, by: 2013-03-31, at_most: 15}]\n",
                 "targets: found a target for open_cases, expected `method: simulate`");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_key_of_a_target_is_read),
        cmocka_unit_test(every_measure_of_the_forecast_can_be_a_target),
        cmocka_unit_test(a_target_lies_between_the_first_month_end_and_the_last),
        cmocka_unit_test(targets_are_merged_by_name),
        cmocka_unit_test(categories_of_targets_are_checked_against_the_code_map),
        cmocka_unit_test(numbers_of_the_workforce_can_be_targets),
        cmocka_unit_test(a_target_that_the_workforce_cannot_give_is_named),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
