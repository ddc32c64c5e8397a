#include "made_record.h"
#include "pc_test.h"
#include "report/result_folder.h"

static const char annual_header[] = "scenario,year,measure,category,mean,sd,p025,p05,p10,p25,p50,p75,p90,p95,"
                                    "p975,months,budget_gbp,gap_gbp,p_over_budget\n";

typedef struct tried {
    char *folder;
    result_folder results;
    pc_diagnostics diagnostics;
    pc_status status;
} tried;

static void try_begin(tried *self)
{
    self->folder = pc_test_folder();
    pc_diagnostics_init(&self->diagnostics);
}

static void try_load(tried *self)
{
    self->status = result_folder_load(self->folder, &self->results, &self->diagnostics);
}

static void try_end(tried *self)
{
    result_folder_free(&self->results);
    result_folder_free(&self->results);
    pc_diagnostics_free(&self->diagnostics);
    pc_test_remove(self->folder);
    free(self->folder);
}

static void reads_back_what_a_run_wrote(void **state)
{
    made run;
    tried try;
    const result_table *table;
    double number = -1;
    (void)state;

    try_begin(&try);
    made_record(&run, 1, 3);
    assert_ok(pc_report_forecast(&run.forecast, try.folder, NULL));
    assert_ok(pc_report_annual(&run.forecast, try.folder, NULL));
    assert_ok(pc_report_exits(&run.forecast, try.folder, NULL));
    run.record.n_output = 3;
    run.record.output = (const char *const[]){"forecast.csv", "annual.csv", "exits.csv"};
    assert_ok(pc_report_run(&run.record, try.folder, NULL));
    try_load(&try);
    assert_ok(try.status, &try.diagnostics);
    table = &try.results.table[RESULT_FORECAST];
    assert_string_equal(table->file, "forecast.csv");
    assert_string_equal(table->column[0], "scenario");
    assert_string_equal(result_text(table, 0, result_column(table, "scenario")), run.forecast.scenario);
    assert_string_equal(result_text(table, 0, result_column(table, "date")), "2011-10-31");
    assert_true(result_number(table, 0, result_column(table, "mean"), &number));
    assert_close(number, pc_forecast_monthly(&run.forecast, 0, PC_MEASURE_CHILDREN, 0, 0)->mean, 0, 1e-6);
    assert_int_equal(table->line[0], 2);
    assert_true(result_has(&try.results, RESULT_EXITS));
    assert_false(result_has(&try.results, RESULT_DIFFERENCES));
    assert_string_equal(result_run_text(&try.results, "scenario", "name"), "Made");
    assert_string_equal(result_run_text(&try.results, NULL, "no such key"), "");
    made_record_free(&run);
    try_end(&try);
}

static void tells_number_columns_from_text_and_from_blank_ones(void **state)
{
    tried try;
    const result_table *table;
    double number = 7;
    char *text;
    (void)state;

    try_begin(&try);
    text = malloc(4096);
    assert_non_null(text);
    snprintf(text, 4096, "%sBase,2011/12,children,all,63.5,2,,,,,63,,,,,6,,,\n", annual_header);
    pc_test_write(try.folder, "annual.csv", text);
    free(text);
    try_load(&try);
    assert_ok(try.status, &try.diagnostics);
    table = &try.results.table[RESULT_ANNUAL];
    assert_true(table->numeric[result_column(table, "mean")]);
    assert_false(table->numeric[result_column(table, "year")]);
    assert_false(table->numeric[result_column(table, "budget_gbp")]);
    assert_false(result_number(table, 0, result_column(table, "p10"), &number));
    assert_false(result_number(table, 0, result_column(table, "year"), &number));
    assert_false(result_number(table, 0, -1, &number));
    assert_close(number, 7, 0, 0);
    try_end(&try);
}

