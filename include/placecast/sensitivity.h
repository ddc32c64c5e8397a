/* sensitivity.h - which assumption moves the results: one at a time, and all ranges together.
 *
 * sweep -> runs on the same random numbers -> tornado, Sobol indices
 *
 * First-order index: Saltelli, Annoni, Azzini, Campolongo, Ratto, Tarantola, Computer Physics Communications
 * 181 (2010), 259-270, table 2 (b). Total index: Jansen, Computer Physics Communications 117 (1999), 35-43
 * (table 2 (f) there).
 */
#ifndef PC_SENSITIVITY_H
#define PC_SENSITIVITY_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "placecast/day.h"
#include "placecast/diagnostics.h"
#include "placecast/sweep.h"

/* ---- of any function ---- */

/* Shares of the variance of a result. An estimate may lie a little below 0 or above 1. All NaN where the
 * result does not vary or a value of it is not finite. The intervals (95%) are for the limited number of
 * points: percentiles of a bootstrap over them. */
typedef struct pc_sobol_index {
    double first, first_low, first_high; /* what knowing the factor alone would take away */
    double total, total_low, total_high; /* what would be left if all others were known */
} pc_sobol_index;

/* Two independent sets of n points in [0, 1)^k, `a` and `b` [n][k]: the halves of a Sobol sequence of 2k
 * dimensions, shifted at random (modulo 1); above 40 dimensions a Latin hypercube. A function of the
 * arguments alone. n >= 2, k >= 1, else PC_ERR_RANGE. */
PC_MUST_USE pc_status pc_sobol_points(size_t n, size_t k, uint64_t seed, double *a, double *b);

/* `at_a` and `at_b` [n]: the result at the points of a and b. `at_ab` [k][n]: at the points of a with the
 * coordinate of that factor taken from b. `seed`: of the bootstrap. `out` [k]. PC_ERR_RANGE,
 * PC_ERR_NO_MEMORY.
 */
PC_MUST_USE pc_status pc_sobol_indices(size_t n, size_t k, const double *at_a, const double *at_b,
                                       const double *at_ab, uint64_t seed, pc_sobol_index *out);

/* ---- of a sweep ---- */

/* X(name, name in the files, words, unit: 1 pounds, 0 children, posts or cases, 2 a chance) */
#define PC_SENSITIVITY_LIST(X)                                                                               \
    X(COST, "cost_gbp", "Bill over the forecast", 1)                                                         \
    X(GAP, "gap_gbp", "Budget gap over the forecast", 1)                                                     \
    X(RESIDENTIAL, "children_residential", "Children in residential care at the end", 0)                     \
    X(CHILDREN, "children", "Children at the end", 0)                                                        \
    X(P_OVER, "p_over_budget", "Chance of overspending in the last year of the budget", 2)                   \
    X(POSTS, "posts_needed", "Posts needed at the end", 0)                                                   \
    X(CASES, "open_cases", "Open cases at the end", 0)

typedef enum pc_sensitivity_measure {
#define PC_SENSITIVITY_ENUM(name, text, words, unit) PC_SENSITIVITY_##name,
    PC_SENSITIVITY_LIST(PC_SENSITIVITY_ENUM)
#undef PC_SENSITIVITY_ENUM
        PC_N_SENSITIVITY
} pc_sensitivity_measure;

typedef struct pc_sensitivity_options {
    int points;   /* base points of the indices, 2 to 1000000 */
    int round_to; /* numbers of children are rounded to its multiples (rounding.h); below 2: they are not */
    int threads;  /* 0: all cores */
    void (*progress)(void *context, double done);
    void *context;
    const volatile int *stop; /* may be NULL */
} pc_sensitivity_options;

pc_sensitivity_options pc_sensitivity_options_default(void); /* 64 points */

/* One factor's part in one result. */
typedef struct pc_sensitivity_row {
    size_t factor;
    char *low, *high; /* values of the factor */
    /* Mean results there, the others in the middle. Of named variants and authorities `low` and `high` are
     * those with the least and the largest result. */
    double at_low, at_high, width; /* width: the difference, without its sign */
    pc_sobol_index index;          /* NaN where the factor is no range */
} pc_sensitivity_row;

typedef struct pc_sensitivity_result {
    pc_sensitivity_measure measure;
    double middle;           /* every factor in its middle */
    pc_sensitivity_row *row; /* [n_factor]; the widest first */
} pc_sensitivity_result;

typedef struct pc_sensitivity {
    char *sweep;
    size_t n_factor;
    char **factor;   /* [n_factor] */
    size_t n_range;  /* factors with indices */
    size_t n_single; /* runs of one factor at a time, with the middle */
    size_t n_run;    /* of all */
    int points;      /* 0: there are no ranges */
    int replicates;  /* of each run; 0: expected values */
    pc_day end;      /* last month end */
    int round_to; /* what numbers of children are rounded to, the indices are of unrounded ones; below 2: they
                     are not */
    size_t n_result; /* those that the scenario has: no prices, no bill; no budget, no gap */
    pc_sensitivity_result result[PC_N_SENSITIVITY];
} pc_sensitivity;

/* Runs the factors of a sweep. The middle of a range is its `likely`, or half way; of a list of numbers the
 * median; of variants and authorities the first. Filters are left aside, with a warning. The same for any
 * number of threads. PC_ERR_RANGE, PC_ERR_INPUT, PC_ERR_INTERRUPTED. On success the caller owns `out`. */
PC_MUST_USE pc_status pc_sensitivity_run(pc_sweep *sweep, const pc_sensitivity_options *options,
                                         pc_sensitivity *out, pc_diagnostics *diagnostics);
void pc_sensitivity_free(pc_sensitivity *self); /* NULL is fine; may be called twice */

/* sensitivity.csv into `folder`, which is made where it is absent. Columns: docs/sweep.md. */
PC_MUST_USE pc_status pc_sensitivity_write(const pc_sensitivity *self, const char *folder,
                                           pc_diagnostics *diagnostics);
/* The answer as text of 80 columns, and as one JSON object on one line (PC_ERR_NO_MEMORY, PC_ERR_IO). */
void pc_sensitivity_summary(const pc_sensitivity *self, const char *folder, FILE *stream);
PC_MUST_USE pc_status pc_sensitivity_summary_json(const pc_sensitivity *self, const char *folder,
                                                  FILE *stream);

#endif
