#include "report/compare_parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS_MOST = 12, NAMES_MOST = 8 };

/* What all names begin with, in whole words: columns are narrow. */
static size_t shared_words(const pc_comparison *of)
{
    const char *first = of->forecast[0].scenario;
    size_t length = 0;

    for (size_t at = 0; first[at] != '\0'; at++) {
        for (size_t other = 1; other < of->n; other++) {
            if (of->forecast[other].scenario[at] != first[at]) {
                return length;
            }
        }
        length = first[at] == ' ' ? at + 1 : length;
    }
    return length;
}

const char *compare_short_name(const pc_comparison *of, size_t at)
{
    return of->forecast[at].scenario + shared_words(of);
}

void compare_year_heads(summary_table *table, const pc_forecast *forecast)
{
    char text[SAY_SIZE];

    for (size_t year = 0; year < forecast->n_year; year++) {
        summary_table_cell(table, year, summary_year(&forecast->year[year], true, text));
    }
}

/* Of kinds that treat children: "6 of 120" changed of those treated. */
static void treated_row(summary_table *table, const pc_forecast *forecast, size_t which)
{
    size_t row = ((forecast->n_la - 1) * forecast->n_intervention + which) * 2;
    char label[2 * SAY_SIZE], cell[3 * SAY_SIZE], changed[SAY_SIZE], treated[SAY_SIZE];

    snprintf(label, sizeof label, "  %s", forecast->intervention[which]);
    summary_table_row(table, label);
    for (size_t year = 0; year < forecast->n_year; year++) {
        say_count(forecast->treated_annual[(row + 1) * forecast->n_year + year].mean, changed);
        say_count(forecast->treated_annual[row * forecast->n_year + year].mean, treated);
        snprintf(cell, sizeof cell, "%s of %s", changed, treated);
        summary_table_cell(table, year, cell);
    }
}

static bool treats(const pc_forecast *forecast, size_t which)
{
    return summary_treats_children(forecast->intervention_kind[which]);
}

/* The name of a scenario, and its interventions year by year. */
static void treated_by_year(const pc_comparison *of, const say_page *page)
{
    summary_table table;

    summary_table_begin(&table, "Changed of those treated", of->forecast[0].n_year);
    compare_year_heads(&table, &of->forecast[0]);
    for (size_t at = 0; at < of->n; at++) {
        const pc_forecast *forecast = &of->forecast[at];
        bool named = false;

        for (size_t which = 0; which < forecast->n_intervention; which++) {
            if (treats(forecast, which) && !named) {
                summary_table_row(&table, forecast->scenario);
                named = true;
            }
            if (treats(forecast, which)) {
                treated_row(&table, forecast, which);
            }
        }
    }
    (void)summary_table_end(&table, page);
}

/* The n-th name among the interventions of all scenarios, each once; NULL beyond the last. */
static const char *nth_name(const pc_comparison *of, size_t n)
{
    for (size_t at = 0; at < of->n; at++) {
        for (size_t which = 0; which < of->forecast[at].n_intervention; which++) {
            const char *name = of->forecast[at].intervention[which];
            bool before = false;

            for (size_t earlier = 0; earlier < at && !before; earlier++) {
                before = summary_find(of->forecast[earlier].intervention,
                                      of->forecast[earlier].n_intervention, name) >= 0;
            }
            if (!before && n-- == 0) {
                return name;
            }
        }
    }
    return NULL;
}

static void scenario_heads(summary_table *table, const pc_comparison *of)
{
    for (size_t at = 0; at < of->n; at++) {
        summary_table_cell(table, at, compare_short_name(of, at));
    }
}

/* Over the whole period, a column for each scenario. */
static void treated_by_scenario(const pc_comparison *of, const say_page *page)
{
    summary_table table;
    const char *name;

    say_paragraph(page, "", "Changed of those treated, all years together");
    summary_table_begin(&table, "Children", of->n);
    scenario_heads(&table, of);
    for (size_t n = 0; (name = nth_name(of, n)) != NULL; n++) {
        bool named = false;

        for (size_t at = 0; at < of->n; at++) {
            const pc_forecast *forecast = &of->forecast[at];
            int which = summary_find(forecast->intervention, forecast->n_intervention, name);
            size_t row = ((forecast->n_la - 1) * forecast->n_intervention + (size_t)which) * 2;
            double sum[2] = {0.0, 0.0};
            char cell[3 * SAY_SIZE], treated[SAY_SIZE], changed[SAY_SIZE];

            if (which < 0 || !treats(forecast, (size_t)which)) {
                continue;
            }
            for (size_t year = 0; year < forecast->n_year; year++) {
                sum[0] += forecast->treated_annual[row * forecast->n_year + year].mean;
                sum[1] += forecast->treated_annual[(row + 1) * forecast->n_year + year].mean;
            }
            if (!named) {
                summary_table_row(&table, name);
                named = true;
            }
            snprintf(cell, sizeof cell, "%s of %s", say_count(sum[1], changed), say_count(sum[0], treated));
            summary_table_cell(&table, at, cell);
        }
    }
    (void)summary_table_end(&table, page);
}

