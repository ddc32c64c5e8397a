/* The simulation against formulas: stocks, shares, counts. Fixed seeds; |z| < 5 is a false alarm in two
 * million checks; each test says what error it would notice, and its twin makes that error. */
#include "pc_test.h"

#include <gsl/gsl_linalg.h>
#include <math.h>

#include "sim_case.h"

#define AGELESS (-(double)INFINITY)

static double years(const pc_plan *plan, size_t period)
{
    return plan->period[period].end / PC_DAYS_PER_YEAR;
}

/* Running mean and variance (Welford). */
typedef struct moments {
    size_t n;
    double mean, square;
} moments;

static void add(moments *self, double value)
{
    double before = value - self->mean;

    self->n++;
    self->mean += before / (double)self->n;
    self->square += before * (value - self->mean);
}

static double variance(const moments *self)
{
    return self->square / (double)(self->n - 1);
}

static bool mean_is(const moments *self, double expected)
{
    return fabs(z_mean(self->mean, expected, sqrt(variance(self)), self->n)) < 5.0;
}

/* The sample variance has variance (kurtosis - 1) var^2 / n; `kurtosis` 3 is the normal one, 3 + 1 / mean the
 * Poisson one. */
static bool variance_is(const moments *self, double expected, double kurtosis)
{
    return fabs(variance(self) - expected) < 5.0 * expected * sqrt((kurtosis - 1.0) / (double)self->n);
}

/* Those present at first are Binomial(N0, exp(-mt)); those who came are Poisson with mean L/m (1 - exp(-mt)).
 * With 4,000 replicates a rate that is 5% off, or a variance that is 15% off, fails. */
static void stock_meets_immigration_and_death_in_mean_and_variance(void **state)
{
    enum { MONTHS = 36, N = 4000 };
    const double m = 0.8, entries = 60.0, present = 40.0;
    hand_plan hand;
    replicate_workspace workspace;
    moments stock[MONTHS];

    (void)state;
    memset(stock, 0, sizeof stock);
    sim_case_make(&hand, 1, MONTHS);
    sim_case_exits(&hand, PC_EXIT_HOME, m);
    sim_case_first(&hand, 0);
    *hand_plan_starts(&hand, PC_STREAM_LOCAL, 0) = entries;
    for (int child = 0; child < (int)present; child++) {
        hand_plan_add_child(&hand, PC_STREAM_LOCAL, AGELESS, 0, -100.0, -50.0, true);
    }
    assert_ok(replicate_workspace_init(&workspace, &hand.plan));
    for (uint32_t replicate = 0; replicate < N; replicate++) {
        sim_case_run(&workspace, replicate);
        for (size_t period = 0; period < MONTHS; period++) {
            add(&stock[period], *ledger_at(&workspace.ledger, LEDGER_STOCK, 0, period));
        }
    }
    for (size_t period = 0; period < MONTHS; period++) {
        double stay = exp(-m * years(&hand.plan, period)), came = entries / m * (1.0 - stay);
        double slow = exp(-0.95 * m * years(&hand.plan, period));

        assert_true(mean_is(&stock[period], present * stay + came));
        assert_true(variance_is(&stock[period], present * stay * (1.0 - stay) + came, 3.1));
        if (period > 6) {
            assert_false(mean_is(&stock[period], present * slow + entries / (0.95 * m) * (1.0 - slow)));
        }
        assert_false(variance_is(&stock[period], 1.25 * (present * stay * (1.0 - stay) + came), 3.1));
    }
    replicate_workspace_free(&workspace);
    sim_case_free(&hand);
}

enum { N_STATE = 4 };

/* Moves, changes of status and exits; all rates 1/year. */
static const double moves[N_STATE][N_STATE] = {
    {0.3, 0.8, 0.2, 0.0}, {0.5, 0.4, 0.0, 0.9}, {0.0, 1.2, 0.0, 0.1}, {0.1, 0.1, 0.3, 0.0}};
static const double statuses[N_STATE][N_STATE] = {
    {0.0, 0.0, 0.5, 0.0}, {0.2, 0.0, 0.0, 0.0}, {0.0, 0.0, 0.0, 0.4}, {0.0, 0.0, 0.0, 0.0}};

static void set_states(hand_plan *hand)
{
    static const double leave[N_STATE] = {0.4, 0.1, 0.9, 0.0};

    for (size_t from = 0; from < N_STATE; from++) {
        for (size_t to = 0; to < N_STATE; to++) {
            sim_case_moves(hand, from, to, moves[from][to]);
            sim_case_statuses(hand, from, to, statuses[from][to]);
        }
        for (size_t age = 0; age < PC_N_AGE_BAND; age++) {
            for (size_t band = 0; band < PC_N_BAND; band++) {
                *hand_plan_exit(hand, PC_STREAM_LOCAL, age, from, band, PC_EXIT_ORDER) = leave[from];
            }
        }
    }
}

