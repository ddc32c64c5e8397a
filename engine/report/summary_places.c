/* summary_places.c - when the places of a kind are all taken, and how many children find it so. */
#include <string.h>

#include "report/compare_parts.h"
#include "report/summary_parts.h"
#include "report/summary_table.h"

static const pc_statistics *annual(const pc_forecast *forecast, pc_measure measure, size_t category,
                                   size_t year)
{
    return pc_forecast_annual(forecast, forecast->n_la - 1, measure, category, year);
}

/* Days of several authorities add up to more than a year has. */
static bool has_days(const pc_forecast *forecast)
{
    return forecast->has[PC_MEASURE_DAYS_FULL] && forecast->n_la == 1;
}

static bool ever_full(const pc_forecast *forecast, size_t category)
{
    bool ever = false;

    for (size_t year = 0; year < forecast->n_year && has_days(forecast); year++) {
        ever = ever || annual(forecast, PC_MEASURE_DAYS_FULL, category, year)->mean >= 0.5;
    }
    return ever;
}

static void row_of(summary_table *table, const char *label, const pc_forecast *forecast, pc_measure measure,
                   size_t category)
{
    char text[3 * SAY_SIZE];

    summary_table_row(table, label);
    for (size_t year = 0; year < forecast->n_year; year++) {
        summary_table_cell(table, year,
                           summary_range(annual(forecast, measure, category, year), say_count, text));
    }
}

void summary_places(const pc_forecast *forecast, const say_page *page)
{
    summary_table table;
    bool part = false;

    if (!forecast->has[PC_MEASURE_OVERFLOW]) {
        return;
    }
    summary_table_begin(&table, has_days(forecast) ? "Days full" : "Places", forecast->n_year);
    compare_year_heads(&table, forecast);
    for (size_t category = 0; category < forecast->n_category; category++) {
        if (ever_full(forecast, category)) {
            row_of(&table, forecast->category_label[category], forecast, PC_MEASURE_DAYS_FULL, category);
        }
    }
    row_of(&table, "Children who found it full", forecast, PC_MEASURE_OVERFLOW, forecast->n_category);
    row_of(&table, "  and nothing on the list", forecast, PC_MEASURE_UNMET, forecast->n_category);
    (void)summary_table_end(&table, page);
    for (size_t year = 0; year < forecast->n_year; year++) {
        part = part || forecast->year[year].months < 12;
    }
    if (part) {
        say_paragraph(page, "", "* part of a year");
    }
    say_newline(page);
}

static void scenario_row(summary_table *table, const pc_comparison *of, const char *label, pc_measure measure,
                         size_t category)
{
    summary_table_row(table, label);
    for (size_t at = 0; at < of->n; at++) {
        const pc_forecast *forecast = &of->forecast[at];
        char text[3 * SAY_SIZE];

        summary_table_cell(
            table, at,
            forecast->has[measure]
                ? summary_range(annual(forecast, measure, category, forecast->n_year - 1), say_count, text)
                : "no limit");
    }
}

void compare_places(const pc_comparison *of, const say_page *page)
{
    const pc_forecast *first = &of->forecast[0];
    char heading[2 * SAY_SIZE], year[SAY_SIZE];
    bool any = false, days = false;
    summary_table table;

    for (size_t at = 0; at < of->n; at++) {
        any = any || of->forecast[at].has[PC_MEASURE_OVERFLOW];
        days = days || has_days(&of->forecast[at]);
    }
    if (!any) {
        return;
    }
    say_newline(page);
    snprintf(heading, sizeof heading, "%s, %s", days ? "Days full" : "Places",
             summary_year(&first->year[first->n_year - 1], false, year));
    summary_table_begin(&table, heading, of->n);
    compare_scenario_heads(&table, of);
    for (size_t category = 0; category < first->n_category; category++) {
        bool ever = false;

        for (size_t at = 0; at < of->n; at++) {
            ever = ever || ever_full(&of->forecast[at], category);
        }
        if (ever) {
            scenario_row(&table, of, first->category_label[category], PC_MEASURE_DAYS_FULL, category);
        }
    }
    scenario_row(&table, of, "Children who found it full", PC_MEASURE_OVERFLOW, first->n_category);
    scenario_row(&table, of, "  and nothing on the list", PC_MEASURE_UNMET, first->n_category);
    (void)summary_table_end(&table, page);
}
