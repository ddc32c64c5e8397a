/* invest.h - money by month of every replicate of cases on shared randomness, and what comes of their
 * differences. */
#ifndef PC_OUTCOME_INVEST_H
#define PC_OUTCOME_INVEST_H

#include "outcome/case.h"
#include "placecast/invest.h"

typedef struct invest_flows {
    const outcome_case *of; /* [n_case]; borrowed */
    size_t n_case, n_month, n_year, n_category, replicates;
    int64_t *fixed; /* [n_case][n_month]; programme costs that are certain, pence */
    int64_t *bill;  /* [n_case][replicates][n_month]; pence */
    int64_t *cost;  /* [n_case][replicates][n_month]; programme costs, pence */
    double
        *away; /* [n_case][replicates][PC_N_OUT_OF_AREA][n_month]; place-days out of area; NULL: no shares */
    int32_t *days; /* [n_case][replicates][n_category][n_month]; place-days */
} invest_flows;

PC_MUST_USE pc_status invest_flows_init(invest_flows *self, const outcome_case *of, size_t n_case,
                                        size_t replicates);
/* Takes one replicate of a case from its cells. */
void invest_flows_take(invest_flows *self, size_t at, size_t replicate, const int64_t *cell);
void invest_flows_free(invest_flows *self);

/* Makes room for `n` parts. */
PC_MUST_USE pc_status invest_init(pc_invest *out, const invest_flows *from, const pc_scenario *scenario,
                                  const char *against, size_t n);
/* Fills part `which` with case `with` less case `without`. `intervention`: whose categories and stated saving
 * count; NULL: all placements, and the bill. */
PC_MUST_USE pc_status invest_part(const invest_flows *from, size_t with, size_t without,
                                  const pc_intervention *intervention, bool stated, const char *name,
                                  pc_invest *out, size_t which);

#endif
