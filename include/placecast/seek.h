/* seek.h - the smallest lever that meets a target with the asked confidence.
 *
 * scenario, lever, target -> runs on the same random numbers -> the smallest value, and the curve around it
 *
 * "Smallest" is nearest to the first bound: from 0 to 40 places it is the fewest places, from 0 to -0.3 the
 * smallest cut.
 */
#ifndef PC_SEEK_H
#define PC_SEEK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "placecast/diagnostics.h"
#include "placecast/scenario.h"

typedef struct pc_seek_lever {
    const char *key; /* of a scenario, dotted, as for --set; its value is a number */
    double from, to; /* both bounds; finite and different */
    double step;     /* multiples of it from `from` on only, such as 1 for places; 0: any value */
} pc_seek_lever;

typedef struct pc_seek_options {
    double confidence; /* wanted chance that the target is met, above 0 and below 1 */
    double tolerance;  /* of the lever; 0: a thousandth of its range (with a step: that step) */
    int curve; /* points of the curve over the whole range, 3 to 1000; also what finds the first crossing */
    int frontier; /* with two levers: points of the frontier, 2 to 1000 */
    int round_to; /* means of children are rounded to its multiples (rounding.h); below 2: they are not */
    int threads;  /* 0: all cores */
    void (*progress)(void *context, double done);
    void *context;
    const volatile int *stop; /* may be NULL */
} pc_seek_options;

pc_seek_options pc_seek_options_default(void); /* confidence 0.8, 9 points each */

/* The chance at one value of the lever. */
typedef struct pc_seek_point {
    double lever;
    double probability; /* share of simulated futures that meet the target; with expected values 0 or 1 */
    double low, high;   /* 95% interval of that share (Wilson); the share itself with expected values */
    double mean;        /* of the measure on that date */
} pc_seek_point;

typedef struct pc_seek_result {
    bool met; /* false: it cannot be met within the bounds; then there is no `smallest` */
    pc_seek_point smallest;
    /* Where the smallest lever lies with 95% confidence, for the limited number of futures: the smallest at
     * which the upper end of the interval reaches the confidence, and the smallest at which the lower end
     * does. `sure_to` is NaN when none within the bounds does. */
    double sure_from, sure_to;
    bool monotone; /* the chance never falls along the curve */
    size_t n;
    pc_seek_point *point; /* [n]; everything that was tried, from `from` to `to` */
    int replicates;
} pc_seek_result;

/* Seeks a function of one lever instead of a scenario: gives the share met, of `n` futures, and the mean. */
typedef pc_status (*pc_seek_try)(void *context, double lever, pc_seek_point *out);
/* `replicates`: futures behind each share, 0 for certain ones. PC_ERR_RANGE for options or bounds. On success
 * the caller owns what `out` holds. */
PC_MUST_USE pc_status pc_seek_function(pc_seek_try try_lever, void *context, int replicates,
                                       const pc_seek_lever *lever, const pc_seek_options *options,
                                       pc_seek_result *out, pc_diagnostics *diagnostics);
void pc_seek_result_free(pc_seek_result *self); /* NULL is fine; may be called twice */

/* What was sought in a scenario. */
typedef struct pc_seek {
    char *scenario; /* its name */
    char *target;   /* in words, as the results name it */
    double confidence;
    size_t n_lever;         /* 1 or 2 */
    pc_seek_lever lever[2]; /* keys are borrowed from the call */
    size_t n_result;        /* 1; with two levers, one for each point of the frontier */
    double *first; /* [n_result]; with two levers: the value of the first, for which the second was sought */
    pc_seek_result *result;
    int replicates; /* 0: expected values */
    int round_to;   /* what means of children are rounded to; below 2: they are not */
} pc_seek;

/* `target`: the name of one of the scenario's targets, or one as a scenario would write it:
 * "{measure: children, category: residential_external, by: 2026-03-31, at_most: 14}". `with` (may be NULL):
 * settings that go on top of the scenario. PC_ERR_INPUT, PC_ERR_USAGE, PC_ERR_RANGE, PC_ERR_INTERRUPTED. On
 * success the caller owns `out`. */
PC_MUST_USE pc_status pc_seek_run(const char *path, const pc_scenario_options *with, const char *target,
                                  size_t n_lever, const pc_seek_lever *lever, const pc_seek_options *options,
                                  pc_seek *out, pc_diagnostics *diagnostics);
void pc_seek_free(pc_seek *self); /* NULL is fine; may be called twice */

/* The answer as text, and as one JSON object on one line (PC_ERR_NO_MEMORY, PC_ERR_IO). */
void pc_seek_summary(const pc_seek *self, FILE *stream);
PC_MUST_USE pc_status pc_seek_summary_json(const pc_seek *self, FILE *stream);

#endif
