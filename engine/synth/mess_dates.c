/* mess_dates.c - dates of episode rows that are blank, unreadable or wrong. */
#include "synth/mess.h"

#include <stdlib.h>

#include "base/memory.h"

static pc_status unreadable_decom(mess *self, bool *found)
{
    const mess_episode *one = mess_find(self, mess_is_alone);
    pc_status status = PC_OK;

    *found = one != NULL;
    if (*found) {
        one->newest->aside = true;
        status = mess_set(self, one->newest, EPISODE_DECOM, "31/09/2012");
    }
    return *found && status == PC_OK
               ? mess_record(self, INTAKE_UNREADABLE_DECOM, one->newest,
                             "a real row whose DECOM is no date is lost", one->start, "lost")
               : status;
}

static pc_status missing_dec(mess *self, bool *found)
{
    const mess_episode *one = mess_find(self, mess_is_moved);
    pc_status status = PC_OK;

    *found = one != NULL;
    if (*found) {
        one->newest->end = PC_DAY_OPEN;
        status = mess_set(self, one->newest, EPISODE_DEC, "");
    }
    return *found && status == PC_OK ? mess_record(self, INTAKE_MISSING_DEC, one->newest,
                                                   "closed when the next episode began", PC_DAY_NONE, NULL)
                                     : status;
}

static pc_status unreadable_dec(mess *self, bool *found)
{
    const mess_episode *one = mess_find(self, mess_is_moved);
    pc_status status = PC_OK;

    *found = one != NULL;
    if (*found) {
        one->newest->end = PC_DAY_OPEN;
        status = mess_set(self, one->newest, EPISODE_DEC, "not known");
    }
    if (*found && status == PC_OK) {
        status = mess_record(self, INTAKE_UNREADABLE_DEC, one->newest, "read as blank", PC_DAY_NONE, NULL);
    }
    return *found && status == PC_OK ? mess_record(self, INTAKE_MISSING_DEC, one->newest,
                                                   "closed when the next episode began", PC_DAY_NONE, NULL)
                                     : status;
}

static pc_status overlap(mess *self, bool *found)
{
    const mess_episode *one = mess_find(self, mess_is_moved);
    pc_status status = PC_OK;

    *found = one != NULL;
    if (*found) {
        one->newest->end += 5;
        status = mess_set_day(self, one->newest, EPISODE_DEC, one->newest->end);
    }
    return *found && status == PC_OK ? mess_record(self, INTAKE_OVERLAP, one->newest,
                                                   "cut when the next episode began", PC_DAY_NONE, NULL)
                                     : status;
}

static pc_status stale_open(mess *self, bool *found)
{
    const mess_episode *one = mess_find(self, mess_is_leaver);
    char day[PC_DAY_TEXT_SIZE], *expected;
    pc_status status = PC_OK;

    *found = one != NULL;
    if (!*found) {
        return PC_OK;
    }
    one->newest->end = PC_DAY_OPEN;
    expected = pc_format_text("end=%s;reason_place_change=;reason_ended=",
                              pc_day_format(pc_financial_year_first_day(one->newest->year + 1), day));
    status = expected == NULL ? PC_ERR_NO_MEMORY : mess_set(self, one->newest, EPISODE_DEC, "");
    if (status == PC_OK) {
        status = mess_set(self, one->newest, EPISODE_REC, "");
    }
    if (status == PC_OK) {
        status = mess_set(self, one->newest, EPISODE_REASON, "");
    }
    if (status == PC_OK) {
        status = mess_record(self, INTAKE_STALE_OPEN, one->newest,
                             "closed the day after the 31 March of the last return that holds the child",
                             one->start, expected);
    }
    free(expected);
    return status;
}

