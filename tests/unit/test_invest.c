/* Invest to save, worked by hand on a small council: cost, saving, payback, net present value. */
#include "pc_test.h"

#include <math.h>

#include "placecast/invest.h"
#include "sim_model.h"

typedef struct hand {
    pc_model model;
    pc_scenario scenario;
    pc_intervention intervention[2];
    pc_out_of_area_row row[1];
    pc_diagnostics diagnostics;
    pc_alone alone;
} hand;

static char plan[] = "Plan", other[] = "Other", foster[] = "foster", home[] = "residential_home",
            *category[] = {home};

/* Start 1 April 2023, 24 months; one intervention: homes cost half. */
static int set_up(void **state)
{
    hand *self = calloc(1, sizeof *self);

    assert_non_null(self);
    sim_model_make(&self->model, 1, 40, false);
    self->scenario = sim_model_scenario(pc_day_from_date((pc_date){2023, 4, 1}), 24);
    self->scenario.n_intervention = 1;
    self->scenario.intervention = self->intervention;
    self->intervention[0] = (pc_intervention){.name = plan,
                                              .kind = PC_INTERVENTION_PRICE,
                                              .from = PC_DAY_NONE,
                                              .until = PC_DAY_OPEN,
                                              .age_to = 17,
                                              .care_to = INT32_MAX,
                                              .stream = {true, true},
                                              .n_category = 1,
                                              .category = category,
                                              .effect = {-0.5, -0.5, -0.5},
                                              .reach = (double)INFINITY,
                                              .would_have = 1.0,
                                              .confidence = 1.0};
    pc_diagnostics_init(&self->diagnostics);
    *state = self;
    return 0;
}

static int tear_down(void **state)
{
    hand *self = *state;

    pc_alone_free(&self->alone);
    pc_diagnostics_free(&self->diagnostics);
    sim_model_free(&self->model);
    free(self);
    return 0;
}

static void run(hand *self)
{
    pc_alone_free(&self->alone);
    assert_ok(pc_alone_run(&self->model, &self->scenario, sim_model_prices(), NULL, &self->alone,
                           &self->diagnostics),
              &self->diagnostics);
}

static const pc_statistics *value(const hand *self, size_t part, pc_invest_measure measure, size_t year)
{
    return pc_invest_value(self->alone.invest, &self->alone.invest->part[part], measure, year);
}

static void nothing_is_told_without_a_cost_or_a_saving(void **state)
{
    hand *self = *state;

    run(self);
    assert_null(self->alone.invest);
    self->intervention[0].cost_annual = 1.0;
    run(self);
    assert_non_null(self->alone.invest);
    assert_int_equal(self->alone.invest->n, 1);
}

/* One-off 1,000 and 10% from 1 October 2023; 3,660 a year: half of the first year's 366 days, then all of
 * 365. */
static void costs_fall_into_the_months_in_which_they_are_paid(void **state)
{
    hand *self = *state;

    self->intervention[0].from = pc_day_from_date((pc_date){2023, 10, 1});
    self->intervention[0].cost_one_off = 1000;
    self->intervention[0].cost_contingency = 0.1;
    self->intervention[0].cost_annual = 3660;
    run(self);
    assert_close(value(self, 0, PC_INVEST_COST, 0)->mean, 1100 + 1830, 0, 0.05); /* months to the penny */
    assert_close(value(self, 0, PC_INVEST_COST, 1)->mean, 3660, 0, 0.1);
    assert_close(value(self, 0, PC_INVEST_COST, 2)->mean, 6590, 0, 0.15);
    self->intervention[0].until = pc_day_from_date((pc_date){2024, 4, 1});
    run(self);
    assert_close(value(self, 0, PC_INVEST_COST, 1)->mean, 0, 0, 0);
    self->intervention[0].from =
        pc_day_from_date((pc_date){2023, 1, 1}); /* before the forecast: the one-off is spent */
    run(self);
    assert_close(value(self, 0, PC_INVEST_COST, 2)->mean, 3660, 0, 0.1);
}

