/* backtest_origin.h - one origin of a back-test. */
#ifndef PC_OUTCOME_BACKTEST_ORIGIN_H
#define PC_OUTCOME_BACKTEST_ORIGIN_H

#include "outcome/backtest.h"

/* What all origins share; borrowed. */
typedef struct backtest_case {
    const pc_episodes *episodes; /* of all returns: what happened */
    const pc_scenario *scenario;
    pc_prices flat;          /* prices without growth */
    const pc_prices *prices; /* &flat, or NULL */
    size_t n_horizon;
    const int *horizon; /* [n_horizon] */
    int replicates;
} backtest_case;

typedef struct backtest_la {
    size_t number; /* in pc_episodes.la of all returns */
    char *name;
    pc_day known_to;          /* last day of what happened */
    backtest_series happened; /* from the first return on */
    backtest_series known;    /* the same months up to the origin, as known then */
} backtest_la;

typedef struct backtest_origin {
    pc_day day;
    size_t n_la, la_capacity;
    backtest_la *la; /* [n_la] */
    pc_model model;
} backtest_origin;

/* Cleans and fits what was known; authorities of whom it is too little, or nothing, are taken out. Reads
 * `of` alone, so that origins may be prepared at once. */
PC_MUST_USE pc_status backtest_origin_prepare(backtest_origin *self, const backtest_case *of,
                                              pc_diagnostics *diagnostics);
/* Simulates, and adds the rows of the origin to `out`. */
PC_MUST_USE pc_status backtest_origin_score(backtest_origin *self, const backtest_case *of,
                                            const pc_run_options *run, pc_skill *out, size_t *row_capacity,
                                            pc_diagnostics *diagnostics);
void backtest_origin_free(backtest_origin *self);

#endif
