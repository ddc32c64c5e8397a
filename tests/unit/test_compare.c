/* Scenarios side by side on one model: their differences, each intervention alone, and how targets fare. */
#include "pc_test.h"

#include <limits.h>

#include <math.h>

#include "sim_model.h"

#define N SIM_MODEL_N_CATEGORY

static char early[] = "Early help", step_down[] = "Step down", deal[] = "Deal", home[] = "residential_home",
            foster[] = "foster", base_name[] = "Base", best_name[] = "Best", worst_name[] = "Worst",
            all[] = "all", a_name[] = "a target", base_file[] = "base.yaml", best_file[] = "best.yaml";
static char *homes[] = {home};

static pc_day day(int year, int month, int of_month)
{
    return pc_day_from_date((pc_date){year, month, of_month});
}

static pc_intervention intervention(pc_intervention_kind kind, char *name)
{
    return (pc_intervention){.kind = kind,
                             .name = name,
                             .from = PC_DAY_NONE,
                             .until = PC_DAY_OPEN,
                             .age_to = 17,
                             .care_to = INT_MAX,
                             .stream = {true, true},
                             .point = PC_POINT_DRAWN,
                             .reach = (double)INFINITY,
                             .would_have = 1.0,
                             .confidence = 1.0};
}

/* 0 prevents, 1 moves out of homes, 2 lowers the price of homes. */
static void make_interventions(pc_intervention out[3])
{
    out[0] = intervention(PC_INTERVENTION_PREVENT, early);
    out[0].effect = (pc_effect){0.1, 0.3, 0.5};
    out[1] = intervention(PC_INTERVENTION_MOVE, step_down);
    out[1].n_category = 1;
    out[1].category = homes;
    out[1].to = foster;
    out[1].reach = 6.0;
    out[2] = intervention(PC_INTERVENTION_PRICE, deal);
    out[2].n_category = 1;
    out[2].category = homes;
    out[2].effect = (pc_effect){-0.1, -0.1, -0.1};
}

static pc_scenario named(char *name, int months, int replicates)
{
    pc_scenario scenario = sim_model_scenario(day(2023, 4, 1), months);

    scenario.name = name;
    scenario.replicates = replicates;
    return scenario;
}

static void compare(const pc_model *model, size_t n, const pc_scenario *const *scenario, bool priced,
                    int threads, pc_comparison *out)
{
    const pc_prices *prices[] = {sim_model_prices(), sim_model_prices(), sim_model_prices()};
    pc_run_options options = {.threads = threads};
    pc_diagnostics diagnostics;

    pc_diagnostics_init(&diagnostics);
    assert_ok(pc_compare(model, n, scenario, priced ? prices : NULL, &options, out, &diagnostics),
              &diagnostics);
    pc_diagnostics_free(&diagnostics);
}

static void check_difference(const pc_statistics *of, const pc_statistics *a, const pc_statistics *b)
{
    assert_close(of->mean, a->mean - b->mean, 0.0, 1e-9);
    for (size_t quantile = 0; quantile < PC_N_QUANTILE; quantile++) {
        assert_close(of->quantile[quantile], a->mean - b->mean, 0.0, 1e-9);
    }
}

