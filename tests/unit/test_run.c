/* Whole runs: from a model and a scenario to a forecast. */
#include "pc_test.h"

#include <math.h>

#include "cohort.h"
#include "sim_model.h"

#define N SIM_MODEL_N_CATEGORY

static pc_day day(int year, int month, int of_month)
{
    return pc_day_from_date((pc_date){year, month, of_month});
}

static const pc_statistics *monthly(const pc_forecast *of, size_t la, pc_measure measure, size_t category,
                                    size_t month)
{
    return pc_forecast_monthly(of, la, measure, category, month);
}

static void run(const pc_model *model, const pc_scenario *scenario, const pc_prices *prices, int threads,
                pc_forecast *out)
{
    pc_run_options options = {.threads = threads};
    pc_diagnostics diagnostics;

    pc_diagnostics_init(&diagnostics);
    assert_ok(pc_run(model, scenario, prices, &options, out, &diagnostics), &diagnostics);
    pc_diagnostics_free(&diagnostics);
}

static void same_statistics(const pc_statistics *a, const pc_statistics *b, size_t n)
{
    assert_memory_equal(a, b, n * sizeof *a);
}

static void same_forecast(const pc_forecast *a, const pc_forecast *b)
{
    size_t rows = a->n_la * PC_N_MEASURE * (a->n_category + 1);

    same_statistics(a->monthly, b->monthly, rows * a->n_month);
    same_statistics(a->annual, b->annual, rows * a->n_year);
    same_statistics(a->children_average, b->children_average, a->n_la * (a->n_category + 1) * a->n_year);
    same_statistics(a->exits, b->exits, a->n_la * PC_N_EXIT_CAUSE * a->n_month);
    assert_memory_equal(a->variance_share, b->variance_share, sizeof a->variance_share);
    assert_int_equal(a->replicates, b->replicates);
}

/* A model with a posterior, so that every layer can be on. */
static void fitted(pc_model *out)
{
    pc_rates truth;
    pc_episodes episodes;
    pc_fit_options options = pc_fit_options_default();

    cohort_truth(&truth, 0.1);
    cohort_make(&(cohort_options){.seed = 1,
                                  .truth = &truth,
                                  .n_category = COHORT_N_CATEGORY,
                                  .category = cohort_category,
                                  .first_start = day(2017, 4, 1),
                                  .extract = day(2023, 3, 31)},
                &episodes);
    assert_ok(pc_fit(&episodes, &options, out, NULL));
    pc_episodes_free(&episodes);
    pc_rates_free(&truth);
}

/* 333 replicates: blocks of one and of two replicates, more blocks than threads. All layers on, with
 * capacity. */
static void threads_change_no_byte(void **state)
{
    static char category[] = "foster_inhouse";
    static const int threads[] = {2, 7};
    pc_capacity_step step = {.from = PC_DAY_NONE, .places = 12.0};
    pc_capacity capacity = {
        .category = category, .n_step = 1, .step = &step, .share = 1.0, .return_home = true};
    pc_model model;
    pc_scenario scenario = sim_model_scenario(day(2023, 4, 1), 15);
    pc_forecast one, many;

    (void)state;
    fitted(&model);
    scenario.replicates = 333;
    scenario.uncertainty = (pc_uncertainty){true, true, true};
    for (int coupled = 0; coupled < 2; coupled++) {
        scenario.n_capacity = (size_t)coupled;
        scenario.capacity = &capacity;
        run(&model, &scenario, NULL, 1, &one);
        for (size_t at = 0; at < sizeof threads / sizeof threads[0]; at++) {
            run(&model, &scenario, NULL, threads[at], &many);
            same_forecast(&one, &many);
            pc_forecast_free(&many);
        }
        scenario.seed++; /* must-fail twin: another seed is another forecast */
        run(&model, &scenario, NULL, 2, &many);
        assert_memory_not_equal(one.monthly, many.monthly,
                                (COHORT_N_CATEGORY + 1) * 15 * sizeof *one.monthly);
        scenario.seed--;
        pc_forecast_free(&many);
        pc_forecast_free(&one);
    }
    pc_model_free(&model);
}

typedef struct interruption {
    int calls, stop_at;
    volatile int stop;
    double last;
} interruption;

static void on_progress(void *context, double done)
{
    interruption *self = context;

    assert_true(done > self->last && done <= 1.0);
    self->last = done;
    self->stop = ++self->calls >= self->stop_at;
}

