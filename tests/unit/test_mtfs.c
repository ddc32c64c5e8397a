/* Budget beside outturn, worked by hand on a small council. */
#include "pc_test.h"

#include <math.h>

#include "placecast/mtfs.h"
#include "sim_model.h"

enum { MOST_LINES = 24, REPLICATES = 40 };

typedef struct hand {
    pc_model model;
    pc_scenario scenario;
    pc_budget_line line[MOST_LINES];
    pc_actual actual[4];
    pc_diagnostics diagnostics;
    pc_forecast forecast;
} hand;

static char no_holder[] = "";

/* Start 1 April 2023, 24 months unless changed. */
static int set_up(void **state)
{
    static char file[] = "budget.csv";
    hand *self = calloc(1, sizeof *self);

    assert_non_null(self);
    sim_model_make(&self->model, 1, 40, false);
    self->scenario = sim_model_scenario(pc_day_from_date((pc_date){2023, 4, 1}), 24);
    self->scenario.replicates = REPLICATES;
    self->scenario.budget_table = (pc_budget){.line = self->line, .file = file};
    self->scenario.actuals_table = (pc_actuals){.row = self->actual, .file = file};
    pc_diagnostics_init(&self->diagnostics);
    *state = self;
    return 0;
}

static int tear_down(void **state)
{
    hand *self = *state;

    pc_forecast_free(&self->forecast);
    pc_diagnostics_free(&self->diagnostics);
    sim_model_free(&self->model);
    free(self);
    return 0;
}

static pc_budget_line *add(hand *self, int year, pc_budget_side side, pc_budget_kind kind, const char *name,
                           double pounds)
{
    static char text[MOST_LINES][64];
    size_t at = self->scenario.budget_table.n++;

    assert_true(at < MOST_LINES);
    snprintf(text[at], sizeof text[at], "%s", name);
    self->line[at] = (pc_budget_line){.year = year,
                                      .side = side,
                                      .kind = kind,
                                      .line = text[at],
                                      .pence = (int64_t)llround(pounds * 100.0),
                                      .chance_full = 1.0,
                                      .holder = no_holder,
                                      .row = (long)at + 2};
    return &self->line[at];
}

#define BUDGET PC_BUDGET_SIDE_BUDGET
#define OUTTURN PC_BUDGET_SIDE_OUTTURN

static void run(hand *self)
{
    pc_forecast_free(&self->forecast);
    assert_ok(
        pc_run(&self->model, &self->scenario, sim_model_prices(), NULL, &self->forecast, &self->diagnostics),
        &self->diagnostics);
    assert_non_null(self->forecast.mtfs);
}

static const pc_mtfs_year *year_of(const hand *self, size_t holder, size_t year)
{
    return pc_mtfs_at(self->forecast.mtfs, holder, year);
}

static const pc_mtfs_line *find(const hand *self, int year, const char *side, const char *kind, size_t number)
{
    for (size_t at = 0; at < self->forecast.mtfs->n_line; at++) {
        const pc_mtfs_line *line = &self->forecast.mtfs->line[at];

        if (line->year == year && strcmp(line->side, side) == 0 && strcmp(line->kind, kind) == 0 &&
            number-- == 0) {
            return line;
        }
    }
    fail_msg("no such line: %d %s %s", year, side, kind);
    return NULL;
}

static double bill(const hand *self, size_t year)
{
    return pc_forecast_annual(&self->forecast, self->forecast.n_la - 1, PC_MEASURE_COST,
                              self->forecast.n_category, year)
        ->mean;
}

/* The tables of Barking and Dagenham, two of their three years: 32.9 - 1.12 + 1.0 + 1.56 = 34.34
 * against 34.4. */
