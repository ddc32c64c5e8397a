/* mess_codes.c - codes of episode rows that are blank, unknown, out of date or at odds with the dates. */
#include "synth/mess.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

/* Puts `code` into `column` of a row that `test` finds (of the next row of the child when `next`). */
static pc_status plant_code(mess *self, bool *found, intake_rule rule, mess_test test, bool next,
                            size_t column, const char *code, const char *action, const char *expected)
{
    const mess_episode *one = mess_find(self, test);
    pc_status status;

    *found = one != NULL;
    if (!*found) {
        return PC_OK;
    }
    one = next ? mess_after(self, one) : one;
    status = mess_set(self, one->newest, column, code);
    return status == PC_OK ? mess_record(self, rule, one->newest, action, one->start, expected) : status;
}

static pc_status unknown_place(mess *self, bool *found)
{
    return plant_code(self, found, INTAKE_UNKNOWN_PLACE, mess_is_plain, false, EPISODE_PLACE, "X9",
                      "counts as the last category", "category=other;place=X9");
}

static pc_status blank_place(mess *self, bool *found)
{
    return plant_code(self, found, INTAKE_UNKNOWN_PLACE, mess_is_plain, false, EPISODE_PLACE, "",
                      "counts as the last category", "category=other;place=");
}

/* Q1 and Q2 left the list in 2015; categories and providers are those of U3 and U6. */
static pc_status place_out_of_date(mess *self, bool *found)
{
    const mess_episode *one = mess_find(self, mess_is_plain_foster);
    bool kin;
    pc_status status;

    *found = one != NULL;
    if (!*found) {
        return PC_OK;
    }
    kin = strcmp(one->newest->cell[EPISODE_PLACE], "U3") == 0;
    status = mess_set(self, one->newest, EPISODE_PLACE, kin ? "Q1" : "Q2");
    return status == PC_OK ? mess_record(self, INTAKE_PLACE_OUT_OF_DATE, one->newest, "mapped as usual",
                                         one->start, kin ? "place=Q1" : "place=Q2")
                           : status;
}

/* Whether PR1 is by far the commonest provider of U3 in the authority. */
static bool own_provider_is_commonest(const mess *self, size_t authority)
{
    long own = -8, others = 0; /* other defects may take a few rows away */

    for (size_t at = 0; at < self->n_episode; at++) {
        const mess_row *row = self->episode[at].newest;

        if (row->authority == authority && strcmp(row->cell[EPISODE_PLACE], "U3") == 0) {
            own += strcmp(row->cell[EPISODE_PROVIDER], "PR1") == 0;
            others += strcmp(row->cell[EPISODE_PROVIDER], "PR1") != 0;
        }
    }
    return own > others;
}

static pc_status unknown_provider(mess *self, bool *found, const char *code)
{
    const mess_episode *one = mess_find(self, mess_is_kin);
    pc_status status;

    *found = one != NULL && own_provider_is_commonest(self, one->authority);
    if (!*found) {
        return PC_OK;
    }
    status = mess_set(self, one->newest, EPISODE_PROVIDER, code);
    return status == PC_OK ? mess_record(self, INTAKE_UNKNOWN_PROVIDER, one->newest,
                                         "takes the commonest provider of the place", PC_DAY_NONE, NULL)
                           : status;
}

static pc_status blank_provider(mess *self, bool *found)
{
    return unknown_provider(self, found, "");
}

static pc_status foreign_provider(mess *self, bool *found)
{
    return unknown_provider(self, found, "PR9");
}

static pc_status temporary_alone(mess *self, bool *found)
{
    return plant_code(self, found, INTAKE_TEMPORARY_ALONE, mess_is_alone, false, EPISODE_PLACE, "T1",
                      "counts as the last category", "category=other;place=T1");
}

static pc_status unknown_legal_status(mess *self, bool *found)
{
    return plant_code(self, found, INTAKE_UNKNOWN_LEGAL_STATUS, mess_is_closed, false, EPISODE_LS, "C9",
                      "kept", "legal_status=C9");
}

static pc_status unknown_need(mess *self, bool *found)
{
    return plant_code(self, found, INTAKE_UNKNOWN_NEED, mess_is_closed, false, EPISODE_CIN, "N9", "kept",
                      "need=N9");
}

static pc_status unknown_reason_started(mess *self, bool *found)
{
    return plant_code(self, found, INTAKE_UNKNOWN_REASON_STARTED, mess_is_moved, true, EPISODE_RNE, "X",
                      "counts as P", "reason_started=X");
}

static pc_status unknown_reason_change(mess *self, bool *found)
{
    return plant_code(self, found, INTAKE_UNKNOWN_REASON_CHANGE, mess_is_moved, false, EPISODE_REASON,
                      "MOVED", "kept", "reason_place_change=MOVED");
}

static pc_status unknown_reason_ended(mess *self, bool *found)
{
    return plant_code(self, found, INTAKE_UNKNOWN_REASON_ENDED, mess_is_last, false, EPISODE_REC, "E99",
                      "exit cause other", "reason_ended=E99");
}

static pc_status start_without_s(mess *self, bool *found)
{
    return plant_code(self, found, INTAKE_START_WITHOUT_S, mess_is_first, false, EPISODE_RNE, "P",
                      "counts as a start", "reason_started=P");
}

static pc_status s_in_care(mess *self, bool *found)
{
    return plant_code(self, found, INTAKE_S_IN_CARE, mess_is_moved, true, EPISODE_RNE, "S", "counts as P",
                      "reason_started=S");
}

static pc_status ended_without_reason(mess *self, bool *found)
{
    return plant_code(self, found, INTAKE_ENDED_WITHOUT_REASON, mess_is_last, false, EPISODE_REC, "",
                      "exit cause other", "reason_ended=");
}

static pc_status ended_with_x1(mess *self, bool *found)
{
    return plant_code(self, found, INTAKE_ENDED_WITHOUT_REASON, mess_is_last, false, EPISODE_REC, "X1",
                      "exit cause other", "reason_ended=X1");
}

static pc_status reason_without_end(mess *self, bool *found)
{
    return plant_code(self, found, INTAKE_REASON_WITHOUT_END, mess_is_open, false, EPISODE_REC, "X1",
                      "stays open", "reason_ended=X1");
}

const mess_defect mess_code_defects[] = {{INTAKE_UNKNOWN_PLACE, unknown_place},
                                         {INTAKE_UNKNOWN_PLACE, blank_place},
                                         {INTAKE_PLACE_OUT_OF_DATE, place_out_of_date},
                                         {INTAKE_UNKNOWN_PROVIDER, blank_provider},
                                         {INTAKE_UNKNOWN_PROVIDER, foreign_provider},
                                         {INTAKE_TEMPORARY_ALONE, temporary_alone},
                                         {INTAKE_UNKNOWN_LEGAL_STATUS, unknown_legal_status},
                                         {INTAKE_UNKNOWN_NEED, unknown_need},
                                         {INTAKE_UNKNOWN_REASON_STARTED, unknown_reason_started},
                                         {INTAKE_UNKNOWN_REASON_CHANGE, unknown_reason_change},
                                         {INTAKE_UNKNOWN_REASON_ENDED, unknown_reason_ended},
                                         {INTAKE_START_WITHOUT_S, start_without_s},
                                         {INTAKE_S_IN_CARE, s_in_care},
                                         {INTAKE_ENDED_WITHOUT_REASON, ended_without_reason},
                                         {INTAKE_ENDED_WITHOUT_REASON, ended_with_x1},
                                         {INTAKE_REASON_WITHOUT_END, reason_without_end},
                                         {INTAKE_N_RULE, NULL}};
