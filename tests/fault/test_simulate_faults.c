/* The loop allocates nothing once it is warm, and survives a lack of memory before that. */
#include "pc_test.h"

#include <math.h>

#include "failing_allocation.h"
#include "sim_case.h"
#include "simulate/layers.h"

enum { MONTHS = 12, REPLICATES = 60 };

static pc_status same_rates(const pc_plan *self, uint32_t draw, pc_rates *out)
{
    size_t n = self->n_category, n_cell = (size_t)PC_N_STREAM * PC_N_AGE_BAND * n * PC_N_BAND;
    double by = draw % 2 == 0 ? 0.9 : 1.1;

    memcpy(out->status, self->mean->status, n_cell * n * sizeof(double));
    memcpy(out->move, self->mean->move, n_cell * n * sizeof(double));
    memcpy(out->first, self->mean->first, (size_t)PC_N_STREAM * PC_N_AGE_BAND * n * sizeof(double));
    for (size_t at = 0; at < n_cell * PC_N_EXIT_HAZARD; at++) {
        out->exit[at] = by * self->mean->exit[at];
    }
    for (size_t at = 0; at < (size_t)PC_N_STREAM * PC_N_AGE_YEAR; at++) {
        out->starts[at] = by * self->mean->starts[at];
    }
    return PC_OK;
}

/* Every layer on; with capacity that refuses, closes and takes back when `coupled`. */
static void make(hand_plan *hand, bool coupled)
{
    sim_case_rich(hand, MONTHS, 81);
    hand->plan.parameters = hand->plan.year_effects = hand->plan.starts_overdispersion = true;
    hand->plan.draw_rates = same_rates;
    hand->plan.shock_starts = hand->plan.shock_exits = hand->plan.shock_mix = (plan_shock){0.3, 0.2};
    hand->plan.dispersion[0] = hand->plan.dispersion[1] = 3.0;
    if (coupled) {
        sim_case_cap(hand, 0, 20);
        sim_case_cap(hand, 2, 25);
        sim_case_cap_from(hand, 2, 100, 5);
        sim_case_overflow(hand, 0, "12");
        sim_case_overflow(hand, 2, "34");
        hand->plan.capacity[0].return_home = hand->plan.capacity[2].close = true;
    }
}

static pc_status run_again(void *context)
{
    replicate_workspace *workspace = context;
    pc_status status = PC_OK;

    for (uint32_t replicate = 0; replicate < REPLICATES && status == PC_OK; replicate++) {
        status = replicate_run(workspace, replicate);
    }
    return status;
}

static void a_replicate_that_has_run_before_allocates_nothing(void **state)
{
    (void)state;
    for (int coupled = 0; coupled < 2; coupled++) {
        hand_plan hand;
        replicate_workspace workspace;

        make(&hand, coupled == 1);
        assert_ok(replicate_workspace_init(&workspace, &hand.plan));
        assert_ok(run_again(&workspace));
        assert_int_equal(walk_failing_allocations(run_again, &workspace), 0);
        replicate_workspace_free(&workspace);
        sim_case_free(&hand);
    }
}

static pc_status run_from_nothing(void *context)
{
    const pc_plan *plan = context;
    replicate_workspace workspace;
    pc_status status = replicate_workspace_init(&workspace, plan);

    for (uint32_t replicate = 0; replicate < 3 && status == PC_OK; replicate++) {
        status = replicate_run(&workspace, replicate);
    }
    replicate_workspace_free(&workspace);
    return status;
}

/* The twin: what is not warm does allocate, and each failure of it is survived. */
static void a_replicate_that_has_not_run_survives_any_lack_of_memory(void **state)
{
    (void)state;
    for (int coupled = 0; coupled < 2; coupled++) {
        hand_plan hand;

        make(&hand, coupled == 1);
        assert_true(walk_failing_allocations(run_from_nothing, &hand.plan) > 40);
        sim_case_free(&hand);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_replicate_that_has_run_before_allocates_nothing),
        cmocka_unit_test(a_replicate_that_has_not_run_survives_any_lack_of_memory),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