static void totals_are_computed_and_compared_with_those_stated(void **state)
{
    hand *self = *state;

    add(self, 2023, BUDGET, PC_BUDGET_OPENING, "Before", 32.9e6);
    add(self, 2023, BUDGET, PC_BUDGET_SAVING, "Savings", 1.12e6);
    add(self, 2023, BUDGET, PC_BUDGET_GROWTH, "Growth", 1e6);
    add(self, 2023, BUDGET, PC_BUDGET_GRANT, "Grant", 1.56e6);
    add(self, 2023, BUDGET, PC_BUDGET_CLOSING_STATED, "Printed", 34.4e6);
    add(self, 2023, OUTTURN, PC_BUDGET_OPENING, "Before", 38e6);
    add(self, 2023, OUTTURN, PC_BUDGET_PRESSURE, "Model", 1.9e6);
    add(self, 2023, OUTTURN, PC_BUDGET_SAVING, "Plans", 1.2e6);
    add(self, 2023, OUTTURN, PC_BUDGET_GROWTH, "Demand", 922000);
    add(self, 2023, OUTTURN, PC_BUDGET_CLOSING_STATED, "Printed", 39.6e6);
    add(self, 2024, BUDGET, PC_BUDGET_OPENING, "Printed", 35.9e6);
    add(self, 2024, BUDGET, PC_BUDGET_CLOSING_STATED, "Printed", 34.4e6);
    add(self, 2024, OUTTURN, PC_BUDGET_OPENING, "Printed", 38.9e6);
    add(self, 2024, OUTTURN, PC_BUDGET_SAVING, "Plans", 1.15e6);
    add(self, 2024, OUTTURN, PC_BUDGET_GROWTH, "Demand", 600000);
    add(self, 2024, OUTTURN, PC_BUDGET_GAP_STATED, "Variance", 2.4e6);
    run(self);
    assert_int_equal(year_of(self, 0, 0)->budget_pence, 3434000000);
    assert_close(year_of(self, 0, 0)->outturn.mean, 39622000, 0, 1e-6);
    assert_close(year_of(self, 0, 0)->gap_gbp, 5282000, 0, 1e-6);
    assert_close(year_of(self, 0, 0)->p_over, 1, 0, 0);
    assert_close(find(self, 2023, "budget", "closing", 0)->residual_gbp, 60000, 0, 1e-6);
    assert_close(find(self, 2023, "outturn", "closing", 0)->residual_gbp, -22000, 0, 1e-6);
    /* The next year begins with the opening stated, not with what the lines before gave. */
    assert_int_equal(year_of(self, 0, 1)->budget_pence, 3590000000);
    assert_close(find(self, 2024, "budget", "opening", 0)->computed_gbp, 34.34e6, 0, 1e-6);
    assert_close(find(self, 2024, "budget", "opening", 0)->residual_gbp, 1.56e6, 0, 1e-6);
    assert_close(find(self, 2024, "budget", "closing", 0)->residual_gbp, -1.5e6, 0, 1e-6);
    assert_close(year_of(self, 0, 1)->outturn.mean, 38.35e6, 0, 1e-6);
    assert_close(find(self, 2024, "gap", "gap", 0)->computed_gbp, 2.45e6, 0, 1e-6);
    assert_close(find(self, 2024, "gap", "gap", 1)->computed_gbp, 38.35e6 - 34.34e6, 0, 1e-6);
    assert_close(find(self, 2024, "gap", "gap", 2)->computed_gbp, 3.95e6, 0, 1e-6);
    assert_string_equal(find(self, 2024, "gap", "gap", 0)->note, "nearest to the stated gap");
    /* Over both years 5.282 + 2.45 m: certain, so at any confidence. */
    for (size_t level = 0; level < PC_N_CONFIDENCE; level++) {
        assert_close(self->forecast.mtfs->reserve_needed[level], 7732000, 0, 1e-6);
        assert_close(year_of(self, 0, 0)->needed[level], 39622000, 0, 1e-6);
    }
    assert_message(&self->diagnostics, "the simulated bill is not part of it (2023/24, 2024/25)");
}

static void a_year_without_an_opening_begins_with_the_closing_before(void **state)
{
    hand *self = *state;

    add(self, 2023, BUDGET, PC_BUDGET_OPENING, "Base", 1000.01);
    add(self, 2023, BUDGET, PC_BUDGET_GROWTH, "Bid", 0.01);
    add(self, 2024, BUDGET, PC_BUDGET_GRANT, "Grant ends", -200.5);
    run(self);
    assert_int_equal(year_of(self, 0, 0)->budget_pence, 100002);
    assert_int_equal(year_of(self, 0, 1)->budget_pence, 79952);
    assert_string_equal(find(self, 2024, "budget", "opening", 0)->note, "carried forward");
}

