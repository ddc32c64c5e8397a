/* From episodes to a forecast: every allocation fails in turn. */
#include "pc_test.h"

#include <limits.h>

#include <math.h>

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

static char helps[] = "Helps", cohort[] = "Cohort", beds[] = "Beds", everything[] = "all",
            better_name[] = "Better", target_name[] = "Fewer";

static pc_intervention intervention(pc_intervention_kind kind, char *name)
{
    return (pc_intervention){.kind = kind,
                             .name = name,
                             .from = PC_DAY_NONE,
                             .until = PC_DAY_OPEN,
                             .age_to = 17,
                             .care_to = INT_MAX,
                             .stream = {true, true},
                             .reach = (double)INFINITY,
                             .would_have = 1.0,
                             .confidence = 0.5};
}

static pc_status compare(void *context)
{
    stages *self = context;
    pc_intervention each[] = {intervention(PC_INTERVENTION_EXIT_RATE, helps),
                              intervention(PC_INTERVENTION_DISCHARGE, cohort),
                              intervention(PC_INTERVENTION_CAPACITY, beds)};
    pc_capacity_step step = {.from = PC_DAY_NONE, .places = 5.0};
    pc_capacity capacity = {
        .category = self->model.codes.category[0].name, .n_step = 1, .step = &step, .share = 1.0};
    pc_target target = {.name = target_name,
                        .measure = PC_MEASURE_CHILDREN,
                        .category = everything,
                        .by = self->scenario.start + 100,
                        .at_most = true,
                        .value = 30.0};
    pc_scenario better = self->scenario;
    const pc_scenario *both[] = {&self->scenario, &better};
    const pc_prices *prices[] = {&self->prices, &self->prices};
    pc_run_options options = {.threads = 1};
    pc_comparison result;
    pc_alone alone;
    pc_status status;

    each[0].effect = (pc_effect){0.1, 0.2, 0.3};
    each[1].children = 3.0;
    each[1].return_12m = 0.5;
    each[2].places = 2.0;
    better.name = better_name;
    better.intervention = each;
    better.n_intervention = 3;
    better.capacity = &capacity;
    better.n_capacity = 1;
    better.target = &target;
    better.n_target = 1;
    status = pc_compare(&self->model, 2, both, prices, &options, &result, NULL);
    if (status == PC_OK) {
        assert_int_equal(result.forecast[1].n_target, 1);
    } else {
        assert_null(result.forecast);
    }
    pc_comparison_free(&result);
    pc_comparison_free(&result);
    if (status != PC_OK) {
        return status;
    }
    status = pc_alone_run(&self->model, &better, &self->prices, &options, &alone, NULL);
    assert_int_equal(alone.n, status == PC_OK ? 3 : 0);
    pc_alone_free(&alone);
    return status;
}

/* A comparison that has run, told why. */
typedef struct asked {
    stages *of;
    const pc_scenario *both[2];
    const pc_prices *prices[2];
    pc_comparison result;
} asked;

static pc_status ask_why(void *context)
{
    asked *self = context;
    pc_run_options options = {.threads = 1};
    size_t accounts = PC_N_WHY_DRIVER;
    pc_status status;

    self->result.why.n = accounts; /* without what an earlier walk added */
    status = pc_why_causes(&self->of->model, self->both, self->prices, &options, &self->result, NULL);
    assert_true(status != PC_OK || self->result.why.n == accounts + 2);
    return status;
}

static void telling_why_survives_any_failing_allocation(void **state)
{
    stages self;
    pc_intervention each[] = {intervention(PC_INTERVENTION_EXIT_RATE, helps),
                              intervention(PC_INTERVENTION_PRICE, beds)};
    pc_run_options options = {.threads = 1};
    pc_scenario better;
    asked asks = {.of = &self};

    (void)state;
    make_stages(&self);
    self.scenario.months = 1;
    self.scenario.replicates = 1;
    self.scenario.uncertainty = (pc_uncertainty){false, false, false};
    better = self.scenario;
    better.name = better_name;
    each[0].effect = each[1].effect = (pc_effect){0.1, 0.2, 0.3};
    better.intervention = each;
    better.n_intervention = 2;
    asks.both[0] = &self.scenario;
    asks.both[1] = &better;
    asks.prices[0] = asks.prices[1] = &self.prices;
    assert_ok(pc_compare(&self.model, 2, asks.both, asks.prices, &options, &asks.result, NULL));
    assert_true(walk_failing_allocations(ask_why, &asks) > 40);
    pc_comparison_free(&asks.result);
    free_stages(&self);
}

static void a_comparison_survives_any_failing_allocation(void **state)
{
    stages self;

    (void)state;
    make_stages(&self);
    self.scenario.months = 2;
    self.scenario.replicates = 1;
    self.scenario.uncertainty = (pc_uncertainty){false, false, false};
    assert_true(walk_failing_allocations(compare, &self) > 40);
    free_stages(&self);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_fit_survives_any_failing_allocation),
        cmocka_unit_test(a_run_survives_any_failing_allocation),
        cmocka_unit_test(a_run_by_expected_values_survives_any_failing_allocation),
        cmocka_unit_test(a_comparison_survives_any_failing_allocation),
        cmocka_unit_test(telling_why_survives_any_failing_allocation),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
