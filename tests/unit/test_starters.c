/* Who starts: candidates, marks, and the names that the random keys know them by. */
#include "pc_test.h"

#include <math.h>

#include "sim_case.h"

enum { MONTHS = 6 };

static void make(hand_plan *hand, double a_year)
{
    sim_case_make(hand, 2, MONTHS);
    sim_case_first(hand, 1);
    *hand_plan_starts(hand, PC_STREAM_LOCAL, 2) = a_year;
    *hand_plan_starts(hand, PC_STREAM_UASC, 16) = a_year / 4.0;
}

static void set_multiplier(hand_plan *hand, double to)
{
    for (size_t at = 0; at < (size_t)MONTHS * PC_N_STREAM * PC_N_AGE_YEAR; at++) {
        hand->plan.start_multiplier[at] = to;
    }
}

static int ascending(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

    return (x > y) - (x < y);
}

/* Children present, and candidates of every month, stream and layer, in three authorities and a month that is
 * split: all have different names. */
static void no_two_children_share_a_name(void **state)
{
    hand_plan hand;
    replicate_workspace workspace;
    static uint64_t seen[200000];
    size_t n = 0;

    (void)state;
    make(&hand, 20000.0);
    set_multiplier(&hand, 2.6);
    hand.plan.period[1].month = hand.plan.period[0].month; /* as after a start in the middle of a month */
    for (int child = 0; child < 50; child++) {
        hand_plan_add_child(&hand, 0, 10.0, 0, 0.0, 0.0, true);
    }
    for (size_t authority = 0; authority < 3; authority++) {
        hand.plan.authority_number = authority;
        assert_ok(replicate_workspace_init(&workspace, &hand.plan));
        sim_case_run(&workspace, 0);
        for (size_t at = 0; at < workspace.n_life; at++) {
            seen[n++] = workspace.entity[at];
        }
        assert_true(n < sizeof seen / sizeof seen[0]);
        replicate_workspace_free(&workspace);
    }
    assert_true(n > 90000);
    qsort(seen, n, sizeof seen[0], ascending);
    for (size_t at = 1; at < n; at++) {
        assert_true(seen[at] > seen[at - 1]);
    }
    sim_case_free(&hand);
}

/* Poisson with the multiplier times the mean, also between layers, and 0 where it is 0. |z| < 5 on 300
 * replicates. */
static void starts_follow_the_multiplier(void **state)
{
    static const double multiplier[] = {0.0, 0.3, 1.0, 1.1, 1.25, 2.9, 7.0};
    hand_plan hand;

    (void)state;
    for (size_t at = 0; at < sizeof multiplier / sizeof multiplier[0]; at++) {
        replicate_workspace workspace;
        double sum = 0.0, mean;

        make(&hand, 100.0);
        set_multiplier(&hand, multiplier[at]);
        mean = multiplier[at] * 125.0 * hand.plan.n_day / PC_DAYS_PER_YEAR * 300.0;
        assert_ok(replicate_workspace_init(&workspace, &hand.plan));
        for (uint32_t replicate = 0; replicate < 300; replicate++) {
            sim_case_run(&workspace, replicate);
            sum += (double)workspace.starters.n;
        }
        assert_true(fabs(sum - mean) <= 5.0 * sqrt(mean));
        assert_false(workspace.clipped);
        replicate_workspace_free(&workspace);
        sim_case_free(&hand);
    }
}

/* Marks go to 16.25. Beyond that starts are cut, and that is said. */
static void a_rise_beyond_sixteenfold_is_cut_and_said(void **state)
{
    hand_plan hand;
    replicate_workspace workspace;
    double sum = 0.0, mean;

    (void)state;
    make(&hand, 20.0);
    set_multiplier(&hand, 40.0);
    assert_ok(replicate_workspace_init(&workspace, &hand.plan));
    for (uint32_t replicate = 0; replicate < 100; replicate++) {
        sim_case_run(&workspace, replicate);
        sum += (double)workspace.starters.n;
    }
    mean = 16.25 * 25.0 * hand.plan.n_day / PC_DAYS_PER_YEAR * 100.0;
    assert_true(workspace.clipped);
    assert_true(fabs(sum - mean) < 5.0 * sqrt(mean));
    replicate_workspace_free(&workspace);
    sim_case_free(&hand);
}

