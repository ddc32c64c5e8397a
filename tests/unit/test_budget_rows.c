/* budget.csv, actuals.csv and the list `budget`: what is read, and what is refused by name. */
#include "scenario_case.h"

#define HEADER "year,side,line,kind,amount,confidence,share,holder,replaces\n"

/* A scenario of 2024/25 and 2025/26 with that budget.csv, actuals.csv (NULL: none) and further keys. */
static pc_status load(const char *budget, const char *actuals, const char *more, pc_scenario *scenario,
                      pc_diagnostics *diagnostics)
{
    char text[8192], lines[8192], spent[8192];
    const scenario_case_file file[] = {{"budget.csv", budget == NULL ? NULL : lines},
                                       {"actuals.csv", actuals == NULL ? NULL : spent}};

    snprintf(text, sizeof text,
             "placecast: 1\nname: X\nstart: 2024-10-01\nmonths: 18\ndata: {ssda903: .}\n"
             "costs: {weekly: x.yaml}\n%s%s%s",
             budget == NULL ? "" : "budget: budget.csv\n", actuals == NULL ? "" : "actuals: actuals.csv\n",
             more);
    snprintf(lines, sizeof lines, "%s%s", HEADER, budget == NULL ? "" : budget);
    snprintf(spent, sizeof spent, "year,line,kind,amount,to\n%s", actuals == NULL ? "" : actuals);
    return scenario_case_load(text, 2, file, scenario, diagnostics);
}

static void refused(const char *budget, const char *actuals, const char *more, const char *message)
{
    pc_diagnostics diagnostics;
    pc_scenario scenario;

    assert_status(load(budget, actuals, more, &scenario, &diagnostics), PC_ERR_INPUT, &diagnostics);
    assert_message(&diagnostics, message);
    assert_int_equal(scenario.budget_table.n, 0);
    pc_scenario_free(&scenario);
    pc_diagnostics_free(&diagnostics);
}

static const char *const good = "2024/25,budget,Base,opening,1000000.25,,,,\n"
                                "2024/25,outturn,cost_gbp,modelled,,,,,\n"
                                "2024/25,outturn,Plan,saving,300,0.6,0.5,,Early help\n"
                                "2024/25,outturn,Part,saving,400,,0.25,,\n"
                                "2024/25,outturn,Half,grant,500,0.5,,,\n"
                                ",,Put by,reserve,2000,,,,\n";

static void each_column_is_read(void **state)
{
    pc_diagnostics diagnostics;
    pc_scenario scenario;
    const pc_budget_line *line;

    (void)state;
    assert_ok(load(good, NULL, "", &scenario, &diagnostics), &diagnostics);
    assert_int_equal(scenario.budget_table.n, 6);
    line = scenario.budget_table.line;
    assert_int_equal(line[0].year, 2024);
    assert_int_equal(line[0].side, PC_BUDGET_SIDE_BUDGET);
    assert_int_equal(line[0].kind, PC_BUDGET_OPENING);
    assert_int_equal(line[0].pence, 100000025);
    assert_string_equal(line[0].holder, "");
    assert_int_equal(line[0].row, 2);
    assert_int_equal(line[1].kind, PC_BUDGET_MODELLED);
    assert_string_equal(line[2].replaces, "Early help");
    assert_message(&diagnostics, "Early help is no intervention of this scenario");
    /* Both: in full, or else that part. share alone: that part for certain. confidence alone: or nothing. */
    assert_close(line[2].chance_full, 0.6, 0, 0);
    assert_close(line[2].share, 0.5, 0, 0);
    assert_close(line[3].chance_full, 0.0, 0, 0);
    assert_close(line[3].share, 0.25, 0, 0);
    assert_close(line[4].chance_full, 0.5, 0, 0);
    assert_close(line[4].share, 0.0, 0, 0);
    assert_close(line[1].chance_full, 1.0, 0, 0);
    assert_int_equal(line[5].kind, PC_BUDGET_RESERVE);
    assert_int_equal(line[5].year, 0);
    pc_scenario_free(&scenario);
    assert_int_equal(scenario.budget_table.n, 0);
    pc_diagnostics_free(&diagnostics);
}

