/* Prices: every allocation fails in turn. */
#include "pc_test.h"

#include "failing_allocation.h"

#include "placecast/codes.h"
#include "placecast/prices.h"

typedef struct price_files {
    char *weekly, *inflation;
    pc_codes codes;
} price_files;

static pc_status load(void *context)
{
    price_files *self = context;
    pc_prices prices;
    pc_diagnostics diagnostics;
    pc_status status;

    pc_diagnostics_init(&diagnostics);
    status = pc_prices_load(self->weekly, self->inflation, &self->codes, 2020, &prices, &diagnostics);
    if (status == PC_OK) {
        size_t category = (size_t)pc_codes_find_category(&self->codes, "foster_inhouse");

        assert_close(prices.weekly_gbp[category], 400, 0, 0);
        assert_int_equal(prices.n_inflation, 2);
    } else {
        assert_null(prices.weekly_gbp); /* on failure it is empty */
    }
    pc_prices_free(&prices);
    pc_prices_free(&prices);
    pc_diagnostics_free(&diagnostics);
    return status;
}

static void reading_prices_survives_any_failing_allocation(void **state)
{
    char *folder = pc_test_folder();
    price_files self = {pc_test_path(folder, "weekly.csv"), pc_test_path(folder, "inflation.csv"), {0}};

    (void)state;
    pc_test_write(folder, "weekly.csv",
                  "category,weekly_gbp,price_year\nfoster_inhouse,400,2020/21\nfoster_ifa,900,2019/20\n");
    pc_test_write(
        folder, "inflation.csv",
        "category,year,low,likely,high\nfoster_ifa,2021/22,0.01,0.02,0.05\nall,2021/22,0.01,0.02,0.03\n");
    assert_ok(pc_codes_load(NULL, &self.codes, NULL));
    assert_true(walk_failing_allocations(load, &self) > 10);
    pc_codes_free(&self.codes);
    free(self.weekly);
    free(self.inflation);
    pc_test_remove(folder);
    free(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reading_prices_survives_any_failing_allocation),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
