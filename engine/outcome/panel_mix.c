/* How the numbers of single types go on: growth of homes, and how far each type strays. */
#include <math.h>

#include "outcome/panel_rivals.h"

#define JUDGED_SIGMA_MIX 0.15
#define LEAVING_TYPE 0.9 /* a child-year in a type: exits and moves out */
#define DAMPING 0.8      /* of growth, each year on: the usual lower end for damped trends */
#define MIX_PHI 0.5      /* too few years to estimate */
#define MOST_SIGMA_TYPE 1.5

typedef struct mix_case {
    const pc_panel *panel;
    const panel_pasts *pasts;
    const panel_estimates *estimates;
    int what; /* 1 + type */
} mix_case;

/* Share of the children in homes a year on that an 80% range holds. Coming and going of single children, the
 * shocks of starts and exits, and the way into homes. */
static double homes_held(const mix_case *self, double sigma_mix, size_t *n)
{
    size_t held = 0;

    *n = 0;
    for (size_t at = 0; at < self->pasts->n; at++) {
        const panel_past *past = &self->pasts->row[at];
        double actual = -1.0, stay = exp(-LEAVING_TYPE), aim = past->homes * (1.0 + past->homes_growth);
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
        held += fabs(actual - aim) <= PANEL_Z80 * sqrt(variance);
        ++*n;
    }
    return *n > 0 ? (double)held / (double)*n : 0.0;
}

/* The same for another type at all horizons together: it keeps its children, and the way into it, drawn once
 * for all years, is all that is its own. */
static double type_held(const mix_case *self, double sigma_type, size_t *n)
{
    size_t held = 0;

    *n = 0;
    for (size_t at = 0; at < self->pasts->n; at++) {
        const panel_past *past = &self->pasts->row[at];
        double sigma = self->estimates->sigma[pc_size_band_of(past->now)];
        double rate = past->evidence.exits_a_year / past->now;

        for (int years = 1; years <= PANEL_N_HORIZON && past->origin + years <= self->estimates->year;
             years++) {
            double actual = panel_actual(self->panel, past->area, past->origin, years, self->what);
            double aim = panel_naive(self->panel, past->area, past->origin, years, self->what);
            double stay = exp(-LEAVING_TYPE * years), variance;

            if (!(actual >= 0.0) || !(aim > 0.0)) {
                continue;
            }
            variance =
                aim * (1.0 - stay * stay) + aim * aim *
                                                (2.0 * rate * rate * sigma * sigma * years +
                                                 sigma_type * sigma_type * (1.0 - stay) * (1.0 - stay));
            held += fabs(actual - aim) <= PANEL_Z80 * sqrt(variance);
            ++*n;
        }
    }
    return *n > 0 ? (double)held / (double)*n : 0.0;
}

static void estimate_types(const pc_panel *panel, const panel_pasts *pasts, panel_estimates *out)
{
    double widen = panel_widening(panel_origins_with_a_target(pasts, out->year, 1));

    for (int type = 0; type < PANEL_N_TYPE; type++) {
        mix_case one = {panel, pasts, out, 1 + type};
        double low = 0.0, high = MOST_SIGMA_TYPE;

        out->sigma_type[type] = type == PANEL_RESIDENTIAL ? 0.0 : JUDGED_SIGMA_MIX;
        if (type == PANEL_RESIDENTIAL) { /* homes have shocks of their own, year by year */
            continue;
        }
        (void)type_held(&one, 0.0, &out->n_type[type]);
        for (int step = 0; step < 16 && out->n_type[type] >= PANEL_FEWEST; step++) {
            double middle = 0.5 * (low + high);
            bool narrow = type_held(&one, middle, &out->n_type[type]) < 0.8;

            low = narrow ? middle : low;
            high = narrow ? high : middle;
            out->sigma_type[type] = fmin(0.5 * (low + high) * widen, MOST_SIGMA_TYPE);
        }
        out->n_type[type] = out->n_type[type] >= PANEL_FEWEST ? out->n_type[type] : 0;
    }
}

void panel_estimate_mix(const pc_panel *panel, const panel_pasts *pasts, const panel_known *known,
                        panel_estimates *out)
{
    mix_case all = {panel, pasts, out, 1 + PANEL_RESIDENTIAL};
    double growth = known->growth_known ? known->growth : 0.0, low = 0.0, high = 1.0;

    /* Last year's growth in full, then damped. */
    for (int knot = 0; knot < PC_N_KNOT; knot++) {
        out->factors.homes_growth[knot] = fmin(fmax(growth, -0.2), 0.2) * pow(DAMPING, knot);
    }
    out->phi_mix = MIX_PHI;
    out->sigma_mix = JUDGED_SIGMA_MIX;
    (void)homes_held(&all, 0.0, &out->n_mix);
    for (int step = 0; step < 16 && out->n_mix >= PANEL_FEWEST; step++) {
        out->sigma_mix = 0.5 * (low + high);
        if (homes_held(&all, out->sigma_mix, &out->n_mix) < 0.8) {
            low = out->sigma_mix;
        } else {
            high = out->sigma_mix;
        }
    }
    estimate_types(panel, pasts, out);
}
