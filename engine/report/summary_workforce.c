/* The lines of the summary on cases, posts and staff. */
#include <math.h>
#include <string.h>

#include "report/summary_parts.h"

static const pc_statistics *year_of(const pc_forecast *forecast, pc_workload_measure measure, size_t year)
{
    const pc_workload_result *from = &forecast->workload;

    for (size_t at = 0; at < from->n_series; at++) {
        if (from->measure[at] == measure && strcmp(from->category[at], "all") == 0) {
            return &from->annual[at * forecast->n_year + year];
        }
    }
    return NULL;
}

void summary_workforce(const pc_forecast *forecast, const say_page *page)
{
    static const struct {
        pc_workload_measure measure;
        const char *words;
        summary_say say;
    } part[] = {{PC_WORKLOAD_OPEN, "open cases", say_count},
                {PC_WORKLOAD_NEEDED, "posts needed for cases", say_count},
                {PC_WORKLOAD_POSTS, "posts in all teams", say_count},
                {PC_WORKLOAD_STAFF_COST, "for staff", say_money}};

    for (size_t year = 0; year < forecast->n_year && forecast->workload.n_series > 0; year++) {
        char line[8 * SAY_SIZE] = "", first[SAY_SIZE], range[3 * SAY_SIZE];
        size_t n = 0;

        for (size_t at = 0; at < sizeof part / sizeof part[0]; at++) {
            const pc_statistics *value = year_of(forecast, part[at].measure, year);
            bool exact = part[at].measure == PC_WORKLOAD_POSTS;

            if (value != NULL && isfinite(value->mean)) {
                n += (size_t)snprintf(line + n, sizeof line - n, "%s%s %s", n > 0 ? ", " : "",
                                      exact ? part[at].say(value->mean, first)
                                            : summary_range(value, part[at].say, range),
                                      part[at].words);
            }
        }
        if (n > 0) {
            char name[SAY_SIZE], text[10 * SAY_SIZE];

            snprintf(text, sizeof text, "%s: %s", summary_year(&forecast->year[year], false, name), line);
            say_paragraph(page, year == 0 ? "Workforce " : "          ", text);
        }
    }
}
