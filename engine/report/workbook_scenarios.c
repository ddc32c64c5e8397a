/* workbook_scenarios.c - the sheet Scenarios: several futures side by side, a column each. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "report/workbook.h"

enum { FIRST_BLOCK = 3, CHART_ROWS = 19, CHART_COLUMNS = 7 };

typedef struct block {
    const char *title, *measure, *statistic, *unit, *axis_format;
    book_style style;
} block;

static const block blocks[] = {
    {"Bill by financial year, middle (p50)", "cost_gbp", "p50", "£m", "£#,##0.0,,\"m\"", BOOK_GBP_K},
    {"Bill by financial year, mean", "cost_gbp", "mean", "£m", "£#,##0.0,,\"m\"", BOOK_GBP_K},
    {"Children at the end of the financial year, middle (p50)", "children", "p50", "children", "#,##0",
     BOOK_WHOLE},
    {"Children at the end of the financial year, mean", "children", "mean", "children", "#,##0", BOOK_COUNT},
};

static void block_chart(book *self, const block *what, lxw_row_t first, lxw_row_t last, lxw_row_t at)
{
    lxw_chart *chart = book_chart(self, LXW_CHART_COLUMN, what->title, what->unit);

    for (size_t s = 0; s < self->scenario.n; s++) {
        book_chart_add(self, chart, false,
                       &(book_series){.first = first,
                                      .last = last,
                                      .along = 0,
                                      .value = (lxw_col_t)(1 + s),
                                      .name = self->scenario.item[s],
                                      .colour = (unsigned)s});
    }
    if (chart != NULL) {
        chart_axis_set_num_format(chart->y_axis, what->axis_format);
    }
    book_chart_place(self, chart, at, (lxw_col_t)(self->scenario.n + 2), last - first + 1, false);
}

/* The years are those of the first scenario: compare gives all the same. */
static lxw_row_t block_rows(book *self, const block *what, const book_grid *grid, lxw_row_t row)
{
    lxw_row_t first = row + 2;

    book_text(self, row, 0, what->title, BOOK_NOTE);
    book_text(self, row + 1, 0, "Financial year", BOOK_HEAD);
    for (size_t s = 0; s < self->scenario.n; s++) {
        book_text(self, row + 1, (lxw_col_t)(1 + s), self->scenario.item[s], BOOK_HEAD_RIGHT);
    }
    for (size_t t = 0; t < grid[0].time.n; t++) {
        book_text(self, first + (lxw_row_t)t, 0, grid[0].time.item[t], BOOK_TEXT);
        for (size_t s = 0; s < self->scenario.n; s++) {
            long from = book_grid_row(&grid[s], t, "all");

            if (from != BOOK_NO_ROW) {
                book_cell(self, first + (lxw_row_t)t, (lxw_col_t)(1 + s), grid[s].table, (size_t)from,
                          what->statistic, what->style);
            }
        }
    }
    return first + (lxw_row_t)grid[0].time.n;
}

/* False when the measure, or that statistic of it, is not in the results. */
static bool add_block(book *self, const block *what, lxw_row_t *row)
{
    book_grid *grid = pc_new_zero(self->scenario.n, sizeof *grid);
    bool some = false;

    if (grid == NULL) {
        self->status = PC_ERR_NO_MEMORY;
        return false;
    }
    for (size_t s = 0; s < self->scenario.n; s++) {
        book_grid_make(self, RESULT_ANNUAL, self->scenario.item[s], what->measure, "category",
                       &self->category, &grid[s]);
    }
    some = book_grid_any(&grid[0], "all", what->statistic);
    if (some) {
        lxw_row_t end = block_rows(self, what, grid, *row);

        block_chart(self, what, *row + 2, end - 1, *row);
        *row = end + 2 > *row + CHART_ROWS ? end + 2 : *row + CHART_ROWS;
    }
    for (size_t s = 0; s < self->scenario.n; s++) {
        book_grid_free(&grid[s]);
    }
    free(grid);
    return some;
}

void book_scenarios(book *self)
{
    lxw_row_t row = FIRST_BLOCK;

    if (self->scenario.n < 2 || !result_has(self->results, RESULT_ANNUAL)) {
        return;
    }
    book_begin(self, "Scenarios", "Scenarios side by side",
               "The range of each number is on the sheets Budget and Children.");
    book_widths(self, 0, 0, 16);
    book_widths(self, 1, (lxw_col_t)self->scenario.n, 14);
    /* By the middle future where the method gives one, else by the mean. */
    for (size_t b = 0; b < sizeof blocks / sizeof blocks[0] && self->status == PC_OK; b += 2) {
        if (!add_block(self, &blocks[b], &row) && self->status == PC_OK) {
            add_block(self, &blocks[b + 1], &row);
        }
    }
    book_print_area(self, row, (lxw_col_t)(self->scenario.n + 2 + CHART_COLUMNS));
}
