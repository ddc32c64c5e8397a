/* gamma_stream.h - gamma variates from one stream of keyed random numbers, without memory of its own.
 *
 * A draw of the parameters takes thousands of them: GSL's sampler behind a gsl_rng takes twice as long.
 */
#ifndef PC_ESTIMATE_GAMMA_STREAM_H
#define PC_ESTIMATE_GAMMA_STREAM_H

#include "base/keyed_random.h"

typedef struct gamma_stream {
    pc_random_key key;
    uint64_t entity;
    uint32_t draw; /* of the next block */
    uint32_t used; /* words of `block` taken; 4: none left */
    pc_random_block block;
} gamma_stream;

/* Points at the numbers of (key, entity) for PC_PURPOSE_PARAMETERS. */
static inline gamma_stream gamma_stream_at(pc_random_key key, uint64_t entity)
{
    return (gamma_stream){.key = key, .entity = entity, .used = 4};
}

/* (0, 1). */
static inline double gamma_stream_uniform(gamma_stream *self)
{
    if (self->used == 4) {
        self->block = pc_random(self->key, self->entity, PC_PURPOSE_PARAMETERS, self->draw++);
        self->used = 0;
    }
    return pc_uniform(self->block.word[self->used++]);
}

/* Gamma(shape, rate), mean shape / rate; 0 for a shape of 0 or less. */
double gamma_stream_draw(gamma_stream *self, double shape, double rate);

/* The x below which a standard normal variate falls with chance p, 0 < p < 1. */
double gamma_stream_normal_quantile(double p);

#endif
