/* workbook_flows.c - the sheets Flows (into, between and out of placements) and Capacity. */
#include <stdlib.h>
#include <string.h>

#include "report/workbook.h"

enum { HEADER = 3, FIRST = HEADER + 1, VALUES = 2, CHART_ROWS = 19, PER_MEASURE = 3 };

static const char *const statistic[PER_MEASURE] = {"mean", "p10", "p90"};

static void three(book *self, lxw_row_t row, lxw_col_t column, const book_grid *grid, size_t time,
                  const char *key)
{
    long from = book_grid_row(grid, time, key);

    for (int s = 0; from != BOOK_NO_ROW && s < PER_MEASURE; s++) {
        book_cell(self, row, (lxw_col_t)(column + s), grid->table, (size_t)from, statistic[s],
                  s == 0 ? BOOK_COUNT : BOOK_WHOLE);
    }
}

/* ---- Flows ---- */

enum { N_FLOW = 3, CAUSES = VALUES + N_FLOW * PER_MEASURE };

static const char *const flow[N_FLOW] = {"starts", "ceases", "moves"};

static void flow_chart(book *self, lxw_row_t first, lxw_row_t last, size_t scenario, lxw_row_t at,
                       lxw_col_t column)
{
    static const char *const name[] = {"Starts", "Ceases"};
    lxw_chart *chart =
        book_scenario_chart(self, LXW_CHART_LINE, scenario, "starts and leavers", "children a month, mean");

    for (unsigned l = 0; l < 2; l++) {
        book_chart_add(self, chart, true,
                       &(book_series){.first = first,
                                      .last = last,
                                      .along = 1,
                                      .value = (lxw_col_t)(VALUES + l * PER_MEASURE),
                                      .name = name[l],
                                      .colour = l == 0 ? 0 : 3,
                                      .dash = l == 0 ? BOOK_SOLID : BOOK_DASHED});
    }
    book_chart_place(self, chart, at, column, last - first + 1, true);
}

static void causes_row(book *self, lxw_row_t row, const book_grid *exits, size_t time, const book_list *cause)
{
    for (size_t c = 0; c < cause->n; c++) {
        long from = book_grid_row(exits, time, cause->item[c]);

        if (from != BOOK_NO_ROW) {
            book_cell(self, row, (lxw_col_t)(CAUSES + c), exits->table, (size_t)from, "mean", BOOK_COUNT);
        }
    }
}

/* The months are those of the starts; exits.csv has the same. */
static lxw_row_t flows_of(book *self, size_t scenario, const book_list *cause, lxw_row_t row, lxw_row_t at)
{
    const char *name = self->scenario.item[scenario];
    lxw_row_t first = row;
    book_grid grid[N_FLOW], exits;

    for (int f = 0; f < N_FLOW; f++) {
        book_grid_make(self, RESULT_FORECAST, name, flow[f], "category", &self->category, &grid[f]);
    }
    book_grid_make(self, RESULT_EXITS, name, NULL, "cause", cause, &exits);
    for (size_t t = 0; t < grid[0].time.n; t++, row++) {
        book_text(self, row, 0, name, BOOK_TEXT);
        book_day(self, row, 1, grid[0].time.item[t]);
        for (int f = 0; f < N_FLOW; f++) {
            three(self, row, (lxw_col_t)(VALUES + f * PER_MEASURE), &grid[f], t, "all");
        }
        causes_row(self, row, &exits, t, cause);
    }
    if (row > first) {
        flow_chart(self, first, row - 1, scenario, at, (lxw_col_t)(CAUSES + cause->n + 1));
    }
    for (int f = 0; f < N_FLOW; f++) {
        book_grid_free(&grid[f]);
    }
    book_grid_free(&exits);
    return row;
}

void book_flows(book *self)
{
    book_list cause = {0};
    lxw_row_t row = FIRST, at = FIRST;
    char label[BOOK_LABEL_SIZE];

    if (!result_has(self->results, RESULT_FORECAST)) {
        return;
    }
    book_distinct(self, RESULT_EXITS, "cause", &cause);
    book_begin(self, "Flows", "Children entering, moving and leaving, by month",
               "In 8 of 10 simulated futures the number is between low (p10) and high (p90). Leavers by "
               "cause are means.");
    book_heads(self, HEADER, 0, (const char *const[]){"Scenario", "Month end", NULL}, BOOK_HEAD);
    book_heads(self, HEADER, VALUES,
               (const char *const[]){"Starts: mean", "Starts: low", "Starts: high", "Ceases: mean",
                                     "Ceases: low", "Ceases: high", "Moves: mean", "Moves: low",
                                     "Moves: high", NULL},
               BOOK_HEAD_RIGHT);
    for (size_t c = 0; c < cause.n; c++) {
        book_text(self, HEADER, (lxw_col_t)(CAUSES + c), book_label(self, cause.item[c], label),
                  BOOK_HEAD_RIGHT);
    }
    book_widths(self, 0, 0, 22);
    book_widths(self, 1, 1, 13);
    book_widths(self, VALUES, (lxw_col_t)(CAUSES + cause.n), 9.5);
    for (size_t s = 0; s < self->scenario.n && self->status == PC_OK; s++, at += CHART_ROWS) {
        row = flows_of(self, s, &cause, row, at);
    }
    book_freeze(self, HEADER, row - FIRST, (lxw_col_t)(CAUSES + cause.n));
    book_print_area(self, row > at ? row : at, (lxw_col_t)(CAUSES + cause.n + 11));
    free(cause.item);
}

