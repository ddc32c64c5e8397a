/* Drift and mix: what is solved, and that a run follows it. */
#include "pc_test.h"

#include <math.h>

#include "placecast/trend.h"
#include "sim_model.h"
#include "simulate/expected.h"
#include "simulate/plan.h"

typedef struct trend_case {
    pc_model model;
    pc_scenario scenario;
    pc_plan plan;
    pc_diagnostics diagnostics;
} trend_case;

static const pc_trend_factors half = {{0.5, 0.5, 0.5}, {1.0, 1.0, 1.0}, {0.0, 0.0, 0.0}, {0}, {0}};

static int set_up(void **state)
{
    trend_case *self = calloc(1, sizeof *self);

    assert_non_null(self);
    sim_model_make(&self->model, 1, 90, false);
    self->model.authority[0].birthday_leavers = (double)NAN;
    self->scenario = sim_model_scenario(pc_day_from_date((pc_date){2023, 4, 1}), 48);
    self->scenario.trend = (pc_trend_use){true, true};
    pc_diagnostics_init(&self->diagnostics);
    *state = self;
    return 0;
}

static int tear_down(void **state)
{
    trend_case *self = *state;

    plan_free(&self->plan);
    pc_diagnostics_free(&self->diagnostics);
    sim_model_free(&self->model);
    free(self);
    return 0;
}

static const pc_trend *find(trend_case *self, const pc_trend_factors *factors)
{
    assert_ok(pc_model_find_trend(&self->model, factors, 1, &self->diagnostics), &self->diagnostics);
    return &self->model.authority[0].trend;
}

/* Expected local children at the end of month `month` under the plan that the scenario makes. */
static double local_at(trend_case *self, size_t month, bool homes)
{
    pc_expected expected;
    double sum = 0.0;
    size_t n = 0;

    plan_free(&self->plan);
    assert_ok(plan_make(&self->model, 0, &self->scenario, &self->plan, &self->diagnostics),
              &self->diagnostics);
    for (size_t child = 0; child < self->plan.n_child; child++) {
        if (self->plan.child[child].stream == PC_STREAM_LOCAL) {
            self->plan.child[n++] = self->plan.child[child];
        }
    }
    self->plan.n_child = n;
    for (size_t at = 0; at < self->plan.n_period * PC_N_STREAM * PC_N_AGE_YEAR; at++) {
        if (at / PC_N_AGE_YEAR % PC_N_STREAM == PC_STREAM_UASC) {
            self->plan.start_multiplier[at] = 0.0;
        }
    }
    assert_ok(expected_solve(&self->plan, 0, 1, &expected));
    for (size_t category = 0; category < expected.n_category; category++) {
        sum += !homes || self->plan.residential[category]
                   ? expected.children[category * expected.n_period + month - 1]
                   : 0.0;
    }
    expected_free(&expected);
    return sum;
}

/* S0 + A + w (M - S0 - A), with M from the method itself. */
static void the_expected_local_children_meet_the_aim_at_each_knot(void **state)
{
    trend_case *self = *state;
    double implied[PC_N_KNOT];
    const pc_trend *trend;

    self->scenario.trend.drift = false;
    for (size_t knot = 0; knot < PC_N_KNOT; knot++) {
        implied[knot] = local_at(self, 12 * (knot + 1), false);
    }
    self->scenario.trend.drift = true;
    trend = find(self, &half);
    assert_true(trend->found);
    assert_false(trend->bounded);
    assert_close(trend->now, 80.0, 0.0, 1e-12); /* every ninth of the 90 is unaccompanied */
    for (size_t knot = 0; knot < PC_N_KNOT; knot++) {
        assert_close(trend->implied[knot], implied[knot], 0.0, 1e-6);
        assert_true(fabs(implied[knot] - 80.0) > 2.0); /* else nothing is shown */
        assert_close(trend->aim[knot], 40.0 + 0.5 * implied[knot], 0.0, 1e-6);
        assert_close(local_at(self, 12 * (knot + 1), false), trend->aim[knot], 0.0, 0.02);
    }
}

