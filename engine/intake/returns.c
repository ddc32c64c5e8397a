/* returns.c - the returns: one authority and year each. Their order and their financial year come from a
 * first reading. */
#include <stdlib.h>
#include <string.h>

#include "base/csv_rows.h"
#include "base/memory.h"
#include "intake/intake.h"

/* A group of rows while files are read: of one authority and one year, or of one authority and one file
 * without a year. */
typedef struct group {
    uint32_t la;
    int32_t year;  /* INTAKE_NO_YEAR: that of the file, which is not known yet */
    uint32_t file; /* the first that holds a row of the group */
    pc_day latest_decom;
    uint32_t ret; /* once it is known */
} group;

/* How often a financial year occurs among the DECs of a group. */
typedef struct year_count {
    uint32_t group;
    int32_t year;
    long rows;
} year_count;

typedef struct scan {
    intake *stage;
    uint32_t file; /* being read */
    group *group;
    size_t n_group, group_capacity;
    intake_pair_index group_index; /* (la, year or file) -> group */
    year_count *count;
    size_t n_count, count_capacity;
    intake_pair_index count_index;  /* (group, financial year) -> count */
    intake_pair_index member_index; /* (group, file): which files hold rows of it */
    bool blank_la;                  /* some row has none */
} scan;

static pc_field field_of(const intake_file *file, intake_column column, const pc_field *field)
{
    return file->column[column] < 0 ? (pc_field){"", 0} : field[file->column[column]];
}

static int32_t year_of_row(const intake_file *file, const pc_field *field)
{
    pc_field text = field_of(file, INTAKE_YEAR, field);
    int32_t year = intake_year_in_name(text.text, text.length);

    return year != INTAKE_NO_YEAR ? year : file->year;
}

static pc_status find_group(scan *self, uint32_t la, int32_t year, uint32_t *out)
{
    /* files without a year take the top half of the numbers: no year is there */
    uint32_t key = year == INTAKE_NO_YEAR ? 0x80000000U | self->file : (uint32_t)year;
    pc_status status;

    *out = (uint32_t)self->n_group;
    status = intake_pair_add(&self->group_index, la, key, out);
    if (status == PC_OK && *out == self->n_group) {
        status = pc_grow(&self->group, &self->group_capacity, self->n_group + 1, sizeof *self->group);
        if (status == PC_OK) {
            self->group[self->n_group++] = (group){la, year, self->file, PC_DAY_NONE, 0};
        }
    }
    return status;
}

static pc_status count_year(scan *self, uint32_t of_group, int32_t year)
{
    uint32_t at = (uint32_t)self->n_count;
    pc_status status = intake_pair_add(&self->count_index, of_group, (uint32_t)year, &at);

    if (status == PC_OK && at == self->n_count) {
        status = pc_grow(&self->count, &self->count_capacity, self->n_count + 1, sizeof *self->count);
        if (status == PC_OK) {
            self->count[self->n_count++] = (year_count){of_group, year, 0};
        }
    }
    if (status == PC_OK) {
        self->count[at].rows++;
    }
    return status;
}

static pc_status on_header(void *context, const pc_csv_header *header)
{
    (void)context;
    (void)header;
    return PC_OK;
}

static pc_status on_row(void *context, long row, const pc_field *field)
{
    scan *self = context;
    const intake_file *file = &self->stage->file[self->file];
    pc_field la = field_of(file, INTAKE_LA, field);
    pc_field decom = field_of(file, INTAKE_DECOM, field), dec = field_of(file, INTAKE_DEC, field);
    uint32_t la_number, number, member = 0;
    pc_day day;
    pc_status status = pc_names_add(&self->stage->la, la.text, la.length, &la_number);

    (void)row;
    if (status == PC_OK) {
        self->blank_la = self->blank_la || la_number == 0;
        status = find_group(self, la_number, year_of_row(file, field), &number);
    }
    if (status == PC_OK) {
        status = intake_pair_add(&self->member_index, number, self->file, &member);
    }
    if (status == PC_OK && pc_day_parse(decom.text, decom.length, &day) &&
        day > self->group[number].latest_decom) {
        self->group[number].latest_decom = day;
    }
    if (status == PC_OK && pc_day_parse(dec.text, dec.length, &day)) {
        status = count_year(self, number, pc_financial_year(day));
    }
    return status;
}

