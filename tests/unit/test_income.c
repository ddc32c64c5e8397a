/* What partners and government pay, the bill in real terms and the ten dearest placements, worked by hand. */
#include "pc_test.h"

#include <math.h>

#include "price_case.h"

enum { FOSTER, HOME, OTHER, MONTHS = 24 };

static int64_t income(const price_case *self, size_t category, size_t month)
{
    return self->of.income[category * self->of.n_month + month];
}

static int64_t row(const price_case *self, size_t number, size_t year)
{
    return self->of.row[number * self->of.n_year + year];
}

static void add_child(price_case *self, pc_stream stream, double age, size_t category)
{
    hand_plan_add_child(&self->hand, stream, age, category, -700.0, -300.0, true);
}

/* One unaccompanied child in foster care for all of the time, one until 16 April (day 15: 15 nights). 143
 * pounds a night, 114 in supported; a local child brings nothing. */
static void a_grant_per_night_is_paid_for_the_nights_of_its_stream(void **state)
{
    price_case self;

    (void)state;
    price_case_make(&self, MONTHS, "category,weekly_gbp\nfoster,700\n", NULL, NULL);
    price_case_income(&self, "source,kind,stream,category,amount\nHome Office,per_night,uasc,,143\n"
                             "Home Office,per_night,uasc,other,114\n");
    add_child(&self, PC_STREAM_UASC, 8.0, FOSTER);
    add_child(&self, PC_STREAM_UASC, 18.0 - 15 / PC_DAYS_PER_YEAR, FOSTER);
    add_child(&self, PC_STREAM_UASC, 8.0, OTHER);
    add_child(&self, PC_STREAM_LOCAL, 9.0, FOSTER);
    price_case_match(&self);
    price_case_run(&self, 0);
    assert_int_equal(income(&self, FOSTER, 0), (30 + 15) * 14300);
    assert_int_equal(income(&self, FOSTER, 1), 31 * 14300);
    assert_int_equal(income(&self, OTHER, 1), 31 * 11400);
    assert_int_equal(income(&self, HOME, 1), 0);
    assert_int_equal(row(&self, 0, 0), (365 + 15) * 14300 + 365 * 11400);
    assert_int_equal(row(&self, 0, 1), 365 * (14300 + 11400));
    price_case_free(&self);
}

/* Health pays 30% of homes and 10% of the rest of the bill, from 2025/26 on 40% of homes. */
static void partners_pay_their_share_of_the_bill(void **state)
{
    price_case self;

    (void)state;
    price_case_make(&self, MONTHS, "category,weekly_gbp\nfoster,700\nhome,7000\n", NULL, NULL);
    price_case_income(&self,
                      "source,kind,category,year,amount\nHealth,share,home,,0.3\nHealth,share,all,,0.1\n"
                      "Health,share,home,2025/26,0.4\n");
    add_child(&self, PC_STREAM_LOCAL, 9.0, FOSTER);
    add_child(&self, PC_STREAM_LOCAL, 9.0, HOME);
    price_case_match(&self);
    price_case_run(&self, 0);
    assert_null(self.workspace.log); /* days are enough */
    assert_int_equal(income(&self, HOME, 0), 30 * 30000);
    assert_int_equal(income(&self, FOSTER, 0), 30 * 1000);
    assert_int_equal(income(&self, HOME, 12), 30 * 40000);
    assert_int_equal(row(&self, 0, 0), 365 * 31000);
    price_case_free(&self);
}

/* A grant of a year adds up over its months to the penny, belongs to no category, and stops. */
static void a_grant_of_a_year_is_spread_over_its_days_and_stops(void **state)
{
    price_case self;
    int64_t sum = 0;

    (void)state;
    price_case_make(&self, MONTHS, "category,weekly_gbp\nfoster,700\n", NULL, NULL);
    price_case_income(&self, "source,kind,year,amount\nEarly help,grant,2024/25,850000.01\n"
                             "Ring-fenced,grant,,1000\nRing-fenced,grant,2025/26,365\n");
    add_child(&self, PC_STREAM_LOCAL, 9.0, FOSTER);
    price_case_match(&self);
    price_case_run(&self, 0);
    for (size_t month = 0; month < 12; month++) {
        sum += income(&self, PRICE_CASE_CATEGORIES, month);
        assert_int_equal(income(&self, FOSTER, month), 0);
    }
    assert_int_equal(sum, 85000001 + 100000);
    assert_int_equal(income(&self, PRICE_CASE_CATEGORIES, 12), 30 * 100);
    assert_int_equal(row(&self, 0, 0), 85000001);
    assert_int_equal(row(&self, 0, 1), 0);
    assert_int_equal(row(&self, 1, 1), 36500);
    price_case_free(&self);
}

/* 10% into 2025/26: the cash bill of its April is 1.1 times that of the year before, the real one the same.
 */
static void real_terms_take_the_growth_out(void **state)
{
    price_case self;

    (void)state;
    price_case_make(&self, MONTHS, "category,weekly_gbp,price_year\nfoster,700,2023/24\n", NULL,
                    "category,year,low,likely,high\nall,2024/25,0.2,0.2,0.2\nall,2025/26,0.1,0.1,0.1\n");
    add_child(&self, PC_STREAM_LOCAL, 9.0, FOSTER);
    price_case_match(&self);
    price_case_run(&self, 0);
    assert_int_equal(self.of.start_year, 2024);
    assert_int_equal(price_case_pence(&self, FOSTER, 0), 30 * 12000);
    assert_int_equal(self.of.real[0], 30 * 12000); /* at the prices of 2024/25 */
    assert_int_equal(price_case_pence(&self, FOSTER, 12), 30 * 13200);
    assert_int_equal(self.of.real[12], 30 * 12000);
    price_case_free(&self);
}