/* One replicate: every statistic of it is its own number, so every difference must be the numbers' own. */
static void a_difference_is_taken_replicate_by_replicate_for_every_cell(void **state)
{
    pc_model model;
    pc_intervention each[3];
    pc_scenario base = named(base_name, 20, 1), best = named(best_name, 20, 1);
    const pc_scenario *both[] = {&base, &best};
    pc_comparison result;
    size_t n_changed = 0;

    (void)state;
    sim_model_make(&model, 2, 60, false);
    make_interventions(each);
    best.intervention = each;
    best.n_intervention = 3;
    compare(&model, 2, both, true, 1, &result);
    const pc_forecast *of = &result.difference[1];
    assert_string_equal(of->scenario, "Best");
    for (size_t la = 0; la < 3; la++) {
        for (int m = 0; m < PC_N_MEASURE; m++) {
            for (size_t category = 0; of->has[m] && category <= N; category++) {
                for (size_t month = 0; month < 20; month++) {
                    const pc_statistics *d = pc_forecast_monthly(of, la, (pc_measure)m, category, month);

                    check_difference(
                        d, pc_forecast_monthly(&result.forecast[1], la, (pc_measure)m, category, month),
                        pc_forecast_monthly(&result.forecast[0], la, (pc_measure)m, category, month));
                    n_changed += d->mean < 0.0 || d->mean > 0.0;
                }
                for (size_t year = 0; year < 2; year++) {
                    check_difference(
                        pc_forecast_annual(of, la, (pc_measure)m, category, year),
                        pc_forecast_annual(&result.forecast[1], la, (pc_measure)m, category, year),
                        pc_forecast_annual(&result.forecast[0], la, (pc_measure)m, category, year));
                }
            }
        }
    }
    assert_true(n_changed > 300);
    assert_true(of->has[PC_MEASURE_COST]);
    assert_false(of->has[PC_MEASURE_OVERFLOW]);
    for (size_t at = 0; at < 3 * PC_N_EXIT_CAUSE * 20; at++) {
        check_difference(&of->exits[at], &result.forecast[1].exits[at], &result.forecast[0].exits[at]);
    }
    for (size_t at = 0; at < (size_t)3 * (N + 1) * 2; at++) {
        check_difference(&of->children_average[at], &result.forecast[1].children_average[at],
                         &result.forecast[0].children_average[at]);
    }
    pc_comparison_free(&result);
    sim_model_free(&model);
}

/* The chance of fewer is at least a level exactly where that quantile of the difference lies below nought;
 * and the chances between pairs are the same numbers. The reference differs from itself by nothing. */
static void chances_of_fewer_go_with_the_quantiles_of_the_difference(void **state)
{
    pc_model model;
    pc_intervention each[3], fewer_exits = intervention(PC_INTERVENTION_EXIT_RATE, deal);
    pc_scenario base = named(base_name, 14, 120), best = named(best_name, 14, 120),
                worst = named(worst_name, 14, 120);
    const pc_scenario *three[] = {&base, &best, &worst};
    pc_comparison result, again;
    size_t n_between = 0;

    (void)state;
    sim_model_make(&model, 1, 60, false);
    make_interventions(each);
    best.intervention = each;
    best.n_intervention = 1;
    each[0].effect = (pc_effect){0.0, 0.02, 0.1};
    worst.intervention = &fewer_exits;
    worst.n_intervention = 1;
    fewer_exits.effect = (pc_effect){-0.1, -0.05, 0.0};
    compare(&model, 3, three, false, 1, &result);
    for (size_t at = 1; at < 3; at++) {
        for (size_t month = 0; month < 14; month++) {
            const pc_statistics *d =
                pc_forecast_monthly(&result.difference[at], 0, PC_MEASURE_CHILDREN, N, month);
            double fewer = result.p_fewer[at * 14 + month], more = result.p_more[at * 14 + month];

            assert_true(fewer >= 0.0 && more >= 0.0 && fewer + more <= 1.0);
            n_between += fewer > 0.05 && fewer < 0.95;
            for (size_t quantile = 0; quantile < PC_N_QUANTILE; quantile++) {
                double level = pc_quantile_level[quantile];

                assert_int_equal(d->quantile[quantile] < 0.0, fewer >= level - 1e-9);
                assert_int_equal(d->quantile[quantile] <= 0.0, 1.0 - more >= level - 1e-9);
            }
        }
        assert_close(pc_comparison_fewer_than(&result, at, 0, 0), result.p_fewer[at * 14 + 11], 0.0, 0.0);
        assert_close(pc_comparison_fewer_than(&result, 0, at, 1), result.p_more[at * 14 + 13], 0.0, 0.0);
    }
    assert_true(n_between > 5);
    assert_close(pc_comparison_fewer_than(&result, 1, 1, 0), 0.0, 0.0, 0.0);
    /* Best below worst is likelier than best below base: worst is never below base. */
    assert_true(pc_comparison_fewer_than(&result, 1, 2, 1) >= pc_comparison_fewer_than(&result, 1, 0, 1));
    for (size_t month = 0; month < 14; month++) {
        assert_close(pc_forecast_monthly(&result.difference[0], 0, PC_MEASURE_CHILDREN, N, month)->sd, 0.0,
                     0.0, 0.0);
    }
    compare(&model, 3, three, false, 3, &again);
    assert_memory_equal(result.p_fewer, again.p_fewer, (size_t)3 * 14 * sizeof(double));
    assert_memory_equal(result.p_fewer_than, again.p_fewer_than, (size_t)3 * 3 * 2 * sizeof(double));
    assert_memory_equal(result.difference[1].monthly, again.difference[1].monthly,
                        PC_N_MEASURE * (N + 1) * 14 * sizeof(pc_statistics));
    pc_comparison_free(&result);
    pc_comparison_free(&again);
    sim_model_free(&model);
}

