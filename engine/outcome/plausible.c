/* plausible.c - what has to be said of a bill: what a method leaves out, and where a forecast leaves the
 * range of English authorities. */
#include <math.h>
#include <string.h>

#include "base/number_text.h"
#include "outcome/plausible.h"
#include "placecast/mtfs.h"

/* All authorities' gross spend on children looked after in 2024/25, by child-year and as the share of
 * children's homes: DfE/MHCLG RO3 returns over the mean of children at 31 March 2024 and 2025; tenths of
 * authorities from £84,700 to £146,900, and from 24% to 59%. The lines lie outside those, as small
 * authorities do. */
static const double LEAST_A_CHILD = 70000.0, MOST_A_CHILD = 170000.0, LEAST_HOMES = 0.20, MOST_HOMES = 0.65;

/* Councils spent 16% more on placements than budgeted in 2022/23 and 14% in 2023/24 (Local Government
 * Association, 2023): neither keeping to a budget nor passing it is certain. */
static const double LEAST_OVER = 0.05, MOST_OVER = 0.95;

typedef struct plausible_line {
    double least, most; /* of the years of the forecast */
} plausible_line;

static void widen(plausible_line *line, double value)
{
    if (isfinite(value)) {
        line->least = value < line->least ? value : line->least;
        line->most = value > line->most ? value : line->most;
    }
}

static bool inside(const plausible_line *line, double low, double high)
{
    return line->least > line->most || (line->least >= low && line->most <= high);
}

static double mean_of(const pc_forecast *forecast, pc_measure measure, size_t category, size_t year)
{
    return pc_forecast_annual(forecast, forecast->n_la - 1, measure, category, year)->mean;
}

/* Thousands of pounds, or a percentage. */
static const char *span(const plausible_line *line, double unit, const char *before, const char *after,
                        char text[80])
{
    char least[PC_NUMBER_TEXT_SIZE], most[PC_NUMBER_TEXT_SIZE];

    pc_number_format(line->least / unit, 0, least);
    pc_number_format(line->most / unit, 0, most);
    if (strcmp(least, most) == 0) {
        snprintf(text, 80, "%s%.24s%s", before, least, after);
    } else {
        snprintf(text, 80, "%s%.24s%s to %s%.24s%s", before, least, after, before, most, after);
    }
    return text;
}

static void say_over(const pc_mtfs *mtfs, const char *file, pc_diagnostics *diagnostics)
{
    plausible_line over = {INFINITY, -INFINITY};
    char text[80];

    for (size_t year = 0; year < mtfs->n_year; year++) {
        const pc_mtfs_year *all = pc_mtfs_at(mtfs, mtfs->n_holder - 1, year);

        if (all->has_budget && all->has_outturn) {
            widen(&over, all->p_over);
        }
    }
    if (!inside(&over, LEAST_OVER, MOST_OVER)) {
        pc_diagnostics_add(diagnostics, PC_WARNING, (pc_place){.file = file},
                           PC_CHECK_PREFIX "the chance of overspending is %s, outside 5%% to 95%%: councils "
                                           "overspent on placements by 14%% to 16%% (2022/23, 2023/24), and "
                                           "no budget is certain",
                           span(&over, 0.01, "", "%", text));
    }
}

void plausible_say(const pc_forecast *forecast, const char *file, pc_diagnostics *diagnostics)
{
    plausible_line a_child = {INFINITY, -INFINITY}, homes = {INFINITY, -INFINITY};
    size_t all = forecast->n_category;
    char text[80];

    for (size_t year = 0; forecast->has[PC_MEASURE_COST] && year < forecast->n_year; year++) {
        double cost = mean_of(forecast, PC_MEASURE_COST, all, year), in_homes = 0.0;
        double child_years = mean_of(forecast, PC_MEASURE_PLACE_DAYS, all, year) / PC_DAYS_PER_YEAR;

        for (size_t category = 0; category < all; category++) {
            if (strncmp(forecast->category[category], "residential", 11) == 0) {
                in_homes += mean_of(forecast, PC_MEASURE_COST, category, year);
            }
        }
        if (child_years > 0.0 && cost > 0.0) {
            widen(&a_child, cost / child_years);
            widen(&homes, in_homes / cost);
        }
    }
    if (forecast->mtfs != NULL && forecast->mtfs->n_holder > 0) {
        say_over(forecast->mtfs, file, diagnostics);
    }
    if (!inside(&a_child, LEAST_A_CHILD, MOST_A_CHILD)) {
        pc_diagnostics_add(diagnostics, PC_WARNING, (pc_place){.file = file},
                           PC_CHECK_PREFIX "the bill is %s a child-year, outside the national range of "
                                           "£70 thousand to £170 thousand (all costs of care, 2024/25)",
                           span(&a_child, 1000.0, "£", " thousand", text));
    }
    if (!inside(&homes, LEAST_HOMES, MOST_HOMES)) {
        pc_diagnostics_add(diagnostics, PC_WARNING, (pc_place){.file = file},
                           PC_CHECK_PREFIX
                           "children's homes take %s of the bill, outside the national range of "
                           "20%% to 65%% (2024/25)",
                           span(&homes, 0.01, "", "%", text));
    }
}

void plausible_say_expected(const outcome_case *of, pc_diagnostics *diagnostics)
{
    const pc_prices *prices = of->prices;
    pc_place place = {.file = of->scenario->file};

    if (of->scenario->method != PC_METHOD_EXPECTED || prices == NULL) {
        return;
    }
    if (prices->n_contract > 0 || pc_prices_are_personal(prices)) {
        pc_diagnostics_add(
            diagnostics, PC_ASSUMPTION, place,
            "`method: expected` takes the mean price of each category as it is for the children "
            "in care now: actual prices, spread, who pays which price and contracts are left out");
    }
    if (prices->n_process_cost > 0) {
        pc_diagnostics_add(diagnostics, PC_WARNING, place,
                           "`method: expected` leaves the cost calculator out: there is no processes.csv");
    }
    if (prices->n_income > 0 && !of->scope.income) {
        pc_diagnostics_add(diagnostics, PC_WARNING, place,
                           "`method: expected` does not know the nights of each stream: income and net cost "
                           "are left out");
    } else if (prices->n_income > 0) {
        pc_diagnostics_add(diagnostics, PC_ASSUMPTION, place,
                           "`method: expected` gives income without its sources");
    }
}
