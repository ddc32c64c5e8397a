/* The back-test over all authorities of a panel (docs/backtest.md, "The panel").
 *
 * Year by year: what all authorities' figures tell by then, then each authority's model, trend and
 * simulation, an authority a thread. What a year's forecasts implied is kept: later years learn from how it
 * went. */
#include <omp.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "outcome/backtest.h"
#include "outcome/batch.h"
#include "outcome/forecast.h"
#include "outcome/panel_estimates.h"
#include "outcome/panel_rivals.h"
#include "outcome/statistics.h"

enum { MOST_ROWS = PANEL_N_HORIZON * PANEL_N_SCORED, MONTHS_A_YEAR = 12, MEDIAN = 4 };

static const int panel_horizon[PANEL_N_HORIZON] = {12, 24, 36, 48};

typedef struct panel_case {
    const pc_panel *panel;
    const pc_backtest_options *options;
    size_t n_horizon;
    const int *horizon;
    bool *use; /* [n_area] */
    int last_year;
    panel_pasts pasts;
    size_t done, n_work;
    pc_skill *out;
    size_t row_capacity;
} panel_case;

/* One authority in one year. */
typedef struct panel_job {
    size_t area;
    bool any;
    panel_past past;
    size_t n_row;
    pc_skill_row row[MOST_ROWS];
} panel_job;

typedef struct panel_year {
    panel_known known;
    panel_estimates estimates;
    panel_spreads spreads;
} panel_year;

/* ---- which authorities and years ---- */

static bool year_is_there(const pc_panel *panel, int year)
{
    size_t n = 0;

    for (size_t area = 0; area < panel->n_area; area++) {
        n += pc_panel_is_authority(panel, area) && panel_figure(panel, area, year, PC_PANEL_STOCK) >= 0.0;
    }
    return n > 0;
}

