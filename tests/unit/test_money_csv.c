/* income.csv and concentration.csv: their bytes on a small made forecast. */
#include "pc_test.h"

#include "made_forecast.h"
#include "placecast/report.h"

enum { N_ROW = 5 };

/* Two authorities and their sum, one year and a part of the next. */
static void make(pc_forecast *out)
{
    static pc_money_row rows[] = {{PC_MONEY_INCOME, 0, NULL},
                                  {PC_MONEY_DEAREST, 0, NULL},
                                  {PC_MONEY_DEAREST_SHARE, 0, NULL},
                                  {PC_MONEY_PROCESS_EVENTS, PC_PROCESS_REVIEW, NULL},
                                  {PC_MONEY_PROCESS_COST, PC_N_PROCESS, NULL}};
    static char name[] = "Health, CCG";

    made_forecast(out, 2, 1, 2024 * 12 + 3, 14);
    rows[0].name = name;
    out->n_money_row = N_ROW;
    out->money_row = calloc(N_ROW, sizeof *rows);
    out->money = calloc(3 * N_ROW * out->n_year, sizeof *out->money);
    assert_non_null(out->money_row);
    assert_non_null(out->money);
    for (size_t at = 0; at < N_ROW; at++) {
        out->money_row[at] = rows[at];
        out->money_row[at].name = rows[at].name == NULL ? NULL : strdup(rows[at].name);
    }
    for (size_t at = 0; at < 3 * N_ROW * out->n_year; at++) {
        out->money[at].mean = at / out->n_year % N_ROW == 2 ? 0.123456789 : 1000.0 + (double)at;
        for (size_t q = 0; q < PC_N_QUANTILE; q++) {
            out->money[at].quantile[q] = 0.5;
        }
    }
}

static void tables_hold_a_row_a_year_and_authority(void **state)
{
    char *folder = pc_test_folder(), *text;
    const char *listed[PC_REPORT_MOST_MONEY];
    pc_forecast forecast;
    pc_diagnostics diagnostics;

    (void)state;
    pc_diagnostics_init(&diagnostics);
    make(&forecast);
    assert_int_equal(pc_report_money_list(1, &forecast, listed), 3);
    assert_string_equal(listed[0], "income.csv");
    assert_string_equal(listed[1], "concentration.csv");
    assert_ok(pc_report_money(1, &forecast, folder, &diagnostics), &diagnostics);
    text = pc_test_read(folder, "income.csv");
    assert_non_null(strstr(
        text, "scenario,la,year,source,measure,mean,sd,p025,p05,p10,p25,p50,p75,p90,p95,p975,months\n"));
    assert_non_null(strstr(text, ",A,2024/25,\"Health, CCG\",income_gbp,1000.00,0.00,0.50,"));
    assert_non_null(strstr(
        text, ",all,2025/26,\"Health, CCG\",income_gbp,1021.00,0.00,0.50,0.50,0.50,0.50,0.50,0.50,0.50,"
              "0.50,0.50,2\n"));
    free(text);
    text = pc_test_read(folder, "concentration.csv");
    assert_non_null(strstr(text, ",A,2024/25,ten_dearest_share,0.123457,0,0.5,"));
    assert_non_null(strstr(text, ",B,2025/26,ten_dearest_gbp,1013.00,"));
    assert_null(strstr(text, ",all,20")); /* the ten dearest of each are not the ten dearest of all */
    free(text);
    text = pc_test_read(folder, "processes.csv");
    assert_non_null(strstr(text, "scenario,la,year,process,measure,name,mean,"));
    assert_non_null(strstr(text, ",all,2024/25,6,events,review,1026,0,"));
    assert_non_null(strstr(text, ",all,2024/25,all,cost_gbp,all processes,1028.00,"));
    free(text);
    free(forecast.money_row[0].name);
    free(forecast.money_row);
    free(forecast.money);
    made_forecast_free(&forecast);
    pc_diagnostics_free(&diagnostics);
    pc_test_remove(folder);
    free(folder);
}

/* Nothing to say, no file. */
static void without_rows_there_is_no_table(void **state)
{
    const char *listed[PC_REPORT_MOST_MONEY];
    pc_forecast forecast;

    (void)state;
    made_forecast(&forecast, 1, 1, 2024 * 12 + 3, 12);
    assert_int_equal(pc_report_money_list(1, &forecast, listed), 0);
    assert_ok(pc_report_money(1, &forecast, "nowhere", NULL));
    made_forecast_free(&forecast);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tables_hold_a_row_a_year_and_authority),
        cmocka_unit_test(without_rows_there_is_no_table),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
