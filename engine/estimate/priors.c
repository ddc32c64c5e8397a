/* priors.c - reads the table of national rates. */
#include "placecast/priors.h"

#include <stdlib.h>
#include <string.h>

#include "base/csv_rows.h"
#include "base/embedded.h"
#include "base/memory.h"
#include "base/number_text.h"
#include "estimate/estimate.h"

#define SHIPPED "scenarios/defaults/priors.csv"
#define MOST 100.0 /* 1/child-year: a stay of less than four days */

enum { FAMILY, STREAM, CAUSE, AGE_BAND, RATE, N_COLUMN };
static const char *const column_name[N_COLUMN] = {"FAMILY", "STREAM", "CAUSE", "AGE_BAND", "RATE"};

typedef struct reader {
    const char *shown;
    bool shipped;
    const pc_codes *codes;
    pc_priors *out;
    pc_diagnostics *diagnostics;
    int column[N_COLUMN];
    long *row_of[N_FAMILY]; /* [stream][age][cause]; the row that set it, 0: none */
    bool failed;
} reader;

static void wrong(reader *self, long row, int column, const char *found, const char *expected)
{
    self->failed = true;
    pc_diagnostics_add(self->diagnostics, PC_ERROR, (pc_place){self->shown, row, 0, column_name[column]},
                       "found %.60s, expected %s", found[0] == '\0' ? "nothing" : found, expected);
}

static pc_status on_header(void *context, const pc_csv_header *header)
{
    reader *self = context;

    for (int column = 0; column < N_COLUMN; column++) {
        self->column[column] = pc_csv_column(header, column_name[column]);
        if (self->column[column] < 0) {
            wrong(self, 1, column, "no such column", "the columns family, stream, cause, age_band, rate");
        }
    }
    return self->failed ? PC_ERR_INPUT : PC_OK;
}

static int family_of(const char *text)
{
    static const char *const name[N_FAMILY] = {
        [FAMILY_EXIT] = "exit", [FAMILY_MOVE] = "move", [FAMILY_STATUS] = "status"};
    int family = 0;

    while (family < N_FAMILY && strcmp(name[family], text) != 0) {
        family++;
    }
    return family;
}

static int exit_cause_of(const char *text)
{
    int cause = 0;

    while (cause < PC_N_EXIT_HAZARD && strcmp(pc_exit_cause_name((pc_exit_cause)cause), text) != 0) {
        cause++;
    }
    return cause < PC_N_EXIT_HAZARD ? cause : -1;
}

/* Number of the name among `n`, `n` for `all`; -1 when it is none of them. */
static int number_of(const char *text, int n, const char *(*name)(int))
{
    if (strcmp(text, "all") == 0) {
        return n;
    }
    for (int i = 0; i < n; i++) {
        if (strcmp(name(i), text) == 0) {
            return i;
        }
    }
    return -1;
}

static const char *stream_name(int stream)
{
    return pc_stream_name((pc_stream)stream);
}

static size_t n_cause_of(const reader *self, int family)
{
    return family == FAMILY_EXIT ? PC_N_EXIT_HAZARD : self->codes->n_category;
}

static void set_cells(reader *self, int family, size_t stream, size_t age, size_t cause, double rate)
{
    double *rates = estimate_family_rates(&self->out->rates, (estimate_family)family);
    size_t n_cause = n_cause_of(self, family), per_age = self->codes->n_category * PC_N_BAND;

    for (size_t c = 0; c < per_age; c++) {
        bool to_itself = family == FAMILY_STATUS && c / PC_N_BAND == cause;

        rates[((stream * PC_N_AGE_BAND + age) * per_age + c) * n_cause + cause] = to_itself ? 0.0 : rate;
    }
}

static void set_rows(reader *self, long row, int family, int stream, int age, size_t cause, double rate)
{
    for (int s = 0; s < PC_N_STREAM; s++) {
        for (int a = 0; a < PC_N_AGE_BAND; a++) {
            long *before =
                &self->row_of[family][((size_t)s * PC_N_AGE_BAND + (size_t)a) * PC_MAX_CATEGORY + cause];

            if ((stream != PC_N_STREAM && s != stream) || (age != PC_N_AGE_BAND && a != age)) {
                continue;
            }
            if (*before != 0) {
                self->failed = true;
                pc_diagnostics_add(self->diagnostics, PC_ERROR, (pc_place){self->shown, row, 0, NULL},
                                   "row %ld gives this rate already (stream %s, age band %s), expected one",
                                   *before, stream_name(s), pc_age_band_name(a));
                return;
            }
            *before = row;
            set_cells(self, family, (size_t)s, (size_t)a, cause, rate);
        }
    }
}

