/* Occurrence and exposure: splits worked by hand. */
#include "pc_test.h"

#include <math.h>

#include "cohort.h"
#include "estimate/estimate.h"

static const char *const category[] = {"foster_inhouse", "residential_external"};

static pc_day day_of(int year, int month, int day)
{
    return pc_day_from_date((pc_date){year, month, day});
}

static pc_posterior *count(const pc_episodes *episodes, pc_day from, pc_day to, double half_life_days)
{
    estimate_window window = {.from = from, .to = to, .half_life_days = half_life_days};
    pc_posterior *posterior;

    assert_ok(estimate_posterior_new(episodes->codes.n_category, &posterior));
    estimate_count(episodes, (estimate_rows){0, episodes->n}, &window, posterior->family);
    return posterior;
}

static double days(const pc_posterior *posterior, estimate_family family, size_t age, size_t from,
                   size_t band)
{
    const estimate_table *table = &posterior->family[family];

    return table->years[(age * table->n_category + from) * PC_N_BAND + band] * PC_DAYS_PER_YEAR;
}

static double events(const pc_posterior *posterior, estimate_family family, size_t age, size_t from,
                     size_t band, size_t cause)
{
    const estimate_table *table = &posterior->family[family];

    return table->events[((age * table->n_category + from) * PC_N_BAND + band) * table->n_cause + cause];
}

static double all_days(const pc_posterior *posterior, estimate_family family)
{
    const estimate_table *table = &posterior->family[family];
    double sum = 0;

    for (size_t cell = 0; cell < (size_t)PC_N_STREAM * PC_N_AGE_BAND * table->n_category * PC_N_BAND;
         cell++) {
        sum += table->years[cell] * PC_DAYS_PER_YEAR;
    }
    return sum;
}

static double all_events(const pc_posterior *posterior, estimate_family family)
{
    const estimate_table *table = &posterior->family[family];
    size_t n = (size_t)PC_N_STREAM * PC_N_AGE_BAND * table->n_category * PC_N_BAND * table->n_cause;
    double sum = 0;

    for (size_t i = 0; i < n; i++) {
        sum += table->events[i];
    }
    return sum;
}

/*            2020                                                          2021
 *  care      1 Jan ----------- window 1 Apr ---- 15 Jun 10 years -- 1 Jul ----------- 31 Dec ------ 1 Mar
 * home category  foster ................................................| residential ..................|
 *  care day  0                          91              166         182                 365         425
 */
static void one_child(pc_episodes *out)
{
    cohort_empty(out, 2, category, day_of(2021, 3, 31));
    cohort_add_child(out, "", "a", day_of(2010, 6, 15), PC_STREAM_LOCAL);
    cohort_add_row(out, day_of(2020, 1, 1), day_of(2020, 7, 1), 0, PC_TRANSITION_START, PC_N_EXIT_CAUSE);
    cohort_add_row(out, day_of(2020, 7, 1), day_of(2021, 3, 1), 1, PC_TRANSITION_MOVE, PC_EXIT_HOME);
}

static void splits_days_at_birthdays_and_at_the_edges_of_both_clocks(void **state)
{
    pc_episodes episodes;
    pc_posterior *posterior;

    (void)state;
    one_child(&episodes);
    posterior = count(&episodes, day_of(2020, 4, 1), day_of(2021, 3, 31), 0);
    /* Delayed entry: the first days counted are in the band 28-182, at the age of 9. */
    assert_close(days(posterior, FAMILY_EXIT, 2, 0, 1), 75, 1e-12, 0);
    assert_close(days(posterior, FAMILY_EXIT, 3, 0, 1), 16, 1e-12, 0);
    assert_close(days(posterior, FAMILY_EXIT, 3, 1, 2), 183, 1e-12, 0);
    assert_close(days(posterior, FAMILY_EXIT, 3, 1, 3), 60, 1e-12, 0);
    assert_close(all_days(posterior, FAMILY_EXIT), 75 + 16 + 183 + 60, 1e-12, 0);
    assert_close(days(posterior, FAMILY_MOVE, 2, 0, 1), 75, 1e-12, 0);
    assert_close(days(posterior, FAMILY_MOVE, 3, 0, 1), 16, 1e-12, 0);
    assert_close(days(posterior, FAMILY_MOVE, 3, 1, 0), 28, 1e-12, 0);
    assert_close(days(posterior, FAMILY_MOVE, 3, 1, 1), 154, 1e-12, 0);
    assert_close(days(posterior, FAMILY_MOVE, 3, 1, 2), 61, 1e-12, 0);
    assert_close(all_days(posterior, FAMILY_MOVE), all_days(posterior, FAMILY_EXIT), 1e-12, 0);
    assert_close(days(posterior, FAMILY_STATUS, 3, 1, 3), 60, 1e-12, 0); /* the care clock */
    estimate_posterior_free(posterior);
    pc_episodes_free(&episodes);
}

