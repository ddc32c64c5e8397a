/* National plausibility lines: said when left, on either side, and silent inside. */
#include "pc_test.h"

#include "made_forecast.h"
#include "outcome/plausible.h"
#include "placecast/mtfs.h"

#include <math.h>

static const pc_statistics *at(pc_forecast *forecast, pc_measure measure, size_t category, size_t year,
                               double mean)
{
    pc_statistics *value = pc_forecast_annual(forecast, forecast->n_la - 1, measure, category, year);

    value->mean = mean;
    return value;
}

/* One hundred child-years each year at `a_child` pounds, `homes` of it for the category residential_home. */
static void say(double a_child, double homes, pc_diagnostics *diagnostics)
{
    static char foster[] = "foster", home[] = "residential_home", *names[] = {foster, home};
    pc_statistics annual[PC_N_MEASURE * 3 * 2] = {{0}};
    pc_forecast_year years[] = {{2024, 12}, {2025, 12}};
    pc_forecast forecast = {
        .n_la = 1, .n_category = 2, .category = names, .n_year = 2, .year = years, .annual = annual};

    forecast.has[PC_MEASURE_COST] = forecast.has[PC_MEASURE_PLACE_DAYS] = true;
    for (size_t year = 0; year < 2; year++) {
        double cost = 100.0 * a_child * (year == 0 ? 1.0 : 1.02);

        at(&forecast, PC_MEASURE_PLACE_DAYS, 2, year, 100.0 * PC_DAYS_PER_YEAR);
        at(&forecast, PC_MEASURE_COST, 2, year, cost);
        at(&forecast, PC_MEASURE_COST, 1, year, cost * homes);
        at(&forecast, PC_MEASURE_COST, 0, year, cost * (1.0 - homes));
    }
    pc_diagnostics_init(diagnostics);
    plausible_say(&forecast, "x.yaml", diagnostics);
}

static void a_bill_inside_the_lines_is_not_remarked_on(void **state)
{
    pc_diagnostics diagnostics;

    (void)state;
    say(100000.0, 0.4, &diagnostics);
    assert_int_equal(diagnostics.n, 0);
    pc_diagnostics_free(&diagnostics);
    say(71000.0, 0.21, &diagnostics);
    assert_int_equal(diagnostics.n, 0);
    pc_diagnostics_free(&diagnostics);
}

static void each_line_left_is_a_warning(void **state)
{
    pc_diagnostics diagnostics;

    (void)state;
    say(50000.0, 0.4, &diagnostics);
    assert_int_equal(diagnostics.count[PC_WARNING], 1);
    assert_message(&diagnostics, "check: the bill is £50 thousand to £51 thousand a child-year, outside the "
                                 "national range of £70 thousand to £170 thousand");
    pc_diagnostics_free(&diagnostics);
    say(168000.0, 0.70, &diagnostics); /* the second year passes 170 */
    assert_int_equal(diagnostics.count[PC_WARNING], 2);
    assert_message(&diagnostics, "£168 thousand to £171 thousand a child-year");
    assert_message(&diagnostics,
                   "check: children's homes take 70% of the bill, outside the national range of 20% to "
                   "65% (2024/25)");
    pc_diagnostics_free(&diagnostics);
    say(100000.0, 0.1, &diagnostics);
    assert_int_equal(diagnostics.count[PC_WARNING], 1);
    assert_message(&diagnostics, "children's homes take 10% of the bill");
    pc_diagnostics_free(&diagnostics);
}

/* Two years: chances of 0.5 and `p`. */
static void say_chance(double p, pc_diagnostics *diagnostics)
{
    pc_mtfs_year year[2] = {{.has_budget = true, .has_outturn = true, .p_over = 0.5},
                            {.has_budget = true, .has_outturn = true, .p_over = p}};
    pc_mtfs mtfs = {.n_holder = 1, .n_year = 2, .year = year};
    pc_forecast forecast = {.mtfs = &mtfs};

    pc_diagnostics_init(diagnostics);
    plausible_say(&forecast, "x.yaml", diagnostics);
}

static void a_budget_that_is_kept_or_passed_for_certain_is_a_warning(void **state)
{
    pc_diagnostics diagnostics;

    (void)state;
    say_chance(0.94, &diagnostics);
    assert_int_equal(diagnostics.n, 0);
    pc_diagnostics_free(&diagnostics);
    say_chance((double)NAN, &diagnostics); /* not known */
    assert_int_equal(diagnostics.n, 0);
    pc_diagnostics_free(&diagnostics);
    say_chance(0.99, &diagnostics);
    assert_message(&diagnostics, "check: the chance of overspending is 50% to 99%, outside 5% to 95%");
    pc_diagnostics_free(&diagnostics);
    say_chance(0.0, &diagnostics);
    assert_message(&diagnostics, "check: the chance of overspending is 0% to 50%");
    pc_diagnostics_free(&diagnostics);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_bill_inside_the_lines_is_not_remarked_on),
        cmocka_unit_test(each_line_left_is_a_warning),
        cmocka_unit_test(a_budget_that_is_kept_or_passed_for_certain_is_a_warning),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
