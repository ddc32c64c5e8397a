/* sensitivity_take.c - what the runs of a sensitivity analysis say: the results of each, and how much each
 * factor moves them. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "placecast/mtfs.h"
#include "placecast/rounding.h"
#include "sweep/sensitivity_impl.h"

static double gap_of(const pc_mtfs *of)
{
    double gap = 0;

    for (size_t year = 0; year < of->n_year; year++) {
        const pc_mtfs_year *mine = pc_mtfs_at(of, of->n_holder - 1, year);

        gap += mine->has_budget && mine->has_outturn ? mine->gap_gbp : 0;
    }
    return gap;
}

/* In the last year that has both a budget and an outturn. */
static double chance_of_overspending(const pc_mtfs *of)
{
    double chance = (double)NAN;

    for (size_t year = 0; year < of->n_year; year++) {
        const pc_mtfs_year *mine = pc_mtfs_at(of, of->n_holder - 1, year);

        chance = mine->has_budget && mine->has_outturn ? mine->p_over : chance;
    }
    return chance;
}

static double bill_of(const pc_forecast *forecast)
{
    double bill = forecast->has[PC_MEASURE_COST] ? 0 : (double)NAN;

    for (size_t year = 0; year < forecast->n_year; year++) {
        bill += pc_forecast_annual(forecast, forecast->n_la - 1, PC_MEASURE_COST, forecast->n_category, year)
                    ->mean;
    }
    return bill;
}

static double residential_of(const pc_forecast *forecast)
{
    double children = 0;
    bool any = false;

    for (size_t c = 0; c < forecast->n_category; c++) {
        if (strncmp(forecast->category[c], "residential", strlen("residential")) == 0) {
            children += pc_forecast_monthly(forecast, forecast->n_la - 1, PC_MEASURE_CHILDREN, c,
                                            forecast->n_month - 1)
                            ->mean;
            any = true;
        }
    }
    return any ? children : (double)NAN;
}

/* The sum over all teams or kinds of case at the last month end. */
static double workload_of(const pc_forecast *forecast, pc_workload_measure measure)
{
    const pc_workload_result *of = &forecast->workload;

    for (size_t s = 0; s < of->n_series; s++) {
        if (of->measure[s] == measure && strcmp(of->category[s], "all") == 0) {
            return of->monthly[s * forecast->n_month + forecast->n_month - 1].mean;
        }
    }
    return (double)NAN;
}

/* What is told of a run: numbers of children from their unrounded sum. */
static double shown_of(const pc_forecast *rounded, size_t measure, double value, int to)
{
    switch (measure) {
    case PC_SENSITIVITY_RESIDENTIAL:
    case PC_SENSITIVITY_CHILDREN:
    case PC_SENSITIVITY_CASES:
        return pc_round_to(value, to);
    case PC_SENSITIVITY_POSTS:
        return workload_of(rounded, PC_WORKLOAD_NEEDED);
    default:
        return value;
    }
}

void sensitivity_take(sensitivity_analysis *self, size_t run, pc_forecast *forecast, pc_day start)
{
    size_t last = forecast->n_month - 1;
    const pc_mtfs *budget = forecast->mtfs != NULL && forecast->mtfs->has_gap ? forecast->mtfs : NULL;
    const double value[PC_N_SENSITIVITY] = {
        [PC_SENSITIVITY_COST] = bill_of(forecast),
        [PC_SENSITIVITY_GAP] = budget == NULL ? (double)NAN : gap_of(budget),
        [PC_SENSITIVITY_RESIDENTIAL] = residential_of(forecast),
        [PC_SENSITIVITY_CHILDREN] =
            pc_forecast_monthly(forecast, forecast->n_la - 1, PC_MEASURE_CHILDREN, forecast->n_category, last)
                ->mean,
        [PC_SENSITIVITY_P_OVER] = budget == NULL ? (double)NAN : chance_of_overspending(budget),
        [PC_SENSITIVITY_POSTS] = workload_of(forecast, PC_WORKLOAD_NEEDED),
        [PC_SENSITIVITY_CASES] = workload_of(forecast, PC_WORKLOAD_OPEN)};

    for (size_t m = 0; m < PC_N_SENSITIVITY; m++) {
        self->value[m * self->n_run + run] = value[m];
    }
    pc_forecast_round(forecast, start, self->options->round_to);
    for (size_t m = 0; m < PC_N_SENSITIVITY && run <= self->n_single; m++) {
        self->shown[m * (1 + self->n_single) + run] =
            shown_of(forecast, m, value[m], self->options->round_to);
    }
    if (run == 0) {
        self->end = forecast->month_end[last];
    }
}

/* ---- what the runs say ---- */

static pc_status fill_row(const sensitivity_analysis *self, const double *value, const double *shown,
                          size_t f, pc_sensitivity_row *out)
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
        .at_low = shown[low + 1],
        .at_high = shown[high + 1],
        .width = fabs(shown[high + 1] - shown[low + 1]),
        .index = {(double)NAN, (double)NAN, (double)NAN, (double)NAN, (double)NAN, (double)NAN}};
    return out->low == NULL || out->high == NULL ? PC_ERR_NO_MEMORY : PC_OK;
}

static pc_status fill_indices(const sensitivity_analysis *self, const double *value, pc_sensitivity_row *row)
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

static pc_status fill_results(const sensitivity_analysis *self, pc_sensitivity *out)
{
    pc_status status = PC_OK;

    for (size_t m = 0; m < PC_N_SENSITIVITY && status == PC_OK; m++) {
        const double *value = self->value + m * self->n_run;
        const double *shown = self->shown + m * (1 + self->n_single);
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
        result->middle = shown[0];
        for (size_t f = 0; f < out->n_factor && status == PC_OK; f++) {
            status = fill_row(self, value, shown, f, &result->row[f]);
        }
        if (status == PC_OK && self->n_point > 0) {
            status = fill_indices(self, value, result->row);
        }
        qsort(result->row, out->n_factor, sizeof *result->row, by_width);
    }
    return status;
}

pc_status sensitivity_fill(const sensitivity_analysis *self, pc_sensitivity *out)
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
    out->round_to = self->options->round_to;
    return status == PC_OK ? fill_results(self, out) : status;
}
