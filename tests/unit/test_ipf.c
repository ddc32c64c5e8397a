/* test_ipf.c - tables that agree with margins: by hand, on random tables, in whole numbers, and impossible.
 */
#include "pc_test.h"

#include <gsl/gsl_rng.h>
#include <math.h>

#include "estimate/ipf.h"

/* Rows 3 and 7, columns 4 and 6, on a seed of ones: independence, row x column / 10. */
static void two_margins_on_a_flat_seed_give_their_product(void **state)
{
    static const unsigned char in[4][4] = {{1, 1, 0, 0}, {0, 0, 1, 1}, {1, 0, 1, 0}, {0, 1, 0, 1}};
    const ipf_margin margin[] = {{in[0], 3}, {in[1], 7}, {in[2], 4}, {in[3], 6}};
    double cell[4] = {1, 1, 1, 1};

    (void)state;
    assert_int_equal(ipf_fit(cell, 4, margin, 4), -1);
    assert_close(cell[0], 1.2, 0, 1e-8);
    assert_close(cell[1], 1.8, 0, 1e-8);
    assert_close(cell[2], 2.8, 0, 1e-8);
    assert_close(cell[3], 4.2, 0, 1e-8);
}

/* The odds ratio of the seed stays: (1 x 4) / (2 x 1) = 2. Rows 5, 5, columns 4, 6:
 * x (1 + x) / ((5 - x)(4 - x)) = 2 has the root x = (19 - sqrt(201)) / 2 = 2.41128... */
static void the_odds_of_the_seed_are_kept(void **state)
{
    static const unsigned char in[4][4] = {{1, 1, 0, 0}, {0, 0, 1, 1}, {1, 0, 1, 0}, {0, 1, 0, 1}};
    const ipf_margin margin[] = {{in[0], 5}, {in[1], 5}, {in[2], 4}, {in[3], 6}};
    double cell[4] = {1, 2, 1, 4};

    (void)state;
    assert_int_equal(ipf_fit(cell, 4, margin, 4), -1);
    assert_close(cell[0] * cell[3] / (cell[1] * cell[2]), 2, 1e-7, 0);
    assert_close(cell[0], (19 - sqrt(201.0)) / 2, 0, 1e-7);
}

static void a_margin_over_empty_cells_is_named(void **state)
{
    static const unsigned char in[2][3] = {{1, 1, 1}, {0, 0, 1}};
    const ipf_margin margin[] = {{in[0], 10}, {in[1], 4}};
    double cell[3] = {1, 1, 0};

    (void)state;
    assert_int_equal(ipf_fit(cell, 3, margin, 2), 1);
}

static void margins_that_contradict_each_other_are_found(void **state)
{
    static const unsigned char in[2][2] = {{1, 1}, {1, 1}};
    const ipf_margin margin[] = {{in[0], 10}, {in[1], 12}};
    double cell[2] = {1, 1};

    (void)state;
    assert_true(ipf_fit(cell, 2, margin, 2) >= 0);
}

static void the_largest_remainders_are_rounded_up(void **state)
{
    const double value[4] = {1.5, 2.2, 0.8, 3.5};
    long out[4];

    (void)state;
    ipf_round(value, 4, out);
    assert_int_equal(out[0], 2); /* 0.8 first, then the first of the equal halves */
    assert_int_equal(out[1], 2);
    assert_int_equal(out[2], 1);
    assert_int_equal(out[3], 3);
}

#define ROWS 7
#define COLUMNS 5

/* Random whole tables with structural zeros give margins that are possible. The fit on another random seed
 * with the same zeros meets them, and its rounding does exactly, each cell within 1. */
static void random_tables_keep_every_margin_exactly(void **state)
{
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_taus2);

    (void)state;
    gsl_rng_set(rng, 5);
    for (int table = 0; table < 300; table++) {
        unsigned char in[ROWS + COLUMNS][ROWS * COLUMNS] = {{0}};
        ipf_margin margin[ROWS + COLUMNS];
        double cell[ROWS * COLUMNS], sum[ROWS + COLUMNS] = {0};
        long out[ROWS * COLUMNS], whole[ROWS + COLUMNS] = {0};
        pc_status status;

        for (size_t c = 0; c < ROWS * COLUMNS; c++) {
            bool zero = gsl_rng_uniform(rng) < 0.3;
            double truth = zero ? 0 : (double)gsl_rng_uniform_int(rng, 9);

            cell[c] = zero ? 0 : 0.1 + gsl_rng_uniform(rng);
            sum[c / COLUMNS] += truth;
            sum[ROWS + c % COLUMNS] += truth;
            in[c / COLUMNS][c] = in[ROWS + c % COLUMNS][c] = 1;
        }
        for (size_t m = 0; m < ROWS + COLUMNS; m++) {
            margin[m] = (ipf_margin){in[m], sum[m]};
        }
        assert_int_equal(ipf_fit(cell, ROWS * COLUMNS, margin, ROWS + COLUMNS), -1);
        /* A truth whose zeros are not structural may lie on the edge, where the fit is near, not there. */
        if (!ipf_round_table(cell, ROWS, COLUMNS, out, &status)) {
            assert_ok(status);
            continue;
        }
        for (size_t c = 0; c < ROWS * COLUMNS; c++) {
            assert_true(fabs((double)out[c] - cell[c]) < 1 + 1e-5);
            whole[c / COLUMNS] += out[c];
            whole[ROWS + c % COLUMNS] += out[c];
        }
        for (size_t m = 0; m < ROWS + COLUMNS; m++) {
            assert_int_equal(whole[m], lround(sum[m]));
        }
    }
    gsl_rng_free(rng);
}

/* Greedy rounding alone is stuck here: the two 0.6 take row 1 and column 1, and nothing is left to pair. */
static void rounding_finds_its_way_around_a_first_choice(void **state)
{
    const double value[4] = {0.6, 0.4, 0.4, 0.6}, edge[9] = {0.5, 0.5, 0, 0.5, 0, 0.5, 0, 0.5, 0.5};
    long out[9];
    pc_status status;

    (void)state;
    assert_true(ipf_round_table(value, 2, 2, out, &status));
    assert_int_equal(out[0] + out[1], 1);
    assert_int_equal(out[0] + out[2], 1);
    assert_true(ipf_round_table(edge, 3, 3, out, &status));
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(out[i * 3] + out[i * 3 + 1] + out[i * 3 + 2], 1);
        assert_int_equal(out[i] + out[3 + i] + out[6 + i], 1);
    }
    assert_false(ipf_round_table((const double[]){0.5, 0.2}, 1, 2, out, &status));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_margins_on_a_flat_seed_give_their_product),
        cmocka_unit_test(the_odds_of_the_seed_are_kept),
        cmocka_unit_test(a_margin_over_empty_cells_is_named),
        cmocka_unit_test(margins_that_contradict_each_other_are_found),
        cmocka_unit_test(the_largest_remainders_are_rounded_up),
        cmocka_unit_test(random_tables_keep_every_margin_exactly),
        cmocka_unit_test(rounding_finds_its_way_around_a_first_choice),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
