/* episode_rows.c - episode rows as they are read: one for each (la, child, DECOM). */
#include <ctype.h>
#include <string.h>

#include "base/memory.h"
#include "intake/kept_rows.h"
#include "intake/read_file.h"

#define MAX_CODE 32        /* bytes; national codes have at most six */
#define MAX_N_CODE 65000   /* so that a code's number fits 16 bits */
#define TOO_MANY_CODES "?" /* stands for whatever comes after that many different texts */

typedef struct reading {
    intake *stage;
    uint32_t file;
} reading;

static pc_status code_number(intake *self, pc_field text, uint16_t *out)
{
    char code[MAX_CODE];
    size_t length = text.length < MAX_CODE ? text.length : MAX_CODE - 1;
    uint32_t number;
    pc_status status = PC_OK;

    while (length < text.length && length > 0 && ((unsigned char)text.text[length] & 0xC0) == 0x80) {
        length--; /* not within a character */
    }
    for (size_t c = 0; c < length; c++) {
        code[c] = (char)toupper((unsigned char)text.text[c]);
    }
    number = pc_names_find(&self->code, code, length);
    if (number == PC_NAME_NONE) {
        status = self->code.n < MAX_N_CODE ? pc_names_add(&self->code, code, length, &number)
                                           : pc_names_add(&self->code, TOO_MANY_CODES, 1, &number);
    }
    *out = (uint16_t)number;
    return status;
}

static pc_status note(const reading *self, intake_rule rule, long row, uint32_t la, uint32_t child,
                      const char *text, const char *value)
{
    return intake_note(self->stage, rule, self->stage->file[self->file].number, row, la, child, "%s%s", text,
                       value);
}

/* Finds what is wrong with the row's first day; INTAKE_N_RULE when nothing is. */
static intake_rule judge_start(const intake *self, const intake_child *child, pc_day start)
{
    if (start > self->extract) {
        return INTAKE_DECOM_AFTER_EXTRACT;
    }
    if (child->birth == PC_DAY_NONE) {
        return INTAKE_N_RULE;
    }
    return start < child->birth                     ? INTAKE_DECOM_BEFORE_BIRTH
           : start >= pc_birthday(child->birth, 18) ? INTAKE_DECOM_AT_18
                                                    : INTAKE_N_RULE;
}

static pc_status note_bad_start(const reading *self, long row, const intake_child *child, intake_rule rule,
                                pc_day start)
{
    const char *text = rule == INTAKE_DECOM_AFTER_EXTRACT  ? "is after the extract date"
                       : rule == INTAKE_DECOM_BEFORE_BIRTH ? "is before the birth date"
                                                           : "is on or after the 18th birthday";
    pc_day against = rule == INTAKE_DECOM_AFTER_EXTRACT  ? self->stage->extract
                     : rule == INTAKE_DECOM_BEFORE_BIRTH ? child->birth
                                                         : pc_birthday(child->birth, 18);
    char day[2][PC_DAY_TEXT_SIZE];

    return intake_note(self->stage, rule, self->stage->file[self->file].number, row, child->la, child->name,
                       "row not used: DECOM %s %s %s", pc_day_format(start, day[0]), text,
                       pc_day_format(against, day[1]));
}

/* A row of no days that goes on (REC X1) says that another one began that day: the other is the episode. */
static bool is_passing(const intake *self, const intake_row *row)
{
    return row->dec == row->start && strcmp(intake_code_text(self, row, INTAKE_REC), "X1") == 0;
}

/* Whether `row`, read later, is to be used instead of `known`: the latest year, closed before open, the later
 * DEC, then the row read last. */
static bool outweighs(const intake *self, const intake_row *row, const intake_row *known)
{
    int32_t year = self->ret[row->in_return].year, known_year = self->ret[known->in_return].year;

    if (year != known_year) {
        return year > known_year;
    }
    if ((row->dec == PC_DAY_NONE) != (known->dec == PC_DAY_NONE)) {
        return row->dec == PC_DAY_NONE ? is_passing(self, known) : !is_passing(self, row);
    }
    return row->dec >= known->dec;
}

static pc_status keep_row(intake *self, const intake_row *row)
{
    uint32_t number;
    pc_status status = intake_keep(self, row, &number);
    intake_row known;

    if (status != PC_OK || number == INTAKE_NOT_FOUND) {
        return status;
    }
    known = intake_unpack(self, &self->kept[number]);
    if (!outweighs(self, row, &known)) {
        return intake_note_loser(self, row, &known);
    }
    status = intake_keep_instead(self, number, row);
    return status == PC_OK ? intake_note_loser(self, &known, row) : status;
}

