/* What holds of interventions on any model: nobody beyond the reach is treated, nobody is changed who is not
 * treated, an effect of nothing changes nothing, and a child that is not changed has the same life. */
#include "pc_test.h"

#include <math.h>

#include "hand_intervention.h"
#include "sim_case.h"

enum { MONTHS = 36, YEARS = 3, CATEGORIES = 5 };

static const struct {
    const char *name;
    pc_intervention_kind kind;
    const char *pool;
    int to; /* -1: none */
    double effect;
} kinds[] = {
    {"prevent", PC_INTERVENTION_PREVENT, "", -1, 0.5},
    {"divert", PC_INTERVENTION_DIVERT, "0123", 4, 0.5},
    {"exits rarer", PC_INTERVENTION_EXIT_RATE, "", -1, -0.5},
    {"exits more frequent", PC_INTERVENTION_EXIT_RATE, "", -1, 0.5},
    {"exits three times as frequent", PC_INTERVENTION_EXIT_RATE, "012", -1, 2.0},
    {"move", PC_INTERVENTION_MOVE, "013", 2, 1.0},
};
enum { N_KIND = sizeof kinds / sizeof kinds[0] };

static pc_intervention *add_kind(hand_interventions *list, size_t which)
{
    pc_intervention *of =
        hand_interventions_add(list, kinds[which].kind, kinds[which].name, kinds[which].pool);

    hand_interventions_effect(of, kinds[which].effect);
    if (kinds[which].to >= 0) {
        hand_interventions_to(list, of, (size_t)kinds[which].to);
    }
    return of;
}

static int32_t in_year(const ledger *of, bool changed, size_t year)
{
    int32_t sum = 0;

    for (size_t month = 12 * year; month < 12 * year + 12; month++) {
        sum += *ledger_treated(of, 0, changed, month);
    }
    return sum;
}

/* Some 200 cases a year for a reach of 10.5: places are used to the last one. `would_have` of 0.6 and an
 * effect of a half change 10.5 x 0.6 x 0.5 = 3.15 of them a year at most. |z| < 4.5: once in 150,000. */
static void nobody_beyond_the_reach_is_treated_and_no_more_are_changed_than_effect_and_would_have_say(
    void **state)
{
    const double reach = 10.5;
    const uint32_t n = 250;

    (void)state;
    for (size_t which = 0; which < N_KIND; which++) {
        hand_plan hand;
        hand_interventions list;
        replicate_workspace workspace;
        double sum[2][YEARS] = {{0}}, square[YEARS] = {0};
        double share =
            kinds[which].kind == PC_INTERVENTION_MOVE ? 1.0 : 0.6 * fmin(1.0, fabs(kinds[which].effect));
        pc_intervention *of;

        sim_case_rich(&hand, MONTHS, 41);
        hand_interventions_make(&list, &hand);
        of = add_kind(&list, which);
        of->reach = reach;
        of->would_have = 0.6;
        of->from = pc_day_from_date((pc_date){2024, 10, 1}); /* half of the first year */
        hand_interventions_compile(&list, &hand, NULL);
        assert_ok(replicate_workspace_init(&workspace, &hand.plan));
        for (uint32_t replicate = 0; replicate < n; replicate++) {
            sim_case_run(&workspace, replicate);
            sim_case_conserved(&workspace.ledger, workspace.initial);
            for (size_t year = 0; year < YEARS; year++) {
                int32_t treated = in_year(&workspace.ledger, false, year);
                int32_t changed = in_year(&workspace.ledger, true, year);

                assert_true(treated <= reach);
                assert_in_range(changed, 0, treated);
                sum[0][year] += treated;
                sum[1][year] += changed;
                square[year] += (double)changed * changed;
            }
        }
        for (size_t year = 0; year < YEARS; year++) {
            double most = reach * (year == 0 ? 182.0 / 365.25 : 1.0);
            double mean = sum[1][year] / n, variance = square[year] / n - mean * mean;

            /* In 2024/25 182 days; the mean of whole places is that of their parts. A whole year stops at 10,
             * the last whole place below the reach. */
            assert_close(sum[0][year] / n, year == 0 ? most : 10.0, 0.0, 0.2);
            assert_true(mean <= share * most + 4.5 * sqrt(variance / n));
            assert_true(mean >= 0.9 * share * floor(most) - 4.5 * sqrt(variance / n)); /* it does work */
        }
        replicate_workspace_free(&workspace);
        of->reach = (double)INFINITY; /* must-fail twin */
        if (kinds[which].kind != PC_INTERVENTION_MOVE) {
            hand_interventions_compile(&list, &hand, NULL);
            assert_ok(replicate_workspace_init(&workspace, &hand.plan));
            assert_ok(ledger_keep_ages(&workspace.ledger));
            sim_case_run(&workspace, 0);
            sim_case_conserved(&workspace.ledger, workspace.initial);
            assert_false(in_year(&workspace.ledger, false, 1) <= reach);
            replicate_workspace_free(&workspace);
        }
        hand_interventions_remove(&hand);
        sim_case_free(&hand);
    }
}

