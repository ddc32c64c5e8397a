/* Unit exponentials from 32 random bits. */
#include "pc_test.h"

#include <math.h>

#include "simulate/exponential.h"

static double by_logarithm(uint32_t word)
{
    return (double)-logl(((long double)word + 0.5L) / 0x1p32L);
}

/* Error below 1e-12, as the header says, and small beside the value where the value is small: the least one
 * is 1.16e-10. */
static void check_word(uint32_t word)
{
    assert_close(exponential_from_word(word), by_logarithm(word), 0.0, 1e-12);
    if (word > UINT32_MAX - (1U << 20)) {
        assert_close(exponential_from_word(word), by_logarithm(word), 1e-9, 0.0);
    }
}

static void the_logarithm_is_right_at_the_ends_at_powers_of_two_and_beside_them(void **state)
{
    (void)state;
    for (unsigned bit = 0; bit < 32; bit++) {
        for (int beside = -2; beside <= 2; beside++) {
            check_word((uint32_t)(1U << bit) + (uint32_t)beside);
        }
    }
    check_word(0);
    check_word(UINT32_MAX);
    check_word(UINT32_MAX / 2);
    check_word(UINT32_MAX / 2 + 1);
    assert_true(exponential_from_word(UINT32_MAX) > 0.0); /* never nothing: an event takes time */
    assert_true(exponential_from_word(0) < 23.0);
}

/* The mantissa is cut at the square root of one half: both sides of the seam, for every exponent. */
static void the_logarithm_is_right_where_the_mantissa_folds(void **state)
{
    (void)state;
    for (unsigned bit = 1; bit < 33; bit++) {
        double seam = ldexp(sqrt(0.5), (int)bit) / 2.0; /* w with 2w + 1 = sqrt(1/2) 2^bit */

        for (int beside = -3; beside <= 3; beside++) {
            double word = floor(seam) + beside;

            if (word >= 0.0 && word <= UINT32_MAX) {
                check_word((uint32_t)word);
            }
        }
    }
}

static void the_logarithm_is_right_all_over_and_falls_as_the_word_grows(void **state)
{
    double before = INFINITY;
    (void)state;
    for (uint64_t word = 0; word <= UINT32_MAX; word += 40009) {
        double value = exponential_from_word((uint32_t)word);

        check_word((uint32_t)word);
        assert_true(value < before);
        before = value;
    }
}

static void neighbours_never_rise(void **state)
{
    static const uint32_t around[] = {0, 1U << 16, 3037000499U, 0xB504F333U, UINT32_MAX - 4096};
    (void)state;
    for (size_t at = 0; at < sizeof around / sizeof around[0]; at++) {
        for (uint32_t word = around[at]; word < around[at] + 4095; word++) {
            assert_true(exponential_from_word(word + 1) <= exponential_from_word(word));
        }
    }
}

/* The wide loop gives what the scalar function gives, to the bit, for any length. */
static void a_row_of_blocks_gives_the_same_bits_as_one_by_one(void **state)
{
    enum { MOST = 41 };
    pc_random_block block[MOST];
    double exits[MOST + 1], placements[MOST + 1];

    (void)state;
    for (size_t at = 0; at < MOST; at++) {
        block[at] = pc_random(pc_random_key_make(5, 6), at, PC_PURPOSE_LIFE, 0);
    }
    block[3].word[0] = 0;
    block[4].word[2] = UINT32_MAX;
    for (size_t n = 0; n <= MOST; n++) {
        exits[n] = placements[n] = -1.0;
        exponential_amounts(block, n, exits, placements);
        for (size_t at = 0; at < n; at++) {
            double expected[2] = {exponential_from_word(block[at].word[0]),
                                  exponential_from_word(block[at].word[2])};

            assert_memory_equal(&exits[at], &expected[0], sizeof(double));
            assert_memory_equal(&placements[at], &expected[1], sizeof(double));
        }
        assert_close(exits[n], -1.0, 0.0, 0.0); /* nothing is written beyond the end */
        assert_close(placements[n], -1.0, 0.0, 0.0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_logarithm_is_right_at_the_ends_at_powers_of_two_and_beside_them),
        cmocka_unit_test(the_logarithm_is_right_where_the_mantissa_folds),
        cmocka_unit_test(the_logarithm_is_right_all_over_and_falls_as_the_word_grows),
        cmocka_unit_test(neighbours_never_rise),
        cmocka_unit_test(a_row_of_blocks_gives_the_same_bits_as_one_by_one),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