static pc_status note_row_origin(const reading *self, long row, const intake_file *file,
                                 const pc_field *field, uint32_t la)
{
    pc_field la_text = intake_field(file, INTAKE_LA, field), year = intake_field(file, INTAKE_YEAR, field);
    pc_field child_text = intake_field(file, INTAKE_CHILD, field);
    uint32_t child = pc_names_find(&self->stage->child_name, child_text.text, child_text.length);
    pc_status status = PC_OK;

    if (file->column[INTAKE_LA] >= 0 && la_text.length == 0) {
        status = note(self, INTAKE_BLANK_LA, row, la, child, "LA is blank: taken to belong to ",
                      la == 0 ? "an authority without a name" : pc_names_text(&self->stage->la, la));
    }
    if (status == PC_OK && file->column[INTAKE_YEAR] >= 0 &&
        intake_year_in_name(year.text, year.length) == INTAKE_NO_YEAR) {
        status = note(self, INTAKE_UNREADABLE_YEAR, row, la, child,
                      "YEAR is not a year: the return of the file is taken", "");
    }
    return status;
}

/* The rules on CHILD and DECOM, then the row is kept or gives way to another of the same episode. */
static pc_status take_row(reading *self, long row, const intake_file *file, const pc_field *field,
                          uint32_t la, uint32_t number)
{
    intake *stage = self->stage;
    const intake_child *child = &stage->child[number];
    pc_field decom = intake_field(file, INTAKE_DECOM, field), dec = intake_field(file, INTAKE_DEC, field);
    pc_field year = intake_field(file, INTAKE_YEAR, field);
    intake_row kept = {.child = number,
                       .in_return = intake_find_return(stage, file, la, year.text, year.length),
                       .file = self->file,
                       .row = (uint32_t)row,
                       .dec = PC_DAY_NONE};
    intake_rule wrong;
    pc_status status = PC_OK;

    if (kept.in_return == INTAKE_NOT_FOUND) {
        pc_diagnostics_add(stage->diagnostics, PC_ERROR, (pc_place){.file = file->shown, .line = row},
                           "the file changed while it was read");
        return PC_ERR_INPUT;
    }
    if (child->last_return == INTAKE_NOT_FOUND ||
        stage->ret[child->last_return].year < stage->ret[kept.in_return].year) {
        stage->child[number].last_return = kept.in_return;
    }
    if (!pc_day_parse(decom.text, decom.length, &kept.start)) {
        return decom.length == 0
                   ? note(self, INTAKE_UNREADABLE_DECOM, row, la, child->name, "row not used: DECOM is blank",
                          "")
                   : intake_note(stage, INTAKE_UNREADABLE_DECOM, file->number, row, la, child->name,
                                 "row not used: DECOM `%s` is not a date", decom.text);
    }
    wrong = judge_start(stage, child, kept.start);
    if (wrong != INTAKE_N_RULE) {
        return note_bad_start(self, row, child, wrong, kept.start);
    }
    if (dec.length > 0 && !pc_day_parse(dec.text, dec.length, &kept.dec)) {
        kept.dec = PC_DAY_NONE;
        kept.unreadable_dec = 1;
    }
    for (int column = INTAKE_FIRST_CODE; column < INTAKE_N_COLUMN && status == PC_OK; column++) {
        status = code_number(stage, intake_field(file, (intake_column)column, field),
                             &kept.code[column - INTAKE_FIRST_CODE]);
    }
    return status == PC_OK ? keep_row(stage, &kept) : status;
}

static pc_status on_row(void *context, long row, const pc_field *field)
{
    reading *self = context;
    intake *stage = self->stage;
    const intake_file *file = &stage->file[self->file];
    pc_field name = intake_field(file, INTAKE_CHILD, field), la_text = intake_field(file, INTAKE_LA, field);
    pc_field year = intake_field(file, INTAKE_YEAR, field);
    int32_t of_year = intake_year_in_name(year.text, year.length);
    uint32_t la, number;
    pc_status status;

    if (intake_is_later(stage, file, la_text.text, la_text.length,
                        of_year != INTAKE_NO_YEAR ? of_year : file->year)) {
        return PC_OK;
    }
    stage->rows_read++;
    status = intake_find_la(stage, file, la_text.text, la_text.length, &la);
    if (status == PC_OK) {
        status = note_row_origin(self, row, file, field, la);
    }
    if (status == PC_OK && name.length == 0) {
        return note(self, INTAKE_BLANK_CHILD, row, la, PC_NAME_NONE, "row not used: CHILD is blank", "");
    }
    if (status == PC_OK) {
        status = intake_add_child(stage, la, name.text, name.length, &number);
    }
    return status == PC_OK ? take_row(self, row, file, field, la, number) : status;
}

pc_status intake_read_episodes(intake *self)
{
    static const char *const always[] = {"", TOO_MANY_CODES, "PR0", "PR1", "PR2", "PR3", "PR4", "PR5"};
    reading all = {.stage = self};
    pc_status status = PC_OK;

    for (size_t c = 0; c < sizeof always / sizeof always[0] && status == PC_OK; c++) {
        uint32_t number;

        status = pc_names_add(&self->code, always[c], strlen(always[c]), &number);
    }
    for (size_t f = 0; f < self->n_file && status == PC_OK; f++) {
        if (self->file[f].kind == INTAKE_EPISODES) {
            all.file = (uint32_t)f;
            status = intake_read_file(self, &self->file[f], true, on_row, &all);
        }
    }
    return status;
}
