/* Distributions over replicates against sorting. */
#include "pc_test.h"

#include <math.h>

#include "base/keyed_random.h"
#include "outcome/tally.h"

/* A grid with one category, one month and one year: cells 0..3 of `children` (counted), 4..7 of `place_days`
 * (stored in four bytes), 8..11 of `cost` (stored in six), then exits (counted). */
enum { N_CELL = 12 + PC_N_EXIT_CAUSE };

static grid small_grid(void)
{
    grid shape = {.n_category = 1, .n_month = 1, .n_year = 1};

    shape.has[PC_MEASURE_CHILDREN] = shape.has[PC_MEASURE_PLACE_DAYS] = shape.has[PC_MEASURE_COST] = true;
    shape.monthly_at[PC_MEASURE_CHILDREN] = 0;
    shape.annual_at[PC_MEASURE_CHILDREN] = 2;
    shape.monthly_at[PC_MEASURE_PLACE_DAYS] = 4;
    shape.annual_at[PC_MEASURE_PLACE_DAYS] = 6;
    shape.monthly_at[PC_MEASURE_COST] = 8;
    shape.annual_at[PC_MEASURE_COST] = 10;
    shape.exits_at = 12;
    shape.n_cell = N_CELL;
    return shape;
}

static int ascending(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

    return (x > y) - (x < y);
}

/* Mean, sd and quantiles by sorting: the smallest value with at least that share at or below it. */
static void by_sorting(const int64_t *value, size_t n, double unit, pc_statistics *out)
{
    int64_t *sorted = malloc(n * sizeof *sorted);
    long double sum = 0.0L, square = 0.0L;

    assert_non_null(sorted);
    memcpy(sorted, value, n * sizeof *sorted);
    qsort(sorted, n, sizeof *sorted, ascending);
    for (size_t at = 0; at < n; at++) {
        sum += (long double)value[at];
    }
    for (size_t at = 0; at < n; at++) {
        long double deviation = (long double)value[at] - sum / (long double)n;

        square += deviation * deviation;
    }
    out->mean = (double)(sum / (long double)n) / unit;
    out->sd = n > 1 ? (double)sqrtl(square / (long double)(n - 1)) / unit : (double)NAN;
    for (size_t q = 0; q < PC_N_QUANTILE; q++) {
        /* In thousandths, so that no rounding can matter. */
        size_t thousandths = (size_t)(pc_quantile_level[q] * 1000.0 + 0.5), at = 0;

        while ((at + 1) * 1000 < thousandths * n) {
            at++;
        }
        out->quantile[q] = (double)sorted[at] / unit;
    }
    free(sorted);
}

static void check_cell(const tally *of, size_t cell, const int64_t *value, double unit)
{
    pc_statistics expected, got;
    uint64_t *scratch = malloc(2 * of->replicates * sizeof *scratch);

    assert_non_null(scratch);
    by_sorting(value, of->replicates, unit, &expected);
    tally_statistics(of, cell, unit, scratch, &got);
    assert_close(got.mean, expected.mean, 1e-12, 1e-9);
    if (of->replicates > 1) {
        assert_close(got.sd, expected.sd, 1e-9, 1e-9 + 1e-15 * fabs(expected.mean));
    } else {
        assert_true(isnan(got.sd));
    }
    for (size_t q = 0; q < PC_N_QUANTILE; q++) {
        assert_close(got.quantile[q], expected.quantile[q], 0.0, 0.0);
    }
    free(scratch);
}

/* Shares below, at and above the first value, by counting. */
static void check_share(const tally *of, size_t cell, const int64_t *value)
{
    size_t below = 0, at_it = 0, n = of->replicates;

    for (size_t at = 0; at < n; at++) {
        below += value[at] < value[0];
        at_it += value[at] == value[0];
    }
    assert_close(tally_share(of, cell, INT64_MIN, value[0] - 1), (double)below / (double)n, 1e-15, 0.0);
    assert_close(tally_share(of, cell, value[0], value[0]), (double)at_it / (double)n, 1e-15, 0.0);
    assert_close(tally_share(of, cell, value[0] + 1, INT64_MAX), (double)(n - below - at_it) / (double)n,
                 1e-15, 1e-15);
    assert_close(tally_share(of, cell, INT64_MIN, INT64_MAX), 1.0, 0.0, 0.0);
}

/* Replicate `number` of n, where `salt` makes another sample. */
static int64_t made_value(uint32_t salt, uint32_t number, int64_t centre, uint64_t width)
{
    pc_random_block bits = pc_random(pc_random_key_make(1, salt), number, PC_PURPOSE_BUDGET, 0);
    uint64_t wide = (uint64_t)bits.word[0] << 32 | bits.word[1];

    return centre + (int64_t)(width == 0 ? 0 : wide % width) - (int64_t)(width / 2);
}

/* Where a sample lies: centre and width of counts, days, pence. */
typedef struct sample_law {
    int64_t centre[3];
    uint64_t width[3];
} sample_law;

static size_t kind_of(size_t cell)
{
    return cell < 4 || cell >= 12 ? 0 : cell / 4;
}

