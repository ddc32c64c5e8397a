/* In day order, for scenarios with capacity: as long as no place is refused, the ledger is the same to the
 * last count; and what is conserved when places are refused. */
#include "pc_test.h"

#include "sim_case.h"
#include "sim_coupled.h"

enum { MONTHS = 36, REPLICATES = 12 };

typedef void (*sim_setting)(hand_plan *hand);

static void ample(hand_plan *hand)
{
    for (size_t category = 0; category < hand->plan.n_category; category++) {
        sim_case_cap(hand, category, 100000);
        sim_case_overflow(hand, category, category == 0 ? "12" : "0");
    }
}

/* Whatever could interrupt a life is there, and nothing ever does. */
static void ample_with_close_and_return(hand_plan *hand)
{
    ample(hand);
    for (size_t category = 0; category < hand->plan.n_category; category++) {
        hand->plan.capacity[category].close = true;
        hand->plan.capacity[category].return_home = true;
    }
}

static void substitution_that_never_suits(hand_plan *hand)
{
    ample(hand);
    hand->plan.capacity[2].substitute_to = 0;
    hand->plan.capacity[2].substitute_share = 0.0;
}

static void substitution_to_a_closed_category(hand_plan *hand)
{
    ample(hand);
    hand->plan.capacity[1].substitute_to = 4;
    hand->plan.capacity[1].substitute_share = 1.0;
    hand->plan.capacity[4].capped = false;
    free(hand->plan.capacity[4].places);
    hand->plan.capacity[4].places = NULL;
    sim_case_cap(hand, 4, 0); /* refused only if somebody needs it: see to it that nobody does */
    for (size_t from = 0; from < 5; from++) {
        sim_case_moves(hand, from, 4, 0.0);
        sim_case_statuses(hand, from, 4, 0.0);
    }
    for (size_t stream = 0; stream < PC_N_STREAM; stream++) {
        for (size_t age = 0; age < PC_N_AGE_BAND; age++) {
            *hand_plan_first(hand, stream, age, 4) = 0.0;
        }
    }
}

static void coupled_by_name_only(hand_plan *hand)
{
    hand->plan.coupled = true;
}

/* Runs the same replicates with and without `set`, and counts the counts that differ. */
static size_t differences(sim_setting set, sim_setting base)
{
    hand_plan plain, capped;
    replicate_workspace alone, ordered;
    size_t size, n_different = 0;

    sim_case_rich(&plain, MONTHS, 21);
    sim_case_rich(&capped, MONTHS, 21);
    set(&capped);
    if (base != NULL) {
        base(&plain);
        plain.plan.has_capacity = plain.plan.coupled = false;
    }
    assert_ok(replicate_workspace_init(&alone, &plain.plan));
    assert_ok(replicate_workspace_init(&ordered, &capped.plan));
    size = LEDGER_OVERFLOW * plain.plan.n_category * plain.plan.n_period;
    for (uint32_t replicate = 0; replicate < REPLICATES; replicate++) {
        sim_case_run(&alone, replicate);
        sim_case_run(&ordered, replicate);
        for (size_t at = 0; at < size; at++) {
            n_different += alone.ledger.count[at] != ordered.ledger.count[at];
        }
        for (size_t at = 0; at < PC_N_EXIT_CAUSE * plain.plan.n_period; at++) {
            n_different += alone.ledger.exits[at] != ordered.ledger.exits[at];
        }
        sim_case_conserved(&ordered.ledger, ordered.initial);
    }
    replicate_workspace_free(&alone);
    replicate_workspace_free(&ordered);
    sim_case_free(&plain);
    sim_case_free(&capped);
    return n_different;
}

static void ample_places_change_nothing(void **state)
{
    (void)state;
    assert_int_equal(differences(ample, NULL), 0);
    assert_int_equal(differences(coupled_by_name_only, NULL), 0);
}

static void close_and_return_that_never_act_change_nothing(void **state)
{
    (void)state;
    assert_int_equal(differences(ample_with_close_and_return, NULL), 0);
}