/* Without outturn lines the outturn is the bill; a modelled line is the same bill, or that of its category.
 */
static void modelled_lines_are_the_bill_of_the_simulation(void **state)
{
    hand *self = *state;
    pc_statistics whole;

    add(self, 2023, BUDGET, PC_BUDGET_OPENING, "Base", 1e6);
    add(self, 2024, BUDGET, PC_BUDGET_GROWTH, "Bid", 0);
    run(self);
    whole = year_of(self, 0, 1)->outturn;
    assert_close(whole.mean, bill(self, 1), 1e-12, 0.005);
    add(self, 2023, OUTTURN, PC_BUDGET_MODELLED, "foster", 0);
    add(self, 2024, OUTTURN, PC_BUDGET_MODELLED, "cost_gbp", 0);
    add(self, 2024, OUTTURN, PC_BUDGET_PRESSURE, "Rent", 12.34);
    run(self);
    assert_close(year_of(self, 0, 0)->outturn.mean,
                 pc_forecast_annual(&self->forecast, 0, PC_MEASURE_COST, 0, 0)->mean, 1e-12, 0.005);
    for (size_t q = 0; q < PC_N_QUANTILE; q++) {
        assert_close(year_of(self, 0, 1)->outturn.quantile[q], whole.quantile[q] + 12.34, 0, 1e-6);
    }
    assert_close(find(self, 2024, "outturn", "modelled", 0)->computed_gbp, whole.mean, 1e-12, 0.005);
}

/* The least budget that 80% of futures keep to is passed in the other 20%: 8 of 40. */
static void the_budget_needed_for_80_percent_is_passed_in_20(void **state)
{
    static const double passed[PC_N_CONFIDENCE] = {0.5, 0.2, 0.1};
    hand *self = *state;
    double needed[PC_N_CONFIDENCE];

    add(self, 2023, BUDGET, PC_BUDGET_OPENING, "Base", 1e6);
    run(self);
    memcpy(needed, year_of(self, 0, 0)->needed, sizeof needed);
    for (size_t level = 0; level < PC_N_CONFIDENCE; level++) {
        self->line[0].pence = (int64_t)llround(needed[level] * 100.0);
        run(self);
        assert_close(year_of(self, 0, 0)->p_over, passed[level], 0, 1e-12);
        self->line[0].pence -= 1; /* a penny less is passed once more */
        run(self);
        assert_close(year_of(self, 0, 0)->p_over, passed[level] + 1.0 / REPLICATES, 0, 1e-12);
    }
    assert_close(year_of(self, 0, 0)->outturn.quantile[6], needed[2], 0, 0); /* p90 */
}

static double mean_with(hand *self, pc_budget_line *line, double chance, double share)
{
    line->chance_full = chance;
    line->share = share;
    run(self);
    return year_of(self, 0, 0)->outturn.mean;
}

static void a_saving_of_confidence_0_is_never_made_and_of_1_always(void **state)
{
    hand *self = *state;
    pc_budget_line *saving;
    double half;

    add(self, 2023, OUTTURN, PC_BUDGET_OPENING, "Spent", 1000);
    saving = add(self, 2023, OUTTURN, PC_BUDGET_SAVING, "Plan", 100);
    assert_close(mean_with(self, saving, 1.0, 0.0), 900, 0, 1e-9);
    assert_close(year_of(self, 0, 0)->outturn.sd, 0, 0, 0);
    assert_close(mean_with(self, saving, 0.0, 0.0), 1000, 0, 1e-9);
    assert_close(mean_with(self, saving, 0.0, 0.25), 975, 0, 1e-9);
    assert_close(year_of(self, 0, 0)->outturn.sd, 0, 0, 0);
    half = mean_with(self, saving, 0.5, 0.25); /* 900 or 975, nothing between */
    assert_true(half > 900 && half < 975);
    assert_close(year_of(self, 0, 0)->outturn.quantile[0], 900, 0, 1e-9);
    assert_close(year_of(self, 0, 0)->outturn.quantile[8], 975, 0, 1e-9);
    assert_close(remainder(half * REPLICATES, 75.0), remainder(900.0 * REPLICATES, 75.0), 0, 1e-6);
}

