/* summary_text.c - the one-screen summary of a run, for a finance officer. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "report/say.h"
#include "report/summary_parts.h"
#include "report/trend_report.h"
#include "report/why_words.h"

enum { ASSUMPTIONS_MOST = 4 };

static size_t all_la(const pc_forecast *forecast)
{
    return forecast->n_la - 1; /* "all" when there are several, else the only one */
}

static const pc_statistics *annual(const pc_forecast *forecast, pc_measure measure, size_t category,
                                   size_t year)
{
    return pc_forecast_annual(forecast, all_la(forecast), measure, category, year);
}

static void about(const pc_run_record *record, const say_page *page)
{
    const pc_scenario *scenario = record->scenario;
    const pc_forecast *forecast = record->forecast;
    const pc_model *model = record->model;
    char from[SAY_SIZE], to[SAY_SIZE], extract[SAY_SIZE], count[SAY_SIZE];
    const char *const *la = (const char *const *)(const void *)forecast->la;

    say_paragraph(page, "Scenario  ", scenario->name);
    summary_authority(record, la, forecast->several && forecast->n_la > 1 ? forecast->n_la - 1 : 1, page);
    say_words(page, "Period    ", "%s to %s (%d months)", say_day(scenario->start, from),
              say_day(forecast->month_end[forecast->n_month - 1], to), scenario->months);
    say_words(page, "Returns   ", "to %s; rates from %s to %s", say_day(model->extract, extract),
              say_day(model->window_from, from), say_day(model->window_to, to));
    if (forecast->replicates > 0) {
        say_words(page, "Method    ", "%s simulated futures, seed %llu",
                  say_count(forecast->replicates, count), (unsigned long long)scenario->seed);
    } else {
        say_paragraph(page, "Method    ", "expected values: no simulation, so no ranges");
    }
}

/* What stands beside each financial year; the bill comes last. */
static const struct {
    const char *head;
    pc_measure measure;
    summary_say say;
} year_column[] = {{"starts", PC_MEASURE_STARTS, say_count},
                   {"leavers", PC_MEASURE_CEASES, say_count},
                   {"placement bill", PC_MEASURE_COST, say_money}};
enum { MOST_COLUMNS = sizeof year_column / sizeof year_column[0] };

/* The widest of each column in `width`; returns their sum. */
static size_t year_widths(const pc_forecast *forecast, size_t n, size_t width[MOST_COLUMNS])
{
    size_t total = 0;
    char text[3 * SAY_SIZE];

    for (size_t c = 0; c < n; c++) {
        width[c] = strlen(year_column[c].head);
        for (size_t year = 0; year < forecast->n_year; year++) {
            const pc_statistics *value = annual(forecast, year_column[c].measure, forecast->n_category, year);
            size_t columns = say_columns(summary_range(value, year_column[c].say, text));

            width[c] = columns > width[c] ? columns : width[c];
        }
        total += width[c];
    }
    return total;
}

static size_t year_label(const pc_forecast *forecast, bool brief)
{
    size_t label = strlen("Year");
    char text[SAY_SIZE];

    for (size_t year = 0; year < forecast->n_year; year++) {
        size_t columns = say_columns(summary_year(&forecast->year[year], brief, text));

        label = columns > label ? columns : label;
    }
    return label;
}

/* The columns from `from` on that fit beside the years: one at the least. */
static size_t columns_that_fit(const say_page *page, size_t label, const size_t *width, size_t from, size_t n)
{
    size_t used = label + width[from] + 1, to = from + 1;

    while (to < n && used + width[to] + 1 <= page->width) {
        used += width[to++] + 1;
    }
    return to;
}

typedef struct year_block {
    size_t from, to; /* columns */
    size_t label, gap;
    bool brief;
    const size_t *width;
} year_block;

static void year_lines(const pc_forecast *forecast, const year_block *block, const say_page *page)
{
    char text[3 * SAY_SIZE];

    say_ink_begin(page, SAY_STRONG);
    say_left(page, "Year", block->label);
    for (size_t c = block->from; c < block->to; c++) {
        say_right(page, year_column[c].head, block->width[c] + block->gap);
    }
    say_ink_end(page);
    say_newline(page);
    for (size_t year = 0; year < forecast->n_year; year++) {
        say_left(page, summary_year(&forecast->year[year], block->brief, text), block->label);
        for (size_t c = block->from; c < block->to; c++) {
            const pc_statistics *value = annual(forecast, year_column[c].measure, forecast->n_category, year);

            say_right(page, summary_range(value, year_column[c].say, text), block->width[c] + block->gap);
        }
        say_newline(page);
    }
}

