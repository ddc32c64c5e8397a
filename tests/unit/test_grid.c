/* Which numbers a run keeps, and how they are filled from a ledger. */
#include "pc_test.h"

#include "outcome/grid.h"
#include "sim_case.h"

enum { CATEGORIES = 3, MONTHS = 15 };

static hand_plan *make(hand_plan *hand)
{
    sim_case_make(hand, CATEGORIES, MONTHS); /* April 2024 to June 2025 */
    return hand;
}

/* Every cell of every measure that is there is a number of its own, and there are no others. */
static void cells_are_distinct_and_tile_the_row(void **state)
{
    hand_plan hand;

    (void)state;
    for (int kind = 0; kind < 8; kind++) {
        grid shape;
        unsigned char *seen;
        size_t n = 0;

        make(&hand);
        hand.plan.has_capacity = hand.plan.coupled = (kind & 1) != 0;
        assert_ok(grid_init(&shape, &hand.plan, (kind & 2) != 0));
        if (kind >= 6) { /* money, and all that may come with it */
            grid_add_money(&shape, true, true, 3);
        }
        seen = calloc(shape.n_cell, 1);
        assert_non_null(seen);
        for (size_t measure = 0; measure < PC_N_MEASURE; measure++) {
            assert_true(shape.has[measure] == (measure <= PC_MEASURE_STATUS_CHANGES ||
                                               (measure == PC_MEASURE_COST       ? (kind & 2) != 0
                                                : measure <= PC_MEASURE_NET_COST ? kind >= 6
                                                                                 : (kind & 1) != 0)));
            for (size_t category = 0; shape.has[measure] && category <= CATEGORIES; category++) {
                for (size_t month = 0; month < MONTHS; month++) {
                    seen[grid_monthly(&shape, (pc_measure)measure, category, month)]++;
                    n++;
                }
                for (size_t year = 0; year < shape.n_year; year++) {
                    seen[grid_annual(&shape, (pc_measure)measure, category, year)]++;
                    n++;
                }
            }
        }
        for (size_t at = 0; at < (size_t)PC_N_EXIT_CAUSE * MONTHS; at++) {
            seen[grid_exits(&shape, at / MONTHS, at % MONTHS)]++;
            n++;
        }
        for (size_t at = 0; kind >= 6 && at < 3 * shape.n_year; at++) {
            seen[shape.row_at + at]++;
            n++;
        }
        assert_int_equal(n, shape.n_cell);
        for (size_t at = 0; at < shape.n_cell; at++) {
            assert_int_equal(seen[at], 1);
        }
        free(seen);
        grid_free(&shape);
        sim_case_free(&hand);
    }
}

/* Income of no category stands in `all` alone; net is cost less income; a year is the sum of its months. */
static void money_is_filled_from_pence(void **state)
{
    int64_t pence[CATEGORIES * MONTHS], real[CATEGORIES * MONTHS], income[(CATEGORIES + 1) * MONTHS],
        row[2] = {77, 78};
    hand_plan hand;
    grid shape;
    ledger book;
    int64_t *cell;

    (void)state;
    make(&hand);
    for (size_t at = 0; at < (size_t)CATEGORIES * MONTHS; at++) {
        pence[at] = 1000 + (int64_t)at;
        real[at] = 900;
    }
    for (size_t at = 0; at < (size_t)(CATEGORIES + 1) * MONTHS; at++) {
        income[at] = at < (size_t)CATEGORIES * MONTHS ? 10 : 5;
    }
    assert_ok(ledger_init(&book, &hand.plan));
    assert_ok(grid_init(&shape, &hand.plan, true));
    grid_add_money(&shape, true, true, 1);
    cell = calloc(shape.n_cell, sizeof *cell);
    assert_non_null(cell);
    grid_fill(&shape, &book, pence, cell);
    grid_fill_money(&shape, &(grid_money){pence, real, income, row}, cell);
    assert_int_equal(cell[grid_monthly(&shape, PC_MEASURE_NET_COST, 1, 2)], 1000 + MONTHS + 2 - 10);
    assert_int_equal(cell[grid_monthly(&shape, PC_MEASURE_INCOME, CATEGORIES, 2)], 35);
    assert_int_equal(cell[grid_annual(&shape, PC_MEASURE_INCOME, CATEGORIES, 0)], 12 * 35);
    assert_int_equal(cell[grid_annual(&shape, PC_MEASURE_COST_REAL, CATEGORIES, 1)], 3 * 3 * 900);
    assert_int_equal(cell[grid_annual(&shape, PC_MEASURE_NET_COST, CATEGORIES, 0)],
                     cell[grid_annual(&shape, PC_MEASURE_COST, CATEGORIES, 0)] - 12 * 35);
    assert_int_equal(cell[shape.row_at], 77);
    assert_int_equal(cell[shape.row_at + 1], 78);
    free(cell);
    ledger_free(&book);
    grid_free(&shape);
    sim_case_free(&hand);
}

