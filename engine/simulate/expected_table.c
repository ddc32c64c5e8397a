#include "simulate/expected_table.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <omp.h>

#include "base/memory.h"

#define QUARTERS_PER_DAY 4.0
#define LENGTH_TOLERANCE 1e-9 /* days; far below what a step of the grid can be */
/* A hazard of a million a year is a stay of half a minute: above it a rate is a mistake. */
#define LARGEST_RATE 1e6

static bool all_rates_ok(const double *rate, size_t n)
{
    for (size_t cell = 0; cell < n; cell++) {
        if (!(rate[cell] >= 0.0 && rate[cell] <= LARGEST_RATE)) {
            return false;
        }
    }
    return true;
}

static bool rates_ok(const pc_rates *rates)
{
    const size_t n_cell = (size_t)PC_N_STREAM * PC_N_AGE_BAND * rates->n_category;
    return all_rates_ok(rates->exit, n_cell * PC_N_BAND * PC_N_EXIT_HAZARD) &&
           all_rates_ok(rates->status, n_cell * PC_N_BAND * rates->n_category) &&
           all_rates_ok(rates->move, n_cell * PC_N_BAND * rates->n_category) &&
           all_rates_ok(rates->first, n_cell);
}

pc_status expected_table_init(expected_table *self, const pc_plan *plan, double longest_days)
{
    memset(self, 0, sizeof *self);
    if (!(plan->n_category >= 1 && plan->n_category <= PC_MAX_CATEGORY) ||
        plan->mean->n_category != plan->n_category || !rates_ok(plan->mean)) {
        return PC_ERR_RANGE;
    }
    self->plan = plan;
    self->shape = (expected_shape){plan->n_category, (plan->n_category + 1) / 2 * 2};
    self->square = self->shape.n * self->shape.width;
    self->n_band = plan->placement_bands ? PC_N_BAND : 1;
    memcpy(self->edge, plan->placement_edge, sizeof self->edge);
    self->n_quarter = (size_t)ceil(longest_days * QUARTERS_PER_DAY);
    const size_t n_cell = EXPECTED_N_SITUATION * (self->n_quarter + 1);
    self->step_of = pc_new(n_cell, sizeof *self->step_of);
    self->needed = pc_new(n_cell, sizeof *self->needed);
    if (self->step_of == NULL || self->needed == NULL) {
        expected_table_free(self);
        return PC_ERR_NO_MEMORY;
    }
    for (size_t cell = 0; cell < n_cell; cell++) {
        self->step_of[cell] = -1;
    }
    return PC_OK;
}

/* Quarters of a day in `days`, or 0 when it is not a whole number of them. */
static size_t quarters_of(const expected_table *self, double days)
{
    const double nearest = floor(days * QUARTERS_PER_DAY + 0.5);
    if (fabs(days * QUARTERS_PER_DAY - nearest) > QUARTERS_PER_DAY * LENGTH_TOLERANCE ||
        nearest > (double)self->n_quarter) {
        return 0;
    }
    return (size_t)nearest;
}

void expected_table_need(expected_table *self, size_t situation, double days)
{
    self->situation[situation].used = true;
    const size_t quarters = quarters_of(self, days);
    if (quarters == 0) {
        return;
    }
    const size_t cell = situation * (self->n_quarter + 1) + quarters;
    if (self->step_of[cell] >= 0) {
        return;
    }
    self->step_of[cell] = (int32_t)self->n_step;
    self->needed[self->n_step++] = (uint32_t)cell;
}

/* A(band) of `situation`. */
static void write_generator(const expected_table *self, const expected_situation *situation, size_t band,
                            double *out)
{
    memcpy(out, situation->status, self->square * sizeof *out);
    for (size_t from = 0; from < self->shape.n; from++) {
        out[from * self->shape.width + from] -= situation->departure[band][from];
    }
}

