/* The back-test over a panel, on panels made by hand. */
#include "pc_test.h"

#include <math.h>

#include "outcome/panel_model.h"
#include "outcome/panel_rivals.h"
#include "placecast/backtest.h"

enum { FIRST = 2018, N_YEAR = 7, N_AREA = 4 };

static int32_t *figure(const pc_panel *self, size_t area, int year, pc_panel_series series)
{
    return &self->figure[(area * self->n_year + (size_t)(year - self->first_year)) * PC_N_PANEL_SERIES +
                         series];
}

static void set_year(const pc_panel *self, size_t area, int year, double stock, double flow)
{
    static const double age[PC_N_AGE_BAND] = {0.06, 0.14, 0.18, 0.37, 0.25};
    static const double started[PC_N_AGE_BAND] = {0.19, 0.17, 0.17, 0.27, 0.20};
    static const double ceased[PC_N_AGE_BAND + 2] = {0.07, 0.20, 0.13, 0.14, 0.04, 0.05, 0.37};
    bool present = year >= PANEL_FIRST_TYPES;

    *figure(self, area, year, PC_PANEL_STOCK) = (int32_t)stock;
    *figure(self, area, year, PC_PANEL_STARTED) = (int32_t)flow;
    *figure(self, area, year, PC_PANEL_CEASED) = (int32_t)flow;
    for (size_t a = 0; a < PC_N_AGE_BAND; a++) {
        *figure(self, area, year, (pc_panel_series)(PC_PANEL_STOCK_AGE_0 + a)) = (int32_t)(age[a] * stock);
        *figure(self, area, year, (pc_panel_series)(PC_PANEL_STARTED_AGE_0 + a)) =
            (int32_t)(started[a] * flow);
    }
    for (size_t a = 0; a < PC_N_AGE_BAND + 2; a++) {
        *figure(self, area, year, (pc_panel_series)(PC_PANEL_CEASED_AGE_0 + a)) = (int32_t)(ceased[a] * flow);
    }
    *figure(self, area, year, PC_PANEL_FOSTER) = (int32_t)(0.7 * stock);
    *figure(self, area, year, PC_PANEL_PARENTS) = (int32_t)(0.07 * stock);
    *figure(self, area, year, PC_PANEL_ADOPTION) = (int32_t)(0.04 * stock);
    *figure(self, area, year, PC_PANEL_OTHER_RESIDENTIAL) = (int32_t)(0.01 * stock);
    *figure(self, area, year, PC_PANEL_SCHOOL) = 0;
    *figure(self, area, year, present ? PC_PANEL_RESIDENTIAL : PC_PANEL_OLD_RESIDENTIAL) =
        (int32_t)(0.1 * stock);
    *figure(self, area, year, present ? PC_PANEL_SUPPORTED : PC_PANEL_OLD_COMMUNITY) =
        (int32_t)(0.07 * stock);
    *figure(self, area, year, present ? PC_PANEL_OTHER : PC_PANEL_OLD_OTHER) = (int32_t)(0.01 * stock);
}

static void make_panel(pc_panel *out)
{
    static const double stock[N_AREA] = {25, 300, 700, 2000};

    memset(out, 0, sizeof *out);
    out->n_area = N_AREA;
    out->first_year = FIRST;
    out->n_year = N_YEAR;
    out->area = calloc(N_AREA, sizeof *out->area);
    out->figure = malloc(sizeof *out->figure * N_AREA * N_YEAR * PC_N_PANEL_SERIES);
    assert_non_null(out->area);
    assert_non_null(out->figure);
    for (size_t at = 0; at < (size_t)N_AREA * N_YEAR * PC_N_PANEL_SERIES; at++) {
        out->figure[at] = PC_PANEL_ABSENT;
    }
    for (size_t area = 0; area < N_AREA; area++) {
        (void)snprintf(out->area[area].code, sizeof out->area[area].code, "E0900000%zu", area);
        out->area[area].name = calloc(2, 1);
        assert_non_null(out->area[area].name);
        out->area[area].name[0] = (char)('A' + area);
        for (int year = FIRST; year < FIRST + N_YEAR; year++) {
            double wave = 1.0 + 0.05 * (((year * 7 + (int)area * 3) % 5) - 2) / 2.0;

            set_year(out, area, year, stock[area] * wave, 0.4 * stock[area] / wave);
        }
    }
}

