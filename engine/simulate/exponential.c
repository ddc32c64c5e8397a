#include "simulate/exponential.h"

/* One source, one binary: the loop is compiled for wider vectors too, and the loader takes the widest that
 * the processor has. The sanitizers start too late for that choice. Each lane does what the scalar code does,
 * so that the bits are the same. Only gcc: what clang 14 makes of this does not link from other files. */
#if defined(__x86_64__) && defined(__OPTIMIZE__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__)
#define FOR_WIDER_VECTORS __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define FOR_WIDER_VECTORS
#endif

FOR_WIDER_VECTORS
void exponential_amounts(const pc_random_block *block, size_t n, double *exit_amount,
                         double *placement_amount)
{
    for (size_t at = 0; at < n; at++) {
        exit_amount[at] = exponential_from_word(block[at].word[0]);
        placement_amount[at] = exponential_from_word(block[at].word[2]);
    }
}
