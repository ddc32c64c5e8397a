#include "pc_test.h"
#include "placecast/report.h"
#include "report/page.h"

static const char annual_header[] = "scenario,year,measure,category,mean,sd,p025,p05,p10,p25,p50,p75,p90,p95,"
                                    "p975,months,budget_gbp,gap_gbp,p_over_budget\n";
static const char forecast_header[] =
    "scenario,date,measure,category,mean,sd,p025,p05,p10,p25,p50,p75,p90,p95,p975\n";

typedef struct made_folder {
    char *path;
    result_folder results;
    page_words words;
} made_folder;

/* Any of the texts may be NULL: no such file. */
static void begin(made_folder *self, const char *forecast, const char *annual, const char *tieout,
                  const char *run)
{
    const struct {
        const char *name, *header, *text;
    } each[] = {{"forecast.csv", forecast_header, forecast},
                {"annual.csv", annual_header, annual},
                {"tieout.csv", "date,category,age_band,engine,official_rule,published,difference\n", tieout},
                {"run.json", "", run}};
    pc_diagnostics diagnostics;

    self->path = pc_test_folder();
    pc_diagnostics_init(&diagnostics);
    for (size_t e = 0; e < sizeof each / sizeof each[0]; e++) {
        if (each[e].text != NULL) {
            size_t size = strlen(each[e].header) + strlen(each[e].text) + 1;
            char *text = malloc(size);

            assert_non_null(text);
            snprintf(text, size, "%s%s", each[e].header, each[e].text);
            pc_test_write(self->path, each[e].name, text);
            free(text);
        }
    }
    assert_ok(result_folder_load(self->path, &self->results, &diagnostics), &diagnostics);
    pc_diagnostics_free(&diagnostics);
    assert_ok(page_words_make(&self->results, &self->words));
}

static void end(made_folder *self)
{
    page_words_free(&self->words);
    page_words_free(&self->words);
    result_folder_free(&self->results);
    pc_test_remove(self->path);
    free(self->path);
}

static void the_headline_says_children_then_the_bill_each_with_its_range(void **state)
{
    made_folder made;
    (void)state;

    begin(&made,
          "Base,2012-02-29,children,all,60.4,2,,,55,,60,,66,,\n"
          "Base,2012-03-31,children,all,62.6,2,,,58,,62,,68,,\n",
          "Base,2011/12,cost_gbp,all,3240000.00,2,,,2900000,,,,3600000,,,6,,,\n"
          "Base,2012/13,cost_gbp,all,6540000.00,2,,,5900000,,,,7160000,,,12,6000000.00,540000.00,0.83\n",
          "2010-03-31,all,all,59,59,,0\n2011-03-31,all,all,61,61,,0\n2011-03-31,kinship,all,7,7,,0\n", NULL);
    assert_int_equal(made.words.n, 3);
    assert_string_equal(made.words.sentence[0],
                        "On 31 March 2012 about 63 children are expected to be in care; in 8 of 10 simulated "
                        "futures between 58 and 68. On 31 March 2011 there were 61.");
    assert_string_equal(made.words.sentence[1],
                        "The placement bill for 2011/12 (6 months of it) is forecast at £3.2m; in 8 of 10 "
                        "simulated futures between £2.9m and £3.6m.");
    assert_string_equal(
        made.words.sentence[2],
        "The placement bill for 2012/13 is forecast at £6.5m; in 8 of 10 simulated futures "
        "between £5.9m and £7.2m. That is £540k over the budget of £6.0m (in 8 of 10 "
        "simulated futures between £100k under and £1.2m over); spending passes the budget in 83 of "
        "100 simulated futures.");
    end(&made);
}

static void expected_values_have_no_range_to_tell(void **state)
{
    made_folder made;
    (void)state;

    begin(&made, "Base,2012-03-31,children,all,62.6,,,,,,,,,,\n", NULL, NULL, NULL);
    assert_int_equal(made.words.n, 1);
    assert_string_equal(made.words.sentence[0],
                        "On 31 March 2012 about 63 children are expected to be in care.");
    end(&made);
}

