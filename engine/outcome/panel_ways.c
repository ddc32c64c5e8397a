/* The ways into the types of a panel model: set so that the mix stays, and drawn. */
#include <gsl/gsl_randist.h>
#include <math.h>
#include <string.h>

#include "base/keyed_random.h"
#include "outcome/panel_join.h"
#include "outcome/panel_model.h"
#include "simulate/expected.h"
#include "simulate/layers.h"

#define MOST_CHANGE 0.95
#define RESPONSE 0.6 /* by how much, on the logarithm, a year's way in moves the children of a type */
enum { SETTLING_ROUNDS = 3 };

/* Multiplies the way into each type, shares of first placements and moves alike; each row keeps its sum. */
static void scale_way_in(pc_rates *rates, const double by[PANEL_N_TYPE])
{
    size_t n_row = (size_t)PC_N_STREAM * PC_N_AGE_BAND * PANEL_N_TYPE * PC_N_BAND;
    size_t n_first = (size_t)PC_N_STREAM * PC_N_AGE_BAND;

    for (size_t row = 0; row < n_row + n_first; row++) {
        double *share =
            row < n_row ? rates->move + row * PANEL_N_TYPE : rates->first + (row - n_row) * PANEL_N_TYPE;

        for (size_t t = 0; t < PANEL_N_TYPE; t++) {
            share[t] *= by[t];
        }
        panel_scale_to(share, PANEL_N_TYPE, row < n_row ? PANEL_MOVES_A_YEAR : 1.0);
    }
}

static void settle_once(pc_rates *rates, const pc_plan *plan, const pc_expected *expected)
{
    double now[PANEL_N_TYPE] = {0}, by[PANEL_N_TYPE], all = 0.0;

    for (size_t child = 0; child < plan->n_child; child++) {
        now[plan->child[child].category] += 1.0;
    }
    for (size_t t = 0; t < PANEL_N_TYPE; t++) {
        all += expected->children[(t + 1) * expected->n_period - 1];
    }
    for (size_t t = 0; t < PANEL_N_TYPE; t++) {
        double then = expected->children[(t + 1) * expected->n_period - 1];
        double kept = now[t] * all / (double)plan->n_child;

        by[t] = kept > 0.5 && then > 0.5 ? pow(kept / then, 1.0 / RESPONSE) : 1.0;
        by[t] = fmin(fmax(by[t], 0.5), 2.0);
    }
    scale_way_in(rates, by);
}

pc_status panel_model_settle(pc_model *self)
{
    pc_scenario year = {.start = self->extract + 1, .months = 12};
    pc_status status = PC_OK;

    for (int round = 0; round < SETTLING_ROUNDS && status == PC_OK; round++) {
        pc_plan plan;
        pc_expected expected = {0};

        status = plan_make(self, 0, &year, &plan, NULL);
        if (status != PC_OK) {
            return status;
        }
        status = expected_solve(&plan, 0, 1, &expected);
        if (status == PC_OK) {
            settle_once(&self->authority[0].mean, &plan, &expected);
        }
        expected_free(&expected);
        plan_free(&plan);
    }
    return status;
}

/* ---- uncertainty of the rates ---- */

static void scale_rates(const double *from, double by, size_t n, double *to)
{
    for (size_t at = 0; at < n; at++) {
        to[at] = layers_round(from[at] * by);
    }
}

/* The way into each type: even about 1, so that neither its middle nor its mean moves, nor those of the other
 * types, which share the rest. */
static void draw_ways_in(gsl_rng *rng, const double sigma_type[PANEL_N_TYPE], pc_rates *out)
{
    double by[PANEL_N_TYPE];

    for (size_t t = 0; t < PANEL_N_TYPE; t++) {
        double z = sigma_type[t] * gsl_ran_ugaussian(rng);

        by[t] = layers_round(1.0 + fmin(fmax(z, -MOST_CHANGE), MOST_CHANGE));
    }
    scale_way_in(out, by);
}

/* Starts and exits are as uncertain as their numbers; a start brings half a brother or sister along. */
static pc_status draw_rates(const pc_plan *plan, uint32_t draw, pc_rates *out)
{
    const panel_uncertainty *from = plan->draw_from;
    const panel_evidence *evidence = &from->evidence;
    const pc_rates *mean = plan->mean;
    size_t n_row = (size_t)PC_N_STREAM * PC_N_AGE_BAND * PANEL_N_TYPE * PC_N_BAND;
    size_t n_first = (size_t)PC_N_STREAM * PC_N_AGE_BAND * PANEL_N_TYPE;
    double starts = evidence->start_events / 1.5 + 0.5, exits = evidence->exit_events + 0.5;
    gsl_rng *rng =
        pc_gsl_rng_new(pc_random_key_make(plan->seed, draw), plan->authority_number, PC_PURPOSE_PARAMETERS);

    if (rng == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    scale_rates(mean->starts, gsl_ran_gamma(rng, starts, 1.0 / starts), (size_t)PC_N_STREAM * PC_N_AGE_YEAR,
                out->starts);
    scale_rates(mean->exit, gsl_ran_gamma(rng, exits, 1.0 / exits), n_row * PC_N_EXIT_HAZARD, out->exit);
    memcpy(out->move, mean->move, n_row * PANEL_N_TYPE * sizeof(double));
    memcpy(out->status, mean->status, n_row * PANEL_N_TYPE * sizeof(double));
    memcpy(out->first, mean->first, n_first * sizeof(double));
    draw_ways_in(rng, from->sigma_type, out);
    gsl_rng_free(rng);
    return PC_OK;
}

void panel_model_draws(pc_plan *plan, const panel_uncertainty *from)
{
    plan->draw_from = from;
    plan->draw_rates = draw_rates;
}