/* The plan of one name is delivered in both years or in neither; another name has a draw of its own. */
static void lines_of_one_name_are_delivered_together(void **state)
{
    hand *self = *state;
    static char other[] = "Another plan";
    double together;

    for (int year = 2023; year <= 2024; year++) {
        add(self, year, BUDGET, PC_BUDGET_OPENING, "Base", 1000);
        add(self, year, OUTTURN, PC_BUDGET_OPENING, "Spent", 1000);
        add(self, year, OUTTURN, PC_BUDGET_SAVING, "Plan", 100)->chance_full = 0.5;
        add(self, year, OUTTURN, PC_BUDGET_PRESSURE, "Rent", 50);
    }
    run(self);
    /* Gaps of +50 +50 or -50 -50: the running total goes to 100 or never above nought. */
    assert_close(self->forecast.mtfs->reserve_needed[2], 100, 0, 1e-9);
    together = year_of(self, 0, 0)->outturn.mean;
    assert_close(year_of(self, 0, 1)->outturn.mean, together, 0, 0);
    self->line[6].line = other;
    run(self);
    assert_true(fabs(year_of(self, 0, 1)->outturn.mean - together) > 1e-9);
}

/* 1 October 2023 on: 183 of the 366 days of 2023/24. */
static void a_part_year_is_compared_pro_rata_by_days_and_says_so(void **state)
{
    hand *self = *state;

    self->scenario.start = pc_day_from_date((pc_date){2023, 10, 1});
    self->scenario.months = 12; /* to 30 September 2024: 183 of the 365 days of 2024/25 */
    add(self, 2023, BUDGET, PC_BUDGET_OPENING, "Base", 36600);
    add(self, 2023, BUDGET, PC_BUDGET_CLOSING_STATED, "Printed", 36600);
    add(self, 2023, OUTTURN, PC_BUDGET_MODELLED, "cost_gbp", 0);
    add(self, 2023, OUTTURN, PC_BUDGET_PRESSURE, "Rent", 3660);
    add(self, 2024, BUDGET, PC_BUDGET_OPENING, "Base", 36500);
    run(self);
    assert_int_equal(year_of(self, 0, 0)->budget_pence, 1830000);
    assert_int_equal(year_of(self, 0, 1)->budget_pence, 1830000);
    assert_close(year_of(self, 0, 0)->covered, 0.5, 0, 0);
    assert_close(year_of(self, 0, 0)->outturn.mean, bill(self, 0) + 1830, 1e-12, 0.005);
    assert_message(&self->diagnostics,
                   "2023/24: no spend to date is given (`actuals`), so 183 of 366 days are compared");
    assert_message(&self->diagnostics, "2024/25: no spend to date is given (`actuals`), so 183 of 365 days");
}

/* Spend to 30 September and the forecast of the rest: a whole year. */
static void spend_to_date_and_the_forecast_of_the_rest_make_a_whole_year(void **state)
{
    hand *self = *state;
    static char cost[] = "cost_gbp", rent[] = "Rent";
    double rest = 0.0;

    self->scenario.start = pc_day_from_date((pc_date){2023, 7, 1});
    self->scenario.months = 9;
    add(self, 2023, BUDGET, PC_BUDGET_OPENING, "Base", 36600);
    add(self, 2023, OUTTURN, PC_BUDGET_MODELLED, "cost_gbp", 0);
    add(self, 2023, OUTTURN, PC_BUDGET_PRESSURE, "Rent", 3660);
    add(self, 2023, OUTTURN, PC_BUDGET_SAVING, "Plan", 100);
    self->scenario.actuals_table.n = 2;
    self->actual[0] = (pc_actual){.year = 2023,
                                  .line = cost,
                                  .kind = PC_BUDGET_MODELLED,
                                  .pence = 555555,
                                  .holder = no_holder,
                                  .to = pc_day_from_date((pc_date){2023, 9, 30})};
    self->actual[1] = self->actual[0];
    self->actual[1].line = rent;
    self->actual[1].kind = PC_BUDGET_PRESSURE;
    self->actual[1].pence = 200000;
    run(self);
    assert_close(year_of(self, 0, 0)->covered, 1.0, 0, 0);
    assert_int_equal(year_of(self, 0, 0)->budget_pence, 3660000);
    for (size_t month = 3; month < 9; month++) { /* October to March */
        rest += pc_forecast_monthly(&self->forecast, 0, PC_MEASURE_COST, SIM_MODEL_N_CATEGORY, month)->mean;
    }
    /* Rent: 2,000 to date, and half a year of 3,660. A plan without spend to date counts in full. */
    assert_close(year_of(self, 0, 0)->outturn.mean, 5555.55 + rest + 2000 + 1830 - 100, 1e-12, 0.005);
}

