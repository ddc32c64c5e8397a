/* compare_money.c - bills and budgets of the scenarios, year by year, for the summary of a comparison. */
#include <math.h>
#include <string.h>

#include "placecast/mtfs.h"
#include "report/compare_parts.h"

static void bill_row(summary_table *table, const char *label, const pc_forecast *forecast)
{
    char text[3 * SAY_SIZE];

    summary_table_row(table, label);
    for (size_t year = 0; year < forecast->n_year; year++) {
        summary_table_cell(
            table, year,
            summary_brief_money(
                pc_forecast_annual(forecast, forecast->n_la - 1, PC_MEASURE_COST, forecast->n_category, year),
                0.0, text));
    }
}

void compare_bill(const pc_comparison *of, const say_page *page)
{
    summary_table table;
    bool any = false;

    for (size_t at = 0; at < of->n; at++) {
        any |= of->forecast[at].has[PC_MEASURE_COST];
    }
    if (!any) {
        say_paragraph(page, "", "No prices are given (key costs), so there is no bill.");
        return;
    }
    summary_table_begin(&table, "Bill", of->forecast[0].n_year);
    compare_year_heads(&table, &of->forecast[0]);
    for (size_t at = 0; at < of->n; at++) {
        if (of->forecast[at].has[PC_MEASURE_COST]) {
            bill_row(&table, compare_short_name(of, at), &of->forecast[at]);
        }
        if (at > 0 && of->difference[at].has[PC_MEASURE_COST]) {
            bill_row(&table, "  difference", &of->difference[at]);
        }
    }
    if (!summary_table_end(&table, page)) {
        say_paragraph(page, "", "The years between are in annual.csv and annual_differences.csv.");
    }
}

static const pc_mtfs_year *year_of(const pc_forecast *forecast, size_t year)
{
    return forecast->mtfs == NULL ? NULL : pc_mtfs_at(forecast->mtfs, forecast->mtfs->n_holder - 1, year);
}

/* "+£1.2m (-0.8 to 3.3)"; of a certain outturn the gap alone. */
static char *gap_text(const pc_mtfs_year *of, char text[3 * SAY_SIZE])
{
    double budget = (double)of->budget_pence / 100.0;
    char range[3 * SAY_SIZE];

    if (!of->has_budget || !of->has_outturn) {
        text[0] = '\0';
        return text;
    }
    if (of->outturn.sd > 0.0) {
        summary_brief_money(&of->outturn, budget, range);
    } else {
        say_money(of->outturn.mean - budget, range);
    }
    snprintf(text, 3 * SAY_SIZE, "%s%.250s", of->outturn.mean > budget ? "+" : "", range);
    return text;
}

static bool same_budgets(const pc_comparison *of)
{
    for (size_t at = 1; at < of->n; at++) {
        for (size_t year = 0; year < of->forecast[0].n_year; year++) {
            const pc_mtfs_year *first = year_of(&of->forecast[0], year),
                               *mine = year_of(&of->forecast[at], year);

            if (first == NULL || mine == NULL || first->has_budget != mine->has_budget ||
                first->budget_pence != mine->budget_pence) {
                return false;
            }
        }
    }
    return true;
}

static void budget_row(summary_table *table, const char *label, const pc_forecast *forecast)
{
    char text[SAY_SIZE];

    summary_table_row(table, label);
    for (size_t year = 0; year < forecast->n_year; year++) {
        const pc_mtfs_year *mine = year_of(forecast, year);

        if (mine->has_budget) {
            summary_table_cell(table, year, say_money((double)mine->budget_pence / 100.0, text));
        }
    }
}

static void gap_rows(summary_table *table, const char *label, const pc_forecast *forecast)
{
    char text[3 * SAY_SIZE];

    summary_table_row(table, label);
    for (size_t year = 0; year < forecast->n_year; year++) {
        summary_table_cell(table, year, gap_text(year_of(forecast, year), text));
    }
    summary_table_row(table, "  chance over");
    for (size_t year = 0; year < forecast->n_year; year++) {
        const pc_mtfs_year *mine = year_of(forecast, year);

        if (mine->has_budget && mine->has_outturn) {
            summary_table_cell(table, year, summary_chance(mine->p_over, text));
        }
    }
}

void compare_budget(const pc_comparison *of, const say_page *page)
{
    bool any = false, same = same_budgets(of);
    summary_table table;

    for (size_t at = 0; at < of->n; at++) {
        any |= of->forecast[at].mtfs != NULL;
    }
    if (!any) {
        return;
    }
    say_newline(page);
    summary_table_begin(&table, "Budget gap", of->forecast[0].n_year);
    compare_year_heads(&table, &of->forecast[0]);
    if (same) {
        budget_row(&table, "In the budget", &of->forecast[0]);
    }
    for (size_t at = 0; at < of->n; at++) {
        const pc_forecast *forecast = &of->forecast[at];

        if (forecast->mtfs != NULL) {
            gap_rows(&table, compare_short_name(of, at), forecast);
        }
        if (forecast->mtfs != NULL && !same) {
            budget_row(&table, "  budget", forecast);
        }
    }
    if (!summary_table_end(&table, page)) {
        say_paragraph(page, "", "The years between are in annual.csv.");
    }
}