static void puts_an_event_with_its_last_day_at_risk(void **state)
{
    pc_episodes episodes;
    pc_posterior *posterior;

    (void)state;
    one_child(&episodes);
    posterior = count(&episodes, day_of(2020, 4, 1), day_of(2021, 3, 31), 0);
    assert_close(events(posterior, FAMILY_MOVE, 3, 0, 1, 1), 1, 0, 0); /* day 181 of the placement */
    assert_close(all_events(posterior, FAMILY_MOVE), 1, 0, 0);
    assert_close(events(posterior, FAMILY_EXIT, 3, 1, 3, PC_EXIT_HOME), 1, 0, 0);
    assert_close(all_events(posterior, FAMILY_EXIT), 1, 0, 0);
    assert_close(all_events(posterior, FAMILY_STATUS), 0, 0, 0);
    estimate_posterior_free(posterior);
    pc_episodes_free(&episodes);
}

static void counts_an_event_on_the_first_and_last_day_of_the_window_only(void **state)
{
    static const struct {
        int from[3], to[3];
        double moves;
    } cases[] = {{{2020, 7, 1}, {2020, 12, 31}, 1},
                 {{2020, 7, 2}, {2020, 12, 31}, 0},
                 {{2020, 2, 1}, {2020, 7, 1}, 1},
                 {{2020, 2, 1}, {2020, 6, 30}, 0}};
    pc_episodes episodes;

    (void)state;
    one_child(&episodes);
    for (size_t c = 0; c < sizeof cases / sizeof cases[0]; c++) {
        pc_posterior *posterior =
            count(&episodes, day_of(cases[c].from[0], cases[c].from[1], cases[c].from[2]),
                  day_of(cases[c].to[0], cases[c].to[1], cases[c].to[2]), 0);

        assert_close(all_events(posterior, FAMILY_MOVE), cases[c].moves, 0, 0);
        estimate_posterior_free(posterior);
    }
    pc_episodes_free(&episodes);
}

static void counts_both_end_days_of_the_window(void **state)
{
    pc_episodes episodes;
    pc_posterior *posterior;

    (void)state;
    one_child(&episodes);
    posterior = count(&episodes, day_of(2020, 2, 1), day_of(2020, 2, 1), 0);
    assert_close(all_days(posterior, FAMILY_EXIT), 1, 1e-12, 0);
    estimate_posterior_free(posterior);
    posterior = count(&episodes, day_of(2021, 2, 28), day_of(2021, 3, 31), 0);
    assert_close(all_days(posterior, FAMILY_EXIT), 1, 1e-12, 0); /* the day of leaving is not at risk */
    estimate_posterior_free(posterior);
    pc_episodes_free(&episodes);
}

static void the_18th_birthday_is_no_event_and_a_leap_day_child_ages_on_1_march(void **state)
{
    pc_episodes episodes;
    pc_posterior *posterior;

    (void)state;
    cohort_empty(&episodes, 2, category, day_of(2022, 12, 31));
    cohort_add_child(&episodes, "", "a", day_of(2004, 2, 29), PC_STREAM_LOCAL);
    cohort_add_row(&episodes, day_of(2022, 2, 1), day_of(2022, 3, 1), 0, PC_TRANSITION_START,
                   PC_EXIT_AGE_OUT);
    posterior = count(&episodes, day_of(2022, 1, 1), day_of(2022, 12, 31), 0);
    assert_close(days(posterior, FAMILY_EXIT, 4, 0, 0), 28, 1e-12, 0);
    assert_close(all_days(posterior, FAMILY_EXIT), 28, 1e-12, 0);
    assert_close(all_events(posterior, FAMILY_EXIT), 0, 0, 0);
    estimate_posterior_free(posterior);
    pc_episodes_free(&episodes);
}

