#include "estimate/summary_joint.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "estimate/ipf.h"

#define ROUNDED 5 /* published figures are rounded to 5 or 10 in places: a sum may be out by that a row */

static const char *const kind_name[PC_N_SUMMARY_KIND] = {"stock.csv", "starts.csv", "ceases.csv"};
static const char *const margin_name[PC_N_SUMMARY_MARGIN] = {"all", "category", "age_band", "provider",
                                                             "stream"};

/* 16 and 17 are one band of a stock; bits are those of the seven bands. */
static unsigned band_bits(size_t band)
{
    return band < 4 ? 1U << band : 48U;
}

unsigned joint_stock_bit(size_t cell, int margin)
{
    size_t provider = cell % PC_SUMMARY_N_PROVIDER, age = cell / PC_SUMMARY_N_PROVIDER % PC_N_AGE_BAND;
    size_t category = cell / PC_SUMMARY_N_PROVIDER / PC_N_AGE_BAND % PC_MAX_CATEGORY;
    size_t stream = cell / PC_SUMMARY_N_PROVIDER / PC_N_AGE_BAND / PC_MAX_CATEGORY;

    return margin == PC_SUMMARY_BY_CATEGORY   ? 1U << category
           : margin == PC_SUMMARY_BY_AGE      ? band_bits(age)
           : margin == PC_SUMMARY_BY_PROVIDER ? 1U << provider
                                              : 1U << stream;
}

unsigned joint_start_bit(size_t cell, int margin)
{
    return margin == PC_SUMMARY_BY_AGE ? band_bits((size_t)pc_age_band_of_years((int)(cell % PC_N_AGE_YEAR)))
                                       : 1U << cell / PC_N_AGE_YEAR;
}

unsigned joint_cease_bit(size_t cell, int margin)
{
    return margin == PC_SUMMARY_BY_AGE ? 1U << cell % PC_SUMMARY_N_AGE : 1U << cell / PC_SUMMARY_N_AGE;
}

typedef struct fitting {
    const pc_summary *summary;
    pc_summary_kind kind;
    pc_day date;
    joint_table *table;
    pc_diagnostics *diagnostics;
    double total;
    ipf_margin *margin;        /* [n] */
    const pc_summary_row **of; /* [n]; the row, NULL for what is left */
    int *which;                /* [n]; pc_summary_margin */
    size_t n;
    unsigned char *in;                /* [n][n_cell] */
    double cell[JOINT_STOCK_CELLS];   /* [n_cell]; those of the table that are not 0 */
    size_t number[JOINT_STOCK_CELLS]; /* [n_cell]; in the table */
    size_t n_cell;
} fitting;

static unsigned bit_of(const fitting *self, size_t cell, int margin)
{
    return self->table->bit(self->number[cell], margin);
}

static bool belongs(const fitting *self, const pc_summary_row *row)
{
    return row->kind == self->kind && row->date == self->date;
}

static void complain(const fitting *self, long row, int margin, const char *text, double found,
                     double expected)
{
    char date[PC_DAY_TEXT_SIZE],
        *file = pc_format_text("%s/%s", self->summary->folder, kind_name[self->kind]);

    pc_diagnostics_add(self->diagnostics, PC_ERROR,
                       (pc_place){file, row, 0, margin == PC_SUMMARY_TOTAL ? NULL : margin_name[margin]},
                       "%s, %s: %.0f, expected %.0f", pc_day_format(self->date, date), text, found, expected);
    free(file);
}

/* The total row, or else the margin that has every cell. */
static double find_total(const fitting *self)
{
    double best = -1;

    for (int margin = PC_SUMMARY_TOTAL; margin < PC_N_SUMMARY_MARGIN && best < 0; margin++) {
        double sum = 0;
        bool any = false, missing = false;
        unsigned covered = 0, whole = 0;

        for (size_t r = 0; r < self->summary->n; r++) {
            const pc_summary_row *row = &self->summary->row[r];

            if (belongs(self, row) && (int)row->margin == margin) {
                any = true;
                missing = missing || row->children < 0;
                sum += row->children;
                covered |= row->which;
            }
        }
        for (size_t c = 0; c < self->n_cell; c++) {
            whole |= bit_of(self, c, margin);
        }
        if (any && !missing && (margin == PC_SUMMARY_TOTAL || (whole & ~covered) == 0)) {
            best = sum;
        }
    }
    return best;
}

static unsigned char *add_margin(fitting *self, double target, const pc_summary_row *row, int which)
{
    self->margin[self->n] = (ipf_margin){self->in + self->n * self->n_cell, target};
    self->of[self->n] = row;
    self->which[self->n] = which;
    return self->in + self->n++ * self->n_cell;
}

