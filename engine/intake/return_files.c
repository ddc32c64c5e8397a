/* return_files.c - of which kind each file is: told by its columns, never by its name. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv_rows.h"
#include "base/memory.h"
#include "intake/folder_walk.h"
#include "intake/intake.h"

#define SMALL_FILE 4096 /* a longer one is not looked at as empty */

static const char *const column_name[INTAKE_N_COLUMN] = {"LA",    "YEAR", "CHILD", "DOB",
                                                         "DECOM", "DEC",  "PLACE", "PLACE_PROVIDER",
                                                         "LS",    "CIN",  "RNE",   "REASON_PLACE_CHANGE",
                                                         "REC"};

static bool plausible_year(int year)
{
    return year >= 1980 && year <= 2100;
}

int32_t intake_year_in_name(const char *name, size_t length)
{
    for (size_t at = 0; at < length;) {
        size_t end = at;
        int first = 0, last = 0;

        while (end < length && isdigit((unsigned char)name[end])) {
            if (end - at < 4) {
                first = first * 10 + (name[end] - '0');
            }
            if (end - at >= 4 && end - at < 8) {
                last = last * 10 + (name[end] - '0');
            }
            end++;
        }
        /* 2017 · 201718, 201703 · 20170331, and 31032017 */
        if ((end - at == 4 || end - at == 6 || end - at == 8) && plausible_year(first)) {
            return first;
        }
        if (end - at == 8 && plausible_year(last)) {
            return last;
        }
        at = end + 1;
    }
    return INTAKE_NO_YEAR;
}

/* The nearest folder with a year in its name, else the file. */
static int32_t year_of_path(const char *shown)
{
    const char *slash = strrchr(shown, '/');
    const char *file = slash == NULL ? shown : slash + 1;

    for (const char *end = slash; end != NULL;) {
        const char *start = end;
        int32_t year;

        while (start > shown && start[-1] != '/') {
            start--;
        }
        year = intake_year_in_name(start, (size_t)(end - start));
        if (year != INTAKE_NO_YEAR) {
            return year;
        }
        end = start == shown ? NULL : start - 1;
    }
    return intake_year_in_name(file, strlen(file));
}

static bool has(const pc_csv_header *header, const char *name)
{
    return pc_csv_column(header, name) >= 0;
}

/* Tables of the return that are known and not needed: by columns that no other table has. */
static bool is_known_unused(const pc_csv_header *header)
{
    static const char *const own[] = {"REVIEW",    "MISSING", "MIS_START", "SDQ_SCORE",  "CONVICTED",
                                      "IN_TOUCH",  "ACTIV",   "DATE_INT",  "DATE_MATCH", "DATE_PLACED",
                                      "PREV_PERM", "SW_ID",   "SW_DECOM",  "DOLO_START"};

    for (size_t c = 0; c < sizeof own / sizeof own[0]; c++) {
        if (has(header, own[c])) {
            return true;
        }
    }
    return false;
}

static bool is_header(const pc_csv_header *header)
{
    size_t known = (size_t)has(header, "CHILD") + has(header, "SEX") + has(header, "DOB") +
                   has(header, "LA") + has(header, "YEAR");

    if (!has(header, "CHILD") || !has(header, "DOB")) {
        return false;
    }
    return has(header, "ETHNIC") || has(header, "UPN") || has(header, "MOTHER") || has(header, "MC_DOB") ||
           (has(header, "SEX") && known == header->n_column);
}

/* How many of the columns of an episodes file there are, CHILD not counted. */
static int count_episode_columns(const pc_csv_header *header)
{
    int n = 0;

    for (int column = INTAKE_DECOM; column < INTAKE_N_COLUMN; column++) {
        n += has(header, column_name[column]);
    }
    return n;
}

/* What a file is told by. `wrong` is set when it is a table that is needed, and damaged. */
typedef struct look {
    intake_file *file;
    pc_diagnostics *diagnostics;
    bool wrong;
} look;

