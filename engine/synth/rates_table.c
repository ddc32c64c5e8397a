/* rates_table.c - a truth file into dense rates (format: docs/synth.md).
 *
 * Rows `exit`, `move`, `status` set a rate in every cell that they fit, a later row over an earlier one; rows
 * `exit_times`, `move_times`, `status_times` multiply it, all of them together. `all` or a blank fits
 * everything.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv_rows.h"
#include "base/embedded.h"
#include "base/memory.h"
#include "base/number_text.h"
#include "synth/synth_impl.h"

#define SHIPPED "scenarios/defaults/synth_truth.csv"
#define ANY (-1)

const char *const synth_category_name[SYNTH_N_CATEGORY] = {"kinship",
                                                           "foster_inhouse",
                                                           "foster_ifa",
                                                           "residential_inhouse",
                                                           "residential_external",
                                                           "supported",
                                                           "secure",
                                                           "parents",
                                                           "adoption",
                                                           "other"};
const char *const synth_band_name[PC_N_BAND] = {"0-28", "28-182", "182-365", "365-730", "730+"};

typedef enum column { FAMILY, STREAM, CAUSE, CATEGORY, AGE_BAND, DURATION_BAND, VALUE, N_COLUMN } column;
static const char *const column_name[N_COLUMN] = {"FAMILY",   "STREAM",        "CAUSE", "CATEGORY",
                                                  "AGE_BAND", "DURATION_BAND", "VALUE"};

typedef enum family { EXIT, STATUS, MOVE, STARTS, FIRST, CHILDREN, N_FAMILY } family;
static const char *const family_name[N_FAMILY] = {"exit", "status", "move", "starts", "first", "children"};

typedef struct reader {
    const char *shown;
    pc_rates *out;
    pc_diagnostics *diagnostics;
    int at[N_COLUMN];
    int la_at;
    char *la; /* of the first row; a second one is refused */
    size_t errors;
    double *times[3]; /* factors, by family EXIT, STATUS, MOVE; sizes of the rates */
} reader;

/* One row, looked up: which cells it fits. */
typedef struct fit_row {
    family family;
    bool times;
    int stream, cause, category, age, band;
    double value;
} fit_row;

static void complain(reader *self, long row, column where, const char *found, const char *expected)
{
    pc_diagnostics_add(self->diagnostics, PC_ERROR,
                       (pc_place){.file = self->shown, .line = row, .column_name = column_name[where]},
                       "found \"%s\", expected %s", found, expected);
    self->errors++;
}

static pc_status on_header(void *context, const pc_csv_header *header)
{
    reader *self = context;

    for (int where = 0; where < N_COLUMN; where++) {
        self->at[where] = pc_csv_column(header, column_name[where]);
        if (self->at[where] < 0) {
            complain(self, 1, (column)where, "no such column", "it among the names of the first row");
        }
    }
    self->la_at = pc_csv_column(header, "LA");
    return self->errors > 0 ? PC_ERR_INPUT : PC_OK;
}

/* The number of `text` among the names; ANY for "all" and blank; complains otherwise. */
static int look_up(reader *self, long row, column where, const pc_field *field, const char *const *name,
                   int n, const char *expected)
{
    const char *text = field[self->at[where]].text;

    if (text[0] == '\0' || strcmp(text, "all") == 0) {
        return ANY;
    }
    for (int number = 0; number < n; number++) {
        if (strcmp(text, name[number]) == 0) {
            return number;
        }
    }
    complain(self, row, where, text, expected);
    return ANY;
}

static int look_up_age(reader *self, long row, const pc_field *field, bool single)
{
    static const char *const year[PC_N_AGE_YEAR] = {"0", "1",  "2",  "3",  "4",  "5",  "6",  "7",  "8",
                                                    "9", "10", "11", "12", "13", "14", "15", "16", "17"};
    const char *band[PC_N_AGE_BAND];

    for (int age = 0; age < PC_N_AGE_BAND; age++) {
        band[age] = pc_age_band_name(age);
    }
    return single
               ? look_up(self, row, AGE_BAND, field, year, PC_N_AGE_YEAR,
                         "a year of age from 0 to 17, or all")
               : look_up(self, row, AGE_BAND, field, band, PC_N_AGE_BAND, "0, 1-4, 5-9, 10-15, 16-17 or all");
}

