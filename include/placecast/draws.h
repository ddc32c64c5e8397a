/* draws.h - posterior draws kept between runs that have a model and a seed in common.
 *
 * A third of a run of a sweep can be the drawing of uncertain rates, and runs that change prices, places or
 * interventions draw the same ones. Kept draws are those of pc_model_draw to the last bit.
 */
#ifndef PC_DRAWS_H
#define PC_DRAWS_H

#include "placecast/model.h"

typedef struct pc_draws pc_draws;

/* Room for the first `n_draw` draws of each authority of `model` (borrowed) with that seed; each is made when
 * it is first asked for. *bytes (may be NULL): what they take when all are made. PC_ERR_NO_MEMORY. */
PC_MUST_USE pc_status pc_draws_new(const pc_model *model, uint64_t seed, size_t n_draw, pc_draws **out,
                                   size_t *bytes);
/* As pc_model_draw with the model and the seed of `self`. Thread-safe. */
PC_MUST_USE pc_status pc_draws_get(pc_draws *self, size_t authority_number, uint32_t draw, pc_rates *out);
uint64_t pc_draws_seed(const pc_draws *self);
void pc_draws_free(pc_draws *self); /* NULL is fine */

#endif
