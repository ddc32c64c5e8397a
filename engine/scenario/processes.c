/* processes.csv, reviews.csv and the table of proceedings: what the cost calculator needs. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/embedded.h"
#include "base/memory.h"
#include "scenario/price_rows.h"

#define SHIPPED_REVIEWS "scenarios/defaults/reviews.csv"
#define DAYS_A_WEEK 7.0
#define WORKING_DAYS_A_WEEK 5.0

typedef struct process_reader {
    price_table table; /* first, so that a pointer to one is a pointer to the other */
    pc_prices read;    /* only what is read here */
    size_t cost_capacity, review_capacity, proceedings_capacity;
} process_reader;

static pc_status on_header(void *context, const pc_csv_header *header)
{
    return price_find_columns(context, header);
}

/* A whole number in [low, high]. */
static bool read_whole(price_table *table, long row, const pc_field *field, size_t column, double low,
                       double high, int *out)
{
    double number;

    if (!price_number(table, row, field, column, low, high, "", &number)) {
        return false;
    }
    *out = (int)number;
    if (number > *out) {
        price_wrong(table, row, column, "found %.60s, expected a whole number",
                    price_field(table, field, column));
        return false;
    }
    return true;
}

/* ---- unit costs ---- */

enum { PROCESS, UNIT_GBP, CATEGORY, NEED, STREAM, PER, N_COST_COLUMN };

static const price_column cost_columns[N_COST_COLUMN] = {
    [PROCESS] = {"PROCESS", true, false, NULL},    [UNIT_GBP] = {"UNIT_GBP", true, false, NULL},
    [CATEGORY] = {"CATEGORY", false, false, NULL}, [NEED] = {"NEED", false, false, NULL},
    [STREAM] = {"STREAM", false, false, NULL},     [PER] = {"PER", false, false, NULL}, /* words, not read */
};

static bool is_all(const char *text)
{
    return text[0] == '\0' || strcmp(text, "all") == 0;
}

static bool read_who(price_table *table, long row, const pc_field *field, pc_process_cost *out)
{
    const char *stream = price_field(table, field, STREAM);
    bool ok = price_need(table, row, field, NEED, &out->need);

    out->category = out->stream = -1;
    if (!is_all(price_field(table, field, CATEGORY))) {
        ok = price_category(table, row, field, CATEGORY, &out->category) && ok;
    }
    for (int number = 0; number < PC_N_STREAM; number++) {
        if (strcmp(stream, pc_stream_name((pc_stream)number)) == 0) {
            out->stream = number;
        }
    }
    if (!is_all(stream) && out->stream < 0) {
        price_wrong(table, row, STREAM, "found %.60s, expected local, uasc or all", stream);
        ok = false;
    }
    return ok;
}

static pc_status on_cost(void *context, long row, const pc_field *field)
{
    process_reader *self = context;
    price_table *table = &self->table;
    pc_process_cost read = {.row = row};
    int process = 0;
    bool ok = read_whole(table, row, field, PROCESS, 1, PC_N_PROCESS, &process);

    ok = price_number(table, row, field, UNIT_GBP, 0, PRICE_MOST_GBP, " in pounds, without a sign or commas",
                      &read.gbp) &&
         ok;
    ok = read_who(table, row, field, &read) && ok;
    if (!ok) {
        return PC_OK;
    }
    read.process = (pc_process)(process - 1);
    for (size_t at = 0; at < self->read.n_process_cost; at++) {
        const pc_process_cost *other = &self->read.process_cost[at];

        if (other->process == read.process && other->category == read.category && other->need == read.need &&
            other->stream == read.stream) {
            price_wrong(
                table, row, PROCESS,
                "found %d again, expected one row a process, category, need and stream: row %ld is one",
                process, other->row);
            return PC_OK;
        }
    }
    if (pc_grow(&self->read.process_cost, &self->cost_capacity, self->read.n_process_cost + 1, sizeof read) !=
        PC_OK) {
        return PC_ERR_NO_MEMORY;
    }
    self->read.process_cost[self->read.n_process_cost++] = read;
    return PC_OK;
}

