/* workbook_why.c - the sheet Why: what each driver adds to the bill, and a waterfall of each change of the
 * last year: columns that stand on an unseen one. */
#include <stdio.h>
#include <string.h>

#include "report/workbook.h"

enum { HEADER = 3, N_COLUMN = 7, BLOCK = 9, TABLE_GAP = 2, CHART_ROWS = 22, MOST_CHARTS = 6 };
enum { LABEL, UNSEEN, WHOLE, MORE, LESS, N_BLOCK };

static const char *text(const result_table *table, size_t row, const char *column)
{
    return result_text(table, row, result_column(table, column));
}

static bool same_question(const result_table *table, size_t a, size_t b)
{
    static const char *const key[] = {"from", "to", "year", "layer"};

    for (size_t k = 0; k < sizeof key / sizeof key[0]; k++) {
        if (strcmp(text(table, a, key[k]), text(table, b, key[k])) != 0) {
            return false;
        }
    }
    return true;
}

/* The bill that the change starts from: of the year before, or of the scenario that it is set against. */
static bool bill_before(const book *self, const result_table *why, size_t row, double *out)
{
    const result_table *table = &self->results->table[RESULT_ANNUAL];
    const char *from = text(why, row, "from"), *year = text(why, row, "year"), *scenario = from;

    if (strcmp(text(why, row, "to"), year) == 0) { /* year on year */
        year = from;
        scenario = self->scenario.n > 0 ? self->scenario.item[0] : "";
    }
    for (size_t r = 0; r < table->n_row; r++) {
        if (book_row_shown(table, r) && strcmp(text(table, r, "scenario"), scenario) == 0 &&
            strcmp(text(table, r, "year"), year) == 0 && strcmp(text(table, r, "measure"), "cost_gbp") == 0 &&
            strcmp(text(table, r, "category"), "all") == 0) {
            return result_number(table, r, result_column(table, "mean"), out);
        }
    }
    return false;
}

/* Short, for they stand beneath columns. A driver that is an intervention bears its name. */
static const char *driver_words(const book *self, const char *driver, char label[BOOK_LABEL_SIZE])
{
    static const char *const known[][2] = {{"days_covered", "Days forecast"},
                                           {"children_at_start", "Children at start"},
                                           {"starts", "Starts"},
                                           {"length_of_stay", "Length of stay"},
                                           {"age", "Ages"},
                                           {"category", "Placements"},
                                           {"price", "Prices"},
                                           {"not_by_child", "Empty places"}};

    for (size_t k = 0; k < sizeof known / sizeof known[0]; k++) {
        if (strcmp(driver, known[k][0]) == 0) {
            return known[k][1];
        }
    }
    return book_label(self, driver, label);
}

static void block_row(book *self, lxw_row_t row, const char *label, double unseen, int what, double height)
{
    book_text(self, row, BLOCK + LABEL, label, BOOK_TEXT);
    book_number(self, row, BLOCK + UNSEEN, unseen, BOOK_GBP);
    book_number(self, row, (lxw_col_t)(BLOCK + what), height, BOOK_GBP);
}

/* Rows from `first` to `end` of the table, as columns of a waterfall from `row` on; gives the row after. */
static lxw_row_t block(book *self, const result_table *table, size_t first, size_t end, double bill,
                       lxw_row_t row)
{
    char label[BOOK_LABEL_SIZE];

    block_row(self, row++, text(table, first, "from"), 0, WHOLE, bill);
    for (size_t r = first; r < end; r++) {
        double size = 0;

        (void)result_number(table, r, result_column(table, "contribution_gbp"), &size);
        block_row(self, row++, driver_words(self, text(table, r, "driver"), label),
                  size < 0 ? bill + size : bill, size < 0 ? LESS : MORE, size < 0 ? -size : size);
        bill += size;
    }
    block_row(self, row, text(table, first, "to"), 0, WHOLE, bill);
    return row + 1;
}

