/* Numbers of children rounded: hand-worked. */
#include <math.h>

#include "made_comparison.h"
#include "made_record.h"
#include "pc_test.h"
#include "placecast/rounding.h"

static void a_number_goes_to_the_nearest_multiple_halves_away_from_nought(void **state)
{
    static const double each[][3] = {{0, 5, 0},   {2, 5, 0},     {2.5, 5, 5},   {3, 5, 5},
                                     {7.4, 5, 5}, {7.5, 5, 10},  {12, 5, 10},   {13, 5, 15},
                                     {5, 10, 10}, {4, 10, 0},    {-2, 5, 0},    {-3, 5, -5},
                                     {-7, 5, -5}, {3.2, 1, 3.2}, {3.2, 0, 3.2}, {812, 100, 800}};

    (void)state;
    for (size_t e = 0; e < sizeof each / sizeof each[0]; e++) {
        double rounded = pc_round_to(each[e][0], (int)each[e][1]);

        assert_close(rounded, each[e][2], 0, 1e-12);
        assert_close(pc_round_to(rounded, (int)each[e][1]), rounded, 0, 0);
    }
    assert_false(signbit(pc_round_to(-1, 5)));
    assert_true(isnan(pc_round_to((double)NAN, 5)));
    assert_true(isinf(pc_round_to((double)INFINITY, 5)));
    assert_int_equal(pc_round_count(12, 5), 10);
    assert_int_equal(pc_round_count(13, 1), 13);
}

static bool is_multiple(double value, double of)
{
    return !isfinite(value) || fabs(value / of - round(value / of)) < 1e-9;
}

/* Every measure of a made forecast, before and after. */
static void counts_are_rounded_and_money_is_not(void **state)
{
    made before, after;
    size_t n_changed = 0, n_cell;
    pc_forecast *was = &before.forecast, *is = &after.forecast;

    (void)state;
    made_record(&before, 2, 8);
    made_record(&after, 2, 8);
    pc_forecast_round(is, after.scenario.start, 5);
    for (size_t la = 0; la < is->n_la; la++) {
        for (int m = 0; m < PC_N_MEASURE; m++) {
            for (size_t c = 0; is->has[m] && c <= is->n_category; c++) {
                for (size_t month = 0; month < is->n_month; month++) {
                    const pc_statistics *a = pc_forecast_monthly(was, la, (pc_measure)m, c, month);
                    const pc_statistics *b = pc_forecast_monthly(is, la, (pc_measure)m, c, month);
                    bool money = pc_measure_is_money((pc_measure)m) != 0;

                    assert_true(memcmp(&a->sd, &b->sd, sizeof a->sd) == 0);
                    if (money || m == PC_MEASURE_DAYS_FULL) {
                        assert_memory_equal(a, b, sizeof *a);
                    } else if (m != PC_MEASURE_PLACE_DAYS && m != PC_MEASURE_UNMET_DAYS) {
                        assert_close(b->mean, pc_round_to(a->mean, 5), 0, 1e-9);
                        n_changed += fabs(a->mean - b->mean) > 1e-9;
                        for (size_t q = 0; q < PC_N_QUANTILE; q++) {
                            assert_true(is_multiple(b->quantile[q], 5));
                        }
                    }
                }
            }
        }
    }
    assert_true(n_changed > 10);
    n_cell = is->n_la * (is->n_category + 1);
    for (size_t cell = 0; cell < n_cell; cell++) {
        assert_int_equal(is->children_now[cell] % 5, 0);
    }
    made_record_free(&before);
    made_record_free(&after);
}

/* 30 days of June: 130 days are 4.33 children, 5 of them 150 days; 60 days are two children, rounded 0. */
static void days_are_those_of_a_rounded_number_of_children(void **state)
{
    made of;
    pc_forecast *forecast = &of.forecast;
    pc_statistics *days;
    double length;

    (void)state;
    made_record(&of, 2, 8);
    if (!forecast->has[PC_MEASURE_PLACE_DAYS]) {
        made_record_free(&of);
        fail_msg("the made forecast has no days");
    }
    length = (double)(forecast->month_end[1] - forecast->month_end[0]);
    days = pc_forecast_monthly(forecast, 0, PC_MEASURE_PLACE_DAYS, 0, 1);
    days->mean = 4.33 * length;
    days->quantile[4] = 2.0 * length;
    days = pc_forecast_monthly(forecast, 0, PC_MEASURE_PLACE_DAYS, 0, 0);
    days->mean = 3.0 * (double)(forecast->month_end[0] - of.scenario.start + 1);
    pc_forecast_round(forecast, of.scenario.start, 5);
    days = pc_forecast_monthly(forecast, 0, PC_MEASURE_PLACE_DAYS, 0, 1);
    assert_close(days->mean, 5.0 * length, 0, 1e-9);
    assert_close(days->quantile[4], 0, 0, 1e-9);
    days = pc_forecast_monthly(forecast, 0, PC_MEASURE_PLACE_DAYS, 0, 0);
    assert_close(days->mean, 5.0 * (double)(forecast->month_end[0] - of.scenario.start + 1), 0, 1e-9);
    made_record_free(&of);
}

