/* workbook_children.c - the sheets Children, Placements and Ranges: children at each month end. */
#include <string.h>

#include "report/workbook.h"

enum { HEADER = 3, FIRST = HEADER + 1, SCENARIO = 0, MONTH_END = 1, VALUES = 2, CHART_ROWS = 19 };

static const char *const statistic[] = {"mean", "p025", "p10", "p50", "p90", "p975"};
static const char *const statistic_head[] = {"Mean",       "p2.5",  "Low (p10)", "Middle (p50)",
                                             "High (p90)", "p97.5", NULL};
enum { N_STATISTIC = 6, AFTER_VALUES = VALUES + N_STATISTIC };

static void month_heads(book *self)
{
    book_heads(self, HEADER, SCENARIO, (const char *const[]){"Scenario", "Month end", NULL}, BOOK_HEAD);
    book_widths(self, SCENARIO, SCENARIO, 22);
    book_widths(self, MONTH_END, MONTH_END, 13);
}

static void month(book *self, lxw_row_t row, size_t scenario, const char *date)
{
    book_text(self, row, SCENARIO, self->scenario.item[scenario], BOOK_TEXT);
    book_day(self, row, MONTH_END, date);
}

/* With p10 and p90 where there are any, else the mean alone. */
static void fan(book *self, lxw_row_t first, lxw_row_t last, size_t scenario, bool has_range, lxw_row_t at)
{
    static const struct {
        const char *name;
        lxw_col_t column;
        book_dash dash;
    } line[] = {{"Middle (p50)", VALUES + 3, BOOK_SOLID},
                {"8 in 10: low", VALUES + 2, BOOK_DASHED},
                {"8 in 10: high", VALUES + 4, BOOK_DASHED},
                {"95 in 100: low", VALUES + 1, BOOK_DOTTED},
                {"95 in 100: high", VALUES + 5, BOOK_DOTTED}};
    lxw_chart *chart = book_scenario_chart(self, LXW_CHART_LINE, scenario, "children in care", "children");

    for (size_t l = 0; l < (has_range ? sizeof line / sizeof line[0] : 1); l++) {
        book_series series = {.first = first,
                              .last = last,
                              .along = MONTH_END,
                              .value = has_range ? line[l].column : VALUES,
                              .name = has_range ? line[l].name : "Mean",
                              .colour = l == 0 ? 0 : 3};

        series.dash = line[l].dash;
        book_chart_add(self, chart, true, &series);
    }
    book_chart_place(self, chart, at, AFTER_VALUES + 1, last - first + 1, true);
}

static lxw_row_t children_of(book *self, size_t scenario, lxw_row_t row, lxw_row_t at)
{
    lxw_row_t first = row;
    book_grid grid;

    book_grid_make(self, RESULT_FORECAST, self->scenario.item[scenario], "children", "category",
                   &self->category, &grid);
    for (size_t t = 0; t < grid.time.n; t++) {
        const char *date = grid.time.item[t];
        long from = book_grid_row(&grid, t, "all");

        if (from == BOOK_NO_ROW) {
            continue;
        }
        month(self, row, scenario, date);
        for (int s = 0; s < N_STATISTIC; s++) {
            book_cell(self, row, (lxw_col_t)(VALUES + s), grid.table, (size_t)from, statistic[s],
                      s == 0 ? BOOK_COUNT : BOOK_WHOLE);
            /* The count of the year is that of 31 March. */
            if (strstr(date, "-03-31") != NULL) {
                book_define(self, "children", date, statistic[s], scenario, row, (lxw_col_t)(VALUES + s));
            }
        }
        row++;
    }
    if (row > first) {
        fan(self, first, row - 1, scenario, book_grid_any(&grid, "all", "p50"), at);
    }
    book_grid_free(&grid);
    return row;
}

void book_children(book *self)
{
    lxw_row_t row = FIRST, at = FIRST;

    if (!result_has(self->results, RESULT_FORECAST)) {
        return;
    }
    book_begin(self, "Children", "Children in care at each month end",
               "In 8 of 10 simulated futures the number is between p10 and p90, in 95 of 100 between p2.5 "
               "and p97.5.");
    month_heads(self);
    book_heads(self, HEADER, VALUES, statistic_head, BOOK_HEAD_RIGHT);
    book_widths(self, VALUES, AFTER_VALUES - 1, 11);
    for (size_t s = 0; s < self->scenario.n && self->status == PC_OK; s++, at += CHART_ROWS) {
        row = children_of(self, s, row, at);
    }
    book_freeze(self, HEADER, row - FIRST, AFTER_VALUES);
    book_print_area(self, row > at ? row : at, AFTER_VALUES + 10);
}

