/* paths.h - paths in a scenario: relative to the file that holds them, confined when asked, present. Private
 * to scenario/. */
#ifndef PC_SCENARIO_PATHS_H
#define PC_SCENARIO_PATHS_H

#include "scenario/reader.h"

/* `text` as written in `node`, resolved against the folder of the node's file (a value from --set: against
 * the current folder). NULL when out of memory; the caller frees. */
char *scenario_path_resolve(const pc_yaml_node *node, const char *text);
/* False, and reported at `place`, when the path leads out of the folder that the reader is confined to, links
 * followed. A path that does not exist is judged by the part that does. */
bool scenario_path_confined(scenario_reader *reader, pc_place place, const char *shown, const char *path);
/* As above, and: is it a readable file (or folder)? Links inside a folder must not lead out either. */
bool scenario_path_check(scenario_reader *reader, pc_place place, const char *shown, const char *path,
                         bool folder);
/* The real path of the folder to be confined to. PC_ERR_USAGE when there is none. */
PC_MUST_USE pc_status scenario_path_confine_to(scenario_reader *reader, const char *folder);

#endif
