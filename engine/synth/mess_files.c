/* mess_files.c - files that do not belong, are empty, lack a column or come twice, and years and authorities
 * left blank. */
#include "synth/mess.h"

#include <stdlib.h>

#include "base/memory.h"

#define OLD_YEAR 1990 /* a name that sorts before every return */

static pc_status add_raw(mess *self, bool *found, intake_rule rule, const char *name, const char *raw,
                         const char *action)
{
    mess_file *file;
    pc_status status = mess_add_file(self, name, SYNTH_N_TABLE, raw, &file);

    *found = true;
    return status == PC_OK ? mess_record_file(self, rule, file, "", action) : status;
}

static pc_status ignored_file(mess *self, bool *found)
{
    return add_raw(self, found, INTAKE_IGNORED_FILE, "notes.txt", "Sent by secure mail on 30 June.\n",
                   "not read");
}

static pc_status hidden_file(mess *self, bool *found)
{
    return add_raw(self, found, INTAKE_IGNORED_FILE, ".episodes.csv",
                   "CHILD,DECOM,DEC,PLACE\n1,01/04/2020,,U6\n", "not read");
}

static pc_status empty_file(mess *self, bool *found)
{
    return add_raw(self, found, INTAKE_EMPTY_FILE, "ad1.csv", "", "nothing to read");
}

static pc_status unknown_file(mess *self, bool *found)
{
    return add_raw(self, found, INTAKE_UNKNOWN_FILE, "workers.csv", "WORKER,PHONE\nA. Nobody,0\n",
                   "not read");
}

static mess_file *episodes_file(const mess *self, int year)
{
    for (size_t f = 0; f < self->n_file; f++) {
        mess_file *file = self->file[f];

        for (size_t row = 0; file->table == SYNTH_EPISODES && row < file->n; row++) {
            if (file->row[row]->year == year) {
                return file;
            }
        }
    }
    return NULL;
}

/* Copies two closed rows of the return of `year` into `file`, as of return `named`. What is copied stays as
 * it is where it was: the copies are the duplicates. */
static pc_status copy_rows(mess *self, mess_file *file, int year, int named, size_t *la)
{
    size_t n = 0;

    for (size_t at = 0; at < self->n_episode && n < 2; at++) {
        const mess_episode *one = &self->episode[at];
        mess_row *added;
        pc_status status;

        if (self->used[one->authority][one->person] || one->newest->year != year ||
            one->newest->end == PC_DAY_OPEN || (n > 0 && one->authority != *la)) {
            continue;
        }
        self->used[one->authority][one->person] = true;
        status = mess_add_row(file, file->n, one->newest, &added);
        if (status != PC_OK) {
            return status;
        }
        added->year = named;
        *la = one->authority;
        n++;
    }
    return PC_OK;
}

/* Takes back the file that was added last: there was nothing to put into it. */
static void drop_last_file(mess *self)
{
    mess_file *file = self->file[--self->n_file];

    free(file->row);
    free(file->name);
    free(file);
}

/* A second file of the last return, read before the first, without a column: its rows lose against the whole
 * ones. */
static pc_status return_twice(mess *self, bool *found)
{
    int year = mess_last_year(self);
    mess_file *whole = episodes_file(self, year), *copy = NULL;
    char text[SYNTH_YEAR_TEXT], *name;
    size_t la = 0;
    pc_status status;

    *found = whole != NULL;
    if (!*found) {
        return PC_OK;
    }
    synth_year_text(year, text);
    name = self->options->layout == PC_SYNTH_FOLDERS ? pc_format_text("%s/a_copy.csv", text)
           : self->options->layout == PC_SYNTH_FLAT  ? pc_format_text("a_copy_%s.csv", text)
                                                     : pc_copy_text("a_copy.csv");
    status = name == NULL ? PC_ERR_NO_MEMORY : mess_add_file(self, name, SYNTH_EPISODES, NULL, &copy);
    free(name);
    if (status == PC_OK) {
        status = copy_rows(self, copy, year, year, &la);
    }
    if (status == PC_OK && copy->n == 0) {
        drop_last_file(self);
        *found = false;
        return PC_OK;
    }
    if (status == PC_OK) {
        copy->without[EPISODE_CIN] = true;
        status = mess_record_file(self, INTAKE_MISSING_COLUMN, copy, "", "no column CIN: read as blank");
    }
    return status == PC_OK ? mess_record_file(self, INTAKE_SAME_RETURN_TWICE, whole, self->authority[la].name,
                                              "both files are read")
                           : status;
}

/* A return named before all others that holds rows of the second year: the first return then goes back in
 * time. */
static pc_status year_order(mess *self, bool *found)
{
    mess_file *old = NULL;
    char text[SYNTH_YEAR_TEXT], *name;
    size_t la = 0;
    pc_status status;

    *found = self->options->years > 1;
    if (!*found) {
        return PC_OK;
    }
    synth_year_text(OLD_YEAR, text);
    name = self->options->layout == PC_SYNTH_FOLDERS ? pc_format_text("%s/episodes.csv", text)
           : self->options->layout == PC_SYNTH_FLAT  ? pc_format_text("episodes_%s.csv", text)
                                                     : pc_copy_text("a_old.csv");
    status = name == NULL ? PC_ERR_NO_MEMORY : mess_add_file(self, name, SYNTH_EPISODES, NULL, &old);
    free(name);
    if (status == PC_OK) {
        status = copy_rows(self, old, self->options->first_year + 1, OLD_YEAR, &la);
    }
    if (status == PC_OK && old->n == 0) {
        drop_last_file(self);
        *found = false;
        return PC_OK;
    }
    return status == PC_OK ? mess_record_file(self, INTAKE_YEAR_ORDER, NULL, self->authority[la].name,
                                              "used in the order of their names")
                           : status;
}

/* YEAR of one row is blank; the file (by its name, or by the dates of such rows) says the same year. */
static pc_status unreadable_year(mess *self, bool *found)
{
    const mess_episode *one = mess_find(self, mess_is_closed);

    *found = one != NULL;
    if (!*found) {
        return PC_OK;
    }
    one->newest->no_year = true;
    one->newest->file->year_column = true;
    return mess_record(self, INTAKE_UNREADABLE_YEAR, one->newest, "year of the file", PC_DAY_NONE, NULL);
}

static pc_status blank_la(mess *self, bool *found)
{
    bool fits =
        self->options->la != NULL && self->n_authority == 1 && self->options->layout == PC_SYNTH_MERGED;
    const mess_episode *one = fits ? mess_find(self, mess_is_closed) : NULL;

    *found = one != NULL;
    if (!*found) {
        return PC_OK;
    }
    one->newest->no_la = true;
    return mess_record(self, INTAKE_BLANK_LA, one->newest, "belongs to the only authority", PC_DAY_NONE,
                       NULL);
}

const mess_defect mess_file_defects[] = {{INTAKE_IGNORED_FILE, ignored_file},
                                         {INTAKE_IGNORED_FILE, hidden_file},
                                         {INTAKE_EMPTY_FILE, empty_file},
                                         {INTAKE_UNKNOWN_FILE, unknown_file},
                                         {INTAKE_UNREADABLE_YEAR, unreadable_year},
                                         {INTAKE_BLANK_LA, blank_la},
                                         {INTAKE_SAME_RETURN_TWICE, return_twice},
                                         {INTAKE_YEAR_ORDER, year_order},
                                         {INTAKE_N_RULE, NULL}};
