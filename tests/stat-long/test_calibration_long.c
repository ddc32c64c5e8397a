/* Simulation-based calibration: 200 councils of mixed size, made from known rates, whose future is drawn from
 * the model's own law: known rates, the drift and growth of homes that it would find for these rates, good
 * and bad years of the shipped sizes. Forecasts know the returns alone. Each lower bound has a false-alarm
 * rate of 1e-4.
 *
 * And, told apart, truths that break the law: what the ranges are worth then. */
#include <gsl/gsl_cdf.h>

#include <math.h>

#include "council.h"
#include "pc_test.h"

#include "placecast/forecast.h"
#include "placecast/trend.h"

enum { N_COUNCIL = 200, STOCK = 0, CATEGORY, BILL, N_JUDGED };

typedef enum law { LAW_OWN, LAW_POLICY, LAW_CLOSURE, LAW_CODES, N_LAW } law;
static const char *const law_name[N_LAW] = {"the model's own law", "starts rise by 40%", "a home closes",
                                            "supported is coded as other"};

typedef struct coverage {
    unsigned n[N_JUDGED], held[N_JUDGED][4];
} coverage;

static const double level[4] = {0.5, 0.8, 0.9, 0.95};

/* One future of the council as it truly is. Swaps the true rates in, and out again. */
static void live(council *self, law truth, bool drift, uint64_t seed, pc_forecast *out)
{
    static char name[] = "truth", category[] = "residential_inhouse";
    pc_authority_model *authority = &self->model.authority[0];
    pc_capacity_step none = {.from = self->model.extract + 92};
    pc_capacity closed = {.category = category, .n_step = 1, .step = &none, .share = 1.0, .close = true};
    char agency[] = "residential_external", *to[] = {agency};
    pc_overflow overflow = {.category = category, .n_to = 1, .to = to};
    pc_scenario scenario = {.name = name,
                            .start = self->model.extract + 1,
                            .months = 12,
                            .replicates = 1,
                            .seed = seed,
                            .uncertainty = {.year_effects = true},
                            .trend = {drift, drift}};
    pc_rates fitted = authority->mean;
    pc_trend found = authority->trend;
    double dispersion[PC_N_STREAM];
    pc_run_options run = {.threads = 1};

    memcpy(dispersion, authority->start_dispersion, sizeof dispersion);
    authority->mean = self->truth;
    authority->start_dispersion[0] = authority->start_dispersion[1] = (double)INFINITY;
    assert_ok(pc_model_find_trend(&self->model, NULL, 1, &self->diagnostics), &self->diagnostics);
    for (int knot = 0; knot < PC_N_KNOT && truth == LAW_POLICY; knot++) {
        authority->trend.starts[knot] *= 1.4;
    }
    if (truth == LAW_CLOSURE) {
        scenario.n_capacity = scenario.n_overflow = 1;
        scenario.capacity = &closed;
        scenario.overflow = &overflow;
    }
    assert_ok(pc_run(&self->model, &scenario, &self->prices, &run, out, &self->diagnostics),
              &self->diagnostics);
    authority->mean = fitted;
    authority->trend = found;
    memcpy(authority->start_dispersion, dispersion, sizeof dispersion);
}

static void forecast(council *self, uint64_t seed, bool year_effects, bool drift, pc_forecast *out)
{
    static char name[] = "forecast";
    pc_scenario scenario = {.name = name,
                            .start = self->model.extract + 1,
                            .months = 12,
                            .replicates = 400,
                            .seed = seed,
                            .uncertainty = {true, year_effects, true},
                            .trend = {drift, drift}};
    pc_run_options run = {0};

    assert_ok(pc_run(&self->model, &scenario, &self->prices, &run, out, &self->diagnostics),
              &self->diagnostics);
}

static void judge(coverage *out, size_t which, const pc_statistics *range, double actual)
{
    for (size_t cover = 0; cover < 4; cover++) {
        static const size_t low[4] = {3, 2, 1, 0};

        out->held[which][cover] +=
            range->quantile[low[cover]] <= actual && actual <= range->quantile[8 - low[cover]];
    }
    out->n[which]++;
}

static void compare(coverage *out, const council *self, law truth, const pc_forecast *range,
                    const pc_forecast *happened)
{
    int supported = pc_codes_find_category(&self->codes, "supported");
    size_t n = range->n_category;

    judge(out, STOCK, pc_forecast_monthly(range, 0, PC_MEASURE_CHILDREN, n, 11),
          pc_forecast_monthly(happened, 0, PC_MEASURE_CHILDREN, n, 11)->mean);
    judge(out, BILL, pc_forecast_annual(range, 0, PC_MEASURE_COST, n, 0),
          pc_forecast_annual(happened, 0, PC_MEASURE_COST, n, 0)->mean);
    for (size_t category = 0; category < n; category++) {
        double actual = pc_forecast_monthly(happened, 0, PC_MEASURE_CHILDREN, category, 11)->mean;

        if (truth == LAW_CODES && (int)category == supported) {
            actual = 0.0;
        }
        if (range->children_now[category] > 20) {
            judge(out, CATEGORY, pc_forecast_monthly(range, 0, PC_MEASURE_CHILDREN, category, 11), actual);
        }
    }
}

