/* Scores and rivals of a back-test, by hand. */
#include <math.h>

#include "pc_test.h"

#include "outcome/backtest.h"

static const double nine[PC_N_QUANTILE] = {80, 82, 85, 90, 100, 110, 115, 118, 120};

static void the_pinball_loss_weighs_the_two_sides_by_the_level(void **state)
{
    (void)state;
    assert_close(backtest_pinball(0.9, 100, 110), 9.0, 1e-12, 0); /* 0.9 x 10: too low */
    assert_close(backtest_pinball(0.9, 100, 90), 1.0, 1e-12, 0);  /* 0.1 x 10: too high */
    assert_close(backtest_pinball(0.9, 100, 100), 0.0, 0, 1e-12);
}

/* Actual 104. Losses: 0.025 x 24 = 0.6, 0.05 x 22 = 1.1, 0.1 x 19 = 1.9, 0.25 x 14 = 3.5, 0.5 x 4 = 2,
 * 0.25 x 6 = 1.5, 0.1 x 11 = 1.1, 0.05 x 14 = 0.7, 0.025 x 16 = 0.4. Sum 12.8. The levels stand for 0.0375,
 * 0.0375, 0.1, 0.2, 0.25, 0.2, 0.1, 0.0375, 0.0375 of all: 0.0225 + 0.04125 + 0.19 + 0.7 + 0.5 + 0.3 + 0.11
 * + 0.02625 + 0.015 = 1.905. */
static void scores_are_those_worked_out_by_hand(void **state)
{
    pc_skill_row row = {.actual = 104, .naive = 101, .line = 90};

    (void)state;
    memcpy(row.forecast.quantile, nine, sizeof nine);
    backtest_score(&row, 0);
    assert_close(row.abs_error, 4, 1e-12, 0);
    assert_close(row.naive_abs_error, 3, 1e-12, 0);
    assert_close(row.pinball, 12.8 / 9, 1e-12, 0);
    assert_close(row.crps, 2 * 1.905, 1e-12, 0);
    assert_close(row.naive_crps, 3, 1e-12, 0); /* no spread: the absolute error */
}

/* The mean CRPS of a normal forecast that is right is sd / sqrt pi (Gneiting and Raftery 2007). Nine levels
 * see 2 x (sum of weight x density at the level) = 0.548 of the sd: 3% less, for every forecast alike. */
static void nine_levels_are_close_to_the_whole_score_of_a_normal(void **state)
{
    enum { N = 20000 };
    double quantile[PC_N_QUANTILE], sum = 0, weight = 0;

    (void)state;
    backtest_normal(1000, 10, quantile);
    for (int at = 0; at <= N; at++) {
        double z = 16.0 * at / N - 8, density = exp(-z * z / 2);

        sum += density * backtest_crps(quantile, 1000 + 10 * z);
        weight += density;
    }
    assert_close(sum / weight, 10 * 0.5481, 1e-3, 0);
    assert_close(sum / weight, 10 / sqrt(acos(-1)), 0.03, 0);
    backtest_normal(1, 10, quantile); /* no count is below zero */
    assert_close(quantile[0], 0, 0, 0);
    assert_close(quantile[8], 20.59963984540054, 1e-12, 0);
}

enum { MONTHS = 36 };

/* One category at 70 pounds a week: 10 a day. */
static backtest_series make(double value[BACKTEST_N_MEASURE * 2 * (MONTHS + 1)], double *daily)
{
    backtest_series self = {.n_category = 1,
                            .n_month = MONTHS,
                            .first_month = pc_month_of_day(pc_day_from_date((pc_date){2018, 4, 1})),
                            .value = value,
                            .daily_gbp = daily};

    *daily = 10;
    memset(value, 0, BACKTEST_N_MEASURE * 2 * (MONTHS + 1) * sizeof *value);
    for (size_t at = 0; at <= MONTHS; at++) {
        for (size_t category = 0; category < 2; category++) {
            backtest_series_at(&self, BACKTEST_CHILDREN, category)[at] = 100 + 2.0 * (double)at;
            backtest_series_at(&self, BACKTEST_STARTS, category)[at] = at == 0 ? 0 : (double)at;
        }
    }
    return self;
}

