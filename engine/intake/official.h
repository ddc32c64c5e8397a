/* official.h - children in care at each 31 March by the national rules. */
#ifndef PC_INTAKE_OFFICIAL_H
#define PC_INTAKE_OFFICIAL_H

#include "intake/intake.h"

/* The dates, and counts of 0. `out` has extract and covered_from. */
PC_MUST_USE pc_status intake_official_make(const intake *self, const pc_episodes *out, pc_official *official);
/* Counts a child from the dates as read: `episode` is what was made of `row`, one for one, ordered by start.
 * `birth` may be PC_DAY_NONE. */
void intake_official_count(const intake *self, intake_row *const *row, const pc_episode *episode, size_t n,
                           pc_day birth, pc_official *official);

#endif