/* ---- reviews ---- */

enum { REVIEW, AFTER, UNIT, SOURCE, N_REVIEW_COLUMN };

static const price_column review_columns[N_REVIEW_COLUMN] = {
    [REVIEW] = {"REVIEW", true, false, NULL},
    [AFTER] = {"AFTER", true, false, NULL},
    [UNIT] = {"UNIT", true, false, NULL},
    [SOURCE] = {"SOURCE", false, false, NULL}, /* words, not read */
};

static pc_status on_review(void *context, long row, const pc_field *field)
{
    process_reader *self = context;
    price_table *table = &self->table;
    const char *unit = price_field(table, field, UNIT);
    bool working = strcmp(unit, "working_days") == 0, days = strcmp(unit, "days") == 0;
    int number = 0, after = 0;
    bool ok = read_whole(table, row, field, REVIEW, 1, 1000, &number);

    ok = read_whole(table, row, field, AFTER, 1, 3660, &after) && ok;
    if (!working && !days && strcmp(unit, "months") != 0) {
        price_wrong(table, row, UNIT, "found %.60s, expected working_days, days or months", unit);
        ok = false;
    }
    if (ok && number != (int)self->read.n_review + 1) {
        price_wrong(table, row, REVIEW, "found %d, expected %zu: reviews in their order", number,
                    self->read.n_review + 1);
        ok = false;
    }
    if (!ok) {
        return PC_OK;
    }
    if (pc_grow(&self->read.review, &self->review_capacity, self->read.n_review + 1,
                sizeof *self->read.review) != PC_OK) {
        return PC_ERR_NO_MEMORY;
    }
    /* Four weeks are twenty working days; bank holidays are left out. */
    self->read.review[self->read.n_review++] =
        (pc_review_step){.days = working ? (int)ceil(after * DAYS_A_WEEK / WORKING_DAYS_A_WEEK)
                                 : days  ? after
                                         : 0,
                         .months = working || days ? 0 : after};
    return PC_OK;
}

/* ---- proceedings ---- */

enum { MONTH, SHARE, N_PROCEEDINGS_COLUMN };

static const price_column proceedings_columns[N_PROCEEDINGS_COLUMN] = {
    [MONTH] = {"MONTH", true, false, NULL},
    [SHARE] = {"SHARE", true, false, NULL},
};

static pc_status on_proceedings(void *context, long row, const pc_field *field)
{
    process_reader *self = context;
    price_table *table = &self->table;
    pc_proceedings read = {0};
    bool ok = read_whole(table, row, field, MONTH, 0, 220, &read.month);
    size_t n = self->read.n_proceedings;

    ok = price_number(table, row, field, SHARE, 0, 1, " (30% is 0.3)", &read.share) && ok;
    if (ok && n > 0 && read.month <= self->read.proceedings[n - 1].month) {
        price_wrong(table, row, MONTH, "found %d, expected months in ascending order", read.month);
        ok = false;
    }
    if (!ok) {
        return PC_OK;
    }
    if (pc_grow(&self->read.proceedings, &self->proceedings_capacity, n + 1, sizeof read) != PC_OK) {
        return PC_ERR_NO_MEMORY;
    }
    self->read.proceedings[self->read.n_proceedings++] = read;
    return PC_OK;
}

/* ---- all three ---- */

static pc_status read_one(process_reader *self, const char *path, const price_column *column, size_t n_column,
                          pc_csv_row_function on_row, pc_diagnostics *diagnostics)
{
    const pc_embedded_file *shipped = path == NULL ? pc_embedded_find(SHIPPED_REVIEWS) : NULL;
    pc_status status;

    self->table.file = path == NULL ? SHIPPED_REVIEWS : path;
    self->table.diagnostics = diagnostics;
    self->table.column = column;
    self->table.n_column = n_column;
    self->table.n_error = 0;
    if (path != NULL) {
        status = pc_csv_read(path, path, 0, on_header, on_row, self, diagnostics);
    } else if (shipped == NULL) {
        status = PC_ERR_INTERNAL;
    } else {
        status = pc_csv_read_bytes(shipped->bytes, shipped->size, SHIPPED_REVIEWS, 0, on_header, on_row, self,
                                   diagnostics);
    }
    return status == PC_OK && self->table.n_error > 0 ? PC_ERR_INPUT : status;
}