/* 12 placements: eleven at 100 a day, one at 1,000 from an actual price: ten dearest = 1,000 + 9 x 100. */
static void the_ten_dearest_placements_are_added_up_by_year(void **state)
{
    price_case self;

    (void)state;
    price_case_make(&self, MONTHS, "category,weekly_gbp\nfoster,700\n", NULL, NULL);
    for (size_t child = 0; child < 12; child++) {
        add_child(&self, PC_STREAM_LOCAL, 8.0, FOSTER);
    }
    price_case_match(&self);
    self.prices.n_current = 1;
    self.prices.current = calloc(1, sizeof *self.prices.current);
    self.prices.current[0].price_year = 2024;
    self.prices.people[0].weekly_gbp[7] = 7000;
    price_case_run(&self, 0);
    assert_int_equal(row(&self, 0, 0), 365 * (100000 + 9 * 10000));
    assert_int_equal(row(&self, 1, 0), llround(1e6 * 19.0 / 21.0));
    assert_int_equal(row(&self, 1, 1), llround(1e6 * 19.0 / 21.0));
    price_case_free(&self);
}

/* A child who moves has two placements, each with its own part of the year. */
static void a_move_ends_a_placement_among_the_dearest_and_a_change_of_status_does_not(void **state)
{
    (void)state;
    for (int status = 0; status < 2; status++) {
        price_case self;
        int64_t dearest;

        price_case_make(&self, 12, "category,weekly_gbp,need\nfoster,700,\nfoster,701,N1\nother,700,\n", NULL,
                        NULL);
        for (size_t child = 0; child < 10; child++) {
            add_child(&self, PC_STREAM_LOCAL, 8.0, FOSTER);
        }
        if (status) {
            sim_case_statuses(&self.hand, FOSTER, OTHER, 6.0);
        } else {
            sim_case_moves(&self.hand, FOSTER, OTHER, 6.0);
        }
        price_case_match(&self);
        price_case_run(&self, 0);
        dearest = row(&self, 0, 0);
        assert_true(status ? dearest == 365 * 10 * 10000 : dearest < 365 * 10 * 10000);
        price_case_free(&self);
    }
}

static void assert_refused(const char *text, const char *message)
{
    price_case self;
    char *folder = pc_test_folder(), *path = pc_test_path(folder, "income.csv");
    pc_diagnostics diagnostics;

    price_case_make(&self, 12, "category,weekly_gbp\nfoster,700\n", NULL, NULL);
    pc_diagnostics_init(&diagnostics);
    pc_test_write(folder, "income.csv", text);
    assert_status(pc_prices_load_income(path, &self.codes, &self.prices, &diagnostics), PC_ERR_INPUT,
                  &diagnostics);
    assert_message(&diagnostics, message);
    assert_int_equal(diagnostics.count[PC_ERROR], 1);
    assert_int_equal(self.prices.n_income, 0);
    pc_diagnostics_free(&diagnostics);
    pc_test_remove(folder);
    free(path);
    free(folder);
    price_case_free(&self);
}

static void wrong_income_is_refused_by_row(void **state)
{
    (void)state;
    assert_refused("source,kind,amount\nX,nightly,1\n",
                   "income.csv:2: column kind: found nightly, expected per_night, share or grant");
    assert_refused("source,kind,amount\nX,share,30\n",
                   "income.csv:2: column amount: found 30, expected a number from 0 to 1 (30% is 0.3)");
    assert_refused("source,kind,amount\nX,grant,-1\n", "income.csv:2: column amount: found -1");
    assert_refused("source,kind,amount\nX,grant,nan\n", "income.csv:2: column amount: found nan");
    assert_refused("source,kind,amount\n,grant,1\n", "income.csv:2: column source: found nothing");
    assert_refused("source,kind,amount,stream\nX,per_night,1,UASC\n",
                   "income.csv:2: column stream: found UASC, expected local, uasc or all");
    assert_refused("source,kind,amount,stream\nX,share,0.1,uasc\n",
                   "income.csv:2: column stream: found uasc, expected it blank but for income per night");
    assert_refused("source,kind,amount,category\nX,share,0.1,homes\n",
                   "income.csv:2: column category: unknown category \"homes\"");
    assert_refused("source,kind,amount,year\nX,grant,1,2024\n", "income.csv:2: column year: found 2024");
    assert_refused(
        "source,kind,amount,year\nX,grant,1,\nX,grant,2,all\n",
        "income.csv:3: column source: found X again, expected one row a source, kind, category, stream "
        "and year: row 2 is one");
    assert_refused("kind,amount\ngrant,1\n", "income.csv:1: column source: missing");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_grant_per_night_is_paid_for_the_nights_of_its_stream),
        cmocka_unit_test(partners_pay_their_share_of_the_bill),
        cmocka_unit_test(a_grant_of_a_year_is_spread_over_its_days_and_stops),
        cmocka_unit_test(real_terms_take_the_growth_out),
        cmocka_unit_test(the_ten_dearest_placements_are_added_up_by_year),
        cmocka_unit_test(a_move_ends_a_placement_among_the_dearest_and_a_change_of_status_does_not),
        cmocka_unit_test(wrong_income_is_refused_by_row),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
