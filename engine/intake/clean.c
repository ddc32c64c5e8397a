/* clean.c - the first stage from end to end: a folder of returns in, cleaned episodes out. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "intake/doubts.h"
#include "intake/intake.h"
#include "intake/official.h"

#define MAX_SHOWN_ROWS 20 /* of the reasons when no row is usable */

static void intake_free(intake *self)
{
    for (size_t f = 0; f < self->n_file; f++) {
        free(self->file[f].path);
        free(self->file[f].shown);
    }
    free(self->file);
    pc_names_free(&self->la);
    pc_names_free(&self->child_name);
    pc_names_free(&self->code);
    free(self->ret);
    intake_pair_free(&self->ret_index);
    intake_pair_free(&self->later);
    free(self->newest_return);
    free(self->first_return);
    free(self->child);
    intake_pair_free(&self->child_index);
    free(self->row);
    intake_pair_free(&self->row_index);
    pc_codes_free(&self->codes);
    free(self->code_info);
}

static void groups_free(intake_groups *self)
{
    free(self->child);
    free(self->first);
    free(self->row);
}

/* ---- order ---- */

typedef struct named_child {
    const char *la, *name;
    uint32_t number;
} named_child;

static int by_name(const void *left, const void *right)
{
    const named_child *a = left, *b = right;
    int order = strcmp(a->la, b->la);

    return order != 0 ? order : strcmp(a->name, b->name);
}

static int by_start(const void *left, const void *right)
{
    const intake_row *const *a = left, *const *b = right;

    return (*a)->start < (*b)->start ? -1 : (*a)->start > (*b)->start;
}

