/* model.c - the life of rates, posterior and model, and their invariants. */
#include "estimate/estimate.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

static size_t n_cell_of(size_t n_category)
{
    return (size_t)PC_N_STREAM * PC_N_AGE_BAND * n_category * PC_N_BAND;
}

pc_status pc_rates_init(pc_rates *self, size_t n_category)
{
    size_t n_cell = n_cell_of(n_category);

    memset(self, 0, sizeof *self);
    if (n_category < 1 || n_category > PC_MAX_CATEGORY) {
        return PC_ERR_RANGE;
    }
    self->exit = pc_new_zero(n_cell * PC_N_EXIT_HAZARD, sizeof(double));
    self->status = pc_new_zero(n_cell * n_category, sizeof(double));
    self->move = pc_new_zero(n_cell * n_category, sizeof(double));
    self->starts = pc_new_zero((size_t)PC_N_STREAM * PC_N_AGE_YEAR, sizeof(double));
    self->first = pc_new_zero((size_t)PC_N_STREAM * PC_N_AGE_BAND * n_category, sizeof(double));
    if (self->exit == NULL || self->status == NULL || self->move == NULL || self->starts == NULL ||
        self->first == NULL) {
        pc_rates_free(self);
        return PC_ERR_NO_MEMORY;
    }
    self->n_category = n_category;
    return PC_OK;
}

void pc_rates_free(pc_rates *self)
{
    if (self != NULL) {
        free(self->exit);
        free(self->status);
        free(self->move);
        free(self->starts);
        free(self->first);
        memset(self, 0, sizeof *self);
    }
}

static bool all_rates(const double *rate, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (!(rate[i] >= 0 && isfinite(rate[i]))) {
            return false;
        }
    }
    return true;
}

static bool rates_ok(const pc_rates *self)
{
    size_t n_category = self->n_category, n_cell = n_cell_of(n_category);

    if (!all_rates(self->exit, n_cell * PC_N_EXIT_HAZARD) || !all_rates(self->status, n_cell * n_category) ||
        !all_rates(self->move, n_cell * n_category) ||
        !all_rates(self->starts, (size_t)PC_N_STREAM * PC_N_AGE_YEAR) ||
        !all_rates(self->first, (size_t)PC_N_STREAM * PC_N_AGE_BAND * n_category)) {
        return false;
    }
    for (size_t cell = 0; cell < n_cell; cell++) {
        if (self->status[cell * n_category + cell / PC_N_BAND % n_category] > 0) {
            return false;
        }
    }
    for (size_t row = 0; row < (size_t)PC_N_STREAM * PC_N_AGE_BAND; row++) {
        double sum = 0;

        for (size_t c = 0; c < n_category; c++) {
            sum += self->first[row * n_category + c];
        }
        if (!(fabs(sum - 1) < 1e-6)) {
            return false;
        }
    }
    return true;
}

pc_status pc_model_check(const pc_model *self)
{
    if (self->window_from > self->window_to || self->window_to > self->extract) {
        return PC_ERR_INTERNAL;
    }
    for (size_t a = 0; a < self->n_authority; a++) {
        const pc_authority_model *authority = &self->authority[a];

        if (authority->mean.n_category != self->codes.n_category || !rates_ok(&authority->mean)) {
            return PC_ERR_INTERNAL;
        }
        for (size_t stream = 0; stream < PC_N_STREAM; stream++) {
            if (!(authority->start_dispersion[stream] > 0)) {
                return PC_ERR_INTERNAL;
            }
        }
        for (size_t c = 0; c < authority->n_child; c++) {
            const pc_child *child = &authority->child[c];

            if (child->birth > child->care_start || child->care_start > child->placement_start ||
                child->placement_start > self->extract || child->stream >= PC_N_STREAM ||
                child->category >= self->codes.n_category ||
                pc_birthday(child->birth, PC_N_AGE_YEAR) <= self->extract) {
                return PC_ERR_INTERNAL;
            }
        }
    }
    return PC_OK;
}

