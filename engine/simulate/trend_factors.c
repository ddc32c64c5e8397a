/* The shipped shares of the implied drift and the growth of children's homes. */
#include "placecast/trend.h"

#include <math.h>
#include <string.h>

#include "base/csv_rows.h"
#include "base/embedded.h"
#include "base/number_text.h"

/* A table of one value for each knot: a column that says which knot, and one with the value. */
typedef struct knot_table {
    const char *shown, *knot_column, *value_column;
    double knot_step; /* what the first column counts for each knot */
    double low, high;
    double *out; /* [PC_N_KNOT] */
    pc_diagnostics *diagnostics;
    int knot, value;
    bool failed;
} knot_table;

static pc_status on_header(void *context, const pc_csv_header *header)
{
    knot_table *self = context;

    self->knot = pc_csv_column(header, self->knot_column);
    self->value = pc_csv_column(header, self->value_column);
    if (self->knot < 0 || self->value < 0) {
        pc_diagnostics_add(self->diagnostics, PC_ERROR, (pc_place){.file = self->shown, .line = 1},
                           "expected the columns %s and %s", self->knot_column, self->value_column);
        return PC_ERR_INPUT;
    }
    return PC_OK;
}

static pc_status on_row(void *context, long row, const pc_field *field)
{
    knot_table *self = context;
    double knot = (double)NAN, value = (double)NAN;

    if (!pc_number_parse(field[self->knot].text, field[self->knot].length, &knot) ||
        !pc_number_parse(field[self->value].text, field[self->value].length, &value) ||
        !(value >= self->low && value <= self->high)) {
        pc_diagnostics_add(self->diagnostics, PC_ERROR, (pc_place){.file = self->shown, .line = row},
                           "found `%s`, `%s`; expected a number of months or years, and one from %g to %g",
                           field[self->knot].text, field[self->value].text, self->low, self->high);
        self->failed = true;
        return PC_OK;
    }
    for (int at = 0; at < PC_N_KNOT; at++) { /* rows of other knots are for the reader */
        if (fabs(knot - (at + 1) * self->knot_step) < 0.5) {
            self->out[at] = value;
        }
    }
    return PC_OK;
}

static pc_status read_table(knot_table *self)
{
    const pc_embedded_file *file = pc_embedded_find(self->shown);
    pc_status status;

    for (int at = 0; at < PC_N_KNOT; at++) {
        self->out[at] = (double)NAN;
    }
    if (file == NULL) {
        return PC_ERR_INTERNAL;
    }
    status = pc_csv_read_bytes(file->bytes, file->size, self->shown, 0, on_header, on_row, self,
                               self->diagnostics);
    for (int at = 0; at < PC_N_KNOT; at++) {
        self->failed |= !isfinite(self->out[at]);
    }
    return status == PC_OK && self->failed ? PC_ERR_INTERNAL : status;
}

pc_status pc_trend_factors_shipped(pc_trend_factors *out, pc_diagnostics *diagnostics)
{
    knot_table drift = {.shown = "scenarios/defaults/drift.csv",
                        .knot_column = "HORIZON_MONTHS",
                        .value_column = "SHARE",
                        .knot_step = 12.0,
                        .low = 0.0,
                        .high = 1.0,
                        .out = out->share,
                        .diagnostics = diagnostics};
    knot_table mix = {.shown = "scenarios/defaults/mix.csv",
                      .knot_column = "YEAR",
                      .value_column = "GROWTH",
                      .knot_step = 1.0,
                      .low = -0.5,
                      .high = 1.0,
                      .out = out->homes_growth,
                      .diagnostics = diagnostics};
    knot_table birthdays = drift, shared = drift, single = drift;
    pc_status status;

    birthdays.value_column = "BIRTHDAYS_SHARE";
    birthdays.out = out->birthdays;
    shared.value_column = "SKEW_SHARED";
    shared.out = out->skew_shared;
    single.value_column = "SKEW_SINGLE";
    single.out = out->skew_single;
    shared.high = 0.1;
    single.high = 5.0;
    memset(out, 0, sizeof *out);
    status = read_table(&drift);
    status = status == PC_OK ? read_table(&birthdays) : status;
    status = status == PC_OK ? read_table(&shared) : status;
    status = status == PC_OK ? read_table(&single) : status;
    return status == PC_OK ? read_table(&mix) : status;
}
