/* programme.h - what interventions themselves cost (`cost:`), by month. */
#ifndef PC_OUTCOME_PROGRAMME_H
#define PC_OUTCOME_PROGRAMME_H

#include "outcome/case.h"

/* What is certain of one intervention's cost in a month of the forecast, pence: one-off in the month in which
 * it begins (none when that is before the forecast: it is spent), annual by days of the financial year while
 * it runs; in each authority in which it happens. */
int64_t programme_fixed_pence(const outcome_case *of, size_t intervention, size_t month);
/* What the children reached in that month cost, from a replicate's cells, pence. */
int64_t programme_reached_pence(const outcome_case *of, size_t intervention, size_t month,
                                const int64_t *cell);

#endif
