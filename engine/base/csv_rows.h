/* csv_rows.h - a CSV file as a stream of rows, on libcsv.
 *
 * Hides what is awkward in libcsv: its callbacks cannot stop the parse, malformed quotes pass unless it is
 * strict, the last row without a newline, the byte order mark, rows of differing length. Fields are trimmed
 * of blanks. Memory does not grow with the file. The first row is the header: names are matched without
 * regard to case and blanks around them.
 */
#ifndef PC_BASE_CSV_ROWS_H
#define PC_BASE_CSV_ROWS_H

#include <stdbool.h>
#include <stddef.h>

#include "placecast/diagnostics.h"

#define PC_CSV_MAX_COLUMNS 512
#define PC_CSV_MAX_FIELD ((size_t)1 << 20) /* bytes; a longer field is an error of the file */

typedef struct pc_field {
    const char *text; /* NUL-terminated, trimmed; never NULL */
    size_t length;
} pc_field;

typedef struct pc_csv_header {
    char **name; /* [n_column]; upper case, trimmed; owned by the reader */
    size_t n_column;
} pc_csv_header;

/* Called once for the header; return PC_OK to go on, any other status to stop (PC_ERR_NO_DATA: "not for me",
 * quietly). */
typedef pc_status (*pc_csv_header_function)(void *context, const pc_csv_header *header);
/* Called for each later row with n_column fields (missing ones are "", surplus ones are dropped and reported
 * once). `row` is 1-based with the header as row 1; blank rows are skipped but counted. */
typedef pc_status (*pc_csv_row_function)(void *context, long row, const pc_field *field);

/* Reads `path` from start to end. `shown` is the name used in messages. Errors of reading (cannot open, not a
 * regular file, a NUL byte, a malformed quote, a field or row too long) are added to `diagnostics` and give
 * PC_ERR_IO or PC_ERR_INPUT; a status from a callback is returned as it is. `chunk` is how many bytes are
 * handed to libcsv at a time (0: the default). */
PC_MUST_USE pc_status pc_csv_read(const char *path, const char *shown, size_t chunk,
                                  pc_csv_header_function on_header, pc_csv_row_function on_row, void *context,
                                  pc_diagnostics *diagnostics);

/* As above over bytes in memory (embedded tables, tests). */
PC_MUST_USE pc_status pc_csv_read_bytes(const void *bytes, size_t size, const char *shown, size_t chunk,
                                        pc_csv_header_function on_header, pc_csv_row_function on_row,
                                        void *context, pc_diagnostics *diagnostics);

/* Column number of `name` (upper case), or -1. */
int pc_csv_column(const pc_csv_header *header, const char *name);

#endif
