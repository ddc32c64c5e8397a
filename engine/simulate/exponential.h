/* exponential.h - unit exponentials from 32 random bits, the same to the last bit on every machine.
 *
 * The logarithm is made here from additions, multiplications and one division (IEEE 754 rounds those
 * identically everywhere), because the last bit of a mathematics library's log differs from one version and
 * processor to the next. With x = 2w + 1 = 2^e m, m in [sqrt(1/2), sqrt 2): -ln(x / 2^33) = (33 - e) ln 2 - 2
 * artanh z, z = (m - 1) / (m + 1), |z| < 0.172; the series is cut after z^13 / 13, which leaves an error
 * below 1e-12. There is no table and no branch, so that a loop over it vectorises.
 */
#ifndef PC_SIMULATE_EXPONENTIAL_H
#define PC_SIMULATE_EXPONENTIAL_H

#include <stddef.h>
#include <stdint.h>

#include "base/keyed_random.h"

typedef union exponential_bits {
    double value;
    uint64_t bits;
} exponential_bits;

static inline double exponential_from_word(uint32_t word)
{
    static const uint64_t root_half = 0x3FE6A09E667F3BCDU, one = 0x3FF0000000000000U,
                          two_52 = 0x4330000000000000U;
    static const double ln2 = 0.693147180559945309417232121458;
    exponential_bits x, exponent, mantissa;
    double z, square, sum;

    x.bits =
        (2 * (uint64_t)word + 1) | two_52; /* whole numbers below 2^52 become doubles without a conversion */
    x.value -= 0x1p52;
    x.bits += one - root_half;
    exponent.bits = x.bits >> 52 | two_52;
    mantissa.bits = (x.bits & 0x000FFFFFFFFFFFFFU) + root_half;
    z = (mantissa.value - 1.0) / (mantissa.value + 1.0);
    square = z * z;
    sum = 1.0 / 9.0 + square * (1.0 / 11.0 + square * (1.0 / 13.0));
    sum = 1.0 + square * (1.0 / 3.0 + square * (1.0 / 5.0 + square * (1.0 / 7.0 + square * sum)));
    return (33.0 + 1023.0 + 0x1p52 - exponent.value) * ln2 - 2.0 * z * sum;
}

/* exit_amount[i] from word 0 and placement_amount[i] from word 2 of block[i]. */
void exponential_amounts(const pc_random_block *block, size_t n, double *exit_amount,
                         double *placement_amount);

#endif
