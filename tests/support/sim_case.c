#include "sim_case.h"

#include <math.h>

#include "pc_test.h"

void sim_case_make(hand_plan *self, size_t n_category, int months)
{
    hand_plan_make(self, n_category, months);
    self->plan.seed = 1;
    for (size_t category = 0; category < n_category; category++) {
        self->plan.capacity[category].substitute_to = -1;
    }
}

void sim_case_free(hand_plan *self)
{
    for (size_t category = 0; self->plan.capacity != NULL && category < self->plan.n_category; category++) {
        free(self->plan.capacity[category].places);
        free(self->plan.capacity[category].overflow);
    }
    hand_plan_free(self);
}

void sim_case_cap_from(hand_plan *self, size_t category, int day, int places)
{
    plan_capacity *to = &self->plan.capacity[category];

    self->plan.has_capacity = self->plan.coupled = true;
    if (!to->capped) {
        to->capped = true;
        to->places = malloc((size_t)self->plan.n_day * sizeof *to->places);
        assert_non_null(to->places);
        for (int at = 0; at < day; at++) {
            to->places[at] = INT32_MAX; /* no limit before */
        }
    }
    for (int at = day; at < self->plan.n_day; at++) {
        to->places[at] = places;
    }
}

void sim_case_cap(hand_plan *self, size_t category, int places)
{
    sim_case_cap_from(self, category, 0, places);
}

void sim_case_overflow(hand_plan *self, size_t category, const char *to)
{
    plan_capacity *from = &self->plan.capacity[category];

    free(from->overflow);
    from->n_overflow = strlen(to);
    from->overflow = malloc(from->n_overflow + 1);
    assert_non_null(from->overflow);
    for (size_t at = 0; at < from->n_overflow; at++) {
        from->overflow[at] = (uint8_t)(to[at] - '0');
    }
}

/* Calls for each cell (stream, age, band). */
#define FOR_EACH_CELL(stream, age, band)                                                                     \
    for (size_t stream = 0; stream < PC_N_STREAM; stream++)                                                  \
        for (size_t age = 0; age < PC_N_AGE_BAND; age++)                                                     \
            for (size_t band = 0; band < PC_N_BAND; band++)

void sim_case_exits(hand_plan *self, pc_exit_cause cause, double per_year)
{
    for (size_t category = 0; category < self->plan.n_category; category++) {
        FOR_EACH_CELL(stream, age, band)
        {
            *hand_plan_exit(self, stream, age, category, band, cause) = per_year;
        }
    }
}

void sim_case_moves(hand_plan *self, size_t from, size_t to, double per_year)
{
    FOR_EACH_CELL(stream, age, band)
    {
        *hand_plan_move(self, stream, age, from, band, to) = per_year;
    }
}

void sim_case_statuses(hand_plan *self, size_t from, size_t to, double per_year)
{
    FOR_EACH_CELL(stream, age, band)
    {
        *hand_plan_status(self, stream, age, from, band, to) = per_year;
    }
}

void sim_case_first(hand_plan *self, size_t category)
{
    for (size_t stream = 0; stream < PC_N_STREAM; stream++) {
        for (size_t age = 0; age < PC_N_AGE_BAND; age++) {
            *hand_plan_first(self, stream, age, category) = 1.0;
        }
    }
}

void sim_case_rich(hand_plan *self, int months, uint64_t seed)
{
    uint64_t state = seed;

    sim_case_make(self, 5, months);
    hand_plan_random_rates(self, seed);
    self->plan.residential[1] = self->plan.residential[3] = true;
    self->plan.seed = seed;
    for (size_t stream = 0; stream < PC_N_STREAM; stream++) {
        for (size_t age = 0; age < PC_N_AGE_YEAR; age++) {
            *hand_plan_starts(self, stream, age) = (stream == 0 ? 8.0
                                                    : age >= 14 ? 4.0
                                                                : 0.0) *
                                                   hand_plan_random(&state);
        }
    }
    *hand_plan_starts(self, 0, 7) = 0.0; /* an age at which nobody starts */
    for (int child = 0; child < 120; child++) {
        double age = 17.95 * hand_plan_random(&state), care = hand_plan_random(&state) * age;
        double in_care = child % 11 == 0 ? 0.0 : floor(fmin(care, 4.0) * PC_DAYS_PER_YEAR);
        double in_placement = floor(in_care * hand_plan_random(&state));

        hand_plan_add_child(self, age > 15.0 && child % 2 ? 1 : 0, age, (size_t)child % 5, -in_care,
                            -in_placement, child % 3 != 0);
    }
}

void sim_case_run(replicate_workspace *workspace, uint32_t replicate)
{
    assert_ok(replicate_run(workspace, replicate));
}

int64_t sim_case_sum(const ledger *of, ledger_series series, size_t period)
{
    int64_t sum = 0;

    for (size_t category = 0; category < of->n_category; category++) {
        sum += *ledger_at(of, series, category, period);
    }
    return sum;
}

static void check_category(const ledger *of, size_t category, int32_t stock)
{
    for (size_t period = 0; period < of->n_period; period++) {
        int64_t days = of->period[period].end - of->period[period].first;
        int64_t in = *ledger_at(of, LEDGER_STARTS, category, period) +
                     *ledger_at(of, LEDGER_MOVES_IN, category, period) +
                     *ledger_at(of, LEDGER_STATUS_IN, category, period);
        int64_t out = *ledger_at(of, LEDGER_CEASES, category, period) +
                      *ledger_at(of, LEDGER_MOVES_OUT, category, period) +
                      *ledger_at(of, LEDGER_STATUS_OUT, category, period);
        int64_t place_days = *ledger_at(of, LEDGER_DAYS, category, period);

        assert_true(place_days <= (stock + in) * days);
        assert_true(place_days >= (stock - out) * days);
        stock += (int32_t)(in - out);
        assert_int_equal(*ledger_at(of, LEDGER_STOCK, category, period), stock);
        assert_true(stock >= 0);
    }
}

static void check_ages(const ledger *of, size_t category, size_t period)
{
    int64_t days = 0;

    for (size_t age = 0; age < PC_N_AGE_BAND; age++) {
        assert_true(*ledger_aged(of, age, category, period) >= 0);
        days += *ledger_aged(of, age, category, period);
    }
    assert_int_equal(days, *ledger_at(of, LEDGER_DAYS, category, period));
}

void sim_case_conserved(const ledger *of, const int32_t *initial)
{
    for (size_t category = 0; category < of->n_category; category++) {
        check_category(of, category, initial[category]);
    }
    for (size_t period = 0; period < of->n_period; period++) {
        int64_t exits = 0;

        for (size_t cause = 0; cause < PC_N_EXIT_CAUSE; cause++) {
            exits += of->exits[cause * of->n_period + period];
        }
        assert_int_equal(sim_case_sum(of, LEDGER_CEASES, period), exits);
        assert_int_equal(sim_case_sum(of, LEDGER_MOVES_IN, period),
                         sim_case_sum(of, LEDGER_MOVES_OUT, period));
        assert_int_equal(sim_case_sum(of, LEDGER_STATUS_IN, period),
                         sim_case_sum(of, LEDGER_STATUS_OUT, period));
        for (size_t category = 0; of->aged != NULL && category < of->n_category; category++) {
            check_ages(of, category, period);
        }
    }
}
