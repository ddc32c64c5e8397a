/* keyed_random.h - counter-based random numbers: the draw is a function of its key, not of what was drawn
 * before.
 *
 * Philox4x32-10 (Salmon, Moraes, Dror, Shaw, "Parallel Random Numbers: As Easy as 1, 2, 3", SC11) from
 * Random123. The key is (seed, replicate); the counter is (entity, purpose, draw). The scenario is not part
 * of either, so that two scenarios share every draw that they do not change, and the order of replicates,
 * threads and shards cannot matter.
 */
#ifndef PC_BASE_KEYED_RANDOM_H
#define PC_BASE_KEYED_RANDOM_H

#include <gsl/gsl_rng.h>
#include <stdint.h>

#include <Random123/philox.h>

/* What a draw is for. Each purpose has its own counters; add at the end, never renumber: numbers are part of
 * the results. */
typedef enum pc_purpose {
    PC_PURPOSE_LIFE = 0,       /* clocks and destinations of one child                    */
    PC_PURPOSE_STARTS = 1,     /* how many children start in a month                      */
    PC_PURPOSE_STARTER = 2,    /* day, age, mark and first placement of one starter       */
    PC_PURPOSE_PARAMETERS = 3, /* posterior draws                                         */
    PC_PURPOSE_YEAR = 4,       /* year effects                                            */
    PC_PURPOSE_DISPERSION = 5, /* over-dispersion of a month's starts                     */
    PC_PURPOSE_ORDER = 6,      /* order of arrival within a day                           */
    PC_PURPOSE_PRICE = 7,      /* price of a placement, inflation of a year               */
    PC_PURPOSE_SYNTH = 8,      /* synthetic returns                                       */
    PC_PURPOSE_INTERVENTION = 9,
    PC_PURPOSE_SUBSTITUTION = 10,
    PC_PURPOSE_BUDGET = 11,
    PC_PURPOSE_DESIGN = 12,     /* points of a sweep, resampling of its results */
    PC_PURPOSE_FRONT_DOOR = 13, /* cases of the front door: volumes, stays, conversions     */
    PC_PURPOSE_CASE = 14,       /* proceedings and pathway of one child                     */
    PC_PURPOSE_STAFF = 15       /* who leaves and who starts in a team                      */
} pc_purpose;

typedef struct pc_random_key {
    uint32_t seed_low, seed_high;
    uint32_t replicate;
} pc_random_key;

typedef struct pc_random_block {
    uint32_t word[4];
} pc_random_block;

static inline pc_random_key pc_random_key_make(uint64_t seed, uint32_t replicate)
{
    return (pc_random_key){(uint32_t)seed, (uint32_t)(seed >> 32), replicate};
}

/* The counter's third word; draw < 2^24, purpose < 2^8. */
static inline uint32_t pc_random_counter_word(pc_purpose purpose, uint32_t draw)
{
    return ((uint32_t)purpose << 24) | draw;
}

/* 128 random bits for (key, entity, purpose, draw); draw < 2^24, purpose < 2^8. The high half of the seed is
 * mixed into the last counter word's neighbour by addition, so that all 64 bits of the seed count. */
static inline pc_random_block pc_random(pc_random_key key, uint64_t entity, pc_purpose purpose, uint32_t draw)
{
    philox4x32_ctr_t counter = {
        {(uint32_t)entity, (uint32_t)(entity >> 32), pc_random_counter_word(purpose, draw), key.seed_high}};
    philox4x32_key_t philox_key = {{key.seed_low, key.replicate}};
    philox4x32_ctr_t bits = philox4x32(counter, philox_key);

    return (pc_random_block){{bits.v[0], bits.v[1], bits.v[2], bits.v[3]}};
}

/* (0, 1), never 0 or 1: the middle of one of 2^32 equal cells. */
static inline double pc_uniform(uint32_t word)
{
    return ((double)word + 0.5) * 0x1p-32;
}

/* A GSL generator over the blocks of one (key, entity, purpose): for GSL's samplers where speed does not
 * matter. The caller frees it with gsl_rng_free. NULL when out of memory. */
gsl_rng *pc_gsl_rng_new(pc_random_key key, uint64_t entity, pc_purpose purpose);
/* Points an existing generator made by pc_gsl_rng_new elsewhere, without allocating. */
void pc_gsl_rng_point(gsl_rng *rng, pc_random_key key, uint64_t entity, pc_purpose purpose);

#endif
