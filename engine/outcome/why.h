/* why.h - why the bill changed: the parts of pc_why. */
#ifndef PC_OUTCOME_WHY_H
#define PC_OUTCOME_WHY_H

#include "outcome/bill.h"

/* ---- why_rows.c ---- */

/* "2012/13" or a scenario's name, owned by `self`; NULL when out of memory. */
const char *why_name(pc_why *self, const char *text);
/* Pence of a bill as it stands in annual.csv: the same rounding. */
int64_t why_printed_pence(double pounds);

typedef struct why_change {
    const char *from, *to; /* of why_name */
    int year;
    pc_why_layer layer;
    int64_t pence; /* of the bill, as printed */
} why_change;

/* Adds one row for each of n drivers, in whole pence that add up to change->pence. Driver and kind are
 * constants or of why_name. */
PC_MUST_USE pc_status why_add(pc_why *self, const why_change *change, size_t n, const char *const *driver,
                              const char *const *kind, const double *pence);

/* ---- why_account.c: bill = child-years x age share x category share given age x price ---- */

/* One financial year of one run, in means over replicates. */
typedef struct why_year {
    size_t n_category;
    const int64_t *days, *money;      /* [PC_N_AGE_BAND][n_category]; sums over `replicates` */
    double replicates, years;         /* years: of the days covered */
    double rest, open, close, starts; /* pence; children; children; starts */
} why_year;

why_year why_year_of(const bill *from, const grid *shape, size_t year, size_t replicates);

/* Where more children at some moment come from: they add up to the difference. */
typedef struct why_stock {
    double at_start, starts, stay;
} why_stock;

/* part [PC_N_WHY_DRIVER], in pence: they add up to the change of the bill. `opening` says where the
 * difference in children at the start of the year comes from; NULL: that is a driver of its own. */
void why_account(const why_year *before, const why_year *after, const why_stock *opening,
                 double part[PC_N_WHY_DRIVER]);
/* From the children at the start of the year, of the same length, to those at its end. */
void why_carry(const why_year *before, const why_year *after, why_stock *stock);

/* Rows of the accounting layer: each year of a run against the one before, whose mean bills `annual` [n_year]
 * are in pounds; and each year of one run against that of another. */
PC_MUST_USE pc_status why_years(const bill *of, const grid *shape, size_t replicates,
                                const pc_forecast *forecast, pc_why *out);
PC_MUST_USE pc_status why_pair(const bill *base, const bill *of, const grid *shape, size_t replicates,
                               const pc_forecast *base_forecast, const pc_forecast *forecast, pc_why *out);

#endif
