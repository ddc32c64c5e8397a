/* Interventions by hand: how far in force on a day, who is in the pool, places, prices, cohorts, and what is
 * said of those that can have no effect. */
#include "pc_test.h"

#include <math.h>

#include "hand_intervention.h"
#include "outcome/money.h"
#include "sim_case.h"

/* How far the first of the list is in force on `day`. */
static double share_on(hand_interventions *list, hand_plan *hand, double day)
{
    hand_interventions_compile(list, hand, NULL);
    return interventions_ramp(&hand->plan.intervention[0], day);
}

/* from day 100, lag 2 months (60.875 days), ramp 4 months (121.75), until day 400, decay 2 months:
 *
 *   100        160.875       282.625        400        460.875
 *    |  nothing  |  0 .. 1      |     1      |  1 .. 0    |  nothing        */
static void an_intervention_comes_into_force_after_its_lag_along_its_ramp_and_fades_after_its_end(
    void **state)
{
    hand_plan hand;
    hand_interventions list;
    pc_intervention *of;

    (void)state;
    sim_case_make(&hand, 2, 36);
    hand_interventions_make(&list, &hand);
    of = hand_interventions_add(&list, PC_INTERVENTION_PREVENT, "a", "");
    of->from = hand_interventions_day(&hand, 100);
    of->until = hand_interventions_day(&hand, 400);
    of->lag_months = 2.0;
    of->ramp_months = 4.0;
    of->decay_months = 2.0;
    assert_close(share_on(&list, &hand, 99.0), 0.0, 0.0, 0.0);
    assert_close(share_on(&list, &hand, 160.0), 0.0, 0.0, 0.0);
    assert_close(share_on(&list, &hand, 160.875 + 121.75 / 4.0), 0.25, 1e-12, 0.0);
    assert_close(share_on(&list, &hand, 282.625), 1.0, 0.0, 0.0);
    assert_close(share_on(&list, &hand, 399.9), 1.0, 0.0, 0.0);
    assert_close(share_on(&list, &hand, 400.0 + 60.875 / 4.0), 0.75, 1e-12, 0.0);
    assert_close(share_on(&list, &hand, 461.0), 0.0, 0.0, 0.0);
    of->decay_months = 0.0;
    assert_close(share_on(&list, &hand, 400.0), 0.0, 0.0, 0.0);
    hand_interventions_remove(&hand);
    sim_case_free(&hand);
}

/* Half way up the ramp when it ends: it falls from there, and never rises again. */
static void an_end_within_the_ramp_is_the_highest_point(void **state)
{
    hand_plan hand;
    hand_interventions list;
    pc_intervention *of;
    double before = 1.0;

    (void)state;
    sim_case_make(&hand, 2, 36);
    hand_interventions_make(&list, &hand);
    of = hand_interventions_add(&list, PC_INTERVENTION_PREVENT, "a", "");
    of->ramp_months = 12.0;
    of->until = hand_interventions_day(&hand, 183);
    of->decay_months = 6.0;
    assert_close(share_on(&list, &hand, 183.0), 183.0 / 365.25, 1e-12, 0.0);
    assert_close(share_on(&list, &hand, 183.0 + 182.625 / 2.0), 0.5 * 183.0 / 365.25, 1e-12, 0.0);
    for (int day = 183; day < 400; day++) {
        double now = share_on(&list, &hand, day);

        assert_true(now <= before);
        before = now;
    }
    assert_close(before, 0.0, 0.0, 0.0);
    /* An end before the lag is over: never in force at all. */
    of->lag_months = 12.0;
    for (int day = 0; day < 1000; day += 10) {
        assert_close(share_on(&list, &hand, day), 0.0, 0.0, 0.0);
    }
    hand_interventions_remove(&hand);
    sim_case_free(&hand);
}

