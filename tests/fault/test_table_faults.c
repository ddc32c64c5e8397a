/* Population and out-of-area shares, within a scenario: every allocation fails in turn. */
#include "pc_test.h"

#include "failing_allocation.h"

#include "placecast/report.h"
#include "placecast/scenario.h"

static pc_status load(void *context)
{
    pc_diagnostics diagnostics;
    pc_scenario scenario;
    pc_status status;

    pc_diagnostics_init(&diagnostics);
    status = pc_scenario_load(context, NULL, &scenario, &diagnostics);
    if (status == PC_OK) {
        assert_int_equal(scenario.population_table.n_area, 2);
        assert_int_equal(scenario.out_of_area_table.n, 3);
    } else {
        assert_int_equal(scenario.population_table.n_area + scenario.out_of_area_table.n, 0);
    }
    pc_scenario_free(&scenario);
    pc_diagnostics_free(&diagnostics);
    return status;
}

static void tables_of_a_scenario_survive_any_failing_allocation(void **state)
{
    char *folder = pc_test_folder(), *path = pc_test_path(folder, "x.yaml"),
         population[2048] = "year,age,persons,la\n";

    (void)state;
    for (int row = 0; row < 72; row++) {
        size_t at = strlen(population);

        snprintf(population + at, sizeof population - at, "%d,%d,100,%s\n", 2012 + row / 18 % 2, row % 18,
                 row < 36 ? "Leeds" : "York");
    }
    pc_test_write(folder, "population.csv", population);
    pc_test_write(folder, "shares.csv",
                  "category,year,definition,share\nsecure,2012/13,boundary,1\nall,2012/13,boundary,0.2\n"
                  "all,2012/13,20_miles,0.1\n");
    pc_test_write(folder, "x.yaml",
                  "placecast: 1\nname: X\nstart: 2012-04-01\nmonths: 12\ndata: {ssda903: .}\n"
                  "population: population.csv\nout_of_area: shares.csv\n"
                  "targets:\n  - {measure: children, by: 2013-03-31, at_most: 14}\n"
                  "  - {name: Homes, measure: children, category: secure, by: 2013-03-31, at_most: 14}\n");
    assert_true(walk_failing_allocations(load, path) > 100);
    pc_test_remove(folder);
    free(path);
    free(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tables_of_a_scenario_survive_any_failing_allocation),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
