/* Rates that are drawn are held to the drift: what is found to first order, beside the expected values of
 * each draw. */
#include "pc_test.h"

#include <math.h>

#include "council.h"
#include "placecast/trend.h"
#include "simulate/expected.h"
#include "simulate/plan.h"
#include "simulate/trend.h"

enum { N_DRAW = 10 };

/* Expected local children at the three knots, where starts of each year are multiplied by `by`. */
static void local_at_knots(const pc_model *model, const pc_rates *rates, bool drift,
                           const double by[PC_N_KNOT], double out[PC_N_KNOT])
{
    static char name[] = "draw";
    pc_scenario scenario = {
        .name = name, .start = model->extract + 1, .months = 36, .replicates = 1, .trend = {drift, false}};
    pc_expected expected;
    pc_plan plan;
    size_t n = 0;

    assert_ok(plan_make(model, 0, &scenario, &plan, NULL));
    for (size_t child = 0; child < plan.n_child; child++) {
        if (plan.child[child].stream == PC_STREAM_LOCAL) {
            plan.child[n++] = plan.child[child];
        }
    }
    plan.n_child = n;
    plan.mean = rates;
    for (size_t at = 0; at < plan.n_period * PC_N_STREAM * PC_N_AGE_YEAR; at++) {
        plan.start_multiplier[at] *= at / PC_N_AGE_YEAR % PC_N_STREAM == PC_STREAM_UASC
                                         ? 0.0
                                         : by[plan.period[at / PC_N_AGE_YEAR / PC_N_STREAM].effect_year];
    }
    assert_ok(expected_solve(&plan, 0, 1, &expected));
    for (size_t knot = 0; knot < PC_N_KNOT; knot++) {
        out[knot] = 0.0;
        for (size_t category = 0; category < expected.n_category; category++) {
            out[knot] += expected.children[category * expected.n_period + 12 * knot + 11];
        }
    }
    expected_free(&expected);
    plan_free(&plan);
}

/* Root mean square over draws of the distance to what the drift of the draw itself would aim at. */
static void check(uint64_t seed, int children, double share, double most)
{
    static const double one[PC_N_KNOT] = {1.0, 1.0, 1.0};
    pc_trend_factors factors = {{share, share, share}, {0}, {0}, {0}, {0}};
    double held[PC_N_KNOT] = {0}, loose[PC_N_KNOT] = {0};
    const pc_trend *trend;
    pc_rates drawn;
    council self;

    council_make(&self, seed, children);
    assert_ok(pc_model_find_trend(&self.model, &factors, 1, &self.diagnostics), &self.diagnostics);
    trend = &self.model.authority[0].trend;
    assert_ok(pc_rates_init(&drawn, self.codes.n_category));
    for (uint32_t draw = 0; draw < N_DRAW; draw++) {
        pc_plan plan = {.drift = trend, .mean = &self.model.authority[0].mean, .care_bands = true};
        double by[PC_N_KNOT], implied[PC_N_KNOT], with[PC_N_KNOT], without[PC_N_KNOT];

        for (size_t edge = 0; edge + 1 < PC_N_BAND; edge++) {
            plan.care_edge[edge] = self.model.care_edge[edge];
        }
        assert_ok(pc_model_draw(&self.model, 0, 5, draw, &drawn));
        trend_of_draw(&plan, &drawn, by);
        local_at_knots(&self.model, &drawn, false, one, implied);
        local_at_knots(&self.model, &drawn, true, by, with);
        local_at_knots(&self.model, &drawn, true, one, without);
        for (size_t knot = 0; knot < PC_N_KNOT; knot++) {
            double aim = trend->now + share * (implied[knot] - trend->now);

            held[knot] += (with[knot] - aim) * (with[knot] - aim) / N_DRAW;
            loose[knot] += (without[knot] - aim) * (without[knot] - aim) / N_DRAW;
        }
    }
    for (size_t knot = 0; knot < PC_N_KNOT; knot++) {
        print_message(
            "%d children, share %.2f, %zu months: %.2f children from the aim, %.2f if not held to it\n",
            children, share, 12 * (knot + 1), sqrt(held[knot]), sqrt(loose[knot]));
        assert_true(sqrt(held[knot]) < most * sqrt(loose[knot]));
    }
    pc_rates_free(&drawn);
    council_unmake(&self);
}

static void drawn_rates_of_a_council_of_300_are_held_to_the_drift(void **state)
{
    (void)state;
    check(7003, 300, 0.15, 0.4);
}

static void drawn_rates_of_a_council_of_30_are_held_to_the_drift(void **state)
{
    (void)state;
    check(7000, 30, 0.15, 0.4);
}

static void a_share_of_one_holds_nothing(void **state)
{
    (void)state;
    check(7001, 80, 0.9, 10.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(drawn_rates_of_a_council_of_300_are_held_to_the_drift),
        cmocka_unit_test(drawn_rates_of_a_council_of_30_are_held_to_the_drift),
        cmocka_unit_test(a_share_of_one_holds_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
