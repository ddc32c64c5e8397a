/* expected_matrix.h - small dense matrices for the expected-value method.
 *
 * A state is a row vector over placement categories; a matrix is [n][width], from x to, with rows padded by
 * zeros to an even number, so that vectors of two numbers, which every machine of the architecture has, serve
 * without remainders. Each
 * sum runs over `from` in order, whatever the width of the machine's vectors: the bytes of a result do not
 * depend on it.
 */
#ifndef PC_SIMULATE_EXPECTED_MATRIX_H
#define PC_SIMULATE_EXPECTED_MATRIX_H

#include <stdbool.h>
#include <stddef.h>

#include "placecast/codes.h"

#define EXPECTED_MAX_WIDTH PC_MAX_CATEGORY
_Static_assert(EXPECTED_MAX_WIDTH == 16, "the kernel covers even widths to 16");
#define EXPECTED_MAX_SQUARE (PC_MAX_CATEGORY * EXPECTED_MAX_WIDTH)

typedef struct expected_shape {
    size_t n;     /* categories, 1 to PC_MAX_CATEGORY */
    size_t width; /* n rounded up to an even number */
} expected_shape;

typedef double expected_lane __attribute__((vector_size(16), aligned(8), may_alias));

/* Sums are held in registers: the compiler has to see how many there are. */
#define EXPECTED_LANES_1(DO) DO(0)
#define EXPECTED_LANES_2(DO) EXPECTED_LANES_1(DO) DO(1)
#define EXPECTED_LANES_3(DO) EXPECTED_LANES_2(DO) DO(2)
#define EXPECTED_LANES_4(DO) EXPECTED_LANES_3(DO) DO(3)
#define EXPECTED_LANES_5(DO) EXPECTED_LANES_4(DO) DO(4)
#define EXPECTED_LANES_6(DO) EXPECTED_LANES_5(DO) DO(5)
#define EXPECTED_LANES_7(DO) EXPECTED_LANES_6(DO) DO(6)
#define EXPECTED_LANES_8(DO) EXPECTED_LANES_7(DO) DO(7)
#define EXPECTED_LOAD(k) expected_lane sum##k = fresh ? (expected_lane){0.0, 0.0} : out[k];
#define EXPECTED_ADD(k) sum##k += value * row[k];
#define EXPECTED_STORE(k) out[k] = sum##k;
#define EXPECTED_PRODUCT_CASE(label, count)                                                                  \
    label : {                                                                                                \
        EXPECTED_LANES_##count(EXPECTED_LOAD) for (size_t from = 0; from < shape.n; from++, row += count)    \
        {                                                                                                    \
            const expected_lane value = {x[from], x[from]};                                                  \
            EXPECTED_LANES_##count(EXPECTED_ADD)                                                             \
        }                                                                                                    \
        EXPECTED_LANES_##count(EXPECTED_STORE) break;                                                        \
    }

/* y = x M when `fresh`, else y += x M. `x` and `y` are [width] and do not overlap. */
static inline __attribute__((always_inline)) void expected_row_times(expected_shape shape, bool fresh,
                                                                     const double *x, const double *matrix,
                                                                     double *y)
{
    const expected_lane *row = (const expected_lane *)matrix;
    expected_lane *out = (expected_lane *)y;
    switch (shape.width / 2) {
        EXPECTED_PRODUCT_CASE(case 1, 1)
        EXPECTED_PRODUCT_CASE(case 2, 2)
        EXPECTED_PRODUCT_CASE(case 3, 3)
        EXPECTED_PRODUCT_CASE(case 4, 4)
        EXPECTED_PRODUCT_CASE(case 5, 5)
        EXPECTED_PRODUCT_CASE(case 6, 6)
        EXPECTED_PRODUCT_CASE(case 7, 7)
        EXPECTED_PRODUCT_CASE(default, 8)
    }
}

/* y = x M. */
static inline __attribute__((always_inline)) void expected_product(expected_shape shape, const double *x,
                                                                   const double *matrix, double *y)
{
    expected_row_times(shape, true, x, matrix, y);
}

/* y += x M. */
static inline __attribute__((always_inline)) void expected_add_product(expected_shape shape, const double *x,
                                                                       const double *matrix, double *y)
{
    expected_row_times(shape, false, x, matrix, y);
}

#define EXPECTED_COPY(k) out[k] = in[k];
#define EXPECTED_COPY_CASE(label, count)                                                                     \
    label : {                                                                                                \
        EXPECTED_LANES_##count(EXPECTED_COPY) break;                                                         \
    }

/* y = x. Spelt out, since a loop would become a call of memmove, which costs more than the copy. */
static inline __attribute__((always_inline)) void expected_copy(expected_shape shape, const double *x,
                                                                double *y)
{
    const expected_lane *in = (const expected_lane *)x;
    expected_lane *out = (expected_lane *)y;
    switch (shape.width / 2) {
        EXPECTED_COPY_CASE(case 1, 1)
        EXPECTED_COPY_CASE(case 2, 2)
        EXPECTED_COPY_CASE(case 3, 3)
        EXPECTED_COPY_CASE(case 4, 4)
        EXPECTED_COPY_CASE(case 5, 5)
        EXPECTED_COPY_CASE(case 6, 6)
        EXPECTED_COPY_CASE(case 7, 7)
        EXPECTED_COPY_CASE(default, 8)
    }
}

/* y += x, element by element. */
static inline __attribute__((always_inline)) void expected_add(expected_shape shape, const double *x,
                                                               double *y)
{
    const expected_lane *in = (const expected_lane *)x;
    expected_lane *out = (expected_lane *)y;
    for (size_t lane = 0; lane < shape.width / 2; lane++) {
        out[lane] += in[lane];
    }
}

/* y += factor x, element by element. */
static inline __attribute__((always_inline)) void expected_add_scaled(expected_shape shape, double factor,
                                                                      const double *x, double *y)
{
    const expected_lane value = {factor, factor}, *in = (const expected_lane *)x;
    expected_lane *out = (expected_lane *)y;
    for (size_t lane = 0; lane < shape.width / 2; lane++) {
        out[lane] += value * in[lane];
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
