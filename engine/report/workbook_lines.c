/* workbook_lines.c - the sheet Budget lines: each line of budget_lines.csv; those that people plan are cells
 * to change, their sums and what follows from these are formulas.
 *
 * A formula is written only where it gives the figure of the file: a part year, for one, counts its lines in
 * part.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "report/workbook.h"

enum { HEADER = 3, COUNTS = 6, RESIDUAL = 10, NOTE = 11, N_COLUMN = 12, FORMULA_SIZE = 1024 };

static const result_table *lines_of(const book *self)
{
    return &self->results->table[RESULT_BUDGET_LINES];
}

static const char *text(const result_table *table, size_t row, const char *column)
{
    return result_text(table, row, result_column(table, column));
}

static bool is(const result_table *table, size_t row, const char *column, const char *wanted)
{
    return strcmp(text(table, row, column), wanted) == 0;
}

static bool same(const result_table *table, size_t a, size_t b, const char *column)
{
    return is(table, a, column, text(table, b, column));
}

static int sheet_row(size_t row)
{
    return (int)row + HEADER + 2; /* as people count, from 1 */
}

/* What the line adds to its side: an opening that was stated counts as stated. NaN: nothing. */
static double counts(const result_table *table, size_t row)
{
    double value;
    bool stated = is(table, row, "kind", "opening") &&
                  result_number(table, row, result_column(table, "stated_gbp"), &value);

    if (stated || result_number(table, row, result_column(table, "computed_gbp"), &value)) {
        return value;
    }
    return (double)NAN;
}

static bool close_to(double a, double b)
{
    return fabs(a - b) < 0.05; /* pennies of rounding */
}

/* The closing row of a scenario, year, holder and side; n_row: none. */
static size_t closing(const result_table *table, const char *scenario, const char *year, const char *holder,
                      const char *side)
{
    size_t row = 0;

    while (row < table->n_row && !(is(table, row, "kind", "closing") &&
                                   is(table, row, "scenario", scenario) && is(table, row, "year", year) &&
                                   is(table, row, "side", side) && is(table, row, "holder", holder))) {
        row++;
    }
    return row;
}

bool book_closing_link(const book *self, const char *scenario, const char *year, const char *side,
                       char link[BOOK_LINK_SIZE])
{
    const result_table *table = lines_of(self);
    size_t found = closing(table, scenario, year, "all", side);

    for (size_t row = 0; found == table->n_row && row < table->n_row; row++) { /* the only holder */
        found = closing(table, scenario, year, text(table, row, "holder"), side);
    }
    if (found == table->n_row) {
        return false;
    }
    snprintf(link, BOOK_LINK_SIZE, "'Budget lines'!$%c$%d", 'A' + COUNTS, sheet_row(found));
    return true;
}

/* The lines from `first` to before the closing row, which they add up to. */
static bool sum_formula(const result_table *table, size_t row, char formula[FORMULA_SIZE])
{
    size_t first = row;
    double sum = 0;

    while (first > 0 && same(table, first - 1, row, "scenario") && same(table, first - 1, row, "year") &&
           same(table, first - 1, row, "holder") && same(table, first - 1, row, "side")) {
        first--;
        sum += counts(table, first);
    }
    if (first == row || !close_to(sum, counts(table, row))) {
        return false;
    }
    snprintf(formula, FORMULA_SIZE, "=SUM(%c%d:%c%d)", 'A' + COUNTS, sheet_row(first), 'A' + COUNTS,
             sheet_row(row - 1));
    return true;
}

/* Of all holders: the closing rows of each. */
static bool holders_formula(const result_table *table, size_t row, char formula[FORMULA_SIZE])
{
    size_t at = 0;
    double sum = 0;

    for (size_t other = 0; other < table->n_row; other++) {
        if (other != row && is(table, other, "kind", "closing") && same(table, other, row, "scenario") &&
            same(table, other, row, "year") && same(table, other, row, "side")) {
            int n = snprintf(formula + at, FORMULA_SIZE - at, "%c%c%d", at == 0 ? '=' : '+', 'A' + COUNTS,
                             sheet_row(other));

            if (n < 0 || (size_t)n >= FORMULA_SIZE - at) {
                return false;
            }
            at += (size_t)n;
            sum += counts(table, other);
        }
    }
    return at > 0 && close_to(sum, counts(table, row));
}

/* The opening that is the closing of the year before: the newest closing row above of that side and holder.
 */
static bool opening_formula(const result_table *table, size_t row, char formula[FORMULA_SIZE])
{
    double stated;

    if (result_number(table, row, result_column(table, "stated_gbp"), &stated)) {
        return false;
    }
    for (size_t above = row; above-- > 0;) {
        if (is(table, above, "kind", "closing") && same(table, above, row, "scenario") &&
            same(table, above, row, "holder") && same(table, above, row, "side")) {
            snprintf(formula, FORMULA_SIZE, "=%c%d", 'A' + COUNTS, sheet_row(above));
            return close_to(counts(table, above), counts(table, row));
        }
    }
    return false;
}