static void an_interrupted_run_says_so_and_leaves_nothing(void **state)
{
    pc_model model;
    pc_scenario scenario = sim_model_scenario(day(2023, 4, 1), 6);

    (void)state;
    sim_model_make(&model, 1, 20, false);
    for (int stop_at = 0; stop_at < 3; stop_at++) {
        interruption when = {.stop_at = stop_at, .stop = stop_at == 0};
        pc_run_options options = {
            .threads = 2, .progress = on_progress, .context = &when, .stop = &when.stop};
        pc_forecast out;

        assert_status(pc_run(&model, &scenario, NULL, &options, &out, NULL), PC_ERR_INTERRUPTED);
        assert_null(out.monthly);
        assert_int_equal(out.n_month, 0);
        pc_forecast_free(&out);
    }
    sim_model_free(&model);
}

static void progress_rises_to_one(void **state)
{
    pc_model model;
    pc_scenario scenario = sim_model_scenario(day(2023, 4, 1), 3);
    interruption when = {.stop_at = 1000};
    pc_run_options options = {.threads = 2, .progress = on_progress, .context = &when};
    pc_forecast out;

    (void)state;
    sim_model_make(&model, 1, 20, false);
    assert_ok(pc_run(&model, &scenario, NULL, &options, &out, NULL));
    assert_close(when.last, 1.0, 1e-15, 0.0);
    assert_int_equal(when.calls, 40);
    pc_forecast_free(&out);
    sim_model_free(&model);
}

/* One replicate: each statistic is that replicate's own number, and sums must be exact. */
static void check_sums(const pc_forecast *of)
{
    size_t all = of->n_la - 1;

    for (size_t at = 0; at < PC_N_MEASURE * (N + 1) * of->n_month; at++) {
        pc_measure measure = (pc_measure)(at / (N + 1) / of->n_month);
        size_t category = at / of->n_month % (N + 1), month = at % of->n_month;
        double sum = 0.0;

        if (!of->has[measure]) {
            continue;
        }
        for (size_t la = 0; la < all; la++) {
            sum += monthly(of, la, measure, category, month)->mean;
        }
        assert_close(monthly(of, all, measure, category, month)->mean, sum, 1e-12, 1e-9);
        if (category == N) {
            for (size_t la = 0; la < of->n_la; la++) {
                sum = 0.0;
                for (size_t part = 0; part < N; part++) {
                    sum += monthly(of, la, measure, part, month)->mean;
                }
                assert_close(monthly(of, la, measure, N, month)->mean, sum, 1e-12, 1e-9);
            }
        }
    }
}

static void check_conservation(const pc_forecast *of)
{
    for (size_t la = 0; la < of->n_la; la++) {
        double stock = (double)of->children_now[la * (N + 1) + N];

        for (size_t month = 0; month < of->n_month; month++) {
            double exits = 0.0;

            for (size_t cause = 0; cause < PC_N_EXIT_CAUSE; cause++) {
                exits += of->exits[(la * PC_N_EXIT_CAUSE + cause) * of->n_month + month].mean;
            }
            assert_close(monthly(of, la, PC_MEASURE_CEASES, N, month)->mean, exits, 0, 1e-9);
            stock += monthly(of, la, PC_MEASURE_STARTS, N, month)->mean - exits;
            assert_close(monthly(of, la, PC_MEASURE_CHILDREN, N, month)->mean, stock, 0, 1e-9);
        }
    }
}

static void all_is_the_sum_of_the_authorities_and_of_the_categories_in_each_replicate(void **state)
{
    pc_model model;
    pc_scenario scenario = sim_model_scenario(day(2023, 4, 1), 14);

    (void)state;
    sim_model_make(&model, 3, 40, false);
    scenario.replicates = 1;
    for (uint64_t seed = 1; seed < 6; seed++) {
        pc_forecast out;

        scenario.seed = seed;
        run(&model, &scenario, sim_model_prices(), 2, &out);
        assert_true(out.several);
        assert_int_equal(out.n_la, 4);
        assert_string_equal(out.la[2], "C");
        assert_string_equal(out.la[3], "all");
        assert_int_equal(out.children_now[3 * (N + 1) + N], 120);
        check_sums(&out);
        check_conservation(&out);
        /* Authorities do not share their children's random numbers. */
        assert_true(fabs(monthly(&out, 0, PC_MEASURE_PLACE_DAYS, N, 13)->mean -
                         monthly(&out, 1, PC_MEASURE_PLACE_DAYS, N, 13)->mean) > 0.5);
        pc_forecast_free(&out);
    }
    sim_model_free(&model);
}

