/* Fit, draw and tables: every allocation fails in turn. */
#include "pc_test.h"

#include "cohort.h"
#include "failing_allocation.h"

typedef struct fit_case {
    pc_episodes episodes;
    char *folder;
} fit_case;

static pc_status fit_draw_and_write(void *context)
{
    fit_case *self = context;
    pc_fit_options options = pc_fit_options_default();
    pc_model model;
    pc_rates rates = {0};
    pc_status status = pc_fit(&self->episodes, &options, &model, NULL);

    if (status != PC_OK) {
        assert_null(model.authority); /* on failure it is empty */
        return status;
    }
    status = pc_rates_init(&rates, model.codes.n_category);
    if (status == PC_OK) {
        status = pc_model_draw(&model, 0, 1, 0, &rates);
    }
    if (status == PC_OK) {
        status = pc_model_write(&model, self->folder, NULL);
    }
    pc_rates_free(&rates);
    pc_model_free(&model);
    return status;
}

static void the_fit_survives_any_failing_allocation(void **state)
{
    static const char *const category[] = {"foster_inhouse", "other"};
    fit_case self = {.folder = pc_test_folder()};
    pc_day extract = pc_day_from_date((pc_date){2022, 3, 31});

    (void)state;
    cohort_empty(&self.episodes, 2, category, extract);
    cohort_add_child(&self.episodes, "X", "a", extract - 4000, PC_STREAM_LOCAL);
    cohort_add_row(&self.episodes, extract - 100, extract - 50, 0, PC_TRANSITION_START, PC_N_EXIT_CAUSE);
    cohort_add_row(&self.episodes, extract - 50, PC_DAY_OPEN, 1, PC_TRANSITION_MOVE, PC_N_EXIT_CAUSE);
    assert_true(walk_failing_allocations(fit_draw_and_write, &self) > 60);
    pc_episodes_free(&self.episodes);
    pc_test_remove(self.folder);
    free(self.folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_fit_survives_any_failing_allocation),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
