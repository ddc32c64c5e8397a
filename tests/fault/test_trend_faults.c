/* A trend survives any lack of memory. */
#include "pc_test.h"

#include "failing_allocation.h"
#include "placecast/trend.h"
#include "sim_model.h"

static pc_status find(void *context)
{
    return pc_model_find_trend(context, NULL, 1, NULL);
}

static void the_trend_of_a_model_survives_any_lack_of_memory(void **state)
{
    pc_model model;

    (void)state;
    sim_model_make(&model, 1, 6, false);
    assert_true(walk_failing_allocations(find, &model) > 20);
    assert_true(model.authority[0].trend.found);
    sim_model_free(&model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_trend_of_a_model_survives_any_lack_of_memory)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