static void run(const pc_panel *panel, int threads, pc_skill *skill, pc_panel_estimates *estimates)
{
    pc_backtest_options options = pc_backtest_options_default();
    pc_diagnostics diagnostics;

    pc_diagnostics_init(&diagnostics);
    options.replicates = 40;
    options.run.threads = threads;
    assert_ok(pc_backtest_panel(panel, &options, skill, estimates, &diagnostics), &diagnostics);
    pc_diagnostics_free(&diagnostics);
}

/* 25 children and 2,000; a type that is empty, a year without starts, one in which nobody left. */
static void every_range_is_finite_and_has_a_width(void **state)
{
    pc_panel panel;
    pc_skill skill;
    pc_panel_estimates estimates;
    double width[N_AREA] = {0};

    (void)state;
    make_panel(&panel);
    for (int year = PANEL_FIRST_TYPES; year < FIRST + N_YEAR; year++) {
        *figure(&panel, 0, year, PC_PANEL_SUPPORTED) = 0;
    }
    *figure(&panel, 0, 2021, PC_PANEL_STARTED) = 0;
    *figure(&panel, 0, 2022, PC_PANEL_CEASED) = 0;
    run(&panel, 2, &skill, &estimates);
    assert_true(skill.n > 400);
    for (size_t at = 0; at < skill.n; at++) {
        const pc_skill_row *row = &skill.row[at];
        const double *quantile = row->forecast.quantile;

        assert_true(isfinite(row->crps) && isfinite(row->naive_crps) && isfinite(row->forecast.mean));
        for (size_t q = 1; q < PC_N_QUANTILE; q++) {
            assert_true(isfinite(quantile[q]) && quantile[q] >= quantile[q - 1]);
        }
        if (row->category == skill.n_category && row->measure == PC_MEASURE_CHILDREN) {
            assert_true(quantile[6] - quantile[2] > 0.5);
            if (row->horizon == 12 && row->origin == skill.origin[skill.n_origin - 1]) {
                width[row->la] = (quantile[6] - quantile[2]) / row->actual;
            }
        }
    }
    assert_true(width[0] > 1.5 * width[3]); /* the small one is relatively less certain */
    pc_skill_free(&skill);
    pc_panel_estimates_free(&estimates);
    pc_panel_free(&panel);
}

/* Whatever happens later, forecasts and estimates made before it keep their bytes. */
static void nothing_after_an_origin_reaches_its_forecast(void **state)
{
    pc_panel panel;
    pc_skill before, after;
    pc_panel_estimates first, second;
    size_t compared = 0;

    (void)state;
    make_panel(&panel);
    run(&panel, 1, &before, &first);
    for (size_t area = 0; area < N_AREA; area++) {
        set_year(&panel, area, 2023, 500.0, 150.0);
        set_year(&panel, area, 2024, 900.0, 450.0);
    }
    run(&panel, 2, &after, &second);
    assert_int_equal(before.n, after.n);
    for (size_t at = 0; at < before.n; at++) {
        const pc_skill_row *a = &before.row[at], *b = &after.row[at];

        if (a->origin < pc_day_from_date((pc_date){2023, 3, 31})) {
            assert_memory_equal(&a->forecast, &b->forecast, sizeof a->forecast);
            assert_memory_equal(&a->naive, &b->naive, sizeof a->naive);
            compared++;
        } else {
            assert_true(fabs(a->forecast.mean - b->forecast.mean) > 0.0); /* the twin: later ones do change */
        }
    }
    assert_true(compared > 150);
    for (size_t at = 0; at < first.n && first.row[at].year < 2023; at++) {
        assert_memory_equal(&first.row[at].value, &second.row[at].value, sizeof(double));
    }
    pc_skill_free(&before);
    pc_skill_free(&after);
    pc_panel_estimates_free(&first);
    pc_panel_estimates_free(&second);
    pc_panel_free(&panel);
}