static bool gap_formula(const result_table *table, size_t row, char formula[FORMULA_SIZE])
{
    const char *scenario = text(table, row, "scenario"), *year = text(table, row, "year");
    const char *holder = text(table, row, "holder");
    size_t outturn = closing(table, scenario, year, holder, "outturn");
    size_t budget = closing(table, scenario, year, holder, "budget");

    if (outturn == table->n_row || budget == table->n_row ||
        !close_to(counts(table, outturn) - counts(table, budget), counts(table, row))) {
        return false;
    }
    snprintf(formula, FORMULA_SIZE, "=%c%d-%c%d", 'A' + COUNTS, sheet_row(outturn), 'A' + COUNTS,
             sheet_row(budget));
    return true;
}

static bool find_formula(const result_table *table, size_t row, char formula[FORMULA_SIZE])
{
    if (is(table, row, "kind", "closing")) {
        return is(table, row, "holder", "all") ? holders_formula(table, row, formula)
                                               : sum_formula(table, row, formula);
    }
    if (is(table, row, "kind", "opening")) {
        return opening_formula(table, row, formula);
    }
    return is(table, row, "side", "gap") && gap_formula(table, row, formula);
}

/* A line that somebody plans: to be changed. What is simulated or added up is not. */
static bool is_planned(const result_table *table, size_t row)
{
    return (is(table, row, "side", "budget") || is(table, row, "side", "outturn")) &&
           !is(table, row, "kind", "modelled") && !is(table, row, "kind", "closing");
}

static void counts_cell(book *self, lxw_row_t at, const result_table *table, size_t row)
{
    double value = counts(table, row);
    char formula[FORMULA_SIZE];

    if (!isfinite(value) || self->status != PC_OK) {
        return;
    }
    if (find_formula(table, row, formula)) {
        book_check_cell(self, worksheet_write_formula_num(self->sheet, at, COUNTS, formula,
                                                          self->style[BOOK_GBP], value));
    } else {
        book_number(self, at, COUNTS, value, is_planned(table, row) ? BOOK_INPUT_GBP : BOOK_GBP);
    }
}

void book_lines(book *self)
{
    static const char *const words[] = {"scenario", "year", "holder", "side", "line", "kind"};
    static const char *const figures[] = {"p10_gbp", "p90_gbp", "stated_gbp", "residual_gbp"};
    const result_table *table = lines_of(self);

    if (!result_has(self->results, RESULT_BUDGET_LINES) || table->n_row == 0) {
        return;
    }
    book_begin(self, "Budget lines", "Budget and outturn, line by line",
               "In pounds. Change a yellow cell: sums, gaps and the sheet Budget follow. Modelled lines are "
               "means of the "
               "simulated futures, between low and high in 8 of 10. Not explained: stated less computed, by "
               "the run.");
    book_heads(self, HEADER, 0,
               (const char *const[]){"Scenario", "Financial year", "Holder", "Side", "Line", "Kind", NULL},
               BOOK_HEAD);
    book_heads(self, HEADER, COUNTS,
               (const char *const[]){"Counts", "Low (p10)", "High (p90)", "Stated", "Not explained", NULL},
               BOOK_HEAD_RIGHT);
    book_text(self, HEADER, NOTE, "Note", BOOK_HEAD);
    book_widths(self, 0, 0, 22);
    book_widths(self, 1, 3, 13);
    book_widths(self, 4, 4, 44);
    book_widths(self, 5, RESIDUAL, 14);
    book_widths(self, NOTE, NOTE, 40);
    for (size_t row = 0; row < table->n_row && self->status == PC_OK; row++) {
        lxw_row_t at = (lxw_row_t)(HEADER + 1 + row);

        for (size_t w = 0; w < sizeof words / sizeof words[0]; w++) {
            book_text(self, at, (lxw_col_t)w, text(table, row, words[w]), BOOK_TEXT);
        }
        counts_cell(self, at, table, row);
        for (size_t f = 0; f < sizeof figures / sizeof figures[0]; f++) {
            book_cell(self, at, (lxw_col_t)(COUNTS + 1 + f), table, row, figures[f], BOOK_GBP);
        }
        book_text(self, at, NOTE, text(table, row, "note"), BOOK_TEXT);
    }
    book_freeze(self, HEADER, (lxw_row_t)table->n_row, N_COLUMN);
    book_print_area(self, (lxw_row_t)(HEADER + table->n_row), N_COLUMN - 1);
}
