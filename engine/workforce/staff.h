/* staff.h - who is in post in each team, month by month. Private to workforce/.
 *
 * Heads by month of tenure. Each month, in these steps: (1) those in post leave with the chance of their
 * tenure, 1 - (1 - share)^(1/12); (2) each vacancy is filled with chance 1 - exp(-1/recruit_months); who
 * starts is newly qualified with the given chance; (3) agency staff cover a share of what is still vacant.
 * A structure that shrinks sends nobody away: nobody is recruited until leaving has caught up.
 */
#ifndef PC_WORKFORCE_STAFF_H
#define PC_WORKFORCE_STAFF_H

#include <gsl/gsl_rng.h>

#include "base/keyed_random.h"
#include "workforce/teams.h"

enum { STAFF_MOST_MONTHS = 121 }; /* of tenure told apart; the last: longer */

/* One team of one replicate; rows are [n_month]. */
typedef struct staff_team {
    int64_t *in_post, *starters, *leavers;
    double *agency;  /* posts covered */
    double *at_work; /* in post and agency as full case-holders: newly qualified count by their load */
} staff_team;

typedef struct staff {
    const pc_workforce *of;            /* borrowed */
    const work_teams *teams;           /* borrowed */
    staff_team *team;                  /* [n_team] */
    double monthly[STAFF_MOST_MONTHS]; /* chance of leaving in a month, by months of tenure */
    gsl_rng *rng;
} staff;

PC_MUST_USE pc_status staff_init(staff *self, const pc_workforce *of, const work_teams *teams);
void staff_run(staff *self, pc_random_key key);
/* Of `n` people of the longest tenure, those who are still there after so many months; `which` names the
 * draw. */
int64_t staff_survivors(staff *self, pc_random_key key, size_t which, double n, int months);
void staff_free(staff *self);

#endif