static void substitution_that_cannot_happen_changes_nothing(void **state)
{
    (void)state;
    assert_int_equal(differences(substitution_that_never_suits, NULL), 0);
    assert_int_equal(differences(substitution_to_a_closed_category, substitution_to_a_closed_category), 0);
}

static void scarce(hand_plan *hand)
{
    sim_case_cap(hand, 0, 20);
    sim_case_cap(hand, 1, 15);
    sim_case_cap(hand, 2, 30);
    sim_case_overflow(hand, 0, "12");
    sim_case_overflow(hand, 1, "2");
    sim_case_overflow(hand, 2, "34");
    hand->plan.capacity[0].return_home = true;
    hand->plan.capacity[1].return_home = true;
    hand->plan.capacity[1].close = true;
    for (int day = 400; day < hand->plan.n_day; day++) {
        hand->plan.capacity[1].places[day] = 5;
    }
    hand->plan.capacity[3].substitute_to = 0;
    hand->plan.capacity[3].substitute_share = 0.5;
}

/* Must-fail twin of `differences`, which notices places that are refused. */
static void scarce_places_change_much(void **state)
{
    (void)state;
    assert_true(differences(scarce, NULL) > 1000);
}

/* Occupancy never rises where there is no place, day by day: only placements that were counted as unmet and
 * changes of status may go above. */
static void nobody_joins_a_full_category_but_the_unmet(void **state)
{
    hand_plan hand;
    replicate_workspace workspace;

    (void)state;
    sim_case_rich(&hand, MONTHS, 22);
    scarce(&hand);
    for (size_t from = 0; from < 5; from++) {
        for (size_t to = 0; to < 5; to++) {
            sim_case_statuses(&hand, from, to, 0.0);
        }
    }
    assert_ok(replicate_workspace_init(&workspace, &hand.plan));
    for (uint32_t replicate = 0; replicate < REPLICATES; replicate++) {
        const ledger *of = &workspace.ledger;

        sim_case_run(&workspace, replicate);
        sim_case_conserved(of, workspace.initial);
        for (size_t category = 0; category < 2; category++) {
            const int *places = hand.plan.capacity[category].places;
            int32_t before = workspace.initial[category];

            for (size_t period = 0; period < of->n_period; period++) {
                int last = of->period[period].end - 1;
                int32_t stock = *ledger_at(of, LEDGER_STOCK, category, period), full, days;
                int32_t limit = before > places[of->period[period].first] ? before : places[last];

                assert_true(stock <= limit); /* categories 0 and 1 are nobody's last resort */
                full = *ledger_at(of, LEDGER_FULL, category, period);
                days = last + 1 - of->period[period].first;
                assert_in_range(full, 0, days);
                if (places[of->period[period].first] == places[last]) {
                    /* Full days hold at least `places`, the others at most one less. */
                    assert_true(*ledger_at(of, LEDGER_DAYS, category, period) >= full * places[last]);
                    if (full < days) {
                        assert_true(*ledger_at(of, LEDGER_DAYS, category, period) <=
                                    full * limit + (days - full) * (places[last] - 1));
                    }
                }
                before = stock;
            }
        }
        for (size_t period = 0; period < of->n_period; period++) {
            for (size_t category = 0; category < of->n_category; category++) {
                assert_true(*ledger_at(of, LEDGER_UNMET, category, period) <=
                            *ledger_at(of, LEDGER_OVERFLOW, category, period));
                assert_true(*ledger_at(of, LEDGER_DISPLACED, category, period) >= 0);
                assert_true(*ledger_at(of, LEDGER_UNMET_DAYS, category, period) >= 0);
            }
        }
    }
    replicate_workspace_free(&workspace);
    sim_case_free(&hand);
}

/* Random rules: some categories capped, by steps that fall and rise, some closing, taking back, paid en bloc,
 * some with lists of any length, some with substitution. */
