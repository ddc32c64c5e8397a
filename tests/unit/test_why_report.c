/* What is written and told of why the bill changed. */
#include <jansson.h>

#include "made_comparison.h"
#include "made_why.h"
#include "pc_test.h"

static void the_table_has_a_row_for_each_driver_and_quotes_what_needs_it(void **state)
{
    pc_why why = made_why();
    char *folder = pc_test_folder(), *text;

    (void)state;
    assert_ok(pc_report_why(&why, folder, NULL));
    text = pc_test_read(folder, "why.csv");
    assert_string_equal(text,
                        "from,to,year,layer,driver,kind,contribution_gbp\n"
                        "Made 1,\"Better, by far\",2011/12,accounting,days_covered,child_years,0.00\n"
                        "Made 1,\"Better, by far\",2011/12,accounting,children_at_start,child_years,0.00\n"
                        "Made 1,\"Better, by far\",2011/12,accounting,starts,child_years,-1500000.00\n"
                        "Made 1,\"Better, by far\",2011/12,accounting,length_of_stay,child_years,5432.11\n"
                        "Made 1,\"Better, by far\",2011/12,accounting,age,age,-0.05\n"
                        "Made 1,\"Better, by far\",2011/12,accounting,category,category,10000.00\n"
                        "Made 1,\"Better, by far\",2011/12,accounting,price,price,250000.00\n"
                        "Made 1,\"Better, by far\",2011/12,accounting,not_by_child,not_by_child,0.05\n"
                        "Made 1,\"Better, by far\",2011/12,causes,prices,prices,1.00\n"
                        "Made 1,\"Better, by far\",2011/12,causes,\"'=Help, early\",prevent,-1234568.89\n");
    free(text);
    pc_test_remove(folder);
    free(folder);
    assert_string_equal(pc_why_layer_name((pc_why_layer)7), "");
}

static char *told(void (*tell)(const pc_run_record *, FILE *), const pc_run_record *record)
{
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);

    assert_non_null(stream);
    tell(record, stream);
    assert_int_equal(fclose(stream), 0);
    return text;
}

static void the_summaries_say_the_largest_first(void **state)
{
    made_comparison self;
    char *text;

    (void)state;
    made_comparison_make(&self, 1, 6); /* October 2011 to March 2012 */
    text = told(pc_report_compare_summary, &self.made.record);
    assert_null(strstr(text, "Why "));
    free(text);
    self.comparison.why = made_why();
    text = told(pc_report_compare_summary, &self.made.record);
    assert_non_null(strstr(text,
                           "Why       Better, by far, 2011/12, by cause: £1.2m less: =Help, early -£1.2m,\n"
                           "          prices +£1\n"));
    assert_null(strstr(text, "placements and prices:")); /* causes say what to do; the rest is in why.csv */
    free(text);
    while (self.comparison.why.row[self.comparison.why.n - 1].layer == PC_WHY_CAUSES) {
        self.comparison.why.n--; /* the rows of the other layer come first */
    }
    text = told(pc_report_compare_summary, &self.made.record);
    assert_non_null(strstr(text,
                           "Why       Better, by far, 2011/12, by children, ages, placements and prices:\n"
                           "          £1.2m less: starts -£1.5m, prices +£250k, placements +£10k, others"));
    free(text);
    made_comparison_free(&self);
}

/* Of the last two whole years: here there is but one change to tell. */
static void a_run_says_why_one_year_costs_more_than_the_last(void **state)
{
    made self;
    char *text;

    (void)state;
    made_record(&self, 1, 8);
    text = told(pc_report_summary, &self.record);
    assert_null(strstr(text, "Why "));
    free(text);
    self.forecast.why = made_why();
    text = told(pc_report_summary, &self.record);
    assert_non_null(strstr(
        text,
        "Why       Better, by far: £1.2m less: children -£1.5m, prices +£250k, others\n          +£10k\n"));
    free(text);
    self.forecast.why = (pc_why){0};
    made_record_free(&self);
}

static void check_json(const json_t *root)
{
    const json_t *why = json_object_get(root, "why"), *last;

    assert_int_equal(json_array_size(why), made_why().n);
    last = json_array_get(why, made_why().n - 1);
    assert_string_equal(json_string_value(json_object_get(last, "from")), "Made 1");
    assert_string_equal(json_string_value(json_object_get(last, "year")), "2011/12");
    assert_string_equal(json_string_value(json_object_get(last, "layer")), "causes");
    assert_string_equal(json_string_value(json_object_get(last, "driver")), "=Help, early");
    assert_string_equal(json_string_value(json_object_get(last, "kind")), "prevent");
    assert_close(json_real_value(json_object_get(last, "contribution_gbp")), -1234568.89, 0.0, 1e-9);
}

static void the_json_summaries_have_every_row(void **state)
{
    made_comparison self;
    made run;

    (void)state;
    for (int which = 0; which < 2; which++) {
        char *text = NULL;
        size_t size = 0;
        FILE *stream = open_memstream(&text, &size);
        json_t *root;

        assert_non_null(stream);
        made_comparison_make(&self, 1, 6);
        made_record(&run, 1, 6);
        self.comparison.why = run.forecast.why = made_why();
        assert_ok(which == 0 ? pc_report_compare_summary_json(&self.made.record, stream)
                             : pc_report_summary_json(&run.record, stream));
        assert_int_equal(fclose(stream), 0);
        root = json_loads(text, 0, NULL);
        assert_non_null(root);
        check_json(root);
        json_decref(root);
        free(text);
        run.forecast.why = (pc_why){0};
        made_record_free(&run);
        made_comparison_free(&self);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_table_has_a_row_for_each_driver_and_quotes_what_needs_it),
        cmocka_unit_test(the_summaries_say_the_largest_first),
        cmocka_unit_test(a_run_says_why_one_year_costs_more_than_the_last),
        cmocka_unit_test(the_json_summaries_have_every_row),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
