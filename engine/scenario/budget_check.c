/* What only all budget lines together can say. */
#include <string.h>

#include "placecast/measure.h"
#include "scenario/budget_names.h"
#include "scenario/budget_rows.h"
#include "scenario/workload_name.h"

typedef struct checker {
    const pc_scenario *scenario;
    const pc_budget *budget;
    pc_diagnostics *diagnostics;
    size_t n_error;
    bool no_memory;
} checker;

pc_place budget_place(const pc_budget *budget, const pc_budget_line *line, const char *column)
{
    return (pc_place){.file = budget->file,
                      .line = line->row,
                      .column = line->column,
                      .column_name = line->column == 0 ? column : NULL};
}

static bool same_holder(const pc_budget_line *a, const pc_budget_line *b)
{
    return strcmp(a->holder, b->holder) == 0;
}

static const char *holder_text(const char *holder)
{
    return holder[0] == '\0' ? "without a holder" : holder;
}

/* Kinds of which a side, year and holder have one at most; of modelled lines, one for each name. */
static bool is_once(pc_budget_kind kind)
{
    return kind == PC_BUDGET_OPENING || kind == PC_BUDGET_CLOSING_STATED || kind == PC_BUDGET_GAP_STATED ||
           kind == PC_BUDGET_MODELLED;
}

static void check_once(checker *self, size_t at)
{
    const pc_budget_line *line = &self->budget->line[at];

    for (size_t other = 0; other < at && is_once(line->kind); other++) {
        const pc_budget_line *before = &self->budget->line[other];

        if (before->kind == line->kind && before->year == line->year && same_holder(before, line) &&
            (before->side == line->side || line->kind == PC_BUDGET_GAP_STATED) &&
            (line->kind != PC_BUDGET_MODELLED || strcmp(before->line, line->line) == 0)) {
            pc_diagnostics_add(
                self->diagnostics, PC_ERROR, budget_place(self->budget, line, "kind"),
                "found %s again for that year, side and holder, expected it once: row %ld is one",
                pc_budget_kind_name(line->kind), before->row);
            self->n_error++;
            return;
        }
    }
}

/* The kind of line that a side must have in some year: any of them when `year` is 0. */
static bool side_has(const checker *self, const pc_budget_line *like, int up_to, pc_budget_kind kind)
{
    for (size_t l = 0; l < self->budget->n; l++) {
        const pc_budget_line *line = &self->budget->line[l];

        if (line->side == like->side && same_holder(line, like) && line->kind == kind &&
            (line->year == like->year || (line->year < like->year && line->year >= up_to))) {
            return true;
        }
    }
    return false;
}

static bool moves(const pc_budget_line *line)
{
    return line->kind != PC_BUDGET_RESERVE && line->kind != PC_BUDGET_GAP_STATED;
}

/* The first line of its side, year and holder: what is wrong with these is said once. */
static bool is_first_of_its_year(const checker *self, size_t at)
{
    const pc_budget_line *line = &self->budget->line[at];

    for (size_t other = 0; other < at; other++) {
        const pc_budget_line *before = &self->budget->line[other];

        if (moves(before) && before->side == line->side && before->year == line->year &&
            same_holder(before, line)) {
            return false;
        }
    }
    return true;
}

static void check_opening(checker *self, size_t at)
{
    const pc_budget_line *line = &self->budget->line[at];
    char year[PC_DAY_TEXT_SIZE];

    if (!moves(line) || !is_first_of_its_year(self, at)) {
        return;
    }
    pc_financial_year_format(line->year, year);
    if (line->side == PC_BUDGET_SIDE_BUDGET && !side_has(self, line, 0, PC_BUDGET_OPENING)) {
        pc_diagnostics_add(
            self->diagnostics, PC_ERROR, budget_place(self->budget, line, "kind"),
            "the budget of %s (%s) has no opening, nor has a year before it: expected a line of "
            "kind opening",
            year, holder_text(line->holder));
        self->n_error++;
    } else if (line->side == PC_BUDGET_SIDE_OUTTURN &&
               pc_budget_has_outturn(self->budget, line->year, line->holder) &&
               !side_has(self, line, line->year, PC_BUDGET_OPENING) &&
               !side_has(self, line, line->year, PC_BUDGET_MODELLED)) {
        pc_diagnostics_add(
            self->diagnostics, PC_ERROR, budget_place(self->budget, line, "kind"),
            "the outturn of %s (%s) has neither a line of kind opening nor one of kind modelled: "
            "expected what is spent before these changes, such as `cost_gbp` of kind modelled",
            year, holder_text(line->holder));
        self->n_error++;
    }
}