static void same(const pc_statistics *a, const pc_statistics *b)
{
    assert_close(a->mean, b->mean, 0.0, 1e-9);
    assert_close(a->sd, b->sd, 0.0, 1e-6);
    assert_memory_equal(a->quantile, b->quantile, sizeof a->quantile);
}

/* What `part` says is what a comparison with the scenario without any says. */
static void check_part(const pc_alone *of, size_t part, const pc_model *model, pc_scenario with)
{
    pc_scenario none = with;
    const pc_scenario *both[] = {&none, &with};
    pc_comparison result;
    size_t last = model->n_authority > 1 ? model->n_authority : 0;

    none.name = base_name;
    none.n_intervention = 0;
    compare(model, 2, both, true, 1, &result);
    for (size_t year = 0; year < of->n_year; year++) {
        same(pc_alone_difference(of, part, PC_ALONE_CHILDREN, year),
             pc_forecast_annual(&result.difference[1], last, PC_MEASURE_CHILDREN, N, year));
        same(pc_alone_difference(of, part, PC_ALONE_RESIDENTIAL, year),
             pc_forecast_annual(&result.difference[1], last, PC_MEASURE_CHILDREN, 1, year));
        same(pc_alone_difference(of, part, PC_ALONE_COST, year),
             pc_forecast_annual(&result.difference[1], last, PC_MEASURE_COST, N, year));
    }
    pc_comparison_free(&result);
}

static void each_alone_and_all_together_are_comparisons_with_none(void **state)
{
    (void)state;
    for (size_t n_authority = 1; n_authority <= 2; n_authority++) {
        pc_model model;
        pc_intervention each[3];
        pc_scenario best = named(best_name, 18, 30);
        pc_run_options options = {.threads = 2};
        pc_alone of;

        sim_model_make(&model, n_authority, 50, false);
        make_interventions(each);
        best.intervention = each;
        best.n_intervention = 3;
        assert_ok(pc_alone_run(&model, &best, sim_model_prices(), &options, &of, NULL));
        assert_int_equal(of.n, 3);
        assert_int_equal(of.replicates, 30);
        assert_int_equal(of.n_year, 2);
        assert_true(of.has_cost);
        assert_string_equal(of.name[1], "Step down");
        for (size_t part = 0; part < 3; part++) {
            pc_scenario one = best;

            one.n_intervention = 1;
            one.intervention = &each[part];
            check_part(&of, part, &model, one);
        }
        check_part(&of, 3, &model, best);
        /* They do what they are there for. */
        assert_true(pc_alone_difference(&of, 0, PC_ALONE_CHILDREN, 1)->mean < -2.0);
        assert_true(pc_alone_difference(&of, 1, PC_ALONE_RESIDENTIAL, 1)->mean < -2.0);
        assert_close(pc_alone_difference(&of, 2, PC_ALONE_CHILDREN, 1)->mean, 0.0, 0.0, 0.0);
        assert_true(pc_alone_difference(&of, 2, PC_ALONE_COST, 1)->mean < -1e4);
        pc_alone_free(&of);
        sim_model_free(&model);
    }
}

