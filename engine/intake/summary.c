/* summary.c - reads stock.csv, starts.csv and ceases.csv. */
#include "placecast/summary.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/csv_rows.h"
#include "base/memory.h"
#include "base/number_text.h"
#include "intake/summary_seed.h"

#define MOST 1000000
#define ALL_AGES ((1U << PC_SUMMARY_N_AGE) - 1)

enum { WHEN, CATEGORY, AGE_BAND, PROVIDER, STREAM, CHILDREN, N_COLUMN };

typedef struct reader {
    const pc_codes *codes;
    const summary_seed *seed;
    pc_summary *out;
    size_t capacity;
    pc_diagnostics *diagnostics;
    const char *shown;
    pc_summary_kind kind;
    int column[N_COLUMN];
    size_t first; /* row of this file in out */
    bool failed;
} reader;

static const char *column_name(const reader *self, int column)
{
    static const char *const name[N_COLUMN] = {"YEAR",     "CATEGORY", "AGE_BAND",
                                               "PROVIDER", "STREAM",   "CHILDREN"};

    return column == WHEN && self->kind == PC_SUMMARY_STOCK ? "DATE" : name[column];
}

static void wrong(reader *self, long row, int column, const char *found, const char *expected)
{
    self->failed = true;
    pc_diagnostics_add(self->diagnostics, PC_ERROR,
                       (pc_place){self->shown, row, 0, column_name(self, column)}, "found %.60s, expected %s",
                       found[0] == '\0' ? "nothing" : found, expected);
}

static pc_status on_header(void *context, const pc_csv_header *header)
{
    reader *self = context;
    bool stock = self->kind == PC_SUMMARY_STOCK;
    const bool required[N_COLUMN] = {true, stock, true, stock, !stock, true};
    bool complete = true;

    for (int column = 0; column < N_COLUMN; column++) {
        self->column[column] = pc_csv_column(header, column_name(self, column));
        if (self->column[column] < 0 && required[column]) {
            complete = false;
            wrong(self, 1, column, "no such column",
                  stock ? "date, category, age_band, provider, children"
                        : "year, age_band, stream, children");
        }
    }
    return complete ? PC_OK : PC_ERR_INPUT;
}

static const char *text_of(const reader *self, const pc_field *field, int column)
{
    return self->column[column] < 0 ? "" : field[self->column[column]].text;
}

static bool is_all(const char *text)
{
    return text[0] == '\0' || strcasecmp(text, "all") == 0;
}

static unsigned category_bits(const reader *self, const char *text)
{
    int category = pc_codes_find_category(self->codes, text);

    return category >= 0                      ? 1U << category
           : strcmp(text, "foster") == 0      ? self->seed->foster
           : strcmp(text, "residential") == 0 ? self->seed->residential
                                              : 0U;
}

/* Bands of the national tables; 16 and 17 apart in ceases. */
static unsigned age_bits(pc_summary_kind kind, const char *text)
{
    static const struct {
        const char *text;
        unsigned bits;
    } known[] = {{"0", 1},     {"1-4", 2}, {"5-9", 4}, {"10-15", 8}, {"16-17", 48},
                 {"16+", 112}, {"16", 16}, {"17", 32}, {"18+", 64}};

    for (size_t a = 0; a < sizeof known / sizeof known[0]; a++) {
        if (strcmp(known[a].text, text) == 0) {
            return kind == PC_SUMMARY_CEASES || a < 5 ? known[a].bits : a == 5 ? 48U : 0U;
        }
    }
    return 0;
}

static unsigned bits_of(const reader *self, int column, const char *text)
{
    int provider;

    switch (column) {
    case CATEGORY:
        return category_bits(self, text);
    case AGE_BAND:
        return age_bits(self->kind, text);
    case PROVIDER:
        provider = summary_provider_of(text);
        return provider < 0 ? 0U : 1U << provider;
    default:
        return strcmp(text, "local") == 0 ? 1U : strcmp(text, "uasc") == 0 ? 2U : 0U;
    }
}

static bool read_when(reader *self, long row, const char *text, pc_day *out)
{
    int year;

    if (self->kind == PC_SUMMARY_STOCK) {
        if (pc_day_parse(text, strlen(text), out)) {
            return true;
        }
        wrong(self, row, WHEN, text, "a date such as 2024-03-31");
        return false;
    }
    if (pc_financial_year_parse(text, strlen(text), &year)) {
        *out = pc_financial_year_first_day(year + 1) - 1;
        return true;
    }
    wrong(self, row, WHEN, text, "a financial year such as 2023/24");
    return false;
}