static void say(const process_reader *self, const char *costs, const char *proceedings,
                pc_diagnostics *diagnostics)
{
    bool zero = true;

    for (size_t at = 0; at < self->read.n_process_cost; at++) {
        zero = zero && !(self->read.process_cost[at].gbp > 0.0);
    }
    if (zero) {
        pc_diagnostics_add(diagnostics, PC_WARNING, (pc_place){.file = costs},
                           PC_CHECK_PREFIX
                           "EVERY UNIT COST OF THE EIGHT PROCESSES IS ZERO: processes.csv counts "
                           "what happens and prices none of it, until your own unit costs stand "
                           "in %s",
                           costs);
    }
    if (proceedings == NULL) {
        pc_diagnostics_add(diagnostics, PC_ASSUMPTION, (pc_place){.file = costs},
                           "no table of proceedings (key costs.proceedings): process 7 never happens");
    }
}

static pc_status first_of(pc_status first, pc_status second)
{
    return first == PC_OK || second == PC_ERR_NO_MEMORY ? second : first;
}

pc_status pc_prices_load_processes(const char *costs, const char *reviews, const char *proceedings,
                                   const pc_codes *codes, pc_prices *self, pc_diagnostics *diagnostics)
{
    process_reader reader = {.table = {.codes = codes}};
    pc_status status = read_one(&reader, costs, cost_columns, N_COST_COLUMN, on_cost, diagnostics);

    if (status == PC_OK && reader.read.n_process_cost == 0) {
        pc_diagnostics_add(diagnostics, PC_ERROR, (pc_place){.file = costs},
                           "no rows, expected a unit cost a process");
        status = PC_ERR_INPUT;
    }
    status =
        first_of(status, read_one(&reader, reviews, review_columns, N_REVIEW_COLUMN, on_review, diagnostics));
    if (proceedings != NULL) {
        status = first_of(status, read_one(&reader, proceedings, proceedings_columns, N_PROCEEDINGS_COLUMN,
                                           on_proceedings, diagnostics));
    }
    if (status != PC_OK) {
        pc_prices_free(&reader.read);
        return status;
    }
    say(&reader, costs, proceedings, diagnostics);
    free(self->process_cost);
    free(self->review);
    free(self->proceedings);
    self->n_process_cost = reader.read.n_process_cost;
    self->process_cost = reader.read.process_cost;
    self->n_review = reader.read.n_review;
    self->review = reader.read.review;
    self->n_proceedings = reader.read.n_proceedings;
    self->proceedings = reader.read.proceedings;
    return PC_OK;
}

double pc_prices_process_gbp(const pc_prices *self, pc_process process, int category, int need, int stream)
{
    double gbp = 0.0;
    int most = -1;

    for (size_t at = 0; at < self->n_process_cost; at++) {
        const pc_process_cost *row = &self->process_cost[at];
        int says = (row->category >= 0) * 4 + (row->need > 0) * 2 + (row->stream >= 0);

        if (row->process == process && (row->category < 0 || row->category == category) &&
            (row->need == 0 || row->need == need) && (row->stream < 0 || row->stream == stream) &&
            says > most) {
            gbp = row->gbp;
            most = says;
        }
    }
    return gbp;
}

const char *pc_process_name(pc_process process)
{
    static const char *const name[PC_N_PROCESS] = {
#define PROCESS_NAME(name, text) [PC_PROCESS_##name] = text,
        PC_PROCESS_LIST(PROCESS_NAME)
#undef PROCESS_NAME
    };

    return (unsigned)process < PC_N_PROCESS ? name[process] : "";
}