/* Savings are taken off on both sides, grants added to the budget and taken off what is spent. */
static void kinds_have_their_signs(void **state)
{
    static const struct {
        pc_budget_side side;
        pc_budget_kind kind;
        int64_t effect;
    } each[] = {{PC_BUDGET_SIDE_BUDGET, PC_BUDGET_OPENING, 700},
                {PC_BUDGET_SIDE_BUDGET, PC_BUDGET_GROWTH, 700},
                {PC_BUDGET_SIDE_BUDGET, PC_BUDGET_SAVING, -700},
                {PC_BUDGET_SIDE_BUDGET, PC_BUDGET_GRANT, 700},
                {PC_BUDGET_SIDE_BUDGET, PC_BUDGET_INFLATION, 700},
                {PC_BUDGET_SIDE_OUTTURN, PC_BUDGET_PRESSURE, 700},
                {PC_BUDGET_SIDE_OUTTURN, PC_BUDGET_SAVING, -700},
                {PC_BUDGET_SIDE_OUTTURN, PC_BUDGET_GRANT, -700},
                {PC_BUDGET_SIDE_OUTTURN, PC_BUDGET_GROWTH, 700},
                {PC_BUDGET_SIDE_BUDGET, PC_BUDGET_RESERVE, 0},
                {PC_BUDGET_SIDE_OUTTURN, PC_BUDGET_CLOSING_STATED, 0},
                {PC_BUDGET_SIDE_OUTTURN, PC_BUDGET_GAP_STATED, 0}};

    (void)state;
    for (size_t at = 0; at < sizeof each / sizeof each[0]; at++) {
        pc_budget_line line = {.side = each[at].side, .kind = each[at].kind, .pence = 700};

        assert_int_equal(pc_budget_effect(&line), each[at].effect);
    }
}

static void wrong_cells_are_named_by_row_and_column(void **state)
{
    (void)state;
    refused("2024,budget,Base,opening,1,,,,\n", NULL, "",
            "budget.csv:2: column year: found 2024, expected a financial year such as 2024/25");
    refused("2024/25,bugdet,Base,opening,1,,,,\n", NULL, "",
            "column side: found bugdet, expected budget or outturn");
    refused("2024/25,budget,,opening,1,,,,\n", NULL, "",
            "column line: found nothing, expected one line of text");
    refused("2024/25,budget,Base,openning,1,,,,\n", NULL, "",
            "column kind: found openning, expected opening, growth, saving");
    refused("2024/25,budget,Base,opening,\"1,200\",,,,\n", NULL, "",
            "column amount: found 1,200, expected pounds");
    refused("2024/25,budget,Base,opening,1.005,,,,\n", NULL, "", "column amount: found 1.005");
    refused("2024/25,budget,Base,opening,nan,,,,\n", NULL, "", "column amount: found nan");
    refused("2024/25,budget,Base,opening,20000000000,,,,\n", NULL, "", "column amount: found 20000000000");
    refused("2024/25,budget,Base,opening,,,,,\n", NULL, "", "column amount: found nothing");
    refused("2024/25,outturn,Plan,saving,-5,,,,\n", NULL, "",
            "column amount: found -5, expected a saving without a minus");
    refused("2024/25,outturn,Plan,saving,5,60,,,\n", NULL, "",
            "column confidence: found 60, expected a number from 0 to 1 (60% is 0.6)");
    refused("2024/25,outturn,Plan,saving,5,nan,,,\n", NULL, "", "column confidence: found nan");
    refused("2024/25,outturn,Plan,saving,5,,1.5,,\n", NULL, "", "column share: found 1.5");
    refused("2024/25,outturn,Base,opening,5,0.5,,,\n", NULL, "",
            "column confidence: found 0.5, expected it blank with kind opening");
    refused("2024/25,budget,cost_gbp,modelled,,,,,\n", NULL, "",
            "column side: found budget with kind modelled, expected outturn");
    refused("2024/25,outturn,cost_gbp,modelled,7,,,,\n", NULL, "",
            "column amount: found 7, expected it blank with kind modelled");
    refused("2024/25,,Put by,reserve,7,,,,\n", NULL, "",
            "column year: found 2024/25, expected it blank: a reserve");
    refused("2024/25,budget,Base,opening,1,,,all,\n", NULL, "",
            "column holder: found all, expected the name");
    refused("", NULL, "", "no rows, expected budget lines by year");
}

