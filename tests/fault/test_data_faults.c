/* From data to model and prices: every allocation fails in turn, and nothing is left behind. */
#include "pc_test.h"

#include "failing_allocation.h"
#include "placecast/data.h"

static pc_status read_and_fit(void *context)
{
    const pc_scenario *scenario = context;
    pc_data data;
    pc_model model = {0};
    pc_prices prices = {0};
    bool has = false;
    pc_status status = pc_data_read(scenario, &data, NULL);

    if (status == PC_OK) {
        status = pc_data_fit(&data, scenario, 1, &model, NULL);
    } else {
        assert_null(data.quality.path.text);
    }
    status = status == PC_OK ? pc_prices_open(scenario, &model.codes, &prices, &has, NULL) : status;
    status = status == PC_OK && has ? pc_data_match(&data, &model, &prices, NULL) : status;
    pc_prices_free(&prices);
    pc_model_free(&model);
    pc_data_free(&data);
    return status;
}

static void published_tables_and_prices_fail_cleanly_without_memory(void **state)
{
    char *folder = pc_test_folder(), *file = pc_test_path(folder, "s.yaml");
    pc_scenario scenario;

    (void)state;
    pc_test_write(folder, "stock.csv",
                  "date,category,age_band,provider,children\n2023-03-31,all,all,all,28\n"
                  "2024-03-31,all,all,all,30\n2024-03-31,foster,all,all,20\n");
    pc_test_write(folder, "starts.csv", "year,age_band,stream,children\n2023/24,all,all,12\n");
    pc_test_write(folder, "ceases.csv", "year,age_band,stream,children\n2023/24,all,all,10\n");
    pc_test_write(folder, "weekly.csv", "category,weekly_gbp,spread\nfoster_inhouse,500,0.2\n");
    pc_test_write(folder, "s.yaml",
                  "placecast: 1\nname: T\nstart: 2024-04-01\nmonths: 12\ndata: {summary: .}\n"
                  "costs: {weekly: weekly.csv}\n");
    assert_ok(pc_scenario_load(file, NULL, &scenario, NULL));
    assert_true(walk_every_nth_allocation(7, read_and_fit, &scenario) > 100);
    pc_scenario_free(&scenario);
    pc_test_remove(folder);
    free(folder);
    free(file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(published_tables_and_prices_fail_cleanly_without_memory)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
