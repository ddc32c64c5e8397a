/* Rates as the loop wants them, and the search in them. */
#include "pc_test.h"

#include <math.h>

#include "sim_case.h"

typedef struct hazard_case {
    hand_plan hand;
    hazard_tables tables;
} hazard_case;

/* Four categories, 1 and 2 residential: the order of destinations is 0, 3, 1, 2. */
static int set_up(void **state)
{
    hazard_case *self = calloc(1, sizeof *self);

    assert_non_null(self);
    sim_case_make(&self->hand, 4, 1);
    hand_plan_random_rates(&self->hand, 61);
    self->hand.plan.residential[1] = self->hand.plan.residential[2] = true;
    assert_ok(hazard_tables_init(&self->tables, 4, self->hand.plan.residential));
    hazard_tables_set(&self->tables, &self->hand.rates);
    *state = self;
    return 0;
}

static int tear_down(void **state)
{
    hazard_case *self = *state;

    hazard_tables_free(&self->tables);
    hazard_tables_free(&self->tables);
    hazard_tables_free(NULL);
    sim_case_free(&self->hand);
    free(self);
    return 0;
}

static void destinations_stand_in_a_fixed_order_with_homes_last(void **state)
{
    hazard_case *self = *state;

    assert_int_equal(self->tables.n_plain, 2);
    assert_int_equal(self->tables.order[0], 0);
    assert_int_equal(self->tables.order[1], 3);
    assert_int_equal(self->tables.order[2], 1);
    assert_int_equal(self->tables.order[3], 2);
}

/* Totals by plain sums of the rates of every cell, a day. */
static void totals_are_the_sums_of_the_rates_a_day(void **state)
{
    hazard_case *self = *state;

    for (size_t cell = 0; cell < (size_t)PC_N_STREAM * PC_N_AGE_BAND * 4 * PC_N_BAND; cell++) {
        size_t stream = cell / PC_N_BAND / 4 / PC_N_AGE_BAND, age = cell / PC_N_BAND / 4 % PC_N_AGE_BAND;
        size_t from = cell / PC_N_BAND % 4, band = cell % PC_N_BAND;
        size_t row = hazard_row(&self->tables, stream, age, from, band);
        double exits = 0.0, plain = 0.0, homes = 0.0, statuses = 0.0;

        for (size_t cause = 0; cause < PC_N_EXIT_HAZARD; cause++) {
            exits += *hand_plan_exit(&self->hand, stream, age, from, band, cause);
        }
        for (size_t to = 0; to < 4; to++) {
            double rate = *hand_plan_move(&self->hand, stream, age, from, band, to);

            *(to == 1 || to == 2 ? &homes : &plain) += rate;
            statuses += *hand_plan_status(&self->hand, stream, age, from, band, to);
        }
        assert_close(self->tables.exit_total[row], exits / PC_DAYS_PER_YEAR, 1e-14, 0);
        assert_close(self->tables.move_plain[row], plain / PC_DAYS_PER_YEAR, 1e-14, 0);
        assert_close(self->tables.move_residential[row], homes / PC_DAYS_PER_YEAR, 1e-14, 0);
        assert_close(self->tables.status_total[row], statuses / PC_DAYS_PER_YEAR, 1e-14, 0);
    }
}

static void a_regime_scales_exits_and_moves_to_homes(void **state)
{
    hazard_case *self = *state;
    hazard_regime regime;

    assert_ok(hazard_regime_init(&regime, &self->tables));
    hazard_regime_set(&regime, &self->tables, 1.25, 0.5);
    for (size_t row = 0; row < self->tables.n_row; row++) {
        assert_close(regime.exit_rate[row], 1.25 * self->tables.exit_total[row], 1e-15, 0);
        assert_close(regime.move_rate[row],
                     self->tables.move_plain[row] + 0.5 * self->tables.move_residential[row], 1e-15, 0);
    }
    hazard_regime_free(&regime);
    hazard_regime_free(&regime);
}

