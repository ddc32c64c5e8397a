/* From model and scenario to a plan. */
#include "pc_test.h"

#include <limits.h>
#include <math.h>

#include "sim_model.h"
#include "simulate/interventions.h"
#include "simulate/plan.h"

typedef struct plan_case {
    pc_model model;
    pc_scenario scenario;
    pc_plan plan;
    pc_diagnostics diagnostics;
} plan_case;

static int set_up(void **state)
{
    plan_case *self = calloc(1, sizeof *self);

    assert_non_null(self);
    sim_model_make(&self->model, 2, 30, false);
    self->scenario = sim_model_scenario(pc_day_from_date((pc_date){2023, 4, 1}), 12);
    pc_diagnostics_init(&self->diagnostics);
    *state = self;
    return 0;
}

static int tear_down(void **state)
{
    plan_case *self = *state;

    plan_free(&self->plan);
    plan_free(&self->plan);
    pc_diagnostics_free(&self->diagnostics);
    sim_model_free(&self->model);
    free(self);
    return 0;
}

static void make(plan_case *self)
{
    assert_ok(plan_make(&self->model, 0, &self->scenario, &self->plan, &self->diagnostics),
              &self->diagnostics);
}

/* Periods tile the days, each within one month; days know their period. */
static void check_periods(const pc_plan *plan)
{
    int at = 0;

    for (size_t period = 0; period < plan->n_period; period++) {
        const plan_period *of = &plan->period[period];

        assert_int_equal(of->first, at);
        assert_true(of->end > of->first);
        assert_int_equal(pc_month_of_day(plan->origin + of->first), of->month);
        assert_int_equal(pc_month_of_day(plan->origin + of->end - 1), of->month);
        assert_int_equal(pc_financial_year(plan->origin + of->first), of->financial_year);
        assert_true(of->reported == (period >= plan->first_reported));
        for (int day = of->first; day < of->end; day++) {
            assert_int_equal(plan->period_of_day[day], period);
        }
        at = of->end;
    }
    assert_int_equal(at, plan->n_day);
}

static void a_start_on_the_day_after_the_extract_has_its_months_as_periods(void **state)
{
    plan_case *self = *state;

    make(self);
    assert_int_equal(self->plan.n_period, 12);
    assert_int_equal(self->plan.first_reported, 0);
    assert_int_equal(self->plan.n_day, 366); /* April 2023 to March 2024, with a 29 February */
    check_periods(&self->plan);
    assert_int_equal(self->plan.period[11].effect_year, 0);
}

/* Extract 15 March, start 10 May, two months: March 16-31, April, May 1-9 unreported, May 10-31, June. */
static void a_gap_and_a_start_in_mid_month_split_months_into_periods(void **state)
{
    plan_case *self = *state;

    sim_model_free(&self->model);
    sim_model_make(&self->model, 1, 30, true);
    self->scenario.start = pc_day_from_date((pc_date){2023, 5, 10});
    self->scenario.months = 2;
    make(self);
    assert_int_equal(self->plan.n_period, 5);
    assert_int_equal(self->plan.first_reported, 3);
    assert_int_equal(self->plan.period[0].end, 16);
    assert_int_equal(self->plan.period[1].end, 46);
    assert_int_equal(self->plan.period[2].end, 55);
    assert_int_equal(self->plan.period[3].end, 77);
    assert_int_equal(self->plan.n_day, 107); /* to 30 June */
    check_periods(&self->plan);
}

/* A year of effects is twelve months from the day after the extract, to the whole month. */
static void effect_years_are_counted_from_the_day_after_the_extract(void **state)
{
    plan_case *self = *state;

    self->scenario.months = 30;
    make(self);
    for (size_t period = 0; period < 30; period++) {
        assert_int_equal(self->plan.period[period].effect_year, period / 12);
    }
}

static void one_month_is_enough(void **state)
{
    plan_case *self = *state;

    self->scenario.months = 1;
    make(self);
    assert_int_equal(self->plan.n_period, 1);
    assert_int_equal(self->plan.n_day, 30);
}

