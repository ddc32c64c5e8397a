/* weekly.csv and inflation.csv: what is read, what is refused and where, what is assumed. */
#include "placecast/prices.h"

#include "pc_test.h"

#include <math.h>

static char names[3][24] = {"foster_inhouse", "residential_external", "other"};
static pc_category categories[3];
static pc_codes codes;

static int make_codes(void **state)
{
    (void)state;
    for (size_t c = 0; c < 3; c++) {
        categories[c] = (pc_category){.name = names[c], .label = names[c]};
    }
    codes = (pc_codes){.n_category = 3, .category = categories};
    return 0;
}

/* Loads the two texts (`inflation` NULL: none) from a scratch folder; messages name weekly.csv and
 * inflation.csv. */
static pc_status load(const char *weekly, const char *inflation, pc_prices *out, pc_diagnostics *diagnostics)
{
    char *folder = pc_test_folder(), *first = pc_test_path(folder, "weekly.csv");
    char *second = pc_test_path(folder, "inflation.csv");
    pc_status status;

    pc_test_write(folder, "weekly.csv", weekly);
    if (inflation != NULL) {
        pc_test_write(folder, "inflation.csv", inflation);
    }
    pc_diagnostics_init(diagnostics);
    memset(out, 0xAA, sizeof *out);
    status = pc_prices_load(first, inflation == NULL ? NULL : second, &codes, 2012, out, diagnostics);
    pc_test_remove(folder);
    free(first);
    free(second);
    free(folder);
    return status;
}

static void assert_refused(const char *weekly, const char *inflation, size_t n, const char *message)
{
    pc_prices prices;
    pc_diagnostics diagnostics;

    assert_status(load(weekly, inflation, &prices, &diagnostics), PC_ERR_INPUT, &diagnostics);
    assert_null(prices.weekly_gbp);
    assert_message(&diagnostics, message);
    assert_int_equal(diagnostics.count[PC_ERROR], n);
    pc_prices_free(&prices);
    pc_diagnostics_free(&diagnostics);
}

static void prices_and_growth_are_read_with_their_years(void **state)
{
    pc_prices prices;
    pc_diagnostics diagnostics;

    (void)state;
    assert_ok(load("\xEF\xBB\xBFPrice_Year,category,weekly_gbp,age_band,provider,need,spread,from\r\n"
                   "2010/11,other,0,all,,,0.0,\r\n"
                   "\"2011/12\",foster_inhouse,412.50,,,,,\r\n"
                   ",residential_external,3200,,all,all,,\r\n",
                   "category,year,low,likely,high\nall,2013/14,0,0.02,0.03\nresidential_external,2013/"
                   "14,-0.01,0.05,0.1\n",
                   &prices, &diagnostics),
              &diagnostics);
    assert_int_equal(prices.n_category, 3);
    assert_close(prices.weekly_gbp[0], 412.5, 0, 0);
    assert_int_equal(prices.price_year[0], 2011);
    assert_close(prices.weekly_gbp[1], 3200, 0, 0);
    assert_int_equal(prices.price_year[1], 2012); /* the default */
    assert_close(prices.weekly_gbp[2], 0, 0, 0);
    assert_int_equal(prices.price_year[2], 2010);
    assert_int_equal(prices.n_inflation, 2);
    assert_int_equal(prices.inflation[0].category, -1);
    assert_int_equal(prices.inflation[0].year, 2013);
    assert_close(prices.inflation[0].high, 0.03, 0, 0);
    assert_int_equal(prices.inflation[1].category, 1);
    assert_close(prices.inflation[1].low, -0.01, 0, 0);
    assert_close(prices.inflation[1].likely, 0.05, 0, 0);
    assert_int_equal(diagnostics.n, 1);
    assert_int_equal(diagnostics.count[PC_ASSUMPTION], 1);
    assert_message(&diagnostics, "prices without price_year (1) are taken to be those of 2012/13");
    pc_prices_free(&prices);
    pc_prices_free(&prices);
    pc_prices_free(NULL);
    pc_diagnostics_free(&diagnostics);
}

static void a_category_without_a_price_is_said_to_cost_nothing(void **state)
{
    pc_prices prices;
    pc_diagnostics diagnostics;

    (void)state;
    assert_ok(load("category,weekly_gbp,price_year\nother,10,2012/13\n", NULL, &prices, &diagnostics),
              &diagnostics);
    assert_true(isnan(prices.weekly_gbp[0]));
    assert_int_equal(prices.price_year[0], 2012);
    assert_int_equal(prices.n_inflation, 0);
    assert_int_equal(diagnostics.count[PC_WARNING], 1);
    assert_message(&diagnostics,
                   "no price, so counted as costing nothing: foster_inhouse, residential_external");
    assert_int_equal(diagnostics.count[PC_ASSUMPTION], 1);
    assert_message(&diagnostics, "no inflation given");
    pc_prices_free(&prices);
    pc_diagnostics_free(&diagnostics);
}

