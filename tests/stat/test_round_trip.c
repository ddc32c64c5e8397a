/* Round trip: episodes made from known rates, fitted, and the fit held against those rates, over many seeds.
 *
 * Thresholds come from a false-alarm rate stated beside each; seeds are fixed.
 */
#include "pc_test.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <math.h>

#include "cohort.h"
#include "estimate/posterior.h"
#include "placecast/priors.h"

#define N_SEED 60
#define N_DRAW 99 /* the 95% interval below leaves out 2.5% on either side by interpolation of ranks */
#define N_CATEGORY COHORT_N_CATEGORY

static pc_day extract_day(void)
{
    return pc_day_from_date((pc_date){2022, 3, 31});
}

static size_t n_cell(void)
{
    return (size_t)PC_N_STREAM * PC_N_AGE_BAND * N_CATEGORY * PC_N_BAND;
}

static void make_cohort(uint64_t seed, const pc_rates *truth, pc_episodes *out)
{
    cohort_options options = {.seed = seed,
                              .truth = truth,
                              .n_category = N_CATEGORY,
                              .category = cohort_category,
                              .first_start = extract_day() - 8 * 365,
                              .extract = extract_day()};

    cohort_make(&options, out);
    assert_ok(pc_episodes_check(out));
}

static void fit_with(const pc_episodes *episodes, const pc_rates *root, bool priors, bool shrink,
                     double fixed_shape, pc_model *out)
{
    pc_fit_options options = pc_fit_options_default();
    pc_diagnostics diagnostics;
    pc_priors national = {0};

    pc_diagnostics_init(&diagnostics);
    if (priors) {
        assert_ok(pc_priors_load(NULL, &episodes->codes, &national, &diagnostics), &diagnostics);
        options.priors = &national;
    }
    options.root = root;
    options.shrink = shrink;
    options.fixed_shape = fixed_shape;
    assert_ok(pc_fit(episodes, &options, out, &diagnostics), &diagnostics);
    assert_ok(pc_model_check(out));
    pc_priors_free(&national);
    pc_diagnostics_free(&diagnostics);
}

static void fit(const pc_episodes *episodes, const pc_rates *root, bool shrink, double fixed_shape,
                pc_model *out)
{
    fit_with(episodes, root, false, shrink, fixed_shape, out);
}

/* (a) Without shrinkage: z = (events - expected) / sqrt(expected) under the true rates. */

typedef struct z_sums {
    double n, sum, square;
} z_sums;

/* Cells with at least `least` expected events, so that z is near normal. The pooled variance is exactly 1 for
 * Poisson counts of any size; given their exposure the counts are a martingale, so 1 to a good approximation.
 */
static void add_z(const pc_model *model, const pc_rates *truth, double scale, double least, z_sums *z)
{
    for (int family = 0; family < N_FAMILY; family++) {
        const estimate_table *table = &model->authority[0].posterior->family[family];
        const double *rate = estimate_family_rates(truth, (estimate_family)family);

        for (size_t i = 0; i < n_cell() * table->n_cause; i++) {
            double expected = table->years[i / table->n_cause] * rate[i] * scale;

            if (expected >= least) {
                double value = (table->events[i] - expected) / sqrt(expected);

                z->n++;
                z->sum += value;
                z->square += value * value;
            }
        }
    }
}

/* Drops every row of the periods of care that are open at the extract: "closed cases only". */
static void keep_closed_only(pc_episodes *episodes)
{
    size_t kept = 0;

    for (size_t first = 0, end; first < episodes->n; first = end) {
        for (end = first + 1; end < episodes->n && episodes->row[end].child == episodes->row[first].child;
             end++) {
        }
        if (episodes->row[end - 1].end != PC_DAY_OPEN) {
            for (size_t r = first; r < end; r++) {
                episodes->row[kept++] = episodes->row[r];
            }
        }
    }
    episodes->n = kept;
}

static z_sums pooled_z(double scale, bool closed_only)
{
    z_sums z = {0};

    for (uint64_t seed = 0; seed < N_SEED; seed++) {
        pc_rates truth;
        pc_episodes episodes;
        pc_model model;

        cohort_truth(&truth, 1);
        make_cohort(seed, &truth, &episodes);
        if (closed_only) {
            keep_closed_only(&episodes);
        }
        fit(&episodes, NULL, false, 0, &model);
        add_z(&model, &truth, scale, 0.5, &z);
        pc_model_free(&model);
        pc_episodes_free(&episodes);
        pc_rates_free(&truth);
    }
    return z;
}

