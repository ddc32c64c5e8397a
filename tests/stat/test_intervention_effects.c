/* Each kind of intervention on a model of constant rates has its textbook effect. Seeds are fixed; |z| < 4.5
 * has a false-alarm rate of 7e-6 a check, and there are some 60 checks. Each has a must-fail twin: the same
 * check against the effect that a plausible mistake would have. */
#include "pc_test.h"

#include <limits.h>
#include <math.h>

#include "hand_intervention.h"
#include "sim_case.h"

enum { REPLICATES = 1500 }; /* a rate wrong by 5% would fail */
static const double most_z = 4.5;

typedef struct trial {
    hand_plan hand;
    hand_interventions list;
} trial;

/* Counts over all replicates. */
typedef struct counts {
    int64_t starts[3], ceases[3], moves_in[3], stock[3]; /* by category; stock at the end */
    int64_t exits[PC_N_EXIT_CAUSE];
    int64_t treated[HAND_MOST_INTERVENTIONS], changed[HAND_MOST_INTERVENTIONS];
} counts;

static void trial_make(trial *self, int months, uint64_t seed)
{
    sim_case_make(&self->hand, 3, months);
    self->hand.plan.seed = seed;
    hand_interventions_make(&self->list, &self->hand);
}

/* Children who never grow older. */
static void add_children(trial *self, size_t n, size_t category)
{
    for (size_t child = 0; child < n; child++) {
        hand_plan_add_child(&self->hand, 0, -(double)INFINITY, category, -10.0, -10.0, true);
    }
}

static counts trial_run(trial *self, size_t n)
{
    replicate_workspace workspace;
    counts sum = {0};
    const ledger *of = &workspace.ledger;

    hand_interventions_compile(&self->list, &self->hand, NULL);
    assert_ok(replicate_workspace_init(&workspace, &self->hand.plan));
    for (uint32_t replicate = 0; replicate < n; replicate++) {
        sim_case_run(&workspace, replicate);
        for (size_t period = 0; period < of->n_period; period++) {
            for (size_t category = 0; category < 3; category++) {
                sum.starts[category] += *ledger_at(of, LEDGER_STARTS, category, period);
                sum.ceases[category] += *ledger_at(of, LEDGER_CEASES, category, period);
                sum.moves_in[category] += *ledger_at(of, LEDGER_MOVES_IN, category, period);
            }
            for (size_t cause = 0; cause < PC_N_EXIT_CAUSE; cause++) {
                sum.exits[cause] += of->exits[cause * of->n_period + period];
            }
            for (size_t at = 0; at < of->n_intervention; at++) {
                sum.treated[at] += *ledger_treated(of, at, false, period);
                sum.changed[at] += *ledger_treated(of, at, true, period);
            }
        }
        for (size_t category = 0; category < 3; category++) {
            sum.stock[category] += *ledger_at(of, LEDGER_STOCK, category, of->n_period - 1);
        }
    }
    replicate_workspace_free(&workspace);
    return sum;
}

static void trial_free(trial *self)
{
    hand_interventions_remove(&self->hand);
    sim_case_free(&self->hand);
}

static void check_poisson(int64_t count, double mean, double wrong_mean)
{
    assert_true(fabs((double)count - mean) / sqrt(mean) < most_z);
    assert_false(fabs((double)count - wrong_mean) / sqrt(wrong_mean) < most_z);
}

static void check_share(int64_t hits, int64_t n, double p, double wrong_p)
{
    assert_true(fabs(z_share((size_t)hits, (size_t)n, p)) < most_z);
    assert_false(fabs(z_share((size_t)hits, (size_t)n, wrong_p)) < most_z);
}

/* 120 starts a year, no exits. Two years of 30% fewer: 240 x 0.7 = 168 a replicate; and by quarter of a ramp
 * of two years: 240 (1 - 0.3 / 2) = 204. Uncertain between 0.1 and 0.7, most likely 0.1: 0.3 on average;
 * pinned: 0.1. Delivered in 60%: 240 (1 - 0.18). */
