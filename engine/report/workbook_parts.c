/* workbook_parts.c - sheets and cells of workbook.xlsx, and how they look. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "placecast/day.h"
#include "report/json_parts.h"
#include "report/workbook.h"

enum { LONGEST_CELL = 32767, A4 = 9, NAME_SIZE = 96, HEAD_HEIGHT = 46, LINE_HEIGHT = 15 };

/* Dark blue on pale: the contrast is above 7 to 1. */
static const lxw_color_t head_fill = 0xDCE6F1, head_ink = 0x1F3864, input_fill = 0xFFF2CC,
                         note_ink = 0x595959;

static const char *const number_format[BOOK_N_STYLE] = {
    [BOOK_DATE] = "d mmm yyyy",
    [BOOK_WHOLE] = "#,##0",
    [BOOK_COUNT] = "#,##0.0",
    [BOOK_CHANGE] = "+#,##0.0;-#,##0.0;0.0",
    [BOOK_NUMBER] = "#,##0.##",
    [BOOK_GBP] = "£#,##0;-£#,##0",
    [BOOK_GBP_K] = "£#,##0,\"k\";-£#,##0,\"k\"",
    [BOOK_GAP_K] = "[Red]+£#,##0,\"k\";-£#,##0,\"k\";£0\"k\"",
    [BOOK_INPUT_GBP] = "£#,##0;-£#,##0",
    [BOOK_INPUT] = "£#,##0,\"k\";-£#,##0,\"k\"",
    [BOOK_SHARE] = "0%",
    [BOOK_SHARE_FINE] = "0.0%",
};

static void style_words(lxw_format *format, book_style style)
{
    if (style == BOOK_TITLE) {
        format_set_bold(format);
        format_set_font_size(format, 16);
        format_set_font_color(format, head_ink);
    } else if (style == BOOK_NOTE) {
        format_set_font_color(format, note_ink);
    } else if (style == BOOK_HEAD || style == BOOK_HEAD_RIGHT) {
        format_set_bold(format);
        format_set_text_wrap(format);
        format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
        format_set_align(format, style == BOOK_HEAD ? LXW_ALIGN_LEFT : LXW_ALIGN_RIGHT);
        format_set_bg_color(format, head_fill);
        format_set_font_color(format, head_ink);
        format_set_bottom(format, LXW_BORDER_THIN);
    } else if (style == BOOK_PARAGRAPH) {
        format_set_text_wrap(format);
        format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
    } else if (style == BOOK_DATE) {
        format_set_align(format, LXW_ALIGN_LEFT);
    } else if (style == BOOK_INPUT || style == BOOK_INPUT_GBP) {
        format_set_bg_color(format, input_fill);
        format_set_border(format, LXW_BORDER_THIN);
        format_set_unlocked(format);
    }
}

void book_styles(book *self)
{
    for (int s = 0; s < BOOK_N_STYLE; s++) {
        self->style[s] = workbook_add_format(self->workbook);
        if (self->style[s] == NULL) {
            self->status = PC_ERR_NO_MEMORY;
            return;
        }
        if (number_format[s] != NULL) {
            format_set_num_format(self->style[s], number_format[s]);
        }
        style_words(self->style[s], (book_style)s);
    }
}

void book_check(book *self, lxw_error error)
{
    if (errno == ENOMEM && self->status == PC_OK) { /* the library does not always say so */
        self->status = PC_ERR_NO_MEMORY;
    }
    if (error != LXW_NO_ERROR && self->status == PC_OK) {
        self->status = error == LXW_ERROR_MEMORY_MALLOC_FAILED ? PC_ERR_NO_MEMORY : PC_ERR_INTERNAL;
    }
}

void book_check_cell(book *self, lxw_error error)
{
    book_check(self, error);
    self->n_cell++;
}

void book_begin(book *self, const char *name, const char *title, const char *note)
{
    self->sheet = workbook_add_worksheet(self->workbook, name);
    self->sheet_name = name;
    if (self->sheet == NULL) {
        self->status = PC_ERR_NO_MEMORY;
        return;
    }
    worksheet_set_landscape(self->sheet);
    worksheet_set_paper(self->sheet, A4);
    worksheet_fit_to_pages(self->sheet, 1, 0);
    worksheet_gridlines(self->sheet, LXW_HIDE_ALL_GRIDLINES);
    book_check(self, worksheet_set_footer(self->sheet, "&L&F, &A&RPage &P of &N"));
    book_text(self, 0, 0, title, BOOK_TITLE);
    book_text(self, 1, 0, note, BOOK_NOTE);
}

