/* Why one scenario's bill is another's: whole comparisons. */
#include "pc_test.h"

#include <limits.h>
#include <math.h>

#include "sim_model.h"

#define N SIM_MODEL_N_CATEGORY

static char home[] = "residential_home", foster[] = "foster", base_name[] = "Base", other_name[] = "Other";
static char *homes[] = {home}, *fosters[] = {foster};
static char names[10][24] = {"Early help", "Deal", "Step down", "Fees",  "Quick exits",
                             "Fewer",      "More", "Late",      "Later", "Last"};

static pc_day day(int year, int month, int of_month)
{
    return pc_day_from_date((pc_date){year, month, of_month});
}

static pc_intervention intervention(pc_intervention_kind kind, char *name, double effect)
{
    return (pc_intervention){.kind = kind,
                             .name = name,
                             .from = PC_DAY_NONE,
                             .until = PC_DAY_OPEN,
                             .age_to = 17,
                             .care_to = INT_MAX,
                             .stream = {true, true},
                             .effect = {effect, effect, effect},
                             .reach = (double)INFINITY,
                             .would_have = 1.0,
                             .confidence = 1.0};
}

/* Prevents, lowers the price of homes, moves out of homes, raises that of foster care, quicker exits. */
static void make_five(pc_intervention out[5])
{
    out[0] = intervention(PC_INTERVENTION_PREVENT, names[0], 0.3);
    out[1] = intervention(PC_INTERVENTION_PRICE, names[1], -0.1);
    out[2] = intervention(PC_INTERVENTION_MOVE, names[2], 0.0);
    out[3] = intervention(PC_INTERVENTION_PRICE, names[3], 0.2);
    out[4] = intervention(PC_INTERVENTION_EXIT_RATE, names[4], 0.3);
    out[1].n_category = out[2].n_category = out[3].n_category = 1;
    out[1].category = out[2].category = homes;
    out[3].category = fosters;
    out[2].to = foster;
    out[2].reach = 6.0;
}

static pc_scenario named(char *name, int months, int replicates)
{
    pc_scenario scenario = sim_model_scenario(day(2023, 4, 1), months);

    scenario.name = name;
    scenario.replicates = replicates;
    return scenario;
}

static void compare(const pc_model *model, const pc_scenario *base, const pc_scenario *other,
                    const pc_prices *base_prices, const pc_prices *other_prices, int threads,
                    pc_comparison *out)
{
    const pc_scenario *both[] = {base, other};
    const pc_prices *prices[] = {base_prices, other_prices};
    pc_run_options options = {.threads = threads};

    assert_ok(pc_compare(model, 2, both, prices, &options, out, NULL));
    assert_ok(pc_why_causes(model, both, prices, &options, out, NULL));
}

static int64_t printed(const pc_forecast *of, size_t year)
{
    double pounds = pc_forecast_annual(of, of->n_la - 1, PC_MEASURE_COST, of->n_category, year)->mean;

    return (int64_t)(pounds * 100.0 + 0.5);
}

/* Pence of one row; fails the test when it is not there. */
static int64_t row(const pc_why *why, int year, pc_why_layer layer, const char *driver)
{
    for (size_t at = 0; at < why->n; at++) {
        if (why->row[at].year == year && why->row[at].layer == layer &&
            strcmp(why->row[at].driver, driver) == 0) {
            return why->row[at].pence;
        }
    }
    fail_msg("no row of %s in %d", driver, year);
    return 0;
}

static size_t count(const pc_why *why, pc_why_layer layer)
{
    size_t n = 0;

    for (size_t at = 0; at < why->n; at++) {
        n += why->row[at].layer == layer;
    }
    return n;
}

