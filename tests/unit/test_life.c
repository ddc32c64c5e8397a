/* One child's way through care, on constructed draws: amounts of hazard worked by hand. */
#include "pc_test.h"

#include <math.h>

#include "sim_case.h"

/* Two categories, one regime unless a test makes more. Amounts and words are what the test writes. */
typedef struct life_case {
    hand_plan hand;
    hazard_tables tables;
    hazard_regime regime[2];
    pc_random_block block[2];
    double exit_amount, placement_amount[3];
    life_setting setting;
    double age_edge[PC_N_AGE_BAND];
    life child;
} life_case;

static int set_up(void **state)
{
    life_case *self = calloc(1, sizeof *self);

    assert_non_null(self);
    *state = self;
    sim_case_make(&self->hand, 2, 24);
    self->exit_amount = 1.0;
    for (size_t event = 0; event < 3; event++) {
        self->placement_amount[event] = 1e9;
    }
    for (size_t band = 0; band < PC_N_AGE_BAND; band++) {
        self->age_edge[band] = 1e6;
    }
    self->child = (life){.age_edge = self->age_edge, .age = 2};
    return 0;
}

static int tear_down(void **state)
{
    life_case *self = *state;

    hazard_tables_free(&self->tables);
    hazard_regime_free(&self->regime[0]);
    hazard_regime_free(&self->regime[1]);
    sim_case_free(&self->hand);
    free(self);
    return 0;
}

/* Rates are a year; 365.25 a year is 1 a day. */
#define A_DAY PC_DAYS_PER_YEAR

static void begin(life_case *self)
{
    assert_ok(hazard_tables_init(&self->tables, 2, self->hand.plan.residential));
    hazard_tables_set(&self->tables, &self->hand.rates);
    for (size_t regime = 0; regime < 2; regime++) {
        assert_ok(hazard_regime_init(&self->regime[regime], &self->tables));
        hazard_regime_set(&self->regime[regime], &self->tables, 1.0, 1.0);
        self->regime[regime].end = self->hand.plan.n_day;
    }
    self->setting = (life_setting){
        .tables = &self->tables,
        .regime = self->regime,
        .n_regime = 1,
        .horizon = self->hand.plan.n_day,
        .care_edge = self->hand.plan.care_edge,
        .placement_edge = self->hand.plan.placement_edge,
        .care_bands = true,
        .placement_bands = true,
        .key = pc_random_key_make(1, 0),
        .draws = {{&self->block[0], &self->block[1]},
                  &self->exit_amount,
                  {&self->placement_amount[0], &self->placement_amount[1], &self->placement_amount[2]}}};
    life_begin(&self->child, &self->setting);
}

static life_event advance(life_case *self)
{
    return life_advance(&self->child, &self->setting, self->setting.horizon);
}

/* 0.1 a day: an amount of 1.2 is spent on day 12. */
static void an_exit_comes_when_its_amount_is_spent(void **state)
{
    life_case *self = *state;

    sim_case_exits(&self->hand, PC_EXIT_ADOPTION, 0.1 * A_DAY);
    self->exit_amount = 1.2;
    begin(self);
    assert_int_equal(advance(self), LIFE_EXIT);
    assert_close(self->child.time, 12.0, 1e-12, 0);
    assert_int_equal(life_exit_cause(&self->child, &self->setting), PC_EXIT_ADOPTION);
}

/* Care since 20 days: 8 days at 0.1 (to 28), 154 at 0.01 (to 182), then 0.02. An amount of 3.34 is 0.8 + 1.54
 * + 50 days at 0.02: day 8 + 154 + 50 = 212. */
static void a_hazard_changes_at_the_edges_of_the_care_clock(void **state)
{
    life_case *self = *state;

    for (size_t band = 0; band < PC_N_BAND; band++) {
        *hand_plan_exit(&self->hand, 0, 2, 0, band, PC_EXIT_HOME) = (band == 0   ? 0.1
                                                                     : band == 1 ? 0.01
                                                                                 : 0.02) *
                                                                    A_DAY;
    }
    self->exit_amount = 3.34;
    self->child.care_start = -20.0;
    self->child.placement_start = -3.0; /* the other clock's edges must not matter to exits */
    begin(self);
    assert_int_equal(advance(self), LIFE_EXIT);
    assert_close(self->child.time, 212.0, 1e-10, 0);
    assert_int_equal(self->child.care_band, 2);
}

/* Moves run on the placement clock, changes of status on the care clock, on one amount together. From day 0
 * on a placement of 10 days: moves 0.02 a day to day 18 (28), then none; status none to day 8 (care of 20
 * days), then 0.01. Amount 0.5 = 0.36 + 0.10 (8 to 18) + 4 days at 0.01: day 22. */
static void moves_and_changes_of_status_share_an_amount_on_two_clocks(void **state)
{
    life_case *self = *state;
    bool is_move;

    *hand_plan_move(&self->hand, 0, 2, 0, 0, 0) = 0.02 * A_DAY;
    *hand_plan_status(&self->hand, 0, 2, 0, 1, 1) = 0.01 * A_DAY;
    self->placement_amount[0] = 0.5;
    self->child.care_start = -20.0;
    self->child.placement_start = -10.0;
    begin(self);
    assert_int_equal(advance(self), LIFE_PLACEMENT);
    assert_close(self->child.time, 22.0, 1e-10, 0);
    assert_int_equal(life_destination(&self->child, &self->setting, &is_move), 1);
    assert_false(is_move);
}

