/* capacity.h - a category's capacity while it is read: places, or households. Private to scenario/. */
#ifndef PC_SCENARIO_CAPACITY_H
#define PC_SCENARIO_CAPACITY_H

#include "scenario/reader.h"

typedef struct scenario_capacity {
    pc_capacity capacity;        /* what it will be; its steps count households until it is closed */
    double places_per_household; /* NaN: not given */
    double usable_share;
} scenario_capacity;

/* One step of a path by date, while it is read. */
typedef struct scenario_step {
    pc_day from;
    double amount;   /* places or households */
    char *authority; /* NULL: each */
} scenario_step;

void *scenario_open_capacity(scenario_reader *reader, const char *name, pc_place place);
void scenario_close_capacity(scenario_reader *reader, const char *shown, const pc_yaml_node *node,
                             void *element);
void scenario_free_steps(pc_capacity *capacity);
/* `places` or `households`: a number, or a list of steps. */
void scenario_read_steps(scenario_reader *reader, const scenario_key *key, const char *shown,
                         const char *name, const pc_yaml_node *node, void *base);

#endif
