/* why_causes.c - what a difference between two scenarios is due to: each cause's mean effect over all orders,
 * or over a sequence of random ones, on shared random numbers. */
#include <math.h>
#include <omp.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "outcome/batch.h"
#include "outcome/shapley.h"
#include "outcome/why.h"
#include "outcome/why_groups.h"

enum { PROBE = 4 }; /* replicates by which it is seen whether something matters */

/* One pair of scenarios. */
typedef struct pair {
    const pc_model *model;
    const pc_run_options *options;
    why_groups groups;
    size_t n_year;
    size_t n_replicate; /* of each combination; of orders, one for each */
    double *bill;       /* [set][n_replicate][n_year], or [order][2][n + 1][n_year]; pence */
    double *part;       /* [n][n_replicate][n_year]; of each cause in each replicate */
    size_t n_job;
    size_t n_done;
} pair;

/* ---- bills of one combination ---- */

typedef struct bills {
    const grid *shape;
    double *out; /* [replicates][n_year] */
} bills;

static void watch(void *context, size_t at, size_t replicate, const int64_t *cell, const int64_t *work)
{
    const bills *self = context;
    const grid *shape = self->shape;

    (void)at;
    (void)work;
    for (size_t year = 0; year < shape->n_year; year++) {
        self->out[replicate * shape->n_year + year] =
            (double)cell[grid_annual(shape, PC_MEASURE_COST, shape->n_category, year)];
    }
}

/* What is wrong with the scenarios was said when they were run themselves. */
static pc_status run_view(const pair *self, const pc_scenario *scenario, const pc_prices *prices,
                          size_t first, size_t replicates, double *out)
{
    const pc_run_options alone = {.threads = 1, .stop = self->options->stop};
    outcome_case of = {0};
    batch work = {0};
    pc_status status = case_make(&of, self->model, scenario, prices, NULL);
    bills to = {&of.shape, NULL};

    to.out = out;
    status = status != PC_OK ? status : batch_init(&work, &of, 1, replicates);
    if (status == PC_OK) {
        work.first = first;
        work.watch = watch;
        work.context = &to;
        status = batch_run(&work, &alone);
        batch_free(&work);
    }
    case_free(&of);
    return status;
}

static pc_status run_mixture(const pair *self, const bool *on, size_t first, size_t replicates, double *out)
{
    why_mixture mixture;
    pc_status status = why_mix(&self->groups, on, &mixture);

    status =
        status != PC_OK ? status : run_view(self, &mixture.scenario, mixture.prices, first, replicates, out);
    why_mixture_free(&mixture);
    return status;
}

/* ---- whether prices, and whatever no group names, matter ---- */

static pc_status views_differ(const pair *self, const pc_scenario *a, const pc_prices *a_prices,
                              const pc_scenario *b, const pc_prices *b_prices, bool *out)
{
    size_t n = PROBE < a->replicates ? PROBE : (size_t)a->replicates, cells = n * self->n_year;
    double *value = pc_new_zero(2 * cells, sizeof *value);
    pc_status status = value == NULL ? PC_ERR_NO_MEMORY : run_view(self, a, a_prices, 0, n, value);

    status = status != PC_OK ? status : run_view(self, b, b_prices, 0, n, value + cells);
    for (size_t at = 0; at < cells && status == PC_OK; at++) {
        *out |= value[at] < value[cells + at] || value[at] > value[cells + at];
    }
    free(value);
    return status;
}

static pc_status find_groups(pair *self, const pc_scenario *base, const pc_scenario *of,
                             const pc_prices *base_prices, const pc_prices *of_prices)
{
    bool prices = false, other = false;
    why_mixture named;
    bool *on;
    pc_status status = PC_OK;

    if (base_prices != of_prices) {
        status = views_differ(self, base, base_prices, base, of_prices, &prices);
        status = status != PC_OK ? status : views_differ(self, of, base_prices, of, of_prices, &prices);
    }
    if (status == PC_OK) {
        status = why_groups_find(&self->groups, base, of, base_prices, of_prices, prices, true);
    }
    on = pc_new_zero(self->groups.n, sizeof *on);
    status = status == PC_OK && on == NULL ? PC_ERR_NO_MEMORY : status;
    for (size_t at = 0; at + 1 < self->groups.n && status == PC_OK; at++) {
        on[at] = true; /* all but the last, `other` */
    }
    status = status != PC_OK ? status : why_mix(&self->groups, on, &named);
    free(on);
    if (status != PC_OK) {
        return status;
    }
    status = views_differ(self, &named.scenario, named.prices, of, of_prices, &other);
    why_mixture_free(&named);
    why_groups_free(&self->groups);
    return status != PC_OK ? status
                           : why_groups_find(&self->groups, base, of, base_prices, of_prices, prices, other);
}

/* ---- all combinations, or the sets along an order ---- */

static void set_members(const pair *self, size_t set, bool *on)
{
    for (size_t at = 0; at < self->groups.n; at++) {
        on[at] = (set >> at & 1) != 0;
    }
}

