/* plausible.h - what has to be said of a bill. */
#ifndef PC_OUTCOME_PLAUSIBLE_H
#define PC_OUTCOME_PLAUSIBLE_H

#include "outcome/case.h"

/* Warns when the chance of overspending a budget, the bill of a child-year or the share of children's homes
 * in it leaves the range of English authorities in some year of the forecast; of all authorities together.
 * `file` is the scenario's. */
void plausible_say(const pc_forecast *forecast, const char *file, pc_diagnostics *diagnostics);
/* What `method: expected` leaves out of the bill. */
void plausible_say_expected(const outcome_case *of, pc_diagnostics *diagnostics);

#endif
