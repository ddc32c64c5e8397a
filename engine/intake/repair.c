/* repair.c - the rules on the dates of one child's rows, in the order of docs/cleaning.md. */
#include "intake/kept_rows.h"

static char *day_text(pc_day day, char text[PC_DAY_TEXT_SIZE])
{
    return pc_day_format(day, text);
}

static pc_status drop_rows(intake *self, intake_row *const *row, size_t k)
{
    pc_status status = PC_OK;

    for (size_t r = 0; r < k && status == PC_OK; r++) {
        char day[PC_DAY_TEXT_SIZE];

        if (intake_is_short_break(self, row[r])) {
            row[r]->dropped = 1;
            status = intake_note_row(self, INTAKE_SHORT_BREAK, row[r], "row not used: a short break (LS %s)",
                                     intake_code_text(self, row[r], INTAKE_LS));
            continue;
        }
        if (row[r]->unreadable_dec) {
            status = intake_note_row(self, INTAKE_UNREADABLE_DEC, row[r], "DEC is not a date: read as blank");
        }
        if (status == PC_OK && intake_ends_before_start(row[r])) {
            row[r]->dropped = 1;
            status = intake_note_row(self, INTAKE_DEC_BEFORE_DECOM, row[r],
                                     "row not used: DEC %s is before DECOM", day_text(row[r]->dec, day));
        }
    }
    return status;
}

/* The row ends at the next one's first day at the latest. */
static pc_status close_at_next(intake *self, intake_row *row, const intake_row *next)
{
    char day[2][PC_DAY_TEXT_SIZE];

    row->end = next->start;
    if (row->dec == PC_DAY_NONE) {
        return intake_note_row(self, INTAKE_MISSING_DEC, row,
                               "no DEC: ended on %s, when the next episode began",
                               day_text(next->start, day[0]));
    }
    return intake_note_row(self, INTAKE_OVERLAP, row, "DEC %s changed to %s, when the next episode began",
                           day_text(row->dec, day[0]), day_text(next->start, day[1]));
}

/* The last row of a child, without DEC: still open, or forgotten when the child left. */
static pc_status settle_open(intake *self, intake_row *row)
{
    const intake_child *child = &self->child[row->child];
    const intake_return *last = &self->ret[child->last_return];
    char day[PC_DAY_TEXT_SIZE];
    pc_day end;

    row->end = PC_DAY_OPEN;
    if (child->last_return == self->newest_return[child->la]) {
        return PC_OK;
    }
    end = last->financial_year == INTAKE_NO_YEAR ? row->start
                                                 : pc_financial_year_first_day(last->financial_year + 1);
    end = end < row->start ? row->start : end;
    if (end > self->extract) {
        return PC_OK;
    }
    row->end = end;
    row->stale = 1;
    return intake_note_row(
        self, INTAKE_STALE_OPEN, row,
        "open, and the child is in no later return: ended on %s, after the last day of return %d",
        day_text(end, day), (int)last->year);
}

static pc_status cap_row(intake *self, intake_row *row)
{
    pc_day birth = self->child[row->child].birth;
    pc_day birthday = birth == PC_DAY_NONE ? PC_DAY_OPEN : pc_birthday(birth, 18);
    char day[2][PC_DAY_TEXT_SIZE];
    pc_status status = PC_OK;

    if (row->end != PC_DAY_OPEN && row->end > self->extract) {
        status = intake_note_row(self, INTAKE_DEC_AFTER_EXTRACT, row,
                                 "DEC %s is after the extract date: open", day_text(row->end, day[0]));
        row->end = PC_DAY_OPEN;
    }
    if (status == PC_OK && birthday <= self->extract && row->end > birthday) {
        status =
            row->end == PC_DAY_OPEN
                ? intake_note_row(self, INTAKE_CLOSED_AT_18, row, "open: ended on the 18th birthday, %s",
                                  day_text(birthday, day[0]))
                : intake_note_row(self, INTAKE_CLOSED_AT_18, row, "end %s changed to the 18th birthday, %s",
                                  day_text(row->end, day[0]), day_text(birthday, day[1]));
        row->end = birthday;
    }
    return status;
}

/* What stays open although something speaks against it. */
static pc_status note_open(intake *self, const intake_row *row)
{
    const intake_child *child = &self->child[row->child];
    const char *reason = intake_code_text(self, row, INTAKE_REC);
    pc_status status = PC_OK;

    if (row->end != PC_DAY_OPEN || row->dec != PC_DAY_NONE) {
        return PC_OK;
    }
    if (self->ret[row->in_return].year < self->ret[child->last_return].year) {
        status = intake_note_row(self, INTAKE_OPEN_NOT_REPEATED, row,
                                 "open, but return %d has the child without this episode: left open",
                                 (int)self->ret[child->last_return].year);
    }
    if (status == PC_OK && reason[0] != '\0') {
        status =
            intake_note_row(self, INTAKE_REASON_WITHOUT_END, row, "REC %s without DEC: left open", reason);
    }
    return status;
}

pc_status intake_repair_child(intake *self, intake_row *const *row, size_t k)
{
    pc_status status = drop_rows(self, row, k);
    bool any = false;

    for (size_t r = 0; r < k && status == PC_OK; r++) {
        size_t next = r + 1;

        if (row[r]->dropped) {
            continue;
        }
        if (!any && self->child[row[r]->child].birth == PC_DAY_NONE) {
            status = intake_note_row(self, INTAKE_NO_BIRTH_DATE, row[r],
                                     "no birth date: the child is left out of the fit");
        }
        any = true;
        while (next < k && row[next]->dropped) {
            next++;
        }
        row[r]->end = row[r]->dec;
        if (status == PC_OK && next < k && (row[r]->dec == PC_DAY_NONE || row[r]->dec > row[next]->start)) {
            status = close_at_next(self, row[r], row[next]);
        } else if (status == PC_OK && row[r]->dec == PC_DAY_NONE) {
            status = settle_open(self, row[r]);
        }
        if (status == PC_OK) {
            status = cap_row(self, row[r]);
        }
        if (status == PC_OK) {
            status = note_open(self, row[r]);
        }
    }
    return status;
}
