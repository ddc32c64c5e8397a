#include "base/keyed_batch.h"

#include <stdbool.h>

/* Philox4x32-10 on vectors of 64-bit lanes, one entity a lane: each 32-bit word of the state lies in the low
 * half of its lane; the high halves hold what is left over from products and are never read. Two vectors are
 * worked on together, because a product takes longer than it takes to start the next. Constants: Salmon et
 * al. (2011), table 2. */
#define PHILOX_M0 0xD2511F53LL
#define PHILOX_M1 0xCD9E8D57LL
#define PHILOX_W0 0x9E3779B9U
#define PHILOX_W1 0xBB67AE85U

typedef struct batch_input {
    uint32_t key0, key1;
    uint32_t word2, word3; /* of the counter; words 0 and 1 are the entity */
} batch_input;

#if defined(__x86_64__) && !defined(PC_SCALAR)
#include <immintrin.h>

#define MAX_LANES 16

/* out[word * 2 * width + lane]: the four words of 2 * width entities. */
#define DEFINE_PHILOX(name, isa, vector, width, set1, load, store, product, shift, xor_, mask)               \
    __attribute__((target(isa))) static void name(const batch_input *input, const uint64_t *entity,          \
                                                  uint64_t *out)                                             \
    {                                                                                                        \
        vector a0 = load((const void *)entity), a1 = shift(a0, 32), a2 = set1((long long)input->word2);      \
        vector b0 = load((const void *)(entity + (width))), b1 = shift(b0, 32), b2 = a2;                     \
        vector a3 = set1((long long)input->word3), b3 = a3, low = set1(0xFFFFFFFFLL);                        \
        const vector m0 = set1(PHILOX_M0), m1 = set1(PHILOX_M1);                                             \
        uint32_t key0 = input->key0, key1 = input->key1;                                                     \
        for (int round = 0; round < 10; round++) {                                                           \
            vector k0 = set1((long long)key0), k1 = set1((long long)key1);                                   \
            vector p0 = product(a0, m0), p1 = product(a2, m1);                                               \
            vector q0 = product(b0, m0), q1 = product(b2, m1);                                               \
            a0 = xor_(xor_(shift(p1, 32), a1), k0);                                                          \
            a2 = xor_(xor_(shift(p0, 32), a3), k1);                                                          \
            b0 = xor_(xor_(shift(q1, 32), b1), k0);                                                          \
            b2 = xor_(xor_(shift(q0, 32), b3), k1);                                                          \
            a1 = p1;                                                                                         \
            a3 = p0;                                                                                         \
            b1 = q1;                                                                                         \
            b3 = q0;                                                                                         \
            key0 += PHILOX_W0;                                                                               \
            key1 += PHILOX_W1;                                                                               \
        }                                                                                                    \
        store((void *)out, mask(a0, low));                                                                   \
        store((void *)(out + (width)), mask(b0, low));                                                       \
        store((void *)(out + 2 * (width)), mask(a1, low));                                                   \
        store((void *)(out + 3 * (width)), mask(b1, low));                                                   \
        store((void *)(out + 4 * (width)), mask(a2, low));                                                   \
        store((void *)(out + 5 * (width)), mask(b2, low));                                                   \
        store((void *)(out + 6 * (width)), mask(a3, low));                                                   \
        store((void *)(out + 7 * (width)), mask(b3, low));                                                   \
    }

DEFINE_PHILOX(philox_avx512, "avx512f", __m512i, 8, _mm512_set1_epi64, _mm512_loadu_si512,
              _mm512_storeu_si512, _mm512_mul_epu32, _mm512_srli_epi64, _mm512_xor_si512, _mm512_and_si512)
DEFINE_PHILOX(philox_avx2, "avx2", __m256i, 4, _mm256_set1_epi64x, _mm256_loadu_si256, _mm256_storeu_si256,
              _mm256_mul_epu32, _mm256_srli_epi64, _mm256_xor_si256, _mm256_and_si256)
DEFINE_PHILOX(philox_sse2, "sse2", __m128i, 2, _mm_set1_epi64x, _mm_loadu_si128, _mm_storeu_si128,
              _mm_mul_epu32, _mm_srli_epi64, _mm_xor_si128, _mm_and_si128)

typedef void (*philox_function)(const batch_input *input, const uint64_t *entity, uint64_t *out);

static philox_function find_path(pc_batch_path path, size_t *lanes)
{
    bool best = path == PC_BATCH_BEST;

    if ((best || path == PC_BATCH_AVX512) && __builtin_cpu_supports("avx512f")) {
        *lanes = 16;
        return philox_avx512;
    }
    if ((best || path == PC_BATCH_AVX2) && __builtin_cpu_supports("avx2")) {
        *lanes = 8;
        return philox_avx2;
    }
    if (best || path == PC_BATCH_SSE2) {
        *lanes = 4;
        return philox_sse2;
    }
    return NULL;
}

/* As many whole groups of lanes as fit in n; returns how many entities that were. */
static size_t run_vectors(pc_batch_path path, const batch_input *input, const uint64_t *entity, size_t n,
                          pc_random_block *out)
{
    uint64_t word[4 * MAX_LANES];
    size_t lanes = 0, at = 0;
    philox_function philox = find_path(path, &lanes);

    for (; philox != NULL && at + lanes <= n; at += lanes) {
        philox(input, entity + at, word);
        for (size_t lane = 0; lane < lanes; lane++) {
            out[at + lane] =
                (pc_random_block){{(uint32_t)word[lane], (uint32_t)word[lanes + lane],
                                   (uint32_t)word[2 * lanes + lane], (uint32_t)word[3 * lanes + lane]}};
        }
    }
    return at;
}
#else
static size_t run_vectors(pc_batch_path path, const batch_input *input, const uint64_t *entity, size_t n,
                          pc_random_block *out)
{
    (void)path;
    (void)input;
    (void)entity;
    (void)n;
    (void)out;
    return 0;
}
#endif

void pc_random_batch_by(pc_batch_path path, pc_random_key key, const uint64_t *entity, size_t n,
                        pc_purpose purpose, uint32_t draw, pc_random_block *out)
{
    batch_input input = {.key0 = key.seed_low,
                         .key1 = key.replicate,
                         .word2 = pc_random_counter_word(purpose, draw),
                         .word3 = key.seed_high};
    size_t at = path == PC_BATCH_SCALAR ? 0 : run_vectors(path, &input, entity, n, out);

    for (; at < n; at++) {
        out[at] = pc_random(key, entity[at], purpose, draw);
    }
}

void pc_random_batch(pc_random_key key, const uint64_t *entity, size_t n, pc_purpose purpose, uint32_t draw,
                     pc_random_block *out)
{
    pc_random_batch_by(PC_BATCH_BEST, key, entity, n, purpose, draw, out);
}
