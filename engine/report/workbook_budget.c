/* workbook_budget.c - the sheet that the workbook opens on: the bill by financial year against a budget that
 * the user may fill in or change; the gap is a formula of it. */
#include <math.h>
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
    OUT_MEAN,
    OUT_P10,
    OUT_P50,
    OUT_P90,
    BUDGET,
    GAP_MEAN,
    GAP_P10,
    GAP_P50,
    GAP_P90,
    CHANCE,
    NEEDED,
    N_NEEDED = 3,
    N_STATISTIC = 4,
    HEADER = 3,
    CHART_ROWS = 19,
    FORMULA_SIZE = 200
};

static const double PENNY = 0.005;
static const char *const statistic[N_STATISTIC] = {"mean", "p10", "p50", "p90"};
static const char *const confidence[N_NEEDED] = {"0.50", "0.80", "0.90"};

/* Where the figures of a year stand: the bill, and the outturn when the run has a budget. */
typedef struct year_source {
    const result_table *table;
    size_t bill, outturn; /* rows; the same when there is no outturn */
    size_t scenario;
    const char *year;
} year_source;

/* What the outturn of the run holds besides the modelled bill where it has no row of its own. */
static double other_lines(const year_source *from)
{
    double mean, budget, gap;

    if (from->outturn != from->bill ||
        !result_number(from->table, from->bill, result_column(from->table, "mean"), &mean) ||
        !result_number(from->table, from->bill, result_column(from->table, "budget_gbp"), &budget) ||
        !result_number(from->table, from->bill, result_column(from->table, "gap_gbp"), &gap)) {
        return 0;
    }
    gap -= mean - budget;
    return gap > 1 || gap < -1 ? gap : 0; /* a pound: what rounding leaves */
}

static void formula_cell(book *self, lxw_row_t row, lxw_col_t column, const char *formula, book_style style,
                         double value)
{
    if (self->status == PC_OK) {
        book_check_cell(
            self, worksheet_write_formula_num(self->sheet, row, column, formula, self->style[style], value));
    }
}

/* The mean is the sum of the lines where they are shown, so that it follows a line that is changed; without
 * lines it is the bill and what else the run counts. The others are as far from it as in the run. */
static void outturn_cell(book *self, lxw_row_t row, int s, const year_source *from, double value)
{
    const result_table *table = from->table;
    int line = (int)row + 1;
    char formula[FORMULA_SIZE], link[BOOK_LINK_SIZE], base = s == 0 ? 'A' + MEAN : 'A' + OUT_MEAN;
    double mean;

    if (s == 0 && book_closing_link(self, self->scenario.item[from->scenario], from->year, "outturn", link)) {
        snprintf(formula, sizeof formula, "=%s", link);
    } else if (!result_number(table, s == 0 ? from->bill : from->outturn, result_column(table, "mean"),
                              &mean)) {
        return;
    } else {
        double more = value - mean - (s == 0 ? 0 : other_lines(from));

        snprintf(formula, sizeof formula, "=%c%d", base, line);
        if (fabs(more) >= PENNY) {
            snprintf(formula, sizeof formula, "=%c%d%+.2f", base, line, more);
        }
    }
    formula_cell(self, row, (lxw_col_t)(OUT_MEAN + s), formula, BOOK_GBP_K, value);
}

/* Blank while there is no budget, and where the method gives no quantiles. */
static void gap_formula(book *self, lxw_row_t row, int s, const double *outturn, const double *budget)
{
    char formula[FORMULA_SIZE];
    int line = (int)row + 1;

    snprintf(formula, sizeof formula, "=IF(AND(ISNUMBER(%c%d),ISNUMBER(%c%d)),%c%d-%c%d,\"\")", 'A' + BUDGET,
             line, 'A' + OUT_MEAN + s, line, 'A' + OUT_MEAN + s, line, 'A' + BUDGET, line);
    if (outturn != NULL && budget != NULL) {
        formula_cell(self, row, (lxw_col_t)(GAP_MEAN + s), formula, BOOK_GAP_K, *outturn - *budget);
    } else if (self->status == PC_OK) {
        book_check_cell(self, worksheet_write_formula_str(self->sheet, row, (lxw_col_t)(GAP_MEAN + s),
                                                          formula, self->style[BOOK_GAP_K], ""));
    }
}

static void budget_cell(book *self, lxw_row_t row, const year_source *from, bool has_budget, double budget)
{
    char formula[BOOK_LINK_SIZE + 1], link[BOOK_LINK_SIZE];

    if (has_budget &&
        book_closing_link(self, self->scenario.item[from->scenario], from->year, "budget", link)) {
        snprintf(formula, sizeof formula, "=%s", link);
        formula_cell(self, row, BUDGET, formula, BOOK_INPUT, budget);
    } else {
        book_cell(self, row, BUDGET, from->table, from->outturn, "budget_gbp", BOOK_INPUT);
    }
    book_define(self, "budget", from->year, "", from->scenario, row, BUDGET);
}

/* The least budget that is kept in so many futures, of all holders together. */
static void needed_cells(book *self, lxw_row_t row, const year_source *from)
{
    const result_table *table = &self->results->table[RESULT_BUDGET_NEEDED];
    long found[N_NEEDED] = {-1, -1, -1};

    for (size_t r = 0; r < table->n_row; r++) {
        bool sum = strcmp(result_text(table, r, result_column(table, "holder")), "all") == 0;

        if (strcmp(result_text(table, r, result_column(table, "scenario")),
                   self->scenario.item[from->scenario]) != 0 ||
            strcmp(result_text(table, r, result_column(table, "year")), from->year) != 0 ||
            strcmp(result_text(table, r, result_column(table, "measure")), "budget") != 0) {
            continue;
        }
        for (int n = 0; n < N_NEEDED; n++) {
            if (strcmp(result_text(table, r, result_column(table, "confidence")), confidence[n]) == 0 &&
                (found[n] < 0 || sum)) {
                found[n] = (long)r;
            }
        }
    }
    for (int n = 0; n < N_NEEDED; n++) {
        if (found[n] >= 0) {
            book_cell(self, row, (lxw_col_t)(NEEDED + n), table, (size_t)found[n], "needed_gbp", BOOK_GBP_K);
        }
    }
}

