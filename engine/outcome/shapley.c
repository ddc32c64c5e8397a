#include "outcome/shapley.h"

#include <math.h>
#include <stdlib.h>

#include "base/keyed_random.h"
#include "base/memory.h"

/* The sequence of random orders is the same everywhere and for ever: part of the results. */
#define ORDERS_SEED UINT64_C(0x53686170)

static size_t count_bits(size_t set)
{
    size_t n = 0;

    for (; set != 0; set &= set - 1) {
        n++;
    }
    return n;
}

void shapley_exact(size_t n, const double *value, double *part)
{
    double weight[21]; /* of a set of that size that a player joins: size! (n - 1 - size)! / n! */

    weight[0] = n == 0 ? 0.0 : 1.0 / (double)n;
    for (size_t size = 1; size < n; size++) {
        weight[size] = weight[size - 1] * (double)size / (double)(n - size);
    }
    for (size_t player = 0; player < n; player++) {
        part[player] = 0.0;
        for (size_t set = 0; set < (size_t)1 << n; set++) {
            if ((set >> player & 1) == 0) {
                part[player] += weight[count_bits(set)] * (value[set | (size_t)1 << player] - value[set]);
            }
        }
    }
}

/* A player's weight is 1/4 for joining nobody or all three others, 1/12 for each set of one or two. */
void shapley_product(const double before[4], const double after[4], double part[4])
{
    for (size_t factor = 0; factor < 4; factor++) {
        const double *low[3], *high[3];
        double sum = 0.0;
        size_t n = 0;

        for (size_t other = 0; other < 4; other++) {
            if (other != factor) {
                low[n] = &before[other];
                high[n++] = &after[other];
            }
        }
        for (size_t set = 0; set < 8; set++) {
            double product = 1.0;

            for (size_t at = 0; at < 3; at++) {
                product *= (set >> at & 1) != 0 ? *high[at] : *low[at];
            }
            sum += product * (set == 0 || set == 7 ? 1.0 / 4.0 : 1.0 / 12.0);
        }
        part[factor] = (after[factor] - before[factor]) * sum;
    }
}

/* Fisher and Yates; the remainder of 2^32 matters to nobody here. */
void shapley_order(size_t n, uint32_t number, size_t *order)
{
    pc_random_key key = pc_random_key_make(ORDERS_SEED, number);

    for (size_t at = 0; at < n; at++) {
        order[at] = at;
    }
    for (size_t left = n; left > 1; left--) {
        size_t with = pc_random(key, left, PC_PURPOSE_ORDER, 0).word[0] % left, swap = order[left - 1];

        order[left - 1] = order[with];
        order[with] = swap;
    }
}

typedef struct leftover {
    double value;
    size_t at;
    bool counts;
} leftover;

static int by_remainder(const void *a, const void *b)
{
    const leftover *x = a, *y = b;

    if (x->counts != y->counts) {
        return x->counts ? -1 : 1;
    }
    if (x->value < y->value || x->value > y->value) {
        return x->value > y->value ? -1 : 1;
    }
    return (x->at > y->at) - (x->at < y->at);
}

pc_status shapley_round(size_t n, const double *part, int64_t total, int64_t *whole)
{
    leftover *left = pc_new(n, sizeof *left);
    size_t n_counts = 0;
    int64_t rest = total;

    if (left == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    for (size_t at = 0; at < n; at++) {
        double below = floor(part[at]);

        whole[at] = (int64_t)below;
        rest -= whole[at];
        left[at] = (leftover){part[at] - below, at, part[at] < 0.0 || part[at] > 0.0};
        n_counts += left[at].counts;
    }
    for (size_t at = 0; n_counts == 0 && at < n; at++) {
        left[at].counts = true;
    }
    n_counts = n_counts == 0 ? n : n_counts;
    qsort(left, n, sizeof *left, by_remainder);
    for (size_t at = 0; at < n_counts; at++) {
        int64_t each = rest / (int64_t)n_counts, more = rest % (int64_t)n_counts;

        /* More than there is to give is taken back from the smallest remainders. */
        whole[left[at].at] +=
            each + (more > 0 && at < (size_t)more) - (more < 0 && n_counts - 1 - at < (size_t)-more);
    }
    free(left);
    return PC_OK;
}
