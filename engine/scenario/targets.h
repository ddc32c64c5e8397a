/* targets.h - a target while it is read. Private to scenario/. */
#ifndef PC_SCENARIO_TARGETS_H
#define PC_SCENARIO_TARGETS_H

#include "placecast/target.h"
#include "scenario/reader.h"

typedef struct scenario_target {
    pc_target target;
    int measure;              /* number of its word: measures, then those of the workforce */
    double at_most, at_least; /* NaN: not given */
    size_t problems_before;   /* of the reader, when it was opened */
} scenario_target;

/* The words of `measure`, from the lists of measures. */
#define SCENARIO_MEASURE_WORD(name, text, annual_sum, decimals) "|" text
#define SCENARIO_WORKLOAD_WORD(name, text, annual_sum, unit, decimals) "|" text
#define SCENARIO_MEASURES                                                                                    \
    &(PC_MEASURE_LIST(SCENARIO_MEASURE_WORD) PC_WORKLOAD_LIST(SCENARIO_WORKLOAD_WORD))[1]

void *scenario_open_target(scenario_reader *reader, const char *name, pc_place place);
void scenario_close_target(scenario_reader *reader, const char *shown, const pc_yaml_node *node,
                           void *element);
/* What only the whole scenario can say: days within the forecast, measures that it has. */
void scenario_check_targets(scenario_reader *reader);
/* What only the workforce file can say, once it is read. PC_ERR_INPUT, PC_ERR_NO_MEMORY. */
PC_MUST_USE pc_status scenario_check_workload_targets(const pc_scenario *scenario,
                                                      pc_diagnostics *diagnostics);
void scenario_free_target(pc_target *target);

#endif
