/* out_file.h - a file that appears whole or not at all: written under a temporary name in the same folder,
 * then renamed. */
#ifndef PC_BASE_OUT_FILE_H
#define PC_BASE_OUT_FILE_H

#include <stdint.h>
#include <stdio.h>
#include <sys/types.h>

#include "placecast/diagnostics.h"

typedef struct pc_out_file {
    FILE *stream; /* write to this; NULL when not open */
    char *path;
    char *temporary;
} pc_out_file;

/* Makes `folder` and its parents where they are absent. */
PC_MUST_USE pc_status pc_make_folder(const char *folder, pc_diagnostics *diagnostics);

/* Opens folder/name for writing with permissions `mode` (0600 for what holds child records, else 0644). */
PC_MUST_USE pc_status pc_out_open(pc_out_file *self, const char *folder, const char *name, mode_t mode,
                                  pc_diagnostics *diagnostics);
/* Flushes, checks every earlier write, renames into place. On failure the temporary file is removed, the old
 * one stays. */
PC_MUST_USE pc_status pc_out_commit(pc_out_file *self, pc_diagnostics *diagnostics);
/* Throws the temporary file away; safe after commit and on a zeroed struct. */
void pc_out_abandon(pc_out_file *self);

/* One CSV field, quoted where needed. Text that a spreadsheet would take for a formula (= + - @ tab first)
 * gets an apostrophe before it, unless it is a number. Bytes that are not UTF-8 and control characters, which
 * a terminal might obey, become question marks. The caller writes commas and newlines. */
void pc_out_text(FILE *stream, const char *text);
void pc_out_number(FILE *stream, double value, int decimals);

#endif