static void random_rules(hand_plan *hand, uint64_t seed)
{
    uint64_t state = seed;

    for (size_t category = 0; category < 5; category++) {
        char list[6] = "";
        size_t n_list = (size_t)(4.0 * hand_plan_random(&state)), n = 0;

        if (hand_plan_random(&state) < 0.7) {
            int day = hand_plan_random(&state) < 0.3 ? 40 : 0;

            for (; day < hand->plan.n_day; day += 20 + (int)(300.0 * hand_plan_random(&state))) {
                sim_case_cap_from(hand, category, day, (int)(45.0 * hand_plan_random(&state)));
            }
        }
        hand->plan.capacity[category].close = hand_plan_random(&state) < 0.4;
        hand->plan.capacity[category].return_home = hand_plan_random(&state) < 0.4;
        hand->plan.capacity[category].block = hand_plan_random(&state) < 0.4;
        for (size_t to = (category + 1) % 5; n < n_list; to = (to + 1 + n) % 5) {
            if (to != category) {
                list[n++] = (char)('0' + to);
            } else {
                n_list--;
            }
        }
        list[n] = '\0';
        sim_case_overflow(hand, category, list);
        if (hand_plan_random(&state) < 0.3) {
            hand->plan.capacity[category].substitute_to = (int)((category + 2) % 5);
            hand->plan.capacity[category].substitute_share = hand_plan_random(&state);
            hand->plan.has_capacity = hand->plan.coupled = true;
        }
    }
}

/* Every rule against a second implementation that looks at every child on every day. Some short stays, so
 * that children have several events on one day. */
static void the_ledger_is_that_of_a_slow_simulation_of_the_rules(void **state)
{
    int64_t seen[LEDGER_N_SERIES] = {0};
    int32_t before[5 * 18]; /* starts */

    (void)state;
    for (uint64_t seed = 0; seed < 40; seed++) {
        hand_plan hand;
        replicate_workspace workspace;

        sim_case_rich(&hand, 18, 900 + seed);
        random_rules(&hand, seed);
        if (seed % 3 == 0) {
            sim_case_moves(&hand, 3, 0, 400.0);
            sim_case_statuses(&hand, 4, 2, 300.0);
        }
        hand.plan.year_effects = seed % 2 == 1;
        hand.plan.shock_exits = hand.plan.shock_mix = (plan_shock){0.3, 0.3};
        assert_ok(replicate_workspace_init(&workspace, &hand.plan));
        assert_ok(ledger_keep_ages(&workspace.ledger));
        for (uint32_t replicate = 0; replicate < 3 && hand.plan.coupled; replicate++) {
            ledger slow;

            sim_case_run(&workspace, replicate);
            sim_case_conserved(&workspace.ledger, workspace.initial);
            sim_coupled_run(&workspace, replicate, &slow);
            sim_coupled_equal(&workspace.ledger, &slow);
            if (replicate > 0) { /* must-fail twin: the ledger of the replicate before is another */
                assert_memory_not_equal(before, slow.count, sizeof before);
            }
            memcpy(before, slow.count, sizeof before);
            for (size_t series = 0; series < LEDGER_N_SERIES; series++) {
                for (size_t period = 0; period < slow.n_period; period++) {
                    seen[series] += sim_case_sum(&slow, (ledger_series)series, period);
                }
            }
            ledger_free(&slow);
        }
        replicate_workspace_free(&workspace);
        sim_case_free(&hand);
    }
    for (size_t series = 0; series < LEDGER_N_SERIES; series++) {
        assert_true(seen[series] > 100); /* each rule was met often */
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ample_places_change_nothing),
        cmocka_unit_test(close_and_return_that_never_act_change_nothing),
        cmocka_unit_test(substitution_that_cannot_happen_changes_nothing),
        cmocka_unit_test(scarce_places_change_much),
        cmocka_unit_test(nobody_joins_a_full_category_but_the_unmet),
        cmocka_unit_test(the_ledger_is_that_of_a_slow_simulation_of_the_rules),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
