/* mess_write.c - the damaged tables as files of every form that councils send, and the list of what was
 * planted.
 *
 * The form of a file goes by its number: byte order mark, CRLF, quotes around all fields, columns from last
 * to first, ISO dates, a column too many, blank lines, blanks around fields. None of them is a defect.
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/out_file.h"
#include "synth/mess.h"

typedef struct form {
    bool mark, crlf, quotes, backwards, iso, surplus, blank_lines, blanks;
} form;

static form form_of(size_t number)
{
    return (form){number % 3 == 0, number % 4 == 1, number % 5 == 2, number % 2 == 1,
                  number % 3 == 1, number % 4 == 2, number % 3 == 2, number % 5 == 0};
}

typedef struct sheet {
    const mess *self;
    const mess_file *file;
    FILE *stream;
    form form;
    size_t column[SYNTH_MAX_COLUMN]; /* in the order of the file */
    size_t n_column;
    bool la, year;
    long line;
} sheet;

static void end_line(sheet *self)
{
    fputs(self->form.crlf ? "\r\n" : "\n", self->stream);
    self->line++;
}

static void write_field(const sheet *self, const char *text, bool first)
{
    bool quotes = self->form.quotes || strchr(text, ',') != NULL;

    fprintf(self->stream, "%s%s%s%s", first ? "" : ",", self->form.blanks && !quotes ? " " : "",
            quotes ? "\"" : "", text);
    fputs(quotes ? "\"" : self->form.blanks ? "  " : "", self->stream);
}

static bool is_date_column(const char *name)
{
    static const char *const date[] = {"DOB",    "DECOM",  "DEC",       "DUC",
                                       "MC_DOB", "REVIEW", "MIS_START", "MIS_END"};

    for (size_t at = 0; at < sizeof date / sizeof date[0]; at++) {
        if (strcmp(name, date[at]) == 0) {
            return true;
        }
    }
    return false;
}

static const char *cell_text(const sheet *self, const mess_row *row, size_t column,
                             char text[PC_DAY_TEXT_SIZE])
{
    const char *cell = row->cell[column];
    pc_day day;

    if (self->form.iso && is_date_column(synth_table_column[self->file->table][column]) &&
        pc_day_parse(cell, strlen(cell), &day)) {
        return pc_day_format(day, text);
    }
    return cell;
}

static void write_names(sheet *self)
{
    if (self->form.mark) {
        fputs("\xEF\xBB\xBF", self->stream);
    }
    for (size_t at = 0; at < self->n_column; at++) {
        write_field(self, synth_table_column[self->file->table][self->column[at]], at == 0);
    }
    if (self->form.surplus) {
        write_field(self, "LOCAL_NOTE", false);
    }
    if (self->la) {
        write_field(self, "LA", false);
    }
    if (self->year) {
        write_field(self, "YEAR", false);
    }
    end_line(self);
}

static void write_one(sheet *self, mess_row *row)
{
    char text[PC_DAY_TEXT_SIZE];

    if (self->form.blank_lines && self->line % 50 == 49) {
        end_line(self);
    }
    for (size_t at = 0; at < self->n_column; at++) {
        write_field(self, cell_text(self, row, self->column[at], text), at == 0);
    }
    if (self->form.surplus) {
        write_field(self, "seen, and checked", false);
    }
    if (self->la) {
        write_field(self, row->no_la ? "" : self->self->authority[row->authority].name, false);
    }
    if (self->year) {
        write_field(self, row->no_year ? "" : pc_financial_year_format(row->year, text), false);
    }
    row->number = self->line + 1;
    end_line(self);
}

static void write_sheet(sheet *self)
{
    bool merged = self->self->options->layout == PC_SYNTH_MERGED;
    size_t n = synth_table_columns(self->file->table);

    for (size_t at = 0; at < n; at++) {
        size_t column = self->form.backwards ? n - 1 - at : at;

        if (!self->file->without[column]) {
            self->column[self->n_column++] = column;
        }
    }
    self->la = merged && self->self->options->la != NULL;
    self->year = merged || self->file->year_column;
    write_names(self);
    for (size_t row = 0; row < self->file->n; row++) {
        if (!self->file->row[row]->gone) {
            write_one(self, self->file->row[row]);
        }
    }
}

static pc_status write_file(const mess *self, const mess_file *file, size_t number, const char *folder)
{
    char *path = pc_format_text("%s/%s", folder, file->name);
    char *slash = path == NULL ? NULL : strrchr(path, '/');
    pc_out_file out = {0};
    pc_status status = PC_ERR_NO_MEMORY;

    if (slash != NULL) {
        *slash = '\0';
        status = pc_make_folder(path, self->diagnostics);
    }
    if (status == PC_OK) {
        status = pc_out_open(&out, path, slash + 1, 0644, self->diagnostics);
    }
    if (status == PC_OK) {
        sheet paper = {.self = self, .file = file, .stream = out.stream, .form = form_of(number)};

        if (file->raw != NULL) {
            fputs(file->raw, out.stream);
        } else {
            write_sheet(&paper);
        }
        status = pc_out_commit(&out, self->diagnostics);
    }
    free(path);
    return status;
}

pc_status mess_write(mess *self, const char *folder)
{
    pc_status status = PC_OK;

    for (size_t f = 0; f < self->n_file && status == PC_OK; f++) {
        status = write_file(self, self->file[f], f, folder);
    }
    return status;
}

