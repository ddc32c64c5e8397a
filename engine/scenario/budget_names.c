/* Which costs a budget line may leave to the simulation. */
#include "scenario/budget_names.h"

#include <string.h>

#include "placecast/measure.h"
#include "scenario/budget_rows.h"
#include "scenario/categories.h"
#include "scenario/workload_name.h"

bool scenario_programme_name(const char *text, const char **intervention)
{
    static const char name[] = "programme_cost_gbp";
    const size_t length = sizeof name - 1;

    if (strncmp(text, name, length) != 0 || (text[length] != '\0' && text[length] != ' ')) {
        return false;
    }
    *intervention = text[length] == '\0' ? text + length : text + length + 1;
    return true;
}

static bool is_cost_measure(const char *name)
{
    pc_workload_measure measure;
    const char *category;

    if (scenario_workload_name(name, &measure, &category)) {
        return pc_workload_is_money(measure);
    }
    if (scenario_programme_name(name, &category)) {
        return true;
    }
    for (int m = 0; m < PC_N_MEASURE; m++) {
        const char *known = pc_measure_name((pc_measure)m);
        size_t length = strlen(known);

        if (strcmp(known, name) == 0 && length > 4 && strcmp(known + length - 4, "_gbp") == 0) {
            return true;
        }
    }
    return false;
}

void scenario_check_budget_codes(scenario_reader *reader, const pc_codes *codes, const pc_scenario *scenario)
{
    const pc_budget *budget = &scenario->budget_table;
    char text[SCENARIO_CATEGORIES_SIZE];

    for (size_t l = 0; l < budget->n; l++) {
        const pc_budget_line *line = &budget->line[l];

        if (line->kind == PC_BUDGET_MODELLED && !is_cost_measure(line->line) &&
            pc_codes_find_category(codes, line->line) < 0) {
            scenario_problem(reader, budget_place(budget, line, "line"),
                             "found %.60s with kind modelled, expected cost_gbp or a placement category: %s",
                             line->line, scenario_category_suggest(codes, line->line, text));
        }
    }
    for (size_t r = 0; r < scenario->actuals_table.n; r++) {
        const pc_actual *row = &scenario->actuals_table.row[r];

        if (row->kind == PC_BUDGET_MODELLED && !is_cost_measure(row->line) &&
            pc_codes_find_category(codes, row->line) < 0) {
            scenario_problem(
                reader,
                (pc_place){.file = scenario->actuals_table.file, .line = row->row, .column_name = "line"},
                "found %.60s with kind modelled, expected cost_gbp or a placement category: %s", row->line,
                scenario_category_suggest(codes, row->line, text));
        }
    }
}
