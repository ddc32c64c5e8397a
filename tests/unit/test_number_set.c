#include "intake/number_set.h"
#include "pc_test.h"

#define N 3000

/* Things are numbers; `hash` of some is all the same. */
static uint64_t good_hash(const void *things, uint32_t number)
{
    return intake_hash_pair(((const uint32_t *)things)[number], 0);
}

static uint64_t worst_hash(const void *things, uint32_t number)
{
    (void)things;
    (void)number;
    return UINT64_MAX;
}

static bool same(const void *things, uint32_t a, uint32_t b)
{
    const uint32_t *thing = things;

    return thing[a] == thing[b];
}

/* Each key comes three times, in another order each time: the number is that of the first. */
static void walk(const intake_keys *keys)
{
    static uint32_t thing[N + 1];
    intake_number_set set = {0};
    uint32_t n = 0;

    assert_int_equal(intake_number_set_find(&set, keys, thing, 0), UINT32_MAX); /* in an empty set */
    for (uint32_t at = 0; at < 3 * N; at++) {
        uint32_t key = at * 7U % N, number = n;

        thing[n] = key;
        assert_int_equal(intake_number_set_find(&set, keys, thing, n), at < N ? UINT32_MAX : at % N);
        assert_ok(intake_number_set_add(&set, keys, thing, &number));
        assert_int_equal(number, at % N);
        n += number == n;
    }
    assert_int_equal(n, N);
    assert_int_equal(set.n, N);
    assert_true(set.n_slot <= 8192); /* four bytes a slot, at most 3/4 full */
    thing[n] = N + 5;
    assert_int_equal(intake_number_set_find(&set, keys, thing, n), UINT32_MAX);
    intake_number_set_free(&set);
    intake_number_set_free(&set);
}

static void a_key_has_the_number_of_its_first_thing(void **state)
{
    static const intake_keys keys = {good_hash, same};

    (void)state;
    walk(&keys);
}

static void keys_that_all_hash_the_same_are_told_apart(void **state)
{
    static const intake_keys keys = {worst_hash, same};

    (void)state;
    walk(&keys);
}

static void a_pair_hashes_by_both_numbers_and_their_order(void **state)
{
    (void)state;
    assert_true(intake_hash_pair(1, 2) != intake_hash_pair(2, 1));
    assert_true(intake_hash_pair(1, 2) != intake_hash_pair(1, 3));
    assert_true(intake_hash_pair(1, 2) == intake_hash_pair(1, 2));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_key_has_the_number_of_its_first_thing),
        cmocka_unit_test(keys_that_all_hash_the_same_are_told_apart),
        cmocka_unit_test(a_pair_hashes_by_both_numbers_and_their_order),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
