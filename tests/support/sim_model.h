/* sim_model.h - models, scenarios and prices made by hand, for tests of whole runs. */
#ifndef PC_TEST_SIM_MODEL_H
#define PC_TEST_SIM_MODEL_H

#include "placecast/forecast.h"

#define SIM_MODEL_N_CATEGORY 3 /* foster, residential_home, other */

/* A model of `n_authority` councils named A, B, ... with about `children` children each and starts that keep
 * that number; rates by hand, no posterior: scenarios must switch parameter uncertainty off. The extract is
 * 15 March 2023 when `mid_month`, else 31 March 2023. Free with sim_model_free. */
void sim_model_make(pc_model *out, size_t n_authority, int children, bool mid_month);
void sim_model_free(pc_model *self);

/* `months` from `start` on, 40 replicates, seed 3, no layer on; nothing in it is owned. */
pc_scenario sim_model_scenario(pc_day start, int months);

/* Weekly 700 and 7000 pounds, `other` without a price, at prices of 2022/23; growth of 10% into 2023/24 and
 * of 5% (2% to 11%) into 2024/25 for all, of 20% into 2024/25 for residential homes. Static. */
const pc_prices *sim_model_prices(void);

#endif