static void wrong_prices_are_refused_at_their_row(void **state)
{
    (void)state;
    assert_refused("category,weekly_gbp\nother,-1\n", NULL, 1,
                   "weekly.csv:2: column weekly_gbp: found -1, expected a number from 0 to 1000000");
    assert_refused("category,weekly_gbp\nother,\n", NULL, 1,
                   "weekly.csv:2: column weekly_gbp: found nothing");
    assert_refused("category,weekly_gbp\nother,\"1,200\"\n", NULL, 1,
                   "weekly.csv:2: column weekly_gbp: found 1,200");
    assert_refused("category,weekly_gbp\nother,nan\n", NULL, 1, "column weekly_gbp: found nan");
    assert_refused("category,weekly_gbp\nother,1e400\n", NULL, 1, "column weekly_gbp: found 1e400");
    assert_refused("category,weekly_gbp\nfoster_inhuose,5\n", NULL, 1,
                   "weekly.csv:2: column category: unknown category \"foster_inhuose\", did you mean "
                   "\"foster_inhouse\"?");
    assert_refused("category,weekly_gbp\nother,5\n\nother,6\n", NULL, 1,
                   "weekly.csv:4: column category: found other again");
    assert_refused("category,weekly_gbp\nother,-5\nother,6\n", NULL, 2,
                   "weekly.csv:3: column category: found other again");
    assert_refused("category,weekly_gbp,price_year\nother,5,2012\n", NULL, 1,
                   "weekly.csv:2: column price_year: found 2012, expected a financial year such as 2024/25");
    assert_refused("category,weekly_gbp,price_year\nother,5,2012/14\n", NULL, 1,
                   "column price_year: found 2012/14");
    assert_refused(
        "category,weekly_gbp,spread\nother,5,30\n", NULL, 1,
        "weekly.csv:2: column spread: found 30, expected a number from 0 to 10: standard deviation "
        "over mean (30% is 0.3)");
    assert_refused("category,weekly_gbp,age_band\nother,5,10-16\n", NULL, 1,
                   "weekly.csv:2: column age_band: found 10-16, expected 0, 1-4, 5-9, 10-15, 16-17 or all");
    assert_refused("category,weekly_gbp,provider\nother,5,PR6\n", NULL, 1,
                   "weekly.csv:2: column provider: found PR6, expected PR0 to PR5 or all");
    assert_refused("category,weekly_gbp,need\nother,5,N9\n", NULL, 1,
                   "weekly.csv:2: column need: found N9, expected N1 to N8 or all");
    assert_refused("category,weekly_gbp,from\nother,5,31/09/2012\n", NULL, 1,
                   "weekly.csv:2: column from: found 31/09/2012, expected a day");
    assert_refused("category,weekly_gbp,age_band,need\nother,5,0,\nother,6,,N1\n", NULL, 1,
                   "weekly.csv:3: column category: a child in other may fit this row and row 2");
    assert_refused("category,weekly_gbp,age_band,from\nother,5,0,2012-04-01\nother,6,0,01/04/2012\n", NULL, 1,
                   "weekly.csv:3: column category: found other again");
    assert_refused("category\nother\n", NULL, 1, "weekly.csv:1: column weekly_gbp: missing");
    assert_refused("a,b\nother,5\n", NULL, 2, "weekly.csv:1: column category: missing");
    assert_refused("category,weekly_gbp,Category\nother,5,other\n", NULL, 1,
                   "weekly.csv:1: column category: found twice");
    assert_refused("category,weekly_gbp\n", NULL, 1, "weekly.csv: no rows");
    assert_refused("", NULL, 1, "weekly.csv");
}

/* Rows come out so that the first that fits counts: more conditions first, then the latest first day. */
static void rows_are_ordered_by_what_they_say(void **state)
{
    pc_prices prices;
    pc_diagnostics diagnostics;

    (void)state;
    assert_ok(load("category,weekly_gbp,age_band,provider,need,spread,from\n"
                   "other,1,all,all,all,0,\nother,2,,,,0.5,2013-04-01\nother,3,16-17,,n2,,\nother,4,,PR1,,,\n"
                   "other,5,16-17,PR1,N2,,\nfoster_inhouse,9,,,,,\n",
                   NULL, &prices, &diagnostics),
              &diagnostics);
    assert_int_equal(prices.n_row, 6);
    assert_true(prices.plain[0]);
    assert_true(prices.plain[1]); /* none: costs nothing */
    assert_false(prices.plain[2]);
    assert_close(prices.weekly_gbp[2], 1, 0, 0); /* the first price for all */
    assert_close(pc_prices_find(&prices, 2, 4, 1, 2, 0)->weekly_gbp, 5, 0, 0);
    assert_close(pc_prices_find(&prices, 2, 4, 2, 2, 0)->weekly_gbp, 3, 0, 0);
    assert_close(pc_prices_find(&prices, 2, 3, 1, 2, 0)->weekly_gbp, 4, 0, 0);
    assert_close(pc_prices_find(&prices, 2, 4, -1, 0, 15795)->weekly_gbp, 1, 0, 0); /* 31 March 2013 */
    assert_close(pc_prices_find(&prices, 2, 4, -1, 0, 15796)->weekly_gbp, 2, 0, 0);
    assert_int_equal(pc_prices_find(&prices, 2, 4, -1, 0, 15796)->price_year, 2013);
    assert_null(pc_prices_find(&prices, 1, 4, -1, 0, 0));
    assert_true(pc_prices_are_personal(&prices));
    pc_prices_free(&prices);
    pc_diagnostics_free(&diagnostics);
}

