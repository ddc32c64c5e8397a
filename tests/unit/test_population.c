/* population.csv, persons on any day, and starts that follow them. */
#include "pc_test.h"

#include "hand_plan.h"
#include "placecast/population.h"
#include "placecast/scenario.h"

static pc_day day(int year, int month, int day_of_month)
{
    return pc_day_from_date((pc_date){.year = year, .month = month, .day = day_of_month});
}

/* Adds a row for each age 0 to 17 of each year: `first` persons in the first year, 10 more in each
 * later one. `suffix` ends each row. */
static void add_years(char *text, size_t size, const char *suffix, int from, int to, int first)
{
    for (int year = from; year <= to; year++) {
        for (int age = 0; age < 18; age++) {
            size_t at = strlen(text);

            snprintf(text + at, size - at, "%d,%d,%d%s\n", year, age, first + 10 * (year - from), suffix);
        }
    }
}

static pc_status load_text(const char *text, pc_population *out, pc_diagnostics *diagnostics)
{
    char *folder = pc_test_folder(), *path = pc_test_path(folder, "population.csv");
    pc_status status;

    pc_test_write(folder, "population.csv", text);
    pc_diagnostics_init(diagnostics);
    memset(out, 0xAA, sizeof *out);
    status = pc_population_load(path, out, diagnostics);
    pc_test_remove(folder);
    free(path);
    free(folder);
    return status;
}

static void a_table_is_read_whatever_the_order_of_rows_and_columns(void **state)
{
    char text[4096] = "persons,age,note,year\n7,90+,x,2012\n";
    pc_diagnostics diagnostics;
    pc_population population;

    (void)state;
    for (int year = 2013; year >= 2012; year--) {
        for (int age = 17; age >= 0; age--) {
            size_t at = strlen(text);

            snprintf(text + at, sizeof text - at, "%d.5,%d,,%d\n", 100 * (year - 2011) + age, age, year);
        }
    }
    assert_ok(load_text(text, &population, &diagnostics), &diagnostics);
    assert_int_equal(population.n_area, 1);
    assert_string_equal(population.area[0].la, "");
    assert_int_equal(population.area[0].n_year, 2);
    assert_int_equal(population.area[0].year[0], 2012);
    assert_int_equal(population.area[0].day[1], day(2013, 6, 30));
    assert_close(population.area[0].persons[3], 103.5, 0, 0);
    assert_close(population.area[0].persons[18 + 17], 217.5, 0, 0);
    assert_int_equal(diagnostics.n, 1); /* the column `note` */
    assert_message(&diagnostics, "population.csv:1: column note: not a column of this table");
    pc_population_free(&population);
    pc_population_free(&population);
    pc_population_free(NULL);
    pc_diagnostics_free(&diagnostics);
}

static void authorities_are_told_apart(void **state)
{
    char text[8192] = "year,age,persons,la\n";
    pc_diagnostics diagnostics;
    pc_population population;

    (void)state;
    add_years(text, sizeof text, ",Leeds", 2012, 2013, 100);
    add_years(text, sizeof text, ",Gateshead", 2010, 2010, 50);
    assert_ok(load_text(text, &population, &diagnostics), &diagnostics);
    assert_int_equal(population.n_area, 2);
    assert_ptr_equal(pc_population_find(&population, "Gateshead"), &population.area[1]);
    assert_int_equal(population.area[1].n_year, 1);
    assert_close(population.area[1].persons[0], 50, 0, 0);
    assert_ptr_equal(pc_population_find(&population, "Leeds"), &population.area[0]);
    assert_null(pc_population_find(&population, "York"));
    assert_null(pc_population_find(&population, "")); /* two, and the returns name none */
    pc_population_free(&population);
    pc_diagnostics_free(&diagnostics);
}

static void one_table_is_everybodys_when_either_side_names_nobody(void **state)
{
    char text[4096] = "year,age,persons\n", named[4096] = "year,age,persons,la\n";
    pc_diagnostics diagnostics;
    pc_population population;

    (void)state;
    add_years(text, sizeof text, "", 2012, 2012, 100);
    assert_ok(load_text(text, &population, &diagnostics), &diagnostics);
    assert_ptr_equal(pc_population_find(&population, "Leeds"), &population.area[0]);
    pc_population_free(&population);
    add_years(named, sizeof named, ",Leeds", 2012, 2012, 100);
    assert_ok(load_text(named, &population, &diagnostics), &diagnostics);
    assert_ptr_equal(pc_population_find(&population, ""), &population.area[0]);
    assert_null(pc_population_find(&population, "York"));
    pc_population_free(&population);
    pc_diagnostics_free(&diagnostics);
}

