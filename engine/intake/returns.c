/* returns.c - the returns, one authority and year each: their order, their financial year, the extract date.
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "intake/return_scan.h"

/* Files without a year in their name or rows are named by the dates in them. */
static pc_status name_files(intake_scan *self, uint32_t *key)
{
    intake *stage = self->stage;
    int32_t *best = pc_new(stage->n_file, sizeof *best);
    pc_status status = best == NULL ? PC_ERR_NO_MEMORY : PC_OK;

    for (size_t g = 0; g < self->n_group; g++) {
        key[g] = self->group[g].year == INTAKE_NO_YEAR ? self->group[g].file : INTAKE_NOT_FOUND;
    }
    if (status == PC_OK) {
        status = intake_commonest_years(self, key, stage->n_file, best);
    }
    for (size_t g = 0; g < self->n_group && status == PC_OK; g++) {
        if (self->group[g].year == INTAKE_NO_YEAR) {
            stage->file[self->group[g].file].year = best[self->group[g].file];
            self->group[g].year = best[self->group[g].file];
        }
    }
    free(best);
    return status;
}

/* When the files name one authority, rows without one belong to it. */
static void settle_authority(intake_scan *self)
{
    intake *stage = self->stage;

    stage->only_la = stage->la.n == 2 ? 1 : PC_NAME_NONE;
    for (size_t g = 0; g < self->n_group && stage->only_la != PC_NAME_NONE; g++) {
        self->group[g].la = stage->only_la;
    }
}

static void say_authority(const intake_scan *self)
{
    const intake *stage = self->stage;

    if (stage->only_la != PC_NAME_NONE && self->blank_la) {
        pc_diagnostics_add(
            stage->diagnostics, PC_ASSUMPTION, (pc_place){0},
            "rows without LA are taken to belong to %s, the only authority that the files name",
            pc_names_text(&stage->la, 1));
    }
}

static int by_la_and_year(const void *left, const void *right)
{
    const intake_return *a = left, *b = right;

    if (a->la != b->la) {
        return a->la < b->la ? -1 : 1;
    }
    return a->year < b->year ? -1 : a->year > b->year;
}

/* One return for each (la, year) of the groups, ordered. */
static pc_status make_returns(intake_scan *self)
{
    intake *stage = self->stage;
    pc_status status = pc_grow(&stage->ret, &stage->ret_capacity, self->n_group + 1, sizeof *stage->ret);
    size_t n = 0, n_known = 0;

    if (status != PC_OK) {
        return status;
    }
    for (size_t g = 0; g < self->n_group; g++) {
        const intake_group *from = &self->group[g];

        if (!from->later) {
            stage->ret[n_known++] = (intake_return){from->la, from->year, INTAKE_NO_YEAR, from->latest_decom};
        }
    }
    if (n_known > 0) {
        qsort(stage->ret, n_known, sizeof *stage->ret, by_la_and_year);
    }
    for (size_t g = 0; g < n_known; g++) {
        if (n > 0 && by_la_and_year(&stage->ret[n - 1], &stage->ret[g]) == 0) {
            if (stage->ret[g].latest_decom > stage->ret[n - 1].latest_decom) {
                stage->ret[n - 1].latest_decom = stage->ret[g].latest_decom;
            }
        } else {
            stage->ret[n++] = stage->ret[g];
        }
    }
    stage->n_ret = n;
    for (size_t r = 0; r < n && status == PC_OK; r++) {
        uint32_t number = (uint32_t)r;

        status = intake_pair_add(&stage->ret_index, stage->ret[r].la, (uint32_t)stage->ret[r].year, &number);
    }
    for (size_t g = 0; g < self->n_group; g++) {
        self->group[g].ret = self->group[g].later ? INTAKE_NOT_FOUND
                                                  : intake_pair_find(&stage->ret_index, self->group[g].la,
                                                                     (uint32_t)self->group[g].year);
    }
    return status;
}

static pc_status date_returns(intake_scan *self, uint32_t *key)
{
    intake *stage = self->stage;
    int32_t *best = pc_new(stage->n_ret, sizeof *best);
    pc_status status = best == NULL ? PC_ERR_NO_MEMORY : PC_OK;

    for (size_t g = 0; g < self->n_group; g++) {
        key[g] = self->group[g].ret; /* INTAKE_NOT_FOUND for what was not known yet */
    }
    if (status == PC_OK) {
        status = intake_commonest_years(self, key, stage->n_ret, best);
    }
    for (size_t r = 0; r < stage->n_ret && status == PC_OK; r++) {
        stage->ret[r].financial_year = best[r];
    }
    free(best);
    return status;
}

