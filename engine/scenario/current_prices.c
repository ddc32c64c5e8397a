/* current.csv: the actual weekly price of children in placement now. Messages name rows, never children. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "scenario/price_rows.h"

enum { LA, CHILD, WEEKLY_GBP, PRICE_YEAR, N_COLUMN };

static const price_column columns[N_COLUMN] = {
    [LA] = {"LA", false, false, NULL},
    [CHILD] = {"CHILD", true, false, NULL},
    [WEEKLY_GBP] = {"WEEKLY_GBP", true, false, NULL},
    [PRICE_YEAR] = {"PRICE_YEAR", false, false, NULL},
};

typedef struct current_reader {
    price_table table; /* first, so that a pointer to one is a pointer to the other */
    int default_year;
    size_t n, n_without_year;
    pc_current_price *row;
} current_reader;

static pc_status on_header(void *context, const pc_csv_header *header)
{
    return price_find_columns(context, header);
}

static pc_status on_row(void *context, long row, const pc_field *field)
{
    current_reader *self = context;
    price_table *table = &self->table;
    pc_current_price read = {.row = row, .price_year = self->default_year};
    const char *child = price_field(table, field, CHILD);
    bool given = price_field(table, field, PRICE_YEAR)[0] != '\0', ok = child[0] != '\0';

    if (!ok) {
        price_wrong(table, row, CHILD, "found nothing, expected the child's number in the returns");
    }
    ok = price_number(table, row, field, WEEKLY_GBP, 0, PRICE_MOST_GBP,
                      " in pounds, without a sign or commas", &read.weekly_gbp) &&
         ok;
    if (given) {
        ok = price_year(table, row, field, PRICE_YEAR, &read.price_year) && ok;
    }
    if (!ok) {
        return PC_OK;
    }
    self->n_without_year += !given;
    if (pc_grow(&self->row, &table->capacity, self->n + 1, sizeof read) != PC_OK) {
        return PC_ERR_NO_MEMORY;
    }
    read.la = pc_copy_text(price_field(table, field, LA));
    read.child = pc_copy_text(child);
    self->row[self->n++] = read;
    return read.la == NULL || read.child == NULL ? PC_ERR_NO_MEMORY : PC_OK;
}

static int by_child(const void *left, const void *right)
{
    const pc_current_price *a = left, *b = right;
    int order = strcmp(a->la, b->la);

    order = order != 0 ? order : strcmp(a->child, b->child);
    return order != 0 ? order : (a->row > b->row) - (a->row < b->row);
}

static void refuse_duplicates(current_reader *self)
{
    for (size_t at = 1; at < self->n; at++) {
        const pc_current_price *before = &self->row[at - 1], *row = &self->row[at];

        if (strcmp(before->la, row->la) == 0 && strcmp(before->child, row->child) == 0) {
            price_wrong(&self->table, row->row, CHILD, "the child of row %ld again, expected one row a child",
                        before->row);
        }
    }
}

pc_status pc_prices_load_current(const char *path, int default_year, pc_prices *self,
                                 pc_diagnostics *diagnostics)
{
    current_reader reader = {
        .table = {.file = path, .diagnostics = diagnostics, .column = columns, .n_column = N_COLUMN},
        .default_year = default_year};
    pc_status status = pc_csv_read(path, path, 0, on_header, on_row, &reader, diagnostics);
    char *file = pc_copy_text(path), year[PC_DAY_TEXT_SIZE];

    if (status == PC_OK && reader.n > 1) {
        qsort(reader.row, reader.n, sizeof *reader.row, by_child);
        refuse_duplicates(&reader);
    }
    status =
        price_close(&reader.table, status, reader.n, PC_WARNING, "no rows, so nobody has an actual price");
    status = status == PC_OK && file == NULL ? PC_ERR_NO_MEMORY : status;
    if (status != PC_OK) {
        price_free_current(reader.row, reader.n);
        free(file);
        return status;
    }
    if (reader.n_without_year > 0) {
        pc_diagnostics_add(
            diagnostics, PC_ASSUMPTION, (pc_place){.file = path},
            "actual prices without price_year (%zu) are taken to be those of %s, the year of the start",
            reader.n_without_year, pc_financial_year_format(default_year, year));
    }
    price_free_current(self->current, self->n_current);
    free(self->current_file);
    self->current = reader.row;
    self->n_current = reader.n;
    self->current_file = file;
    return PC_OK;
}
