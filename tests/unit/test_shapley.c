/* Sharing out a change: closed forms against all orders, one by one; whole pence that add up. */
#include "pc_test.h"

#include <math.h>

#include "hand_plan.h"
#include "outcome/shapley.h"

enum { MOST = 5 };

/* The next permutation in lexicographic order; false after the last. */
static bool next_order(size_t n, size_t *order)
{
    size_t at = n - 1, with = n - 1, swap;

    while (at > 0 && order[at - 1] > order[at]) {
        at--;
    }
    if (at == 0) {
        return false;
    }
    while (order[with] < order[at - 1]) {
        with--;
    }
    swap = order[with];
    order[with] = order[at - 1];
    order[at - 1] = swap;
    for (size_t low = at, high = n - 1; low < high; low++, high--) {
        swap = order[low];
        order[low] = order[high];
        order[high] = swap;
    }
    return true;
}

/* The definition: each player's mean effect over all orders of joining. */
static void by_definition(size_t n, const double *value, double *part)
{
    size_t order[MOST], n_order = 0;

    for (size_t at = 0; at < n; at++) {
        order[at] = at;
        part[at] = 0.0;
    }
    do {
        size_t set = 0;

        for (size_t at = 0; at < n; at++) {
            part[order[at]] += value[set | (size_t)1 << order[at]] - value[set];
            set |= (size_t)1 << order[at];
        }
        n_order++;
    } while (next_order(n, order));
    for (size_t at = 0; at < n; at++) {
        part[at] /= (double)n_order;
    }
}

static void the_closed_form_is_the_mean_over_all_orders(void **state)
{
    uint64_t random = 1;

    (void)state;
    for (size_t n = 1; n <= MOST; n++) {
        for (int game = 0; game < 20; game++) {
            double value[1 << MOST], part[MOST], slow[MOST], sum = 0.0;

            for (size_t set = 0; set < (size_t)1 << n; set++) {
                value[set] = 1000.0 * hand_plan_random(&random) - 300.0;
            }
            shapley_exact(n, value, part);
            by_definition(n, value, slow);
            for (size_t at = 0; at < n; at++) {
                assert_close(part[at], slow[at], 0.0, 1e-9);
                sum += part[at];
            }
            assert_close(sum, value[((size_t)1 << n) - 1] - value[0], 0.0, 1e-9);
        }
    }
}

static void a_product_of_four_is_shared_by_the_mean_over_the_24_orders(void **state)
{
    uint64_t random = 2;

    (void)state;
    for (int game = 0; game < 50; game++) {
        double before[4], after[4], value[16], part[4], slow[4];

        for (size_t at = 0; at < 4; at++) {
            before[at] = 10.0 * hand_plan_random(&random);
            after[at] = 10.0 * hand_plan_random(&random);
        }
        for (size_t set = 0; set < 16; set++) {
            value[set] = 1.0;
            for (size_t at = 0; at < 4; at++) {
                value[set] *= (set >> at & 1) != 0 ? after[at] : before[at];
            }
        }
        shapley_product(before, after, part);
        by_definition(4, value, slow);
        for (size_t at = 0; at < 4; at++) {
            assert_close(part[at], slow[at], 0.0, 1e-9);
        }
    }
}

/* 2 x 3 becomes 4 x 5 (x 1 x 1): 2 x (3 + 5) / 2 = 8 and 2 x (2 + 4) / 2 = 6. */
static void two_factors_split_what_they_share_in_half(void **state)
{
    const double before[4] = {2.0, 3.0, 1.0, 1.0}, after[4] = {4.0, 5.0, 1.0, 1.0};
    double part[4];

    (void)state;
    shapley_product(before, after, part);
    assert_close(part[0], 8.0, 0.0, 1e-12);
    assert_close(part[1], 6.0, 0.0, 1e-12);
    assert_close(part[2], 0.0, 0.0, 0.0);
    assert_close(part[3], 0.0, 0.0, 0.0);
}

