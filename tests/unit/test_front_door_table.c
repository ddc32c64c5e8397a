/* front_door.csv: published figures of the front door, from the tables of all authorities to stages. */
#include <math.h>

#include "placecast/summary.h"
#include "scenario_case.h"

#define HEADER "year,stage,measure,figure\n"
#define SCENARIO                                                                                             \
    "placecast: 1\nname: X\nstart: 2024-04-01\nmonths: 12\ndata: {ssda903: .}\nfront_door: front_door.csv\n"

static pc_status load(const char *table, const char *workforce, pc_scenario *scenario,
                      pc_diagnostics *diagnostics)
{
    const scenario_case_file file[] = {{"front_door.csv", table}, {"w.yaml", workforce}};

    return scenario_case_load(workforce == NULL ? SCENARIO : SCENARIO "workforce: w.yaml\n", 2, file,
                              scenario, diagnostics);
}

static void refused(const char *table, const char *workforce, const char *message)
{
    pc_diagnostics diagnostics;
    pc_scenario scenario;

    scenario_case_assert_refused(load(table, workforce, &scenario, &diagnostics), message, &scenario,
                                 &diagnostics);
}

/* Leeds in 2023/24 as published (children in need, Department for Education, October 2024); plans as of 2025.
 */
static const char *const leeds = HEADER "2023/24,referrals,new,9914\n"
                                        "2023/24,referrals,returns,2399\n"
                                        "2023/24,children_in_need,new,4397\n"
                                        "2023/24,children_in_need,ended,3249\n"
                                        "2023/24,children_in_need,open,5789\n"
                                        "2023/24,protection_plans,open,634\n"
                                        "2023/24,protection_plans,new,c\n"
                                        "2022/23,protection_plans,new,\n";

static void figures_become_stages_as_they_are_published(void **state)
{
    pc_diagnostics diagnostics;
    pc_scenario scenario;
    const pc_stage *stage;

    (void)state;
    assert_ok(load(leeds, NULL, &scenario, &diagnostics), &diagnostics);
    assert_int_equal(scenario.workforce_plan.n_stage, 2); /* plans: the new ones are kept back */
    stage = scenario.workforce_plan.stage;
    assert_int_equal(stage[0].kind, PC_CASE_REFERRALS);
    assert_close(stage[0].volume.likely, 9914.0, 0.0, 0.0);
    assert_close(stage[0].returns, 2399.0 / 9914.0, 1e-12, 0.0);
    assert_close(stage[0].stay.days, 1.0, 0.0, 0.0);
    assert_int_equal(stage[1].kind, PC_CASE_CHILDREN_IN_NEED);
    assert_close(stage[1].open, 5789.0 - 634.0, 0.0, 0.0);
    /* Little's law: open cases are those who pass in a year times their stay. */
    assert_close(stage[1].stay.days / 365.25 * (4397.0 + 3249.0) / 2.0, 5155.0, 1e-12, 0.0);
    assert_message(&diagnostics, "referrals: 9914 new in 2023/24 as published, 24% of them returns");
    assert_message(&diagnostics, "2 of 8 figures are kept back or not known");
    assert_int_equal(pc_scenario_inputs(&scenario, NULL), 2);
    pc_scenario_free(&scenario);
    pc_diagnostics_free(&diagnostics);
}

/* Changes of the logarithm of +0.1, -0.1, +0.1: variance 0.0133, half of it 0.00667, root 8.16%. */
static void four_years_give_good_and_bad_years(void **state)
{
    char table[512];
    pc_diagnostics diagnostics;
    pc_scenario scenario;
    int n = snprintf(table, sizeof table, HEADER);

    (void)state;
    for (int year = 2020; year < 2024; year++) {
        n += snprintf(table + n, sizeof table - (size_t)n, "%d/%02d,referrals,new,%.0f\n", year,
                      year % 100 + 1, year % 2 == 0 ? 1e6 : 1e6 * exp(0.1));
    }
    assert_ok(load(table, NULL, &scenario, &diagnostics), &diagnostics);
    assert_close(scenario.workforce_plan.stage[0].year_spread, 0.0816, 0.0, 0.0001);
    assert_close(scenario.workforce_plan.stage[0].volume.high, 1e6 * exp(0.1), 1e-6, 0.0);
    pc_scenario_free(&scenario);
    pc_diagnostics_free(&diagnostics);
}