static void persons_lie_on_a_line_between_mid_years_and_are_held_beyond(void **state)
{
    char text[4096] = "year,age,persons\n";
    pc_diagnostics diagnostics;
    pc_population population;
    const pc_population_area *area;

    (void)state;
    add_years(text, sizeof text, "", 2013, 2014, 1000); /* 1000, then 1010 */
    assert_ok(load_text(text, &population, &diagnostics), &diagnostics);
    area = &population.area[0];
    assert_close(pc_population_on(area, 5, day(2013, 6, 30)), 1000, 1e-15, 0);
    assert_close(pc_population_on(area, 5, day(2014, 6, 30)), 1010, 1e-15, 0);
    /* 73 of 365 days are a fifth of the way */
    assert_close(pc_population_on(area, 5, day(2013, 6, 30) + 73), 1002, 1e-12, 0);
    assert_close(pc_population_on(area, 0, day(1999, 1, 1)), 1000, 0, 0);
    assert_close(pc_population_on(area, 17, day(2030, 1, 1)), 1010, 0, 0);
    /* the mean of a line is its middle: days 0 to 146 of 365 */
    assert_close(pc_population_mean(area, 5, day(2013, 6, 30), day(2013, 6, 30) + 146), 1002, 1e-12, 0);
    pc_population_free(&population);
    pc_diagnostics_free(&diagnostics);
}

static void assert_refused(const char *text, const char *message)
{
    pc_diagnostics diagnostics;
    pc_population population;

    assert_status(load_text(text, &population, &diagnostics), PC_ERR_INPUT, &diagnostics);
    assert_int_equal(population.n_area, 0);
    assert_message(&diagnostics, message);
    pc_diagnostics_free(&diagnostics);
}

static void what_is_wrong_with_a_table_is_said_by_row(void **state)
{
    char missing[4096] = "year,age,persons\n", again[4096] = "year,age,persons\n";
    char *age_17;

    (void)state;
    assert_refused("year,age\n2012,3\n", "population.csv:1: column persons: missing");
    assert_refused("year,age,persons\n", "no rows, expected persons of each age from 0 to 17");
    assert_refused("year,age,persons\n2012,90,3\n", "no rows, expected persons"); /* nobody under 18 */
    assert_refused("year,age,persons\n12,3,100\n",
                   "population.csv:2: column year: found 12, expected a calendar year such as 2012");
    assert_refused("year,age,persons\n2011/12,3,100\n",
                   "found 2011/12, expected a calendar year such as 2012: the figures are those of 30 June");
    assert_refused("year,age,persons\n2012,0-4,100\n",
                   "column age: found 0-4, expected a single year of age such as 0 or 17");
    assert_refused("year,age,persons\n2012,3+,100\n", "column age: found 3+,");
    assert_refused("year,age,persons\n2012,-1,100\n", "column age: found -1,");
    assert_refused("year,age,persons\n2012,3,-100\n",
                   "column persons: found -100, expected a number from 0 to 100000000");
    assert_refused("year,age,persons\n2012,3,\"1,000\"\n", "column persons: found 1,000,");
    assert_refused("year,age,persons\n2012,3,nan\n", "column persons: found nan,");
    assert_refused("year,age,persons,la\n2012,3,100,\n",
                   "population.csv:2: column la: found nothing, expected the name of an authority");
    add_years(missing, sizeof missing, "", 2012, 2012, 100);
    age_17 = strstr(missing, "2012,17");
    *age_17 = '\0';
    assert_refused(missing,
                   "population.csv: year 2012 has no row for age 17, expected every age from 0 to 17");
    add_years(again, sizeof again, "", 2012, 2012, 100);
    strcat(again, "2012,4,3\n");
    assert_refused(again, "population.csv:20: column age: found age 4 of 2012 again, at row 6 already");
}

