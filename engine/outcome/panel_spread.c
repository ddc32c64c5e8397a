#include "outcome/panel_spread.h"

#include <gsl/gsl_cdf.h>
#include <limits.h>
#include <math.h>
#include <string.h>

#include "outcome/panel_variance.h"

/* Fewer past forecasts than this say nothing. */
#define FEWEST_OF_A_SIZE 40
#define FEWEST_ORIGINS 3
/* Judgement, where the past is too short: as the spread of one-year changes suggests. */
#define JUDGED_PHI 0.7
#define JUDGED_SIGMA 0.15
#define CAUTION 3.0 /* years' worth of "nothing is to be believed" */
/* Skewness of the first forecasts: as that of later ones, which are made in the same way. */
static const double judged_skew_shared[PC_N_KNOT] = {0.003, 0.004, 0.004};
static const double judged_skew_single[PC_N_KNOT] = {0.4, 0.6, 0.9};

/* ---- how much of the implied change to believe ---- */

static double actual_of(const pc_panel *panel, const panel_past *past, int years)
{
    return panel_figure(panel, past->area, past->origin + years, PC_PANEL_STOCK);
}

static double aim_of(const panel_past *past, int years, double share, double birthdays)
{
    double settled = past->now + birthdays * past->birthdays[years - 1];

    return settled + share * (past->implied[years - 1] - settled);
}

/* Mean of |error| / actual over the past forecasts, or below 0 without any. */
static double drift_error(const pc_panel *panel, const panel_pasts *pasts, int last, int years, double share,
                          double birthdays, size_t *n)
{
    double sum = 0.0;

    *n = 0;
    for (size_t at = 0; at < pasts->n; at++) {
        const panel_past *past = &pasts->row[at];
        double actual = past->origin + years <= last ? actual_of(panel, past, years) : -1.0;

        if (actual >= 20.0) {
            sum += fabs(aim_of(past, years, share, birthdays) - actual) / actual;
            ++*n;
        }
    }
    return *n > 0 ? sum / (double)*n : -1.0;
}

int panel_origins_with_a_target(const panel_pasts *pasts, int last, int years)
{
    int n = 0, before = INT_MIN;

    for (size_t at = 0; at < pasts->n; at++) {
        n += pasts->row[at].origin != before && pasts->row[at].origin + years <= last;
        before = pasts->row[at].origin;
    }
    return n;
}

/* The share of the implied change, on a grid of twentieths, with the smallest error at a horizon. */
static double best_share(const panel_pasts *pasts, const pc_panel *panel, const panel_estimates *of, int knot,
                         double birthdays, double *least)
{
    double best = 0.0;
    size_t n;

    *least = HUGE_VAL;
    for (int step = 0; step < 21; step++) {
        double error = drift_error(panel, pasts, of->year, knot + 1, step / 20.0, birthdays, &n);

        if (error < *least) {
            *least = error;
            best = step / 20.0;
        }
    }
    return best;
}

/* The shares with the smallest error: of the implied change by horizon, of the change by birthdays, on a grid
 * of quarters, for all horizons alike: one for each would make starts swing from year to year. Both are drawn
 * to nothing, as if some years had shown that: authorities share what a year brings, so that the sample is of
 * years, and a few years' best share is mostly luck. */
static void estimate_drift(const pc_panel *panel, const panel_pasts *pasts, panel_estimates *out)
{
    double least_of_all = HUGE_VAL, n_origin[PC_N_KNOT];

    for (int knot = 0; knot < PC_N_KNOT; knot++) {
        n_origin[knot] = panel_origins_with_a_target(pasts, out->year, knot + 1);
        (void)drift_error(panel, pasts, out->year, knot + 1, 0.0, 0.0, &out->n_drift[knot]);
    }
    for (int quarter = 0; quarter <= 4; quarter++) {
        double share[PC_N_KNOT] = {0}, sum = 0.0;

        for (int knot = 0; knot < PC_N_KNOT && out->n_drift[knot] >= PANEL_FEWEST; knot++) {
            double least;

            share[knot] = best_share(pasts, panel, out, knot, quarter / 4.0, &least);
            sum += least * (double)out->n_drift[knot];
        }
        if (sum < least_of_all) {
            least_of_all = sum;
            for (int knot = 0; knot < PC_N_KNOT; knot++) {
                bool enough = out->n_drift[knot] >= PANEL_FEWEST;

                out->factors.share[knot] = share[knot] * n_origin[knot] / (n_origin[knot] + CAUTION);
                out->factors.birthdays[knot] =
                    enough ? quarter / 4.0 * n_origin[0] / (n_origin[0] + CAUTION) : 0.0;
            }
        }
    }
}

/* ---- how far years differ ---- */

typedef struct spread_case {
    const pc_panel *panel;
    const panel_pasts *pasts;
    const panel_estimates *estimates;
    pc_size_band size;
} spread_case;

/* Share of what happened that a normal 80% range of the aim holds; *n of them. */
static double held_by(const spread_case *self, double phi, double sigma, int years, size_t *n)
{
    const pc_trend_factors *factors = &self->estimates->factors;
    int knot = years <= PC_N_KNOT ? years - 1 : PC_N_KNOT - 1;
    size_t held = 0;

    *n = 0;
    for (size_t at = 0; at < self->pasts->n; at++) {
        const panel_past *past = &self->pasts->row[at];
        double actual = -1.0, variance;

        if (past->origin + years <= self->estimates->year &&
            (self->size == PC_SIZE_ALL || pc_size_band_of(past->now) == self->size)) {
            actual = actual_of(self->panel, past, years);
        }
        if (actual >= 0.0) {
            variance = panel_single_variance(past, years, factors->share[knot]) +
                       sigma * sigma * panel_shock_variance(phi, past, years);
            held += fabs(actual - aim_of(past, years, factors->share[knot], factors->birthdays[knot])) <=
                    PANEL_Z80 * sqrt(variance);
            ++*n;
        }
    }
    return *n > 0 ? (double)held / (double)*n : 0.0;
}

