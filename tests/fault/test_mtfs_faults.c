/* Every allocation of a run with a budget, and of reading one, fails in turn. */
#include "failing_allocation.h"
#include "pc_test.h"

#include <math.h>

#include "placecast/invest.h"
#include "placecast/mtfs.h"
#include "placecast/report.h"
#include "sim_model.h"

typedef struct budget_case {
    pc_model model;
    pc_scenario scenario;
} budget_case;

static pc_status run(void *context)
{
    budget_case *self = context;
    pc_run_options options = {.threads = 1};
    pc_diagnostics diagnostics;
    pc_forecast forecast;
    pc_status status;

    pc_diagnostics_init(&diagnostics);
    status = pc_run(&self->model, &self->scenario, sim_model_prices(), &options, &forecast, &diagnostics);
    assert_int_equal(forecast.mtfs != NULL, status == PC_OK);
    pc_forecast_free(&forecast);
    pc_diagnostics_free(&diagnostics);
    return status;
}

static pc_status take_apart(void *context)
{
    budget_case *self = context;
    pc_run_options options = {.threads = 1};
    pc_alone alone;
    pc_status status =
        pc_alone_run(&self->model, &self->scenario, sim_model_prices(), &options, &alone, NULL);

    assert_int_equal(alone.invest != NULL, status == PC_OK);
    pc_alone_free(&alone);
    return status;
}

static void a_budget_that_cannot_be_worked_out_leaves_nothing_behind(void **state)
{
    static char file[] = "budget.csv", cost[] = "cost_gbp", plan[] = "Plan", none[] = "", homes[] = "Homes",
                foster[] = "foster", *category[] = {foster};
    static pc_intervention framework = {.name = plan,
                                        .kind = PC_INTERVENTION_PRICE,
                                        .from = PC_DAY_NONE,
                                        .until = PC_DAY_OPEN,
                                        .age_to = 17,
                                        .stream = {true, true},
                                        .n_category = 1,
                                        .category = category,
                                        .effect = {-0.5, -0.5, -0.5},
                                        .would_have = 1.0,
                                        .confidence = 1.0};
    static pc_budget_line line[] = {
        {.year = 2023, .kind = PC_BUDGET_OPENING, .line = plan, .pence = 5, .holder = none},
        {.year = 2023,
         .side = PC_BUDGET_SIDE_OUTTURN,
         .kind = PC_BUDGET_MODELLED,
         .line = cost,
         .holder = none},
        {.year = 2023,
         .side = PC_BUDGET_SIDE_OUTTURN,
         .kind = PC_BUDGET_SAVING,
         .line = plan,
         .pence = 5,
         .holder = none,
         .replaces = plan},
        {.year = 2023,
         .side = PC_BUDGET_SIDE_OUTTURN,
         .kind = PC_BUDGET_OPENING,
         .line = plan,
         .holder = homes},
        {.kind = PC_BUDGET_RESERVE, .line = plan, .pence = 5, .holder = none},
    };
    budget_case self;

    (void)state;
    framework.reach = (double)INFINITY;
    self.scenario = sim_model_scenario(pc_day_from_date((pc_date){2023, 4, 1}), 2);
    self.scenario.replicates = 2;
    self.scenario.n_intervention = 1;
    self.scenario.intervention = &framework;
    self.scenario.budget_table = (pc_budget){.n = sizeof line / sizeof line[0], .line = line, .file = file};
    sim_model_make(&self.model, 1, 4, false);
    assert_true(walk_failing_allocations(run, &self) > 60);
    framework.cost_one_off = 5;
    assert_true(walk_failing_allocations(take_apart, &self) > 60);
    sim_model_free(&self.model);
}

static pc_status load(void *context)
{
    const char *const *path = context;
    pc_budget budget = {0};
    pc_actuals actuals = {0};
    pc_status status = pc_budget_load(path[0], &budget, NULL);

    status = status == PC_OK ? pc_actuals_load(path[1], &actuals, NULL) : status;
    assert_int_equal(actuals.n, status == PC_OK);
    pc_budget_free(&budget);
    pc_actuals_free(&actuals);
    return status;
}

static pc_status load_list(void *context)
{
    pc_diagnostics diagnostics;
    pc_scenario scenario;
    pc_status status;

    pc_diagnostics_init(&diagnostics);
    status = pc_scenario_load(context, NULL, &scenario, &diagnostics);
    assert_int_equal(scenario.budget_table.n, status == PC_OK ? 2 : 0);
    pc_scenario_free(&scenario);
    pc_diagnostics_free(&diagnostics);
    return status;
}

static void a_budget_that_cannot_be_read_leaves_nothing_behind(void **state)
{
    char *folder = pc_test_folder(), *scenario = pc_test_path(folder, "x.yaml");
    char *path[2] = {pc_test_path(folder, "budget.csv"), pc_test_path(folder, "actuals.csv")};

    (void)state;
    pc_test_write(folder, "budget.csv",
                  "year,side,line,kind,amount,replaces\n2023/24,outturn,Plan,saving,5,Help\n"
                  "2023/24,budget,Base,opening,5,\n");
    pc_test_write(folder, "actuals.csv", "year,line,kind,amount,to\n2023/24,Plan,saving,5,30/09/2023\n");
    pc_test_write(folder, "x.yaml",
                  "placecast: 1\nname: X\nstart: 2023-04-01\nmonths: 12\ndata: {ssda903: .}\n"
                  "costs: {weekly: x.yaml}\nbudget:\n"
                  "  - {year: 2023/24, side: budget, line: Base, kind: opening, amount: 5}\n"
                  "  - {year: 2023/24, side: outturn, line: cost_gbp, kind: modelled}\n");
    assert_true(walk_failing_allocations(load, path) > 8);
    assert_true(walk_failing_allocations(load_list, scenario) > 50);
    pc_test_remove(folder);
    free(path[0]);
    free(path[1]);
    free(scenario);
    free(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_budget_that_cannot_be_worked_out_leaves_nothing_behind),
        cmocka_unit_test(a_budget_that_cannot_be_read_leaves_nothing_behind),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
