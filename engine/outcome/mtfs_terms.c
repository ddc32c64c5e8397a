/* What the simulation fills in of an outturn, replicate by replicate. */
#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "outcome/mtfs.h"
#include "outcome/programme.h"
#include "scenario/budget_names.h"
#include "scenario/workload_name.h"

static pc_status add_term(mtfs *self, size_t *capacity, mtfs_term term)
{
    pc_status status = pc_grow(&self->term, capacity, self->n_term + 1, sizeof *self->term);

    if (status == PC_OK) {
        self->term[self->n_term++] = term;
    }
    return status;
}

/* A cost of the workforce. scenario_check_budget said what is not there; a caller of the library may not have
 * asked it. */
static pc_status name_workload(const mtfs *self, const pc_budget_line *line, mtfs_term *term,
                               pc_diagnostics *diagnostics)
{
    pc_workload_measure measure;
    const char *category;

    if (!scenario_workload_name(line->line, &measure, &category) || !pc_workload_is_money(measure)) {
        return PC_OK;
    }
    term->work = self->of->work == NULL ? SIZE_MAX : workload_find(self->of->work, measure, category);
    if (self->of->work != NULL && term->work < self->of->work->n_series) {
        return PC_OK;
    }
    pc_diagnostics_add(diagnostics, PC_ERROR, (pc_place){.file = self->budget->file, .line = line->row},
                       "found %.80s of kind modelled, expected a cost that the workforce file gives and "
                       "`method: simulate`",
                       line->line);
    return PC_ERR_INPUT;
}

/* What interventions cost, of those that happen in the case that is simulated: less than all when lines stand
 * for some. */
static pc_status name_programme(const mtfs *self, const pc_budget_line *line, mtfs_term *term,
                                pc_diagnostics *diagnostics)
{
    if (!scenario_programme_name(line->line, &term->programme) || self->replicates > 0) {
        return PC_OK;
    }
    pc_diagnostics_add(diagnostics, PC_ERROR, (pc_place){.file = self->budget->file, .line = line->row},
                       "found %.80s of kind modelled, expected `method: simulate` with it", line->line);
    return PC_ERR_INPUT;
}

/* `line` names a cost measure, of which all categories are meant, or a category of the bill. */
static void name_cell(const mtfs *self, const char *line, mtfs_term *term)
{
    int category = pc_codes_find_category(&self->of->model->codes, line);

    term->measure = PC_MEASURE_COST;
    term->category = category < 0 ? self->of->shape.n_category : (size_t)category;
    for (int m = 0; category < 0 && m < PC_N_MEASURE; m++) {
        if (strcmp(pc_measure_name((pc_measure)m), line) == 0) {
            term->measure = (pc_measure)m;
        }
    }
}

static pc_status make_modelled(mtfs *self, pc_diagnostics *diagnostics)
{
    size_t capacity = 0;
    pc_status status = PC_OK;

    for (size_t l = 0; l < self->budget->n && status == PC_OK; l++) {
        const pc_budget_line *line = &self->budget->line[l];
        size_t year = mtfs_year(self, line->year);
        mtfs_term term = {
            .holder = mtfs_holder(self, line->holder), .year = year, .line = l, .work = SIZE_MAX};
        const pc_actual *actual = mtfs_actual_of(self, line);

        if (line->kind != PC_BUDGET_MODELLED || year == SIZE_MAX) {
            continue;
        }
        name_cell(self, line->line, &term);
        status = name_workload(self, line, &term, diagnostics);
        status = status != PC_OK ? status : name_programme(self, line, &term, diagnostics);
        term.spent = actual == NULL ? 0 : mtfs_spent(actual);
        mtfs_months_after(self, year, actual == NULL ? PC_DAY_NONE : actual->to, &term.first, &term.end);
        status = status != PC_OK ? status : add_term(self, &capacity, term);
    }
    return status;
}

