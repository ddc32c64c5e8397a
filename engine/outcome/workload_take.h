/* workload_take.h - from tallies of the workforce to its part of a forecast. */
#ifndef PC_OUTCOME_WORKLOAD_TAKE_H
#define PC_OUTCOME_WORKLOAD_TAKE_H

#include "outcome/tally.h"
#include "workforce/workload.h"

/* Fills out->workload. The result does not depend on the number of threads. */
PC_MUST_USE pc_status workload_take(const workload_plan *plan, const tally *from, pc_forecast *out);
void workload_result_free(pc_workload_result *self);

#endif
