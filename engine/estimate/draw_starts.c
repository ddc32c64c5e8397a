/* draw_starts.c - starts and first placements of one draw from the posterior (docs/model.md, section 4). */
#include "estimate/draw_starts.h"

#include <string.h>

static void draw_dirichlet(gamma_stream *numbers, const double *weight, size_t n, double *share)
{
    for (size_t i = 0; i < n; i++) {
        share[i] = gamma_stream_draw(numbers, weight[i], 1);
    }
    if (!estimate_shares(share, n)) { /* every draw fell to 0: weights far below 1 */
        memcpy(share, weight, n * sizeof *share);
        (void)estimate_shares(share, n);
    }
}

static void draw_starts(gamma_stream *numbers, const estimate_starts *self, pc_stream stream, double *rate)
{
    double band_weight[PC_N_AGE_BAND], band_share[PC_N_AGE_BAND], shape = self->total / self->inflation,
                                                                  total;

    for (int band = 0; band < PC_N_AGE_BAND; band++) {
        band_weight[band] = estimate_start_prior(stream, band);
        for (int age = pc_age_band_first_year[band]; age < pc_age_band_first_year[band + 1]; age++) {
            band_weight[band] += self->events[age];
        }
    }
    total = gamma_stream_draw(numbers, shape, shape) * self->total / self->years;
    draw_dirichlet(numbers, band_weight, PC_N_AGE_BAND, band_share);
    for (int band = 0; band < PC_N_AGE_BAND; band++) {
        int first = pc_age_band_first_year[band], n = pc_age_band_first_year[band + 1] - first;
        double weight[PC_N_AGE_YEAR], share[PC_N_AGE_YEAR];

        for (int age = 0; age < n; age++) {
            weight[age] = self->age_shape + self->events[first + age];
        }
        draw_dirichlet(numbers, weight, (size_t)n, share);
        for (int age = 0; age < n; age++) {
            rate[first + age] = estimate_round(total * band_share[band] * share[age]);
        }
    }
}

static void draw_first(gamma_stream *numbers, const estimate_starts *self, size_t n_category, double *share)
{
    double pooled[PC_MAX_CATEGORY], weight[PC_MAX_CATEGORY];

    draw_dirichlet(numbers, self->pooled, n_category, pooled);
    for (size_t age = 0; age < PC_N_AGE_BAND; age++) {
        double *own = share + age * n_category;
        bool any = false;

        for (size_t c = 0; c < n_category; c++) {
            weight[c] = pooled[c] * self->support[age * n_category + c];
            any = any || weight[c] > 0;
        }
        if (!any) {
            memcpy(weight, pooled, n_category * sizeof *weight);
        }
        (void)estimate_shares(weight, n_category);
        for (size_t c = 0; c < n_category; c++) {
            weight[c] = self->first_shape * weight[c] + self->first_events[age * n_category + c];
        }
        draw_dirichlet(numbers, weight, n_category, own);
        for (size_t c = 0; c < n_category; c++) {
            own[c] = estimate_round(own[c]);
        }
    }
}

void estimate_draw_starts(gamma_stream *numbers, const estimate_starts *self, pc_stream stream, pc_rates *out)
{
    draw_starts(numbers, self, stream, out->starts + (size_t)stream * PC_N_AGE_YEAR);
    draw_first(numbers, self, out->n_category, out->first + (size_t)stream * PC_N_AGE_BAND * out->n_category);
}
