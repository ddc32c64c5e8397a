/* kept_rows.h - the episode rows that are kept, 24 bytes each: where a row comes from and its codes are
 * numbers of the few combinations that there are.
 */
#ifndef PC_INTAKE_KEPT_ROWS_H
#define PC_INTAKE_KEPT_ROWS_H

#include "intake/intake.h"

/* Keeps the row, unless one with its child and start is there: `*known` receives that one's number, else
 * INTAKE_NOT_FOUND. */
PC_MUST_USE pc_status intake_keep(intake *self, const intake_row *row, uint32_t *known);
/* Puts `row` in the place of a kept one with the same child and start. */
PC_MUST_USE pc_status intake_keep_instead(intake *self, uint32_t number, const intake_row *row);
/* `end` is not set, `dropped` and `stale` are false. */
intake_row intake_unpack(const intake *self, const intake_kept *kept);

/* Rows that no episode is made of: short breaks, and those that end before they begin. */
static inline bool intake_is_short_break(const intake *self, const intake_row *row)
{
    return intake_code_of(self, row, INTAKE_LS)->short_break;
}

static inline bool intake_ends_before_start(const intake_row *row)
{
    return row->dec != PC_DAY_NONE && row->dec < row->start;
}

/* Children with rows, ordered by name of la and child. */
typedef struct intake_groups {
    size_t n_child;
    uint32_t *child; /* [n_child]; numbers of children */
    uint32_t *first; /* [n_child + 1]; into kept */
} intake_groups;

/* Orders the children that have rows, and `kept` by them; within a child in no order. No row can be kept
 * after that. */
PC_MUST_USE pc_status intake_group_rows(intake *self, intake_groups *out);
void intake_groups_free(intake_groups *self);
/* Gives memory back: only the first n rows are still wanted. */
void intake_forget_rows_after(intake *self, size_t n);

#endif
