#include "report/summary_table.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "report/say.h"

enum { LABEL_MOST = 44, LABEL_SHORT = 24, LABEL_LEAST = 8 };

void summary_table_row(summary_table *self, const char *label)
{
    size_t width = self->n_column + 1;

    if (self->no_memory ||
        pc_grow(&self->text, &self->capacity, (self->n_row + 1) * width, sizeof *self->text) != PC_OK) {
        self->no_memory = true;
        return;
    }
    memset(self->text + self->n_row * width, 0, width * sizeof *self->text);
    self->text[self->n_row * width] = pc_copy_text(label);
    self->no_memory = self->text[self->n_row++ * width] == NULL;
}

void summary_table_begin(summary_table *self, const char *heading, size_t n_column)
{
    *self = (summary_table){.n_column = n_column};
    summary_table_row(self, heading);
}

void summary_table_cell(summary_table *self, size_t column, const char *text)
{
    if (!self->no_memory) {
        char **cell = &self->text[(self->n_row - 1) * (self->n_column + 1) + column + 1];

        free(*cell);
        *cell = pc_copy_text(text);
        self->no_memory = *cell == NULL;
    }
}

static const char *cell_of(const summary_table *self, size_t row, size_t column)
{
    const char *text = self->text[row * (self->n_column + 1) + column];

    return text == NULL ? "" : text;
}

/* The widest cell of a column; 0 is the label. */
static size_t widest(const summary_table *self, size_t column)
{
    size_t most = 0;

    for (size_t row = 0; row < self->n_row; row++) {
        size_t columns = say_columns(cell_of(self, row, column));

        most = columns > most ? columns : most;
    }
    return most;
}

/* How many columns fit with `gap` blanks between them, if the last one is among them. */
static size_t fitting(const summary_table *self, size_t label, size_t gap, const say_page *page)
{
    size_t used = label + widest(self, self->n_column) + gap, n = 1;

    while (n < self->n_column && used + widest(self, n) + gap <= page->width) {
        used += widest(self, n++) + gap;
    }
    return n;
}

typedef struct table_layout {
    size_t label, n, gap;
} table_layout;

static void print_row(const summary_table *self, size_t row, const table_layout *layout, const say_page *page)
{
    size_t last = 0;

    for (size_t at = 1; at <= layout->n; at++) {
        last = cell_of(self, row, at < layout->n ? at : self->n_column)[0] != '\0' ? at : last;
    }
    if (row == 0) {
        say_ink_begin(page, SAY_STRONG);
    }
    if (last == 0) {
        fputs(cell_of(self, row, 0), page->stream);
    } else {
        say_label(page, cell_of(self, row, 0), layout->label);
    }
    for (size_t at = 1; at <= last; at++) {
        /* The first that fit, and always the last. */
        size_t column = at < layout->n ? at : self->n_column;

        say_right(page, cell_of(self, row, column), widest(self, column) + layout->gap);
    }
    if (row == 0) {
        say_ink_end(page);
    }
    say_newline(page);
}

/* Figures before names: names get what all columns leave, if that is not too little. */
static table_layout lay_out(const summary_table *self, const say_page *page)
{
    size_t figures = 0, label = widest(self, 0), last = widest(self, self->n_column);
    table_layout out = {.label = label < LABEL_MOST ? label : LABEL_MOST, .gap = 3};

    for (size_t column = 1; column <= self->n_column; column++) {
        figures += widest(self, column);
    }
    for (; out.gap > 1; out.gap--) {
        out.n = fitting(self, out.label, out.gap, page);
        if (out.n == self->n_column) {
            return out;
        }
    }
    for (out.gap = 2; out.gap > 0; out.gap--) {
        size_t used = figures + out.gap * self->n_column;

        if (used + LABEL_SHORT <= page->width) {
            out.label = page->width - used < out.label ? page->width - used : out.label;
            out.n = self->n_column;
            return out;
        }
    }
    out.gap = 1;
    out.label = out.label < LABEL_SHORT ? out.label : LABEL_SHORT;
    if (out.label + 1 + last > page->width) {
        out.label = page->width > last + 1 + LABEL_LEAST ? page->width - last - 1 : LABEL_LEAST;
    }
    out.n = fitting(self, out.label, out.gap, page);
    return out;
}

static bool print(const summary_table *self, const say_page *page)
{
    table_layout layout = lay_out(self, page);

    for (size_t row = 0; row < self->n_row; row++) {
        print_row(self, row, &layout, page);
    }
    return layout.n == self->n_column;
}

void summary_table_drop(summary_table *self)
{
    for (size_t at = 0; at < self->n_row * (self->n_column + 1); at++) {
        free(self->text[at]);
    }
    free(self->text);
    memset(self, 0, sizeof *self);
}

bool summary_table_end(summary_table *self, const say_page *page)
{
    bool whole = self->no_memory || self->n_column == 0 || print(self, page);

    if (self->no_memory) {
        say_paragraph(page, "", "(not shown: out of memory)");
    }
    summary_table_drop(self);
    return whole;
}