/* The variance of z^2 is 2 + 1 / expected <= 4 for expected >= 0.5. Both bounds are 5 standard errors (false
 * alarm 6e-7 each) plus 0.01 for the two days at the ends of the window, whose events and exposure do not
 * pair. A rate that is 3% out would fail. */
static bool z_is_standard(const z_sums *z)
{
    double mean = z->sum / z->n, variance = z->square / z->n;

    printf("z: %.0f cells, mean %.4f, variance %.4f\n", z->n, mean, variance);
    return fabs(mean) < 5 / sqrt(z->n) + 0.01 && fabs(variance - 1) < 5 * sqrt(4 / z->n) + 0.01;
}

static void raw_rates_are_standard_normal_about_the_truth(void **state)
{
    z_sums z = pooled_z(1, false);

    (void)state;
    assert_true(z.n > 3000);
    assert_true(z_is_standard(&z));
}

static void the_z_test_sees_a_rate_that_is_six_per_cent_out(void **state)
{
    z_sums z = pooled_z(1.06, false);

    (void)state;
    assert_false(z_is_standard(&z));
}

static void closed_cases_only_must_fail(void **state)
{
    z_sums z = pooled_z(1, true);

    (void)state;
    assert_false(z_is_standard(&z));
}

/* (b), (c) With shrinkage: the truth is drawn from the model itself. */

/* Multiplies the rates of one family by factors drawn down the tree, all shapes k. */
static void draw_truth(gsl_rng *rng, double k, double *rate, size_t n_cause)
{
    for (size_t tree = 0; tree < PC_N_STREAM * n_cause; tree++) {
        double cause_factor = gsl_ran_gamma(rng, k, 1 / k);
        size_t stream = tree / n_cause, cause = tree % n_cause;

        for (size_t from = 0; from < N_CATEGORY; from++) {
            double from_factor = cause_factor * gsl_ran_gamma(rng, k, 1 / k);

            for (size_t age = 0; age < PC_N_AGE_BAND; age++) {
                double age_factor = from_factor * gsl_ran_gamma(rng, k, 1 / k);

                for (size_t band = 0; band < PC_N_BAND; band++) {
                    size_t cell = ((stream * PC_N_AGE_BAND + age) * N_CATEGORY + from) * PC_N_BAND + band;

                    rate[cell * n_cause + cause] *= age_factor * gsl_ran_gamma(rng, k, 1 / k);
                }
            }
        }
    }
}

typedef struct calibration {
    double hits[N_SEED], cells[N_SEED]; /* of the 95% intervals, by seed */
    double *pit; /* one cell of each tree and seed: trees are independent given the root */
    size_t n_pit;
} calibration;

/* Share of draws below the truth, a tie counting as a random part; 0 to 1. */
static double rank_of(gsl_rng *rng, const pc_rates *draw, int family, size_t i, double truth)
{
    size_t below = 0;

    for (size_t d = 0; d < N_DRAW; d++) {
        below += estimate_family_rates(&draw[d], (estimate_family)family)[i] < truth;
    }
    return ((double)below + gsl_rng_uniform(rng)) / (N_DRAW + 1);
}

static void calibrate_tree(gsl_rng *rng, const pc_model *model, const pc_rates *truth, const pc_rates *draw,
                           int family, size_t tree, size_t seed, calibration *out)
{
    const estimate_table *table = &model->authority[0].posterior->family[family];
    const double *rate = estimate_family_rates(truth, (estimate_family)family);
    const double *mean = estimate_family_rates(&model->authority[0].mean, (estimate_family)family);
    size_t per_stream = n_cell() / PC_N_STREAM, stream = tree / table->n_cause, cause = tree % table->n_cause;
    double chosen = 0, n = 0;

    for (size_t cell = stream * per_stream; cell < (stream + 1) * per_stream; cell++) {
        size_t i = cell * table->n_cause + cause;

        if (table->years[cell] > 0 && rate[i] > 0 && mean[i] > 0) {
            double rank = rank_of(rng, draw, family, i, rate[i]);

            out->cells[seed]++;
            out->hits[seed] += rank > 0.025 && rank < 0.975;
            n++;
            if (gsl_rng_uniform(rng) * n < 1) { /* each with the same chance */
                chosen = rank;
            }
        }
    }
    if (n > 0) {
        out->pit[out->n_pit++] = chosen;
    }
}

