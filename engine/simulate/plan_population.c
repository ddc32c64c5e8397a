/* Starts follow the population of their age: rate(age) x population(age, month), where the rate is that of
 * the fit's window. Unaccompanied children arrive for other reasons than how many children live here: their
 * starts do not follow. */
#include "simulate/plan.h"

static double base_of(const pc_model *model, const pc_population_area *area, size_t age)
{
    return pc_population_mean(area, (int)age, model->window_from, model->window_to);
}

/* What the table does not say. */
static void say_assumptions(const pc_model *model, const pc_population *population,
                            const pc_population_area *area, pc_day last, pc_diagnostics *diagnostics)
{
    pc_place place = {.file = population->file};
    const char *la = area->la, *colon = la[0] == '\0' ? "" : ": ";

    if (area->day[0] > model->window_from) {
        pc_diagnostics_add(
            diagnostics, PC_ASSUMPTION, place,
            "%s%spopulation before 30 June %d, the first in the table, is taken to be the same", la, colon,
            area->year[0]);
    }
    if (area->day[area->n_year - 1] < last) {
        pc_diagnostics_add(diagnostics, PC_ASSUMPTION, place,
                           "%s%spopulation after 30 June %d, the last in the table, is taken to be the same",
                           la, colon, area->year[area->n_year - 1]);
    }
    for (size_t age = 0; age < PC_N_AGE_YEAR; age++) {
        if (!(base_of(model, area, age) > 0.0)) {
            pc_diagnostics_add(diagnostics, PC_ASSUMPTION, place,
                               "%s%snobody of age %zu in the fit's window: starts at that age stay as they "
                               "are",
                               la, colon, age);
        }
    }
}

static void say_missing(const pc_population *population, const char *la, pc_diagnostics *diagnostics)
{
    pc_place place = {.file = population->file, .column_name = "la"};

    if (la[0] == '\0') {
        pc_diagnostics_add(diagnostics, PC_ERROR, place,
                           "found %zu authorities, but the returns name none: expected the rows of one",
                           population->n_area);
    } else {
        pc_diagnostics_add(diagnostics, PC_ERROR, place,
                           "no rows for %.80s, expected every authority of the returns by its name there",
                           la);
    }
}

pc_status plan_check_population(const pc_model *model, const pc_scenario *scenario,
                                pc_diagnostics *diagnostics)
{
    const pc_population *population = &scenario->population_table;
    pc_day last = pc_month_first_day(pc_month_of_day(scenario->start) + scenario->months) - 1;
    pc_status status = PC_OK;

    for (size_t at = 0; at < model->n_authority && population->n_area > 0; at++) {
        const pc_population_area *area = pc_population_find(population, model->authority[at].la);

        if (area == NULL) {
            say_missing(population, model->authority[at].la, diagnostics);
            status = PC_ERR_INPUT;
        } else if (population->n_area > 1 || at == 0) {
            say_assumptions(model, population, area, last, diagnostics);
        }
    }
    if (status == PC_OK && model->n_authority > 1 && population->n_area == 1) {
        pc_diagnostics_add(diagnostics, PC_ASSUMPTION, (pc_place){.file = population->file},
                           "one table for all %zu authorities: the starts of each grow with it",
                           model->n_authority);
    }
    return status;
}

pc_status plan_follow_population(pc_plan *self, const char *la, const pc_population *population)
{
    const pc_population_area *area = pc_population_find(population, la);

    if (population->n_area == 0) {
        return PC_OK;
    }
    if (area == NULL) {
        return PC_ERR_INPUT;
    }
    for (size_t age = 0; age < PC_N_AGE_YEAR; age++) {
        double base = base_of(self->model, area, age);

        for (size_t period = 0; period < self->n_period && base > 0.0; period++) {
            pc_day first = self->origin + self->period[period].first;
            pc_day last = self->origin + self->period[period].end - 1;

            self->start_multiplier[(period * PC_N_STREAM + PC_STREAM_LOCAL) * PC_N_AGE_YEAR + age] *=
                pc_population_mean(area, (int)age, first, last) / base;
        }
    }
    return PC_OK;
}
