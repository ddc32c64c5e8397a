/* workforce_read.h - readers of the workforce file that have a form of their own. Private to scenario/. */
#ifndef PC_SCENARIO_WORKFORCE_READ_H
#define PC_SCENARIO_WORKFORCE_READ_H

#include "scenario/reader.h"

typedef struct workforce_band {
    double days, share;
} workforce_band;

/* Values; each is stored at the key's offset. */
void workforce_read_range(scenario_reader *reader, const scenario_key *key, const char *shown,
                          const char *name, const pc_yaml_node *node, void *base);
void workforce_read_bands(scenario_reader *reader, const scenario_key *key, const char *shown,
                          const char *name, const pc_yaml_node *node, void *base);
void workforce_read_feeder(scenario_reader *reader, const scenario_key *key, const char *shown,
                           const char *name, const pc_yaml_node *node, void *base);
void workforce_read_year(scenario_reader *reader, const scenario_key *key, const char *shown,
                         const char *name, const pc_yaml_node *node, void *base);
void workforce_read_ages(scenario_reader *reader, const scenario_key *key, const char *shown,
                         const char *name, const pc_yaml_node *node, void *base);
void workforce_read_sources(scenario_reader *reader, const scenario_key *key, const char *shown,
                            const char *name, const pc_yaml_node *node, void *base);
void workforce_read_funding(scenario_reader *reader, const scenario_key *key, const char *shown,
                            const char *name, const pc_yaml_node *node, void *base);
void workforce_read_weight(scenario_reader *reader, const scenario_key *key, const char *shown,
                           const char *name, const pc_yaml_node *node, void *base);
void workforce_read_part(scenario_reader *reader, const scenario_key *key, const char *shown,
                         const char *name, const pc_yaml_node *node, void *base);

/* Items of lists: made at the end of their list, checked when they are read. */
void *workforce_open_stage(scenario_reader *reader, const char *name, pc_place place);
void workforce_close_stage(scenario_reader *reader, const char *shown, const pc_yaml_node *node,
                           void *element);
void *workforce_open_now(scenario_reader *reader, const char *name, pc_place place);
void *workforce_open_contact(scenario_reader *reader, const char *name, pc_place place);
void *workforce_open_pathway(scenario_reader *reader, const char *name, pc_place place);
void *workforce_open_team(scenario_reader *reader, const char *name, pc_place place);
void workforce_close_team(scenario_reader *reader, const char *shown, const pc_yaml_node *node,
                          void *element);
void *workforce_open_structure(scenario_reader *reader, const char *name, pc_place place);
void *workforce_open_posts(scenario_reader *reader, const char *name, pc_place place);
void workforce_close_posts(scenario_reader *reader, const char *shown, const pc_yaml_node *node,
                           void *element);
void *workforce_open_leavers(scenario_reader *reader, const char *name, pc_place place);
void *workforce_open_retention(scenario_reader *reader, const char *name, pc_place place);
void workforce_close_retention(scenario_reader *reader, const char *shown, const pc_yaml_node *node,
                               void *element);
void *workforce_open_award(scenario_reader *reader, const char *name, pc_place place);
void *workforce_open_sum(scenario_reader *reader, const char *name, pc_place place);
/* For items that need no check of their own. */
void workforce_close_plain(scenario_reader *reader, const char *shown, const pc_yaml_node *node,
                           void *element);

/* What only the whole file can say. */
void workforce_check(scenario_reader *reader, const pc_yaml_node *tree);

#endif