/* January to June 2024: three months of 2023/24 and three of 2024/25, after nine unreported months. */
static void financial_years_may_be_partial(void **state)
{
    pc_model model;
    pc_scenario scenario = sim_model_scenario(day(2024, 1, 1), 6);
    pc_forecast out;

    (void)state;
    sim_model_make(&model, 1, 60, false);
    scenario.replicates = 1;
    run(&model, &scenario, sim_model_prices(), 2, &out);
    assert_int_equal(out.n_month, 6);
    assert_int_equal(out.n_year, 2);
    assert_int_equal(out.year[0].year, 2023);
    assert_int_equal(out.year[0].months, 3);
    assert_int_equal(out.year[1].year, 2024);
    assert_int_equal(out.year[1].months, 3);
    assert_int_equal(out.month_end[0], day(2024, 1, 31));
    assert_int_equal(out.month_end[5], day(2024, 6, 30));
    assert_int_equal(out.children_now[N], 60);
    for (size_t category = 0; category <= N; category++) {
        for (size_t measure = 0; measure < PC_N_MEASURE; measure++) {
            const pc_statistics *month = monthly(&out, 0, (pc_measure)measure, category, 0);
            bool at_end = measure == PC_MEASURE_CHILDREN;

            if (!out.has[measure]) {
                continue;
            }
            assert_close(pc_forecast_annual(&out, 0, (pc_measure)measure, category, 0)->mean,
                         at_end ? month[2].mean : month[0].mean + month[1].mean + month[2].mean, 1e-12, 1e-9);
            assert_close(pc_forecast_annual(&out, 0, (pc_measure)measure, category, 1)->mean,
                         at_end ? month[5].mean : month[3].mean + month[4].mean + month[5].mean, 1e-12, 1e-9);
        }
        /* 31 + 29 + 31 and 30 + 31 + 30 days. */
        for (size_t year = 0; year < 2; year++) {
            assert_close(out.children_average[category * 2 + year].mean,
                         pc_forecast_annual(&out, 0, PC_MEASURE_PLACE_DAYS, category, year)->mean / 91.0,
                         1e-12, 0.0);
        }
    }
    pc_forecast_free(&out);
    sim_model_free(&model);
}

/* The days between extract and start are simulated all the same: from July on the numbers are those of a run
 * that reports from April. */
static void a_later_start_reports_the_same_simulation_later(void **state)
{
    pc_model model;
    pc_scenario early = sim_model_scenario(day(2023, 4, 1), 12),
                late = sim_model_scenario(day(2023, 7, 1), 9);
    pc_forecast a, b;

    (void)state;
    sim_model_make(&model, 1, 60, false);
    run(&model, &early, NULL, 2, &a);
    run(&model, &late, NULL, 2, &b);
    assert_int_equal(b.n_month, 9);
    for (size_t measure = 0; measure < PC_N_MEASURE; measure++) {
        for (size_t category = 0; a.has[measure] && category <= N; category++) {
            same_statistics(monthly(&a, 0, (pc_measure)measure, category, 3),
                            monthly(&b, 0, (pc_measure)measure, category, 0), 9);
        }
    }
    assert_memory_equal(a.children_now, b.children_now, (N + 1) * sizeof(long)); /* at the extract */
    pc_forecast_free(&a);
    pc_forecast_free(&b);
    sim_model_free(&model);
}

/* The extract on 15 March and the start on the day after it: the first month has 16 days. And a start in the
 * middle of a month that is simulated from its beginning. */
static void a_start_in_mid_month_reports_the_rest_of_it(void **state)
{
    pc_model model;
    pc_scenario scenario = sim_model_scenario(day(2023, 3, 16), 2);
    pc_forecast out;
    double stays;

    (void)state;
    sim_model_make(&model, 1, 60, true);
    scenario.replicates = 1;
    run(&model, &scenario, NULL, 2, &out);
    assert_int_equal(out.n_month, 2);
    assert_int_equal(out.month_end[0], day(2023, 3, 31));
    assert_int_equal(out.month_end[1], day(2023, 4, 30));
    check_conservation(&out);
    stays = monthly(&out, 0, PC_MEASURE_PLACE_DAYS, N, 0)->mean;
    assert_true(stays > 16.0 * 50.0 && stays < 16.0 * 70.0); /* 60 children, 16 days */
    pc_forecast_free(&out);
    scenario.start = day(2023, 4, 20);
    scenario.months = 1;
    run(&model, &scenario, NULL, 2, &out);
    assert_int_equal(out.n_month, 1);
    assert_int_equal(out.month_end[0], day(2023, 4, 30));
    stays = monthly(&out, 0, PC_MEASURE_PLACE_DAYS, N, 0)->mean;
    assert_true(stays > 11.0 * 45.0 && stays < 11.0 * 75.0);
    assert_int_equal(out.year[0].months, 1);
    assert_close(out.children_average[N].mean, stays / 11.0, 1e-12, 0);
    pc_forecast_free(&out);
    sim_model_free(&model);
}

