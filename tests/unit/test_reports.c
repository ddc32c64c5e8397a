/* The summaries and run.json, of records made by hand: what a reader is told, and that every line fits the
 * screen. */
#include <jansson.h>
#include <math.h>

#include "made_record.h"
#include "pc_test.h"
#include "placecast/report.h"

typedef void (*teller)(const pc_run_record *record, FILE *stream);

static char *told(const made *self, teller tell)
{
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);

    assert_non_null(stream);
    tell(&self->record, stream);
    fclose(stream);
    return text;
}

static void assert_line(const char *text, const char *line)
{
    size_t length = strlen(line);

    for (const char *at = text; at != NULL; at = strchr(at, '\n')) {
        at += *at == '\n';
        if (strncmp(at, line, length) == 0 && (at[length] == '\n' || at[length] == '\0')) {
            return;
        }
    }
    print_error("no line\n%s\nin\n%s", line, text);
    fail();
}

static void assert_fits_the_screen(const char *text, size_t most_lines)
{
    size_t columns = 0, lines = 0;

    for (const char *c = text; *c != '\0'; c++) {
        columns = *c == '\n' ? 0 : columns + (((unsigned char)*c & 0xC0) != 0x80);
        lines += *c == '\n';
        if (columns > 80) {
            print_error("more than 80 columns in\n%s", text);
            fail();
        }
    }
    assert_true(lines <= most_lines);
}

static void a_run_is_told_with_ranges(void **state)
{
    made self;
    char *text;

    (void)state;
    made_record(&self, 1, 30);
    text = told(&self, pc_report_summary);
    assert_line(text, "Scenario  Made");
    assert_line(text, "Authority A");
    assert_line(text, "Period    1 October 2011 to 31 March 2014 (30 months)");
    assert_line(text, "Returns   to 30 September 2011; rates from 1 April 2008 to 31 March 2011");
    assert_line(text, "Method    1,000 simulated futures, seed 7");
    assert_line(text, "Children      30 Sep 2011  31 Mar 2012  31 Mar 2013  31 Mar 2014");
    assert_line(text, "Category 1              1    10 (8-12)    11 (9-13)   12 (10-14)");
    assert_line(text, "All children            3   30 (28-32)   31 (29-33)   32 (30-34)");
    assert_line(text, "2011/12 (6 months)   230 (228-232)   330 (328-332)   \u00a3630 (\u00a3628-\u00a3632)");
    assert_line(text, "Ranges    chance (60%), uncertain rates (40%), uneven starts; switched off: good");
    assert_line(text, "Days full                           2011/12*             2013/14");
    assert_line(text, "Category 2               1,420 (1,418-1,422) 1,422 (1,420-1,424)");
    assert_line(text, "Children who found it..  1,030 (1,028-1,032) 1,032 (1,030-1,034)");
    assert_line(text, "  and nothing on the..   1,130 (1,128-1,132) 1,132 (1,130-1,134)");
    assert_line(text, "* part of a year");
    assert_line(text, "Data      3,737 rows: 2 repeats, 1 set aside, 1 repaired: `placecast clean`");
    assert_line(text, "Ties      31 March 2011: 61 children counted here, 60 by the national rules");
    assert_line(text, "Left out  2 of the 60 children in care are left out: no birth date is known.");
    assert_line(text, "Assumed   growth of prices is nil: none is given");
    assert_line(text, "Written   out/Made: forecast.csv, run.json");
    assert_null(strstr(text, "odd")); /* warnings go to standard error */
    assert_fits_the_screen(text, 40);
    free(text);
    made_record_free(&self);
}

static void a_range_is_left_out_where_there_is_none(void **state)
{
    made self;
    char *text;

    (void)state;
    made_record(&self, 1, 30);
    self.forecast.replicates = 0;
    for (size_t s = 0; s < 4 * PC_N_MEASURE * self.forecast.n_year; s++) {
        for (size_t q = 0; q < PC_N_QUANTILE; q++) {
            self.forecast.annual[s].quantile[q] = (double)NAN;
        }
    }
    text = told(&self, pc_report_summary);
    assert_line(text, "Method    expected values: no simulation, so no ranges");
    assert_line(text, "All children            3           30           31           32");
    assert_null(strstr(text, "simulated futures"));
    assert_null(strstr(text, "(nan"));
    assert_null(strstr(text, "(-"));
    free(text);
    made_record_free(&self);
}

