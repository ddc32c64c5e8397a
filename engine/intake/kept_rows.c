#include "intake/kept_rows.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

/* ---- packing ---- */

static uint64_t hash_codes(const void *things, uint32_t number)
{
    const intake_row_codes *codes = (const intake_row_codes *)things + number;
    uint64_t hash = 0;

    for (size_t c = 0; c < INTAKE_N_CODE; c++) {
        hash = intake_hash_pair((uint32_t)(hash ^ hash >> 32), codes->code[c]);
    }
    return hash;
}

static bool same_codes(const void *things, uint32_t a, uint32_t b)
{
    const intake_row_codes *codes = things;

    return memcmp(codes[a].code, codes[b].code, sizeof codes[a].code) == 0;
}

static pc_status pack_codes(intake *self, const intake_row *row, uint32_t *out)
{
    static const intake_keys keys = {hash_codes, same_codes};
    pc_status status =
        pc_grow(&self->row_codes, &self->row_codes_capacity, self->n_row_codes + 1, sizeof *self->row_codes);

    *out = (uint32_t)self->n_row_codes;
    if (status == PC_OK) {
        memcpy(self->row_codes[*out].code, row->code, sizeof row->code);
        status = intake_number_set_add(&self->row_codes_set, &keys, self->row_codes, out);
    }
    if (status == PC_OK && *out == self->n_row_codes) {
        self->n_row_codes++;
    }
    return status;
}

static pc_status pack_origin(intake *self, const intake_row *row, uint32_t *out)
{
    pc_status status;

    *out = (uint32_t)self->n_origin;
    status = intake_pair_add(&self->origin_index, row->file, row->in_return, out);
    if (status == PC_OK && *out == self->n_origin) {
        status = self->n_origin < INT32_MAX ? pc_grow(&self->origin, &self->origin_capacity,
                                                      self->n_origin + 1, sizeof *self->origin)
                                            : PC_ERR_NO_MEMORY;
        if (status == PC_OK) {
            self->origin[self->n_origin++] = (intake_origin){row->file, row->in_return};
        }
    }
    return status;
}

static pc_status pack(intake *self, const intake_row *row, intake_kept *out)
{
    uint32_t origin, codes = 0;
    pc_status status = pack_origin(self, row, &origin);

    status = status == PC_OK ? pack_codes(self, row, &codes) : status;
    *out = (intake_kept){.child = row->child,
                         .origin = origin & INT32_MAX,
                         .unreadable_dec = row->unreadable_dec & 1U,
                         .row = row->row,
                         .start = row->start,
                         .dec = row->dec,
                         .codes = codes};
    return status;
}

intake_row intake_unpack(const intake *self, const intake_kept *kept)
{
    intake_origin origin = self->origin[kept->origin];
    intake_row row = {.child = kept->child,
                      .in_return = origin.in_return,
                      .file = origin.file,
                      .row = kept->row,
                      .start = kept->start,
                      .dec = kept->dec,
                      .end = PC_DAY_NONE,
                      .unreadable_dec = kept->unreadable_dec};

    memcpy(row.code, self->row_codes[kept->codes].code, sizeof row.code);
    return row;
}

/* ---- keeping ---- */

static uint64_t hash_kept(const void *things, uint32_t number)
{
    const intake_kept *kept = (const intake_kept *)things + number;

    return intake_hash_pair(kept->child, (uint32_t)kept->start);
}

static bool same_kept(const void *things, uint32_t a, uint32_t b)
{
    const intake_kept *kept = things;

    return kept[a].child == kept[b].child && kept[a].start == kept[b].start;
}