static void takes_the_guard_off_text_that_looks_like_a_formula(void **state)
{
    tried try;
    char text[1000];
    (void)state;

    try_begin(&try);
    snprintf(text, sizeof text, "%s'=1+1,2011/12,children,'t Huis,-1.5,,,,,,,,,,,6,,,\n", annual_header);
    pc_test_write(try.folder, "annual.csv", text);
    try_load(&try);
    assert_ok(try.status, &try.diagnostics);
    assert_string_equal(result_text(&try.results.table[RESULT_ANNUAL], 0, 0), "=1+1");
    assert_string_equal(result_text(&try.results.table[RESULT_ANNUAL], 0, 3), "'t Huis");
    assert_string_equal(result_text(&try.results.table[RESULT_ANNUAL], 0, 4), "-1.5");
    try_end(&try);
}

static void leaves_out_what_an_earlier_run_left_in_the_folder(void **state)
{
    tried try;
    (void)state;

    try_begin(&try);
    pc_test_write(try.folder, "annual.csv", annual_header);
    pc_test_write(try.folder, "out_of_area.csv", "scenario,year,definition,measure,category\n");
    pc_test_write(try.folder, "run.json", "{\"outputs\": [\"annual.csv\", \"run.json\"]}");
    try_load(&try);
    assert_ok(try.status, &try.diagnostics);
    assert_true(result_has(&try.results, RESULT_ANNUAL));
    assert_false(result_has(&try.results, RESULT_OUT_OF_AREA));
    try_end(&try);
}

static void refuses_a_word_where_a_number_belongs(void **state)
{
    tried try;
    char text[1000];
    (void)state;

    try_begin(&try);
    snprintf(text, sizeof text,
             "%sBase,2011/12,children,all,1,,,,,,,,,,,6,,,\nBase,2012/13,children,all,many,,,,,,,,,,,6,,,\n",
             annual_header);
    pc_test_write(try.folder, "annual.csv", text);
    try_load(&try);
    assert_status(try.status, PC_ERR_INPUT, &try.diagnostics);
    assert_message(&try.diagnostics, "annual.csv:3: column mean: many: expected a number");
    assert_null(try.results.path);
    try_end(&try);
}

static void refuses_a_table_without_its_columns(void **state)
{
    tried try;
    (void)state;

    try_begin(&try);
    pc_test_write(try.folder, "forecast.csv", "scenario,date,measure,category,p50\n");
    try_load(&try);
    assert_status(try.status, PC_ERR_INPUT, &try.diagnostics);
    assert_message(&try.diagnostics, "has no column mean");
    try_end(&try);
}

static void refuses_a_folder_without_results(void **state)
{
    tried try;
    (void)state;

    try_begin(&try);
    pc_test_write(try.folder, "run.json", "{}");
    try_load(&try);
    assert_status(try.status, PC_ERR_INPUT, &try.diagnostics);
    assert_message(&try.diagnostics, "neither forecast.csv nor annual.csv");
    try_end(&try);
}

static void refuses_a_broken_run_json(void **state)
{
    static const struct {
        const char *text, *message;
    } each[] = {{"{\"seed\":\n 1,,}", "run.json:2:"}, {"[1]", "expected an object"}, {"", "run.json"}};
    (void)state;

    for (size_t e = 0; e < sizeof each / sizeof each[0]; e++) {
        tried try;

        try_begin(&try);
        pc_test_write(try.folder, "annual.csv", annual_header);
        pc_test_write(try.folder, "run.json", each[e].text);
        try_load(&try);
        assert_status(try.status, PC_ERR_INPUT, &try.diagnostics);
        assert_message(&try.diagnostics, each[e].message);
        try_end(&try);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_back_what_a_run_wrote),
        cmocka_unit_test(tells_number_columns_from_text_and_from_blank_ones),
        cmocka_unit_test(takes_the_guard_off_text_that_looks_like_a_formula),
        cmocka_unit_test(leaves_out_what_an_earlier_run_left_in_the_folder),
        cmocka_unit_test(refuses_a_word_where_a_number_belongs),
        cmocka_unit_test(refuses_a_table_without_its_columns),
        cmocka_unit_test(refuses_a_folder_without_results),
        cmocka_unit_test(refuses_a_broken_run_json),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