typedef struct keyed_count {
    uint32_t key;
    int32_t year;
    long rows;
} keyed_count;

static int by_key_and_year(const void *left, const void *right)
{
    const keyed_count *a = left, *b = right;

    if (a->key != b->key) {
        return a->key < b->key ? -1 : 1;
    }
    return a->year < b->year ? -1 : a->year > b->year;
}

/* The commonest of the sorted counts of one key, ties to the later year. */
static int32_t commonest_of(const keyed_count *count, size_t n)
{
    int32_t best = INTAKE_NO_YEAR;
    long best_rows = 0;

    for (size_t at = 0; at < n;) {
        size_t end = at;
        long rows = 0;

        while (end < n && count[end].year == count[at].year) {
            rows += count[end++].rows;
        }
        if (rows >= best_rows) {
            best = count[at].year;
            best_rows = rows;
        }
        at = end;
    }
    return best;
}

/* Groups with one key are taken together: for each key the commonest financial year of their DECs, ties to
 * the later; without any, that of their latest DECOM; else INTAKE_NO_YEAR. `key`: [n_group],
 * INTAKE_NOT_FOUND: left out. */
static pc_status commonest_years(const scan *self, const uint32_t *key, size_t n_key, int32_t *best)
{
    keyed_count *count = pc_new(self->n_count, sizeof *count);
    pc_day *latest = pc_new(n_key, sizeof *latest);
    size_t n = 0;

    if (count == NULL || latest == NULL) {
        free(count);
        free(latest);
        return PC_ERR_NO_MEMORY;
    }
    for (size_t c = 0; c < self->n_count; c++) {
        if (key[self->count[c].group] != INTAKE_NOT_FOUND) {
            count[n++] = (keyed_count){key[self->count[c].group], self->count[c].year, self->count[c].rows};
        }
    }
    if (n > 0) {
        qsort(count, n, sizeof *count, by_key_and_year);
    }
    for (size_t k = 0; k < n_key; k++) {
        best[k] = INTAKE_NO_YEAR;
        latest[k] = PC_DAY_NONE;
    }
    for (size_t at = 0; at < n;) {
        size_t end = at;

        while (end < n && count[end].key == count[at].key) {
            end++;
        }
        best[count[at].key] = commonest_of(count + at, end - at);
        at = end;
    }
    for (size_t g = 0; g < self->n_group; g++) {
        if (key[g] != INTAKE_NOT_FOUND && self->group[g].latest_decom > latest[key[g]]) {
            latest[key[g]] = self->group[g].latest_decom;
        }
    }
    for (size_t k = 0; k < n_key; k++) {
        if (best[k] == INTAKE_NO_YEAR && latest[k] != PC_DAY_NONE) {
            best[k] = pc_financial_year(latest[k]);
        }
    }
    free(count);
    free(latest);
    return PC_OK;
}

