/* keyed_batch.h - many keyed blocks at once: the same bits as pc_random, several entities to an instruction.
 *
 * The widest vectors that the processor has are chosen at run time (AVX-512F, AVX2, SSE2 on x86-64; one by
 * one elsewhere). All arithmetic is on integers, so that every path gives the same bits.
 */
#ifndef PC_BASE_KEYED_BATCH_H
#define PC_BASE_KEYED_BATCH_H

#include <stddef.h>

#include "base/keyed_random.h"

typedef enum pc_batch_path {
    PC_BATCH_BEST,
    PC_BATCH_SCALAR,
    PC_BATCH_SSE2,
    PC_BATCH_AVX2,
    PC_BATCH_AVX512
} pc_batch_path;

/* out[i] = pc_random(key, entity[i], purpose, draw) for i < n. */
void pc_random_batch(pc_random_key key, const uint64_t *entity, size_t n, pc_purpose purpose, uint32_t draw,
                     pc_random_block *out);
/* The same by a named path, for tests and benchmarks. Falls back to the scalar path when the processor lacks
 * it. */
void pc_random_batch_by(pc_batch_path path, pc_random_key key, const uint64_t *entity, size_t n,
                        pc_purpose purpose, uint32_t draw, pc_random_block *out);

#endif
