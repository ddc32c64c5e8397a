/* Budget beside outturn: what is compared, and making it ready. */
#include "outcome/mtfs.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

bool mtfs_wanted(const pc_scenario *scenario)
{
    return scenario->budget_table.n > 0;
}

size_t mtfs_year(const mtfs *self, int year)
{
    for (size_t at = 0; at < self->n_year; at++) {
        if (self->of->shape.year[at].year == year) {
            return at;
        }
    }
    return SIZE_MAX;
}

static const plan_period *month_of(const mtfs *self, size_t month)
{
    return &self->of->plan[0].period[self->of->shape.first_period + month];
}

pc_day mtfs_first_day(const mtfs *self, size_t month)
{
    return self->of->plan[0].origin + month_of(self, month)->first;
}

pc_day mtfs_end_day(const mtfs *self, size_t month)
{
    return self->of->plan[0].origin + month_of(self, month)->end;
}

void mtfs_months_after(const mtfs *self, size_t year, pc_day to, size_t *first, size_t *end)
{
    const grid *shape = &self->of->shape;

    *end = 0;
    for (size_t month = 0; month < shape->n_month; month++) {
        *end = shape->year_of_month[month] == year ? month + 1 : *end;
    }
    *first = *end - (size_t)shape->year[year].months;
    while (to != PC_DAY_NONE && *first < *end && mtfs_first_day(self, *first) <= to) {
        (*first)++;
    }
}

int64_t mtfs_spent(const pc_actual *actual)
{
    const pc_budget_line like = {
        .side = PC_BUDGET_SIDE_OUTTURN, .kind = actual->kind, .pence = actual->pence};

    return actual->kind == PC_BUDGET_MODELLED ? actual->pence : pc_budget_effect(&like);
}

const pc_actual *mtfs_actual_of(const mtfs *self, const pc_budget_line *line)
{
    for (size_t r = 0; r < self->actuals->n; r++) {
        const pc_actual *row = &self->actuals->row[r];

        if (row->year == line->year && row->kind == line->kind && strcmp(row->line, line->line) == 0 &&
            (row->holder[0] == '\0' || strcmp(row->holder, line->holder) == 0)) {
            return row;
        }
    }
    return NULL;
}

size_t mtfs_holder(const mtfs *self, const char *name)
{
    size_t at = 0;

    while (at < self->n_holder && strcmp(self->holder[at], name) != 0) {
        at++;
    }
    return at;
}

bool mtfs_has_lines(const pc_budget *budget, const char *holder, int year)
{
    for (size_t l = 0; l < budget->n; l++) {
        if (budget->line[l].year == year && budget->line[l].kind != PC_BUDGET_RESERVE &&
            strcmp(budget->line[l].holder, holder) == 0) {
            return true;
        }
    }
    return false;
}

double mtfs_days_in(int year)
{
    return (double)(pc_financial_year_first_day(year + 1) - pc_financial_year_first_day(year));
}