static void unknown_and_published_counts_stay(void **state)
{
    pc_tieout_row row[] = {{.engine = 12, .official_rule = 13, .published = 12},
                           {.engine = -1, .official_rule = 2, .published = -1}};
    pc_tieout tieout = {.n = 2, .row = row};

    (void)state;
    pc_tieout_round(&tieout, 5);
    assert_int_equal(row[0].engine, 10);
    assert_int_equal(row[0].official_rule, 15);
    assert_int_equal(row[0].published, 12);
    assert_int_equal(row[1].engine, -1);
    assert_int_equal(row[1].official_rule, 0);
    assert_int_equal(row[1].published, -1);
}

static void past_numbers_are_rounded_and_past_bills_are_not(void **state)
{
    pc_skill_row row[] = {
        {.measure = PC_MEASURE_CHILDREN, .size = 123, .actual = 41, .naive = 43, .line = 47, .abs_error = 2},
        {.measure = PC_MEASURE_COST, .size = 122, .actual = 1234.5, .naive = 1111, .line = 1}};
    pc_skill skill = {.n = 2, .row = row};

    (void)state;
    row[0].forecast.mean = 42.6;
    row[1].forecast.mean = 1234.56;
    pc_skill_round(&skill, 10);
    assert_close(row[0].size, 120, 0, 0);
    assert_close(row[0].actual, 40, 0, 0);
    assert_close(row[0].naive, 40, 0, 0);
    assert_close(row[0].line, 50, 0, 0);
    assert_close(row[0].forecast.mean, 40, 0, 0);
    assert_close(row[0].abs_error, 2, 0, 0);
    assert_close(row[1].actual, 1234.5, 0, 0);
    assert_close(row[1].forecast.mean, 1234.56, 0, 0);
    assert_close(row[1].size, 120, 0, 0);
}

static void differences_and_parts_are_rounded_too(void **state)
{
    made_comparison of;

    (void)state;
    made_comparison_make(&of, 1, 8);
    pc_comparison_round(&of.comparison, of.comparison.forecast[0].month_end[0], 5);
    for (size_t at = 0; at < of.comparison.n; at++) {
        const pc_forecast *difference = &of.comparison.difference[at];

        for (size_t month = 0; month < difference->n_month; month++) {
            assert_true(is_multiple(
                pc_forecast_monthly(difference, 0, PC_MEASURE_CHILDREN, difference->n_category, month)->mean,
                5));
        }
    }
    made_comparison_free(&of);
}

static void numbers_of_children_in_messages_are_rounded(void **state)
{
    static const char *const each[][2] = {
        {"12 of 823 children (1.5%) have no birth date", "10 of 825 children have no birth date"},
        {"3 of 41 children in care (7.3%) have no birth date and are left out",
         "5 of 40 children in care have no birth date and are left out"},
        {"7 of 20 children in care have their actual price; the other 13 pay that of weekly.csv",
         "5 of 20 children in care have their actual price; the other 15 pay that of weekly.csv"},
        {"2 of 22 rows match no child in care and are not used",
         "0 of 20 rows match no child in care and are not used"},
        {"drawn from those of the 41 starts of the window",
         "drawn from those of the 40 starts of the window"},
        {"published tables, no child-level records: 403 children on 2024-03-31",
         "published tables, no child-level records: 405 children on 2024-03-31"},
        {"actual prices without price_year (21) are taken to be those of 2023/24",
         "actual prices without price_year (20) are taken to be those of 2023/24"},
        {"extract date 2022-03-31: the 31 March that ends the newest return (2021)",
         "extract date 2022-03-31: the 31 March that ends the newest return (2021)"},
        {"row 12 is one, 63% of 2.3 years, \xC2\xA3"
         "1,234 a week",
         "row 12 is one, 63% of 2.3 years, \xC2\xA3"
         "1,234 a week"},
        {"in 4 of 10 simulated futures", "in 4 of 10 simulated futures"},
    };

    (void)state;
    for (size_t e = 0; e < sizeof each / sizeof each[0]; e++) {
        pc_diagnostics said;

        pc_diagnostics_init(&said);
        pc_diagnostics_add(&said, PC_WARNING, (pc_place){0}, "%s", each[e][0]);
        pc_diagnostics_round(&said, 1);
        assert_string_equal(said.message[0].text, each[e][0]);
        pc_diagnostics_round(&said, 5);
        assert_string_equal(said.message[0].text, each[e][1]);
        pc_diagnostics_free(&said);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_number_goes_to_the_nearest_multiple_halves_away_from_nought),
        cmocka_unit_test(counts_are_rounded_and_money_is_not),
        cmocka_unit_test(days_are_those_of_a_rounded_number_of_children),
        cmocka_unit_test(unknown_and_published_counts_stay),
        cmocka_unit_test(past_numbers_are_rounded_and_past_bills_are_not),
        cmocka_unit_test(differences_and_parts_are_rounded_too),
        cmocka_unit_test(numbers_of_children_in_messages_are_rounded),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
