/* Many keyed blocks at once: every path gives the bits of pc_random. */
#include "pc_test.h"

#include "base/keyed_batch.h"

enum { MOST = 70 };

static const pc_batch_path path[] = {PC_BATCH_BEST, PC_BATCH_SCALAR, PC_BATCH_SSE2, PC_BATCH_AVX2,
                                     PC_BATCH_AVX512};

static void fill(uint64_t entity[MOST])
{
    for (uint64_t at = 0; at < MOST; at++) {
        entity[at] = at * UINT64_C(0x9E3779B97F4A7C15) ^ (at % 3 == 0 ? 0 : UINT64_MAX << (at % 64));
    }
    entity[1] = UINT64_MAX;
    entity[2] = 0;
}

static void check(pc_batch_path by, pc_random_key key, const uint64_t *entity, size_t n, pc_purpose purpose,
                  uint32_t draw)
{
    pc_random_block out[MOST + 1];

    memset(out, 0xA5, sizeof out);
    pc_random_batch_by(by, key, entity, n, purpose, draw, out);
    for (size_t at = 0; at < n; at++) {
        pc_random_block expected = pc_random(key, entity[at], purpose, draw);

        assert_memory_equal(&out[at], &expected, sizeof expected);
    }
    for (size_t word = 0; word < 4; word++) {
        assert_int_equal(out[n].word[word], 0xA5A5A5A5U); /* nothing is written beyond the end */
    }
}

static void every_path_gives_the_same_bits_for_any_number_of_entities(void **state)
{
    uint64_t entity[MOST];

    (void)state;
    fill(entity);
    for (size_t by = 0; by < sizeof path / sizeof path[0]; by++) {
        for (size_t n = 0; n <= MOST; n++) {
            check(path[by], pc_random_key_make(UINT64_C(0xFEDCBA9876543210), 77), entity, n, PC_PURPOSE_LIFE,
                  3);
        }
    }
}

static void every_path_agrees_at_the_ends_of_key_purpose_and_draw(void **state)
{
    static const uint64_t seed[] = {0, 1, UINT32_MAX, UINT64_C(1) << 32, UINT64_MAX};
    static const uint32_t replicate[] = {0, 1, UINT32_MAX}, draw[] = {0, 1, 0xFFFFFF};
    uint64_t entity[MOST];

    (void)state;
    fill(entity);
    for (size_t at = 0; at < 5 * 3 * 3; at++) {
        pc_random_key key = pc_random_key_make(seed[at % 5], replicate[at / 5 % 3]);

        for (size_t by = 0; by < sizeof path / sizeof path[0]; by++) {
            check(path[by], key, entity, 33, (pc_purpose)255, draw[at / 15]);
            check(path[by], key, entity, 33, PC_PURPOSE_LIFE, draw[at / 15]);
        }
    }
}

static void the_default_path_is_the_best_one(void **state)
{
    uint64_t entity[MOST];
    pc_random_block out[MOST], best[MOST];
    pc_random_key key = pc_random_key_make(9, 1);

    (void)state;
    fill(entity);
    pc_random_batch(key, entity, MOST, PC_PURPOSE_STARTER, 0, out);
    pc_random_batch_by(PC_BATCH_BEST, key, entity, MOST, PC_PURPOSE_STARTER, 0, best);
    assert_memory_equal(out, best, sizeof out);
}

/* Must-fail twin of check(): what differs in the key alone differs in the bits. */
static void another_key_entity_purpose_or_draw_gives_other_bits(void **state)
{
    uint64_t entity[2] = {7, 8};
    pc_random_block base[2], other[2];
    pc_random_key key = pc_random_key_make(9, 1), high = pc_random_key_make(9 + (UINT64_C(1) << 32), 1),
                  later = pc_random_key_make(9, 2);

    (void)state;
    pc_random_batch(key, entity, 2, PC_PURPOSE_STARTER, 0, base);
    assert_memory_not_equal(&base[0], &base[1], sizeof base[0]);
    pc_random_batch(high, entity, 2, PC_PURPOSE_STARTER, 0, other);
    assert_memory_not_equal(base, other, sizeof base);
    pc_random_batch(later, entity, 2, PC_PURPOSE_STARTER, 0, other);
    assert_memory_not_equal(base, other, sizeof base);
    pc_random_batch(key, entity, 2, PC_PURPOSE_LIFE, 0, other);
    assert_memory_not_equal(base, other, sizeof base);
    pc_random_batch(key, entity, 2, PC_PURPOSE_STARTER, 1, other);
    assert_memory_not_equal(base, other, sizeof base);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_path_gives_the_same_bits_for_any_number_of_entities),
        cmocka_unit_test(every_path_agrees_at_the_ends_of_key_purpose_and_draw),
        cmocka_unit_test(the_default_path_is_the_best_one),
        cmocka_unit_test(another_key_entity_purpose_or_draw_gives_other_bits),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
