/* batch.h - all replicates of a run over all authorities, in blocks over threads. */
#ifndef PC_OUTCOME_BATCH_H
#define PC_OUTCOME_BATCH_H

#include "outcome/money.h"
#include "outcome/tally.h"

typedef struct batch {
    size_t n_plan;           /* authorities */
    const pc_plan *plan;     /* [n_plan]; borrowed */
    const grid *shape;       /* borrowed; the same for all */
    const pc_prices *prices; /* borrowed; NULL: no money */
    size_t replicates;
    tally *tally;          /* [n_plan], and one more for their sum when there are several */
    double *children_last; /* [replicates]; all children at the end of the last month, over all authorities */
    bool clipped;          /* a multiplier of starts was cut in some replicate */
} batch;

/* Runs replicates 0 .. replicates - 1. The result does not depend on the number of threads.
 * PC_ERR_INTERRUPTED when told to stop. */
PC_MUST_USE pc_status batch_run(batch *self, const pc_run_options *options);

#endif
