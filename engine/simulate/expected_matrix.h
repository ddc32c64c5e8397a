/* expected_matrix.h - small dense matrices for the expected-value method.
 *
 * A state is a row vector over placement categories; a matrix is [n][width], from x to, with rows padded by
 * zeros to a multiple of four, so that one kernel without remainders serves every number of categories. Each
 * sum runs over `from` in order, whatever the width of the machine's vectors: the bytes of a result do not
 * depend on it.
 */
#ifndef PC_SIMULATE_EXPECTED_MATRIX_H
#define PC_SIMULATE_EXPECTED_MATRIX_H

#include <stddef.h>

#include "placecast/codes.h"

#define EXPECTED_MAX_WIDTH PC_MAX_CATEGORY
_Static_assert(EXPECTED_MAX_WIDTH == 16, "the kernels cover widths 4, 8, 12 and 16");
#define EXPECTED_MAX_SQUARE (PC_MAX_CATEGORY * EXPECTED_MAX_WIDTH)

typedef struct expected_shape {
    size_t n;     /* categories, 1 to PC_MAX_CATEGORY */
    size_t width; /* n rounded up to a multiple of 4 */
} expected_shape;

typedef double expected_lane __attribute__((vector_size(32), aligned(8), may_alias));

/* y += x M. `x` and `y` are [width] and do not overlap. */
static inline __attribute__((always_inline)) void expected_add_product(expected_shape shape, const double *x,
                                                                       const double *matrix, double *y)
{
    const expected_lane *row = (const expected_lane *)matrix;
    expected_lane *out = (expected_lane *)y;
    if (shape.width == 12) {
        expected_lane sum0 = out[0], sum1 = out[1], sum2 = out[2];
        for (size_t from = 0; from < shape.n; from++, row += 3) {
            const expected_lane value = {x[from], x[from], x[from], x[from]};
            sum0 += value * row[0];
            sum1 += value * row[1];
            sum2 += value * row[2];
        }
        out[0] = sum0;
        out[1] = sum1;
        out[2] = sum2;
    } else if (shape.width == 8) {
        expected_lane sum0 = out[0], sum1 = out[1];
        for (size_t from = 0; from < shape.n; from++, row += 2) {
            const expected_lane value = {x[from], x[from], x[from], x[from]};
            sum0 += value * row[0];
            sum1 += value * row[1];
        }
        out[0] = sum0;
        out[1] = sum1;
    } else if (shape.width == 4) {
        expected_lane sum0 = out[0];
        for (size_t from = 0; from < shape.n; from++, row += 1) {
            const expected_lane value = {x[from], x[from], x[from], x[from]};
            sum0 += value * row[0];
        }
        out[0] = sum0;
    } else {
        expected_lane sum0 = out[0], sum1 = out[1], sum2 = out[2], sum3 = out[3];
        for (size_t from = 0; from < shape.n; from++, row += 4) {
            const expected_lane value = {x[from], x[from], x[from], x[from]};
            sum0 += value * row[0];
            sum1 += value * row[1];
            sum2 += value * row[2];
            sum3 += value * row[3];
        }
        out[0] = sum0;
        out[1] = sum1;
        out[2] = sum2;
        out[3] = sum3;
    }
}

/* out = a b; `out` is neither of them. */
void expected_multiply(expected_shape shape, const double *a, const double *b, double *out);

/* For Z = generator x days, writes
 *   exponential = exp(Z)                       (may be NULL)
 *   integral    = days (exp(Z) - 1) / Z        the integral of exp over the step
 *   spread      = days (exp(Z) - 1 - Z) / Z^2  the same for what arrives evenly over the step
 * by Taylor series and doubling: no division by Z, no exponential of the C library. */
void expected_exponential(expected_shape shape, const double *generator, double days, double *exponential,
                          double *integral, double *spread);

#endif
