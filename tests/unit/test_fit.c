/* The fit: options, window, starting children, starts, and the posterior worked by hand. */
#include "pc_test.h"

#include <math.h>

#include "cohort.h"
#include "estimate/posterior.h"

static const char *const category[] = {"foster_inhouse", "residential_external", "supported"};
#define N_CATEGORY 3

static pc_day day_of(int year, int month, int day)
{
    return pc_day_from_date((pc_date){year, month, day});
}

static void fit(const pc_episodes *episodes, const pc_fit_options *options, pc_model *out)
{
    pc_diagnostics diagnostics;

    pc_diagnostics_init(&diagnostics);
    assert_ok(pc_fit(episodes, options, out, &diagnostics), &diagnostics);
    assert_ok(pc_model_check(out));
    pc_diagnostics_free(&diagnostics);
}

static void refuses(const pc_episodes *episodes, const pc_fit_options *options, pc_status expected,
                    const char *message)
{
    pc_diagnostics diagnostics;
    pc_model model;

    pc_diagnostics_init(&diagnostics);
    assert_status(pc_fit(episodes, options, &model, &diagnostics), expected, &diagnostics);
    assert_message(&diagnostics, message);
    assert_null(model.authority);
    assert_null(model.codes.category);
    pc_model_free(&model);
    pc_diagnostics_free(&diagnostics);
}

/* `n` children of 12 in the first category from `start`; the first `n_exit` go home after `days`. */
static void add_group(pc_episodes *episodes, const char *la, int n, int n_exit, pc_day start, int days)
{
    for (int c = 0; c < n; c++) {
        char name[24];

        snprintf(name, sizeof name, "%s%06d", la, c);
        cohort_add_child(episodes, la, name, pc_birthday(start, -12) - 100, PC_STREAM_LOCAL);
        cohort_add_row(episodes, start, c < n_exit ? start + days : PC_DAY_OPEN, 0, PC_TRANSITION_START,
                       c < n_exit ? PC_EXIT_HOME : PC_N_EXIT_CAUSE);
    }
}

static void without_shrinkage_rates_are_events_over_exposure(void **state)
{
    pc_fit_options options = pc_fit_options_default();
    pc_episodes episodes;
    pc_model model;
    pc_rates draw;

    (void)state;
    cohort_empty(&episodes, N_CATEGORY, category, day_of(2022, 3, 31));
    add_group(&episodes, "", 10, 4, day_of(2022, 3, 22), 5); /* 4 stay 5 days, 6 the 10 days to the extract */
    options.shrink = false;
    fit(&episodes, &options, &model);
    assert_close(
        model.authority[0]
            .mean.exit[pc_rates_cell(&model.authority[0].mean, 0, 3, 0, 0) * PC_N_EXIT_HAZARD + PC_EXIT_HOME],
        4 / (80 / 365.25), 1e-7, 0);
    assert_ok(pc_rates_init(&draw, N_CATEGORY));
    assert_ok(pc_model_draw(&model, 0, 1, 0, &draw));
    pc_rates_free(&draw);
    pc_model_free(&model);
    pc_episodes_free(&episodes);
}

/* One exposed leaf under a root of rate r: down the tree (k + a) / (k / parent + b), upwards each pool is
 * told the leaf's events and expected events times the weights k / (k + parent b). Solved here by plain
 * iteration. */
static double one_leaf_factor(double k, double events, double expected)
{
    double f[4] = {1, 1, 1, 1};

    for (int i = 0; i < 10000; i++) {
        double w3 = k / (k + f[2] * expected), a2 = w3 * events, b2 = w3 * expected;
        double w2 = k / (k + f[1] * b2), a1 = w2 * a2, b1 = w2 * b2;
        double w1 = k / (k + f[0] * b1), a0 = w1 * a1, b0 = w1 * b1;

        f[0] = (k + a0) / (k + b0);
        f[1] = (k + a1) / (k / f[0] + b1);
        f[2] = (k + a2) / (k / f[1] + b2);
        f[3] = (k + events) / (k / f[2] + expected);
    }
    return f[3];
}