static void calibrate_seed(gsl_rng *rng, const pc_model *model, const pc_rates *truth, size_t seed,
                           calibration *out)
{
    pc_rates draw[N_DRAW];

    for (uint32_t d = 0; d < N_DRAW; d++) {
        assert_ok(pc_rates_init(&draw[d], N_CATEGORY));
        assert_ok(pc_model_draw(model, 0, seed, d, &draw[d]));
    }
    for (int family = 0; family < N_FAMILY; family++) {
        for (size_t tree = 0; tree < PC_N_STREAM * model->authority[0].posterior->family[family].n_cause;
             tree++) {
            calibrate_tree(rng, model, truth, draw, family, tree, seed, out);
        }
    }
    for (uint32_t d = 0; d < N_DRAW; d++) {
        pc_rates_free(&draw[d]);
    }
}

typedef enum known { ROOT_AND_SHAPE_KNOWN, BOTH_ESTIMATED, NATIONAL_PRIORS } known;

/* `k` 0: the truth is the root itself. With its own reference the fit finds the level of each cause, and its
 * profiles by age and duration, by itself: so the root from which the truth is drawn is a product of such. */
static void calibrate(double k, double told_k, known what, calibration *out)
{
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_taus2);

    memset(out, 0, sizeof *out);
    out->pit = malloc((size_t)N_SEED * 2 * (5 + 2 * N_CATEGORY) * sizeof *out->pit);
    assert_non_null(out->pit);
    gsl_rng_set(rng, 2022);
    for (size_t seed = 0; seed < N_SEED; seed++) {
        pc_rates root, truth;
        pc_episodes episodes;
        pc_model model;

        cohort_truth(&root, 1);
        cohort_truth(&truth, 1);
        if (k > 0) {
            draw_truth(rng, k, truth.exit, PC_N_EXIT_HAZARD);
            draw_truth(rng, k, truth.move, N_CATEGORY);
            draw_truth(rng, k, truth.status, N_CATEGORY);
        }
        make_cohort(seed, &truth, &episodes);
        fit_with(&episodes, what == ROOT_AND_SHAPE_KNOWN ? &root : NULL, what == NATIONAL_PRIORS, true,
                 what == ROOT_AND_SHAPE_KNOWN ? told_k : 0, &model);
        calibrate_seed(rng, &model, &truth, seed, out);
        pc_model_free(&model);
        pc_episodes_free(&episodes);
        pc_rates_free(&root);
        pc_rates_free(&truth);
    }
    gsl_rng_free(rng);
}

/* Coverage over all cells, and its standard error from the spread between seeds: cells of a seed are not
 * independent. */
static double coverage(const calibration *self, double *error)
{
    double hits = 0, cells = 0, square = 0;

    for (size_t seed = 0; seed < N_SEED; seed++) {
        hits += self->hits[seed];
        cells += self->cells[seed];
    }
    for (size_t seed = 0; seed < N_SEED; seed++) {
        double rest = self->hits[seed] - self->cells[seed] * hits / cells;

        square += rest * rest;
    }
    *error = sqrt(square) / cells;
    return hits / cells;
}

#define KS_FALSE_ALARM 1e-3

static void with_root_and_shape_known_the_posterior_is_calibrated(void **state)
{
    static const double shapes[] = {4, 12};

    (void)state;
    for (size_t s = 0; s < sizeof shapes / sizeof shapes[0]; s++) {
        calibration self;
        double error, share, p;

        calibrate(shapes[s], shapes[s], ROOT_AND_SHAPE_KNOWN, &self);
        share = coverage(&self, &error);
        p = ks_p_value(ks_distance_uniform(self.pit, self.n_pit), self.n_pit);
        printf("k = %g: coverage %.4f (standard error %.4f), PIT of %zu cells: p = %.3f\n", shapes[s], share,
               error, self.n_pit, p);
        assert_true(fabs(share - 0.95) < 4 * error); /* false alarm 6e-5 */
        assert_true(p > KS_FALSE_ALARM);
        free(self.pit);
    }
}

static void a_wrong_shape_must_fail(void **state)
{
    calibration self;
    double error, share;

    (void)state;
    calibrate(4, 100, ROOT_AND_SHAPE_KNOWN, &self);
    share = coverage(&self, &error);
    printf("k = 4, told 100: coverage %.4f (standard error %.4f)\n", share, error);
    assert_true(share < 0.95 - 4 * error);
    assert_true(ks_p_value(ks_distance_uniform(self.pit, self.n_pit), self.n_pit) < KS_FALSE_ALARM);
    free(self.pit);
}

