/* workload_take.h - from tallies of the workforce to its part of a forecast. */
#ifndef PC_OUTCOME_WORKLOAD_TAKE_H
#define PC_OUTCOME_WORKLOAD_TAKE_H

#include "outcome/tally.h"
#include "workforce/workload.h"

/* Fills out->workload; what is not known then, of `against` as well unless it is NULL, is NaN. The result
 * does not depend on the number of threads. */
PC_MUST_USE pc_status workload_take(const workload_plan *plan, const workload_plan *against,
                                    const tally *from, pc_forecast *out);
void workload_result_free(pc_workload_result *self);

#endif
