/* batch.h - all replicates of one or more scenarios over all authorities, in blocks over threads. */
#ifndef PC_OUTCOME_BATCH_H
#define PC_OUTCOME_BATCH_H

#include "outcome/case.h"
#include "outcome/bill.h"
#include "outcome/tally.h"

/* One scenario of a batch and what is collected of it. */
typedef struct batch_case {
    const outcome_case *of; /* borrowed */
    tally *tally;           /* [n_la]: each authority, and their sum when there are several */
    tally
        *work_difference; /* from the first scenario, where both follow the same teams and cases; else NULL */
    tally *work;          /* of the workforce; NULL: not followed */
    double *children_last; /* [replicates]; all children at the end of the last month, over all authorities */
    bill bill;             /* of all authorities; empty unless batch_keep_bills */
    grid common;           /* the shape shared with the first scenario */
    tally
        *difference; /* [n_la]; from the first scenario, replicate by replicate; NULL for the first itself */
} batch_case;

typedef struct batch {
    size_t n_case, n_la;
    batch_case *of;    /* [n_case] */
    size_t replicates; /* the same for all */
    size_t first;      /* number of the first replicate; 0 unless set after batch_init */
    bool clipped;      /* a multiplier of starts was cut in some replicate */
    bool work_clipped; /* more than all cases of a stage would have gone on in some replicate */
    /* Shown the cells, summed over authorities, of each scenario and replicate and those of its workforce
     * (NULL where it is not followed), in any order but one at a time; may be NULL. */
    void (*watch)(void *context, size_t at, size_t replicate, const int64_t *cell, const int64_t *work);
    void *context;
} batch;

/* Takes scenarios that cover the same months and authorities. `cases` is borrowed. On failure `self` is
 * empty. */
PC_MUST_USE pc_status batch_init(batch *self, const outcome_case *cases, size_t n_case, size_t replicates);
/* Adds up bills by age band too, of the cases that have prices. */
PC_MUST_USE pc_status batch_keep_bills(batch *self);
/* Runs replicates first .. first + replicates - 1. The result does not depend on the number of threads.
 * PC_ERR_INTERRUPTED when told to stop. */
PC_MUST_USE pc_status batch_run(batch *self, const pc_run_options *options);
void batch_free(batch *self);

#endif