/* A: leavers replaced at today's rate, less the 18th birthdays to come; shrunk by its own share. */
static void known_birthdays_are_believed_as_far_as_is_said(void **state)
{
    trend_case *self = *state;
    pc_trend_factors none = {{0.0, 0.0, 0.0}, {1.0, 1.0, 1.0}, {0.0, 0.0, 0.0}, {0}, {0}};
    double nine[PC_N_KNOT], implied;
    const pc_trend *trend = find(self, &none);

    for (size_t knot = 0; knot < PC_N_KNOT; knot++) {
        assert_close(trend->aim[knot], 80.0, 0.0, 1e-12);
        assert_close(trend->birthdays[knot], 0.0, 0.0, 0.0);
    }
    implied = trend->implied[1];
    self->model.authority[0].birthday_leavers = 9.0;
    trend = find(self, &none);
    for (size_t knot = 0; knot < PC_N_KNOT; knot++) {
        nine[knot] = trend->birthdays[knot];
        assert_close(trend->aim[knot], 80.0 + nine[knot], 0.0, 1e-9);
    }
    assert_true(nine[1] < 18.0); /* some turn 18 */
    assert_close(trend->implied[1], implied, 0.0, 1e-9);
    none.birthdays[1] = 0.25;
    self->model.authority[0].birthday_leavers = 10.0;
    trend = find(self, &none);
    assert_close(trend->aim[1], 80.0 + 0.25 * trend->birthdays[1], 0.0, 1e-9);
    for (size_t knot = 0; knot < PC_N_KNOT; knot++) {
        assert_close(trend->birthdays[knot] - nine[knot], (double)knot + 1.0, 0.0, 1e-9);
    }
}

/* The aim is the middle: what is expected lies above it by exp(0.01 + 0.8 / 80), 2.02%. */
static void what_is_expected_lies_above_the_aim_by_the_skewness(void **state)
{
    trend_case *self = *state;
    pc_trend_factors skew = {
        {0.0, 0.0, 0.0}, {0.0, 0.0, 0.0}, {0.0, 0.0, 0.0}, {0.01, 0.01, 0.01}, {0.8, 0.8, 0.8}};
    const pc_trend *trend = find(self, &skew);

    for (size_t knot = 0; knot < PC_N_KNOT; knot++) {
        assert_close(trend->aim[knot], 80.0, 0.0, 1e-12);
        assert_close(trend->aim_mean[knot], 80.0 * exp(0.02), 0.0, 1e-9);
        assert_close(local_at(self, 12 * (knot + 1), false), trend->aim_mean[knot], 0.0, 0.02);
    }
}

/* Believed in full, the rates are left alone. */
static void a_share_of_one_changes_nothing(void **state)
{
    trend_case *self = *state;
    pc_trend_factors all = {{1.0, 1.0, 1.0}, {1.0, 1.0, 1.0}, {0.0, 0.0, 0.0}, {0}, {0}};
    const pc_trend *trend = find(self, &all);

    for (size_t knot = 0; knot < PC_N_KNOT; knot++) {
        assert_close(trend->starts[knot], 1.0, 0.0, 1e-6);
        assert_close(trend->homes[knot], 1.0, 0.0, 1e-6);
    }
}

static void the_multiplier_is_one_now_straight_between_knots_and_flat_after(void **state)
{
    pc_trend trend = {.found = true, .starts = {1.2, 0.8, 0.9}};

    (void)state;
    assert_close(pc_trend_starts(&trend, 0.0), 1.0, 0.0, 0.0);
    assert_close(pc_trend_starts(&trend, 0.5), 1.1, 0.0, 1e-15);
    assert_close(pc_trend_starts(&trend, 1.0), 1.2, 0.0, 1e-15);
    assert_close(pc_trend_starts(&trend, 1.75), 0.9, 0.0, 1e-15);
    assert_close(pc_trend_starts(&trend, 2.5), 0.85, 0.0, 1e-15);
    assert_close(pc_trend_starts(&trend, 3.0), 0.9, 0.0, 0.0);
    assert_close(pc_trend_starts(&trend, 30.0), 0.9, 0.0, 0.0);
    trend.found = false;
    assert_close(pc_trend_starts(&trend, 1.0), 1.0, 0.0, 0.0);
}