static void lines_that_do_not_go_together_are_named(void **state)
{
    (void)state;
    refused("2024/25,budget,Bid,growth,1,,,,\n", NULL, "",
            "column kind: the budget of 2024/25 (without a holder) has no opening, nor has a year before it");
    refused("2024/25,budget,A,opening,1,,,,\n2024/25,budget,B,opening,1,,,,\n", NULL, "",
            "budget.csv:3: column kind: found opening again for that year, side and holder, expected it "
            "once: row 2");
    refused("2024/25,budget,A,opening,1,,,,\n2024/25,outturn,Plan,saving,1,,,,\n", NULL, "",
            "has neither a line of kind opening nor one of kind modelled");
    refused("2030/31,budget,A,opening,1,,,,\n", NULL, "",
            "no line is of a year of the forecast: expected years from");
    refused("2024/25,budget,A,opening,1,,,Homes,\n2024/25,budget,A,opening,1,,,Foster,\n", NULL, "",
            "the outturn of 2024/25 (Homes) has no lines: with several holders");
    refused("2024/25,budget,A,opening,1,,,,\n2024/25,outturn,cost_gbp,modelled,,,,,\n"
            "2024/25,outturn,Plan,saving,1,,,,Early help\n",
            NULL,
            "method: expected\ninterventions:\n  - {name: Early help, kind: price, category: secure, effect: "
            "-0.1}\n",
            "column replaces: needs `method: simulate`");
}

static void without_prices_nothing_can_be_modelled(void **state)
{
    char *folder = pc_test_folder(), *path = pc_test_path(folder, "x.yaml");
    pc_diagnostics diagnostics;
    pc_scenario scenario;

    (void)state;
    pc_test_write(folder, "x.yaml",
                  "placecast: 1\nname: X\nstart: 2024-04-01\nmonths: 24\ndata: {ssda903: .}\nbudget:\n"
                  "  - {year: 2024/25, side: budget, line: Base, kind: opening, amount: 5}\n"
                  "  - {year: 2025/26, side: budget, line: Base, kind: opening, amount: 5}\n"
                  "  - {year: 2025/26, side: outturn, line: cost_gbp, kind: modelled}\n");
    pc_diagnostics_init(&diagnostics);
    assert_status(pc_scenario_load(path, NULL, &scenario, &diagnostics), PC_ERR_INPUT);
    assert_message(&diagnostics, "x.yaml:7:5: there is nothing to compare the budget of 2024/25 with");
    assert_message(&diagnostics, "x.yaml:9:5: found modelled, expected `costs: {weekly: FILE}`");
    pc_diagnostics_free(&diagnostics);
    pc_test_remove(folder);
    free(path);
    free(folder);
}

