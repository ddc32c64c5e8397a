/* From a fitted model and scenarios to forecasts: by simulation, one or several on the same random numbers,
 * or by expected values. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "outcome/batch.h"
#include "outcome/expect.h"
#include "outcome/forecast.h"
#include "outcome/invest.h"
#include "outcome/mtfs.h"
#include "outcome/plausible.h"
#include "outcome/statistics.h"
#include "outcome/targets.h"
#include "outcome/variance.h"
#include "outcome/why.h"
#include "outcome/workload_take.h"

static const pc_run_options plain_options;

/* Forecast of one scenario of a batch that has run. */
static pc_status take_forecast(const batch *from, size_t at, int threads, pc_forecast *out)
{
    const batch_case *mine = &from->of[at];
    pc_status status = PC_OK;

    for (size_t la = 0; la < from->n_la && status == PC_OK; la++) {
        status = statistics_take(&mine->of->shape, &mine->tally[la], threads, la, out);
    }
    if (status == PC_OK && mine->work != NULL) {
        status = workload_take(mine->of->work, NULL, mine->work, out);
    }
    out->replicates = (int)from->replicates;
    variance_split(mine->children_last, from->replicates, &mine->of->scenario->uncertainty,
                   out->variance_share);
    if (status == PC_OK && mine->bill.days != NULL) {
        status = why_years(&mine->bill, &mine->of->shape, from->replicates, out, &out->why);
    }
    return status != PC_OK ? status : targets_take(mine->of, &mine->tally[from->n_la - 1], mine->work, out);
}

static void say_if_clipped(const batch *from, const pc_scenario *scenario, pc_diagnostics *diagnostics)
{
    if (from->clipped) {
        pc_diagnostics_add(
            diagnostics, PC_WARNING, (pc_place){.file = scenario->file},
            "in some replicate starts were to rise more than sixteenfold; the rise was cut there");
    }
    if (from->work_clipped) {
        pc_diagnostics_add(
            diagnostics, PC_WARNING, (pc_place){.file = scenario->workforce_plan.file},
            "in some replicate more than all cases of a stage of the front door were to go on; "
            "all of them do there");
    }
}

static void watch_budget(void *context, size_t at, size_t replicate, const int64_t *cell, const int64_t *work)
{
    mtfs *budget = context;

    if (at == (budget->leaves_out ? 1 : 0)) {
        mtfs_watch(budget, replicate, cell, work);
    }
}

static pc_status simulate(const outcome_case *self, const pc_run_options *options, pc_forecast *out,
                          pc_diagnostics *diagnostics)
{
    size_t replicates = (size_t)self->scenario->replicates;
    outcome_case cases[2] = {*self};
    batch work = {0};
    mtfs budget;
    pc_status status = mtfs_init(&budget, self, replicates, diagnostics);

    cases[1] = budget.without_case;
    status = status != PC_OK ? status : batch_init(&work, cases, budget.leaves_out ? 2 : 1, replicates);
    work.watch = watch_budget;
    work.context = &budget;
    status = status != PC_OK ? status : batch_keep_bills(&work);
    status = status != PC_OK ? status : batch_run(&work, options);
    status = status != PC_OK ? status : take_forecast(&work, 0, options->threads, out);
    status = status != PC_OK ? status : mtfs_take(&budget, out);
    say_if_clipped(&work, self->scenario, diagnostics);
    batch_free(&work);
    mtfs_free(&budget);
    return status;
}

static pc_status expect(const outcome_case *self, const pc_run_options *options, pc_forecast *out,
                        pc_diagnostics *diagnostics)
{
    mtfs budget;
    pc_status status = mtfs_init(&budget, self, 0, diagnostics);

    status = status != PC_OK ? status : expect_forecast(self, options->threads, out);
    status = status != PC_OK ? status : targets_take(self, NULL, NULL, out);
    if (status == PC_OK) {
        mtfs_expect(&budget, out);
        status = mtfs_take(&budget, out);
    }
    mtfs_free(&budget);
    return status;
}

