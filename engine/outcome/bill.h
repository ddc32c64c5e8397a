/* bill.h - child-years and the bill by age band, category and financial year, added up over replicates and
 * authorities: what the accounting of a change needs. */
#ifndef PC_OUTCOME_BILL_H
#define PC_OUTCOME_BILL_H

#include "outcome/money.h"

/* Sums of whole numbers: the order in which replicates are added does not matter. */
typedef struct bill {
    size_t n_category, n_year;
    int64_t *days;   /* [n_year][PC_N_AGE_BAND][n_category]; place-days */
    int64_t *money;  /* [n_year][PC_N_AGE_BAND][n_category]; paid for them, in BILL_PART of a penny */
    int64_t *rest;   /* [n_year]; paid, but not for a child's days, in BILL_PART of a penny */
    int64_t *open;   /* [n_year]; children when the year's reported months begin */
    int64_t *close;  /* [n_year]; when they end */
    int64_t *starts; /* [n_year] */
} bill;

#define BILL_PART 1024 /* parts of a penny, so that the share of an age is exact enough */

PC_MUST_USE pc_status bill_init(bill *self, const grid *shape);
/* Adds one replicate of one authority: `from` is closed and keeps ages, `prices` is filled from it. */
void bill_add(bill *self, const grid *shape, const ledger *from, const money *prices);
/* Adds `from`, of the same shape. */
void bill_merge(bill *self, const bill *from);
void bill_free(bill *self);

static inline size_t bill_cell(const bill *self, size_t year, size_t age, size_t category)
{
    return (year * PC_N_AGE_BAND + age) * self->n_category + category;
}

#endif