void compare_interventions(const pc_comparison *of, const say_page *page)
{
    size_t rows = 0;

    for (size_t at = 0; at < of->n; at++) {
        for (size_t which = 0; which < of->forecast[at].n_intervention; which++) {
            rows += treats(&of->forecast[at], which);
        }
    }
    if (rows == 0) {
        return;
    }
    say_newline(page);
    if (rows <= ROWS_MOST) {
        treated_by_year(of, page);
    } else {
        treated_by_scenario(of, page);
    }
}

static void part_row(summary_table *table, const char *label, const pc_alone *of, size_t part)
{
    size_t last = of->n_year - 1;
    char text[3 * SAY_SIZE];

    summary_table_row(table, label);
    for (int m = 0; m < PC_N_ALONE; m++) {
        if (m != PC_ALONE_COST || of->has_cost) {
            summary_table_cell(table, (size_t)m,
                               summary_range(pc_alone_difference(of, part, (pc_alone_measure)m, last),
                                             m == PC_ALONE_COST ? say_money : say_count, text));
        }
    }
}

static void sum_row(summary_table *table, const pc_alone *of)
{
    char text[SAY_SIZE];

    summary_table_row(table, "  sum of the parts");
    for (int m = 0; m < PC_N_ALONE; m++) {
        double sum = 0.0;

        for (size_t part = 0; part < of->n; part++) {
            sum += pc_alone_difference(of, part, (pc_alone_measure)m, of->n_year - 1)->mean;
        }
        if (m != PC_ALONE_COST || of->has_cost) {
            summary_table_cell(table, (size_t)m,
                               m == PC_ALONE_COST ? say_money(sum, text) : say_count(sum, text));
        }
    }
}

static void alone_of(const pc_forecast *forecast, const pc_alone *parts, const say_page *page)
{
    summary_table table;
    char year[SAY_SIZE], text[2 * SAY_SIZE];

    summary_table_begin(&table, forecast->scenario, parts->has_cost ? PC_N_ALONE : PC_N_ALONE - 1);
    summary_table_cell(&table, 0, "children");
    summary_table_cell(&table, 1, "residential");
    if (parts->has_cost) {
        summary_year(&forecast->year[forecast->n_year - 1], true, year);
        snprintf(text, sizeof text, "bill %s", year);
        summary_table_cell(&table, 2, text);
    }
    for (size_t part = 0; part < parts->n; part++) {
        snprintf(text, sizeof text, "  %s", parts->name[part]);
        part_row(&table, text, parts, part);
    }
    if (parts->n > 1) {
        sum_row(&table, parts);
        part_row(&table, "  all together", parts, parts->n);
    }
    (void)summary_table_end(&table, page);
}

/* How large an intervention's effect is in the scenario in which it is largest. */
static double weight(const pc_comparison *of, const pc_alone *parts, const char *name,
                     pc_alone_measure measure)
{
    double most = 0.0;

    for (size_t at = 0; at < of->n; at++) {
        int part = summary_find(parts[at].name, parts[at].n, name);
        double size =
            part < 0
                ? 0.0
                : fabs(pc_alone_difference(&parts[at], (size_t)part, measure, parts[at].n_year - 1)->mean);

        most = size > most ? size : most;
    }
    return most;
}

/* Whether fewer than NAMES_MOST others weigh more. */
static bool is_among_the_largest(const pc_comparison *of, const pc_alone *parts, size_t n,
                                 pc_alone_measure measure)
{
    double mine = weight(of, parts, nth_name(of, n), measure);
    size_t larger = 0;
    const char *name;

    for (size_t other = 0; (name = nth_name(of, other)) != NULL; other++) {
        double theirs = weight(of, parts, name, measure);

        larger += theirs > mine || (other < n && !(theirs < mine));
    }
    return larger < NAMES_MOST;
}

/* Ranges of money would leave no room for more than two scenarios. */
static void part_cell(summary_table *table, size_t at, const pc_alone *of, size_t part,
                      pc_alone_measure measure)
{
    const pc_statistics *value = pc_alone_difference(of, part, measure, of->n_year - 1);
    char text[3 * SAY_SIZE];

    if (measure != PC_ALONE_COST) {
        summary_range(value, say_count, text);
    } else {
        say_money(value->mean, text);
    }
    summary_table_cell(table, at, text);
}

