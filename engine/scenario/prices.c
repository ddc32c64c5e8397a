/* weekly.csv: the mean weekly price by category. */
#include "placecast/prices.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "scenario/categories.h"
#include "scenario/price_rows.h"

#define MOST_A_WEEK 1e6 /* pounds; the dearest placements known cost about a twentieth of that */

enum { CATEGORY, WEEKLY_GBP, PRICE_YEAR, AGE_BAND, PROVIDER, NEED, SPREAD, FROM, N_COLUMN };

static const price_column columns[N_COLUMN] = {
    [CATEGORY] = {"CATEGORY", true, false, NULL},      [WEEKLY_GBP] = {"WEEKLY_GBP", true, false, NULL},
    [PRICE_YEAR] = {"PRICE_YEAR", false, false, NULL}, [AGE_BAND] = {"AGE_BAND", false, true, "all"},
    [PROVIDER] = {"PROVIDER", false, true, "all"},     [NEED] = {"NEED", false, true, "all"},
    [SPREAD] = {"SPREAD", false, true, "0"},           [FROM] = {"FROM", false, true, NULL},
};

typedef struct weekly {
    price_table table; /* first, so that a pointer to one is a pointer to the other */
    int default_year;
    size_t n_without_year;
} weekly;

static pc_status on_header(void *context, const pc_csv_header *header)
{
    return price_find_columns(&((weekly *)context)->table, header);
}

/* The row's category when it is known and has no price yet, else -1 and reported. */
static int read_category(price_table *table, long row, const pc_field *field)
{
    const char *text = price_field(table, field, CATEGORY);
    int category = pc_codes_find_category(table->codes, text);
    char hint[SCENARIO_CATEGORIES_SIZE];

    if (category < 0) {
        price_wrong(table, row, CATEGORY, "unknown category \"%.60s\", %s", text,
                    scenario_category_suggest(table->codes, text, hint));
    } else if (table->out->price_year[category] != 0) {
        price_wrong(table, row, CATEGORY, "found %.60s again, expected one row a category", text);
        category = -1;
    } else {
        table->out->price_year[category] = 1; /* seen, whatever else is wrong with the row */
    }
    return category;
}

static pc_status on_row(void *context, long row, const pc_field *field)
{
    weekly *self = context;
    price_table *table = &self->table;
    int category = read_category(table, row, field), year = self->default_year;
    double price = (double)NAN;
    bool given = price_field(table, field, PRICE_YEAR)[0] != '\0';
    bool ok = price_number(table, row, field, WEEKLY_GBP, 0, MOST_A_WEEK,
                           " in pounds, without a sign or commas", &price);

    if (given) {
        ok = price_year(table, row, field, PRICE_YEAR, &year) && ok;
    }
    price_refuse_not_yet(table, row, field);
    if (ok && category >= 0) {
        table->out->weekly_gbp[category] = price;
        table->out->price_year[category] = year;
        self->n_without_year += !given;
    }
    return PC_OK;
}

/* Says what was not given, so that a bill without a category is not taken for a whole one. */
static void say_what_is_missing(const weekly *self)
{
    const price_table *table = &self->table;
    char names[700] = "", year[PC_DAY_TEXT_SIZE];
    size_t at = 0, missing = 0;

    for (size_t c = 0; c < table->out->n_category; c++) {
        const char *name = table->codes->category[c].name;

        if (isnan(table->out->weekly_gbp[c])) {
            missing++;
            if (at + strlen(name) + 3 < sizeof names) {
                at += (size_t)snprintf(names + at, sizeof names - at, "%s%s", at == 0 ? "" : ", ", name);
            }
        }
    }
    if (missing > 0) {
        pc_diagnostics_add(table->diagnostics, PC_WARNING, (pc_place){.file = table->file},
                           "no price, so counted as costing nothing: %s", names);
    }
    if (self->n_without_year > 0) {
        pc_diagnostics_add(
            table->diagnostics, PC_ASSUMPTION, (pc_place){.file = table->file},
            "prices without price_year (%zu) are taken to be those of %s, the year of the start",
            self->n_without_year, pc_financial_year_format(self->default_year, year));
    }
}

static pc_status read_weekly(const char *path, const pc_codes *codes, int default_year, pc_prices *out,
                             pc_diagnostics *diagnostics)
{
    weekly self = {.table = {.file = path,
                             .codes = codes,
                             .out = out,
                             .diagnostics = diagnostics,
                             .column = columns,
                             .n_column = N_COLUMN},
                   .default_year = default_year};
    pc_status status = pc_csv_read(path, path, 0, on_header, on_row, &self, diagnostics);
    size_t n_price = 0;

    for (size_t c = 0; c < out->n_category; c++) {
        n_price += isnan(out->weekly_gbp[c]) ? 0U : 1U;
        out->price_year[c] = isnan(out->weekly_gbp[c]) ? default_year : out->price_year[c];
    }
    if (status == PC_OK && self.table.n_error == 0 && n_price == 0) {
        pc_diagnostics_add(diagnostics, PC_ERROR, (pc_place){.file = path},
                           "no rows, expected a price a category");
        return PC_ERR_INPUT;
    }
    if (status == PC_OK && self.table.n_error == 0) {
        say_what_is_missing(&self);
    }
    return status == PC_OK && self.table.n_error > 0 ? PC_ERR_INPUT : status;
}

static pc_status allocate(pc_prices *out, size_t n_category)
{
    memset(out, 0, sizeof *out);
    out->n_category = n_category;
    out->weekly_gbp = pc_new(n_category, sizeof *out->weekly_gbp);
    out->price_year = pc_new_zero(n_category, sizeof *out->price_year);
    if (out->weekly_gbp == NULL || out->price_year == NULL) {
        pc_prices_free(out);
        return PC_ERR_NO_MEMORY;
    }
    for (size_t c = 0; c < n_category; c++) {
        out->weekly_gbp[c] = (double)NAN;
    }
    return PC_OK;
}

pc_status pc_prices_load(const char *weekly_path, const char *inflation, const pc_codes *codes,
                         int default_year, pc_prices *out, pc_diagnostics *diagnostics)
{
    pc_status status = allocate(out, codes->n_category);

    if (status != PC_OK) {
        return status;
    }
    status = read_weekly(weekly_path, codes, default_year, out, diagnostics);
    /* Both tables are read even if the first is wrong: every problem at once. */
    if (inflation != NULL && status != PC_ERR_NO_MEMORY) {
        price_table table = {.file = inflation, .codes = codes, .out = out, .diagnostics = diagnostics};
        pc_status second = price_read_inflation(&table);

        status = status == PC_OK || second == PC_ERR_NO_MEMORY ? second : status;
    } else if (status == PC_OK) {
        pc_diagnostics_add(diagnostics, PC_ASSUMPTION, (pc_place){.file = weekly_path},
                           "no inflation given: prices stay as they are");
    }
    if (status != PC_OK) {
        pc_prices_free(out);
    }
    return status;
}

void pc_prices_free(pc_prices *self)
{
    if (self == NULL) {
        return;
    }
    free(self->weekly_gbp);
    free(self->price_year);
    free(self->inflation);
    memset(self, 0, sizeof *self);
}
