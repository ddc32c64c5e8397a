/* expect.h - a forecast by the expected-value method. */
#ifndef PC_OUTCOME_EXPECT_H
#define PC_OUTCOME_EXPECT_H

#include "outcome/case.h"

/* Fills the means, and standard deviations of children where no layer is on; everything else stays unknown.
 */
PC_MUST_USE pc_status expect_forecast(const outcome_case *self, int threads, pc_forecast *out);

#endif
