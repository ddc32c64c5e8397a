/* summary_text.c - the one-screen summary of a run, for a finance officer. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "report/say.h"
#include "report/summary_parts.h"
#include "report/trend_report.h"

enum { P90 = 6, LABEL_MOST = 26, ASSUMPTIONS_MOST = 4, MOST_YEARS = 8 };

static size_t all_la(const pc_forecast *forecast)
{
    return forecast->n_la - 1; /* "all" when there are several, else the only one */
}

static const pc_statistics *annual(const pc_forecast *forecast, pc_measure measure, size_t category,
                                   size_t year)
{
    return pc_forecast_annual(forecast, all_la(forecast), measure, category, year);
}

static void about(const pc_run_record *record, FILE *stream)
{
    const pc_scenario *scenario = record->scenario;
    const pc_forecast *forecast = record->forecast;
    const pc_model *model = record->model;
    char from[SAY_SIZE], to[SAY_SIZE], extract[SAY_SIZE], count[SAY_SIZE];
    const char *const *la = (const char *const *)(const void *)forecast->la;

    say_paragraph(stream, "Scenario  ", scenario->name);
    summary_authority(la, forecast->several && forecast->n_la > 1 ? forecast->n_la - 1 : 1, stream);
    fprintf(stream, "Period    %s to %s (%d months)\n", say_day(scenario->start, from),
            say_day(forecast->month_end[forecast->n_month - 1], to), scenario->months);
    fprintf(stream, "Returns   to %s; rates from %s to %s\n", say_day(model->extract, extract),
            say_day(model->window_from, from), say_day(model->window_to, to));
    if (forecast->replicates > 0) {
        fprintf(stream, "Method    %s simulated futures, seed %llu\n", say_count(forecast->replicates, count),
                (unsigned long long)scenario->seed);
    } else {
        fputs("Method    expected values: no simulation, so no ranges\n", stream);
    }
}

/* A category that is empty now and stays so has no line. */
static bool worth_a_line(const pc_forecast *forecast, size_t category)
{
    bool any = category == forecast->n_category ||
               forecast->children_now[all_la(forecast) * (forecast->n_category + 1) + category] > 0;

    for (size_t year = 0; year < forecast->n_year && !any; year++) {
        const pc_statistics *value = annual(forecast, PC_MEASURE_CHILDREN, category, year);

        any = value->mean >= 0.5 || value->quantile[P90] >= 0.5;
    }
    return any;
}

static const char *label_of(const pc_forecast *forecast, size_t category)
{
    return category < forecast->n_category ? forecast->category_label[category] : "All children";
}

/* The table of children: how wide its columns are, and which years it shows. */
typedef struct layout {
    size_t label, now, cell;
    size_t n, year[MOST_YEARS];
} layout;

/* The first years that fit, and always the last, with `gap` blanks between columns. */
static layout lay_out(const pc_forecast *forecast, size_t gap)
{
    layout out = {.now = 11 + gap, .cell = 11}; /* 11: a date */
    char text[3 * SAY_SIZE];

    for (size_t category = 0; category <= forecast->n_category; category++) {
        size_t columns = say_columns(label_of(forecast, category));

        out.label = worth_a_line(forecast, category) && columns > out.label ? columns : out.label;
        for (size_t year = 0; year < forecast->n_year; year++) {
            columns = say_columns(
                summary_range(annual(forecast, PC_MEASURE_CHILDREN, category, year), say_count, text));
            out.cell = columns > out.cell ? columns : out.cell;
        }
    }
    out.label = out.label < LABEL_MOST ? out.label : LABEL_MOST;
    out.cell += gap;
    out.n = (SAY_WIDTH - out.label - out.now) / out.cell;
    out.n = out.n < 1 ? 1 : out.n < MOST_YEARS ? out.n : MOST_YEARS;
    out.n = out.n < forecast->n_year ? out.n : forecast->n_year;
    for (size_t c = 0; c < out.n; c++) {
        out.year[c] = c + 1 < out.n ? c : forecast->n_year - 1;
    }
    return out;
}

