/* The simulation against the expected-value method on rich made-up plans: every cell. */
#include "pc_test.h"

#include <math.h>

#include "sim_case.h"
#include "simulate/expected.h"

enum { MOST_CELLS = 20000 };

typedef struct cell_sums {
    double *sum, *square;
    size_t n;
} cell_sums;

typedef struct worst_cell {
    double z;
    size_t judged;
    char where[100];
} worst_cell;

static const struct {
    ledger_series series;
    const char *name;
} measured[] = {{LEDGER_STOCK, "children"}, {LEDGER_DAYS, "place-days"},
                {LEDGER_STARTS, "starts"},  {LEDGER_CEASES, "ceases"},
                {LEDGER_MOVES_IN, "moves"}, {LEDGER_STATUS_IN, "status changes"}};
enum { N_MEASURED = sizeof measured / sizeof measured[0] };

static void add(cell_sums *self, size_t at, double value)
{
    self->sum[at] += value;
    self->square[at] += value * value;
}

static void run_all(const pc_plan *plan, size_t replicates, cell_sums *out)
{
    replicate_workspace workspace;
    size_t rows = plan->n_category * plan->n_period;

    out->n = replicates;
    assert_ok(replicate_workspace_init(&workspace, plan));
    for (uint32_t replicate = 0; replicate < replicates; replicate++) {
        sim_case_run(&workspace, replicate);
        for (size_t m = 0; m < N_MEASURED; m++) {
            for (size_t at = 0; at < rows; at++) {
                add(out, m * rows + at, *(ledger_at(&workspace.ledger, measured[m].series, 0, 0) + at));
            }
        }
        for (size_t at = 0; at < PC_N_EXIT_CAUSE * plan->n_period; at++) {
            add(out, N_MEASURED * rows + at, workspace.ledger.exits[at]);
        }
        for (size_t period = 0; period < plan->n_period; period++) {
            add(out, N_MEASURED * rows + PC_N_EXIT_CAUSE * plan->n_period + period,
                (double)sim_case_sum(&workspace.ledger, LEDGER_STOCK, period));
        }
    }
    replicate_workspace_free(&workspace);
}

/* A cell that is met fewer than 50 times in all replicates is too rare for the normal law; one that never
 * varies must be right as it is. */
static void judge(const cell_sums *of, size_t at, double expected, const char *name, size_t row,
                  size_t period, worst_cell *worst)
{
    double n = (double)of->n, mean = of->sum[at] / n;
    double variance = (of->square[at] - n * mean * mean) / (n - 1.0), z;

    assert_true(isfinite(expected));
    if (expected * n < 50.0) {
        assert_true(of->sum[at] < 150.0);
        return;
    }
    z = variance > 1e-12 ? fabs(mean - expected) / sqrt(variance / n)
                         : (fabs(mean - expected) < 1e-9 * expected ? 0.0 : (double)INFINITY);
    worst->judged++;
    if (!(z <= worst->z)) {
        worst->z = z;
        snprintf(worst->where, sizeof worst->where, "%s, row %zu, period %zu: %.4f, expected %.4f", name, row,
                 period, mean, expected);
    }
}

static worst_cell compare_means(const pc_plan *plan, const pc_expected *expected, const cell_sums *of)
{
    const double *rows[N_MEASURED] = {expected->children, expected->place_days, expected->starts,
                                      expected->ceases,   expected->moves,      expected->status_changes};
    size_t n = plan->n_category * plan->n_period;
    worst_cell worst = {0};

    for (size_t m = 0; m < N_MEASURED; m++) {
        for (size_t at = 0; at < n; at++) {
            judge(of, m * n + at, rows[m][at], measured[m].name, at / plan->n_period, at % plan->n_period,
                  &worst);
        }
    }
    for (size_t at = 0; at < PC_N_EXIT_CAUSE * plan->n_period; at++) {
        judge(of, N_MEASURED * n + at, expected->exits[at], "exits", at / plan->n_period, at % plan->n_period,
              &worst);
    }
    return worst;
}

/* Process variance of children by category and of all: its own spread is about var sqrt(2 / n). */
static worst_cell compare_variances(const pc_plan *plan, const pc_expected *expected, const cell_sums *of)
{
    size_t n_cell = plan->n_category * plan->n_period;
    worst_cell worst = {0};

    for (size_t at = 0; at < n_cell + plan->n_period; at++) {
        size_t cell = at < n_cell ? at : N_MEASURED * n_cell + PC_N_EXIT_CAUSE * plan->n_period + at - n_cell;
        double n = (double)of->n, mean = of->sum[cell] / n, variance, z;

        variance = (of->square[cell] - n * mean * mean) / (n - 1.0);
        z = fabs(variance - expected->children_variance[at]) /
            (expected->children_variance[at] * sqrt((2.0 + 1.0 / mean) / n));
        worst.judged++;
        if (!(z <= worst.z)) {
            worst.z = z;
            snprintf(worst.where, sizeof worst.where, "variance %zu: %.4f, expected %.4f", at, variance,
                     expected->children_variance[at]);
        }
    }
    return worst;
}