/* One table, or on a narrow page one below the other. */
static void years(const pc_forecast *forecast, const say_page *page)
{
    size_t n = forecast->has[PC_MEASURE_COST] ? MOST_COLUMNS : MOST_COLUMNS - 1;
    size_t width[MOST_COLUMNS], total = year_widths(forecast, n, width);
    year_block block = {.width = width, .label = year_label(forecast, false)};
    char text[3 * SAY_SIZE];

    block.brief = block.label + total + n > page->width;
    block.label = block.brief ? year_label(forecast, true) : block.label;
    total += block.label;
    block.gap = total + 3 * n <= page->width ? 3 : total + 2 * n <= page->width ? 2 : 1;
    for (; block.from < n; block.from = block.to) {
        block.to = columns_that_fit(page, block.label, width, block.from, n);
        year_lines(forecast, &block, page);
    }
    for (size_t year = 0; block.brief && year < forecast->n_year; year++) {
        if (forecast->year[year].months < 12) {
            say_words(page, "", "* %s", summary_year(&forecast->year[year], false, text));
        }
    }
    if (n < MOST_COLUMNS) {
        say_paragraph(page, "", "No prices are given (key costs), so there is no bill.");
    }
}

static void add_words(char **text, const char *separator, const char *words)
{
    char *longer = *text == NULL ? pc_copy_text(words) : pc_format_text("%s%s%s", *text, separator, words);

    free(*text);
    *text = longer;
}

/* Which layers widen the ranges, with the share of each in the variance of the last total. */
static void uncertainty(const pc_scenario *scenario, const pc_forecast *forecast, const say_page *page)
{
    static const char *const name[] = {"chance", "uncertain rates", "good and bad years", "uneven starts"};
    const bool on[] = {true, scenario->uncertainty.parameters, scenario->uncertainty.year_effects,
                       scenario->uncertainty.starts_overdispersion};
    char *held = NULL, *off = NULL;

    if (forecast->replicates == 0) {
        return;
    }
    for (size_t layer = 0; layer < 4; layer++) {
        char words[SAY_SIZE], share[SAY_SIZE];

        if (on[layer] && isfinite(forecast->variance_share[layer])) {
            snprintf(words, sizeof words, "%s (%s%%)", name[layer],
                     say_count(100 * forecast->variance_share[layer], share));
        } else {
            snprintf(words, sizeof words, "%s", name[layer]);
        }
        add_words(on[layer] ? &held : &off, ", ", words);
    }
    if (off != NULL) {
        add_words(&held, "; switched off: ", off);
    }
    if (held != NULL) {
        say_paragraph(page, "Ranges    ", held);
    }
    free(held);
    free(off);
}

/* More than 2 in 100, and 5 children: to be looked into before anything is read from the forecast. */
static bool far_apart(long here, long there)
{
    long apart = here > there ? here - there : there - here;

    return apart >= 5 && apart * 50 > there;
}

/* The newest 31 March, this tool's count beside that of the national rules or the published one. */
static void tie(const pc_tieout *tieout, const say_page *page)
{
    const pc_tieout_row *newest = NULL;
    char date[SAY_SIZE], engine[SAY_SIZE], other[SAY_SIZE], line[4 * SAY_SIZE];
    bool published;
    long against;

    for (size_t t = 0; tieout != NULL && t < tieout->n; t++) {
        const pc_tieout_row *row = &tieout->row[t];

        if (row->category < 0 && row->age_band < 0 && row->engine >= 0 &&
            (newest == NULL || row->date >= newest->date)) {
            newest = row;
        }
    }
    if (newest == NULL) {
        return;
    }
    published = newest->published >= 0;
    against = published ? newest->published : newest->official_rule;
    snprintf(line, sizeof line, "%s: %s children counted here, %s %s%s", say_day(newest->date, date),
             say_count((double)newest->engine, engine), say_count((double)against, other),
             published ? "published" : "by the national rules",
             far_apart(newest->engine, against) ? "; why they are apart: `placecast clean`" : "");
    say_paragraph(page, "Ties      ", line);
}

void pc_report_summary(const pc_run_record *record, FILE *stream)
{
    const pc_forecast *forecast = record->forecast;
    const say_page on = say_page_of(&record->look, stream), *page = &on;

    about(record, page);
    say_newline(page);
    if (forecast->replicates > 0) {
        say_paragraph(page, "", "In brackets: 8 of 10 simulated futures. Each figure is rounded by itself.");
        say_newline(page);
    }
    summary_children(forecast, record->model->extract, page);
    say_newline(page);
    years(forecast, page);
    say_newline(page);
    summary_places(forecast, page);
    summary_budget(forecast, page);
    summary_targets(forecast, page);
    summary_why_years(forecast, page);
    summary_workforce(forecast, page);
    summary_trend(record->model, record->scenario, page);
    uncertainty(record->scenario, forecast, page);
    summary_skill(record, page);
    summary_cleaned(record, page);
    tie(record->tieout, page);
    summary_left_out(record, page);
    summary_rounded(record, page);
    summary_checks(record->diagnostics, (size_t)-1, false, page);
    summary_assumptions(record->diagnostics, ASSUMPTIONS_MOST, " in run.json", page);
    summary_written(record, page);
}
