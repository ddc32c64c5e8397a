/* test_priors.c - the table of national rates: the shipped one, files, and what a fit makes of them. */
#include "pc_test.h"

#include <math.h>

#include "cohort.h"
#include "estimate/posterior.h"
#include "placecast/priors.h"

#define HEADER "family,stream,cause,age_band,rate,source\n"

static pc_status load(const char *text, pc_priors *out, pc_diagnostics *diagnostics)
{
    char *folder = pc_test_folder(), *path = pc_test_path(folder, "priors.csv");
    pc_codes codes;
    pc_status status;

    pc_test_write(folder, "priors.csv", text);
    assert_ok(pc_codes_load(NULL, &codes, NULL));
    status = pc_priors_load(path, &codes, out, diagnostics);
    pc_codes_free(&codes);
    pc_test_remove(folder);
    free(path);
    free(folder);
    return status;
}

static double exit_rate(const pc_priors *priors, size_t stream, size_t age, size_t cause)
{
    return priors->rates.exit[pc_rates_cell(&priors->rates, stream, age, 2, 3) * PC_N_EXIT_HAZARD + cause];
}

/* N10: 0.48, 0.60, 0.25 a child-year; under N15, 0.59 moves. */
static void the_shipped_rates_add_up_to_the_published_ones(void **state)
{
    static const double exits[PC_N_AGE_BAND] = {0.48, 0.60, 0.25, 0.146, 0.101};
    pc_codes codes;
    pc_priors priors;

    (void)state;
    assert_ok(pc_codes_load(NULL, &codes, NULL));
    assert_ok(pc_priors_load(NULL, &codes, &priors, NULL));
    assert_true(priors.has_exit && priors.has_move && !priors.has_status);
    for (size_t stream = 0; stream < PC_N_STREAM; stream++) {
        for (size_t age = 0; age < PC_N_AGE_BAND; age++) {
            double all = 0, moves = 0;
            size_t cell = pc_rates_cell(&priors.rates, stream, age, 1, 0);

            for (size_t cause = 0; cause < PC_N_EXIT_HAZARD; cause++) {
                all += exit_rate(&priors, stream, age, cause);
            }
            for (size_t to = 0; to < codes.n_category; to++) {
                moves += priors.rates.move[cell * codes.n_category + to];
            }
            assert_close(moves, 0.59, 0, 0.001);
            assert_close(all, stream == PC_STREAM_UASC ? 0.401 : exits[age], 0, 0.003);
        }
        assert_close(exit_rate(&priors, stream, 3, PC_EXIT_ADOPTION), 0, 0, 0);
        assert_close(exit_rate(&priors, stream, 4, PC_EXIT_ADOPTION), 0, 0, 0);
    }
    pc_priors_free(&priors);
    pc_priors_free(&priors);
    pc_codes_free(&codes);
}

static void all_stands_for_every_stream_and_age(void **state)
{
    pc_priors priors;

    (void)state;
    assert_ok(load(HEADER "exit,all,home,all,0.2,mine\nmove,local,other,10-15,0.3,mine\n", &priors, NULL));
    assert_true(priors.has_exit && priors.has_move);
    assert_close(exit_rate(&priors, 0, 0, PC_EXIT_HOME), 0.2, 0, 0);
    assert_close(exit_rate(&priors, 1, 4, PC_EXIT_HOME), 0.2, 0, 0);
    assert_close(exit_rate(&priors, 1, 4, PC_EXIT_ORDER), 0, 0, 0);
    pc_priors_free(&priors);
}

static void every_bad_row_is_named(void **state)
{
    pc_diagnostics diagnostics;
    pc_priors priors;

    (void)state;
    pc_diagnostics_init(&diagnostics);
    assert_status(load(HEADER "leave,all,home,all,0.2,\n"
                              "exit,some,home,all,0.2,\n"
                              "exit,all,age_out,all,0.2,\n"
                              "exit,all,home,17,0.2,\n"
                              "exit,all,home,all,-1,\n"
                              "exit,all,home,all,nan,\n"
                              "move,all,castle,all,0.1,\n"
                              "exit,local,home,all,0.2,\n"
                              "exit,all,home,1-4,0.2,\n",
                       &priors, &diagnostics),
                  PC_ERR_INPUT, &diagnostics);
    assert_message(&diagnostics, "priors.csv:2: column FAMILY: found leave, expected exit, move or status");
    assert_message(&diagnostics, "priors.csv:3: column STREAM: found some");
    assert_message(&diagnostics, "priors.csv:4: column CAUSE: found age_out");
    assert_message(&diagnostics, "priors.csv:5: column AGE_BAND: found 17");
    assert_message(&diagnostics, "priors.csv:6: column RATE: found -1");
    assert_message(&diagnostics, "priors.csv:7: column RATE: found nan");
    assert_message(&diagnostics, "priors.csv:8: column CAUSE: found castle, expected a category");
    assert_message(&diagnostics, "row 9 gives this rate already (stream local, age band 1-4)");
    assert_null(priors.rates.exit);
    pc_diagnostics_free(&diagnostics);
}