static void check_sums(const pc_comparison *of)
{
    const pc_forecast *base = &of->forecast[0], *other = &of->forecast[1];

    for (size_t year = 0; year < base->n_year; year++) {
        int64_t sum[2] = {0, 0};

        for (size_t at = 0; at < of->why.n; at++) {
            assert_string_equal(of->why.row[at].from, base->scenario);
            assert_string_equal(of->why.row[at].to, other->scenario);
            sum[of->why.row[at].layer] +=
                of->why.row[at].year == base->year[year].year ? of->why.row[at].pence : 0;
        }
        assert_int_equal(sum[PC_WHY_ACCOUNTING], printed(other, year) - printed(base, year));
        assert_int_equal(sum[PC_WHY_CAUSES], printed(other, year) - printed(base, year));
    }
}

static void each_year_of_a_run_adds_up_against_the_one_before(void **state)
{
    (void)state;
    for (size_t n_authority = 1; n_authority <= 2; n_authority++) {
        pc_model model;
        pc_scenario scenario = sim_model_scenario(day(2023, 5, 1), 30);
        pc_forecast forecast;

        sim_model_make(&model, n_authority, 60, true);
        scenario.uncertainty.starts_overdispersion = true;
        assert_ok(pc_run(&model, &scenario, sim_model_prices(), NULL, &forecast, NULL));
        assert_int_equal(forecast.n_year, 3);
        assert_int_equal(forecast.why.n, 2 * PC_N_WHY_DRIVER);
        for (size_t year = 1; year < 3; year++) {
            int64_t sum = 0;

            for (size_t at = 0; at < PC_N_WHY_DRIVER; at++) {
                const pc_why_row *of = &forecast.why.row[(year - 1) * PC_N_WHY_DRIVER + at];

                assert_int_equal(of->year, forecast.year[year].year);
                assert_int_equal(of->layer, PC_WHY_ACCOUNTING);
                sum += of->pence;
            }
            assert_int_equal(sum, printed(&forecast, year) - printed(&forecast, year - 1));
        }
        assert_true(row(&forecast.why, 2024, PC_WHY_ACCOUNTING, "days_covered") > 0); /* 11 months, then 12 */
        assert_true(row(&forecast.why, 2025, PC_WHY_ACCOUNTING, "days_covered") < 0); /* and 7 */
        assert_true(row(&forecast.why, 2024, PC_WHY_ACCOUNTING, "price") > 0);
        assert_int_equal(row(&forecast.why, 2024, PC_WHY_ACCOUNTING, "not_by_child"), 0);
        pc_forecast_free(&forecast);
        assert_ok(pc_run(&model, &scenario, NULL, NULL, &forecast, NULL));
        assert_int_equal(forecast.why.n, 0); /* no prices, no bill */
        pc_forecast_free(&forecast);
        sim_model_free(&model);
    }
}

/* Up to six causes: all combinations. The same by hand, for three. */
static void causes_are_the_mean_over_all_orders(void **state)
{
    enum { MONTHS = 12, REPLICATES = 40 };
    pc_model model;
    pc_intervention each[5], some[8][3];
    pc_scenario base = named(base_name, MONTHS, REPLICATES), all = named(other_name, MONTHS, REPLICATES);
    pc_comparison result;
    double bill[8];

    (void)state;
    sim_model_make(&model, 2, 50, false);
    make_five(each);
    all.intervention = each;
    all.n_intervention = 3;
    for (size_t set = 0; set < 8; set++) {
        pc_scenario one = named(other_name, MONTHS, REPLICATES);
        pc_forecast forecast;

        for (size_t at = 0; at < 3; at++) {
            if ((set >> at & 1) != 0) {
                some[set][one.n_intervention++] = each[at];
            }
        }
        one.intervention = some[set];
        assert_ok(pc_run(&model, &one, sim_model_prices(), NULL, &forecast, NULL));
        bill[set] = pc_forecast_annual(&forecast, 2, PC_MEASURE_COST, N, 0)->mean * 100.0;
        pc_forecast_free(&forecast);
    }
    compare(&model, &base, &all, sim_model_prices(), sim_model_prices(), 2, &result);
    check_sums(&result);
    assert_int_equal(count(&result.why, PC_WHY_CAUSES), 3);
    for (size_t at = 0; at < 3; at++) {
        size_t me = (size_t)1 << at, a = (size_t)1 << (at + 1) % 3, b = (size_t)1 << (at + 2) % 3;
        double part = (bill[me] - bill[0] + bill[7] - bill[a | b]) / 3.0 +
                      (bill[me | a] - bill[a] + bill[me | b] - bill[b]) / 6.0;

        assert_true(fabs(part) > 1e4);
        assert_close((double)row(&result.why, 2023, PC_WHY_CAUSES, names[at]), part, 0.0, 1.5);
    }
    pc_comparison_free(&result);
    sim_model_free(&model);
}