static pc_status table_new(estimate_table *self, size_t n_category, size_t n_cause)
{
    size_t n_cell = n_cell_of(n_category), n_tree = PC_N_STREAM * n_cause, n_from = n_tree * n_category;
    struct {
        double **place;
        size_t n;
    } array[] = {{&self->events, n_cell * n_cause},
                 {&self->years, n_cell},
                 {&self->reference, n_cell * n_cause},
                 {&self->cause_events, n_tree},
                 {&self->cause_expected, n_tree},
                 {&self->from_events, n_from},
                 {&self->from_expected, n_from},
                 {&self->age_events, n_from * PC_N_AGE_BAND},
                 {&self->age_expected, n_from * PC_N_AGE_BAND},
                 {&self->from_share, n_from},
                 {&self->age_share, n_from * PC_N_AGE_BAND},
                 {&self->band_share, n_from * PC_N_AGE_BAND * PC_N_BAND},
                 {&self->profile_events, n_tree * N_PROFILE * N_STEP},
                 {&self->profile_expected, n_tree * N_PROFILE * N_STEP},
                 {&self->profile, n_tree * N_PROFILE * N_STEP},
                 {&self->origin_events, PC_N_STREAM * n_category},
                 {&self->origin_expected, PC_N_STREAM * n_category},
                 {&self->origin, PC_N_STREAM * n_category},
                 {&self->level_events, n_tree},
                 {&self->level_seen, n_tree},
                 {&self->level_expected, n_tree}};

    self->n_cause = n_cause;
    self->n_category = n_category;
    for (size_t a = 0; a < sizeof array / sizeof array[0]; a++) {
        *array[a].place = pc_new_zero(array[a].n, sizeof(double));
        if (*array[a].place == NULL) {
            return PC_ERR_NO_MEMORY;
        }
    }
    return PC_OK;
}

static void table_free(estimate_table *self)
{
    free(self->events);
    free(self->years);
    free(self->reference);
    free(self->cause_events);
    free(self->cause_expected);
    free(self->from_events);
    free(self->from_expected);
    free(self->age_events);
    free(self->age_expected);
    free(self->from_share);
    free(self->age_share);
    free(self->band_share);
    free(self->profile_events);
    free(self->profile_expected);
    free(self->profile);
    free(self->origin_events);
    free(self->origin_expected);
    free(self->origin);
    free(self->level_events);
    free(self->level_seen);
    free(self->level_expected);
}

pc_status estimate_posterior_new(size_t n_category, pc_posterior **out)
{
    pc_posterior *self = pc_new_zero(1, sizeof *self);
    pc_status status = self == NULL ? PC_ERR_NO_MEMORY : PC_OK;

    for (size_t family = 0; status == PC_OK && family < N_FAMILY; family++) {
        status = table_new(&self->family[family], n_category,
                           family == FAMILY_EXIT ? PC_N_EXIT_HAZARD : n_category);
    }
    for (size_t stream = 0; status == PC_OK && stream < PC_N_STREAM; stream++) {
        estimate_starts *starts = &self->starts[stream];

        starts->first_events = pc_new_zero((size_t)PC_N_AGE_BAND * n_category, sizeof(double));
        starts->support = pc_new_zero((size_t)PC_N_AGE_BAND * n_category, sizeof(double));
        starts->pooled = pc_new_zero(n_category, sizeof(double));
        if (starts->first_events == NULL || starts->support == NULL || starts->pooled == NULL) {
            status = PC_ERR_NO_MEMORY;
        }
    }
    if (status != PC_OK) {
        estimate_posterior_free(self);
        self = NULL;
    }
    *out = self;
    return status;
}

void estimate_posterior_free(pc_posterior *self)
{
    if (self == NULL) {
        return;
    }
    for (size_t family = 0; family < N_FAMILY; family++) {
        table_free(&self->family[family]);
    }
    for (size_t stream = 0; stream < PC_N_STREAM; stream++) {
        free(self->starts[stream].first_events);
        free(self->starts[stream].support);
        free(self->starts[stream].pooled);
    }
    free(self);
}

void pc_model_free(pc_model *self)
{
    if (self == NULL) {
        return;
    }
    for (size_t a = 0; self->authority != NULL && a < self->n_authority; a++) {
        free(self->authority[a].la);
        pc_rates_free(&self->authority[a].mean);
        estimate_posterior_free(self->authority[a].posterior);
        free(self->authority[a].child);
    }
    free(self->authority);
    pc_codes_free(&self->codes);
    memset(self, 0, sizeof *self);
}
