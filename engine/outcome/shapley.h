/* shapley.h - sharing out a change among what brought it about, to the penny. */
#ifndef PC_OUTCOME_SHAPLEY_H
#define PC_OUTCOME_SHAPLEY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "placecast/status.h"

/* value [2^n]: by the set of players that act, bit by bit. part [n]: each player's mean effect over all n!
 * orders, in closed form; they add up to the value of all less that of none. n <= 20. */
void shapley_exact(size_t n, const double *value, double *part);

/* The product of four factors that go from `before` to `after`: what each adds to the change, its mean over
 * the 24 orders. */
void shapley_product(const double before[4], const double after[4], double part[4]);

/* An order of n players, 0 to n - 1: the `number`-th of a fixed sequence of random orders. */
void shapley_order(size_t n, uint32_t number, size_t *order);

/* Whole numbers that add up to `total` and are nearest to the parts: each part rounded down, and what is left
 * given one by one to those with the largest remainders, the first of equals first. `total` is within n of
 * the sum of the parts, or the remainder is spread evenly. Parts that are exactly 0 get nothing unless all
 * are. */
pc_status shapley_round(size_t n, const double *part, int64_t total, int64_t *whole);

#endif
