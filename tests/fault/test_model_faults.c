/* From episodes to a forecast: every allocation fails in turn. */
#include "pc_test.h"

#include "cohort.h"
#include "failing_allocation.h"

#include "placecast/forecast.h"
#include "placecast/model.h"

typedef struct stages {
    pc_rates truth;
    pc_episodes episodes;
    pc_model model;
    pc_prices prices;
    pc_scenario scenario;
    char *folder;
} stages;

static char scenario_name[] = "Base", scenario_file[] = "base.yaml";

/* A small authority: about 30 children in care, two years of care, six months ahead. */
static void make_stages(stages *self)
{
    pc_day extract = pc_day_from_date((pc_date){2020, 3, 31});
    cohort_options options = {.seed = 1,
                              .truth = &self->truth,
                              .n_category = COHORT_N_CATEGORY,
                              .category = cohort_category,
                              .first_start = pc_day_from_date((pc_date){2017, 4, 1}),
                              .extract = extract};
    pc_fit_options fit = pc_fit_options_default();
    pc_diagnostics diagnostics;

    memset(self, 0, sizeof *self);
    pc_diagnostics_init(&diagnostics);
    cohort_truth(&self->truth, 0.1);
    cohort_make(&options, &self->episodes);
    assert_ok(pc_fit(&self->episodes, &fit, &self->model, &diagnostics), &diagnostics);
    self->prices.n_category = COHORT_N_CATEGORY;
    self->prices.weekly_gbp = calloc(COHORT_N_CATEGORY, sizeof *self->prices.weekly_gbp);
    self->prices.price_year = calloc(COHORT_N_CATEGORY, sizeof *self->prices.price_year);
    assert_non_null(self->prices.weekly_gbp);
    assert_non_null(self->prices.price_year);
    for (size_t category = 0; category < COHORT_N_CATEGORY; category++) {
        self->prices.weekly_gbp[category] = 500;
        self->prices.price_year[category] = 2020;
    }
    self->scenario = (pc_scenario){.file = scenario_file,
                                   .name = scenario_name,
                                   .start = extract + 1,
                                   .months = 6,
                                   .replicates = 4,
                                   .seed = 1,
                                   .uncertainty = {true, true, true},
                                   .extract = PC_DAY_NONE,
                                   .window_from = PC_DAY_NONE,
                                   .window_to = PC_DAY_NONE};
    self->folder = pc_test_folder();
    pc_diagnostics_free(&diagnostics);
}

static void free_stages(stages *self)
{
    free(self->prices.weekly_gbp);
    free(self->prices.price_year);
    pc_model_free(&self->model);
    pc_episodes_free(&self->episodes);
    pc_rates_free(&self->truth);
    pc_test_remove(self->folder);
    free(self->folder);
}

static pc_status fit(void *context)
{
    stages *self = context;
    pc_fit_options options = pc_fit_options_default();
    pc_model model;
    pc_status status = pc_fit(&self->episodes, &options, &model, NULL);

    if (status == PC_OK) {
        assert_ok(pc_model_check(&model));
    } else {
        assert_int_equal(model.n_authority, 0); /* on failure it is empty */
    }
    pc_model_free(&model);
    return status;
}

static pc_status draw(void *context)
{
    stages *self = context;
    pc_rates rates;
    pc_status status = pc_rates_init(&rates, self->model.codes.n_category);

    if (status == PC_OK) {
        status = pc_model_draw(&self->model, 0, 1, 0, &rates);
    }
    pc_rates_free(&rates);
    return status;
}

static pc_status run(void *context)
{
    stages *self = context;
    pc_run_options options = {.threads = 2};
    pc_forecast forecast;
    pc_status status = pc_run(&self->model, &self->scenario, &self->prices, &options, &forecast, NULL);

    if (status == PC_OK) {
        assert_int_equal(forecast.n_month, 6);
    } else {
        assert_null(forecast.monthly);
    }
    pc_forecast_free(&forecast);
    return status;
}

static void the_fit_survives_any_failing_allocation(void **state)
{
    stages self;

    (void)state;
    make_stages(&self);
    assert_true(walk_failing_allocations(fit, &self) > 20);
    assert_true(walk_failing_allocations(draw, &self) > 4);
    free_stages(&self);
}

static void a_run_survives_any_failing_allocation(void **state)
{
    stages self;

    (void)state;
    make_stages(&self);
    assert_true(walk_failing_allocations(run, &self) > 20);
    free_stages(&self);
}

static void a_run_by_expected_values_survives_any_failing_allocation(void **state)
{
    stages self;

    (void)state;
    make_stages(&self);
    self.scenario.method = PC_METHOD_EXPECTED;
    assert_true(walk_failing_allocations(run, &self) > 20);
    free_stages(&self);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_fit_survives_any_failing_allocation),
        cmocka_unit_test(a_run_survives_any_failing_allocation),
        cmocka_unit_test(a_run_by_expected_values_survives_any_failing_allocation),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
