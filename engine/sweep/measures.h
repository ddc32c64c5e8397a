/* measures.h - the measures that a sweep keeps: those of forecast.csv, the budget and the workforce. Private
 * to sweep/. */
#ifndef PC_SWEEP_MEASURES_H
#define PC_SWEEP_MEASURES_H

#include <stddef.h>

#include "placecast/measure.h"
#include "placecast/workload.h"

/* Numbered in this order; those of the budget are by financial year and budget holder. */
enum {
    SWEEP_BUDGET = PC_N_MEASURE,
    SWEEP_OUTTURN,
    SWEEP_GAP,
    SWEEP_P_OVER,
    SWEEP_WORKLOAD, /* and PC_N_WORKLOAD in all */
    SWEEP_N_MEASURE = SWEEP_WORKLOAD + PC_N_WORKLOAD
};

/* "budget_gbp", "outturn_gbp", "gap_gbp", "p_over_budget", or the name in forecast.csv. */
const char *sweep_measure_name(size_t measure);

#endif