static void players_that_change_places_change_parts(void **state)
{
    uint64_t random = 3;
    double value[8], swapped[8], part[3], other[3];

    (void)state;
    for (size_t set = 0; set < 8; set++) {
        value[set] = hand_plan_random(&random);
    }
    for (size_t set = 0; set < 8; set++) {
        swapped[(set & 4) | (set & 1) << 1 | (set & 2) >> 1] = value[set];
    }
    shapley_exact(3, value, part);
    shapley_exact(3, swapped, other);
    assert_close(part[0], other[1], 0.0, 1e-15);
    assert_close(part[1], other[0], 0.0, 1e-15);
    assert_close(part[2], other[2], 0.0, 1e-15);
}

static void orders_are_orders_and_always_the_same(void **state)
{
    size_t first[10] = {0}, order[10], again[10];

    (void)state;
    for (uint32_t number = 0; number < 2000; number++) {
        unsigned seen = 0;

        shapley_order(10, number, order);
        shapley_order(10, number, again);
        assert_memory_equal(order, again, sizeof order);
        for (size_t at = 0; at < 10; at++) {
            seen |= 1U << order[at];
        }
        assert_int_equal(seen, 1023);
        first[order[0]]++;
    }
    for (size_t at = 0; at < 10; at++) { /* 200, standard deviation 13.4; 5 of them */
        assert_in_range(first[at], 133, 267);
    }
}

static void check_rounded(size_t n, const double *part, int64_t total, const int64_t *expected)
{
    int64_t whole[8];

    assert_ok(shapley_round(n, part, total, whole));
    for (size_t at = 0; at < n; at++) {
        assert_int_equal(whole[at], expected[at]);
    }
}

static void pence_go_to_the_largest_remainders(void **state)
{
    (void)state;
    check_rounded(3, (double[]){1.2, 2.7, 3.6}, 7, (int64_t[]){1, 3, 3});
    check_rounded(3, (double[]){1.2, 2.7, 3.6}, 8, (int64_t[]){1, 3, 4});
    check_rounded(3, (double[]){-1.2, 2.7, -0.5}, 1, (int64_t[]){-1, 3, -1}); /* remainders 0.8, 0.7, 0.5 */
    check_rounded(2, (double[]){0.5, 0.5}, 1, (int64_t[]){1, 0});             /* the first of equals */
    check_rounded(3, (double[]){0.4, 0.0, 0.4}, 1, (int64_t[]){1, 0, 0});
    check_rounded(3, (double[]){5.5, 0.0, 0.0}, 6, (int64_t[]){6, 0, 0}); /* what is nought stays nought */
    check_rounded(2, (double[]){0.0, 0.0}, 1, (int64_t[]){1, 0});         /* unless there is nothing else */
    check_rounded(2, (double[]){1.0, 2.0}, 2, (int64_t[]){1, 1});         /* one too many is taken back */
    check_rounded(2, (double[]){1.0, 2.0}, 9, (int64_t[]){4, 5});
}

static void rounded_parts_always_add_up_and_are_never_a_penny_off(void **state)
{
    uint64_t random = 4;

    (void)state;
    for (int game = 0; game < 5000; game++) {
        double part[8], sum = 0.0;
        int64_t whole[8], all = 0, total;
        size_t n = 1 + (size_t)(8.0 * hand_plan_random(&random));

        for (size_t at = 0; at < n; at++) {
            part[at] = at % 3 == 2 ? 0.0 : 2e9 * hand_plan_random(&random) - 1e9;
            sum += part[at];
        }
        total = (int64_t)llround(sum);
        assert_ok(shapley_round(n, part, total, whole));
        for (size_t at = 0; at < n; at++) {
            all += whole[at];
            assert_true(fabs((double)whole[at] - part[at]) <= 1.0);
        }
        assert_int_equal(all, total);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_closed_form_is_the_mean_over_all_orders),
        cmocka_unit_test(a_product_of_four_is_shared_by_the_mean_over_the_24_orders),
        cmocka_unit_test(two_factors_split_what_they_share_in_half),
        cmocka_unit_test(players_that_change_places_change_parts),
        cmocka_unit_test(orders_are_orders_and_always_the_same),
        cmocka_unit_test(pence_go_to_the_largest_remainders),
        cmocka_unit_test(rounded_parts_always_add_up_and_are_never_a_penny_off),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