static void the_posterior_mean_of_one_leaf_is_worked_by_hand(void **state)
{
    static const double shapes[] = {0.5, 4, 1000};
    pc_fit_options options = pc_fit_options_default();
    pc_episodes episodes;

    (void)state;
    cohort_empty(&episodes, N_CATEGORY, category, day_of(2022, 3, 31));
    add_group(&episodes, "", 40, 10, day_of(2022, 3, 12), 10); /* 10 x 10 + 30 x 20 = 700 days */
    for (size_t s = 0; s < sizeof shapes / sizeof shapes[0]; s++) {
        pc_rates root;
        pc_model model;
        size_t leaf;

        assert_ok(pc_rates_init(&root, N_CATEGORY));
        leaf = pc_rates_cell(&root, 0, 3, 0, 0) * PC_N_EXIT_HAZARD + PC_EXIT_HOME;
        root.exit[leaf] = 2; /* expected: 2 x 700 / 365.25 = 3.83 */
        options.root = &root;
        options.fixed_shape = shapes[s];
        fit(&episodes, &options, &model);
        assert_close(model.authority[0].mean.exit[leaf], 2 * one_leaf_factor(shapes[s], 10, 1400 / 365.25),
                     1e-6, 0);
        pc_model_free(&model);
        pc_rates_free(&root);
    }
    pc_episodes_free(&episodes);
}

/* With k so large at the pools that their factor is 1, the leaf's draws are Gamma(k + e, k + E) times the
 * reference. */
static void draws_follow_the_gamma_posterior(void **state)
{
    enum { N_DRAW = 4000 };
    const double k = 1000, events = 10, expected = 1400 / 365.25;
    pc_fit_options options = pc_fit_options_default();
    pc_episodes episodes;
    pc_rates root, draw;
    pc_model model;
    double sum = 0, square = 0, mean, variance;
    size_t leaf;

    (void)state;
    cohort_empty(&episodes, N_CATEGORY, category, day_of(2022, 3, 31));
    add_group(&episodes, "", 40, 10, day_of(2022, 3, 12), 10);
    assert_ok(pc_rates_init(&root, N_CATEGORY));
    assert_ok(pc_rates_init(&draw, N_CATEGORY));
    leaf = pc_rates_cell(&root, 0, 3, 0, 0) * PC_N_EXIT_HAZARD + PC_EXIT_HOME;
    root.exit[leaf] = 2;
    options.root = &root;
    options.fixed_shape = k;
    fit(&episodes, &options, &model);
    for (uint32_t d = 0; d < N_DRAW; d++) {
        assert_ok(pc_model_draw(&model, 0, 7, d, &draw));
        sum += draw.exit[leaf];
        square += draw.exit[leaf] * draw.exit[leaf];
        assert_close(draw.exit[leaf], (double)(float)draw.exit[leaf], 0, 0); /* 24 bits */
    }
    mean = sum / N_DRAW;
    variance = square / N_DRAW - mean * mean;
    /* Four levels of nearly independent factors, each of variance 1 / k to first order. */
    assert_close(mean, 2 * one_leaf_factor(k, events, expected), 0, 5 * 2 * sqrt(4 / k / N_DRAW));
    assert_close(variance, 4 * 4 / k, 0.15, 0);
    pc_rates_free(&draw);
    pc_rates_free(&root);
    pc_model_free(&model);
    pc_episodes_free(&episodes);
}

static void a_draw_depends_on_seed_draw_and_authority_alone(void **state)
{
    pc_fit_options options = pc_fit_options_default();
    pc_episodes episodes;
    pc_model model;
    pc_rates a, b;
    size_t leaf;

    (void)state;
    cohort_empty(&episodes, N_CATEGORY, category, day_of(2022, 3, 31));
    add_group(&episodes, "", 40, 10, day_of(2021, 3, 12), 10);
    fit(&episodes, &options, &model);
    assert_ok(pc_rates_init(&a, N_CATEGORY));
    assert_ok(pc_rates_init(&b, N_CATEGORY));
    leaf = pc_rates_cell(&a, 0, 3, 0, 0) * PC_N_EXIT_HAZARD + PC_EXIT_HOME;
    assert_ok(pc_model_draw(&model, 0, 7, 3, &a));
    assert_ok(pc_model_draw(&model, 0, 8, 1, &b)); /* something in between */
    assert_true(fabs(a.exit[leaf] - b.exit[leaf]) > 0);
    assert_ok(pc_model_draw(&model, 0, 7, 4, &b));
    assert_true(fabs(a.exit[leaf] - b.exit[leaf]) > 0);
    assert_ok(pc_model_draw(&model, 0, 7, 3, &b));
    assert_memory_equal(a.exit, b.exit, 250 * N_CATEGORY / 5 * PC_N_EXIT_HAZARD * sizeof(double));
    assert_memory_equal(a.starts, b.starts, (size_t)PC_N_STREAM * PC_N_AGE_YEAR * sizeof(double));
    assert_status(pc_model_draw(&model, 1, 7, 3, &b), PC_ERR_RANGE);
    pc_rates_free(&a);
    pc_rates_free(&b);
    pc_model_free(&model);
    pc_episodes_free(&episodes);
}

