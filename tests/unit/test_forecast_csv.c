/* forecast.csv, annual.csv and exits.csv of a forecast made by hand. */
#include <math.h>

#include "made_forecast.h"
#include "pc_test.h"
#include "placecast/report.h"

#define STATISTICS "mean,sd,p025,p05,p10,p25,p50,p75,p90,p95,p975"

typedef pc_status (*writer)(const pc_forecast *forecast, const char *folder, pc_diagnostics *diagnostics);

static char *written(const pc_forecast *forecast, writer write, const char *name)
{
    char *folder = pc_test_folder(), *text;
    pc_diagnostics diagnostics;

    pc_diagnostics_init(&diagnostics);
    assert_ok(write(forecast, folder, &diagnostics), &diagnostics);
    text = pc_test_read(folder, name);
    pc_test_remove(folder);
    free(folder);
    pc_diagnostics_free(&diagnostics);
    return text;
}

/* Line `number` (the header is 0) of `text`, in a buffer of this file. */
static const char *line_of(const char *text, size_t number)
{
    static char line[512];
    size_t length;

    for (; number > 0; number--) {
        text = strchr(text, '\n');
        assert_non_null(text);
        text++;
    }
    length = strcspn(text, "\n");
    assert_true(length < sizeof line);
    memcpy(line, text, length);
    line[length] = '\0';
    return line;
}

static size_t count_lines(const char *text)
{
    size_t n = 0;

    for (; *text != '\0'; text++) {
        n += *text == '\n';
    }
    return n;
}

static void forecast_rows_are_by_month_measure_and_category(void **state)
{
    pc_forecast forecast;
    char *text;

    (void)state;
    made_forecast(&forecast, 1, 2, 2011 * 12 + 9, 3); /* October to December 2011 */
    text = written(&forecast, pc_report_forecast, "forecast.csv");
    assert_string_equal(line_of(text, 0), "scenario,date,measure,category," STATISTICS);
    assert_string_equal(line_of(text, 1), "Made 1,2011-10-31,children,c0,0.25,1.5,-4,-3,-2,-1,0,1,2,3,4");
    assert_string_equal(line_of(text, 3),
                        "Made 1,2011-10-31,children,all,20.25,1.5,16,17,18,19,20,21,22,23,24");
    assert_string_equal(line_of(text, 4),
                        "Made 1,2011-10-31,place_days,c0,100.25,1.5,96,97,98,99,100,101,102,103,104");
    assert_string_equal(line_of(text, 1 + 3 * PC_N_MEASURE),
                        "Made 1,2011-11-30,children,c0,1.25,1.5,-3,-2,-1,0,1,2,3,4,5");
    assert_int_equal(count_lines(text), 1 + 3 * 3 * PC_N_MEASURE);
    free(text);
    made_forecast_free(&forecast);
}

static void money_has_pence(void **state)
{
    pc_forecast forecast;
    char *text;

    (void)state;
    made_forecast(&forecast, 1, 1, 2011 * 12 + 9, 1);
    text = written(&forecast, pc_report_forecast, "forecast.csv");
    assert_string_equal(
        line_of(text, 1 + 2 * PC_MEASURE_COST),
        "Made 1,2011-10-31,cost_gbp,c0,600.25,1.50,596.00,597.00,598.00,599.00,600.00,601.00,602.00,"
        "603.00,604.00");
    free(text);
    made_forecast_free(&forecast);
}

static void a_measure_that_is_not_there_has_no_rows(void **state)
{
    pc_forecast forecast;
    char *text;

    (void)state;
    made_forecast(&forecast, 1, 2, 2011 * 12 + 9, 1);
    forecast.has[PC_MEASURE_COST] = false;
    forecast.has[PC_MEASURE_OVERFLOW] = false;
    text = written(&forecast, pc_report_forecast, "forecast.csv");
    assert_null(strstr(text, ",cost_gbp"));
    assert_null(strstr(text, "overflow"));
    assert_int_equal(count_lines(text), 1 + 3 * (PC_N_MEASURE - 2));
    free(text);
    text = written(&forecast, pc_report_annual, "annual.csv");
    assert_null(strstr(text, ",cost_gbp"));
    assert_int_equal(count_lines(text), 1 + 3 * (PC_N_MEASURE - 2 + 1)); /* and children_average */
    free(text);
    made_forecast_free(&forecast);
}

static void several_authorities_have_a_column(void **state)
{
    pc_forecast forecast;
    char *text;

    (void)state;
    made_forecast(&forecast, 2, 1, 2011 * 12 + 9, 1);
    text = written(&forecast, pc_report_forecast, "forecast.csv");
    assert_string_equal(line_of(text, 0), "scenario,la,date,measure,category," STATISTICS);
    assert_string_equal(line_of(text, 1), "Made 1,A,2011-10-31,children,c0,0.25,1.5,-4,-3,-2,-1,0,1,2,3,4");
    assert_string_equal(
        line_of(text, 1 + 2 * 2 * PC_N_MEASURE),
        "Made 1,all,2011-10-31,children,c0,2000.25,1.5,1996,1997,1998,1999,2000,2001,2002,2003,2004");
    free(text);
    text = written(&forecast, pc_report_exits, "exits.csv");
    assert_string_equal(line_of(text, 0), "scenario,la,date,cause," STATISTICS);
    assert_int_equal(count_lines(text), 1 + 3 * PC_N_EXIT_CAUSE);
    free(text);
    made_forecast_free(&forecast);
}

