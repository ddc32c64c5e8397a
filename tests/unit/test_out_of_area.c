/* out_of_area.csv: shares in, place-days out of area out. */
#include "pc_test.h"

#include <math.h>

#include "made_forecast.h"
#include "placecast/out_of_area.h"
#include "placecast/report.h"
#include "placecast/scenario.h"

#define HEADER "category,year,definition,share\n"

static pc_status load_text(const char *text, pc_out_of_area *out, pc_diagnostics *diagnostics)
{
    char *folder = pc_test_folder(), *path = pc_test_path(folder, "out_of_area.csv");
    pc_status status;

    pc_test_write(folder, "out_of_area.csv", text);
    pc_diagnostics_init(diagnostics);
    memset(out, 0xAA, sizeof *out);
    status = pc_out_of_area_load(path, out, diagnostics);
    pc_test_remove(folder);
    free(path);
    free(folder);
    return status;
}

static pc_out_of_area load(const char *text)
{
    pc_diagnostics diagnostics;
    pc_out_of_area table;

    assert_ok(load_text(text, &table, &diagnostics), &diagnostics);
    assert_int_equal(diagnostics.n, 0);
    pc_diagnostics_free(&diagnostics);
    return table;
}

static void a_share_is_its_own_then_that_of_all_then_that_of_another_year(void **state)
{
    pc_out_of_area table = load(HEADER "foster_ifa,2012/13,boundary,0.5\n"
                                       "foster_ifa,2014/15,boundary,0.3\n"
                                       "all,2012/13,boundary,0.2\n"
                                       "all,2013/14,boundary,0.25\n"
                                       "secure,2013/14,20_miles,1\n");
    pc_out_of_area_definition near = PC_OUT_OF_AREA_BOUNDARY, far = PC_OUT_OF_AREA_20_MILES;

    (void)state;
    assert_int_equal(table.n, 5);
    assert_close(pc_out_of_area_share(&table, "foster_ifa", near, 2012), 0.5, 0, 0);
    assert_close(pc_out_of_area_share(&table, "foster_ifa", near, 2013), 0.5, 0, 0); /* the year before */
    assert_close(pc_out_of_area_share(&table, "foster_ifa", near, 2014), 0.3, 0, 0);
    assert_close(pc_out_of_area_share(&table, "foster_ifa", near, 2020), 0.3, 0, 0);
    assert_close(pc_out_of_area_share(&table, "foster_ifa", near, 2009), 0.5, 0, 0); /* the first after */
    assert_close(pc_out_of_area_share(&table, "kinship", near, 2013), 0.25, 0, 0);   /* all */
    assert_close(pc_out_of_area_share(&table, "secure", far, 2013), 1, 0, 0);
    assert_true(isnan(pc_out_of_area_share(&table, "kinship", far, 2013)));
    assert_true(pc_out_of_area_given(&table, "foster_ifa", near, 2014));
    assert_false(pc_out_of_area_given(&table, "foster_ifa", near, 2013));
    assert_true(pc_out_of_area_given(&table, "kinship", near, 2013));
    assert_false(pc_out_of_area_given(&table, "kinship", far, 2013));
    assert_true(pc_out_of_area_has(&table, far));
    pc_out_of_area_free(&table);
    assert_false(pc_out_of_area_has(&table, far));
    pc_out_of_area_free(&table);
    pc_out_of_area_free(NULL);
}

static void assert_refused(const char *text, const char *message)
{
    pc_diagnostics diagnostics;
    pc_out_of_area table;

    assert_status(load_text(text, &table, &diagnostics), PC_ERR_INPUT, &diagnostics);
    assert_int_equal(table.n, 0);
    assert_message(&diagnostics, message);
    pc_diagnostics_free(&diagnostics);
}

static void what_is_wrong_with_a_share_is_said_by_row(void **state)
{
    (void)state;
    assert_refused("category,year,share\nsecure,2012/13,0.5\n", ":1: column definition: missing");
    assert_refused(HEADER, "no rows, expected shares by category, year and definition");
    assert_refused(HEADER ",2012/13,boundary,0.5\n", ":2: column category: found nothing");
    assert_refused(HEADER "secure,2012,boundary,0.5\n",
                   ":2: column year: found 2012, expected a financial year such as 2024/25");
    assert_refused(HEADER "secure,2012/13,20 miles,0.5\n",
                   ":2: column definition: found 20 miles, expected boundary or 20_miles");
    assert_refused(HEADER "secure,2012/13,boundary,50\n",
                   ":2: column share: found 50, expected a number from 0 to 1 (50% is 0.5)");
    assert_refused(HEADER "secure,2012/13,boundary,50%\n", ":2: column share: found 50%,");
    assert_refused(HEADER "secure,2012/13,boundary,-0.1\n", ":2: column share: found -0.1,");
    assert_refused(HEADER "secure,2012/13,boundary,nan\n", ":2: column share: found nan,");
    assert_refused(HEADER
                   "secure,2012/13,boundary,0.1\nsecure,2012/13,20_miles,0.1\nsecure,2012/13,boundary,0.2\n",
                   ":4: column year: found 2012/13 again for secure and boundary, expected one row for each: "
                   "row 2 is one");
}