/* The bill without less the bill with, to the penny; net is gross less cost; cumulative adds up. */
static void savings_are_differences_of_the_bill(void **state)
{
    hand *self = *state;
    double net = 0.0;

    self->intervention[0].cost_annual = 1000;
    run(self);
    for (size_t year = 0; year < 2; year++) {
        double gross = value(self, 0, PC_INVEST_GROSS, year)->mean;

        assert_true(gross > 1000);
        assert_close(gross, -pc_alone_difference(&self->alone, 0, PC_ALONE_COST, year)->mean, 1e-12, 1e-6);
        net += gross - value(self, 0, PC_INVEST_COST, year)->mean;
        assert_close(value(self, 0, PC_INVEST_CUMULATIVE, year)->mean, net, 1e-12, 1e-6);
    }
    assert_close(value(self, 0, PC_INVEST_NET, 2)->mean, net, 1e-12, 1e-6);
    /* Not discounted: the present value is the net saving. Nobody is placed elsewhere. */
    assert_close(self->alone.invest->part[0].npv.mean, net, 1e-12, 1e-6);
    assert_close(value(self, 0, PC_INVEST_AVOIDED, 2)->mean, 0, 0, 0);
    assert_true(isnan(self->alone.invest->part[0].break_even));
}

/* All of it in one month, its middle half a month from the start: 15 days of 365.25. */
static void flows_are_discounted_from_the_middle_of_their_months(void **state)
{
    hand *self = *state;

    self->scenario.discount_rate = 0.035;
    self->scenario.general_inflation = 0.02;
    self->intervention[0].effect = (pc_effect){0, 0, 0};
    self->intervention[0].cost_one_off = 1000;
    run(self);
    assert_close(self->alone.invest->part[0].npv.mean, -1000 * pow(1.035 * 1.02, -15.0 / 365.25), 0, 0.006);
    self->intervention[0].from = pc_day_from_date((pc_date){2024, 6, 1}); /* June 2024: days 427 to 457 */
    run(self);
    assert_close(self->alone.invest->part[0].npv.mean, -1000 * pow(1.035 * 1.02, -442.0 / 365.25), 0, 0.006);
}

static void what_saves_nothing_never_pays_back(void **state)
{
    hand *self = *state;

    self->intervention[0].effect = (pc_effect){0, 0, 0};
    self->intervention[0].cost_one_off = 10;
    run(self);
    for (size_t q = 0; q < PC_N_QUANTILE; q++) {
        assert_close(value(self, 0, PC_INVEST_GROSS, 2)->quantile[q], 0, 0, 0);
        assert_close(value(self, 0, PC_INVEST_NET, 2)->quantile[q], -10, 0, 0);
    }
    assert_close(self->alone.invest->part[0].p_paid_back[1], 0, 0, 0);
    assert_int_equal(self->alone.invest->part[0].payback, PC_DAY_NONE);
}

/* Saves about as much each month: a cost of between one and two of its lowest months is back by 31 May at the
 * earliest, and in the futures in which nothing is delivered never. */
static void it_pays_back_when_savings_have_passed_the_cost(void **state)
{
    hand *self = *state;
    double a_month;
    size_t delivered = 0;

    self->intervention[0].cost_one_off = 0.01;
    run(self);
    assert_close(self->alone.invest->part[0].p_paid_back[0], 1, 0, 0);
    assert_int_equal(self->alone.invest->part[0].payback, pc_day_from_date((pc_date){2023, 4, 30}));
    a_month = value(self, 0, PC_INVEST_GROSS, 0)->mean / 12.0;
    self->intervention[0].cost_one_off = 5.5 * a_month;
    run(self);
    assert_true(self->alone.invest->part[0].payback >= pc_day_from_date((pc_date){2023, 7, 31}));
    assert_true(self->alone.invest->part[0].payback <= pc_day_from_date((pc_date){2023, 11, 30}));
    self->intervention[0].confidence = 0.5;
    run(self);
    for (size_t q = 0; q < PC_N_QUANTILE; q++) {
        delivered += value(self, 0, PC_INVEST_GROSS, 2)->quantile[q] > 0;
    }
    assert_true(delivered > 0 && delivered < PC_N_QUANTILE);
    /* The cost is paid in every future. */
    assert_close(value(self, 0, PC_INVEST_COST, 2)->sd, 0, 0, 0);
    assert_true(self->alone.invest->part[0].p_paid_back[1] < 0.9);
    assert_true(self->alone.invest->part[0].p_paid_back[1] > 0.1);
}