/* One cause is the whole of the difference; none has no rows; the accounting agrees on what it was. */
static void a_single_cause_is_the_whole_difference(void **state)
{
    pc_model model;
    pc_intervention each[5];
    pc_prices dear = *sim_model_prices();
    double weekly[N];
    pc_scenario base = named(base_name, 20, 30), other = named(other_name, 20, 30);
    pc_comparison result;

    (void)state;
    sim_model_make(&model, 1, 60, false);
    make_five(each);
    compare(&model, &base, &other, sim_model_prices(), sim_model_prices(), 1, &result);
    check_sums(&result);
    assert_int_equal(count(&result.why, PC_WHY_CAUSES), 0);
    for (size_t at = 0; at < result.why.n; at++) {
        assert_int_equal(result.why.row[at].pence, 0);
    }
    pc_comparison_free(&result);

    for (size_t category = 0; category < N; category++) { /* tables of their own that say the same */
        weekly[category] = dear.weekly_gbp[category];
    }
    dear.weekly_gbp = weekly;
    compare(&model, &base, &other, sim_model_prices(), &dear, 1, &result);
    assert_int_equal(count(&result.why, PC_WHY_CAUSES), 0);
    pc_comparison_free(&result);

    weekly[0] *= 1.07;
    compare(&model, &base, &other, sim_model_prices(), &dear, 1, &result);
    check_sums(&result);
    assert_int_equal(count(&result.why, PC_WHY_CAUSES), 2);
    for (int year = 2023; year < 2025; year++) {
        int64_t price = row(&result.why, year, PC_WHY_ACCOUNTING, "price");

        assert_true(price > 100000);
        assert_int_equal(row(&result.why, year, PC_WHY_CAUSES, "prices"), price);
        assert_int_equal(row(&result.why, year, PC_WHY_ACCOUNTING, "starts"), 0);
        assert_int_equal(row(&result.why, year, PC_WHY_ACCOUNTING, "length_of_stay"), 0);
        assert_int_equal(row(&result.why, year, PC_WHY_ACCOUNTING, "age"), 0);
        assert_int_equal(row(&result.why, year, PC_WHY_ACCOUNTING, "category"), 0);
    }
    pc_comparison_free(&result);

    other.intervention = each;
    other.n_intervention = 1;
    compare(&model, &base, &other, sim_model_prices(), sim_model_prices(), 1, &result);
    check_sums(&result);
    assert_int_equal(count(&result.why, PC_WHY_CAUSES), 2);
    assert_true(row(&result.why, 2024, PC_WHY_ACCOUNTING, "starts") < -100000);
    assert_string_equal(result.why.row[result.why.n - 1].kind, "prevent");
    pc_comparison_free(&result);
    sim_model_free(&model);
}

/* Population, capacity, prices and a layer of uncertainty at once, with more replicates than the causes are
 * run with: the rows still add up to what the forecasts say. */
