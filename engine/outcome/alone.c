/* alone.c - each intervention by itself and all together, against the same scenario without any. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "outcome/batch.h"
#include "outcome/invest.h"

const char *pc_alone_measure_name(pc_alone_measure measure)
{
    static const char *const name[] = {
#define ALONE_NAME(name, text) text,
        PC_ALONE_LIST(ALONE_NAME)
#undef ALONE_NAME
    };

    return (unsigned)measure < PC_N_ALONE ? name[measure] : "";
}

/* The scenarios that are run: without any, with each alone, with all. */
typedef struct parts {
    size_t n_case;         /* n + 2 */
    pc_scenario *scenario; /* [n_case]; views of the one given */
    outcome_case *of;      /* [n_case] */
    size_t replicates, n_year;
    int64_t *value; /* [n_case][PC_N_ALONE][n_year][replicates]; children and pence */
    bool money;     /* costs and savings are wanted */
    invest_flows flows;
} parts;

static int64_t *value_at(const parts *self, size_t at, size_t measure, size_t year)
{
    return &self->value[((at * PC_N_ALONE + measure) * self->n_year + year) * self->replicates];
}

static void watch(void *context, size_t at, size_t replicate, const int64_t *cell, const int64_t *work)
{
    parts *self = context;
    const grid *shape = &self->of[at].shape;
    const pc_plan *plan = &self->of[at].plan[0];

    (void)work;
    if (self->money) {
        invest_flows_take(&self->flows, at, replicate, cell);
    }
    for (size_t year = 0; year < self->n_year; year++) {
        int64_t residential = 0;

        for (size_t category = 0; category < shape->n_category; category++) {
            residential += plan->residential[category]
                               ? cell[grid_annual(shape, PC_MEASURE_CHILDREN, category, year)]
                               : 0;
        }
        value_at(self, at, PC_ALONE_CHILDREN, year)[replicate] =
            cell[grid_annual(shape, PC_MEASURE_CHILDREN, shape->n_category, year)];
        value_at(self, at, PC_ALONE_RESIDENTIAL, year)[replicate] = residential;
        if (shape->has[PC_MEASURE_COST]) {
            value_at(self, at, PC_ALONE_COST, year)[replicate] =
                cell[grid_annual(shape, PC_MEASURE_COST, shape->n_category, year)];
        }
    }
}

static void parts_free(parts *self)
{
    for (size_t at = 0; self->of != NULL && at < self->n_case; at++) {
        case_free(&self->of[at]);
    }
    free(self->of);
    free(self->scenario);
    free(self->value);
    invest_flows_free(&self->flows);
}

static size_t replicates_for(size_t n_case, size_t given)
{
    size_t n = PC_ALONE_RUNS / n_case;

    n = n < PC_ALONE_LEAST ? PC_ALONE_LEAST : n > PC_ALONE_MOST ? PC_ALONE_MOST : n;
    return n < given ? n : given;
}