static void the_last_value_stays(void **state)
{
    double value[BACKTEST_N_MEASURE * 2 * (MONTHS + 1)], daily;
    backtest_series self = make(value, &daily);

    (void)state;
    assert_close(backtest_naive(&self, BACKTEST_CHILDREN, 1, 24, 12), 148, 0, 0);
    /* starts of months 13 to 24: 222 a year */
    assert_close(backtest_naive(&self, BACKTEST_STARTS, 1, 24, 12), 222, 0, 0);
    assert_close(backtest_naive(&self, BACKTEST_STARTS, 1, 24, 3), 55.5, 0, 0);
    /* 148 children x 10 pounds x 91 days, April to June 2020 */
    assert_close(backtest_naive(&self, BACKTEST_COST, 0, 24, 3), 134680, 1e-12, 0);
    assert_close(backtest_naive(&self, BACKTEST_COST, 1, 24, 3), 134680, 1e-12, 0);
    assert_close(backtest_actual(&self, BACKTEST_CHILDREN, 1, 24, 12), 172, 0, 0);
    assert_close(backtest_actual(&self, BACKTEST_STARTS, 1, 24, 3), 25 + 26 + 27, 0, 0);
}

static void the_line_goes_on_as_in_the_last_two_years(void **state)
{
    double value[BACKTEST_N_MEASURE * 2 * (MONTHS + 1)], daily;
    backtest_series self = make(value, &daily);
    double *children = backtest_series_at(&self, BACKTEST_CHILDREN, 1);

    (void)state;
    assert_close(backtest_line(&self, BACKTEST_CHILDREN, 1, 24, 12), 172, 1e-12, 0);
    assert_close(backtest_line(&self, BACKTEST_STARTS, 1, 24, 3), 78, 1e-12, 0);
    children[30] = 1e9; /* what comes later is not looked at */
    assert_close(backtest_line(&self, BACKTEST_CHILDREN, 1, 24, 12), 172, 1e-12, 0);
    for (size_t at = 0; at <= MONTHS; at++) {
        children[at] = 100 - 4.0 * (double)at;
    }
    assert_close(backtest_line(&self, BACKTEST_CHILDREN, 1, 24, 12), 0, 0, 0); /* not -44 */
}

/* 24 months known. Over 12 months the last value missed by 24 each time; over 24 months there are too few
 * past errors, so those over 19 months, 38, are widened by the root of 24/19. Starts over 12 months: six past
 * errors over at most 24 - 12 - 5 = 7 months: month m+1 to m+7 less 7/12 of m-11 to m is 7 x (4 + 5.5) = 66.5
 * each time; x 12/7. */
static void the_spread_of_the_last_value_is_that_of_its_past_errors(void **state)
{
    double value[BACKTEST_N_MEASURE * 2 * (MONTHS + 1)], daily;
    backtest_series self = make(value, &daily);

    (void)state;
    assert_close(backtest_naive_spread(&self, BACKTEST_CHILDREN, 1, 24, 12), 24, 1e-12, 0);
    assert_close(backtest_naive_spread(&self, BACKTEST_CHILDREN, 1, 24, 24), 38 * sqrt(24.0 / 19), 1e-12, 0);
    assert_close(backtest_naive_spread(&self, BACKTEST_STARTS, 1, 24, 12), 66.5 * 12 / 7, 1e-12, 0);
    backtest_series_at(&self, BACKTEST_CHILDREN, 1)[25] = 1e9;
    assert_close(backtest_naive_spread(&self, BACKTEST_CHILDREN, 1, 24, 12), 24, 1e-12, 0);
}