/* Rows of one margin, and what they leave of the total to the cells that they keep back or do not name. */
static bool add_rows(fitting *self, int margin)
{
    double known = 0, left;
    unsigned covered = 0;
    size_t n_row = 0, n_free = 0;
    unsigned char *rest;
    long last = 0;

    for (size_t r = 0; r < self->summary->n; r++) {
        const pc_summary_row *row = &self->summary->row[r];
        unsigned char *in;

        if (!belongs(self, row) || (int)row->margin != margin || row->children < 0) {
            continue;
        }
        in = add_margin(self, row->children, row, margin);
        for (size_t c = 0; c < self->n_cell; c++) {
            in[c] = (bit_of(self, c, margin) & row->which) != 0;
        }
        known += row->children;
        covered |= row->which;
        last = row->row;
        n_row++;
    }
    if (n_row == 0) {
        return true;
    }
    for (size_t c = 0; c < self->n_cell; c++) {
        n_free += (bit_of(self, c, margin) & covered) == 0;
    }
    left = self->total - known;
    if (left < 0 || (left > 0 && n_free == 0)) {
        if (!(fabs(left) <= ROUNDED * (double)n_row)) {
            complain(self, last, margin,
                     left < 0 ? "the rows add up to more than all" : "the rows add up to less than all",
                     known, self->total);
            return false;
        }
        for (size_t m = self->n - n_row; m < self->n && known > 0; m++) { /* rounded figures */
            self->margin[m].target *= self->total / known;
        }
        left = 0;
    }
    if (n_free == 0) {
        return true;
    }
    rest = add_margin(self, left, NULL, margin);
    for (size_t c = 0; c < self->n_cell; c++) {
        rest[c] = (bit_of(self, c, margin) & covered) == 0;
    }
    return true;
}

static bool fit(fitting *self)
{
    unsigned char *all = add_margin(self, self->total, NULL, PC_SUMMARY_TOTAL);
    bool good = true;
    int worst;

    memset(all, 1, self->n_cell);
    for (int margin = PC_SUMMARY_BY_CATEGORY; margin < PC_N_SUMMARY_MARGIN; margin++) {
        good = add_rows(self, margin) && good;
    }
    if (!good) {
        return false;
    }
    worst = ipf_fit(self->cell, self->n_cell, self->margin, self->n);
    if (worst >= 0) {
        const pc_summary_row *row = self->of[worst];
        double sum = 0;

        for (size_t c = 0; c < self->n_cell; c++) {
            sum += self->margin[worst].in[c] ? self->cell[c] : 0.0;
        }
        complain(self, row == NULL ? 0 : row->row, self->which[worst],
                 "together with the other margins this one cannot be: the nearest is", sum,
                 self->margin[worst].target);
    }
    return worst < 0;
}

/* Cells that the seed has at 0 stay there: only the others are worked on. */
static void take_active(fitting *self)
{
    for (size_t c = 0; c < self->table->n_cell; c++) {
        if (self->table->cell[c] > 0) {
            self->cell[self->n_cell] = self->table->cell[c];
            self->number[self->n_cell++] = c;
        }
    }
}

pc_status joint_fit(const pc_summary *summary, pc_summary_kind kind, pc_day date, joint_table *table,
                    double *total, pc_diagnostics *diagnostics)
{
    fitting *self = pc_new_zero(1, sizeof *self);
    size_t most = PC_N_SUMMARY_MARGIN;
    pc_status status = PC_OK;

    if (self == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    self->summary = summary;
    self->kind = kind;
    self->date = date;
    self->table = table;
    self->diagnostics = diagnostics;
    take_active(self);
    for (size_t r = 0; r < summary->n; r++) {
        most += belongs(self, &summary->row[r]);
    }
    self->total = *total = find_total(self);
    self->margin = pc_new_zero(most, sizeof *self->margin);
    self->of = pc_new_zero(most, sizeof *self->of);
    self->which = pc_new_zero(most, sizeof *self->which);
    self->in = pc_new_zero(most * self->n_cell, 1);
    if (self->margin == NULL || self->of == NULL || self->which == NULL || self->in == NULL) {
        status = PC_ERR_NO_MEMORY;
    } else if (*total >= 0 && !fit(self)) {
        status = PC_ERR_INPUT;
    }
    for (size_t c = 0; c < self->n_cell; c++) {
        table->cell[self->number[c]] = self->cell[c];
    }
    free(self->margin);
    free(self->of);
    free(self->which);
    free(self->in);
    free(self);
    return status;
}