/* A forecast with categories c0, c1 and two years; c0 has 100 + 10c + year + 0.25 place-days on average. */
static char *written(const pc_out_of_area *table, size_t n_la)
{
    char *folder = pc_test_folder(), *text;
    pc_diagnostics diagnostics;
    pc_forecast forecast;

    made_forecast(&forecast, n_la, 2, 2012 * 12 + 1, 4); /* February to May 2012 */
    pc_diagnostics_init(&diagnostics);
    assert_ok(pc_report_out_of_area(1, &forecast, &table, folder, &diagnostics), &diagnostics);
    text = pc_test_read(folder, "out_of_area.csv");
    pc_test_remove(folder);
    free(folder);
    pc_diagnostics_free(&diagnostics);
    made_forecast_free(&forecast);
    return text;
}

static void place_days_out_of_area_are_share_times_place_days(void **state)
{
    pc_out_of_area table = load(HEADER "c0,2011/12,boundary,0.5\nc0,2012/13,boundary,0.25\n"
                                       "c1,2011/12,boundary,0.1\nc1,2011/12,20_miles,1\n");
    char *text = written(&table, 1);

    (void)state;
    assert_string_equal(
        text,
        "scenario,year,definition,measure,category,mean,sd,p025,p05,p10,p25,p50,p75,p90,p95,p975,share\n"
        /* 100.25 x 0.5; quantiles 96 to 104 x 0.5 */
        "Made 1,2011/12,boundary,place_days,c0,50.125,0.75,48,48.5,49,49.5,50,50.5,51,51.5,52,0.5\n"
        "Made 1,2011/12,boundary,place_days,c1,11.025,0.15,10.6,10.7,10.8,10.9,11,11.1,11.2,11.3,11.4,0.1\n"
        "Made 1,2011/12,boundary,place_days,all,61.15,,,,,,,,,,,\n" /* 50.125 + 11.025 */
        /* the average has half a child more than the count of 0.25 */
        "Made 1,2011/12,boundary,children_average,c0,0.375,0.75,-2,-1.5,-1,-0.5,0,0.5,1,1.5,2,0.5\n"
        "Made 1,2011/12,boundary,children_average,c1,1.075,0.15,0.6,0.7,0.8,0.9,1,1.1,1.2,1.3,1.4,0.1\n"
        "Made 1,2011/12,boundary,children_average,all,1.45,,,,,,,,,,,\n"
        "Made 1,2011/12,20_miles,place_days,c1,110.25,1.5,106,107,108,109,110,111,112,113,114,1\n"
        "Made 1,2011/12,20_miles,place_days,all,110.25,,,,,,,,,,,\n"
        "Made 1,2011/12,20_miles,children_average,c1,10.75,1.5,6,7,8,9,10,11,12,13,14,1\n"
        "Made 1,2011/12,20_miles,children_average,all,10.75,,,,,,,,,,,\n"
        "Made "
        "1,2012/13,boundary,place_days,c0,25.3125,0.375,24.25,24.5,24.75,25,25.25,25.5,25.75,26,26.25,0.25\n"
        "Made 1,2012/13,boundary,place_days,c1,11.125,0.15,10.7,10.8,10.9,11,11.1,11.2,11.3,11.4,11.5,0.1\n"
        "Made 1,2012/13,boundary,place_days,all,36.4375,,,,,,,,,,,\n"
        "Made "
        "1,2012/13,boundary,children_average,c0,0.4375,0.375,-0.75,-0.5,-0.25,0,0.25,0.5,0.75,1,1.25,0.25\n"
        "Made 1,2012/13,boundary,children_average,c1,1.175,0.15,0.7,0.8,0.9,1,1.1,1.2,1.3,1.4,1.5,0.1\n"
        "Made 1,2012/13,boundary,children_average,all,1.6125,,,,,,,,,,,\n"
        "Made 1,2012/13,20_miles,place_days,c1,111.25,1.5,107,108,109,110,111,112,113,114,115,1\n"
        "Made 1,2012/13,20_miles,place_days,all,111.25,,,,,,,,,,,\n"
        "Made 1,2012/13,20_miles,children_average,c1,11.75,1.5,7,8,9,10,11,12,13,14,15,1\n"
        "Made 1,2012/13,20_miles,children_average,all,11.75,,,,,,,,,,,\n");
    free(text);
    pc_out_of_area_free(&table);
}