static void a_start_within_the_data_or_a_century_off_is_refused(void **state)
{
    plan_case *self = *state;

    self->scenario.start = self->model.extract;
    assert_status(plan_make(&self->model, 0, &self->scenario, &self->plan, &self->diagnostics), PC_ERR_RANGE);
    assert_message(&self->diagnostics, "hand.yaml: `start` lies within the data");
    assert_message(&self->diagnostics, "2023-03-31");
    assert_null(self->plan.period);
    self->scenario.start = pc_day_from_date((pc_date){2123, 4, 1});
    assert_status(plan_make(&self->model, 0, &self->scenario, &self->plan, &self->diagnostics), PC_ERR_RANGE);
    assert_message(&self->diagnostics, "`start` lies too far off, expected a day within 50 years");
    self->scenario.start = pc_day_from_date((pc_date){2073, 3, 1});
    make(self);
    check_periods(&self->plan);
}

static void far_too_many_starts_are_refused(void **state)
{
    plan_case *self = *state;

    self->model.authority[0].mean.starts[3] = 240000.0;
    assert_status(plan_make(&self->model, 0, &self->scenario, &self->plan, &self->diagnostics), PC_ERR_RANGE);
    assert_message(&self->diagnostics, "starts a year, expected fewer than 240000");
    self->model.authority[0].mean.starts[3] = (double)NAN;
    assert_status(plan_make(&self->model, 0, &self->scenario, &self->plan, &self->diagnostics), PC_ERR_RANGE);
}

/* Born 29 February 2008: 16 on 1 March 2024 would be 335 days after 1 April 2023, but 2024 is a leap year. */
static void birthdays_become_days_since_the_origin(void **state)
{
    plan_case *self = *state;
    pc_child *child = self->model.authority[0].child;
    pc_day origin = self->model.extract + 1;

    child[0].birth = pc_day_from_date((pc_date){2008, 2, 29});
    child[1].birth = pc_day_from_date((pc_date){2013, 4, 1}); /* 10 on the first day */
    child[2].birth = pc_day_from_date((pc_date){2005, 4, 1}); /* 18 on the first day */
    child[3].birth = pc_day_from_date((pc_date){2004, 4, 1}); /* 19: should have left */
    make(self);
    assert_int_equal(self->plan.child[0].age_band, 3);
    assert_close(self->plan.child[0].age_edge[3], pc_day_from_date((pc_date){2024, 2, 29}) - origin, 0, 0);
    assert_close(self->plan.child[0].age_edge[4], pc_day_from_date((pc_date){2026, 3, 1}) - origin, 0, 0);
    assert_int_equal(self->plan.child[1].age_band, 3);
    assert_int_equal(self->plan.child[2].age_band, 4);
    assert_close(self->plan.child[2].age_edge[4], 0.0, 0, 0);
    assert_close(self->plan.child[3].age_edge[4], 0.0, 0, 0);
    assert_close(self->plan.child[0].care_start, child[0].care_start - origin, 0, 0);
    assert_true(self->plan.child[0].care_start < 0.0);
}

static void clocks_that_matter_to_no_rate_are_switched_off(void **state)
{
    plan_case *self = *state;
    pc_rates *mean = &self->model.authority[0].mean;

    make(self);
    assert_true(self->plan.care_bands && self->plan.placement_bands);
    for (size_t row = 0; row < (size_t)PC_N_STREAM * PC_N_AGE_BAND * 3 * PC_N_BAND; row++) {
        mean->exit[row * PC_N_EXIT_HAZARD + PC_EXIT_HOME] = 0.35;
    }
    plan_free(&self->plan);
    make(self);
    assert_true(!self->plan.care_bands && self->plan.placement_bands);
    mean->status[pc_rates_cell(mean, 1, 4, 2, 4) * 3] += 1e-9; /* the very last band of one cell */
    plan_free(&self->plan);
    make(self);
    assert_true(self->plan.care_bands);
    self->scenario.uncertainty.parameters = true; /* a draw may differ where the mean does not */
    mean->status[pc_rates_cell(mean, 1, 4, 2, 4) * 3] -= 1e-9;
    plan_free(&self->plan);
    make(self);
    assert_true(self->plan.care_bands && self->plan.placement_bands);
}

