#include "outcome/variance.h"

#include <math.h>

#include "simulate/layers.h"

static double mean_of(const double *value, size_t n)
{
    double sum = 0.0;

    for (size_t at = 0; at < n; at++) {
        sum += value[at];
    }
    return sum / (double)n;
}

double variance_total(const double *value, size_t n)
{
    double mean = mean_of(value, n), square = 0.0;

    for (size_t at = 0; at < n; at++) {
        square += (value[at] - mean) * (value[at] - mean);
    }
    return n > 1 ? square / (double)(n - 1) : 0.0;
}

double variance_shared(const double *value, size_t n, size_t n_draw)
{
    double mean = mean_of(value, n), products = 0.0, pairs = 0.0, shared;

    for (size_t draw = 0; draw < n_draw && draw < n; draw++) {
        double sum = 0.0, square = 0.0, members = 0.0;

        for (size_t at = draw; at < n; at += n_draw) {
            double deviation = value[at] - mean;

            sum += deviation;
            square += deviation * deviation;
            members += 1.0;
        }
        products += sum * sum - square; /* twice the sum over pairs */
        pairs += members * (members - 1.0);
    }
    shared = pairs > 0.0 ? products / pairs : 0.0;
    return shared > 0.0 ? shared : 0.0;
}

/* Shares of the variance of all children at the last month: what replicates that share a draw have in common.
 */
void variance_split(const double *value, size_t replicates, const pc_uncertainty *on, double share[4])
{
    double total = variance_total(value, replicates), rest = 1.0, part[3] = {0.0, 0.0, 0.0};
    const struct {
        bool on;
        size_t n_draw;
    } layer[3] = {{on->parameters, LAYERS_N_PARAMETERS},
                  {on->year_effects, LAYERS_N_YEAR_EFFECTS},
                  {on->starts_overdispersion, LAYERS_N_DISPERSION}};

    if (!(total > 0.0)) {
        return;
    }
    for (size_t at = 0; at < 3; at++) {
        if (!layer[at].on) {
            continue;
        }
        if (replicates <= layer[at].n_draw) {
            return; /* no two replicates share a draw: the split is not known */
        }
        part[at] = variance_shared(value, replicates, layer[at].n_draw) / total;
        rest -= part[at];
    }
    /* Estimates of shares are noisy: where they come to more than all, the layers take it in proportion. */
    share[0] = rest < 0.0 ? 0.0 : rest;
    for (size_t at = 0; at < 3; at++) {
        if (layer[at].on) {
            share[at + 1] = rest < 0.0 ? part[at] / (1.0 - rest) : part[at];
        }
    }
}
