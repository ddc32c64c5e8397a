/* chain.c - periods of care, placements and moves: what each repaired row is (docs/cleaning.md, "What a row
 * is"). */
#include "intake/chain.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

/* One period of care: rows of a child, each beginning the day the last one ended. */
typedef struct period {
    intake_row *const *row; /* [n]; none is dropped */
    const int *category;    /* [n]; -1: temporary */
    size_t n;
} period;

/* The placement that a child has, as rows of a period go by. */
typedef struct placement {
    const intake_row *row; /* its latest row that is not temporary; NULL: none yet */
    int category;
    uint16_t number;
    pc_day start;
} placement;

/* The reason for the change is on the row that ended. Where that is blank, a row that is open or ends care
 * has its own reason for its beginning only. */
static bool is_status_only(const intake *self, const period *in, size_t r)
{
    if (intake_code_text(self, in->row[r - 1], INTAKE_REASON_CHANGE)[0] != '\0') {
        return intake_code_of(self, in->row[r - 1], INTAKE_REASON_CHANGE)->status_only;
    }
    return r + 1 == in->n && intake_code_of(self, in->row[r], INTAKE_REASON_CHANGE)->status_only;
}

static bool same_place(const intake_row *a, const intake_row *b)
{
    return intake_code_number(a, INTAKE_PLACE) == intake_code_number(b, INTAKE_PLACE) &&
           intake_code_number(a, INTAKE_PROVIDER) == intake_code_number(b, INTAKE_PROVIDER);
}

static pc_transition judge_transition(const intake *self, const period *in, size_t r, const placement *now)
{
    char reason = intake_code_of(self, in->row[r], INTAKE_RNE)->reason_started;
    bool after_temporary = r > 0 && in->category[r - 1] < 0;

    if (r == 0) {
        return PC_TRANSITION_START;
    }
    if (in->category[r] < 0) {
        return PC_TRANSITION_CONTINUE;
    }
    if (after_temporary && (now->row == NULL || same_place(now->row, in->row[r]))) {
        return PC_TRANSITION_CONTINUE;
    }
    if (reason != 'T' && reason != 'U' && reason != 'L' && !is_status_only(self, in, r)) {
        return PC_TRANSITION_MOVE;
    }
    return in->category[r] != now->category ? PC_TRANSITION_STATUS : PC_TRANSITION_CONTINUE;
}

/* The cause when care ends with the row, else PC_N_EXIT_CAUSE. */
static pc_status judge_exit(intake *self, const intake_row *row, uint8_t *cause)
{
    pc_day birth = self->child[row->child].birth;
    int by_code = intake_code_of(self, row, INTAKE_REC)->exit_cause;
    const char *text = intake_code_text(self, row, INTAKE_REC);

    if (row->end == PC_DAY_OPEN) {
        *cause = PC_N_EXIT_CAUSE;
        return PC_OK;
    }
    if (birth != PC_DAY_NONE && row->end == pc_birthday(birth, 18)) {
        *cause = PC_EXIT_AGE_OUT;
        return PC_OK;
    }
    *cause = row->stale || by_code < 0 || by_code == PC_N_EXIT_CAUSE ? PC_EXIT_OTHER : (uint8_t)by_code;
    if (!row->stale && (text[0] == '\0' || by_code == PC_N_EXIT_CAUSE) &&
        intake_has_column(self, row, INTAKE_REC)) {
        return intake_note_row(self, INTAKE_ENDED_WITHOUT_REASON, row,
                               "care ended with REC %s: cause `other`", text[0] == '\0' ? "blank" : text);
    }
    return PC_OK;
}

/* RNE against dates: dates decide. */
static pc_status note_reason_started(intake *self, const period *in, size_t r, bool first_of_child)
{
    const intake_row *row = in->row[r];
    char reason = intake_code_of(self, row, INTAKE_RNE)->reason_started;
    const intake_child *child = &self->child[row->child];
    const intake_return *first = &self->ret[self->first_return[child->la]];

    if (r > 0) {
        return reason == 'S' ? intake_note_row(self, INTAKE_S_IN_CARE, row,
                                               "RNE S on the day the last episode ended: counts as P")
                             : PC_OK;
    }
    if (reason == 'S' || reason == 0) {
        return PC_OK; /* an unknown one is listed as such */
    }
    if (first_of_child && first->financial_year != INTAKE_NO_YEAR &&
        row->start < pc_financial_year_first_day(first->financial_year)) {
        return PC_OK; /* care began before the first return, which need not hold that row */
    }
    return intake_note_row(self, INTAKE_START_WITHOUT_S, row,
                           "RNE %c after no earlier episode or a gap: counts as a start", reason);
}

