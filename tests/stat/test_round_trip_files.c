/* Round trip through files: synthetic returns from known rates, cleaned, counted, held against those rates.
 */
#include "pc_test.h"

#include <math.h>

#include "estimate/posterior.h"
#include "placecast/synth.h"

#define N_SEED 6

typedef struct z_sums {
    double n, sum, square, events[N_FAMILY], expected[N_FAMILY];
} z_sums;

static void add_z(const pc_model *model, const pc_rates *truth, z_sums *z)
{
    size_t n_cell = (size_t)PC_N_STREAM * PC_N_AGE_BAND * truth->n_category * PC_N_BAND;

    for (int family = 0; family < N_FAMILY; family++) {
        const estimate_table *table = &model->authority[0].posterior->family[family];
        const double *rate = estimate_family_rates(truth, (estimate_family)family);

        for (size_t i = 0; i < n_cell * table->n_cause; i++) {
            double expected = table->years[i / table->n_cause] * rate[i];

            z->events[family] += table->events[i];
            z->expected[family] += expected;
            if (expected >= 0.5) {
                double value = (table->events[i] - expected) / sqrt(expected);

                z->n++;
                z->sum += value;
                z->square += value * value;
            }
        }
    }
}

static void add_council(uint64_t seed, z_sums *z)
{
    pc_synth_options synth = pc_synth_options_default();
    pc_clean_options clean = pc_clean_options_default();
    pc_fit_options options = pc_fit_options_default();
    pc_diagnostics diagnostics;
    pc_episodes episodes;
    pc_quality quality;
    pc_rates truth;
    pc_model model;
    char *folder = pc_test_folder();

    pc_diagnostics_init(&diagnostics);
    synth.seed = seed;
    synth.children = 600;
    synth.core_tables = true;
    clean.folder = folder;
    assert_ok(pc_synth(&synth, folder, &diagnostics), &diagnostics);
    assert_ok(pc_synth_truth(&synth, &truth, &diagnostics), &diagnostics);
    assert_ok(pc_clean(&clean, &episodes, &quality, &diagnostics), &diagnostics);
    assert_ok(pc_fit(&episodes, &options, &model, &diagnostics), &diagnostics);
    assert_ok(pc_model_check(&model));
    /* The last three of five years: durations are exact from two years after the first return began. */
    assert_int_equal(model.window_to - model.window_from + 1, 1096);
    add_z(&model, &truth, z);
    pc_model_free(&model);
    pc_episodes_free(&episodes);
    pc_quality_free(&quality);
    pc_rates_free(&truth);
    pc_diagnostics_free(&diagnostics);
    pc_test_remove(folder);
    free(folder);
}

/* Bounds of 5 standard errors (false alarm 6e-7 each), as in test_round_trip. */
static void counts_from_returns_meet_the_rates_they_were_made_from(void **state)
{
    z_sums z = {0};
    double mean, variance;

    (void)state;
    for (uint64_t seed = 1; seed <= N_SEED; seed++) {
        add_council(seed, &z);
    }
    mean = z.sum / z.n;
    variance = z.square / z.n;
    printf("z: %.0f cells, mean %.4f, variance %.4f\n", z.n, mean, variance);
    assert_true(fabs(mean) < 5 / sqrt(z.n) + 0.01);
    assert_true(fabs(variance - 1) < 5 * sqrt(4 / z.n) + 0.01);
    for (int family = 0; family < N_FAMILY; family++) {
        printf("family %d: %.0f events, %.1f expected\n", family, z.events[family], z.expected[family]);
        assert_true(fabs(z.events[family] - z.expected[family]) < 5 * sqrt(z.expected[family]));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_from_returns_meet_the_rates_they_were_made_from),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