static bool look_up_family(reader *self, long row, const pc_field *field, fit_row *out)
{
    const char *text = field[self->at[FAMILY]].text;
    size_t length = strlen(text);

    out->times = length > 6 && strcmp(text + length - 6, "_times") == 0;
    for (int number = 0; number < N_FAMILY; number++) {
        size_t n = strlen(family_name[number]);

        if (strncmp(text, family_name[number], n) == 0 &&
            (out->times ? number <= MOVE && length == n + 6 : length == n)) {
            out->family = (family)number;
            return true;
        }
    }
    complain(self, row, FAMILY, text,
             "exit, status, move, exit_times, status_times, move_times, starts, first or children");
    return false;
}

static size_t set_cells(reader *self, const fit_row *row)
{
    pc_rates *rates = self->out;
    size_t n_to = row->family == EXIT ? PC_N_EXIT_HAZARD : SYNTH_N_CATEGORY, set = 0;
    double *rate = row->family == EXIT ? rates->exit : row->family == STATUS ? rates->status : rates->move;
    double *table = row->times ? self->times[row->family] : rate;

    for (size_t cell = 0; cell < (size_t)PC_N_STREAM * PC_N_AGE_BAND * SYNTH_N_CATEGORY * PC_N_BAND; cell++) {
        int band = (int)(cell % PC_N_BAND), category = (int)(cell / PC_N_BAND % SYNTH_N_CATEGORY);
        int age = (int)(cell / PC_N_BAND / SYNTH_N_CATEGORY % PC_N_AGE_BAND);
        int stream = (int)(cell / PC_N_BAND / SYNTH_N_CATEGORY / PC_N_AGE_BAND);

        if ((row->band != ANY && row->band != band) || (row->category != ANY && row->category != category) ||
            (row->age != ANY && row->age != age) || (row->stream != ANY && row->stream != stream)) {
            continue;
        }
        for (size_t to = 0; to < n_to; to++) {
            if ((row->cause == ANY || row->cause == (int)to) &&
                !(row->family == STATUS && (int)to == category)) {
                double *value = &table[cell * n_to + to];

                *value = row->times ? *value * row->value : row->value;
                set++;
            }
        }
    }
    return set;
}

static void set_starts(reader *self, const fit_row *row)
{
    for (int at = 0; at < PC_N_STREAM * PC_N_AGE_YEAR; at++) {
        if ((row->stream == ANY || row->stream == at / PC_N_AGE_YEAR) &&
            (row->age == ANY || row->age == at % PC_N_AGE_YEAR)) {
            self->out->starts[at] = row->value;
        }
    }
}

static void set_first(reader *self, const fit_row *row)
{
    for (int at = 0; at < PC_N_STREAM * PC_N_AGE_BAND * SYNTH_N_CATEGORY; at++) {
        if ((row->category == ANY || row->category == at % SYNTH_N_CATEGORY) &&
            (row->age == ANY || row->age == at / SYNTH_N_CATEGORY % PC_N_AGE_BAND) &&
            (row->stream == ANY || row->stream == at / SYNTH_N_CATEGORY / PC_N_AGE_BAND)) {
            self->out->first[at] = row->value;
        }
    }
}

static pc_status check_la(reader *self, long row, const char *la)
{
    if (self->la == NULL) {
        self->la = pc_copy_text(la);
        return self->la == NULL ? PC_ERR_NO_MEMORY : PC_OK;
    }
    if (strcmp(self->la, la) != 0) {
        pc_diagnostics_add(self->diagnostics, PC_ERROR,
                           (pc_place){.file = self->shown, .line = row, .column_name = "LA"},
                           "found \"%s\" after \"%s\", expected one authority in a truth file", la, self->la);
        return PC_ERR_INPUT;
    }
    return PC_OK;
}