/* Two forecasts of an authority and their sum, which does not count. */
static void many_forecasts_are_averaged_by_group(void **state)
{
    char la[3][8] = {"", "North", "all"}, *names[3] = {la[0], la[1], la[2]};
    char care[] = "care", *category[] = {care};
    pc_skill_row row[3];
    pc_skill self = {.n = 3, .row = row, .n_la = 3, .la = names, .n_category = 1, .category = category};
    pc_skill_summary summary;
    pc_skill_headline headline;

    (void)state;
    for (size_t r = 0; r < 3; r++) {
        row[r] = (pc_skill_row){.horizon = 12,
                                .measure = PC_MEASURE_CHILDREN,
                                .category = 1,
                                .la = 1,
                                .size = r == 0 ? 100 : 500,
                                .actual = r == 0 ? 80 : 125, /* 80: in the 95% range alone */
                                .naive = 100,
                                .line = 90};
        memcpy(row[r].forecast.quantile, nine, sizeof nine);
        backtest_score(&row[r], 5);
    }
    row[2].la = 2;
    row[2].actual = 1e6;
    assert_ok(pc_skill_summarise(&self, &summary));
    assert_int_equal(summary.n, 3);
    assert_int_equal(summary.row[0].band, PC_SIZE_20_200);
    assert_int_equal(summary.row[1].band, PC_SIZE_400_700);
    assert_int_equal(summary.row[2].band, PC_SIZE_ALL);
    assert_int_equal(summary.row[2].n, 2);
    assert_close(summary.row[2].mae, (20 + 25) / 2.0, 1e-12, 0);
    assert_close(summary.row[2].mape, (20.0 / 80 + 25.0 / 125) / 2, 1e-12, 0);
    assert_close(summary.row[2].naive_mape, (20.0 / 80 + 25.0 / 125) / 2, 1e-12, 0);
    assert_close(summary.row[2].line_mae, (10 + 35) / 2.0, 1e-12, 0);
    assert_close(summary.row[2].bias, (20 - 25) / 2.0, 1e-12, 0);
    assert_close(summary.row[2].mae_ratio, 1, 1e-12, 0);
    assert_close(summary.row[0].held[PC_COVER_95], 1, 0, 0); /* the ends are inside */
    assert_close(summary.row[0].held[PC_COVER_90], 0, 0, 0);
    assert_close(summary.row[2].held[PC_COVER_95], 0.5, 0, 0);
    headline = pc_skill_headline_of(&self);
    assert_int_equal(headline.n, 2);
    assert_int_equal(headline.held_80, 0);
    assert_close(headline.mape, 0.225, 1e-12, 0);
    pc_skill_summary_free(&summary);
    pc_skill_summary_free(&summary);
}

static void size_bands_begin_at_their_names(void **state)
{
    static const struct {
        double children;
        const char *name;
    } cases[] = {{0, "0-19"},      {19, "0-19"},     {20, "20-199"}, {199, "20-199"}, {200, "200-399"},
                 {400, "400-699"}, {699, "400-699"}, {700, "700+"},  {1e6, "700+"}};

    (void)state;
    for (size_t c = 0; c < sizeof cases / sizeof cases[0]; c++) {
        assert_string_equal(pc_size_band_name(pc_size_band_of(cases[c].children)), cases[c].name);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_pinball_loss_weighs_the_two_sides_by_the_level),
        cmocka_unit_test(scores_are_those_worked_out_by_hand),
        cmocka_unit_test(nine_levels_are_close_to_the_whole_score_of_a_normal),
        cmocka_unit_test(the_last_value_stays),
        cmocka_unit_test(the_line_goes_on_as_in_the_last_two_years),
        cmocka_unit_test(the_spread_of_the_last_value_is_that_of_its_past_errors),
        cmocka_unit_test(many_forecasts_are_averaged_by_group),
        cmocka_unit_test(size_bands_begin_at_their_names),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