static void a_full_category_is_told_once_from_its_first_month(void **state)
{
    made_folder made;
    (void)state;

    begin(&made,
          "Base,2012-01-31,days_full,foster_inhouse,15.4,,,,,,,,,,\n"
          "Base,2012-01-31,days_full,all,31,,,,,,,,,,\n"
          "Base,2012-02-29,days_full,foster_inhouse,14.5,,,,,,,,,,\n"
          "Base,2012-03-31,days_full,foster_inhouse,20,,,,,,,,,,\n"
          "Base,2012-03-31,days_full,secure,15.4,,,,,,,,,,\n",
          NULL, NULL, "{\"categories\": [{\"name\": \"foster_inhouse\", \"label\": \"In-house foster\"}]}");
    assert_int_equal(made.words.n, 1);
    assert_string_equal(made.words.sentence[0],
                        "In-house foster is first full on half of the days of a month or "
                        "more in February 2012, on average over the simulated futures.");
    end(&made);
}

static void of_several_scenarios_the_first_is_named(void **state)
{
    made_folder made;
    (void)state;

    begin(&made,
          "Base,2012-03-31,children,kinship,3,,,,,,,,,,\nBase,2012-03-31,children,all,62.6,,,,,,,,,,\n"
          "Best,2012-03-31,children,kinship,2,,,,,,,,,,\nBest,2012-03-31,children,all,50,,,,,,,,,,\n"
          "Best,2012-03-31,days_full,kinship,3,,,,,,,,,,\nBest,2012-03-31,overflow,kinship,3,,,,,,,,,,\n",
          NULL, NULL, NULL);
    assert_string_equal(made.words.sentence[0],
                        "In scenario “Base”, on 31 March 2012 about 63 children are expected to be in care.");
    assert_true(page_shows_row(&made.results, RESULT_FORECAST, 0));
    assert_true(page_shows_row(&made.results, RESULT_FORECAST, 3));
    assert_false(page_shows_row(&made.results, RESULT_FORECAST, 2));
    assert_true(page_shows_row(&made.results, RESULT_FORECAST, 4)); /* when is it full, in each scenario */
    assert_false(page_shows_row(&made.results, RESULT_FORECAST, 5));
    end(&made);
}

static void another_scenario_is_set_against_the_first(void **state)
{
    made_folder made;
    (void)state;

    begin(&made, NULL,
          "Base,2011/12,cost_gbp,all,3200000,,,,,,,,,,,12,,,\n"
          "Best,2011/12,cost_gbp,all,3000000,,,,2800000,,,,3300000,,,12,,,\n",
          NULL, NULL);
    assert_int_equal(made.words.n, 2);
    assert_string_equal(made.words.sentence[1],
                        "Scenario “Best” gives a placement bill of £3.0m in 2011/12; in 8 of 10 "
                        "simulated futures between £2.8m and £3.3m. On average that is £200k less than "
                        "“Base”.");
    end(&made);
}

static void a_difference_has_its_own_range(void **state)
{
    made_folder made;
    (void)state;

    begin(&made, NULL,
          "Base,2011/12,children,all,60,,,,,,,,,,,12,,,\nBest,2011/12,children,all,55,,,,,,,,,,,12,,,\n",
          NULL, NULL);
    pc_test_write(made.path, "annual_differences.csv",
                  "scenario,year,measure,category,mean,p10,p90\nBest,2011/12,children,all,-5,-9,-1\n");
    page_words_free(&made.words);
    result_folder_free(&made.results);
    assert_ok(result_folder_load(made.path, &made.results, NULL));
    assert_ok(page_words_make(&made.results, &made.words));
    assert_string_equal(made.words.sentence[0], "Scenario “Best” leads to about 55 children in care at the "
                                                "end of 2011/12. On average that is 5 fewer than "
                                                "“Base” (in 8 of 10 futures 1 to 9 fewer).");
    assert_true(page_shows_row(&made.results, RESULT_ANNUAL_DIFFERENCES, 0));
    end(&made);
}