static void options_out_of_range_are_refused_by_name(void **state)
{
    static const double bad[] = {-1, (double)NAN, (double)INFINITY};
    pc_fit_options options;
    pc_episodes episodes;
    pc_rates root;
    const char *nowhere = "Nowhere";

    (void)state;
    cohort_empty(&episodes, N_CATEGORY, category, day_of(2022, 3, 31));
    add_group(&episodes, "", 4, 1, day_of(2021, 3, 12), 10);
    for (size_t b = 0; b < sizeof bad / sizeof bad[0]; b++) {
        options = pc_fit_options_default();
        options.half_life_months = bad[b];
        refuses(&episodes, &options, PC_ERR_RANGE, "half-life");
        options = pc_fit_options_default();
        options.fixed_shape = bad[b];
        refuses(&episodes, &options, PC_ERR_RANGE, "fixed shape");
    }
    options = pc_fit_options_default();
    options.window_from = day_of(2022, 1, 1);
    options.window_to = day_of(2021, 12, 31);
    refuses(&episodes, &options, PC_ERR_RANGE, "2022-01-01, after its end on 2021-12-31");
    options = pc_fit_options_default();
    options.window_from = day_of(2023, 1, 1);
    options.window_to = day_of(2023, 12, 31);
    refuses(&episodes, &options, PC_ERR_RANGE, "after the extract");
    options = pc_fit_options_default();
    options.n_authority = 1;
    options.authority = &nowhere;
    refuses(&episodes, &options, PC_ERR_INPUT, "no authority \"Nowhere\"");
    assert_ok(pc_rates_init(&root, 2));
    options = pc_fit_options_default();
    options.root = &root;
    refuses(&episodes, &options, PC_ERR_RANGE, "2 categories; expected the 3");
    pc_rates_free(&root);
    assert_ok(pc_rates_init(&root, N_CATEGORY));
    root.status[5] = (double)NAN;
    refuses(&episodes, &options, PC_ERR_RANGE, "negative or not a number");
    pc_rates_free(&root);
    pc_episodes_free(&episodes);
}

static void nobody_at_risk_is_no_data(void **state)
{
    pc_fit_options options = pc_fit_options_default();
    pc_episodes episodes;

    (void)state;
    cohort_empty(&episodes, N_CATEGORY, category, day_of(2022, 3, 31));
    refuses(&episodes, &options, PC_ERR_NO_DATA, "nobody");
    add_group(&episodes, "", 4, 4, day_of(2011, 3, 12), 10);
    episodes.covered_from = day_of(2010, 4, 1);
    refuses(&episodes, &options, PC_ERR_NO_DATA, "nobody");
    pc_episodes_free(&episodes);
}

static void the_window_defaults_to_three_years_and_is_cut_where_the_data_end(void **state)
{
    pc_fit_options options = pc_fit_options_default();
    pc_diagnostics diagnostics;
    pc_episodes episodes;
    pc_model model;

    (void)state;
    cohort_empty(&episodes, N_CATEGORY, category, day_of(2022, 3, 31));
    add_group(&episodes, "", 4, 1, day_of(2018, 5, 1), 800);
    episodes.covered_from = day_of(2018, 4, 1);
    fit(&episodes, &options, &model);
    assert_int_equal(model.window_from, day_of(2019, 4, 1));
    assert_int_equal(model.window_to, day_of(2022, 3, 31));
    pc_model_free(&model);

    pc_diagnostics_init(&diagnostics);
    options.window_from = day_of(2015, 1, 1);
    options.window_to = day_of(2030, 1, 1);
    assert_ok(pc_fit(&episodes, &options, &model, &diagnostics));
    assert_int_equal(model.window_from, day_of(2018, 4, 1));
    assert_int_equal(model.window_to, day_of(2022, 3, 31));
    assert_message(&diagnostics, "the data do on 2018-04-01: shortened");
    assert_message(&diagnostics, "cut at 2022-03-31");
    assert_message(&diagnostics, "less than two years after the first return");
    assert_int_equal(diagnostics.count[PC_ASSUMPTION], 3);
    pc_diagnostics_free(&diagnostics);
    pc_model_free(&model);
    pc_episodes_free(&episodes);
}