static void one_share_for_all_gives_the_quantiles_of_the_sum(void **state)
{
    pc_out_of_area table = load(HEADER "all,2011/12,boundary,0.5\n");
    char *text = written(&table, 2);

    (void)state;
    assert_non_null(strstr(text, "scenario,la,year,definition,"));
    /* authority B is number 1: 1000 more; the sum has row 20 */
    assert_non_null(strstr(text,
                           "Made 1,B,2011/12,boundary,place_days,all,560.125,0.75,558,558.5,559,559.5,560,"
                           "560.5,561,561.5,562,0.5\n"));
    assert_non_null(strstr(text, "Made 1,all,2012/13,boundary,place_days,c0,1050.625,0.75,"));
    free(text);
    pc_out_of_area_free(&table);
}

static void a_scenario_brings_its_shares_and_says_what_they_lack(void **state)
{
    char *folder = pc_test_folder(), *path = pc_test_path(folder, "x.yaml");
    pc_diagnostics diagnostics;
    pc_scenario scenario;
    pc_codes codes;

    (void)state;
    pc_diagnostics_init(&diagnostics);
    pc_test_write(folder, "x.yaml",
                  "placecast: 1\nname: X\nstart: 2012-01-01\nmonths: 16\ndata: {ssda903: .}\n"
                  "out_of_area: out_of_area.csv\n");
    /* financial years 2011/12 to 2013/14; ten categories */
    pc_test_write(folder, "out_of_area.csv",
                  HEADER "all,2012/13,20_miles,0.2\nall,2013/14,20_miles,0.2\nsecure,2011/12,boundary,1\n"
                         "parents,2011/12,boundary,0\nfoster_iffa,2011/12,boundary,0\n");
    assert_ok(pc_scenario_load(path, NULL, &scenario, &diagnostics), &diagnostics);
    assert_ok(pc_codes_load(NULL, &codes, &diagnostics), &diagnostics);
    assert_int_equal(codes.n_category, 10);
    assert_status(pc_scenario_check_codes(&scenario, &codes, &diagnostics), PC_ERR_INPUT);
    assert_message(&diagnostics,
                   "out_of_area.csv:6: column category: unknown category \"foster_iffa\", did you "
                   "mean \"foster_ifa\"? (or all)");
    assert_message(&diagnostics, "out_of_area.csv: boundary: no share, so left out of the sum: kinship, "
                                 "foster_inhouse, foster_ifa, residential_inhouse,");
    assert_no_message(&diagnostics, "20_miles: no share");
    assert_message(&diagnostics, "boundary: 4 of 6 shares by category and year are not given");
    assert_message(&diagnostics, "20_miles: 10 of 30 shares by category and year are not given");
    pc_scenario_free(&scenario);
    pc_codes_free(&codes);
    pc_test_write(folder, "out_of_area.csv", HEADER "secure,2012,boundary,1\n");
    pc_test_write(folder, "population.csv", "year,age\n");
    pc_test_write(folder, "x.yaml",
                  "placecast: 1\nname: X\nstart: 2012-01-01\nmonths: 16\ndata: {ssda903: .}\n"
                  "out_of_area: out_of_area.csv\npopulation: population.csv\n");
    assert_status(pc_scenario_load(path, NULL, &scenario, &diagnostics), PC_ERR_INPUT);
    assert_message(&diagnostics, "out_of_area.csv:2: column year: found 2012"); /* both tables at once */
    assert_message(&diagnostics, "population.csv:1: column persons: missing");
    pc_diagnostics_free(&diagnostics);
    pc_test_remove(folder);
    free(path);
    free(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_share_is_its_own_then_that_of_all_then_that_of_another_year),
        cmocka_unit_test(what_is_wrong_with_a_share_is_said_by_row),
        cmocka_unit_test(place_days_out_of_area_are_share_times_place_days),
        cmocka_unit_test(one_share_for_all_gives_the_quantiles_of_the_sum),
        cmocka_unit_test(a_scenario_brings_its_shares_and_says_what_they_lack),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
