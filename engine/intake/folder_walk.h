/* folder_walk.h - every file below a folder, in the order of their names. */
#ifndef PC_INTAKE_FOLDER_WALK_H
#define PC_INTAKE_FOLDER_WALK_H

#include <stdbool.h>
#include <stddef.h>

#include "placecast/diagnostics.h"

typedef struct intake_found_file {
    char *path, *shown;  /* to open; relative to the folder walked. Owned */
    const char *ignored; /* why it is no CSV file to read, or NULL; static */
} intake_found_file;

typedef struct intake_walk {
    intake_found_file *file; /* [n] */
    size_t n, capacity;
    bool failed; /* something that should be read cannot be; it is in the diagnostics */
} intake_walk;

/* Walks `folder`. Links are followed, but not back to a folder above: that would never end. `out` need not be
 * initialised; the caller frees it, also after a failure. */
PC_MUST_USE pc_status intake_walk_folder(const char *folder, intake_walk *out, pc_diagnostics *diagnostics);
void intake_walk_free(intake_walk *self);

#endif