/* Children with rows, ordered by name; `place` receives the position of each child number. */
static pc_status order_children(const intake *self, intake_groups *groups, uint32_t *place)
{
    named_child *named = pc_new(self->n_child, sizeof *named);
    size_t n = 0;

    if (named == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    for (size_t c = 0; c < self->n_child; c++) {
        place[c] = 0;
    }
    for (size_t r = 0; r < self->n_row; r++) {
        place[self->row[r].child] = 1;
    }
    for (size_t c = 0; c < self->n_child; c++) {
        if (place[c] != 0) {
            named[n++] = (named_child){pc_names_text(&self->la, self->child[c].la),
                                       pc_names_text(&self->child_name, self->child[c].name), (uint32_t)c};
        }
    }
    if (n > 0) {
        qsort(named, n, sizeof *named, by_name);
    }
    for (size_t c = 0; c < n; c++) {
        groups->child[c] = named[c].number;
        place[named[c].number] = (uint32_t)c;
    }
    groups->n_child = n;
    free(named);
    return PC_OK;
}

/* Groups rows by child, ordered by start, without moving them: a counting sort over pointers. */
static pc_status group_rows(intake *self, intake_groups *groups)
{
    uint32_t *place = pc_new(self->n_child, sizeof *place);
    pc_status status = place == NULL ? PC_ERR_NO_MEMORY : PC_OK;

    groups->child = pc_new(self->n_child, sizeof *groups->child);
    groups->first = pc_new_zero(self->n_child + 2, sizeof *groups->first);
    groups->row = pc_new(self->n_row, sizeof *groups->row);
    if (groups->child == NULL || groups->first == NULL || groups->row == NULL) {
        status = PC_ERR_NO_MEMORY;
    }
    if (status == PC_OK) {
        status = order_children(self, groups, place);
    }
    if (status == PC_OK) {
        size_t *at = groups->first + 1; /* at[c] becomes the end of group c, which is the start of c + 1 */

        for (size_t r = 0; r < self->n_row; r++) {
            at[place[self->row[r].child] + 1]++;
        }
        for (size_t c = 0; c < groups->n_child; c++) {
            at[c + 1] += at[c];
        }
        for (size_t r = 0; r < self->n_row; r++) {
            groups->row[at[place[self->row[r].child]]++] = &self->row[r];
        }
        for (size_t c = 0; c < groups->n_child; c++) {
            qsort(groups->row + groups->first[c], groups->first[c + 1] - groups->first[c],
                  sizeof *groups->row, by_start);
        }
    }
    free(place);
    return status;
}

/* Repairs each child; children of whom no row is left go from the groups. */
static pc_status repair_groups(intake *self, intake_groups *groups)
{
    pc_status status = PC_OK;
    size_t n = 0, rows = 0;

    for (size_t c = 0; c < groups->n_child && status == PC_OK; c++) {
        size_t from = groups->first[c], k = groups->first[c + 1] - from, kept = 0;

        status = intake_repair_child(self, groups->row + from, k);
        for (size_t r = from; r < from + k; r++) {
            if (!groups->row[r]->dropped) {
                groups->row[rows + kept++] = groups->row[r];
            }
        }
        if (kept > 0) {
            groups->child[n] = groups->child[c];
            groups->first[n++] = rows;
            rows += kept;
        }
    }
    groups->n_child = n;
    groups->first[n] = rows;
    return status;
}

/* ---- results ---- */

static pc_status make_children(const intake *self, const intake_groups *groups, pc_episodes *out)
{
    out->child = pc_new_zero(groups->n_child, sizeof *out->child);
    if (out->child == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    out->n_child = groups->n_child;
    for (size_t c = 0; c < groups->n_child; c++) {
        const intake_child *child = &self->child[groups->child[c]];

        out->child[c] = (pc_child_record){child->la, child->name, child->birth,
                                          child->uasc ? PC_STREAM_UASC : PC_STREAM_LOCAL};
    }
    return PC_OK;
}

static int32_t year_of_return(const intake *self, const uint32_t *of_la, size_t la)
{
    uint32_t ret = la < self->n_la ? of_la[la] : INTAKE_NOT_FOUND;

    return ret == INTAKE_NOT_FOUND ? INTAKE_NO_YEAR : self->ret[ret].financial_year;
}

static pc_status find_cover(const intake *self, pc_episodes *out)
{
    out->la_from = pc_new(self->la.n, sizeof *out->la_from);
    out->la_to = pc_new(self->la.n, sizeof *out->la_to);
    if (out->la_from == NULL || out->la_to == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    for (size_t la = 0; la < self->la.n; la++) {
        int32_t first = year_of_return(self, self->first_return, la);
        int32_t last = year_of_return(self, self->newest_return, la);

        out->la_from[la] = first == INTAKE_NO_YEAR ? PC_DAY_NONE : pc_financial_year_first_day(first);
        out->la_to[la] = last == INTAKE_NO_YEAR ? PC_DAY_NONE : pc_financial_year_first_day(last + 1) - 1;
        if (out->la_from[la] != PC_DAY_NONE &&
            (out->covered_from == PC_DAY_NONE || out->la_from[la] < out->covered_from)) {
            out->covered_from = out->la_from[la];
        }
    }
    return PC_OK;
}

/* What the texts and tables of `out` hold is moved from the stage, which is freed. */
static void hand_over(intake *self, pc_episodes *out)
{
    out->la = self->la;
    out->child_name = self->child_name;
    out->code = self->code;
    out->codes = self->codes;
    pc_names_init(&self->la);
    pc_names_init(&self->child_name);
    pc_names_init(&self->code);
    memset(&self->codes, 0, sizeof self->codes);
}

static int compare_text(const char *a, const char *b)
{
    return a == NULL || b == NULL ? (a != NULL) - (b != NULL) : strcmp(a, b);
}

static int by_place(const void *left, const void *right)
{
    const pc_quality_row *a = left, *b = right;
    int order = compare_text(a->rule, b->rule);

    if (a->file != b->file) {
        return a->file < b->file ? -1 : 1;
    }
    if (a->row != b->row) {
        return a->row < b->row ? -1 : 1;
    }
    order = order != 0 ? order : compare_text(a->la, b->la);
    order = order != 0 ? order : compare_text(a->child, b->child);
    return order != 0 ? order : compare_text(a->action, b->action);
}

/* ---- what is said about it ---- */

static void say_no_usable_row(const intake *self)
{
    const pc_quality *quality = self->quality;
    size_t shown = 0;

    for (size_t q = 0; q < quality->n && shown < MAX_SHOWN_ROWS; q++) {
        if (strcmp(quality->row[q].severity, INTAKE_SET_ASIDE) == 0) {
            pc_diagnostics_add(self->diagnostics, PC_ERROR,
                               (pc_place){.file = pc_names_text(&quality->file, quality->row[q].file),
                                          .line = quality->row[q].row},
                               "%s", quality->row[q].action);
            shown++;
        }
    }
    pc_diagnostics_add(self->diagnostics, PC_ERROR, (pc_place){.file = self->options->folder},
                       "no usable episode among %ld rows", self->rows_read);
}

static pc_status read_all(intake *self)
{
    bool any_conflict = false;
    pc_status status = pc_codes_load(self->options->codes, &self->codes, self->diagnostics), children;

    if (status == PC_OK) {
        status = intake_find_files(self);
    }
    if (status == PC_OK) {
        status = intake_scan_returns(self);
        children =
            status == PC_OK || status == PC_ERR_INPUT ? intake_read_children(self, &any_conflict) : status;
        status = status == PC_OK ? children : status;
    }
    if (status == PC_OK) {
        status = intake_read_episodes(self);
    }
    if (status == PC_OK) {
        status = intake_list_births(self, any_conflict);
    }
    intake_pair_free(&self->row_index);
    if (status == PC_OK) {
        self->code_info = intake_code_table(&self->code, &self->codes);
        status = self->code_info == NULL ? PC_ERR_NO_MEMORY : PC_OK;
    }
    return status;
}

static pc_status make_episodes(intake *self, pc_episodes *out)
{
    intake_groups groups = {0};
    pc_status status = group_rows(self, &groups);

    if (status == PC_OK) {
        status = repair_groups(self, &groups);
    }
    if (status == PC_OK) {
        status = make_children(self, &groups, out);
    }
    if (status == PC_OK) {
        status = intake_chain(self, &groups, out);
    }
    if (status == PC_OK) {
        out->extract = self->extract;
        out->rows_read = self->rows_read;
        for (size_t c = 0; c < self->n_child; c++) {
            out->children_read += self->child[c].last_return != INTAKE_NOT_FOUND;
        }
        status = find_cover(self, out);
        status = status == PC_OK ? intake_count_official(self, &groups, out) : status;
    }
    groups_free(&groups);
    return status;
}

pc_status pc_clean(const pc_clean_options *options, pc_episodes *out, pc_quality *quality,
                   pc_diagnostics *diagnostics)
{
    intake self = {
        .options = options, .diagnostics = diagnostics, .quality = quality, .only_la = PC_NAME_NONE};
    pc_status status;

    memset(out, 0, sizeof *out);
    memset(quality, 0, sizeof *quality);
    out->covered_from = PC_DAY_NONE;
    if (options->folder == NULL) {
        pc_diagnostics_add(diagnostics, PC_ERROR, (pc_place){0}, "no folder of returns is given");
        return PC_ERR_USAGE;
    }
    status = read_all(&self);
    if (status == PC_OK) {
        status = make_episodes(&self, out);
    }
    if (status == PC_OK && quality->n > 0) {
        qsort(quality->row, quality->n, sizeof *quality->row, by_place);
    }
    if (status == PC_OK && out->n == 0) {
        say_no_usable_row(&self);
        status = PC_ERR_NO_DATA;
    }
    if (status == PC_OK) {
        intake_say_doubts(&self, out);
        hand_over(&self, out);
    } else {
        pc_episodes_free(out);
        pc_quality_free(quality);
    }
    intake_free(&self);
    return status;
}