/* Twenty children in care since 2015; returns from April 2020 on, so that no ending before is known; ten
 * leave after. */
static void time_without_any_ending_is_taken_for_missing_returns(void **state)
{
    pc_fit_options options = pc_fit_options_default();
    pc_episodes episodes;
    pc_model model;

    (void)state;
    cohort_empty(&episodes, N_CATEGORY, category, day_of(2022, 3, 31));
    add_group(&episodes, "", 20, 10, day_of(2015, 5, 1), day_of(2020, 6, 1) - day_of(2015, 5, 1));
    options.window_from = day_of(2016, 4, 1);
    fit(&episodes, &options, &model);
    assert_int_equal(model.window_from, day_of(2020, 4, 1));
    pc_model_free(&model);
    pc_episodes_free(&episodes);

    /* One ending among the twenty is no proof: the time before stays. */
    cohort_empty(&episodes, N_CATEGORY, category, day_of(2022, 3, 31));
    add_group(&episodes, "", 20, 1, day_of(2015, 5, 1), day_of(2020, 6, 1) - day_of(2015, 5, 1));
    fit(&episodes, &options, &model);
    assert_int_equal(model.window_from, day_of(2016, 4, 1));
    pc_model_free(&model);
    pc_episodes_free(&episodes);
}

static void starting_children_keep_their_true_ages_clocks_and_need(void **state)
{
    pc_fit_options options = pc_fit_options_default();
    pc_diagnostics diagnostics;
    pc_episodes episodes;
    pc_model model;
    uint32_t n2, n4;
    const pc_child *child;

    (void)state;
    cohort_empty(&episodes, N_CATEGORY, category, day_of(2022, 3, 31));
    assert_ok(pc_names_add(&episodes.code, "N2", 2, &n2));
    assert_ok(pc_names_add(&episodes.code, "N4", 2, &n4));
    cohort_add_child(&episodes, "", "a", day_of(2010, 6, 15), PC_STREAM_LOCAL);
    cohort_add_row(&episodes, day_of(2012, 1, 1), day_of(2012, 2, 1), 0, PC_TRANSITION_START, PC_EXIT_HOME);
    cohort_add_row(&episodes, day_of(2020, 1, 1), day_of(2021, 7, 1), 0, PC_TRANSITION_START,
                   PC_N_EXIT_CAUSE);
    episodes.row[episodes.n - 1].need = (uint16_t)n2;
    cohort_add_row(&episodes, day_of(2021, 7, 1), PC_DAY_OPEN, 1, PC_TRANSITION_MOVE, PC_N_EXIT_CAUSE);
    episodes.row[episodes.n - 1].need = (uint16_t)n4;
    cohort_add_child(&episodes, "", "b", PC_DAY_NONE, PC_STREAM_LOCAL);
    cohort_add_row(&episodes, day_of(2021, 1, 1), PC_DAY_OPEN, 0, PC_TRANSITION_START, PC_N_EXIT_CAUSE);
    cohort_add_child(&episodes, "", "c", day_of(2010, 6, 15), PC_STREAM_UASC);
    cohort_add_row(&episodes, day_of(2022, 3, 31), PC_DAY_OPEN, 0, PC_TRANSITION_START, PC_N_EXIT_CAUSE);
    cohort_add_child(&episodes, "", "d", day_of(2010, 6, 15), PC_STREAM_LOCAL);
    cohort_add_row(&episodes, day_of(2022, 3, 1), day_of(2022, 3, 31), 0, PC_TRANSITION_START, PC_EXIT_HOME);
    pc_diagnostics_init(&diagnostics);
    assert_ok(pc_fit(&episodes, &options, &model, &diagnostics));
    assert_ok(pc_model_check(&model));
    assert_int_equal(model.authority[0].n_child, 2);
    child = &model.authority[0].child[0];
    assert_int_equal(child->record, 0);
    assert_int_equal(child->birth, day_of(2010, 6, 15));
    assert_int_equal(child->care_start, day_of(2020, 1, 1));
    assert_int_equal(child->placement_start, day_of(2021, 7, 1));
    assert_int_equal(child->category, 1);
    assert_int_equal(child->need, 2); /* at the start of care */
    assert_int_equal(child->placement_number, 2);
    child = &model.authority[0].child[1];
    assert_int_equal(child->record, 2);
    assert_int_equal(child->stream, PC_STREAM_UASC);
    assert_int_equal(child->need, 0);
    assert_int_equal(model.authority[0].left_out, 1);
    assert_message(&diagnostics, "1 of 3 children in care (33.3%) have no birth date");
    pc_diagnostics_free(&diagnostics);
    pc_model_free(&model);
    pc_episodes_free(&episodes);
}

