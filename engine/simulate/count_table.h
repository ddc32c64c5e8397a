/* count_table.h - Poisson counts by inverse distribution function, as integer thresholds.
 *
 * The thresholds are made once per plan: rounded to 32-bit integers, they do not carry the last bit of a
 * mathematics library into the results. A count is monotone in the random word, so that two scenarios with
 * nearly the same mean share most counts.
 */
#ifndef PC_SIMULATE_COUNT_TABLE_H
#define PC_SIMULATE_COUNT_TABLE_H

#include <stddef.h>
#include <stdint.h>

#include "placecast/status.h"

typedef struct count_table {
    double mean;
    size_t n;
    uint32_t *threshold; /* [n]; threshold[k] = P(count <= k) in units of 2^-32, rounded; the count is the
                            number of thresholds at or below the word, n at most */
    uint32_t guide[256]; /* where to begin for each value of the word's top byte */
} count_table;

PC_MUST_USE pc_status count_table_init(count_table *self, double mean); /* mean >= 0 and finite */
void count_table_free(count_table *self);

static inline uint32_t count_table_draw(const count_table *self, uint32_t word)
{
    size_t count = self->guide[word >> 24];

    while (count < self->n && self->threshold[count] <= word) {
        count++;
    }
    return (uint32_t)count;
}

#endif
