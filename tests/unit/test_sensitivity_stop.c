/* A sensitivity analysis that is interrupted says so and leaves nothing; called again it gives the whole. */
#include "placecast/sensitivity.h"
#include "sweep_case.h"

#define SWEEP                                                                                                \
    "sweep: 1\nname: Small sweep\nbase: base.yaml\nreplicates: 5\n"                                          \
    "factors: [{name: seed, key: seed, range: {low: 1, high: 40, steps: 40, whole: true}}]\n"

static void an_interrupted_analysis_leaves_nothing(void **state)
{
    static const double at[] = {0, 0.3, 0.5};
    sweep_case self;
    pc_sensitivity result;
    pc_sensitivity_options options = pc_sensitivity_options_default();
    pc_sweep *sweep;

    (void)state;
    options.points = 4;
    sweep_case_begin(&self, SWEEP);
    assert_ok(sweep_case_load(&self, &sweep), &self.diagnostics);
    for (size_t s = 0; s < sizeof at / sizeof at[0]; s++) {
        sweep_stopper stop = {.at = at[s]};

        options.threads = (int)s + 1;
        options.progress = sweep_stop_at;
        options.context = &stop;
        options.stop = &stop.stop;
        assert_status(pc_sensitivity_run(sweep, &options, &result, &self.diagnostics), PC_ERR_INTERRUPTED,
                      &self.diagnostics);
        assert_int_equal(result.n_result, 0);
        assert_null(result.factor);
    }
    options.progress = NULL;
    options.stop = NULL;
    assert_ok(pc_sensitivity_run(sweep, &options, &result, &self.diagnostics), &self.diagnostics);
    assert_int_equal(result.n_run, 1 + 2 + 4 * 3);
    assert_true(result.n_result >= 2);
    pc_sensitivity_free(&result);
    pc_sweep_free(sweep);
    sweep_case_end(&self);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(an_interrupted_analysis_leaves_nothing)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
