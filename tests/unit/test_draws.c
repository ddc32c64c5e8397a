/* Draws that are kept are those of the model to the last bit, whoever asks and how often. */
#include <omp.h>

#include "placecast/data.h"
#include "placecast/draws.h"
#include "pc_test.h"

/* One authority, fitted to published tables: it has a posterior. */
static void make_model(pc_model *out)
{
    char summary[] = PC_TEST_DATA "/summary";
    pc_scenario scenario = {
        .summary = summary, .extract = PC_DAY_NONE, .window_from = PC_DAY_NONE, .window_to = PC_DAY_NONE};
    pc_data data;

    assert_ok(pc_data_read(&scenario, &data, NULL));
    assert_ok(pc_data_fit(&data, &scenario, 1, out, NULL));
    pc_data_free(&data);
}

static void assert_same(const pc_rates *a, const pc_rates *b)
{
    size_t cells = (size_t)PC_N_STREAM * PC_N_AGE_BAND * a->n_category;

    assert_memory_equal(a->exit, b->exit, cells * PC_N_BAND * PC_N_EXIT_HAZARD * sizeof(double));
    assert_memory_equal(a->status, b->status, cells * PC_N_BAND * a->n_category * sizeof(double));
    assert_memory_equal(a->move, b->move, cells * PC_N_BAND * a->n_category * sizeof(double));
    assert_memory_equal(a->starts, b->starts, (size_t)PC_N_STREAM * PC_N_AGE_YEAR * sizeof(double));
    assert_memory_equal(a->first, b->first, cells * sizeof(double));
}

static void a_kept_draw_is_that_of_the_model(void **state)
{
    pc_model model;
    pc_draws *draws;
    pc_rates kept, drawn, other;
    size_t bytes = 0;

    (void)state;
    make_model(&model);
    assert_ok(pc_rates_init(&kept, model.codes.n_category));
    assert_ok(pc_rates_init(&drawn, model.codes.n_category));
    assert_ok(pc_rates_init(&other, model.codes.n_category + 1));
    assert_ok(pc_draws_new(&model, 7, 3, &draws, &bytes));
    assert_true(bytes > 3 * 4 * 1000);
    assert_true(pc_draws_seed(draws) == 7);
    for (int again = 0; again < 2; again++) {
        for (uint32_t draw = 0; draw < 5; draw++) { /* the last two are beyond what is kept */
            memset(kept.exit, 1, 8);
            assert_ok(pc_draws_get(draws, 0, draw, &kept));
            assert_ok(pc_model_draw(&model, 0, 7, draw, &drawn));
            assert_same(&kept, &drawn);
        }
    }
    /* Draws differ from one another, and with the seed. */
    assert_ok(pc_draws_get(draws, 0, 0, &kept));
    assert_ok(pc_draws_get(draws, 0, 1, &drawn));
    assert_memory_not_equal(kept.exit, drawn.exit, 100 * sizeof(double));
    assert_ok(pc_model_draw(&model, 0, 8, 0, &drawn));
    assert_memory_not_equal(kept.exit, drawn.exit, 100 * sizeof(double));
    assert_status(pc_draws_get(draws, 1, 0, &kept), PC_ERR_RANGE);
    assert_status(pc_draws_get(draws, 0, 0, &other), PC_ERR_RANGE);
    pc_draws_free(draws);
    pc_draws_free(NULL);
    pc_rates_free(&kept);
    pc_rates_free(&drawn);
    pc_rates_free(&other);
    pc_model_free(&model);
}

static void many_threads_may_ask_for_the_same_draw(void **state)
{
    pc_model model;
    pc_draws *draws;
    pc_rates expected;
    int n_wrong = 0;

    (void)state;
    make_model(&model);
    assert_ok(pc_rates_init(&expected, model.codes.n_category));
    assert_ok(pc_draws_new(&model, 7, 1, &draws, NULL));
    assert_ok(pc_model_draw(&model, 0, 7, 0, &expected));
#pragma omp parallel num_threads(4) reduction(+ : n_wrong)
    {
        pc_rates mine;

        n_wrong += pc_rates_init(&mine, model.codes.n_category) != PC_OK ||
                   pc_draws_get(draws, 0, 0, &mine) != PC_OK ||
                   memcmp(mine.exit, expected.exit, 100 * sizeof(double)) != 0;
        pc_rates_free(&mine);
    }
    assert_int_equal(n_wrong, 0);
    pc_draws_free(draws);
    pc_rates_free(&expected);
    pc_model_free(&model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_kept_draw_is_that_of_the_model),
        cmocka_unit_test(many_threads_may_ask_for_the_same_draw),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
