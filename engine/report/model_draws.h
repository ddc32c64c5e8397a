/* model_draws.h - draws from a fitted model, kept for the intervals of its tables. */
#ifndef PC_MODEL_DRAWS_H
#define PC_MODEL_DRAWS_H

#include "placecast/model.h"

#define REPORT_N_DRAW 199 /* the 5th and 195th in order bound 95% exactly: (195 - 5) / 200 */

typedef struct report_draws {
    size_t n_value; /* of one draw: exit, move, status, starts, first, in this order */
    size_t offset[5];
    float *value; /* [n_value][REPORT_N_DRAW]; rates hold no more than a float does */
} report_draws;

PC_MUST_USE pc_status report_draws_make(const pc_model *model, size_t authority, report_draws *out);
void report_draws_free(report_draws *self);

/* Places of a value: number within the family (0 exit, 1 move, 2 status), as in pc_rates. */
static inline size_t report_draws_rate(const report_draws *self, size_t family, size_t number)
{
    return self->offset[family] + number;
}
static inline size_t report_draws_start(const report_draws *self, size_t number)
{
    return self->offset[3] + number;
}
static inline size_t report_draws_first(const report_draws *self, size_t number)
{
    return self->offset[4] + number;
}
/* The 95% interval of one value. */
void report_draws_interval(const report_draws *self, size_t place, double *low, double *high);

#endif