pc_status pc_run(const pc_model *model, const pc_scenario *scenario, const pc_prices *prices,
                 const pc_run_options *options, pc_forecast *out, pc_diagnostics *diagnostics)
{
    outcome_case self;
    pc_status status;

    options = options == NULL ? &plain_options : options;
    memset(out, 0, sizeof *out);
    status = case_make(&self, model, scenario, prices, diagnostics);
    if (status != PC_OK) {
        return status;
    }
    for (size_t la = 0; options->draws != NULL && la < self.n_plan; la++) {
        self.plan[la].draws = pc_draws_seed(options->draws) == scenario->seed ? options->draws : NULL;
    }
    if (scenario->method == PC_METHOD_EXPECTED && self.plan[0].coupled) {
        pc_diagnostics_add(diagnostics, PC_ERROR, (pc_place){.file = scenario->file},
                           "`method: expected` cannot follow capacity or interventions, expected "
                           "`method: simulate` or none of these keys");
        status = PC_ERR_INPUT;
    }
    if (scenario->method == PC_METHOD_EXPECTED && self.plan[0].mix_trend) {
        pc_diagnostics_add(diagnostics, PC_ASSUMPTION, (pc_place){.file = scenario->file},
                           "`method: expected` leaves out the growth of homes (key trend.mix)");
    }
    status = status != PC_OK ? status : case_follow_workforce(&self, diagnostics);
    status = status != PC_OK ? status : forecast_init(out, &self, &self.shape);
    if (status == PC_OK) {
        plausible_say_expected(&self, diagnostics);
    }
    if (status == PC_OK) {
        status = scenario->method == PC_METHOD_EXPECTED ? expect(&self, options, out, diagnostics)
                                                        : simulate(&self, options, out, diagnostics);
    }
    if (status == PC_OK) {
        plausible_say(out, scenario->file, diagnostics);
        /* The messages stand in the results: none may be missing there in silence. */
        status = diagnostics != NULL && diagnostics->lost ? PC_ERR_NO_MEMORY : PC_OK;
    }
    case_free(&self);
    if (status != PC_OK) {
        pc_forecast_free(out);
    }
    return status;
}

void pc_comparison_free(pc_comparison *self)
{
    if (self == NULL) {
        return;
    }
    for (size_t at = 0; at < self->n; at++) {
        if (self->forecast != NULL) {
            pc_forecast_free(&self->forecast[at]);
        }
        if (self->difference != NULL) {
            pc_forecast_free(&self->difference[at]);
        }
    }
    free(self->forecast);
    free(self->difference);
    free(self->p_fewer);
    free(self->p_more);
    free(self->p_fewer_than);
    pc_why_free(&self->why);
    for (size_t at = 0; self->invest != NULL && at < self->n; at++) {
        pc_invest_free(&self->invest[at]);
    }
    free(self->invest);
    memset(self, 0, sizeof *self);
}

pc_status pc_compare_check(size_t n, const pc_scenario *const *scenario, pc_diagnostics *diagnostics)
{
    pc_status status = PC_OK;

    if (n < 2) {
        pc_diagnostics_add(diagnostics, PC_ERROR, (pc_place){0}, "expected two or more scenarios to compare");
        return PC_ERR_USAGE;
    }

    for (size_t at = 0; at < n; at++) {
        pc_place place = {.file = scenario[at]->file};

        if (scenario[at]->start != scenario[0]->start || scenario[at]->months != scenario[0]->months) {
            pc_diagnostics_add(diagnostics, PC_ERROR, place,
                               "covers other months than %s, expected the same `start` and `months`",
                               scenario[0]->file);
            status = PC_ERR_INPUT;
        }
        if (scenario[at]->replicates != scenario[0]->replicates || scenario[at]->seed != scenario[0]->seed) {
            pc_diagnostics_add(diagnostics, PC_ERROR, place,
                               "has other random numbers than %s, expected the same `replicates` and `seed`",
                               scenario[0]->file);
            status = PC_ERR_INPUT;
        }
        for (size_t other = 0; other < at; other++) {
            if (strcmp(scenario[other]->name, scenario[at]->name) == 0) {
                pc_diagnostics_add(diagnostics, PC_ERROR, place,
                                   "has the name of %s, `%s`, expected a `name` of its own: it tells the "
                                   "rows of the results apart",
                                   scenario[other]->file, scenario[at]->name);
                status = PC_ERR_INPUT;
            }
        }
        if (scenario[at]->method != PC_METHOD_SIMULATE) {
            pc_diagnostics_add(diagnostics, PC_ERROR, place,
                               "has `method: expected`, expected `simulate` to compare");
            status = PC_ERR_INPUT;
        }
    }
    return status;
}