static void show(const char *what, const coverage *of)
{
    static const char *const judged[N_JUDGED] = {"stock", "categories", "bill"};

    for (size_t which = 0; which < N_JUDGED; which++) {
        print_message("%s, %s: 50%% %.1f, 80%% %.1f, 90%% %.1f, 95%% %.1f of %u\n", what, judged[which],
                      100.0 * of->held[which][0] / of->n[which], 100.0 * of->held[which][1] / of->n[which],
                      100.0 * of->held[which][2] / of->n[which], 100.0 * of->held[which][3] / of->n[which],
                      of->n[which]);
    }
}

static void ranges_hold_as_often_as_they_say_where_the_law_is_the_models(void **state)
{
    static const int size[] = {30, 80, 150, 300, 600};
    coverage found[N_LAW] = {{{0}, {{0}}}}, twin = {{0}, {{0}}};

    (void)state;
    for (uint64_t at = 0; at < N_COUNCIL; at++) {
        council self;
        pc_forecast range, narrow, happened;

        council_make(&self, 7000 + at, size[at % 5]);
        assert_ok(pc_model_find_trend(&self.model, NULL, 0, &self.diagnostics), &self.diagnostics);
        forecast(&self, 1, true, true, &range);
        forecast(&self, 1, false, true, &narrow);
        for (law truth = LAW_OWN; truth < N_LAW; truth++) {
            live(&self, truth, true, 100000 + at, &happened);
            compare(&found[truth], &self, truth, &range, &happened);
            if (truth == LAW_OWN) {
                compare(&twin, &self, truth, &narrow, &happened);
            }
            pc_forecast_free(&happened);
        }
        pc_forecast_free(&range);
        pc_forecast_free(&narrow);
        council_unmake(&self);
    }
    for (law truth = LAW_OWN; truth < N_LAW; truth++) {
        show(law_name[truth], &found[truth]);
    }
    show("forecast without good and bad years", &twin);
    for (size_t which = 0; which < N_JUDGED;
         which += BILL) { /* councils are independent, categories are not */
        for (size_t cover = 0; cover < 4; cover++) {
            double most = fmin(level[cover] + 0.02, 0.999); /* whole numbers */

            assert_true(gsl_cdf_binomial_P(found[LAW_OWN].held[which][cover], level[cover], N_COUNCIL) >
                        1e-4);
            assert_true(gsl_cdf_binomial_Q(found[LAW_OWN].held[which][cover] - 1, most, N_COUNCIL) > 1e-4);
        }
    }
    /* The twin, and a broken law, are seen. */
    assert_true(gsl_cdf_binomial_P(twin.held[STOCK][3], 0.95, N_COUNCIL) < 0.02);
    assert_true(found[LAW_POLICY].held[STOCK][1] < found[LAW_OWN].held[STOCK][1]);
}

/* Without drift the fitted rates alone say where the council goes, and an error in them is an error of the
 * forecast: the uncertainty that is drawn has to be the one that there is. With it drawn rates are held to
 * the drift (above). */
static void without_drift_ranges_hold_no_more_than_they_say(void **state)
{
    static const int size[] = {30, 80, 150, 300, 600};
    coverage found = {{0}, {{0}}};

    (void)state;
    for (uint64_t at = 0; at < N_COUNCIL; at++) {
        council self;
        pc_forecast range, happened;

        council_make(&self, 7000 + at, size[at % 5]);
        forecast(&self, 50 + at, true, false, &range);
        live(&self, LAW_OWN, false, 100000 + at, &happened);
        compare(&found, &self, LAW_OWN, &range, &happened);
        pc_forecast_free(&range);
        pc_forecast_free(&happened);
        council_unmake(&self);
    }
    show("no drift on either side", &found);
    for (size_t cover = 0; cover < 4; cover++) {
        double most = fmin(level[cover] + 0.02, 0.999); /* whole numbers */

        assert_true(gsl_cdf_binomial_P(found.held[STOCK][cover], level[cover], N_COUNCIL) > 1e-4);
        assert_true(gsl_cdf_binomial_Q(found.held[STOCK][cover] - 1, most, N_COUNCIL) > 1e-4);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ranges_hold_as_often_as_they_say_where_the_law_is_the_models),
        cmocka_unit_test(without_drift_ranges_hold_no_more_than_they_say),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
