/* return_scan.h - a first reading of the episode files: which authorities and years there are, and the dates
 * of each. */
#ifndef PC_INTAKE_RETURN_SCAN_H
#define PC_INTAKE_RETURN_SCAN_H

#include "intake/intake.h"

/* A group of rows while files are read: of one authority and one year, or of one authority and one file
 * without a year. */
typedef struct intake_group {
    uint32_t la;
    int32_t year;  /* INTAKE_NO_YEAR: that of the file, which is not known yet */
    uint32_t file; /* the first that holds a row of the group */
    pc_day latest_decom;
    uint32_t ret; /* once it is known */
    bool later;   /* of a return that was not known yet: left out of everything */
} intake_group;

/* How often a financial year occurs among the DECs of a group. */
typedef struct intake_year_count {
    uint32_t group;
    int32_t year;
    long rows;
} intake_year_count;

typedef struct intake_scan {
    intake *stage;
    uint32_t file; /* being read */
    intake_group *group;
    size_t n_group, group_capacity;
    intake_pair_index group_index; /* (la, year or file) -> group */
    intake_year_count *count;
    size_t n_count, count_capacity;
    intake_pair_index count_index;  /* (group, financial year) -> count */
    intake_pair_index member_index; /* (group, file): which files hold rows of it */
    bool blank_la;                  /* some row has none */
} intake_scan;

/* Reads every episode file. `self` holds the stage and is else zeroed. */
PC_MUST_USE pc_status intake_scan_files(intake_scan *self);
void intake_scan_free(intake_scan *self);

/* Groups with one key are taken together: for each key the commonest financial year of their DECs, ties to
 * the later; without any, that of their latest DECOM; else INTAKE_NO_YEAR. `key`: [n_group],
 * INTAKE_NOT_FOUND: left out; `best`: [n_key]. */
PC_MUST_USE pc_status intake_commonest_years(const intake_scan *self, const uint32_t *key, size_t n_key,
                                             int32_t *best);

#endif