static void prevention_takes_its_share_of_starts(void **state)
{
    trial self;
    pc_intervention *of;
    counts sum;
    const double years = 730.0 / 365.25; /* April 2024 to March 2026 */

    (void)state;
    trial_make(&self, 24, 1);
    sim_case_first(&self.hand, 1);
    *hand_plan_starts(&self.hand, 0, 4) = 120.0;
    of = hand_interventions_add(&self.list, PC_INTERVENTION_PREVENT, "a", "");
    hand_interventions_effect(of, 0.3);
    sum = trial_run(&self, REPLICATES);
    check_poisson(sum.starts[1], REPLICATES * 120.0 * years * 0.7, REPLICATES * 120.0 * years * 0.72);
    check_share(sum.changed[0], sum.treated[0], 0.3, 0.32);
    assert_int_equal(sum.treated[0], sum.changed[0] + sum.starts[1]); /* everybody else starts */

    of->ramp_months = 24.0;
    sum = trial_run(&self, REPLICATES);
    check_poisson(sum.starts[1], REPLICATES * 120.0 * years * 0.85, REPLICATES * 120.0 * years * 0.87);

    of->ramp_months = 0.0;
    of->effect = (pc_effect){0.1, 0.1, 0.7};
    sum = trial_run(&self, REPLICATES);
    /* The effect has a spread of sqrt(0.36 / 18) = 0.141 between replicates: with the starts' own, a standard
     * error of 0.0039. */
    assert_close((double)sum.starts[1] / (REPLICATES * 120.0 * years), 0.7, 0.0, most_z * 0.0039);
    of->point = PC_POINT_LOW;
    sum = trial_run(&self, REPLICATES);
    check_poisson(sum.starts[1], REPLICATES * 120.0 * years * 0.9, REPLICATES * 120.0 * years * 0.88);
    of->point = PC_POINT_HIGH;
    sum = trial_run(&self, REPLICATES);
    check_poisson(sum.starts[1], REPLICATES * 120.0 * years * 0.3, REPLICATES * 120.0 * years * 0.32);

    of->point = PC_POINT_DRAWN;
    hand_interventions_effect(of, 0.3);
    of->confidence = 0.6;
    sum = trial_run(&self, REPLICATES);
    /* 0.3 in 60% of replicates: a spread of 0.147, a standard error of 0.0041. */
    assert_close((double)sum.starts[1] / (REPLICATES * 120.0 * years), 0.82, 0.0, most_z * 0.0041);
    trial_free(&self);
}

/* 240 starts in two years, 30% more: 72 in addition, half of them along a ramp of two years; those with
 * another first placement are not added. Then a second one, 20% more again, and a prevention of half of them
 * all. */
static void prevention_below_nothing_adds_its_share_of_starts(void **state)
{
    trial self;
    pc_intervention *of;
    counts without, sum;
    const double years = 730.0 / 365.25, all = REPLICATES * 120.0 * years;

    (void)state;
    trial_make(&self, 24, 21);
    sim_case_first(&self.hand, 1);
    *hand_plan_starts(&self.hand, 0, 4) = 120.0;
    of = hand_interventions_add(&self.list, PC_INTERVENTION_PREVENT, "a", "");
    hand_interventions_effect(of, 0.0);
    without = trial_run(&self, REPLICATES);
    hand_interventions_effect(of, -0.3);
    sum = trial_run(&self, REPLICATES);
    check_poisson(sum.changed[0], 0.3 * all, 0.32 * all);
    assert_int_equal(sum.treated[0], sum.changed[0]);
    assert_int_equal(sum.starts[1], without.starts[1] + sum.changed[0]); /* everybody else starts as before */

    of->ramp_months = 24.0;
    sum = trial_run(&self, REPLICATES);
    check_poisson(sum.changed[0], 0.15 * all, 0.16 * all);
    of->ramp_months = 0.0;
    of->age_from = 5;
    assert_int_equal(trial_run(&self, 50).changed[0], 0);
    of->age_from = 4;
    of->n_category = 1;
    of->category[0] = self.list.category[0].name;
    assert_int_equal(trial_run(&self, 50).changed[0], 0);
    of->n_category = 0;

    hand_interventions_effect(hand_interventions_add(&self.list, PC_INTERVENTION_PREVENT, "b", ""), -0.2);
    sum = trial_run(&self, REPLICATES);
    check_poisson(sum.changed[0], 0.3 * all, 0.32 * all);
    check_poisson(sum.changed[1], 0.26 * all, 0.2 * all); /* of what the first makes of it */
    hand_interventions_effect(hand_interventions_add(&self.list, PC_INTERVENTION_PREVENT, "c", ""), 0.5);
    sum = trial_run(&self, REPLICATES);
    check_poisson(sum.starts[1], 0.5 * 1.3 * 1.2 * all, 0.5 * 1.5 * all);
    trial_free(&self);
}

