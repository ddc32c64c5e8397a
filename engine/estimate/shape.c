/* shape.c - how alike the cells of a pool are: the shape k of the gamma prior that they share.
 *
 * Cell c has events_c ~ Poisson(factor_c * expected_c), factor_c ~ Gamma(shape k, mean f), so its events are
 * negative binomial with mean f * expected_c. The pool's own factor f is uncertain as well; it is integrated
 * out by Laplace's method on ln f. Without that the cells would be compared with a mean that they made
 * themselves, and k would come out too large.
 */
#include "estimate/estimate.h"

#include <math.h>

double estimate_log_rising(double x, double n)
{
    if (n > 0 && n <= 16) {
        double product = 1, whole = floor(n);

        if (n - whole <= 0) { /* a whole number: x (x + 1) ... (x + n - 1), below 1e70 for x <= SHAPE_MAX */
            for (int i = 0; i < (int)whole; i++) {
                product *= x + i;
            }
            return log(product);
        }
    }
    return n > 0 ? lgamma(x + n) - lgamma(x) : 0.0;
}

typedef struct likelihood {
    const shape_cell *cell;
    size_t n;
    shape_parent *parent;
} likelihood;

/* Cells [first, end) of one parent: the best factor of the parent, given k; one step of the fixed point. */
static void refine_parent(shape_parent *parent, const shape_cell *cell, size_t first, size_t end, double k)
{
    double events = parent->shape, expected = parent->shape / parent->mean;

    for (size_t c = first; c < end; c++) {
        double weight = k / (k + parent->factor * cell[c].expected);

        events += weight * cell[c].events;
        expected += weight * cell[c].expected;
    }
    parent->factor = events / expected;
}

static double parent_likelihood(const shape_parent *parent, const shape_cell *cell, size_t first, size_t end,
                                double k)
{
    double sum = 0, curvature = 0, factor = parent->factor, log_k = log(k), log_factor = log(factor);

    for (size_t c = first; c < end; c++) {
        double mean = factor * cell[c].expected, events = cell[c].events;

        sum += k * log_k - (k + events) * log(k + mean);
        if (events > 0) {
            sum += estimate_log_rising(k, events) + events * log_factor;
        }
        curvature += mean * k / (k + mean);
    }
    if (isfinite(parent->shape)) {
        double ratio = factor / parent->mean;

        sum += parent->shape * (log(ratio) - ratio) - 0.5 * log(parent->shape * ratio + curvature);
    }
    return sum;
}

/* Where the cells say little the likelihood alone is often largest at the end of the range, and k = 10,000
 * would claim that all cells are alike. A prior flat in 1 / sqrt(k), about the coefficient of variation of
 * the factors, keeps the estimate off that end; here it is on ln k, the scale on which k is sought. A.
 * Gelman, "Prior distributions for variance parameters in hierarchical models", Bayesian Analysis 2006. */
static double log_prior(double k)
{
    return -0.5 * log(k);
}

static double log_likelihood(double k, void *context)
{
    likelihood *self = context;
    double sum = log_prior(k);

    for (size_t first = 0, end; first < self->n; first = end) {
        shape_parent *parent = &self->parent[self->cell[first].parent];

        for (end = first + 1; end < self->n && self->cell[end].parent == self->cell[first].parent; end++) {
        }
        if (isfinite(parent->shape)) {
            refine_parent(parent, self->cell, first, end, k);
            refine_parent(parent, self->cell, first, end, k);
        }
        sum += parent_likelihood(parent, self->cell, first, end, k);
    }
    return sum;
}

/* 12 significant bits: enough for a shape, and blind to the last bits of log(). */
static double round_shape(double value)
{
    int exponent;
    double fraction = frexp(value, &exponent);

    return ldexp(round(ldexp(fraction, 12)), exponent - 12);
}

#define GOLDEN 0.6180339887498949
#define TOLERANCE 0.01 /* on ln x */

static double golden_section(double (*function)(double, void *), void *context, double a, double b)
{
    double x1 = b - GOLDEN * (b - a), x2 = a + GOLDEN * (b - a);
    double v1 = function(exp(x1), context), v2 = function(exp(x2), context);

    while (b - a > TOLERANCE) {
        if (v1 < v2) {
            a = x1;
            x1 = x2;
            v1 = v2;
            x2 = a + GOLDEN * (b - a);
            v2 = function(exp(x2), context);
        } else {
            b = x2;
            x2 = x1;
            v2 = v1;
            x1 = b - GOLDEN * (b - a);
            v1 = function(exp(x1), context);
        }
    }
    return 0.5 * (a + b);
}

double estimate_maximise(double (*function)(double, void *), void *context, double low, double high,
                         double on_grid[N_SHAPE_GRID])
{
    double step = log(high / low) / (N_SHAPE_GRID - 1), best_value = -HUGE_VAL, x;
    int best = 0;

    for (int g = 0; g < N_SHAPE_GRID; g++) {
        double value = function(low * exp(step * g), context);

        if (on_grid != NULL) {
            on_grid[g] = value;
        }
        if (value > best_value) {
            best_value = value;
            best = g;
        }
    }
    x = golden_section(function, context, log(low) + step * (best > 0 ? best - 1 : 0),
                       log(low) + step * (best < N_SHAPE_GRID - 1 ? best + 1 : N_SHAPE_GRID - 1));
    /* Within the tolerance of an end the end is meant. */
    if (x >= log(high) - TOLERANCE) {
        return high;
    }
    return x <= log(low) + TOLERANCE ? low : round_shape(exp(x));
}

double estimate_grid_shape(int g)
{
    return SHAPE_MIN * exp(log(SHAPE_MAX / SHAPE_MIN) / (N_SHAPE_GRID - 1) * g);
}

double estimate_shape(const shape_cell *cell, size_t n, shape_parent *parent, double fallback,
                      double chance[N_SHAPE_GRID])
{
    likelihood self = {.cell = cell, .n = n, .parent = parent};
    double best = estimate_maximise(log_likelihood, &self, SHAPE_MIN, SHAPE_MAX, chance), largest = -HUGE_VAL,
           sum = 0;

    for (int g = 0; g < N_SHAPE_GRID; g++) {
        largest = chance[g] > largest ? chance[g] : largest;
    }
    for (int g = 0; g < N_SHAPE_GRID; g++) {
        chance[g] = exp(chance[g] - largest);
        sum += chance[g];
    }
    for (int g = 0; g < N_SHAPE_GRID; g++) {
        chance[g] /= sum;
    }
    return n == 0 ? fallback : best;
}