/* What is wrong with the scenario was said when it was run itself. */
static pc_status parts_init(parts *self, const pc_model *model, const pc_scenario *scenario,
                            const pc_prices *prices)
{
    pc_status status = PC_OK;

    *self = (parts){.n_case = scenario->n_intervention + 2};
    self->replicates = replicates_for(self->n_case, (size_t)scenario->replicates);
    self->scenario = pc_new_zero(self->n_case, sizeof *self->scenario);
    self->of = pc_new_zero(self->n_case, sizeof *self->of);
    if (self->scenario == NULL || self->of == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    for (size_t at = 0; at < self->n_case && status == PC_OK; at++) {
        pc_scenario *view = &self->scenario[at];

        *view = *scenario;
        if (at + 1 < self->n_case) {
            view->n_intervention = at == 0 ? 0 : 1;
            view->intervention = at == 0 ? NULL : &scenario->intervention[at - 1];
        }
        status = case_make(&self->of[at], model, view, prices, NULL);
    }
    if (status == PC_OK) {
        self->n_year = self->of[0].shape.n_year;
        self->value =
            pc_new_zero(self->n_case * PC_N_ALONE * self->n_year * self->replicates, sizeof *self->value);
        status = self->value == NULL ? PC_ERR_NO_MEMORY : PC_OK;
    }
    self->money = pc_invest_wanted(scenario);
    return status == PC_OK && self->money
               ? invest_flows_init(&self->flows, self->of, self->n_case, self->replicates)
               : status;
}

static pc_status take_shape(const parts *from, const pc_scenario *scenario, pc_alone *out)
{
    const grid *shape = &from->of[0].shape;

    out->n = scenario->n_intervention;
    out->n_year = from->n_year;
    out->has_cost = shape->has[PC_MEASURE_COST];
    out->replicates = (int)from->replicates;
    out->scenario = pc_copy_text(scenario->name);
    out->name = pc_new_zero(out->n, sizeof *out->name);
    out->year = pc_new(out->n_year, sizeof *out->year);
    out->difference = pc_new_zero((out->n + 1) * PC_N_ALONE * out->n_year, sizeof *out->difference);
    if (out->scenario == NULL || out->name == NULL || out->year == NULL || out->difference == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    memcpy(out->year, shape->year, out->n_year * sizeof *out->year);
    for (size_t at = 0; at < out->n; at++) {
        out->name[at] = pc_copy_text(scenario->intervention[at].name);
        if (out->name[at] == NULL) {
            return PC_ERR_NO_MEMORY;
        }
    }
    return PC_OK;
}

static void take_differences(parts *from, pc_alone *out)
{
    for (size_t part = 0; part <= out->n; part++) {
        for (size_t cell = 0; cell < PC_N_ALONE * from->n_year; cell++) {
            size_t measure = cell / from->n_year, year = cell % from->n_year;
            const int64_t *without = value_at(from, 0, measure, year);
            int64_t *with = value_at(from, part + 1, measure, year);

            for (size_t replicate = 0; replicate < from->replicates; replicate++) {
                with[replicate] -= without[replicate];
            }
            tally_values(with, from->replicates, measure == PC_ALONE_COST ? 100.0 : 1.0,
                         pc_alone_difference(out, part, (pc_alone_measure)measure, year));
        }
    }
}

/* Each intervention by the bill, those with a saving of their own by that as well, and all together. */
static pc_status take_invest(const parts *from, const pc_scenario *scenario, pc_alone *out)
{
    size_t n = 0, which = 0;
    pc_status status;

    for (size_t i = 0; i < scenario->n_intervention; i++) {
        n += out->has_cost + scenario->intervention[i].saving.given;
    }
    out->invest = pc_new_zero(1, sizeof *out->invest);
    if (out->invest == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    status = invest_init(out->invest, &from->flows, scenario, "none", n + (out->has_cost && out->n > 1));
    for (size_t i = 0; i < scenario->n_intervention && status == PC_OK; i++) {
        const pc_intervention *of = &scenario->intervention[i];

        if (out->has_cost) {
            status = invest_part(&from->flows, i + 1, 0, of, false, of->name, out->invest, which++);
        }
        if (status == PC_OK && of->saving.given) {
            status = invest_part(&from->flows, i + 1, 0, of, true, of->name, out->invest, which++);
        }
    }
    return status == PC_OK && which < out->invest->n ? invest_part(&from->flows, from->n_case - 1, 0, NULL,
                                                                   false, "all together", out->invest, which)
                                                     : status;
}

pc_status pc_alone_run(const pc_model *model, const pc_scenario *scenario, const pc_prices *prices,
                       const pc_run_options *options, pc_alone *out, pc_diagnostics *diagnostics)
{
    static const pc_run_options plain_options;
    parts self = {0};
    batch work = {0};
    pc_status status;

    memset(out, 0, sizeof *out);
    if (scenario->n_intervention == 0) {
        return PC_OK;
    }
    if (scenario->method != PC_METHOD_SIMULATE) {
        pc_diagnostics_add(diagnostics, PC_ERROR, (pc_place){.file = scenario->file},
                           "has `method: expected`, expected `simulate` to take interventions apart");
        return PC_ERR_INPUT;
    }
    status = parts_init(&self, model, scenario, prices);
    status = status != PC_OK ? status : take_shape(&self, scenario, out);
    status = status != PC_OK ? status : batch_init(&work, self.of, self.n_case, self.replicates);
    if (status == PC_OK) {
        work.watch = watch;
        work.context = &self;
        status = batch_run(&work, options == NULL ? &plain_options : options);
    }
    if (status == PC_OK) {
        take_differences(&self, out);
        status = self.money ? take_invest(&self, scenario, out) : PC_OK;
    }
    batch_free(&work);
    parts_free(&self);
    if (status != PC_OK) {
        pc_alone_free(out);
    }
    return status;
}

void pc_alone_free(pc_alone *self)
{
    if (self == NULL) {
        return;
    }
    free(self->scenario);
    for (size_t at = 0; self->name != NULL && at < self->n; at++) {
        free(self->name[at]);
    }
    free(self->name);
    free(self->year);
    free(self->difference);
    pc_invest_free(self->invest);
    free(self->invest);
    memset(self, 0, sizeof *self);
}