/* Money by hand from place-days: April 2023, prices of 2022/23 and 10% on them: 110 and 1,100 pounds a day.
 */
static void the_bill_is_place_days_times_price(void **state)
{
    pc_model model;
    pc_scenario scenario = sim_model_scenario(day(2023, 4, 1), 1);
    pc_forecast out;
    double expected;

    (void)state;
    sim_model_make(&model, 1, 60, false);
    scenario.replicates = 1;
    run(&model, &scenario, sim_model_prices(), 1, &out);
    expected = 110.0 * monthly(&out, 0, PC_MEASURE_PLACE_DAYS, 0, 0)->mean +
               1100.0 * monthly(&out, 0, PC_MEASURE_PLACE_DAYS, 1, 0)->mean;
    assert_true(expected > 100000.0);
    assert_close(monthly(&out, 0, PC_MEASURE_COST, N, 0)->mean, expected, 0, 0.011);
    assert_close(monthly(&out, 0, PC_MEASURE_COST, 2, 0)->mean, 0.0, 0, 0);
    assert_true(isnan(monthly(&out, 0, PC_MEASURE_COST, N, 0)->sd)); /* of one replicate */
    pc_forecast_free(&out);
    sim_model_free(&model);
}

static void measures_that_were_not_asked_for_are_not_there(void **state)
{
    pc_model model;
    pc_scenario scenario = sim_model_scenario(day(2023, 4, 1), 1);
    pc_forecast out;

    (void)state;
    sim_model_make(&model, 1, 20, false);
    run(&model, &scenario, NULL, 1, &out);
    for (size_t measure = 0; measure < PC_N_MEASURE; measure++) {
        assert_true(out.has[measure] == (measure <= PC_MEASURE_STATUS_CHANGES));
    }
    assert_true(isnan(monthly(&out, 0, PC_MEASURE_COST, N, 0)->mean));
    pc_forecast_free(&out);
    sim_model_free(&model);
}

static void an_authority_of_20_children_and_a_county_of_5000_both_run(void **state)
{
    static const int children[] = {0, 1, 20, 5000};

    (void)state;
    for (size_t at = 0; at < sizeof children / sizeof children[0]; at++) {
        pc_model model;
        pc_scenario scenario = sim_model_scenario(day(2023, 4, 1), 24);
        pc_forecast out;

        sim_model_make(&model, 1, children[at], false);
        scenario.replicates = 1;
        scenario.uncertainty = (pc_uncertainty){false, true, true};
        run(&model, &scenario, sim_model_prices(), 2, &out);
        check_conservation(&out);
        assert_int_equal(out.children_now[N], children[at]);
        pc_forecast_free(&out);
        sim_model_free(&model);
    }
}

/* Two years' shocks widen the range; over-dispersion widens that of starts. F ratios of 500 replicates: sd of
 * the log of a ratio of variances is 0.09, so that a ratio above 1.5 is beyond chance. */
static void layers_widen_the_range_and_their_shares_sum_to_one(void **state)
{
    pc_model model;
    pc_scenario scenario = sim_model_scenario(day(2023, 4, 1), 18);
    pc_forecast plain, years, starts, all;
    double sum;

    (void)state;
    sim_model_make(&model, 1, 250, false);
    scenario.replicates = 600;
    run(&model, &scenario, NULL, 2, &plain);
    scenario.uncertainty.year_effects = true;
    run(&model, &scenario, NULL, 2, &years);
    scenario.uncertainty = (pc_uncertainty){false, false, true};
    model.authority[0].start_dispersion[PC_STREAM_LOCAL] = 3.0;
    run(&model, &scenario, NULL, 2, &starts);
    scenario.uncertainty.year_effects = true;
    run(&model, &scenario, NULL, 2, &all);
    assert_true(pow(monthly(&years, 0, PC_MEASURE_CHILDREN, N, 17)->sd, 2.0) >
                1.5 * pow(monthly(&plain, 0, PC_MEASURE_CHILDREN, N, 17)->sd, 2.0));
    assert_true(pow(monthly(&starts, 0, PC_MEASURE_STARTS, N, 17)->sd, 2.0) >
                1.5 * pow(monthly(&plain, 0, PC_MEASURE_STARTS, N, 17)->sd, 2.0));
    assert_close(plain.variance_share[0], 1.0, 1e-12, 0);
    assert_true(isnan(plain.variance_share[1]) && isnan(plain.variance_share[2]));
    assert_true(isnan(all.variance_share[1]));
    sum = all.variance_share[0] + all.variance_share[2] + all.variance_share[3];
    assert_close(sum, 1.0, 1e-12, 0);
    pc_forecast_free(&plain);
    pc_forecast_free(&years);
    pc_forecast_free(&starts);
    pc_forecast_free(&all);
    sim_model_free(&model);
}

