/* Expected values: every allocation fails in turn. */
#include "pc_test.h"

#include "failing_allocation.h"

#include "hand_plan.h"
#include "simulate/expected.h"

static pc_status solve(void *context)
{
    const hand_plan *hand = context;
    pc_expected out;
    const pc_status status = expected_solve(&hand->plan, 1, 1, &out);
    if (status == PC_OK)
        assert_close(out.starts[0], hand->plan.period[0].end * 12.0 / PC_DAYS_PER_YEAR, 1e-12, 0.0);
    else
        assert_null(out.children); /* on failure it is empty */
    expected_free(&out);
    expected_free(&out);
    return status;
}

static void solving_survives_any_failing_allocation(void **state)
{
    (void)state;
    hand_plan hand;
    hand_plan_make(&hand, 2, 2);
    hand_plan_random_rates(&hand, 4);
    hand_plan_add_child(&hand, 0, 15.95, 1, -27.0, -3.0, true);
    hand_plan_add_child(&hand, 1, 17.95, 0, -27.0, -3.0, true);
    *hand_plan_starts(&hand, 0, 4) = 12.0;
    *hand_plan_first(&hand, 0, 1, 0) = 1.0;
    *hand_plan_first(&hand, 0, 1, 1) = 0.0;
    /* Grids, table, situations, tracks and spaces, and results of 36 tasks, two children and the whole. */
    assert_true(walk_failing_allocations(solve, &hand) > 50);
    hand_plan_free(&hand);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(solving_survives_any_failing_allocation),
    };
    return cmocka_run_group_tests_name("expected_faults", tests, NULL, NULL);
}
