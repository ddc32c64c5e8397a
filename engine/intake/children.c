/* children.c - birth dates and streams of children, from the header and UASC files. */
#include <string.h>

#include "base/memory.h"
#include "intake/read_file.h"

static uint64_t hash_child(const void *things, uint32_t number)
{
    const intake_child *child = (const intake_child *)things + number;

    return intake_hash_pair(child->la, child->name);
}

static bool same_child(const void *things, uint32_t a, uint32_t b)
{
    const intake_child *child = things;

    return child[a].la == child[b].la && child[a].name == child[b].name;
}

static const intake_keys child_keys = {hash_child, same_child};

/* Writes the child to the end of the list, where it may stay. */
static pc_status write_new(intake *self, uint32_t la, uint32_t name)
{
    pc_status status = pc_grow(&self->child, &self->child_capacity, self->n_child + 1, sizeof *self->child);

    if (status == PC_OK) {
        self->child[self->n_child] = (intake_child){.la = la,
                                                    .name = name,
                                                    .birth = PC_DAY_NONE,
                                                    .birth_year = INTAKE_NO_YEAR,
                                                    .last_return = INTAKE_NOT_FOUND,
                                                    .birth_kind = INTAKE_UNKNOWN};
    }
    return status;
}

pc_status intake_add_child(intake *self, uint32_t la, const char *name, size_t length, uint32_t *out)
{
    uint32_t name_number;
    pc_status status = pc_names_add(&self->child_name, name, length, &name_number);

    *out = (uint32_t)self->n_child;
    if (status == PC_OK) {
        status = write_new(self, la, name_number);
    }
    if (status == PC_OK) {
        status = intake_number_set_add(&self->child_set, &child_keys, self->child, out);
    }
    if (status == PC_OK && *out == self->n_child) {
        self->n_child++;
    }
    return status;
}

static pc_status find_child(intake *self, uint32_t la, uint32_t name, intake_child **out)
{
    pc_status status = name == PC_NAME_NONE ? PC_OK : write_new(self, la, name);
    uint32_t number = INTAKE_NOT_FOUND;

    if (status == PC_OK && name != PC_NAME_NONE) {
        number = intake_number_set_find(&self->child_set, &child_keys, self->child, (uint32_t)self->n_child);
    }
    *out = number == INTAKE_NOT_FOUND ? NULL : &self->child[number];
    return status;
}

typedef struct reading {
    intake *stage;
    uint32_t file;
    bool listing; /* the second reading, which lists what lost */
    bool any_conflict;
    intake_pair_index seen; /* (la, year) -> the first file that holds it */
    bool file_noted;
} reading;

/* A row of a header or UASC file. */
typedef struct birth_row {
    const intake_file *file;
    long row;
    uint32_t la;
    int32_t year;
    pc_field child, birth;
} birth_row;

static pc_status note_same_return(reading *self, const birth_row *row)
{
    uint32_t first = self->file;
    pc_status status = intake_pair_add(&self->seen, row->la, (uint32_t)row->year, &first);

    if (status == PC_OK && first != self->file && !self->file_noted && row->year != INTAKE_NO_YEAR) {
        self->file_noted = true;
        status = intake_note(self->stage, INTAKE_SAME_RETURN_TWICE, row->file->number, 0, row->la,
                             PC_NAME_NONE, "children of the return %d are in %s as well: both are read",
                             (int)row->year, self->stage->file[first].shown);
    }
    return status;
}

/* A header outweighs a UASC file, a newer return an older one, a later row an earlier one. */
static void take_birth(reading *self, intake_child *child, const birth_row *row, pc_day birth)
{
    bool is_new = child->birth_kind == INTAKE_UNKNOWN;

    if (!is_new && child->birth != birth) {
        child->has_conflict = true;
        self->any_conflict = true;
    }
    if (is_new || (child->birth_kind == row->file->kind && row->year >= child->birth_year)) {
        child->birth = birth;
        child->birth_year = row->year;
        child->birth_kind = (unsigned char)row->file->kind;
    }
}

static pc_status take_row(reading *self, const birth_row *row)
{
    intake *stage = self->stage;
    uint32_t number;
    pc_day birth;
    pc_status status;

    if (row->child.length == 0) {
        return intake_note(stage, INTAKE_BLANK_CHILD, row->file->number, row->row, row->la, PC_NAME_NONE,
                           "row not used: CHILD is blank");
    }
    status = note_same_return(self, row);
    if (status == PC_OK) {
        status = intake_add_child(stage, row->la, row->child.text, row->child.length, &number);
    }
    if (status != PC_OK) {
        return status;
    }
    stage->child[number].uasc = stage->child[number].uasc || row->file->kind == INTAKE_UASC;
    if (row->birth.length == 0) {
        return PC_OK;
    }
    if (!pc_day_parse(row->birth.text, row->birth.length, &birth)) {
        return intake_note(stage, INTAKE_UNREADABLE_BIRTH, row->file->number, row->row, row->la,
                           stage->child[number].name, "DOB `%s` is not a date: read as blank",
                           row->birth.text);
    }
    take_birth(self, &stage->child[number], row, birth);
    return PC_OK;
}