/* Everybody starts at 5 (completed years): a pool of 0-5 takes all of them, one of 6-17 or 0-4 nobody. */
static void pools_go_by_completed_years_of_age(void **state)
{
    static const struct {
        int from, to;
        bool all;
    } pool[] = {{0, 5, true}, {5, 5, true}, {5, 17, true}, {0, 4, false}, {6, 17, false}};

    (void)state;
    for (size_t which = 0; which < sizeof pool / sizeof pool[0]; which++) {
        hand_plan hand;
        hand_interventions list;
        replicate_workspace workspace;
        pc_intervention *of;
        int64_t starts = 0;

        sim_case_make(&hand, 2, 24);
        sim_case_first(&hand, 1);
        *hand_plan_starts(&hand, 0, 5) = 300.0;
        hand_interventions_make(&list, &hand);
        of = hand_interventions_add(&list, PC_INTERVENTION_PREVENT, "a", "");
        hand_interventions_effect(of, 1.0);
        of->age_from = pool[which].from;
        of->age_to = pool[which].to;
        hand_interventions_compile(&list, &hand, NULL);
        assert_ok(replicate_workspace_init(&workspace, &hand.plan));
        sim_case_run(&workspace, 3);
        for (size_t period = 0; period < 24; period++) {
            starts += sim_case_sum(&workspace.ledger, LEDGER_STARTS, period);
        }
        assert_true(pool[which].all ? starts == 0 : starts > 500);
        replicate_workspace_free(&workspace);
        hand_interventions_remove(&hand);
        sim_case_free(&hand);
    }
}

/* Children of 3 to 6 years at the origin, 100 moves a year of those aged 5: a child is moved after the fifth
 * birthday and before the sixth only. */
static void a_child_is_moved_within_the_ages_of_the_pool_only(void **state)
{
    hand_plan hand;
    hand_interventions list;
    replicate_workspace workspace;
    pc_intervention *of;
    int32_t moved[36];

    (void)state;
    sim_case_make(&hand, 2, 36);
    hand_plan_add_child(&hand, 0, 4.45, 0, -10, -10, true); /* five in October 2024 */
    hand_plan_add_child(&hand, 0, 3.45, 0, -10, -10, true); /* five in October 2025 */
    hand_plan_add_child(&hand, 0, 6.1, 0, -10, -10, true);  /* never */
    hand_interventions_make(&list, &hand);
    of = hand_interventions_add(&list, PC_INTERVENTION_MOVE, "a", "0");
    hand_interventions_to(&list, of, 1);
    of->age_from = of->age_to = 5;
    of->reach = 1000.0;
    hand_interventions_compile(&list, &hand, NULL);
    assert_ok(replicate_workspace_init(&workspace, &hand.plan));
    sim_case_run(&workspace, 0);
    for (size_t period = 0; period < 36; period++) {
        moved[period] = *ledger_at(&workspace.ledger, LEDGER_MOVES_IN, 1, period);
        assert_int_equal(moved[period], period == 6 || period == 18);
    }
    replicate_workspace_free(&workspace);
    hand_interventions_remove(&hand);
    sim_case_free(&hand);
}

/* Children who are in the category that the others are moved to are not moved again. */
static void a_move_never_takes_a_child_who_is_there_already(void **state)
{
    hand_plan hand;
    hand_interventions list;
    replicate_workspace workspace;
    pc_intervention *of;
    int64_t moves = 0;

    (void)state;
    sim_case_make(&hand, 3, 24);
    for (int child = 0; child < 5; child++) {
        hand_plan_add_child(&hand, 0, 3.0, (size_t)child % 2, -10, -10, true);
    }
    hand_interventions_make(&list, &hand);
    of = hand_interventions_add(&list, PC_INTERVENTION_MOVE, "a", "01");
    hand_interventions_to(&list, of, 1);
    of->reach = 50.0;
    hand_interventions_compile(&list, &hand, NULL);
    assert_ok(replicate_workspace_init(&workspace, &hand.plan));
    sim_case_run(&workspace, 0);
    for (size_t period = 0; period < 24; period++) {
        moves += sim_case_sum(&workspace.ledger, LEDGER_MOVES_IN, period);
    }
    assert_int_equal(moves, 3);
    assert_int_equal(*ledger_at(&workspace.ledger, LEDGER_STOCK, 1, 23), 5);
    replicate_workspace_free(&workspace);
    hand_interventions_remove(&hand);
    sim_case_free(&hand);
}

/* Treatment places left over when it ends are not used later: a child who comes into the pool a month after
 * is not moved. */
