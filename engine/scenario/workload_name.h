/* workload_name.h - which numbers a workforce file gives, and their names in budget lines and targets. */
#ifndef PC_SCENARIO_WORKLOAD_NAME_H
#define PC_SCENARIO_WORKLOAD_NAME_H

#include "placecast/workforce.h"
#include "placecast/workload.h"

/* Every series that is followed, ordered by measure. Categories are borrowed from `of`. The caller frees
 * *out, also on failure. PC_ERR_NO_MEMORY. */
PC_MUST_USE pc_status scenario_workload_series(const pc_workforce *of, size_t *n, pc_workload_series **out);

/* Reads `staff_cost_gbp` (category all) or `staff_cost_gbp A team`: a measure, a blank, a category. False
 * when it begins with no such measure. `category` points into `text`. */
bool scenario_workload_name(const char *text, pc_workload_measure *measure, const char **category);

/* Whether the file gives that measure and category. PC_ERR_NO_MEMORY. */
PC_MUST_USE pc_status scenario_workload_given(const pc_workforce *of, pc_workload_measure measure,
                                              const char *category, bool *given);

#endif