/* Leaves out the returns that end after known_until. */
static size_t mark_later(intake_scan *self)
{
    const intake *stage = self->stage;
    size_t n = 0;

    for (size_t g = 0; g < self->n_group; g++) {
        int32_t year = stage->ret[self->group[g].ret].financial_year;

        self->group[g].later =
            year != INTAKE_NO_YEAR && pc_financial_year_first_day(year + 1) - 1 > stage->options->known_until;
        n += self->group[g].later;
    }
    return n;
}

/* Authorities are numbered as if the later rows were not there: the order of authorities numbers their random
 * draws. */
static pc_status number_authorities(intake_scan *self)
{
    intake *stage = self->stage;
    pc_names old = stage->la;
    uint32_t number;
    pc_status status;

    pc_names_init(&stage->la);
    status = pc_names_add(&stage->la, "", 0, &number);
    for (int later = 0; later < 2 && status == PC_OK; later++) {
        for (size_t g = 0; g < self->n_group && status == PC_OK; g++) {
            intake_group *group = &self->group[g];
            const char *name = pc_names_text(&old, group->la);

            if (group->later != (later == 1)) {
                continue;
            }
            if (!group->later) {
                status = pc_names_add(&stage->la, name, strlen(name), &group->la);
            } else if ((number = pc_names_find(&stage->la, name, strlen(name))) != PC_NAME_NONE) {
                uint32_t year = (uint32_t)group->year;

                status = intake_pair_add(&stage->later, number, year, &year);
            }
        }
    }
    pc_names_free(&old);
    return status;
}

static pc_status settle_returns(intake_scan *self, uint32_t *key)
{
    pc_status status;

    intake_pair_free(&self->stage->ret_index);
    settle_authority(self);
    status = make_returns(self);
    return status == PC_OK ? date_returns(self, key) : status;
}

/* The returns are named and dated with all rows; those that were not known yet are then left out, and the
 * others settled again as if they were all. */
static pc_status hide_later(intake_scan *self, uint32_t *key)
{
    intake *stage = self->stage;
    size_t n = stage->options->known_until == PC_DAY_NONE ? 0 : mark_later(self);
    pc_status status;

    if (n == 0) {
        return PC_OK;
    }
    if (n == self->n_group) {
        char text[PC_DAY_TEXT_SIZE];

        pc_diagnostics_add(stage->diagnostics, PC_ERROR, (pc_place){.file = stage->options->folder},
                           "every return ends after %s, expected one that was known then",
                           pc_day_format(stage->options->known_until, text));
        return PC_ERR_NO_DATA;
    }
    status = number_authorities(self);
    return status == PC_OK ? settle_returns(self, key) : status;
}