/* Mean children by category after `t` years, of `present` in category 0 at first; `scale` multiplies Q. */
static void by_matrix_exponential(const hand_plan *hand, double present, double t, double scale,
                                  double out[N_STATE])
{
    gsl_matrix *q = gsl_matrix_calloc(N_STATE, N_STATE), *p = gsl_matrix_alloc(N_STATE, N_STATE);

    for (size_t from = 0; from < N_STATE; from++) {
        double total =
            hand->rates.exit[pc_rates_cell(&hand->rates, 0, 2, from, 0) * PC_N_EXIT_HAZARD + PC_EXIT_ORDER];

        for (size_t to = 0; to < N_STATE; to++) {
            double rate = from == to ? 0.0 : moves[from][to] + statuses[from][to];

            total += rate;
            gsl_matrix_set(q, from, to, rate * t * scale);
        }
        gsl_matrix_set(q, from, from, -total * t * scale);
    }
    gsl_linalg_exponential_ss(q, p, GSL_PREC_DOUBLE);
    for (size_t to = 0; to < N_STATE; to++) {
        out[to] = present * gsl_matrix_get(p, 0, to);
    }
    gsl_matrix_free(q);
    gsl_matrix_free(p);
}

/* One age band, nobody starts. Duration bands are on and every band has the same rates: passing their edges
 * must change nothing. With 80,000 children a Q that is 6% off fails. */
static void categories_meet_the_matrix_exponential(void **state)
{
    enum { MONTHS = 24, N = 400, PRESENT = 200 };
    hand_plan hand;
    replicate_workspace workspace;
    moments stock[N_STATE][MONTHS];
    bool noticed = false;

    (void)state;
    memset(stock, 0, sizeof stock);
    sim_case_make(&hand, N_STATE, MONTHS);
    set_states(&hand);
    hand.plan.care_bands = hand.plan.placement_bands = true;
    hand.plan.residential[1] = true; /* the order of destinations must not matter */
    for (int child = 0; child < PRESENT; child++) {
        hand_plan_add_child(&hand, PC_STREAM_LOCAL, AGELESS, 0, -10.0 * child, -5.0 * child, true);
    }
    assert_ok(replicate_workspace_init(&workspace, &hand.plan));
    for (uint32_t replicate = 0; replicate < N; replicate++) {
        sim_case_run(&workspace, replicate);
        for (size_t at = 0; at < (size_t)N_STATE * MONTHS; at++) {
            add(&stock[at / MONTHS][at % MONTHS],
                *ledger_at(&workspace.ledger, LEDGER_STOCK, at / MONTHS, at % MONTHS));
        }
    }
    for (size_t period = 0; period < MONTHS; period++) {
        double right[N_STATE], wrong[N_STATE];

        by_matrix_exponential(&hand, PRESENT, years(&hand.plan, period), 1.0, right);
        by_matrix_exponential(&hand, PRESENT, years(&hand.plan, period), 1.06, wrong);
        for (size_t category = 0; category < N_STATE; category++) {
            assert_true(mean_is(&stock[category][period], right[category]));
            noticed |= !mean_is(&stock[category][period], wrong[category]);
        }
    }
    assert_true(noticed);
    replicate_workspace_free(&workspace);
    sim_case_free(&hand);
}

/* A cause's share is its rate over the sum of rates, whenever the exit happens: in the first half year and
 * later. Likewise the destinations of moves. A share that is 6 points off fails. */