static bool read_children(reader *self, long row, const char *text, int32_t *out)
{
    static const char *const none[] = {"z", ":", ".", "..", "NA", ""};
    int64_t children;

    if (pc_integer_parse(text, strlen(text), &children) && children >= 0 && children <= MOST) {
        *out = (int32_t)children;
        return true;
    }
    *out = PC_PANEL_NO_FIGURE;
    for (size_t n = 0; n < sizeof none / sizeof none[0]; n++) {
        if (strcasecmp(none[n], text) == 0) {
            return true;
        }
    }
    *out = PC_PANEL_SUPPRESSED;
    if (strlen(text) == 1 && strchr("cxkCXK", text[0]) != NULL) {
        return true;
    }
    wrong(self, row, CHILDREN, text, "a whole number, or a mark (c, x, k, z, `:`) for a figure kept back");
    return false;
}

/* The one column of the row that is not `all`; false and said when there are several, or it is unknown. */
static bool read_margin(reader *self, long row, const pc_field *field, pc_summary_row *out)
{
    static const char *const expected[N_COLUMN] = {
        [CATEGORY] = "a category of the code map, foster, residential or all",
        [AGE_BAND] = "0, 1-4, 5-9, 10-15, 16-17 or all (ceases: 16, 17, 18+ too)",
        [PROVIDER] = "PR0 to PR5, none or all",
        [STREAM] = "local, uasc or all"};

    out->margin = PC_SUMMARY_TOTAL;
    for (int column = CATEGORY; column <= STREAM; column++) {
        const char *text = text_of(self, field, column);

        if (is_all(text)) {
            continue;
        }
        if (out->margin != PC_SUMMARY_TOTAL) {
            wrong(self, row, column, text,
                  "all: published margins are not crossed, one column of a row tells what it is about");
            return false;
        }
        out->margin = (pc_summary_margin)(PC_SUMMARY_BY_CATEGORY + (column - CATEGORY));
        out->which = bits_of(self, column, text);
        if (out->which == 0) {
            wrong(self, row, column, text, expected[column]);
            return false;
        }
    }
    return true;
}

static pc_status on_row(void *context, long row, const pc_field *field)
{
    reader *self = context;
    pc_summary *out = self->out;
    pc_summary_row read = {.kind = self->kind, .row = row};
    bool ok = read_when(self, row, text_of(self, field, WHEN), &read.date);

    ok = read_margin(self, row, field, &read) && ok;
    ok = read_children(self, row, text_of(self, field, CHILDREN), &read.children) && ok;
    if (!ok) {
        return PC_OK;
    }
    for (size_t r = self->first; r < out->n; r++) {
        const pc_summary_row *before = &out->row[r];

        if (before->date == read.date && before->margin == read.margin &&
            ((before->which & read.which) != 0 || read.margin == PC_SUMMARY_TOTAL)) {
            self->failed = true;
            pc_diagnostics_add(self->diagnostics, PC_ERROR, (pc_place){self->shown, row, 0, NULL},
                               "row %ld counts the same children, expected each once", before->row);
            return PC_OK;
        }
    }
    if (pc_grow(&out->row, &self->capacity, out->n + 1, sizeof *out->row) != PC_OK) {
        return PC_ERR_NO_MEMORY;
    }
    out->row[out->n++] = read;
    out->n_missing += read.children < 0;
    return PC_OK;
}

pc_status pc_summary_read(const char *folder, const pc_codes *codes, pc_summary *out,
                          pc_diagnostics *diagnostics)
{
    static const char *const name[PC_N_SUMMARY_KIND] = {"stock.csv", "starts.csv", "ceases.csv"};
    summary_seed *seed = pc_new_zero(1, sizeof *seed);
    reader self = {.codes = codes, .seed = seed, .out = out, .diagnostics = diagnostics};
    pc_status status;

    memset(out, 0, sizeof *out);
    status = seed == NULL ? PC_ERR_NO_MEMORY : summary_seed_load(codes, seed, diagnostics);
    out->folder = pc_copy_text(folder);
    status = status == PC_OK && out->folder == NULL ? PC_ERR_NO_MEMORY : status;
    for (int kind = 0; kind < PC_N_SUMMARY_KIND && (status == PC_OK || status == PC_ERR_INPUT); kind++) {
        char *path = pc_format_text("%s/%s", folder, name[kind]);
        pc_status one;

        self.kind = (pc_summary_kind)kind;
        self.shown = path;
        self.first = out->n;
        one = path == NULL ? PC_ERR_NO_MEMORY
                           : pc_csv_read(path, path, 0, on_header, on_row, &self, diagnostics);
        free(path);
        status = status == PC_OK || one == PC_ERR_NO_MEMORY ? one : status;
    }
    free(seed);
    if (status == PC_OK && self.failed) {
        status = PC_ERR_INPUT;
    }
    if (status == PC_OK && (out->n == 0 || out->row[0].kind != PC_SUMMARY_STOCK)) {
        pc_diagnostics_add(diagnostics, PC_ERROR, (pc_place){.file = folder},
                           "stock.csv has no rows, expected children in care at 31 March");
        status = PC_ERR_NO_DATA;
    }
    if (status != PC_OK) {
        pc_summary_free(out);
    }
    return status;
}

void pc_summary_free(pc_summary *self)
{
    if (self != NULL) {
        free(self->folder);
        free(self->row);
        memset(self, 0, sizeof *self);
    }
}
