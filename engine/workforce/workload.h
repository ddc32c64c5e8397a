/* workload.h - one replicate of the workforce: cases, posts, staff and money as a row of integers.
 *
 * Cells: for each series the months, then the financial years. Money comes first.
 */
#ifndef PC_WORKFORCE_WORKLOAD_H
#define PC_WORKFORCE_WORKLOAD_H

#include "placecast/workload.h"
#include "simulate/replicate.h"
#include "workforce/care_cases.h"
#include "workforce/funnel.h"
#include "workforce/staff.h"
#include "workforce/teams.h"

/* What all replicates and threads share. */
typedef struct workload_plan {
    const pc_workforce *of; /* borrowed, as is the next */
    const pc_plan *plan;    /* of the first authority: months and interventions are the same for all */
    size_t n_month, n_year;
    int *month_first, *month_end; /* [n_month]; days since the origin */
    int *year;                    /* [n_month]; financial year */
    size_t *year_of_month;        /* [n_month]; number of that year in the forecast */
    pc_day *last_day;             /* [n_month] */
    int *days;                    /* [n_month] */
    funnel_plan funnel;
    work_teams teams;
    size_t n_series, n_money; /* the first n_money series are pence */
    pc_workload_series *series;
    size_t n_cell;
} workload_plan;

/* The months are those of the plan that are reported. `of` and `plan` must outlive it. */
PC_MUST_USE pc_status workload_plan_make(workload_plan *self, const pc_workforce *of, const pc_plan *plan);
void workload_plan_free(workload_plan *self);

/* Whether two plans have the same series and months, so that their cells can be subtracted. */
bool workload_plans_match(const workload_plan *a, const workload_plan *b);

/* Scratch of one thread. */
typedef struct workload {
    const workload_plan *plan; /* borrowed */
    funnel funnel;
    care_cases care;
    staff staff;
    int64_t *cell; /* [n_cell]; of the replicate run last */
} workload;

PC_MUST_USE pc_status workload_init(workload *self, const workload_plan *plan);
/* Runs replicate `replicate` after `by` [n], the authorities' own runs of it. Fills self->cell. */
void workload_run(workload *self, const replicate_workspace *by, size_t n, uint32_t replicate);
void workload_free(workload *self);

static inline size_t workload_monthly(const workload_plan *self, size_t series, size_t month)
{
    return series * (self->n_month + self->n_year) + month;
}
static inline size_t workload_annual(const workload_plan *self, size_t series, size_t year)
{
    return series * (self->n_month + self->n_year) + self->n_month + year;
}
/* Whether the series means something in that month, or in some month of that year: posts, and what follows
 * from them, are not known before a structure is in force. */
bool workload_known(const workload_plan *self, size_t series, size_t month);
bool workload_known_in_year(const workload_plan *self, size_t series, size_t year);
/* Number of the series, or n_series. */
size_t workload_find(const workload_plan *self, pc_workload_measure measure, const char *category);

#endif
