/* The half-life of a fit: found where rates change, left alone where they do not. */
#include "pc_test.h"

#include <math.h>

#include "cohort.h"
#include "placecast/model.h"

enum { CHILDREN_A_MONTH = 12 };

/* Children come at a fixed pace on the first of each month from April 2013 on and stay `months_before`
 * months, those who come from `change` on `months_after`. Whole months, so that nothing is random. */
static void make(pc_episodes *out, pc_day change, int months_before, int months_after, pc_day covered_from)
{
    const pc_day extract = pc_day_from_date((pc_date){2023, 3, 31});
    int first = pc_month_of_day(pc_day_from_date((pc_date){2013, 4, 1}));
    int n = 0;

    cohort_empty(out, COHORT_N_CATEGORY, cohort_category, extract);
    out->covered_from = covered_from;
    for (int month = first; pc_month_first_day(month) <= extract; month++) {
        for (int child = 0; child < CHILDREN_A_MONTH; child++) {
            pc_day start = pc_month_first_day(month), end;
            char name[16];

            end = pc_month_first_day(month + (start < change ? months_before : months_after) + child % 5);
            (void)snprintf(name, sizeof name, "%06d", n++);
            (void)cohort_add_child(out, "A", name, start - 365 * 7 - 30 * child, PC_STREAM_LOCAL);
            cohort_add_row(out, start, end <= extract ? end : PC_DAY_OPEN, 0, PC_TRANSITION_START,
                           end <= extract ? PC_EXIT_HOME : PC_N_EXIT_CAUSE);
        }
    }
}

static pc_half_life find(pc_episodes *episodes, double given, double *exits)
{
    pc_fit_options options = pc_fit_options_default();
    pc_diagnostics diagnostics;
    pc_half_life found;
    pc_model model;

    options.find_half_life = true;
    options.half_life_months = given;
    pc_diagnostics_init(&diagnostics);
    assert_ok(pc_fit(episodes, &options, &model, &diagnostics), &diagnostics);
    found = model.half_life;
    if (exits != NULL) {
        *exits =
            model.authority[0]
                .mean
                .exit[pc_rates_cell(&model.authority[0].mean, 0, 2, 0, 2) * PC_N_EXIT_HAZARD + PC_EXIT_HOME];
    }
    if (found.months > 0.0 && !(given > 0.0)) {
        assert_message(&diagnostics, "the rates change: events weigh half as much");
    }
    pc_model_free(&model);
    pc_diagnostics_free(&diagnostics);
    return found;
}

static pc_day day(int year, int month)
{
    return pc_day_from_date((pc_date){year, month, 1});
}

static void rates_that_change_have_a_half_life(void **state)
{
    pc_episodes episodes;
    pc_half_life found;
    double with, without;

    (void)state;
    make(&episodes, day(2020, 10), 8, 30, day(2017, 4));
    found = find(&episodes, 0.0, &with);
    assert_int_equal(found.n_year, 5);
    assert_true(found.months > 0.0);
    for (int at = 0; at < PC_N_HALF_LIFE; at++) {
        double best = -HUGE_VAL;

        assert_true(isfinite(found.log_score[at]) && found.log_score[at] < 0.0);
        for (int other = 0; other < PC_N_HALF_LIFE; other++) {
            best = fmax(best, found.log_score[other]);
        }
        if (fabs(pc_half_life_months[at] - found.months) < 0.5) {
            assert_close(found.log_score[at], best, 0.0, 0.0);
        }
    }
    assert_true(found.log_score[0] + 3.0 < found.log_score[3]);
    found = find(&episodes, 1200.0, &without); /* a century: none in effect */
    assert_close(found.months, 1200.0, 0.0, 0.0);
    assert_int_equal(found.n_year, 0);
    assert_true(fabs(with / without - 1.0) > 0.05); /* the rates used are the weighted ones */
    pc_episodes_free(&episodes);
}

static void steady_rates_have_none(void **state)
{
    pc_episodes episodes;
    pc_half_life found;

    (void)state;
    make(&episodes, day(2013, 4), 12, 12, day(2017, 4));
    found = find(&episodes, 0.0, NULL);
    assert_int_equal(found.n_year, 5);
    assert_close(found.months, 0.0, 0.0, 0.0);
    assert_true(found.log_score[0] > found.log_score[4]); /* evidence thrown away has its price */
    pc_episodes_free(&episodes);
}

static void less_than_three_years_say_nothing(void **state)
{
    pc_episodes episodes;
    pc_half_life found;

    (void)state;
    make(&episodes, day(2022, 1), 6, 30, day(2020, 5));
    found = find(&episodes, 0.0, NULL);
    assert_int_equal(found.n_year, 0);
    assert_close(found.months, 0.0, 0.0, 0.0);
    episodes.covered_from = day(2020, 4);
    found = find(&episodes, 0.0, NULL);
    assert_int_equal(found.n_year, 2);
    pc_episodes_free(&episodes);
}

/* One cell, by hand: 12 children of seven come each month from April 2020 on, and nobody leaves or moves. */
static void a_score_is_the_chance_of_what_happened(void **state)
{
    const pc_day first = day(2020, 4);
    pc_episodes episodes;
    pc_half_life found;
    double seen[3] = {0}, hand = 0.0;
    size_t n = 0;

    (void)state;
    make(&episodes, day(2013, 4), 600, 600, first);
    for (size_t row = 0; row < episodes.n; row++) { /* those who came before are not needed */
        if (episodes.row[row].start >= first) {
            episodes.row[n] = episodes.row[row];
            episodes.child[n] = episodes.child[episodes.row[row].child];
            episodes.child[n].birth = pc_birthday(episodes.row[n].start, -7);
            episodes.row[n].child = (uint32_t)n;
            n++;
        }
    }
    episodes.n = episodes.n_child = n;
    for (size_t row = 0; row < n; row++) {
        for (int year = 0; year < 3; year++) {
            pc_day from = day(2020 + year, 4), end = day(2021 + year, 4);

            from = episodes.row[row].start > from ? episodes.row[row].start : from;
            seen[year] += from < end ? (end - from) / 365.25 : 0.0;
        }
    }
    /* Starts: 144 each year. The second year's from one (shape 144.5), the third's from two (288.5). */
    hand = lgamma(144.5 + 144.0) - lgamma(144.5) - lgamma(145.0) + 288.5 * log(0.5);
    hand += lgamma(288.5 + 144.0) - lgamma(288.5) - lgamma(145.0) + 288.5 * log(2.0 / 3.0) +
            144.0 * log(1.0 / 3.0);
    /* The nine other streams and ages had a year, then two, without any: shape 0.5. */
    hand += 9.0 * 0.5 * (log(0.5) + log(2.0 / 3.0));
    /* Exits and moves: none, each with shape 0.5. */
    hand += 2.0 * 0.5 * log(seen[0] / (seen[0] + seen[1]));
    hand += 2.0 * 0.5 * log((seen[0] + seen[1]) / (seen[0] + seen[1] + seen[2]));
    found = find(&episodes, 0.0, NULL);
    assert_int_equal(found.n_year, 2);
    assert_close(found.log_score[0], hand, 1e-9, 0.0);
    pc_episodes_free(&episodes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rates_that_change_have_a_half_life),
        cmocka_unit_test(steady_rates_have_none),
        cmocka_unit_test(less_than_three_years_say_nothing),
        cmocka_unit_test(a_score_is_the_chance_of_what_happened),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