static void holders_add_up_to_all(void **state)
{
    hand *self = *state;
    static char homes[] = "Homes", foster[] = "Foster";

    add(self, 2023, BUDGET, PC_BUDGET_OPENING, "Base", 1000)->holder = homes;
    add(self, 2023, BUDGET, PC_BUDGET_OPENING, "Base", 250.5)->holder = foster;
    add(self, 2023, OUTTURN, PC_BUDGET_MODELLED, "residential_home", 0)->holder = homes;
    add(self, 2023, OUTTURN, PC_BUDGET_MODELLED, "foster", 0)->holder = foster;
    run(self);
    assert_int_equal(self->forecast.mtfs->n_holder, 3);
    assert_string_equal(self->forecast.mtfs->holder[2], "all");
    assert_int_equal(year_of(self, 2, 0)->budget_pence, 125050);
    assert_close(year_of(self, 2, 0)->outturn.mean, bill(self, 0), 1e-12, 0.01);
    assert_close(year_of(self, 0, 0)->outturn.mean + year_of(self, 1, 0)->outturn.mean,
                 year_of(self, 2, 0)->outturn.mean, 1e-12, 0.01);
    assert_false(year_of(self, 2, 1)->has_outturn); /* no line is of that year */
}

/* The bill without the intervention less the line's own figure: not both savings. */
static void a_line_that_stands_for_an_intervention_is_not_counted_twice(void **state)
{
    hand *self = *state;
    static char name[] = "Framework", foster[] = "foster", *category[] = {foster};
    pc_intervention framework = {.name = name,
                                 .kind = PC_INTERVENTION_PRICE,
                                 .from = PC_DAY_NONE,
                                 .until = PC_DAY_OPEN,
                                 .age_to = 17,
                                 .stream = {true, true},
                                 .n_category = 1,
                                 .category = category,
                                 .effect = {-0.5, -0.5, -0.5},
                                 .reach = (double)INFINITY,
                                 .would_have = 1.0,
                                 .confidence = 1.0};
    pc_budget_line *line;
    double without, with;

    add(self, 2023, OUTTURN, PC_BUDGET_MODELLED, "cost_gbp", 0);
    run(self);
    without = year_of(self, 0, 0)->outturn.mean;
    self->scenario.n_intervention = 1;
    self->scenario.intervention = &framework;
    run(self);
    with = year_of(self, 0, 0)->outturn.mean;
    assert_true(with < without - 1000);
    line = add(self, 2023, OUTTURN, PC_BUDGET_SAVING, "Framework", 5000);
    run(self);
    assert_close(year_of(self, 0, 0)->outturn.mean, with - 5000, 1e-12, 0.005); /* said by nobody: both */
    line->replaces = name;
    run(self);
    assert_close(year_of(self, 0, 0)->outturn.mean, without - 5000, 1e-12, 0.005);
    assert_close(bill(self, 0), with, 1e-12, 0.005); /* the forecast itself keeps it */
    assert_message(&self->diagnostics, "modelled costs leave out `Framework`");
}

