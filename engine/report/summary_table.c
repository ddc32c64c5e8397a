#include "report/summary_table.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "report/say.h"

enum { LABEL_MOST = 44, LABEL_SHORT = 24 };

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
static size_t fitting(const summary_table *self, size_t label, size_t gap)
{
    size_t used = label + widest(self, self->n_column) + gap, n = 1;

    while (n < self->n_column && used + widest(self, n) + gap <= SAY_WIDTH) {
        used += widest(self, n++) + gap;
    }
    return n;
}

static void print_row(const summary_table *self, size_t row, size_t label, size_t n, size_t gap, FILE *stream)
{
    size_t last = 0;

    for (size_t at = 1; at <= n; at++) {
        last = cell_of(self, row, at < n ? at : self->n_column)[0] != '\0' ? at : last;
    }
    if (last == 0) {
        fprintf(stream, "%s\n", cell_of(self, row, 0));
        return;
    }
    say_left(stream, cell_of(self, row, 0), label);
    for (size_t at = 1; at <= last; at++) {
        /* The first that fit, and always the last. */
        size_t column = at < n ? at : self->n_column;

        say_right(stream, cell_of(self, row, column), widest(self, column) + gap);
    }
    fputc('\n', stream);
}

static bool print(const summary_table *self, FILE *stream)
{
    size_t label = widest(self, 0), gap = 3, n;

    label = label < LABEL_MOST ? label : LABEL_MOST;
    n = fitting(self, label, gap);
    if (n < self->n_column) {
        gap = 2;
        n = fitting(self, label, gap);
    }
    if (n < self->n_column && label > LABEL_SHORT) { /* figures before names */
        label = LABEL_SHORT;
        n = fitting(self, label, gap);
    }
    for (size_t row = 0; row < self->n_row; row++) {
        print_row(self, row, label, n, gap, stream);
    }
    return n == self->n_column;
}

void summary_table_drop(summary_table *self)
{
    for (size_t at = 0; at < self->n_row * (self->n_column + 1); at++) {
        free(self->text[at]);
    }
    free(self->text);
    memset(self, 0, sizeof *self);
}

bool summary_table_end(summary_table *self, FILE *stream)
{
    bool whole = self->no_memory || self->n_column == 0 || print(self, stream);

    summary_table_drop(self);
    return whole;
}
