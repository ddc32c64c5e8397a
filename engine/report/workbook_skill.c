/* workbook_skill.c - the sheet Skill: past forecasts of all children beside what happened. */
#include <string.h>

#include "report/workbook.h"

enum { FIRST = 3, N_COLUMN = 9 };

static const char *text(const result_table *table, size_t row, const char *column)
{
    return result_text(table, row, result_column(table, column));
}

static bool is_all_children(const result_table *table, size_t row)
{
    return strcmp(text(table, row, "measure"), "children") == 0 &&
           strcmp(text(table, row, "category"), "all") == 0 &&
           (result_column(table, "size_band") < 0 || strcmp(text(table, row, "size_band"), "all") == 0);
}

/* The furthest horizon of at most 12 months: the one that the sentence of skill speaks of. */
static const char *main_horizon(const result_table *table)
{
    const char *found = "";
    double most = 0, months;

    for (size_t row = 0; row < table->n_row; row++) {
        if (is_all_children(table, row) &&
            result_number(table, row, result_column(table, "horizon_months"), &months) && months > most &&
            months <= 12) {
            most = months;
            found = text(table, row, "horizon_months");
        }
    }
    return found;
}

/* Rows of that horizon, or of all others. */
static lxw_row_t past(book *self, const result_table *table, const char *horizon, bool of_it, lxw_row_t row)
{
    static const struct {
        const char *name;
        book_style style;
    } column[] = {{"horizon_months", BOOK_WHOLE},
                  {"mean", BOOK_COUNT},
                  {"p10", BOOK_WHOLE},
                  {"p50", BOOK_WHOLE},
                  {"p90", BOOK_WHOLE},
                  {"actual", BOOK_WHOLE},
                  {"naive", BOOK_COUNT},
                  {"line", BOOK_COUNT}};

    for (size_t r = 0; r < table->n_row; r++) {
        if (!is_all_children(table, r) || (strcmp(text(table, r, "horizon_months"), horizon) == 0) != of_it) {
            continue;
        }
        book_day(self, row, 0, text(table, r, "origin"));
        for (size_t c = 0; c < sizeof column / sizeof column[0]; c++) {
            book_cell(self, row, (lxw_col_t)(1 + c), table, r, column[c].name, column[c].style);
        }
        row++;
    }
    return row;
}

static void chart(book *self, lxw_row_t first, lxw_row_t last)
{
    static const struct {
        const char *name;
        lxw_col_t column;
        unsigned colour;
        book_dash dash;
    } line[] = {{"What happened", 6, 3, BOOK_SOLID},
                {"Forecast: mean", 2, 0, BOOK_SOLID},
                {"8 in 10: low", 3, 0, BOOK_DASHED},
                {"8 in 10: high", 5, 0, BOOK_DASHED}};
    lxw_chart *made = book_chart(self, LXW_CHART_LINE, "Past forecasts, by the day they knew", "children");

    for (size_t l = 0; l < sizeof line / sizeof line[0]; l++) {
        book_chart_add(self, made, true,
                       &(book_series){.first = first,
                                      .last = last,
                                      .along = 0,
                                      .value = line[l].column,
                                      .name = line[l].name,
                                      .colour = line[l].colour,
                                      .dash = line[l].dash});
    }
    book_chart_place(self, made, FIRST + 1, N_COLUMN + 1, last - first + 1, true);
}

static lxw_row_t summary(book *self, lxw_row_t row)
{
    static const char *const share[] = {"mape", "naive_mape", "line_mape", "held_80"};
    const result_table *table = &self->results->table[RESULT_SKILL_SUMMARY];

    book_heads(self, row, 0,
               (const char *const[]){"Months ahead", "Forecasts", "Missed by", "Last value missed by",
                                     "Straight line missed by", "8 in 10 range held", NULL},
               BOOK_HEAD_RIGHT);
    row++;
    for (size_t r = 0; r < table->n_row; r++) {
        if (is_all_children(table, r)) {
            book_cell(self, row, 0, table, r, "horizon_months", BOOK_WHOLE);
            book_cell(self, row, 1, table, r, "forecasts", BOOK_WHOLE);
            for (size_t s = 0; s < sizeof share / sizeof share[0]; s++) {
                book_cell(self, row, (lxw_col_t)(2 + s), table, r, share[s], BOOK_SHARE_FINE);
            }
            row++;
        }
    }
    return row;
}

void book_skill(book *self)
{
    const result_table *table = &self->results->table[RESULT_SKILL];
    const char *horizon = main_horizon(table);
    lxw_row_t row = FIRST + 1, after;

    if (!result_has(self->results, RESULT_SKILL) || horizon[0] == '\0') {
        return;
    }
    book_begin(self, "Skill", "How good past forecasts of all children were",
               result_run_text(self->results, "skill", "sentence"));
    book_heads(self, FIRST, 0, (const char *const[]){"Made with what was known on", NULL}, BOOK_HEAD);
    book_heads(self, FIRST, 1,
               (const char *const[]){"Months ahead", "Forecast: mean", "Low (p10)", "Middle (p50)",
                                     "High (p90)", "What happened", "Last value", "Straight line", NULL},
               BOOK_HEAD_RIGHT);
    book_widths(self, 0, 0, 18);
    book_widths(self, 1, N_COLUMN - 1, 12);
    after = past(self, table, horizon, true, row);
    chart(self, row, after - 1);
    after = past(self, table, horizon, false, after);
    row = result_has(self->results, RESULT_SKILL_SUMMARY) ? summary(self, after + 1) : after;
    book_freeze(self, FIRST, 0, N_COLUMN);
    book_print_area(self, row > FIRST + 21 ? row : FIRST + 21, N_COLUMN + 8);
}