static void chart(book *self, const char *title, lxw_row_t first, lxw_row_t last, double least, lxw_row_t at)
{
    static const struct {
        const char *name;
        lxw_col_t column;
        unsigned colour;
    } each[] = {{"Beneath", UNSEEN, 0}, {"Bill", WHOLE, 0}, {"Adds", MORE, 1}, {"Takes off", LESS, 2}};
    lxw_chart *made = book_chart(self, LXW_CHART_COLUMN_STACKED, title, "£m");

    for (size_t e = 0; e < sizeof each / sizeof each[0]; e++) {
        book_chart_add(self, made, false,
                       &(book_series){.first = first,
                                      .last = last,
                                      .along = BLOCK + LABEL,
                                      .value = (lxw_col_t)(BLOCK + each[e].column),
                                      .name = each[e].name,
                                      .colour = each[e].colour,
                                      .unseen = each[e].column == UNSEEN});
    }
    if (made != NULL) {
        int16_t unseen[] = {0, -1};

        chart_legend_delete_series(made, unseen);
        chart_axis_set_num_format(made->y_axis, "£#,##0.0,,\"m\"");
        chart_axis_set_min(made->y_axis, least);
        chart_set_series_gap(made, 30);
    }
    book_chart_place(self, made, at, BLOCK + N_BLOCK + 1, last - first + 1, false);
}

/* The scale begins below the least step, at a round number: from nought the steps would not be seen. */
static double scale_from(double least, double most)
{
    const double million = 1e6;
    double from = least - 0.5 * (most - least);

    return from <= 0 ? 0 : (double)(long long)(from / million * 2) / 2 * million;
}

/* One block and chart for each change of the last year. */
static lxw_row_t waterfalls(book *self, const result_table *table)
{
    lxw_row_t row = HEADER + 1, at = HEADER;
    const char *last = text(table, table->n_row - 1, "year");
    size_t end, n = 0;

    book_heads(self, HEADER, BLOCK,
               (const char *const[]){"For the charts", "Beneath", "Bill", "Adds", "Takes off", NULL},
               BOOK_HEAD_RIGHT);
    for (size_t first = 0; first < table->n_row; first = end) {
        double bill, least, most, level;
        char title[200];

        for (end = first + 1; end < table->n_row && same_question(table, first, end);) {
            end++;
        }
        if (strcmp(text(table, first, "year"), last) != 0 || n >= MOST_CHARTS ||
            !bill_before(self, table, first, &bill)) {
            continue;
        }
        least = most = level = bill;
        for (size_t r = first; r < end; r++) {
            double size = 0;

            (void)result_number(table, r, result_column(table, "contribution_gbp"), &size);
            level += size;
            least = level < least ? level : least;
            most = level > most ? level : most;
        }
        snprintf(title, sizeof title, "%.60s to %.60s, %.10s: %s", text(table, first, "from"),
                 text(table, first, "to"), last,
                 strcmp(text(table, first, "layer"), "causes") == 0 ? "what caused it" : "what made it up");
        {
            lxw_row_t begin = row;

            row = block(self, table, first, end, bill, row);
            chart(self, title, begin, row - 1, scale_from(least, most), at);
        }
        row += TABLE_GAP;
        at += CHART_ROWS;
        n++;
    }
    return row > at ? row : at;
}

void book_why(book *self)
{
    const result_table *table = &self->results->table[RESULT_WHY];
    lxw_row_t end, charts;

    if (!result_has(self->results, RESULT_WHY) || table->n_row == 0) {
        return;
    }
    book_begin(
        self, "Why", "Why the bill changes",
        "Contributions in pounds, means over the simulated futures; those of a year and layer add up to its "
        "change. Layers: accounting is what made it up, causes is what brought it about.");
    end = book_table_at(self, RESULT_WHY, HEADER);
    book_widths(self, 0, 1, 22);
    book_widths(self, 2, 3, 12);
    book_widths(self, 4, 4, 34);
    book_widths(self, 5, 6, 15);
    book_widths(self, BLOCK, BLOCK, 30);
    book_widths(self, BLOCK + 1, BLOCK + N_BLOCK - 1, 13);
    charts = waterfalls(self, table);
    book_freeze(self, HEADER, end - HEADER - 1, N_COLUMN);
    book_print_area(self, end > charts ? end : charts, BLOCK + N_BLOCK + 10);
}
