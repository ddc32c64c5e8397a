#include "simulate/expected_matrix.h"

#include <math.h>
#include <string.h>

void expected_multiply(expected_shape shape, const double *a, const double *b, double *out)
{
    memset(out, 0, shape.n * shape.width * sizeof *out);
    for (size_t from = 0; from < shape.n; from++) {
        expected_add_product(shape, a + from * shape.width, b, out + from * shape.width);
    }
}

static void scale(expected_shape shape, double factor, const double *in, double *out)
{
    for (size_t cell = 0; cell < shape.n * shape.width; cell++) {
        /* NOLINTNEXTLINE(clang-analyzer-core.UndefinedBinaryOperatorResult): a shape has at least one cell */
        out[cell] = factor * in[cell];
    }
}

/* out = factor x identity + z f. */
static void raise_order(expected_shape shape, double factor, const double *z, const double *f, double *out)
{
    expected_multiply(shape, z, f, out);
    for (size_t from = 0; from < shape.n; from++) {
        out[from * shape.width + from] += factor;
    }
}

static double largest_row_sum(expected_shape shape, const double *matrix)
{
    double largest = 0.0;
    for (size_t from = 0; from < shape.n; from++) {
        double sum = 0.0;
        for (size_t to = 0; to < shape.n; to++) {
            sum += fabs(matrix[from * shape.width + to]);
        }
        largest = sum > largest ? sum : largest;
    }
    return largest;
}

/* phi2(z) = sum of z^k / (k + 2)!, by Horner, for a norm of at most 1/4: the terms left out are below 1e-17.
 */
static void phi2_series(expected_shape shape, const double *z, double norm, double *phi2)
{
    int order = 1;
    double term = norm / 6.0;
    while (term > 1e-17 && order < 20) {
        order++;
        term *= norm / (order + 2);
    }
    double scratch[EXPECTED_MAX_SQUARE], factor[24];
    factor[0] = 0.5;
    for (int k = 1; k <= order; k++) {
        factor[k] = factor[k - 1] / (k + 2);
    }
    memset(phi2, 0, shape.n * shape.width * sizeof *phi2);
    for (size_t from = 0; from < shape.n; from++) {
        phi2[from * shape.width + from] = factor[order];
    }
    for (int k = order - 1; k >= 0; k--) {
        raise_order(shape, factor[k], z, phi2, scratch);
        memcpy(phi2, scratch, shape.n * shape.width * sizeof *phi2);
    }
}

void expected_exponential(expected_shape shape, const double *generator, double days, double *exponential,
                          double *integral, double *spread)
{
    double z[EXPECTED_MAX_SQUARE], phi1[EXPECTED_MAX_SQUARE], phi2[EXPECTED_MAX_SQUARE];
    double square[EXPECTED_MAX_SQUARE];
    double norm = largest_row_sum(shape, generator) * days;
    double piece = days;
    int doublings = 0;
    for (; norm > 0.25; doublings++) {
        norm /= 2.0;
        piece /= 2.0;
    }
    scale(shape, piece, generator, z);
    phi2_series(shape, z, norm, phi2);
    raise_order(shape, 1.0, z, phi2, phi1);
    for (int doubling = 0; doubling < doublings; doubling++) {
        /* phi2(2z) = (phi1(z)^2 + 2 phi2(z)) / 4; phi1(w) = 1 + w phi2(w). */
        expected_multiply(shape, phi1, phi1, square);
        for (size_t cell = 0; cell < shape.n * shape.width; cell++) {
            phi2[cell] = (square[cell] + 2.0 * phi2[cell]) / 4.0;
            z[cell] *= 2.0;
        }
        raise_order(shape, 1.0, z, phi2, phi1);
    }
    if (exponential != NULL) {
        raise_order(shape, 1.0, z, phi1, exponential);
    }
    if (integral != NULL) {
        scale(shape, days, phi1, integral);
    }
    if (spread != NULL) {
        scale(shape, days, phi2, spread);
    }
}
