/* workbook.h - the parts of workbook.xlsx, which is made from the files of a run's folder and nothing else.
 *
 * A sheet is one function that adds itself to the book, or does nothing when the files do not hold what it
 * shows. Nothing is checked cell by cell: the first failure stays in `status` until the end.
 */
#ifndef PC_REPORT_WORKBOOK_H
#define PC_REPORT_WORKBOOK_H

#include <xlsxwriter.h>

#include "report/result_folder.h"

typedef enum book_style {
    BOOK_TEXT,
    BOOK_TITLE,
    BOOK_NOTE,
    BOOK_HEAD,
    BOOK_HEAD_RIGHT, /* over numbers */
    BOOK_PARAGRAPH,
    BOOK_DATE,
    BOOK_WHOLE,
    BOOK_COUNT, /* one decimal */
    BOOK_CHANGE,
    BOOK_NUMBER, /* as many decimals as it has, two at most */
    BOOK_GBP,
    BOOK_GBP_K,     /* pounds in the cell, shown in thousands */
    BOOK_GAP_K,     /* the same with a sign */
    BOOK_INPUT,     /* pounds for the user to fill in, shown in thousands */
    BOOK_INPUT_GBP, /* the same, shown in full */
    BOOK_SHARE,
    BOOK_SHARE_FINE, /* one decimal */
    BOOK_N_STYLE
} book_style;

typedef struct book_list {
    const char **item; /* [n]; texts of the results, in the order in which they come */
    size_t n, capacity;
} book_list;

typedef struct book {
    lxw_workbook *workbook;
    const result_folder *results;
    lxw_format *style[BOOK_N_STYLE];
    book_list scenario, category;
    lxw_worksheet *sheet; /* the last one begun */
    const char *sheet_name;
    char further[RESULT_N_FILE][32]; /* names of sheets that are made from that of their file */
    size_t n_cell;                   /* written; workbook_check.c finds them again */
    pc_status status;
} book;

/* ---- workbook_parts.c: sheets and cells ---- */

void book_styles(book *self);
/* A new sheet with its title, a line of explanation, and landscape A4 one page wide. */
void book_begin(book *self, const char *name, const char *title, const char *note);
/* Rows to and with `header` stay in sight and are printed on each page; filters unless n_row is 0. */
void book_freeze(book *self, lxw_row_t header, lxw_row_t n_row, lxw_col_t n_column);
void book_print_area(book *self, lxw_row_t last_row, lxw_col_t last_column);
void book_widths(book *self, lxw_col_t first, lxw_col_t last, double width);
/* Room for so many lines of words in a row. */
void book_row_lines(book *self, lxw_row_t row, size_t lines);
/* Text is never taken for a formula, whatever its first character. */
void book_text(book *self, lxw_row_t row, lxw_col_t column, const char *text, book_style style);
void book_number(book *self, lxw_row_t row, lxw_col_t column, double value, book_style style);
void book_day(book *self, lxw_row_t row, lxw_col_t column, const char *iso);
/* The cell of the results, or an empty one of that style; true when it is a number. */
bool book_cell(book *self, lxw_row_t row, lxw_col_t column, const result_table *table, size_t from,
               const char *name, book_style style);
/* Several headings from `column` on; ended by NULL. */
void book_heads(book *self, lxw_row_t row, lxw_col_t column, const char *const *text, book_style style);
/* bill + 2025/26 + p50 -> bill_2025_26_p50 for the cell; scenarios after the first have their number at the
 * end. */
void book_define(book *self, const char *what, const char *when, const char *statistic, size_t scenario,
                 lxw_row_t row, lxw_col_t column);
void book_check(book *self, lxw_error error);
/* The same for what wrote a cell: a cell not counted makes the workbook look as if one were too many. */
void book_check_cell(book *self, lxw_error error);

/* ---- workbook_check.c ---- */

/* Reads the file of a closed workbook: PC_ERR_IO with a message unless all of it is there, with `n_cell`
 * cells. */
PC_MUST_USE pc_status book_read_back(const char *path, size_t n_cell, pc_diagnostics *diagnostics);

/* ---- workbook_grid.c: rows of the results by time and category ---- */

enum { BOOK_NO_ROW = -1, BOOK_LABEL_SIZE = 96, BOOK_LINK_SIZE = 48 };

typedef struct book_grid {
    const result_table *table;
    book_list time;
    const book_list *key;
    long *row; /* [time.n * key->n] row of the table, or BOOK_NO_ROW */
    size_t capacity;
} book_grid;

void book_lists(book *self); /* fills scenario and category */
/* The different texts of a column, among the rows that are shown. */
void book_distinct(book *self, result_file file, const char *column, book_list *out);
/* `measure` NULL: a table without measures. Rows of one authority of several are not shown, their sum is. */
void book_grid_make(book *self, result_file file, const char *scenario, const char *measure,
                    const char *key_column, const book_list *key, book_grid *out);
void book_grid_free(book_grid *self);
/* BOOK_NO_ROW also for a key that is not there. */
long book_grid_row(const book_grid *self, size_t time, const char *key);
/* Some row of that key has a number that is not 0 in `column`. */
bool book_grid_any(const book_grid *self, const char *key, const char *column);
bool book_row_shown(const result_table *table, size_t row);
/* The label of a category in run.json, else foster_inhouse -> Foster inhouse. Returns `text`. */
const char *book_label(const book *self, const char *name, char text[BOOK_LABEL_SIZE]);

/* ---- workbook_charts.c ---- */

typedef enum book_dash { BOOK_SOLID, BOOK_DASHED, BOOK_DOTTED } book_dash;

typedef struct book_series {
    lxw_row_t first, last; /* rows of values, and of the texts or days along the axis */
    lxw_col_t along, value;
    const char *name;
    unsigned colour; /* number in the palette */
    book_dash dash;
    bool unseen; /* without colour: what is stacked on it hangs in the air */
} book_series;

lxw_chart *book_chart(book *self, lxw_chart_type type, const char *title, const char *unit);
/* The same with the name of a scenario before `what` it shows. */
lxw_chart *book_scenario_chart(book *self, lxw_chart_type type, size_t scenario, const char *what,
                               const char *unit);
void book_chart_add(book *self, lxw_chart *chart, bool line, const book_series *series);
/* `n_along` is how many places the axis has: labels are left out rather than written over each other. */
void book_chart_place(book *self, lxw_chart *chart, lxw_row_t row, lxw_col_t column, size_t n_along,
                      bool months);

/* ---- the sheets ---- */

void book_summary(book *self);
void book_budget(book *self);
/* The cell of the sheet Budget lines where that side of a year adds up, of all holders; false: there is none.
 */
bool book_closing_link(const book *self, const char *scenario, const char *year, const char *side,
                       char link[BOOK_LINK_SIZE]);
void book_lines(book *self);
void book_why(book *self);
void book_skill(book *self);
void book_children(book *self);
void book_placements(book *self);
void book_ranges(book *self);
void book_flows(book *self);
void book_capacity(book *self);
void book_scenarios(book *self);
void book_tables(book *self); /* a sheet for each further table of the folder */
void book_quality(book *self);
void book_assumptions(book *self);
void book_sensitivity(book *self);
/* All rows of a table that are shown, from `row` on: header and rows; gives the row after the last. */
lxw_row_t book_table_at(book *self, result_file file, lxw_row_t row);

#endif