/* ---- Capacity ---- */

enum { N_CAPACITY = 3, CAPACITY_VALUES = 3, CAPACITY_COLUMNS = CAPACITY_VALUES + N_CAPACITY * PER_MEASURE };

static const char *const capacity[N_CAPACITY] = {"days_full", "overflow", "unmet"};

static bool any(const book_grid grid[N_CAPACITY], const char *category)
{
    for (int m = 0; m < N_CAPACITY; m++) {
        if (book_grid_any(&grid[m], category, "mean")) {
            return true;
        }
    }
    return false;
}

static lxw_row_t capacity_of(book *self, size_t scenario, lxw_row_t row)
{
    const char *name = self->scenario.item[scenario];
    char label[BOOK_LABEL_SIZE];
    book_grid grid[N_CAPACITY];

    for (int m = 0; m < N_CAPACITY; m++) {
        book_grid_make(self, RESULT_FORECAST, name, capacity[m], "category", &self->category, &grid[m]);
    }
    for (size_t c = 0; c < self->category.n; c++) {
        size_t n_time = any(grid, self->category.item[c]) ? grid[0].time.n : 0;

        for (size_t t = 0; t < n_time; t++, row++) {
            book_text(self, row, 0, name, BOOK_TEXT);
            book_text(self, row, 1, book_label(self, self->category.item[c], label), BOOK_TEXT);
            book_day(self, row, 2, grid[0].time.item[t]);
            for (int m = 0; m < N_CAPACITY; m++) {
                three(self, row, (lxw_col_t)(CAPACITY_VALUES + m * PER_MEASURE), &grid[m], t,
                      self->category.item[c]);
            }
        }
    }
    for (int m = 0; m < N_CAPACITY; m++) {
        book_grid_free(&grid[m]);
    }
    return row;
}

static bool has_capacity(const book *self)
{
    const result_table *table = &self->results->table[RESULT_FORECAST];
    int measure = result_column(table, "measure");

    for (size_t r = 0; r < table->n_row; r++) {
        if (strcmp(result_text(table, r, measure), capacity[0]) == 0 ||
            strcmp(result_text(table, r, measure), capacity[1]) == 0) {
            return true;
        }
    }
    return false;
}

void book_capacity(book *self)
{
    lxw_row_t row = FIRST;

    if (!has_capacity(self)) {
        return;
    }
    book_begin(self, "Capacity", "Where places run out, by month",
               "Days on which the category was full; children who found it full; those of them for whom "
               "nothing on its "
               "overflow list was free, so that they were placed all the same. A category that never fills "
               "is left out.");
    book_heads(self, HEADER, 0, (const char *const[]){"Scenario", "Category", "Month end", NULL}, BOOK_HEAD);
    book_heads(self, HEADER, CAPACITY_VALUES,
               (const char *const[]){"Days full: mean", "Days full: low", "Days full: high",
                                     "Found it full: mean", "Found it full: low", "Found it full: high",
                                     "Nothing free: mean", "Nothing free: low", "Nothing free: high", NULL},
               BOOK_HEAD_RIGHT);
    book_widths(self, 0, 0, 22);
    book_widths(self, 1, 1, 28);
    book_widths(self, 2, 2, 13);
    book_widths(self, CAPACITY_VALUES, CAPACITY_COLUMNS - 1, 10.5);
    for (size_t s = 0; s < self->scenario.n && self->status == PC_OK; s++) {
        row = capacity_of(self, s, row);
    }
    if (row == FIRST) {
        book_text(self, row++, 0, "No category was full on any day of any simulated future.", BOOK_TEXT);
    }
    book_freeze(self, HEADER, 0, CAPACITY_COLUMNS);
    book_print_area(self, row, CAPACITY_COLUMNS - 1);
}
