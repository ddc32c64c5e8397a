#include "simulate/hazard.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

pc_status hazard_tables_init(hazard_tables *self, size_t n_category, const bool *residential)
{
    size_t n_row = (size_t)PC_N_STREAM * PC_N_AGE_BAND * n_category * PC_N_BAND, last = 0;
    const size_t shared = (size_t)PC_N_STREAM * PC_N_AGE_BAND;

    memset(self, 0, sizeof *self);
    self->n_category = n_category;
    self->n_row = n_row;
    for (size_t category = 0; category < n_category; category++) {
        if (!residential[category]) {
            self->order[self->n_plain++] = (uint8_t)category;
        }
    }
    last = self->n_plain;
    for (size_t category = 0; category < n_category; category++) {
        if (residential[category]) {
            self->order[last++] = (uint8_t)category;
        }
    }
    self->exit_total = pc_new_zero(n_row, sizeof(double));
    self->exit_cumulative = pc_new_zero(n_row * PC_N_EXIT_HAZARD, sizeof(double));
    self->move_plain = pc_new_zero(n_row, sizeof(double));
    self->move_residential = pc_new_zero(n_row, sizeof(double));
    self->move_cumulative = pc_new_zero(n_row * n_category, sizeof(double));
    self->status_total = pc_new_zero(n_row, sizeof(double));
    self->status_cumulative = pc_new_zero(n_row * n_category, sizeof(double));
    self->first_cumulative = pc_new_zero(shared * n_category, sizeof(double));
    if (self->exit_total == NULL || self->exit_cumulative == NULL || self->move_plain == NULL ||
        self->move_residential == NULL || self->move_cumulative == NULL || self->status_total == NULL ||
        self->status_cumulative == NULL || self->first_cumulative == NULL) {
        hazard_tables_free(self);
        return PC_ERR_NO_MEMORY;
    }
    return PC_OK;
}

void hazard_tables_free(hazard_tables *self)
{
    if (self == NULL) {
        return;
    }
    free(self->exit_total);
    free(self->exit_cumulative);
    free(self->move_plain);
    free(self->move_residential);
    free(self->move_cumulative);
    free(self->status_total);
    free(self->status_cumulative);
    free(self->first_cumulative);
    memset(self, 0, sizeof *self);
}

/* Running sums of source[order[first..end)] from zero; returns the sum. */
static double accumulate(const hazard_tables *self, const double *source, double scale, size_t first,
                         size_t end, double *cumulative)
{
    double sum = 0.0;

    for (size_t at = first; at < end; at++) {
        sum += source[self->order[at]] * scale;
        cumulative[at] = sum;
    }
    return sum;
}

void hazard_tables_set(hazard_tables *self, const pc_rates *rates)
{
    const double per_day = 1.0 / PC_DAYS_PER_YEAR;
    const size_t n = self->n_category;

    for (size_t row = 0; row < self->n_row; row++) {
        double sum = 0.0;

        for (size_t cause = 0; cause < PC_N_EXIT_HAZARD; cause++) {
            sum += rates->exit[row * PC_N_EXIT_HAZARD + cause] * per_day;
            self->exit_cumulative[row * PC_N_EXIT_HAZARD + cause] = sum;
        }
        self->exit_total[row] = sum;
        self->move_plain[row] = accumulate(self, rates->move + row * n, per_day, 0, self->n_plain,
                                           self->move_cumulative + row * n);
        self->move_residential[row] = accumulate(self, rates->move + row * n, per_day, self->n_plain, n,
                                                 self->move_cumulative + row * n);
        self->status_total[row] =
            accumulate(self, rates->status + row * n, per_day, 0, n, self->status_cumulative + row * n);
    }
    for (size_t group = 0; group < (size_t)PC_N_STREAM * PC_N_AGE_BAND; group++) {
        accumulate(self, rates->first + group * n, 1.0, 0, self->n_plain, self->first_cumulative + group * n);
        accumulate(self, rates->first + group * n, 1.0, self->n_plain, n, self->first_cumulative + group * n);
    }
}

pc_status hazard_regime_init(hazard_regime *self, const hazard_tables *tables)
{
    memset(self, 0, sizeof *self);
    self->exit_rate = pc_new_zero(tables->n_row, sizeof(double));
    self->move_rate = pc_new_zero(tables->n_row, sizeof(double));
    if (self->exit_rate == NULL || self->move_rate == NULL) {
        hazard_regime_free(self);
        return PC_ERR_NO_MEMORY;
    }
    return PC_OK;
}

void hazard_regime_set(hazard_regime *self, const hazard_tables *tables, double exit_scale,
                       double residential_scale)
{
    self->residential_scale = residential_scale;
    for (size_t row = 0; row < tables->n_row; row++) {
        self->exit_rate[row] = tables->exit_total[row] * exit_scale;
        self->move_rate[row] = tables->move_plain[row] + tables->move_residential[row] * residential_scale;
    }
}

void hazard_regime_free(hazard_regime *self)
{
    free(self->exit_rate);
    free(self->move_rate);
    free(self->extra_rate);
    memset(self, 0, sizeof *self);
}

size_t hazard_first_category(const hazard_tables *self, size_t stream, size_t age, double residential_scale,
                             double u)
{
    const size_t n = self->n_category;
    const double *cumulative = self->first_cumulative + (stream * PC_N_AGE_BAND + age) * n;
    double plain = self->n_plain == 0 ? 0.0 : cumulative[self->n_plain - 1];
    double residential = self->n_plain == n ? 0.0 : cumulative[n - 1] * residential_scale;
    double target = u * (plain + residential);

    if (target < plain || !(residential > 0.0)) {
        return self->order[hazard_search(cumulative, self->n_plain, target)];
    }
    return self->order[self->n_plain + hazard_search(cumulative + self->n_plain, n - self->n_plain,
                                                     (target - plain) / residential_scale)];
}
