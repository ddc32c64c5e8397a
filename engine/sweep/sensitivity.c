/* sensitivity.c - the runs of a sensitivity analysis: the middle, each factor at its ends, and the points of
 * the Sobol indices over all ranges. */
#include "placecast/sensitivity.h"

#include <math.h>
#include <omp.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/yaml_node.h"
#include "placecast/mtfs.h"
#include "sweep/sweep_impl.h"

/* One factor set to one of its values, the others in the middle. */
typedef struct single {
    size_t factor;
    sweep_choice choice;
} single;

typedef struct analysis {
    pc_sweep *sweep;
    const pc_sensitivity_options *options;
    sweep_choice middle[SWEEP_MOST_FACTORS];
    single *single; /* [n_single]; those of a factor stand together, from first_single on */
    size_t n_single, first_single[SWEEP_MOST_FACTORS + 1];
    size_t n_range, range[SWEEP_MOST_FACTORS]; /* numbers of the factors */
    size_t n_point;                            /* 0 without ranges */
    double *a, *b;                             /* [n_point][n_range] */
    size_t n_run;
    double *value; /* [PC_N_SENSITIVITY][n_run]; run 0 is the middle, then the single ones, then point by
                      point a, b and each exchange */
    size_t n_done;
    pc_day end;
    pc_status status;
    pc_diagnostics *diagnostics;
} analysis;

static bool is_range(const sweep_factor *factor)
{
    return factor->n_value == 0 || factor->steps > 0;
}

static sweep_choice at_level(size_t level)
{
    return (sweep_choice){.level = level};
}

/* The value at that place of the list's ascending order. */
static size_t level_of_rank(const sweep_factor *factor, size_t rank)
{
    for (size_t v = 0; v < factor->n_value; v++) {
        size_t before = 0;

        for (size_t other = 0; other < factor->n_value; other++) {
            double difference = factor->value[other].number - factor->value[v].number;

            before += difference < 0 || (!(difference > 0) && other < v);
        }
        if (before == rank) {
            return v;
        }
    }
    return 0;
}

static sweep_choice middle_of(const sweep_factor *factor)
{
    if (factor->n_value == 0) {
        return (sweep_choice){.u = isnan(factor->likely) ? sweep_factor_at(factor, 0.5) : factor->likely};
    }
    return at_level(factor->numeric ? level_of_rank(factor, (factor->n_value - 1) / 2) : 0);
}