static void the_sum_of_the_authorities_is_what_is_told(void **state)
{
    made_folder made;
    result_table *table;
    (void)state;

    begin(&made, NULL, "", NULL, NULL);
    end(&made);
    made.path = pc_test_folder();
    pc_test_write(made.path, "forecast.csv",
                  "scenario,la,date,measure,category,mean\nBase,North,2012-03-31,children,all,10\n"
                  "Base,North,2012-03-31,children,kinship,4\nBest,North,2012-03-31,children,all,9\n"
                  "Base,all,2012-03-31,children,all,30\nBase,all,2012-03-31,days_full,kinship,30\n");
    assert_ok(result_folder_load(made.path, &made.results, NULL));
    assert_ok(page_words_make(&made.results, &made.words));
    table = &made.results.table[RESULT_FORECAST];
    assert_string_equal(page_authority(table), "all");
    assert_true(page_shows_row(&made.results, RESULT_FORECAST, 0)); /* for the reader who chooses it */
    assert_false(page_shows_row(&made.results, RESULT_FORECAST, 1));
    assert_false(page_shows_row(&made.results, RESULT_FORECAST, 2));
    assert_true(page_shows_row(&made.results, RESULT_FORECAST, 3));
    assert_string_equal(made.words.sentence[0],
                        "On 31 March 2012 about 30 children are expected to be in care.");
    assert_int_equal(made.words.n, 1); /* 30 days full in two authorities: perhaps no month in either */
    end(&made);
}

typedef void (*text_function)(FILE *stream, const char *text);

static void assert_written(text_function write, const char *text, const char *expected)
{
    char written[200] = "";
    FILE *stream = fmemopen(written, sizeof written, "w");

    assert_non_null(stream);
    write(stream, text);
    assert_int_equal(fclose(stream), 0);
    assert_string_equal(written, expected);
}

static void text_of_users_becomes_neither_markup_nor_the_end_of_a_script(void **state)
{
    (void)state;

    assert_written(page_html_text, "<b title='\"'>&", "&lt;b title=&#39;&quot;&#39;&gt;&amp;");
    assert_written(page_json_text, "</script><!--\"\\\t",
                   "\\u003c/script\\u003e\\u003c!--\\u0022\\u005c\\u0009");
    assert_written(page_json_text, "Søvik £", "Søvik £");
}

static void the_run_is_told_without_what_differs_between_runs(void **state)
{
    made_folder made;
    char *page;
    (void)state;

    begin(&made, "Base,2012-03-31,children,all,62.6,,,,,,,,,,\n", NULL, NULL,
          "{\"seed\": 7, \"command\": [\"secret word\"], \"timings_seconds\": {\"fit\": 0.25},"
          " \"warnings\": [\"</script>\"]}");
    assert_ok(pc_report_page(made.path, NULL));
    page = pc_test_read(made.path, "report.html");
    assert_non_null(strstr(page, "\"seed\":7"));
    assert_null(strstr(page, "secret word"));
    assert_null(strstr(page, "timings_seconds\":"));
    assert_non_null(strstr(page, "\\u003c/script\\u003e"));
    assert_non_null(strstr(page, "Base\\t2012-03-31\\tchildren\\tall\\t62.6"));
    assert_null(strstr(page, "{{"));
    free(page);
    end(&made);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_headline_says_children_then_the_bill_each_with_its_range),
        cmocka_unit_test(expected_values_have_no_range_to_tell),
        cmocka_unit_test(a_full_category_is_told_once_from_its_first_month),
        cmocka_unit_test(of_several_scenarios_the_first_is_named),
        cmocka_unit_test(another_scenario_is_set_against_the_first),
        cmocka_unit_test(a_difference_has_its_own_range),
        cmocka_unit_test(the_sum_of_the_authorities_is_what_is_told),
        cmocka_unit_test(text_of_users_becomes_neither_markup_nor_the_end_of_a_script),
        cmocka_unit_test(the_run_is_told_without_what_differs_between_runs),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
