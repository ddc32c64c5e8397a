/* workbook_sensitivity.c - the sheet Sensitivity: how far each assumption moves each result, as a tornado. */
#include <math.h>
#include <string.h>

#include "base/number_text.h"
#include "report/workbook.h"

enum {
    HEADER = 3,
    AT_LOW = 4,
    MIDDLE = 5,
    AT_HIGH = 6,
    CHANGE_LOW = 7,
    CHANGE_HIGH = 8,
    WIDTH = 9,
    INDEX = 10,
    N_COLUMN = 16,
    CHART_ROWS = 19,
    MOST_BARS = 12
};

static const char *words_of(const char *result)
{
    static const char *const words[][2] = {
        {"cost_gbp", "Bill over the forecast"},
        {"gap_gbp", "Budget gap over the forecast"},
        {"children_residential", "Children in residential care at the end"},
        {"children", "Children in care at the end"},
        {"p_over_budget", "Chance of overspending in the last year of the budget"},
        {"posts_needed", "Posts needed at the end"},
        {"open_cases", "Open cases at the end"}};

    for (size_t w = 0; w < sizeof words / sizeof words[0]; w++) {
        if (strcmp(words[w][0], result) == 0) {
            return words[w][1];
        }
    }
    return result;
}

static const char *text_of(const result_table *table, size_t row, const char *column)
{
    return result_text(table, row, result_column(table, column));
}

/* A factor's value is a number, or the name of a choice. */
static void factor_value(book *self, lxw_row_t row, lxw_col_t column, const char *text)
{
    double value;

    if (pc_number_parse(text, strlen(text), &value)) {
        book_number(self, row, column, value, BOOK_NUMBER);
    } else {
        book_text(self, row, column, text, BOOK_TEXT);
    }
}

/* At that end less the middle, as a formula. */
static void change(book *self, lxw_row_t row, lxw_col_t column, lxw_col_t end, const result_table *table,
                   size_t from, const char *name, book_style style)
{
    char formula[64];
    double at, middle;

    if (self->status == PC_OK && result_number(table, from, result_column(table, name), &at) &&
        result_number(table, from, result_column(table, "at_middle"), &middle)) {
        snprintf(formula, sizeof formula, "=%c%u-%c%u", (char)('A' + end), (unsigned)row + 1,
                 (char)('A' + MIDDLE), (unsigned)row + 1);
        book_check_cell(self, worksheet_write_formula_num(self->sheet, row, column, formula,
                                                          self->style[style], at - middle));
    }
}

static void sensitivity_row(book *self, lxw_row_t row, const result_table *table, size_t from)
{
    static const char *const number[] = {"at_low", "at_middle", "at_high"};
    static const char *const index[] = {"first", "first_low", "first_high",
                                        "total", "total_low", "total_high"};
    bool pounds = strstr(text_of(table, from, "result"), "gbp") != NULL;
    bool chance = strcmp(text_of(table, from, "result"), "p_over_budget") == 0;
    book_style style = pounds ? BOOK_GBP_K : chance ? BOOK_SHARE : BOOK_NUMBER;
    book_style moved = pounds ? BOOK_GAP_K : style;

    book_text(self, row, 0, words_of(text_of(table, from, "result")), BOOK_TEXT);
    book_text(self, row, 1, text_of(table, from, "factor"), BOOK_TEXT);
    factor_value(self, row, 2, text_of(table, from, "low_value"));
    factor_value(self, row, 3, text_of(table, from, "high_value"));
    for (int c = 0; c < 3; c++) {
        book_cell(self, row, (lxw_col_t)(AT_LOW + c), table, from, number[c], style);
    }
    change(self, row, CHANGE_LOW, AT_LOW, table, from, "at_low", moved);
    change(self, row, CHANGE_HIGH, AT_HIGH, table, from, "at_high", moved);
    book_cell(self, row, WIDTH, table, from, "width", style);
    for (int c = 0; c < 6; c++) {
        book_cell(self, row, (lxw_col_t)(INDEX + c), table, from, index[c], BOOK_NUMBER);
    }
}