/* Job (order, backwards, position): the first `position` players of it act. */
static pc_status run_order_job(const pair *self, size_t job, size_t *order, bool *on)
{
    size_t n = self->groups.n, place = job % (n + 1), backwards = job / (n + 1) % 2,
           number = job / (n + 1) / 2;
    double *out = self->bill + job * self->n_year;

    if (backwards == 1 && (place == 0 || place == n)) {
        return PC_OK; /* as forwards */
    }
    shapley_order(n, (uint32_t)number, order);
    for (size_t at = 0; at < n; at++) {
        on[order[backwards == 1 ? n - 1 - at : at]] = at < place;
    }
    return run_mixture(self, on, number % (size_t)self->groups.base->replicates, 1, out);
}

static pc_status run_job(const pair *self, size_t job, size_t *order, bool *on)
{
    if (self->groups.n > PC_WHY_EXACT) {
        return run_order_job(self, job, order, on);
    }
    set_members(self, job, on);
    return run_mixture(self, on, 0, self->n_replicate, self->bill + job * self->n_replicate * self->n_year);
}

static void tell(pair *self)
{
    if (self->options->progress != NULL) {
#pragma omp critical(why_progress)
        self->options->progress(self->options->context, (double)++self->n_done / (double)self->n_job);
    }
}

static pc_status run_jobs(pair *self)
{
    int threads = self->options->threads > 0 ? self->options->threads : omp_get_max_threads();
    pc_status status = PC_OK;

#pragma omp parallel num_threads(threads)
    {
        size_t *order = pc_new(self->groups.n, sizeof *order);
        bool *on = pc_new_zero(self->groups.n, sizeof *on);
        pc_status mine = order == NULL || on == NULL ? PC_ERR_NO_MEMORY : PC_OK, shared;

#pragma omp for schedule(dynamic, 1)
        for (size_t job = 0; job < self->n_job; job++) {
#pragma omp atomic read
            shared = status;
            if (mine == PC_OK && shared == PC_OK) {
                mine = run_job(self, job, order, on);
            }
            if (mine != PC_OK) {
#pragma omp atomic write
                status = mine;
            }
            tell(self);
        }
        free(order);
        free(on);
    }
    return status;
}

/* ---- each cause's part in each replicate ---- */

static double *part_at(const pair *self, size_t cause, size_t replicate, size_t year)
{
    return &self->part[(cause * self->n_replicate + replicate) * self->n_year + year];
}

static void take_exact(const pair *self)
{
    size_t n = self->groups.n;
    double value[1 << PC_WHY_EXACT], part[PC_WHY_EXACT];

    for (size_t cell = 0; cell < self->n_replicate * self->n_year; cell++) {
        for (size_t set = 0; set < (size_t)1 << n; set++) {
            value[set] = self->bill[set * self->n_replicate * self->n_year + cell];
        }
        shapley_exact(n, value, part);
        for (size_t cause = 0; cause < n; cause++) {
            *part_at(self, cause, cell / self->n_year, cell % self->n_year) = part[cause];
        }
    }
}

static double bill_along(const pair *self, size_t number, size_t backwards, size_t place, size_t year)
{
    size_t n = self->groups.n;

    backwards = place == 0 || place == n ? 0 : backwards;
    return self->bill[(((number * 2 + backwards) * (n + 1)) + place) * self->n_year + year];
}

static void take_orders(const pair *self, size_t *order)
{
    size_t n = self->groups.n;

    for (size_t number = 0; number < self->n_replicate; number++) {
        shapley_order(n, (uint32_t)number, order);
        for (size_t at = 0; at < n; at++) {
            for (size_t year = 0; year < self->n_year; year++) {
                double there =
                    bill_along(self, number, 0, at + 1, year) - bill_along(self, number, 0, at, year);
                double back =
                    bill_along(self, number, 1, n - at, year) - bill_along(self, number, 1, n - at - 1, year);

                *part_at(self, order[at], number, year) = (there + back) / 2.0;
            }
        }
    }
}

static size_t replicates_of(size_t n, size_t given)
{
    size_t each = PC_WHY_RUNS >> n;

    if (n > PC_WHY_EXACT) {
        return PC_WHY_ORDERS;
    }
    each = each < PC_WHY_LEAST ? PC_WHY_LEAST : each > PC_WHY_MOST ? PC_WHY_MOST : each;
    return each < given ? each : given;
}

static pc_status take_parts(pair *self)
{
    size_t n = self->groups.n;
    size_t *order = pc_new(n, sizeof *order);
    pc_status status;

    self->n_replicate = replicates_of(n, (size_t)self->groups.base->replicates);
    self->n_job = n > PC_WHY_EXACT ? self->n_replicate * 2 * (n + 1) : (size_t)1 << n;
    self->bill = pc_new_zero(self->n_job * (n > PC_WHY_EXACT ? 1 : self->n_replicate) * self->n_year,
                             sizeof *self->bill);
    self->part = pc_new_zero(n * self->n_replicate * self->n_year, sizeof *self->part);
    status = order == NULL || self->bill == NULL || self->part == NULL ? PC_ERR_NO_MEMORY : run_jobs(self);
    if (status == PC_OK && n > PC_WHY_EXACT) {
        take_orders(self, order);
    } else if (status == PC_OK) {
        take_exact(self);
    }
    free(order);
    return status;
}