static void causes_and_destinations_have_the_shares_of_their_rates(void **state)
{
    static const double rate[PC_N_EXIT_HAZARD] = {0.9, 0.3, 0.15, 0.05, 0.6}, to[4] = {0.5, 1.0, 0.25, 0.75};
    enum { MONTHS = 24, N = 100, PRESENT = 250 };
    hand_plan hand;
    replicate_workspace workspace;
    size_t exits[2][PC_N_EXIT_HAZARD] = {{0}}, all[2] = {0, 0}, moved[4] = {0}, all_moved = 0;

    (void)state;
    sim_case_make(&hand, 4, MONTHS);
    hand.plan.residential[0] = hand.plan.residential[2] = true;
    for (size_t cause = 0; cause < PC_N_EXIT_HAZARD; cause++) {
        sim_case_exits(&hand, (pc_exit_cause)cause, rate[cause]);
    }
    for (size_t from = 0; from < 4; from++) {
        for (size_t destination = 0; destination < 4; destination++) {
            sim_case_moves(&hand, from, destination, to[destination]);
        }
    }
    for (int child = 0; child < PRESENT; child++) {
        hand_plan_add_child(&hand, PC_STREAM_LOCAL, AGELESS, 0, 0.0, 0.0, true);
    }
    assert_ok(replicate_workspace_init(&workspace, &hand.plan));
    for (uint32_t replicate = 0; replicate < N; replicate++) {
        sim_case_run(&workspace, replicate);
        for (size_t period = 0; period < MONTHS; period++) {
            for (size_t cause = 0; cause < PC_N_EXIT_HAZARD; cause++) {
                size_t n = (size_t)workspace.ledger.exits[cause * MONTHS + period];

                exits[period >= 6][cause] += n;
                all[period >= 6] += n;
            }
            for (size_t category = 0; category < 4; category++) {
                size_t n = (size_t)*ledger_at(&workspace.ledger, LEDGER_MOVES_IN, category, period);

                moved[category] += n;
                all_moved += n;
            }
        }
    }
    for (size_t late = 0; late < 2; late++) {
        for (size_t cause = 0; cause < PC_N_EXIT_HAZARD; cause++) {
            assert_true(fabs(z_share(exits[late][cause], all[late], rate[cause] / 2.0)) < 5.0);
        }
        assert_false(fabs(z_share(exits[late][PC_EXIT_HOME], all[late], rate[0] / 2.0 + 0.06)) < 5.0);
    }
    for (size_t category = 0; category < 4; category++) {
        assert_true(fabs(z_share(moved[category], all_moved, to[category] / 2.5)) < 5.0);
    }
    assert_false(fabs(z_share(moved[1], all_moved, 0.43)) < 5.0);
    replicate_workspace_free(&workspace);
    sim_case_free(&hand);
}

/* Starts a month, pooled over months as (count - mean) / sqrt(mean), so that months of 30 and 31 days can be
 * taken together. `shape`: of the gamma factor, INFINITY for none. */
static void starts_sample(double shape, double a_year, size_t n, moments *count, moments *square)
{
    enum { MONTHS = 24 };
    hand_plan hand;
    replicate_workspace workspace;

    sim_case_make(&hand, 1, MONTHS);
    sim_case_first(&hand, 0);
    *hand_plan_starts(&hand, PC_STREAM_UASC, 16) = a_year;
    hand.plan.starts_overdispersion = isfinite(shape);
    hand.plan.dispersion[PC_STREAM_UASC] = shape;
    assert_ok(replicate_workspace_init(&workspace, &hand.plan));
    for (uint32_t replicate = 0; replicate < n; replicate++) {
        sim_case_run(&workspace, replicate);
        for (size_t period = 0; period < MONTHS; period++) {
            const plan_period *month = &hand.plan.period[period];
            double mean = a_year * (month->end - month->first) / PC_DAYS_PER_YEAR;
            double deviation = *ledger_at(&workspace.ledger, LEDGER_STARTS, 0, period) - mean;

            add(count, deviation / sqrt(mean));
            /* Divided by what it should be: mean + mean^2 / shape. */
            add(square, deviation * deviation / (mean + (isfinite(shape) ? mean * mean / shape : 0.0)));
        }
    }
    replicate_workspace_free(&workspace);
    sim_case_free(&hand);
}

/* 12,000 months: a variance that is 7% off fails. */
static void starts_are_poisson(void **state)
{
    moments count = {0}, square = {0};

    (void)state;
    starts_sample((double)INFINITY, 120.0, 500, &count, &square);
    assert_true(mean_is(&count, 0.0));
    assert_true(mean_is(&square, 1.0));
    assert_false(mean_is(&square, 1.1));
}

/* 503 gamma factors a month: not more replicates than that, so that all are independent. */
static void over_dispersed_starts_are_negative_binomial(void **state)
{
    static const double shape[] = {0.7, 4.0, 50.0};

    (void)state;
    for (size_t at = 0; at < sizeof shape / sizeof shape[0]; at++) {
        moments count = {0}, square = {0}, plain = {0}, plain_square = {0};

        starts_sample(shape[at], 120.0, LAYERS_N_DISPERSION, &count, &square);
        assert_true(mean_is(&count, 0.0));
        assert_true(mean_is(&square, 1.0));
        /* Must-fail twin: Poisson starts have too small a variance for this shape. */
        starts_sample((double)INFINITY, 120.0, LAYERS_N_DISPERSION, &plain, &plain_square);
        assert_false(mean_is(&plain_square, 1.0 / (1.0 + 10.0 / shape[at])));
    }
}