/* 208,940 / 77,500 = 2.7 placement-years, and the stated saving is 77,500 for each placement-year out of
 * area. */
static void a_stated_saving_counts_placement_years_out_of_area(void **state)
{
    static char file[] = "shares.csv";
    hand *self = *state;
    pc_intervention *of = &self->intervention[0];
    const pc_invest *invest;

    self->row[0] = (pc_out_of_area_row){.category = home, .year = 2023, .share = 0.5};
    self->scenario.out_of_area_table = (pc_out_of_area){.n = 1, .row = self->row, .file = file};
    of->kind = PC_INTERVENTION_DIVERT;
    of->to = foster;
    of->effect = (pc_effect){1, 1, 1};
    of->cost_one_off = 208940;
    of->saving = (pc_saving){.given = true, .out_of_area = true, .gbp_a_year = 77500};
    run(self);
    invest = self->alone.invest;
    assert_int_equal(invest->n, 2);
    assert_false(invest->part[0].stated);
    assert_true(invest->part[1].stated);
    assert_close(invest->part[1].break_even, 208940.0 / 77500.0, 1e-12, 0);
    /* Half of the days in homes are out of area, and no others. */
    assert_true(value(self, 0, PC_INVEST_AVOIDED, 2)->mean > 0.5);
    assert_close(value(self, 1, PC_INVEST_AVOIDED, 2)->mean, 0.5 * value(self, 0, PC_INVEST_AVOIDED, 2)->mean,
                 1e-9, 1e-6);
    assert_close(value(self, 1, PC_INVEST_GROSS, 2)->mean, 77500 * value(self, 1, PC_INVEST_AVOIDED, 2)->mean,
                 1e-6, 1);
    assert_close(invest->part[0].break_even,
                 208940 * value(self, 0, PC_INVEST_AVOIDED, 2)->mean /
                     value(self, 0, PC_INVEST_GROSS, 2)->mean,
                 1e-12, 0);
}

static void each_authority_has_the_whole_cost_and_one_that_is_named_alone(void **state)
{
    hand *self = *state;
    static char name[] = "B", *only[] = {name};

    sim_model_free(&self->model);
    sim_model_make(&self->model, 2, 20, false);
    self->intervention[0].cost_one_off = 100;
    run(self);
    assert_close(value(self, 0, PC_INVEST_COST, 2)->mean, 200, 0, 0);
    self->intervention[0].n_authority = 1;
    self->intervention[0].authority = only;
    run(self);
    assert_close(value(self, 0, PC_INVEST_COST, 2)->mean, 100, 0, 0);
}

/* Per child: as many as were treated. */
static void a_cost_per_child_is_paid_for_those_treated(void **state)
{
    hand *self = *state;
    pc_forecast forecast;

    self->intervention[0].kind = PC_INTERVENTION_DIVERT;
    self->intervention[0].to = foster;
    self->intervention[0].effect = (pc_effect){0.5, 0.5, 0.5};
    self->intervention[0].cost_per_child = 7.5;
    run(self);
    assert_ok(pc_run(&self->model, &self->scenario, NULL, NULL, &forecast, &self->diagnostics),
              &self->diagnostics);
    assert_true(forecast.treated_annual[0].mean > 1);
    assert_close(value(self, 0, PC_INVEST_COST, 0)->mean, 7.5 * forecast.treated_annual[0].mean, 1e-9, 1e-6);
    pc_forecast_free(&forecast);
}

/* A scenario with the plan against one without: the same as the plan alone. */
static void a_scenario_against_the_reference_is_its_plan_against_none(void **state)
{
    hand *self = *state;
    pc_scenario without = self->scenario;
    const pc_scenario *both[] = {&without, &self->scenario};
    const pc_prices *prices[] = {sim_model_prices(), sim_model_prices()};
    pc_comparison result;

    self->intervention[0].cost_one_off = 1000;
    without.name = other;
    without.n_intervention = 0;
    run(self);
    assert_ok(pc_compare(&self->model, 2, both, prices, NULL, &result, &self->diagnostics),
              &self->diagnostics);
    assert_non_null(result.invest);
    assert_int_equal(result.invest[0].n, 0);
    assert_int_equal(result.invest[1].n, 1);
    assert_string_equal(result.invest[1].against, "Other");
    for (size_t cell = 0; cell < 4 * 3;
         cell++) { /* all but the placements avoided, of its categories alone */
        assert_memory_equal(&result.invest[1].part[0].value[cell], &self->alone.invest->part[0].value[cell],
                            sizeof(pc_statistics));
    }
    pc_comparison_free(&result);
}

