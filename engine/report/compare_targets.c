/* compare_targets.c - the chance of each target, scenario by scenario. */
#include <string.h>

#include "report/compare_parts.h"

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
    compare_scenario_heads(&table, of);
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
