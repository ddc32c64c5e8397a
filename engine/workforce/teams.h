/* teams.h - teams put together from what they hold and from the structures that give them posts. Private to
 * workforce/. */
#ifndef PC_WORKFORCE_TEAMS_H
#define PC_WORKFORCE_TEAMS_H

#include <stdint.h>

#include "placecast/workforce.h"

/* One team by month; rows are [n_month]. */
typedef struct work_team {
    const char *name;      /* borrowed */
    const pc_team *holds;  /* what it holds, or NULL: only posts are known; borrowed */
    double *posts;         /* establishment; NaN: no structure is in force */
    double *cost_per_post; /* pounds a year, before pay awards; NaN: not known */
    double *premium;       /* pounds a year that the structure allows for the team */
} work_team;

typedef struct work_teams {
    size_t n_team, n_month;
    work_team *team;                  /* [n_team] */
    double *whole_cost, *whole_posts; /* [n_month]; of a structure without teams; NaN: it has teams, or none
                                         is in force */
    bool no_cost;                     /* posts whose cost is not known: they count nothing */
    double *award;                    /* [n_month]; pay of the month as a multiple of the file's prices */
    double *unfunded; /* [n_month]; part of that which no budget covers, as a multiple of the file's prices */
} work_teams;

/* `last` [n_month]: last day of each month, on which the structure in force counts. */
PC_MUST_USE pc_status work_teams_make(work_teams *self, const pc_workforce *of, size_t n_month,
                                      const pc_day *last);
void work_teams_free(work_teams *self);

/* Posts that hold `cases` at the target: workers, their managers, and other posts. */
double work_team_needed(const pc_team *holds, double cases);
/* Workers who hold cases, of so many posts. */
double work_team_workers(const pc_team *holds, double posts);
/* Cases of the team's target in so many cases of each kind. */
double work_team_cases(const pc_team *holds, const int64_t open[PC_N_CASE_KIND]);
/* Agency staff as a share of all staff, as published (Department for Education, social worker workforce):
 * agency / (agency + in post). 0 without staff. */
double work_agency_rate(double agency, double in_post);
/* Cases for each worker at work; 0 when there are none of both, infinite without workers. */
double work_team_case_load(const pc_team *holds, double cases, double workers);

#endif