/* Word of destination: below the share of moves a move, beyond it a change of status. Moves 3 of 4. */
static void the_destination_word_chooses_between_moves_and_changes_of_status(void **state)
{
    static const struct {
        uint32_t word;
        size_t to;
        bool move;
    } of[] = {{0, 0, true},          {0x3FFFFFFF, 0, true},  {0x40000001, 1, true},
              {0xBFFFFFF0, 1, true}, {0xC0000010, 1, false}, {UINT32_MAX, 1, false}};
    life_case *self = *state;
    bool is_move;

    sim_case_moves(&self->hand, 0, 0, 1.0);
    sim_case_moves(&self->hand, 0, 1, 2.0);
    sim_case_statuses(&self->hand, 0, 1, 1.0);
    self->placement_amount[0] = 0.01;
    begin(self);
    assert_int_equal(advance(self), LIFE_PLACEMENT);
    for (size_t at = 0; at < sizeof of / sizeof of[0]; at++) {
        self->child.destination_word = of[at].word;
        assert_int_equal(life_destination(&self->child, &self->setting, &is_move), of[at].to);
        assert_true(is_move == of[at].move);
    }
}

/* A move restarts the placement clock; a change of status keeps it; neither touches the care clock or the
 * amount still to be spent until the exit. */
static void a_move_restarts_the_placement_clock_and_a_change_of_status_keeps_it(void **state)
{
    life_case *self = *state;

    sim_case_exits(&self->hand, PC_EXIT_HOME, 0.01 * A_DAY);
    sim_case_moves(&self->hand, 0, 1, 0.1 * A_DAY);
    self->exit_amount = 5.0;
    self->placement_amount[0] = 1.0;
    self->child.care_start = -100.0;
    self->child.placement_start = -50.0;
    begin(self);
    assert_int_equal(advance(self), LIFE_PLACEMENT);
    assert_close(self->child.time, 10.0, 1e-12, 0);
    life_settle(&self->child, &self->setting, 0, false);
    assert_close(self->child.placement_start, -50.0, 0, 0);
    assert_int_equal(self->child.placement_band, 1);
    life_settle(&self->child, &self->setting, 1, true);
    assert_close(self->child.placement_start, self->child.time, 0, 0);
    assert_int_equal(self->child.placement_band, 0);
    assert_close(self->child.placement_end, self->child.time + 28.0, 1e-12, 0);
    assert_int_equal(self->child.category, 1);
    assert_close(self->child.care_start, -100.0, 0, 0);
    assert_int_equal(self->child.event_number, 2);
    /* 0.1 of 5 is spent: the exit is 490 days away. */
    assert_int_equal(advance(self), LIFE_EXIT);
    assert_close(self->child.time, 500.0, 1e-10, 0);
}

/* The 18th birthday on day 40 comes first, whatever is left to be spent; on it nothing else happens. */
static void the_eighteenth_birthday_ends_care(void **state)
{
    life_case *self = *state;

    self->child.age = 4;
    self->age_edge[4] = 40.0;
    sim_case_exits(&self->hand, PC_EXIT_HOME, 0.01 * A_DAY);
    begin(self);
    assert_int_equal(advance(self), LIFE_AGE_OUT);
    assert_close(self->child.time, 40.0, 0, 0);
}

static void a_child_who_is_eighteen_at_once_leaves_at_once(void **state)
{
    life_case *self = *state;

    self->child.age = 4;
    self->age_edge[4] = 0.0;
    sim_case_exits(&self->hand, PC_EXIT_HOME, 0.01 * A_DAY);
    begin(self);
    assert_int_equal(advance(self), LIFE_AGE_OUT);
    assert_close(self->child.time, 0.0, 0, 0);
}

/* Rates by age: 0.01 a day at 5-9, 0.1 from the 10th birthday on day 30. Amount 1: 0.3, then 7 days. */
static void a_hazard_changes_at_a_birthday_that_crosses_a_band(void **state)
{
    life_case *self = *state;

    for (size_t band = 0; band < PC_N_BAND; band++) {
        *hand_plan_exit(&self->hand, 0, 2, 0, band, PC_EXIT_HOME) = 0.01 * A_DAY;
        *hand_plan_exit(&self->hand, 0, 3, 0, band, PC_EXIT_ORDER) = 0.1 * A_DAY;
    }
    self->age_edge[2] = 30.0;
    begin(self);
    assert_int_equal(advance(self), LIFE_EXIT);
    assert_close(self->child.time, 37.0, 1e-12, 0);
    assert_int_equal(self->child.age, 3);
    assert_int_equal(life_exit_cause(&self->child, &self->setting), PC_EXIT_ORDER);
}