/* Without exits and with them, the caseload of a prevention is that of immigration at the lower rate and
 * death: lambda (1 - e) / mu (1 - exp(-mu t)), Poisson. */
static void prevention_lowers_the_caseload_as_immigration_and_death_say(void **state)
{
    trial self;
    pc_intervention *of;
    counts sum;
    const double t = 1096.0 / 365.25 - 1.0 / 365.25; /* to 31 March 2027 */
    double mean;

    (void)state;
    trial_make(&self, 36, 2);
    sim_case_first(&self.hand, 0);
    sim_case_exits(&self.hand, PC_EXIT_HOME, 0.8);
    *hand_plan_starts(&self.hand, 0, 1) = 200.0;
    of = hand_interventions_add(&self.list, PC_INTERVENTION_PREVENT, "a", "");
    hand_interventions_effect(of, 0.25);
    sum = trial_run(&self, REPLICATES);
    mean = REPLICATES * 200.0 * 0.75 / 0.8 * (1.0 - exp(-0.8 * t));
    check_poisson(sum.stock[0], mean, mean * 1.04);
    trial_free(&self);
}

/* Two preventions of 20% and 50% leave 0.8 x 0.5; two of 90% leave the floor of 5%. */
static void preventions_multiply_down_to_the_floor(void **state)
{
    trial self;
    pc_intervention *a, *b;
    counts sum;
    const double all = REPLICATES * 120.0 * 730.0 / 365.25;

    (void)state;
    trial_make(&self, 24, 3);
    sim_case_first(&self.hand, 1);
    *hand_plan_starts(&self.hand, 0, 4) = 120.0;
    a = hand_interventions_add(&self.list, PC_INTERVENTION_PREVENT, "a", "");
    b = hand_interventions_add(&self.list, PC_INTERVENTION_PREVENT, "b", "");
    hand_interventions_effect(a, 0.2);
    hand_interventions_effect(b, 0.5);
    sum = trial_run(&self, REPLICATES);
    check_poisson(sum.starts[1], all * 0.4, all * 0.3); /* 0.3: added up */
    hand_interventions_effect(a, 0.9);
    hand_interventions_effect(b, 0.9);
    sum = trial_run(&self, REPLICATES);
    check_poisson(sum.starts[1], all * 0.05, all * 0.01);
    trial_free(&self);
}

/* 100 starts a year, 40% first placed in 1, 60% in 0; those in 0 move once to 1 at rate 0.5. With a quarter
 * diverted to 2: of first placements 30% in 1 and 10% in 2; of moves a quarter lead to 2. Two such diversions
 * leave 9/16. */