static void no_place_is_used_after_the_end(void **state)
{
    hand_plan hand;
    hand_interventions list;
    replicate_workspace workspace;
    pc_intervention *of;

    (void)state;
    sim_case_make(&hand, 2, 12);
    hand_plan_add_child(&hand, 0, 4.5, 0, -10, -10, true); /* five on day 183 */
    hand_interventions_make(&list, &hand);
    of = hand_interventions_add(&list, PC_INTERVENTION_MOVE, "a", "0");
    hand_interventions_to(&list, of, 1);
    of->age_from = 5;
    of->reach = 100.0;
    of->until = hand_interventions_day(&hand, 150);
    hand_interventions_compile(&list, &hand, NULL);
    assert_ok(replicate_workspace_init(&workspace, &hand.plan));
    sim_case_run(&workspace, 0);
    assert_int_equal(*ledger_at(&workspace.ledger, LEDGER_STOCK, 0, 11), 1);
    replicate_workspace_free(&workspace);
    of->until = PC_DAY_OPEN; /* must-fail twin: without the end it is moved */
    hand_interventions_compile(&list, &hand, NULL);
    assert_ok(replicate_workspace_init(&workspace, &hand.plan));
    sim_case_run(&workspace, 0);
    assert_int_equal(*ledger_at(&workspace.ledger, LEDGER_STOCK, 0, 11), 0);
    replicate_workspace_free(&workspace);
    hand_interventions_remove(&hand);
    sim_case_free(&hand);
}

/* A cohort of 20 between 1 October 2024 and 31 January 2025 (123 days), all gone by then, five a month more
 * or less; one of 2.5 is 2 or 3. */
static void a_cohort_leaves_evenly_between_its_dates(void **state)
{
    hand_plan hand;
    hand_interventions list;
    replicate_workspace workspace;
    pc_intervention *of;
    size_t three = 0;

    (void)state;
    sim_case_make(&hand, 2, 12);
    for (int child = 0; child < 60; child++) {
        hand_plan_add_child(&hand, 0, 5.0, (size_t)child % 2, -10, -10, true);
    }
    hand_interventions_make(&list, &hand);
    of = hand_interventions_add(&list, PC_INTERVENTION_DISCHARGE, "a", "1");
    of->from = pc_day_from_date((pc_date){2024, 10, 1});
    of->until = pc_day_from_date((pc_date){2025, 2, 1});
    of->children = 20.0;
    hand_interventions_compile(&list, &hand, NULL);
    assert_ok(replicate_workspace_init(&workspace, &hand.plan));
    sim_case_run(&workspace, 0);
    for (size_t period = 0; period < 12; period++) {
        int32_t ceases = *ledger_at(&workspace.ledger, LEDGER_CEASES, 1, period);

        /* The k-th leaves (k - 1/2) / 20 of 123 days after 1 October: 6.15 days apart, 3.075 days in. */
        assert_int_equal(ceases, period < 6 || period > 9 ? 0 : 5);
        assert_int_equal(*ledger_at(&workspace.ledger, LEDGER_CEASES, 0, period), 0);
        assert_int_equal(*ledger_treated(&workspace.ledger, 0, true, period), ceases);
    }
    replicate_workspace_free(&workspace);
    of->children = 2.5;
    hand_interventions_compile(&list, &hand, NULL);
    assert_ok(replicate_workspace_init(&workspace, &hand.plan));
    for (uint32_t replicate = 0; replicate < 400; replicate++) {
        sim_case_run(&workspace, replicate);
        int32_t left = 30 - *ledger_at(&workspace.ledger, LEDGER_STOCK, 1, 11);

        assert_true(left == 2 || left == 3);
        three += left == 3;
    }
    assert_true(fabs(z_share(three, 400, 0.5)) < 4.0);
    replicate_workspace_free(&workspace);
    hand_interventions_remove(&hand);
    sim_case_free(&hand);
}

