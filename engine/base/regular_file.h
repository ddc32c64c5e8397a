/* regular_file.h - opening what a user named: a regular file or nothing.
 *
 * A FIFO would block for ever, a device never end, a folder cannot be read.
 */
#ifndef PC_BASE_REGULAR_FILE_H
#define PC_BASE_REGULAR_FILE_H

#include <stdbool.h>
#include <stdio.h>

#include "placecast/diagnostics.h"

/* Opens `path` for reading. NULL, with an error at `shown`, when it cannot be opened or is no regular file;
 * `expected` ends that message, such as ", expected a YAML file", or is "". */
FILE *pc_open_regular(const char *path, const char *shown, const char *expected, pc_diagnostics *diagnostics);

/* Whether `path` leads to a regular file, once links are followed. */
bool pc_is_regular(const char *path);

#endif