static bool same_ledger(const ledger *a, const ledger *b)
{
    return memcmp(a->count, b->count, LEDGER_N_SERIES * CATEGORIES * MONTHS * sizeof *a->count) == 0 &&
           memcmp(a->exits, b->exits, PC_N_EXIT_CAUSE * MONTHS * sizeof *a->exits) == 0;
}

static pc_intervention *add_nothing(hand_interventions *list, size_t which)
{
    pc_intervention *of;

    if (which < N_KIND) {
        of = add_kind(list, which);
        hand_interventions_effect(of, 0.0);
        of->reach = kinds[which].kind == PC_INTERVENTION_MOVE ? 0.0 : of->reach;
        return of;
    }
    of = hand_interventions_add(list,
                                which == N_KIND       ? PC_INTERVENTION_DISCHARGE
                                : which == N_KIND + 1 ? PC_INTERVENTION_CAPACITY
                                : which == N_KIND + 2 ? PC_INTERVENTION_PRICE
                                                      : PC_INTERVENTION_ACTIVITY,
                                "nothing", "");
    hand_interventions_effect(of, which == N_KIND + 3 ? 0.9 : 0.0); /* activity never touches children */
    return of;
}

static void an_effect_of_nothing_changes_not_a_single_count(void **state)
{
    (void)state;
    for (size_t which = 0; which < N_KIND + 4; which++) {
        for (int reach = 0; reach < 2; reach++) {
            hand_plan hand[2];
            hand_interventions list;
            replicate_workspace workspace[2];
            pc_intervention *of;

            sim_case_rich(&hand[0], MONTHS, 42);
            sim_case_rich(&hand[1], MONTHS, 42);
            hand_interventions_make(&list, &hand[1]);
            of = add_nothing(&list, which);
            if (reach == 1 && of->kind != PC_INTERVENTION_MOVE) {
                of->reach = 20.0;
            }
            hand_interventions_compile(&list, &hand[1], NULL);
            assert_ok(replicate_workspace_init(&workspace[0], &hand[0].plan));
            assert_ok(replicate_workspace_init(&workspace[1], &hand[1].plan));
            for (uint32_t replicate = 0; replicate < 10; replicate++) {
                sim_case_run(&workspace[0], replicate);
                sim_case_run(&workspace[1], replicate);
                assert_true(same_ledger(&workspace[0].ledger, &workspace[1].ledger));
            }
            /* Must-fail twin: a small effect is seen. */
            if (which < N_KIND) {
                hand_interventions_effect(of, kinds[which].effect / 5.0);
                of->reach = of->kind == PC_INTERVENTION_MOVE ? 3.0 : of->reach;
                replicate_workspace_free(&workspace[1]);
                hand_interventions_compile(&list, &hand[1], NULL);
                assert_ok(replicate_workspace_init(&workspace[1], &hand[1].plan));
                sim_case_run(&workspace[1], 9);
                assert_false(same_ledger(&workspace[0].ledger, &workspace[1].ledger));
            }
            replicate_workspace_free(&workspace[0]);
            replicate_workspace_free(&workspace[1]);
            hand_interventions_remove(&hand[1]);
            sim_case_free(&hand[0]);
            sim_case_free(&hand[1]);
        }
    }
}

/* One child alone is in the pool (the only one of its stream). The ledger with the intervention less the
 * ledger of all others without that child must be the ledger of one single child: so nobody else's life has
 * changed by a day. */