/* The truth drawn from the model at two shapes, and the root itself: rates as a council might have them,
 * drawn from nothing. */
static void with_both_estimated_the_intervals_cover_92_to_97_per_cent(void **state)
{
    static const double shapes[] = {4, 12, 0};

    (void)state;
    for (size_t s = 0; s < sizeof shapes / sizeof shapes[0]; s++) {
        calibration self;
        double error, share;

        calibrate(shapes[s], 0, BOTH_ESTIMATED, &self);
        share = coverage(&self, &error);
        printf("k = %g, root and k estimated: coverage %.4f (standard error %.4f)\n", shapes[s], share,
               error);
        assert_true(share >= 0.92 && share <= 0.97);
        free(self.pit);
    }
}

/* The cohorts' rates are a council's that is not England: the shipped priors are wrong about them, more or
 * less, and their strength is found. */
static void with_national_priors_the_intervals_cover_92_to_97_per_cent(void **state)
{
    static const double shapes[] = {4, 12, 0};

    (void)state;
    for (size_t s = 0; s < sizeof shapes / sizeof shapes[0]; s++) {
        calibration self;
        double error, share;

        calibrate(shapes[s], 0, NATIONAL_PRIORS, &self);
        share = coverage(&self, &error);
        printf("k = %g, national priors: coverage %.4f (standard error %.4f)\n", shapes[s], share, error);
        assert_true(share >= 0.92 && share <= 0.97);
        free(self.pit);
    }
}

/* Events that draws expect over the child-years seen, less those that the truth expects, in standard
 * deviations of a count; pooled over seeds, N(0, 1) when the level of exits is recovered. */
static double level_of_exits(bool priors, double size, double wrong, double *distance)
{
    double sum = 0, n = 0;

    *distance = 0;
    for (uint64_t seed = 0; seed < N_SEED / 2; seed++) {
        double expected = 0, found = 0;
        const estimate_table *table;
        pc_rates truth;
        pc_episodes episodes;
        pc_model model;

        cohort_truth(&truth, size);
        make_cohort(seed, &truth, &episodes);
        fit_with(&episodes, NULL, priors, true, 0, &model);
        table = &model.authority[0].posterior->family[FAMILY_EXIT];
        for (size_t i = 0; i < n_cell() * table->n_cause; i++) {
            double years = table->years[i / table->n_cause];

            expected += years * truth.exit[i];
            found += years * model.authority[0].mean.exit[i] * wrong;
        }
        sum += (found - expected) / sqrt(expected);
        *distance += fabs(log(found / expected));
        n++;
        pc_model_free(&model);
        pc_episodes_free(&episodes);
        pc_rates_free(&truth);
    }
    *distance /= n;
    return sum / sqrt(n);
}

/* |z| < 4: a false alarm of 6e-5. A level that is 6% out shows: its z is about 0.06 x sqrt(270) x sqrt(30).
 */
static void national_priors_leave_the_level_of_exits_to_the_data(void **state)
{
    double distance, z = level_of_exits(true, 1, 1, &distance), bad = level_of_exits(true, 1, 1.1, &distance);

    (void)state;
    printf("level of exits under national priors: z = %.2f; 10%% out: z = %.2f\n", z, bad);
    assert_true(fabs(z) < 4);
    assert_false(fabs(bad) < 4);
}

/* A council with some 15 children: what the country does tells more than what was seen of them. */
static void national_priors_help_a_small_council(void **state)
{
    double alone, helped;

    (void)state;
    (void)level_of_exits(false, 0.05, 1, &alone);
    (void)level_of_exits(true, 0.05, 1, &helped);
    printf("small council: mean |ln(found / true)| of all exits %.3f alone, %.3f with priors\n", alone,
           helped);
    assert_true(helped < alone);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(raw_rates_are_standard_normal_about_the_truth),
        cmocka_unit_test(the_z_test_sees_a_rate_that_is_six_per_cent_out),
        cmocka_unit_test(closed_cases_only_must_fail),
        cmocka_unit_test(with_root_and_shape_known_the_posterior_is_calibrated),
        cmocka_unit_test(a_wrong_shape_must_fail),
        cmocka_unit_test(with_both_estimated_the_intervals_cover_92_to_97_per_cent),
        cmocka_unit_test(with_national_priors_the_intervals_cover_92_to_97_per_cent),
        cmocka_unit_test(national_priors_leave_the_level_of_exits_to_the_data),
        cmocka_unit_test(national_priors_help_a_small_council),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
