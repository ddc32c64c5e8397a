/* workbook_tables.c - tables of the folder that are shown as they stand, a sheet each. */
#include <stdio.h>
#include <string.h>

#include "placecast/day.h"
#include "report/workbook.h"

enum { HEADER = 3, WIDTH_TEXT = 20, WIDTH_NUMBER = 12 };

static const struct {
    result_file file;
    const char *sheet, *title, *note;
} shown[] = {
    {RESULT_DIFFERENCES, "Differences", "Differences from the reference scenario, by month",
     "Future by future, the scenario less the reference. By kind of placement children and bill; of other "
     "measures the "
     "sum: the rest is in differences.csv."},
    {RESULT_INTERVENTIONS, "Interventions", "Children whom each intervention reaches and changes",
     "Treated: reached by it; changed: those of them whose path it alters."},
    {RESULT_ALONE, "Alone", "Each intervention alone, and all together",
     "The difference from the same scenario without any intervention. Parts do not add up where they meet."},
    {RESULT_TARGETS, "Targets", "Targets, and the chance that they are met", ""},
    {RESULT_OUT_OF_AREA, "Out of area", "Children placed out of area", ""},
    {RESULT_BUDGET_NEEDED, "Budget needed", "What budget, and what reserve, would be enough",
     "Needed: the least that is enough in so large a share of the simulated futures (confidence)."},
    {RESULT_WORKFORCE, "Workforce", "Workforce: posts and cost", ""},
    {RESULT_POSTS, "Posts", "Posts needed and posts there, by month and team",
     "Negative gap: too few. Columns that begin with p are shares of the simulated futures."},
};

/* Words that people choose: text even where every one of them looks like a number. */
static bool is_words(const char *column)
{
    static const char *const words[] = {"scenario", "la",   "measure", "category", "line",         "kind",
                                        "side",     "team", "holder",  "name",     "intervention", "driver",
                                        "layer",    "from", "to",      "structure"};

    for (size_t w = 0; w < sizeof words / sizeof words[0]; w++) {
        if (strcmp(words[w], column) == 0) {
            return true;
        }
    }
    return false;
}

static bool has_part(const char *text, const char *part)
{
    return strstr(text, part) != NULL;
}

/* Money by the name of the column or by the measure of the row, shares by name. */
static book_style style_of(const result_table *table, size_t row, size_t column)
{
    const char *name = table->column[column];
    const char *measure = result_text(table, row, result_column(table, "measure"));
    bool is_statistic = name[0] == 'p' && name[1] >= '0' && name[1] <= '9';

    if (has_part(name, "gbp") || has_part(name, "cost") || has_part(name, "contribution") ||
        has_part(name, "amount") ||
        (has_part(measure, "gbp") &&
         (is_statistic || strcmp(name, "mean") == 0 || strcmp(name, "sd") == 0))) {
        return BOOK_GBP;
    }
    return has_part(name, "probability") || strcmp(name, "share") == 0 || strcmp(name, "confidence") == 0 ||
                   strncmp(name, "p_", 2) == 0
               ? BOOK_SHARE
               : BOOK_NUMBER;
}

static void cell(book *self, lxw_row_t row, lxw_col_t column, const result_table *table, size_t from)
{
    const char *text = result_text(table, from, column);
    bool is_number = table->numeric[column] && !is_words(table->column[column]);
    pc_day day;

    if (*text == '\0') {
        return;
    }
    if (is_number) {
        book_cell(self, row, column, table, from, table->column[column], style_of(table, from, column));
    } else if (!is_words(table->column[column]) && pc_day_parse(text, strlen(text), &day)) {
        book_day(self, row, column, text);
    } else {
        book_text(self, row, column, text, BOOK_TEXT);
    }
}

/* Months of every measure and category would make the workbook slow to open, and most of it is nobody's
 * question. */
static bool is_told(result_file file, const result_table *table, size_t row)
{
    const char *measure = result_text(table, row, result_column(table, "measure"));

    return book_row_shown(table, row) &&
           (file != RESULT_DIFFERENCES || strcmp(measure, "children") == 0 ||
            strcmp(measure, "cost_gbp") == 0 ||
            strcmp(result_text(table, row, result_column(table, "category")), "all") == 0);
}

lxw_row_t book_table_at(book *self, result_file file, lxw_row_t row)
{
    const result_table *table = &self->results->table[file];
    char label[BOOK_LABEL_SIZE];

    for (size_t c = 0; c < table->n_column; c++) {
        book_text(self, row, (lxw_col_t)c, book_label(self, table->column[c], label),
                  table->numeric[c] ? BOOK_HEAD_RIGHT : BOOK_HEAD);
    }
    row++;
    for (size_t r = 0; r < table->n_row && self->status == PC_OK; r++) {
        if (is_told(file, table, r)) {
            for (size_t c = 0; c < table->n_column; c++) {
                cell(self, row, (lxw_col_t)c, table, r);
            }
            row++;
        }
    }
    return row;
}

static void table_sheet(book *self, result_file file, const char *sheet, const char *title, const char *note)
{
    const result_table *table = &self->results->table[file];
    lxw_row_t end;

    if (!result_has(self->results, file) || table->n_row == 0) {
        return;
    }
    book_begin(self, sheet, title, note);
    end = book_table_at(self, file, HEADER);
    for (size_t c = 0; c < table->n_column; c++) {
        book_widths(self, (lxw_col_t)c, (lxw_col_t)c, table->numeric[c] ? WIDTH_NUMBER : WIDTH_TEXT);
    }
    book_freeze(self, HEADER, end - HEADER - 1, (lxw_col_t)table->n_column);
    book_print_area(self, end, (lxw_col_t)(table->n_column - 1));
}

/* Whether a sheet of its own, or a row of `shown`, has the table. */
static bool has_sheet(result_file file)
{
    static const result_file own[] = {
        RESULT_FORECAST, RESULT_ANNUAL,       RESULT_EXITS,      RESULT_ANNUAL_DIFFERENCES,
        RESULT_WHY,      RESULT_BUDGET_LINES, RESULT_SKILL,      RESULT_SKILL_SUMMARY,
        RESULT_TIEOUT,   RESULT_ASSUMPTIONS,  RESULT_SENSITIVITY};
    bool has = false;

    for (size_t o = 0; o < sizeof own / sizeof own[0]; o++) {
        has |= own[o] == file;
    }
    for (size_t s = 0; s < sizeof shown / sizeof shown[0]; s++) {
        has |= shown[s].file == file;
    }
    return has;
}

void book_tables(book *self)
{
    for (size_t s = 0; s < sizeof shown / sizeof shown[0] && self->status == PC_OK; s++) {
        table_sheet(self, shown[s].file, shown[s].sheet, shown[s].title, shown[s].note);
    }
    for (int file = 0; file < RESULT_N_FILE && self->status == PC_OK; file++) { /* no table is left out */
        char stem[BOOK_LABEL_SIZE], label[BOOK_LABEL_SIZE];
        size_t length = strcspn(result_file_name((result_file)file), ".");

        if (!has_sheet((result_file)file) && length < sizeof self->further[file]) {
            snprintf(stem, sizeof stem, "%.*s", (int)length, result_file_name((result_file)file));
            snprintf(self->further[file], sizeof self->further[file], "%.30s", book_label(self, stem, label));
            table_sheet(self, (result_file)file, self->further[file], self->further[file], "");
        }
    }
}