static bool is_intervention(const pc_scenario *scenario, const char *name)
{
    for (size_t i = 0; i < scenario->n_intervention; i++) {
        if (strcmp(scenario->intervention[i].name, name) == 0) {
            return true;
        }
    }
    return false;
}

/* A line filled in by the workforce needs a workforce file that gives the cost. What is wrong with that file
 * has been said. */
static void check_workload(checker *self, const pc_budget_line *line, pc_workload_measure measure,
                           const char *category)
{
    const pc_scenario *scenario = self->scenario;
    bool given = false;

    if ((scenario->workforce != NULL || scenario->front_door != NULL) &&
        scenario->workforce_plan.file == NULL) {
        return;
    }
    if (scenario->method == PC_METHOD_EXPECTED) {
        pc_diagnostics_add(self->diagnostics, PC_ERROR, budget_place(self->budget, line, "line"),
                           "needs `method: simulate`: %.60s is not followed without",
                           pc_workload_name(measure));
        self->n_error++;
        return;
    }
    if (scenario_workload_given(&scenario->workforce_plan, measure, category, &given) != PC_OK) {
        self->no_memory = true;
    } else if (!given) {
        pc_diagnostics_add(
            self->diagnostics, PC_ERROR, budget_place(self->budget, line, "line"),
            "found %.80s, expected a cost that %s", line->line,
            scenario->workforce_plan.file == NULL
                ? "the scenario has: it has no `workforce`"
                : "the workforce file gives: staff_cost_gbp needs structures of posts, "
                  "care_leaver_cost_gbp pathways; after a blank, one of its teams or pathways");
        self->n_error++;
    }
}

/* What interventions cost: there must be one of that name, and some cost. */
static void check_programme(checker *self, const pc_budget_line *line, const char *intervention)
{
    const pc_scenario *scenario = self->scenario;
    bool found = false;

    for (size_t i = 0; i < scenario->n_intervention; i++) {
        const pc_intervention *of = &scenario->intervention[i];

        found |= (intervention[0] == '\0' || strcmp(of->name, intervention) == 0) &&
                 (of->cost_one_off > 0.0 || of->cost_annual > 0.0 || of->cost_per_child > 0.0);
    }
    if (!found) {
        pc_diagnostics_add(self->diagnostics, PC_ERROR, budget_place(self->budget, line, "line"),
                           "found %.80s, expected %s with a `cost` in the scenario", line->line,
                           intervention[0] == '\0' ? "an intervention" : "that intervention");
        self->n_error++;
    } else if (scenario->method == PC_METHOD_EXPECTED) {
        pc_diagnostics_add(self->diagnostics, PC_ERROR, budget_place(self->budget, line, "line"),
                           "needs `method: simulate`: the children that interventions reach are not "
                           "followed without");
        self->n_error++;
    }
}

static void check_line(checker *self, size_t at)
{
    const pc_budget_line *line = &self->budget->line[at];
    pc_workload_measure measure;
    const char *category;

    if (line->kind == PC_BUDGET_MODELLED && scenario_workload_name(line->line, &measure, &category) &&
        pc_workload_is_money(measure)) {
        check_workload(self, line, measure, category);
    } else if (line->kind == PC_BUDGET_MODELLED && scenario_programme_name(line->line, &category)) {
        check_programme(self, line, category);
    } else if (line->kind == PC_BUDGET_MODELLED && self->scenario->weekly == NULL) {
        pc_diagnostics_add(
            self->diagnostics, PC_ERROR, budget_place(self->budget, line, "kind"),
            "found modelled, expected `costs: {weekly: FILE}` in the scenario as well: without "
            "prices the simulation has no money to fill it with");
        self->n_error++;
    }
    if (line->replaces != NULL && !is_intervention(self->scenario, line->replaces)) {
        pc_diagnostics_add(self->diagnostics, PC_WARNING, budget_place(self->budget, line, "replaces"),
                           "%.80s is no intervention of this scenario: nothing is left out for it",
                           line->replaces);
    } else if (line->replaces != NULL && self->scenario->method == PC_METHOD_EXPECTED) {
        pc_diagnostics_add(self->diagnostics, PC_ERROR, budget_place(self->budget, line, "replaces"),
                           "needs `method: simulate`: the costs are simulated again without %.80s",
                           line->replaces);
        self->n_error++;
    }
}

