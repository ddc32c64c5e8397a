#include "base/keyed_random.h"

#include <string.h>

typedef struct keyed_state {
    pc_random_key key;
    uint64_t entity;
    pc_purpose purpose;
    uint32_t draw; /* of the next block */
    uint32_t used; /* words of `block` taken, 4 = none left */
    pc_random_block block;
} keyed_state;

static void keyed_set(void *state, unsigned long seed)
{
    keyed_state *self = state;

    memset(self, 0, sizeof *self);
    self->key = pc_random_key_make(seed, 0);
    self->used = 4;
}

static unsigned long keyed_get(void *state)
{
    keyed_state *self = state;

    if (self->used == 4) {
        self->block = pc_random(self->key, self->entity, self->purpose, self->draw++);
        self->used = 0;
    }
    return self->block.word[self->used++];
}

static double keyed_get_double(void *state)
{
    return pc_uniform((uint32_t)keyed_get(state));
}

static const gsl_rng_type keyed_type = {
    "placecast-philox4x32", UINT32_MAX, 0, sizeof(keyed_state), keyed_set, keyed_get, keyed_get_double};

gsl_rng *pc_gsl_rng_new(pc_random_key key, uint64_t entity, pc_purpose purpose)
{
    gsl_rng *rng = gsl_rng_alloc(&keyed_type);

    if (rng != NULL) {
        pc_gsl_rng_point(rng, key, entity, purpose);
    }
    return rng;
}

void pc_gsl_rng_point(gsl_rng *rng, pc_random_key key, uint64_t entity, pc_purpose purpose)
{
    keyed_state *self = rng->state;

    *self = (keyed_state){.key = key, .entity = entity, .purpose = purpose, .used = 4};
}
