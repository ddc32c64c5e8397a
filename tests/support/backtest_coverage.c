#include "backtest_coverage.h"

#include <math.h>

#include "pc_test.h"

#include "placecast/synth.h"

static void test_one(uint64_t seed, int children, int years, pc_skill *out)
{
    static const int horizon[] = {12};
    pc_synth_options synth = pc_synth_options_default();
    pc_clean_options clean = pc_clean_options_default();
    pc_backtest_options options = {.n_horizon = 1, .horizon = horizon, .most_origins = 1, .replicates = 200};
    char *folder = pc_test_folder(), *returns = pc_test_path(folder, "ssda903"), name[] = "coverage";
    pc_scenario scenario = {.name = name,
                            .seed = seed,
                            .uncertainty = {.parameters = true, .starts_overdispersion = true},
                            .ssda903 = returns,
                            .extract = PC_DAY_NONE,
                            .window_from = PC_DAY_NONE,
                            .window_to = PC_DAY_NONE};
    pc_diagnostics diagnostics;
    pc_episodes episodes;
    pc_quality quality;

    pc_diagnostics_init(&diagnostics);
    synth.seed = seed;
    synth.children = children;
    synth.years = years;
    synth.core_tables = true;
    assert_ok(pc_synth(&synth, folder, &diagnostics), &diagnostics);
    clean.folder = returns;
    assert_ok(pc_clean(&clean, &episodes, &quality, &diagnostics), &diagnostics);
    assert_ok(pc_backtest(&episodes, &scenario, NULL, &options, out, &diagnostics), &diagnostics);
    assert_int_equal(out->n_origin, 1);
    pc_quality_free(&quality);
    pc_episodes_free(&episodes);
    pc_diagnostics_free(&diagnostics);
    pc_test_remove(folder);
    free(folder);
    free(returns);
}

static void count_row(backtest_coverage *out, size_t measure, const pc_skill_row *row, double scale)
{
    static const size_t low[PC_N_COVER] = {3, 2, 1, 0};
    double error = scale * row->forecast.mean - row->actual;

    for (size_t cover = 0; cover < PC_N_COVER; cover++) {
        out->held[measure][cover] += scale * row->forecast.quantile[low[cover]] <= row->actual &&
                                     row->actual <= scale * row->forecast.quantile[8 - low[cover]];
    }
    out->mean_error[measure] += error; /* sums, until finish() */
    out->sd_error[measure] += error * error;
}

static void finish(backtest_coverage *out)
{
    double n = (double)out->n;

    for (size_t m = 0; m < COVERAGE_N_MEASURE; m++) {
        double sum = out->mean_error[m];

        out->mean_error[m] = sum / n;
        out->sd_error[m] = sqrt((out->sd_error[m] - sum * sum / n) / (n - 1));
    }
}

void backtest_coverage_count(uint64_t first_seed, size_t n, int children, int years, double twin,
                             backtest_coverage out[2])
{
    static const pc_measure measure[COVERAGE_N_MEASURE] = {PC_MEASURE_CHILDREN, PC_MEASURE_STARTS,
                                                           PC_MEASURE_CEASES};

    memset(out, 0, 2 * sizeof *out);
    for (size_t at = 0; at < n; at++) {
        pc_skill skill;

        test_one(first_seed + at, children, years, &skill);
        for (size_t r = 0; r < skill.n; r++) {
            for (size_t m = 0; m < COVERAGE_N_MEASURE; m++) {
                if (skill.row[r].measure == measure[m] && skill.row[r].category == skill.n_category) {
                    count_row(&out[0], m, &skill.row[r], 1.0);
                    count_row(&out[1], m, &skill.row[r], twin);
                }
            }
        }
        pc_skill_free(&skill);
    }
    for (int which = 0; which < 2; which++) {
        out[which].n = n;
        finish(&out[which]);
    }
}