static void years_know_their_months_and_days(void **state)
{
    hand_plan hand;
    grid shape;

    (void)state;
    make(&hand);
    hand.plan.first_reported = 2; /* from June 2024 on */
    assert_ok(grid_init(&shape, &hand.plan, false));
    assert_int_equal(shape.n_month, 13);
    assert_int_equal(shape.n_year, 2);
    assert_int_equal(shape.year[0].year, 2024);
    assert_int_equal(shape.year[0].months, 10);
    assert_int_equal(shape.year[1].months, 3);
    assert_int_equal(shape.year_days[0], 365 - 61);
    assert_int_equal(shape.year_days[1], 91);
    assert_int_equal(shape.year_of_month[9], 0);
    assert_int_equal(shape.year_of_month[10], 1);
    grid_free(&shape);
    grid_free(&shape);
    sim_case_free(&hand);
}

/* Ledger: series s, category c, period p holds 1000 s + 100 c + p. Reported from period 2 on. */
static void cells_are_filled_from_the_right_series_category_and_month(void **state)
{
    static const struct {
        pc_measure measure;
        ledger_series series;
        bool sum;
    } of[] = {
        {PC_MEASURE_CHILDREN, LEDGER_STOCK, false},      {PC_MEASURE_PLACE_DAYS, LEDGER_DAYS, true},
        {PC_MEASURE_STARTS, LEDGER_STARTS, true},        {PC_MEASURE_CEASES, LEDGER_CEASES, true},
        {PC_MEASURE_MOVES, LEDGER_MOVES_IN, true},       {PC_MEASURE_STATUS_CHANGES, LEDGER_STATUS_IN, true},
        {PC_MEASURE_OVERFLOW, LEDGER_OVERFLOW, true},    {PC_MEASURE_UNMET, LEDGER_UNMET, true},
        {PC_MEASURE_DISPLACED, LEDGER_DISPLACED, false}, {PC_MEASURE_UNMET_DAYS, LEDGER_UNMET_DAYS, true},
        {PC_MEASURE_DAYS_FULL, LEDGER_FULL, true}};
    hand_plan hand;
    grid shape;
    ledger book;
    int64_t *cell, pence[CATEGORIES * 13];

    (void)state;
    make(&hand);
    hand.plan.first_reported = 2;
    hand.plan.has_capacity = hand.plan.coupled = true;
    assert_ok(grid_init(&shape, &hand.plan, true));
    assert_ok(ledger_init(&book, &hand.plan));
    for (size_t at = 0; at < LEDGER_N_SERIES * CATEGORIES * (size_t)MONTHS; at++) {
        *ledger_at(&book, (ledger_series)(at / MONTHS / CATEGORIES), at / MONTHS % CATEGORIES, at % MONTHS) =
            (int32_t)(1000 * (at / MONTHS / CATEGORIES) + 100 * (at / MONTHS % CATEGORIES) + at % MONTHS);
    }
    for (size_t at = 0; at < (size_t)PC_N_EXIT_CAUSE * MONTHS; at++) {
        book.exits[at] = (int32_t)at;
    }
    for (size_t at = 0; at < (size_t)CATEGORIES * 13; at++) {
        pence[at] = (int64_t)at * 10000000000;
    }
    cell = malloc(shape.n_cell * sizeof *cell);
    assert_non_null(cell);
    memset(cell, 0xEE, shape.n_cell * sizeof *cell);
    grid_fill(&shape, &book, pence, cell);
    for (size_t at = 0; at < sizeof of / sizeof of[0]; at++) {
        int64_t base = 1000 * (int64_t)of[at].series;

        for (int64_t month = 0; month < 13; month++) {
            for (int64_t category = 0; category < CATEGORIES; category++) {
                assert_int_equal(cell[grid_monthly(&shape, of[at].measure, (size_t)category, (size_t)month)],
                                 base + 100 * category + month + 2);
            }
            assert_int_equal(cell[grid_monthly(&shape, of[at].measure, CATEGORIES, (size_t)month)],
                             3 * base + 300 + 3 * (month + 2));
        }
        /* Year 0: periods 2 to 11, year 1: 12 to 14. Sums 65 and 39. */
        assert_int_equal(cell[grid_annual(&shape, of[at].measure, 1, 0)],
                         of[at].sum ? 10 * (base + 100) + 65 : base + 100 + 11);
        assert_int_equal(cell[grid_annual(&shape, of[at].measure, CATEGORIES, 1)],
                         of[at].sum ? 9 * base + 900 + 3 * 39 : 3 * base + 300 + 3 * 14);
    }
    assert_int_equal(cell[grid_monthly(&shape, PC_MEASURE_COST, 2, 4)], INT64_C(300000000000));
    assert_int_equal(cell[grid_monthly(&shape, PC_MEASURE_COST, CATEGORIES, 4)],
                     INT64_C(510000000000)); /* 4, 17, 30 */
    assert_int_equal(cell[grid_annual(&shape, PC_MEASURE_COST, 0, 1)],
                     INT64_C(330000000000)); /* 10, 11, 12 */
    for (size_t cause = 0; cause < PC_N_EXIT_CAUSE; cause++) {
        assert_int_equal(cell[grid_exits(&shape, cause, 5)], cause * MONTHS + 7);
    }
    free(cell);
    ledger_free(&book);
    grid_free(&shape);
    sim_case_free(&hand);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells_are_distinct_and_tile_the_row),
        cmocka_unit_test(money_is_filled_from_pence),
        cmocka_unit_test(years_know_their_months_and_days),
        cmocka_unit_test(cells_are_filled_from_the_right_series_category_and_month),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
