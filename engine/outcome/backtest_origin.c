#include "outcome/backtest_origin.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "outcome/batch.h"
#include "outcome/forecast.h"
#include "outcome/statistics.h"
#include "placecast/trend.h"
#include "placecast/priors.h"

void backtest_origin_free(backtest_origin *self)
{
    if (self == NULL) {
        return;
    }
    for (size_t la = 0; la < self->n_la; la++) {
        free(self->la[la].name);
        backtest_series_free(&self->la[la].happened);
        backtest_series_free(&self->la[la].known);
    }
    free(self->la);
    pc_model_free(&self->model);
    memset(self, 0, sizeof *self);
}

/* ---- what was known ---- */

static pc_status clean_then(const backtest_origin *self, const backtest_case *of, pc_episodes *out,
                            pc_diagnostics *diagnostics)
{
    pc_clean_options clean = pc_clean_options_default();
    pc_quality quality;
    pc_status status;

    clean.folder = of->scenario->ssda903;
    clean.codes = of->scenario->codes;
    clean.extract = clean.known_until = self->day;
    status = pc_clean(&clean, out, &quality, diagnostics);
    pc_quality_free(&quality);
    return status;
}

/* Takes the known months of each authority; one whose newest return is not that of the origin was not up to
 * date then, and goes. */
static pc_status take_known(backtest_origin *self, const backtest_case *of, const pc_episodes *then)
{
    size_t n = 0;
    pc_status status = PC_OK;

    for (size_t at = 0; at < self->n_la && status == PC_OK; at++) {
        backtest_la la = self->la[at];
        uint32_t number = pc_names_find(&then->la, la.name, strlen(la.name));

        if (number == PC_NAME_NONE || then->la_to[number] != self->day ||
            then->la_from[number] != of->episodes->la_from[la.number]) {
            backtest_series_free(&self->la[at].happened);
            free(la.name);
            self->la[at].name = NULL;
            continue;
        }
        status = backtest_series_take(&la.known, then, number, of->prices, then->la_from[number], self->day);
        self->la[at].name = NULL; /* moved; on the way out of a failure it is freed at its new place */
        memset(&self->la[at].happened, 0, sizeof self->la[at].happened);
        self->la[n++] = la;
    }
    if (status == PC_OK) {
        self->n_la = n;
    }
    return status;
}

/* A window as long as the scenario's, or the default, that ends at the origin. */
static pc_fit_options window_then(const backtest_origin *self, const backtest_case *of)
{
    const pc_scenario *scenario = of->scenario;
    pc_fit_options fit = pc_fit_options_default();

    fit.window_to = self->day;
    if (scenario->window_from != PC_DAY_NONE) {
        pc_day to = scenario->window_to != PC_DAY_NONE ? scenario->window_to : of->episodes->extract;

        fit.window_from = self->day - (to - scenario->window_from);
    }
    return fit;
}

static pc_status fit_then(backtest_origin *self, const backtest_case *of, const pc_episodes *then,
                          pc_diagnostics *diagnostics)
{
    pc_fit_options fit = window_then(self, of);
    const char **name = pc_new(self->n_la, sizeof *name);
    pc_priors priors;
    pc_status status = pc_priors_load(of->scenario->priors, &then->codes, &priors, diagnostics);

    if (status != PC_OK || name == NULL) {
        pc_priors_free(&priors);
        free(name);
        return status != PC_OK ? status : PC_ERR_NO_MEMORY;
    }
    fit.priors = &priors;
    fit.find_half_life = true;
    for (size_t la = 0; la < self->n_la; la++) {
        name[la] = self->la[la].name;
    }
    fit.n_authority = self->n_la;
    fit.authority = name;
    status = pc_fit(then, &fit, &self->model, diagnostics);
    status = status == PC_OK ? pc_model_find_trend(&self->model, NULL, 1, diagnostics) : status;
    pc_priors_free(&priors);
    free(name);
    return status;
}

