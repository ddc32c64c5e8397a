/* panel_rows.c - one published table into cells: a row for each figure, or a column for each. */
#include "intake/panel_rows.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/csv_rows.h"
#include "base/memory.h"
#include "base/number_text.h"
#include "intake/panel_tables.h"

#define FIRST_YEAR 1990
#define LAST_YEAR 2199
#define MOST 1000000000
#define MAX_WIDE 64
#define WIDE_BEGINS "underlying_"
#define WIDE_AREA "NEW_GEOG_CODE"
#define WIDE_NAME "GEOG_N"

typedef struct wide_column {
    int column, year;
    pc_panel_series series;
    char name[32];
} wide_column;

typedef struct reader {
    panel_rows *rows;
    pc_diagnostics *diagnostics;
    const char *shown;
    uint32_t file;
    const panel_kind *kind; /* NULL: a wide file */
    int area, level, name, year, group, words, value;
    int file_year; /* of a wide file */
    wide_column wide[MAX_WIDE];
    size_t n_wide;
} reader;

/* ---- names of files ---- */

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash == NULL ? path : slash + 1;
}

static int four_digits(const char *text)
{
    int year = 0;

    for (int c = 0; c < 4; c++) {
        if (text[c] < '0' || text[c] > '9') {
            return 0;
        }
        year = year * 10 + (text[c] - '0');
    }
    return year;
}

/* The beginning of the name, with the year that follows it. */
static bool begins(const char *name, const char *with, int *year)
{
    size_t length = strlen(with);

    if (strncasecmp(name, with, length) != 0) {
        return false;
    }
    *year = four_digits(name + length);
    return *year != 0;
}

/* ---- complaints ---- */

static void wrong(reader *self, long row, const char *column, const char *found, const char *expected)
{
    self->rows->n_error++;
    pc_diagnostics_add(self->diagnostics, PC_ERROR, (pc_place){self->shown, row, 0, column},
                       "found %.60s, expected %s", found[0] == '\0' ? "nothing" : found, expected);
}

static int find_column(reader *self, const pc_csv_header *header, const char *name)
{
    int at = name == NULL ? -1 : pc_csv_column(header, name);

    if (name != NULL && at < 0) {
        self->rows->n_error++;
        pc_diagnostics_add(self->diagnostics, PC_ERROR, (pc_place){self->shown, 1, 0, name},
                           "the column is missing, expected it in a file of this name");
    }
    return at;
}

/* ---- headers ---- */

static pc_status long_header(void *context, const pc_csv_header *header)
{
    reader *self = context;
    const panel_kind *kind = self->kind;
    size_t before = self->rows->n_error;

    self->area = find_column(self, header, kind->area);
    self->name = find_column(self, header, kind->name);
    self->year = find_column(self, header, kind->year);
    self->group = find_column(self, header, kind->group);
    self->words = find_column(self, header, kind->words);
    self->value = find_column(self, header, kind->value);
    self->level = kind->has_level ? find_column(self, header, "GEOGRAPHIC_LEVEL") : -1;
    return self->rows->n_error > before ? PC_ERR_INPUT : PC_OK;
}

static void add_wide(reader *self, const char *name, int column)
{
    for (const panel_column *known = panel_columns; known->column != NULL; known++) {
        size_t length = strlen(known->column);
        int year = self->file_year;

        if (strncmp(name, known->column, length) != 0) {
            continue;
        }
        if (known->dated) {
            year = strlen(name) == length + 4 ? four_digits(name + length) : 0;
        } else if (name[length] != '\0') {
            continue;
        }
        if (year != 0 && self->n_wide < MAX_WIDE) {
            wide_column *added = &self->wide[self->n_wide++];

            *added = (wide_column){.column = column, .year = year, .series = known->series};
            memcpy(added->name, name, strlen(name) + 1); /* a known name: shorter than the array */
            return;
        }
    }
}

