#include "outcome/panel_spread.h"

#include <gsl/gsl_cdf.h>
#include <limits.h>
#include <math.h>
#include <string.h>

/* Fewer past forecasts than this say nothing. */
#define FEWEST 60
#define FEWEST_OF_A_SIZE 40
#define FEWEST_ORIGINS 3
/* Judgement, where the past is too short: as the spread of one-year changes suggests. */
#define JUDGED_PHI 0.5
#define JUDGED_SIGMA 0.15
#define JUDGED_SIGMA_MIX 0.15
#define Z80 1.2815515655446004
#define SIBLINGS 0.5         /* what over-dispersion adds to the variance of a year's starts, per start */
#define LEAVING_HOMES 0.9    /* a child-year in a home: exits and moves out */
#define JUDGED_HALF_LIFE 1.0 /* years */
#define DAMPING 0.8          /* of growth, each year on: the usual lower end for damped trends */
#define CAUTION 3.0          /* years' worth of "nothing is to be believed" */
#define MIX_PHI 0.5          /* too few years to estimate */

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

/* A year shows how authorities differ, not how years do. */
static int origins_with_a_target(const panel_pasts *pasts, int last, int years)
{
    int n = 0, before = INT_MIN;

    for (size_t at = 0; at < pasts->n; at++) {
        n += pasts->row[at].origin != before && pasts->row[at].origin + years <= last;
        before = pasts->row[at].origin;
    }
    return n;
}

/* The shares with the smallest error: of the implied change on a grid of twentieths, of the change by
 * birthdays on one of quarters. Both are drawn to nothing, as if some years had shown that: authorities share
 * what a year brings, so that the sample is of years, and a few years' best share is mostly luck. */
static void estimate_drift(const pc_panel *panel, const panel_pasts *pasts, panel_estimates *out)
{
    for (int knot = 0; knot < PC_N_KNOT; knot++) {
        double least = HUGE_VAL, n_origin = origins_with_a_target(pasts, out->year, knot + 1);

        for (int step = 0; step < 21 * 5; step++) {
            /* NOLINTNEXTLINE(bugprone-integer-division): the whole part is meant */
            double share = step % 21 / 20.0, birthdays = step / 21 / 4.0;
            double error =
                drift_error(panel, pasts, out->year, knot + 1, share, birthdays, &out->n_drift[knot]);

            if (out->n_drift[knot] >= FEWEST && error < least) {
                least = error;
                out->factors.share[knot] = share;
                out->factors.birthdays[knot] = birthdays;
            }
        }
        out->factors.share[knot] *= n_origin / (n_origin + CAUTION);
        out->factors.birthdays[knot] *= n_origin / (n_origin + CAUTION);
    }
}

/* ---- how far years differ ---- */

/* Children who came or went in a year are still felt so many years later. */
static double felt(double exit_rate, double years)
{
    return exp(-exit_rate * years);
}

/* Variance of the stock after `years` that shocks of variance 1 make: x(t) = phi x(t-1) + z(t), x(0) = 0. */
static double shock_variance(double phi, double exit_rate, double flow, int years)
{
    double sum = 0.0, within = exit_rate > 0.0 ? (1.0 - exp(-exit_rate)) / exit_rate : 1.0;

    for (int j = 1; j <= years; j++) { /* z of year j acts on that year and, fading, on those after */
        double effect = 0.0;

        for (int k = j; k <= years; k++) {
            effect += pow(phi, k - j) * felt(exit_rate, years - k);
        }
        sum += effect * effect;
    }
    return flow * flow * within * within * sum;
}