static void diversion_takes_its_share_of_first_placements_and_of_moves(void **state)
{
    trial self;
    pc_intervention *of;
    counts sum;

    (void)state;
    trial_make(&self, 24, 4);
    for (size_t stream = 0; stream < PC_N_STREAM; stream++) {
        for (size_t age = 0; age < PC_N_AGE_BAND; age++) {
            *hand_plan_first(&self.hand, stream, age, 0) = 0.6;
            *hand_plan_first(&self.hand, stream, age, 1) = 0.4;
        }
    }
    sim_case_moves(&self.hand, 0, 1, 0.5);
    *hand_plan_starts(&self.hand, 0, 4) = 100.0;
    of = hand_interventions_add(&self.list, PC_INTERVENTION_DIVERT, "a", "1");
    hand_interventions_to(&self.list, of, 2);
    hand_interventions_effect(of, 0.25);
    sum = trial_run(&self, REPLICATES);
    check_share(sum.starts[2], sum.starts[0] + sum.starts[1] + sum.starts[2], 0.1, 0.11);
    check_share(sum.starts[1], sum.starts[0] + sum.starts[1] + sum.starts[2], 0.3, 0.32);
    check_share(sum.moves_in[2], sum.moves_in[1] + sum.moves_in[2], 0.25, 0.27);
    assert_int_equal(sum.changed[0], sum.starts[2] + sum.moves_in[2]);
    assert_int_equal(sum.treated[0], sum.changed[0] + sum.starts[1] + sum.moves_in[1]);

    of = hand_interventions_add(&self.list, PC_INTERVENTION_DIVERT, "b", "1");
    hand_interventions_to(&self.list, of, 0);
    hand_interventions_effect(of, 0.25);
    sum = trial_run(&self, REPLICATES);
    check_share(sum.starts[1], sum.starts[0] + sum.starts[1] + sum.starts[2], 0.4 * 9.0 / 16.0, 0.2);
    trial_free(&self);
}

/* Everybody starts in 1 and moves on at once and often to 1; half are diverted to 2. Whether a child's first
 * move is diverted has nothing to do with its first placement. */
static void each_move_of_a_child_is_a_chance_of_its_own(void **state)
{
    trial self;
    pc_intervention *of;
    counts sum;

    (void)state;
    trial_make(&self, 12, 5);
    sim_case_first(&self.hand, 1);
    sim_case_moves(&self.hand, 1, 1, 50.0); /* nobody in 2 moves any more */
    *hand_plan_starts(&self.hand, 0, 4) = 100.0;
    of = hand_interventions_add(&self.list, PC_INTERVENTION_DIVERT, "a", "1");
    hand_interventions_to(&self.list, of, 2);
    hand_interventions_effect(of, 0.5);
    sum = trial_run(&self, REPLICATES);
    check_share(sum.starts[2], sum.starts[1] + sum.starts[2], 0.5, 0.52);
    check_share(sum.moves_in[2], sum.moves_in[1] + sum.moves_in[2], 0.5, 0.52);
    trial_free(&self);
}

/* 300 children, home at 0.4 and adoption at 0.2 a year, nobody joins. After a year with home 50% more
 * frequent: exp(-(0.6 + 0.2)) are left, and 3 of 4 leavers went home. */
static void exits_more_frequent_shorten_stays_as_competing_risks_say(void **state)
{
    trial self;
    pc_intervention *of;
    counts sum;
    const double t = 364.0 / 365.25; /* up to 31 March; 2024/25 has 365 days */
    const int64_t n = 300 * REPLICATES;

    (void)state;
    trial_make(&self, 12, 6);
    add_children(&self, 200, 0);
    add_children(&self, 100, 1);
    sim_case_exits(&self.hand, PC_EXIT_HOME, 0.4);
    sim_case_exits(&self.hand, PC_EXIT_ADOPTION, 0.2);
    of = hand_interventions_add(&self.list, PC_INTERVENTION_EXIT_RATE, "a", "");
    of->causes = 1U << PC_EXIT_HOME;
    hand_interventions_effect(of, 0.5);
    sum = trial_run(&self, REPLICATES);
    check_share(sum.stock[0] + sum.stock[1], n, exp(-0.8 * t), exp(-0.82 * t));
    check_share(sum.exits[PC_EXIT_HOME], n - sum.stock[0] - sum.stock[1], 0.75, 0.74);
    /* The intervention changed those who left on its account: a third of those who went home. */
    check_share(sum.changed[0], sum.exits[PC_EXIT_HOME], 1.0 / 3.0, 0.35);

    of->ramp_months = 12.0; /* half as much on average: the hazard of a year is 0.4 (1 + 0.25) + 0.2 */
    sum = trial_run(&self, REPLICATES);
    check_share(sum.stock[0] + sum.stock[1], n, exp(-(0.6 * t + 0.4 * 0.5 * t * t / 2.0)), exp(-0.72 * t));

    of->ramp_months = 0.0;
    of->n_category = 1;
    of->category[0] = self.list.category[0].name; /* of children in 0 only */
    sum = trial_run(&self, REPLICATES);
    check_share(sum.stock[0], 200 * REPLICATES, exp(-0.8 * t), exp(-0.78 * t));
    check_share(sum.stock[1], 100 * REPLICATES, exp(-0.6 * t), exp(-0.63 * t));
    trial_free(&self);
}