static void stack(book *self, lxw_row_t first, lxw_row_t last, size_t scenario, lxw_row_t at)
{
    lxw_chart *chart =
        book_scenario_chart(self, LXW_CHART_COLUMN_STACKED, scenario, "kinds of placement", "children, mean");
    char label[BOOK_LABEL_SIZE];

    for (size_t c = 0; c < self->category.n; c++) {
        if (strcmp(self->category.item[c], "all") != 0) {
            book_chart_add(self, chart, false,
                           &(book_series){.first = first,
                                          .last = last,
                                          .along = MONTH_END,
                                          .value = (lxw_col_t)(VALUES + c),
                                          .name = book_label(self, self->category.item[c], label),
                                          .colour = (unsigned)c});
        }
    }
    if (chart != NULL) {
        chart_set_series_gap(chart, 20);
    }
    book_chart_place(self, chart, at, (lxw_col_t)(VALUES + self->category.n + 1), last - first + 1, true);
}

static lxw_row_t placements_of(book *self, size_t scenario, lxw_row_t row, lxw_row_t at)
{
    lxw_row_t first = row;
    book_grid grid;

    book_grid_make(self, RESULT_FORECAST, self->scenario.item[scenario], "children", "category",
                   &self->category, &grid);
    for (size_t t = 0; t < grid.time.n; t++, row++) {
        month(self, row, scenario, grid.time.item[t]);
        for (size_t c = 0; c < self->category.n; c++) {
            long from = book_grid_row(&grid, t, self->category.item[c]);

            if (from != BOOK_NO_ROW) {
                book_cell(self, row, (lxw_col_t)(VALUES + c), grid.table, (size_t)from, "mean", BOOK_COUNT);
            }
        }
    }
    if (row > first) {
        stack(self, first, row - 1, scenario, at);
    }
    book_grid_free(&grid);
    return row;
}

void book_placements(book *self)
{
    lxw_row_t row = FIRST, at = FIRST;
    lxw_col_t n_column = (lxw_col_t)(VALUES + self->category.n);
    char label[BOOK_LABEL_SIZE];

    if (!result_has(self->results, RESULT_FORECAST)) {
        return;
    }
    book_begin(self, "Placements", "Children by category of placement at each month end",
               "Means, which add up. The range of each number is on the sheet Ranges.");
    month_heads(self);
    for (size_t c = 0; c < self->category.n; c++) {
        book_text(self, HEADER, (lxw_col_t)(VALUES + c), book_label(self, self->category.item[c], label),
                  BOOK_HEAD_RIGHT);
    }
    book_widths(self, VALUES, (lxw_col_t)(n_column - 1), 11);
    for (size_t s = 0; s < self->scenario.n && self->status == PC_OK; s++, at += CHART_ROWS) {
        row = placements_of(self, s, row, at);
    }
    book_freeze(self, HEADER, row - FIRST, n_column);
    book_print_area(self, row > at ? row : at, (lxw_col_t)(n_column + 10));
}

static lxw_row_t ranges_of(book *self, size_t scenario, lxw_row_t row)
{
    char label[BOOK_LABEL_SIZE];
    book_grid grid;

    book_grid_make(self, RESULT_FORECAST, self->scenario.item[scenario], "children", "category",
                   &self->category, &grid);
    for (size_t c = 0; c < self->category.n; c++) {
        for (size_t t = 0; t < grid.time.n; t++) {
            long from = book_grid_row(&grid, t, self->category.item[c]);

            if (from == BOOK_NO_ROW) {
                continue;
            }
            month(self, row, scenario, grid.time.item[t]);
            book_text(self, row, VALUES, book_label(self, self->category.item[c], label), BOOK_TEXT);
            for (int s = 0; s < N_STATISTIC; s++) {
                book_cell(self, row, (lxw_col_t)(VALUES + 1 + s), grid.table, (size_t)from, statistic[s],
                          s == 0 ? BOOK_COUNT : BOOK_WHOLE);
            }
            row++;
        }
    }
    book_grid_free(&grid);
    return row;
}

void book_ranges(book *self)
{
    lxw_row_t row = FIRST;

    if (!result_has(self->results, RESULT_FORECAST)) {
        return;
    }
    book_begin(
        self, "Ranges", "Children by category: range of each number",
        "In 8 of 10 simulated futures the number is between p10 and p90. Ends of ranges do not add up.");
    month_heads(self);
    book_text(self, HEADER, VALUES, "Category", BOOK_HEAD);
    book_heads(self, HEADER, VALUES + 1, statistic_head, BOOK_HEAD_RIGHT);
    book_widths(self, VALUES, VALUES, 28);
    book_widths(self, VALUES + 1, AFTER_VALUES, 11);
    for (size_t s = 0; s < self->scenario.n && self->status == PC_OK; s++) {
        row = ranges_of(self, s, row);
    }
    book_freeze(self, HEADER, row - FIRST, AFTER_VALUES + 1);
    book_print_area(self, row, AFTER_VALUES);
}
