/* Sweep files: what they say is run, and what is wrong with them is said all at once. */
#include "sweep_case.h"

#define HEAD "sweep: 1\nname: Small sweep\nbase: base.yaml\nreplicates: 10\n"

static char *value_of(pc_sweep *sweep, size_t run, size_t factor)
{
    char *text = pc_sweep_value(sweep, run, factor);

    assert_non_null(text);
    return text;
}

static void assert_value(pc_sweep *sweep, size_t run, size_t factor, const char *expected)
{
    char *text = value_of(sweep, run, factor);

    assert_string_equal(text, expected);
    free(text);
}

static pc_sweep *loaded(sweep_case *self, const char *text)
{
    pc_sweep *sweep = NULL;

    sweep_case_begin(self, text);
    assert_ok(sweep_case_load(self, &sweep), &self->diagnostics);
    return sweep;
}

static void every_value_meets_every_other_and_the_last_varies_fastest(void **state)
{
    sweep_case self;
    pc_sweep *sweep = loaded(
        &self, HEAD "factors:\n"
                    "  - {name: months, key: months, values: [6, 12]}\n"
                    "  - {name: seed, key: seed, range: {low: 1, high: 3, steps: 3, whole: true}}\n"
                    "  - name: case\n"
                    "    variants:\n"
                    "      - {name: as now}\n"
                    "      - {name: flat, set: {uncertainty.year_effects: false, method: expected}}\n");

    (void)state;
    assert_int_equal(pc_sweep_runs(sweep), 12);
    assert_int_equal(pc_sweep_factors(sweep), 3);
    assert_int_equal(pc_sweep_replicates(sweep), 10);
    assert_string_equal(pc_sweep_factor_name(sweep, 2), "case");
    assert_value(sweep, 1, 0, "6");
    assert_value(sweep, 1, 1, "1");
    assert_value(sweep, 1, 2, "as now");
    assert_value(sweep, 2, 2, "flat");
    assert_value(sweep, 3, 1, "2");
    assert_value(sweep, 6, 0, "6");
    assert_value(sweep, 7, 0, "12");
    assert_value(sweep, 12, 1, "3");
    pc_sweep_free(sweep);
    sweep_case_end(&self);
}

static void filters_leave_out_what_they_refuse(void **state)
{
    static const struct {
        const char *filter;
        size_t n;
    } each[] = {{"a >= 2", 8},
                {"a = 2 or b = 'x'", 6},
                {"not (a < 3 and b != 'y')", 6},
                {"a * 2 - 1 <= 3 and b == \"z\"", 2},
                {"a / 2 > 1", 4},
                {"[a > 1, b = 'z']", 2},
                {"-a < -2.5e0", 4}};

    (void)state;
    for (size_t e = 0; e < sizeof each / sizeof each[0]; e++) {
        char text[600];
        sweep_case self;
        pc_sweep *sweep;
        bool list = each[e].filter[0] == '[';

        snprintf(text, sizeof text,
                 HEAD
                 "factors:\n  - {name: a, key: seed, values: [1, 2, 3]}\n"
                 "  - {name: b, variants: [{name: x}, {name: y}, {name: z}, {name: last}]}\nfilter: %s%s%s\n",
                 list ? "" : ">-\n  ", each[e].filter, "");
        sweep = loaded(&self, text);
        assert_int_equal(pc_sweep_runs(sweep), each[e].n);
        pc_sweep_free(sweep);
        sweep_case_end(&self);
    }
}

/* Of a Latin hypercube of n points each of n equal parts of a range holds exactly one. */
static void a_latin_hypercube_has_one_point_in_each_part(void **state)
{
    enum { N = 20 };
    sweep_case self;
    pc_sweep *sweep = loaded(
        &self,
        HEAD "factors:\n  - {name: a, key: interventions.Help.effect, range: {low: 0, high: 1}}\n"
             "  - {name: b, key: interventions.Help.confidence, range: {low: 0.2, high: 0.7}}\n"
             "set: {interventions: [{name: Help, kind: prevent, effect: 0.5}]}\nsample: {n: 20, seed: 5}\n");

    (void)state;
    assert_int_equal(pc_sweep_runs(sweep), N);
    for (size_t factor = 0; factor < 2; factor++) {
        int in_part[N] = {0};
        bool in_order = true;
        double last = -1;

        for (size_t run = 1; run <= N; run++) {
            char *text = value_of(sweep, run, factor);
            double share = (strtod(text, NULL) - (factor == 0 ? 0 : 0.2)) / (factor == 0 ? 1 : 0.5);

            assert_true(share >= 0 && share < 1);
            in_part[(int)(share * N)]++;
            in_order = in_order && share > last;
            last = share;
            free(text);
        }
        for (size_t part = 0; part < N; part++) {
            assert_int_equal(in_part[part], 1);
        }
        assert_false(in_order);
    }
    pc_sweep_free(sweep);
    sweep_case_end(&self);
}

