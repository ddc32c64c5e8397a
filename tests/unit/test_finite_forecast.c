/* Returns that give the fit little or nothing to go by: a very small and a very large council, a category
 * that nobody was in, one that nobody left, a year without starts. Every number of the forecast is finite
 * and no range is a point. */
#include "pc_test.h"

#include <math.h>

#include "cohort.h"
#include "council.h"
#include "placecast/forecast.h"
#include "placecast/trend.h"

enum { MONTHS = 12, LOW = 2, MEDIAN = 4, HIGH = 6 };

static void run(const pc_model *model, const pc_prices *prices, int replicates, pc_forecast *out)
{
    static char name[] = "finite";
    pc_scenario scenario = {.name = name,
                            .start = model->extract + 1,
                            .months = MONTHS,
                            .replicates = replicates,
                            .seed = 1,
                            .uncertainty = {true, true, true},
                            .trend = {true, true}};
    pc_run_options options = {.threads = 1};
    pc_diagnostics diagnostics;

    pc_diagnostics_init(&diagnostics);
    assert_ok(pc_run(model, &scenario, prices, &options, out, &diagnostics), &diagnostics);
    pc_diagnostics_free(&diagnostics);
}

static void assert_finite(const pc_statistics *of)
{
    assert_true(isfinite(of->mean) && isfinite(of->sd));
    for (size_t level = 0; level < PC_N_QUANTILE; level++) {
        assert_true(isfinite(of->quantile[level]));
        assert_true(level == 0 || of->quantile[level] >= of->quantile[level - 1]);
    }
}

static void assert_all_finite(const pc_forecast *of)
{
    for (size_t measure = 0; measure < PC_N_MEASURE; measure++) {
        for (size_t category = 0; of->has[measure] && category <= of->n_category; category++) {
            for (size_t month = 0; month < of->n_month; month++) {
                assert_finite(pc_forecast_monthly(of, 0, (pc_measure)measure, category, month));
            }
            for (size_t year = 0; year < of->n_year; year++) {
                assert_finite(pc_forecast_annual(of, 0, (pc_measure)measure, category, year));
            }
        }
    }
}

static const pc_statistics *last(const pc_forecast *of, pc_measure measure, size_t category)
{
    return pc_forecast_monthly(of, 0, measure, category, of->n_month - 1);
}

/* Width of the 80% range, as a share of the middle. */
static double width(const pc_statistics *of)
{
    return (of->quantile[HIGH] - of->quantile[LOW]) / of->quantile[MEDIAN];
}

static void small_and_large_councils_have_wide_and_narrow_ranges(void **state)
{
    static const int size[2] = {25, 2000};
    double wide[2];

    (void)state;
    for (int which = 0; which < 2; which++) {
        council self;
        pc_forecast range;

        council_make(&self, 11, size[which]);
        assert_ok(pc_model_find_trend(&self.model, NULL, 0, &self.diagnostics), &self.diagnostics);
        run(&self.model, &self.prices, 200, &range);
        assert_all_finite(&range);
        assert_true(range.has[PC_MEASURE_COST]);
        assert_true(width(pc_forecast_annual(&range, 0, PC_MEASURE_COST, range.n_category, 0)) > 0);
        assert_true(width(pc_forecast_annual(&range, 0, PC_MEASURE_STARTS, range.n_category, 0)) > 0);
        wide[which] = width(last(&range, PC_MEASURE_CHILDREN, range.n_category));
        assert_true(wide[which] > 0);
        pc_forecast_free(&range);
        council_unmake(&self);
    }
    assert_true(wide[0] > 2 * wide[1]);
}

/* Starts of the two years from April 2019, none in the third; every third child in `kept`, which nobody
 * leaves; the others go home from `left`. */
static void make_sparse(const pc_codes *codes, size_t left, size_t kept, bool last_year, pc_episodes *out)
{
    const char *name[32];
    int first = pc_month_of_day(pc_day_from_date((pc_date){2019, 4, 1}));

    assert_true(codes->n_category <= 32);
    for (size_t category = 0; category < codes->n_category; category++) {
        name[category] = codes->category[category].name;
    }
    cohort_empty(out, codes->n_category, name, pc_day_from_date((pc_date){2022, 3, 31}));
    for (int child = 0; child < (last_year ? 108 : 72); child++) {
        pc_day start = pc_month_first_day(first + child / 3) + child % 3 * 7;
        pc_day end = start + 150 + 90 * (child % 7);
        bool stays = child % 3 == 0, leaves = !stays && end <= out->extract;
        char id[16];

        snprintf(id, sizeof id, "%04d", child);
        cohort_add_child(out, "", id, start - 3000 - 37 * (child % 60), PC_STREAM_LOCAL);
        cohort_add_row(out, start, leaves ? end : PC_DAY_OPEN, stays ? kept : left, PC_TRANSITION_START,
                       leaves ? PC_EXIT_HOME : PC_N_EXIT_CAUSE);
    }
}

static void what_never_happened_is_rare_not_impossible(void **state)
{
    pc_fit_options options = pc_fit_options_default();
    pc_diagnostics diagnostics;
    pc_codes codes;
    pc_priors priors;
    size_t left, kept, empty;

    (void)state;
    pc_diagnostics_init(&diagnostics);
    assert_ok(pc_codes_load(NULL, &codes, &diagnostics), &diagnostics);
    assert_ok(pc_priors_load(NULL, &codes, &priors, &diagnostics), &diagnostics);
    options.priors = &priors;
    left = (size_t)pc_codes_find_category(&codes, "foster_inhouse");
    kept = (size_t)pc_codes_find_category(&codes, "residential_external");
    empty = (size_t)pc_codes_find_category(&codes, "foster_ifa");
    for (int last_year = 0; last_year < 2; last_year++) {
        pc_episodes episodes;
        pc_model model;
        pc_forecast range;

        make_sparse(&codes, left, kept, last_year == 1, &episodes);
        assert_ok(pc_fit(&episodes, &options, &model, &diagnostics), &diagnostics);
        assert_ok(pc_model_check(&model));
        assert_ok(pc_model_find_trend(&model, NULL, 0, &diagnostics), &diagnostics);
        run(&model, NULL, 400, &range);
        assert_all_finite(&range);
        assert_int_equal(range.children_now[empty], 0);
        assert_true(last(&range, PC_MEASURE_CHILDREN, empty)->sd > 0);
        assert_true(last(&range, PC_MEASURE_CHILDREN, empty)->quantile[PC_N_QUANTILE - 1] > 0);
        assert_true(pc_forecast_annual(&range, 0, PC_MEASURE_CEASES, kept, 0)->quantile[HIGH] > 0);
        assert_true(width(last(&range, PC_MEASURE_CHILDREN, kept)) > 0);
        assert_true(width(last(&range, PC_MEASURE_CHILDREN, range.n_category)) > 0);
        assert_true(width(pc_forecast_annual(&range, 0, PC_MEASURE_STARTS, range.n_category, 0)) > 0);
        pc_forecast_free(&range);
        pc_model_free(&model);
        pc_episodes_free(&episodes);
    }
    pc_priors_free(&priors);
    pc_codes_free(&codes);
    pc_diagnostics_free(&diagnostics);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(small_and_large_councils_have_wide_and_narrow_ranges),
        cmocka_unit_test(what_never_happened_is_rare_not_impossible),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