static pc_status take_holders(mtfs *self)
{
    self->holder = pc_new_zero(self->budget->n, sizeof *self->holder);
    if (self->holder == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    for (size_t l = 0; l < self->budget->n; l++) {
        const char *name = self->budget->line[l].holder;

        if (self->budget->line[l].kind != PC_BUDGET_RESERVE && mtfs_holder(self, name) == self->n_holder) {
            self->holder[self->n_holder++] = name;
        }
    }
    return PC_OK;
}

/* Days from the first that counts, with the spend to date known the first of the year, to the last of the
 * forecast in it. */
static pc_status measure_years(mtfs *self)
{
    self->covered = pc_new_zero(self->n_year, sizeof *self->covered);
    self->has_actuals = pc_new_zero(self->n_year, sizeof *self->has_actuals);
    if (self->covered == NULL || self->has_actuals == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    for (size_t year = 0; year < self->n_year; year++) {
        int financial = self->of->shape.year[year].year;
        size_t first, end;
        pc_day from;

        for (size_t r = 0; r < self->actuals->n; r++) {
            self->has_actuals[year] |= self->actuals->row[r].year == financial;
        }
        mtfs_months_after(self, year, PC_DAY_NONE, &first, &end);
        from = self->has_actuals[year] ? pc_financial_year_first_day(financial) : mtfs_first_day(self, first);
        self->covered[year] = (double)(mtfs_end_day(self, end - 1) - from) / mtfs_days_in(financial);
    }
    return PC_OK;
}

static bool stands_for(const pc_budget *budget, const char *intervention)
{
    for (size_t l = 0; l < budget->n; l++) {
        if (budget->line[l].replaces != NULL && strcmp(budget->line[l].replaces, intervention) == 0) {
            return true;
        }
    }
    return false;
}

/* The scenario without the interventions that lines stand for. Other names are borrowed. */
static pc_status leave_out(mtfs *self, pc_diagnostics *diagnostics)
{
    const pc_scenario *scenario = self->of->scenario;
    pc_status status;

    for (size_t i = 0; i < scenario->n_intervention && self->n_term > 0 && self->replicates > 0; i++) {
        self->leaves_out |= stands_for(self->budget, scenario->intervention[i].name);
    }
    if (!self->leaves_out) {
        return PC_OK;
    }
    self->without = *scenario;
    self->without.n_intervention = 0;
    self->without.intervention = pc_new_zero(scenario->n_intervention, sizeof *self->without.intervention);
    if (self->without.intervention == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    for (size_t i = 0; i < scenario->n_intervention; i++) {
        if (!stands_for(self->budget, scenario->intervention[i].name)) {
            self->without.intervention[self->without.n_intervention++] = scenario->intervention[i];
        } else {
            pc_diagnostics_add(
                diagnostics, PC_ASSUMPTION, (pc_place){.file = self->budget->file},
                "modelled costs leave out `%s`, which a line of the outturn stands for, in all "
                "years",
                scenario->intervention[i].name);
        }
    }
    status = case_make(&self->without_case, self->of->model, &self->without, self->of->prices, NULL);
    return status == PC_OK && mtfs_follows_workforce(self) ? case_follow_workforce(&self->without_case, NULL)
                                                           : status;
}

static bool year_has_lines(const mtfs *self, size_t year)
{
    bool any = false;

    for (size_t holder = 0; holder < self->n_holder; holder++) {
        any |= mtfs_has_lines(self->budget, self->holder[holder], self->of->shape.year[year].year);
    }
    return any;
}

static bool year_is_modelled(const mtfs *self, size_t year)
{
    bool any = false;

    for (size_t at = 0; at < self->n_term; at++) {
        any |= self->term[at].year == year;
    }
    return any;
}

static void say_what_is_assumed(const mtfs *self, pc_diagnostics *diagnostics)
{
    pc_place place = {.file = self->budget->file};
    char years[512] = "", name[PC_DAY_TEXT_SIZE];
    size_t at = 0;

    for (size_t year = 0; year < self->n_year; year++) {
        int financial = self->of->shape.year[year].year;

        pc_financial_year_format(financial, name);
        if (year_has_lines(self, year) && self->covered[year] < 1.0) {
            pc_diagnostics_add(
                diagnostics, PC_ASSUMPTION, place,
                "%s: %s%.0f of %.0f days are compared: its budget and its fixed lines count pro "
                "rata",
                name, self->has_actuals[year] ? "" : "no spend to date is given (`actuals`), so ",
                self->covered[year] * mtfs_days_in(financial), mtfs_days_in(financial));
        }
        if (year_has_lines(self, year) && !year_is_modelled(self, year) && at + 12 < sizeof years) {
            at += (size_t)snprintf(years + at, sizeof years - at, "%s%s", at == 0 ? "" : ", ", name);
        }
    }
    if (at > 0) {
        pc_diagnostics_add(diagnostics, PC_ASSUMPTION, place,
                           "the outturn is the lines given, none of them modelled: the simulated bill is not "
                           "part of it (%s)",
                           years);
    }
}

pc_status mtfs_init(mtfs *self, const outcome_case *of, size_t replicates, pc_diagnostics *diagnostics)
{
    pc_status status;

    *self = (mtfs){0};
    if (!mtfs_wanted(of->scenario)) {
        return PC_OK;
    }
    self->of = of;
    self->budget = &of->scenario->budget_table;
    self->actuals = &of->scenario->actuals_table;
    self->replicates = replicates;
    self->n_year = of->shape.n_year;
    status = take_holders(self);
    status = status != PC_OK ? status : measure_years(self);
    status = status != PC_OK ? status : mtfs_make_terms(self, diagnostics);
    if (status == PC_OK) {
        self->value = pc_new_zero(self->n_term * (replicates > 0 ? replicates : 1), sizeof *self->value);
        status = self->value == NULL ? PC_ERR_NO_MEMORY : leave_out(self, diagnostics);
    }
    if (status != PC_OK) {
        mtfs_free(self);
        return status;
    }
    say_what_is_assumed(self, diagnostics);
    return PC_OK;
}

void mtfs_free(mtfs *self)
{
    if (self == NULL) {
        return;
    }
    free(self->holder);
    free(self->covered);
    free(self->has_actuals);
    free(self->term);
    free(self->value);
    case_free(&self->without_case);
    free(self->without.intervention);
    *self = (mtfs){0};
}