/* A reserve of no year is in no budget; it is enough in as many futures as need no more. */
static void an_unphased_reserve_is_a_line_of_its_own(void **state)
{
    hand *self = *state;
    pc_budget_line *reserve;

    add(self, 2023, BUDGET, PC_BUDGET_OPENING, "Base", 1000);
    run(self);
    reserve = add(self, 0, BUDGET, PC_BUDGET_RESERVE, "Put by", self->forecast.mtfs->reserve_needed[1]);
    run(self);
    assert_true(self->forecast.mtfs->has_reserve);
    assert_int_equal(year_of(self, 0, 0)->budget_pence, 100000);
    assert_close(self->forecast.mtfs->p_reserve_enough, 0.8, 0, 1e-12);
    assert_close(find(self, 0, "reserve", "reserve", 0)->stated_gbp, (double)reserve->pence / 100.0, 0, 1e-6);
    assert_int_equal(self->forecast.mtfs->n_holder, 1);
}

static void expected_values_give_means_and_no_chances(void **state)
{
    hand *self = *state;

    self->scenario.method = PC_METHOD_EXPECTED;
    add(self, 2023, BUDGET, PC_BUDGET_OPENING, "Base", 1000);
    add(self, 2023, OUTTURN, PC_BUDGET_MODELLED, "cost_gbp", 0);
    add(self, 2023, OUTTURN, PC_BUDGET_SAVING, "Plan", 100)->chance_full = 0.6;
    run(self);
    assert_close(year_of(self, 0, 0)->outturn.mean, bill(self, 0) - 60, 1e-12, 0.01);
    assert_close(year_of(self, 0, 0)->gap_gbp, bill(self, 0) - 1060, 1e-12, 0.01);
    assert_true(isnan(year_of(self, 0, 0)->p_over) && isnan(year_of(self, 0, 0)->needed[1]));
}

/* Side by side each scenario has its budget; the same lines have the same draws. */
static void compared_scenarios_have_budgets_on_the_same_draws(void **state)
{
    hand *self = *state;
    static char name[] = "Other";
    pc_scenario other, alone = self->scenario;
    const pc_scenario *both[2];
    const pc_prices *prices[2] = {sim_model_prices(), sim_model_prices()};
    pc_comparison result;

    add(self, 2023, BUDGET, PC_BUDGET_OPENING, "Base", 1000);
    add(self, 2023, OUTTURN, PC_BUDGET_MODELLED, "cost_gbp", 0);
    add(self, 2023, OUTTURN, PC_BUDGET_SAVING, "Plan", 100)->chance_full = 0.5;
    run(self);
    other = self->scenario;
    other.name = name;
    both[0] = &alone;
    both[1] = &other;
    assert_ok(pc_compare(&self->model, 2, both, prices, NULL, &result, &self->diagnostics),
              &self->diagnostics);
    assert_null(result.forecast[0].mtfs); /* it has no budget */
    assert_non_null(result.forecast[1].mtfs);
    assert_memory_equal(&pc_mtfs_at(result.forecast[1].mtfs, 0, 0)->outturn, &year_of(self, 0, 0)->outturn,
                        sizeof(pc_statistics));
    pc_comparison_free(&result);
}

