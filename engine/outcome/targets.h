/* targets.h - how likely a scenario's targets are met. */
#ifndef PC_OUTCOME_TARGETS_H
#define PC_OUTCOME_TARGETS_H

#include "outcome/case.h"
#include "outcome/tally.h"

/* Fills out->target, whose statistics are there already. `all`: the tally of all authorities together; NULL
 * for expected values, where chances are not known. `work`: that of the workforce, or NULL. */
PC_MUST_USE pc_status targets_take(const outcome_case *of, const tally *all, const tally *work,
                                   pc_forecast *out);

#endif