/* Dates 90 days before the origin and 90 days after: half have left before the data end, the rest follow. */
static void those_of_a_cohort_who_were_to_leave_before_the_first_day_are_not_sent_home_again(void **state)
{
    hand_plan hand;
    hand_interventions list;
    replicate_workspace workspace;
    pc_intervention *of;

    (void)state;
    sim_case_make(&hand, 1, 12);
    for (int child = 0; child < 60; child++) {
        hand_plan_add_child(&hand, 0, 5.0, 0, -10, -10, true);
    }
    hand_interventions_make(&list, &hand);
    of = hand_interventions_add(&list, PC_INTERVENTION_DISCHARGE, "a", "");
    of->from = hand_interventions_day(&hand, -90);
    of->until = hand_interventions_day(&hand, 90);
    of->children = 20.0;
    hand_interventions_compile(&list, &hand, NULL);
    assert_ok(replicate_workspace_init(&workspace, &hand.plan));
    sim_case_run(&workspace, 0);
    assert_int_equal(*ledger_at(&workspace.ledger, LEDGER_STOCK, 0, 11), 50);
    assert_in_range(*ledger_at(&workspace.ledger, LEDGER_CEASES, 0, 0), 3, 4);
    replicate_workspace_free(&workspace);
    hand_interventions_remove(&hand);
    sim_case_free(&hand);
}

/* Everybody returns: within a year, to the old category, at the age of then; nobody after the 18th birthday.
 */
static void a_child_sent_home_returns_to_its_old_category_and_leaves_at_18(void **state)
{
    hand_plan hand;
    hand_interventions list;
    replicate_workspace workspace;
    pc_intervention *of;
    int64_t back = 0;

    (void)state;
    sim_case_make(&hand, 2, 36);
    for (int child = 0; child < 40; child++) {
        hand_plan_add_child(&hand, 0, child < 30 ? 8.0 : 16.5, 1, -10, -10,
                            true); /* ten are 18 in 18 months */
    }
    hand_interventions_make(&list, &hand);
    of = hand_interventions_add(&list, PC_INTERVENTION_DISCHARGE, "a", "1");
    of->children = 40.0;
    of->from = hand_interventions_day(&hand, 300);
    of->return_12m = 1.0;
    hand_interventions_compile(&list, &hand, NULL);
    assert_ok(replicate_workspace_init(&workspace, &hand.plan));
    assert_ok(ledger_keep_ages(&workspace.ledger));
    sim_case_run(&workspace, 0);
    assert_int_equal(*ledger_at(&workspace.ledger, LEDGER_CEASES, 1, 9), 40); /* 26 January 2025 */
    for (size_t period = 9; period < 22; period++) {
        back += *ledger_at(&workspace.ledger, LEDGER_STARTS, 1, period);
    }
    assert_in_range(back, 35, 40);
    assert_int_equal(*ledger_at(&workspace.ledger, LEDGER_STOCK, 1, 35), 30);
    assert_int_equal(*ledger_at(&workspace.ledger, LEDGER_STOCK, 0, 35), 0);
    sim_case_conserved(&workspace.ledger, workspace.initial);
    replicate_workspace_free(&workspace);
    hand_interventions_remove(&hand);
    sim_case_free(&hand);
}

/* 5 places; +8 from day 31, ramped over two months; -10 from day 365: 5, 5 + floor(8 x share), 13, 3, and
 * never below none. Given in the other order it is the same. */
static void changes_of_places_add_up_and_follow_the_ramp(void **state)
{
    for (int swapped = 0; swapped < 2; swapped++) {
        hand_plan hand;
        hand_interventions list;
        pc_intervention *more, *less;

        (void)state;
        sim_case_make(&hand, 2, 36);
        sim_case_cap(&hand, 0, 5);
        hand_interventions_make(&list, &hand);
        less = swapped ? hand_interventions_add(&list, PC_INTERVENTION_CAPACITY, "less", "0") : NULL;
        more = hand_interventions_add(&list, PC_INTERVENTION_CAPACITY, "more", "0");
        less = swapped ? less : hand_interventions_add(&list, PC_INTERVENTION_CAPACITY, "less", "0");
        more->places = 8.0;
        more->from = hand_interventions_day(&hand, 31);
        more->ramp_months = 2.0;
        more->until = hand_interventions_day(&hand, 730);
        less->places = -10.0;
        less->from = hand_interventions_day(&hand, 365);
        hand_interventions_compile(&list, &hand, NULL);
        const int *places = hand.plan.capacity[0].places;
        assert_int_equal(places[30], 5);
        assert_int_equal(places[31 + 15], 5 + (int)floor(8.0 * 15.0 / 60.875));
        assert_int_equal(places[31 + 30], 5 + (int)floor(8.0 * 30.0 / 60.875));
        assert_int_equal(places[31 + 61], 13);
        assert_int_equal(places[364], 13);
        assert_int_equal(places[365], 3);
        assert_int_equal(places[730], 0); /* 5 - 10 */
        hand_interventions_remove(&hand);
        sim_case_free(&hand);
    }
}