static pc_status wide_header(void *context, const pc_csv_header *header)
{
    reader *self = context;
    size_t before = self->rows->n_error;

    self->area = find_column(self, header, WIDE_AREA);
    self->name = find_column(self, header, WIDE_NAME);
    for (size_t c = 0; c < header->n_column; c++) {
        add_wide(self, header->name[c], (int)c);
    }
    if (self->n_wide == 0) {
        wrong(self, 1, NULL, "no column that is known", "columns such as CLA_Fost and CLA_1to4");
    }
    return self->rows->n_error > before ? PC_ERR_INPUT : PC_OK;
}

/* ---- cells ---- */

/* England, or an authority: unitary, metropolitan, London borough, county. */
static bool is_area(const char *code)
{
    if (strcmp(code, PC_PANEL_ENGLAND) == 0) {
        return true;
    }
    if (strlen(code) != 9 || code[0] != 'E' || strspn(code + 1, "0123456789") != 8) {
        return false;
    }
    return memcmp(code, "E06", 3) == 0 || memcmp(code, "E08", 3) == 0 || memcmp(code, "E09", 3) == 0 ||
           memcmp(code, "E10", 3) == 0;
}

static pc_status take_area(reader *self, const char *code, const char *name, uint32_t *out)
{
    panel_rows *rows = self->rows;

    if (pc_names_add(&rows->code, code, strlen(code), out) != PC_OK ||
        pc_grow(&rows->name, &rows->name_capacity, (size_t)*out + 1, sizeof *rows->name) != PC_OK) {
        return PC_ERR_NO_MEMORY;
    }
    while (rows->n_name <= *out) {
        rows->name[rows->n_name++] = NULL;
    }
    if (rows->name[*out] == NULL && name[0] != '\0') {
        rows->name[*out] = pc_copy_text(name);
        return rows->name[*out] == NULL ? PC_ERR_NO_MEMORY : PC_OK;
    }
    return PC_OK;
}

static bool one_of(const char *text, const char *const *list)
{
    while (*list != NULL && strcasecmp(text, *list) != 0) {
        list++;
    }
    return *list != NULL;
}

static bool read_figure(const pc_field *field, int32_t *out)
{
    static const char *const kept_back[] = {"c", "x", "k", NULL};
    static const char *const no_figure[] = {"z", ":", ".", "..", "NA", "", NULL};
    int64_t figure;

    if (pc_integer_parse(field->text, field->length, &figure) && figure >= 0 && figure <= MOST) {
        *out = (int32_t)figure;
        return true;
    }
    *out = one_of(field->text, kept_back) ? PC_PANEL_SUPPRESSED : PC_PANEL_NO_FIGURE;
    return *out == PC_PANEL_SUPPRESSED || one_of(field->text, no_figure);
}

static pc_status add_cell(reader *self, long row, uint32_t area, int year, pc_panel_series series,
                          const char *column, const pc_field *field)
{
    panel_rows *rows = self->rows;
    int32_t figure;

    if (!read_figure(field, &figure)) {
        wrong(self, row, column, field->text, "a whole number or a mark (c, x, k, z, `:`, `..`)");
        return PC_OK;
    }
    if (pc_grow(&rows->cell, &rows->capacity, rows->n + 1, sizeof *rows->cell) != PC_OK) {
        return PC_ERR_NO_MEMORY;
    }
    rows->cell[rows->n++] = (panel_cell){area, year, figure, (uint32_t)series, self->file, row};
    return PC_OK;
}

