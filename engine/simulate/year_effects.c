#include "simulate/year_effects.h"

#include <math.h>
#include <string.h>

#include "base/csv_rows.h"
#include "base/embedded.h"
#include "base/number_text.h"

#define SHIPPED "scenarios/defaults/year_effects.csv"

typedef struct table_reader {
    const char *shown;
    double children;
    pc_plan *plan;
    pc_diagnostics *diagnostics;
    int target, from, to, phi, sigma;
    bool failed;
} table_reader;

static pc_status on_header(void *context, const pc_csv_header *header)
{
    table_reader *self = context;

    self->target = pc_csv_column(header, "TARGET");
    self->from = pc_csv_column(header, "CHILDREN_FROM");
    self->to = pc_csv_column(header, "CHILDREN_TO");
    self->phi = pc_csv_column(header, "PHI");
    self->sigma = pc_csv_column(header, "SIGMA");
    if (self->target < 0 || self->from < 0 || self->to < 0 || self->phi < 0 || self->sigma < 0) {
        pc_diagnostics_add(self->diagnostics, PC_ERROR, (pc_place){.file = self->shown, .line = 1},
                           "expected the columns target, children_from, children_to, phi, sigma");
        return PC_ERR_INPUT;
    }
    return PC_OK;
}

/* A number in [low, high]; blank gives `blank`. */
static double read_number(table_reader *self, long row, const char *column, pc_field field, double blank,
                          double low, double high)
{
    double value = blank;

    if (field.length > 0 && !pc_number_parse(field.text, field.length, &value)) {
        value = (double)NAN;
    }
    if (!(value >= low && value <= high)) {
        self->failed = true;
        pc_diagnostics_add(self->diagnostics, PC_ERROR,
                           (pc_place){.file = self->shown, .line = row, .column_name = column},
                           "found `%s`, expected a number from %g to %g", field.text, low, high);
        return blank;
    }
    return value;
}

static pc_status on_row(void *context, long row, const pc_field *field)
{
    table_reader *self = context;
    double from = read_number(self, row, "children_from", field[self->from], 0.0, 0.0, 1e9);
    double to = read_number(self, row, "children_to", field[self->to], 1e9, 0.0, 1e9);
    plan_shock shock = {.phi = read_number(self, row, "phi", field[self->phi], 0.0, -0.99, 0.99),
                        .sigma = read_number(self, row, "sigma", field[self->sigma], 0.0, 0.0, 2.0)};
    const char *target = field[self->target].text;
    plan_shock *out = strcmp(target, "starts") == 0        ? &self->plan->shock_starts
                      : strcmp(target, "uasc_starts") == 0 ? &self->plan->shock_uasc
                      : strcmp(target, "exits") == 0       ? &self->plan->shock_exits
                      : strcmp(target, "mix") == 0         ? &self->plan->shock_mix
                                                           : NULL;

    if (out == NULL) {
        self->failed = true;
        pc_diagnostics_add(self->diagnostics, PC_ERROR,
                           (pc_place){.file = self->shown, .line = row, .column_name = "target"},
                           "found `%s`, expected starts, uasc_starts, exits or mix", target);
    } else if (from <= self->children && self->children < to) {
        *out = shock;
        self->plan->uasc_apart |= out == &self->plan->shock_uasc;
    }
    return PC_OK;
}

pc_status year_effects_read(const char *path, double children, pc_plan *plan, pc_diagnostics *diagnostics)
{
    table_reader self = {.shown = path == NULL ? SHIPPED : path,
                         .children = children,
                         .plan = plan,
                         .diagnostics = diagnostics};
    const pc_embedded_file *shipped;
    pc_status status;

    plan->shock_starts = plan->shock_uasc = plan->shock_exits = plan->shock_mix = (plan_shock){0.0, 0.0};
    plan->uasc_apart = false;
    if (path != NULL) {
        status = pc_csv_read(path, path, 0, on_header, on_row, &self, diagnostics);
    } else {
        shipped = pc_embedded_find(SHIPPED);
        if (shipped == NULL) {
            return PC_ERR_INTERNAL;
        }
        status = pc_csv_read_bytes(shipped->bytes, shipped->size, SHIPPED, 0, on_header, on_row, &self,
                                   diagnostics);
    }
    return status == PC_OK && self.failed ? PC_ERR_INPUT : status;
}
