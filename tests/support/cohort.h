/* cohort.h - cleaned episodes made from known rates, without files: for the statistics of the fit.
 *
 * Days are those of placecast/synth.h: a rate r is a chance of r / 365.25 on each day in care; what happens
 * to a child at risk on day D - 1 shows as an event on day D; no row has zero days.
 */
#ifndef PC_TEST_COHORT_H
#define PC_TEST_COHORT_H

#include "placecast/model.h"

typedef struct cohort_options {
    uint64_t seed;
    const pc_rates *truth;
    size_t n_category;
    const char *const *category; /* [n_category]; names */
    pc_day first_start;          /* starts from this day on: the burn-in begins */
    pc_day extract;
} cohort_options;

/* Five categories with the names of the shipped code map, and realistic rates for them. Starts a year are
 * scaled by `size`: 1 gives about 300 local children in care and 40 unaccompanied. */
#define COHORT_N_CATEGORY 5
extern const char *const cohort_category[COHORT_N_CATEGORY];
void cohort_truth(pc_rates *out, double size);

/* Dies on lack of memory. The caller frees with pc_episodes_free. */
void cohort_make(const cohort_options *options, pc_episodes *out);

/* Building blocks for hand-made episodes. */
void cohort_empty(pc_episodes *out, size_t n_category, const char *const *category, pc_day extract);
/* Adds a child; children must be added in order of (la, name). Returns its number. */
uint32_t cohort_add_child(pc_episodes *out, const char *la, const char *name, pc_day birth, pc_stream stream);
/* Adds a row to the newest child. `transition` and the row before it settle the clocks; `end` may be
 * PC_DAY_OPEN. */
void cohort_add_row(pc_episodes *out, pc_day start, pc_day end, size_t category, pc_transition transition,
                    size_t exit_cause);

#endif