static void one_authority_by_choice_keeps_its_column_when_asked(void **state)
{
    pc_forecast forecast;
    char *text;

    (void)state;
    made_forecast(&forecast, 1, 1, 2011 * 12 + 9, 1);
    forecast.several = true;
    text = written(&forecast, pc_report_forecast, "forecast.csv");
    assert_string_equal(line_of(text, 1), "Made 1,A,2011-10-31,children,c0,0.25,1.5,-4,-3,-2,-1,0,1,2,3,4");
    free(text);
    made_forecast_free(&forecast);
}

static void what_is_not_known_is_blank(void **state)
{
    pc_forecast forecast;
    pc_statistics *value;
    char *text;

    (void)state;
    made_forecast(&forecast, 1, 1, 2011 * 12 + 9, 1);
    value = pc_forecast_monthly(&forecast, 0, PC_MEASURE_CHILDREN, 0, 0);
    value->sd = (double)NAN;
    for (size_t q = 0; q < PC_N_QUANTILE; q++) {
        value->quantile[q] = (double)NAN;
    }
    text = written(&forecast, pc_report_forecast, "forecast.csv");
    assert_string_equal(line_of(text, 1), "Made 1,2011-10-31,children,c0,0.25,,,,,,,,,,");
    free(text);
    made_forecast_free(&forecast);
}

static void annual_rows_say_their_months_and_leave_the_budget_blank(void **state)
{
    pc_forecast forecast;
    char *text;

    (void)state;
    made_forecast(&forecast, 1, 1, 2011 * 12 + 9, 8); /* October 2011 to May 2012 */
    text = written(&forecast, pc_report_annual, "annual.csv");
    assert_string_equal(line_of(text, 0), "scenario,year,measure,category," STATISTICS
                                          ",months,budget_gbp,gap_gbp,p_over_budget");
    assert_string_equal(line_of(text, 1), "Made 1,2011/12,children,c0,0.25,1.5,-4,-3,-2,-1,0,1,2,3,4,6,,,");
    assert_string_equal(line_of(text, 1 + 2 * PC_N_MEASURE),
                        "Made 1,2011/12,children_average,c0,0.75,1.5,-4,-3,-2,-1,0,1,2,3,4,6,,,");
    assert_string_equal(line_of(text, 1 + 2 * (PC_N_MEASURE + 1)),
                        "Made 1,2012/13,children,c0,1.25,1.5,-3,-2,-1,0,1,2,3,4,5,2,,,");
    assert_int_equal(count_lines(text), 1 + 2 * 2 * (PC_N_MEASURE + 1));
    free(text);
    made_forecast_free(&forecast);
}

static void exits_are_by_cause(void **state)
{
    pc_forecast forecast;
    char *text;

    (void)state;
    made_forecast(&forecast, 1, 1, 2011 * 12 + 9, 2);
    text = written(&forecast, pc_report_exits, "exits.csv");
    assert_string_equal(line_of(text, 0), "scenario,date,cause," STATISTICS);
    assert_string_equal(line_of(text, 1), "Made 1,2011-10-31,home,0.25,1.5,-4,-3,-2,-1,0,1,2,3,4");
    assert_string_equal(line_of(text, 1 + PC_EXIT_AGE_OUT),
                        "Made 1,2011-10-31,age_out,50.25,1.5,46,47,48,49,50,51,52,53,54");
    assert_int_equal(count_lines(text), 1 + 2 * PC_N_EXIT_CAUSE);
    free(text);
    made_forecast_free(&forecast);
}

static void names_are_quoted_where_needed(void **state)
{
    pc_forecast forecast;
    char *text;

    (void)state;
    made_forecast(&forecast, 1, 1, 2011 * 12 + 9, 1);
    free(forecast.scenario);
    forecast.scenario = strdup("Best, \"really\"");
    text = written(&forecast, pc_report_exits, "exits.csv");
    assert_string_equal(line_of(text, 1),
                        "\"Best, \"\"really\"\"\",2011-10-31,home,0.25,1.5,-4,-3,-2,-1,0,1,2,3,4");
    free(text);
    made_forecast_free(&forecast);
}

static void a_folder_that_is_not_there_is_an_error_with_its_path(void **state)
{
    pc_forecast forecast;
    pc_diagnostics diagnostics;

    (void)state;
    pc_diagnostics_init(&diagnostics);
    made_forecast(&forecast, 1, 1, 2011 * 12 + 9, 1);
    assert_status(pc_report_forecast(&forecast, "/nonexistent/folder", &diagnostics), PC_ERR_IO);
    assert_message(&diagnostics, "/nonexistent/folder/forecast.csv");
    made_forecast_free(&forecast);
    pc_diagnostics_free(&diagnostics);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(forecast_rows_are_by_month_measure_and_category),
        cmocka_unit_test(money_has_pence),
        cmocka_unit_test(a_measure_that_is_not_there_has_no_rows),
        cmocka_unit_test(several_authorities_have_a_column),
        cmocka_unit_test(one_authority_by_choice_keeps_its_column_when_asked),
        cmocka_unit_test(what_is_not_known_is_blank),
        cmocka_unit_test(annual_rows_say_their_months_and_leave_the_budget_blank),
        cmocka_unit_test(exits_are_by_cause),
        cmocka_unit_test(names_are_quoted_where_needed),
        cmocka_unit_test(a_folder_that_is_not_there_is_an_error_with_its_path),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