static void an_open_stay_is_censored_at_the_end_of_the_window(void **state)
{
    pc_episodes episodes;
    pc_posterior *posterior;

    (void)state;
    cohort_empty(&episodes, 2, category, day_of(2022, 3, 31));
    cohort_add_child(&episodes, "", "a", day_of(2012, 1, 1), PC_STREAM_UASC);
    cohort_add_row(&episodes, day_of(2022, 3, 1), PC_DAY_OPEN, 0, PC_TRANSITION_START, PC_N_EXIT_CAUSE);
    posterior = count(&episodes, day_of(2020, 1, 1), day_of(2022, 3, 31), 0);
    assert_close(all_days(posterior, FAMILY_EXIT), 31, 1e-12, 0);
    assert_close(days(posterior, FAMILY_EXIT, PC_N_AGE_BAND + 3, 0, 0), 28, 1e-12, 0); /* second stream */
    assert_close(all_events(posterior, FAMILY_EXIT), 0, 0, 0);
    estimate_posterior_free(posterior);
    pc_episodes_free(&episodes);
}

static void a_stay_without_days_keeps_its_event(void **state)
{
    pc_episodes episodes;
    pc_posterior *posterior;

    (void)state;
    cohort_empty(&episodes, 2, category, day_of(2022, 3, 31));
    cohort_add_child(&episodes, "", "a", day_of(2012, 1, 1), PC_STREAM_LOCAL);
    cohort_add_row(&episodes, day_of(2022, 1, 1), day_of(2022, 1, 1), 0, PC_TRANSITION_START,
                   PC_N_EXIT_CAUSE);
    cohort_add_row(&episodes, day_of(2022, 1, 1), day_of(2022, 1, 5), 1, PC_TRANSITION_MOVE, PC_EXIT_OTHER);
    posterior = count(&episodes, day_of(2020, 1, 1), day_of(2022, 3, 31), 0);
    assert_close(days(posterior, FAMILY_MOVE, 3, 0, 0), 0, 0, 0);
    assert_close(events(posterior, FAMILY_MOVE, 3, 0, 0, 1), 1, 0, 0);
    assert_close(days(posterior, FAMILY_EXIT, 3, 1, 0), 4, 1e-12, 0);
    estimate_posterior_free(posterior);
    pc_episodes_free(&episodes);
}

static void a_change_of_status_keeps_the_placement_clock(void **state)
{
    pc_episodes episodes;
    pc_posterior *posterior;

    (void)state;
    cohort_empty(&episodes, 2, category, day_of(2021, 3, 31));
    cohort_add_child(&episodes, "", "a", day_of(2010, 1, 1), PC_STREAM_LOCAL);
    cohort_add_row(&episodes, day_of(2020, 1, 1), day_of(2020, 2, 1), 0, PC_TRANSITION_START,
                   PC_N_EXIT_CAUSE);
    cohort_add_row(&episodes, day_of(2020, 2, 1), day_of(2020, 2, 11), 0, PC_TRANSITION_CONTINUE,
                   PC_N_EXIT_CAUSE);
    cohort_add_row(&episodes, day_of(2020, 2, 11), day_of(2020, 3, 1), 1, PC_TRANSITION_STATUS,
                   PC_N_EXIT_CAUSE);
    cohort_add_row(&episodes, day_of(2020, 3, 1), PC_DAY_OPEN, 1, PC_TRANSITION_MOVE, PC_N_EXIT_CAUSE);
    posterior = count(&episodes, day_of(2020, 1, 1), day_of(2020, 3, 1), 0);
    assert_close(events(posterior, FAMILY_STATUS, 3, 0, 1, 1), 1, 0, 0);
    assert_close(all_events(posterior, FAMILY_STATUS), 1, 0, 0);
    assert_close(days(posterior, FAMILY_MOVE, 3, 0, 0), 28, 1e-12, 0);
    assert_close(days(posterior, FAMILY_MOVE, 3, 0, 1), 13, 1e-12, 0);
    assert_close(days(posterior, FAMILY_MOVE, 3, 1, 1), 19, 1e-12, 0); /* the clock runs on */
    assert_close(events(posterior, FAMILY_MOVE, 3, 1, 1, 1), 1, 0, 0); /* a move within the category */
    assert_close(days(posterior, FAMILY_MOVE, 3, 1, 0), 1, 1e-12, 0);  /* and starts again */
    estimate_posterior_free(posterior);
    pc_episodes_free(&episodes);
}

static void a_half_life_weighs_days_and_events_alike(void **state)
{
    pc_episodes episodes;
    pc_posterior *posterior;
    double expected = 0;

    (void)state;
    one_child(&episodes);
    posterior = count(&episodes, day_of(2020, 4, 1), day_of(2021, 3, 31), 100);
    for (pc_day day = day_of(2020, 12, 31); day < day_of(2021, 3, 1); day++) {
        expected += pow(0.5, (day_of(2021, 3, 31) - day) / 100.0);
    }
    assert_close(days(posterior, FAMILY_EXIT, 3, 1, 3), expected, 1e-12, 0);
    assert_close(events(posterior, FAMILY_EXIT, 3, 1, 3, PC_EXIT_HOME), pow(0.5, 30 / 100.0), 1e-12, 0);
    estimate_posterior_free(posterior);
    pc_episodes_free(&episodes);
}

