/* workbook_assumptions.c - the sheet Assumptions: what the figures rest on, and where each of them comes
 * from. */
#include <stdio.h>
#include <string.h>

#include "report/workbook.h"

enum { FIRST = 3, WIDTH_ASSUMED = 80, WIDTH_SOURCE = 66, WIDTH_PLACE = 44 };

/* Words that need more than one line get the room: not every program makes it when it opens the workbook. */
static void room_for(book *self, lxw_row_t row, const char *text, size_t width, size_t *lines)
{
    size_t needed = 1 + strlen(text) * 10 / (width * 9); /* a tenth is lost where lines break between words */

    if (needed > *lines) {
        *lines = needed < 20 ? needed : 20;
        book_row_lines(self, row, *lines);
    }
}

static lxw_row_t sentences(book *self, lxw_row_t row, const char *title, const char *none, const json_t *list)
{
    const json_t *one;
    size_t s;

    if (list == NULL) {
        return row;
    }
    book_text(self, row++, 0, title, BOOK_HEAD);
    if (json_array_size(list) == 0) {
        book_text(self, row++, 0, none, BOOK_TEXT);
    }
    json_array_foreach(list, s, one)
    {
        const char *text = json_string_value(one);
        size_t lines = 1;

        room_for(self, row, text == NULL ? "" : text, WIDTH_ASSUMED, &lines);
        book_text(self, row++, 0, text == NULL ? "" : text, BOOK_PARAGRAPH);
    }
    return row + 1;
}

static lxw_row_t layers(book *self, lxw_row_t row)
{
    const char *name;
    json_t *layers_of = json_object_get(self->results->run, "layers"), *layer;
    char label[BOOK_LABEL_SIZE];

    if (layers_of == NULL) {
        return row;
    }
    book_text(self, row, 0, "Sources of uncertainty", BOOK_HEAD);
    book_text(self, row, 1, "In this run", BOOK_HEAD);
    book_text(self, row++, 2, "Share of the variance", BOOK_HEAD_RIGHT);
    json_object_foreach(layers_of, name, layer)
    {
        const json_t *share = json_object_get(layer, "variance_share");

        book_text(self, row, 0, book_label(self, name, label), BOOK_TEXT);
        book_text(self, row, 1, json_is_true(json_object_get(layer, "on")) ? "on" : "off", BOOK_TEXT);
        if (json_is_number(share)) {
            book_number(self, row, 2, json_number_value(share), BOOK_SHARE);
        }
        row++;
    }
    return row + 1;
}

static lxw_row_t inputs(book *self, lxw_row_t row)
{
    const json_t *list = json_object_get(self->results->run, "inputs"), *one;
    size_t i;

    if (json_array_size(list) == 0) {
        return row;
    }
    book_heads(self, row++, 0, (const char *const[]){"File read", "SHA-256", NULL}, BOOK_HEAD);
    json_array_foreach(list, i, one)
    {
        const char *path = json_string_value(json_object_get(one, "path"));
        const char *hash = json_string_value(json_object_get(one, "sha256"));

        book_text(self, row, 0, path == NULL ? "" : path, BOOK_TEXT);
        book_text(self, row++, 1, hash == NULL ? "not known" : hash, BOOK_TEXT);
    }
    return row;
}

/* Whether the first scenario has the same row: of the others only what is different is told. */
static bool is_repeated(const result_table *table, size_t row)
{
    static const char *const column[] = {"topic", "assumption", "source"};
    const char *first = result_text(table, 0, result_column(table, "scenario"));

    if (strcmp(result_text(table, row, result_column(table, "scenario")), first) == 0) {
        return false;
    }
    for (size_t other = 0; other < row; other++) {
        bool same = strcmp(result_text(table, other, result_column(table, "scenario")), first) == 0;

        for (size_t c = 0; c < 3 && same; c++) {
            int at = result_column(table, column[c]);

            same = strcmp(result_text(table, row, at), result_text(table, other, at)) == 0;
        }
        if (same) {
            return true;
        }
    }
    return false;
}

static const char *origin_words(const char *origin)
{
    static const char *const words[][2] = {{"council", "given in the files of this run"},
                                           {"returns", "estimated from the returns"},
                                           {"shipped", "a table that comes with placecast"},
                                           {"program", "built into placecast"}};

    for (size_t w = 0; w < sizeof words / sizeof words[0]; w++) {
        if (strcmp(words[w][0], origin) == 0) {
            return words[w][1];
        }
    }
    return origin;
}

/* One row for each assumption, with its source beside it. */
static lxw_row_t sourced(book *self, lxw_row_t row)
{
    static const char *const column[] = {"assumption", "source", "place", "topic", "origin", "scenario"};
    const result_table *table = &self->results->table[RESULT_ASSUMPTIONS];

    if (table->n_row == 0) {
        return row;
    }
    book_heads(
        self, row++, 0,
        (const char *const[]){"Assumed", "Source", "File and line", "About", "Where from", "Scenario", NULL},
        BOOK_HEAD);
    for (size_t r = 0; r < table->n_row && self->status == PC_OK; r++) {
        static const size_t width[] = {WIDTH_ASSUMED, WIDTH_SOURCE, WIDTH_PLACE};
        size_t lines = 1;

        if (is_repeated(table, r)) {
            continue;
        }
        for (size_t c = 0; c < sizeof column / sizeof column[0]; c++) {
            const char *text = result_text(table, r, result_column(table, column[c]));

            text = strcmp(column[c], "origin") == 0                      ? origin_words(text)
                   : strcmp(column[c], "source") == 0 && text[0] == '\0' ? "none stated"
                                                                         : text;
            if (c < sizeof width / sizeof width[0]) {
                room_for(self, row, text, width[c], &lines);
            }
            book_text(self, row, (lxw_col_t)c, text, BOOK_PARAGRAPH);
        }
        row++;
    }
    return row + 1;
}

void book_assumptions(book *self)
{
    const json_t *run = self->results->run;
    lxw_row_t row = FIRST;

    if (run == NULL) {
        return;
    }
    book_begin(self, "Assumptions", "What was assumed, and what the figures rest on", "");
    book_widths(self, 0, 0, WIDTH_ASSUMED);
    book_widths(self, 1, 1, WIDTH_SOURCE);
    book_widths(self, 2, 2, WIDTH_PLACE);
    book_widths(self, 3, 3, 16);
    book_widths(self, 4, 5, 32);
    if (result_has(self->results, RESULT_ASSUMPTIONS)) {
        row = sourced(self, row);
    } else {
        row = sentences(self, row, "Assumptions", "Nothing was assumed beyond the scenario.",
                        json_object_get(run, "assumptions"));
    }
    row = sentences(self, row, "Warnings", "None.", json_object_get(run, "warnings"));
    row = layers(self, row);
    row = inputs(self, row);
    book_print_area(self, row, 5);
}
