/* case.h - one scenario made ready to run: a plan for each authority, the shape of its results, its prices.
 */
#ifndef PC_OUTCOME_CASE_H
#define PC_OUTCOME_CASE_H

#include "outcome/money.h"
#include "workforce/workload.h"

typedef struct outcome_case {
    const pc_model *model; /* borrowed, as are the next two */
    const pc_scenario *scenario;
    const pc_prices *prices; /* NULL: no money */
    size_t n_plan;           /* authorities */
    pc_plan *plan;           /* [n_plan] */
    grid shape;
    workload_plan *work; /* owned; NULL: no workforce, or it is not followed */
    money_scope scope;   /* what is reported of money */
} outcome_case;

PC_MUST_USE pc_status case_make(outcome_case *self, const pc_model *model, const pc_scenario *scenario,
                                const pc_prices *prices, pc_diagnostics *diagnostics);
/* Has the scenario's workforce file followed as well, if it has one. PC_ERR_NO_MEMORY. */
PC_MUST_USE pc_status case_follow_workforce(outcome_case *self, pc_diagnostics *diagnostics);
void case_free(outcome_case *self);

#endif
