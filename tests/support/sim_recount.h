/* sim_recount.h - the simulation a second time, slowly: each child walked through care on its own
 * (sim_walk.h), then counted day by day. For the tests: the ledger of the fast loop must be this one. */
#ifndef PC_TEST_SIM_RECOUNT_H
#define PC_TEST_SIM_RECOUNT_H

#include "sim_walk.h"

/* Time in days since the origin, [begin, end). */
typedef struct sim_stay {
    double begin, end;
    size_t category;
    sim_why begun, ended;
    size_t cause; /* of an exit */
} sim_stay;

typedef struct sim_life {
    uint64_t entity;
    size_t stream;
    double mark; /* of a starter */
    double eighteenth;
    double age_edge[PC_N_AGE_BAND];
    size_t n, capacity;
    sim_stay *stay; /* [n] */
} sim_life;

typedef struct sim_recount {
    size_t n, capacity;
    sim_life *life; /* [n]; children at the origin, then starters */
    ledger count;   /* closed */
} sim_recount;

/* Recounts the replicate that `workspace` has just run, without capacity. */
void sim_recount_run(const replicate_workspace *workspace, uint32_t replicate, sim_recount *out);
void sim_recount_free(sim_recount *self);

/* Fails the test, with the place, unless both ledgers hold the same flows, stocks, place-days and exits. */
void sim_recount_equal(const ledger *fast, const ledger *slow);

#endif
