/* What is written and told of a comparison made by hand. */
#include <jansson.h>

#include "made_comparison.h"
#include "pc_test.h"

static char *read_from(const char *folder, const char *name)
{
    return pc_test_read(folder, name);
}

/* Fails unless `text` has exactly this line. */
static void assert_line(const char *text, const char *line)
{
    size_t length = strlen(line);

    for (const char *at = text; at != NULL; at = strchr(at, '\n')) {
        at += *at == '\n';
        if (strncmp(at, line, length) == 0 && at[length] == '\n') {
            return;
        }
    }
    (void)fprintf(stderr, "no line\n%s\nin\n%s", line, text);
    fail();
}

static size_t count_lines(const char *text)
{
    size_t n = 0;

    for (; *text != '\0'; text++) {
        n += *text == '\n';
    }
    return n;
}

static void the_rows_of_every_scenario_follow_one_another(void **state)
{
    made_comparison self;
    char *folder = pc_test_folder(), *forecast, *annual, *exits;

    (void)state;
    made_comparison_make(&self, 1, 8); /* October 2011 to May 2012 */
    assert_ok(pc_report_comparison(&self.comparison, folder, NULL));
    forecast = read_from(folder, "forecast.csv");
    assert_int_equal(count_lines(forecast), 1 + 2 * 8 * PC_N_MEASURE * 4);
    assert_line(forecast, "Made 1,2011-10-31,children,c0,0.25,1.5,-4,-3,-2,-1,0,1,2,3,4");
    assert_line(forecast, "\"Better, by far\",2011-10-31,children,c0,0.25,1.5,-4,-3,-2,-1,0,1,2,3,4");
    assert_true(strstr(forecast, "Made 1,2012-05-31") < strstr(forecast, "\"Better, by far\",2011-10-31"));
    annual = read_from(folder, "annual.csv");
    assert_int_equal(count_lines(annual), 1 + 2 * 2 * (PC_N_MEASURE + 1) * 4);
    exits = read_from(folder, "exits.csv");
    assert_int_equal(count_lines(exits), 1 + 2 * 8 * PC_N_EXIT_CAUSE);
    free(forecast);
    free(annual);
    free(exits);
    pc_test_remove(folder);
    free(folder);
    made_comparison_free(&self);
}

/* Of every scenario but the reference; chances on the rows of all children alone. */
static void differences_stand_with_their_chances(void **state)
{
    made_comparison self;
    char *folder = pc_test_folder(), *monthly, *annual;

    (void)state;
    made_comparison_make(&self, 2, 8);
    self.p_fewer[(1 * 3 + 2) * 8 + 5] = 0.25; /* all authorities on 31 March 2012 */
    assert_ok(pc_report_comparison(&self.comparison, folder, NULL));
    monthly = read_from(folder, "differences.csv");
    assert_int_equal(count_lines(monthly), 1 + 3 * 8 * PC_N_MEASURE * 4);
    assert_line(
        monthly,
        "scenario,la,date,measure,category,mean,sd,p025,p05,p10,p25,p50,p75,p90,p95,p975,p_fewer,p_more");
    assert_line(monthly,
                "\"Better, by far\",A,2011-10-31,children,all,-5.5,1.5,-10,-9,-8,-7,-6,-5,-4,-3,-2,0.8,"
                "0.125");
    assert_line(monthly,
                "\"Better, by far\",A,2011-10-31,children,c1,-5.5,1.5,-10,-9,-8,-7,-6,-5,-4,-3,-2,,");
    assert_line(monthly,
                "\"Better, by far\",all,2012-03-31,children,all,-5.5,1.5,-10,-9,-8,-7,-6,-5,-4,-3,-2,"
                "0.25,0.125");
    assert_null(strstr(monthly, "Made 1"));
    annual = read_from(folder, "annual_differences.csv");
    assert_line(annual,
                "scenario,la,year,measure,category,mean,sd,p025,p05,p10,p25,p50,p75,p90,p95,p975,months,"
                "p_fewer,p_more");
    assert_line(annual,
                "\"Better, by far\",all,2011/12,children,all,-5.5,1.5,-10,-9,-8,-7,-6,-5,-4,-3,-2,6,0.25,"
                "0.125");
    assert_line(annual,
                "\"Better, by far\",B,2012/13,children,all,-5.5,1.5,-10,-9,-8,-7,-6,-5,-4,-3,-2,2,0.8,"
                "0.125");
    assert_line(annual, "\"Better, by far\",B,2012/13,cost_gbp,all,-5.50,1.50,-10.00,-9.00,-8.00,-7.00,-6.00,"
                        "-5.00,-4.00,-3.00,-2.00,2,,");
    free(monthly);
    free(annual);
    pc_test_remove(folder);
    free(folder);
    made_comparison_free(&self);
}