/* Numbers at their least and their largest; of names every value, since they have no order. */
static pc_status list_singles(analysis *self)
{
    const pc_sweep *sweep = self->sweep;
    size_t most = 0;

    for (size_t f = 0; f < sweep->n_factor; f++) {
        most += 2 + sweep->factor[f].n_value;
    }
    self->single = pc_new(most, sizeof *self->single);
    if (self->single == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    for (size_t f = 0; f < sweep->n_factor; f++) {
        const sweep_factor *factor = &sweep->factor[f];
        single *next = &self->single[self->n_single];

        self->first_single[f] = self->n_single;
        self->middle[f] = middle_of(factor);
        if (factor->n_value == 0) {
            next[0] = (single){f, {.u = factor->low}};
            next[1] = (single){f, {.u = factor->high}};
            self->n_single += 2;
        } else if (factor->numeric) {
            next[0] = (single){f, at_level(level_of_rank(factor, 0))};
            next[1] = (single){f, at_level(level_of_rank(factor, factor->n_value - 1))};
            self->n_single += 2;
        } else {
            for (size_t v = 0; v < factor->n_value; v++) {
                self->single[self->n_single++] = (single){f, at_level(v)};
            }
        }
        if (is_range(factor)) {
            self->range[self->n_range++] = f;
        }
    }
    self->first_single[sweep->n_factor] = self->n_single;
    return PC_OK;
}

static pc_status list_points(analysis *self)
{
    size_t n;

    if (self->n_range == 0) {
        return PC_OK;
    }
    self->n_point = (size_t)self->options->points;
    n = self->n_point * self->n_range;
    self->a = pc_new(n, sizeof *self->a);
    self->b = pc_new(n, sizeof *self->b);
    if (self->a == NULL || self->b == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    return pc_sobol_points(self->n_point, self->n_range, self->sweep->sample_seed, self->a, self->b);
}

static sweep_choice at_share(const sweep_factor *factor, double u)
{
    if (factor->n_value > 0) { /* a grid: each of its values is as likely as the next */
        return at_level((size_t)(u * (double)factor->n_value));
    }
    return (sweep_choice){.u = sweep_factor_at(factor, u)};
}

/* What run number `run` sets each factor to. */
static void choose(const analysis *self, size_t run, sweep_choice *out)
{
    size_t k = self->n_range, point, part;

    memcpy(out, self->middle, self->sweep->n_factor * sizeof *out);
    if (run == 0) {
        return;
    }
    if (run <= self->n_single) {
        out[self->single[run - 1].factor] = self->single[run - 1].choice;
        return;
    }
    point = (run - 1 - self->n_single) / (k + 2);
    part = (run - 1 - self->n_single) % (k + 2);
    for (size_t r = 0; r < k; r++) {
        const double *from = part == 1 || part == r + 2 ? self->b : self->a;

        out[self->range[r]] = at_share(&self->sweep->factor[self->range[r]], from[point * k + r]);
    }
}

static double gap_of(const pc_forecast *forecast)
{
    const pc_mtfs *of = forecast->mtfs;
    double gap = 0;

    if (of == NULL || !of->has_gap) {
        return (double)NAN;
    }
    for (size_t year = 0; year < of->n_year; year++) {
        const pc_mtfs_year *mine = pc_mtfs_at(of, of->n_holder - 1, year);

        gap += mine->has_budget && mine->has_outturn ? mine->gap_gbp : 0;
    }
    return gap;
}

/* Mean results of all authorities together. */
static void take(analysis *self, size_t run, const pc_forecast *forecast)
{
    size_t la = forecast->n_la - 1, all = forecast->n_category, last = forecast->n_month - 1;
    double bill = 0, residential = 0;
    bool has_residential = false;

    for (size_t year = 0; year < forecast->n_year; year++) {
        bill += forecast->has[PC_MEASURE_COST]
                    ? pc_forecast_annual(forecast, la, PC_MEASURE_COST, all, year)->mean
                    : (double)NAN;
    }
    for (size_t c = 0; c < all; c++) {
        if (strncmp(forecast->category[c], "residential", strlen("residential")) == 0) {
            residential += pc_forecast_monthly(forecast, la, PC_MEASURE_CHILDREN, c, last)->mean;
            has_residential = true;
        }
    }
    self->value[PC_SENSITIVITY_COST * self->n_run + run] = bill;
    self->value[PC_SENSITIVITY_GAP * self->n_run + run] = gap_of(forecast);
    self->value[PC_SENSITIVITY_RESIDENTIAL * self->n_run + run] = has_residential ? residential : (double)NAN;
    self->value[PC_SENSITIVITY_CHILDREN * self->n_run + run] =
        pc_forecast_monthly(forecast, la, PC_MEASURE_CHILDREN, all, last)->mean;
    if (run == 0) {
        self->end = forecast->month_end[last];
    }
}

static void name_run(const analysis *self, const sweep_choice *choice)
{
    char *text = sweep_choice_words(self->sweep, "the run", choice);

    if (text != NULL) {
        pc_diagnostics_add(self->diagnostics, PC_ERROR, (pc_place){.file = self->sweep->file},
                           "these values cannot be run together (%s), expected ranges and lists of which "
                           "all can",
                           text);
    }
    free(text);
}

static void do_run(analysis *self, size_t run, int threads)
{
    sweep_choice choice[SWEEP_MOST_FACTORS];
    pc_diagnostics said;
    pc_forecast forecast = {0};
    sweep_job job;
    pc_status status;

    pc_diagnostics_init(&said);
    choose(self, run, choice);
    status = sweep_job_make(self->sweep, choice, &job, &said);
    if (status == PC_OK) {
        status = sweep_job_run(&job, threads, self->options->stop, &forecast, NULL, &said);
        sweep_job_free(self->sweep, &job);
    }
#pragma omp critical(sensitivity_results)
    {
        /* Loading the sweep has said what there is to say of its values; others only when they fail. */
        if (status != PC_OK) {
            sweep_take_messages(&said, self->diagnostics);
        }
        if (status == PC_ERR_INPUT || status == PC_ERR_RANGE || status == PC_ERR_NO_DATA) {
            name_run(self, choice);
        }
        if (status == PC_OK) {
            take(self, run, &forecast);
        }
        self->status = self->status == PC_OK ? status : self->status;
        self->n_done++;
        if (self->options->progress != NULL) {
            self->options->progress(self->options->context, (double)self->n_done / (double)self->n_run);
        }
    }
    pc_forecast_free(&forecast);
    pc_diagnostics_free(&said);
}

static bool go_on(analysis *self)
{
    bool on;

#pragma omp critical(sensitivity_results)
    {
        if (self->status == PC_OK && self->options->stop != NULL && *self->options->stop != 0) {
            self->status = PC_ERR_INTERRUPTED;
        }
        on = self->status == PC_OK;
    }
    return on;
}

/* The first by itself: a mistake of all is said once, and the rates are fitted. */
static void do_all(analysis *self)
{
    int threads = self->options->threads > 0 ? self->options->threads : omp_get_max_threads();

    do_run(self, 0, threads);
#pragma omp parallel for num_threads(threads) schedule(dynamic, 1)
    for (size_t run = 1; run < self->n_run; run++) {
        if (go_on(self)) {
            do_run(self, run, 1);
        }
    }
}

/* ---- what the runs say ---- */

static pc_status fill_row(const analysis *self, const double *value, size_t f, pc_sensitivity_row *out)
{
    const sweep_factor *factor = &self->sweep->factor[f];
    size_t low = self->first_single[f], high = self->first_single[f + 1] - 1;

    if (factor->n_value > 0 && !factor->numeric) {
        high = low;
        for (size_t at = low + 1; at < self->first_single[f + 1]; at++) {
            low = value[at + 1] < value[low + 1] ? at : low;
            high = value[at + 1] < value[high + 1] ? high : at;
        }
    }
    *out = (pc_sensitivity_row){
        .factor = f,
        .low = sweep_choice_text(factor, &self->single[low].choice),
        .high = sweep_choice_text(factor, &self->single[high].choice),
        .at_low = value[low + 1],
        .at_high = value[high + 1],
        .width = fabs(value[high + 1] - value[low + 1]),
        .index = {(double)NAN, (double)NAN, (double)NAN, (double)NAN, (double)NAN, (double)NAN}};
    return out->low == NULL || out->high == NULL ? PC_ERR_NO_MEMORY : PC_OK;
}

static pc_status fill_indices(const analysis *self, const double *value, pc_sensitivity_row *row)
{
    size_t n = self->n_point, k = self->n_range;
    double *part = pc_new(n * (k + 2), sizeof *part);
    pc_sobol_index index[SWEEP_MOST_FACTORS];
    pc_status status;

    if (part == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    for (size_t at = 0; at < n * (k + 2); at++) {
        part[at % (k + 2) * n + at / (k + 2)] = value[1 + self->n_single + at];
    }
    status = pc_sobol_indices(n, k, part, part + n, part + 2 * n, self->sweep->sample_seed, index);
    free(part);
    for (size_t r = 0; r < k && status == PC_OK; r++) {
        row[self->range[r]].index = index[r];
    }
    return status;
}

/* The widest first; equal ones, and those without a number, in the order of the file. */
static int by_width(const void *a, const void *b)
{
    const pc_sensitivity_row *x = a, *y = b;
    double p = isnan(x->width) ? -1 : x->width, q = isnan(y->width) ? -1 : y->width;

    return p > q ? -1 : p < q ? 1 : (x->factor > y->factor) - (x->factor < y->factor);
}

static pc_status fill_results(const analysis *self, pc_sensitivity *out)
{
    pc_status status = PC_OK;

    for (size_t m = 0; m < PC_N_SENSITIVITY && status == PC_OK; m++) {
        const double *value = self->value + m * self->n_run;
        pc_sensitivity_result *result = &out->result[out->n_result];

        if (isnan(value[0])) {
            continue;
        }
        result->row = pc_new_zero(out->n_factor, sizeof *result->row);
        if (result->row == NULL) {
            return PC_ERR_NO_MEMORY;
        }
        out->n_result++;
        result->measure = (pc_sensitivity_measure)m;
        result->middle = value[0];
        for (size_t f = 0; f < out->n_factor && status == PC_OK; f++) {
            status = fill_row(self, value, f, &result->row[f]);
        }
        if (status == PC_OK && self->n_point > 0) {
            status = fill_indices(self, value, result->row);
        }
        qsort(result->row, out->n_factor, sizeof *result->row, by_width);
    }
    return status;
}

static pc_status fill(const analysis *self, pc_sensitivity *out)
{
    const pc_sweep *sweep = self->sweep;
    pc_status status = PC_OK;

    out->sweep = pc_copy_text(sweep->name);
    out->factor = pc_new_zero(sweep->n_factor, sizeof *out->factor);
    if (out->sweep == NULL || out->factor == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    out->n_factor = sweep->n_factor;
    for (size_t f = 0; f < sweep->n_factor; f++) {
        out->factor[f] = pc_copy_text(sweep->factor[f].name);
        status = out->factor[f] == NULL ? PC_ERR_NO_MEMORY : status;
    }
    out->n_range = self->n_range;
    out->n_single = 1 + self->n_single;
    out->n_run = self->n_run;
    out->points = (int)self->n_point;
    out->replicates = sweep->replicates;
    out->end = self->end;
    return status == PC_OK ? fill_results(self, out) : status;
}

static pc_status check(const pc_sweep *sweep, const pc_sensitivity_options *options,
                       pc_diagnostics *diagnostics)
{
    if (options->points < 2 || options->points > 1000000) {
        pc_diagnostics_add(diagnostics, PC_ERROR, (pc_place){0},
                           "sensitivity: found %d points, expected from 2 to 1000000", options->points);
        return PC_ERR_RANGE;
    }
    if (sweep->n_filter > 0) {
        pc_diagnostics_add(diagnostics, PC_WARNING, pc_yaml_place(sweep->filter[0]),
                           "filter: left aside, since a sensitivity analysis varies one factor at a time and "
                           "all ranges together");
    }
    return PC_OK;
}

pc_sensitivity_options pc_sensitivity_options_default(void)
{
    return (pc_sensitivity_options){.points = 64};
}

pc_status pc_sensitivity_run(pc_sweep *sweep, const pc_sensitivity_options *options, pc_sensitivity *out,
                             pc_diagnostics *diagnostics)
{
    analysis self = {.sweep = sweep, .options = options, .diagnostics = diagnostics};
    pc_status status = check(sweep, options, diagnostics);

    memset(out, 0, sizeof *out);
    status = status != PC_OK ? status : list_singles(&self);
    status = status != PC_OK ? status : list_points(&self);
    if (status == PC_OK) {
        self.n_run = 1 + self.n_single + self.n_point * (self.n_range + 2);
        self.value = pc_new_zero(self.n_run * PC_N_SENSITIVITY, sizeof *self.value);
        status = self.value == NULL ? PC_ERR_NO_MEMORY : PC_OK;
    }
    if (status == PC_OK) {
        do_all(&self);
        status = self.status;
    }
    status = status != PC_OK ? status : fill(&self, out);
    free(self.single);
    free(self.a);
    free(self.b);
    free(self.value);
    if (status != PC_OK) {
        pc_sensitivity_free(out);
    }
    return status;
}

void pc_sensitivity_free(pc_sensitivity *self)
{
    if (self == NULL) {
        return;
    }
    for (size_t m = 0; m < self->n_result; m++) {
        for (size_t f = 0; f < self->n_factor; f++) {
            free(self->result[m].row[f].low);
            free(self->result[m].row[f].high);
        }
        free(self->result[m].row);
    }
    for (size_t f = 0; f < self->n_factor; f++) {
        free(self->factor[f]);
    }
    free(self->factor);
    free(self->sweep);
    memset(self, 0, sizeof *self);
}