/* ---- rows ---- */

/* Means over fewer replicates than the forecasts have; each is moved by its regression on the whole
 * difference, which is known from all of them. The slopes add up to 1, so that the parts add up to the
 * difference. Where all replicates differ by the same, in proportion. */
static void adjust(const pair *self, size_t year, double change, double *part)
{
    size_t n = self->groups.n, n_replicate = self->n_replicate;
    double total = 0.0, variance = 0.0, size = 0.0, missing;

    for (size_t cause = 0; cause < n; cause++) {
        part[cause] = 0.0;
        for (size_t replicate = 0; replicate < n_replicate; replicate++) {
            part[cause] += *part_at(self, cause, replicate, year) / (double)n_replicate;
        }
        total += part[cause];
        size += fabs(part[cause]);
    }
    missing = change - total;
    for (size_t replicate = 0; replicate < n_replicate; replicate++) {
        double whole = -total;

        for (size_t cause = 0; cause < n; cause++) {
            whole += *part_at(self, cause, replicate, year);
        }
        variance += whole * whole;
    }
    if (!(variance > 1.0)) { /* of pence: nothing but rounding */
        for (size_t cause = 0; cause < n; cause++) {
            part[cause] += missing * (size > 0.0 ? fabs(part[cause]) / size : 1.0 / (double)n);
        }
        return;
    }
    for (size_t cause = 0; cause < n; cause++) {
        double with = 0.0, mean = part[cause];

        for (size_t replicate = 0; replicate < n_replicate; replicate++) {
            double whole = -total;

            for (size_t other = 0; other < n; other++) {
                whole += *part_at(self, other, replicate, year);
            }
            with += (*part_at(self, cause, replicate, year) - mean) * whole;
        }
        part[cause] += missing * with / variance;
    }
}

static double mean_pence(const pc_forecast *of, size_t year)
{
    return pc_forecast_annual(of, of->n_la - 1, PC_MEASURE_COST, of->n_category, year)->mean * 100.0;
}

static pc_status add_year(const pair *self, const pc_forecast *base, const pc_forecast *of, size_t year,
                          pc_why *out)
{
    size_t n = self->groups.n;
    why_change change = {.from = why_name(out, base->scenario),
                         .to = why_name(out, of->scenario),
                         .year = of->year[year].year,
                         .layer = PC_WHY_CAUSES,
                         .pence = why_printed_pence(mean_pence(of, year) / 100.0) -
                                  why_printed_pence(mean_pence(base, year) / 100.0)};
    double *part = pc_new_zero(n, sizeof *part);
    const char **driver = pc_new_zero(2 * n, sizeof *driver);
    pc_status status =
        change.from == NULL || change.to == NULL || part == NULL || driver == NULL ? PC_ERR_NO_MEMORY : PC_OK;

    for (size_t at = 0; at < n && status == PC_OK; at++) {
        driver[at] = why_name(out, self->groups.group[at].name);
        driver[n + at] = self->groups.group[at].kind;
        status = driver[at] == NULL ? PC_ERR_NO_MEMORY : PC_OK;
    }
    if (status == PC_OK && n > 1) {
        adjust(self, year, mean_pence(of, year) - mean_pence(base, year), part);
    } else if (status == PC_OK && n == 1) {
        part[0] = mean_pence(of, year) - mean_pence(base, year);
    }
    status = status != PC_OK ? status : why_add(out, &change, n, driver, driver + n, part);
    free(part);
    free(driver);
    return status;
}

static pc_status add_pair(pair *self, const pc_forecast *base, const pc_forecast *of, pc_why *out)
{
    pc_status status = self->groups.n > 1 ? take_parts(self) : PC_OK;

    for (size_t year = 0; year < self->n_year && self->groups.n > 0 && status == PC_OK; year++) {
        status = add_year(self, base, of, year, out);
    }
    free(self->bill);
    free(self->part);
    if (self->groups.n > 1) {
        out->replicates = (int)self->n_replicate;
    }
    return status;
}

pc_status pc_why_causes(const pc_model *model, const pc_scenario *const *scenario,
                        const pc_prices *const *prices, const pc_run_options *options,
                        pc_comparison *comparison, pc_diagnostics *diagnostics)
{
    static const pc_run_options plain_options;
    pc_status status = PC_OK;

    (void)diagnostics;
    for (size_t at = 1; at < comparison->n && status == PC_OK; at++) {
        const pc_forecast *base = &comparison->forecast[0], *of = &comparison->forecast[at];
        pair self = {
            .model = model, .options = options == NULL ? &plain_options : options, .n_year = base->n_year};

        if (prices == NULL || !base->has[PC_MEASURE_COST] || !of->has[PC_MEASURE_COST]) {
            continue;
        }
        status = find_groups(&self, scenario[0], scenario[at], prices[0], prices[at]);
        status = status != PC_OK ? status : add_pair(&self, base, of, &comparison->why);
        why_groups_free(&self.groups);
    }
    return status;
}
