/* front_door_table.h - the front door from published figures. Private to scenario/. */
#ifndef PC_SCENARIO_FRONT_DOOR_TABLE_H
#define PC_SCENARIO_FRONT_DOOR_TABLE_H

#include "placecast/workforce.h"

/* Adds the stages that front_door.csv gives to `out`; what is made of the figures is said. The caller frees
 * `out`, also on failure. PC_ERR_IO, PC_ERR_INPUT, PC_ERR_NO_MEMORY. */
PC_MUST_USE pc_status workforce_read_front_door(const char *path, pc_workforce *out,
                                                pc_diagnostics *diagnostics);

#endif
