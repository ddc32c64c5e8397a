/* trend_path.h - how the number of local children would go under rates that stay as they are. */
#ifndef PC_SIMULATE_TREND_PATH_H
#define PC_SIMULATE_TREND_PATH_H

#include "simulate/plan.h"

/* Expected local children by days since the origin: [n_period + 1], from day 0 on. */
typedef struct trend_path {
    size_t n;
    double *day, *children, *homes, *birthdays; /* birthdays: 18th birthdays so far */
} trend_path;

/* Children in care now without any start, then starters without anybody in care now; `plan` is as before
 * afterwards. `year` [PC_N_KNOT]: child-years are added to it; NULL: they are not wanted. What was made is
 * freed by trend_path_free, also after a failure. */
PC_MUST_USE pc_status trend_paths_solve(pc_plan *plan, int threads, trend_path *present, trend_path *starters,
                                        pc_trend_year *year);
/* `value`, one of the arrays of `self`, at `day`: in a straight line between ends of periods. */
double trend_path_at(const trend_path *self, const double *value, double day);
void trend_path_free(trend_path *self);

#endif
