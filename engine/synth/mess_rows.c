/* mess_rows.c - rows too many: without a child, of no possible date, short breaks, copies; and a real row
 * that is lost. */
#include "synth/mess.h"

#include <string.h>

static size_t place_of(const mess_row *row)
{
    size_t at = 0;

    while (row->file->row[at] != row) {
        at++;
    }
    return at;
}

/* A copy of `row` after it, with other days; `end` PC_DAY_OPEN: DEC, REC and the reason for a change blank.
 */
static pc_status add_like(mess *self, const mess_row *row, pc_day start, pc_day end, mess_row **out)
{
    mess_row copy = *row;
    pc_status status;

    copy.start = start;
    copy.end = end;
    status = mess_add_row(row->file, place_of(row) + 1, &copy, out);
    if (status == PC_OK) {
        status = mess_set_day(self, *out, EPISODE_DECOM, start);
    }
    if (status == PC_OK) {
        status = mess_set_day(self, *out, EPISODE_DEC, end);
    }
    if (status == PC_OK && end == PC_DAY_OPEN) {
        status = mess_set(self, *out, EPISODE_REC, "");
    }
    if (status == PC_OK && end == PC_DAY_OPEN) {
        status = mess_set(self, *out, EPISODE_REASON, "");
    }
    return status;
}

/* A row with days of its own that is set aside as it is read, beside a row that `test` finds. */
static pc_status add_aside(mess *self, intake_rule rule, const mess_episode *one, pc_day start, pc_day end)
{
    mess_row *added;
    pc_status status = add_like(self, one->newest, start, end, &added);

    if (status != PC_OK) {
        return status;
    }
    added->aside = rule != INTAKE_DEC_BEFORE_DECOM;
    return mess_record(self, rule, added, "row not used", PC_DAY_NONE, NULL);
}

static pc_status decom_after_extract(mess *self, bool *found)
{
    const mess_episode *one = mess_find(self, mess_is_open);

    *found = one != NULL;
    return *found ? add_aside(self, INTAKE_DECOM_AFTER_EXTRACT, one,
                              pc_financial_year_first_day(mess_last_year(self) + 1) + 40, PC_DAY_OPEN)
                  : PC_OK;
}

static pc_status decom_before_birth(mess *self, bool *found)
{
    const mess_episode *one = mess_find(self, mess_is_closed);
    pc_day birth;

    *found = one != NULL;
    if (!*found) {
        return PC_OK;
    }
    birth = self->authority[one->authority].population.person[one->person].birth;
    return add_aside(self, INTAKE_DECOM_BEFORE_BIRTH, one, birth - 30, birth - 20);
}

static pc_status decom_at_18(mess *self, bool *found)
{
    const mess_episode *one = mess_find(self, mess_is_grown);

    *found = one != NULL;
    return *found ? add_aside(self, INTAKE_DECOM_AT_18, one, mess_adult(self, one), mess_adult(self, one) + 5)
                  : PC_OK;
}

/* On the second day of an episode, so that no other row begins then. */
static bool is_long_closed(const mess *self, const mess_episode *episode)
{
    return mess_is_closed(self, episode) && episode->newest->end > episode->start + 10;
}

static pc_status dec_before_decom(mess *self, bool *found)
{
    const mess_episode *one = mess_find(self, is_long_closed);

    *found = one != NULL;
    return *found ? add_aside(self, INTAKE_DEC_BEFORE_DECOM, one, one->start + 5, one->start + 2) : PC_OK;
}

static pc_status blank_child_added(mess *self, bool *found)
{
    const mess_episode *one = mess_find(self, mess_is_closed);
    mess_row *added;
    pc_status status;

    *found = one != NULL;
    if (!*found) {
        return PC_OK;
    }
    status = add_like(self, one->newest, one->start, one->newest->end, &added);
    if (status == PC_OK) {
        added->aside = true;
        status = mess_set(self, added, EPISODE_CHILD, "");
    }
    return status == PC_OK ? mess_record(self, INTAKE_BLANK_CHILD, added, "row not used", PC_DAY_NONE, NULL)
                           : status;
}