/* Before its first step a category has no limit; more places do not make one. */
static void places_are_not_added_to_no_limit(void **state)
{
    hand_plan hand;
    hand_interventions list;

    (void)state;
    sim_case_make(&hand, 1, 12);
    sim_case_cap_from(&hand, 0, 100, 4);
    hand_interventions_make(&list, &hand);
    hand_interventions_add(&list, PC_INTERVENTION_CAPACITY, "a", "0")->places = 3.0;
    hand_interventions_compile(&list, &hand, NULL);
    assert_int_equal(hand.plan.capacity[0].places[99], INT32_MAX);
    assert_int_equal(hand.plan.capacity[0].places[100], 7);
    hand_interventions_remove(&hand);
    sim_case_free(&hand);
}

/* Eight beds that come with a chance of 30%: in a replicate there are 8 or none, never 2.4; children beyond
 * them go elsewhere, and the places paid for as a block are those of the replicate. */
static void places_that_may_not_be_delivered_are_there_in_some_replicates(void **state)
{
    hand_plan hand;
    hand_interventions list;
    replicate_workspace workspace;
    money cost;
    double weekly[2] = {700.0, (double)NAN};
    int price_year[2] = {2024, 2024};
    pc_prices prices = {.n_category = 2, .weekly_gbp = weekly, .price_year = price_year};
    pc_intervention *of;
    size_t delivered = 0;

    (void)state;
    sim_case_make(&hand, 2, 24);
    sim_case_cap(&hand, 0, 2);
    hand.plan.capacity[0].block = true;
    sim_case_overflow(&hand, 0, "1");
    sim_case_first(&hand, 0);
    *hand_plan_starts(&hand, 0, 4) = 100.0;
    hand_interventions_make(&list, &hand);
    of = hand_interventions_add(&list, PC_INTERVENTION_CAPACITY, "beds", "0");
    of->places = 8.0;
    of->confidence = 0.3;
    hand_interventions_compile(&list, &hand, NULL);
    assert_ok(replicate_workspace_init(&workspace, &hand.plan));
    assert_ok(money_init(&cost, &prices, &hand.plan));
    for (uint32_t replicate = 0; replicate < 400; replicate++) {
        int32_t in_it;

        sim_case_run(&workspace, replicate);
        in_it = *ledger_at(&workspace.ledger, LEDGER_STOCK, 0, 23);
        assert_true(in_it == 2 || in_it == 10);
        delivered += in_it == 10;
        money_draw(&cost, replicate);
        assert_ok(money_fill(&cost, &workspace.ledger, workspace.log));
        assert_int_equal(cost.pence[0], in_it * 30 * 10000); /* April 2024: 30 days at 100 pounds */
    }
    assert_true(fabs(z_share(delivered, 400, 0.3)) < 4.0);
    money_free(&cost);
    replicate_workspace_free(&workspace);
    hand_interventions_remove(&hand);
    sim_case_free(&hand);
}

/* 700 pounds a week, 10% less from 1 April 2025: the bill of a month is days x 100 before and days x 90
 * after; another category's and everybody's life stay as they are. */
