/* budget_recurring.c - a saving leaves the budget for good, since the next year begins with what was left;
 * the outturn has no memory, so that there it needs a line for each year in which it is made. */
#include <string.h>

#include "scenario/budget_rows.h"

static bool same_plan(const pc_budget_line *a, const pc_budget_line *b)
{
    return strcmp(a->line, b->line) == 0 && strcmp(a->holder, b->holder) == 0;
}

/* Whether the saving has been taken out of the budget by the year of the line. */
static bool left_budget(const pc_budget *budget, const pc_budget_line *line)
{
    bool left = false;

    for (size_t at = 0; at < budget->n; at++) {
        const pc_budget_line *other = &budget->line[at];

        left = left || (other->side == PC_BUDGET_SIDE_BUDGET && other->kind == PC_BUDGET_SAVING &&
                        other->year <= line->year && same_plan(other, line));
    }
    return left;
}

/* Whether anything says what becomes of it in the year after: a line of its name on either side, or a budget
 * that begins anew. */
static bool told_after(const pc_budget *budget, const pc_budget_line *line)
{
    bool told = false;

    for (size_t at = 0; at < budget->n; at++) {
        const pc_budget_line *other = &budget->line[at];
        bool opens = other->side == PC_BUDGET_SIDE_BUDGET && other->kind == PC_BUDGET_OPENING &&
                     strcmp(other->holder, line->holder) == 0;

        told = told || (other->year == line->year + 1 && (opens || same_plan(other, line)));
    }
    return told;
}

void scenario_warn_of_savings(const pc_scenario *scenario, pc_diagnostics *diagnostics)
{
    const pc_budget *budget = &scenario->budget_table;
    int last = pc_financial_year(pc_month_first_day(pc_month_of_day(scenario->start) + scenario->months) - 1);

    for (size_t at = 0; at < budget->n; at++) {
        const pc_budget_line *line = &budget->line[at];
        char year[PC_DAY_TEXT_SIZE], after[PC_DAY_TEXT_SIZE];

        if (line->side != PC_BUDGET_SIDE_OUTTURN || line->kind != PC_BUDGET_SAVING || line->year >= last ||
            !left_budget(budget, line) || told_after(budget, line)) {
            continue;
        }
        pc_diagnostics_add(diagnostics, PC_WARNING, budget_place(budget, line, "year"),
                           "the saving %.80s leaves the budget for good, but the outturn of %s alone: from "
                           "%s on it counts as "
                           "not made; expected a line of the outturn for each year in which it is made",
                           line->line, pc_financial_year_format(line->year, year),
                           pc_financial_year_format(line->year + 1, after));
    }
}
