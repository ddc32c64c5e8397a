/* workbook_words.c - the sheets Summary and Quality: from run.json, less what differs between
 * two runs that agree (the command line, timings, memory). */
#include <stdio.h>
#include <string.h>

#include "report/workbook.h"

enum { FIRST = 3 };

/* ---- Summary ---- */

static lxw_row_t figure(book *self, lxw_row_t row, const char *scenario, const char *what, const char *when,
                        const result_table *table, size_t from, book_style style)
{
    static const char *const statistic[] = {"mean", "p10", "p50", "p90"};

    book_text(self, row, 0, scenario, BOOK_TEXT);
    book_text(self, row, 1, what, BOOK_TEXT);
    book_text(self, row, 2, when, BOOK_TEXT);
    for (int s = 0; s < 4; s++) {
        book_cell(self, row, (lxw_col_t)(3 + s), table, from, statistic[s], style);
    }
    return row + 1;
}

static lxw_row_t figures(book *self, lxw_row_t row)
{
    static const struct {
        const char *measure, *words;
        book_style style;
    } shown[] = {{"children", "Children in care at the end of the year", BOOK_WHOLE},
                 {"children_average", "Children in care, average of the year", BOOK_WHOLE},
                 {"cost_gbp", "Cost of placements", BOOK_GBP_K},
                 {"starts", "Children who start in care", BOOK_WHOLE},
                 {"ceases", "Children who leave care", BOOK_WHOLE},
                 {"unmet", "Children for whom no place was found", BOOK_WHOLE}};

    for (size_t s = 0; s < self->scenario.n && self->status == PC_OK; s++) {
        for (size_t m = 0; m < sizeof shown / sizeof shown[0]; m++) {
            book_grid grid;

            book_grid_make(self, RESULT_ANNUAL, self->scenario.item[s], shown[m].measure, "category",
                           &self->category, &grid);
            for (size_t t = 0; t < grid.time.n; t++) {
                long from = book_grid_row(&grid, t, "all");

                if (from != BOOK_NO_ROW) {
                    row = figure(self, row, self->scenario.item[s], shown[m].words, grid.time.item[t],
                                 grid.table, (size_t)from, shown[m].style);
                }
            }
            book_grid_free(&grid);
        }
    }
    return row;
}