/* Starters come evenly over the days of the month and evenly within a year of age; Kolmogorov-Smirnov, a
 * false alarm in ten thousand seeds. */
static void starters_come_evenly_over_days_and_ages(void **state)
{
    enum { MOST = 40000 };
    static double day[MOST], age[MOST];
    hand_plan hand;
    replicate_workspace workspace;
    size_t n = 0, by_year[PC_N_AGE_YEAR] = {0}, all = 0;

    (void)state;
    sim_case_make(&hand, 1, 3);
    sim_case_first(&hand, 0);
    *hand_plan_starts(&hand, PC_STREAM_LOCAL, 0) = 200.0;
    *hand_plan_starts(&hand, PC_STREAM_LOCAL, 9) = 300.0;
    *hand_plan_starts(&hand, PC_STREAM_LOCAL, 17) = 500.0;
    assert_ok(replicate_workspace_init(&workspace, &hand.plan));
    for (uint32_t replicate = 0; replicate < 150; replicate++) {
        sim_case_run(&workspace, replicate);
        for (size_t at = 0; at < workspace.starters.n && n < MOST; at++) {
            const starter *who = &workspace.starters.row[at];

            day[n] = who->time / hand.plan.n_day;
            age[n++] = who->age - floor(who->age);
            by_year[(size_t)who->age]++;
            all++;
            assert_int_equal(who->age_band, pc_age_band_of_years((int)who->age));
        }
    }
    assert_true(n > 30000);
    assert_true(ks_p_value(ks_distance_uniform(day, n), n) > 1e-4);
    assert_true(ks_p_value(ks_distance_uniform(age, n), n) > 1e-4);
    assert_true(fabs(z_share(by_year[0], all, 0.2)) < 5.0);
    assert_true(fabs(z_share(by_year[9], all, 0.3)) < 5.0);
    assert_true(fabs(z_share(by_year[17], all, 0.5)) < 5.0);
    assert_int_equal(by_year[0] + by_year[9] + by_year[17], all);
    replicate_workspace_free(&workspace);
    sim_case_free(&hand);
}

/* Little's law: in a steady state the mean stock is starts a day x the mean stay. Here by place-days, with
 * short stays of days: 0.02 years is 7.3 days. */
static void short_stays_of_days_are_right(void **state)
{
    enum { MONTHS = 12, N = 300 };
    hand_plan hand;
    replicate_workspace workspace;
    moments days = {0};
    const double stay = 7.3, a_day = 2000.0 / PC_DAYS_PER_YEAR;
    double expected;

    (void)state;
    sim_case_make(&hand, 1, MONTHS);
    sim_case_exits(&hand, PC_EXIT_HOME, PC_DAYS_PER_YEAR / stay);
    sim_case_first(&hand, 0);
    *hand_plan_starts(&hand, PC_STREAM_LOCAL, 3) = 2000.0;
    assert_ok(replicate_workspace_init(&workspace, &hand.plan));
    for (uint32_t replicate = 0; replicate < N; replicate++) {
        double sum = 0.0;

        sim_case_run(&workspace, replicate);
        for (size_t period = 0; period < MONTHS; period++) {
            sum += *ledger_at(&workspace.ledger, LEDGER_DAYS, 0, period);
        }
        add(&days, sum);
    }
    /* The stock at the end of day d is a_day x stay x (1 - exp(-(d + 1) / stay)): summed over all days. */
    expected = a_day * stay *
               (hand.plan.n_day -
                exp(-1.0 / stay) * (1.0 - exp(-hand.plan.n_day / stay)) / (1.0 - exp(-1.0 / stay)));
    assert_true(mean_is(&days, expected));
    assert_false(mean_is(&days, expected * (stay + 0.5) / stay)); /* half a day more or less would show */
    assert_false(mean_is(&days, expected * (stay - 0.5) / stay));
    replicate_workspace_free(&workspace);
    sim_case_free(&hand);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stock_meets_immigration_and_death_in_mean_and_variance),
        cmocka_unit_test(categories_meet_the_matrix_exponential),
        cmocka_unit_test(causes_and_destinations_have_the_shares_of_their_rates),
        cmocka_unit_test(starts_are_poisson),
        cmocka_unit_test(over_dispersed_starts_are_negative_binomial),
        cmocka_unit_test(starters_come_evenly_over_days_and_ages),
        cmocka_unit_test(short_stays_of_days_are_right),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
