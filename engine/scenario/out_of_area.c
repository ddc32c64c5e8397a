/* out_of_area.csv: shares of place-days out of area. */
#include "placecast/out_of_area.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "scenario/price_rows.h"

enum { CATEGORY, YEAR, DEFINITION, SHARE, N_COLUMN };

static const price_column columns[N_COLUMN] = {
    [CATEGORY] = {"CATEGORY", true, false, NULL},
    [YEAR] = {"YEAR", true, false, NULL},
    [DEFINITION] = {"DEFINITION", true, false, NULL},
    [SHARE] = {"SHARE", true, false, NULL},
};

static const char *const definitions[PC_N_OUT_OF_AREA] = {
#define DEFINITION_NAME(name, text) text,
    PC_OUT_OF_AREA_LIST(DEFINITION_NAME)
#undef DEFINITION_NAME
};

typedef struct out_of_area_reader {
    price_table table; /* first, so that a pointer to one is a pointer to the other */
    pc_out_of_area *out;
    size_t capacity;
} out_of_area_reader;

const char *pc_out_of_area_name(pc_out_of_area_definition definition)
{
    return (unsigned)definition < PC_N_OUT_OF_AREA ? definitions[definition] : "";
}

static pc_status on_header(void *context, const pc_csv_header *header)
{
    return price_find_columns(context, header);
}

static bool read_definition(price_table *table, long row, const pc_field *field,
                            pc_out_of_area_definition *out)
{
    const char *text = price_field(table, field, DEFINITION);

    for (unsigned d = 0; d < PC_N_OUT_OF_AREA; d++) {
        if (strcmp(text, definitions[d]) == 0) {
            *out = (pc_out_of_area_definition)d;
            return true;
        }
    }
    price_wrong(table, row, DEFINITION, "found %.60s, expected boundary or 20_miles",
                text[0] == '\0' ? "nothing" : text);
    return false;
}

static const pc_out_of_area_row *find_row(const pc_out_of_area *self, const pc_out_of_area_row *like)
{
    for (size_t r = 0; r < self->n; r++) {
        const pc_out_of_area_row *row = &self->row[r];

        if (row->year == like->year && row->definition == like->definition &&
            strcmp(row->category, like->category) == 0) {
            return row;
        }
    }
    return NULL;
}

static pc_status on_row(void *context, long row, const pc_field *field)
{
    out_of_area_reader *self = context;
    price_table *table = &self->table;
    pc_out_of_area_row read = {.row = row};
    const pc_out_of_area_row *before;
    const char *category = price_field(table, field, CATEGORY);
    bool ok = category[0] != '\0';

    if (!ok) {
        price_wrong(table, row, CATEGORY, "found nothing, expected a placement category or all");
    }
    ok = price_year(table, row, field, YEAR, &read.year) && ok;
    ok = read_definition(table, row, field, &read.definition) && ok;
    ok = price_number(table, row, field, SHARE, 0, 1, " (50% is 0.5)", &read.share) && ok;
    if (!ok) {
        return PC_OK;
    }
    read.category = pc_copy_text(category);
    if (read.category == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    before = find_row(self->out, &read);
    if (before != NULL) {
        price_wrong(table, row, YEAR,
                    "found %.20s again for %.60s and %s, expected one row for each: row %ld is one",
                    price_field(table, field, YEAR), category, definitions[read.definition], before->row);
    } else if (pc_grow(&self->out->row, &self->capacity, self->out->n + 1, sizeof read) != PC_OK) {
        free(read.category);
        return PC_ERR_NO_MEMORY;
    } else {
        self->out->row[self->out->n++] = read;
        return PC_OK;
    }
    free(read.category);
    return PC_OK;
}

pc_status pc_out_of_area_load(const char *path, pc_out_of_area *out, pc_diagnostics *diagnostics)
{
    out_of_area_reader self = {
        .table = {.file = path, .diagnostics = diagnostics, .column = columns, .n_column = N_COLUMN},
        .out = out};
    pc_status status;

    memset(out, 0, sizeof *out);
    status = pc_csv_read(path, path, 0, on_header, on_row, &self, diagnostics);
    if (status == PC_OK) {
        out->file = pc_copy_text(path);
        status = out->file == NULL ? PC_ERR_NO_MEMORY : PC_OK;
    }
    status = price_close(&self.table, status, out->n, PC_ERROR,
                         "no rows, expected shares by category, year and definition");
    if (status != PC_OK) {
        pc_out_of_area_free(out);
    }
    return status;
}

bool pc_out_of_area_has(const pc_out_of_area *self, pc_out_of_area_definition definition)
{
    for (size_t r = 0; r < self->n; r++) {
        if (self->row[r].definition == definition) {
            return true;
        }
    }
    return false;
}

/* The row for `year`: its own, else the last before it, else the first after it. */
static const pc_out_of_area_row *nearest_row(const pc_out_of_area *self, const char *category,
                                             pc_out_of_area_definition definition, int year)
{
    const pc_out_of_area_row *before = NULL, *after = NULL;

    for (size_t r = 0; r < self->n; r++) {
        const pc_out_of_area_row *row = &self->row[r];

        if (row->definition != definition || strcmp(row->category, category) != 0) {
            continue;
        }
        if (row->year <= year && (before == NULL || row->year > before->year)) {
            before = row;
        }
        if (row->year > year && (after == NULL || row->year < after->year)) {
            after = row;
        }
    }
    return before != NULL ? before : after;
}

/* The row that gives the share: of the category, or of all where it has none. */
static const pc_out_of_area_row *row_for(const pc_out_of_area *self, const char *category,
                                         pc_out_of_area_definition definition, int year)
{
    const pc_out_of_area_row *row = nearest_row(self, category, definition, year);

    return row == NULL ? nearest_row(self, "all", definition, year) : row;
}

double pc_out_of_area_share(const pc_out_of_area *self, const char *category,
                            pc_out_of_area_definition definition, int year)
{
    const pc_out_of_area_row *row = row_for(self, category, definition, year);

    return row == NULL ? (double)NAN : row->share;
}

bool pc_out_of_area_given(const pc_out_of_area *self, const char *category,
                          pc_out_of_area_definition definition, int year)
{
    const pc_out_of_area_row *row = row_for(self, category, definition, year);

    return row != NULL && row->year == year;
}

void pc_out_of_area_free(pc_out_of_area *self)
{
    if (self == NULL) {
        return;
    }
    for (size_t r = 0; r < self->n; r++) {
        free(self->row[r].category);
    }
    free(self->row);
    free(self->file);
    memset(self, 0, sizeof *self);
}