/* Text as text, whole numbers as numbers, days as days. */
static lxw_row_t fact(book *self, lxw_row_t row, const char *what, const json_t *value)
{
    const char *text = json_string_value(value);

    if (value == NULL || json_is_null(value)) {
        return row;
    }
    book_text(self, row, 0, what, BOOK_TEXT);
    if (json_is_integer(value)) {
        /* A seed is a name rather than a number, and may have more digits than a cell keeps. */
        double number = (double)json_integer_value(value);

        if (number > -1e15 && number < 1e15) {
            book_number(self, row, 1, number, BOOK_WHOLE);
        } else {
            char digits[24];

            snprintf(digits, sizeof digits, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
            book_text(self, row, 1, digits, BOOK_TEXT);
        }
    } else if (text != NULL && strlen(text) == strlen("2012-01-31") && text[4] == '-') {
        book_day(self, row, 1, text);
    } else {
        book_text(self, row, 1, text == NULL ? "" : text, BOOK_TEXT);
    }
    return row + 1;
}

static lxw_row_t facts(book *self, lxw_row_t row)
{
    const json_t *run = self->results->run, *scenario = json_object_get(run, "scenario");
    const json_t *window = json_object_get(run, "window");

    row = fact(self, row, "Scenario", json_object_get(scenario, "name"));
    row = fact(self, row, "First day forecast", json_object_get(scenario, "start"));
    row = fact(self, row, "Months", json_object_get(scenario, "months"));
    row = fact(self, row, "Method", json_object_get(scenario, "method"));
    row = fact(self, row, "Simulated futures", json_object_get(run, "replicates_done"));
    row = fact(self, row, "Seed", json_object_get(run, "seed"));
    row = fact(self, row, "Last day that the data know", json_object_get(run, "extract"));
    row = fact(self, row, "Rates from", json_object_get(window, "from"));
    row = fact(self, row, "Rates to", json_object_get(window, "to"));
    row =
        fact(self, row, "Numbers of children are rounded to the nearest (totals by themselves; money is not)",
             json_object_get(run, "rounded_to"));
    return fact(self, row, "Version of placecast", json_object_get(run, "placecast"));
}

void book_summary(book *self)
{
    lxw_row_t row = FIRST, header;

    if (!result_has(self->results, RESULT_ANNUAL) && !result_has(self->results, RESULT_FORECAST)) {
        return; /* a sensitivity analysis alone */
    }

    book_begin(
        self, "Summary", "Placement forecast",
        "In 8 of 10 simulated futures the figure is between low and high. Other workbooks can link to the "
        "defined names, e.g. bill_2025_26_p50.");
    book_widths(self, 0, 0, 28);
    book_widths(self, 1, 1, 40);
    book_widths(self, 2, 6, 13);
    row = facts(self, row);
    header = row + 1;
    if (result_has(self->results, RESULT_ANNUAL)) {
        book_heads(self, header, 0, (const char *const[]){"Scenario", "Figure", "Financial year", NULL},
                   BOOK_HEAD);
        book_heads(self, header, 3,
                   (const char *const[]){"Mean", "Low (p10)", "Middle (p50)", "High (p90)", NULL},
                   BOOK_HEAD_RIGHT);
        row = figures(self, header + 1);
    }
    book_print_area(self, row, 6);
}

/* ---- Quality ---- */

static lxw_row_t rules(book *self, const json_t *list, lxw_row_t row)
{
    const json_t *rule;
    size_t r;

    if (json_array_size(list) == 0) {
        return row;
    }
    book_heads(self, ++row, 0, (const char *const[]){"Cleaning rule", "What was done", NULL}, BOOK_HEAD);
    book_text(self, row, 2, "Lines", BOOK_HEAD_RIGHT);
    book_text(self, row++, 3, "What it is", BOOK_HEAD);
    json_array_foreach(list, r, rule)
    {
        const char *name = json_string_value(json_object_get(rule, "rule"));
        const char *severity = json_string_value(json_object_get(rule, "severity"));
        const char *meaning = json_string_value(json_object_get(rule, "meaning"));
        char label[BOOK_LABEL_SIZE];

        book_text(self, row, 0, book_label(self, name == NULL ? "" : name, label), BOOK_TEXT);
        book_text(self, row, 1, book_label(self, severity == NULL ? "" : severity, label), BOOK_TEXT);
        book_number(self, row, 2, json_number_value(json_object_get(rule, "count")), BOOK_WHOLE);
        book_text(self, row++, 3, meaning == NULL ? "" : meaning, BOOK_TEXT);
    }
    return row + 1;
}

void book_quality(book *self)
{
    const json_t *cleaned = json_object_get(self->results->run, "cleaned");
    lxw_row_t row = FIRST;

    if (cleaned == NULL && !result_has(self->results, RESULT_TIEOUT)) {
        return;
    }
    book_begin(self, "Quality", "What was read, and what was repaired or set aside",
               "Each line is in quality.csv of `placecast clean`.");
    book_widths(self, 0, 0, 34);
    book_widths(self, 1, 6, 16);
    row = fact(self, row, "Rows read", json_object_get(cleaned, "rows_read"));
    row = fact(self, row, "Episodes kept", json_object_get(cleaned, "episodes"));
    row = fact(self, row, "Children", json_object_get(cleaned, "children"));
    row = fact(self, row, "Left out for want of a birth date",
               json_object_get(self->results->run, "children_left_out"));
    row = rules(self, json_object_get(cleaned, "rules"), row);
    if (result_has(self->results, RESULT_TIEOUT)) {
        book_text(self, ++row, 0,
                  "Children counted on each 31 March: by this tool, and by the national rules", BOOK_NOTE);
        row = book_table_at(self, RESULT_TIEOUT, row + 1);
    }
    book_print_area(self, row, 6);
}
