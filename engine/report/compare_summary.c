/* compare_summary.c - the one-screen summary of a comparison: scenarios side by side and what they differ by.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "report/compare_parts.h"
#include "report/why_words.h"

enum { ASSUMPTIONS_MOST = 4, CHECKS_MOST = 1 };

static const pc_statistics *annual(const pc_forecast *forecast, pc_measure measure, size_t year)
{
    return pc_forecast_annual(forecast, forecast->n_la - 1, measure, forecast->n_category, year);
}

/* "Leeds 2011 Base (the reference), Best, Worst" */
static void names(const pc_comparison *of, const say_page *page)
{
    char *text = pc_format_text("%s (the reference)", of->forecast[0].scenario);

    for (size_t at = 1; at < of->n && text != NULL; at++) {
        char *longer = pc_format_text("%s, %s", text, compare_short_name(of, at));

        free(text);
        text = longer;
    }
    if (text != NULL) {
        say_paragraph(page, "Compared  ", text);
    }
    free(text);
}

static void about(const pc_run_record *record, const say_page *page)
{
    const pc_scenario *scenario = record->scenario;
    const pc_forecast *forecast = record->forecast;
    char from[SAY_SIZE], to[SAY_SIZE], extract[SAY_SIZE], count[SAY_SIZE];
    const char *const *la = (const char *const *)(const void *)forecast->la;
    size_t n_la = forecast->several && forecast->n_la > 1 ? forecast->n_la - 1 : 1;

    names(record->comparison, page);
    if (n_la > 1 || la[0][0] != '\0') {
        summary_authority(record, la, n_la, page);
    }
    say_words(page, "Period    ", "%s to %s (%d months); returns to %s", say_day(scenario->start, from),
              say_day(forecast->month_end[forecast->n_month - 1], to), scenario->months,
              say_day_short(record->model->extract, extract));
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
        row_of(&table, compare_short_name(of, at), &of->forecast[at], PC_MEASURE_CHILDREN, say_count);
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

static bool any_part_year(const pc_forecast *forecast)
{
    bool any = false;

    for (size_t year = 0; year < forecast->n_year; year++) {
        any |= forecast->year[year].months < 12;
    }
    return any;
}

static bool has_output(const pc_run_record *record, const char *name)
{
    bool has = false;

    for (size_t at = 0; at < record->n_output; at++) {
        has |= strcmp(record->output[at], name) == 0;
    }
    return has;
}

/* What there is to open: the tables are named in run.json. */
static void written(const pc_run_record *record, const say_page *page)
{
    static const char *const opened[] = {"report.html", "workbook.xlsx", "annual.csv", "assumptions.csv"};
    char *text = pc_format_text("%s:", record->folder == NULL ? "" : record->folder);
    size_t named = 0;

    for (size_t o = 0; o < sizeof opened / sizeof opened[0]; o++) {
        if (text != NULL && has_output(record, opened[o])) {
            char *longer = pc_format_text("%s%s %s", text, named++ == 0 ? "" : ",", opened[o]);

            free(text);
            text = longer;
        }
    }
    if (text != NULL && record->n_output > 0) {
        char *whole = record->n_output == named
                          ? pc_copy_text(text)
                          : pc_format_text("%s%s %zu more files", text, named == 0 ? "" : " and",
                                           record->n_output - named);

        if (whole != NULL) {
            say_paragraph(page, "Written   ", whole);
        }
        free(whole);
    }
    free(text);
}

void pc_report_compare_summary(const pc_run_record *record, FILE *stream)
{
    const pc_comparison *of = record->comparison;
    const say_page on = say_page_of(&record->look, stream), *page = &on;

    about(record, page);
    say_newline(page);
    say_paragraph(page, "", "In brackets: the range of 8 of 10 simulated futures; of a difference its own.");
    say_newline(page);
    children(of, page);
    say_newline(page);
    compare_bill(of, page);
    if (any_part_year(record->forecast)) {
        say_paragraph(page, "", "* part of a year");
    }
    compare_budget(of, page);
    compare_places(of, page);
    compare_alone(of, record->alone, page);
    compare_invest(of, record->alone, page);
    summary_why_pairs(of, page);
    compare_targets(of, page);
    say_newline(page);
    summary_skill(record, page);
    summary_cleaned(record, page);
    summary_left_out(record, page);
    summary_rounded(record, page);
    summary_checks(record->diagnostics, CHECKS_MOST, true, page);
    if (has_output(record, "assumptions.csv")) {
        say_paragraph(page, "Assumed   ", "what, and where each of it is from: assumptions.csv");
    } else {
        summary_assumptions(record->diagnostics, ASSUMPTIONS_MOST, " in run.json", page);
    }
    written(record, page);
}
