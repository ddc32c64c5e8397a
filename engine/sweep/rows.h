/* rows.h - which rows of `results` a run gives. Private to sweep/. */
#ifndef PC_SWEEP_ROWS_H
#define PC_SWEEP_ROWS_H

#include "sweep/sweep_impl.h"

/* One row of `results`. */
typedef struct sweep_row {
    char date[PC_DAY_TEXT_SIZE]; /* a month end or a financial year */
    const char *measure, *category;
    const pc_statistics *value;
    double probability; /* of a target; NaN: `value` counts */
} sweep_row;

/* Shows every row of a forecast to `each`, in the order of the file; stops when that fails. */
PC_MUST_USE pc_status sweep_rows(const pc_sweep *self, const pc_forecast *forecast,
                                 pc_status (*each)(void *context, const sweep_row *row), void *context);
/* Whether what is to be kept can be there: dates, measures, categories. */
PC_MUST_USE pc_status sweep_keep_check(const pc_sweep *self, const sweep_job *job,
                                       pc_diagnostics *diagnostics);

#endif
