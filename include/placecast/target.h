/* target.h - what is to be met by when, as a scenario's `targets` say. The outcome stage finds how likely it
 * is. */
#ifndef PC_TARGET_H
#define PC_TARGET_H

#include <stdbool.h>

#include "placecast/day.h"
#include "placecast/measure.h"
#include "placecast/workload.h"

typedef struct pc_target {
    char *name; /* as given, or made: "children in residential_external at most 14 by 2013-03-31" */
    pc_measure measure;
    bool of_workforce; /* about `workload` instead of `measure` */
    pc_workload_measure workload;
    char *category; /* "all": the sum; of the workforce a team, stage or pathway */
    pc_day by; /* within the days forecast, from the end of the first month on; the value is that of the last
                  month end up to this day */
    bool at_most; /* else at least */
    double value; /* >= 0; pounds for cost_gbp */
    long line, column;
    char *file;
} pc_target;

/* As a scenario writes it: "children", "cost_gbp", or a measure of the workforce. Never NULL. */
const char *pc_target_measure_name(const pc_target *self);

#endif
