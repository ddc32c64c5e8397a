/* workbook_charts.c - the native charts of workbook.xlsx. */
#include <stdio.h>

#include "report/workbook.h"

/* Okabe and Ito's palette, told apart by people who are colour-blind, and three more for the rare categories.
 */
static const lxw_color_t palette[] = {0x0072B2, 0xE69F00, 0x009E73, 0xD55E00, 0x56B4E9, 0xCC79A7,
                                      0xF0E442, 0x000000, 0x999999, 0x7F5539, 0xB3CDE3};
enum { MOST_LABELS = 12, WIDTH = 620, HEIGHT = 340, TITLE_SIZE = 256 };

lxw_chart *book_chart(book *self, lxw_chart_type type, const char *title, const char *unit)
{
    lxw_chart *chart = self->status == PC_OK ? workbook_add_chart(self->workbook, (uint8_t)type) : NULL;

    if (chart == NULL) {
        self->status = self->status == PC_OK ? PC_ERR_NO_MEMORY : self->status;
        return NULL;
    }
    chart_title_set_name(chart, title);
    chart_title_set_name_font(chart, &(lxw_chart_font){.size = 12, .bold = LXW_TRUE});
    chart_legend_set_position(chart, LXW_CHART_LEGEND_BOTTOM);
    chart_axis_set_name(chart->y_axis, unit);
    chart_axis_set_name_font(chart->y_axis,
                             &(lxw_chart_font){.size = 10, .bold = LXW_EXPLICIT_FALSE, .rotation = -90});
    chart_axis_major_gridlines_set_line(chart->y_axis, &(lxw_chart_line){.color = 0xD9D9D9, .width = 0.75F});
    return chart;
}

lxw_chart *book_scenario_chart(book *self, lxw_chart_type type, size_t scenario, const char *what,
                               const char *unit)
{
    char title[TITLE_SIZE];

    snprintf(title, sizeof title, "%.200s: %s", self->scenario.item[scenario], what);
    return book_chart(self, type, title, unit);
}

void book_chart_add(book *self, lxw_chart *chart, bool line, const book_series *series)
{
    static const uint8_t dashes[] = {LXW_CHART_LINE_DASH_SOLID, LXW_CHART_LINE_DASH_DASH,
                                     LXW_CHART_LINE_DASH_ROUND_DOT};
    lxw_color_t colour = palette[series->colour % (sizeof palette / sizeof palette[0])];
    lxw_chart_series *added = chart == NULL ? NULL : chart_add_series(chart, NULL, NULL);

    if (added == NULL) {
        self->status = self->status == PC_OK ? PC_ERR_NO_MEMORY : self->status;
        return;
    }
    chart_series_set_categories(added, self->sheet_name, series->first, series->along, series->last,
                                series->along);
    chart_series_set_values(added, self->sheet_name, series->first, series->value, series->last,
                            series->value);
    chart_series_set_name(added, series->name);
    if (line) {
        chart_series_set_line(added, &(lxw_chart_line){.color = colour,
                                                       .width = series->dash == BOOK_SOLID ? 2.25F : 1.25F,
                                                       .dash_type = dashes[series->dash]});
    } else {
        chart_series_set_fill(
            added, &(lxw_chart_fill){.color = colour, .none = series->unseen ? LXW_TRUE : LXW_FALSE});
    }
}

void book_chart_place(book *self, lxw_chart *chart, lxw_row_t row, lxw_col_t column, size_t n_along,
                      bool months)
{
    char description[] = "The figures are in the table on this sheet";
    lxw_chart_options options = {.object_position = LXW_OBJECT_MOVE_DONT_SIZE, .description = description};

    if (self->status != PC_OK || chart == NULL) {
        return;
    }
    if (n_along > MOST_LABELS) {
        uint16_t each = (uint16_t)((n_along + MOST_LABELS - 1) / MOST_LABELS);

        chart_axis_set_interval_unit(chart->x_axis, each);
        chart_axis_set_interval_tick(chart->x_axis, each);
    }
    if (months) {
        chart_axis_set_num_format(chart->x_axis, "mmm yy");
    }
    options.x_scale = WIDTH / 480.0; /* of the size that charts have unless told */
    options.y_scale = HEIGHT / 288.0;
    book_check(self, worksheet_insert_chart_opt(self->sheet, row, column, chart, &options));
}
