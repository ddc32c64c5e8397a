/* price_rows.h - what the readers of weekly.csv and inflation.csv share. Private to scenario/. */
#ifndef PC_SCENARIO_PRICE_ROWS_H
#define PC_SCENARIO_PRICE_ROWS_H

#include <stdbool.h>

#include "base/csv_rows.h"
#include "placecast/prices.h"

/* A column that a table may have. */
typedef struct price_column {
    const char *name; /* upper case, as in pc_csv_header */
    bool required;
    bool not_yet; /* must be blank, or `neutral` */
    const char *neutral;
} price_column;

#define PRICE_MAX_COLUMN 12
#define PRICE_MOST_GBP 1e6 /* a week; the dearest placements known cost about a twentieth of that */

/* One table while it is read. */
typedef struct price_table {
    const char *file;
    const pc_codes *codes;
    pc_prices *out;
    pc_diagnostics *diagnostics;
    const price_column *column;
    size_t n_column;
    int at[PRICE_MAX_COLUMN]; /* its place in the file, -1: absent */
    size_t n_error;
    size_t capacity; /* of out->inflation */
} price_table;

/* Finds the columns: each that is required and missing is an error, each that is unknown a warning.
 * PC_ERR_INPUT when the rows cannot be read without. */
PC_MUST_USE pc_status price_find_columns(price_table *self, const pc_csv_header *header);
/* What the rows that have been read come to: `status` if that is a failure, PC_ERR_INPUT after an error in
 * any row. Of a table without a row (`n`) it says `nothing`, with that severity; PC_ERROR refuses the table.
 */
PC_MUST_USE pc_status price_close(price_table *self, pc_status status, size_t n, pc_severity severity,
                                  const char *nothing);
/* The text of column `column` in this row, "" when the file has no such column. Never NULL. */
const char *price_field(const price_table *self, const pc_field *field, size_t column);
/* Adds an error at a row and column. */
void price_wrong(price_table *self, long row, size_t column, const char *format, ...) PC_PRINTF(4, 5);
/* A number within [low, high]; false and reported otherwise. `hint` is added to the message. */
bool price_number(price_table *self, long row, const pc_field *field, size_t column, double low, double high,
                  const char *hint, double *out);
/* A financial year such as 2011/12. */
bool price_year(price_table *self, long row, const pc_field *field, size_t column, int *out);
/* A day; `otherwise` where it is blank. */
bool price_day(price_table *self, long row, const pc_field *field, size_t column, pc_day otherwise,
               pc_day *out);
/* The number of a category of the code map. */
bool price_category(price_table *self, long row, const pc_field *field, size_t column, int *out);
/* N1 to N8 as 1 to 8; 0 for all, or blank. */
bool price_need(price_table *self, long row, const pc_field *field, size_t column, uint8_t *out);

/* Parts of a pc_prices. */
void price_free_people(pc_price_people *people, size_t n);
void price_free_current(pc_current_price *current, size_t n);
void price_free_texts(char **text, size_t n);

/* Reads inflation.csv into self->out. */
PC_MUST_USE pc_status price_read_inflation(price_table *self);

#endif