static cell_sums new_sums(void)
{
    cell_sums self = {calloc(MOST_CELLS, sizeof(double)), calloc(MOST_CELLS, sizeof(double)), 0};

    assert_non_null(self.sum);
    assert_non_null(self.square);
    return self;
}

/* 1,000 cells and more: |z| < 5.5 in all of them is a false alarm in some 20,000 seeds (for normal cells; the
 * rarest judged, with 50 events, are a little wider). */
static void check_plan(hand_plan *hand, size_t replicates, const char *name)
{
    cell_sums sums = new_sums();
    pc_expected expected;
    worst_cell mean, variance;

    assert_true(hand->plan.n_period * (hand->plan.n_category * N_MEASURED + PC_N_EXIT_CAUSE + 1) <=
                MOST_CELLS);
    run_all(&hand->plan, replicates, &sums);
    assert_ok(expected_solve(&hand->plan, 0, 2, &expected));
    mean = compare_means(&hand->plan, &expected, &sums);
    variance = compare_variances(&hand->plan, &expected, &sums);
    print_message("%s: %zu means, largest |z| %.2f (%s); %zu variances, largest |z| %.2f (%s)\n", name,
                  mean.judged, mean.z, mean.where, variance.judged, variance.z, variance.where);
    assert_true(mean.judged > 500);
    assert_true(mean.z < 5.5);
    assert_true(variance.z < 6.0);
    expected_free(&expected);
    /* Must-fail twin: one exit rate in all bands 10% up, and the worst cell shows it. */
    for (size_t at = PC_EXIT_HOME;
         at < (size_t)PC_N_STREAM * PC_N_AGE_BAND * hand->plan.n_category * PC_N_BAND * PC_N_EXIT_HAZARD;
         at += PC_N_EXIT_HAZARD) {
        hand->rates.exit[at] *= 1.1;
    }
    assert_ok(expected_solve(&hand->plan, 0, 2, &expected));
    assert_false(compare_means(&hand->plan, &expected, &sums).z < 5.5);
    expected_free(&expected);
    free(sums.sum);
    free(sums.square);
}

static void every_cell_meets_the_expected_value_on_made_up_plans(void **state)
{
    static const uint64_t seed[] = {51, 52};

    (void)state;
    for (size_t at = 0; at < sizeof seed / sizeof seed[0]; at++) {
        hand_plan hand;
        char name[40];

        sim_case_rich(&hand, 36, seed[at]);
        snprintf(name, sizeof name, "made-up plan %d", (int)seed[at]);
        check_plan(&hand, 4000, name);
        sim_case_free(&hand);
    }
}

static void every_cell_meets_the_expected_value_where_only_one_clock_matters(void **state)
{
    (void)state;
    for (int care = 0; care < 2; care++) {
        hand_plan hand;

        sim_case_rich(&hand, 18, 53);
        hand.plan.care_bands = care == 1;
        hand.plan.placement_bands = care == 0;
        /* The clock that is off has the rates of its first band all through. */
        for (size_t cell = 0; cell < (size_t)PC_N_STREAM * PC_N_AGE_BAND * 5; cell++) {
            for (size_t band = 1; band < PC_N_BAND; band++) {
                size_t first = cell * PC_N_BAND;

                if (care == 0) {
                    memcpy(hand.rates.exit + (first + band) * PC_N_EXIT_HAZARD,
                           hand.rates.exit + first * PC_N_EXIT_HAZARD, PC_N_EXIT_HAZARD * sizeof(double));
                    memcpy(hand.rates.status + (first + band) * 5, hand.rates.status + first * 5,
                           5 * sizeof(double));
                } else {
                    memcpy(hand.rates.move + (first + band) * 5, hand.rates.move + first * 5,
                           5 * sizeof(double));
                }
            }
        }
        check_plan(&hand, 3000, care == 1 ? "care clock only" : "placement clock only");
        sim_case_free(&hand);
    }
}

static void every_cell_meets_the_expected_value_on_the_reference_authority(void **state)
{
    hand_plan hand;

    (void)state;
    if (!hand_plan_lac600(&hand, PC_SHARED_DATA "/lac600", true)) {
        skip();
    }
    for (size_t category = 0; category < hand.plan.n_category; category++) {
        hand.plan.capacity[category].substitute_to = -1;
    }
    hand.plan.seed = 8;
    check_plan(&hand, 2000, "600 children, five bands");
    hand_plan_free(&hand);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_cell_meets_the_expected_value_on_made_up_plans),
        cmocka_unit_test(every_cell_meets_the_expected_value_where_only_one_clock_matters),
        cmocka_unit_test(every_cell_meets_the_expected_value_on_the_reference_authority),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
