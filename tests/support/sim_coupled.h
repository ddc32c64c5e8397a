/* sim_coupled.h - the simulation with capacity a second time, slowly: every day all children are looked at,
 * and the rules of docs/capacity.md are followed as they are written. For the tests: the ledger of the
 * day-ordered loop must be this one. No interventions. */
#ifndef PC_TEST_SIM_COUPLED_H
#define PC_TEST_SIM_COUPLED_H

#include "sim_walk.h"

/* Recounts the replicate that `workspace` has just run into `out`, which becomes a closed ledger; free it. */
void sim_coupled_run(const replicate_workspace *workspace, uint32_t replicate, ledger *out);
/* Fails the test, with the place, unless both ledgers are the same in every series and in exits. */
void sim_coupled_equal(const ledger *fast, const ledger *slow);

#endif