/* Sobol's sequence in one dimension begins 1/2, 3/4, 1/4, 3/8. */
static void sobols_sequence_is_known(void **state)
{
    static const char *const expected[] = {"5", "7.5", "2.5", "3.75"};
    sweep_case self;
    pc_sweep *sweep = loaded(
        &self, HEAD "factors:\n  - {name: a, key: interventions.Help.lag_months, range: {low: 0, high: 10}}\n"
                    "set: {interventions: [{name: Help, kind: prevent, effect: 0.5}]}\n"
                    "sample: {method: sobol, n: 4}\n");

    (void)state;
    for (size_t run = 1; run <= 4; run++) {
        assert_value(sweep, run, 0, expected[run - 1]);
    }
    pc_sweep_free(sweep);
    sweep_case_end(&self);
}

static void every_problem_is_said_with_its_place(void **state)
{
    static const struct {
        const char *text, *said;
    } each[] = {
        {"sweep: 2\nname: a\nbase: base.yaml\nfactors: [{name: s, key: seed, values: [1]}]\n",
         "small/sweep.yaml:1:8: sweep: found 2, expected 1"},
        {HEAD "factor: []\n", "small/sweep.yaml:5:1: unknown key \"factor\", did you mean \"factors\"?"},
        {HEAD "factor: []\n", "key \"factors\" is missing"},
        {HEAD "factors: []\n", "small/sweep.yaml:5:10: factors: found an empty list"},
        {HEAD "factors: [{name: Seed, key: seed, values: [1]}]\n", "factors.1.name: found Seed, expected"},
        {HEAD "factors: [{name: run, key: seed, values: [1]}]\n", "factors.1.name: found run, expected"},
        {HEAD "factors: [{name: s, key: sed, values: [1]}]\n", "unknown key \"sed\", did you mean \"seed\"?"},
        {HEAD "factors: [{name: s, key: seed, values: [1, soon, 3]}]\n",
         "small/sweep.yaml:5:44: seed: found soon, expected a whole number"},
        {HEAD "factors: [{name: s, key: seed, values: [1, 1]}]\n", "found \"1\" again"},
        {HEAD "factors: [{name: s, key: seed, range: {low: 4, high: 4}}]\n",
         "range.high: found 4, expected more"},
        {HEAD "factors: [{name: s, key: seed, range: {low: 1, high: 4, likely: 9}}]\n",
         "range.likely: found 9"},
        {HEAD "factors: [{name: s, key: seed, range: {low: 1.5, high: 4, whole: true}}]\n",
         "expected whole numbers"},
        {HEAD "factors: [{name: s, key: seed, range: {low: 1, high: 4}}]\n", "seed: found"},
        {HEAD "factors: [{name: s, key: seed}]\n",
         "found 0 of `values`, `range`, `variants` and `authorities`"},
        {HEAD "factors: [{name: s, values: [1]}]\n", "found no `key`"},
        {HEAD "factors: [{name: s, key: seed, variants: [{name: x}]}]\n", "found a `key`"},
        {HEAD "factors: [{name: s, key: seed, values: [1]}, {name: s, key: months, values: [6]}]\n",
         "the name \"s\" again"},
        {HEAD "factors: [{name: s, variants: [{name: x, set: {mnths: 3}}]}]\n",
         "small/sweep.yaml:5:48: unknown key \"mnths\", did you mean \"months\"?"},
        {HEAD "factors: [{name: s, authorities: all}]\n", "found `all`, but the returns have no LA column"},
        {HEAD "factors: [{name: s, key: seed, values: [1]}]\nfilter: s >\n", "expected the name of a factor"},
        {HEAD "factors: [{name: s, key: seed, values: [1]}]\nfilter: t > 1\n", "found \"t > 1\""},
        {HEAD "factors: [{name: s, key: seed, values: [1]}]\nfilter: s > 1 s\n",
         "expected `and`, `or` or the end"},
        {HEAD "factors: [{name: s, key: seed, values: [1]}]\nfilter: s = 'x'\n", "two numbers or two texts"},
        {HEAD "factors: [{name: s, key: seed, values: [1]}]\nfilter: s > 1\n", "refuses all 1 combinations"},
        {HEAD "factors: [{name: s, key: seed, values: [1]}]\nkeep: {measures: [childen]}\n",
         "small/sweep.yaml:6:19: keep.measures: found \"childen\", did you mean \"children\"?"},
        {HEAD "factors: [{name: s, key: seed, values: [1]}]\nkeep: {measures: [overflow]}\n",
         "needs `capacity`"},
        {HEAD "factors: [{name: s, key: seed, values: [1]}]\nkeep: {measures: [p_over_budget]}\n",
         "small/sweep.yaml:6:18: keep.measures: outturn and gap need `budget`"},
        {HEAD "factors: [{name: s, key: seed, values: [1]}]\nkeep: {measures: [case_load]}\n",
         "small/sweep.yaml:6:18: keep.measures: cases and posts need `workforce`"},
        {HEAD "factors: [{name: s, key: seed, values: [1]}]\nkeep: {measures: [post_needed]}\n",
         "did you mean \"posts_needed\"?"},
        {HEAD "factors: [{name: s, key: seed, values: [1]}]\nkeep: {categories: [castle]}\n",
         "has no category \"castle\""},
        {HEAD "factors: [{name: s, key: seed, values: [1]}]\nkeep: {dates: [2031-03-31]}\n",
         "small/sweep.yaml:6:16: keep.dates: expected a month end or a financial year within the forecast"},
        {HEAD "factors: [{name: s, key: seed, values: [1]}]\nkeep: {quantiles: [0.3]}\n",
         "keep.quantiles: found 0.3"},
    };

    (void)state;
    for (size_t e = 0; e < sizeof each / sizeof each[0]; e++) {
        sweep_case self;
        pc_sweep *sweep = NULL;

        sweep_case_begin(&self, each[e].text);
        assert_status(sweep_case_load(&self, &sweep), PC_ERR_INPUT, &self.diagnostics);
        assert_message(&self.diagnostics, each[e].said);
        assert_null(sweep);
        sweep_case_end(&self);
    }
}