static void children(const pc_forecast *forecast, pc_day extract, FILE *stream)
{
    layout out = lay_out(forecast, 2);
    char text[3 * SAY_SIZE];

    out = out.n < forecast->n_year ? lay_out(forecast, 1) : out;
    say_left(stream, "Children", out.label);
    say_right(stream, say_day_short(extract, text), out.now);
    for (size_t c = 0; c < out.n; c++) {
        say_right(stream, say_day_short(summary_year_end(forecast, out.year[c]), text), out.cell);
    }
    fputc('\n', stream);
    for (size_t category = 0; category <= forecast->n_category; category++) {
        size_t now = all_la(forecast) * (forecast->n_category + 1) + category;

        if (!worth_a_line(forecast, category)) {
            continue;
        }
        say_left(stream, label_of(forecast, category), out.label);
        say_right(stream, say_count((double)forecast->children_now[now], text), out.now);
        for (size_t c = 0; c < out.n; c++) {
            say_right(
                stream,
                summary_range(annual(forecast, PC_MEASURE_CHILDREN, category, out.year[c]), say_count, text),
                out.cell);
        }
        fputc('\n', stream);
    }
    if (out.n < forecast->n_year) {
        fputs("The years between are in annual.csv.\n", stream);
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

static void years(const pc_forecast *forecast, FILE *stream)
{
    size_t n = forecast->has[PC_MEASURE_COST] ? MOST_COLUMNS : MOST_COLUMNS - 1;
    size_t width[MOST_COLUMNS], total = year_widths(forecast, n, width), label = year_label(forecast, false),
                                gap;
    bool brief = label + total + n > SAY_WIDTH;
    char text[3 * SAY_SIZE];

    label = brief ? year_label(forecast, true) : label;
    total += label;
    gap = total + 3 * n <= SAY_WIDTH ? 3 : total + 2 * n <= SAY_WIDTH ? 2 : 1;
    say_left(stream, "Year", label);
    for (size_t c = 0; c < n; c++) {
        say_right(stream, year_column[c].head, width[c] + gap);
    }
    fputc('\n', stream);
    for (size_t year = 0; year < forecast->n_year; year++) {
        say_left(stream, summary_year(&forecast->year[year], brief, text), label);
        for (size_t c = 0; c < n; c++) {
            const pc_statistics *value = annual(forecast, year_column[c].measure, forecast->n_category, year);

            say_right(stream, summary_range(value, year_column[c].say, text), width[c] + gap);
        }
        fputc('\n', stream);
    }
    for (size_t year = 0; brief && year < forecast->n_year; year++) {
        if (forecast->year[year].months < 12) {
            fprintf(stream, "* %s\n", summary_year(&forecast->year[year], false, text));
        }
    }
    if (n < MOST_COLUMNS) {
        fputs("No prices are given (key costs), so there is no bill.\n", stream);
    }
}

static void add_words(char **text, const char *separator, const char *words)
{
    char *longer = *text == NULL ? pc_copy_text(words) : pc_format_text("%s%s%s", *text, separator, words);

    free(*text);
    *text = longer;
}

/* Which layers widen the ranges, with the share of each in the variance of the last total. */
static void uncertainty(const pc_scenario *scenario, const pc_forecast *forecast, FILE *stream)
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
        say_paragraph(stream, "Ranges    ", held);
    }
    free(held);
    free(off);
}

/* The newest 31 March, this tool's count beside that of the national rules or the published one. */
static void tie(const pc_tieout *tieout, FILE *stream)
{
    const pc_tieout_row *newest = NULL;
    char date[SAY_SIZE], engine[SAY_SIZE], other[SAY_SIZE], line[4 * SAY_SIZE];
    bool published;

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
    snprintf(line, sizeof line, "%s: %s children counted here, %s %s", say_day(newest->date, date),
             say_count((double)newest->engine, engine),
             say_count((double)(published ? newest->published : newest->official_rule), other),
             published ? "published" : "by the national rules");
    say_paragraph(stream, "Ties      ", line);
}

void pc_report_summary(const pc_run_record *record, FILE *stream)
{
    const pc_forecast *forecast = record->forecast;

    about(record, stream);
    if (forecast->replicates > 0) {
        fputs("\nIn brackets: the range that 8 of 10 simulated futures fall in.\n\n", stream);
    } else {
        fputc('\n', stream);
    }
    children(forecast, record->model->extract, stream);
    fputc('\n', stream);
    years(forecast, stream);
    fputc('\n', stream);
    summary_targets(forecast, stream);
    summary_trend(record->model, record->scenario, stream);
    uncertainty(record->scenario, forecast, stream);
    summary_skill(record, stream);
    summary_cleaned(record, stream);
    tie(record->tieout, stream);
    summary_left_out(record->model, stream);
    summary_assumptions(record->diagnostics, ASSUMPTIONS_MOST, " in run.json", stream);
    summary_written(record, stream);
}