static void read_rates(const expected_table *self, size_t number, expected_situation *situation)
{
    const pc_rates *rates = self->plan->mean;
    const size_t n = self->shape.n, width = self->shape.width;
    const size_t care = number % PC_N_BAND;
    const size_t stream_age = number / PC_N_BAND;
    for (size_t from = 0; from < n; from++) {
        const size_t cell = (stream_age * n + from) * PC_N_BAND;
        double leave = 0.0;
        for (size_t cause = 0; cause < PC_N_EXIT_HAZARD; cause++) {
            const double rate = rates->exit[(cell + care) * PC_N_EXIT_HAZARD + cause] / PC_DAYS_PER_YEAR;
            situation->exit[cause][from] = rate;
            situation->exit_all[from] += rate;
        }
        leave += situation->exit_all[from];
        for (size_t to = 0; to < n; to++) {
            const double rate = to == from ? 0.0 : rates->status[(cell + care) * n + to] / PC_DAYS_PER_YEAR;
            situation->status[from * width + to] = rate;
            situation->any_status = situation->any_status || rate > 0.0;
            leave += rate;
        }
        for (size_t band = 0; band < self->n_band; band++) {
            situation->departure[band][from] = leave;
            for (size_t to = 0; to < n; to++) {
                const double rate = rates->move[(cell + band) * n + to] / PC_DAYS_PER_YEAR;
                situation->move[band][from * width + to] = rate;
                situation->departure[band][from] += rate;
            }
        }
    }
}

static void write_powers(const expected_table *self, expected_situation *situation)
{
    double generator[EXPECTED_MAX_SQUARE];
    for (size_t band = 0; band + 1 < self->n_band; band++) {
        write_generator(self, situation, band, generator);
        const double below = band == 0 ? 0.0 : self->edge[band - 1];
        expected_exponential(self->shape, generator, self->edge[band] - below, situation->whole[band], NULL,
                             NULL);
        double *power = situation->power[band];
        expected_exponential(self->shape, generator, EXPECTED_SMALLEST_POWER_DAYS, power, NULL, NULL);
        for (size_t k = 1; k < EXPECTED_N_POWER; k++) {
            expected_multiply(self->shape, power + (k - 1) * self->square, power + (k - 1) * self->square,
                              power + k * self->square);
        }
    }
}

static bool situation_allocate(const expected_table *self, expected_situation *situation)
{
    const size_t n_edge = self->n_band - 1;
    const size_t n_matrix = 1 + self->n_band + n_edge * (1 + EXPECTED_N_POWER);
    situation->store = pc_new_zero(n_matrix * self->square, sizeof *situation->store);
    if (situation->store == NULL) {
        return false;
    }
    double *next = situation->store;
    situation->status = next;
    next += self->square;
    for (size_t band = 0; band < self->n_band; band++, next += self->square) {
        situation->move[band] = next;
    }
    for (size_t band = 0; band < n_edge; band++) {
        situation->whole[band] = next;
        situation->power[band] = next + self->square;
        next += (1 + EXPECTED_N_POWER) * self->square;
    }
    return true;
}

static expected_step step_view(const expected_table *self, double *data)
{
    expected_step step = {.renewed = data};
    for (size_t band = 0; band < self->n_band; band++) {
        step.days[band] = data + (1 + 2 * band) * self->square;
        step.spread[band] = data + (2 + 2 * band) * self->square;
    }
    return step;
}

static void make_step(const expected_table *self, size_t number, double days, double *data)
{
    const expected_situation *situation = &self->situation[number];
    const expected_step step = step_view(self, data);
    double generator[EXPECTED_MAX_SQUARE];
    for (size_t band = 0; band < self->n_band; band++) {
        write_generator(self, situation, band, generator);
        expected_exponential(self->shape, generator, days, NULL, step.days[band],
                             band == 0 ? NULL : step.spread[band]);
    }
    write_generator(self, situation, 0, generator);
    for (size_t cell = 0; cell < self->square; cell++) {
        generator[cell] += situation->move[0][cell];
    }
    expected_exponential(self->shape, generator, days, NULL, step.renewed, step.spread[0]);
}

