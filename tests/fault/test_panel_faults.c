/* The published tables: every allocation fails in turn, and nothing is left behind. */
#include "pc_test.h"

#include "failing_allocation.h"

#include "placecast/backtest.h"
#include "placecast/panel.h"

static pc_status read_panel(void *context)
{
    pc_panel panel;
    pc_status status = pc_panel_read(context, &panel, NULL);

    if (status == PC_OK) {
        assert_int_equal(panel.n_area, 2);
    } else {
        assert_null(panel.area);
        assert_null(panel.figure);
    }
    pc_panel_free(&panel);
    return status;
}

static void a_panel_fails_cleanly_without_memory(void **state)
{
    char *folder = pc_test_folder();

    (void)state;
    pc_test_write(folder, "stock_started_ceased_2015_2024.csv",
                  "ons_code,name,measure,year,value\n"
                  "E06000001,Hartlepool,stock,2023,345\nE92000001,England,stock,2023,83750\n");
    pc_test_write(folder, "stock_placement_distance_2021_2024.csv",
                  "area_code,time_period,cla_group,characteristic,number\n"
                  "E06000001,2025,Placement,Space stations,4\n");
    assert_true(walk_failing_allocations(read_panel, folder) > 30);
    pc_test_remove(folder);
    free(folder);
}

/* One authority, one origin, one year ahead. */
static pc_status backtest_panel(void *context)
{
    static const int months[] = {12};
    pc_backtest_options options = pc_backtest_options_default();
    pc_panel_estimates estimates;
    pc_skill skill;
    pc_status status;

    options.horizon = months;
    options.n_horizon = 1;
    options.replicates = 2;
    options.run.threads = 1;
    status = pc_backtest_panel(context, &options, &skill, &estimates, NULL);
    if (status == PC_OK) {
        assert_true(skill.n > 0 && estimates.n > 0);
    } else {
        assert_null(skill.row);
        assert_null(estimates.row);
    }
    pc_panel_estimates_free(&estimates);
    pc_skill_free(&skill);
    return status;
}

static void a_back_test_of_a_panel_fails_cleanly_without_memory(void **state)
{
    char *folder = pc_test_folder();
    pc_panel panel;

    (void)state;
    pc_test_write(folder, "stock_started_ceased_2015_2024.csv",
                  "ons_code,name,measure,year,value\n"
                  "E06000001,Hartlepool,stock,2022,12\nE06000001,Hartlepool,started,2022,5\n"
                  "E06000001,Hartlepool,ceased,2022,5\nE06000001,Hartlepool,stock,2023,11\n"
                  "E06000001,Hartlepool,started,2023,4\nE06000001,Hartlepool,ceased,2023,5\n");
    assert_ok(pc_panel_read(folder, &panel, NULL));
    assert_true(walk_every_nth_allocation(61, backtest_panel, &panel) > 100);
    pc_panel_free(&panel);
    pc_test_remove(folder);
    free(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_panel_fails_cleanly_without_memory),
                                       cmocka_unit_test(a_back_test_of_a_panel_fails_cleanly_without_memory)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
