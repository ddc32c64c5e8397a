/* json_file.h - reading the JSON files of earlier runs. */
#ifndef PC_JSON_FILE_H
#define PC_JSON_FILE_H

#include <jansson.h>

#include "placecast/diagnostics.h"

/* The object in the file `path`; the caller calls json_decref. PC_ERR_INPUT, with a message and its line,
 * when it cannot be read or holds something else; PC_ERR_NO_MEMORY. *out is NULL then. */
PC_MUST_USE pc_status report_json_load(const char *path, json_t **out, pc_diagnostics *diagnostics);

#endif
