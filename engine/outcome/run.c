/* From a fitted model and a scenario to a forecast: by simulation or by expected values. */
#include <math.h>
#include <omp.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "outcome/batch.h"
#include "outcome/forecast.h"
#include "outcome/variance.h"
#include "simulate/expected.h"
#include "simulate/layers.h"

typedef struct run {
    const pc_model *model;
    const pc_scenario *scenario;
    const pc_prices *prices;
    const pc_run_options *options;
    pc_diagnostics *diagnostics;
    size_t n_plan;
    pc_plan *plan; /* [n_plan] */
    grid shape;
} run;

static void run_free(run *self)
{
    for (size_t at = 0; self->plan != NULL && at < self->n_plan; at++) {
        plan_free(&self->plan[at]);
    }
    free(self->plan);
    grid_free(&self->shape);
}

static pc_status make_plans(run *self)
{
    self->n_plan = self->model->n_authority;
    self->plan = pc_new_zero(self->n_plan, sizeof *self->plan);
    if (self->plan == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    for (size_t at = 0; at < self->n_plan; at++) {
        pc_status status = plan_make(self->model, at, self->scenario, &self->plan[at], self->diagnostics);

        if (status != PC_OK) {
            return status;
        }
    }
    return grid_init(&self->shape, &self->plan[0], self->prices != NULL);
}

/* Statistics of every cell of one authority. Each cell is one thread's, so that any number of threads gives
 * the same. */
static pc_status take_statistics(const run *self, const tally *from, size_t la, pc_forecast *out)
{
    const grid *shape = &self->shape;
    size_t n_row = shape->n_category + 1;
    int threads = self->options->threads > 0 ? self->options->threads : omp_get_max_threads(), failed = 0;

#pragma omp parallel num_threads(threads)
    {
        uint64_t *scratch = pc_new(2 * from->replicates, sizeof *scratch);

        if (scratch == NULL) {
#pragma omp atomic write
            failed = 1;
        }
#pragma omp for schedule(dynamic, 1)
        for (size_t at = 0; at < PC_N_MEASURE * n_row; at++) {
            pc_measure measure = (pc_measure)(at / n_row);
            size_t category = at % n_row;
            double unit = measure == PC_MEASURE_COST ? 100.0 : 1.0;

            for (size_t month = 0; scratch != NULL && shape->has[measure] && month < shape->n_month;
                 month++) {
                tally_statistics(from, grid_monthly(shape, measure, category, month), unit, scratch,
                                 pc_forecast_monthly(out, la, measure, category, month));
            }
            for (size_t year = 0; scratch != NULL && shape->has[measure] && year < shape->n_year; year++) {
                tally_statistics(from, grid_annual(shape, measure, category, year), unit, scratch,
                                 pc_forecast_annual(out, la, measure, category, year));
                if (measure == PC_MEASURE_PLACE_DAYS) {
                    tally_statistics(from, grid_annual(shape, measure, category, year),
                                     shape->year_days[year], scratch,
                                     &out->children_average[(la * n_row + category) * shape->n_year + year]);
                }
            }
        }
#pragma omp for schedule(static)
        for (size_t at = 0; at < PC_N_EXIT_CAUSE * shape->n_month; at++) {
            if (scratch != NULL) {
                tally_statistics(from, shape->exits_at + at, 1.0, scratch,
                                 &out->exits[la * PC_N_EXIT_CAUSE * shape->n_month + at]);
            }
        }
        free(scratch);
    }
    return failed ? PC_ERR_NO_MEMORY : PC_OK;
}

/* Shares of the variance of all children at the last month: what replicates that share a draw have in common.
 */
static void split_variance(const batch *from, const pc_uncertainty *on, pc_forecast *out)
{
    const double *value = from->children_last;
    double total = variance_total(value, from->replicates), rest = 1.0;
    const struct {
        bool on;
        size_t n_draw;
    } layer[3] = {{on->parameters, LAYERS_N_PARAMETERS},
                  {on->year_effects, LAYERS_N_YEAR_EFFECTS},
                  {on->starts_overdispersion, LAYERS_N_DISPERSION}};

    if (!(total > 0.0)) {
        return;
    }
    for (size_t at = 0; at < 3; at++) {
        if (!layer[at].on) {
            continue;
        }
        if (from->replicates <= layer[at].n_draw) {
            return; /* no two replicates share a draw: the split is not known */
        }
        out->variance_share[at + 1] = variance_shared(value, from->replicates, layer[at].n_draw) / total;
        rest -= out->variance_share[at + 1];
    }
    if (rest < 0.0) { /* estimates of shares are noisy: the layers then take all of it in proportion */
        for (size_t at = 1; at < 4; at++) {
            out->variance_share[at] /= 1.0 - rest;
        }
        rest = 0.0;
    }
    out->variance_share[0] = rest;
}

static pc_status simulate(run *self, pc_forecast *out)
{
    size_t n_tally = self->n_plan + (self->n_plan > 1), replicates = (size_t)self->scenario->replicates;
    batch work = {.n_plan = self->n_plan,
                  .plan = self->plan,
                  .shape = &self->shape,
                  .prices = self->prices,
                  .replicates = replicates,
                  .tally = pc_new_zero(n_tally, sizeof *work.tally),
                  .children_last = pc_new_zero(replicates, sizeof *work.children_last)};
    pc_status status = work.tally == NULL || work.children_last == NULL ? PC_ERR_NO_MEMORY : PC_OK;

    for (size_t at = 0; at < n_tally && status == PC_OK; at++) {
        status = tally_init(&work.tally[at], &self->shape, replicates);
    }
    status = status != PC_OK ? status : batch_run(&work, self->options);
    for (size_t la = 0; la < n_tally && status == PC_OK; la++) {
        status = take_statistics(self, &work.tally[la], la, out);
    }
    if (status == PC_OK) {
        out->replicates = self->scenario->replicates;
        split_variance(&work, &self->scenario->uncertainty, out);
        if (work.clipped) {
            pc_diagnostics_add(
                self->diagnostics, PC_WARNING, (pc_place){.file = self->scenario->file},
                "in some replicate starts were to rise more than sixteenfold; the rise was cut there");
        }
    }
    for (size_t at = 0; work.tally != NULL && at < n_tally; at++) {
        tally_free(&work.tally[at]);
    }
    free(work.tally);
    free(work.children_last);
    return status;
}

/* Adds the means of one authority to row `la`, of which the means are numbers already. */
static void add_expected(const run *self, const pc_expected *expected, const money *prices, size_t la,
                         pc_forecast *out)
{
    const grid *shape = &self->shape;
    const double *series[PC_N_MEASURE] = {
        [PC_MEASURE_CHILDREN] = expected->children, [PC_MEASURE_PLACE_DAYS] = expected->place_days,
        [PC_MEASURE_STARTS] = expected->starts,     [PC_MEASURE_CEASES] = expected->ceases,
        [PC_MEASURE_MOVES] = expected->moves,       [PC_MEASURE_STATUS_CHANGES] = expected->status_changes,
        [PC_MEASURE_COST] = expected->place_days};

    for (size_t at = 0; at < PC_N_MEASURE * shape->n_category * shape->n_month; at++) {
        pc_measure measure = (pc_measure)(at / (shape->n_category * shape->n_month));
        size_t category = at / shape->n_month % shape->n_category, month = at % shape->n_month;
        double value;

        if (!shape->has[measure] || series[measure] == NULL) {
            continue;
        }
        value = series[measure][category * expected->n_period + shape->first_period + month];
        if (measure == PC_MEASURE_COST) {
            value *= prices->pence_a_day[category * shape->n_month + month] / 100.0;
        }
        pc_forecast_monthly(out, la, measure, category, month)->mean += value;
        pc_forecast_monthly(out, la, measure, shape->n_category, month)->mean += value;
    }
    for (size_t cause = 0; cause < PC_N_EXIT_CAUSE; cause++) {
        for (size_t month = 0; month < shape->n_month; month++) {
            out->exits[(la * PC_N_EXIT_CAUSE + cause) * shape->n_month + month].mean +=
                expected->exits[cause * expected->n_period + shape->first_period + month];
        }
    }
}

/* Process variance is all of the variance only when no layer is on. Kept in `sd` as a variance until all is
 * added. */
static void add_expected_variance(const run *self, const pc_expected *expected, size_t la, pc_forecast *out)
{
    const pc_uncertainty *on = &self->scenario->uncertainty;

    if (on->parameters || on->year_effects || on->starts_overdispersion) {
        return;
    }
    for (size_t category = 0; category <= self->shape.n_category; category++) {
        for (size_t month = 0; month < self->shape.n_month; month++) {
            double *sd = &pc_forecast_monthly(out, la, PC_MEASURE_CHILDREN, category, month)->sd;
            double variance =
                expected->children_variance[category * expected->n_period + self->shape.first_period + month];

            *sd = isfinite(*sd) ? *sd + variance : variance;
        }
    }
}

static void zero_means(const run *self, size_t la, pc_forecast *out)
{
    const grid *shape = &self->shape;

    for (size_t measure = 0; measure < PC_N_MEASURE; measure++) {
        for (size_t at = 0; shape->has[measure] && at < (shape->n_category + 1) * shape->n_month; at++) {
            pc_forecast_monthly(out, la, (pc_measure)measure, 0, 0)[at].mean = 0.0;
        }
    }
    for (size_t at = 0; at < PC_N_EXIT_CAUSE * shape->n_month; at++) {
        out->exits[la * PC_N_EXIT_CAUSE * shape->n_month + at].mean = 0.0;
    }
}

/* Years from months, and standard deviations from variances. */
static void finish_expected(const run *self, size_t la, pc_forecast *out)
{
    static const bool annual_sum[PC_N_MEASURE] = {
#define ANNUAL_SUM(name, text, sum, decimals) [PC_MEASURE_##name] = sum,
        PC_MEASURE_LIST(ANNUAL_SUM)
#undef ANNUAL_SUM
    };
    const grid *shape = &self->shape;

    for (size_t at = 0; at < PC_N_MEASURE * (shape->n_category + 1); at++) {
        pc_measure measure = (pc_measure)(at / (shape->n_category + 1));
        size_t category = at % (shape->n_category + 1);

        for (size_t month = 0; shape->has[measure] && month < shape->n_month; month++) {
            const pc_statistics *from = pc_forecast_monthly(out, la, measure, category, month);
            pc_statistics *to = pc_forecast_annual(out, la, measure, category, shape->year_of_month[month]);

            to->mean = annual_sum[measure] && isfinite(to->mean) ? to->mean + from->mean : from->mean;
        }
        for (size_t year = 0; measure == PC_MEASURE_PLACE_DAYS && year < shape->n_year; year++) {
            out->children_average[(la * (shape->n_category + 1) + category) * shape->n_year + year].mean =
                pc_forecast_annual(out, la, measure, category, year)->mean / shape->year_days[year];
        }
        for (size_t month = 0; measure == PC_MEASURE_CHILDREN && month < shape->n_month; month++) {
            pc_statistics *of = pc_forecast_monthly(out, la, measure, category, month);

            of->sd = isfinite(of->sd) ? sqrt(of->sd) : of->sd;
            pc_forecast_annual(out, la, measure, category, shape->year_of_month[month])->sd = of->sd;
        }
    }
}

static pc_status expect(run *self, pc_forecast *out)
{
    money prices = {0};
    pc_status status = PC_OK;

    for (size_t la = 0; la < out->n_la; la++) {
        zero_means(self, la, out);
    }
    for (size_t at = 0; at < self->n_plan && status == PC_OK; at++) {
        pc_expected expected = {0};

        status = expected_solve(&self->plan[at], 0, self->options->threads, &expected);
        if (status == PC_OK && self->prices != NULL) {
            status = money_init(&prices, self->prices, &self->plan[at]);
        }
        if (status == PC_OK) {
            if (self->prices != NULL) {
                money_set_mean(&prices);
            }
            add_expected(self, &expected, &prices, at, out);
            add_expected_variance(self, &expected, at, out);
            if (out->several) {
                add_expected(self, &expected, &prices, self->n_plan, out);
                add_expected_variance(self, &expected, self->n_plan, out);
            }
        }
        money_free(&prices);
        expected_free(&expected);
    }
    for (size_t la = 0; la < out->n_la && status == PC_OK; la++) {
        finish_expected(self, la, out);
    }
    return status;
}

pc_status pc_run(const pc_model *model, const pc_scenario *scenario, const pc_prices *prices,
                 const pc_run_options *options, pc_forecast *out, pc_diagnostics *diagnostics)
{
    static const pc_run_options plain = {0};
    run self = {.model = model,
                .scenario = scenario,
                .prices = prices,
                .options = options == NULL ? &plain : options,
                .diagnostics = diagnostics};
    pc_status status;

    memset(out, 0, sizeof *out);
    if (model->n_authority == 0) {
        return PC_ERR_NO_DATA;
    }
    status = make_plans(&self);
    status = status != PC_OK ? status : forecast_init(out, model, scenario, &self.plan[0], &self.shape);
    if (status == PC_OK && scenario->method == PC_METHOD_EXPECTED && self.plan[0].coupled) {
        pc_diagnostics_add(diagnostics, PC_ERROR, (pc_place){.file = scenario->file},
                           "`method: expected` cannot follow capacity or interventions, expected `method: "
                           "simulate` or none of these keys");
        status = PC_ERR_INPUT;
    }
    if (status == PC_OK) {
        status = scenario->method == PC_METHOD_EXPECTED ? expect(&self, out) : simulate(&self, out);
    }
    run_free(&self);
    if (status != PC_OK) {
        pc_forecast_free(out);
    }
    return status;
}