static void taking_apart_is_bounded_and_nothing_for_nothing(void **state)
{
    pc_model model;
    pc_intervention each[3];
    pc_scenario best = named(best_name, 2, 1000);
    pc_alone of;
    pc_diagnostics diagnostics;

    (void)state;
    sim_model_make(&model, 1, 5, false);
    make_interventions(each);
    best.intervention = each;
    assert_ok(pc_alone_run(&model, &best, NULL, NULL, &of, NULL));
    assert_int_equal(of.n, 0);
    pc_alone_free(&of);
    best.n_intervention = 1;
    assert_ok(pc_alone_run(&model, &best, NULL, NULL, &of, NULL));
    assert_int_equal(of.replicates, 200);
    assert_false(of.has_cost);
    pc_alone_free(&of);
    pc_alone_free(&of);
    pc_diagnostics_init(&diagnostics);
    best.method = PC_METHOD_EXPECTED;
    best.file = best_file;
    assert_status(pc_alone_run(&model, &best, NULL, NULL, &of, &diagnostics), PC_ERR_INPUT, &diagnostics);
    assert_message(&diagnostics, "best.yaml: has `method: expected`");
    pc_diagnostics_free(&diagnostics);
    sim_model_free(&model);
}

static pc_target_result result_of(const pc_model *model, pc_scenario scenario, pc_target target)
{
    pc_forecast forecast;
    pc_target_result result;

    target.name = a_name;
    scenario.target = &target;
    scenario.n_target = 1;
    assert_ok(pc_run(model, &scenario, sim_model_prices(), NULL, &forecast, NULL));
    assert_int_equal(forecast.n_target, 1);
    assert_string_equal(forecast.target[0].name, "a target");
    result = forecast.target[0];
    result.name = NULL;
    pc_forecast_free(&forecast);
    return result;
}

/* The value itself counts as met, both ways; what is not at most v - 1 is at least v. */
static void a_target_is_met_in_the_share_of_replicates_that_meet_it(void **state)
{
    pc_model model;
    pc_scenario scenario = named(base_name, 15, 100);
    pc_forecast forecast;
    const pc_statistics *on;

    (void)state;
    sim_model_make(&model, 2, 40, false);
    assert_ok(pc_run(&model, &scenario, sim_model_prices(), NULL, &forecast, NULL));
    on = pc_forecast_monthly(&forecast, 2, PC_MEASURE_CHILDREN, 1, 11);
    for (size_t quantile = 0; quantile < PC_N_QUANTILE; quantile++) {
        pc_target target = {.measure = PC_MEASURE_CHILDREN,
                            .category = home,
                            .by = day(2024, 3, 31),
                            .at_most = true,
                            .value = on->quantile[quantile]};
        pc_target_result most = result_of(&model, scenario, target), below, least;

        target.value -= 1.0;
        below = result_of(&model, scenario, target);
        target.value += 1.0;
        target.at_most = false;
        least = result_of(&model, scenario, target);
        assert_true(most.probability >= pc_quantile_level[quantile] - 1e-9);
        assert_true(below.probability < pc_quantile_level[quantile]);
        assert_close(below.probability + least.probability, 1.0, 0.0, 1e-12);
        assert_int_equal(most.date, day(2024, 3, 31));
        assert_memory_equal(&most.reached, on, sizeof *on);
    }
    /* Pounds and pence: the very value counts, and a penny less does not. */
    on = pc_forecast_monthly(&forecast, 2, PC_MEASURE_COST, N, 11);
    for (size_t quantile = 0; quantile < PC_N_QUANTILE; quantile++) {
        pc_target target = {.measure = PC_MEASURE_COST,
                            .category = all,
                            .by = day(2024, 4, 29), /* before the next month end */
                            .at_most = true,
                            .value = on->quantile[quantile]};

        assert_true(result_of(&model, scenario, target).probability >= pc_quantile_level[quantile] - 1e-9);
        target.value -= 0.01;
        assert_true(result_of(&model, scenario, target).probability < pc_quantile_level[quantile]);
    }
    pc_forecast_free(&forecast);
    sim_model_free(&model);
}

