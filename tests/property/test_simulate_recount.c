/* The fast loop against a slow recount of the same lives, to the last count; and what is conserved. */
#include "pc_test.h"

#include <math.h>

#include "sim_case.h"
#include "sim_recount.h"

typedef struct recount_case {
    int months, replicates;
    uint64_t seed;
    bool parameters, year_effects, dispersion, no_clocks;
} recount_case;

/* Parameter draw: every rate of the plan times a factor of its own between 0.5 and 1.5. */
static pc_status scale_rates(const pc_plan *self, uint32_t draw, pc_rates *out)
{
    size_t n = self->n_category, n_cell = (size_t)PC_N_STREAM * PC_N_AGE_BAND * n * PC_N_BAND;
    uint64_t state = 1000 + draw;
    const struct {
        double *to;
        const double *from;
        size_t n;
    } table[] = {{out->exit, self->mean->exit, n_cell * PC_N_EXIT_HAZARD},
                 {out->status, self->mean->status, n_cell * n},
                 {out->move, self->mean->move, n_cell * n},
                 {out->starts, self->mean->starts, (size_t)PC_N_STREAM * PC_N_AGE_YEAR},
                 {out->first, self->mean->first, (size_t)PC_N_STREAM * PC_N_AGE_BAND * n}};

    for (size_t at = 0; at < sizeof table / sizeof table[0]; at++) {
        for (size_t cell = 0; cell < table[at].n; cell++) {
            table[at].to[cell] = table[at].from[cell] * (0.5 + hand_plan_random(&state));
        }
    }
    return PC_OK;
}

static void set_layers(hand_plan *hand, const recount_case *of)
{
    hand->plan.parameters = of->parameters;
    hand->plan.draw_rates = scale_rates;
    hand->plan.year_effects = of->year_effects;
    hand->plan.shock_starts = hand->plan.shock_exits = (plan_shock){0.5, 0.3};
    hand->plan.shock_mix = (plan_shock){0.3, 0.4};
    hand->plan.starts_overdispersion = of->dispersion;
    hand->plan.dispersion[0] = 3.0;
    hand->plan.dispersion[1] = 0.6;
    for (size_t at = 0; at < hand->plan.n_period * PC_N_STREAM * PC_N_AGE_YEAR; at++) {
        hand->plan.start_multiplier[at] = 0.5 + 0.125 * (double)(at % 7);
    }
    if (of->no_clocks) {
        hand->plan.care_bands = hand->plan.placement_bands = false;
    }
}

static void check_lives(const sim_recount *slow, const pc_plan *plan)
{
    size_t aged_out = 0;

    for (size_t number = 0; number < slow->n; number++) {
        const sim_life *own = &slow->life[number];
        const sim_stay *last = &own->stay[own->n - 1];

        assert_true(last->end <= own->eighteenth || own->eighteenth < 0.0);
        if (last->ended == SIM_EXIT && last->cause == PC_EXIT_AGE_OUT) {
            assert_true(!(last->end < own->eighteenth));
            aged_out++;
        }
        if (last->ended == SIM_HORIZON) {
            assert_true(own->eighteenth >= plan->n_day);
        }
    }
    assert_true(aged_out > 0); /* else nothing was shown about 18th birthdays */
}

static void check(const recount_case *of)
{
    hand_plan hand;
    replicate_workspace workspace;

    sim_case_rich(&hand, of->months, of->seed);
    set_layers(&hand, of);
    assert_ok(replicate_workspace_init(&workspace, &hand.plan));
    assert_ok(ledger_keep_ages(&workspace.ledger));
    for (uint32_t replicate = 0; replicate < (uint32_t)of->replicates; replicate++) {
        sim_recount slow;

        sim_case_run(&workspace, replicate);
        sim_recount_run(&workspace, replicate, &slow);
        assert_int_equal(slow.n, workspace.n_life);
        sim_recount_equal(&workspace.ledger, &slow.count);
        sim_case_conserved(&workspace.ledger, workspace.initial);
        check_lives(&slow, &hand.plan);
        sim_recount_free(&slow);
    }
    replicate_workspace_free(&workspace);
    sim_case_free(&hand);
}