/* Process, over-dispersion and uncertain rates. */
static double other_variance(const panel_past *past, int years)
{
    const panel_evidence *evidence = &past->evidence;
    double rate = evidence->exits_a_year / past->now, stay = felt(rate, years);
    double built = rate > 0.0 ? (1.0 - stay) / rate : years;
    double starters = evidence->starts_a_year * built;
    double process = past->now * stay * (1.0 - stay) + starters * (1.0 + SIBLINGS);
    double rates = evidence->starts_a_year * evidence->starts_a_year * (1.0 + SIBLINGS) /
                       (evidence->start_events + 1.0) +
                   evidence->exits_a_year * evidence->exits_a_year / (evidence->exit_events + 1.0);

    return process + rates * built * built;
}

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
        double actual = -1.0, flow = hypot(past->evidence.starts_a_year, past->evidence.exits_a_year),
               variance;

        if (past->origin + years <= self->estimates->year &&
            (self->size == PC_SIZE_ALL || pc_size_band_of(past->now) == self->size)) {
            actual = actual_of(self->panel, past, years);
        }
        if (actual >= 0.0) {
            variance =
                other_variance(past, years) +
                sigma * sigma * shock_variance(phi, past->evidence.exits_a_year / past->now, flow, years);
            held += fabs(actual - aim_of(past, years, factors->share[knot], factors->birthdays[knot])) <=
                    Z80 * sqrt(variance);
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

static void estimate_shocks(const pc_panel *panel, const panel_pasts *pasts, panel_estimates *out)
{
    spread_case all = {panel, pasts, out, PC_SIZE_ALL};
    double least = HUGE_VAL, widen;
    int n_origin = origins_with_a_target(pasts, out->year, 1);

    out->phi = JUDGED_PHI;
    for (int band = 0; band < PC_N_SIZE_BAND; band++) {
        out->sigma[band] = JUDGED_SIGMA;
    }
    (void)sigma_for(&all, 0.0, &out->n_sigma[PC_SIZE_ALL]);
    if (n_origin < FEWEST_ORIGINS || out->n_sigma[PC_SIZE_ALL] < FEWEST) {
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
    /* Authorities share what a year brings: the sample is of years, and a range from few of them is as much
     * too narrow as a normal range is beside Student's. */
    widen = gsl_cdf_tdist_Pinv(0.9, n_origin) / Z80;
    for (int band = 0; band < PC_N_SIZE_BAND; band++) {
        out->sigma[band] *= widen;
    }
}

/* ---- homes ---- */

/* Share of the children in homes a year on that an 80% range holds. Coming and going of single children, the
 * shocks of starts and exits, and the way into homes. */
static double homes_held(const spread_case *self, double sigma_mix, size_t *n)
{
    size_t held = 0;

    *n = 0;
    for (size_t at = 0; at < self->pasts->n; at++) {
        const panel_past *past = &self->pasts->row[at];
        double actual = -1.0, stay = exp(-LEAVING_HOMES), aim = past->homes * (1.0 + past->homes_growth);
        double sigma = self->estimates->sigma[pc_size_band_of(past->now)], rate, variance;

        if (past->homes > 0.0 && past->origin + 1 <= self->estimates->year) {
            actual = panel_type_children(self->panel, past->area, past->origin + 1, PANEL_RESIDENTIAL);
        }
        if (!(actual >= 0.0)) {
            continue;
        }
        rate = past->evidence.exits_a_year / past->now;
        variance =
            past->homes * (1.0 - stay * stay) +
            past->homes * past->homes *
                (2.0 * rate * rate * sigma * sigma + sigma_mix * sigma_mix * (1.0 - stay) * (1.0 - stay));
        held += fabs(actual - aim) <= Z80 * sqrt(variance);
        ++*n;
    }
    return *n > 0 ? (double)held / (double)*n : 0.0;
}

static void estimate_mix(const pc_panel *panel, const panel_pasts *pasts, const panel_known *known,
                         panel_estimates *out)
{
    spread_case all = {panel, pasts, out, PC_SIZE_ALL};
    double growth = known->growth_known ? known->growth : 0.0, low = 0.0, high = 1.0;

    /* Last year's growth in full, then damped. */
    for (int knot = 0; knot < PC_N_KNOT; knot++) {
        out->factors.homes_growth[knot] = fmin(fmax(growth, -0.2), 0.2) * pow(DAMPING, knot);
    }
    out->phi_mix = MIX_PHI;
    out->sigma_mix = JUDGED_SIGMA_MIX;
    (void)homes_held(&all, 0.0, &out->n_mix);
    for (int step = 0; step < 16 && out->n_mix >= FEWEST; step++) {
        out->sigma_mix = 0.5 * (low + high);
        if (homes_held(&all, out->sigma_mix, &out->n_mix) < 0.8) {
            low = out->sigma_mix;
        } else {
            high = out->sigma_mix;
        }
    }
}

/* ---- half-life ---- */

const int panel_half_life[PANEL_N_HALF_LIFE] = {0, 6, 12, 24, 36, 1200};

/* |error| / actual of next year's starts and ceases, added to *sum; false when either is not known. */
static bool add_flow_error(const pc_panel *panel, size_t area, int origin, double gap, double half_life,
                           double *sum)
{
    double started = panel_figure(panel, area, origin + 1, PC_PANEL_STARTED);
    double ceased = panel_figure(panel, area, origin + 1, PC_PANEL_CEASED);
    double stock = panel_figure(panel, area, origin, PC_PANEL_STOCK);
    panel_evidence flows;

    if (!(started >= 20.0) || !(ceased >= 20.0) || !panel_model_possible(panel, area, origin) ||
        !panel_flows(panel, area, origin, gap, half_life, &flows)) {
        return false;
    }
    *sum += fabs(flows.starts_a_year - started) / started;
    *sum += fabs(flows.exits_a_year + gap * stock - ceased) / ceased;
    return true;
}

static void estimate_half_life(const pc_panel *panel, const bool *use, const panel_known *known,
                               panel_estimates *out)
{
    double least = HUGE_VAL;

    out->half_life = JUDGED_HALF_LIFE;
    for (int at = 0; at < PANEL_N_HALF_LIFE; at++) {
        double sum = 0.0;
        size_t n = 0;

        for (size_t area = 0; area < panel->n_area; area++) {
            for (int origin = panel->first_year; origin < known->year && use[area]; origin++) {
                n += add_flow_error(panel, area, origin, known->gap, panel_half_life[at] / 12.0, &sum);
            }
        }
        out->n_half_life = n;
        out->half_life_error[at] = n > 0 ? sum / (2.0 * (double)n) : (double)NAN;
        if (n >= FEWEST && out->half_life_error[at] < least) {
            least = out->half_life_error[at];
            out->half_life = panel_half_life[at] / 12.0;
        }
    }
}

void panel_estimate(const pc_panel *panel, const bool *use, const panel_pasts *pasts,
                    const panel_known *known, panel_estimates *out)
{
    memset(out, 0, sizeof *out);
    out->year = known->year;
    estimate_half_life(panel, use, known, out);
    estimate_drift(panel, pasts, out);
    estimate_shocks(panel, pasts, out);
    estimate_mix(panel, pasts, known, out);
}