static pc_status take_difference(const batch *from, size_t at, int threads, pc_comparison *out)
{
    const batch_case *mine = &from->of[at];
    const grid *shape = &mine->common;
    pc_forecast *to = &out->difference[at];
    pc_status status = forecast_init(to, mine->of, shape);

    if (status != PC_OK) {
        return status;
    }
    memset(to->children_now, 0, to->n_la * (to->n_category + 1) * sizeof *to->children_now);
    to->replicates = (int)from->replicates;
    if (mine->work_difference != NULL) {
        status = workload_take(mine->of->work, from->of[0].of->work, mine->work_difference, to);
    }
    for (size_t la = 0; la < from->n_la && status == PC_OK; la++) {
        if (at == 0) {
            forecast_set_zero(to, la);
            continue;
        }
        status = statistics_take(shape, &mine->difference[la], threads, la, to);
        for (size_t month = 0; month < shape->n_month; month++) {
            size_t cell = grid_monthly(shape, PC_MEASURE_CHILDREN, shape->n_category, month);
            size_t row = (at * from->n_la + la) * shape->n_month + month;

            out->p_fewer[row] = tally_share(&mine->difference[la], cell, INT64_MIN, -1);
            out->p_more[row] = tally_share(&mine->difference[la], cell, 1, INT64_MAX);
        }
    }
    return status;
}

/* All children at the ends of years, kept to ask how often one scenario has fewer than another. */
typedef struct year_ends {
    const outcome_case *of; /* [n] */
    size_t n_year, replicates;
    int32_t *children; /* [n][n_year][replicates] */
} year_ends;

static void watch(void *context, size_t at, size_t replicate, const int64_t *cell)
{
    const year_ends *self = context;
    const grid *shape = &self->of[at].shape;

    for (size_t year = 0; year < self->n_year; year++) {
        self->children[(at * self->n_year + year) * self->replicates + replicate] =
            (int32_t)cell[grid_annual(shape, PC_MEASURE_CHILDREN, shape->n_category, year)];
    }
}

static void take_pairs(const year_ends *from, size_t n, double *p_fewer_than)
{
    for (size_t pair = 0; pair < n * n * from->n_year; pair++) {
        size_t year = pair % from->n_year, a = pair / from->n_year / n, b = pair / from->n_year % n,
               fewer = 0;
        const int32_t *x = from->children + (a * from->n_year + year) * from->replicates;
        const int32_t *y = from->children + (b * from->n_year + year) * from->replicates;

        for (size_t replicate = 0; replicate < from->replicates; replicate++) {
            fewer += x[replicate] < y[replicate];
        }
        p_fewer_than[pair] = (double)fewer / (double)from->replicates;
    }
}

/* The budgets of scenarios that are run together. A scenario whose budget leaves interventions out has a
 * second case, after those of all scenarios. */
typedef struct budgets {
    size_t n, n_case;
    mtfs *of;            /* [n] */
    size_t *fed_by;      /* [n]; the case that fills it */
    outcome_case *cases; /* [n_case]; views */
    year_ends *ends;
    bool invests; /* some scenario has costs or savings of its own */
    invest_flows flows;
} budgets;