static pc_status say_unknown(reader *self, long row, const char *group, const char *words)
{
    size_t before = self->rows->unknown.n;
    char *both = pc_format_text("%s/%s", group, words);
    uint32_t number;
    pc_status status;

    if (both == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    status = pc_names_add(&self->rows->unknown, both, strlen(both), &number);
    free(both);
    if (status == PC_OK && self->rows->unknown.n > before) {
        pc_diagnostics_add(self->diagnostics, PC_WARNING, (pc_place){self->shown, row, 0, self->kind->words},
                           "`%.60s` is not known among `%.60s`: its figures are left aside", words,
                           group[0] == '\0' ? self->kind->words : group);
    }
    return status;
}

/* The series of these words; -1 when the group is not wanted, or the words are not known in it. */
static int find_series(const reader *self, const char *group, const char *words, bool *known_group)
{
    *known_group = false;
    for (const panel_words *known = panel_series_words; known->begins != NULL; known++) {
        if (strcmp(known->begins, self->kind->begins) != 0 || strcasecmp(known->group, group) != 0) {
            continue;
        }
        *known_group = true;
        if (strcasecmp(known->words, words) == 0) {
            return (int)known->series;
        }
    }
    return -1;
}

/* Sums and the rest of a division in two: nothing is lost without them. */
static bool no_news(const char *words)
{
    static const char *const list[] = {"Total", "Non-UASC",
                                       "Children excluding unaccompanied asylum-seeking children", NULL};

    return one_of(words, list);
}

static const char *field_at(const pc_field *field, int column)
{
    return column < 0 ? "" : field[column].text;
}

static pc_status long_row(void *context, long row, const pc_field *field)
{
    reader *self = context;
    const char *code = field_at(field, self->area), *group = field_at(field, self->group);
    const char *words = field_at(field, self->words), *name = field_at(field, self->name);
    const pc_field *year_field = &field[self->year];
    bool known_group;
    int series = find_series(self, group, words, &known_group);
    int64_t year;
    uint32_t area;
    pc_status status;

    if (code[0] == '\0' && strcasecmp(field_at(field, self->level), "National") == 0) {
        code = PC_PANEL_ENGLAND;
    }
    if (!is_area(code)) {
        self->rows->n_aside++;
        return PC_OK;
    }
    if (series < 0) {
        return known_group && !no_news(words) ? say_unknown(self, row, group, words) : PC_OK;
    }
    if (!(pc_integer_parse(year_field->text, year_field->length, &year) && year >= FIRST_YEAR &&
          year <= LAST_YEAR)) {
        wrong(self, row, self->kind->year, year_field->text,
              "the year in which the figures end, such as 2024");
        return PC_OK;
    }
    status = take_area(self, code, name, &area);
    return status == PC_OK ? add_cell(self, row, area, (int)year, (pc_panel_series)series, self->kind->value,
                                      &field[self->value])
                           : status;
}

static pc_status wide_row(void *context, long row, const pc_field *field)
{
    reader *self = context;
    const char *code = field[self->area].text;
    uint32_t area;
    pc_status status;

    if (!is_area(code)) {
        self->rows->n_aside++;
        return PC_OK;
    }
    status = take_area(self, code, field[self->name].text, &area);
    for (size_t w = 0; w < self->n_wide && status == PC_OK; w++) {
        const wide_column *wide = &self->wide[w];

        status = add_cell(self, row, area, wide->year, wide->series, wide->name, &field[wide->column]);
    }
    return status;
}

pc_status panel_rows_read(panel_rows *self, const intake_found_file *file, uint32_t number, bool *read,
                          pc_diagnostics *diagnostics)
{
    reader state = {.rows = self, .diagnostics = diagnostics, .shown = file->shown, .file = number};
    const char *name = base_name(file->shown);
    size_t before = self->n;
    int year;
    pc_status status;

    *read = true;
    for (const panel_kind *kind = panel_kinds; kind->begins != NULL; kind++) {
        if (begins(name, kind->begins, &year)) {
            state.kind = kind;
            status = pc_csv_read(file->path, file->shown, 0, long_header, long_row, &state, diagnostics);
            self->has_required = self->has_required || (kind->required && self->n > before);
            return status;
        }
    }
    if (begins(name, WIDE_BEGINS, &state.file_year)) {
        return pc_csv_read(file->path, file->shown, 0, wide_header, wide_row, &state, diagnostics);
    }
    *read = false;
    return PC_OK;
}

void panel_rows_free(panel_rows *self)
{
    for (size_t a = 0; a < self->n_name; a++) {
        free(self->name[a]);
    }
    free(self->name);
    free(self->cell);
    pc_names_free(&self->code);
    pc_names_free(&self->unknown);
    memset(self, 0, sizeof *self);
}
