/* sensitivity_design.c - which runs a sensitivity analysis takes: the middle, each factor at its ends, and
 * the points of the Sobol indices over all ranges. */
#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "sweep/sensitivity_impl.h"

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
static pc_status list_singles(sensitivity_analysis *self)
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
        sensitivity_single *next = &self->single[self->n_single];

        self->first_single[f] = self->n_single;
        self->middle[f] = middle_of(factor);
        if (factor->n_value == 0) {
            next[0] = (sensitivity_single){f, {.u = factor->low}};
            next[1] = (sensitivity_single){f, {.u = factor->high}};
            self->n_single += 2;
        } else if (factor->numeric) {
            next[0] = (sensitivity_single){f, at_level(level_of_rank(factor, 0))};
            next[1] = (sensitivity_single){f, at_level(level_of_rank(factor, factor->n_value - 1))};
            self->n_single += 2;
        } else {
            for (size_t v = 0; v < factor->n_value; v++) {
                self->single[self->n_single++] = (sensitivity_single){f, at_level(v)};
            }
        }
        if (is_range(factor)) {
            self->range[self->n_range++] = f;
        }
    }
    self->first_single[sweep->n_factor] = self->n_single;
    return PC_OK;
}

static pc_status list_points(sensitivity_analysis *self)
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

void sensitivity_choose(const sensitivity_analysis *self, size_t run, sweep_choice *out)
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

pc_status sensitivity_design(sensitivity_analysis *self)
{
    pc_status status = list_singles(self);

    status = status != PC_OK ? status : list_points(self);
    if (status == PC_OK) {
        self->n_run = 1 + self->n_single + self->n_point * (self->n_range + 2);
        self->value = pc_new_zero(self->n_run * PC_N_SENSITIVITY, sizeof *self->value);
        self->shown = pc_new_zero((1 + self->n_single) * PC_N_SENSITIVITY, sizeof *self->shown);
        status = self->value == NULL || self->shown == NULL ? PC_ERR_NO_MEMORY : PC_OK;
    }
    return status;
}
