#include "sweep/measures.h"

const char *sweep_measure_name(size_t measure)
{
    static const char *const of_budget[] = {"budget_gbp", "outturn_gbp", "gap_gbp", "p_over_budget"};

    return measure < SWEEP_BUDGET     ? pc_measure_name((pc_measure)measure)
           : measure < SWEEP_WORKLOAD ? of_budget[measure - SWEEP_BUDGET]
                                      : pc_workload_name((pc_workload_measure)(measure - SWEEP_WORKLOAD));
}