static pc_status on_row(void *context, long row, const pc_field *field)
{
    reader *self = context;
    const char *text[N_COLUMN];
    int family, stream, age, cause = -1;
    double rate = 0;
    bool ok;

    for (int column = 0; column < N_COLUMN; column++) {
        text[column] = field[self->column[column]].text;
    }
    family = family_of(text[FAMILY]);
    if (family == N_FAMILY) {
        wrong(self, row, FAMILY, text[FAMILY], "exit, move or status");
        return PC_OK;
    }
    stream = number_of(text[STREAM], PC_N_STREAM, stream_name);
    age = number_of(text[AGE_BAND], PC_N_AGE_BAND, pc_age_band_name);
    ok = pc_number_parse(text[RATE], strlen(text[RATE]), &rate) && rate >= 0 && rate <= MOST;
    cause =
        family == FAMILY_EXIT ? exit_cause_of(text[CAUSE]) : pc_codes_find_category(self->codes, text[CAUSE]);
    if (stream < 0) {
        wrong(self, row, STREAM, text[STREAM], "local, uasc or all");
    }
    if (age < 0) {
        wrong(self, row, AGE_BAND, text[AGE_BAND], "0, 1-4, 5-9, 10-15, 16-17 or all");
    }
    if (!ok) {
        wrong(self, row, RATE, text[RATE], "a rate a child-year from 0 to 100");
    }
    if (cause < 0 && !(self->shipped && family != FAMILY_EXIT)) {
        wrong(self, row, CAUSE, text[CAUSE],
              family == FAMILY_EXIT ? "home, order, adoption, transfer or other"
                                    : "a category of the code map");
    }
    if (stream >= 0 && age >= 0 && ok && cause >= 0) {
        set_rows(self, row, family, stream, age, (size_t)cause, rate);
        self->out->has_exit = self->out->has_exit || family == FAMILY_EXIT;
        self->out->has_move = self->out->has_move || family == FAMILY_MOVE;
        self->out->has_status = self->out->has_status || family == FAMILY_STATUS;
    }
    return PC_OK;
}

static pc_status read_rows(reader *self, const char *path)
{
    const pc_embedded_file *shipped;

    if (path != NULL) {
        return pc_csv_read(path, path, 0, on_header, on_row, self, self->diagnostics);
    }
    shipped = pc_embedded_find(SHIPPED);
    return shipped == NULL ? PC_ERR_INTERNAL
                           : pc_csv_read_bytes(shipped->bytes, shipped->size, SHIPPED, 0, on_header, on_row,
                                               self, self->diagnostics);
}

pc_status pc_priors_load(const char *path, const pc_codes *codes, pc_priors *out, pc_diagnostics *diagnostics)
{
    reader self = {.shown = path == NULL ? SHIPPED : path,
                   .shipped = path == NULL,
                   .codes = codes,
                   .out = out,
                   .diagnostics = diagnostics};
    size_t n = (size_t)PC_N_STREAM * PC_N_AGE_BAND * PC_MAX_CATEGORY;
    long *rows = pc_new_zero(N_FAMILY * n, sizeof *rows);
    pc_status status;

    memset(out, 0, sizeof *out);
    status = rows == NULL ? PC_ERR_NO_MEMORY : pc_rates_init(&out->rates, codes->n_category);
    for (size_t family = 0; family < N_FAMILY && rows != NULL; family++) {
        self.row_of[family] = rows + family * n;
    }
    if (status == PC_OK) {
        status = read_rows(&self, path);
    }
    free(rows);
    if (status == PC_OK && self.failed) {
        status = PC_ERR_INPUT;
    }
    if (status != PC_OK) {
        pc_priors_free(out);
    }
    return status;
}

void pc_priors_free(pc_priors *self)
{
    if (self != NULL) {
        pc_rates_free(&self->rates);
        memset(self, 0, sizeof *self);
    }
}