static void all_together(summary_table *table, const pc_comparison *of, const pc_alone *parts,
                         pc_alone_measure measure)
{
    char text[SAY_SIZE];

    summary_table_row(table, "sum of the parts");
    for (size_t at = 0; at < of->n; at++) {
        double sum = 0.0;

        for (size_t part = 0; part < parts[at].n; part++) {
            sum += pc_alone_difference(&parts[at], part, measure, parts[at].n_year - 1)->mean;
        }
        if (parts[at].n > 0) {
            summary_table_cell(table, at,
                               measure == PC_ALONE_COST ? say_money(sum, text) : say_count(sum, text));
        }
    }
    summary_table_row(table, "all together");
    for (size_t at = 0; at < of->n; at++) {
        if (parts[at].n > 0) {
            part_cell(table, at, &parts[at], parts[at].n, measure);
        }
    }
}

/* The largest effects, a column for each scenario. Returns whether some are not shown. */
static bool alone_by_scenario(const pc_comparison *of, const pc_alone *parts, pc_alone_measure measure,
                              const char *heading, const say_page *page)
{
    summary_table table;
    bool all = true;
    const char *name;

    summary_table_begin(&table, heading, of->n);
    scenario_heads(&table, of);
    for (size_t n = 0; (name = nth_name(of, n)) != NULL; n++) {
        if (!is_among_the_largest(of, parts, n, measure)) {
            all = false;
            continue;
        }
        summary_table_row(&table, name);
        for (size_t at = 0; at < of->n; at++) {
            int part = summary_find(parts[at].name, parts[at].n, name);

            if (part >= 0) {
                part_cell(&table, at, &parts[at], (size_t)part, measure);
            }
        }
    }
    all_together(&table, of, parts, measure);
    return !summary_table_end(&table, page) || !all;
}

void compare_alone(const pc_comparison *of, const pc_alone *parts, const say_page *page)
{
    const pc_forecast *forecast = &of->forecast[0];
    size_t rows = 0;
    bool any_cost = false, more = false;
    char end[SAY_SIZE], year[SAY_SIZE], heading[2 * SAY_SIZE];
    int replicates = 0;

    for (size_t at = 0; at < of->n; at++) {
        rows += parts[at].n;
        any_cost |= parts[at].has_cost;
        if (parts[at].n > 0 && (replicates == 0 || parts[at].replicates < replicates)) {
            replicates = parts[at].replicates;
        }
    }
    if (rows == 0) {
        return;
    }
    say_day_short(forecast->month_end[forecast->n_month - 1], end);
    say_newline(page);
    say_words(page, "", "Each intervention alone, against none at all, on %s (%d futures)", end, replicates);
    for (size_t at = 0; rows <= ROWS_MOST && at < of->n; at++) {
        if (parts[at].n > 0) {
            alone_of(&of->forecast[at], &parts[at], page);
        }
    }
    if (rows > ROWS_MOST) {
        more = alone_by_scenario(of, parts, PC_ALONE_CHILDREN, "Children", page);
    }
    if (rows > ROWS_MOST && any_cost) {
        snprintf(heading, sizeof heading, "Bill %s",
                 summary_year(&forecast->year[forecast->n_year - 1], true, year));
        more |= alone_by_scenario(of, parts, PC_ALONE_COST, heading, page);
    }
    if (more) {
        say_paragraph(page, "", "The others are in alone.csv.");
    }
}

/* Where a target of that name stands among those of a scenario; -1: it has none. */
static int find_target(const pc_forecast *forecast, const char *name)
{
    for (size_t at = 0; at < forecast->n_target; at++) {
        if (strcmp(forecast->target[at].name, name) == 0) {
            return (int)at;
        }
    }
    return -1;
}

static void target_row(summary_table *table, const pc_comparison *of, const char *name)
{
    char text[SAY_SIZE];

    summary_table_row(table, name);
    for (size_t at = 0; at < of->n; at++) {
        int which = find_target(&of->forecast[at], name);

        if (which >= 0) {
            summary_table_cell(table, at, summary_chance(of->forecast[at].target[which].probability, text));
        }
    }
}

void compare_targets(const pc_comparison *of, const say_page *page)
{
    summary_table table;
    bool any = false;

    summary_table_begin(&table, "Chance of meeting a target", of->n);
    scenario_heads(&table, of);
    for (size_t at = 0; at < of->n; at++) {
        for (size_t which = 0; which < of->forecast[at].n_target; which++) {
            const char *name = of->forecast[at].target[which].name;
            bool before = false;

            for (size_t earlier = 0; earlier < at; earlier++) {
                before |= find_target(&of->forecast[earlier], name) >= 0;
            }
            if (!before) {
                target_row(&table, of, name);
                any = true;
            }
        }
    }
    if (!any) {
        summary_table_drop(&table);
        return;
    }
    say_newline(page);
    (void)summary_table_end(&table, page);
    summary_say_seek(page);
}