static lxw_col_t n_column(const book *self)
{
    return result_has(self->results, RESULT_BUDGET_NEEDED) ? NEEDED + N_NEEDED : NEEDED;
}

static void year_row(book *self, lxw_row_t row, const year_source *from)
{
    const result_table *table = from->table;
    double budget = 0, other = other_lines(from);
    bool has_budget = result_number(table, from->outturn, result_column(table, "budget_gbp"), &budget);

    book_text(self, row, SCENARIO, self->scenario.item[from->scenario], BOOK_TEXT);
    book_text(self, row, YEAR, from->year, BOOK_TEXT);
    book_cell(self, row, MONTHS, table, from->bill, "months", BOOK_WHOLE);
    budget_cell(self, row, from, has_budget, budget);
    for (int s = 0; s < N_STATISTIC; s++) {
        double outturn;
        bool known = result_number(table, from->outturn, result_column(table, statistic[s]), &outturn);

        book_cell(self, row, (lxw_col_t)(MEAN + s), table, from->bill, statistic[s], BOOK_GBP_K);
        book_define(self, "bill", from->year, statistic[s], from->scenario, row, (lxw_col_t)(MEAN + s));
        if (known) {
            outturn += other;
            outturn_cell(self, row, s, from, outturn);
        }
        book_define(self, "outturn", from->year, statistic[s], from->scenario, row,
                    (lxw_col_t)(OUT_MEAN + s));
        gap_formula(self, row, s, known ? &outturn : NULL, has_budget ? &budget : NULL);
        book_define(self, "gap", from->year, statistic[s], from->scenario, row, (lxw_col_t)(GAP_MEAN + s));
    }
    book_cell(self, row, CHANCE, table, from->outturn, "p_over_budget", BOOK_SHARE);
    needed_cells(self, row, from);
}

static void bill_chart(book *self, lxw_row_t first, lxw_row_t last, size_t scenario, lxw_row_t at)
{
    static const struct {
        const char *name;
        lxw_col_t column;
        unsigned colour;
    } bar[] = {{"Low (p10)", OUT_P10, 4},
               {"Middle (p50)", OUT_P50, 0},
               {"High (p90)", OUT_P90, 3},
               {"Budget", BUDGET, 8}};
    lxw_chart *chart = book_scenario_chart(self, LXW_CHART_COLUMN, scenario, "outturn and budget", "£m");

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
    bool lines = result_has(self->results, RESULT_BUDGET_LINES);

    book_begin(
        self, "Budget", "Bill, outturn and budget by financial year",
        lines ? "Cells hold pounds and show thousands. Budget and outturn add up the sheet Budget lines: "
                "change a "
                "yellow cell there or here and the gap follows (positive: overspend). In 8 of 10 simulated "
                "futures the figure is between low and high."
              : "Cells hold pounds and show thousands. Fill in or change a yellow cell: the gap follows "
                "(positive: overspend). In 8 of 10 simulated futures the bill is between low and high.");
    book_heads(self, HEADER, SCENARIO, (const char *const[]){"Scenario", "Financial year", NULL}, BOOK_HEAD);
    book_heads(self, HEADER, MONTHS,
               (const char *const[]){"Months forecast", "Bill: mean", "Bill: low (p10)", "Bill: middle (p50)",
                                     "Bill: high (p90)", "Outturn: mean", "Outturn: low (p10)",
                                     "Outturn: middle (p50)", "Outturn: high (p90)", "Budget", "Gap: mean",
                                     "Gap: low (p10)", "Gap: middle (p50)", "Gap: high (p90)",
                                     "Chance over the budget of the run", NULL},
               BOOK_HEAD_RIGHT);
    if (n_column(self) > NEEDED) {
        book_heads(self, HEADER, NEEDED,
                   (const char *const[]){"Budget kept in 50 of 100 futures", "Budget kept in 80 of 100",
                                         "Budget kept in 90 of 100", NULL},
                   BOOK_HEAD_RIGHT);
    }
    book_widths(self, SCENARIO, SCENARIO, 22);
    book_widths(self, YEAR, (lxw_col_t)(n_column(self) - 1), 11.5);
    book_freeze(self, HEADER, 0, n_column(self));
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
    book_grid outturn;

    book_grid_make(self, RESULT_ANNUAL, self->scenario.item[scenario], "outturn_gbp", "category",
                   &self->category, &outturn);
    for (size_t t = 0; t < grid->time.n; t++) {
        long from = book_grid_row(grid, t, "all");
        year_source source = {.table = grid->table, .scenario = scenario, .year = grid->time.item[t]};

        if (from == BOOK_NO_ROW) {
            continue;
        }
        source.bill = source.outturn = (size_t)from;
        for (size_t other = 0; other < outturn.time.n; other++) {
            long found = book_grid_row(&outturn, other, "all");

            if (found != BOOK_NO_ROW && strcmp(outturn.time.item[other], source.year) == 0) {
                source.outturn = (size_t)found;
            }
        }
        year_row(self, row++, &source);
    }
    book_grid_free(&outturn);
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
    book_print_area(self, last - 1, (lxw_col_t)(n_column(self) - 1));
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
