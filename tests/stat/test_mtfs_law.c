/* Chances of an overspend against their exact law. */
#include "pc_test.h"

#include <math.h>

#include "placecast/mtfs.h"
#include "sim_model.h"

enum { N = 20000, PLANS = 3 };

/* Three plans that save 100 each with chances 0.6, 0.3 and 0.8, or else a part: 0, a half and 0. Budget
 * 1,000, outturn 1,200 less what is saved. Over budget when less than 200 is saved in all. */
static const double chance[PLANS] = {0.6, 0.3, 0.8}, part[PLANS] = {0.0, 0.5, 0.0};

static double law(double budget)
{
    double p = 0.0;

    for (unsigned which = 0; which < 1U << PLANS; which++) {
        double weight = 1.0, outturn = 1200.0;

        for (unsigned plan = 0; plan < PLANS; plan++) {
            bool full = (which >> plan & 1) != 0;

            weight *= full ? chance[plan] : 1.0 - chance[plan];
            outturn -= 100.0 * (full ? 1.0 : part[plan]);
        }
        p += outturn > budget ? weight : 0.0;
    }
    return p;
}

static double p_over(double budget, bool one_name)
{
    static char file[] = "budget.csv", none[] = "", base[] = "Base", name[PLANS][2] = {"A", "B", "C"};
    pc_budget_line line[2 + PLANS] = {{.year = 2023, .kind = PC_BUDGET_OPENING, .line = base, .holder = none},
                                      {.year = 2023,
                                       .side = PC_BUDGET_SIDE_OUTTURN,
                                       .kind = PC_BUDGET_OPENING,
                                       .line = base,
                                       .pence = 120000,
                                       .chance_full = 1.0,
                                       .holder = none}};
    pc_scenario scenario = sim_model_scenario(pc_day_from_date((pc_date){2023, 4, 1}), 12);
    pc_diagnostics diagnostics;
    pc_forecast forecast;
    pc_model model;
    double p;

    line[0].pence = (int64_t)llround(budget * 100.0);
    for (size_t plan = 0; plan < PLANS; plan++) {
        line[2 + plan] = (pc_budget_line){.year = 2023,
                                          .side = PC_BUDGET_SIDE_OUTTURN,
                                          .kind = PC_BUDGET_SAVING,
                                          .line = one_name ? name[0] : name[plan],
                                          .pence = 10000,
                                          .chance_full = chance[plan],
                                          .share = part[plan],
                                          .holder = none};
    }
    scenario.budget_table = (pc_budget){.n = 2 + PLANS, .line = line, .file = file};
    scenario.replicates = N;
    sim_model_make(&model, 1, 1, false);
    pc_diagnostics_init(&diagnostics);
    assert_ok(pc_run(&model, &scenario, NULL, NULL, &forecast, &diagnostics), &diagnostics);
    p = pc_mtfs_at(forecast.mtfs, 0, 0)->p_over;
    pc_forecast_free(&forecast);
    pc_diagnostics_free(&diagnostics);
    sim_model_free(&model);
    return p;
}

/* |z| < 5: a false alarm once in 1,700,000. */
static void plans_that_may_fail_pass_the_budget_as_often_as_their_law_says(void **state)
{
    static const double budget[] = {900, 950, 1000, 1050, 1100};

    (void)state;
    for (size_t at = 0; at < sizeof budget / sizeof budget[0]; at++) {
        double exact = law(budget[at]);

        assert_true(exact > 0.05 && exact < 0.95);
        assert_true(fabs(z_share((size_t)llround(p_over(budget[at], false) * N), N, exact)) < 5.0);
    }
}

/* Twin: plans of one name share their draw, and the law of three that do not is refused. */
static void plans_of_one_name_do_not_follow_the_law_of_three(void **state)
{
    (void)state;
    assert_false(fabs(z_share((size_t)llround(p_over(950.0, true) * N), N, law(950.0))) < 5.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plans_that_may_fail_pass_the_budget_as_often_as_their_law_says),
        cmocka_unit_test(plans_of_one_name_do_not_follow_the_law_of_three),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
