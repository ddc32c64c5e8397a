#include "outcome/variance.h"

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
