/* weekly.csv: weekly prices by category and, where given, age band, provider, need and first day. */
#include "placecast/prices.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "scenario/categories.h"
#include "scenario/price_rows.h"

#define MOST_SPREAD 10.0 /* the dearest placements known are about ten times the mean of their kind */

enum { CATEGORY, WEEKLY_GBP, PRICE_YEAR, AGE_BAND, PROVIDER, NEED, SPREAD, FROM, N_COLUMN };

static const price_column columns[N_COLUMN] = {
    [CATEGORY] = {"CATEGORY", true, false, NULL},      [WEEKLY_GBP] = {"WEEKLY_GBP", true, false, NULL},
    [PRICE_YEAR] = {"PRICE_YEAR", false, false, NULL}, [AGE_BAND] = {"AGE_BAND", false, false, NULL},
    [PROVIDER] = {"PROVIDER", false, false, NULL},     [NEED] = {"NEED", false, false, NULL},
    [SPREAD] = {"SPREAD", false, false, NULL},         [FROM] = {"FROM", false, false, NULL},
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

/* The conditions of a row; false and reported when one is wrong. */
static bool read_conditions(price_table *table, long row, const pc_field *field, pc_price_row *out)
{
    const char *age = price_field(table, field, AGE_BAND), *provider = price_field(table, field, PROVIDER);
    bool ok = price_need(table, row, field, NEED, &out->need);
    bool any_age = age[0] == '\0' || strcmp(age, "all") == 0;
    bool any_provider = provider[0] == '\0' || strcmp(provider, "all") == 0;

    out->age_band = -1;
    for (int band = 0; band < PC_N_AGE_BAND; band++) {
        if (strcmp(age, pc_age_band_name(band)) == 0) {
            out->age_band = (int8_t)band;
        }
    }
    if (!any_age && out->age_band < 0) {
        price_wrong(table, row, AGE_BAND, "found %.60s, expected 0, 1-4, 5-9, 10-15, 16-17 or all", age);
        ok = false;
    }
    out->provider = (int8_t)(any_provider ? -1 : pc_provider_number(provider));
    if (!any_provider && out->provider < 0) {
        price_wrong(table, row, PROVIDER, "found %.60s, expected PR0 to PR5 or all", provider);
        ok = false;
    }
    return price_day(table, row, field, FROM, PC_DAY_NONE, &out->from) && ok;
}

static bool same_conditions(const pc_price_row *a, const pc_price_row *b)
{
    return a->category == b->category && a->age_band == b->age_band && a->provider == b->provider &&
           a->need == b->need;
}

static int n_condition(const pc_price_row *row)
{
    return (row->age_band >= 0) + (row->provider >= 0) + (row->need > 0);
}

/* Some child meets both, and neither says more of it than the other: it is not settled which counts. */
static bool rivals(const pc_price_row *a, const pc_price_row *b)
{
    return a->category == b->category && !same_conditions(a, b) && n_condition(a) == n_condition(b) &&
           (a->age_band < 0 || b->age_band < 0 || a->age_band == b->age_band) &&
           (a->provider < 0 || b->provider < 0 || a->provider == b->provider) &&
           (a->need == 0 || b->need == 0 || a->need == b->need);
}

/* Whether there is a row with the conditions of both. */
static bool is_settled(const pc_prices *out, const pc_price_row *a, const pc_price_row *b)
{
    pc_price_row both = *a;

    both.age_band = a->age_band < 0 ? b->age_band : a->age_band;
    both.provider = a->provider < 0 ? b->provider : a->provider;
    both.need = a->need == 0 ? b->need : a->need;
    for (size_t at = 0; at < out->n_row; at++) {
        if (same_conditions(&out->row[at], &both)) {
            return true;
        }
    }
    return false;
}

/* Each row against those before it, while the rows stand as in the file. */
static void refuse_rivals(price_table *table)
{
    const pc_prices *out = table->out;

    for (size_t at = 1; at < out->n_row; at++) {
        for (size_t other = 0; other < at; other++) {
            if (rivals(&out->row[at], &out->row[other]) &&
                !is_settled(out, &out->row[at], &out->row[other])) {
                price_wrong(table, out->row[at].row, CATEGORY,
                            "a child in %.60s may fit this row and row %ld, and neither says more of it: "
                            "expected a row that has the conditions of both",
                            table->codes->category[out->row[at].category].name, out->row[other].row);
                break;
            }
        }
    }
}

/* False and reported when another row says something else of the same children. */
static bool check_others(price_table *table, long row, const pc_price_row *read, const char *category)
{
    const pc_prices *out = table->out;

    for (size_t at = 0; at < out->n_row; at++) {
        const pc_price_row *other = &out->row[at];

        if (same_conditions(read, other) && read->from == other->from) {
            price_wrong(table, row, CATEGORY,
                        "found %.60s again, expected one row a category, age band, provider, need and first "
                        "day: row %ld is one",
                        category, other->row);
            return false;
        }
    }
    return true;
}

static pc_status add_row(price_table *table, const pc_price_row *read)
{
    pc_prices *out = table->out;

    if (pc_grow(&out->row, &table->capacity, out->n_row + 1, sizeof *out->row) != PC_OK) {
        return PC_ERR_NO_MEMORY;
    }
    out->row[out->n_row++] = *read;
    return PC_OK;
}

static pc_status on_row(void *context, long row, const pc_field *field)
{
    weekly *self = context;
    price_table *table = &self->table;
    pc_price_row read = {.row = row, .weekly_gbp = (double)NAN};
    bool given = price_field(table, field, PRICE_YEAR)[0] != '\0', ok, known;
    int category;

    known = price_category(table, row, field, CATEGORY, &category);
    ok = price_number(table, row, field, WEEKLY_GBP, 0, PRICE_MOST_GBP,
                      " in pounds, without a sign or commas", &read.weekly_gbp);
    if (price_field(table, field, SPREAD)[0] != '\0') {
        ok = price_number(table, row, field, SPREAD, 0, MOST_SPREAD,
                          ": standard deviation over mean (30% is 0.3)", &read.spread) &&
             ok;
    }
    known = read_conditions(table, row, field, &read) && known;
    read.price_year = read.from == PC_DAY_NONE ? self->default_year : pc_financial_year(read.from);
    if (given) {
        ok = price_year(table, row, field, PRICE_YEAR, &read.price_year) && ok;
    }
    if (known) {
        read.category = (uint8_t)category;
        known = check_others(table, row, &read, price_field(table, field, CATEGORY));
    }
    if (!known) {
        return PC_OK;
    }
    self->n_without_year += ok && !given && read.from == PC_DAY_NONE;
    return add_row(table, &read); /* also when its price is wrong: the same row must not come again */
}

/* Rows that say more of a child come first, and of the same conditions the latest first day. */
static int by_precedence(const void *left, const void *right)
{
    const pc_price_row *a = left, *b = right;
    int more = n_condition(b) - n_condition(a);

    if (a->category != b->category) {
        return a->category < b->category ? -1 : 1;
    }
    if (more != 0) {
        return more;
    }
    if (a->age_band != b->age_band) {
        return a->age_band < b->age_band ? -1 : 1;
    }
    if (a->provider != b->provider) {
        return a->provider < b->provider ? -1 : 1;
    }
    if (a->need != b->need) {
        return a->need < b->need ? -1 : 1;
    }
    return (a->from < b->from) - (a->from > b->from);
}

/* The mean of a category as far as the table tells: the price for all its children, else the mean of its
 * rows; pc_prices_match weighs them by the children in care. */
static void set_mean(pc_prices *out, size_t category, int default_year)
{
    size_t first = out->row_at[category], end = out->row_at[category + 1];
    double sum = 0.0;

    out->price_year[category] = end > first ? out->row[first].price_year : default_year;
    for (size_t at = first; at < end; at++) {
        sum += out->row[at].weekly_gbp;
    }
    if (end > first) {
        out->weekly_gbp[category] = sum / (double)(end - first);
    }
    for (size_t at = first; at < end;
         at++) { /* ordered: the last is the earliest of those for all children */
        if (n_condition(&out->row[at]) == 0) {
            out->weekly_gbp[category] = out->row[at].weekly_gbp;
            out->price_year[category] = out->row[at].price_year;
        }
    }
    out->plain[category] =
        end == first || (end == first + 1 && n_condition(&out->row[first]) == 0 &&
                         out->row[first].from == PC_DAY_NONE && !(out->row[first].spread > 0.0));
}

static void arrange(pc_prices *out, int default_year)
{
    if (out->n_row > 0) {
        qsort(out->row, out->n_row, sizeof *out->row, by_precedence);
    }
    for (size_t category = 0, at = 0; category <= out->n_category; category++) {
        while (at < out->n_row && out->row[at].category < category) {
            at++;
        }
        out->row_at[category] = at;
    }
    for (size_t category = 0; category < out->n_category; category++) {
        set_mean(out, category, default_year);
    }
}

/* Some child of the category whom no row fits, in words; NULL when all have a price. */
static const char *without_price(const pc_prices *out, size_t category, char words[80])
{
    char provider_text[12] = "unknown", need_text[12] = "unknown";

    for (int age = 0; age < PC_N_AGE_BAND; age++) {
        for (int provider = -1; provider < PC_N_PROVIDER; provider++) {
            for (int need = 0; need < PC_N_NEED; need++) {
                if (pc_prices_find(out, category, age, provider, need, PC_DAY_OPEN) != NULL) {
                    continue;
                }
                if (provider >= 0) {
                    snprintf(provider_text, sizeof provider_text, "PR%d", provider);
                }
                if (need > 0) {
                    snprintf(need_text, sizeof need_text, "N%d", need);
                }
                snprintf(words, 80, "age %s, provider %s, need %s", pc_age_band_name(age), provider_text,
                         need_text);
                return words;
            }
        }
    }
    return NULL;
}

/* Says what was not given, so that a bill without a category is not taken for a whole one. */
static void say_what_is_missing(const weekly *self)
{
    const price_table *table = &self->table;
    char names[700] = "", year[PC_DAY_TEXT_SIZE], words[80];
    size_t at = 0, missing = 0;

    for (size_t c = 0; c < table->out->n_category; c++) {
        const char *name = table->codes->category[c].name;

        if (isnan(table->out->weekly_gbp[c])) {
            missing++;
            if (at + strlen(name) + 3 < sizeof names) {
                at += (size_t)snprintf(names + at, sizeof names - at, "%s%s", at == 0 ? "" : ", ", name);
            }
        } else if (without_price(table->out, c, words) != NULL) {
            pc_diagnostics_add(table->diagnostics, PC_WARNING, (pc_place){.file = table->file},
                               "no price for some children in %s, so they are counted as costing nothing "
                               "(%s): a row for all of them is missing",
                               name, words);
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

    if (status == PC_OK) {
        refuse_rivals(&self.table);
    }
    status = price_close(&self.table, status, out->n_row, PC_ERROR, "no rows, expected a price a category");
    if (status == PC_OK) {
        arrange(out, default_year);
        say_what_is_missing(&self);
    }
    return status;
}

static pc_status allocate(pc_prices *out, size_t n_category)
{
    memset(out, 0, sizeof *out);
    out->n_category = n_category;
    out->weekly_gbp = pc_new(n_category, sizeof *out->weekly_gbp);
    out->price_year = pc_new_zero(n_category, sizeof *out->price_year);
    out->row_at = pc_new_zero(n_category + 1, sizeof *out->row_at);
    out->plain = pc_new_zero(n_category, sizeof *out->plain);
    if (out->weekly_gbp == NULL || out->price_year == NULL || out->row_at == NULL || out->plain == NULL) {
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