/* Rows [first, last] of one result: bars to either side of the middle, the widest at the top. */
static void tornado(book *self, const char *result, lxw_row_t first, lxw_row_t last, lxw_row_t at)
{
    bool pounds = strstr(result, "gbp") != NULL, chance = strcmp(result, "p_over_budget") == 0;
    lxw_chart *chart = book_chart(self, LXW_CHART_BAR, words_of(result), "");
    book_series series = {
        .first = first, .last = last, .along = 1, .value = CHANGE_LOW, .name = "At its low value"};

    if (last - first >= MOST_BARS) {
        series.last = first + MOST_BARS - 1;
    }
    book_chart_add(self, chart, false, &series);
    series.value = CHANGE_HIGH;
    series.name = "At its high value";
    series.colour = 3;
    book_chart_add(self, chart, false, &series);
    if (chart != NULL) {
        chart_set_series_overlap(chart, 100);
        /* Of bars the library calls the vertical axis, that of the names, y. */
        chart_axis_set_reverse(chart->y_axis);
        chart_axis_set_label_position(chart->y_axis, LXW_CHART_AXIS_LABEL_POSITION_LOW);
        chart_axis_set_num_format(chart->x_axis, pounds   ? "+£#,##0.0,,\"m\";-£#,##0.0,,\"m\";0"
                                                 : chance ? "+0%;-0%;0"
                                                          : "+0.0;-0.0;0");
    }
    book_chart_place(self, chart, at, 0, series.last - first + 1, false);
}

void book_sensitivity(book *self)
{
    static const char *const head[] = {"Result", "Assumption", NULL};
    static const char *const number_head[] = {"Low value",      "High value",  "At low",
                                              "In the middle",  "At high",     "Change at low",
                                              "Change at high", "Moves it by", "First-order index",
                                              "from",           "to",          "Total index",
                                              "from",           "to",          NULL};
    const result_table *table = &self->results->table[RESULT_SENSITIVITY];
    lxw_row_t end = HEADER + 1 + (lxw_row_t)table->n_row, at = end + 1;

    const json_t *to = json_object_get(self->results->sensitivity, "rounded_to");

    if (!result_has(self->results, RESULT_SENSITIVITY) || table->n_row == 0) {
        return;
    }
    book_begin(self, "Sensitivity", "Which assumption moves the results",
               "Each assumption at its low and its high value, the others in the middle. Indices (Sobol): "
               "its share of the "
               "variance over all ranges, alone and with those it acts together with, with 95% intervals.");
    if (json_is_integer(to)) {
        char note[128];

        snprintf(note, sizeof note,
                 "Numbers of children are rounded to the nearest %ld, each by itself; money is not.",
                 (long)json_integer_value(to));
        book_text(self, 2, 0, note, BOOK_NOTE);
    }
    book_widths(self, 0, 0, 38);
    book_widths(self, 1, 1, 24);
    book_widths(self, 2, N_COLUMN - 1, 13);
    book_heads(self, HEADER, 0, head, BOOK_HEAD);
    book_heads(self, HEADER, 2, number_head, BOOK_HEAD_RIGHT);
    for (size_t row = 0; row < table->n_row && self->status == PC_OK; row++) {
        sensitivity_row(self, HEADER + 1 + (lxw_row_t)row, table, row);
    }
    for (size_t row = 0, first = 0; row < table->n_row && self->status == PC_OK; row++) {
        const char *result = text_of(table, row, "result");

        if (row + 1 == table->n_row || strcmp(result, text_of(table, row + 1, "result")) != 0) {
            tornado(self, result, HEADER + 1 + (lxw_row_t)first, HEADER + 1 + (lxw_row_t)row, at);
            at += CHART_ROWS;
            first = row + 1;
        }
    }
    book_freeze(self, HEADER, (lxw_row_t)table->n_row, N_COLUMN);
    book_print_area(self, at, N_COLUMN - 1);
}