pc_status intake_keep(intake *self, const intake_row *row, uint32_t *known)
{
    static const intake_keys keys = {hash_kept, same_kept};
    uint32_t number = (uint32_t)self->n_kept;
    pc_status status = self->n_kept >= UINT32_MAX - 1
                           ? PC_ERR_NO_MEMORY
                           : pc_grow(&self->kept, &self->kept_capacity, self->n_kept + 1, sizeof *self->kept);

    if (status == PC_OK) {
        status = pack(self, row, &self->kept[number]);
    }
    if (status == PC_OK) {
        status = intake_number_set_add(&self->kept_set, &keys, self->kept, &number);
    }
    *known = number;
    if (status == PC_OK && number == self->n_kept) {
        self->n_kept++;
        *known = INTAKE_NOT_FOUND;
    }
    return status;
}

pc_status intake_keep_instead(intake *self, uint32_t number, const intake_row *row)
{
    return pack(self, row, &self->kept[number]);
}

void intake_forget_rows_after(intake *self, size_t n)
{
    intake_kept *fewer;

    self->n_kept = n;
    if (self->kept_capacity - n < self->kept_capacity / 16 + 1) {
        return; /* not worth a call */
    }
    fewer = realloc(self->kept, (n == 0 ? 1 : n) * sizeof *fewer);
    if (fewer != NULL) {
        self->kept = fewer;
        self->kept_capacity = n == 0 ? 1 : n;
    }
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

/* Children with rows, ordered by name; `place` receives the position of each child number. */
static pc_status order_children(const intake *self, intake_groups *groups, uint32_t *place)
{
    named_child *named;
    size_t n = 0;

    for (size_t c = 0; c < self->n_child; c++) {
        place[c] = 0;
    }
    for (size_t r = 0; r < self->n_kept; r++) {
        n += place[self->kept[r].child] == 0;
        place[self->kept[r].child] = 1;
    }
    groups->n_child = n;
    groups->child = pc_new(n, sizeof *groups->child);
    groups->first = pc_new_zero(n + 2, sizeof *groups->first);
    named = pc_new(n, sizeof *named);
    if (groups->child == NULL || groups->first == NULL || named == NULL) {
        free(named);
        return PC_ERR_NO_MEMORY;
    }
    n = 0;
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
    free(named);
    return PC_OK;
}

/* A counting sort in place: `to` receives where each row goes, then cycles of rows change places. */
static void move_rows(intake *self, intake_groups *groups, const uint32_t *place, uint32_t *to)
{
    uint32_t *at = groups->first + 1; /* at[c] becomes the end of group c, which is the start of c + 1 */

    for (size_t r = 0; r < self->n_kept; r++) {
        at[place[self->kept[r].child] + 1]++;
    }
    for (size_t c = 0; c < groups->n_child; c++) {
        at[c + 1] += at[c];
    }
    for (size_t r = 0; r < self->n_kept; r++) {
        to[r] = at[place[self->kept[r].child]]++;
    }
    for (size_t r = 0; r < self->n_kept; r++) {
        while (to[r] != r) {
            uint32_t there = to[r];
            intake_kept row = self->kept[there];

            self->kept[there] = self->kept[r];
            self->kept[r] = row;
            to[r] = to[there];
            to[there] = there;
        }
    }
}

pc_status intake_group_rows(intake *self, intake_groups *groups)
{
    uint32_t *place = pc_new(self->n_child, sizeof *place), *to;
    pc_status status = place == NULL ? PC_ERR_NO_MEMORY : PC_OK;

    memset(groups, 0, sizeof *groups);
    intake_number_set_free(&self->kept_set);
    intake_number_set_free(&self->row_codes_set);
    if (status == PC_OK) {
        status = order_children(self, groups, place);
    }
    to = pc_new(self->n_kept, sizeof *to);
    status = status == PC_OK && to == NULL ? PC_ERR_NO_MEMORY : status;
    if (status == PC_OK) {
        move_rows(self, groups, place, to);
    }
    free(to);
    free(place);
    return status;
}

void intake_groups_free(intake_groups *self)
{
    free(self->child);
    free(self->first);
    memset(self, 0, sizeof *self);
}