static void whom_interventions_treat_and_change_is_written_by_year(void **state)
{
    made_comparison self;
    char *folder = pc_test_folder(), *text;

    (void)state;
    made_comparison_make(&self, 1, 8);
    assert_ok(pc_report_interventions(2, self.forecast, folder, NULL));
    text = read_from(folder, "interventions.csv");
    assert_line(
        text, "scenario,year,intervention,kind,measure,mean,sd,p025,p05,p10,p25,p50,p75,p90,p95,p975,months");
    assert_line(
        text, "\"Better, by far\",2011/12,\"Help, early\",prevent,treated,10.5,1.5,6,7,8,9,10,11,12,13,14,6");
    assert_line(text, "\"Better, by far\",2012/13,Out,move,changed,5.5,1.5,1,2,3,4,5,6,7,8,9,2");
    assert_null(strstr(text, "Beds")); /* places treat nobody */
    assert_int_equal(count_lines(text), 1 + 2 * 2 * 2);
    free(text);
    pc_test_remove(folder);
    free(folder);
    made_comparison_free(&self);
}

static void parts_their_sum_and_the_whole_are_written(void **state)
{
    made_comparison self;
    char *folder = pc_test_folder(), *text;

    (void)state;
    made_comparison_make(&self, 1, 8);
    assert_ok(pc_report_alone(2, self.alone, folder, NULL));
    text = read_from(folder, "alone.csv");
    assert_line(
        text, "scenario,year,intervention,measure,mean,sd,p025,p05,p10,p25,p50,p75,p90,p95,p975,replicates");
    assert_line(text,
                "\"Better, by far\",2011/12,Beds,children_residential,-2,1.5,-6,-5,-4,-3,-2,-1,0,1,2,200");
    assert_line(text, "\"Better, by far\",2012/13,sum of the parts,children,-6,,,,,,,,,,,200");
    assert_line(text,
                "\"Better, by far\",2012/13,all together,cost_gbp,-4000.00,1.50,-4004.00,-4003.00,-4002.00,"
                "-4001.00,-4000.00,-3999.00,-3998.00,-3997.00,-3996.00,200");
    assert_int_equal(count_lines(text), 1 + 5 * 2 * 3);
    free(text);
    self.alone[1].has_cost = false;
    assert_ok(pc_report_alone(2, self.alone, folder, NULL));
    text = read_from(folder, "alone.csv");
    assert_int_equal(count_lines(text), 1 + 5 * 2 * 2);
    free(text);
    pc_test_remove(folder);
    free(folder);
    made_comparison_free(&self);
}

static void targets_are_written_with_their_chance(void **state)
{
    made_comparison self;
    char *folder = pc_test_folder(), *text;

    (void)state;
    made_comparison_make(&self, 1, 8);
    assert_ok(pc_report_targets(2, self.forecast, folder, NULL));
    text = read_from(folder, "targets.csv");
    assert_line(text,
                "scenario,date,target,measure,category,by,at_most,at_least,mean,sd,p025,p05,p10,p25,p50,p75,"
                "p90,p95,p975,probability,first_met");
    assert_line(
        text, "\"Better, by far\",2011-11-30,children at most 14,children,all,2011-12-10,14,,12.5,1.5,8,9,10,"
              "11,12,13,14,15,16,0.7505,2011-10-31");
    assert_line(text,
                "\"Better, by far\",2011-10-31,\"Bill, high\",cost_gbp,c1,2011-10-31,,1500.25,1000.00,1.50,"
                "996.00,997.00,998.00,999.00,1000.00,1001.00,1002.00,1003.00,1004.00,0,");
    assert_int_equal(count_lines(text), 3);
    free(text);
    pc_test_remove(folder);
    free(folder);
    made_comparison_free(&self);
}

static char *told(const made_comparison *self)
{
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);

    assert_non_null(stream);
    pc_report_compare_summary(&self->made.record, stream);
    fclose(stream);
    return text;
}

static void assert_fits_the_screen(const char *text)
{
    size_t columns = 0;

    for (const char *c = text; *c != '\0'; c++) {
        if (*c == '\n') {
            assert_true(c == text || c[-1] != ' '); /* no blanks at the end of a line */
        }
        columns = *c == '\n' ? 0 : columns + (((unsigned char)*c & 0xC0) != 0x80);
        if (columns > 80) {
            print_error("more than 80 columns in\n%s", text);
            fail();
        }
    }
}

