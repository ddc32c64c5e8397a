/* workbook_budget.c - the sheet that the workbook opens on: the bill by financial year against a budget that
 * the user may fill in or change; the gap is a formula of it. */
#include <stdio.h>
#include <string.h>

#include "report/workbook.h"

enum {
    SCENARIO,
    YEAR,
    MONTHS,
    MEAN,
    P10,
    P50,
    P90,
    OTHER,
    BUDGET,
    GAP_MEAN,
    GAP_P10,
    GAP_P50,
    GAP_P90,
    CHANCE,
    N_COLUMN,
    N_STATISTIC = 4,
    HEADER = 3,
    CHART_ROWS = 19
};

static const char *const statistic[N_STATISTIC] = {"mean", "p10", "p50", "p90"};

/* What the outturn of the run holds besides the modelled bill, e.g. income and fixed lines. */
static double other_lines(const result_table *table, size_t from)
{
    double mean, budget, gap;

    if (!result_number(table, from, result_column(table, "mean"), &mean) ||
        !result_number(table, from, result_column(table, "budget_gbp"), &budget) ||
        !result_number(table, from, result_column(table, "gap_gbp"), &gap)) {
        return 0;
    }
    gap -= mean - budget;
    return gap > 1 || gap < -1 ? gap : 0; /* a pound: what rounding leaves */
}

/* Blank while there is no budget, and where the method gives no quantiles. */
static void gap_formula(book *self, lxw_row_t row, int s, const double *bill, double other,
                        const double *budget)
{
    char formula[128];
    int line = (int)row + 1;

    if (self->status != PC_OK) {
        return;
    }
    snprintf(formula, sizeof formula, "=IF(AND(ISNUMBER(%c%d),ISNUMBER(%c%d)),%c%d+%c%d-%c%d,\"\")",
             'A' + BUDGET, line, 'A' + MEAN + s, line, 'A' + MEAN + s, line, 'A' + OTHER, line, 'A' + BUDGET,
             line);
    if (bill != NULL && budget != NULL) {
        book_check(self, worksheet_write_formula_num(self->sheet, row, (lxw_col_t)(GAP_MEAN + s), formula,
                                                     self->style[BOOK_GAP_K], *bill + other - *budget));
    } else {
        book_check(self, worksheet_write_formula_str(self->sheet, row, (lxw_col_t)(GAP_MEAN + s), formula,
                                                     self->style[BOOK_GAP_K], ""));
    }
}

static void year_row(book *self, lxw_row_t row, const result_table *table, size_t from, size_t scenario)
{
    const char *year = result_text(table, from, result_column(table, "year"));
    double budget, other = other_lines(table, from);
    bool has_budget = result_number(table, from, result_column(table, "budget_gbp"), &budget);

    book_text(self, row, SCENARIO, self->scenario.item[scenario], BOOK_TEXT);
    book_text(self, row, YEAR, year, BOOK_TEXT);
    book_cell(self, row, MONTHS, table, from, "months", BOOK_WHOLE);
    book_number(self, row, OTHER, other, BOOK_GBP_K);
    book_cell(self, row, BUDGET, table, from, "budget_gbp", BOOK_INPUT);
    book_define(self, "budget", year, "", scenario, row, BUDGET);
    for (int s = 0; s < N_STATISTIC; s++) {
        double bill;
        bool known = result_number(table, from, result_column(table, statistic[s]), &bill);

        book_cell(self, row, (lxw_col_t)(MEAN + s), table, from, statistic[s], BOOK_GBP_K);
        gap_formula(self, row, s, known ? &bill : NULL, other, has_budget ? &budget : NULL);
        book_define(self, "bill", year, statistic[s], scenario, row, (lxw_col_t)(MEAN + s));
        book_define(self, "gap", year, statistic[s], scenario, row, (lxw_col_t)(GAP_MEAN + s));
    }
    book_cell(self, row, CHANCE, table, from, "p_over_budget", BOOK_SHARE);
}

static void bill_chart(book *self, lxw_row_t first, lxw_row_t last, size_t scenario, lxw_row_t at)
{
    static const struct {
        const char *name;
        lxw_col_t column;
        unsigned colour;
    } bar[] = {
        {"Low (p10)", P10, 4}, {"Middle (p50)", P50, 0}, {"High (p90)", P90, 3}, {"Budget", BUDGET, 8}};
    lxw_chart *chart = book_chart(self, LXW_CHART_COLUMN, self->scenario.item[scenario], "£m");

    for (size_t b = 0; b < sizeof bar / sizeof bar[0]; b++) {
        book_chart_add(self, chart, false,
                       &(book_series){.first = first,
                                      .last = last,
                                      .along = YEAR,
                                      .value = bar[b].column,
                                      .name = bar[b].name,
                                      .colour = bar[b].colour});
    }
    if (chart != NULL) {
        chart_axis_set_num_format(chart->y_axis, "£#,##0.0,,\"m\"");
    }
    book_chart_place(self, chart, at, 0, last - first + 1, false);
}

/* The mean bill by category beneath the years, and its columns stacked. */
static lxw_row_t category_rows(book *self, lxw_row_t row, const book_grid *grid, size_t scenario)
{
    for (size_t t = 0; t < grid->time.n; t++, row++) {
        book_text(self, row, SCENARIO, self->scenario.item[scenario], BOOK_TEXT);
        book_text(self, row, YEAR, grid->time.item[t], BOOK_TEXT);
        for (size_t c = 0; c < self->category.n; c++) {
            long from = book_grid_row(grid, t, self->category.item[c]);

            if (from != BOOK_NO_ROW) {
                book_cell(self, row, (lxw_col_t)(2 + c), grid->table, (size_t)from, "mean", BOOK_GBP_K);
            }
        }
    }
    return row;
}