/* Adds the replicates in the order 0, step, 2 step, ... (modulo n) and compares every cell with sorting. */
static void check_sample(size_t n, sample_law law, size_t step)
{
    grid shape = small_grid();
    tally self;
    int64_t *value[3], cell[N_CELL];

    assert_ok(tally_init(&self, &shape, n));
    for (uint32_t kind = 0; kind < 3; kind++) {
        value[kind] = malloc(n * sizeof(int64_t));
        assert_non_null(value[kind]);
        for (uint32_t r = 0; r < n; r++) {
            value[kind][r] = made_value(kind, r, law.centre[kind], law.width[kind]);
        }
    }
    for (size_t k = 0, r = 0; k < n; k++, r = (r + step) % n) {
        for (size_t at = 0; at < N_CELL; at++) {
            cell[at] = value[kind_of(at)][r];
        }
        assert_ok(tally_add(&self, r, cell));
    }
    for (size_t at = 0; at < N_CELL; at++) {
        check_cell(&self, at, value[kind_of(at)], kind_of(at) == 2 ? 100.0 : 1.0);
        check_share(&self, at, value[kind_of(at)]);
    }
    for (size_t kind = 0; kind < 3; kind++) {
        free(value[kind]);
    }
    tally_free(&self);
}

#define A_COUNCIL ((sample_law){{600, 18000, 300000000}, {80, 4000, 90000000}})

static void statistics_are_those_of_sorting_for_any_number_of_replicates(void **state)
{
    static const size_t n[] = {1, 2, 3, 7, 10, 39, 40, 41, 200, 1000, 1001};

    (void)state;
    for (size_t at = 0; at < sizeof n / sizeof n[0]; at++) {
        check_sample(n[at], A_COUNCIL, 1);
    }
}

static void negative_values_are_counted_like_any_other(void **state)
{
    (void)state;
    check_sample(500, (sample_law){{0, 0, 0}, {100, 1000, 100000}}, 1);
    check_sample(
        500, (sample_law){{-40, -100000000, INT64_C(-6000000000)}, {30, 5000000, UINT64_C(7000000000)}}, 1);
    check_sample(500, (sample_law){{-3, -1, -1}, {1, 3, 3}}, 1);
}

/* To the ends of what can be stored: 2^31 days, 2^47 pence. */
static void wide_values_and_equal_ones_are_exact(void **state)
{
    (void)state;
    check_sample(300, (sample_law){{70000, 0, 0}, {100000, UINT64_C(1) << 32, UINT64_C(1) << 48}}, 1);
    check_sample(300, (sample_law){{5, 7, UINT32_MAX}, {0, 0, 4}}, 1);
    check_sample(300, (sample_law){{0, INT32_MAX, (INT64_C(1) << 47) - 1}, {0, 0, 0}}, 1);
    check_sample(300, (sample_law){{0, INT32_MIN, -(INT64_C(1) << 47)}, {0, 0, 0}}, 1);
    check_sample(300, (sample_law){{0, -1, -(INT64_C(1) << 32)}, {0, 0, 0}}, 1);
}

/* 7919 is prime and 1000 is not a multiple of it: each replicate comes once, in another order. */
static void the_order_of_adding_does_not_matter(void **state)
{
    (void)state;
    check_sample(1000, A_COUNCIL, 7919);
    check_sample(1000, A_COUNCIL, 999);
}

/* The level 0.05 of 20 replicates is the first of them, not the second: 0.05 * 20 is 1 whatever the rounding.
 */
static void a_share_met_exactly_takes_no_further_value(void **state)
{
    grid shape = small_grid();
    tally self;
    pc_statistics got;
    uint64_t scratch[80];
    int64_t cell[N_CELL];

    (void)state;
    assert_ok(tally_init(&self, &shape, 40));
    for (int64_t r = 0; r < 40; r++) {
        for (size_t at = 0; at < shape.n_cell; at++) {
            cell[at] = r + 1;
        }
        assert_ok(tally_add(&self, (size_t)r, cell));
    }
    for (size_t at = 0; at < N_CELL; at += 4) {
        /* 40 x 0.025 = 1, 2, 4, 10, 20, 30, 36, 38, 39 */
        static const double expected[PC_N_QUANTILE] = {1, 2, 4, 10, 20, 30, 36, 38, 39};

        tally_statistics(&self, at, 1.0, scratch, &got);
        for (size_t q = 0; q < PC_N_QUANTILE; q++) {
            assert_close(got.quantile[q], expected[q], 0.0, 0.0);
        }
        assert_close(got.mean, 20.5, 1e-15, 0.0);
        assert_close(got.sd, sqrt(40.0 * 1599.0 / 12.0 / 39.0), 1e-14, 0.0); /* n (n^2 - 1) / 12 / (n - 1) */
    }
    tally_free(&self);
}

/* A count that no simulation can have must not ask for gigabytes. */
static void absurdly_far_values_end_in_an_error(void **state)
{
    grid shape = small_grid();
    tally self;
    int64_t cell[N_CELL] = {0};

    (void)state;
    assert_ok(tally_init(&self, &shape, 2));
    assert_ok(tally_add(&self, 0, cell));
    cell[0] = INT64_C(1) << 40;
    assert_status(tally_add(&self, 1, cell), PC_ERR_NO_MEMORY);
    cell[0] = 0;
    for (int sign = -1; sign <= 1; sign += 2) {
        cell[4] = sign * (INT64_C(1) << 31) - (sign < 0);
        assert_status(tally_add(&self, 1, cell), PC_ERR_INTERNAL);
        cell[4] = 0;
        cell[8] = sign * (INT64_C(1) << 47) - (sign < 0);
        assert_status(tally_add(&self, 1, cell), PC_ERR_INTERNAL);
        cell[8] = 0;
    }
    tally_free(&self);
    tally_free(&self);
    tally_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(statistics_are_those_of_sorting_for_any_number_of_replicates),
        cmocka_unit_test(negative_values_are_counted_like_any_other),
        cmocka_unit_test(wide_values_and_equal_ones_are_exact),
        cmocka_unit_test(the_order_of_adding_does_not_matter),
        cmocka_unit_test(a_share_met_exactly_takes_no_further_value),
        cmocka_unit_test(absurdly_far_values_end_in_an_error),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