static pc_status on_row(void *context, long number, const pc_field *field)
{
    static const char *const stream[PC_N_STREAM] = {"local", "uasc"};
    reader *self = context;
    const char *cause[PC_N_EXIT_HAZARD];
    fit_row row = {.cause = ANY};
    const pc_field *value = &field[self->at[VALUE]];
    pc_status status = self->la_at < 0 ? PC_OK : check_la(self, number, field[self->la_at].text);

    if (status != PC_OK || !look_up_family(self, number, field, &row) || row.family == CHILDREN) {
        return status;
    }
    for (int at = 0; at < PC_N_EXIT_HAZARD; at++) {
        cause[at] = pc_exit_cause_name((pc_exit_cause)at);
    }
    row.stream = look_up(self, number, STREAM, field, stream, PC_N_STREAM, "local, uasc or all");
    row.category = look_up(self, number, CATEGORY, field, synth_category_name, SYNTH_N_CATEGORY,
                           "a category of the shipped code map, or all");
    row.age = look_up_age(self, number, field, row.family == STARTS);
    row.band = look_up(self, number, DURATION_BAND, field, synth_band_name, PC_N_BAND,
                       "0-28, 28-182, 182-365, 365-730, 730+ or all");
    if (row.family == EXIT) {
        row.cause = look_up(self, number, CAUSE, field, cause, PC_N_EXIT_HAZARD,
                            "home, order, adoption, transfer, other or all");
    } else if (row.family == STATUS || row.family == MOVE) {
        row.cause = look_up(self, number, CAUSE, field, synth_category_name, SYNTH_N_CATEGORY,
                            "a category of the shipped code map, or all");
    }
    if (!pc_number_parse(value->text, value->length, &row.value) ||
        !(isfinite(row.value) && row.value >= 0)) {
        complain(self, number, VALUE, value->text, "a number of at least 0");
        return PC_OK;
    }
    if (row.family == STARTS) {
        set_starts(self, &row);
    } else if (row.family == FIRST) {
        set_first(self, &row);
    } else if (set_cells(self, &row) == 0) {
        complain(self, number, CAUSE, field[self->at[CAUSE]].text,
                 "a category other than the one that is changed");
    }
    return PC_OK;
}

static void apply_times(reader *self, size_t n_cell)
{
    for (size_t at = 0; at < n_cell * PC_N_EXIT_HAZARD; at++) {
        self->out->exit[at] *= self->times[EXIT][at];
    }
    for (size_t at = 0; at < n_cell * SYNTH_N_CATEGORY; at++) {
        self->out->status[at] *= self->times[STATUS][at];
        self->out->move[at] *= self->times[MOVE][at];
    }
}

static pc_status times_init(reader *self, size_t n_cell)
{
    for (int table = 0; table < 3; table++) {
        self->times[table] = pc_new(n_cell * SYNTH_N_CATEGORY, sizeof(double));
        if (self->times[table] == NULL) {
            return PC_ERR_NO_MEMORY;
        }
        for (size_t at = 0; at < n_cell * SYNTH_N_CATEGORY; at++) {
            self->times[table][at] = 1;
        }
    }
    return PC_OK;
}

pc_status synth_rates_load(const char *path, pc_rates *out, pc_diagnostics *diagnostics)
{
    const size_t n_cell = (size_t)PC_N_STREAM * PC_N_AGE_BAND * SYNTH_N_CATEGORY * PC_N_BAND;
    reader self = {.shown = path == NULL ? SHIPPED : path, .out = out, .diagnostics = diagnostics};
    const pc_embedded_file *shipped = path == NULL ? pc_embedded_find(SHIPPED) : NULL;
    pc_status status = pc_rates_init(out, SYNTH_N_CATEGORY);

    if (status == PC_OK) {
        status = times_init(&self, n_cell);
    }
    if (status == PC_OK && path == NULL && shipped == NULL) {
        status = PC_ERR_INTERNAL;
    }
    if (status == PC_OK) {
        status = path == NULL ? pc_csv_read_bytes(shipped->bytes, shipped->size, self.shown, 0, on_header,
                                                  on_row, &self, diagnostics)
                              : pc_csv_read(path, self.shown, 0, on_header, on_row, &self, diagnostics);
    }
    if (status == PC_OK && self.errors > 0) {
        status = PC_ERR_INPUT;
    }
    if (status == PC_OK) {
        apply_times(&self, n_cell);
    } else {
        pc_rates_free(out);
    }
    for (int table = 0; table < 3; table++) {
        free(self.times[table]);
    }
    free(self.la);
    return status;
}