/* 300 children ten days in care, home at 0.4 a year; 50% more in the first 60 days of care only: on 51 days
 * of the year. Then from day 61 on only; and half as many in the first 60 days. */
static void exits_may_be_more_frequent_in_the_first_days_of_care_only(void **state)
{
    trial self;
    pc_intervention *of;
    counts sum;
    const double t = 364.0 / 365.25, window = 51.0 / 365.25;
    const int64_t n = 300 * REPLICATES;

    (void)state;
    trial_make(&self, 12, 22);
    add_children(&self, 300, 0);
    sim_case_exits(&self.hand, PC_EXIT_HOME, 0.4);
    of = hand_interventions_add(&self.list, PC_INTERVENTION_EXIT_RATE, "a", "");
    of->care_to = 60;
    hand_interventions_effect(of, 1.5);
    sum = trial_run(&self, REPLICATES);
    check_share(sum.stock[0], n, exp(-0.4 * t - 0.6 * window), exp(-0.4 * t - 0.6 * 61.0 / 365.25));

    of->care_from = 61;
    of->care_to = INT_MAX;
    sum = trial_run(&self, REPLICATES);
    check_share(sum.stock[0], n, exp(-1.0 * t + 0.6 * window), exp(-1.0 * t));

    of->care_from = 0;
    of->care_to = 60;
    hand_interventions_effect(of, -0.5);
    sum = trial_run(&self, REPLICATES);
    check_share(sum.stock[0], n, exp(-0.4 * t + 0.2 * window), exp(-0.4 * t));
    trial_free(&self);
}

/* Exits halved; then 50% more and 50% fewer together: 0.4 x 1.5 x 0.5; then two that raise: 1.5 x 1.4. */
static void effects_on_one_hazard_multiply(void **state)
{
    trial self;
    pc_intervention *less, *more;
    counts sum;
    const double t = 364.0 / 365.25;
    const int64_t n = 300 * REPLICATES;

    (void)state;
    trial_make(&self, 12, 7);
    add_children(&self, 300, 0);
    sim_case_exits(&self.hand, PC_EXIT_HOME, 0.4);
    less = hand_interventions_add(&self.list, PC_INTERVENTION_EXIT_RATE, "less", "");
    hand_interventions_effect(less, -0.5);
    sum = trial_run(&self, REPLICATES);
    check_share(sum.stock[0], n, exp(-0.2 * t), exp(-0.22 * t));
    check_share(sum.changed[0], sum.treated[0], 0.5, 0.52);

    more = hand_interventions_add(&self.list, PC_INTERVENTION_EXIT_RATE, "more", "");
    hand_interventions_effect(more, 0.5);
    sum = trial_run(&self, REPLICATES);
    check_share(sum.stock[0], n, exp(-0.3 * t), exp(-0.4 * t)); /* 0.4: added up */

    hand_interventions_effect(less, 0.4);
    sum = trial_run(&self, REPLICATES);
    check_share(sum.stock[0], n, exp(-0.84 * t), exp(-0.76 * t));

    hand_interventions_effect(less, -0.9); /* together they leave the floor of 5% */
    hand_interventions_effect(more, -0.9);
    sum = trial_run(&self, REPLICATES);
    check_share(sum.stock[0], n, exp(-0.02 * t), exp(-0.004 * t));
    trial_free(&self);
}