static void a_price_changes_the_bill_and_nobodys_life(void **state)
{
    hand_plan hand;
    hand_interventions list;
    replicate_workspace workspace;
    money cost;
    double weekly[2] = {700.0, 1400.0};
    int price_year[2] = {2024, 2024};
    pc_prices prices = {.n_category = 2, .weekly_gbp = weekly, .price_year = price_year};
    pc_intervention *of;

    (void)state;
    sim_case_make(&hand, 2, 24);
    for (int child = 0; child < 30; child++) {
        hand_plan_add_child(&hand, 0, 5.0, (size_t)child % 2, -10, -10, true);
    }
    sim_case_exits(&hand, PC_EXIT_HOME, 0.4);
    sim_case_moves(&hand, 0, 1, 0.5);
    hand_interventions_make(&list, &hand);
    of = hand_interventions_add(&list, PC_INTERVENTION_PRICE, "a", "0");
    hand_interventions_effect(of, -0.1);
    of->from = pc_day_from_date((pc_date){2025, 4, 1});
    hand_interventions_compile(&list, &hand, NULL);
    assert_false(hand.plan.coupled);
    assert_ok(replicate_workspace_init(&workspace, &hand.plan));
    assert_ok(money_init(&cost, &prices, &hand.plan));
    for (uint32_t replicate = 0; replicate < 20; replicate++) {
        sim_case_run(&workspace, replicate);
        money_draw(&cost, replicate);
        assert_ok(money_fill(&cost, &workspace.ledger, workspace.log));
        for (size_t month = 0; month < 24; month++) {
            int64_t days = *ledger_at(&workspace.ledger, LEDGER_DAYS, 0, month);
            int64_t other = *ledger_at(&workspace.ledger, LEDGER_DAYS, 1, month);

            assert_int_equal(cost.pence[month], days * (month < 12 ? 10000 : 9000));
            assert_int_equal(cost.pence[24 + month], other * 20000);
        }
    }
    money_free(&cost);
    replicate_workspace_free(&workspace);
    hand_interventions_remove(&hand);
    sim_case_free(&hand);
}

/* Effects that together would leave a hundredth leave a twentieth; one alone may take all. */
static void together_effects_leave_a_twentieth(void **state)
{
    double left = 1.0;

    (void)state;
    assert_close(interventions_with_floor(0.9, &left), 0.9, 0.0, 0.0);
    assert_close(interventions_with_floor(0.9, &left), 0.5, 1e-12, 0.0);
    assert_close(left, 0.05, 1e-12, 0.0);
    assert_close(interventions_with_floor(0.3, &left), 0.0, 0.0, 1e-12);
    left = 1.0;
    assert_close(interventions_with_floor(1.0, &left), 1.0, 0.0, 0.0);
    left = 1.0;
    assert_close(interventions_with_floor(0.2, &left), 0.2, 0.0, 0.0);
    assert_close(interventions_with_floor(0.5, &left), 0.5, 0.0, 0.0);
    assert_close(left, 0.4, 1e-12, 0.0);
}

/* What a user is told of an intervention that can have no effect. */
static void what_can_have_no_effect_is_reported(void **state)
{
    hand_plan hand;
    hand_interventions list;
    pc_intervention *of;
    pc_diagnostics said = {0};

    (void)state;
    sim_case_make(&hand, 3, 12);
    sim_case_first(&hand, 0);
    *hand_plan_starts(&hand, 0, 4) = 10.0;
    hand_interventions_make(&list, &hand);
    of = hand_interventions_add(&list, PC_INTERVENTION_PREVENT, "after the end", "");
    of->from = hand_interventions_day(&hand, hand.plan.n_day);
    of = hand_interventions_add(&list, PC_INTERVENTION_PREVENT, "over before it works", "");
    of->until = hand_interventions_day(&hand, 30);
    of->lag_months = 1.0;
    hand_interventions_add(&list, PC_INTERVENTION_MOVE, "too few", "0")->reach = 0.5;
    hand_interventions_add(&list, PC_INTERVENTION_PREVENT, "never delivered", "")->confidence = 0.0;
    hand_interventions_compile(&list, &hand, &said);
    assert_message(&said, "`after the end` can have no effect: it begins after the last day");
    assert_message(&said, "`over before it works` can have no effect: it ends before it begins");
    assert_message(&said, "`too few` can have no effect: a reach below 1 a year");
    assert_message(&said, "`never delivered` can have no effect: the confidence");
    assert_int_equal(said.n, 4);
    pc_diagnostics_free(&said);
    hand_interventions_remove(&hand);
    sim_case_free(&hand);
}