/* Rates from a window in which there were 1,000 of each age; a year later there are 1,100. */
static void starts_of_local_children_follow_the_population_of_their_age(void **state)
{
    char text[8192] = "year,age,persons\n";
    pc_diagnostics diagnostics;
    pc_population population, none = {0};
    pc_model model = {.n_authority = 1, .window_from = day(2021, 7, 1), .window_to = day(2023, 6, 30)};
    hand_plan hand;
    double expected;

    (void)state;
    add_years(text, sizeof text, "", 2021, 2021, 1000);
    add_years(text, sizeof text, "", 2023, 2023, 1000);
    add_years(text, sizeof text, "", 2024, 2024, 1100);
    assert_ok(load_text(text, &population, &diagnostics), &diagnostics);
    hand_plan_make(&hand, 2, 12); /* from 1 April 2024 */
    hand.plan.model = &model;
    *hand_plan_starts(&hand, PC_STREAM_LOCAL, 4) = 36.525;
    *hand_plan_starts(&hand, PC_STREAM_UASC, 4) = 36.525;
    assert_ok(plan_follow_population(&hand.plan, "Leeds", &none));
    assert_close(plan_starts_per_day(&hand.plan, 0, PC_STREAM_LOCAL, 4), 0.1, 1e-15, 0);
    assert_ok(plan_follow_population(&hand.plan, "Leeds", &population));
    /* The middle of April, 14.5 days after the 1st, which is 276 days after 30 June 2023, of 366. */
    expected = 0.1 * (1000.0 + 100.0 * (276 + 14.5) / 366.0) / 1000.0;
    assert_close(plan_starts_per_day(&hand.plan, 0, PC_STREAM_LOCAL, 4), expected, 1e-12, 0);
    assert_close(plan_starts_per_day(&hand.plan, 3, PC_STREAM_LOCAL, 4), 0.11, 1e-12, 0); /* July: held */
    assert_close(plan_starts_per_day(&hand.plan, 3, PC_STREAM_UASC, 4), 0.1, 1e-15, 0);
    hand_plan_free(&hand);
    pc_population_free(&population);
    pc_diagnostics_free(&diagnostics);
}

static void starts_at_an_age_that_nobody_had_stay_as_they_are(void **state)
{
    char text[8192] = "year,age,persons\n";
    pc_diagnostics diagnostics;
    pc_population population;
    pc_model model = {.n_authority = 1, .window_from = day(2021, 7, 1), .window_to = day(2023, 6, 30)};
    pc_scenario scenario = {.start = day(2024, 4, 1), .months = 3};
    hand_plan hand;

    (void)state;
    add_years(text, sizeof text, "", 2021, 2023, 0);
    add_years(text, sizeof text, "", 2024, 2024, 50);
    memcpy(strstr(text, "2022,9,10"), "2022,9,00", 9);
    memcpy(strstr(text, "2023,9,20"), "2023,9,00", 9);
    assert_ok(load_text(text, &population, &diagnostics), &diagnostics);
    hand_plan_make(&hand, 2, 3);
    hand.plan.model = &model;
    *hand_plan_starts(&hand, PC_STREAM_LOCAL, 9) = 36.525;
    assert_ok(plan_follow_population(&hand.plan, "", &population));
    assert_close(plan_starts_per_day(&hand.plan, 0, PC_STREAM_LOCAL, 9), 0.1, 1e-15, 0);
    scenario.population_table = population;
    model.authority = &(pc_authority_model){.la = (char[]){""}};
    assert_ok(plan_check_population(&model, &scenario, &diagnostics), &diagnostics);
    assert_int_equal(diagnostics.n, 1);
    assert_message(&diagnostics, "nobody of age 9 in the fit's window: starts at that age stay as they are");
    hand_plan_free(&hand);
    pc_population_free(&population);
    pc_diagnostics_free(&diagnostics);
}

