/* inflation.csv: growth of prices by category and financial year. */
#include <string.h>

#include "base/memory.h"
#include "scenario/categories.h"
#include "scenario/price_rows.h"

enum { CATEGORY, YEAR, LOW, LIKELY, HIGH, N_COLUMN };

static const price_column columns[N_COLUMN] = {
    [CATEGORY] = {"CATEGORY", true, false, NULL}, [YEAR] = {"YEAR", true, false, NULL},
    [LOW] = {"LOW", true, false, NULL},           [LIKELY] = {"LIKELY", true, false, NULL},
    [HIGH] = {"HIGH", true, false, NULL},
};

/* A category's number, -1 for `all`. */
static bool read_category(price_table *self, long row, const pc_field *field, int *out)
{
    const char *text = price_field(self, field, CATEGORY);
    char hint[SCENARIO_CATEGORIES_SIZE];

    *out = strcmp(text, "all") == 0 ? -1 : pc_codes_find_category(self->codes, text);
    if (*out < 0 && strcmp(text, "all") != 0) {
        price_wrong(self, row, CATEGORY, "unknown category \"%.60s\", %s (or all)", text,
                    scenario_category_suggest(self->codes, text, hint));
        return false;
    }
    return true;
}

static const pc_inflation *find_row(const pc_prices *prices, int category, int year)
{
    for (size_t i = 0; i < prices->n_inflation; i++) {
        if (prices->inflation[i].category == category && prices->inflation[i].year == year) {
            return &prices->inflation[i];
        }
    }
    return NULL;
}

/* Fractions: 5 for 5% is out of bounds. */
static bool read_growth(price_table *self, long row, const pc_field *field, pc_inflation *out)
{
    static const char *const hint = " (5% is 0.05)";
    bool ok = price_number(self, row, field, LOW, -0.5, 1, hint, &out->low);

    ok = price_number(self, row, field, LIKELY, -0.5, 1, hint, &out->likely) && ok;
    ok = price_number(self, row, field, HIGH, -0.5, 1, hint, &out->high) && ok;
    if (ok && !(out->low <= out->likely && out->likely <= out->high)) {
        price_wrong(
            self, row, LIKELY, "found low %.40s, likely %.40s, high %.40s, expected them in ascending order",
            price_field(self, field, LOW), price_field(self, field, LIKELY), price_field(self, field, HIGH));
        return false;
    }
    return ok;
}

static pc_status on_header(void *context, const pc_csv_header *header)
{
    return price_find_columns(context, header);
}

static pc_status on_row(void *context, long row, const pc_field *field)
{
    price_table *self = context;
    pc_prices *prices = self->out;
    pc_inflation read;
    char year[PC_DAY_TEXT_SIZE];
    bool ok = read_category(self, row, field, &read.category);

    ok = price_year(self, row, field, YEAR, &read.year) && ok;
    ok = read_growth(self, row, field, &read) && ok;
    if (ok && find_row(prices, read.category, read.year) != NULL) {
        price_wrong(self, row, YEAR, "found %s again for %.60s, expected one row a category and year",
                    pc_financial_year_format(read.year, year), price_field(self, field, CATEGORY));
        ok = false;
    }
    if (ok) {
        if (pc_grow(&prices->inflation, &self->capacity, prices->n_inflation + 1,
                    sizeof *prices->inflation) != PC_OK) {
            return PC_ERR_NO_MEMORY;
        }
        prices->inflation[prices->n_inflation++] = read;
    }
    return PC_OK;
}

pc_status price_read_inflation(price_table *self)
{
    pc_status status;

    self->column = columns;
    self->n_column = N_COLUMN;
    status = pc_csv_read(self->file, self->file, 0, on_header, on_row, self, self->diagnostics);
    return price_close(self, status, self->out->n_inflation, PC_WARNING,
                       "no rows, so prices stay as they are");
}