void book_freeze(book *self, lxw_row_t header, lxw_row_t n_row, lxw_col_t n_column)
{
    if (self->status != PC_OK) {
        return;
    }
    worksheet_freeze_panes(self->sheet, header + 1, 0);
    book_check(self, worksheet_repeat_rows(self->sheet, header, header));
    if (n_row > 0) {
        book_check(self,
                   worksheet_autofilter(self->sheet, header, 0, header + n_row, (lxw_col_t)(n_column - 1)));
    }
}

void book_print_area(book *self, lxw_row_t last_row, lxw_col_t last_column)
{
    if (self->status == PC_OK) {
        book_check(self, worksheet_print_area(self->sheet, 0, 0, last_row, last_column));
    }
}

void book_widths(book *self, lxw_col_t first, lxw_col_t last, double width)
{
    if (self->status == PC_OK) {
        book_check(self, worksheet_set_column(self->sheet, first, last, width, NULL));
    }
}

void book_row_lines(book *self, lxw_row_t row, size_t lines)
{
    if (self->status == PC_OK) {
        book_check(self, worksheet_set_row(self->sheet, row, (double)lines * LINE_HEIGHT, NULL));
    }
}

/* A file that is not UTF-8 would make a workbook that no program opens, and so would a text too long for a
 * cell. */
void book_text(book *self, lxw_row_t row, lxw_col_t column, const char *text, book_style style)
{
    char cut[LONGEST_CELL];
    json_t *safe;

    if (self->status != PC_OK) {
        return;
    }
    safe = report_json_text(text);
    if (safe == NULL) {
        self->status = PC_ERR_NO_MEMORY;
        return;
    }
    if (style == BOOK_HEAD || style == BOOK_HEAD_RIGHT) { /* room for three lines */
        book_check(self, worksheet_set_row(self->sheet, row, HEAD_HEIGHT, NULL));
    }
    text = json_string_value(safe);
    if (strlen(text) >= sizeof cut) {
        size_t length = sizeof cut - 1;

        while ((text[length] & 0xC0) == 0x80) { /* not within a character */
            length--;
        }
        memcpy(cut, text, length);
        cut[length] = '\0';
        text = cut;
    }
    book_check_cell(self, worksheet_write_string(self->sheet, row, column, text, self->style[style]));
    json_decref(safe);
}

void book_number(book *self, lxw_row_t row, lxw_col_t column, double value, book_style style)
{
    if (self->status == PC_OK) {
        book_check_cell(self, worksheet_write_number(self->sheet, row, column, value, self->style[style]));
    }
}

/* What is no day is shown as the text that it is. */
void book_day(book *self, lxw_row_t row, lxw_col_t column, const char *iso)
{
    pc_day day;
    pc_date date;

    if (!pc_day_parse(iso, strlen(iso), &day)) {
        book_text(self, row, column, iso, BOOK_TEXT);
        return;
    }
    date = pc_date_from_day(day);
    if (self->status == PC_OK) {
        lxw_datetime when = {.year = date.year, .month = date.month, .day = date.day};

        book_check_cell(self,
                        worksheet_write_datetime(self->sheet, row, column, &when, self->style[BOOK_DATE]));
    }
}

bool book_cell(book *self, lxw_row_t row, lxw_col_t column, const result_table *table, size_t from,
               const char *name, book_style style)
{
    double value;
    bool is_number = result_number(table, from, result_column(table, name), &value);

    if (is_number) {
        book_number(self, row, column, value, style);
    } else if (self->status == PC_OK) {
        book_check_cell(self, worksheet_write_blank(self->sheet, row, column, self->style[style]));
    }
    return is_number;
}

void book_heads(book *self, lxw_row_t row, lxw_col_t column, const char *const *text, book_style style)
{
    for (; *text != NULL; text++, column++) {
        book_text(self, row, column, *text, style);
    }
}

void book_define(book *self, const char *what, const char *when, const char *statistic, size_t scenario,
                 lxw_row_t row, lxw_col_t column)
{
    char name[NAME_SIZE], cell[LXW_MAX_CELL_NAME_LENGTH], formula[NAME_SIZE], number[24] = "";

    if (self->status != PC_OK) {
        return;
    }
    if (scenario > 0) {
        snprintf(number, sizeof number, "_%zu", scenario + 1);
    }
    snprintf(name, sizeof name, "%s_%.20s%s%s%s", what, when, *statistic == '\0' ? "" : "_", statistic,
             number);
    for (char *c = name; *c != '\0'; c++) {
        *c = *c == '/' || *c == '-' ? '_' : *c;
    }
    lxw_rowcol_to_cell_abs(cell, row, column, 1, 1);
    snprintf(formula, sizeof formula, "=%s!%s", self->sheet_name, cell);
    book_check(self, workbook_define_name(self->workbook, name, formula));
}