static void say_discount(const pc_scenario *scenario, pc_diagnostics *diagnostics)
{
    bool green_book = fabs(scenario->discount_rate - 0.035) < 1e-12;

    pc_diagnostics_add(diagnostics, PC_ASSUMPTION, (pc_place){.file = scenario->file},
                       "net present values of invest to save: %.4g%% a year in real terms%s, after general "
                       "inflation of %.4g%% a year is taken off (key `discount`)",
                       100.0 * scenario->discount_rate, green_book ? " (HM Treasury, Green Book)" : "",
                       100.0 * pc_invest_inflation(scenario));
}

static pc_status budgets_init(budgets *self, const outcome_case *cases, size_t n, year_ends *ends,
                              pc_diagnostics *diagnostics)
{
    pc_status status = PC_OK;

    *self = (budgets){.n = n, .n_case = n, .ends = ends};
    self->of = pc_new_zero(n, sizeof *self->of);
    self->fed_by = pc_new_zero(n, sizeof *self->fed_by);
    self->cases = pc_new_zero(2 * n, sizeof *self->cases);
    if (self->of == NULL || self->fed_by == NULL || self->cases == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    for (size_t at = 0; at < n && status == PC_OK; at++) {
        self->cases[at] = cases[at];
        self->fed_by[at] = at;
        status = mtfs_init(&self->of[at], &cases[at], ends->replicates, diagnostics);
        if (self->of[at].leaves_out) {
            self->fed_by[at] = self->n_case;
            self->cases[self->n_case++] = self->of[at].without_case;
        }
        self->invests |= pc_invest_wanted(cases[at].scenario);
    }
    if (self->invests) {
        say_discount(cases[0].scenario, diagnostics);
    }
    return status == PC_OK && self->invests ? invest_flows_init(&self->flows, cases, n, ends->replicates)
                                            : status;
}

static void budgets_free(budgets *self)
{
    for (size_t at = 0; self->of != NULL && at < self->n; at++) {
        mtfs_free(&self->of[at]);
    }
    free(self->of);
    free(self->fed_by);
    free(self->cases);
    invest_flows_free(&self->flows);
}

static void watch_all(void *context, size_t at, size_t replicate, const int64_t *cell, const int64_t *work)
{
    budgets *self = context;

    if (at < self->n) {
        watch(self->ends, at, replicate, cell);
    }
    if (at < self->n && self->invests) {
        invest_flows_take(&self->flows, at, replicate, cell);
    }
    for (size_t budget = 0; budget < self->n; budget++) {
        if (self->fed_by[budget] == at) {
            mtfs_watch(&self->of[budget], replicate, cell, work);
        }
    }
}

/* Each other scenario against the reference, by the bill. */
static pc_status take_invest(const budgets *from, pc_comparison *out)
{
    const char *reference = from->cases[0].scenario->name;
    pc_status status = PC_OK;

    if (!from->invests || !out->forecast[0].has[PC_MEASURE_COST]) {
        return PC_OK;
    }
    out->invest = pc_new_zero(from->n, sizeof *out->invest);
    if (out->invest == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    for (size_t at = 1; at < from->n && status == PC_OK; at++) {
        const pc_scenario *scenario = from->cases[at].scenario;

        if (out->forecast[at].has[PC_MEASURE_COST]) {
            status = invest_init(&out->invest[at], &from->flows, scenario, reference, 1);
            status = status != PC_OK ? status
                                     : invest_part(&from->flows, at, 0, NULL, false, "the whole scenario",
                                                   &out->invest[at], 0);
        }
    }
    return status;
}

static pc_status compare(const outcome_case *cases, size_t n, const pc_run_options *options,
                         pc_comparison *out, pc_diagnostics *diagnostics)
{
    year_ends ends = {
        .of = cases, .n_year = cases[0].shape.n_year, .replicates = (size_t)cases[0].scenario->replicates};
    budgets plans;
    batch work = {0};
    size_t cells;
    pc_status status = budgets_init(&plans, cases, n, &ends, diagnostics);

    status = status != PC_OK ? status : batch_init(&work, plans.cases, plans.n_case, ends.replicates);
    if (status != PC_OK) {
        budgets_free(&plans);
        return status;
    }
    cells = n * work.n_la * cases[0].shape.n_month;
    out->forecast = pc_new_zero(n, sizeof *out->forecast);
    out->difference = pc_new_zero(n, sizeof *out->difference);
    out->p_fewer = pc_new_zero(cells, sizeof *out->p_fewer);
    out->p_more = pc_new_zero(cells, sizeof *out->p_more);
    out->p_fewer_than = pc_new_zero(n * n * ends.n_year, sizeof *out->p_fewer_than);
    ends.children = pc_new_zero(n * ends.n_year * ends.replicates, sizeof *ends.children);
    work.watch = watch_all;
    work.context = &plans;
    status = out->forecast == NULL || out->difference == NULL || out->p_fewer == NULL ||
                     out->p_more == NULL || out->p_fewer_than == NULL || ends.children == NULL
                 ? PC_ERR_NO_MEMORY
                 : batch_keep_bills(&work);
    status = status != PC_OK ? status : batch_run(&work, options);
    if (status == PC_OK) {
        take_pairs(&ends, n, out->p_fewer_than);
    }
    for (size_t at = 0; at < n && status == PC_OK; at++) {
        status = forecast_init(&out->forecast[at], &cases[at], &cases[at].shape);
        status = status != PC_OK ? status : take_forecast(&work, at, options->threads, &out->forecast[at]);
        status = status != PC_OK ? status : take_difference(&work, at, options->threads, out);
        status = status != PC_OK ? status : mtfs_take(&plans.of[at], &out->forecast[at]);
        if (status == PC_OK && at > 0 && work.of[0].bill.days != NULL && work.of[at].bill.days != NULL) {
            status = why_pair(&work.of[0].bill, &work.of[at].bill, &cases[at].shape, work.replicates,
                              &out->forecast[0], &out->forecast[at], &out->why);
        }
        if (status == PC_OK) {
            plausible_say(&out->forecast[at], cases[at].scenario->file, diagnostics);
            status = diagnostics != NULL && diagnostics->lost ? PC_ERR_NO_MEMORY : PC_OK;
        }
    }
    status = status != PC_OK ? status : take_invest(&plans, out);
    say_if_clipped(&work, cases[0].scenario, diagnostics);
    free(ends.children);
    batch_free(&work);
    budgets_free(&plans);
    return status;
}

pc_status pc_compare(const pc_model *model, size_t n, const pc_scenario *const *scenario,
                     const pc_prices *const *prices, const pc_run_options *options, pc_comparison *out,
                     pc_diagnostics *diagnostics)
{
    outcome_case *cases;
    pc_status status;

    memset(out, 0, sizeof *out);
    out->n = n;
    status = pc_compare_check(n, scenario, diagnostics);
    cases = pc_new_zero(n, sizeof *cases);
    status = status == PC_OK && cases == NULL ? PC_ERR_NO_MEMORY : status;
    for (size_t at = 0; at < n && status == PC_OK; at++) {
        status = case_make(&cases[at], model, scenario[at], prices == NULL ? NULL : prices[at], diagnostics);
        status = status != PC_OK ? status : case_follow_workforce(&cases[at], diagnostics);
    }
    status = status != PC_OK
                 ? status
                 : compare(cases, n, options == NULL ? &plain_options : options, out, diagnostics);
    for (size_t at = 0; cases != NULL && at < n; at++) {
        case_free(&cases[at]);
    }
    free(cases);
    if (status != PC_OK) {
        pc_comparison_free(out);
    }
    return status;
}
