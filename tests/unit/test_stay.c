/* How long cases stay, in months: hand-worked shares, and the identities that make Little's law exact. */
#include "pc_test.h"

#include <math.h>

#include "workforce/stay.h"

static const pc_stay exponential = {.days = 100.0, .spread = 1.0};
static const pc_stay fixed = {.days = 2.0 * STAY_MONTH, .spread = 0.0};
static double band_days[] = {30.0, 90.0}, band_share[] = {0.25, 0.75};
static const pc_stay bands = {
    .days = (double)NAN, .spread = 1.0, .n_band = 2, .band_days = band_days, .band_share = band_share};

static void the_time_spent_within_so_many_days_is_the_integral_of_survival(void **state)
{
    (void)state;
    assert_close(stay_within(&exponential, 50.0), 100.0 * (1.0 - exp(-0.5)), 1e-12, 0.0);
    assert_close(stay_within(&fixed, 10.0), 10.0, 0.0, 0.0);
    assert_close(stay_within(&fixed, 1000.0), 2.0 * STAY_MONTH, 1e-15, 0.0);
    /* Within 30 days: 30 - 0.25 * 15; then 60 days from 0.75 down to nothing: 0.75 * 30. */
    assert_close(stay_within(&bands, 30.0), 26.25, 1e-12, 0.0);
    assert_close(stay_within(&bands, 90.0), 26.25 + 22.5, 1e-12, 0.0);
    assert_close(stay_mean(&bands), 0.25 * 15.0 + 0.75 * 60.0, 1e-12, 0.0);
    assert_close(stay_within(&bands, 1e6), stay_mean(&bands), 1e-12, 0.0);
}

static void a_stay_of_two_months_ends_two_months_later(void **state)
{
    double leave[STAY_MOST_MONTHS], residual[STAY_MOST_MONTHS];
    size_t n = stay_months(&fixed, leave, residual);

    (void)state;
    assert_int_equal(n, 3);
    assert_close(leave[0], 0.0, 0.0, 1e-12);
    assert_close(leave[1], 0.0, 0.0, 1e-12);
    assert_close(leave[2], 1.0, 0.0, 1e-12);
    assert_close(residual[0], 0.5, 0.0, 1e-12); /* half of the open ones are in their second month */
    assert_close(residual[1], 0.5, 0.0, 1e-12);
}

/* Shares sum to one, and the mean delay in months is the mean stay: E[k] = sum of P(k >= j). */
static void delays_keep_their_mean(void **state)
{
    const pc_stay short_stay = {.days = 1.0, .spread = 0.0}, gamma = {.days = 240.0, .spread = 1.2},
                  none = {.days = 0.0, .spread = 1.0};
    const pc_stay *each[] = {&exponential, &fixed, &bands, &short_stay, &gamma, &none};
    double leave[STAY_MOST_MONTHS], residual[STAY_MOST_MONTHS];

    (void)state;
    for (size_t at = 0; at < sizeof each / sizeof each[0]; at++) {
        double sum = 0.0, mean = 0.0, left = 0.0;
        size_t n = stay_months(each[at], leave, residual);

        for (size_t k = 0; k < n; k++) {
            assert_true(leave[k] >= -1e-12 && residual[k] >= -1e-12);
            sum += leave[k];
            mean += (double)k * leave[k];
            left += residual[k];
        }
        assert_close(sum, 1.0, 1e-12, 0.0);
        assert_close(left, 1.0, 1e-9, 0.0);
        assert_close(mean * STAY_MONTH, stay_mean(each[at]), 1e-5, 1e-9);
    }
}

static void quantiles_invert_the_distribution(void **state)
{
    (void)state;
    assert_close(stay_quantile(&exponential, 0.5), 100.0 * log(2.0), 1e-9, 0.0);
    assert_close(stay_quantile(&fixed, 0.3), 2.0 * STAY_MONTH, 0.0, 0.0);
    assert_close(stay_quantile(&bands, 0.125), 15.0, 1e-12, 0.0);
    assert_close(stay_quantile(&bands, 0.25), 30.0, 1e-12, 0.0);
    assert_close(stay_quantile(&bands, 0.625), 60.0, 1e-12, 0.0);
}

/* Whatever is asked about whole days has the same answer, also right beside one. */
static void the_table_is_on_the_same_side_of_every_whole_day(void **state)
{
    const double spread[] = {0.0, 0.2, 0.4, 1.0, 2.5}, days[] = {0.0, 0.7, 35.0, 300.0};

    (void)state;
    for (size_t at = 0; at < 20; at++) {
        const pc_stay of = {.days = days[at % 4], .spread = spread[at / 4]};
        stay_table table;

        assert_int_equal(stay_table_make(&table, &of), PC_OK);
        for (size_t number = 0; number < 3000; number++) {
            /* Some evenly, some within a few units of the last place or a millionth of what a whole day has.
             */
            size_t day = number % 400;
            double nudge = (double)((int)(number % 7) - 3) * (number % 2 == 0 ? 4e-7 : 1e-16);
            double u = number % 3 == 0 || day >= table.n ? ((double)number + 0.5) / 3000.0
                                                         : table.shorter[day] + nudge;

            if (u > 0.0 && u < 1.0) {
                double exact = stay_quantile(&of, u), quick = stay_table_quantile(&table, u);

                assert_close(floor(quick), floor(exact), 0.0, 0.0);
                assert_int_equal(quick <= floor(exact), exact <= floor(exact));
            }
        }
        stay_table_free(&table);
        stay_table_free(&table);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_time_spent_within_so_many_days_is_the_integral_of_survival),
        cmocka_unit_test(a_stay_of_two_months_ends_two_months_later),
        cmocka_unit_test(delays_keep_their_mean),
        cmocka_unit_test(quantiles_invert_the_distribution),
        cmocka_unit_test(the_table_is_on_the_same_side_of_every_whole_day),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