/* A holder's year without outturn lines is the whole bill, less income where there is any;
 * scenario_check_budget saw to it that there is one such holder at most. */
static pc_status make_whole_bills(mtfs *self)
{
    const bool income = self->of->shape.has[PC_MEASURE_NET_COST];
    size_t capacity = self->n_term;
    pc_status status = PC_OK;

    for (size_t at = 0; at < self->n_holder * self->n_year && status == PC_OK; at++) {
        size_t holder = at / self->n_year, year = at % self->n_year;
        int financial = self->of->shape.year[year].year;
        mtfs_term term = {.holder = holder,
                          .year = year,
                          .line = SIZE_MAX,
                          .work = SIZE_MAX,
                          .measure = income ? PC_MEASURE_NET_COST : PC_MEASURE_COST,
                          .category = self->of->shape.n_category};
        pc_day to = PC_DAY_NONE;

        if (!mtfs_has_lines(self->budget, self->holder[holder], financial) ||
            pc_budget_has_outturn(self->budget, financial, self->holder[holder])) {
            continue;
        }
        for (size_t r = 0; r < self->actuals->n; r++) {
            if (self->actuals->row[r].year == financial) {
                term.spent += mtfs_spent(&self->actuals->row[r]);
                to = self->actuals->row[r].to;
            }
        }
        mtfs_months_after(self, year, to, &term.first, &term.end);
        status = add_term(self, &capacity, term);
    }
    return status;
}

pc_status mtfs_make_terms(mtfs *self, pc_diagnostics *diagnostics)
{
    pc_status status = make_modelled(self, diagnostics);

    return status != PC_OK ? status : make_whole_bills(self);
}

bool mtfs_follows_workforce(const mtfs *self)
{
    bool any = false;

    for (size_t at = 0; at < self->n_term; at++) {
        any |= self->term[at].work != SIZE_MAX;
    }
    return any;
}

static int64_t programme_sum(const outcome_case *of, const mtfs_term *term, const int64_t *cell)
{
    int64_t sum = term->spent;

    for (size_t i = 0; i < of->scenario->n_intervention; i++) {
        if (term->programme[0] != '\0' && strcmp(term->programme, of->scenario->intervention[i].name) != 0) {
            continue;
        }
        for (size_t month = term->first; month < term->end; month++) {
            sum += programme_fixed_pence(of, i, month) + programme_reached_pence(of, i, month, cell);
        }
    }
    return sum;
}

static int64_t sum_of(const outcome_case *of, const mtfs_term *term, const int64_t *cell, const int64_t *work)
{
    const grid *shape = &of->shape;
    bool workforce = term->work != SIZE_MAX;
    int64_t sum = term->spent;

    for (size_t month = term->first; month < term->end && (workforce || shape->has[term->measure]); month++) {
        sum += workforce ? work[workload_monthly(of->work, term->work, month)]
                         : cell[grid_monthly(shape, term->measure, term->category, month)];
    }
    return sum;
}

void mtfs_watch(mtfs *self, size_t replicate, const int64_t *cell, const int64_t *work)
{
    const outcome_case *of = self->leaves_out ? &self->without_case : self->of;

    for (size_t at = 0; at < self->n_term; at++) {
        const mtfs_term *term = &self->term[at];

        self->value[at * self->replicates + replicate] =
            term->programme == NULL ? sum_of(of, term, cell, work) : programme_sum(of, term, cell);
    }
}

void mtfs_expect(mtfs *self, const pc_forecast *forecast)
{
    for (size_t at = 0; at < self->n_term; at++) {
        const mtfs_term *term = &self->term[at];
        double sum = (double)term->spent;

        for (size_t month = term->first; month < term->end && forecast->has[term->measure]; month++) {
            sum +=
                100.0 *
                pc_forecast_monthly(forecast, forecast->n_la - 1, term->measure, term->category, month)->mean;
        }
        self->value[at] = (int64_t)llround(sum);
    }
}