/* Local starts alone; UASC apart. */
static void a_plan_follows_the_drift_where_the_scenario_says_so(void **state)
{
    trend_case *self = *state;

    self->model.authority[0].trend =
        (pc_trend){.found = true, .starts = {1.2, 0.8, 0.9}, .homes = {1.5, 1.25, 1.125}};
    for (int on = 0; on < 2; on++) {
        self->scenario.trend = (pc_trend_use){on == 1, on == 1};
        plan_free(&self->plan);
        assert_ok(plan_make(&self->model, 0, &self->scenario, &self->plan, &self->diagnostics),
                  &self->diagnostics);
        /* Half-way through March 2024, the twelfth month: 350.5 of 366 days. */
        assert_close(self->plan.start_multiplier[(11 * PC_N_STREAM + PC_STREAM_LOCAL) * PC_N_AGE_YEAR + 5],
                     on == 1 ? 1.0 + 0.2 * 350.5 / 366.0 : 1.0, 0.0, 1e-6);
        assert_close(self->plan.start_multiplier[(40 * PC_N_STREAM + PC_STREAM_LOCAL) * PC_N_AGE_YEAR],
                     on == 1 ? 0.9 : 1.0, 0.0, 1e-6);
        assert_close(self->plan.start_multiplier[(11 * PC_N_STREAM + PC_STREAM_UASC) * PC_N_AGE_YEAR + 16],
                     1.0, 0.0, 0.0);
        assert_close(plan_homes(&self->plan, 0), on == 1 ? 1.5 : 1.0, 0.0, 0.0);
        assert_close(plan_homes(&self->plan, 7), on == 1 ? 1.125 : 1.0, 0.0, 0.0);
    }
}

/* Homes grow by what is asked, in the simulation itself: 4,000 futures, so that 4 standard errors are 0.6
 * children. */
static void children_in_homes_follow_the_growth(void **state)
{
    trend_case *self = *state;
    pc_trend_factors grow = {{0.0, 0.0, 0.0}, {0.0, 0.0, 0.0}, {0.2, 0.1, 0.05}, {0}, {0}};
    const pc_trend *trend = find(self, &grow);
    pc_run_options run = {.threads = 1};
    pc_forecast forecast;

    /* All children local, so that the forecast counts those whom the trend speaks of. */
    for (size_t child = 0; child < self->model.authority[0].n_child; child++) {
        self->model.authority[0].child[child].stream = PC_STREAM_LOCAL;
    }
    self->model.authority[0].mean.starts[PC_N_AGE_YEAR + 16] = 0.0;
    trend = find(self, &grow);
    assert_close(trend->homes_now, 30.0, 0.0, 1e-12);
    assert_close(trend->homes_aim[0], 36.0, 0.0, 1e-9);
    assert_close(trend->homes_aim[2], 30.0 * 1.2 * 1.1 * 1.05, 0.0, 1e-9);
    self->scenario.replicates = 4000;
    assert_ok(pc_run(&self->model, &self->scenario, NULL, &run, &forecast, &self->diagnostics),
              &self->diagnostics);
    for (size_t knot = 0; knot < PC_N_KNOT; knot++) {
        const pc_statistics *homes =
            pc_forecast_monthly(&forecast, 0, PC_MEASURE_CHILDREN, 1, 12 * (knot + 1) - 1);

        /* What is solved on the logarithm is near, not exact: within 3%. */
        assert_close(homes->mean, trend->homes_aim[knot], 0.0,
                     0.03 * trend->homes_aim[knot] + 4.0 * homes->sd / sqrt(4000.0));
        assert_true(fabs(homes->mean - 30.0) > 3.0);
    }
    pc_forecast_free(&forecast);
}

/* The mid-month extract puts the knots within months. */
static void an_extract_in_mid_month_is_no_hindrance(void **state)
{
    trend_case *self = *state;
    const pc_trend *trend;

    sim_model_free(&self->model);
    sim_model_make(&self->model, 1, 90, true);
    self->model.authority[0].birthday_leavers = (double)NAN;
    trend = find(self, &half);
    assert_true(trend->found);
    for (size_t knot = 0; knot < PC_N_KNOT; knot++) {
        assert_true(trend->starts[knot] > 0.5 && trend->starts[knot] < 2.0);
    }
}