/* 10,000 and a tenth more at the start, 12,000 a year, and 2,500 for each child whom it reaches. */
static void what_interventions_cost_fills_a_line_of_the_outturn(void **state)
{
    hand *self = *state;
    static char name[] = "Early help", other[] = "Price";
    const pc_intervention plain = {.from = PC_DAY_NONE,
                                   .until = PC_DAY_OPEN,
                                   .age_to = 17,
                                   .stream = {true, true},
                                   .would_have = 1.0,
                                   .confidence = 1.0};
    pc_intervention both[2] = {plain, plain};
    pc_budget_line *line;
    double reached, sum;

    both[0].name = name;
    both[0].kind = PC_INTERVENTION_PREVENT;
    both[0].effect = (pc_effect){0.3, 0.3, 0.3};
    both[0].reach = 4.0;
    both[0].cost_one_off = 1e4;
    both[0].cost_contingency = 0.1;
    both[0].cost_annual = 1.2e4;
    both[0].cost_per_child = 2500.0;
    both[1].name = other;
    both[1].kind = PC_INTERVENTION_PRICE;
    both[1].reach = (double)INFINITY;
    both[1].cost_annual = 7e3;
    self->scenario.n_intervention = 2;
    self->scenario.intervention = both;
    add(self, 2023, OUTTURN, PC_BUDGET_MODELLED, "programme_cost_gbp", 0);
    add(self, 2024, OUTTURN, PC_BUDGET_MODELLED, "programme_cost_gbp Early help", 0);
    run(self);
    reached = self->forecast.treated_annual[0].mean;
    assert_true(reached > 1.0 && reached <= 4.0);
    assert_close(year_of(self, 0, 0)->outturn.mean, 1.1e4 + 1.2e4 + 7e3 + 2500.0 * reached, 0.0, 0.5);
    reached = self->forecast.treated_annual[1].mean;
    assert_close(year_of(self, 0, 1)->outturn.mean, 1.2e4 + 2500.0 * reached, 0.0, 0.5);
    sum = year_of(self, 0, 0)->outturn.mean;
    line = add(self, 2023, OUTTURN, PC_BUDGET_PRESSURE, "Fees", 100);
    line->replaces = other; /* neither its effect nor its cost is modelled then */
    run(self);
    assert_close(year_of(self, 0, 0)->outturn.mean, sum - 7e3 + 100.0, 0.0, 0.5);
}

/* 30 posts at 50,000 in a team and 10 at 60,000 in another, the second from October 2023 on. */
static pc_workforce two_teams(pc_structure structure[2], pc_team_posts posts[3])
{
    static char file[] = "workforce.yaml", first[] = "first", second[] = "second", one[] = "Help",
                two[] = "Court work team";
    const pc_team_posts plain = {.cost_per_post = (double)NAN, .premium = (double)NAN};

    for (size_t at = 0; at < 3; at++) {
        posts[at] = plain;
        posts[at].name = at < 2 ? one : two;
        posts[at].posts = at < 2 ? 30.0 : 10.0;
        posts[at].cost = at < 2 ? 1.5e6 : 6e5;
    }
    for (size_t at = 0; at < 2; at++) {
        structure[at] =
            (pc_structure){.name = at == 0 ? first : second,
                           .from = at == 0 ? PC_DAY_NONE : pc_day_from_date((pc_date){2023, 10, 1}),
                           .n_team = at + 1,
                           .team = &posts[at],
                           .other_cost = (double)NAN};
    }
    return (pc_workforce){.file = file,
                          .n_structure = 2,
                          .structure = structure,
                          .staff = {.cost_per_post = (double)NAN},
                          .confidence = 0.8};
}

static void staff_cost_fills_a_line_of_the_outturn(void **state)
{
    hand *self = *state;
    pc_structure structure[2];
    pc_team_posts posts[3];
    double children;

    add(self, 2023, BUDGET, PC_BUDGET_OPENING, "Budget", 5e6);
    add(self, 2023, OUTTURN, PC_BUDGET_MODELLED, "cost_gbp", 0);
    run(self);
    children = year_of(self, 0, 0)->outturn.mean;
    self->scenario.workforce_plan = two_teams(structure, posts);
    run(self); /* a workforce that no line names changes nothing */
    assert_close(year_of(self, 0, 0)->outturn.mean, children, 0.0, 0.0);
    add(self, 2023, OUTTURN, PC_BUDGET_MODELLED, "staff_cost_gbp", 0);
    add(self, 2024, BUDGET, PC_BUDGET_GROWTH, "None", 0);
    add(self, 2024, OUTTURN, PC_BUDGET_MODELLED, "staff_cost_gbp Court work team", 0);
    run(self);
    /* 1.5m, and 0.6m for half a year; in every future, so the range is that of the children moved up. */
    assert_close(year_of(self, 0, 0)->outturn.mean, children + 1.8e6, 0.0, 0.02);
    assert_close(find(self, 2023, "outturn", "modelled", 1)->computed_gbp, 1.8e6, 0.0, 0.02);
    assert_close(year_of(self, 0, 0)->gap_gbp, children + 1.8e6 - 5e6, 0.0, 0.02);
    assert_true(year_of(self, 0, 0)->outturn.sd > 0.0);
    assert_close(year_of(self, 0, 1)->outturn.mean, 6e5, 0.0, 0.02);
    assert_close(year_of(self, 0, 1)->p_over, 0.0, 0.0, 0.0); /* 600,000 beside 5 million */
}

