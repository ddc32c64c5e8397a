/* panel.c - from the cells of all published tables to one table by area, year and series. */
#include "placecast/panel.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/memory.h"
#include "intake/folder_walk.h"
#include "intake/panel_rows.h"

#define MOST_YEARS 200

const char *pc_panel_series_words(pc_panel_series series)
{
    static const char *const words[PC_N_PANEL_SERIES] = {
#define WORDS_OF(name, text) [PC_PANEL_##name] = text,
        PC_PANEL_SERIES_LIST(WORDS_OF)
#undef WORDS_OF
    };

    return (unsigned)series < PC_N_PANEL_SERIES ? words[series] : "unknown series";
}

static size_t place_of(const pc_panel *self, size_t area, int year)
{
    return (area * self->n_year + (size_t)(year - self->first_year)) * PC_N_PANEL_SERIES;
}

int32_t pc_panel_figure(const pc_panel *self, size_t area, int year, pc_panel_series series)
{
    if (area >= self->n_area || year < self->first_year || year >= self->first_year + (int)self->n_year ||
        (unsigned)series >= PC_N_PANEL_SERIES) {
        return PC_PANEL_ABSENT;
    }
    return self->figure[place_of(self, area, year) + (size_t)series];
}

int pc_panel_is_authority(const pc_panel *self, size_t area)
{
    return area < self->n_area && strcmp(self->area[area].code, PC_PANEL_ENGLAND) != 0;
}

static int last_stock(const pc_panel *self, size_t area)
{
    int year = self->first_year + (int)self->n_year - 1;

    while (year >= self->first_year && pc_panel_figure(self, area, year, PC_PANEL_STOCK) < 0) {
        year--;
    }
    return year;
}

int pc_panel_find(const pc_panel *self, const char *code_or_name)
{
    int found = -1;

    for (size_t a = 0; a < self->n_area; a++) {
        if (strcasecmp(self->area[a].code, code_or_name) == 0) {
            return (int)a;
        }
        if (strcasecmp(self->area[a].name, code_or_name) == 0 &&
            (found < 0 || last_stock(self, a) > last_stock(self, (size_t)found))) {
            found = (int)a;
        }
    }
    return found;
}

void pc_panel_free(pc_panel *self)
{
    if (self == NULL) {
        return;
    }
    for (size_t a = 0; self->area != NULL && a < self->n_area; a++) {
        free(self->area[a].name);
    }
    free(self->area);
    free(self->figure);
    memset(self, 0, sizeof *self);
}

static int compare_texts(const void *left, const void *right)
{
    const char *const *a = left, *const *b = right;

    return strcmp(*a, *b);
}

/* Areas in the order of their codes; `number` gives the place of each code as read. */
static pc_status take_areas(const panel_rows *rows, pc_panel *out, size_t *number)
{
    const char **code = pc_new(rows->code.n, sizeof *code);

    out->area = pc_new_zero(rows->code.n, sizeof *out->area);
    if (code == NULL || out->area == NULL) {
        free(code);
        return PC_ERR_NO_MEMORY;
    }
    memcpy(code, rows->code.text, rows->code.n * sizeof *code);
    qsort(code, rows->code.n, sizeof *code, compare_texts);
    for (size_t a = 0; a < rows->code.n; a++) {
        uint32_t as_read = pc_names_find(&rows->code, code[a], strlen(code[a]));
        const char *name = rows->name[as_read] == NULL ? code[a] : rows->name[as_read];

        number[as_read] = a;
        memcpy(out->area[a].code, code[a], strlen(code[a]) + 1); /* nine bytes: is_area() of panel_rows.c */
        out->area[a].name = pc_copy_text(name);
        out->n_area++;
        if (out->area[a].name == NULL) {
            free(code);
            return PC_ERR_NO_MEMORY;
        }
    }
    free(code);
    return PC_OK;
}