/* ---- duplicates ---- */

typedef struct copy {
    mess_row *row;
    size_t file_order; /* as files are read */
    size_t row_order;
} copy;

/* Rows of one episode together, the one that is used last: latest year, closed before open, later DEC, read
 * last. */
static int compare_copies(const void *a, const void *b)
{
    const copy *x = a, *y = b;
    bool x_open = x->row->end == PC_DAY_OPEN, y_open = y->row->end == PC_DAY_OPEN;
    int order = x->row->authority < y->row->authority ? -1 : x->row->authority > y->row->authority;

    order = order != 0 ? order : strcmp(x->row->cell[EPISODE_CHILD], y->row->cell[EPISODE_CHILD]);
    order = order != 0 ? order : (x->row->start > y->row->start) - (x->row->start < y->row->start);
    order = order != 0 ? order : (x->row->year > y->row->year) - (x->row->year < y->row->year);
    order = order != 0 ? order : (int)y_open - (int)x_open;
    order = order != 0 || x_open ? order : (x->row->end > y->row->end) - (x->row->end < y->row->end);
    order = order != 0 ? order : (x->file_order > y->file_order) - (x->file_order < y->file_order);
    return order != 0 ? order : (x->row_order > y->row_order) - (x->row_order < y->row_order);
}

static size_t reading_order(const mess *self, const mess_file *file)
{
    size_t order = 0;

    for (size_t f = 0; f < self->n_file; f++) {
        order += strcmp(self->file[f]->name, file->name) < 0;
    }
    return order;
}

static bool same_episode(const mess_row *a, const mess_row *b)
{
    return a->authority == b->authority && a->start == b->start &&
           strcmp(a->cell[EPISODE_CHILD], b->cell[EPISODE_CHILD]) == 0;
}

static pc_status list_copies(const mess *self, copy **out, size_t *n_out)
{
    size_t capacity = 0;

    for (size_t f = 0; f < self->n_file; f++) {
        const mess_file *file = self->file[f];
        size_t order = reading_order(self, file);

        for (size_t row = 0; file->table == SYNTH_EPISODES && row < file->n; row++) {
            if (!file->row[row]->gone && !file->row[row]->aside) {
                pc_status status = pc_grow(out, &capacity, *n_out + 1, sizeof **out);

                if (status != PC_OK) {
                    return status;
                }
                (*out)[(*n_out)++] = (copy){file->row[row], order, row};
            }
        }
    }
    return PC_OK;
}

pc_status mess_list_duplicates(mess *self)
{
    copy *all = NULL;
    size_t n = 0;
    pc_status status = list_copies(self, &all, &n);

    if (status == PC_OK && n > 0) {
        qsort(all, n, sizeof *all, compare_copies);
    }
    for (size_t at = 0; at + 1 < n && status == PC_OK; at++) {
        if (same_episode(all[at].row, all[at + 1].row)) {
            status = mess_record(self, INTAKE_DUPLICATE_EPISODE, all[at].row,
                                 "another row of the episode is used", PC_DAY_NONE, NULL);
        }
    }
    free(all);
    return status;
}

/* ---- planted.csv ---- */

static int compare_planted(const void *a, const void *b)
{
    const mess_planted *x = a, *y = b;
    int order = strcmp(x->file == NULL ? "" : x->file->name, y->file == NULL ? "" : y->file->name);
    long row = x->row == NULL ? 0 : x->row->number, other = y->row == NULL ? 0 : y->row->number;

    order = order != 0 ? order : (row > other) - (row < other);
    return order != 0 ? order : (x->rule > y->rule) - (x->rule < y->rule);
}

static void write_planted_line(FILE *stream, const mess_planted *line)
{
    fprintf(stream, "%s,%s,", intake_rule_name(line->rule), intake_rule_severity(line->rule));
    pc_out_text(stream, line->file == NULL ? "" : line->file->name);
    if (line->row != NULL) {
        fprintf(stream, ",%ld,", line->row->number);
    } else {
        fputs(",,", stream);
    }
    pc_out_text(stream, line->la);
    fputc(',', stream);
    pc_out_text(stream, line->row == NULL ? line->child : line->row->cell[0]);
    fprintf(stream, ",%s,", line->recoverable ? "yes" : "no");
    pc_out_text(stream, line->action);
    fputc(',', stream);
    if (line->expected != NULL) {
        pc_out_text(stream, line->lost_child != NULL ? line->lost_child : line->child);
        fprintf(stream, ",%s,", line->episode);
        pc_out_text(stream, line->expected);
    } else {
        fputs(",,", stream);
    }
    fputc('\n', stream);
}

pc_status mess_write_planted(mess *self, const char *folder)
{
    pc_out_file out = {0};
    pc_status status = pc_out_open(&out, folder, "planted.csv", 0644, self->diagnostics);

    if (status != PC_OK) {
        return status;
    }
    if (self->n_planted > 0) {
        qsort(self->planted, self->n_planted, sizeof *self->planted, compare_planted);
    }
    fputs("rule,severity,file,row,la,child,recoverable,action,episode_child,episode_start,expected\n",
          out.stream);
    for (size_t at = 0; at < self->n_planted; at++) {
        write_planted_line(out.stream, &self->planted[at]);
    }
    return pc_out_commit(&out, self->diagnostics);
}
