/* How much shared randomness takes out of the difference of two scenarios: exits 5% faster, on the same
 * random numbers and on others. The measured ratios are printed. */
#include "pc_test.h"

#include <math.h>

#include "sim_case.h"

enum { REPLICATES = 1500 };

typedef struct outcome_sample {
    double *stock, *cost; /* [REPLICATES]; at the end, and of the last twelve months */
} outcome_sample;

static outcome_sample new_sample(void)
{
    outcome_sample self = {calloc(REPLICATES, sizeof(double)), calloc(REPLICATES, sizeof(double))};

    assert_non_null(self.stock);
    assert_non_null(self.cost);
    return self;
}

static void free_sample(outcome_sample *self)
{
    free(self->stock);
    free(self->cost);
}

/* Pounds a day, a seventh of the weekly prices of the reference authority. */
static const double price[8] = {80.0, 144.0, 59.0, 700.0, 914.0, 236.0, 17.0, 1114.0};

static void run_all(const pc_plan *plan, outcome_sample *out)
{
    replicate_workspace workspace;

    assert_ok(replicate_workspace_init(&workspace, plan));
    for (uint32_t replicate = 0; replicate < REPLICATES; replicate++) {
        const ledger *of = &workspace.ledger;

        sim_case_run(&workspace, replicate);
        out->stock[replicate] = (double)sim_case_sum(of, LEDGER_STOCK, plan->n_period - 1);
        out->cost[replicate] = 0.0;
        for (size_t category = 0; category < plan->n_category; category++) {
            for (size_t period = plan->n_period - 12; period < plan->n_period; period++) {
                out->cost[replicate] += price[category] * *ledger_at(of, LEDGER_DAYS, category, period);
            }
        }
    }
    replicate_workspace_free(&workspace);
}

static double variance_of_difference(const double *a, const double *b)
{
    double sum = 0.0, square = 0.0;

    for (size_t at = 0; at < REPLICATES; at++) {
        sum += a[at] - b[at];
        square += (a[at] - b[at]) * (a[at] - b[at]);
    }
    return (square - sum * sum / REPLICATES) / (REPLICATES - 1);
}

static void faster_exits(hand_plan *hand)
{
    size_t n = (size_t)PC_N_STREAM * PC_N_AGE_BAND * hand->plan.n_category * PC_N_BAND * PC_N_EXIT_HAZARD;

    for (size_t at = 0; at < n; at++) {
        hand->rates.exit[at] *= 1.05;
    }
}

/* A ratio of two variances from n replicates has a relative spread of sqrt(4 / n), 5% here: a true ratio of
 * 40 falls below 30 in one seed of a hundred million. */
static void measure(hand_plan *hand, const char *name)
{
    outcome_sample base = new_sample(), same = new_sample(), other = new_sample();
    double stock, cost;

    run_all(&hand->plan, &base);
    faster_exits(hand);
    run_all(&hand->plan, &same);
    hand->plan.seed += 1000;
    run_all(&hand->plan, &other);
    stock = variance_of_difference(base.stock, other.stock) / variance_of_difference(base.stock, same.stock);
    cost = variance_of_difference(base.cost, other.cost) / variance_of_difference(base.cost, same.cost);
    print_message("%s: variance of the difference, independent over shared: stock %.1f, cost %.1f\n", name,
                  stock, cost);
    assert_true(stock >= 30.0);
    assert_true(cost >= 15.0);
    /* Must-fail twin: other random numbers gain nothing. */
    assert_false(variance_of_difference(base.stock, other.stock) /
                     variance_of_difference(same.stock, other.stock) >=
                 15.0);
    free_sample(&base);
    free_sample(&same);
    free_sample(&other);
}

static void exits_five_percent_faster_on_the_reference_authority(void **state)
{
    hand_plan hand;

    (void)state;
    for (int bands = 0; bands < 2; bands++) {
        if (!hand_plan_lac600(&hand, PC_SHARED_DATA "/lac600", bands == 1)) {
            skip();
        }
        for (size_t category = 0; category < hand.plan.n_category; category++) {
            hand.plan.capacity[category].substitute_to = -1;
        }
        hand.plan.seed = 5;
        measure(&hand, bands ? "600 children, five bands" : "600 children");
        hand_plan_free(&hand);
    }
}

static void exits_five_percent_faster_on_made_up_rates(void **state)
{
    hand_plan hand;

    (void)state;
    sim_case_rich(&hand, 36, 41);
    measure(&hand, "made-up rates");
    sim_case_free(&hand);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(exits_five_percent_faster_on_the_reference_authority),
        cmocka_unit_test(exits_five_percent_faster_on_made_up_rates),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