/* Files without a year in their name or rows are named by the dates in them. */
static pc_status name_files(scan *self, uint32_t *key)
{
    intake *stage = self->stage;
    int32_t *best = pc_new(stage->n_file, sizeof *best);
    pc_status status = best == NULL ? PC_ERR_NO_MEMORY : PC_OK;

    for (size_t g = 0; g < self->n_group; g++) {
        key[g] = self->group[g].year == INTAKE_NO_YEAR ? self->group[g].file : INTAKE_NOT_FOUND;
    }
    if (status == PC_OK) {
        status = commonest_years(self, key, stage->n_file, best);
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
static void settle_authority(scan *self)
{
    intake *stage = self->stage;
    stage->only_la = stage->la.n == 2 ? 1 : PC_NAME_NONE;
    if (stage->only_la != PC_NAME_NONE && self->blank_la) {
        pc_diagnostics_add(
            stage->diagnostics, PC_ASSUMPTION, (pc_place){0},
            "rows without LA are taken to belong to %s, the only authority that the files name",
            pc_names_text(&stage->la, 1));
    }
    for (size_t g = 0; g < self->n_group && stage->only_la != PC_NAME_NONE; g++) {
        self->group[g].la = stage->only_la;
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
static pc_status make_returns(scan *self)
{
    intake *stage = self->stage;
    pc_status status = pc_grow(&stage->ret, &stage->ret_capacity, self->n_group + 1, sizeof *stage->ret);
    size_t n = 0;

    if (status != PC_OK) {
        return status;
    }
    for (size_t g = 0; g < self->n_group; g++) {
        const group *from = &self->group[g];

        stage->ret[g] = (intake_return){from->la, from->year, INTAKE_NO_YEAR, from->latest_decom};
    }
    if (self->n_group > 0) {
        qsort(stage->ret, self->n_group, sizeof *stage->ret, by_la_and_year);
    }
    for (size_t g = 0; g < self->n_group; g++) {
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
        self->group[g].ret =
            intake_pair_find(&stage->ret_index, self->group[g].la, (uint32_t)self->group[g].year);
    }
    return status;
}

static pc_status date_returns(scan *self, uint32_t *key)
{
    intake *stage = self->stage;
    int32_t *best = pc_new(stage->n_ret, sizeof *best);
    pc_status status = best == NULL ? PC_ERR_NO_MEMORY : PC_OK;

    for (size_t g = 0; g < self->n_group; g++) {
        key[g] = self->group[g].ret;
    }
    if (status == PC_OK) {
        status = commonest_years(self, key, stage->n_ret, best);
    }
    for (size_t r = 0; r < stage->n_ret && status == PC_OK; r++) {
        stage->ret[r].financial_year = best[r];
    }
    free(best);
    return status;
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
static pc_status assume_extract(scan *self, uint32_t *key)
{
    intake *stage = self->stage;
    int32_t newest = INTAKE_NO_YEAR, year = INTAKE_NO_YEAR;
    pc_status status;

    for (size_t r = 0; r < stage->n_ret; r++) {
        newest = stage->ret[r].year > newest ? stage->ret[r].year : newest;
    }
    for (size_t g = 0; g < self->n_group; g++) {
        key[g] = self->group[g].year == newest ? 0 : INTAKE_NOT_FOUND;
    }
    status = commonest_years(self, key, 1, &year);
    if (status == PC_OK && year == INTAKE_NO_YEAR) {
        pc_diagnostics_add(stage->diagnostics, PC_ERROR, (pc_place){.file = stage->options->folder},
                           "no episode has a readable DECOM or DEC, expected dates dd/mm/yyyy or yyyy-mm-dd");
        return PC_ERR_NO_DATA;
    }
    if (status == PC_OK) {
        char text[PC_DAY_TEXT_SIZE];

        stage->extract = pc_financial_year_first_day(year + 1) - 1;
        pc_diagnostics_add(stage->diagnostics, PC_ASSUMPTION, (pc_place){0},
                           "extract date %s: the 31 March that ends the newest return (%d)",
                           pc_day_format(stage->extract, text), (int)newest);
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
static pc_status note_same_returns(scan *self)
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

            if (intake_pair_find(&self->member_index, g, f) == INTAKE_NOT_FOUND) {
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

static pc_status settle(scan *self)
{
    uint32_t *key = pc_new(self->n_group, sizeof *key);
    pc_status status = key == NULL ? PC_ERR_NO_MEMORY : PC_OK;

    if (status == PC_OK) {
        status = name_files(self, key);
    }
    if (status == PC_OK) {
        settle_authority(self);
        status = make_returns(self);
    }
    if (status == PC_OK) {
        status = date_returns(self, key);
    }
    if (status == PC_OK) {
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
    scan all = {.stage = self};
    bool wrong = false;
    uint32_t blank;
    pc_status status = pc_names_add(&self->la, "", 0, &blank);

    for (size_t f = 0; f < self->n_file && status == PC_OK; f++) {
        if (self->file[f].kind == INTAKE_EPISODES) {
            all.file = (uint32_t)f;
            status = pc_csv_read(self->file[f].path, self->file[f].shown, self->options->chunk, on_header,
                                 on_row, &all, self->diagnostics);
            if (status == PC_ERR_INPUT ||
                status == PC_ERR_IO) { /* the other files may be wrong too: say it all */
                wrong = true;
                status = PC_OK;
            }
        }
    }
    if (status == PC_OK) {
        status = wrong ? PC_ERR_INPUT : settle(&all);
    }
    free(all.group);
    free(all.count);
    intake_pair_free(&all.group_index);
    intake_pair_free(&all.count_index);
    intake_pair_free(&all.member_index);
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