static void without_prices_there_is_no_bill_and_the_summary_says_so(void **state)
{
    made self;
    char *text;

    (void)state;
    made_record(&self, 1, 12);
    self.forecast.has[PC_MEASURE_COST] = false;
    text = told(&self, pc_report_summary);
    assert_line(text, "No prices are given (key costs), so there is no bill.");
    assert_null(strstr(text, "\u00a3"));
    free(text);
    made_record_free(&self);
}

static void ten_years_of_large_numbers_still_fit(void **state)
{
    made self;
    char *text;

    (void)state;
    made_record(&self, 2, 120);
    for (size_t s = 0; s < 3 * 4 * PC_N_MEASURE * self.forecast.n_year; s++) {
        self.forecast.annual[s].mean += 80000;
        self.forecast.annual[s].quantile[2] += 70000;
        self.forecast.annual[s].quantile[6] += 90000;
    }
    text = told(&self, pc_report_summary);
    assert_line(text, "Authority 2 authorities together");
    assert_line(text, "* 2011/12 (6 months)");
    assert_line(text, "The years between are in annual.csv.");
    assert_non_null(strstr(text, "30 Sep 2021")); /* the last year is always shown */
    assert_fits_the_screen(text, 45);
    free(text);
    made_record_free(&self);
}

static void a_category_without_children_has_no_line(void **state)
{
    made self;
    char *text;

    (void)state;
    made_record(&self, 1, 6);
    self.forecast.children_now[0] = 0;
    self.forecast.has[PC_MEASURE_OVERFLOW] = false;
    pc_forecast_annual(&self.forecast, 0, PC_MEASURE_CHILDREN, 0, 0)->quantile[6] = 0;
    text = told(&self, pc_report_summary);
    assert_null(strstr(text, "Category 0"));
    assert_non_null(strstr(text, "Category 1"));
    free(text);
    made_record_free(&self);
}

static void cleaning_is_told_with_counts_and_ties(void **state)
{
    made self;
    char *text;

    (void)state;
    made_record(&self, 1, 6);
    text = told(&self, pc_report_clean_summary);
    assert_line(text, "Read      3,737 episode rows of 0 children in 0 files, to 30 September 2011");
    assert_line(text, "set aside         2  duplicate_episode: told again; the later return counts");
    assert_line(text, "set aside         1  short_break: legal status V3 or V4");
    assert_line(text, "repaired          1  overlap: ended after the next episode began");
    assert_line(text, "31 Mar 2011               61               60            1");
    assert_line(text, "Differences come from the rows repaired or set aside above; quality.csv names");
    assert_fits_the_screen(text, 30);
    free(text);

    self.tie[0].published = 64;
    text = told(&self, pc_report_clean_summary);
    assert_line(text, "31 Mar 2011               61               60          64           -3");
    assert_fits_the_screen(text, 30);
    free(text);
    made_record_free(&self);
}

static json_t *read_object(const char *text)
{
    json_error_t error;
    json_t *root = json_loads(text, 0, &error);

    if (root == NULL) {
        fail_msg("%s in %s", error.text, text);
    }
    return root;
}