/* Holders whose outturn in a forecast year is left to the simulation: the whole bill is one holder's only. */
static void check_holders(checker *self, int year)
{
    const pc_budget_line *without = NULL;
    bool other = false;
    char name[PC_DAY_TEXT_SIZE];

    for (size_t l = 0; l < self->budget->n; l++) {
        const pc_budget_line *line = &self->budget->line[l];

        if (line->year != year || line->kind == PC_BUDGET_RESERVE) {
            continue;
        }
        if (!pc_budget_has_outturn(self->budget, year, line->holder) && without == NULL) {
            without = line;
        }
        other = other || (without != NULL && !same_holder(line, without));
    }
    for (size_t l = 0; l < self->budget->n && without != NULL; l++) {
        other =
            other || (self->budget->line[l].year == year && self->budget->line[l].kind != PC_BUDGET_RESERVE &&
                      !same_holder(&self->budget->line[l], without));
    }
    if (without == NULL) {
        return;
    }
    pc_financial_year_format(year, name);
    if (other) {
        pc_diagnostics_add(
            self->diagnostics, PC_ERROR, budget_place(self->budget, without, "holder"),
            "the outturn of %s (%s) has no lines: with several holders, expected lines of kind "
            "modelled that say which costs are whose",
            name, holder_text(without->holder));
        self->n_error++;
    } else if (self->scenario->weekly == NULL) {
        pc_diagnostics_add(
            self->diagnostics, PC_ERROR, budget_place(self->budget, without, "side"),
            "there is nothing to compare the budget of %s with: expected lines of the outturn, "
            "or `costs: {weekly: FILE}` in the scenario",
            name);
        self->n_error++;
    }
}

static int last_year(const pc_scenario *scenario)
{
    return pc_financial_year(pc_month_first_day(pc_month_of_day(scenario->start) + scenario->months) - 1);
}

static void check_years(checker *self)
{
    int first = pc_financial_year(self->scenario->start), last = last_year(self->scenario);
    size_t outside = 0, inside = 0;
    char from[PC_DAY_TEXT_SIZE], to[PC_DAY_TEXT_SIZE];

    for (size_t l = 0; l < self->budget->n; l++) {
        if (self->budget->line[l].kind != PC_BUDGET_RESERVE) {
            bool in = self->budget->line[l].year >= first && self->budget->line[l].year <= last;

            inside += in;
            outside += !in;
        }
    }
    if (inside == 0) {
        pc_diagnostics_add(self->diagnostics, PC_ERROR, (pc_place){.file = self->budget->file},
                           "no line is of a year of the forecast: expected years from %s to %s",
                           pc_financial_year_format(first, from), pc_financial_year_format(last, to));
        self->n_error++;
    } else if (outside > 0) {
        pc_diagnostics_add(
            self->diagnostics, PC_WARNING, (pc_place){.file = self->budget->file},
            "%zu lines are of years outside the forecast (%s to %s): they are added up, and not "
            "compared with it",
            outside, pc_financial_year_format(first, from), pc_financial_year_format(last, to));
    }
    for (int year = first; year <= last; year++) {
        check_holders(self, year);
    }
}

/* The outturn line that an actual is the spend to date of: how many match, and whether one is left to the
 * simulation as a whole. */
static size_t matches(const pc_budget *budget, const pc_actual *actual)
{
    size_t n = 0;
    bool any = false;

    for (size_t l = 0; l < budget->n; l++) {
        const pc_budget_line *line = &budget->line[l];

        if (line->year == actual->year && line->side == PC_BUDGET_SIDE_OUTTURN &&
            line->kind != PC_BUDGET_CLOSING_STATED) {
            any = any || pc_budget_has_outturn(budget, line->year, line->holder);
            n += line->kind == actual->kind && strcmp(line->line, actual->line) == 0 &&
                 (actual->holder[0] == '\0' || strcmp(actual->holder, line->holder) == 0);
        }
    }
    return n == 0 && !any && actual->kind == PC_BUDGET_MODELLED ? 1 : n;
}

