/* Poisson counts by integer thresholds. */
#include "pc_test.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

#include "simulate/count_table.h"

/* The count by the definition: how many k have P(count <= k) at or below the word's place in [0, 1). */
static uint32_t count_by_definition(double mean, uint32_t word)
{
    uint32_t count = 0;

    while (nearbyint((mean > 0.0 ? gsl_cdf_poisson_P(count, mean) : 1.0) * 0x1p32) <= (double)word) {
        count++;
    }
    return count;
}

static void each_threshold_is_the_distribution_function(void **state)
{
    static const double mean[] = {1e-9, 0.01, 0.5, 1.0, 3.7, 40.0, 800.0};

    (void)state;
    for (size_t at = 0; at < sizeof mean / sizeof mean[0]; at++) {
        count_table table;

        assert_ok(count_table_init(&table, mean[at]));
        for (size_t k = 0; k < table.n; k++) {
            assert_close(table.threshold[k], gsl_cdf_poisson_P((unsigned)k, mean[at]) * 0x1p32, 0.0, 0.5);
        }
        /* What lies beyond the table has less chance than half a word. */
        assert_true(gsl_cdf_poisson_Q((unsigned)table.n, mean[at]) <= 0.5 * 0x1p-32);
        count_table_free(&table);
    }
}

static void the_guide_changes_no_count_and_counts_never_fall_as_the_word_grows(void **state)
{
    static const double mean[] = {0.0, 1e-12, 0.3, 2.0, 25.0, 300.0};

    (void)state;
    for (size_t at = 0; at < sizeof mean / sizeof mean[0]; at++) {
        count_table table;
        uint32_t before = 0;

        assert_ok(count_table_init(&table, mean[at]));
        for (uint64_t word = 0; word <= UINT32_MAX; word += 6700417) {
            uint32_t count = count_table_draw(&table, (uint32_t)word);

            assert_int_equal(count, count_by_definition(mean[at], (uint32_t)word));
            assert_true(count >= before);
            before = count;
        }
        for (size_t k = 0; k < table.n; k++) { /* at each threshold and just below it */
            uint32_t edge = table.threshold[k];

            assert_int_equal(count_table_draw(&table, edge), count_by_definition(mean[at], edge));
            if (edge > 0) {
                assert_int_equal(count_table_draw(&table, edge - 1), count_by_definition(mean[at], edge - 1));
            }
        }
        for (uint32_t byte = 0; byte < 256; byte++) { /* at the edges of the guide */
            assert_int_equal(count_table_draw(&table, byte << 24), count_by_definition(mean[at], byte << 24));
            assert_int_equal(count_table_draw(&table, byte << 24 | 0xFFFFFF),
                             count_by_definition(mean[at], byte << 24 | 0xFFFFFF));
        }
        count_table_free(&table);
    }
}

static void without_a_mean_nobody_starts_whatever_the_word(void **state)
{
    count_table table;

    (void)state;
    assert_ok(count_table_init(&table, 0.0));
    assert_int_equal(count_table_draw(&table, 0), 0);
    assert_int_equal(count_table_draw(&table, UINT32_MAX), 0);
    count_table_free(&table);
}

/* The greatest mean that a plan lets through. */
static void a_very_large_mean_keeps_the_whole_distribution(void **state)
{
    count_table table;

    (void)state;
    assert_ok(count_table_init(&table, 20000.0));
    assert_in_range(count_table_draw(&table, 1U << 31), 19995, 20005);
    assert_in_range(count_table_draw(&table, UINT32_MAX), 20700, 21100);
    assert_in_range(count_table_draw(&table, 0), 18900, 19300);
    count_table_free(&table);
}

static void freeing_twice_is_fine(void **state)
{
    count_table table;

    (void)state;
    assert_ok(count_table_init(&table, 1.0));
    count_table_free(&table);
    count_table_free(&table);
    assert_null(table.threshold);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_threshold_is_the_distribution_function),
        cmocka_unit_test(the_guide_changes_no_count_and_counts_never_fall_as_the_word_grows),
        cmocka_unit_test(without_a_mean_nobody_starts_whatever_the_word),
        cmocka_unit_test(a_very_large_mean_keeps_the_whole_distribution),
        cmocka_unit_test(freeing_twice_is_fine),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
