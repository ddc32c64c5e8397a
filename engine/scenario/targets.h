/* targets.h - a target while it is read. Private to scenario/. */
#ifndef PC_SCENARIO_TARGETS_H
#define PC_SCENARIO_TARGETS_H

#include "placecast/target.h"
#include "scenario/reader.h"

typedef struct scenario_target {
    pc_target target;
    double at_most, at_least; /* NaN: not given */
    size_t problems_before;   /* of the reader, when it was opened */
} scenario_target;

/* The words of `measure`, from the list of measures. */
#define SCENARIO_MEASURE_WORD(name, text, annual_sum, decimals) "|" text
#define SCENARIO_MEASURES &(PC_MEASURE_LIST(SCENARIO_MEASURE_WORD))[1]

void *scenario_open_target(scenario_reader *reader, const char *name, pc_place place);
void scenario_close_target(scenario_reader *reader, const char *shown, const pc_yaml_node *node,
                           void *element);
/* What only the whole scenario can say: days within the forecast, measures that it has. */
void scenario_check_targets(scenario_reader *reader);
void scenario_free_target(pc_target *target);

#endif