/* Several clocks end at one moment: age, care and placement edge and a regime on day 28. */
static void edges_that_fall_together_are_all_passed(void **state)
{
    life_case *self = *state;

    sim_case_exits(&self->hand, PC_EXIT_HOME, 0.01 * A_DAY);
    self->age_edge[2] = 28.0;
    self->exit_amount = 0.28 + 0.02 * 5.0;
    begin(self);
    self->setting.n_regime = 2;
    self->regime[0].end = 28.0;
    hazard_regime_set(&self->regime[1], &self->tables, 2.0, 1.0);
    assert_int_equal(advance(self), LIFE_EXIT);
    assert_close(self->child.time, 33.0, 1e-12, 0);
    assert_int_equal(self->child.age, 3);
    assert_int_equal(self->child.care_band, 1);
    assert_int_equal(self->child.placement_band, 1);
    assert_int_equal(self->child.regime, 1);
}

/* Who starts on the day of an edge or in a later regime begins in the right one. */
static void a_life_that_begins_later_begins_in_its_regime(void **state)
{
    life_case *self = *state;

    self->child.time = self->child.care_start = self->child.placement_start = 50.0;
    sim_case_exits(&self->hand, PC_EXIT_HOME, 0.01 * A_DAY);
    self->exit_amount = 0.04;
    begin(self);
    self->setting.n_regime = 2;
    self->regime[0].end = 50.0;
    hazard_regime_set(&self->regime[1], &self->tables, 4.0, 1.0);
    life_begin(&self->child, &self->setting);
    assert_int_equal(self->child.regime, 1);
    assert_int_equal(advance(self), LIFE_EXIT);
    assert_close(self->child.time, 51.0, 1e-12, 0);
}

static void without_hazard_nothing_happens_before_the_horizon(void **state)
{
    life_case *self = *state;

    begin(self);
    assert_int_equal(advance(self), LIFE_HORIZON);
    assert_close(self->child.time, self->hand.plan.n_day, 0, 0);
}

/* Stopped half-way and run on, the exit is where it was. */
static void a_life_that_is_stopped_and_run_on_is_the_same(void **state)
{
    life_case *self = *state;

    sim_case_exits(&self->hand, PC_EXIT_HOME, 0.01 * A_DAY);
    sim_case_moves(&self->hand, 0, 1, 0.0001 * A_DAY);
    begin(self);
    for (double until = 7.0; until < 100.0; until += 7.0) {
        assert_int_equal(life_advance(&self->child, &self->setting, until), LIFE_HORIZON);
        assert_close(self->child.time, until, 0, 0);
    }
    assert_int_equal(advance(self), LIFE_EXIT);
    assert_close(self->child.time, 100.0, 1e-10, 0);
}

/* Amounts and destinations of placement events 0, 1, 2, 3, 4, 5 from the documented words. */
static void each_placement_event_has_words_of_its_own(void **state)
{
    life_case *self = *state;
    const uint64_t entity = 99;
    uint32_t seen[12];
    size_t n = 0;

    self->child.entity = entity;
    for (uint32_t draw = 0; draw < 2; draw++) {
        self->block[draw] = pc_random(pc_random_key_make(1, 0), entity, PC_PURPOSE_LIFE, draw);
    }
    self->placement_amount[0] = exponential_from_word(self->block[0].word[2]);
    self->placement_amount[1] = exponential_from_word(self->block[1].word[0]);
    self->placement_amount[2] = exponential_from_word(self->block[1].word[2]);
    begin(self);
    for (uint32_t event = 0; event < 6; event++) {
        uint32_t draw = (event + 1) / 2, first = event % 2 == 1 ? 0 : 2;
        pc_random_block block = pc_random(pc_random_key_make(1, 0), entity, PC_PURPOSE_LIFE, draw);

        assert_close(self->child.placement_left, exponential_from_word(block.word[first]), 0, 0);
        assert_int_equal(self->child.destination_word, block.word[first + 1]);
        seen[n++] = block.word[first];
        seen[n++] = self->child.destination_word;
        life_settle(&self->child, &self->setting, 0, true);
    }
    for (size_t a = 0; a < n; a++) {
        for (size_t b = 0; b < a; b++) {
            assert_int_not_equal(seen[a], seen[b]);
        }
    }
}

int main(void)
{
#define LIFE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        LIFE(an_exit_comes_when_its_amount_is_spent),
        LIFE(a_hazard_changes_at_the_edges_of_the_care_clock),
        LIFE(moves_and_changes_of_status_share_an_amount_on_two_clocks),
        LIFE(the_destination_word_chooses_between_moves_and_changes_of_status),
        LIFE(a_move_restarts_the_placement_clock_and_a_change_of_status_keeps_it),
        LIFE(the_eighteenth_birthday_ends_care),
        LIFE(a_child_who_is_eighteen_at_once_leaves_at_once),
        LIFE(a_hazard_changes_at_a_birthday_that_crosses_a_band),
        LIFE(edges_that_fall_together_are_all_passed),
        LIFE(a_life_that_begins_later_begins_in_its_regime),
        LIFE(without_hazard_nothing_happens_before_the_horizon),
        LIFE(a_life_that_is_stopped_and_run_on_is_the_same),
        LIFE(each_placement_event_has_words_of_its_own),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