static void check_actual(checker *self, const pc_actuals *actuals, const pc_actual *actual)
{
    pc_place place = {.file = actuals->file, .line = actual->row};
    pc_day start = self->scenario->start;
    pc_day end = pc_month_first_day(pc_month_of_day(start) + self->scenario->months);
    bool month_end = pc_date_from_day(actual->to + 1).day == 1;
    size_t n = matches(self->budget, actual);
    char to[PC_DAY_TEXT_SIZE], before[PC_DAY_TEXT_SIZE], last[PC_DAY_TEXT_SIZE];

    pc_day_format(actual->to, to);
    place.column_name = "to";
    if (actual->to < start - 1) {
        pc_diagnostics_add(self->diagnostics, PC_ERROR, place,
                           "found %s: nothing is known of the days from then to the start of the forecast, "
                           "expected %s or a month end after it",
                           to, pc_day_format(start - 1, before));
        self->n_error++;
    } else if (actual->to >= end || (!month_end && actual->to != start - 1)) {
        pc_diagnostics_add(self->diagnostics, PC_ERROR, place,
                           "found %s, expected the day before the start (%s) or a month end up to %s", to,
                           pc_day_format(start - 1, before), pc_day_format(end - 1, last));
        self->n_error++;
    }
    place.column_name = "line";
    if (n != 1) {
        pc_diagnostics_add(self->diagnostics, PC_ERROR, place,
                           n == 0 ? "%.80s of kind %s is no line of that year's outturn, expected one of them"
                                  : "%.80s of kind %s is a line of several holders, expected a column holder",
                           actual->line, pc_budget_kind_name(actual->kind));
        self->n_error++;
    }
}

static bool has_actual(const pc_actuals *actuals, const pc_budget_line *line)
{
    for (size_t r = 0; r < actuals->n; r++) {
        const pc_actual *row = &actuals->row[r];

        if (row->year == line->year && row->kind == line->kind && strcmp(row->line, line->line) == 0 &&
            (row->holder[0] == '\0' || strcmp(row->holder, line->holder) == 0)) {
            return true;
        }
    }
    return false;
}

/* Where some of a year's spend is known, that of each modelled line must be. */
static void check_actuals(checker *self)
{
    const pc_actuals *actuals = &self->scenario->actuals_table;

    for (size_t r = 0; r < actuals->n; r++) {
        check_actual(self, actuals, &actuals->row[r]);
    }
    for (size_t l = 0; l < self->budget->n; l++) {
        const pc_budget_line *line = &self->budget->line[l];
        bool year = false;

        for (size_t r = 0; r < actuals->n; r++) {
            year = year || actuals->row[r].year == line->year;
        }
        if (year && line->kind == PC_BUDGET_MODELLED && !has_actual(actuals, line)) {
            pc_diagnostics_add(
                self->diagnostics, PC_ERROR, (pc_place){.file = actuals->file},
                "has no row for %.80s of kind modelled, expected its spend to date beside that of "
                "the other lines of the year",
                line->line);
            self->n_error++;
        }
    }
}

pc_status scenario_check_budget(const pc_scenario *scenario, pc_diagnostics *diagnostics)
{
    checker self = {.scenario = scenario, .budget = &scenario->budget_table, .diagnostics = diagnostics};

    if (scenario->budget_table.n == 0) {
        if (scenario->actuals_table.n > 0) {
            pc_diagnostics_add(
                diagnostics, PC_ERROR, (pc_place){.file = scenario->file},
                "actuals: found it without `budget`, expected both: it is spend to date of the "
                "budget's lines");
            return PC_ERR_INPUT;
        }
        return PC_OK;
    }
    for (size_t at = 0; at < self.budget->n; at++) {
        check_once(&self, at);
        check_opening(&self, at);
        check_line(&self, at);
    }
    check_years(&self);
    check_actuals(&self);
    if (self.n_error == 0) {
        scenario_warn_of_savings(scenario, diagnostics);
    }
    return self.no_memory ? PC_ERR_NO_MEMORY : self.n_error > 0 ? PC_ERR_INPUT : PC_OK;
}