/* Effects above 1 are rates, not shares: home three times as frequent. */
static void an_effect_above_one_is_a_rate(void **state)
{
    trial self;
    pc_intervention *of;
    counts sum;
    const double t = 364.0 / 365.25;

    (void)state;
    trial_make(&self, 12, 8);
    add_children(&self, 300, 0);
    sim_case_exits(&self.hand, PC_EXIT_HOME, 0.4);
    of = hand_interventions_add(&self.list, PC_INTERVENTION_EXIT_RATE, "a", "");
    hand_interventions_effect(of, 2.0);
    sum = trial_run(&self, REPLICATES);
    check_share(sum.stock[0], 300 * REPLICATES, exp(-1.2 * t), exp(-1.25 * t));
    of->reach = 1e6; /* a reach that never binds changes nothing */
    sum = trial_run(&self, REPLICATES);
    check_share(sum.stock[0], 300 * REPLICATES, exp(-1.2 * t), exp(-1.25 * t));
    hand_interventions_effect(of, 0.5);
    sum = trial_run(&self, REPLICATES);
    check_share(sum.stock[0], 300 * REPLICATES, exp(-0.6 * t), exp(-0.63 * t));
    check_share(sum.changed[0], sum.treated[0], 0.5, 0.52);
    trial_free(&self);
}

/* A cohort of 20 at once; each returns within a year with probability 0.2, evenly spread: half of them within
 * half a year. */
static void those_sent_home_return_at_their_rate(void **state)
{
    trial self;
    pc_intervention *of;
    counts sum;

    (void)state;
    trial_make(&self, 24, 9);
    add_children(&self, 60, 1);
    of = hand_interventions_add(&self.list, PC_INTERVENTION_DISCHARGE, "a", "");
    of->children = 20.0;
    of->return_12m = 0.2;
    sum = trial_run(&self, REPLICATES);
    assert_int_equal(sum.exits[PC_EXIT_HOME], 20 * REPLICATES);
    assert_int_equal(sum.changed[0], 20 * REPLICATES);
    check_share(sum.starts[1], 20 * REPLICATES, 0.2, 0.25);
    trial_free(&self);
    trial_make(&self, 6, 10);
    add_children(&self, 60, 1);
    of = hand_interventions_add(&self.list, PC_INTERVENTION_DISCHARGE, "a", "");
    of->children = 20.0;
    of->return_12m = 0.2;
    sum = trial_run(&self, REPLICATES);
    check_share(sum.starts[1], 20 * REPLICATES, 0.2 * 183.0 / 365.25, 0.14);
    trial_free(&self);
}

/* One child a month: 12 a year from agency (0) to in-house (1), give or take the part of a treatment place
 * with which each year begins: 12 x 365 / 365.25 = 11.992 on average, so 11 in about 1 year of 120. */
static void one_child_a_month_is_twelve_in_a_year(void **state)
{
    trial self;
    pc_intervention *of;
    size_t eleven = 0, n = 600;

    (void)state;
    trial_make(&self, 24, 11);
    add_children(&self, 100, 0);
    of = hand_interventions_add(&self.list, PC_INTERVENTION_MOVE, "a", "0");
    hand_interventions_to(&self.list, of, 1);
    of->reach = 12.0;
    hand_interventions_compile(&self.list, &self.hand, NULL);
    replicate_workspace workspace;
    assert_ok(replicate_workspace_init(&workspace, &self.hand.plan));
    for (uint32_t replicate = 0; replicate < n; replicate++) {
        int32_t moved = 0, month_most = 0;

        sim_case_run(&workspace, replicate);
        for (size_t period = 0; period < 12; period++) {
            int32_t in_month = *ledger_at(&workspace.ledger, LEDGER_MOVES_IN, 1, period);

            moved += in_month;
            month_most = in_month > month_most ? in_month : month_most;
        }
        assert_true(moved == 11 || moved == 12);
        assert_true(month_most <= 2); /* they arise evenly */
        assert_int_equal(*ledger_at(&workspace.ledger, LEDGER_STOCK, 1, 11), moved);
        assert_int_equal(*ledger_at(&workspace.ledger, LEDGER_STOCK, 0, 11), 100 - moved);
        eleven += moved == 11;
    }
    assert_true(fabs(z_share(eleven, n, 12.0 * 0.25 / 365.25)) < most_z);
    replicate_workspace_free(&workspace);
    trial_free(&self);
}

/* Who is moved? Each of the pool as likely as any other, and neighbours in the list independently of each
 * other: of 8 children 2 are moved in the year. */