pc_status expected_table_fill(expected_table *self, int threads)
{
    for (size_t number = 0; number < EXPECTED_N_SITUATION; number++) {
        if (self->situation[number].used && !situation_allocate(self, &self->situation[number])) {
            return PC_ERR_NO_MEMORY;
        }
    }
    self->step_data = pc_new_zero(self->n_step * expected_step_size(self), sizeof *self->step_data);
    if (self->step_data == NULL) {
        return PC_ERR_NO_MEMORY;
    }
#pragma omp parallel num_threads(threads)
    {
#pragma omp for schedule(dynamic, 1)
        for (size_t number = 0; number < EXPECTED_N_SITUATION; number++) {
            if (self->situation[number].used) {
                read_rates(self, number, &self->situation[number]);
                write_powers(self, &self->situation[number]);
            }
        }
#pragma omp for schedule(dynamic, 4)
        for (size_t number = 0; number < self->n_step; number++) {
            const size_t cell = self->needed[number];
            make_step(self, cell / (self->n_quarter + 1),
                      (double)(cell % (self->n_quarter + 1)) / QUARTERS_PER_DAY,
                      self->step_data + number * expected_step_size(self));
        }
    }
    return PC_OK;
}

expected_step expected_table_step(const expected_table *self, size_t situation, double days, double *scratch)
{
    const size_t quarters = quarters_of(self, days);
    const int32_t number = quarters == 0 ? -1 : self->step_of[situation * (self->n_quarter + 1) + quarters];
    if (number >= 0) {
        return step_view(self, self->step_data + (size_t)number * expected_step_size(self));
    }
    make_step(self, situation, days, scratch);
    return step_view(self, scratch);
}

/* vector exp(A days) by its Taylor series, for a stretch shorter than the smallest power. */
static void carry_remainder(const expected_table *self, const expected_situation *situation, size_t band,
                            double days, double *vector)
{
    double generator[EXPECTED_MAX_SQUARE], exponential[EXPECTED_MAX_SQUARE], out[EXPECTED_MAX_WIDTH] = {0};
    write_generator(self, situation, band, generator);
    expected_exponential(self->shape, generator, days, exponential, NULL, NULL);
    expected_add_product(self->shape, vector, exponential, out);
    memcpy(vector, out, self->shape.width * sizeof *vector);
}

void expected_table_carry(const expected_table *self, size_t situation, size_t band, double days,
                          double *vector)
{
    const expected_situation *rates = &self->situation[situation];
    const double eighths = days / EXPECTED_SMALLEST_POWER_DAYS;
    const double whole = floor(eighths + LENGTH_TOLERANCE);
    const double remainder = (eighths - whole) * EXPECTED_SMALLEST_POWER_DAYS;
    size_t left = (size_t)whole;
    for (size_t k = 0; left > 0; k += k + 1 < EXPECTED_N_POWER) {
        const size_t unit = (size_t)1 << k;
        const bool last = k + 1 == EXPECTED_N_POWER;
        if (!last && (left & unit) == 0) {
            continue;
        }
        double out[EXPECTED_MAX_WIDTH];
        expected_product(self->shape, vector, rates->power[band] + k * self->square, out);
        expected_copy(self->shape, out, vector);
        left -= unit;
    }
    if (remainder > LENGTH_TOLERANCE) {
        carry_remainder(self, rates, band, remainder, vector);
    }
}

void expected_table_free(expected_table *self)
{
    if (self == NULL) {
        return;
    }
    for (size_t number = 0; number < EXPECTED_N_SITUATION; number++) {
        free(self->situation[number].store);
    }
    free(self->step_of);
    free(self->needed);
    free(self->step_data);
    memset(self, 0, sizeof *self);
}
