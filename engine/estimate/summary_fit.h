/* summary_fit.h - the steps of the fit from summary tables, in the order in which pc_fit_summary takes them.
 * Private to the estimate stage. */
#ifndef PC_ESTIMATE_SUMMARY_FIT_H
#define PC_ESTIMATE_SUMMARY_FIT_H

#include "estimate/stationary.h"
#include "estimate/summary_joint.h"
#include "placecast/priors.h"

#define SUMMARY_MOST_YEARS 3 /* of starts and ceases; as the default window of returns */

typedef struct summary_work {
    const pc_summary *summary;
    const pc_codes *codes;
    const pc_priors *priors;
    pc_diagnostics *diagnostics;
    summary_seed seed;
    pc_day extract;
    double *stock;                                      /* [JOINT_STOCK_CELLS]; on the extract */
    size_t n_year;                                      /* of starts and ceases */
    double years[PC_N_STREAM][PC_N_AGE_BAND];           /* child-years at risk in them */
    double starts[PC_N_STREAM][PC_N_AGE_YEAR];          /* in all those years */
    double ceases[PC_N_STREAM][PC_SUMMARY_N_AGE];       /* in all those years */
    double n_start_year, n_cease_year;                  /* years that have them */
    double change, start_total, cease_total, n_balance; /* in the years that have stock at both ends */
    double leave[PC_N_STREAM][PC_N_AGE_BAND];           /* exits a child-year: national times factor */
    double factor[PC_N_STREAM][PC_N_AGE_BAND];          /* of the national exits */
    double weight[PC_N_STREAM][PC_N_AGE_BAND];          /* events that the factor is worth, for the draws */
    stationary steady[PC_N_STREAM];
} summary_work;

/* Children of a stream and age band on the extract, and of a category among them. */
double summary_stock(const summary_work *self, size_t stream, size_t age, int category);

/* summary_years.c: stock, starts and ceases joined, with what balance they leave. */
PC_MUST_USE pc_status summary_take_years(summary_work *self);
/* summary_rates.c: exits, moves, starts and first placements, with what the draws need. */
PC_MUST_USE pc_status summary_make_rates(summary_work *self, pc_authority_model *out);
/* summary_children.c: one child for each in the stock. */
PC_MUST_USE pc_status summary_make_children(const summary_work *self, pc_authority_model *out);

#endif