static pc_status choose_areas(panel_case *self, pc_diagnostics *diagnostics)
{
    const pc_panel *panel = self->panel;
    size_t n = 0, authorities = 0;

    self->use = pc_new_zero(panel->n_area, sizeof *self->use);
    if (self->use == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    self->last_year = panel->first_year + (int)panel->n_year - 1;
    while (self->last_year > panel->first_year && !year_is_there(panel, self->last_year)) {
        self->last_year--;
    }
    for (size_t area = 0; area < panel->n_area; area++) {
        self->use[area] = pc_panel_is_authority(panel, area);
        authorities += self->use[area];
        for (int year = panel->first_year; year <= self->last_year; year++) {
            self->use[area] = self->use[area] && (!year_is_there(panel, year) ||
                                                  panel_figure(panel, area, year, PC_PANEL_STOCK) >= 1.0);
        }
        n += self->use[area];
    }
    if (n == 0) {
        pc_diagnostics_add(diagnostics, PC_ERROR, (pc_place){0},
                           "no authority has children in care in every year of the panel");
        return PC_ERR_NO_DATA;
    }
    if (n < authorities) {
        pc_diagnostics_add(diagnostics, PC_ASSUMPTION, (pc_place){0},
                           "%zu of %zu authorities have a stock in every year and are scored; reorganised "
                           "and suppressed ones are left out",
                           n, authorities);
    }
    self->n_work = n * (size_t)(self->last_year - panel->first_year + 1);
    return PC_OK;
}

/* ---- one authority ---- */

static void keep_past(const panel_year *by, const panel_case *of, const pc_trend *trend, panel_past *out)
{
    out->origin = by->known.year;
    out->homes = out->origin >= PANEL_FIRST_TYPES
                     ? panel_type_children(of->panel, out->area, out->origin, PANEL_RESIDENTIAL)
                     : -1.0;
    out->homes_growth = by->estimates.factors.homes_growth[0];
    for (int knot = 0; knot < PC_N_KNOT; knot++) {
        out->birthdays[knot] = trend->birthdays[knot];
        out->implied[knot] = trend->implied[knot];
        out->above_middle[knot] = (double)NAN;
    }
    for (int years = PC_N_KNOT; years < PANEL_N_HORIZON; years++) { /* straight on */
        out->birthdays[years] = 2.0 * out->birthdays[years - 1] - out->birthdays[years - 2];
        out->implied[years] = 2.0 * out->implied[years - 1] - out->implied[years - 2];
    }
}

/* The furthest horizon that can be scored, in months; 0: none. */
static int farthest(const panel_case *of, size_t area, int origin)
{
    int months = 0;

    for (size_t h = 0; h < of->n_horizon; h++) {
        bool known =
            panel_figure(of->panel, area, origin + of->horizon[h] / MONTHS_A_YEAR, PC_PANEL_STOCK) >= 0.0;

        months = known ? of->horizon[h] : months;
    }
    return months;
}

static pc_status simulate(const panel_case *of, const panel_year *by, const pc_model *model,
                          const panel_job *job, int months, size_t n_horizon, pc_forecast *out)
{
    char name[] = "panel";
    pc_scenario scenario = {.name = name,
                            .start = model->extract + 1,
                            .months = months,
                            .replicates = of->options->replicates,
                            .seed = 1 + job->area * 10000U + (uint64_t)by->known.year,
                            .uncertainty = {true, true, true},
                            .trend = {true, true}};
    pc_run_options run = {.threads = 1, .stop = of->options->run.stop};
    panel_uncertainty from = {.evidence = job->past.evidence};
    outcome_case one;
    batch work = {0};
    pc_status status = case_make(&one, model, &scenario, NULL, NULL);
    pc_plan *plan;

    if (status != PC_OK) {
        return status;
    }
    plan = &one.plan[0];
    memcpy(from.sigma_type, by->estimates.sigma_type, sizeof from.sigma_type);
    panel_model_draws(plan, &from);
    plan->care_bands = plan->placement_bands = false; /* no rate here depends on a clock */
    plan->shock_starts = plan->shock_exits =
        (plan_shock){by->estimates.phi, by->estimates.sigma[pc_size_band_of(job->past.now)]};
    plan->shock_mix = (plan_shock){by->estimates.phi_mix, by->estimates.sigma_mix};
    grid_free(&one.shape);
    status = grid_init_horizons(&one.shape, plan, false, n_horizon, of->horizon);
    status = status == PC_OK ? forecast_init(out, &one, &one.shape) : status;
    status = status == PC_OK ? batch_init(&work, &one, 1, (size_t)scenario.replicates) : status;
    status = status == PC_OK ? batch_run(&work, &run) : status;
    status = status == PC_OK ? statistics_take(&one.shape, &work.of[0].tally[0], 1, 0, out) : status;
    batch_free(&work);
    case_free(&one);
    return status;
}

static void keep_middle(const panel_case *of, const pc_trend *trend, const pc_forecast *forecast,
                        size_t n_horizon, panel_past *out)
{
    for (size_t h = 0; h < n_horizon; h++) {
        int knot = of->horizon[h] / MONTHS_A_YEAR - 1;
        double middle =
            pc_forecast_annual(forecast, 0, PC_MEASURE_CHILDREN, PANEL_N_TYPE, h)->quantile[MEDIAN];

        if (knot < PC_N_KNOT && middle > 0.0 && trend->aim_mean[knot] > 0.0 && !trend->bounded) {
            out->above_middle[knot] = log(trend->aim_mean[knot] / middle);
        }
    }
}

static void shift(pc_statistics *self, double by)
{
    self->mean += by;
    for (size_t q = 0; q < PC_N_QUANTILE; q++) {
        self->quantile[q] = fmax(self->quantile[q] + by, 0.0);
    }
}

static void score(const panel_case *of, const panel_year *by, const pc_forecast *forecast, size_t h,
                  panel_job *job)
{
    int origin = by->known.year, years = of->horizon[h] / MONTHS_A_YEAR;

    for (int what = 0; what < PANEL_N_SCORED; what++) {
        pc_skill_row *row = &job->row[job->n_row];

        *row = (pc_skill_row){.origin = pc_financial_year_first_day(origin) - 1,
                              .horizon = of->horizon[h],
                              .measure = what == PANEL_STARTS   ? PC_MEASURE_STARTS
                                         : what == PANEL_CEASES ? PC_MEASURE_CEASES
                                                                : PC_MEASURE_CHILDREN,
                              .category = what == 0 || what > PANEL_N_TYPE ? PANEL_N_TYPE : (size_t)what - 1,
                              .la = job->area,
                              .size = job->past.now};
        row->actual = panel_actual(of->panel, job->area, origin, years, what);
        row->naive = panel_naive(of->panel, job->area, origin, years, what);
        if (!(row->actual >= 0.0) || !(row->naive >= 0.0)) {
            continue; /* not published, or not comparable */
        }
        row->forecast = *pc_forecast_annual(forecast, 0, row->measure, row->category, h);
        if (what == PANEL_CEASES) { /* the last of a child in a year is published only */
            shift(&row->forecast, by->known.gap * job->past.now * years);
        }
        row->line = panel_line(of->panel, job->area, origin, years, what);
        backtest_score(row, panel_naive_spread(&by->spreads, of->panel, job->area, origin, years, what));
        job->n_row++;
    }
}

static pc_status run_job(const panel_case *of, const panel_year *by, panel_job *job)
{
    pc_model model;
    pc_forecast forecast = {0};
    int months = farthest(of, job->area, by->known.year);
    size_t n_horizon = 0;
    pc_status status = panel_model_make(of->panel, job->area, &by->known, by->estimates.half_life, &model,
                                        &job->past.evidence);

    if (status == PC_ERR_NO_DATA) {
        return PC_OK; /* starts or ceases of this year are not published */
    }
    status = status == PC_OK ? panel_model_settle(&model) : status;
    status = status == PC_OK ? pc_model_find_trend(&model, &by->estimates.factors, 1, NULL) : status;
    if (status == PC_OK && model.authority[0].trend.found) {
        job->any = true;
        job->past.now = (double)model.authority[0].n_child;
        keep_past(by, of, &model.authority[0].trend, &job->past);
    }
    while (n_horizon < of->n_horizon && of->horizon[n_horizon] <= months) {
        n_horizon++;
    }
    if (status == PC_OK && job->any && n_horizon > 0) {
        status = simulate(of, by, &model, job, months, n_horizon, &forecast);
        if (status == PC_OK) {
            keep_middle(of, &model.authority[0].trend, &forecast, n_horizon, &job->past);
        }
        for (size_t h = 0; h < n_horizon && status == PC_OK; h++) {
            score(of, by, &forecast, h, job);
        }
        pc_forecast_free(&forecast);
    }
    pc_model_free(&model);
    return status;
}

/* ---- one year ---- */

static pc_status run_jobs(panel_case *of, const panel_year *by, panel_job *job, size_t n)
{
    const pc_run_options *run = &of->options->run;
    int threads = run->threads > 0 ? run->threads : omp_get_max_threads();
    pc_status status = PC_OK;

#pragma omp parallel for num_threads(threads) schedule(dynamic, 1)
    for (size_t at = 0; at < n; at++) {
        pc_status mine, shared;

#pragma omp atomic read
        shared = status;
        mine = shared != PC_OK                        ? shared
               : run->stop != NULL && *run->stop != 0 ? PC_ERR_INTERRUPTED
                                                      : run_job(of, by, &job[at]);
#pragma omp critical(panel_progress)
        {
            if (status == PC_OK && mine != PC_OK) {
                status = mine;
            }
            of->done++;
            if (run->progress != NULL) {
                run->progress(run->context, (double)of->done / (double)of->n_work);
            }
        }
    }
    return status;
}

static pc_status take_jobs(panel_case *of, const panel_job *job, size_t n)
{
    pc_skill *out = of->out;
    pc_status status = PC_OK;

    for (size_t at = 0; at < n && status == PC_OK; at++) {
        status = pc_grow(&of->pasts.row, &of->pasts.capacity, of->pasts.n + 1, sizeof *of->pasts.row);
        if (status == PC_OK && job[at].any) {
            of->pasts.row[of->pasts.n++] = job[at].past;
        }
        status = status == PC_OK ? pc_grow(&out->row, &of->row_capacity, out->n + MOST_ROWS, sizeof *out->row)
                                 : status;
        for (size_t row = 0; row < job[at].n_row && status == PC_OK; row++) {
            out->row[out->n++] = job[at].row[row];
        }
    }
    return status;
}

static pc_status run_year(panel_case *of, int year, panel_estimates *estimates)
{
    panel_year *by = pc_new_zero(1, sizeof *by);
    panel_job *job = pc_new_zero(of->panel->n_area, sizeof *job);
    size_t n = 0, before = of->out->n;
    pc_status status = by == NULL || job == NULL ? PC_ERR_NO_MEMORY : PC_OK;

    if (status == PC_OK) {
        panel_known_by(of->panel, year, &by->known);
        panel_estimate(of->panel, of->use, &of->pasts, &by->known, &by->estimates);
        panel_spreads_by(of->panel, of->use, year, &by->spreads);
        *estimates = by->estimates;
        for (size_t area = 0; area < of->panel->n_area; area++) {
            if (of->use[area]) {
                job[n].past.area = job[n].area = area;
                n++;
            }
        }
        status = run_jobs(of, by, job, n);
    }
    status = status == PC_OK ? take_jobs(of, job, n) : status;
    if (status == PC_OK && of->out->n > before) {
        of->out->origin[of->out->n_origin++] = pc_financial_year_first_day(year) - 1;
    }
    free(by);
    free(job);
    return status;
}

/* ---- all of it ---- */

static pc_status name_all(const panel_case *of, pc_skill *out)
{
    size_t n_year = of->panel->n_year;

    out->la = pc_new_zero(of->panel->n_area + 1, sizeof *out->la);
    out->category = pc_new_zero(PANEL_N_TYPE, sizeof *out->category);
    out->origin = pc_new_zero(n_year, sizeof *out->origin);
    if (out->la == NULL || out->category == NULL || out->origin == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    for (size_t area = 0; area <= of->panel->n_area;
         area++) { /* the last stands for their sum: no row has it */
        out->la[out->n_la] = pc_copy_text(area < of->panel->n_area ? of->panel->area[area].code : "all");
        if (out->la[out->n_la++] == NULL) {
            return PC_ERR_NO_MEMORY;
        }
    }
    for (size_t type = 0; type < PANEL_N_TYPE; type++) {
        out->category[type] = pc_copy_text(panel_type_name[type]);
        out->n_category++;
        if (out->category[type] == NULL) {
            return PC_ERR_NO_MEMORY;
        }
    }
    return PC_OK;
}

static pc_status check_options(const pc_backtest_options *options, const panel_case *of,
                               pc_diagnostics *diagnostics)
{
    bool ok = options->replicates >= 1 && options->replicates <= 1000000 && of->n_horizon <= PANEL_N_HORIZON;
    int before = 0;

    for (size_t h = 0; h < of->n_horizon; h++) {
        ok = ok && of->horizon[h] > before && of->horizon[h] % MONTHS_A_YEAR == 0 &&
             of->horizon[h] <= MONTHS_A_YEAR * PANEL_N_HORIZON;
        before = of->horizon[h];
    }
    if (!ok) {
        pc_diagnostics_add(diagnostics, PC_ERROR, (pc_place){0},
                           "expected 1 to 1000000 replicates and ascending horizons of 12, 24, 36 or 48 "
                           "months");
    }
    return ok ? PC_OK : PC_ERR_RANGE;
}

pc_status pc_backtest_panel(const pc_panel *panel, const pc_backtest_options *options, pc_skill *out,
                            pc_panel_estimates *estimates, pc_diagnostics *diagnostics)
{
    bool own = options->n_horizon > 0 && options->horizon != pc_backtest_horizon;
    panel_case of = {.panel = panel,
                     .options = options,
                     .n_horizon = own ? options->n_horizon : PANEL_N_HORIZON,
                     .horizon = own ? options->horizon : panel_horizon,
                     .out = out};
    pc_status status;

    memset(out, 0, sizeof *out);
    memset(estimates, 0, sizeof *estimates);
    status = check_options(options, &of, diagnostics);
    status = status == PC_OK ? choose_areas(&of, diagnostics) : status;
    status = status == PC_OK ? name_all(&of, out) : status;
    if (status == PC_OK) {
        out->replicates = options->replicates;
        estimates->row = pc_new_zero(panel->n_year * PANEL_ESTIMATE_ROWS, sizeof *estimates->row);
        status = estimates->row == NULL ? PC_ERR_NO_MEMORY : PC_OK;
    }
    for (int year = panel->first_year; year <= of.last_year && status == PC_OK; year++) {
        panel_estimates then;

        if (year_is_there(panel, year)) {
            status = run_year(&of, year, &then);
            if (status == PC_OK) {
                panel_list_estimates(&then, estimates);
            }
        }
    }
    free(of.use);
    free(of.pasts.row);
    if (status != PC_OK) {
        pc_skill_free(out);
        pc_panel_estimates_free(estimates);
    }
    return status;
}
