/* Starts follow the population of their age: rate(age) x population(age, month), where the rate is that of
 * the fit's window. Unaccompanied children arrive for other reasons than how many children live here: their
 * starts do not follow. */
#include "simulate/plan.h"

static size_t at_of(size_t period, size_t age)
{
    return (period * PC_N_STREAM + PC_STREAM_LOCAL) * PC_N_AGE_YEAR + age;
}

/* What is not in the table is said, for the first authority that uses it. */
static void say_assumptions(const pc_plan *self, const pc_population *population,
                            const pc_population_area *area, unsigned empty_ages, pc_diagnostics *diagnostics)
{
    pc_place place = {.file = population->file};
    pc_day last = self->origin + self->n_day - 1;
    const char *la = area->la, *comma = la[0] == '\0' ? "" : ": ";

    if (population->n_area == 1 && self->authority_number > 0) {
        return;
    }
    if (area->day[0] > self->model->window_from) {
        pc_diagnostics_add(
            diagnostics, PC_ASSUMPTION, place,
            "%s%spopulation before 30 June %d, the first in the table, is taken to be the same", la, comma,
            area->year[0]);
    }
    if (area->day[area->n_year - 1] < last) {
        pc_diagnostics_add(diagnostics, PC_ASSUMPTION, place,
                           "%s%spopulation after 30 June %d, the last in the table, is taken to be the same",
                           la, comma, area->year[area->n_year - 1]);
    }
    for (unsigned age = 0; age < PC_N_AGE_YEAR; age++) {
        if ((empty_ages >> age & 1) != 0) {
            pc_diagnostics_add(
                diagnostics, PC_ASSUMPTION, place,
                "%s%snobody of age %u in the fit's window: starts at that age stay as they are", la, comma,
                age);
        }
    }
    if (self->model->n_authority > 1 && population->n_area == 1 && area->la[0] == '\0') {
        pc_diagnostics_add(diagnostics, PC_ASSUMPTION, place,
                           "one table for all %zu authorities: the starts of each grow with it",
                           self->model->n_authority);
    }
}

pc_status plan_follow_population(pc_plan *self, const char *la, const pc_population *population,
                                 pc_diagnostics *diagnostics)
{
    const pc_population_area *area = pc_population_find(population, la);
    unsigned empty_ages = 0;

    if (population->n_area == 0) {
        return PC_OK;
    }
    if (area == NULL) {
        pc_diagnostics_add(diagnostics, PC_ERROR, (pc_place){.file = population->file, .column_name = "la"},
                           la[0] == '\0'
                               ? "%zu authorities%s, but the returns name none: expected the rows of one"
                               : "none of %zu authorities is called %.80s, expected the name as in the "
                                 "returns",
                           population->n_area, la);
        return PC_ERR_INPUT;
    }
    for (size_t age = 0; age < PC_N_AGE_YEAR; age++) {
        double base = pc_population_mean(area, (int)age, self->model->window_from, self->model->window_to);

        if (!(base > 0.0)) {
            empty_ages |= 1U << age;
            continue;
        }
        for (size_t period = 0; period < self->n_period; period++) {
            pc_day first = self->origin + self->period[period].first;
            pc_day last = self->origin + self->period[period].end - 1;

            self->start_multiplier[at_of(period, age)] *=
                pc_population_mean(area, (int)age, first, last) / base;
        }
    }
    say_assumptions(self, population, area, empty_ages, diagnostics);
    return PC_OK;
}