pc_status backtest_origin_prepare(backtest_origin *self, const backtest_case *of, pc_diagnostics *diagnostics)
{
    pc_episodes then;
    pc_status status = clean_then(self, of, &then, diagnostics);

    status = status == PC_OK ? take_known(self, of, &then) : status;
    status = status == PC_OK && self->n_la > 0 ? fit_then(self, of, &then, diagnostics) : status;
    pc_episodes_free(&then);
    if (status == PC_ERR_NO_DATA) { /* nobody, or nobody at risk: no forecast could have been made */
        pc_day day = self->day;

        backtest_origin_free(self);
        self->day = day;
        status = PC_OK;
    }
    return status;
}

/* ---- the forecast ---- */

/* The last month of the series that is forecast for somebody. */
static int farthest(const backtest_case *of, const backtest_series *happened, size_t at)
{
    int reached = 0;

    for (size_t h = 0; h < of->n_horizon; h++) {
        reached = at + (size_t)of->horizon[h] <= happened->n_month ? of->horizon[h] : reached;
    }
    return reached;
}

/* The scenario's horizon, money and policies are about the future; its seed and layers are the method's. */
static pc_scenario scenario_then(const backtest_origin *self, const backtest_case *of, int months)
{
    pc_scenario then = *of->scenario;

    then.start = self->day + 1;
    then.months = months;
    then.replicates = of->replicates;
    then.method = PC_METHOD_SIMULATE;
    then.population = then.current = then.contracts = then.income = then.reviews = then.proceedings =
        then.processes = then.inflation = NULL;
    then.population_table = (pc_population){0};
    then.n_capacity = then.n_overflow = then.n_substitute = then.n_intervention = 0;
    return then;
}

/* The forecast's "years" are the horizons. */
static pc_status simulate(const backtest_origin *self, const pc_scenario *scenario, const backtest_case *of,
                          size_t n_horizon, const pc_run_options *run, pc_forecast *out,
                          pc_diagnostics *diagnostics)
{
    outcome_case one;
    batch work = {0};
    pc_status status = case_make(&one, &self->model, scenario, of->prices, diagnostics);

    if (status != PC_OK) {
        return status;
    }
    grid_free(&one.shape);
    status = grid_init_horizons(&one.shape, &one.plan[0], of->prices != NULL, n_horizon, of->horizon);
    status = status == PC_OK ? forecast_init(out, &one, &one.shape) : status;
    status = status == PC_OK ? batch_init(&work, &one, 1, (size_t)scenario->replicates) : status;
    status = status == PC_OK ? batch_run(&work, run) : status;
    for (size_t la = 0; la < out->n_la && status == PC_OK; la++) {
        status = statistics_take(&one.shape, &work.of[0].tally[la], run->threads, la, out);
    }
    batch_free(&work);
    case_free(&one);
    return status;
}

/* ---- the rows ---- */

/* One authority of the forecast, or their sum. */
typedef struct subject {
    size_t la, forecast_la; /* numbers in the skill and in the forecast */
    const backtest_series *happened, *known;
} subject;

static pc_status add_horizon(const backtest_origin *self, const backtest_case *of, const subject *who,
                             const pc_forecast *forecast, size_t h, pc_skill *out, size_t *row_capacity)
{
    size_t at = who->known->n_month;
    const double *children = backtest_series_at(who->known, BACKTEST_CHILDREN, who->known->n_category) + at;
    pc_status status = pc_grow(&out->row, row_capacity, out->n + BACKTEST_N_MEASURE * (out->n_category + 1),
                               sizeof *out->row);

    for (size_t m = 0; m < BACKTEST_N_MEASURE && status == PC_OK; m++) {
        if (!forecast->has[backtest_measure[m]]) {
            continue;
        }
        for (size_t category = 0; category <= out->n_category; category++) {
            pc_skill_row row = {.origin = self->day,
                                .horizon = of->horizon[h],
                                .measure = backtest_measure[m],
                                .category = category,
                                .la = who->la,
                                .size = *children};

            row.actual = backtest_actual(who->happened, m, category, at, row.horizon);
            row.forecast = *pc_forecast_annual(forecast, who->forecast_la, row.measure, category, h);
            row.naive = backtest_naive(who->known, m, category, at, row.horizon);
            row.line = backtest_line(who->known, m, category, at, row.horizon);
            backtest_score(&row, backtest_naive_spread(who->known, m, category, at, row.horizon));
            out->row[out->n++] = row;
        }
    }
    return status;
}

