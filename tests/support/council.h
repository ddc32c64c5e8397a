/* council.h - a council whose returns are made from known rates, and the model fitted to them. */
#ifndef PC_TEST_COUNCIL_H
#define PC_TEST_COUNCIL_H

#include "placecast/model.h"
#include "placecast/prices.h"
#include "placecast/priors.h"

typedef struct council {
    pc_codes codes;
    pc_priors priors;
    pc_prices prices;
    pc_episodes episodes;
    pc_quality quality;
    pc_model model;
    pc_rates truth;
    pc_diagnostics diagnostics;
} council;

/* Six years of returns, without a folder left behind; prices of the bundled example. Dies on failure. */
void council_make(council *self, uint64_t seed, int children);
void council_unmake(council *self);

#endif