static void problems_of_several_values_are_said_together(void **state)
{
    sweep_case self;
    pc_sweep *sweep = NULL;

    (void)state;
    sweep_case_begin(&self, HEAD "factors:\n  - {name: s, key: seed, values: [1, -2, x]}\n"
                                 "  - {name: m, key: months, values: [6, 700]}\n");
    assert_status(sweep_case_load(&self, &sweep), PC_ERR_INPUT, &self.diagnostics);
    assert_message(&self.diagnostics, "small/sweep.yaml:6:38: seed: found -2");
    assert_message(&self.diagnostics, "small/sweep.yaml:6:42: seed: found x");
    assert_message(&self.diagnostics, "small/sweep.yaml:7:40: months: found 700");
    sweep_case_end(&self);
}

static void values_that_cannot_go_together_are_named(void **state)
{
    sweep_case self;

    (void)state;
    sweep_case_begin(
        &self,
        HEAD "set: {interventions: [{name: H, kind: prevent, effect: {low: 0.1, likely: 0.2, high: 0.9}}]}\n"
             "factors:\n  - {name: low, key: interventions.H.effect.low, values: [0.0, 0.2]}\n"
             "  - {name: likely, key: interventions.H.effect.likely, values: [0.3, 0.1]}\n");
    assert_status(sweep_case_run(&self, "a.db", NULL, NULL), PC_ERR_INPUT, &self.diagnostics);
    assert_message(&self.diagnostics, "run 4: low = 0.2, likely = 0.1");
    assert_no_message(&self.diagnostics, "run 3");
    sweep_case_end(&self);
}

static void the_reference_of_keys_is_up_to_date(void **state)
{
    char *text = NULL, *committed;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);

    (void)state;
    assert_non_null(stream);
    pc_sweep_write_reference(stream, true);
    fclose(stream);
    if (getenv("UPDATE_GOLDEN") != NULL) {
        pc_test_write(PC_SOURCE_DIR "/docs", "sweep-keys.md", text);
    }
    committed = pc_test_read(PC_SOURCE_DIR "/docs", "sweep-keys.md");
    assert_string_equal(committed, text);
    free(text);
    free(committed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_value_meets_every_other_and_the_last_varies_fastest),
        cmocka_unit_test(filters_leave_out_what_they_refuse),
        cmocka_unit_test(a_latin_hypercube_has_one_point_in_each_part),
        cmocka_unit_test(sobols_sequence_is_known),
        cmocka_unit_test(every_problem_is_said_with_its_place),
        cmocka_unit_test(problems_of_several_values_are_said_together),
        cmocka_unit_test(values_that_cannot_go_together_are_named),
        cmocka_unit_test(the_reference_of_keys_is_up_to_date),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
