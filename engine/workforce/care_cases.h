/* care_cases.h - looked-after children as cases: reviews due, proceedings, care leavers. Private to
 * workforce/. */
#ifndef PC_WORKFORCE_CARE_CASES_H
#define PC_WORKFORCE_CARE_CASES_H

#include "placecast/workforce.h"
#include "simulate/replicate.h"
#include "workforce/stay.h"

/* A period of care that is not over before the origin. Days since the origin. */
typedef struct care_spell {
    uint64_t entity;
    double start, birth;
    int32_t end;   /* first day out of care */
    uint8_t cause; /* pc_exit_cause; PC_N_EXIT_CAUSE: still in care at the horizon */
} care_spell;

/* Counts of one replicate. Month `n` ends before day month_end[n], days since the origin. */
typedef struct care_cases {
    stay_table proceedings_stay;
    const pc_care *of; /* borrowed */
    size_t n_month;
    const int *month_first, *month_end;                  /* [n_month]; borrowed */
    int64_t *children, *reviews, *proceedings, *leavers; /* [n_month] */
    int64_t *pathway; /* [n_pathway + 1][n_month]; the last: on none of them */
} care_cases;

PC_MUST_USE pc_status care_cases_init(care_cases *self, const pc_care *of, size_t n_month,
                                      const int *month_first, const int *month_end);
/* Begins a replicate: those who are care leavers already. */
void care_cases_begin(care_cases *self, pc_random_key key);
/* Adds periods of care; those of one authority's replicate. */
void care_cases_add(care_cases *self, pc_random_key key, const care_spell *spell, size_t n_spell);
void care_cases_add_stays(care_cases *self, pc_random_key key, const stays *from);
void care_cases_free(care_cases *self);

#endif