static void a_table_without_its_columns_is_refused(void **state)
{
    pc_diagnostics diagnostics;
    pc_priors priors;

    (void)state;
    pc_diagnostics_init(&diagnostics);
    assert_status(load("family,stream,cause,rate\nexit,all,home,0.2\n", &priors, &diagnostics), PC_ERR_INPUT);
    assert_message(&diagnostics, "column AGE_BAND");
    pc_diagnostics_free(&diagnostics);
}

/* One child in care for three years and nothing else: the country's rates are all there is, and every draw of
 * them is finite. */
static void what_was_never_seen_has_the_national_rate(void **state)
{
    pc_fit_options options = pc_fit_options_default();
    pc_day extract = pc_day_from_date((pc_date){2022, 3, 31});
    pc_episodes episodes;
    pc_priors priors;
    pc_model model;
    pc_rates draw;
    double home, own, sum = 0;
    size_t at;

    (void)state;
    cohort_empty(&episodes, COHORT_N_CATEGORY, cohort_category, extract);
    cohort_add_child(&episodes, "", "a", extract - 365 * 12, PC_STREAM_LOCAL);
    cohort_add_row(&episodes, extract - 365 * 3, PC_DAY_OPEN, 1, PC_TRANSITION_START, PC_N_EXIT_CAUSE);
    assert_ok(pc_fit(&episodes, &options, &model, NULL));
    at = pc_rates_cell(&model.authority[0].mean, PC_STREAM_LOCAL, 3, 1, 4) * PC_N_EXIT_HAZARD + PC_EXIT_HOME;
    own = model.authority[0].mean.exit[at];
    pc_model_free(&model);
    assert_ok(pc_priors_load(NULL, &episodes.codes, &priors, NULL));
    options.priors = &priors;
    assert_ok(pc_fit(&episodes, &options, &model, NULL));
    home = model.authority[0].mean.exit[at];
    assert_close(own, 0, 0, 0);
    assert_true(home > 0.02 && home < 0.097); /* 0.097, less for three years without one */
    assert_ok(pc_rates_init(&draw, COHORT_N_CATEGORY));
    for (uint32_t d = 0; d < 200; d++) {
        assert_ok(pc_model_draw(&model, 0, 1, d, &draw));
        assert_true(isfinite(draw.exit[at]) && draw.exit[at] >= 0);
        sum += draw.exit[at] / 200;
    }
    assert_true(sum > 0.01);
    pc_rates_free(&draw);
    pc_model_free(&model);
    pc_priors_free(&priors);
    pc_episodes_free(&episodes);
}

/* An event that the table leaves no room for keeps the authority's own rate. */
static void an_event_without_a_national_rate_is_not_lost(void **state)
{
    pc_fit_options options = pc_fit_options_default();
    pc_day extract = pc_day_from_date((pc_date){2022, 3, 31});
    pc_episodes episodes;
    pc_priors priors;
    pc_model model;
    double adopted = 0;

    (void)state;
    cohort_empty(&episodes, COHORT_N_CATEGORY, cohort_category, extract);
    cohort_add_child(&episodes, "", "a", extract - 365 * 13, PC_STREAM_LOCAL);
    cohort_add_row(&episodes, extract - 700, extract - 100, 1, PC_TRANSITION_START, PC_EXIT_ADOPTION);
    cohort_add_child(&episodes, "", "b", extract - 365 * 13, PC_STREAM_LOCAL);
    cohort_add_row(&episodes, extract - 700, PC_DAY_OPEN, 1, PC_TRANSITION_START, PC_N_EXIT_CAUSE);
    assert_ok(pc_priors_load(NULL, &episodes.codes, &priors, NULL));
    options.priors = &priors;
    assert_ok(pc_fit(&episodes, &options, &model, NULL));
    for (size_t band = 0; band < PC_N_BAND; band++) {
        const pc_rates *mean = &model.authority[0].mean;

        adopted += mean->exit[pc_rates_cell(mean, 0, 3, 1, band) * PC_N_EXIT_HAZARD + PC_EXIT_ADOPTION];
    }
    assert_true(adopted > 0.05);
    pc_model_free(&model);
    pc_priors_free(&priors);
    pc_episodes_free(&episodes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_shipped_rates_add_up_to_the_published_ones),
        cmocka_unit_test(all_stands_for_every_stream_and_age),
        cmocka_unit_test(every_bad_row_is_named),
        cmocka_unit_test(a_table_without_its_columns_is_refused),
        cmocka_unit_test(what_was_never_seen_has_the_national_rate),
        cmocka_unit_test(an_event_without_a_national_rate_is_not_lost),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