static void complain(look *self, const char *column, const char *text)
{
    pc_diagnostics_add(self->diagnostics, PC_ERROR,
                       (pc_place){.file = self->file->shown, .line = 1, .column_name = column}, "%s", text);
    self->wrong = true;
}

static void check_separator(look *self, const pc_csv_header *header)
{
    if (header->n_column == 1 && strstr(header->name[0], "CHILD") != NULL &&
        strpbrk(header->name[0], ";\t|") != NULL) {
        complain(self, NULL, "columns are not separated by commas, expected a comma-separated file");
    }
}

static void check_columns(look *self, const pc_csv_header *header)
{
    static const intake_column needed[] = {INTAKE_CHILD, INTAKE_DECOM, INTAKE_DEC, INTAKE_PLACE};

    for (size_t c = 0; self->file->kind == INTAKE_EPISODES && c < sizeof needed / sizeof needed[0]; c++) {
        if (self->file->column[needed[c]] < 0) {
            complain(self, column_name[needed[c]], "missing, expected in a file of episodes");
        }
    }
    for (int column = 0; column < INTAKE_N_COLUMN; column++) {
        size_t times = 0;

        for (size_t c = 0; c < header->n_column; c++) {
            times += strcmp(header->name[c], column_name[column]) == 0;
        }
        if (times > 1) {
            complain(self, column_name[column], "appears more than once, expected once");
        }
    }
}

static pc_status on_header(void *context, const pc_csv_header *header)
{
    look *self = context;
    intake_file *file = self->file;

    for (int column = 0; column < INTAKE_N_COLUMN; column++) {
        file->column[column] = pc_csv_column(header, column_name[column]);
    }
    check_separator(self, header);
    if (is_known_unused(header)) {
        file->kind = INTAKE_UNUSED;
    } else if ((has(header, "CHILD") && has(header, "DECOM")) || count_episode_columns(header) >= 4) {
        file->kind = INTAKE_EPISODES;
    } else if (has(header, "CHILD") && has(header, "DOB") && has(header, "DUC") && !has(header, "ETHNIC")) {
        file->kind = INTAKE_UASC;
    } else if (is_header(header)) {
        file->kind = INTAKE_HEADER;
    } else {
        file->kind = INTAKE_UNKNOWN;
    }
    if (file->kind <= INTAKE_UASC) {
        check_columns(self, header);
    }
    return PC_ERR_NO_DATA; /* enough is known */
}

static pc_status on_no_row(void *context, long row, const pc_field *field)
{
    (void)context;
    (void)row;
    (void)field;
    return PC_ERR_NO_DATA;
}

/* A small file with nothing but blanks, commas and a byte order mark. */
static bool is_empty(const char *path)
{
    char bytes[SMALL_FILE];
    FILE *stream = fopen(path, "rb");
    size_t n = stream == NULL ? 1 : fread(bytes, 1, sizeof bytes, stream), at = 0;
    bool empty = stream != NULL && n < sizeof bytes && !ferror(stream);

    if (n >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) {
        at = 3;
    }
    for (; empty && at < n; at++) {
        empty = isspace((unsigned char)bytes[at]) || bytes[at] == ',';
    }
    if (stream != NULL) {
        fclose(stream);
    }
    return empty;
}

/* Takes the file into the list when it is of a kind that is read. */
static pc_status identify(intake *self, intake_found_file *found, bool *wrong)
{
    intake_file file = {found->path,  found->shown, INTAKE_UNKNOWN, year_of_path(found->shown),
                        PC_NAME_NONE, {0}};
    look view = {&file, self->diagnostics, false};
    pc_status status;

    if (is_empty(found->path)) {
        found->ignored = "empty";
        return PC_OK;
    }
    status = pc_csv_read(found->path, found->shown, self->options->chunk, on_header, on_no_row, &view,
                         self->diagnostics);
    if (status == PC_ERR_NO_MEMORY) {
        return status;
    }
    if (view.wrong || status != PC_ERR_NO_DATA) {
        *wrong = true;
        return PC_OK;
    }
    if (file.kind > INTAKE_UASC) {
        found->ignored = file.kind == INTAKE_UNUSED ? "unused" : "unknown";
        return PC_OK;
    }
    if (pc_grow(&self->file, &self->file_capacity, self->n_file + 1, sizeof *self->file) != PC_OK ||
        pc_names_add(&self->quality->file, file.shown, strlen(file.shown), &file.number) != PC_OK ||
        pc_names_add(&self->quality->path, file.path, strlen(file.path), &file.number) != PC_OK) {
        return PC_ERR_NO_MEMORY;
    }
    self->file[self->n_file++] = file;
    found->path = NULL; /* owned by the list now */
    found->shown = NULL;
    return PC_OK;
}