/* Half the staff are gone in some futures: the chance to overspend is that of the staff cost itself. */
static void the_chance_over_budget_follows_the_staff_cost_of_each_future(void **state)
{
    hand *self = *state;
    pc_structure structure[2];
    pc_team_posts posts[3];
    pc_leaver_rate leavers = {.under_years = (double)INFINITY, .share = 0.3};
    size_t series = 0;
    pc_statistics staff;

    self->scenario.replicates = 200;
    self->scenario.workforce_plan = two_teams(structure, posts);
    self->scenario.workforce_plan.staff = (pc_staff){.given = true,
                                                     .staffed = 0.8,
                                                     .recruit_months = 6.0,
                                                     .n_leavers = 1,
                                                     .leavers = &leavers,
                                                     .cost_per_post = (double)NAN,
                                                     .pay_share = 0.75};
    add(self, 2023, BUDGET, PC_BUDGET_OPENING, "Budget", 1.4e6);
    add(self, 2023, OUTTURN, PC_BUDGET_MODELLED, "staff_cost_gbp", 0);
    run(self);
    while (self->forecast.workload.measure[series] != PC_WORKLOAD_STAFF_COST ||
           strcmp(self->forecast.workload.category[series], "all") != 0) {
        series++;
    }
    staff = self->forecast.workload.annual[series * self->forecast.n_year];
    assert_memory_equal(&year_of(self, 0, 0)->outturn, &staff, sizeof staff);
    assert_true(staff.sd > 1000.0);
    self->line[0].pence = llround(staff.quantile[PC_N_QUANTILE / 2] * 100.0);
    run(self); /* a budget of the median is passed by half of the futures, less those that just meet it */
    assert_true(year_of(self, 0, 0)->p_over <= 0.5 && year_of(self, 0, 0)->p_over > 0.4);
    self->line[0].pence = llround(staff.quantile[6] * 100.0);
    run(self);
    assert_true(year_of(self, 0, 0)->p_over <= 0.1);
}

static void a_line_that_the_workforce_does_not_give_is_an_error_of_the_run(void **state)
{
    hand *self = *state;

    add(self, 2023, BUDGET, PC_BUDGET_OPENING, "Budget", 5e6);
    add(self, 2023, OUTTURN, PC_BUDGET_MODELLED, "staff_cost_gbp", 0);
    assert_int_equal(
        pc_run(&self->model, &self->scenario, sim_model_prices(), NULL, &self->forecast, &self->diagnostics),
        PC_ERR_INPUT);
    assert_non_null(strstr(self->diagnostics.message[self->diagnostics.n - 1].text, "staff_cost_gbp"));
}

int main(void)
{
#define MTFS(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        MTFS(totals_are_computed_and_compared_with_those_stated),
        MTFS(a_year_without_an_opening_begins_with_the_closing_before),
        MTFS(modelled_lines_are_the_bill_of_the_simulation),
        MTFS(the_budget_needed_for_80_percent_is_passed_in_20),
        MTFS(a_saving_of_confidence_0_is_never_made_and_of_1_always),
        MTFS(lines_of_one_name_are_delivered_together),
        MTFS(a_part_year_is_compared_pro_rata_by_days_and_says_so),
        MTFS(spend_to_date_and_the_forecast_of_the_rest_make_a_whole_year),
        MTFS(holders_add_up_to_all),
        MTFS(a_line_that_stands_for_an_intervention_is_not_counted_twice),
        MTFS(an_unphased_reserve_is_a_line_of_its_own),
        MTFS(expected_values_give_means_and_no_chances),
        MTFS(compared_scenarios_have_budgets_on_the_same_draws),
        MTFS(what_interventions_cost_fills_a_line_of_the_outturn),
        MTFS(staff_cost_fills_a_line_of_the_outturn),
        MTFS(the_chance_over_budget_follows_the_staff_cost_of_each_future),
        MTFS(a_line_that_the_workforce_does_not_give_is_an_error_of_the_run),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