/* A cohort goes in July 2023: the median lies below the target from then on, and did not before. */
static void the_first_month_met_is_that_from_which_the_median_stays_met(void **state)
{
    pc_model model;
    pc_scenario scenario = named(base_name, 15, 100);
    pc_intervention cohort = intervention(PC_INTERVENTION_DISCHARGE, early);
    pc_target target = {
        .measure = PC_MEASURE_CHILDREN, .category = all, .by = day(2024, 3, 31), .at_most = true};
    pc_forecast forecast;
    pc_day expected = PC_DAY_NONE;
    size_t n_later = 0;

    (void)state;
    sim_model_make(&model, 1, 80, false);
    cohort.children = 30.0;
    cohort.from = day(2023, 7, 1);
    cohort.until = day(2023, 8, 1);
    scenario.intervention = &cohort;
    scenario.n_intervention = 1;
    assert_ok(pc_run(&model, &scenario, NULL, NULL, &forecast, NULL));
    for (double value = 40.0; value < 90.0; value += 1.0) {
        pc_target_result result;

        expected = PC_DAY_NONE;
        for (size_t month = 15; month-- > 0;) {
            if (pc_forecast_monthly(&forecast, 0, PC_MEASURE_CHILDREN, N, month)->quantile[4] > value) {
                break;
            }
            expected = forecast.month_end[month];
        }
        target.value = value;
        result = result_of(&model, scenario, target);
        assert_int_equal(result.first_met, expected);
        n_later += expected != PC_DAY_NONE && expected > forecast.month_end[0];
    }
    assert_true(n_later > 5);
    pc_forecast_free(&forecast);
    sim_model_free(&model);
}

static void without_simulation_no_chance_is_known(void **state)
{
    pc_model model;
    pc_scenario scenario = named(base_name, 6, 10);
    pc_target target = {
        .measure = PC_MEASURE_CHILDREN, .category = all, .by = day(2023, 9, 30), .value = 1.0};
    pc_target_result result;

    (void)state;
    sim_model_make(&model, 1, 20, false);
    scenario.method = PC_METHOD_EXPECTED;
    result = result_of(&model, scenario, target);
    assert_true(isnan(result.probability));
    assert_int_equal(result.first_met, day(2023, 4, 30)); /* of the mean */
    assert_true(result.reached.mean > 1.0);
    sim_model_free(&model);
}

static void what_cannot_be_laid_side_by_side_is_refused(void **state)
{
    pc_scenario base = named(base_name, 6, 10), other = named(base_name, 7, 11);
    const pc_scenario *both[] = {&base, &other};
    pc_diagnostics diagnostics;

    (void)state;
    base.file = base_file;
    other.file = best_file;
    other.method = PC_METHOD_EXPECTED;
    pc_diagnostics_init(&diagnostics);
    assert_status(pc_compare_check(2, both, &diagnostics), PC_ERR_INPUT, &diagnostics);
    assert_message(&diagnostics, "best.yaml: covers other months than base.yaml");
    assert_message(&diagnostics, "best.yaml: has other random numbers than base.yaml");
    assert_message(&diagnostics, "best.yaml: has the name of base.yaml, `Base`");
    assert_message(&diagnostics, "best.yaml: has `method: expected`");
    assert_int_equal(diagnostics.n, 4);
    pc_diagnostics_free(&diagnostics);
    assert_status(pc_compare_check(1, both, NULL), PC_ERR_USAGE);
    other = named(best_name, 6, 10);
    assert_ok(pc_compare_check(2, both, NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_difference_is_taken_replicate_by_replicate_for_every_cell),
        cmocka_unit_test(chances_of_fewer_go_with_the_quantiles_of_the_difference),
        cmocka_unit_test(each_alone_and_all_together_are_comparisons_with_none),
        cmocka_unit_test(taking_apart_is_bounded_and_nothing_for_nothing),
        cmocka_unit_test(a_target_is_met_in_the_share_of_replicates_that_meet_it),
        cmocka_unit_test(the_first_month_met_is_that_from_which_the_median_stays_met),
        cmocka_unit_test(without_simulation_no_chance_is_known),
        cmocka_unit_test(what_cannot_be_laid_side_by_side_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