static void run_json_says_how_it_came_about(void **state)
{
    made self;
    char *folder = pc_test_folder(), *input = pc_test_path(folder, "input.csv"), *text;
    const char *inputs[1];
    json_t *root, *layers;

    (void)state;
    made_record(&self, 1, 6);
    pc_test_write(folder, "input.csv", "abc");
    inputs[0] = input;
    self.record.input = inputs;
    self.record.n_input = 1;
    assert_ok(pc_report_run(&self.record, folder, &self.diagnostics), &self.diagnostics);
    text = pc_test_read(folder, "run.json");
    root = read_object(text);
    assert_string_equal(json_string_value(json_array_get(json_object_get(root, "command"), 0)), "placecast");
    assert_string_equal(json_string_value(json_array_get(json_object_get(root, "command"), 2)), "b?.yaml");
    assert_null(strstr(text, "/somewhere"));
    assert_int_equal(json_integer_value(json_object_get(root, "seed")), 7);
    assert_int_equal(json_integer_value(json_object_get(root, "replicates_done")), 1000);
    /* SHA-256 of "abc": FIPS 180-4, example 1. */
    assert_string_equal(
        json_string_value(json_object_get(json_array_get(json_object_get(root, "inputs"), 0), "sha256")),
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    layers = json_object_get(root, "layers");
    assert_true(json_is_true(json_object_get(json_object_get(layers, "year_effects"), "on")) == 0);
    assert_true(json_is_null(json_object_get(json_object_get(layers, "year_effects"), "variance_share")));
    assert_close(json_real_value(json_object_get(json_object_get(layers, "process"), "variance_share")), 0.6,
                 1e-9, 0);
    assert_string_equal(json_string_value(json_array_get(json_object_get(root, "warnings"), 0)),
                        "base.yaml:3:5: odd");
    assert_true(json_integer_value(json_object_get(root, "peak_memory_bytes")) > 100000);
    json_decref(root);
    free(text);
    free(input);
    pc_test_remove(folder);
    free(folder);
    made_record_free(&self);
}

static void an_input_that_is_gone_has_no_hash_and_a_warning(void **state)
{
    made self;
    char *folder = pc_test_folder(), *text;
    const char *inputs[] = {"/nonexistent/input.csv"};
    json_t *root, *one;

    (void)state;
    made_record(&self, 1, 6);
    self.record.input = inputs;
    self.record.n_input = 1;
    assert_ok(pc_report_run(&self.record, folder, &self.diagnostics), &self.diagnostics);
    text = pc_test_read(folder, "run.json");
    root = read_object(text);
    one = json_array_get(json_object_get(root, "inputs"), 0);
    assert_true(json_is_null(json_object_get(one, "sha256")));
    assert_message(&self.diagnostics, "/nonexistent/input.csv: could not be read again");
    json_decref(root);
    free(text);
    pc_test_remove(folder);
    free(folder);
    made_record_free(&self);
}

static void the_summary_is_one_line_of_json(void **state)
{
    made self;
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);
    json_t *root, *year, *children;

    (void)state;
    made_record(&self, 1, 30);
    assert_ok(pc_report_summary_json(&self.record, stream));
    fclose(stream);
    assert_ptr_equal(strchr(text, '\n'), text + size - 1);
    root = read_object(text);
    year = json_array_get(json_object_get(root, "years"), 1);
    assert_string_equal(json_string_value(json_object_get(year, "year")), "2012/13");
    children = json_object_get(json_object_get(year, "children"), "all");
    assert_close(json_real_value(json_object_get(children, "mean")), 31.25, 0, 1e-9);
    assert_close(json_real_value(json_object_get(children, "p10")), 29, 0, 1e-9);
    assert_close(json_real_value(json_object_get(children, "p90")), 33, 0, 1e-9);
    assert_int_equal(json_integer_value(json_object_get(json_object_get(root, "children_now"), "all")), 3);
    json_decref(root);
    free(text);
    made_record_free(&self);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_run_is_told_with_ranges),
        cmocka_unit_test(a_range_is_left_out_where_there_is_none),
        cmocka_unit_test(without_prices_there_is_no_bill_and_the_summary_says_so),
        cmocka_unit_test(ten_years_of_large_numbers_still_fit),
        cmocka_unit_test(a_category_without_children_has_no_line),
        cmocka_unit_test(cleaning_is_told_with_counts_and_ties),
        cmocka_unit_test(run_json_says_how_it_came_about),
        cmocka_unit_test(an_input_that_is_gone_has_no_hash_and_a_warning),
        cmocka_unit_test(the_summary_is_one_line_of_json),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