static void starts_a_year_keep_their_total_and_first_placements_sum_to_one(void **state)
{
    pc_fit_options options = pc_fit_options_default();
    pc_episodes episodes;
    pc_model model;
    double total = 0, within = 0;

    (void)state;
    cohort_empty(&episodes, N_CATEGORY, category, day_of(2022, 3, 31));
    episodes.covered_from = day_of(2019, 4, 1);
    add_group(&episodes, "a", 30, 0, day_of(2021, 3, 12), 10); /* all aged 12 */
    cohort_add_child(&episodes, "a", "z", day_of(2021, 6, 1), PC_STREAM_LOCAL);
    cohort_add_row(&episodes, day_of(2021, 6, 3), PC_DAY_OPEN, 0, PC_TRANSITION_START, PC_N_EXIT_CAUSE);
    fit(&episodes, &options, &model);
    for (size_t age = 0; age < PC_N_AGE_YEAR; age++) {
        total += model.authority[0].mean.starts[age];
        within += age >= 10 && age < 16 ? model.authority[0].mean.starts[age] : 0;
        assert_true(model.authority[0].mean.starts[age] > 0); /* any age may start */
        assert_close(model.authority[0].mean.starts[PC_N_AGE_YEAR + age], 0, 0,
                     0); /* no unaccompanied child did */
    }
    assert_close(total, 31 / (1096 / 365.25), 1e-6, 0);
    /* One start is spread over the bands by their years of age: 10-15 has 6 of 18. */
    assert_close(within / total, (30 + 6 / 18.0) / 32, 1e-6, 0);
    assert_true(model.authority[0].mean.starts[12] > 20 * model.authority[0].mean.starts[13]);
    pc_model_free(&model);
    pc_episodes_free(&episodes);
}

static void starts_that_come_in_bursts_are_over_dispersed(void **state)
{
    pc_fit_options options = pc_fit_options_default();

    (void)state;
    for (int bursts = 0; bursts < 2; bursts++) {
        pc_episodes episodes;
        pc_model model;

        cohort_empty(&episodes, N_CATEGORY, category, day_of(2022, 3, 31));
        episodes.covered_from = day_of(2019, 4, 1);
        for (int m = 0; m < 36; m++) {
            for (int c = 0; c < (bursts == 0 ? 4 : m % 6 == 0 ? 24 : 0); c++) {
                char name[24];
                pc_day start = pc_month_first_day(pc_month_of_day(day_of(2019, 4, 1)) + m) + 3;

                snprintf(name, sizeof name, "%03d-%03d", m, c);
                cohort_add_child(&episodes, "", name, start - 3000, PC_STREAM_LOCAL);
                cohort_add_row(&episodes, start, start + 100 <= episodes.extract ? start + 100 : PC_DAY_OPEN,
                               0, PC_TRANSITION_START,
                               start + 100 <= episodes.extract ? PC_EXIT_HOME : PC_N_EXIT_CAUSE);
            }
        }
        fit(&episodes, &options, &model);
        if (bursts == 0) {
            assert_true(isinf(model.authority[0].start_dispersion[0]));
        } else {
            assert_true(model.authority[0].start_dispersion[0] < 0.5);
        }
        assert_true(isinf(model.authority[0].start_dispersion[1])); /* a stream without starts */
        pc_model_free(&model);
        pc_episodes_free(&episodes);
    }
}

static void no_baby_is_placed_in_supported_accommodation_unless_seen(void **state)
{
    pc_fit_options options = pc_fit_options_default();

    (void)state;
    for (int seen = 0; seen < 2; seen++) {
        pc_day birth = seen ? day_of(2020, 12, 1) : day_of(2004, 12, 1);
        pc_episodes episodes;
        pc_model model;
        size_t baby, youth;

        cohort_empty(&episodes, N_CATEGORY, category, day_of(2022, 3, 31));
        add_group(&episodes, "a", 30, 5, day_of(2021, 3, 12), 10);
        cohort_add_child(&episodes, "a", "z", birth, PC_STREAM_LOCAL);
        cohort_add_row(&episodes, day_of(2021, 1, 1), day_of(2021, 6, 3), 0, PC_TRANSITION_START,
                       PC_N_EXIT_CAUSE);
        cohort_add_row(&episodes, day_of(2021, 6, 3), PC_DAY_OPEN, 2, PC_TRANSITION_MOVE, PC_N_EXIT_CAUSE);
        fit(&episodes, &options, &model);
        baby = pc_rates_cell(&model.authority[0].mean, 0, 0, 0, 1) * N_CATEGORY + 2;
        youth = pc_rates_cell(&model.authority[0].mean, 0, 4, 0, 1) * N_CATEGORY + 2;
        assert_true(model.authority[0].mean.move[youth] > 0);
        assert_true((model.authority[0].mean.move[baby] > 0) == (seen == 1));
        pc_model_free(&model);
        pc_episodes_free(&episodes);
    }
}

