/* diagnostics.h - messages for the person who runs the tool, collected and never printed by the library.
 *
 * Each message says where (file, line, column of a scenario; file, row, column name of a CSV) and what was
 * found and expected. Errors make a call fail; warnings and assumptions are reported with the results. Not
 * thread-safe: one object belongs to one thread at a time.
 */
#ifndef PC_DIAGNOSTICS_H
#define PC_DIAGNOSTICS_H

#include <stddef.h>
#include <stdio.h>

#include "placecast/status.h"

typedef enum pc_severity { PC_ERROR, PC_WARNING, PC_ASSUMPTION, PC_N_SEVERITY } pc_severity;

/* A warning with this before it is about the results themselves, and stands in the summary. */
#define PC_CHECK_PREFIX "check: "

typedef struct pc_message {
    pc_severity severity;
    char *file;        /* NULL when the message belongs to no file                */
    long line;         /* 1-based line, or row of a CSV (the header is row 1); 0 when unknown */
    long column;       /* 1-based column of a scenario file; 0 when unknown       */
    char *column_name; /* CSV column, or NULL                                     */
    char *text;        /* what was found, what was expected                       */
} pc_message;

typedef struct pc_diagnostics {
    pc_message *message; /* [n]; owned */
    size_t n;
    size_t capacity;
    size_t count[PC_N_SEVERITY];
    int lost; /* 1 when a message, or where it is, was lost to lack of memory */
} pc_diagnostics;

/* Where a message belongs; any part may be empty ({0} is "nowhere in particular"). Borrowed for the call. */
typedef struct pc_place {
    const char *file;
    long line;
    long column;
    const char *column_name;
} pc_place;

/* Empty; nothing is allocated. Before any other use. */
void pc_diagnostics_init(pc_diagnostics *self);

/* Adds a message. Never fails: when memory is short, `lost` is set. `self` may be NULL (the message is
 * dropped). */
void pc_diagnostics_add(pc_diagnostics *self, pc_severity severity, pc_place place, const char *format, ...)
    PC_PRINTF(4, 5);

/* The message as one line `file:line:column: text` or `file:row: column NAME: text`, without newline; the
 * caller frees it. NULL when out of memory. */
char *pc_message_line(const pc_message *message);

/* The same text written to `stream`, without newline. Needs no memory, so that what went wrong can be told
 * when there is none left; whether it was written, ferror(stream) knows. */
void pc_message_write(const pc_message *message, FILE *stream);

void pc_diagnostics_free(pc_diagnostics *self); /* NULL is fine; may be called twice */

#endif
