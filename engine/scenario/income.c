/* income.csv: what partners and government pay. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "scenario/price_rows.h"

enum { SOURCE, KIND, AMOUNT, CATEGORY, STREAM, YEAR, N_COLUMN };

static const price_column columns[N_COLUMN] = {
    [SOURCE] = {"SOURCE", true, false, NULL},  [KIND] = {"KIND", true, false, NULL},
    [AMOUNT] = {"AMOUNT", true, false, NULL},  [CATEGORY] = {"CATEGORY", false, false, NULL},
    [STREAM] = {"STREAM", false, false, NULL}, [YEAR] = {"YEAR", false, false, NULL},
};

static const char *const kinds[PC_N_INCOME] = {
#define INCOME_NAME(name, text) text,
    PC_INCOME_LIST(INCOME_NAME)
#undef INCOME_NAME
};

typedef struct incomes {
    price_table table; /* first, so that a pointer to one is a pointer to the other */
    size_t n, n_source, source_capacity;
    pc_income *row;
    char **source;
} incomes;

static pc_status on_header(void *context, const pc_csv_header *header)
{
    return price_find_columns(context, header);
}

static bool is_all(const char *text)
{
    return text[0] == '\0' || strcmp(text, "all") == 0;
}

static bool read_kind(price_table *table, long row, const pc_field *field, pc_income *out)
{
    /* Pounds a night, a share, pounds a year. */
    static const double most[PC_N_INCOME] = {1e5, 1, 1e10};
    static const char *const hint[PC_N_INCOME] = {" in pounds a night", " (30% is 0.3)", " in pounds a year"};
    const char *text = price_field(table, field, KIND);

    for (unsigned kind = 0; kind < PC_N_INCOME; kind++) {
        if (strcmp(text, kinds[kind]) == 0) {
            out->kind = (pc_income_kind)kind;
            return price_number(table, row, field, AMOUNT, 0, most[kind], hint[kind], &out->amount);
        }
    }
    price_wrong(table, row, KIND, "found %.60s, expected per_night, share or grant",
                text[0] == '\0' ? "nothing" : text);
    return false;
}

/* For whom it is paid. Only nights are told apart by stream: a bill and a grant are of all children. */
static bool read_scope(price_table *table, long row, const pc_field *field, pc_income *out)
{
    const char *stream = price_field(table, field, STREAM);
    bool ok = true;

    out->category = out->stream = -1;
    if (!is_all(price_field(table, field, CATEGORY))) {
        ok = price_category(table, row, field, CATEGORY, &out->category);
    }
    for (int number = 0; number < PC_N_STREAM; number++) {
        if (strcmp(stream, pc_stream_name((pc_stream)number)) == 0) {
            out->stream = number;
        }
    }
    if (!is_all(stream) && out->stream < 0) {
        price_wrong(table, row, STREAM, "found %.60s, expected local, uasc or all", stream);
        return false;
    }
    if (out->stream >= 0 && out->kind != PC_INCOME_PER_NIGHT) {
        price_wrong(table, row, STREAM, "found %.60s, expected it blank but for income per night", stream);
        return false;
    }
    return ok;
}

/* Finds or adds the name. */
static pc_status find_source(incomes *self, const char *name, size_t *out)
{
    for (*out = 0; *out < self->n_source; (*out)++) {
        if (strcmp(self->source[*out], name) == 0) {
            return PC_OK;
        }
    }
    if (pc_grow(&self->source, &self->source_capacity, self->n_source + 1, sizeof *self->source) != PC_OK) {
        return PC_ERR_NO_MEMORY;
    }
    self->source[self->n_source] = pc_copy_text(name);
    self->n_source += self->source[self->n_source] != NULL;
    return self->n_source > *out ? PC_OK : PC_ERR_NO_MEMORY;
}

static const pc_income *find_same(const incomes *self, const pc_income *like)
{
    for (size_t at = 0; at < self->n; at++) {
        const pc_income *row = &self->row[at];

        if (row->source == like->source && row->kind == like->kind && row->category == like->category &&
            row->stream == like->stream && row->year == like->year) {
            return row;
        }
    }
    return NULL;
}

static pc_status on_row(void *context, long row, const pc_field *field)
{
    incomes *self = context;
    price_table *table = &self->table;
    pc_income read = {.row = row};
    const char *source = price_field(table, field, SOURCE);
    const pc_income *same;
    bool ok = source[0] != '\0', kind;

    if (!ok) {
        price_wrong(table, row, SOURCE, "found nothing, expected a name of this income");
    }
    kind = read_kind(table, row, field, &read);
    ok = read_scope(table, row, field, &read) && kind && ok;
    if (!is_all(price_field(table, field, YEAR))) {
        ok = price_year(table, row, field, YEAR, &read.year) && ok;
    }
    if (!ok) {
        return PC_OK;
    }
    if (find_source(self, source, &read.source) != PC_OK) {
        return PC_ERR_NO_MEMORY;
    }
    same = find_same(self, &read);
    if (same != NULL) {
        price_wrong(table, row, SOURCE,
                    "found %.60s again, expected one row a source, kind, category, stream and year: row %ld "
                    "is one",
                    source, same->row);
        return PC_OK;
    }
    if (pc_grow(&self->row, &table->capacity, self->n + 1, sizeof read) != PC_OK) {
        return PC_ERR_NO_MEMORY;
    }
    self->row[self->n++] = read;
    return PC_OK;
}

pc_status pc_prices_load_income(const char *path, const pc_codes *codes, pc_prices *self,
                                pc_diagnostics *diagnostics)
{
    incomes reader = {.table = {.file = path,
                                .codes = codes,
                                .diagnostics = diagnostics,
                                .column = columns,
                                .n_column = N_COLUMN}};
    pc_status status = pc_csv_read(path, path, 0, on_header, on_row, &reader, diagnostics);
    char *file = pc_copy_text(path);

    status = price_close(&reader.table, status, reader.n, PC_WARNING, "no rows, so no income");
    status = status == PC_OK && file == NULL ? PC_ERR_NO_MEMORY : status;
    if (status != PC_OK) {
        price_free_texts(reader.source, reader.n_source);
        free(reader.row);
        free(file);
        return status;
    }
    price_free_texts(self->source, self->n_source);
    free(self->income);
    free(self->income_file);
    self->source = reader.source;
    self->n_source = reader.n_source;
    self->income = reader.row;
    self->n_income = reader.n;
    self->income_file = file;
    return PC_OK;
}

const pc_income *pc_prices_find_income(const pc_prices *self, size_t source, pc_income_kind kind,
                                       int category, int stream, int year)
{
    const pc_income *best = NULL;
    int most = -1;

    for (size_t at = 0; at < self->n_income; at++) {
        const pc_income *row = &self->income[at];
        int says = (row->category >= 0) * 4 + (row->stream >= 0) * 2 + (row->year != 0);

        if (row->source == source && row->kind == kind && (row->category < 0 || row->category == category) &&
            (row->stream < 0 || row->stream == stream) && (row->year == 0 || row->year == year) &&
            says > most) {
            best = row;
            most = says;
        }
    }
    return best;
}

bool pc_prices_income_by_stream(const pc_prices *self)
{
    bool by_stream = false;

    for (size_t at = 0; at < self->n_income; at++) {
        by_stream |= self->income[at].stream >= 0;
    }
    return by_stream;
}
