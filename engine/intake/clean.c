/* clean.c - the first stage from end to end: a folder of returns in, cleaned episodes out. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "intake/chain.h"
#include "intake/doubts.h"
#include "intake/kept_rows.h"
#include "intake/official.h"

#define MAX_SHOWN_ROWS 20 /* of the reasons when no row is usable */

/* What is wanted only until the episodes are made. */
static void free_rows_and_children(intake *self)
{
    free(self->child);
    self->child = NULL;
    self->n_child = self->child_capacity = 0;
    intake_number_set_free(&self->child_set);
    free(self->kept);
    self->kept = NULL;
    self->n_kept = self->kept_capacity = 0;
    intake_number_set_free(&self->kept_set);
    free(self->origin);
    self->origin = NULL;
    intake_pair_free(&self->origin_index);
    free(self->row_codes);
    self->row_codes = NULL;
    intake_number_set_free(&self->row_codes_set);
}

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
    free_rows_and_children(self);
    pc_codes_free(&self->codes);
    free(self->code_info);
}

/* ---- from rows to episodes ---- */

/* The rows of one child at a time. Children go from the last to the first, and so do the episodes in their
 * table: what is kept of the rows then shrinks as they come. */
typedef struct making {
    intake *stage;
    intake_groups groups;
    intake_chain chain;
    size_t most;       /* rows of a child */
    intake_row *row;   /* [most]; of the child at hand */
    intake_row **used; /* [most]; ordered by start; those that are left after repair come first */
    pc_episodes *out;
} making;

static void making_free(making *self)
{
    intake_groups_free(&self->groups);
    intake_chain_free(&self->chain);
    free(self->row);
    free(self->used);
}

static bool makes_an_episode(const intake *self, const intake_kept *kept)
{
    intake_row row = intake_unpack(self, kept);

    return !intake_is_short_break(self, &row) && !intake_ends_before_start(&row);
}

/* Makes room for exactly what there will be. */
static pc_status make_tables(making *self)
{
    intake *stage = self->stage;
    pc_episodes *out = self->out;

    for (size_t c = 0; c < self->groups.n_child; c++) {
        size_t n = out->n, rows = self->groups.first[c + 1] - self->groups.first[c];

        for (size_t r = self->groups.first[c]; r < self->groups.first[c + 1]; r++) {
            out->n += makes_an_episode(stage, &stage->kept[r]);
        }
        out->n_child += out->n > n;
        self->most = rows > self->most ? rows : self->most;
    }
    out->child = pc_new_zero(out->n_child, sizeof *out->child);
    out->row = pc_new(out->n, sizeof *out->row);
    self->row = pc_new(self->most, sizeof *self->row);
    self->used = pc_new(self->most, sizeof *self->used);
    return out->child == NULL || out->row == NULL || self->row == NULL || self->used == NULL
               ? PC_ERR_NO_MEMORY
               : intake_chain_make(stage, self->most, &self->chain);
}

static int by_start(const void *left, const void *right)
{
    const intake_row *const *a = left, *const *b = right;

    return (*a)->start < (*b)->start ? -1 : (*a)->start > (*b)->start;
}

/* Unpacks and repairs the rows of a group; `*left` of them are first in `used` and make episodes. */
static pc_status repair_rows(making *self, size_t group, size_t *left)
{
    size_t first = self->groups.first[group], k = self->groups.first[group + 1] - first;
    pc_status status;

    for (size_t r = 0; r < k; r++) {
        self->row[r] = intake_unpack(self->stage, &self->stage->kept[first + r]);
        self->used[r] = &self->row[r];
    }
    qsort(self->used, k, sizeof *self->used, by_start);
    status = intake_repair_child(self->stage, self->used, k);
    *left = 0;
    for (size_t r = 0; r < k; r++) {
        if (!self->used[r]->dropped) {
            self->used[(*left)++] = self->used[r];
        }
    }
    return status;
}

static pc_status make_child(making *self, size_t group, size_t *child, size_t *row)
{
    const intake_child *from = &self->stage->child[self->groups.child[group]];
    pc_episodes *out = self->out;
    size_t n;
    pc_status status = repair_rows(self, group, &n);

    if (status != PC_OK || n == 0) {
        return status;
    }
    *row -= n;
    *child -= 1;
    out->child[*child] =
        (pc_child_record){from->la, from->name, from->birth, from->uasc ? PC_STREAM_UASC : PC_STREAM_LOCAL};
    status = intake_chain_child(&self->chain, (uint32_t)*child, self->used, n, out->row + *row);
    if (status == PC_OK) {
        intake_official_count(self->stage, self->used, out->row + *row, n, from->birth, &out->official);
    }
    return status;
}

static pc_status make_children(making *self)
{
    size_t child = self->out->n_child, row = self->out->n;
    pc_status status = PC_OK;

    for (size_t group = self->groups.n_child; group > 0 && status == PC_OK; group--) {
        status = make_child(self, group - 1, &child, &row);
        intake_forget_rows_after(self->stage, self->groups.first[group - 1]);
    }
    return status == PC_OK && (child != 0 || row != 0) ? PC_ERR_INTERNAL : status;
}

/* ---- results ---- */

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

/* ---- what is said about it ---- */

static void say_no_usable_row(const intake *self)
{
    const pc_quality *quality = self->quality;
    size_t shown = 0;

    for (size_t q = 0; q < quality->n && shown < MAX_SHOWN_ROWS; q++) {
        pc_quality_row row;

        pc_quality_read(quality, NULL, q, &row);
        if (strcmp(row.severity, INTAKE_SET_ASIDE) == 0) {
            pc_diagnostics_add(self->diagnostics, PC_ERROR,
                               (pc_place){.file = pc_names_text(&quality->file, row.file), .line = row.row},
                               "%s", row.action);
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
    intake_number_set_free(&self->child_set);
    if (status == PC_OK) {
        self->code_info = intake_code_table(&self->code, &self->codes);
        status = self->code_info == NULL ? PC_ERR_NO_MEMORY : PC_OK;
    }
    return status;
}

static pc_status make_episodes(intake *self, pc_episodes *out)
{
    making all = {.stage = self, .out = out};
    pc_status status;

    out->extract = self->extract;
    out->rows_read = self->rows_read;
    for (size_t c = 0; c < self->n_child; c++) {
        out->children_read += self->child[c].last_return != INTAKE_NOT_FOUND;
    }
    status = find_cover(self, out);
    if (status == PC_OK) {
        status = intake_official_make(self, out, &out->official);
    }
    if (status == PC_OK) {
        status = intake_group_rows(self, &all.groups);
    }
    if (status == PC_OK) {
        status = make_tables(&all);
    }
    if (status == PC_OK) {
        status = make_children(&all);
    }
    making_free(&all);
    free_rows_and_children(self);
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
    if (status == PC_OK) {
        status = intake_sort_quality(&self);
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
