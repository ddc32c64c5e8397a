/* mess_collect.c - the tables of the returns in memory, row by row, so that they can be damaged. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "synth/mess.h"

pc_status mess_add_file(mess *self, const char *name, synth_table table, const char *raw, mess_file **out)
{
    mess_file *file = pc_new_zero(1, sizeof *file);
    pc_status status = pc_grow(&self->file, &self->file_capacity, self->n_file + 1, sizeof *self->file);

    *out = NULL;
    if (file == NULL || status != PC_OK) {
        free(file);
        return PC_ERR_NO_MEMORY;
    }
    file->name = pc_copy_text(name);
    file->table = table;
    file->raw = raw;
    if (file->name == NULL) {
        free(file);
        return PC_ERR_NO_MEMORY;
    }
    self->file[self->n_file++] = file;
    *out = file;
    return PC_OK;
}

pc_status mess_add_row(mess_file *file, size_t at, const mess_row *row, mess_row **out)
{
    mess_row *copy = pc_new(1, sizeof *copy);

    if (copy == NULL || pc_grow(&file->row, &file->capacity, file->n + 1, sizeof *file->row) != PC_OK) {
        free(copy);
        return PC_ERR_NO_MEMORY;
    }
    *copy = *row;
    copy->file = file;
    memmove(file->row + at + 1, file->row + at, (file->n - at) * sizeof *file->row);
    file->row[at] = copy;
    file->n++;
    *out = copy;
    return PC_OK;
}

pc_status mess_set(mess *self, mess_row *row, size_t column, const char *text)
{
    uint32_t number;
    pc_status status = pc_names_add(&self->text, text, strlen(text), &number);

    if (status == PC_OK) {
        row->cell[column] = pc_names_text(&self->text, number);
    }
    return status;
}

pc_status mess_set_day(mess *self, mess_row *row, size_t column, pc_day day)
{
    char text[24];

    synth_day_text(day, text);
    return mess_set(self, row, column, text);
}

/* Where rows of a table go while it is made. */
typedef struct collector {
    mess *self;
    mess_file *file;
    size_t authority;
    int year;
} collector;

static pc_status take_row(void *context, const synth_cells *cells)
{
    collector *to = context;
    mess_row row = {.authority = to->authority,
                    .person = cells->person,
                    .year = to->year,
                    .start = PC_DAY_NONE,
                    .end = PC_DAY_OPEN};
    mess_row *added;
    pc_status status = PC_OK;

    for (size_t column = 0; column < synth_table_columns(to->file->table) && status == PC_OK; column++) {
        status = mess_set(to->self, &row, column, cells->text[column]);
    }
    if (status == PC_OK && to->file->table == SYNTH_EPISODES) {
        const char *decom = row.cell[EPISODE_DECOM], *dec = row.cell[EPISODE_DEC];

        if (decom == NULL || dec == NULL || !pc_day_parse(decom, strlen(decom), &row.start) ||
            (dec[0] != '\0' && !pc_day_parse(dec, strlen(dec), &row.end))) {
            return PC_ERR_INTERNAL;
        }
    }
    return status == PC_OK ? mess_add_row(to->file, to->file->n, &row, &added) : status;
}

static pc_status collect_table(mess *self, synth_table table)
{
    bool merged = self->options->layout == PC_SYNTH_MERGED;
    collector to = {.self = self};
    pc_status status = PC_OK;

    for (to.authority = 0; to.authority < self->n_authority; to.authority++) {
        for (to.year = self->options->first_year; to.year <= mess_last_year(self) && status == PC_OK;
             to.year++) {
            if (!merged || to.file == NULL) {
                char *name = synth_file_name(self->options->layout, table, to.year);

                status = name == NULL ? PC_ERR_NO_MEMORY : mess_add_file(self, name, table, NULL, &to.file);
                free(name);
            }
            if (status == PC_OK) {
                status = synth_table_emit(&self->authority[to.authority], table, to.year, take_row, &to);
            }
        }
    }
    return status;
}

pc_status mess_collect(mess *self)
{
    int n_table = self->options->core_tables ? SYNTH_N_CORE_TABLE : SYNTH_N_TABLE;
    pc_status status = PC_OK;

    self->used = pc_new_zero(self->n_authority, sizeof *self->used);
    if (self->used == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    for (size_t la = 0; la < self->n_authority; la++) {
        self->used[la] = pc_new_zero(self->authority[la].population.n_person, sizeof(bool));
        if (self->used[la] == NULL) {
            return PC_ERR_NO_MEMORY;
        }
    }
    for (int table = 0; table < n_table && status == PC_OK; table++) {
        status = collect_table(self, (synth_table)table);
    }
    return status;
}

static int compare_rows(const void *a, const void *b)
{
    const mess_row *x = *(mess_row *const *)a, *y = *(mess_row *const *)b;

    if (x->authority != y->authority) {
        return x->authority < y->authority ? -1 : 1;
    }
    if (x->person != y->person) {
        return x->person < y->person ? -1 : 1;
    }
    if (x->start != y->start) {
        return x->start < y->start ? -1 : 1;
    }
    return x->year < y->year ? -1 : x->year > y->year;
}

static pc_status add_copy(mess *self, mess_row *row)
{
    mess_episode *last = self->n_episode == 0 ? NULL : &self->episode[self->n_episode - 1];
    pc_status status;

    if (last == NULL || last->authority != row->authority || last->person != row->person ||
        last->start != row->start) {
        status = pc_grow(&self->episode, &self->episode_capacity, self->n_episode + 1, sizeof *self->episode);
        if (status != PC_OK) {
            return status;
        }
        last = &self->episode[self->n_episode++];
        *last = (mess_episode){row->authority, row->person, row->start, row, 0};
    }
    last->newest = row;
    last->n_copy++;
    return PC_OK;
}

pc_status mess_list_episodes(mess *self)
{
    mess_row **row = NULL;
    size_t n = 0, capacity = 0;
    pc_status status = PC_OK;

    for (size_t f = 0; f < self->n_file && status == PC_OK; f++) {
        const mess_file *file = self->file[f];

        if (file->table == SYNTH_EPISODES && file->n > 0) {
            status = pc_grow(&row, &capacity, n + file->n, sizeof *row);
            if (status == PC_OK) {
                memcpy(row + n, file->row, file->n * sizeof *row);
                n += file->n;
            }
        }
    }
    if (status == PC_OK && n > 0) {
        qsort(row, n, sizeof *row, compare_rows);
    }
    for (size_t at = 0; at < n && status == PC_OK; at++) {
        status = add_copy(self, row[at]);
    }
    free(row);
    return status;
}

void mess_free(mess *self)
{
    for (size_t f = 0; f < self->n_file; f++) {
        for (size_t row = 0; row < self->file[f]->n; row++) {
            free(self->file[f]->row[row]);
        }
        free(self->file[f]->row);
        free(self->file[f]->name);
        free(self->file[f]);
    }
    free(self->file);
    for (size_t la = 0; self->used != NULL && la < self->n_authority; la++) {
        free(self->used[la]);
    }
    free(self->used);
    for (size_t at = 0; at < self->n_planted; at++) {
        free(self->planted[at].episode);
        free(self->planted[at].expected);
    }
    free(self->planted);
    free(self->episode);
    pc_names_free(&self->text);
    if (self->rng != NULL) {
        gsl_rng_free(self->rng);
    }
    memset(self, 0, sizeof *self);
}
