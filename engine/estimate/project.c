/* project.c - what the cells of a pool tell about its factor, as a gamma distribution (expectation
 * propagation).
 *
 * Given the pool's factor f, the events of cell c are negative binomial; the density of f is that of its
 * gamma prior times f^events_c / (k + f expected_c)^(k + events_c) over the cells. A gamma distribution with
 * its mean and variance stands for it in the draws. One that matches the mode and the curvature instead is
 * too short in the right tail, and its draws come out some per cent too low.
 */
#include "estimate/estimate.h"

#include <math.h>

/* The trapezium rule on ln f, in standard deviations about the mode; the density falls slowly on the left,
 * fast on the right. */
#define N_BELOW 16
#define N_POINT 29
#define STEP 0.5

pool_data estimate_project(double shape, double mean, double mode, const shape_cell *cell, size_t n,
                           double cell_shape)
{
    double log_density[N_POINT], largest = -HUGE_VAL, sum = 0, first = 0, second = 0;
    double information = shape * mode / mean, step, variance;
    pool_data data;

    for (size_t c = 0; c < n; c++) {
        information += mode * cell[c].expected * cell_shape / (cell_shape + mode * cell[c].expected);
    }
    step = STEP / sqrt(information);
    for (int i = 0; i < N_POINT; i++) {
        double x = (i - N_BELOW) * step, factor = mode * exp(x);

        log_density[i] = shape * (x - factor / mean);
        for (size_t c = 0; c < n; c++) {
            log_density[i] += cell[c].events * x -
                              (cell_shape + cell[c].events) * log(cell_shape + factor * cell[c].expected);
        }
        largest = log_density[i] > largest ? log_density[i] : largest;
    }
    for (int i = 0; i < N_POINT; i++) {
        double density = exp(log_density[i] - largest), factor = mode * exp((i - N_BELOW) * step);

        sum += density;
        first += density * factor;
        second += density * factor * factor;
    }
    first /= sum;
    variance = second / sum - first * first;
    data.expected = first / variance - shape / mean;
    data.events = first * first / variance - shape;
    if (!(data.expected >= 0)) { /* wider than the prior: keep the mean, at the width of the prior's rate */
        data.expected = 0;
        data.events = shape * first / mean - shape;
    }
    return data;
}
