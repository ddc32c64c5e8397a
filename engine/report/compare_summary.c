/* compare_summary.c - the one-screen summary of a comparison: scenarios side by side and what they differ by.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "report/compare_parts.h"
#include "report/why_words.h"

enum { ASSUMPTIONS_MOST = 4 };

static const pc_statistics *annual(const pc_forecast *forecast, pc_measure measure, size_t year)
{
    return pc_forecast_annual(forecast, forecast->n_la - 1, measure, forecast->n_category, year);
}

static void about(const pc_run_record *record, const say_page *page)
{
    const pc_scenario *scenario = record->scenario;
    const pc_forecast *forecast = record->forecast;
    char from[SAY_SIZE], to[SAY_SIZE], extract[SAY_SIZE], count[SAY_SIZE];
    const char *const *la = (const char *const *)(const void *)forecast->la;

    for (size_t at = 0; at < record->comparison->n; at++) {
        say_paragraph(page, at == 0 ? "Reference " : "Compared  ", record->comparison->forecast[at].scenario);
    }
    summary_authority(la, forecast->several && forecast->n_la > 1 ? forecast->n_la - 1 : 1, page);
    say_words(page, "Period    ", "%s to %s (%d months)", say_day(scenario->start, from),
              say_day(forecast->month_end[forecast->n_month - 1], to), scenario->months);
    say_words(page, "Returns   ", "to %s; rates from %s to %s", say_day(record->model->extract, extract),
              say_day(record->model->window_from, from), say_day(record->model->window_to, to));
    say_words(page, "Method    ", "%s simulated futures, the same for each scenario, seed %llu",
              say_count(forecast->replicates, count), (unsigned long long)scenario->seed);
}

/* Row of p_fewer and p_more: all children at the end of a year. */
static size_t chance_at(const pc_comparison *of, size_t at, size_t year)
{
    const pc_forecast *forecast = &of->forecast[at];
    size_t month = 0;

    for (size_t y = 0; y <= year; y++) {
        month += (size_t)forecast->year[y].months;
    }
    return (at * forecast->n_la + forecast->n_la - 1) * forecast->n_month + month - 1;
}

static void row_of(summary_table *table, const char *label, const pc_forecast *forecast, pc_measure measure,
                   summary_say say)
{
    char text[3 * SAY_SIZE];

    summary_table_row(table, label);
    for (size_t year = 0; year < forecast->n_year; year++) {
        summary_table_cell(table, year, summary_range(annual(forecast, measure, year), say, text));
    }
}

static void children(const pc_comparison *of, const say_page *page)
{
    size_t n_year = of->forecast[0].n_year;
    summary_table table;
    char text[SAY_SIZE];

    summary_table_begin(&table, "Children", n_year);
    for (size_t year = 0; year < n_year; year++) {
        summary_table_cell(&table, year, say_day_short(summary_year_end(&of->forecast[0], year), text));
    }
    for (size_t at = 0; at < of->n; at++) {
        row_of(&table, of->forecast[at].scenario, &of->forecast[at], PC_MEASURE_CHILDREN, say_count);
        if (at == 0) {
            continue;
        }
        row_of(&table, "  difference", &of->difference[at], PC_MEASURE_CHILDREN, say_count);
        summary_table_row(&table, "  chance of fewer");
        for (size_t year = 0; year < n_year; year++) {
            summary_table_cell(&table, year, summary_chance(of->p_fewer[chance_at(of, at, year)], text));
        }
    }
    if (!summary_table_end(&table, page)) {
        say_paragraph(page, "", "The years between are in annual.csv and annual_differences.csv.");
    }
}

/* How often one of the others has fewer children than another: best below worst. */
static void pairs(const pc_comparison *of, const say_page *page)
{
    size_t n_year = of->forecast[0].n_year;
    summary_table table;
    char text[SAY_SIZE];

    if (of->n < 3) {
        return;
    }
    summary_table_begin(&table, "Chance of fewer children", n_year);
    for (size_t year = 0; year < n_year; year++) {
        summary_table_cell(&table, year, say_day_short(summary_year_end(&of->forecast[0], year), text));
    }
    for (size_t a = 1; a < of->n; a++) {
        for (size_t b = a + 1; b < of->n; b++) {
            char *label = pc_format_text("%s than %s", compare_short_name(of, a), compare_short_name(of, b));

            summary_table_row(&table, label == NULL ? "" : label);
            free(label);
            for (size_t year = 0; year < n_year; year++) {
                summary_table_cell(&table, year,
                                   summary_chance(pc_comparison_fewer_than(of, a, b, year), text));
            }
        }
    }
    (void)summary_table_end(&table, page);
    say_newline(page);
}

static bool any_part_year(const pc_forecast *forecast)
{
    bool any = false;

    for (size_t year = 0; year < forecast->n_year; year++) {
        any |= forecast->year[year].months < 12;
    }
    return any;
}

static void bill(const pc_comparison *of, const say_page *page)
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
    summary_table_begin(&table, "Placement bill", of->forecast[0].n_year);
    compare_year_heads(&table, &of->forecast[0]);
    for (size_t at = 0; at < of->n; at++) {
        if (of->forecast[at].has[PC_MEASURE_COST]) {
            row_of(&table, of->forecast[at].scenario, &of->forecast[at], PC_MEASURE_COST, say_money);
        }
        if (at > 0 && of->difference[at].has[PC_MEASURE_COST]) {
            row_of(&table, "  difference", &of->difference[at], PC_MEASURE_COST, say_money);
        }
    }
    (void)summary_table_end(&table, page);
}

void pc_report_compare_summary(const pc_run_record *record, FILE *stream)
{
    const pc_comparison *of = record->comparison;
    const say_page on = say_page_of(&record->look, stream), *page = &on;

    about(record, page);
    say_newline(page);
    say_paragraph(
        page, "",
        "In brackets: the range that 8 of 10 simulated futures fall in. Differences are taken future by "
        "future, so their ranges are their own.");
    say_newline(page);
    children(of, page);
    say_newline(page);
    pairs(of, page);
    bill(of, page);
    compare_interventions(of, page);
    compare_alone(of, record->alone, page);
    compare_invest(of, record->alone, page);
    if (any_part_year(record->forecast)) {
        say_paragraph(page, "", "* part of a year");
    }
    summary_why_pairs(of, page);
    compare_targets(of, page);
    say_newline(page);
    summary_skill(record, page);
    summary_cleaned(record, page);
    summary_left_out(record, page);
    summary_rounded(record, page);
    summary_checks(record->diagnostics, true, page);
    summary_assumptions(record->diagnostics, ASSUMPTIONS_MOST, " in run.json", page);
    summary_written(record, page);
}