static void a_workforce_file_may_hold_the_cases_of_the_table(void **state)
{
    const char *const holds =
        "workforce: 1\nteams: [{name: Help, cases: {children_in_need: 1}, case_load: 16}]\n";
    pc_diagnostics diagnostics;
    pc_scenario scenario;

    (void)state;
    assert_ok(load(leeds, holds, &scenario, &diagnostics), &diagnostics);
    assert_int_equal(scenario.workforce_plan.n_stage, 2);
    assert_int_equal(scenario.workforce_plan.n_team, 1);
    pc_scenario_free(&scenario);
    pc_diagnostics_free(&diagnostics);
    refused(leeds, "workforce: 1\nteams: [{name: Help, cases: {court_work: 1}, case_load: 16}]\n",
            "found court_work, which `front_door` does not have");
    refused(leeds, "workforce: 1\nfront_door: [{stage: contacts, volume: 9, stay: {days: 1}}]\n",
            "w.yaml:2:13: front_door: found it beside published figures");
}

static void wrong_cells_are_named_by_row_and_column(void **state)
{
    (void)state;
    refused(HEADER "2023/24,referals,new,1\n", NULL,
            "front_door.csv:2: column stage: found referals, expected");
    refused(HEADER "2023/24,referrals,newer,1\n", NULL,
            "front_door.csv:2: column measure: found newer, expected");
    refused(HEADER "2023,referrals,new,1\n", NULL, "front_door.csv:2: column year: found 2023, expected");
    refused(HEADER "2023/24,referrals,new,-1\n", NULL, "front_door.csv:2: column figure: found -1, expected");
    refused(HEADER "2023/24,referrals,new,nan\n", NULL,
            "front_door.csv:2: column figure: found nan, expected");
    refused(HEADER "2023/24,referrals,new,1\n2023/24,referrals,new,2\n", NULL,
            "front_door.csv:3: column figure: found new of referrals in that year again");
    refused("year,stage,measure\n", NULL, "front_door.csv");
    refused(HEADER "2023/24,court_work,new,5\n", NULL, "no stage of it can be followed");
    refused(HEADER "2023/24,referrals,new,c\n", NULL, "no stage of it can be followed");
}

/* A folder with the tables of two authorities; the second year of the second file is a revision. */
static void the_converter_writes_what_is_published_marks_included(void **state)
{
    const char *const top = "time_period,geographic_level,new_la_code,la_name,";
    char *folder = pc_test_folder(), *written, text[1024];
    pc_diagnostics diagnostics;
    size_t n;

    (void)state;
    pc_diagnostics_init(&diagnostics);
    snprintf(text, sizeof text,
             "%sReferrals,Re_referrals\n2024,National,,,621880,139080\n"
             "2024,Local authority,E08000035,Leeds,9914,2399\n2023,Local authority,E08000035,Leeds,c,c\n"
             "2025,Local authority,E08000035,Leeds,1,1\n2024,Local authority,E08000037,Gateshead,1630,270\n",
             top);
    pc_test_write(folder, "c1_children_in_need_referrals_2013_to_2024.csv", text);
    snprintf(text, sizeof text, "%sReferrals,Re_referrals\n2024,Local authority,E08000035,Leeds,9920,c\n",
             top);
    pc_test_write(folder, "c1_children_in_need_referrals_2013_to_2025.csv", text);
    snprintf(text, sizeof text, "%sCPP_At31\n2024,Local authority,E08000035,Leeds,600\n", top);
    pc_test_write(folder, "d5_cpps_at31march_by_duration_2024.csv", text);
    assert_ok(pc_panel_write_front_door(folder, "E08000035", 2024, folder, &n, &diagnostics), &diagnostics);
    assert_int_equal(n, 5);
    written = pc_test_read(folder, "front_door.csv");
    assert_string_equal(written, HEADER "2022/23,referrals,new,c\n2022/23,referrals,returns,c\n"
                                        "2023/24,referrals,new,9920\n2023/24,referrals,returns,2399\n"
                                        "2023/24,protection_plans,open,600\n");
    free(written);
    assert_ok(pc_panel_write_front_door(folder, "E09000002", 2024, folder, &n, &diagnostics), &diagnostics);
    assert_int_equal(n, 0);
    pc_diagnostics_free(&diagnostics);
    pc_test_remove(folder);
    free(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(figures_become_stages_as_they_are_published),
        cmocka_unit_test(four_years_give_good_and_bad_years),
        cmocka_unit_test(a_workforce_file_may_hold_the_cases_of_the_table),
        cmocka_unit_test(wrong_cells_are_named_by_row_and_column),
        cmocka_unit_test(the_converter_writes_what_is_published_marks_included),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