static void a_list_in_the_scenario_is_read_as_the_file_is(void **state)
{
    static const char *const more =
        "budget:\n"
        "  - {year: 2024/25, side: budget, line: Base, kind: opening, amount: 1000000.25}\n"
        "  - {year: 2025/26, side: outturn, line: secure, kind: modelled, holder: Homes}\n"
        "  - {year: 2025/26, side: outturn, line: Plan, kind: saving, amount: 40, confidence: 0.6, holder: "
        "Homes}\n";
    pc_diagnostics diagnostics;
    pc_scenario scenario;

    (void)state;
    assert_ok(load(NULL, NULL, more, &scenario, &diagnostics), &diagnostics);
    assert_int_equal(scenario.budget_table.n, 3);
    assert_int_equal(scenario.budget_table.line[0].pence, 100000025);
    assert_int_equal(scenario.budget_table.line[0].row, 8);
    assert_string_equal(scenario.budget_table.line[1].holder, "Homes");
    assert_close(scenario.budget_table.line[2].chance_full, 0.6, 0, 0);
    assert_non_null(strstr(scenario.budget_table.file, "x.yaml"));
    pc_scenario_free(&scenario);
    pc_diagnostics_free(&diagnostics);
    refused(NULL, NULL,
            "budget:\n  - {year: 2024/25, side: budget, line: Base, kind: opening, amount: many}\n",
            "x.yaml:8:70: budget.1.amount: found many, expected pounds");
    refused(NULL, NULL, "budget:\n  - {year: 2024/25, sides: budget, line: Base, kind: opening, amount: 4}\n",
            "unknown key \"sides\", did you mean \"side\"?");
    refused(NULL, NULL, "budget:\n  - 7\n", "budget.1: found 7, expected keys and values");
    refused(NULL, NULL, "budget: []\n",
            "budget: found an empty list, expected the path of a file, or a list of lines");
    refused(NULL, NULL, "budget: {a: 1}\n", "budget: found keys and values, expected the path of a file");
    refused(NULL, NULL, "budget: nowhere.csv\n", "nowhere.csv");
}

static void what_acts_on_the_outturn_only_is_said_of_a_budget_line(void **state)
{
    pc_diagnostics diagnostics;
    pc_scenario scenario;

    (void)state;
    assert_ok(load("2024/25,budget,A,opening,9,,,,\n2024/25,budget,Plan,saving,1,0.5,,,\n", NULL, "",
                   &scenario, &diagnostics),
              &diagnostics);
    assert_message(&diagnostics,
                   "budget.csv:3: column confidence: has no effect: a line of the budget counts in full");
    assert_close(scenario.budget_table.line[1].chance_full, 1.0, 0, 0);
    pc_scenario_free(&scenario);
    pc_diagnostics_free(&diagnostics);
}

static void spend_to_date_belongs_to_a_line_and_ends_where_the_forecast_goes_on(void **state)
{
    pc_diagnostics diagnostics;
    pc_scenario scenario;

    (void)state;
    assert_ok(load(good, "2024/25,cost_gbp,modelled,400000.5,30/09/2024\n", "", &scenario, &diagnostics),
              &diagnostics);
    assert_int_equal(scenario.actuals_table.n, 1);
    assert_int_equal(scenario.actuals_table.row[0].pence, 40000050);
    pc_scenario_free(&scenario);
    pc_diagnostics_free(&diagnostics);
    assert_ok(load(good, "2024/25,cost_gbp,modelled,400000.5,31/12/2024\n", "", &scenario, &diagnostics),
              &diagnostics);
    pc_scenario_free(&scenario);
    pc_diagnostics_free(&diagnostics);
    refused(good, "2024/25,cost_gbp,modelled,4,31/08/2024\n", "",
            "actuals.csv:2: column to: found 2024-08-31: nothing is known of the days from then");
    refused(good, "2024/25,cost_gbp,modelled,4,2024-12-30\n", "", "or a month end up to 2026-03-31");
    refused(good, "2024/25,cost_gbp,modelled,4,2025-09-30\n", "",
            "column to: found 2025-09-30, expected a day of that year, from 2024-04-01 to 2025-03-31");
    refused(good, "2024/25,cost_gbp,modelled,4,30/09/2024\n2024/25,cost_gbp,modelled,4,30/09/2024\n", "",
            "found cost_gbp again");
    refused(good, "2024/25,secure,modelled,4,30/09/2024\n", "",
            "secure of kind modelled is no line of that year's outturn");
    refused(good, "2024/25,Plan,saving,4,30/09/2024\n", "", "has no row for cost_gbp of kind modelled");
    refused(good, "2024/25,Base,closing_stated,4,30/09/2024\n", "", "expected the kind of an outturn line");
    refused(good, "2024/25,cost_gbp,modelled,four,30/09/2024\n", "", "column amount: found four");
    refused(good, "2024/25,cost_gbp,modelled,4,31/09/2024\n", "", "column to: found 31/09/2024");
    refused(NULL, "2024/25,cost_gbp,modelled,4,30/09/2024\n", "", "actuals: found it without `budget`");
}