/* A multiplier by age acts on that age alone. */
static void a_multiplier_of_one_age_and_month_changes_no_other(void **state)
{
    hand_plan hand;
    replicate_workspace workspace;
    size_t n[MONTHS][2] = {{0}};

    (void)state;
    make(&hand, 300.0);
    *hand_plan_starts(&hand, PC_STREAM_LOCAL, 9) = 300.0;
    hand.plan.start_multiplier[(3 * PC_N_STREAM + PC_STREAM_LOCAL) * PC_N_AGE_YEAR + 9] = 0.0;
    hand.plan.start_multiplier[(4 * PC_N_STREAM + PC_STREAM_LOCAL) * PC_N_AGE_YEAR + 9] = 2.0;
    assert_ok(replicate_workspace_init(&workspace, &hand.plan));
    for (uint32_t replicate = 0; replicate < 50; replicate++) {
        sim_case_run(&workspace, replicate);
        for (size_t at = 0; at < workspace.starters.n; at++) {
            const starter *who = &workspace.starters.row[at];
            size_t period = (size_t)hand.plan.period_of_day[(int)who->time];

            if (who->stream == PC_STREAM_LOCAL) {
                n[period][who->age >= 9.0]++;
            }
        }
    }
    for (size_t period = 0; period < MONTHS; period++) {
        double mean =
            50.0 * 300.0 * (hand.plan.period[period].end - hand.plan.period[period].first) / PC_DAYS_PER_YEAR;
        double nine = period == 3 ? 0.0 : period == 4 ? 2.0 * mean : mean;

        assert_true(fabs((double)n[period][0] - mean) < 5.0 * sqrt(mean));
        assert_true(fabs((double)n[period][1] - nine) <= 5.0 * sqrt(nine));
    }
    replicate_workspace_free(&workspace);
    sim_case_free(&hand);
}

/* A shock of unaccompanied children leaves the same local children starting, to the last. */
static void a_shock_of_unaccompanied_children_is_theirs_alone(void **state)
{
    size_t uasc[2] = {0};
    hand_plan hand;

    (void)state;
    make(&hand, 200.0);
    hand.plan.year_effects = hand.plan.uasc_apart = true;
    for (uint32_t replicate = 0; replicate < 20; replicate++) {
        uint64_t local[2] = {0};

        for (int on = 0; on < 2; on++) {
            replicate_workspace workspace;

            hand.plan.shock_uasc = (plan_shock){0.5, on == 1 ? 0.5 : 0.0};
            assert_ok(replicate_workspace_init(&workspace, &hand.plan));
            sim_case_run(&workspace, replicate);
            for (size_t at = 0; at < workspace.starters.n; at++) {
                const starter *who = &workspace.starters.row[at];

                uasc[on] += who->stream == PC_STREAM_UASC;
                local[on] += who->stream == PC_STREAM_LOCAL ? who->entity : 0;
            }
            replicate_workspace_free(&workspace);
        }
        assert_true(local[0] == local[1] && local[0] > 0);
    }
    assert_true(uasc[0] != uasc[1]);
    sim_case_free(&hand);
}

static void without_starts_nobody_starts(void **state)
{
    hand_plan hand;
    replicate_workspace workspace;

    (void)state;
    make(&hand, 0.0);
    assert_ok(replicate_workspace_init(&workspace, &hand.plan));
    sim_case_run(&workspace, 0);
    assert_int_equal(workspace.starters.n, 0);
    assert_int_equal(workspace.n_life, 0);
    replicate_workspace_free(&workspace);
    sim_case_free(&hand);
}

/* Each starter lies in its month, in its stream's ages, below 18, in a category that has first placements. */
static void starters_are_what_they_should_be(void **state)
{
    hand_plan hand;
    replicate_workspace workspace;
    size_t n = 0;

    (void)state;
    sim_case_rich(&hand, MONTHS, 71);
    assert_ok(replicate_workspace_init(&workspace, &hand.plan));
    for (uint32_t replicate = 0; replicate < 50; replicate++) {
        sim_case_run(&workspace, replicate);
        for (size_t at = 0; at < workspace.starters.n; at++) {
            const starter *who = &workspace.starters.row[at];

            assert_true(who->time >= 0.0 && who->time < hand.plan.n_day);
            assert_true(who->age >= 0.0 && who->age < 18.0);
            assert_int_equal(who->age_band, pc_age_band_of_years((int)who->age));
            assert_true((int)who->age != 7 || who->stream == PC_STREAM_UASC); /* nobody starts at 7 */
            assert_true(who->stream == PC_STREAM_LOCAL || who->age >= 14.0);
            assert_true(who->category < 5);
            n++;
        }
    }
    assert_true(n > 1000);
    replicate_workspace_free(&workspace);
    sim_case_free(&hand);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_two_children_share_a_name),
        cmocka_unit_test(starts_follow_the_multiplier),
        cmocka_unit_test(a_rise_beyond_sixteenfold_is_cut_and_said),
        cmocka_unit_test(a_multiplier_of_one_age_and_month_changes_no_other),
        cmocka_unit_test(a_shock_of_unaccompanied_children_is_theirs_alone),
        cmocka_unit_test(without_starts_nobody_starts),
        cmocka_unit_test(starters_are_what_they_should_be),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