static void the_expected_method_takes_no_capacity_and_gives_no_quantiles(void **state)
{
    static char foster[] = "foster";
    pc_capacity_step step = {.from = PC_DAY_NONE, .places = 10.0};
    pc_capacity capacity = {.category = foster, .n_step = 1, .step = &step, .share = 1.0};
    pc_model model;
    pc_scenario scenario = sim_model_scenario(day(2023, 4, 1), 6);
    pc_diagnostics diagnostics;
    pc_forecast out;

    (void)state;
    pc_diagnostics_init(&diagnostics);
    sim_model_make(&model, 2, 40, false);
    scenario.method = PC_METHOD_EXPECTED;
    run(&model, &scenario, sim_model_prices(), 2, &out);
    assert_int_equal(out.replicates, 0);
    for (size_t category = 0; category <= N; category++) {
        const pc_statistics *of = monthly(&out, 2, PC_MEASURE_CHILDREN, category, 5);

        assert_true(of->mean > 0.0 && of->sd > 0.0 && isnan(of->quantile[4]));
        assert_close(of->mean,
                     monthly(&out, 0, PC_MEASURE_CHILDREN, category, 5)->mean +
                         monthly(&out, 1, PC_MEASURE_CHILDREN, category, 5)->mean,
                     1e-12, 0);
    }
    pc_forecast_free(&out);
    scenario.n_capacity = 1;
    scenario.capacity = &capacity;
    assert_status(pc_run(&model, &scenario, NULL, NULL, &out, &diagnostics), PC_ERR_INPUT);
    assert_message(&diagnostics, "hand.yaml: `method: expected` cannot follow capacity");
    pc_diagnostics_free(&diagnostics);
    sim_model_free(&model);
}

static void a_model_without_authorities_has_no_data(void **state)
{
    pc_model model;
    pc_scenario scenario = sim_model_scenario(day(2023, 4, 1), 6);
    pc_forecast out;

    (void)state;
    sim_model_make(&model, 0, 0, false);
    assert_status(pc_run(&model, &scenario, NULL, NULL, &out, NULL), PC_ERR_NO_DATA);
    assert_null(out.monthly);
    sim_model_free(&model);
}

static void a_failure_in_any_authority_is_explained(void **state)
{
    pc_model model;
    pc_scenario scenario = sim_model_scenario(day(2023, 4, 1), 6);
    pc_diagnostics diagnostics;
    pc_forecast out;

    (void)state;
    pc_diagnostics_init(&diagnostics);
    sim_model_make(&model, 3, 20, false);
    model.authority[2].mean.starts[4] = 1e9;
    assert_status(pc_run(&model, &scenario, NULL, NULL, &out, &diagnostics), PC_ERR_RANGE);
    assert_message(&diagnostics, "starts a year");
    pc_diagnostics_free(&diagnostics);
    sim_model_free(&model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(threads_change_no_byte),
        cmocka_unit_test(an_interrupted_run_says_so_and_leaves_nothing),
        cmocka_unit_test(progress_rises_to_one),
        cmocka_unit_test(all_is_the_sum_of_the_authorities_and_of_the_categories_in_each_replicate),
        cmocka_unit_test(financial_years_may_be_partial),
        cmocka_unit_test(a_later_start_reports_the_same_simulation_later),
        cmocka_unit_test(a_start_in_mid_month_reports_the_rest_of_it),
        cmocka_unit_test(the_bill_is_place_days_times_price),
        cmocka_unit_test(measures_that_were_not_asked_for_are_not_there),
        cmocka_unit_test(an_authority_of_20_children_and_a_county_of_5000_both_run),
        cmocka_unit_test(layers_widen_the_range_and_their_shares_sum_to_one),
        cmocka_unit_test(the_expected_method_takes_no_capacity_and_gives_no_quantiles),
        cmocka_unit_test(a_model_without_authorities_has_no_data),
        cmocka_unit_test(a_failure_in_any_authority_is_explained),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