static void without_any_exit_there_is_half_of_one_and_a_warning(void **state)
{
    pc_fit_options options = pc_fit_options_default();
    pc_diagnostics diagnostics;
    pc_episodes episodes;
    pc_model model;
    size_t cell;

    (void)state;
    cohort_empty(&episodes, N_CATEGORY, category, day_of(2022, 3, 31));
    add_group(&episodes, "", 25, 0, day_of(2021, 4, 1), 10);
    pc_diagnostics_init(&diagnostics);
    assert_ok(pc_fit(&episodes, &options, &model, &diagnostics));
    assert_ok(pc_model_check(&model));
    assert_message(&diagnostics, "no child left care");
    cell = pc_rates_cell(&model.authority[0].mean, 0, 3, 0, 1) * PC_N_EXIT_HAZARD;
    assert_true(model.authority[0].mean.exit[cell + PC_EXIT_OTHER] > 0);
    assert_close(model.authority[0].mean.exit[cell + PC_EXIT_HOME], 0, 0, 0);
    pc_diagnostics_free(&diagnostics);
    pc_model_free(&model);
    pc_episodes_free(&episodes);
}

static void authorities_are_fitted_apart(void **state)
{
    pc_fit_options options = pc_fit_options_default();
    pc_episodes both;
    pc_model together, alone;
    const char *name = "B";
    size_t n = (size_t)PC_N_STREAM * PC_N_AGE_BAND * N_CATEGORY * PC_N_BAND * PC_N_EXIT_HAZARD;

    (void)state;
    cohort_empty(&both, N_CATEGORY, category, day_of(2022, 3, 31));
    both.covered_from = day_of(2020, 4, 1);
    add_group(&both, "A", 30, 20, day_of(2021, 3, 12), 10);
    add_group(&both, "B", 30, 2, day_of(2021, 3, 12), 10);
    fit(&both, &options, &together);
    assert_int_equal(together.n_authority, 2);
    assert_string_equal(together.authority[0].la, "A");
    options.n_authority = 1;
    options.authority = &name;
    fit(&both, &options, &alone);
    assert_int_equal(alone.n_authority, 1);
    assert_string_equal(alone.authority[0].la, "B");
    assert_memory_equal(together.authority[1].mean.exit, alone.authority[0].mean.exit, n * sizeof(double));
    assert_int_equal(together.authority[1].n_child, alone.authority[0].n_child);
    pc_model_free(&together);
    pc_model_free(&alone);
    pc_model_free(&alone); /* twice is fine */
    pc_episodes_free(&both);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_shrinkage_rates_are_events_over_exposure),
        cmocka_unit_test(the_posterior_mean_of_one_leaf_is_worked_by_hand),
        cmocka_unit_test(draws_follow_the_gamma_posterior),
        cmocka_unit_test(a_draw_depends_on_seed_draw_and_authority_alone),
        cmocka_unit_test(options_out_of_range_are_refused_by_name),
        cmocka_unit_test(nobody_at_risk_is_no_data),
        cmocka_unit_test(the_window_defaults_to_three_years_and_is_cut_where_the_data_end),
        cmocka_unit_test(time_without_any_ending_is_taken_for_missing_returns),
        cmocka_unit_test(starting_children_keep_their_true_ages_clocks_and_need),
        cmocka_unit_test(starts_a_year_keep_their_total_and_first_placements_sum_to_one),
        cmocka_unit_test(starts_that_come_in_bursts_are_over_dispersed),
        cmocka_unit_test(no_baby_is_placed_in_supported_accommodation_unless_seen),
        cmocka_unit_test(without_any_exit_there_is_half_of_one_and_a_warning),
        cmocka_unit_test(authorities_are_fitted_apart),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
