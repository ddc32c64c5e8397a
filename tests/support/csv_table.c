#include "csv_table.h"

#include "pc_test.h"

#include "base/csv_rows.h"
#include "base/memory.h"

static pc_status on_header(void *context, const pc_csv_header *header)
{
    csv_table *self = context;

    self->n_column = header->n_column;
    self->column = calloc(header->n_column, sizeof *self->column);
    assert_non_null(self->column);
    for (size_t column = 0; column < header->n_column; column++) {
        self->column[column] = pc_copy_text(header->name[column]);
        assert_non_null(self->column[column]);
    }
    return PC_OK;
}

static pc_status on_row(void *context, long number, const pc_field *field)
{
    csv_table *self = context;
    char **row = calloc(self->n_column, sizeof *row);

    (void)number;
    assert_non_null(row);
    assert_ok(pc_grow(&self->row, &self->capacity, self->n + 1, sizeof *self->row));
    for (size_t column = 0; column < self->n_column; column++) {
        row[column] = pc_copy_text(field[column].text);
        assert_non_null(row[column]);
    }
    self->row[self->n++] = row;
    return PC_OK;
}

csv_table *csv_table_read(const char *folder, const char *name)
{
    csv_table *self = calloc(1, sizeof *self);
    char *path = pc_test_path(folder, name);
    pc_diagnostics diagnostics;

    assert_non_null(self);
    pc_diagnostics_init(&diagnostics);
    assert_ok(pc_csv_read(path, name, 0, on_header, on_row, self, &diagnostics), &diagnostics);
    pc_diagnostics_free(&diagnostics);
    free(path);
    return self;
}

const char *csv_table_get(const csv_table *self, size_t row, const char *column)
{
    assert_true(row < self->n);
    for (size_t at = 0; at < self->n_column; at++) {
        if (strcmp(self->column[at], column) == 0) {
            return self->row[row][at];
        }
    }
    fail_msg("no column %s", column);
    return "";
}

void csv_table_free(csv_table *self)
{
    for (size_t row = 0; row < self->n; row++) {
        for (size_t column = 0; column < self->n_column; column++) {
            free(self->row[row][column]);
        }
        free(self->row[row]);
    }
    for (size_t column = 0; column < self->n_column; column++) {
        free(self->column[column]);
    }
    free(self->column);
    free(self->row);
    free(self);
}
