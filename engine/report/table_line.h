/* table_line.h - lines of a CSV, put together in memory: printf is too slow for a table of a few hundred
 * thousand numbers.
 */
#ifndef PC_TABLE_LINE_H
#define PC_TABLE_LINE_H

#include <stddef.h>
#include <stdio.h>

#include "placecast/diagnostics.h"

#define REPORT_BUFFER ((size_t)1 << 16)

typedef struct report_table {
    FILE *stream; /* borrowed; its own error flag keeps what went wrong */
    size_t n;
    char text[REPORT_BUFFER];
} report_table;

void report_table_text(report_table *self, const char *text); /* as it is: already quoted where needed */
void report_table_char(report_table *self, char c);
/* `decimals` decimals (0 to 6), without trailing zeros when `trim`; nothing for NaN and infinities. A half is
 * rounded away from zero. */
void report_table_number(report_table *self, double value, int decimals, int trim);
void report_table_whole(report_table *self, long value);
void report_table_flush(report_table *self);

/* A field as pc_out_text would write it; the caller frees. NULL when out of memory. */
char *report_field(const char *text);

#endif
