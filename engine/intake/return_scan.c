#include "intake/return_scan.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "intake/read_file.h"

static int32_t year_of_row(const intake_file *file, const pc_field *field)
{
    pc_field text = intake_field(file, INTAKE_YEAR, field);
    int32_t year = intake_year_in_name(text.text, text.length);

    return year != INTAKE_NO_YEAR ? year : file->year;
}

static pc_status find_group(intake_scan *self, uint32_t la, int32_t year, uint32_t *out)
{
    /* files without a year take the top half of the numbers: no year is there */
    uint32_t key = year == INTAKE_NO_YEAR ? 0x80000000U | self->file : (uint32_t)year;
    pc_status status;

    *out = (uint32_t)self->n_group;
    status = intake_pair_add(&self->group_index, la, key, out);
    if (status == PC_OK && *out == self->n_group) {
        status = pc_grow(&self->group, &self->group_capacity, self->n_group + 1, sizeof *self->group);
        if (status == PC_OK) {
            self->group[self->n_group++] = (intake_group){la, year, self->file, PC_DAY_NONE, 0, false};
        }
    }
    return status;
}

static pc_status count_year(intake_scan *self, uint32_t of_group, int32_t year)
{
    uint32_t at = (uint32_t)self->n_count;
    pc_status status = intake_pair_add(&self->count_index, of_group, (uint32_t)year, &at);

    if (status == PC_OK && at == self->n_count) {
        status = pc_grow(&self->count, &self->count_capacity, self->n_count + 1, sizeof *self->count);
        if (status == PC_OK) {
            self->count[self->n_count++] = (intake_year_count){of_group, year, 0};
        }
    }
    if (status == PC_OK) {
        self->count[at].rows++;
    }
    return status;
}

static pc_status on_row(void *context, long row, const pc_field *field)
{
    intake_scan *self = context;
    const intake_file *file = &self->stage->file[self->file];
    pc_field la = intake_field(file, INTAKE_LA, field);
    pc_field decom = intake_field(file, INTAKE_DECOM, field), dec = intake_field(file, INTAKE_DEC, field);
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

pc_status intake_scan_files(intake_scan *self)
{
    intake *stage = self->stage;
    bool wrong = false;
    uint32_t blank;
    pc_status status = pc_names_add(&stage->la, "", 0, &blank);

    for (size_t f = 0; f < stage->n_file && status == PC_OK; f++) {
        if (stage->file[f].kind == INTAKE_EPISODES) {
            self->file = (uint32_t)f;
            status = intake_read_file(stage, &stage->file[f], false, on_row, self);
            if (status == PC_ERR_INPUT ||
                status == PC_ERR_IO) { /* the other files may be wrong too: say it all */
                wrong = true;
                status = PC_OK;
            }
        }
    }
    return status == PC_OK && wrong ? PC_ERR_INPUT : status;
}

void intake_scan_free(intake_scan *self)
{
    free(self->group);
    free(self->count);
    intake_pair_free(&self->group_index);
    intake_pair_free(&self->count_index);
    intake_pair_free(&self->member_index);
    memset(self, 0, sizeof *self);
}

/* ---- the commonest year ---- */

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

pc_status intake_commonest_years(const intake_scan *self, const uint32_t *key, size_t n_key, int32_t *best)
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
