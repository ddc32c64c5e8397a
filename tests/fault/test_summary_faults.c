/* Published tables: every allocation fails in turn, and nothing is left behind. */
#include "pc_test.h"

#include "failing_allocation.h"

#include "placecast/priors.h"

typedef struct fixture {
    char *folder;
    pc_codes codes;
    pc_priors priors;
} fixture;

static pc_status fit_tables(void *context)
{
    fixture *self = context;
    pc_summary summary;
    pc_model model;
    pc_status status = pc_summary_read(self->folder, &self->codes, &summary, NULL);

    if (status == PC_OK) {
        status = pc_fit_summary(&summary, &self->codes, &self->priors, PC_DAY_NONE, &model, NULL);
        if (status == PC_OK) {
            assert_int_equal(model.authority[0].n_child, 30);
        } else {
            assert_null(model.authority);
        }
        pc_model_free(&model);
    }
    pc_summary_free(&summary);
    return status;
}

static pc_status load_priors(void *context)
{
    fixture *self = context;
    pc_priors priors;
    pc_status status = pc_priors_load(NULL, &self->codes, &priors, NULL);

    pc_priors_free(&priors);
    return status;
}

static void tables_and_priors_fail_cleanly_without_memory(void **state)
{
    fixture self = {.folder = pc_test_folder()};

    (void)state;
    assert_ok(pc_codes_load(NULL, &self.codes, NULL));
    assert_ok(pc_priors_load(NULL, &self.codes, &self.priors, NULL));
    pc_test_write(self.folder, "stock.csv",
                  "date,category,age_band,provider,children\n2023-03-31,all,all,all,28\n"
                  "2024-03-31,all,all,all,30\n2024-03-31,foster,all,all,20\n");
    pc_test_write(self.folder, "starts.csv", "year,age_band,stream,children\n2023/24,all,all,12\n");
    pc_test_write(self.folder, "ceases.csv", "year,age_band,stream,children\n2023/24,all,all,10\n");
    assert_true(walk_failing_allocations(fit_tables, &self) > 60);
    assert_true(walk_failing_allocations(load_priors, &self) > 5);
    pc_test_remove(self.folder);
    free(self.folder);
    pc_priors_free(&self.priors);
    pc_codes_free(&self.codes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(tables_and_priors_fail_cleanly_without_memory)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