/* The reader of a scenario has its place and says what it can know; each authority has a plan. */
static void what_has_been_said_of_an_intervention_is_not_said_again(void **state)
{
    static char file[] = "base.yaml";
    hand_plan hand;
    hand_interventions list;
    pc_intervention *of;
    pc_diagnostics said = {0};

    (void)state;
    sim_case_make(&hand, 3, 12);
    hand_interventions_make(&list, &hand);
    for (long line = 4; line < 6; line++) {
        of = hand_interventions_add(&list, PC_INTERVENTION_MOVE, line == 4 ? "four" : "five", "0");
        of->reach = 0.5;
        of->file = file;
        of->line = line;
    }
    pc_diagnostics_add(&said, PC_WARNING, (pc_place){.file = file, .line = 4},
                       "interventions.four: can have no effect: a reach below 1");
    hand_interventions_compile(&list, &hand, &said);
    assert_int_equal(said.n, 2);
    assert_message(&said, "base.yaml:5: `five` can have no effect: a reach below 1 a year");
    hand_interventions_compile(&list, &hand, &said);
    assert_int_equal(said.n, 2);
    pc_diagnostics_free(&said);
    hand_interventions_remove(&hand);
    sim_case_free(&hand);
}

/* Starts at 4 in category 0 only; category 2 is never reached, category 1 by a move. */
static void an_empty_pool_is_found(void **state)
{
    static const struct {
        pc_intervention_kind kind;
        const char *pool;
        int age_from;
        bool uasc, idle;
    } each[] = {
        {PC_INTERVENTION_PREVENT, "", 0, false, false},   {PC_INTERVENTION_PREVENT, "1", 0, false, true},
        {PC_INTERVENTION_PREVENT, "0", 5, false, true},   {PC_INTERVENTION_PREVENT, "0", 4, false, false},
        {PC_INTERVENTION_PREVENT, "", 0, true, true},     {PC_INTERVENTION_MOVE, "1", 0, false, false},
        {PC_INTERVENTION_MOVE, "2", 0, false, true},      {PC_INTERVENTION_EXIT_RATE, "2", 0, false, true},
        {PC_INTERVENTION_EXIT_RATE, "", 9, false, false}, {PC_INTERVENTION_CAPACITY, "0", 0, false, false},
        {PC_INTERVENTION_CAPACITY, "1", 0, false, true},  {PC_INTERVENTION_PRICE, "2", 0, false, false},
    };

    (void)state;
    for (size_t which = 0; which < sizeof each / sizeof each[0]; which++) {
        hand_plan hand;
        hand_interventions list;
        pc_intervention *of;

        sim_case_make(&hand, 3, 12);
        sim_case_first(&hand, 0);
        sim_case_moves(&hand, 0, 1, 0.1);
        sim_case_cap(&hand, 0, 5);
        *hand_plan_starts(&hand, 0, 4) = 10.0;
        hand_interventions_make(&list, &hand);
        of = hand_interventions_add(&list, each[which].kind, "a", each[which].pool);
        of->age_from = each[which].age_from;
        of->stream[0] = !each[which].uasc;
        hand_interventions_compile(&list, &hand, NULL);
        assert_int_equal(interventions_is_idle(&hand.plan, 0), each[which].idle);
        hand_interventions_remove(&hand);
        sim_case_free(&hand);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(
            an_intervention_comes_into_force_after_its_lag_along_its_ramp_and_fades_after_its_end),
        cmocka_unit_test(an_end_within_the_ramp_is_the_highest_point),
        cmocka_unit_test(pools_go_by_completed_years_of_age),
        cmocka_unit_test(a_child_is_moved_within_the_ages_of_the_pool_only),
        cmocka_unit_test(a_move_never_takes_a_child_who_is_there_already),
        cmocka_unit_test(no_place_is_used_after_the_end),
        cmocka_unit_test(a_cohort_leaves_evenly_between_its_dates),
        cmocka_unit_test(those_of_a_cohort_who_were_to_leave_before_the_first_day_are_not_sent_home_again),
        cmocka_unit_test(a_child_sent_home_returns_to_its_old_category_and_leaves_at_18),
        cmocka_unit_test(changes_of_places_add_up_and_follow_the_ramp),
        cmocka_unit_test(places_are_not_added_to_no_limit),
        cmocka_unit_test(places_that_may_not_be_delivered_are_there_in_some_replicates),
        cmocka_unit_test(a_price_changes_the_bill_and_nobodys_life),
        cmocka_unit_test(together_effects_leave_a_twentieth),
        cmocka_unit_test(what_can_have_no_effect_is_reported),
        cmocka_unit_test(what_has_been_said_of_an_intervention_is_not_said_again),
        cmocka_unit_test(an_empty_pool_is_found),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