static pc_status dec_after_extract(mess *self, bool *found)
{
    const mess_episode *one = mess_find(self, mess_is_open);
    pc_status status = PC_OK;

    *found = one != NULL;
    if (*found) {
        one->newest->end = pc_financial_year_first_day(mess_last_year(self) + 1) + 20;
        status = mess_set_day(self, one->newest, EPISODE_DEC, one->newest->end);
    }
    return *found && status == PC_OK ? mess_record(self, INTAKE_DEC_AFTER_EXTRACT, one->newest,
                                                   "open at the extract", PC_DAY_NONE, NULL)
                                     : status;
}

static pc_status ended_after_18(mess *self, bool *found)
{
    const mess_episode *one = mess_find(self, mess_is_grown);
    pc_status status = PC_OK;

    *found = one != NULL;
    if (*found) {
        one->newest->end += 10;
        status = mess_set_day(self, one->newest, EPISODE_DEC, one->newest->end);
    }
    return *found && status == PC_OK ? mess_record(self, INTAKE_CLOSED_AT_18, one->newest,
                                                   "closed on the 18th birthday", PC_DAY_NONE, NULL)
                                     : status;
}

static pc_status open_after_18(mess *self, bool *found)
{
    const mess_episode *one = mess_find(self, mess_is_grown_now);
    pc_status status = PC_OK;

    *found = one != NULL;
    if (*found) {
        one->newest->end = PC_DAY_OPEN;
        status = mess_set(self, one->newest, EPISODE_DEC, "");
    }
    if (*found && status == PC_OK) {
        status = mess_set(self, one->newest, EPISODE_REC, "");
    }
    return *found && status == PC_OK ? mess_record(self, INTAKE_CLOSED_AT_18, one->newest,
                                                   "closed on the 18th birthday", one->start, "reason_ended=")
                                     : status;
}

/* The newest return holds the child by a row that is of no use, and not the open episode. */
static pc_status open_not_repeated(mess *self, bool *found)
{
    const mess_episode *one = self->options->years > 1 ? mess_find(self, mess_is_open_long) : NULL;
    mess_row useless, *older, *added;
    pc_status status;

    *found = one != NULL;
    if (!*found) {
        return PC_OK;
    }
    older = NULL;
    for (size_t f = 0; f < self->n_file; f++) {
        const mess_file *file = self->file[f];

        for (size_t row = 0; file->table == SYNTH_EPISODES && row < file->n; row++) {
            mess_row *copy = file->row[row];

            if (copy->authority == one->authority && copy->person == one->person &&
                copy->start == one->start && copy->year == mess_last_year(self) - 1) {
                older = copy;
            }
        }
    }
    if (older == NULL) {
        return PC_ERR_INTERNAL;
    }
    useless = *one->newest;
    useless.start += 3;
    useless.end = useless.start - 2;
    one->newest->gone = true;
    status = mess_add_row(one->newest->file, one->newest->file->n, &useless, &added);
    if (status == PC_OK) {
        status = mess_set_day(self, added, EPISODE_DECOM, useless.start);
    }
    if (status == PC_OK) {
        status = mess_set_day(self, added, EPISODE_DEC, useless.end);
    }
    if (status == PC_OK) {
        status = mess_record(self, INTAKE_DEC_BEFORE_DECOM, added, "row not used", PC_DAY_NONE, NULL);
    }
    return status == PC_OK
               ? mess_record(self, INTAKE_OPEN_NOT_REPEATED, older, "stays open", PC_DAY_NONE, NULL)
               : status;
}

const mess_defect mess_date_defects[] = {{INTAKE_UNREADABLE_DECOM, unreadable_decom},
                                         {INTAKE_MISSING_DEC, missing_dec},
                                         {INTAKE_UNREADABLE_DEC, unreadable_dec},
                                         {INTAKE_OVERLAP, overlap},
                                         {INTAKE_STALE_OPEN, stale_open},
                                         {INTAKE_DEC_AFTER_EXTRACT, dec_after_extract},
                                         {INTAKE_CLOSED_AT_18, ended_after_18},
                                         {INTAKE_CLOSED_AT_18, open_after_18},
                                         {INTAKE_OPEN_NOT_REPEATED, open_not_repeated},
                                         {INTAKE_N_RULE, NULL}};