static void without_starts_or_children_there_is_no_trend(void **state)
{
    trend_case *self = *state;

    memset(self->model.authority[0].mean.starts, 0, PC_N_AGE_YEAR * sizeof(double));
    assert_false(find(self, &half)->found);
    self->model.authority[0].mean.starts[3] = 10.0;
    assert_true(find(self, &half)->found);
    self->model.authority[0].n_child = 0;
    assert_false(find(self, &half)->found);
}

/* A council whose starts have dried up: the bound is met and said. */
static void a_multiplier_beyond_its_bounds_is_cut(void **state)
{
    trend_case *self = *state;
    pc_trend_factors none = {{0.0, 0.0, 0.0}, {1.0, 1.0, 1.0}, {0.0, 0.0, 0.0}, {0}, {0}};
    const pc_trend *trend;

    for (size_t age = 0; age < PC_N_AGE_YEAR; age++) {
        self->model.authority[0].mean.starts[age] *= 0.05;
    }
    trend = find(self, &none);
    assert_true(trend->bounded);
    assert_close(trend->starts[0], 2.0, 0.0, 1e-12);
}

static void factors_out_of_bounds_are_refused(void **state)
{
    trend_case *self = *state;
    const pc_trend_factors bad[] = {
        {{1.1, 0.3, 0.3}, {0.0, 0.0, 0.0}, {0.0, 0.0, 0.0}, {0}, {0}},
        {{0.3, -0.1, 0.3}, {0.0, 0.0, 0.0}, {0.0, 0.0, 0.0}, {0}, {0}},
        {{0.3, 0.3, (double)NAN}, {0.0, 0.0, 0.0}, {0.0, 0.0, 0.0}, {0}, {0}},
        {{0.3, 0.3, 0.3}, {0.0, 1.5, 0.0}, {0.0, 0.0, 0.0}, {0}, {0}},
        {{0.3, 0.3, 0.3}, {0.0, 0.0, (double)NAN}, {0.0, 0.0, 0.0}, {0}, {0}},
        {{0.3, 0.3, 0.3}, {0.0, 0.0, 0.0}, {1.5, 0.0, 0.0}, {0}, {0}},
        {{0.3, 0.3, 0.3}, {0.0, 0.0, 0.0}, {0.0, 0.0, (double)NAN}, {0}, {0}},
        {{0.3, 0.3, 0.3}, {0.0, 0.0, 0.0}, {0.0, 0.0, 0.0}, {0.0, 0.11, 0.0}, {0}},
        {{0.3, 0.3, 0.3}, {0.0, 0.0, 0.0}, {0.0, 0.0, 0.0}, {0}, {0.0, 0.0, (double)NAN}}};

    for (size_t at = 0; at < sizeof bad / sizeof bad[0]; at++) {
        assert_status(pc_model_find_trend(&self->model, &bad[at], 1, &self->diagnostics), PC_ERR_RANGE);
    }
    assert_message(&self->diagnostics, "drift share 1.1");
}

static void the_shipped_factors_can_be_read(void **state)
{
    pc_trend_factors shipped;

    (void)state;
    assert_ok(pc_trend_factors_shipped(&shipped, NULL));
    for (int knot = 0; knot < PC_N_KNOT; knot++) {
        assert_true(shipped.share[knot] >= 0.0 && shipped.share[knot] <= 1.0);
        assert_true(fabs(shipped.homes_growth[knot]) < 0.3);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_expected_local_children_meet_the_aim_at_each_knot, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(known_birthdays_are_believed_as_far_as_is_said, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_expected_lies_above_the_aim_by_the_skewness, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_share_of_one_changes_nothing, set_up, tear_down),
        cmocka_unit_test(the_multiplier_is_one_now_straight_between_knots_and_flat_after),
        cmocka_unit_test_setup_teardown(a_plan_follows_the_drift_where_the_scenario_says_so, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(children_in_homes_follow_the_growth, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_extract_in_mid_month_is_no_hindrance, set_up, tear_down),
        cmocka_unit_test_setup_teardown(without_starts_or_children_there_is_no_trend, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_multiplier_beyond_its_bounds_is_cut, set_up, tear_down),
        cmocka_unit_test_setup_teardown(factors_out_of_bounds_are_refused, set_up, tear_down),
        cmocka_unit_test(the_shipped_factors_can_be_read),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