static void the_ledger_is_that_of_the_slow_walk(void **state)
{
    (void)state;
    check(&(recount_case){.months = 36, .replicates = 20, .seed = 11});
    check(&(recount_case){.months = 60, .replicates = 5, .seed = 12});
}

static void the_ledger_is_that_of_the_slow_walk_without_duration_bands(void **state)
{
    (void)state;
    check(&(recount_case){.months = 24, .replicates = 10, .seed = 13, .no_clocks = true});
}

static void the_ledger_is_that_of_the_slow_walk_with_each_layer_on(void **state)
{
    (void)state;
    check(&(recount_case){.months = 36, .replicates = 6, .seed = 14, .parameters = true});
    check(&(recount_case){.months = 36, .replicates = 6, .seed = 15, .year_effects = true});
    check(&(recount_case){.months = 36, .replicates = 6, .seed = 16, .dispersion = true});
    check(&(recount_case){.months = 36,
                          .replicates = 6,
                          .seed = UINT64_C(0xFFFFFFFF00000011),
                          .parameters = true,
                          .year_effects = true,
                          .dispersion = true});
}

/* The result is a function of plan and number alone, not of what the workspace did before. */
static void a_replicate_does_not_depend_on_the_ones_before_it(void **state)
{
    hand_plan hand;
    replicate_workspace used, fresh;
    (void)state;

    sim_case_rich(&hand, 24, 17);
    set_layers(&hand, &(recount_case){.parameters = true, .year_effects = true, .dispersion = true});
    assert_ok(replicate_workspace_init(&used, &hand.plan));
    for (uint32_t replicate = 7; replicate > 0; replicate--) {
        size_t size = LEDGER_N_SERIES * hand.plan.n_category * hand.plan.n_period * sizeof(int32_t);

        sim_case_run(&used, replicate * 131);
        assert_ok(replicate_workspace_init(&fresh, &hand.plan));
        sim_case_run(&fresh, replicate * 131);
        assert_memory_equal(used.ledger.count, fresh.ledger.count, size);
        replicate_workspace_free(&fresh);
    }
    replicate_workspace_free(&used);
    sim_case_free(&hand);
}

/* Must-fail twin: a recount of another replicate, or of rates that are 1% higher, is another ledger. */
static void the_comparison_notices_another_replicate_and_a_rate_that_is_one_percent_off(void **state)
{
    hand_plan hand;
    replicate_workspace workspace;
    sim_recount slow;
    size_t size;
    (void)state;

    sim_case_rich(&hand, 36, 11);
    size = hand.plan.n_category * hand.plan.n_period * sizeof(int32_t);
    assert_ok(replicate_workspace_init(&workspace, &hand.plan));
    sim_case_run(&workspace, 0);
    sim_recount_run(&workspace, 1, &slow);
    assert_memory_not_equal(workspace.ledger.count, slow.count.count, size);
    sim_recount_free(&slow);
    for (size_t cell = 0; cell < (size_t)PC_N_STREAM * PC_N_AGE_BAND * 5 * PC_N_BAND * PC_N_EXIT_HAZARD;
         cell++) {
        hand.rates.exit[cell] *= 1.01; /* the tables of the workspace are as they were */
    }
    sim_recount_run(&workspace, 0, &slow);
    assert_memory_not_equal(workspace.ledger.count + LEDGER_DAYS * size / sizeof(int32_t),
                            slow.count.count + LEDGER_DAYS * size / sizeof(int32_t), size);
    sim_recount_free(&slow);
    replicate_workspace_free(&workspace);
    sim_case_free(&hand);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_ledger_is_that_of_the_slow_walk),
        cmocka_unit_test(the_ledger_is_that_of_the_slow_walk_without_duration_bands),
        cmocka_unit_test(the_ledger_is_that_of_the_slow_walk_with_each_layer_on),
        cmocka_unit_test(a_replicate_does_not_depend_on_the_ones_before_it),
        cmocka_unit_test(the_comparison_notices_another_replicate_and_a_rate_that_is_one_percent_off),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
