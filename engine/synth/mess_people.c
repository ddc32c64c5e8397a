/* mess_people.c - birth dates: unreadable, contradictory, only in the UASC file, nowhere. */
#include "synth/mess.h"

/* A header row of an earlier return gets another birth date; the newest return has the right one. */
static pc_status older_birth(mess *self, bool *found, intake_rule rule, const char *text, const char *action)
{
    const mess_episode *one = self->options->years > 1 ? mess_find(self, mess_is_open_long) : NULL;
    mess_row *row = one == NULL ? NULL : mess_row_of(self, SYNTH_HEADER, one, mess_last_year(self) - 1);
    pc_status status;

    *found = row != NULL;
    if (!*found) {
        return PC_OK;
    }
    if (text != NULL) {
        status = mess_set(self, row, HEADER_DOB, text);
    } else {
        pc_day birth = self->authority[one->authority].population.person[one->person].birth;

        status = mess_set_day(self, row, HEADER_DOB, birth - 31);
    }
    return status == PC_OK ? mess_record(self, rule, row, action, PC_DAY_NONE, NULL) : status;
}

static pc_status unreadable_birth(mess *self, bool *found)
{
    return older_birth(self, found, INTAKE_UNREADABLE_BIRTH, "30/02/2010",
                       "read as blank; a newer return has it");
}

static pc_status birth_date_conflict(mess *self, bool *found)
{
    return older_birth(self, found, INTAKE_BIRTH_DATE_CONFLICT, NULL, "the newest return wins");
}

static void take_headers_out(mess *self, const mess_episode *one)
{
    for (int year = self->options->first_year; year <= mess_last_year(self); year++) {
        mess_row *row = mess_row_of(self, SYNTH_HEADER, one, year);

        if (row != NULL) {
            row->gone = true;
        }
    }
}

static pc_status birth_date_from_uasc(mess *self, bool *found)
{
    const mess_episode *one = mess_find(self, mess_is_uasc);
    const mess_row *newest = NULL;

    *found = one != NULL;
    if (!*found) {
        return PC_OK;
    }
    take_headers_out(self, one);
    for (int year = self->options->first_year; year <= mess_last_year(self); year++) {
        const mess_row *row = mess_row_of(self, SYNTH_UASC, one, year);

        newest = row == NULL ? newest : row;
    }
    return newest == NULL
               ? PC_ERR_INTERNAL
               : mess_record(self, INTAKE_BIRTH_DATE_FROM_UASC, newest, "taken from here", PC_DAY_NONE, NULL);
}

static pc_status no_birth_date(mess *self, bool *found)
{
    const mess_episode *one = mess_find(self, mess_is_open_long), *before;

    *found = one != NULL;
    if (!*found) {
        return PC_OK;
    }
    take_headers_out(self, one);
    while ((before = mess_before(self, one)) != NULL) {
        one = before;
    }
    return mess_record(self, INTAKE_NO_BIRTH_DATE, one->newest,
                       "kept with a blank birth date, left out of the fit", PC_DAY_NONE, "dob=");
}

const mess_defect mess_people_defects[] = {{INTAKE_UNREADABLE_BIRTH, unreadable_birth},
                                           {INTAKE_BIRTH_DATE_CONFLICT, birth_date_conflict},
                                           {INTAKE_BIRTH_DATE_FROM_UASC, birth_date_from_uasc},
                                           {INTAKE_NO_BIRTH_DATE, no_birth_date},
                                           {INTAKE_N_RULE, NULL}};
