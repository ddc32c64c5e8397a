#include "report/compare_parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { NAMES_MOST = 5 };

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

void compare_scenario_heads(summary_table *table, const pc_comparison *of)
{
    for (size_t at = 0; at < of->n; at++) {
        summary_table_cell(table, at, compare_short_name(of, at));
    }
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
    } else if (table->n_column <= 2) {
        summary_brief_money(value, 0.0, text);
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
    compare_scenario_heads(&table, of);
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
    char end[SAY_SIZE], heading[3 * SAY_SIZE];
    bool any = false, any_cost = false;
    int replicates = 0;

    for (size_t at = 0; at < of->n; at++) {
        any |= parts[at].n > 0;
        any_cost |= parts[at].has_cost;
        if (parts[at].n > 0 && (replicates == 0 || parts[at].replicates < replicates)) {
            replicates = parts[at].replicates;
        }
    }
    if (!any) {
        return;
    }
    say_newline(page);
    if (any_cost) {
        summary_year(&forecast->year[forecast->n_year - 1], true, end);
    } else {
        say_day_short(forecast->month_end[forecast->n_month - 1], end);
    }
    snprintf(heading, sizeof heading, "Alone, %s %s", any_cost ? "bill" : "children", end);
    if (alone_by_scenario(of, parts, any_cost ? PC_ALONE_COST : PC_ALONE_CHILDREN, heading, page)) {
        say_words(page, "", "Each against none at all, %d futures; ranges, the others, children: alone.csv.",
                  replicates);
    } else {
        say_words(page, "", "Each against none at all, %d futures; ranges, years, children: alone.csv.",
                  replicates);
    }
}