static void a_comparison_is_told_on_a_screen(void **state)
{
    made_comparison self;
    char *text;

    (void)state;
    made_comparison_make(&self, 1, 18); /* October 2011 to March 2013 */
    text = told(&self);
    assert_fits_the_screen(text);
    assert_line(text, "Compared  Made 1 (the reference), Better, by far");
    assert_line(text, "Children              31 Mar 2012     31 Mar 2013");
    assert_line(text, "Made 1                 30 (28-32)      31 (29-33)");
    assert_line(text, "  difference        -6 (-8 to -4)   -6 (-8 to -4)");
    assert_line(text, "  chance of fewer             80%             80%");
    assert_line(text, "Alone, bill 2012/13   Made 1         Better, by far");
    assert_line(text, "Beds                                -£2k (-2 to -2)");
    assert_line(text, "sum of the parts                               -£6k");
    assert_line(text, "all together                        -£4k (-4 to -4)");
    assert_line(text, "Chance of meeting a target   Made 1   Better, by far");
    assert_line(text, "children at most 14                              75%");
    assert_line(text, "Bill, high                                        0%");
    assert_non_null(strstr(text, ", 200 futures;"));
    free(text);
    made_comparison_free(&self);
}

/* Four years, two authorities, names of 57 letters. */
static void long_names_and_many_years_fit_as_well(void **state)
{
    static const char long_name[] = "A name that goes on and on, and would not end if it could";
    made_comparison self;
    char *text;

    (void)state;
    made_comparison_make(&self, 2, 40);
    for (size_t at = 0; at < 2; at++) {
        free(self.forecast[at].scenario);
        self.forecast[at].scenario = strcpy(calloc(sizeof long_name, 1), long_name);
    }
    free(self.alone[1].name[0]);
    self.alone[1].name[0] = strcpy(calloc(sizeof long_name, 1), long_name);
    text = told(&self);
    assert_fits_the_screen(text);
    free(text);
    made_comparison_free(&self);
}

static void json_holds_the_same_figures(void **state)
{
    made_comparison self;
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);
    json_t *root, *second;

    (void)state;
    made_comparison_make(&self, 1, 18);
    assert_non_null(stream);
    assert_ok(pc_report_compare_summary_json(&self.made.record, stream));
    fclose(stream);
    assert_int_equal(count_lines(text), 1);
    root = json_loads(text, 0, NULL);
    assert_non_null(root);
    assert_string_equal(json_string_value(json_object_get(root, "verb")), "compare");
    assert_int_equal(json_array_size(json_object_get(root, "scenarios")), 2);
    second = json_array_get(json_object_get(root, "scenarios"), 1);
    assert_true(json_is_false(json_object_get(second, "reference")));
    assert_close(
        json_real_value(json_object_get(json_array_get(json_object_get(second, "difference"), 1), "p_fewer")),
        0.8, 0.0, 0.0);
    assert_int_equal(json_array_size(json_object_get(second, "interventions")), 3);
    assert_int_equal(json_array_size(json_object_get(second, "alone")), 4 * 2);
    assert_int_equal(json_array_size(json_object_get(second, "targets")), 2);
    json_decref(root);
    free(text);
    made_comparison_free(&self);
}

static void run_json_names_every_scenario(void **state)
{
    made_comparison self;
    char *folder = pc_test_folder(), *text;
    json_t *root, *compared;

    (void)state;
    made_comparison_make(&self, 1, 8);
    assert_ok(pc_report_run(&self.made.record, folder, NULL));
    text = read_from(folder, "run.json");
    root = json_loads(text, 0, NULL);
    compared = json_object_get(root, "compared");
    assert_int_equal(json_array_size(compared), 2);
    assert_string_equal(json_string_value(json_object_get(json_array_get(compared, 1), "file")),
                        "better.yaml");
    json_decref(root);
    free(text);
    pc_test_remove(folder);
    free(folder);
    made_comparison_free(&self);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_rows_of_every_scenario_follow_one_another),
        cmocka_unit_test(differences_stand_with_their_chances),
        cmocka_unit_test(whom_interventions_treat_and_change_is_written_by_year),
        cmocka_unit_test(parts_their_sum_and_the_whole_are_written),
        cmocka_unit_test(targets_are_written_with_their_chance),
        cmocka_unit_test(a_comparison_is_told_on_a_screen),
        cmocka_unit_test(long_names_and_many_years_fit_as_well),
        cmocka_unit_test(json_holds_the_same_figures),
        cmocka_unit_test(run_json_names_every_scenario),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
