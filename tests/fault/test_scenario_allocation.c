/* Scenarios with extends, --set and --confine, refused and shown: every allocation fails in turn. */
#include "pc_test.h"

#include "failing_allocation.h"

#include "placecast/scenario.h"

#define SCENARIOS PC_TEST_DATA "/scenarios"

static const pc_setting settings[] = {
    {"capacity.supported.places", "[{places: 3}, {from: 2013-01-01, places: 4}]"},
    {"months", "9"},
};
static const pc_scenario_options options = {.n_set = 2, .set = settings, .confine = SCENARIOS};

static pc_status load_scenario(void *context)
{
    pc_diagnostics diagnostics;
    pc_scenario scenario;
    pc_status status;

    pc_diagnostics_init(&diagnostics);
    memset(&scenario, 0xAA, sizeof scenario);
    status = pc_scenario_load(context, &options, &scenario, &diagnostics);
    if (status != PC_OK) {
        assert_null(scenario.name);
        assert_null(scenario.capacity);
    }
    pc_scenario_free(&scenario);
    pc_diagnostics_free(&diagnostics);
    return status;
}

static pc_status load_wrong_scenario(void *context)
{
    pc_status status = load_scenario(context);

    return status == PC_ERR_INPUT ? PC_OK : status; /* with all the memory it wants it is refused */
}

static pc_status show_scenario(void *context)
{
    pc_diagnostics diagnostics;
    pc_status status;
    FILE *stream = fopen("/dev/null", "w");

    assert_non_null(stream);
    pc_diagnostics_init(&diagnostics);
    status = pc_scenario_show(context, &options, stream, &diagnostics);
    pc_diagnostics_free(&diagnostics);
    fclose(stream);
    return status;
}

static void loading_a_scenario_survives_any_failing_allocation(void **state)
{
    static char path[] = SCENARIOS "/right/best_small.yaml", plan[] = SCENARIOS "/right/plan_best.yaml";

    (void)state;
    assert_true(walk_failing_allocations(load_scenario, path) > 300);
    assert_true(walk_failing_allocations(load_scenario, plan) > 600);
}

static void refusing_a_scenario_survives_any_failing_allocation(void **state)
{
    static char many[] = SCENARIOS "/wrong/many_at_once.yaml",
                circle[] = SCENARIOS "/wrong/circular_extends.yaml",
                loop[] = SCENARIOS "/wrong/overflow_loops.yaml",
                extended[] = SCENARIOS "/wrong/intervention_wrong_in_what_extends.yaml",
                causes[] = SCENARIOS "/wrong/causes_unknown.yaml";

    (void)state;
    assert_true(walk_failing_allocations(load_wrong_scenario, many) > 100);
    assert_true(walk_failing_allocations(load_wrong_scenario, circle) > 50);
    assert_true(walk_failing_allocations(load_wrong_scenario, loop) > 50);
    assert_true(walk_failing_allocations(load_wrong_scenario, extended) > 50);
    assert_true(walk_failing_allocations(load_wrong_scenario, causes) > 50);
}

static void showing_a_scenario_survives_any_failing_allocation(void **state)
{
    static char path[] = SCENARIOS "/right/base.yaml", plan[] = SCENARIOS "/right/plan.yaml";

    (void)state;
    assert_true(walk_failing_allocations(show_scenario, path) > 200);
    assert_true(walk_failing_allocations(show_scenario, plan) > 500);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(loading_a_scenario_survives_any_failing_allocation),
        cmocka_unit_test(refusing_a_scenario_survives_any_failing_allocation),
        cmocka_unit_test(showing_a_scenario_survives_any_failing_allocation),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