static void the_search_finds_the_first_sum_beyond_the_target(void **state)
{
    static const double row[] = {0.25, 0.25, 0.5, 1.0, 1.0}; /* the second and the last have no mass */

    (void)state;
    assert_int_equal(hazard_search(row, 5, 0.0), 0);
    assert_int_equal(hazard_search(row, 5, 0.2499999), 0);
    assert_int_equal(hazard_search(row, 5, 0.25), 2); /* a target on a sum belongs to the next with mass */
    assert_int_equal(hazard_search(row, 5, 0.4999), 2);
    assert_int_equal(hazard_search(row, 5, 0.5), 3);
    assert_int_equal(hazard_search(row, 5, 0.9999), 3);
    assert_int_equal(hazard_search(row, 5, 1.0),
                     3); /* carried past the end by rounding: the last with mass */
    assert_int_equal(hazard_search(row, 5, 7.0), 3);
    assert_int_equal(hazard_search(row, 1, 0.1), 0);
    assert_int_equal(hazard_search(row, 1, 7.0), 0);
}

static void an_entry_without_mass_is_never_found(void **state)
{
    static const double row[] = {0.0, 0.0, 0.3, 0.3, 0.9, 0.9, 0.9};

    (void)state;
    for (int step = 0; step <= 1000; step++) {
        size_t found = hazard_search(row, 7, 0.9 * step / 1000.0);

        assert_true(found == 2 || found == 4);
    }
}

/* Shares of first placements by an even u, against the shares given; with homes scaled by 0.25. */
static void first_placements_have_their_shares(void **state)
{
    enum { STEPS = 100000 };
    hazard_case *self = *state;
    const double scale = 0.25;
    size_t n[4] = {0};
    double share[4], sum = 0.0;

    for (size_t to = 0; to < 4; to++) {
        share[to] = *hand_plan_first(&self->hand, 1, 3, to) * (to == 1 || to == 2 ? scale : 1.0);
        sum += share[to];
    }
    for (int step = 0; step < STEPS; step++) {
        n[hazard_first_category(&self->tables, 1, 3, scale, (step + 0.5) / STEPS)]++;
    }
    for (size_t to = 0; to < 4; to++) {
        assert_close(n[to], STEPS * share[to] / sum, 0, 1.5);
    }
}

/* Where no first placement is known the first category is taken; one alone is always taken. */
static void odd_rows_of_first_placements_find_something(void **state)
{
    hazard_case *self = *state;

    for (size_t only = 0; only < 4; only++) {
        for (size_t to = 0; to < 4; to++) {
            *hand_plan_first(&self->hand, 0, 0, to) = to == only ? 1.0 : 0.0;
        }
        hazard_tables_set(&self->tables, &self->hand.rates);
        assert_int_equal(hazard_first_category(&self->tables, 0, 0, 1.0, 0x1p-33), only);
        assert_int_equal(hazard_first_category(&self->tables, 0, 0, 1.0, 0.5), only);
        assert_int_equal(hazard_first_category(&self->tables, 0, 0, 0.3, 1.0 - 0x1p-33), only);
    }
    for (size_t to = 0; to < 4; to++) {
        *hand_plan_first(&self->hand, 0, 0, to) = 0.0;
    }
    hazard_tables_set(&self->tables, &self->hand.rates);
    assert_int_equal(hazard_first_category(&self->tables, 0, 0, 1.0, 0.7), 0);
}

static void all_categories_may_be_homes_or_none(void **state)
{
    static const bool every[4] = {true, true, true, true}, none[4] = {false, false, false, false};
    hazard_case *self = *state;

    for (int homes = 0; homes < 2; homes++) {
        hazard_tables_free(&self->tables);
        assert_ok(hazard_tables_init(&self->tables, 4, homes ? every : none));
        hazard_tables_set(&self->tables, &self->hand.rates);
        assert_int_equal(self->tables.n_plain, homes ? 0 : 4);
        for (int step = 0; step < 100; step++) {
            assert_true(hazard_first_category(&self->tables, 1, 2, 0.4, (step + 0.5) / 100.0) < 4);
        }
    }
}

int main(void)
{
#define HAZARD(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        HAZARD(destinations_stand_in_a_fixed_order_with_homes_last),
        HAZARD(totals_are_the_sums_of_the_rates_a_day),
        HAZARD(a_regime_scales_exits_and_moves_to_homes),
        cmocka_unit_test(the_search_finds_the_first_sum_beyond_the_target),
        cmocka_unit_test(an_entry_without_mass_is_never_found),
        HAZARD(first_placements_have_their_shares),
        HAZARD(odd_rows_of_first_placements_find_something),
        HAZARD(all_categories_may_be_homes_or_none),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