static pc_status add_subject(const backtest_origin *self, const backtest_case *of, const subject *who,
                             const pc_forecast *forecast, pc_skill *out, size_t *row_capacity)
{
    pc_status status = PC_OK;

    for (size_t h = 0; h < forecast->n_year && status == PC_OK; h++) {
        if (who->known->n_month + (size_t)of->horizon[h] <= who->happened->n_month) {
            status = add_horizon(self, of, who, forecast, h, out, row_capacity);
        }
    }
    return status;
}

/* The months from `first` to `last` that all authorities have, added up. */
static pc_status add_up(const backtest_origin *self, bool known, backtest_series *out)
{
    int first = 0, end = 0;
    pc_status status = PC_OK;

    for (size_t la = 0; la < self->n_la; la++) {
        const backtest_series *from = known ? &self->la[la].known : &self->la[la].happened;
        int from_end = from->first_month + (int)from->n_month;

        first = la == 0 || from->first_month > first ? from->first_month : first;
        end = la == 0 || from_end < end ? from_end : end;
    }
    for (size_t la = 0; la < self->n_la && status == PC_OK; la++) {
        status = backtest_series_add(out, known ? &self->la[la].known : &self->la[la].happened, first,
                                     (size_t)(end - first));
    }
    return status;
}

static pc_status score_sum(const backtest_origin *self, const backtest_case *of, const pc_forecast *forecast,
                           pc_skill *out, size_t *row_capacity)
{
    backtest_series known = {0}, happened = {0};
    subject sum = {
        .la = out->n_la - 1, .forecast_la = forecast->n_la - 1, .happened = &happened, .known = &known};
    pc_status status = add_up(self, true, &known);

    status = status == PC_OK ? add_up(self, false, &happened) : status;
    status = status == PC_OK ? add_subject(self, of, &sum, forecast, out, row_capacity) : status;
    backtest_series_free(&known);
    backtest_series_free(&happened);
    return status;
}

static const backtest_la *authority_of(const backtest_origin *self, const char *name)
{
    for (size_t la = 0; la < self->n_la; la++) {
        if (strcmp(self->la[la].name, name) == 0) {
            return &self->la[la];
        }
    }
    return NULL;
}

pc_status backtest_origin_score(backtest_origin *self, const backtest_case *of, const pc_run_options *run,
                                pc_skill *out, size_t *row_capacity, pc_diagnostics *diagnostics)
{
    pc_forecast forecast = {0};
    pc_scenario scenario;
    size_t n_horizon = 0;
    int months = 0;
    pc_status status;

    for (size_t la = 0; la < self->n_la; la++) {
        int far = farthest(of, &self->la[la].happened, self->la[la].known.n_month);

        months = far > months ? far : months;
    }
    while (n_horizon < of->n_horizon && of->horizon[n_horizon] <= months) {
        n_horizon++;
    }
    if (n_horizon == 0) {
        return PC_OK;
    }
    scenario = scenario_then(self, of, months);
    status = simulate(self, &scenario, of, n_horizon, run, &forecast, diagnostics);
    for (size_t la = 0; la < self->model.n_authority && status == PC_OK; la++) {
        const backtest_la *mine = authority_of(self, self->model.authority[la].la);

        if (mine != NULL) {
            subject who = {mine->number, la, &mine->happened, &mine->known};

            status = add_subject(self, of, &who, &forecast, out, row_capacity);
        }
    }
    if (status == PC_OK && forecast.several) {
        status = score_sum(self, of, &forecast, out, row_capacity);
    }
    pc_forecast_free(&forecast);
    return status;
}