static void what_the_population_does_not_tell_is_said(void **state)
{
    char text[8192] = "year,age,persons,la\n", one[4096] = "year,age,persons\n";
    pc_diagnostics diagnostics;
    pc_population population;
    pc_authority_model authority[3] = {
        {.la = (char[]){"Leeds"}}, {.la = (char[]){"York"}}, {.la = (char[]){"Hull"}}};
    pc_model model = {.n_authority = 2,
                      .authority = authority,
                      .window_from = day(2021, 7, 1),
                      .window_to = day(2024, 3, 31)};
    pc_scenario scenario = {.start = day(2024, 4, 1), .months = 12};

    (void)state;
    add_years(text, sizeof text, ",Leeds", 2022, 2025, 100);
    add_years(text, sizeof text, ",York", 2021, 2024, 100);
    assert_ok(load_text(text, &population, &diagnostics), &diagnostics);
    scenario.population_table = population;
    assert_ok(plan_check_population(&model, &scenario, &diagnostics), &diagnostics);
    assert_int_equal(diagnostics.n, 2);
    assert_int_equal(diagnostics.count[PC_ASSUMPTION], 2);
    assert_message(&diagnostics,
                   "Leeds: population before 30 June 2022, the first in the table, is taken to be");
    assert_message(&diagnostics,
                   "York: population after 30 June 2024, the last in the table, is taken to be");
    model.n_authority = 3;
    assert_status(plan_check_population(&model, &scenario, &diagnostics), PC_ERR_INPUT);
    assert_message(&diagnostics, "column la: no rows for Hull, expected every authority");
    authority[0].la = (char[]){""};
    model.n_authority = 1;
    assert_status(plan_check_population(&model, &scenario, &diagnostics), PC_ERR_INPUT);
    assert_message(&diagnostics, "found 2 authorities, but the returns name none: expected the rows of one");
    pc_population_free(&population);
    pc_diagnostics_free(&diagnostics);
    /* A table without names serves all, and that is said. */
    add_years(one, sizeof one, "", 2021, 2025, 100);
    assert_ok(load_text(one, &population, &diagnostics), &diagnostics);
    scenario.population_table = population;
    authority[0].la = (char[]){"Leeds"};
    model.n_authority = 3;
    assert_ok(plan_check_population(&model, &scenario, &diagnostics), &diagnostics);
    assert_int_equal(diagnostics.n, 1);
    assert_message(&diagnostics, "one table for all 3 authorities: the starts of each grow with it");
    pc_population_free(&population);
    pc_diagnostics_free(&diagnostics);
}

static void a_scenario_brings_its_population(void **state)
{
    char *folder = pc_test_folder(), *path = pc_test_path(folder, "x.yaml");
    char text[4096] = "year,age,persons\n";
    pc_diagnostics diagnostics;
    pc_scenario scenario;

    (void)state;
    pc_diagnostics_init(&diagnostics);
    pc_test_write(folder, "x.yaml",
                  "placecast: 1\nname: X\nstart: 2012-04-01\nmonths: 12\ndata: {ssda903: .}\n"
                  "population: population.csv\n");
    add_years(text, sizeof text, "", 2012, 2012, 100);
    pc_test_write(folder, "population.csv", text);
    assert_ok(pc_scenario_load(path, NULL, &scenario, &diagnostics), &diagnostics);
    assert_int_equal(scenario.population_table.n_area, 1);
    assert_string_equal(scenario.population_table.file, scenario.population);
    pc_scenario_free(&scenario);
    assert_int_equal(scenario.population_table.n_area, 0);
    /* Its problems stand beside those of the scenario. */
    pc_test_write(folder, "population.csv", "year,age,persons\n2012,x,100\n");
    pc_test_write(folder, "x.yaml",
                  "placecast: 1\nname: X\nstart: 2012-04-01\nmonths: 0\ndata: {ssda903: .}\n"
                  "population: population.csv\n");
    assert_status(pc_scenario_load(path, NULL, &scenario, &diagnostics), PC_ERR_INPUT);
    assert_message(&diagnostics, "x.yaml:4:9: months: found 0");
    assert_message(&diagnostics, "population.csv:2: column age: found x");
    assert_null(scenario.name);
    pc_diagnostics_free(&diagnostics);
    pc_test_remove(folder);
    free(path);
    free(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_table_is_read_whatever_the_order_of_rows_and_columns),
        cmocka_unit_test(authorities_are_told_apart),
        cmocka_unit_test(one_table_is_everybodys_when_either_side_names_nobody),
        cmocka_unit_test(persons_lie_on_a_line_between_mid_years_and_are_held_beyond),
        cmocka_unit_test(what_is_wrong_with_a_table_is_said_by_row),
        cmocka_unit_test(starts_of_local_children_follow_the_population_of_their_age),
        cmocka_unit_test(starts_at_an_age_that_nobody_had_stay_as_they_are),
        cmocka_unit_test(what_the_population_does_not_tell_is_said),
        cmocka_unit_test(a_scenario_brings_its_population),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
