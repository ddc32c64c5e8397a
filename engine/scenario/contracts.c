/* contracts.csv: what is paid besides the weekly price of a placement. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "scenario/price_rows.h"

enum { CATEGORY, KIND, GBP, PLACES, FROM, UNTIL, PRICE_YEAR, N_COLUMN };

static const price_column columns[N_COLUMN] = {
    [CATEGORY] = {"CATEGORY", true, false, NULL},
    [KIND] = {"KIND", true, false, NULL},
    [GBP] = {"GBP", true, false, NULL},
    [PLACES] = {"PLACES", false, false, NULL},
    [FROM] = {"FROM", false, false, NULL},
    [UNTIL] = {"UNTIL", false, false, NULL},
    [PRICE_YEAR] = {"PRICE_YEAR", false, false, NULL},
};

static const char *const kinds[PC_N_CONTRACT] = {
#define CONTRACT_NAME(name, text) text,
    PC_CONTRACT_LIST(CONTRACT_NAME)
#undef CONTRACT_NAME
};

typedef struct contracts {
    price_table table; /* first, so that a pointer to one is a pointer to the other */
    int default_year;
    size_t n;
    pc_contract *row;
} contracts;

static pc_status on_header(void *context, const pc_csv_header *header)
{
    return price_find_columns(context, header);
}

static bool read_kind(price_table *table, long row, const pc_field *field, pc_contract_kind *out)
{
    const char *text = price_field(table, field, KIND);

    for (unsigned kind = 0; kind < PC_N_CONTRACT; kind++) {
        if (strcmp(text, kinds[kind]) == 0) {
            *out = (pc_contract_kind)kind;
            return true;
        }
    }
    price_wrong(table, row, KIND, "found %.60s, expected block, retainer, setup or start",
                text[0] == '\0' ? "nothing" : text);
    return false;
}

/* Places are for block contracts, and for nothing else. */
static bool read_places(price_table *table, long row, const pc_field *field, pc_contract *out)
{
    const char *text = price_field(table, field, PLACES);
    double places;

    if (out->kind != PC_CONTRACT_BLOCK) {
        if (text[0] != '\0') {
            price_wrong(table, row, PLACES, "found %.60s, expected it blank but for block contracts", text);
        }
        return text[0] == '\0';
    }
    if (!price_number(table, row, field, PLACES, 1, 100000, "", &places)) {
        return false;
    }
    out->places = (int)places;
    if (places > out->places) {
        price_wrong(table, row, PLACES, "found %.60s, expected a whole number", text);
        return false;
    }
    return true;
}

static pc_status on_row(void *context, long row, const pc_field *field)
{
    contracts *self = context;
    price_table *table = &self->table;
    pc_contract read = {.row = row, .price_year = self->default_year};
    int category;
    bool ok = price_category(table, row, field, CATEGORY, &category);

    ok = (read_kind(table, row, field, &read.kind) && read_places(table, row, field, &read)) && ok;
    ok = price_number(table, row, field, GBP, 0, PRICE_MOST_GBP, " in pounds, without a sign or commas",
                      &read.gbp) &&
         ok;
    ok = price_day(table, row, field, FROM, PC_DAY_NONE, &read.from) && ok;
    ok = price_day(table, row, field, UNTIL, PC_DAY_OPEN, &read.until) && ok;
    if (price_field(table, field, PRICE_YEAR)[0] != '\0') {
        ok = price_year(table, row, field, PRICE_YEAR, &read.price_year) && ok;
    }
    if (ok && read.from >= read.until) {
        price_wrong(table, row, UNTIL, "found %.20s, expected a day after `from` (the first day without it)",
                    price_field(table, field, UNTIL));
        ok = false;
    }
    if (ok) {
        read.category = (uint8_t)category;
        if (pc_grow(&self->row, &table->capacity, self->n + 1, sizeof read) != PC_OK) {
            return PC_ERR_NO_MEMORY;
        }
        self->row[self->n++] = read;
    }
    return PC_OK;
}

pc_status pc_prices_load_contracts(const char *path, const pc_codes *codes, int default_year, pc_prices *self,
                                   pc_diagnostics *diagnostics)
{
    contracts reader = {.table = {.file = path,
                                  .codes = codes,
                                  .diagnostics = diagnostics,
                                  .column = columns,
                                  .n_column = N_COLUMN},
                        .default_year = default_year};
    pc_status status = pc_csv_read(path, path, 0, on_header, on_row, &reader, diagnostics);

    status = price_close(&reader.table, status, reader.n, PC_WARNING,
                         "no rows, so nothing is paid besides weekly prices");
    if (status != PC_OK) {
        free(reader.row);
        return status;
    }
    free(self->contract);
    self->contract = reader.row;
    self->n_contract = reader.n;
    return PC_OK;
}