static void each_child_of_the_pool_is_as_likely_to_be_moved(void **state)
{
    size_t first = 0, pair = 0, n = 3000;
    trial self;
    pc_intervention *of;
    replicate_workspace workspace;

    (void)state;
    trial_make(&self, 12, 12);
    /* Two are told by their ages: they turn 18 and leave from where they are. */
    hand_plan_add_child(&self.hand, 0, 17.01, 0, -10, -10, true);
    hand_plan_add_child(&self.hand, 0, 17.20, 0, -10, -10, true);
    add_children(&self, 6, 0);
    of = hand_interventions_add(&self.list, PC_INTERVENTION_MOVE, "a", "0");
    hand_interventions_to(&self.list, of, 1);
    of->reach = 24.0;
    of->until = hand_interventions_day(&self.hand, 31); /* about two places: two children, or three */
    hand_interventions_compile(&self.list, &self.hand, NULL);
    assert_ok(replicate_workspace_init(&workspace, &self.hand.plan));
    size_t moved = 0, pairs = 0;
    for (uint32_t replicate = 0; replicate < n; replicate++) {
        int32_t a = 0, b = 0, all;

        sim_case_run(&workspace, replicate);
        for (size_t period = 9; period < 12; period++) {
            int32_t left = *ledger_at(&workspace.ledger, LEDGER_CEASES, 1, period);

            *(period == 9 ? &b : &a) += left;
        }
        all = *ledger_at(&workspace.ledger, LEDGER_MOVES_IN, 1, 0);
        moved += (size_t)all;
        pairs += (size_t)(all * (all - 1));
        first += (size_t)a;
        pair += (size_t)(a && b);
    }
    assert_true(fabs(z_share(first, n, (double)moved / (double)n / 8.0)) < most_z);
    assert_true(fabs(z_share(pair, n, (double)pairs / (double)n / 56.0)) < most_z);
    assert_false(fabs(z_share(first, n, (double)moved / (double)n / 7.0)) < 2.0);
    replicate_workspace_free(&workspace);
    trial_free(&self);
}

/* Beds: 10 children a year need category 0, which has 2 places, and 3 more from October. Nobody leaves, so
 * after a while it is full: 2, then 5; the others are placed elsewhere. */
static void places_fill_up_to_what_an_intervention_adds(void **state)
{
    trial self;
    pc_intervention *of;
    counts sum;

    (void)state;
    trial_make(&self, 24, 13);
    sim_case_first(&self.hand, 0);
    sim_case_cap(&self.hand, 0, 2);
    sim_case_overflow(&self.hand, 0, "1");
    *hand_plan_starts(&self.hand, 0, 4) = 60.0;
    of = hand_interventions_add(&self.list, PC_INTERVENTION_CAPACITY, "a", "0");
    of->places = 3.0;
    of->from = pc_day_from_date((pc_date){2024, 10, 1});
    sum = trial_run(&self, REPLICATES);
    assert_int_equal(sum.stock[0], 5 * REPLICATES);
    assert_true(sum.stock[1] > 100 * REPLICATES);
    trial_free(&self);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(prevention_takes_its_share_of_starts),
        cmocka_unit_test(prevention_below_nothing_adds_its_share_of_starts),
        cmocka_unit_test(prevention_lowers_the_caseload_as_immigration_and_death_say),
        cmocka_unit_test(preventions_multiply_down_to_the_floor),
        cmocka_unit_test(diversion_takes_its_share_of_first_placements_and_of_moves),
        cmocka_unit_test(each_move_of_a_child_is_a_chance_of_its_own),
        cmocka_unit_test(exits_more_frequent_shorten_stays_as_competing_risks_say),
        cmocka_unit_test(exits_may_be_more_frequent_in_the_first_days_of_care_only),
        cmocka_unit_test(effects_on_one_hazard_multiply),
        cmocka_unit_test(an_effect_above_one_is_a_rate),
        cmocka_unit_test(those_sent_home_return_at_their_rate),
        cmocka_unit_test(one_child_a_month_is_twelve_in_a_year),
        cmocka_unit_test(each_child_of_the_pool_is_as_likely_to_be_moved),
        cmocka_unit_test(places_fill_up_to_what_an_intervention_adds),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