static void every_kind_of_cause_has_its_row_and_fewer_replicates_still_add_up(void **state)
{
    static char category[] = "residential_home", nobody[] = "", file[] = "population.csv";
    int year[] = {2022, 2025};
    pc_day mid[] = {day(2022, 6, 30), day(2025, 6, 30)};
    double persons[2 * PC_POPULATION_N_AGE], weekly[N];
    char *to[] = {foster};
    pc_capacity_step step = {.from = PC_DAY_NONE, .places = 4.0};
    pc_capacity capacity = {.category = category, .n_step = 1, .step = &step, .share = 1.0, .block = true};
    pc_overflow overflow = {.category = category, .n_to = 1, .to = to};
    pc_population_area area = {.la = nobody, .n_year = 2, .year = year, .day = mid, .persons = persons};
    pc_prices dear = *sim_model_prices();
    pc_scenario base = named(base_name, 14, 300), other = named(other_name, 14, 300);
    pc_intervention each[5];
    pc_model model;
    pc_comparison result, again;

    (void)state;
    sim_model_make(&model, 1, 60, false);
    make_five(each);
    for (size_t at = 0; at < 2 * PC_POPULATION_N_AGE; at++) {
        persons[at] = at < PC_POPULATION_N_AGE ? 1000.0 : 1600.0;
    }
    for (size_t at = 0; at < N; at++) {
        weekly[at] = dear.weekly_gbp[at] * 1.1;
    }
    dear.weekly_gbp = weekly;
    base.intervention = each; /* taken away */
    base.n_intervention = 1;
    other.intervention = &each[1];
    other.n_intervention = 1;
    other.population_table = (pc_population){.n_area = 1, .area = &area, .file = file};
    other.capacity = &capacity;
    other.n_capacity = 1;
    other.overflow = &overflow;
    other.n_overflow = 1;
    other.uncertainty.starts_overdispersion = !base.uncertainty.starts_overdispersion;
    compare(&model, &base, &other, sim_model_prices(), &dear, 2, &result);
    check_sums(&result);
    assert_int_equal(result.why.replicates, PC_WHY_LEAST);
    assert_int_equal(count(&result.why, PC_WHY_CAUSES), 2 * 6);
    assert_true(row(&result.why, 2023, PC_WHY_CAUSES, "prices") > 100000);
    assert_true(row(&result.why, 2023, PC_WHY_CAUSES, "population") > 0);
    assert_true(row(&result.why, 2023, PC_WHY_CAUSES, names[0]) > 0); /* prevents no more */
    assert_true(row(&result.why, 2023, PC_WHY_CAUSES, names[1]) < 0);
    assert_true(row(&result.why, 2023, PC_WHY_CAUSES, "capacity") < 0);
    (void)row(&result.why, 2023, PC_WHY_CAUSES, "other");
    compare(&model, &base, &other, sim_model_prices(), &dear, 1, &again);
    assert_int_equal(result.why.n, again.why.n);
    for (size_t at = 0; at < result.why.n; at++) { /* whatever the threads */
        assert_int_equal(result.why.row[at].pence, again.why.row[at].pence);
        assert_string_equal(result.why.row[at].driver, again.why.row[at].driver);
    }
    pc_comparison_free(&result);
    pc_comparison_free(&again);
    sim_model_free(&model);
}

/* More than six: random orders. Two of the ten are price deals without random numbers: when these change
 * names, their rows change places and no other is another penny. */
static void drivers_that_change_names_change_rows_and_nothing_else(void **state)
{
    pc_model model;
    pc_intervention each[10], *deal = &each[1], *fees = &each[3];
    pc_scenario base = named(base_name, 18, 100), other = named(other_name, 18, 100);
    pc_comparison result, again;

    (void)state;
    sim_model_make(&model, 1, 50, false);
    for (size_t n = 5; n <= 10; n += 5) {
        make_five(each);
        make_five(each + 5);
        for (size_t at = 5; at < 10; at++) {
            each[at].name = names[at];
            each[at].from = day(2023, 9, 1);
        }
        other.intervention = each;
        other.n_intervention = n;
        compare(&model, &base, &other, sim_model_prices(), sim_model_prices(), 2, &result);
        check_sums(&result);
        assert_int_equal(count(&result.why, PC_WHY_CAUSES), 2 * n);
        assert_int_equal(result.why.replicates, n == 5 ? PC_WHY_LEAST : PC_WHY_ORDERS);
        deal->name = names[3];
        fees->name = names[1];
        compare(&model, &base, &other, sim_model_prices(), sim_model_prices(), 2, &again);
        assert_true(row(&result.why, 2024, PC_WHY_CAUSES, names[1]) < 0);
        assert_true(row(&result.why, 2024, PC_WHY_CAUSES, names[3]) > 0);
        for (size_t at = 0; at < result.why.n; at++) {
            const pc_why_row *of = &result.why.row[at];
            const char *now = strcmp(of->driver, names[1]) == 0   ? names[3]
                              : strcmp(of->driver, names[3]) == 0 ? names[1]
                                                                  : of->driver;

            assert_int_equal(of->pence, row(&again.why, of->year, of->layer, now));
        }
        pc_comparison_free(&result);
        pc_comparison_free(&again);
    }
    sim_model_free(&model);
}

