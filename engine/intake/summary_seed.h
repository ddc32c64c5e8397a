/* summary_seed.h - the national tables that margins are joined on: stated judgement, in scenarios/defaults.
 */
#ifndef PC_INTAKE_SUMMARY_SEED_H
#define PC_INTAKE_SUMMARY_SEED_H

#include "placecast/episodes.h"
#include "placecast/summary.h"

#define SUMMARY_SEED_CELLS ((size_t)PC_N_STREAM * PC_MAX_CATEGORY * PC_N_AGE_BAND * PC_SUMMARY_N_PROVIDER)

typedef struct summary_seed {
    double stock[PC_N_STREAM][PC_MAX_CATEGORY][PC_N_AGE_BAND][PC_SUMMARY_N_PROVIDER]; /* % of the stock */
    double starts[PC_N_STREAM][18];                                                   /* % of starts by age */
    unsigned foster, residential; /* the published groups, as bits of categories */
} summary_seed;

/* Categories that the code map does not have are left aside. */
PC_MUST_USE pc_status summary_seed_load(const pc_codes *codes, summary_seed *out,
                                        pc_diagnostics *diagnostics);
int summary_provider_of(const char *text); /* PR0 to PR5, none; -1 */

#endif