static pc_status list_row(reading *self, const birth_row *row)
{
    intake *stage = self->stage;
    uint32_t name = pc_names_find(&stage->child_name, row->child.text, row->child.length);
    intake_child *child;
    char used[PC_DAY_TEXT_SIZE];
    pc_day birth;
    pc_status status = find_child(stage, row->la, name, &child);

    if (status != PC_OK) {
        return status;
    }
    if (child == NULL || !pc_day_parse(row->birth.text, row->birth.length, &birth)) {
        return PC_OK;
    }
    if (birth != child->birth) {
        return intake_note(stage, INTAKE_BIRTH_DATE_CONFLICT, row->file->number, row->row, row->la, name,
                           "DOB %s not used: %s is, from %s", row->birth.text,
                           pc_day_format(child->birth, used),
                           child->birth_kind == row->file->kind ? "the newest return" : "the header");
    }
    if (child->birth_kind == INTAKE_UASC && row->file->kind == INTAKE_UASC &&
        row->year == child->birth_year && child->last_return != INTAKE_NOT_FOUND && !child->listed) {
        child->listed = true;
        return intake_note(stage, INTAKE_BIRTH_DATE_FROM_UASC, row->file->number, row->row, row->la, name,
                           "birth date %s taken from here: no header gives one", pc_day_format(birth, used));
    }
    return PC_OK;
}

static pc_status on_row(void *context, long row, const pc_field *field)
{
    reading *self = context;
    const intake_file *file = &self->stage->file[self->file];
    pc_field la = intake_field(file, INTAKE_LA, field), year = intake_field(file, INTAKE_YEAR, field);
    birth_row what = {file,
                      row,
                      0,
                      intake_year_in_name(year.text, year.length),
                      intake_field(file, INTAKE_CHILD, field),
                      intake_field(file, INTAKE_DOB, field)};
    pc_status status;

    if (what.year == INTAKE_NO_YEAR) {
        what.year = file->year;
    }
    if (intake_is_later(self->stage, file, la.text, la.length, what.year)) {
        return PC_OK;
    }
    status = intake_find_la(self->stage, file, la.text, la.length, &what.la);
    if (status == PC_OK) {
        status = self->listing ? list_row(self, &what) : take_row(self, &what);
    }
    return status;
}

static pc_status read_kind(reading *self, intake_kind kind)
{
    intake *stage = self->stage;
    bool wrong = false;
    pc_status status = PC_OK;

    for (size_t f = 0; f < stage->n_file && status == PC_OK; f++) {
        if (stage->file[f].kind == kind) {
            self->file = (uint32_t)f;
            self->file_noted = false;
            status = intake_read_file(stage, &stage->file[f], self->listing, on_row, self);
            if (status == PC_ERR_INPUT || status == PC_ERR_IO) {
                wrong = true;
                status = PC_OK;
            }
        }
    }
    return status == PC_OK && wrong ? PC_ERR_INPUT : status;
}

/* A header without a year in any name is of the return of the episodes that lie beside it. */
static void year_from_neighbour(intake *self, intake_file *file)
{
    const char *slash = strrchr(file->shown, '/');
    size_t folder = slash == NULL ? 0 : (size_t)(slash - file->shown) + 1;
    int32_t year = INTAKE_NO_YEAR;
    size_t n = 0;

    for (size_t f = 0; f < self->n_file; f++) {
        const char *other = self->file[f].shown;

        if (self->file[f].kind == INTAKE_EPISODES && strncmp(other, file->shown, folder) == 0 &&
            strchr(other + folder, '/') == NULL) {
            year = self->file[f].year;
            n++;
        }
    }
    if (n == 1) {
        file->year = year;
    }
}

pc_status intake_read_children(intake *self, bool *any_conflict)
{
    reading header = {.stage = self}, uasc = {.stage = self};
    bool any_file = false;
    pc_status status, second;

    for (size_t f = 0; f < self->n_file; f++) {
        if (self->file[f].kind != INTAKE_EPISODES) {
            any_file = true;
            if (self->file[f].year == INTAKE_NO_YEAR) {
                year_from_neighbour(self, &self->file[f]);
            }
        }
    }
    if (!any_file) {
        pc_diagnostics_add(self->diagnostics, PC_WARNING, (pc_place){.file = self->options->folder},
                           "no header and no UASC file: no child has a birth date");
    }
    status = read_kind(&header, INTAKE_HEADER);
    second = status == PC_ERR_NO_MEMORY ? status : read_kind(&uasc, INTAKE_UASC);
    *any_conflict = header.any_conflict || uasc.any_conflict;
    intake_pair_free(&header.seen);
    intake_pair_free(&uasc.seen);
    return status != PC_OK ? status : second;
}

pc_status intake_list_births(intake *self, bool any_conflict)
{
    reading all = {.stage = self, .listing = true};
    pc_status status = any_conflict ? read_kind(&all, INTAKE_HEADER) : PC_OK;

    return status == PC_OK ? read_kind(&all, INTAKE_UASC) : status;
}