static pc_status note_missing_columns(intake *self, const intake_file *file)
{
    pc_status status = PC_OK;

    for (int column = INTAKE_PROVIDER; file->kind == INTAKE_EPISODES && column < INTAKE_N_COLUMN; column++) {
        if (file->column[column] < 0 && status == PC_OK) {
            status = intake_note(self, INTAKE_MISSING_COLUMN, file->number, 0, PC_NAME_NONE, PC_NAME_NONE,
                                 "no column %s: read as blank", column_name[column]);
        }
    }
    return status;
}

static pc_status note_other_files(intake *self, const intake_walk *found)
{
    pc_status status = PC_OK;

    for (size_t f = 0; f < found->n && status == PC_OK; f++) {
        const intake_found_file *file = &found->file[f];
        uint32_t number;

        if (file->ignored == NULL || strcmp(file->ignored, "unused") == 0) {
            continue;
        }
        if (pc_names_add(&self->quality->file, file->shown, strlen(file->shown), &number) != PC_OK ||
            pc_names_add(&self->quality->path, file->path, strlen(file->path), &number) != PC_OK) {
            return PC_ERR_NO_MEMORY;
        }
        if (strcmp(file->ignored, "unknown") == 0) {
            status = intake_note(self, INTAKE_UNKNOWN_FILE, number, 0, PC_NAME_NONE, PC_NAME_NONE,
                                 "not read: its columns are those of no known table");
        } else if (strcmp(file->ignored, "empty") == 0) {
            status = intake_note(self, INTAKE_EMPTY_FILE, number, 0, PC_NAME_NONE, PC_NAME_NONE,
                                 "nothing to read");
        } else {
            status = intake_note(self, INTAKE_IGNORED_FILE, number, 0, PC_NAME_NONE, PC_NAME_NONE,
                                 "not read: %s", file->ignored);
        }
    }
    return status;
}

static pc_status identify_all(intake *self, intake_walk *found)
{
    bool wrong = found->failed;
    size_t n_episodes = 0;
    pc_status status = PC_OK;

    for (size_t f = 0; f < found->n && status == PC_OK; f++) {
        if (found->file[f].ignored == NULL) {
            status = identify(self, &found->file[f], &wrong);
        }
    }
    self->quality->n_read = self->n_file;
    for (size_t f = 0; f < self->n_file && status == PC_OK; f++) {
        n_episodes += self->file[f].kind == INTAKE_EPISODES;
        status = note_missing_columns(self, &self->file[f]);
    }
    if (status == PC_OK) {
        status = note_other_files(self, found);
    }
    if (status == PC_OK && wrong) {
        status = PC_ERR_INPUT;
    } else if (status == PC_OK && n_episodes == 0) {
        pc_diagnostics_add(
            self->diagnostics, PC_ERROR, (pc_place){.file = self->options->folder},
            "no file of episodes among %zu files, expected CSV files with the columns CHILD, DECOM, "
            "DEC and PLACE",
            found->n);
        status = PC_ERR_NO_DATA;
    }
    return status;
}

pc_status intake_find_files(intake *self)
{
    intake_walk found;
    pc_status status = intake_walk_folder(self->options->folder, &found, self->diagnostics);

    if (status == PC_OK) {
        status = found.failed && found.n == 0 ? PC_ERR_INPUT : identify_all(self, &found);
    }
    intake_walk_free(&found);
    return status;
}