static pc_status find_ends(intake *stage)
{
    stage->n_la = stage->la.n;
    stage->newest_return = pc_new(stage->la.n, sizeof *stage->newest_return);
    stage->first_return = pc_new(stage->la.n, sizeof *stage->first_return);
    if (stage->newest_return == NULL || stage->first_return == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    for (size_t la = 0; la < stage->la.n; la++) {
        stage->newest_return[la] = INTAKE_NOT_FOUND;
        stage->first_return[la] = INTAKE_NOT_FOUND;
    }
    for (size_t r = 0; r < stage->n_ret; r++) { /* in order of year */
        uint32_t la = stage->ret[r].la;

        if (stage->first_return[la] == INTAKE_NOT_FOUND) {
            stage->first_return[la] = (uint32_t)r;
        }
        stage->newest_return[la] = (uint32_t)r;
    }
    return PC_OK;
}

/* The 31 March that ends the financial year of the newest return, of all authorities together. */
static pc_status assume_extract(intake_scan *self, uint32_t *key)
{
    intake *stage = self->stage;
    int32_t newest = INTAKE_NO_YEAR, year = INTAKE_NO_YEAR;
    pc_status status;

    for (size_t r = 0; r < stage->n_ret; r++) {
        newest = stage->ret[r].year > newest ? stage->ret[r].year : newest;
    }
    for (size_t g = 0; g < self->n_group; g++) {
        key[g] = self->group[g].year == newest && !self->group[g].later ? 0 : INTAKE_NOT_FOUND;
    }
    status = intake_commonest_years(self, key, 1, &year);
    if (status == PC_OK && year == INTAKE_NO_YEAR) {
        pc_diagnostics_add(stage->diagnostics, PC_ERROR, (pc_place){.file = stage->options->folder},
                           "no episode has a readable DECOM or DEC, expected dates dd/mm/yyyy or yyyy-mm-dd");
        return PC_ERR_NO_DATA;
    }
    if (status == PC_OK) {
        char text[PC_DAY_TEXT_SIZE], name[PC_DAY_TEXT_SIZE];

        stage->extract = pc_financial_year_first_day(year + 1) - 1;
        pc_diagnostics_add(stage->diagnostics, PC_ASSUMPTION, (pc_place){0},
                           "extract date %s: the 31 March that ends the newest return (%s)",
                           pc_day_format(stage->extract, text), pc_financial_year_format(year, name));
    }
    return status;
}

static pc_status note_return_order(intake *stage)
{
    pc_status status = PC_OK;

    for (size_t r = 1; r < stage->n_ret && status == PC_OK; r++) {
        const intake_return *before = &stage->ret[r - 1], *ret = &stage->ret[r];
        char text[2][PC_DAY_TEXT_SIZE];

        if (before->la == ret->la && ret->financial_year != INTAKE_NO_YEAR &&
            ret->financial_year < before->financial_year) {
            status = intake_note(
                stage, INTAKE_YEAR_ORDER, PC_NAME_NONE, 0, ret->la, PC_NAME_NONE,
                "return %d holds mostly %s, return %d before it %s: used in the order of their names",
                (int)ret->year, pc_financial_year_format(ret->financial_year, text[0]), (int)before->year,
                pc_financial_year_format(before->financial_year, text[1]));
        }
    }
    return status;
}

/* Each file that shares a return with an earlier one is noted once. */
static pc_status note_same_returns(intake_scan *self)
{
    intake *stage = self->stage;
    uint32_t *first = pc_new(stage->n_ret, sizeof *first);
    pc_status status = first == NULL ? PC_ERR_NO_MEMORY : PC_OK;

    for (size_t r = 0; r < stage->n_ret && status == PC_OK; r++) {
        first[r] = INTAKE_NOT_FOUND;
    }
    for (uint32_t f = 0; f < stage->n_file && status == PC_OK; f++) {
        bool noted = false;

        for (uint32_t g = 0; g < self->n_group && status == PC_OK; g++) {
            uint32_t ret = self->group[g].ret;

            if (self->group[g].later || intake_pair_find(&self->member_index, g, f) == INTAKE_NOT_FOUND) {
                continue;
            }
            if (first[ret] == INTAKE_NOT_FOUND) {
                first[ret] = f;
            } else if (first[ret] != f && !noted) {
                noted = true;
                status =
                    intake_note(stage, INTAKE_SAME_RETURN_TWICE, stage->file[f].number, 0, stage->ret[ret].la,
                                PC_NAME_NONE, "episodes of the return %d are in %s as well: both are read",
                                (int)stage->ret[ret].year, stage->file[first[ret]].shown);
            }
        }
    }
    free(first);
    return status;
}

static pc_status settle(intake_scan *self)
{
    uint32_t *key = pc_new(self->n_group, sizeof *key);
    pc_status status = key == NULL ? PC_ERR_NO_MEMORY : PC_OK;

    if (status == PC_OK) {
        status = name_files(self, key);
    }
    if (status == PC_OK) {
        status = settle_returns(self, key);
    }
    if (status == PC_OK) {
        status = hide_later(self, key);
    }
    if (status == PC_OK) {
        say_authority(self);
        status = find_ends(self->stage);
    }
    if (status == PC_OK && self->stage->options->extract == PC_DAY_NONE) {
        status = assume_extract(self, key);
    } else {
        self->stage->extract = self->stage->options->extract;
    }
    if (status == PC_OK) {
        status = note_return_order(self->stage);
    }
    if (status == PC_OK) {
        status = note_same_returns(self);
    }
    free(key);
    return status;
}

pc_status intake_scan_returns(intake *self)
{
    intake_scan scan = {.stage = self};
    pc_status status = intake_scan_files(&scan);

    if (status == PC_OK) {
        status = settle(&scan);
    }
    intake_scan_free(&scan);
    return status;
}

pc_status intake_find_la(intake *self, const intake_file *file, const char *text, size_t length,
                         uint32_t *out)
{
    if (file->column[INTAKE_LA] < 0 || length == 0) {
        *out = self->only_la == PC_NAME_NONE ? 0 : self->only_la;
        return PC_OK;
    }
    return pc_names_add(&self->la, text, length, out);
}

uint32_t intake_find_return(const intake *self, const intake_file *file, uint32_t la, const char *year,
                            size_t length)
{
    int32_t number = intake_year_in_name(year, length);

    return intake_pair_find(&self->ret_index, la, (uint32_t)(number != INTAKE_NO_YEAR ? number : file->year));
}

bool intake_is_later(const intake *self, const intake_file *file, const char *la, size_t length, int32_t year)
{
    uint32_t number, newest;

    if (self->options->known_until == PC_DAY_NONE) {
        return false;
    }
    number = file->column[INTAKE_LA] >= 0 && length > 0 ? pc_names_find(&self->la, la, length)
             : self->only_la == PC_NAME_NONE            ? 0
                                                        : self->only_la;
    newest = number < self->n_la ? self->newest_return[number] : INTAKE_NOT_FOUND;
    if (newest == INTAKE_NOT_FOUND) {
        return true;
    }
    return year != INTAKE_NO_YEAR &&
           (year > self->ret[newest].year ||
            intake_pair_find(&self->later, number, (uint32_t)year) != INTAKE_NOT_FOUND);
}