/* The sigma whose ranges hold 80% over all horizons together, by halving. */
static double sigma_for(const spread_case *self, double phi, size_t *n)
{
    double low = 0.0, high = 1.0;

    for (int step = 0; step < 16; step++) {
        double sigma = 0.5 * (low + high), held = 0.0;

        *n = 0;
        for (int years = 1; years <= PANEL_N_HORIZON; years++) {
            size_t of = 0;

            held += held_by(self, phi, sigma, years, &of) * (double)of;
            *n += of;
        }
        if (*n == 0) {
            return 0.0;
        }
        if (held < 0.8 * (double)*n) {
            low = sigma;
        } else {
            high = sigma;
        }
    }
    return 0.5 * (low + high);
}

/* How unevenly the horizons are held. */
static double unevenness(const spread_case *self, double phi, double sigma)
{
    double sum = 0.0;

    for (int years = 1; years <= PANEL_N_HORIZON; years++) {
        size_t n = 0;
        double held = held_by(self, phi, sigma, years, &n);

        sum += (double)n * (held - 0.8) * (held - 0.8);
    }
    return sum;
}

double panel_widening(int n_origin)
{
    return n_origin > 0 ? gsl_cdf_tdist_Pinv(0.9, n_origin) / PANEL_Z80 : 1.0;
}

static void estimate_shocks(const pc_panel *panel, const panel_pasts *pasts, panel_estimates *out)
{
    spread_case all = {panel, pasts, out, PC_SIZE_ALL};
    double least = HUGE_VAL, widen;
    int n_origin = panel_origins_with_a_target(pasts, out->year, 1);

    out->phi = JUDGED_PHI;
    for (int band = 0; band < PC_N_SIZE_BAND; band++) {
        out->sigma[band] = JUDGED_SIGMA;
    }
    (void)sigma_for(&all, 0.0, &out->n_sigma[PC_SIZE_ALL]);
    if (n_origin < FEWEST_ORIGINS || out->n_sigma[PC_SIZE_ALL] < PANEL_FEWEST) {
        out->n_sigma[PC_SIZE_ALL] = 0;
        return;
    }
    for (int step = 0; step <= 9; step++) {
        size_t n = 0;
        double phi = step / 10.0, sigma = sigma_for(&all, phi, &n), uneven = unevenness(&all, phi, sigma);

        if (uneven < least) {
            least = uneven;
            out->phi = phi;
            out->sigma[PC_SIZE_ALL] = sigma;
        }
    }
    for (int band = 0; band < PC_SIZE_ALL; band++) {
        spread_case one = {panel, pasts, out, (pc_size_band)band};
        double sigma = sigma_for(&one, out->phi, &out->n_sigma[band]);

        out->sigma[band] = out->n_sigma[band] >= FEWEST_OF_A_SIZE ? sigma : out->sigma[PC_SIZE_ALL];
    }
    widen = panel_widening(n_origin);
    for (int band = 0; band < PC_N_SIZE_BAND; band++) {
        out->sigma[band] *= widen;
    }
}

/* ---- where the middle of a range lies ---- */

/* How far the middle of earlier forecasts lay below their mean, on the logarithm: a line in 1 / children. No
 * outcome goes in: it is a property of the forecasts. */
static void estimate_skew(const panel_pasts *pasts, panel_estimates *out)
{
    for (int knot = 0; knot < PC_N_KNOT; knot++) {
        double n = 0.0, x = 0.0, y = 0.0, xx = 0.0, xy = 0.0, slope;

        for (size_t at = 0; at < pasts->n; at++) {
            double gap = pasts->row[at].above_middle[knot], one = 1.0 / pasts->row[at].now;

            if (isfinite(gap)) {
                n += 1.0;
                x += one;
                y += gap;
                xx += one * one;
                xy += one * gap;
            }
        }
        out->n_skew[knot] = (size_t)n;
        out->factors.skew_shared[knot] = judged_skew_shared[knot];
        out->factors.skew_single[knot] = judged_skew_single[knot];
        if (!(n >= PANEL_FEWEST) || !(n * xx > x * x)) {
            out->n_skew[knot] = 0;
            continue;
        }
        slope = fmin(fmax((n * xy - x * y) / (n * xx - x * x), 0.0), 5.0);
        out->factors.skew_single[knot] = slope;
        out->factors.skew_shared[knot] = fmin(fmax((y - slope * x) / n, 0.0), 0.1);
    }
}

void panel_estimate(const pc_panel *panel, const bool *use, const panel_pasts *pasts,
                    const panel_known *known, panel_estimates *out)
{
    memset(out, 0, sizeof *out);
    out->year = known->year;
    panel_estimate_half_life(panel, use, known, out);
    estimate_drift(panel, pasts, out);
    estimate_shocks(panel, pasts, out);
    estimate_skew(pasts, out);
    panel_estimate_mix(panel, pasts, known, out);
}