/* The random orders and all combinations tell the same of six causes and a seventh that does nothing but make
 * them seven: within five standard errors. */
static void random_orders_agree_with_all_combinations(void **state)
{
    pc_model model;
    pc_intervention each[7];
    pc_scenario base = named(base_name, 12, 64), other = named(other_name, 12, 64);
    pc_comparison exact, random;

    (void)state;
    sim_model_make(&model, 1, 60, false);
    make_five(each);
    each[5] = intervention(PC_INTERVENTION_PREVENT, names[5], 0.0);
    each[6] = intervention(PC_INTERVENTION_PREVENT, names[6], 0.0);
    other.intervention = each;
    other.n_intervention = 6;
    compare(&model, &base, &other, sim_model_prices(), sim_model_prices(), 2, &exact);
    other.n_intervention = 7;
    compare(&model, &base, &other, sim_model_prices(), sim_model_prices(), 2, &random);
    assert_int_equal(random.why.replicates, PC_WHY_ORDERS);
    for (size_t at = 0; at < 5; at++) {
        double a = (double)row(&exact.why, 2023, PC_WHY_CAUSES, names[at]),
               b = (double)row(&random.why, 2023, PC_WHY_CAUSES, names[at]);

        assert_close(b, a, 0.1, 0.02 * fabs((double)row(&exact.why, 2023, PC_WHY_CAUSES, names[4])));
    }
    assert_int_equal(row(&random.why, 2023, PC_WHY_CAUSES, names[5]), 0); /* does nothing: exactly */
    assert_int_equal(row(&random.why, 2023, PC_WHY_CAUSES, names[6]), 0);
    pc_comparison_free(&exact);
    pc_comparison_free(&random);
    sim_model_free(&model);
}

static void telling_why_stops_when_it_is_told_to(void **state)
{
    static const volatile int stop = 1;
    pc_model model;
    pc_intervention each[5];
    pc_scenario base = named(base_name, 6, 20), other = named(other_name, 6, 20);
    const pc_scenario *both[] = {&base, &other};
    const pc_prices *prices[] = {sim_model_prices(), sim_model_prices()};
    pc_run_options options = {.threads = 1};
    pc_comparison result;

    (void)state;
    sim_model_make(&model, 1, 20, false);
    make_five(each);
    other.intervention = each;
    other.n_intervention = 3;
    assert_ok(pc_compare(&model, 2, both, prices, &options, &result, NULL));
    options.stop = &stop;
    assert_int_equal(pc_why_causes(&model, both, prices, &options, &result, NULL), PC_ERR_INTERRUPTED);
    assert_int_equal(count(&result.why, PC_WHY_CAUSES), 0);
    pc_comparison_free(&result);
    pc_why_free(&result.why);
    pc_why_free(NULL);
    sim_model_free(&model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_year_of_a_run_adds_up_against_the_one_before),
        cmocka_unit_test(causes_are_the_mean_over_all_orders),
        cmocka_unit_test(a_single_cause_is_the_whole_difference),
        cmocka_unit_test(every_kind_of_cause_has_its_row_and_fewer_replicates_still_add_up),
        cmocka_unit_test(drivers_that_change_names_change_rows_and_nothing_else),
        cmocka_unit_test(random_orders_agree_with_all_combinations),
        cmocka_unit_test(telling_why_stops_when_it_is_told_to),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