/* Stock 280 to 300 with 120 starts and 110 ceases: the gap is 10 of 280; homes 30 to 33 are a tenth more. */
static void national_figures_are_sums_over_authorities(void **state)
{
    pc_panel panel;
    panel_known known;

    (void)state;
    make_panel(&panel);
    for (size_t at = 0; at < (size_t)N_AREA * N_YEAR * PC_N_PANEL_SERIES; at++) {
        panel.figure[at] = PC_PANEL_ABSENT;
    }
    set_year(&panel, 1, 2022, 280.0, 100.0);
    set_year(&panel, 1, 2023, 300.0, 100.0);
    *figure(&panel, 1, 2023, PC_PANEL_STARTED) = 120;
    *figure(&panel, 1, 2023, PC_PANEL_CEASED) = 110;
    *figure(&panel, 1, 2022, PC_PANEL_RESIDENTIAL) = 30;
    *figure(&panel, 1, 2023, PC_PANEL_RESIDENTIAL) = 33;
    panel_known_by(&panel, 2023, &known);
    assert_close(known.gap, 10.0 / 280.0, 0.0, 1e-12);
    assert_true(known.growth_known);
    assert_close(known.growth, 0.1, 0.0, 1e-12);
    assert_int_equal(known.pattern_year, 2023);
    panel_known_by(&panel, 2022, &known);
    assert_false(known.growth_known);
    *figure(&panel, 1, 2023, PC_PANEL_RESIDENTIAL) = PC_PANEL_SUPPRESSED;
    panel_known_by(&panel, 2023, &known);
    assert_false(known.growth_known);
    pc_panel_free(&panel);
}

static void the_model_has_the_published_children_by_type(void **state)
{
    pc_panel panel;
    panel_known known;
    pc_model model;
    panel_evidence evidence;
    size_t n[PANEL_N_TYPE] = {0}, babies = 0;
    double starts = 0.0;

    (void)state;
    make_panel(&panel);
    set_year(&panel, 2, 2023, 1000.0, 400.0);
    panel_known_by(&panel, 2023, &known);
    assert_ok(panel_model_make(&panel, 2, &known, 0.0, &model, &evidence));
    assert_ok(pc_model_check(&model));
    for (size_t child = 0; child < model.authority[0].n_child; child++) {
        n[model.authority[0].child[child].category]++;
        babies += model.authority[0].child[child].birth > model.extract - 365;
    }
    assert_int_equal(model.authority[0].n_child, 1000);
    assert_in_range(n[PANEL_FOSTER], 699, 701);
    assert_in_range(n[PANEL_RESIDENTIAL], 99, 101);
    assert_in_range(n[PANEL_SUPPORTED], 69, 71);
    assert_in_range(babies, 55, 62);
    for (size_t age = 0; age < PC_N_AGE_YEAR; age++) {
        starts += model.authority[0].mean.starts[age];
    }
    assert_close(starts, 400.0, 1e-9, 0.0);
    assert_close(evidence.exits_a_year, 400.0 - known.gap * 1000.0, 1e-9, 0.0);
    pc_model_free(&model);
    pc_panel_free(&panel);
}

/* Half-life of a year: weights 1, 1/2, 1/4. */
static void older_years_weigh_less(void **state)
{
    pc_panel panel;
    panel_evidence flows;

    (void)state;
    make_panel(&panel);
    set_year(&panel, 1, 2023, 300.0, 100.0);
    set_year(&panel, 1, 2022, 300.0, 120.0);
    set_year(&panel, 1, 2021, 300.0, 160.0);
    assert_true(panel_flows(&panel, 1, 2023, 0.0, 1.0, &flows));
    assert_close(flows.starts_a_year, (100.0 + 60.0 + 40.0) / 1.75, 0.0, 1e-12);
    assert_close(flows.exits_a_year, (100.0 + 60.0 + 40.0) / 1.75, 0.0, 1e-12);
    assert_close(flows.start_events, 200.0, 0.0, 1e-12);
    assert_true(panel_flows(&panel, 1, 2023, 0.0, 0.0, &flows));
    assert_close(flows.starts_a_year, 100.0, 0.0, 1e-12);
    *figure(&panel, 1, 2023, PC_PANEL_CEASED) = PC_PANEL_SUPPRESSED;
    assert_false(panel_flows(&panel, 1, 2023, 0.0, 0.0, &flows));
    pc_panel_free(&panel);
}

