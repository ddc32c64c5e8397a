/* actuals.csv: spend to date. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "scenario/budget_rows.h"
#include "scenario/price_rows.h"

enum { YEAR, LINE, KIND, AMOUNT, TO, HOLDER, N_COLUMN };

static const price_column columns[N_COLUMN] = {
    [YEAR] = {"YEAR", true, false, NULL}, [LINE] = {"LINE", true, false, NULL},
    [KIND] = {"KIND", true, false, NULL}, [AMOUNT] = {"AMOUNT", true, false, NULL},
    [TO] = {"TO", true, false, NULL},     [HOLDER] = {"HOLDER", false, false, NULL},
};

typedef struct actuals_reader {
    price_table table; /* first, so that a pointer to one is a pointer to the other */
    pc_actuals *out;
    size_t capacity;
} actuals_reader;

static pc_status on_header(void *context, const pc_csv_header *header)
{
    return price_find_columns(context, header);
}

static const char *found(const char *text)
{
    return text[0] == '\0' ? "nothing" : text;
}

static bool read_kind(price_table *table, long row, const char *text, pc_budget_kind *out)
{
    if (budget_kind_parse(text, out) && *out != PC_BUDGET_CLOSING_STATED && *out != PC_BUDGET_GAP_STATED &&
        *out != PC_BUDGET_RESERVE) {
        return true;
    }
    price_wrong(
        table, row, KIND,
        "found %.60s, expected the kind of an outturn line: opening, growth, saving, grant, inflation, "
        "pressure or modelled",
        found(text));
    return false;
}

static bool read_to(price_table *table, long row, const char *text, int year, pc_day *out)
{
    char first[PC_DAY_TEXT_SIZE], last[PC_DAY_TEXT_SIZE];

    if (!pc_day_parse(text, strlen(text), out)) {
        price_wrong(table, row, TO, "found %.60s, expected the last day of the spend, such as 2024-09-30",
                    found(text));
        return false;
    }
    if (year != 0 && pc_financial_year(*out) != year) {
        price_wrong(table, row, TO, "found %.60s, expected a day of that year, from %s to %s", text,
                    pc_day_format(pc_financial_year_first_day(year), first),
                    pc_day_format(pc_financial_year_first_day(year + 1) - 1, last));
        return false;
    }
    return true;
}

static bool is_there(const pc_actuals *self, const pc_actual *like)
{
    for (size_t r = 0; r < self->n; r++) {
        const pc_actual *row = &self->row[r];

        if (row->year == like->year && row->kind == like->kind && strcmp(row->line, like->line) == 0 &&
            strcmp(row->holder, like->holder) == 0) {
            return true;
        }
    }
    return false;
}

static pc_status on_row(void *context, long row, const pc_field *field)
{
    actuals_reader *self = context;
    price_table *table = &self->table;
    pc_actual read = {.row = row};
    const char *line = price_field(table, field, LINE), *amount = price_field(table, field, AMOUNT);
    bool ok = price_year(table, row, field, YEAR, &read.year);

    ok = read_kind(table, row, price_field(table, field, KIND), &read.kind) && ok;
    ok = read_to(table, row, price_field(table, field, TO), ok ? read.year : 0, &read.to) && ok;
    if (line[0] == '\0') {
        price_wrong(table, row, LINE, "found nothing, expected the name of an outturn line");
        ok = false;
    }
    if (!budget_pence_parse(amount, &read.pence)) {
        price_wrong(table, row, AMOUNT,
                    "found %.60s, expected pounds and pence such as 4350000 or 4350000.25", found(amount));
        ok = false;
    }
    if (!ok) {
        return PC_OK;
    }
    read.line = pc_copy_text(line);
    read.holder = pc_copy_text(price_field(table, field, HOLDER));
    if (read.line == NULL || read.holder == NULL ||
        pc_grow(&self->out->row, &self->capacity, self->out->n + 1, sizeof read) != PC_OK) {
        free(read.line);
        free(read.holder);
        return PC_ERR_NO_MEMORY;
    }
    if (is_there(self->out, &read)) {
        price_wrong(table, row, LINE, "found %.60s again, expected one row for each year, line and kind",
                    line);
    }
    self->out->row[self->out->n++] = read;
    return PC_OK;
}

pc_status pc_actuals_load(const char *path, pc_actuals *out, pc_diagnostics *diagnostics)
{
    actuals_reader self = {
        .table = {.file = path, .diagnostics = diagnostics, .column = columns, .n_column = N_COLUMN},
        .out = out};
    pc_status status;

    *out = (pc_actuals){0};
    status = pc_csv_read(path, path, 0, on_header, on_row, &self, diagnostics);
    if (status == PC_OK) {
        out->file = pc_copy_text(path);
        status = out->file == NULL ? PC_ERR_NO_MEMORY : PC_OK;
    }
    status = price_close(&self.table, status, out->n, PC_ERROR, "no rows, expected spend to date by line");
    if (status != PC_OK) {
        pc_actuals_free(out);
    }
    return status;
}

void pc_actuals_free(pc_actuals *self)
{
    if (self == NULL) {
        return;
    }
    for (size_t r = 0; r < self->n; r++) {
        free(self->row[r].line);
        free(self->row[r].holder);
    }
    free(self->row);
    free(self->file);
    *self = (pc_actuals){0};
}
