/* stationary.h - ages and times in care of children in a steady state: those who started at a steady rate by
 * age, less those who left. Private to the fit from summary tables. */
#ifndef PC_ESTIMATE_STATIONARY_H
#define PC_ESTIMATE_STATIONARY_H

#include "estimate/estimate.h"

#define STATIONARY_N_MONTH (PC_N_AGE_YEAR * 12)

/* At the age of t months: present[t] children to a month of age, of whom those who started by month m are
 * present[m] exp(hazard[m] - hazard[t]). */
typedef struct stationary {
    double present[STATIONARY_N_MONTH + 1];
    double hazard[STATIONARY_N_MONTH + 1]; /* cumulative from birth */
} stationary;

/* `starts` a year of age, any scale; `leave` a child-year by age band. */
void stationary_solve(const double starts[PC_N_AGE_YEAR], const double leave[PC_N_AGE_BAND], stationary *out);
/* Of the children of an age band, how many leave it by a birthday a year; 1 / its width when there are none.
 */
double stationary_ageing(const stationary *self, size_t band);
/* The age in months below which the share `u` of a band's children are. Even over the band when there are
 * none. */
double stationary_age(const stationary *self, size_t band, double u);
/* Months in care of a child of `age` months: the time that the share `u` of children of that age exceed. */
double stationary_stay(const stationary *self, double age, double u);

#endif
