/* exponential.h - unit exponentials from 32 random bits, the same to the last bit on every machine.
 *
 * The logarithm is made here from additions and multiplications alone (IEEE 754 rounds those identically
 * everywhere), because the last bit of a mathematics library's log differs from one version and processor to
 * the next. With x = 2w + 1, -ln(x / 2^33) = 33 ln 2 - e ln 2 - ln c - ln(m / c), m in [1, 2) the mantissa of
 * x, c the middle of its 1/256 cell; the last term is a polynomial of degree 5 in r = m / c - 1, |r| < 1/512:
 * its error is below 1e-17.
 */
#ifndef PC_SIMULATE_EXPONENTIAL_H
#define PC_SIMULATE_EXPONENTIAL_H

#include <stdint.h>
#include <string.h>

#define EXPONENTIAL_N_CELL 256

typedef struct exponential_cell {
    double inverse;   /* 1 / c */
    double logarithm; /* ln c */
} exponential_cell;

typedef struct exponential_table {
    exponential_cell cell[EXPONENTIAL_N_CELL];
} exponential_table;

void exponential_table_init(exponential_table *self);

static inline double exponential_from_word(const exponential_table *self, uint32_t word)
{
    static const double ln2 = 0.693147180559945309417232121458;
    const double x = (double)(2 * (uint64_t)word + 1);
    uint64_t bits;
    double mantissa, r, exponent;
    const exponential_cell *cell;

    memcpy(&bits, &x, sizeof bits);
    exponent = (double)((int)(bits >> 52) - 1023);
    cell = &self->cell[(bits >> 44) & 255];
    bits = (bits & 0x000FFFFFFFFFFFFFU) | 0x3FF0000000000000U;
    memcpy(&mantissa, &bits, sizeof mantissa);
    r = mantissa * cell->inverse - 1.0;
    r = r * (1.0 - r * (0.5 - r * (1.0 / 3.0 - r * (0.25 - r * 0.2))));
    return (33.0 - exponent) * ln2 - cell->logarithm - r;
}

#endif
