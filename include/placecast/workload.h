/* workload.h - results of the workforce: cases, posts, staff and what they cost, by month and financial year.
 *
 * returns -> episodes -> model -> scenario -> simulation -> [workforce] -> forecast -> report
 */
#ifndef PC_WORKLOAD_H
#define PC_WORKLOAD_H

#include <stdbool.h>
#include <stddef.h>

#include "placecast/day.h"

/* X(name, name in the files, annual value: 0 = that of the year's last month, 1 = sum over its months, unit
 * of the counts kept: 100 = hundredths, decimals shown). Categories: stages and kinds of case, teams,
 * pathways; `all` for their sum. Amounts of money come first: they are kept in pence. */
#define PC_WORKLOAD_LIST(X)                                                                                  \
    X(STAFF_COST, "staff_cost_gbp", 1, 100, 2)                                                               \
    X(UNFUNDED, "pay_award_unfunded_gbp", 1, 100, 2)                                                         \
    X(RECRUITMENT, "recruitment_gbp", 1, 100, 2)                                                             \
    X(RETENTION, "retention_gbp", 1, 100, 2)                                                                 \
    X(LEAVER_COST, "care_leaver_cost_gbp", 1, 100, 2)                                                        \
    X(NEW, "cases_new", 1, 1, 0)                                                                             \
    X(ENDED, "cases_ended", 1, 1, 0)                                                                         \
    X(OPEN, "open_cases", 0, 1, 0)                                                                           \
    X(REVIEWS, "reviews_due", 1, 1, 0)                                                                       \
    X(NEEDED, "posts_needed", 0, 100, 2)                                                                     \
    X(POSTS, "posts", 0, 100, 2)                                                                             \
    X(GAP, "gap_posts", 0, 100, 2)                                                                           \
    X(IN_POST, "staff_in_post", 0, 1, 0)                                                                     \
    X(AGENCY, "agency_posts", 0, 100, 2)                                                                     \
    X(AGENCY_RATE, "agency_rate", 0, 10000, 4)                                                               \
    X(STARTERS, "staff_starters", 1, 1, 0)                                                                   \
    X(LEAVERS, "staff_leavers", 1, 1, 0)                                                                     \
    X(CASE_LOAD, "case_load", 0, 100, 2)                                                                     \
    X(OVER_TARGET, "months_over_target", 1, 1, 0)                                                            \
    X(OVER_TARGET_STAFFED, "months_over_target_staffed", 1, 1, 0)                                            \
    X(OVER_GUARANTEE, "months_over_guarantee", 1, 1, 0)

typedef enum pc_workload_measure {
#define PC_WORKLOAD_ENUM(name, text, annual_sum, unit, decimals) PC_WORKLOAD_##name,
    PC_WORKLOAD_LIST(PC_WORKLOAD_ENUM)
#undef PC_WORKLOAD_ENUM
        PC_N_WORKLOAD
} pc_workload_measure;
const char *pc_workload_name(pc_workload_measure measure);
int pc_workload_unit(pc_workload_measure measure);
int pc_workload_decimals(pc_workload_measure measure);
bool pc_workload_sums(pc_workload_measure measure); /* over the months of a year */
bool pc_workload_is_money(pc_workload_measure measure);
bool pc_workload_counts_months(pc_workload_measure measure); /* of a year */

/* One row of numbers. */
typedef struct pc_workload_series {
    pc_workload_measure measure;
    const char *category; /* borrowed, or "all" */
} pc_workload_series;

#endif
