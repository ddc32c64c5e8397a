/* stay.h - how long cases stay, in months. Private to workforce/.
 *
 * Cases arrive evenly over a month of m = 365.25 / 12 days. With A(x) = E[min(T, x)], the integral of the
 * survival function, a case leaves k or more months after that of its arrival with probability
 * (A(k m) - A((k - 1) m)) / m for k >= 1: the number open at the end of a month is then that of the
 * continuous process, and delays keep their mean. Of cases in equilibrium (A(k m) - A((k - 1) m)) / A(inf)
 * leave in the k-th month to come.
 */
#ifndef PC_WORKFORCE_STAY_H
#define PC_WORKFORCE_STAY_H

#include "placecast/workforce.h"

enum { STAY_MOST_MONTHS = 240 };
#define STAY_MONTH (365.25 / 12.0)

double stay_mean(const pc_stay *self);
/* E[min(T, days)]; days >= 0. */
double stay_within(const pc_stay *self, double days);
/* The duration below which a share u of stays is; 0 < u < 1. */
double stay_quantile(const pc_stay *self, double u);
/* The same to the day, cheaply: the inverse of a gamma distribution takes longer than the rest of a child's
 * case. */
typedef struct stay_table {
    const pc_stay *of; /* borrowed */
    size_t n;          /* 0: no table, each stay is worked out */
    double *shorter;   /* [n]; share of stays shorter than 0, 1, ... n - 1 days; ascending */
} stay_table;

PC_MUST_USE pc_status stay_table_make(stay_table *self, const pc_stay *of);
/* A duration that is on the same side of every whole number of days as stay_quantile(of, u). */
double stay_table_quantile(const stay_table *self, double u);
void stay_table_free(stay_table *self); /* may be called twice */

/* leave[k], k = 0 .. n - 1: share of a month's cases that leave k months later; residual[k]: share of open
 * cases in equilibrium that leave in month k + 1 from now. Both sum to 1; what is left after n months goes
 * in the last. Returns n <= STAY_MOST_MONTHS. */
size_t stay_months(const pc_stay *self, double leave[STAY_MOST_MONTHS], double residual[STAY_MOST_MONTHS]);

#endif