static pc_status take_years(const panel_rows *rows, pc_panel *out, pc_diagnostics *diagnostics)
{
    int first = rows->cell[0].year, last = first;
    size_t n;

    for (size_t c = 0; c < rows->n; c++) {
        first = rows->cell[c].year < first ? rows->cell[c].year : first;
        last = rows->cell[c].year > last ? rows->cell[c].year : last;
    }
    if (last - first >= MOST_YEARS) {
        pc_diagnostics_add(diagnostics, PC_ERROR, (pc_place){0},
                           "the published tables run from %d to %d, expected no more than %d years", first,
                           last, MOST_YEARS);
        return PC_ERR_INPUT;
    }
    out->first_year = first;
    out->n_year = (size_t)(last - first) + 1;
    n = out->n_area * out->n_year * PC_N_PANEL_SERIES;
    out->figure = pc_new(n, sizeof *out->figure);
    if (out->figure == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    for (size_t i = 0; i < n; i++) {
        out->figure[i] = PC_PANEL_ABSENT;
    }
    return PC_OK;
}

/* Cells come in the order of files. `from[i]` is the cell that gave figure i, counted from 1. */
static pc_status take_figures(const panel_rows *rows, const size_t *number, const intake_walk *files,
                              pc_panel *out, pc_diagnostics *diagnostics)
{
    uint32_t *from = pc_new_zero(out->n_area * out->n_year * PC_N_PANEL_SERIES, sizeof *from);
    bool wrong = false;

    if (from == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    for (size_t c = 0; c < rows->n; c++) {
        const panel_cell *cell = &rows->cell[c];
        size_t at = place_of(out, number[cell->area], cell->year) + cell->series;
        const panel_cell *before = from[at] == 0 ? NULL : &rows->cell[from[at] - 1];

        if (before != NULL && before->file == cell->file && before->figure != cell->figure) {
            pc_diagnostics_add(diagnostics, PC_ERROR,
                               (pc_place){files->file[cell->file].shown, cell->row, 0, NULL},
                               "another figure for %s of %s in %d than in row %ld, expected one",
                               pc_panel_series_words((pc_panel_series)cell->series),
                               out->area[number[cell->area]].name, cell->year, before->row);
            wrong = true;
        }
        if (before != NULL && cell->figure < 0) {
            continue; /* a missing cell never replaces what an earlier file gives */
        }
        out->n_revised += before != NULL && before->figure >= 0 && before->figure != cell->figure;
        out->figure[at] = cell->figure;
        from[at] = (uint32_t)c + 1;
    }
    free(from);
    return wrong ? PC_ERR_INPUT : PC_OK;
}

static void count_cells(pc_panel *self)
{
    for (size_t i = 0; i < self->n_area * self->n_year * PC_N_PANEL_SERIES; i++) {
        self->n_known += self->figure[i] >= 0;
        self->n_suppressed += self->figure[i] == PC_PANEL_SUPPRESSED;
        self->n_no_figure += self->figure[i] == PC_PANEL_NO_FIGURE;
    }
}

static pc_status make_panel(const panel_rows *rows, const intake_walk *files, pc_panel *out,
                            pc_diagnostics *diagnostics)
{
    size_t *number = pc_new_zero(rows->code.n, sizeof *number);
    pc_status status = number == NULL ? PC_ERR_NO_MEMORY : take_areas(rows, out, number);

    if (status == PC_OK) {
        status = take_years(rows, out, diagnostics);
    }
    if (status == PC_OK) {
        status = take_figures(rows, number, files, out, diagnostics);
    }
    free(number);
    out->n_row_aside = rows->n_aside;
    if (status == PC_OK) {
        count_cells(out);
    }
    return status;
}

/* Every file is read, so that all problems are told at once. */
static pc_status read_files(panel_rows *rows, const intake_walk *files, pc_diagnostics *diagnostics)
{
    pc_status status = PC_OK;

    for (size_t f = 0; f < files->n; f++) {
        bool read = false;
        pc_status one = files->file[f].ignored != NULL
                            ? PC_OK
                            : panel_rows_read(rows, &files->file[f], (uint32_t)f, &read, diagnostics);

        if (one == PC_ERR_NO_MEMORY) {
            return one;
        }
        status = status == PC_OK ? one : status;
    }
    return status == PC_OK && rows->n_error > 0 ? PC_ERR_INPUT : status;
}

pc_status pc_panel_read(const char *folder, pc_panel *out, pc_diagnostics *diagnostics)
{
    intake_walk files;
    panel_rows rows = {0};
    pc_status status;

    memset(out, 0, sizeof *out);
    status = intake_walk_folder(folder, &files, diagnostics);
    if (status == PC_OK && files.failed) {
        status = PC_ERR_IO;
    }
    if (status == PC_OK) {
        status = read_files(&rows, &files, diagnostics);
    }
    if (status == PC_OK && !rows.has_required) {
        pc_diagnostics_add(diagnostics, PC_ERROR, (pc_place){.file = folder},
                           "no figures in a file named stock_started_ceased_YYYY....csv, expected children "
                           "looked after, starts and ceases by authority and year");
        status = PC_ERR_NO_DATA;
    }
    if (status == PC_OK) {
        status = make_panel(&rows, &files, out, diagnostics);
    }
    panel_rows_free(&rows);
    intake_walk_free(&files);
    if (status != PC_OK) {
        pc_panel_free(out);
    }
    return status;
}
