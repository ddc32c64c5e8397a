/* csv_table.h - a whole CSV file in memory, for tests that look at what was written. */
#ifndef PC_TEST_CSV_TABLE_H
#define PC_TEST_CSV_TABLE_H

#include <stdbool.h>
#include <stddef.h>

typedef struct csv_table {
    char **column; /* [n_column]; upper case */
    size_t n_column;
    char ***row; /* [n][n_column] */
    size_t n, capacity;
} csv_table;

/* Reads folder/name; fails the test when it cannot be read. */
csv_table *csv_table_read(const char *folder, const char *name);
/* The text in `column` of row `row`; fails the test when there is no such column. */
const char *csv_table_get(const csv_table *self, size_t row, const char *column);
void csv_table_free(csv_table *self);

#endif
