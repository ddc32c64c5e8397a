#include "report/assumption_table.h"

#include <stdlib.h>
#include <string.h>

#include "base/embedded.h"
#include "base/memory.h"
#include "base/out_file.h"

static const char *const origin_name[] = {"council", "returns", "shipped", "program"};

enum { MOST_SOURCES = 64 };

void assumption_put(assumption_table *self, char *words, assumption_origin origin, const char *source,
                    const char *place)
{
    const char *const field[] = {self->scenario->name, self->topic, words,
                                 origin_name[origin],  source,      place};

    if (words == NULL) {
        self->status = PC_ERR_NO_MEMORY;
        return;
    }
    for (size_t f = 0; f < sizeof field / sizeof field[0]; f++) {
        if (f > 0) {
            fputc(',', self->stream);
        }
        pc_out_text(self->stream, field[f]);
    }
    fputc('\n', self->stream);
    free(words);
}

static bool is_below(const char *key, const char *above)
{
    size_t length = strlen(above);

    return strncmp(key, above, length) == 0 && (key[length] == '\0' || key[length] == '.');
}

/* The first of its file among those below `above`. */
static bool is_first(const pc_scenario *scenario, size_t at, const char *above)
{
    for (size_t before = 0; before < at; before++) {
        if (is_below(scenario->origin[before].key, above) &&
            strcmp(scenario->origin[before].file, scenario->origin[at].file) == 0) {
            return false;
        }
    }
    return is_below(scenario->origin[at].key, above);
}

static char *add_file(char *before, const pc_scenario *scenario, size_t first, const char *above)
{
    const char *file = scenario->origin[first].file;
    long from = scenario->origin[first].line, to = from;
    char lines[64] = "", *text;

    for (size_t at = first; at < scenario->n_origin; at++) {
        const pc_origin *origin = &scenario->origin[at];

        if (is_below(origin->key, above) && strcmp(origin->file, file) == 0) {
            from = origin->line < from ? origin->line : from;
            to = origin->line > to ? origin->line : to;
        }
    }
    if (from > 0) {
        snprintf(lines, sizeof lines, to > from ? ":%ld-%ld" : ":%ld", from, to);
    }
    text = pc_format_text("%s%s%s%s", before, before[0] == '\0' ? "" : "; ", file, lines);
    free(before);
    return text;
}

char *assumption_place(const pc_scenario *scenario, const char *key)
{
    char *text = pc_copy_text("");

    for (size_t at = 0; at < scenario->n_origin && text != NULL; at++) {
        if (is_first(scenario, at, key)) {
            text = add_file(text, scenario, at, key);
        }
    }
    return text;
}

void assumption_put_key(assumption_table *self, char *words, const char *key, const char *source,
                        const char *otherwise)
{
    char *place = assumption_place(self->scenario, key);
    bool given = place != NULL && place[0] != '\0';

    if (place == NULL) {
        free(words);
        self->status = PC_ERR_NO_MEMORY;
        return;
    }
    assumption_put(self, words, given ? ASSUMPTION_COUNCIL : ASSUMPTION_PROGRAM, given ? source : otherwise,
                   place);
    free(place);
}

bool assumption_read(assumption_table *self, const char *path, const char *shipped, result_table *out)
{
    const pc_embedded_file *file = path == NULL ? pc_embedded_find(shipped) : NULL;
    pc_status status;

    memset(out, 0, sizeof *out);
    if (path == NULL && file == NULL) {
        self->status = PC_ERR_INTERNAL;
        return false;
    }
    status = path == NULL ? result_table_read(shipped, file->bytes, file->size, out, NULL)
                          : result_table_read(path, NULL, 0, out, NULL);
    self->status = status == PC_ERR_NO_MEMORY ? status : self->status;
    if (status != PC_OK && status != PC_ERR_NO_MEMORY && path != NULL) {
        assumption_put(self,
                       pc_copy_text("What this file assumes is missing here: it could not be read again"),
                       ASSUMPTION_COUNCIL, "", path);
        pc_diagnostics_add(self->diagnostics, PC_WARNING, (pc_place){.file = path},
                           "could not be read again: assumptions.csv does not tell what it assumes");
    }
    return status == PC_OK;
}

/* The sources among the rows that are asked for, and how many rows that is. */
static size_t find_sources(const result_table *table, const char *column, const char *value,
                           const char *source[MOST_SOURCES])
{
    int at = result_column(table, "source"), only = column == NULL ? -1 : result_column(table, column);
    size_t n = 0;

    for (size_t row = 0; row < table->n_row; row++) {
        const char *text = result_text(table, row, at);
        size_t before = 0;

        if (only >= 0 && strcmp(result_text(table, row, only), value) != 0) {
            continue;
        }
        while (before < n && strcmp(source[before], text) != 0) {
            before++;
        }
        if (before == n && n < MOST_SOURCES) {
            source[n++] = text;
        }
    }
    return n;
}

void assumption_put_sources(assumption_table *self, const char *words, const char *path, const char *shipped,
                            const char *column, const char *value)
{
    const char *source[MOST_SOURCES] = {""};
    const char *place = path != NULL ? path : strrchr(shipped, '/') - strlen("defaults");
    result_table table;
    bool read = assumption_read(self, path, shipped, &table);
    size_t n = read ? find_sources(&table, column, value, source) : 1;

    for (size_t s = 0; s < n; s++) {
        assumption_put(self, pc_copy_text(words), path != NULL ? ASSUMPTION_COUNCIL : ASSUMPTION_SHIPPED,
                       source[s], place);
    }
    result_table_free(&table);
}

const char *assumption_label(const assumption_table *self, const char *category)
{
    const pc_forecast *forecast = self->record->forecast;

    for (size_t c = 0; c < forecast->n_category; c++) {
        if (strcmp(forecast->category[c], category) == 0) {
            return forecast->category_label[c];
        }
    }
    return category;
}