static int category_after(const period *in)
{
    for (size_t r = 0; r < in->n; r++) {
        if (in->category[r] >= 0) {
            return in->category[r];
        }
    }
    return -1;
}

static pc_status note_temporary_alone(intake *self, const period *in, size_t r)
{
    return intake_note_row(self, INTAKE_TEMPORARY_ALONE, in->row[r], "%s interrupts no placement: %s",
                           intake_code_text(self, in->row[r], INTAKE_PLACE),
                           category_after(in) < 0 ? "the last category taken"
                                                  : "that of the next placement taken");
}

static pc_status make_episode(intake *self, uint32_t child, const period *in, size_t r,
                              pc_transition transition, const placement *now, pc_episode *out)
{
    const intake_row *row = in->row[r];
    uint8_t cause = PC_N_EXIT_CAUSE;
    pc_status status = r + 1 == in->n ? judge_exit(self, row, &cause) : PC_OK;

    *out = (pc_episode){.child = child,
                        .start = row->start,
                        .end = row->end,
                        .category = (uint8_t)now->category,
                        .transition = (uint8_t)transition,
                        .exit_cause = cause,
                        .placement = now->number,
                        .place = intake_code_number(row, INTAKE_PLACE),
                        .provider = intake_code_number(row, INTAKE_PROVIDER),
                        .legal_status = intake_code_number(row, INTAKE_LS),
                        .need = intake_code_number(row, INTAKE_CIN),
                        .reason_started = intake_code_number(row, INTAKE_RNE),
                        .reason_place_change = intake_code_number(row, INTAKE_REASON_CHANGE),
                        .reason_ended = intake_code_number(row, INTAKE_REC),
                        .care_start = in->row[0]->start,
                        .placement_start = now->start};
    return status;
}

static pc_status chain_period(intake *stage, uint32_t child, const period *in, bool first_of_child,
                              pc_episode *out)
{
    placement now = {NULL, category_after(in), 1, in->row[0]->start};
    pc_status status = PC_OK;

    if (now.category < 0) {
        now.category = (int)stage->codes.n_category - 1;
    }
    for (size_t r = 0; r < in->n && status == PC_OK; r++) {
        pc_transition transition = judge_transition(stage, in, r, &now);

        if (in->category[r] < 0 && now.row == NULL) {
            status = note_temporary_alone(stage, in, r);
        }
        if (transition == PC_TRANSITION_MOVE) {
            now.number = now.number == UINT16_MAX ? UINT16_MAX : (uint16_t)(now.number + 1);
            now.start = in->row[r]->start;
        }
        if (in->category[r] >= 0) {
            now.row = in->row[r];
            now.category = in->category[r];
        }
        if (status == PC_OK) {
            status = note_reason_started(stage, in, r, first_of_child && r == 0);
        }
        if (status == PC_OK) {
            status = make_episode(stage, child, in, r, transition, &now, &out[r]);
        }
    }
    return status;
}

pc_status intake_chain_child(intake_chain *self, uint32_t child, intake_row *const *row, size_t n,
                             pc_episode *out)
{
    pc_status status = PC_OK;

    for (size_t r = 0; r < n && status == PC_OK; r++) {
        status = intake_map_row(&self->mapper, row[r], &self->category[r]);
    }
    for (size_t from = 0; from < n && status == PC_OK;) {
        size_t to = from + 1;

        while (to < n && row[to - 1]->end == row[to]->start) {
            to++;
        }
        period in = {row + from, self->category + from, to - from};

        status = chain_period(self->stage, child, &in, from == 0, out + from);
        from = to;
    }
    return status;
}

pc_status intake_chain_make(intake *stage, size_t most, intake_chain *out)
{
    pc_status status;

    memset(out, 0, sizeof *out);
    out->stage = stage;
    status = intake_mapper_make(stage, &out->mapper);
    out->category = pc_new(most, sizeof *out->category);
    return out->category == NULL ? PC_ERR_NO_MEMORY : status;
}

void intake_chain_free(intake_chain *self)
{
    free(self->category);
    intake_mapper_free(&self->mapper);
    memset(self, 0, sizeof *self);
}
