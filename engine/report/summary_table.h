/* summary_table.h - a table of a text summary: a label and one cell for each year, as many years as the
 * page is wide. */
#ifndef PC_SUMMARY_TABLE_H
#define PC_SUMMARY_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "report/say.h"

typedef struct summary_table {
    size_t n_column;
    size_t n_row, capacity;
    char **text;    /* [n_row][n_column + 1]; the label first; owned; NULL is blank */
    bool no_memory; /* then nothing is printed: a summary never fails */
} summary_table;

/* Begins with the heading row: `heading`, and cells to be set. */
void summary_table_begin(summary_table *self, const char *heading, size_t n_column);
/* The next row. */
void summary_table_row(summary_table *self, const char *label);
/* A cell of the last row. */
void summary_table_cell(summary_table *self, size_t column, const char *text);
/* Prints it and frees it. Of columns that do not fit the last is kept; returns false when some were left out.
 */
bool summary_table_end(summary_table *self, const say_page *page);
/* Frees it unprinted. */
void summary_table_drop(summary_table *self);

#endif
