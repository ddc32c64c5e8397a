#include "base/csv_rows.h"

#include <csv.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/regular_file.h"

#define DEFAULT_CHUNK ((size_t)65536)
#define MAX_ROW_BYTES ((size_t)1 << 22)

typedef struct reader {
    struct csv_parser parser;
    const char *shown;
    pc_csv_header_function on_header;
    pc_csv_row_function on_row;
    void *context;
    pc_diagnostics *diagnostics;
    pc_status status; /* the first failure; later callbacks do nothing */
    pc_csv_header header;
    int header_seen;
    long row;            /* rows finished so far */
    int last_terminator; /* to count CRLF once */
    char *bytes;         /* the fields of this row, each with its NUL */
    size_t n_bytes, bytes_capacity;
    size_t start[PC_CSV_MAX_COLUMNS];
    size_t length[PC_CSV_MAX_COLUMNS];
    size_t n_field; /* may pass PC_CSV_MAX_COLUMNS: only counted then */
    int surplus_reported;
} reader;

static void fail(reader *self, pc_status status, const char *text)
{
    if (self->status == PC_OK) {
        self->status = status;
        pc_diagnostics_add(self->diagnostics, PC_ERROR,
                           (pc_place){.file = self->shown, .line = self->row + 1}, "%s", text);
    }
}

