/* The scenario reader: every allocation fails in turn. */
#include "pc_test.h"

#include "failing_allocation.h"

#include "placecast/scenario.h"

static char *make_scenarios(void)
{
    char *folder = pc_test_folder();

    pc_test_write(folder, "returns/readme.txt", "x");
    pc_test_write(folder, "weekly.csv", "category,weekly_gbp\nfoster_inhouse,400\n");
    pc_test_write(
        folder, "base.yaml",
        "placecast: 1\nname: Base\nstart: 2020-04-01\nmonths: 24\n"
        "data: {ssda903: returns, window: {from: 2018-04-01, to: 2020-03-31}}\n"
        "authorities: [A, B]\ncosts: {weekly: weekly.csv}\n"
        "capacity:\n  foster_inhouse: {places: [{places: 20}, {from: 2020-10-01, places: 30}], block: true}\n"
        "overflow: {foster_inhouse: [foster_ifa, residential_external]}\n"
        "substitute: {foster_ifa: {to: foster_inhouse, share: 0.5}}\n");
    pc_test_write(
        folder, "best.yaml",
        "placecast: 1\nname: Best\nextends: base.yaml\nreplicates: 50\nuncertainty: {year_effects: false}\n");
    pc_test_write(
        folder, "bad.yaml",
        "placecast: 1\nname: Bad\nextends: base.yaml\nmonths: 1000\nreplicats: 5\nstart: 31/09/2020\n"
        "overflow: {foster_inhouse: 3}\n");
    return folder;
}

static const pc_setting settings[] = {{"uncertainty.parameters", "false"}, {"capacity.secure.places", "4"}};

static pc_status load(void *context)
{
    pc_scenario_options options = {.n_set = 2, .set = settings};
    pc_diagnostics diagnostics;
    pc_scenario scenario;
    pc_status status;

    pc_diagnostics_init(&diagnostics);
    status = pc_scenario_load(context, &options, &scenario, &diagnostics);
    if (status == PC_OK) {
        assert_string_equal(scenario.name, "Best");
        assert_int_equal(scenario.n_capacity, 2);
        assert_int_equal(scenario.n_overflow, 1);
        assert_int_equal(scenario.n_authority, 2);
        assert_non_null(scenario.weekly);
        assert_false(scenario.uncertainty.parameters);
    } else {
        assert_null(scenario.name); /* on failure it is empty */
        assert_int_equal(scenario.n_capacity, 0);
    }
    pc_scenario_free(&scenario);
    pc_scenario_free(&scenario);
    pc_diagnostics_free(&diagnostics);
    return status;
}

/* A scenario that is rejected: short of memory it may be rejected with fewer words, or for want of memory;
 * never taken. */
static pc_status load_bad(void *context)
{
    pc_diagnostics diagnostics;
    pc_scenario scenario;
    pc_status status;

    pc_diagnostics_init(&diagnostics);
    status = pc_scenario_load(context, NULL, &scenario, &diagnostics);
    assert_true(status == PC_ERR_INPUT || status == PC_ERR_RANGE || status == PC_ERR_NO_MEMORY);
    pc_scenario_free(&scenario);
    pc_diagnostics_free(&diagnostics);
    return status == PC_ERR_NO_MEMORY ? PC_ERR_NO_MEMORY : PC_OK;
}

static pc_status show(void *context)
{
    FILE *stream = tmpfile();
    pc_status status;

    assert_non_null(stream);
    status = pc_scenario_show(context, NULL, stream, NULL);
    fclose(stream);
    return status;
}

static void reading_a_scenario_survives_any_failing_allocation(void **state)
{
    char *folder = make_scenarios(), *path = pc_test_path(folder, "best.yaml");

    (void)state;
    assert_true(walk_failing_allocations(load, path) > 100);
    assert_true(walk_failing_allocations(show, path) > 100);
    pc_test_remove(folder);
    free(path);
    free(folder);
}

static void rejecting_a_scenario_survives_any_failing_allocation(void **state)
{
    char *folder = make_scenarios(), *path = pc_test_path(folder, "bad.yaml");

    (void)state;
    assert_true(walk_failing_allocations(load_bad, path) > 100);
    pc_test_remove(folder);
    free(path);
    free(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reading_a_scenario_survives_any_failing_allocation),
        cmocka_unit_test(rejecting_a_scenario_survives_any_failing_allocation),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
