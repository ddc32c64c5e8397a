/* design.c - from factors to runs: every combination of the listed values, times the points sampled jointly
 * from the ranges, without what the filters refuse. */
#include <gsl/gsl_qrng.h>
#include <math.h>
#include <stdlib.h>

#include "base/keyed_random.h"
#include "base/memory.h"
#include "sweep/filter.h"
#include "sweep/sweep_impl.h"

double sweep_factor_at(const sweep_factor *factor, double u)
{
    double low = factor->low, high = factor->high, likely = factor->likely, width = high - low, value;

    if (isnan(likely) || !(width > 0)) {
        value = low + width * u;
    } else if (u < (likely - low) / width) { /* inverse of the triangular distribution */
        value = low + sqrt(u * width * (likely - low));
    } else {
        value = high - sqrt((1 - u) * width * (high - likely));
    }
    if (factor->whole) { /* each whole number from low to high is as likely as the next, but for `likely` */
        value = isnan(likely) ? floor(low + (width + 1) * u) : floor(value + 0.5);
    }
    if (fabs(value) < 1e-12 * (fabs(low) + fabs(high))) {
        value = 0; /* what rounding leaves of it would look like a figure */
    }
    return value < low ? low : value > high ? high : value;
}

/* McKay, Beckman, Conover, Technometrics 21 (1979), 239-245: a random permutation of the n cells, a random
 * place in each. */
pc_status sweep_latin_column(pc_random_key key, uint32_t draw, size_t n, size_t stride, double *out)
{
    size_t *cell = pc_new(n, sizeof *cell);

    if (cell == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    for (size_t at = 0; at < n; at++) {
        cell[at] = at;
    }
    for (size_t at = 0; at < n; at++) {
        pc_random_block block = pc_random(key, at, PC_PURPOSE_DESIGN, draw);
        size_t other = at + (size_t)(pc_uniform(block.word[0]) * (double)(n - at)), swap = cell[at];

        cell[at] = cell[other];
        cell[other] = swap;
        out[at * stride] = ((double)cell[at] + pc_uniform(block.word[1])) / (double)n;
    }
    free(cell);
    return PC_OK;
}

static pc_status sobol(const pc_sweep *self, double *out)
{
    gsl_qrng *sequence = gsl_qrng_alloc(gsl_qrng_sobol, (unsigned)self->n_sampled);

    if (sequence == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    for (size_t at = 0; at < (size_t)self->n_sample; at++) {
        gsl_qrng_get(sequence, out + at * self->n_sampled);
    }
    gsl_qrng_free(sequence);
    return PC_OK;
}

static pc_status draw_sample(pc_sweep *self)
{
    size_t n = (size_t)self->n_sample;
    pc_status status = PC_OK;

    self->sample = pc_new_zero(n * self->n_sampled, sizeof *self->sample);
    if (self->sample == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    if (self->n_sampled == 0) {
        return PC_OK;
    }
    if (self->sampling == SWEEP_SOBOL) {
        status = sobol(self, self->sample);
    }
    for (size_t column = 0; column < self->n_sampled && status == PC_OK; column++) {
        status = self->sampling == SWEEP_SOBOL
                     ? PC_OK
                     : sweep_latin_column(pc_random_key_make(self->sample_seed, (uint32_t)column), 0, n,
                                          self->n_sampled, self->sample + column);
    }
    for (size_t f = 0; f < self->n_factor && status == PC_OK; f++) {
        const sweep_factor *factor = &self->factor[f];

        for (size_t at = 0; at < n && factor->n_value == 0; at++) {
            double *value = &self->sample[at * self->n_sampled + factor->column];

            *value = sweep_factor_at(factor, *value);
        }
    }
    return status;
}

size_t sweep_level(const pc_sweep *self, size_t point, size_t factor)
{
    size_t left = point / (size_t)self->n_sample;

    /* The last factor varies fastest, the sample faster still. */
    for (size_t f = self->n_factor; f-- > 0;) {
        size_t n = self->factor[f].n_value;

        if (f == factor) {
            return n == 0 ? 0 : left % n;
        }
        left = n == 0 ? left : left / n;
    }
    return 0;
}

static void choose(const pc_sweep *self, size_t point, sweep_choice *choice)
{
    for (size_t f = 0; f < self->n_factor; f++) {
        const sweep_factor *factor = &self->factor[f];

        choice[f].level = sweep_level(self, point, f);
        if (factor->n_value == 0) {
            choice[f].u = self->sample[point % (size_t)self->n_sample * self->n_sampled + factor->column];
        }
    }
}

void sweep_choose(const pc_sweep *self, size_t run, sweep_choice *choice)
{
    choose(self, self->point[run], choice);
}

static pc_status count_points(const pc_sweep *self, size_t *out, pc_diagnostics *diagnostics)
{
    double n = (double)self->n_sample;

    for (size_t f = 0; f < self->n_factor; f++) {
        n *= self->factor[f].n_value == 0 ? 1 : (double)self->factor[f].n_value;
    }
    if (!(n <= SWEEP_MOST_RUNS)) {
        pc_diagnostics_add(diagnostics, PC_ERROR, (pc_place){.file = self->file},
                           "factors: %.0f combinations, expected at most %d: shorten lists or sample ranges",
                           n, SWEEP_MOST_RUNS);
        return PC_ERR_INPUT;
    }
    *out = (size_t)n;
    return PC_OK;
}

pc_status sweep_design(pc_sweep *self, pc_diagnostics *diagnostics)
{
    sweep_choice choice[SWEEP_MOST_FACTORS];
    size_t n_point = 0;
    pc_status status = PC_OK;

    self->n_sample = self->n_sampled == 0 ? 1 : self->n_sample;
    status = count_points(self, &n_point, diagnostics);
    status = status != PC_OK ? status : draw_sample(self);
    if (status != PC_OK) {
        return status;
    }
    self->point = pc_new(n_point, sizeof *self->point);
    if (self->point == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    for (size_t point = 0; point < n_point && status == PC_OK; point++) {
        bool keep = true;

        choose(self, point, choice);
        for (size_t f = 0; f < self->n_filter && status == PC_OK && keep; f++) {
            status = sweep_filter_ask(self, self->filter[f], choice, &keep, diagnostics);
        }
        if (keep) {
            self->point[self->n_run++] = point;
        }
    }
    if (status == PC_OK && self->n_run == 0) {
        pc_diagnostics_add(diagnostics, PC_ERROR, pc_yaml_place(self->filter[0]),
                           "filter: refuses all %zu combinations, expected some to stay", n_point);
        status = PC_ERR_INPUT;
    }
    return status;
}