static void homes_are_known_by_their_name(void **state)
{
    plan_case *self = *state;

    make(self);
    assert_false(self->plan.residential[0]);
    assert_true(self->plan.residential[1]);
    assert_false(self->plan.residential[2]);
}

/* 24 x 0.75 = 18 and 0.7 x 10 = 7 whatever the rounding of decimals; 39 x 0.1 = 3.9 gives 3. */
static void places_times_share_are_rounded_down_and_lose_no_place(void **state)
{
    static char foster[] = "foster";
    static const struct {
        double places, share;
        int expected;
    } of[] = {{24, 0.75, 18}, {10, 0.7, 7}, {39, 0.1, 3}, {0, 1, 0},    {5, 0, 0},
              {30, 0.1, 3},   {29, 0.1, 2}, {7.99, 1, 7}, {1.1, 10, 11}};
    plan_case *self = *state;

    for (size_t at = 0; at < sizeof of / sizeof of[0]; at++) {
        pc_capacity_step step = {.from = PC_DAY_NONE, .places = of[at].places};
        pc_capacity capacity = {.category = foster, .n_step = 1, .step = &step, .share = of[at].share};

        self->scenario.n_capacity = 1;
        self->scenario.capacity = &capacity;
        make(self);
        assert_int_equal(self->plan.capacity[0].places[0], of[at].expected);
        assert_int_equal(self->plan.capacity[0].places[self->plan.n_day - 1], of[at].expected);
        plan_free(&self->plan);
    }
}

/* From 10 April 5 places, from 1 May 3, with block, close and return; overflow to `other`; home for foster.
 */
static void capacity_overflow_and_substitution_are_compiled_by_day(void **state)
{
    static char foster[] = "foster", home[] = "residential_home", other[] = "other";
    char *to[] = {other, home};
    plan_case *self = *state;
    pc_capacity_step step[] = {{.from = pc_day_from_date((pc_date){2023, 4, 10}), .places = 5.0},
                               {.from = pc_day_from_date((pc_date){2023, 5, 1}), .places = 3.0}};
    pc_capacity capacity = {.category = foster,
                            .n_step = 2,
                            .step = step,
                            .share = 1.0,
                            .block = true,
                            .close = true,
                            .return_home = true};
    pc_overflow overflow = {.category = foster, .n_to = 2, .to = to};
    pc_substitute substitute = {.category = home, .to = foster, .share = 0.25};

    self->scenario.n_capacity = self->scenario.n_overflow = self->scenario.n_substitute = 1;
    self->scenario.capacity = &capacity;
    self->scenario.overflow = &overflow;
    self->scenario.substitute = &substitute;
    make(self);
    assert_true(self->plan.coupled && self->plan.has_capacity);
    assert_true(self->plan.capacity[0].block && self->plan.capacity[0].close);
    assert_true(self->plan.capacity[0].return_home);
    assert_int_equal(self->plan.capacity[0].places[0], PLAN_NO_LIMIT);
    assert_int_equal(self->plan.capacity[0].places[8], PLAN_NO_LIMIT);
    assert_int_equal(self->plan.capacity[0].places[9], 5);
    assert_int_equal(self->plan.capacity[0].places[29], 5);
    assert_int_equal(self->plan.capacity[0].places[30], 3);
    assert_int_equal(self->plan.capacity[0].n_overflow, 2);
    assert_int_equal(self->plan.capacity[0].overflow[0], 2);
    assert_int_equal(self->plan.capacity[0].overflow[1], 1);
    assert_int_equal(self->plan.capacity[0].substitute_to, -1);
    assert_int_equal(self->plan.capacity[1].substitute_to, 0);
    assert_close(self->plan.capacity[1].substitute_share, 0.25, 0, 0);
    assert_false(self->plan.capacity[1].capped);
}

/* The first authority has 5 places and from May 3, the second 7 from May on; the third is named by no step.
 */