static void category_chart(book *self, lxw_row_t first, lxw_row_t last, size_t scenario, lxw_row_t at)
{
    lxw_chart *chart = book_chart(self, LXW_CHART_COLUMN_STACKED, "Mean bill by category", "£m");
    char label[BOOK_LABEL_SIZE];

    (void)scenario;
    for (size_t c = 0; c < self->category.n; c++) {
        if (strcmp(self->category.item[c], "all") != 0) {
            book_chart_add(self, chart, false,
                           &(book_series){.first = first,
                                          .last = last,
                                          .along = YEAR,
                                          .value = (lxw_col_t)(2 + c),
                                          .name = book_label(self, self->category.item[c], label),
                                          .colour = (unsigned)c});
        }
    }
    if (chart != NULL) {
        chart_axis_set_num_format(chart->y_axis, "£#,##0.0,,\"m\"");
    }
    book_chart_place(self, chart, at, P90 + 1, last - first + 1, false);
}

static void category_heads(book *self, lxw_row_t row)
{
    char label[BOOK_LABEL_SIZE];

    book_text(self, row - 1, 0, "Mean bill by category. Means add up; low and high ends do not.", BOOK_NOTE);
    book_heads(self, row, SCENARIO, (const char *const[]){"Scenario", "Financial year", NULL}, BOOK_HEAD);
    for (size_t c = 0; c < self->category.n; c++) {
        book_text(self, row, (lxw_col_t)(2 + c), book_label(self, self->category.item[c], label),
                  BOOK_HEAD_RIGHT);
    }
}

static void heads(book *self)
{
    book_begin(self, "Budget", "Bill by financial year",
               "Cells hold pounds and show thousands. Fill in or change a yellow cell: the gap follows "
               "(positive: overspend). In 8 of 10 simulated futures the bill is between low and high.");
    book_heads(self, HEADER, SCENARIO, (const char *const[]){"Scenario", "Financial year", NULL}, BOOK_HEAD);
    book_heads(self, HEADER, MONTHS,
               (const char *const[]){"Months forecast", "Bill: mean", "Low (p10)", "Middle (p50)",
                                     "High (p90)", "Other lines of the run", "Budget", "Gap: mean",
                                     "Gap: low (p10)", "Gap: middle (p50)", "Gap: high (p90)",
                                     "Chance over the budget of the run", NULL},
               BOOK_HEAD_RIGHT);
    book_widths(self, SCENARIO, SCENARIO, 22);
    book_widths(self, YEAR, N_COLUMN - 1, 11.5);
    book_freeze(self, HEADER, 0, N_COLUMN);
}

static void validate_budget(book *self, lxw_row_t first, lxw_row_t last)
{
    char title[] = "Budget", message[] = "A number of pounds, 0 or more.";
    lxw_data_validation rule = {.validate = LXW_VALIDATION_TYPE_DECIMAL,
                                .criteria = LXW_VALIDATION_CRITERIA_GREATER_THAN_OR_EQUAL_TO,
                                .value_number = 0,
                                .error_title = title,
                                .error_message = message};

    if (self->status == PC_OK) {
        book_check(self, worksheet_data_validation_range(self->sheet, first, BUDGET, last, BUDGET, &rule));
    }
}

static lxw_row_t bill_rows(book *self, const book_grid *grid, size_t scenario, lxw_row_t row)
{
    for (size_t t = 0; t < grid->time.n; t++) {
        long from = book_grid_row(grid, t, "all");

        if (from != BOOK_NO_ROW) {
            year_row(self, row++, grid->table, (size_t)from, scenario);
        }
    }
    return row;
}

/* Years first, for every scenario; then the categories; then two charts a scenario. */
static void scenarios(book *self, lxw_row_t n_year_row)
{
    lxw_row_t bill = HEADER + 1, category = HEADER + n_year_row + 4, charts = category + n_year_row + 1;
    lxw_row_t last = charts;

    category_heads(self, category - 1);
    for (size_t s = 0; s < self->scenario.n && self->status == PC_OK; s++) {
        lxw_row_t first_bill = bill, first_category = category;
        book_grid grid;

        book_grid_make(self, RESULT_ANNUAL, self->scenario.item[s], "cost_gbp", "category", &self->category,
                       &grid);
        if (grid.time.n > 0) {
            bill = bill_rows(self, &grid, s, bill);
            category = category_rows(self, category, &grid, s);
            bill_chart(self, first_bill, bill - 1, s, last);
            category_chart(self, first_category, category - 1, s, last);
            last += CHART_ROWS;
        }
        book_grid_free(&grid);
    }
    validate_budget(self, HEADER + 1, bill - 1);
    book_print_area(self, last - 1, N_COLUMN);
}

void book_budget(book *self)
{
    lxw_row_t n = 0;

    for (size_t s = 0; s < self->scenario.n && self->status == PC_OK; s++) {
        book_grid grid;

        book_grid_make(self, RESULT_ANNUAL, self->scenario.item[s], "cost_gbp", "category", &self->category,
                       &grid);
        n += (lxw_row_t)grid.time.n;
        book_grid_free(&grid);
    }
    if (n > 0 && self->status == PC_OK) {
        heads(self);
        scenarios(self, n);
    }
}
