/* workbook_grid.c - finds the rows of the results by time and category, in one pass for each measure. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "report/workbook.h"

/* Rows come in order, so the text looked for is most often the last one or the next. */
static size_t find(const book_list *list, const char *text, size_t guess)
{
    for (size_t tried = 0; tried < list->n; tried++) {
        size_t i = (guess + tried) % list->n;

        if (strcmp(list->item[i], text) == 0) {
            return i;
        }
    }
    return list->n;
}

static void add(book *self, book_list *list, const char *text)
{
    pc_status status = pc_grow(&list->item, &list->capacity, list->n + 1, sizeof *list->item);

    if (status != PC_OK) {
        self->status = status;
        return;
    }
    list->item[list->n++] = text;
}

bool book_row_shown(const result_table *table, size_t row)
{
    int la = result_column(table, "la");

    return la < 0 || strcmp(result_text(table, row, la), "all") == 0;
}

void book_distinct(book *self, result_file file, const char *column, book_list *out)
{
    const result_table *table = &self->results->table[file];
    int from = result_column(table, column);
    size_t guess = 0;

    for (size_t r = 0; r < table->n_row && from >= 0 && self->status == PC_OK; r++) {
        if (book_row_shown(table, r)) {
            guess = find(out, result_text(table, r, from), guess);
            if (guess == out->n) {
                add(self, out, result_text(table, r, from));
            }
        }
    }
}

void book_lists(book *self)
{
    static const result_file file[] = {RESULT_FORECAST, RESULT_ANNUAL};

    for (size_t f = 0; f < sizeof file / sizeof file[0]; f++) {
        book_distinct(self, file[f], "scenario", &self->scenario);
        book_distinct(self, file[f], "category", &self->category);
    }
}

/* Room for the keys of one more time. */
static void add_time(book *self, book_grid *grid, const char *time)
{
    size_t first = grid->time.n * grid->key->n;
    pc_status status = pc_grow(&grid->row, &grid->capacity, first + grid->key->n + 1, sizeof *grid->row);

    if (status != PC_OK) {
        self->status = status;
        return;
    }
    for (size_t k = 0; k < grid->key->n; k++) {
        grid->row[first + k] = BOOK_NO_ROW;
    }
    add(self, &grid->time, time);
}

void book_grid_make(book *self, result_file file, const char *scenario, const char *measure,
                    const char *key_column, const book_list *key, book_grid *out)
{
    const result_table *table = &self->results->table[file];
    int scenarios = result_column(table, "scenario"), measures = result_column(table, "measure");
    int times = result_column(table, file == RESULT_ANNUAL ? "year" : "date");
    int keys = result_column(table, key_column);
    size_t t = 0, k = 0;

    *out = (book_grid){.table = table, .key = key};
    for (size_t r = 0; r < table->n_row && self->status == PC_OK; r++) {
        if ((measure != NULL && strcmp(result_text(table, r, measures), measure) != 0) ||
            strcmp(result_text(table, r, scenarios), scenario) != 0 || !book_row_shown(table, r)) {
            continue;
        }
        t = find(&out->time, result_text(table, r, times), t);
        if (t == out->time.n) {
            add_time(self, out, result_text(table, r, times));
        }
        k = find(key, result_text(table, r, keys), k + 1);
        if (k < key->n && self->status == PC_OK) {
            out->row[t * key->n + k] = (long)r;
        }
    }
}

void book_grid_free(book_grid *self)
{
    free(self->time.item);
    free(self->row);
    memset(self, 0, sizeof *self);
}

long book_grid_row(const book_grid *self, size_t time, const char *key)
{
    size_t k = find(self->key, key, 0);

    return k == self->key->n || time >= self->time.n ? BOOK_NO_ROW : self->row[time * self->key->n + k];
}

bool book_grid_any(const book_grid *self, const char *key, const char *column)
{
    int from = result_column(self->table, column);

    for (size_t t = 0; t < self->time.n; t++) {
        long row = book_grid_row(self, t, key);
        double value;

        if (row != BOOK_NO_ROW && result_number(self->table, (size_t)row, from, &value) &&
            (value > 0 || value < 0)) {
            return true;
        }
    }
    return false;
}

/* The label of the code map, which run.json holds; NULL when it does not. */
static const char *known_label(const json_t *run, const char *name)
{
    const json_t *categories = json_object_get(run, "categories"), *one;
    size_t c;

    json_array_foreach(categories, c, one)
    {
        const char *this_name = json_string_value(json_object_get(one, "name"));

        if (this_name != NULL && strcmp(this_name, name) == 0) {
            return json_string_value(json_object_get(one, "label"));
        }
    }
    return NULL;
}

/* Names of columns and layers that say little to one who has not read docs/outputs.md. */
static const char *plain_words(const char *name)
{
    static const char *const known[][2] = {{"contribution_gbp", "Adds to the bill"},
                                           {"needed_gbp", "Needed"},
                                           {"given_gbp", "Given"},
                                           {"short_gbp", "Short by"},
                                           {"p_over", "Chance of going over"},
                                           {"engine", "Counted here"},
                                           {"official_rule", "By the national rules"},
                                           {"age_band", "Ages"},
                                           {"process", "Chance: who starts, moves and leaves when"},
                                           {"parameters", "Rates that are known from few children"},
                                           {"year_effects", "Good and bad years"},
                                           {"starts_overdispersion", "Uneven starts: sibling groups, waves"}};

    for (size_t k = 0; k < sizeof known / sizeof known[0]; k++) {
        if (strcmp(name, known[k][0]) == 0) {
            return known[k][1];
        }
    }
    return NULL;
}

const char *book_label(const book *self, const char *name, char text[BOOK_LABEL_SIZE])
{
    const char *label = known_label(self->results->run, name);

    label = label != NULL ? label : plain_words(name);
    snprintf(text, BOOK_LABEL_SIZE, "%s", label != NULL ? label : name);
    for (char *c = text; label == NULL && *c != '\0'; c++) {
        *c = *c == '_' ? ' ' : *c;
    }
    if (*text >= 'a' && *text <= 'z') {
        *text = (char)(*text - 'a' + 'A');
    }
    return text;
}