static void places_may_be_those_of_one_authority(void **state)
{
    static char foster[] = "foster", first[] = "First", second[] = "Second", third[] = "Third";
    plan_case *self = *state;
    pc_day may = pc_day_from_date((pc_date){2023, 5, 1});
    pc_capacity_step step[] = {{.from = PC_DAY_NONE, .places = 5.0, .authority = first},
                               {.from = may, .places = 7.0, .authority = second},
                               {.from = may, .places = 3.0, .authority = first}};
    pc_capacity capacity = {.category = foster, .n_step = 3, .step = step, .share = 1.0};
    char *la = self->model.authority[0].la;

    self->scenario.n_capacity = 1;
    self->scenario.capacity = &capacity;
    self->model.authority[0].la = first;
    make(self);
    assert_int_equal(self->plan.capacity[0].places[29], 5);
    assert_int_equal(self->plan.capacity[0].places[30], 3);
    plan_free(&self->plan);
    self->model.authority[0].la = second;
    make(self);
    assert_int_equal(self->plan.capacity[0].places[29], PLAN_NO_LIMIT);
    assert_int_equal(self->plan.capacity[0].places[30], 7);
    plan_free(&self->plan);
    self->model.authority[0].la = third;
    make(self);
    assert_false(self->plan.capacity[0].capped);
    self->model.authority[0].la = la;
}

static void an_intervention_may_be_that_of_some_authorities(void **state)
{
    static char here[] = "Here", there[] = "There", name[] = "a";
    plan_case *self = *state;
    char *names[] = {there, here};
    pc_intervention of = {.name = name,
                          .kind = PC_INTERVENTION_PREVENT,
                          .from = PC_DAY_NONE,
                          .until = PC_DAY_OPEN,
                          .age_to = 17,
                          .care_to = INT_MAX,
                          .stream = {true, true},
                          .reach = (double)INFINITY,
                          .would_have = 1.0,
                          .confidence = 1.0,
                          .effect = {0.5, 0.5, 0.5},
                          .n_authority = 2,
                          .authority = names};
    intervention_state state_of;
    char *la = self->model.authority[0].la;

    self->scenario.n_intervention = 1;
    self->scenario.intervention = &of;
    for (size_t n = 1; n <= 2; n++) { /* of `There` alone, then of both */
        of.n_authority = n;
        self->model.authority[0].la = here;
        make(self);
        interventions_begin(&self->plan, 0, &state_of);
        assert_true(state_of.delivered == (n == 2) && (state_of.effect > 0.0) == (n == 2));
        interventions_mean(&self->plan, &state_of);
        assert_true((state_of.effect > 0.0) == (n == 2));
        assert_true(interventions_is_idle(&self->plan, 0) == (n == 1));
        plan_free(&self->plan);
    }
    self->model.authority[0].la = la;
    self->scenario.n_intervention = 0;
    self->scenario.intervention = NULL;
}

static void without_capacity_children_are_not_coupled(void **state)
{
    plan_case *self = *state;

    make(self);
    assert_false(self->plan.coupled || self->plan.has_capacity);
}

int main(void)
{
#define PLAN(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        PLAN(a_start_on_the_day_after_the_extract_has_its_months_as_periods),
        PLAN(a_gap_and_a_start_in_mid_month_split_months_into_periods),
        PLAN(effect_years_are_counted_from_the_day_after_the_extract),
        PLAN(one_month_is_enough),
        PLAN(a_start_within_the_data_or_a_century_off_is_refused),
        PLAN(far_too_many_starts_are_refused),
        PLAN(birthdays_become_days_since_the_origin),
        PLAN(clocks_that_matter_to_no_rate_are_switched_off),
        PLAN(homes_are_known_by_their_name),
        PLAN(places_times_share_are_rounded_down_and_lose_no_place),
        PLAN(capacity_overflow_and_substitution_are_compiled_by_day),
        PLAN(places_may_be_those_of_one_authority),
        PLAN(an_intervention_may_be_that_of_some_authorities),
        PLAN(without_capacity_children_are_not_coupled),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