static void rivals_know_the_figures_up_to_the_origin(void **state)
{
    pc_panel panel;

    (void)state;
    make_panel(&panel);
    set_year(&panel, 1, 2021, 300.0, 100.0);
    set_year(&panel, 1, 2022, 310.0, 120.0);
    set_year(&panel, 1, 2023, 330.0, 110.0);
    set_year(&panel, 1, 2024, 500.0, 300.0);
    assert_close(panel_actual(&panel, 1, 2022, 2, 0), 500.0, 0.0, 0.0);
    assert_close(panel_actual(&panel, 1, 2022, 2, PANEL_STARTS), 410.0, 0.0, 0.0);
    assert_close(panel_naive(&panel, 1, 2022, 2, PANEL_STARTS), 240.0, 0.0, 0.0);
    assert_close(panel_line(&panel, 1, 2023, 1, 0), 345.0, 0.0, 1e-12);
    assert_close(panel_line(&panel, 1, 2023, 2, PANEL_STARTS), 115.0 + 120.0, 0.0, 1e-12);
    /* Homes before 2021 are another type. */
    assert_true(panel_actual(&panel, 1, 2020, 2, 1 + PANEL_RESIDENTIAL) < 0.0);
    assert_true(panel_actual(&panel, 1, 2020, 2, 1 + PANEL_FOSTER) > 0.0);
    assert_close(panel_line(&panel, 1, 2021, 1, 1 + PANEL_RESIDENTIAL), 30.0, 0.0, 0.0);
    *figure(&panel, 1, 2023, PC_PANEL_STARTED) = PC_PANEL_SUPPRESSED;
    assert_true(panel_actual(&panel, 1, 2022, 2, PANEL_STARTS) < 0.0);
    pc_panel_free(&panel);
}

static void what_cannot_be_scored_is_refused(void **state)
{
    static const int months[] = {6, 12};
    pc_backtest_options options = pc_backtest_options_default();
    pc_diagnostics diagnostics;
    pc_panel panel;
    pc_skill skill;
    pc_panel_estimates estimates;

    (void)state;
    pc_diagnostics_init(&diagnostics);
    make_panel(&panel);
    options.horizon = months;
    options.n_horizon = 2;
    assert_status(pc_backtest_panel(&panel, &options, &skill, &estimates, &diagnostics), PC_ERR_RANGE);
    options = pc_backtest_options_default();
    options.replicates = 0;
    assert_status(pc_backtest_panel(&panel, &options, &skill, &estimates, &diagnostics), PC_ERR_RANGE);
    options.replicates = 10;
    for (size_t area = 0; area < N_AREA; area++) {
        *figure(&panel, area, 2019 + (int)area, PC_PANEL_STOCK) = PC_PANEL_SUPPRESSED;
    }
    assert_status(pc_backtest_panel(&panel, &options, &skill, &estimates, &diagnostics), PC_ERR_NO_DATA);
    assert_message(&diagnostics, "no authority has children in care in every year");
    assert_int_equal(skill.n, 0);
    assert_int_equal(estimates.n, 0);
    pc_diagnostics_free(&diagnostics);
    pc_panel_free(&panel);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_range_is_finite_and_has_a_width),
        cmocka_unit_test(nothing_after_an_origin_reaches_its_forecast),
        cmocka_unit_test(national_figures_are_sums_over_authorities),
        cmocka_unit_test(the_model_has_the_published_children_by_type),
        cmocka_unit_test(older_years_weigh_less),
        cmocka_unit_test(rivals_know_the_figures_up_to_the_origin),
        cmocka_unit_test(what_cannot_be_scored_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