static pc_status blank_child(mess *self, bool *found)
{
    const mess_episode *one = mess_find(self, mess_is_alone);
    const char *name;
    mess_planted *line;
    pc_status status;

    *found = one != NULL;
    if (!*found) {
        return PC_OK;
    }
    name = one->newest->cell[EPISODE_CHILD];
    one->newest->aside = true;
    status = mess_set(self, one->newest, EPISODE_CHILD, "");
    if (status == PC_OK) {
        status = mess_record(self, INTAKE_BLANK_CHILD, one->newest, "a real row without CHILD is lost",
                             one->start, "lost");
    }
    if (status == PC_OK) {
        line = &self->planted[self->n_planted - 1];
        line->lost_child = name;
    }
    return status;
}

static pc_status unreadable_decom_added(mess *self, bool *found)
{
    const mess_episode *one = mess_find(self, mess_is_closed);
    mess_row *added;
    pc_status status;

    *found = one != NULL;
    if (!*found) {
        return PC_OK;
    }
    status = add_like(self, one->newest, one->start, one->newest->end, &added);
    if (status == PC_OK) {
        added->aside = true;
        status = mess_set(self, added, EPISODE_DECOM, "");
    }
    return status == PC_OK
               ? mess_record(self, INTAKE_UNREADABLE_DECOM, added, "row not used", PC_DAY_NONE, NULL)
               : status;
}

/* The same row twice, and a closed row once more as it was while open. */
static pc_status duplicate(mess *self, bool *found)
{
    const mess_episode *one = mess_find(self, mess_is_closed), *other = mess_find(self, mess_is_closed);
    mess_row *added;
    pc_status status;

    *found = one != NULL && other != NULL; /* listed with the other duplicates */
    if (!*found) {
        return PC_OK;
    }
    status = add_like(self, one->newest, one->start, one->newest->end, &added);
    return status == PC_OK ? add_like(self, other->newest, other->start, PC_DAY_OPEN, &added) : status;
}

/* A child who has short breaks only: a header row and one episode of ten days. */
static pc_status short_break(mess *self, bool *found)
{
    const mess_episode *one = mess_find(self, mess_is_closed);
    static const char *const name[] = {"199001", "199002"};
    static const char *const legal[] = {"V3", "V4"};
    mess_row *header = one == NULL ? NULL : mess_row_of(self, SYNTH_HEADER, one, one->newest->year), *added;
    pc_day start;
    pc_status status;
    size_t time = 0;

    for (size_t at = 0; at < self->n_planted; at++) {
        time += self->planted[at].rule == INTAKE_SHORT_BREAK;
    }
    *found = header != NULL && time < sizeof name / sizeof name[0];
    if (!*found) {
        return PC_OK;
    }
    start = pc_financial_year_first_day(one->newest->year) + 60;
    status = add_like(self, one->newest, start, start + 10, &added);
    if (status == PC_OK) {
        added->person = PC_NAME_NONE;
        status = mess_set(self, added, EPISODE_CHILD, name[time]);
    }
    if (status == PC_OK) {
        status = mess_set(self, added, EPISODE_LS, legal[time]);
    }
    if (status == PC_OK) {
        status = mess_set(self, added, EPISODE_RNE, "S");
    }
    if (status == PC_OK) {
        status = mess_record(self, INTAKE_SHORT_BREAK, added, "row not used", PC_DAY_NONE, NULL);
    }
    if (status == PC_OK) {
        status = mess_add_row(header->file, header->file->n, header, &added);
    }
    if (status == PC_OK) {
        added->person = PC_NAME_NONE;
        status = mess_set(self, added, HEADER_CHILD, name[time]);
    }
    if (status == PC_OK) { /* young enough on that day whoever lent the row */
        status = mess_set_day(self, added, HEADER_DOB, start - 9 * 366);
    }
    return status;
}

const mess_defect mess_row_defects[] = {{INTAKE_BLANK_CHILD, blank_child},
                                        {INTAKE_BLANK_CHILD, blank_child_added},
                                        {INTAKE_UNREADABLE_DECOM, unreadable_decom_added},
                                        {INTAKE_DECOM_AFTER_EXTRACT, decom_after_extract},
                                        {INTAKE_DECOM_BEFORE_BIRTH, decom_before_birth},
                                        {INTAKE_DECOM_AT_18, decom_at_18},
                                        {INTAKE_DEC_BEFORE_DECOM, dec_before_decom},
                                        {INTAKE_DUPLICATE_EPISODE, duplicate},
                                        {INTAKE_SHORT_BREAK, short_break},
                                        {INTAKE_N_RULE, NULL}};