static void refused(const char *saving, const char *more, const char *message)
{
    char *folder = pc_test_folder(), *path = pc_test_path(folder, "x.yaml"), text[2048];
    pc_diagnostics diagnostics;
    pc_scenario scenario;

    snprintf(text, sizeof text,
             "placecast: 1\nname: X\nstart: 2012-04-01\nmonths: 12\ndata: {ssda903: .}\n%s"
             "interventions:\n  - name: Audit\n    kind: divert\n    category: secure\n    to: other\n"
             "    effect: 0.1\n    saving: %s\n",
             more, saving);
    pc_test_write(folder, "x.yaml", text);
    pc_test_write(folder, "shares.csv", "category,year,definition,share\nall,2012/13,20_miles,0.1\n");
    pc_diagnostics_init(&diagnostics);
    assert_status(pc_scenario_load(path, NULL, &scenario, &diagnostics),
                  message == NULL ? PC_OK : PC_ERR_INPUT, &diagnostics);
    if (message != NULL) {
        assert_message(&diagnostics, message);
    } else {
        assert_true(scenario.intervention[0].saving.given);
        assert_close(scenario.intervention[0].saving.gbp_a_year, 77500, 0, 1e-9);
    }
    pc_scenario_free(&scenario);
    pc_diagnostics_free(&diagnostics);
    pc_test_remove(folder);
    free(path);
    free(folder);
}

static void a_saving_without_a_period_is_refused_and_told_what_to_add(void **state)
{
    static const char *const shares = "out_of_area: shares.csv\n";

    (void)state;
    refused("{per: out_of_area_placement, amount: 77500, period: year, definition: 20_miles}", shares, NULL);
    refused("{per: placement, amount: 77500, period: year}", "", NULL);
    refused("{per: out_of_area_placement, amount: 500000}", shares,
            "interventions.Audit.saving: found 500000 per out_of_area_placement without a period, expected "
            "`period: "
            "year` (or month, week) beside it");
    refused(
        "500000", shares,
        "interventions.Audit.saving: found 500000 without saying for what and for how long, expected {per: "
        "out_of_area_placement, amount: 500000, period: year}");
    refused("{per: out_of_area_placement, amount: 77500, period: year}", "",
            "of which there are no shares: expected `out_of_area: FILE` with rows of definition boundary");
    refused("{per: out_of_area_placement, amount: 77500, period: year}", shares,
            "rows of definition boundary");
    refused("{per: child, amount: 77500, period: year}", shares,
            "expected one of out_of_area_placement, placement");
    refused("{per: placement, amount: -1, period: year}", shares, "expected a number from 0");
    refused("{per: placement, amount: 5, period: decade}", shares, "expected one of year, month, week");
    refused("[1]", shares, "saving: found a list, expected {per: out_of_area_placement");
}

int main(void)
{
#define INVEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        INVEST(nothing_is_told_without_a_cost_or_a_saving),
        INVEST(costs_fall_into_the_months_in_which_they_are_paid),
        INVEST(savings_are_differences_of_the_bill),
        INVEST(flows_are_discounted_from_the_middle_of_their_months),
        INVEST(what_saves_nothing_never_pays_back),
        INVEST(it_pays_back_when_savings_have_passed_the_cost),
        INVEST(a_stated_saving_counts_placement_years_out_of_area),
        INVEST(each_authority_has_the_whole_cost_and_one_that_is_named_alone),
        INVEST(a_cost_per_child_is_paid_for_those_treated),
        INVEST(a_scenario_against_the_reference_is_its_plan_against_none),
        cmocka_unit_test(a_saving_without_a_period_is_refused_and_told_what_to_add),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
