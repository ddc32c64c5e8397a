/* summary_text.c - the one-screen summary of a run, for a finance officer. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "report/say.h"
#include "report/summary_parts.h"

enum { P10 = 2, P90 = 6, LABEL_MOST = 26, ASSUMPTIONS_MOST = 4, MOST_YEARS = 8 };

typedef char *(*say_function)(double value, char text[SAY_SIZE]);

/* "63 (58-68)", or the mean alone where the range is not known. */
static char *say_range(const pc_statistics *value, say_function say, char text[3 * SAY_SIZE])
{
    char mean[SAY_SIZE], low[SAY_SIZE], high[SAY_SIZE];

    say(value->mean, mean);
    if (isfinite(value->quantile[P10]) && isfinite(value->quantile[P90])) {
        snprintf(text, 3 * SAY_SIZE, "%s (%s-%s)", mean, say(value->quantile[P10], low),
                 say(value->quantile[P90], high));
    } else {
        memcpy(text, mean, strlen(mean) + 1);
    }
    return text;
}

static size_t all_la(const pc_forecast *forecast)
{
    return forecast->n_la - 1; /* "all" when there are several, else the only one */
}

static const pc_statistics *annual(const pc_forecast *forecast, pc_measure measure, size_t category,
                                   size_t year)
{
    return pc_forecast_annual(forecast, all_la(forecast), measure, category, year);
}

/* The last day that year's forecast covers: 31 March, unless the forecast ends before. */
static pc_day year_end(const pc_forecast *forecast, size_t year)
{
    size_t month = 0;

    for (size_t y = 0; y <= year; y++) {
        month += (size_t)forecast->year[y].months;
    }
    return forecast->month_end[month - 1];
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

/* Which years fit beside the label: the first ones, and always the last. */
static size_t choose_years(const pc_forecast *forecast, size_t cell, size_t room, size_t *chosen)
{
    size_t n = room / cell;

    n = n < 1 ? 1 : n < MOST_YEARS ? n : MOST_YEARS;
    n = n < forecast->n_year ? n : forecast->n_year;
    for (size_t c = 0; c < n; c++) {
        chosen[c] = c + 1 < n ? c : forecast->n_year - 1;
    }
    return n;
}

static const char *label_of(const pc_forecast *forecast, size_t category)
{
    return category < forecast->n_category ? forecast->category_label[category] : "All children";
}

static void children(const pc_forecast *forecast, pc_day extract, FILE *stream)
{
    size_t label = 0, cell = 0, chosen[MOST_YEARS], n_chosen;
    char text[3 * SAY_SIZE];

    for (size_t category = 0; category <= forecast->n_category; category++) {
        size_t columns = say_columns(label_of(forecast, category));

        label = worth_a_line(forecast, category) && columns > label ? columns : label;
        for (size_t year = 0; year < forecast->n_year; year++) {
            columns = say_columns(
                say_range(annual(forecast, PC_MEASURE_CHILDREN, category, year), say_count, text));
            cell = columns > cell ? columns : cell;
        }
    }
    label = label < LABEL_MOST ? label : LABEL_MOST;
    cell = (cell > 11 ? cell : 11) + 2; /* 11: a date */
    n_chosen = choose_years(forecast, cell, SAY_WIDTH - label - 13, chosen);

    say_left(stream, "Children", label);
    say_right(stream, say_day_short(extract, text), 13);
    for (size_t c = 0; c < n_chosen; c++) {
        say_right(stream, say_day_short(year_end(forecast, chosen[c]), text), cell);
    }
    fputc('\n', stream);
    for (size_t category = 0; category <= forecast->n_category; category++) {
        size_t now = all_la(forecast) * (forecast->n_category + 1) + category;

        if (!worth_a_line(forecast, category)) {
            continue;
        }
        say_left(stream, label_of(forecast, category), label);
        say_right(stream, say_count((double)forecast->children_now[now], text), 13);
        for (size_t c = 0; c < n_chosen; c++) {
            say_right(stream,
                      say_range(annual(forecast, PC_MEASURE_CHILDREN, category, chosen[c]), say_count, text),
                      cell);
        }
        fputc('\n', stream);
    }
    if (n_chosen < forecast->n_year) {
        fputs("The years between are in annual.csv.\n", stream);
    }
}

static void years(const pc_forecast *forecast, FILE *stream)
{
    size_t all = forecast->n_category;
    bool cost = forecast->has[PC_MEASURE_COST];
    char text[3 * SAY_SIZE];

    fprintf(stream, "%-20s%20s%20s%s\n", "Financial year", "starts", "leavers",
            cost ? "      placement bill" : "");
    for (size_t year = 0; year < forecast->n_year; year++) {
        char name[PC_DAY_TEXT_SIZE], part[SAY_SIZE];
        int months = forecast->year[year].months;

        snprintf(part, sizeof part, months < 12 ? "%s (%d month%s)" : "%s",
                 pc_financial_year_format(forecast->year[year].year, name), months, months == 1 ? "" : "s");
        say_left(stream, part, 20);
        say_right(stream, say_range(annual(forecast, PC_MEASURE_STARTS, all, year), say_count, text), 20);
        say_right(stream, say_range(annual(forecast, PC_MEASURE_CEASES, all, year), say_count, text), 20);
        if (cost) {
            say_range(annual(forecast, PC_MEASURE_COST, all, year), say_money, text);
            say_right(stream, text, 20);
        }
        fputc('\n', stream);
    }
    if (!cost) {
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

static void left_out(const pc_model *model, FILE *stream)
{
    size_t n = 0, n_child = 0;
    char some[SAY_SIZE], all[SAY_SIZE], line[3 * SAY_SIZE];

    for (size_t a = 0; a < model->n_authority; a++) {
        n += model->authority[a].left_out;
        n_child += model->authority[a].n_child;
    }
    if (n > 0) {
        snprintf(line, sizeof line, "%s of the %s children in care %s left out: no birth date is known.",
                 say_count((double)n, some), say_count((double)(n + n_child), all), n == 1 ? "is" : "are");
        say_paragraph(stream, "Left out  ", line);
    }
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
    uncertainty(record->scenario, forecast, stream);
    summary_cleaned(record, stream);
    left_out(record->model, stream);
    summary_assumptions(record->diagnostics, ASSUMPTIONS_MOST, " in run.json", stream);
    summary_written(record, stream);
}