static void modelled_lines_name_a_category_or_a_cost(void **state)
{
    pc_diagnostics diagnostics;
    pc_scenario scenario;
    pc_codes codes;

    (void)state;
    assert_ok(load("2024/25,budget,A,opening,9,,,,\n2024/25,outturn,secre,modelled,,,,,\n"
                   "2024/25,outturn,children,modelled,,,,,\n2024/25,outturn,cost_gbp,modelled,,,,,\n",
                   NULL, "", &scenario, &diagnostics),
              &diagnostics);
    assert_ok(pc_codes_load(NULL, &codes, &diagnostics), &diagnostics);
    assert_status(pc_scenario_check_codes(&scenario, &codes, &diagnostics), PC_ERR_INPUT);
    assert_message(&diagnostics,
                   "budget.csv:3: column line: found secre with kind modelled, expected cost_gbp or a "
                   "placement category: did you mean \"secure\"?");
    assert_message(&diagnostics, "budget.csv:4: column line: found children with kind modelled");
    assert_int_equal(diagnostics.count[PC_ERROR], 2);
    pc_scenario_free(&scenario);
    pc_codes_free(&codes);
    pc_diagnostics_free(&diagnostics);
}

static void staff_cost_needs_a_workforce_that_gives_it_and_a_simulation(void **state)
{
    const char *const lines =
        "2024/25,budget,Base,opening,1,,,,\n2024/25,outturn,staff_cost_gbp,modelled,,,,,\n";
    const char *const team = "2024/25,budget,Base,opening,1,,,,\n"
                             "2024/25,outturn,staff_cost_gbp Nobody,modelled,,,,,\n";

    (void)state;
    refused(
        lines, NULL, "",
        "budget.csv:3: column line: found staff_cost_gbp, expected a cost that the scenario has: it has no "
        "`workforce`");
    refused(lines, NULL, "workforce: x.yaml\n", "x.yaml:1:1: unknown key \"placecast\"");
    refused(lines, NULL, "method: expected\n",
            "budget.csv:3: column line: needs `method: simulate`: staff_cost_gbp is not followed without");
    refused(team, NULL, "", "found staff_cost_gbp Nobody, expected a cost that the scenario has");
}

static void what_a_programme_costs_needs_one_with_a_cost(void **state)
{
    const char *const lines =
        "2024/25,budget,Base,opening,1,,,,\n2024/25,outturn,programme_cost_gbp,modelled,,,,,\n";
    const char *const named = "2024/25,budget,Base,opening,1,,,,\n"
                              "2024/25,outturn,programme_cost_gbp Early help,modelled,,,,,\n";
    const char *const help =
        "interventions: [{name: Help, kind: prevent, ages: 0-5, effect: 0.1, cost: {annual: 5}}]\n";

    (void)state;
    refused(lines, NULL, "",
            "budget.csv:3: column line: found programme_cost_gbp, expected an intervention with a `cost`");
    refused(named, NULL, help,
            "found programme_cost_gbp Early help, expected that intervention with a `cost`");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_column_is_read),
        cmocka_unit_test(kinds_have_their_signs),
        cmocka_unit_test(wrong_cells_are_named_by_row_and_column),
        cmocka_unit_test(lines_that_do_not_go_together_are_named),
        cmocka_unit_test(without_prices_nothing_can_be_modelled),
        cmocka_unit_test(a_list_in_the_scenario_is_read_as_the_file_is),
        cmocka_unit_test(what_acts_on_the_outturn_only_is_said_of_a_budget_line),
        cmocka_unit_test(spend_to_date_belongs_to_a_line_and_ends_where_the_forecast_goes_on),
        cmocka_unit_test(modelled_lines_name_a_category_or_a_cost),
        cmocka_unit_test(staff_cost_needs_a_workforce_that_gives_it_and_a_simulation),
        cmocka_unit_test(what_a_programme_costs_needs_one_with_a_cost),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