/* ASCII only: isspace and toupper follow the caller's locale (in a Turkish one "i" has no upper-case "I"). */
static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static char upper(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

/* libcsv grows its buffer through this: the bound on one field. */
static void *bounded_realloc(void *old, size_t size)
{
    return size > PC_CSV_MAX_FIELD ? NULL : realloc(old, size);
}

static void on_field(void *bytes, size_t length, void *context)
{
    reader *self = context;
    const char *text = bytes;

    if (self->status != PC_OK) {
        return;
    }
    if (self->n_field >= PC_CSV_MAX_COLUMNS) {
        self->n_field++;
        return;
    }
    while (length > 0 && is_blank(text[0])) {
        text++;
        length--;
    }
    while (length > 0 && is_blank(text[length - 1])) {
        length--;
    }
    if (self->n_bytes + length + 1 > MAX_ROW_BYTES) {
        fail(self, PC_ERR_INPUT, "row longer than 4 MiB, expected a row of an SSDA903 or scenario table");
        return;
    }
    if (pc_grow(&self->bytes, &self->bytes_capacity, self->n_bytes + length + 1, 1) != PC_OK) {
        fail(self, PC_ERR_NO_MEMORY, "out of memory");
        return;
    }
    if (length > 0) {
        memcpy(self->bytes + self->n_bytes, text, length);
    }
    self->bytes[self->n_bytes + length] = '\0';
    self->start[self->n_field] = self->n_bytes;
    self->length[self->n_field] = length;
    self->n_bytes += length + 1;
    self->n_field++;
}

static void take_header(reader *self)
{
    if (self->n_field > PC_CSV_MAX_COLUMNS) {
        fail(self, PC_ERR_INPUT, "more than 512 columns");
        return;
    }
    self->header.name = pc_new_zero(self->n_field, sizeof *self->header.name);
    if (self->header.name == NULL) {
        fail(self, PC_ERR_NO_MEMORY, "out of memory");
        return;
    }
    for (size_t column = 0; column < self->n_field; column++) {
        char *name = pc_copy_bytes_as_text(self->bytes + self->start[column], self->length[column]);

        if (name == NULL) {
            fail(self, PC_ERR_NO_MEMORY, "out of memory");
            return;
        }
        for (char *c = name; *c != '\0'; c++) {
            *c = upper(*c);
        }
        self->header.name[column] = name;
        self->header.n_column = column + 1;
    }
    self->header_seen = 1;
    self->status = self->on_header(self->context, &self->header);
}

static void take_row(reader *self)
{
    static const pc_field empty = {"", 0};
    pc_field field[PC_CSV_MAX_COLUMNS];

    for (size_t column = 0; column < self->header.n_column; column++) {
        field[column] = column < self->n_field
                            ? (pc_field){self->bytes + self->start[column], self->length[column]}
                            : empty;
    }
    if (self->n_field > self->header.n_column && !self->surplus_reported) {
        self->surplus_reported = 1;
        pc_diagnostics_add(
            self->diagnostics, PC_WARNING, (pc_place){.file = self->shown, .line = self->row + 1},
            "%zu fields, expected the %zu of the header; the surplus is ignored, here and in later rows",
            self->n_field, self->header.n_column);
    }
    self->status = self->on_row(self->context, self->row + 1, field);
}

static int row_is_blank(const reader *self)
{
    size_t column = 0;

    while (column < self->n_field && column < PC_CSV_MAX_COLUMNS && self->length[column] == 0) {
        column++;
    }
    return column == self->n_field; /* fields beyond the bound are not kept: they count as filled */
}

static void on_row_end(int terminator, void *context)
{
    reader *self = context;
    int second_of_crlf = terminator == '\n' && self->last_terminator == '\r' && self->n_field == 0;

    self->last_terminator = terminator;
    if (self->status != PC_OK || second_of_crlf) {
        return;
    }
    if (!row_is_blank(self)) {
        if (self->header_seen) {
            take_row(self);
        } else {
            take_header(self);
        }
    }
    self->row++;
    self->n_bytes = 0;
    self->n_field = 0;
}

static pc_status reader_init(reader *self, const char *shown, pc_csv_header_function on_header,
                             pc_csv_row_function on_row, void *context, pc_diagnostics *diagnostics)
{
    memset(self, 0, sizeof *self);
    self->shown = shown;
    self->on_header = on_header;
    self->on_row = on_row;
    self->context = context;
    self->diagnostics = diagnostics;
    if (csv_init(&self->parser, CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL) != 0) {
        return PC_ERR_NO_MEMORY;
    }
    csv_set_realloc_func(&self->parser, bounded_realloc);
    csv_set_blk_size(&self->parser, 4096);
    return PC_OK;
}

static void report_parse_error(reader *self)
{
    if (csv_error(&self->parser) == CSV_ENOMEM) {
        if (csv_get_buffer_size(&self->parser) + 8192 > PC_CSV_MAX_FIELD) {
            fail(self, PC_ERR_INPUT, "field longer than 1 MiB (a quote that is never closed?)");
        } else {
            fail(self, PC_ERR_NO_MEMORY, "out of memory");
        }
    } else {
        fail(self, PC_ERR_INPUT,
             "misplaced quotation mark, expected it around a whole field and doubled inside one");
    }
}

static void feed(reader *self, const char *bytes, size_t size)
{
    const char *nul = size == 0 ? NULL : memchr(bytes, '\0', size);
    size_t good = nul == NULL ? size : (size_t)(nul - bytes);

    if (csv_parse(&self->parser, bytes, good, on_field, on_row_end, self) != good) {
        report_parse_error(self);
    } else if (nul != NULL) {
        fail(self, PC_ERR_INPUT,
             "NUL byte, expected text in UTF-8 (saved as \"Unicode text\"? save as CSV UTF-8)");
    }
}

static pc_status reader_finish(reader *self)
{
    if (self->status == PC_OK && csv_fini(&self->parser, on_field, on_row_end, self) != 0) {
        if (csv_error(&self->parser) == CSV_EPARSE) {
            fail(self, PC_ERR_INPUT, "quotation mark that is never closed, expected it around a whole field");
        } else {
            report_parse_error(self);
        }
    }
    if (self->status == PC_OK && !self->header_seen) {
        self->row = 0;
        fail(self, PC_ERR_INPUT, "no header row");
    }
    for (size_t column = 0; column < self->header.n_column; column++) {
        free(self->header.name[column]);
    }
    free(self->header.name);
    free(self->bytes);
    csv_free(&self->parser);
    return self->status;
}

static size_t skip_byte_order_mark(const char *bytes, size_t size)
{
    return size >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
}

pc_status pc_csv_read_bytes(const void *bytes, size_t size, const char *shown, size_t chunk,
                            pc_csv_header_function on_header, pc_csv_row_function on_row, void *context,
                            pc_diagnostics *diagnostics)
{
    reader self;
    const char *text = bytes;
    size_t at = skip_byte_order_mark(text, size);
    size_t step = chunk == 0 ? DEFAULT_CHUNK : chunk;
    pc_status status = reader_init(&self, shown, on_header, on_row, context, diagnostics);

    if (status != PC_OK) {
        return status;
    }
    while (at < size && self.status == PC_OK) {
        size_t n = size - at < step ? size - at : step;

        feed(&self, text + at, n);
        at += n;
    }
    return reader_finish(&self);
}

pc_status pc_csv_read(const char *path, const char *shown, size_t chunk, pc_csv_header_function on_header,
                      pc_csv_row_function on_row, void *context, pc_diagnostics *diagnostics)
{
    reader self;
    size_t step = chunk == 0 ? DEFAULT_CHUNK : chunk, n;
    int first = 1;
    char *buffer = pc_new(step + 3, 1);
    FILE *stream = NULL;
    pc_status status = buffer == NULL ? PC_ERR_NO_MEMORY : PC_OK;

    if (status == PC_OK) {
        errno = 0;
        stream = pc_open_regular(path, shown, "", diagnostics);
        status = stream != NULL ? PC_OK : errno == ENOMEM ? PC_ERR_NO_MEMORY : PC_ERR_IO;
    }
    if (status == PC_OK) {
        status = reader_init(&self, shown, on_header, on_row, context, diagnostics);
    }
    if (status == PC_OK) {
        while (self.status == PC_OK && (n = fread(buffer, 1, first ? step + 3 : step, stream)) > 0) {
            size_t skip = first ? skip_byte_order_mark(buffer, n) : 0;

            feed(&self, buffer + skip, n - skip);
            first = 0;
        }
        if (self.status == PC_OK && ferror(stream)) {
            fail(&self, PC_ERR_IO, "reading stopped: input/output error");
        }
        status = reader_finish(&self);
    }
    if (stream != NULL) {
        fclose(stream);
    }
    free(buffer);
    return status;
}

int pc_csv_column(const pc_csv_header *header, const char *name)
{
    for (size_t column = 0; column < header->n_column; column++) {
        if (strcmp(header->name[column], name) == 0) {
            return (int)column;
        }
    }
    return -1;
}