static void children_without_a_birth_date_are_not_counted(void **state)
{
    pc_episodes episodes;
    pc_posterior *posterior;

    (void)state;
    one_child(&episodes);
    episodes.child[0].birth = PC_DAY_NONE;
    posterior = count(&episodes, day_of(2020, 4, 1), day_of(2021, 3, 31), 0);
    assert_close(all_days(posterior, FAMILY_EXIT) + all_events(posterior, FAMILY_EXIT), 0, 0, 0);
    estimate_posterior_free(posterior);
    pc_episodes_free(&episodes);
}

/* In care since 1 January 2020 or earlier, who leaves on `end`; returns from 1 April 2020. */
static pc_posterior *count_before(const char *reason, pc_day end)
{
    pc_episodes episodes;
    pc_posterior *posterior;
    uint32_t number;

    cohort_empty(&episodes, 2, category, day_of(2022, 3, 31));
    cohort_add_child(&episodes, "", "a", day_of(2011, 6, 15), PC_STREAM_LOCAL);
    cohort_add_row(&episodes, day_of(2020, 1, 1), end, 0, PC_TRANSITION_START,
                   end == PC_DAY_OPEN ? PC_N_EXIT_CAUSE : PC_EXIT_HOME);
    assert_ok(pc_names_add(&episodes.code, reason, strlen(reason), &number));
    episodes.row[0].reason_started = (uint16_t)number;
    episodes.covered_from = day_of(2020, 4, 1);
    posterior = count(&episodes, day_of(2020, 4, 1), day_of(2022, 3, 31), 0);
    pc_episodes_free(&episodes);
    return posterior;
}

static void days_are_left_out_until_the_band_is_known(void **state)
{
    /* 730 days after 1 January 2020 is 31 December 2021; from then 91 days to the end of the window. */
    static const struct {
        const char *reason;
        double care, placement;
    } expected[] = {{"S", 730, 730}, {"P", 91, 730}, {"B", 91, 730}, {"L", 91, 91}, {"", 91, 91}};

    (void)state;
    for (size_t c = 0; c < sizeof expected / sizeof expected[0]; c++) {
        pc_posterior *posterior = count_before(expected[c].reason, PC_DAY_OPEN);

        assert_close(all_days(posterior, FAMILY_EXIT), expected[c].care, 1e-9, 0);
        assert_close(all_days(posterior, FAMILY_STATUS), expected[c].care, 1e-9, 0);
        assert_close(all_days(posterior, FAMILY_MOVE), expected[c].placement, 1e-9, 0);
        estimate_posterior_free(posterior);
    }
}

static void events_are_left_out_with_their_days(void **state)
{
    static const struct {
        const char *reason;
        pc_day end;
        double n;
    } expected[] = {{"S", 100, 1}, {"P", 100, 0}, {"P", 729, 0}, {"P", 730, 0}, {"P", 731, 1}};

    (void)state;
    for (size_t c = 0; c < sizeof expected / sizeof expected[0]; c++) {
        pc_posterior *posterior = count_before(expected[c].reason, day_of(2020, 1, 1) + expected[c].end);

        assert_close(all_events(posterior, FAMILY_EXIT), expected[c].n, 0, 0);
        estimate_posterior_free(posterior);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(splits_days_at_birthdays_and_at_the_edges_of_both_clocks),
        cmocka_unit_test(puts_an_event_with_its_last_day_at_risk),
        cmocka_unit_test(counts_an_event_on_the_first_and_last_day_of_the_window_only),
        cmocka_unit_test(counts_both_end_days_of_the_window),
        cmocka_unit_test(the_18th_birthday_is_no_event_and_a_leap_day_child_ages_on_1_march),
        cmocka_unit_test(an_open_stay_is_censored_at_the_end_of_the_window),
        cmocka_unit_test(a_stay_without_days_keeps_its_event),
        cmocka_unit_test(a_change_of_status_keeps_the_placement_clock),
        cmocka_unit_test(a_half_life_weighs_days_and_events_alike),
        cmocka_unit_test(days_are_left_out_until_the_band_is_known),
        cmocka_unit_test(events_are_left_out_with_their_days),
        cmocka_unit_test(children_without_a_birth_date_are_not_counted),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