static void children_whom_no_row_fits_are_said(void **state)
{
    pc_prices prices;
    pc_diagnostics diagnostics;

    (void)state;
    assert_ok(load("category,weekly_gbp,age_band\nother,1,0\nother,1,1-4\nother,1,10-15\n", NULL, &prices,
                   &diagnostics),
              &diagnostics);
    assert_message(&diagnostics,
                   "no price for some children in other, so they are counted as costing nothing "
                   "(age 5-9, provider unknown, need unknown)");
    pc_prices_free(&prices);
    pc_diagnostics_free(&diagnostics);
}

static void wrong_growth_is_refused_at_its_row(void **state)
{
    static const char *const fine = "category,weekly_gbp\nother,5\n";

    (void)state;
    assert_refused(
        fine, "category,year,low,likely,high\nall,2013/14,0.03,0.02,0.04\n", 1,
        "inflation.csv:2: column likely: found low 0.03, likely 0.02, high 0.04, expected them in ascending");
    assert_refused(fine, "category,year,low,likely,high\nall,2013/14,0.01,0.05,0.04\n", 1,
                   "in ascending order");
    assert_refused(fine, "category,year,low,likely,high\nall,2013/14,1,2,5\n", 2,
                   "inflation.csv:2: column high: found 5, expected a number from -0.5 to 1 (5% is 0.05)");
    assert_refused(
        fine, "category,year,low,likely,high\nall,2013/14,0,0,0\nother,2013/14,0,0,0\nall,2013/14,0,0,0\n", 1,
        "inflation.csv:4: column year: found 2013/14 again for all");
    assert_refused(
        fine, "category,year,low,likely,high\nothre,2013,,inf,x\n", 5,
        "inflation.csv:2: column category: unknown category \"othre\", did you mean \"other\"? (or all)");
    assert_refused(fine, "category,year,likely\nall,2013/14,0\n", 2, "inflation.csv:1: column low: missing");
}

static void both_tables_are_read_before_the_load_fails(void **state)
{
    pc_prices prices;
    pc_diagnostics diagnostics;

    (void)state;
    assert_status(load("category,weekly_gbp\nother,-5\nnone,x\n",
                       "category,year,low,likely,high\nall,13/14,0,0,0\n", &prices, &diagnostics),
                  PC_ERR_INPUT);
    assert_int_equal(diagnostics.count[PC_ERROR], 4);
    assert_message(&diagnostics, "weekly.csv:3: column category");
    assert_message(&diagnostics, "inflation.csv:2: column year");
    pc_diagnostics_free(&diagnostics);
}

static void unknown_columns_and_empty_tables_are_warnings(void **state)
{
    pc_prices prices;
    pc_diagnostics diagnostics;

    (void)state;
    assert_ok(load("category,weekly_gbp,price_year,notes\nfoster_inhouse,1,2012/"
                   "13,x\nresidential_external,2,2012/13,\n"
                   "other,3,2012/13,\n",
                   "category,year,low,likely,high\n", &prices, &diagnostics),
              &diagnostics);
    assert_int_equal(diagnostics.count[PC_WARNING], 2);
    assert_message(&diagnostics, "weekly.csv:1: column notes: not a column of this table");
    assert_message(&diagnostics, "inflation.csv: no rows");
    assert_int_equal(diagnostics.count[PC_ASSUMPTION], 0);
    pc_prices_free(&prices);
    pc_diagnostics_free(&diagnostics);
}

static void a_missing_file_is_said(void **state)
{
    pc_prices prices;
    pc_diagnostics diagnostics;

    (void)state;
    pc_diagnostics_init(&diagnostics);
    assert_status(pc_prices_load("nowhere/weekly.csv", NULL, &codes, 2012, &prices, &diagnostics), PC_ERR_IO);
    assert_message(&diagnostics, "nowhere/weekly.csv: cannot be read");
    assert_null(prices.weekly_gbp);
    pc_diagnostics_free(&diagnostics);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(prices_and_growth_are_read_with_their_years),
        cmocka_unit_test(a_category_without_a_price_is_said_to_cost_nothing),
        cmocka_unit_test(wrong_prices_are_refused_at_their_row),
        cmocka_unit_test(rows_are_ordered_by_what_they_say),
        cmocka_unit_test(children_whom_no_row_fits_are_said),
        cmocka_unit_test(wrong_growth_is_refused_at_its_row),
        cmocka_unit_test(both_tables_are_read_before_the_load_fails),
        cmocka_unit_test(unknown_columns_and_empty_tables_are_warnings),
        cmocka_unit_test(a_missing_file_is_said),
    };

    return cmocka_run_group_tests(tests, make_codes, NULL);
}