static void no_life_changes_but_that_of_the_child_who_is_changed(void **state)
{
    (void)state;
    for (size_t which = 1; which <= N_KIND; which++) {
        hand_plan hand;
        hand_interventions list;
        replicate_workspace without, with;
        pc_intervention *of;
        size_t n_changed = 0;

        sim_case_rich(&hand, MONTHS, 43);
        for (size_t age = 0; age < PC_N_AGE_YEAR; age++) {
            *hand_plan_starts(&hand, 1, age) = 0.0;
        }
        for (size_t child = 0; child < hand.plan.n_child; child++) {
            hand.plan.child[child].stream = 0;
        }
        hand_plan_add_child(&hand, 1, 6.0, 1, -200.0, -100.0, true);
        hand_interventions_make(&list, &hand);
        of = which < N_KIND ? add_kind(&list, which)
                            : hand_interventions_add(&list, PC_INTERVENTION_DISCHARGE, "cohort", "");
        of->children = 1.0;
        of->return_12m = 0.5;
        of->stream[0] = false;
        of->reach = of->kind == PC_INTERVENTION_MOVE ? 4.0 : of->reach;
        for (uint32_t replicate = 0; replicate < 60; replicate++) {
            ledger difference;
            int32_t initial[CATEGORIES] = {0, 1, 0, 0, 0};
            size_t n_count = (size_t)LEDGER_N_SERIES * CATEGORIES * MONTHS;

            hand_interventions_remove(&hand);
            hand.plan.coupled = false;
            hand.plan.n_child--;
            assert_ok(replicate_workspace_init(&without, &hand.plan));
            sim_case_run(&without, replicate);
            hand.plan.n_child++;
            hand_interventions_compile(&list, &hand, NULL);
            assert_ok(replicate_workspace_init(&with, &hand.plan));
            sim_case_run(&with, replicate);
            for (size_t period = 0; period < MONTHS; period++) {
                n_changed += (size_t)*ledger_treated(&with.ledger, 0, true, period);
            }
            difference = with.ledger;
            for (size_t at = 0; at < n_count; at++) {
                difference.count[at] -= without.ledger.count[at];
            }
            for (size_t at = 0; at < (size_t)PC_N_EXIT_CAUSE * MONTHS; at++) {
                difference.exits[at] -= without.ledger.exits[at];
            }
            sim_case_conserved(&difference, initial);
            for (size_t period = 0; period < MONTHS; period++) {
                assert_in_range(sim_case_sum(&difference, LEDGER_STOCK, period), 0, 1);
            }
            replicate_workspace_free(&without);
            replicate_workspace_free(&with);
        }
        assert_true(n_changed >= 5);
        hand_interventions_remove(&hand);
        sim_case_free(&hand);
    }
}

/* Four at once, uncertain in every way: a replicate is the same whatever was run before it. */
static void a_replicate_does_not_depend_on_what_ran_before_it(void **state)
{
    hand_plan hand;
    hand_interventions list;
    replicate_workspace up, down;
    pc_intervention *of;
    const uint32_t n = 24;
    ledger kept[24];

    (void)state;
    sim_case_rich(&hand, MONTHS, 44);
    sim_case_cap(&hand, 2, 20);
    sim_case_overflow(&hand, 2, "0");
    hand_interventions_make(&list, &hand);
    of = add_kind(&list, 3);
    of->effect = (pc_effect){0.0, 0.1, 1.0};
    of->confidence = 0.5;
    of = add_kind(&list, 4);
    of->reach = 8.0;
    of->confidence = 0.5;
    of = hand_interventions_add(&list, PC_INTERVENTION_DISCHARGE, "cohort", "");
    of->children = 6.5;
    of->return_12m = 0.4;
    of->confidence = 0.7;
    of = hand_interventions_add(&list, PC_INTERVENTION_CAPACITY, "beds", "2");
    of->places = 9.0;
    of->confidence = 0.5;
    hand_interventions_compile(&list, &hand, NULL);
    assert_ok(replicate_workspace_init(&up, &hand.plan));
    assert_ok(replicate_workspace_init(&down, &hand.plan));
    for (uint32_t replicate = 0; replicate < n; replicate++) {
        sim_case_run(&up, replicate);
        assert_ok(ledger_init(&kept[replicate], &hand.plan));
        memcpy(kept[replicate].count, up.ledger.count,
               (size_t)LEDGER_N_SERIES * CATEGORIES * MONTHS * sizeof(int32_t));
        memcpy(kept[replicate].exits, up.ledger.exits, (size_t)PC_N_EXIT_CAUSE * MONTHS * sizeof(int32_t));
    }
    for (uint32_t replicate = n; replicate-- > 0;) {
        sim_case_run(&down, replicate);
        assert_true(same_ledger(&down.ledger, &kept[replicate]));
        if (replicate > 0) {
            assert_false(same_ledger(&down.ledger, &kept[replicate - 1]));
        }
        ledger_free(&kept[replicate]);
    }
    replicate_workspace_free(&up);
    replicate_workspace_free(&down);
    hand_interventions_remove(&hand);
    sim_case_free(&hand);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(
            nobody_beyond_the_reach_is_treated_and_no_more_are_changed_than_effect_and_would_have_say),
        cmocka_unit_test(an_effect_of_nothing_changes_not_a_single_count),
        cmocka_unit_test(no_life_changes_but_that_of_the_child_who_is_changed),
        cmocka_unit_test(a_replicate_does_not_depend_on_what_ran_before_it),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
