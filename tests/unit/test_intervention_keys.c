/* The list of interventions in a scenario: every kind and key, merging by name, what is shown, what is warned
 * of. What is refused is in tests/data/scenarios/wrong. */
#include "pc_test.h"

#include <math.h>

#include "placecast/episodes.h"
#include "scenario_case.h"

#define SCENARIOS PC_TEST_DATA "/scenarios"

static pc_scenario load(const char *path, pc_diagnostics *diagnostics)
{
    pc_scenario scenario;

    memset(&scenario, 0xAA, sizeof scenario);
    assert_ok(pc_scenario_load(path, NULL, &scenario, diagnostics), diagnostics);
    return scenario;
}

static const pc_intervention *find(const pc_scenario *scenario, const char *name)
{
    for (size_t i = 0; i < scenario->n_intervention; i++) {
        if (strcmp(scenario->intervention[i].name, name) == 0) {
            return &scenario->intervention[i];
        }
    }
    fail_msg("no intervention %s", name);
    return NULL;
}

static pc_day day(int year, int month, int day_of_month)
{
    return pc_day_from_date((pc_date){.year = year, .month = month, .day = day_of_month});
}

static void every_key_of_an_intervention_is_read(void **state)
{
    pc_diagnostics diagnostics;
    pc_scenario scenario;
    const pc_intervention *one;

    (void)state;
    pc_diagnostics_init(&diagnostics);
    scenario = load(SCENARIOS "/right/plan.yaml", &diagnostics);
    assert_int_equal(scenario.n_intervention, 9);
    one = &scenario.intervention[0];
    assert_string_equal(one->name, "Early Start");
    assert_int_equal(one->kind, PC_INTERVENTION_PREVENT);
    assert_int_equal(one->age_from, 0);
    assert_int_equal(one->age_to, 4);
    assert_true(one->stream[PC_STREAM_LOCAL] && !one->stream[PC_STREAM_UASC]);
    assert_close(one->effect.low, 0, 0, 0);
    assert_close(one->effect.likely, 0.05, 0, 0);
    assert_close(one->effect.high, 0.1, 0, 0);
    assert_int_equal(one->point, PC_POINT_DRAWN);
    assert_close(one->reach, 80 * 1.8, 1e-12, 0);
    assert_close(one->would_have, 0.2, 0, 0);
    assert_int_equal(one->from, day(2012, 4, 1));
    assert_int_equal(one->until, PC_DAY_OPEN);
    assert_close(one->lag_months, 3, 0, 0);
    assert_close(one->ramp_months, 6, 0, 0);
    assert_close(one->confidence, 0.9, 0, 0);
    assert_close(one->cost_one_off, 50000, 0, 0);
    assert_close(one->cost_contingency, 0.1, 0, 0);
    assert_close(one->cost_annual, 850000, 0, 0);
    assert_close(one->cost_per_child, 900 / 1.8, 1e-12, 0); /* of a family of 1.8 */
    assert_string_equal(one->funding, "Early Intervention Grant");
    assert_int_equal(one->n_category, 0);
    assert_int_equal(one->line, 5);
    assert_int_equal(one->column, 11);
    assert_non_null(strstr(one->file, "right/plan.yaml"));
    one = &scenario.intervention[1];
    assert_int_equal(one->kind, PC_INTERVENTION_DIVERT);
    assert_int_equal(one->n_category, 2);
    assert_string_equal(one->category[1], "secure");
    assert_string_equal(one->to, "foster_inhouse");
    assert_close(one->effect.low, 0.1, 0, 0); /* one number is all three */
    assert_close(one->effect.high, 0.1, 0, 0);
    assert_int_equal(one->from, day(2012, 7, 1));
    assert_int_equal(one->until, day(2014, 4, 1));
    assert_close(one->decay_months, 12, 0, 0);
    assert_int_equal(one->age_from, 10);
    assert_int_equal(one->age_to, 15);
    one = &scenario.intervention[2];
    assert_int_equal(one->kind, PC_INTERVENTION_DISCHARGE);
    assert_close(one->children, 20, 0, 0);
    assert_close(one->return_12m, 0.25, 0, 0);
    one = &scenario.intervention[3];
    assert_int_equal(one->kind, PC_INTERVENTION_EXIT_RATE);
    assert_int_equal(one->causes, 1U << PC_EXIT_ADOPTION | 1U << PC_EXIT_ORDER);
    assert_int_equal(one->point, PC_POINT_HIGH);
    assert_close(one->effect.low, -0.1, 0, 0);
    assert_int_equal(one->age_from, 3); /* one age */
    assert_int_equal(one->age_to, 3);
    one = &scenario.intervention[4];
    assert_int_equal(one->kind, PC_INTERVENTION_MOVE);
    assert_close(one->reach, 12, 0, 0);
    assert_string_equal(one->category[0], "foster_ifa");
    one = &scenario.intervention[5];
    assert_int_equal(one->kind, PC_INTERVENTION_CAPACITY);
    assert_close(one->places, 5, 0, 0);
    one = &scenario.intervention[6];
    assert_close(one->places, -10 * 1.9 * 0.8, 1e-12, 0); /* households multiplied out */
    one = &scenario.intervention[7];
    assert_int_equal(one->kind, PC_INTERVENTION_PRICE);
    assert_close(one->effect.likely, -0.05, 0, 0);
    one = &scenario.intervention[8];
    assert_int_equal(one->kind, PC_INTERVENTION_ACTIVITY);
    assert_string_equal(one->measure, "referrals");
    pc_scenario_free(&scenario);
    pc_scenario_free(&scenario);
    pc_diagnostics_free(&diagnostics);
}

static void every_default_of_an_intervention_is_set(void **state)
{
    pc_diagnostics diagnostics;
    pc_scenario scenario;
    const pc_intervention *one;

    (void)state;
    pc_diagnostics_init(&diagnostics);
    scenario = load(SCENARIOS "/right/plan.yaml", &diagnostics);
    one = find(&scenario, "One a month");
    assert_int_equal(one->from, PC_DAY_NONE);
    assert_int_equal(one->until, PC_DAY_OPEN);
    assert_close(one->lag_months + one->ramp_months + one->decay_months, 0, 0, 0);
    assert_int_equal(one->age_from, 0);
    assert_int_equal(one->age_to, 17);
    assert_true(one->stream[0] && one->stream[1]);
    assert_int_equal(one->causes, 0);
    assert_int_equal(one->point, PC_POINT_DRAWN);
    assert_close(one->would_have, 1, 0, 0);
    assert_close(one->return_12m, 0.2, 0, 0);
    assert_close(one->confidence, 1, 0, 0);
    assert_close(one->cost_one_off + one->cost_contingency + one->cost_annual + one->cost_per_child, 0, 0, 0);
    assert_null(one->funding);
    assert_null(one->measure);
    assert_true(isinf(find(&scenario, "Adopters")->reach));
    pc_scenario_free(&scenario);
    pc_diagnostics_free(&diagnostics);
}

static void extends_merges_interventions_by_name(void **state)
{
    pc_diagnostics diagnostics;
    pc_scenario scenario;
    const pc_intervention *one;

    (void)state;
    pc_diagnostics_init(&diagnostics);
    scenario = load(SCENARIOS "/right/plan_best.yaml", &diagnostics);
    assert_int_equal(scenario.n_intervention, 9 - 2 + 1);
    one = &scenario.intervention[0]; /* the order of the extended file */
    assert_string_equal(one->name, "Early Start");
    assert_int_equal(one->point, PC_POINT_HIGH);
    assert_close(one->effect.low, 0, 0, 0);
    assert_close(one->effect.likely, 0.05, 0, 0);
    assert_close(one->effect.high, 0.2, 0, 0);
    assert_close(one->lag_months, 3, 0, 0);
    assert_int_equal(one->line, 5); /* where it is named last */
    assert_non_null(strstr(one->file, "plan_best.yaml"));
    assert_close(find(&scenario, "Five beds")->places, 8, 0, 0);
    one = &scenario.intervention[7];
    assert_string_equal(one->name, "More adopters");
    assert_int_equal(one->causes, 1U << PC_EXIT_ADOPTION); /* a word is a list of one */
    for (size_t i = 0; i < scenario.n_intervention; i++) {
        assert_string_not_equal(scenario.intervention[i].name, "One a month");
        assert_string_not_equal(scenario.intervention[i].name, "Screening");
    }
    pc_scenario_free(&scenario);
    pc_diagnostics_free(&diagnostics);
}

static char *show(const char *path)
{
    pc_diagnostics diagnostics;
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);

    assert_non_null(stream);
    pc_diagnostics_init(&diagnostics);
    assert_ok(pc_scenario_show(path, NULL, stream, &diagnostics), &diagnostics);
    fclose(stream);
    pc_diagnostics_free(&diagnostics);
    return text;
}

static void assert_same_text(const char *a, const char *b)
{
    assert_string_equal(a == NULL ? "" : a, b == NULL ? "" : b);
}

static void assert_same_intervention(const pc_intervention *a, const pc_intervention *b)
{
    assert_string_equal(a->name, b->name);
    assert_int_equal(a->kind, b->kind);
    assert_int_equal(a->from, b->from);
    assert_int_equal(a->until, b->until);
    assert_close(a->lag_months, b->lag_months, 0, 0);
    assert_close(a->ramp_months, b->ramp_months, 0, 0);
    assert_close(a->decay_months, b->decay_months, 0, 0);
    assert_int_equal(a->age_from, b->age_from);
    assert_int_equal(a->age_to, b->age_to);
    assert_memory_equal(a->stream, b->stream, sizeof a->stream);
    assert_int_equal(a->n_category, b->n_category);
    for (size_t c = 0; c < a->n_category; c++) {
        assert_string_equal(a->category[c], b->category[c]);
    }
    assert_int_equal(a->causes, b->causes);
    assert_same_text(a->to, b->to);
    assert_close(a->effect.low, b->effect.low, 0, 0);
    assert_close(a->effect.likely, b->effect.likely, 0, 0);
    assert_close(a->effect.high, b->effect.high, 0, 0);
    assert_int_equal(a->point, b->point);
    assert_close(a->reach, b->reach, 0, 0);
    assert_close(a->would_have, b->would_have, 0, 0);
    assert_close(a->children, b->children, 0, 0);
    assert_close(a->return_12m, b->return_12m, 0, 0);
    assert_close(a->places, b->places, 0, 0);
    assert_same_text(a->measure, b->measure);
    assert_close(a->confidence, b->confidence, 0, 0);
    assert_close(a->cost_one_off, b->cost_one_off, 0, 0);
    assert_close(a->cost_contingency, b->cost_contingency, 0, 0);
    assert_close(a->cost_annual, b->cost_annual, 0, 0);
    assert_close(a->cost_per_child, b->cost_per_child, 0, 0);
    assert_same_text(a->funding, b->funding);
}

static void what_is_shown_reads_back_to_the_same_interventions(void **state)
{
    static const char *const name[] = {"plan.yaml", "plan_best.yaml"};

    (void)state;
    for (size_t n = 0; n < 2; n++) {
        char *folder = pc_test_folder(), *path = pc_test_path(folder, "shown.yaml"), *text, from[512];
        pc_diagnostics diagnostics;
        pc_scenario before, after;

        snprintf(from, sizeof from, "%s/right/%s", SCENARIOS, name[n]);
        text = show(from);
        pc_test_write(folder, "shown.yaml", text);
        pc_diagnostics_init(&diagnostics);
        before = load(from, &diagnostics);
        after = load(path, &diagnostics);
        assert_int_equal(before.n_intervention, after.n_intervention);
        for (size_t i = 0; i < before.n_intervention; i++) {
            assert_same_intervention(&before.intervention[i], &after.intervention[i]);
        }
        pc_scenario_free(&before);
        pc_scenario_free(&after);
        pc_diagnostics_free(&diagnostics);
        pc_test_remove(folder);
        free(text);
        free(path);
        free(folder);
    }
}

static void what_is_shown_has_the_origin_and_only_the_keys_of_the_kind(void **state)
{
    char *text = show(SCENARIOS "/right/plan_best.yaml"), *one, *end;

    (void)state;
    one = strstr(text, "name: Five beds");
    assert_non_null(one);
    end = strstr(one, "name: ");
    end = strstr(end + 1, "name: ");
    *end = '\0';
    assert_non_null(strstr(one, "plan_best.yaml:6\n")); /* name, places */
    assert_non_null(strstr(one, "kind: capacity  # "));
    assert_non_null(strstr(one, "right/plan.yaml:30\n")); /* kind */
    assert_non_null(strstr(one, "ramp_months: 0  # default\n"));
    assert_null(strstr(one, "return_12m"));
    assert_null(strstr(one, "would_have"));
    assert_null(strstr(one, "ages"));
    free(text);
}

/* Loads the beginning of a scenario with `rest` after it; the messages are left in `diagnostics`. */
static pc_status load_text(const char *rest, pc_scenario *scenario, pc_diagnostics *diagnostics)
{
    char text[4096];

    snprintf(
        text, sizeof text,
        "placecast: 1\nname: X\nstart: 2012-04-01\nmonths: 12\ndata: {ssda903: .}\n"
        "capacity: {secure: {places: 4, close: true}}\ncosts: {weekly: x.yaml}\ninterventions:\n  - %s\n",
        rest);
    return scenario_case_load(text, 0, NULL, scenario, diagnostics);
}

static void assert_warned(const char *rest, const char *warning)
{
    pc_diagnostics diagnostics;
    pc_scenario scenario;

    assert_ok(load_text(rest, &scenario, &diagnostics), &diagnostics);
    if (warning == NULL) {
        if (diagnostics.n > 0) {
            assert_no_message(&diagnostics, "");
        }
    } else {
        assert_int_equal(diagnostics.count[PC_WARNING], 1);
        assert_message(&diagnostics, warning);
        assert_message(&diagnostics, "x.yaml:9:"); /* at the intervention */
    }
    pc_scenario_free(&scenario);
    pc_diagnostics_free(&diagnostics);
}

static void an_intervention_that_can_have_no_effect_is_a_warning(void **state)
{
    (void)state;
    assert_warned("{name: A, kind: prevent, effect: 0.1}", NULL);
    assert_warned("{name: A, kind: prevent, effect: 0}",
                  "interventions.A: can have no effect: its effect is 0");
    assert_warned("{name: A, kind: prevent, effect: {low: 0, likely: 0.1, high: 0.2}, point: low}",
                  "its effect is 0 at that `point`");
    assert_warned("{name: A, kind: prevent, effect: {low: 0, likely: 0.1, high: 0.2}, point: likely}", NULL);
    assert_warned("{name: A, kind: exit_rate, effect: {low: -0.1, likely: 0, high: 0.1}}", NULL);
    assert_warned("{name: A, kind: prevent, effect: 0.1, reach: {children_per_year: 0.5}, would_have: 0.1}",
                  "a reach below 1 a year");
    assert_warned("{name: A, kind: exit_rate, effect: -0.1, reach: {children_per_year: 9}, would_have: 0.1}",
                  NULL);
    assert_warned("{name: A, kind: prevent, effect: 0.1, reach: {children_per_year: 9}, would_have: 0}",
                  "its `would_have` is 0");
    assert_warned("{name: A, kind: prevent, effect: 0.1, confidence: 0}", "its `confidence` is 0");
    assert_warned("{name: A, kind: discharge, children: 0, from: 2012-05-01, until: 2012-06-01}",
                  "its `children` is 0");
    assert_warned("{name: A, kind: capacity, category: secure, places: 0}", "it changes 0 places");
    assert_warned("{name: A, kind: price, category: secure, effect: -0.1}", NULL);
    assert_warned("{name: A, kind: activity, measure: contacts, effect: -0.1}", "no front door");
    assert_warned("{name: A, kind: prevent, effect: 0.1, from: 2012-05-01, until: 2012-09-01, lag_months: 6}",
                  "`until` comes before the lag is over");
    assert_warned("{name: A, kind: prevent, effect: 0.1, from: 2012-05-01, until: 2012-09-01, lag_months: 3}",
                  NULL);
}

static void a_reach_without_would_have_is_a_warning(void **state)
{
    (void)state;
    assert_warned("{name: A, kind: prevent, effect: 0.1, reach: {children_per_year: 9}}",
                  "interventions.A: without `would_have` each child reached is taken for");
    assert_warned("{name: A, kind: prevent, effect: 0.1, reach: {children_per_year: 9}, would_have: 1}",
                  NULL);
    /* A move treats those whom it moves. */
    assert_warned("{name: A, kind: move, category: kinship, to: secure, reach: {children_per_year: 9}}",
                  NULL);
}

static void a_relative_change_above_one_is_a_warning(void **state)
{
    (void)state;
    assert_warned("{name: A, kind: exit_rate, effect: 5}",
                  "5 is more than twice as much; 5% more would be 0.05");
    assert_warned("{name: A, kind: exit_rate, effect: 1}", NULL);
}

static void a_price_without_costs_is_a_warning(void **state)
{
    const pc_setting set = {"interventions", "[{name: A, kind: price, category: secure, effect: -0.1}]"};
    const pc_scenario_options options = {.n_set = 1, .set = &set};
    pc_diagnostics diagnostics;
    pc_scenario scenario;

    (void)state;
    pc_diagnostics_init(&diagnostics);
    assert_ok(pc_scenario_load(SCENARIOS "/right/minimal.yaml", &options, &scenario, &diagnostics),
              &diagnostics);
    assert_int_equal(diagnostics.n, 1);
    assert_message(&diagnostics, "interventions.A: can have no effect: without `costs.weekly`");
    pc_scenario_free(&scenario);
    pc_diagnostics_free(&diagnostics);
}

static void categories_of_interventions_are_checked_against_the_code_map(void **state)
{
    pc_diagnostics diagnostics;
    pc_scenario scenario;
    pc_codes codes;

    (void)state;
    assert_ok(load_text("{name: A, kind: divert, categories: [foster_ifa, residental_external], to: home, "
                        "effect: 0.1}",
                        &scenario, &diagnostics),
              &diagnostics);
    assert_ok(pc_codes_load(NULL, &codes, &diagnostics), &diagnostics);
    assert_status(pc_scenario_check_codes(&scenario, &codes, &diagnostics), PC_ERR_INPUT);
    assert_int_equal(diagnostics.count[PC_ERROR], 2);
    assert_message(&diagnostics,
                   "x.yaml:9:12: interventions.A: unknown category \"residental_external\", did "
                   "you mean \"residential_external\"?");
    assert_message(&diagnostics, "interventions.A: unknown category \"home\", expected one of kinship,");
    pc_scenario_free(&scenario);
    pc_codes_free(&codes);
    pc_diagnostics_free(&diagnostics);
}

static void kinds_must_have_only_what_they_may_have(void **state)
{
    static const unsigned bits[][2] = {
#define MAY_MUST(name, text, may, must, help) {may, must},
        PC_INTERVENTION_LIST(MAY_MUST)
#undef MAY_MUST
    };

    (void)state;
    for (size_t k = 0; k < PC_N_INTERVENTION_KIND; k++) {
        assert_int_equal(bits[k][1] & ~bits[k][0], 0);
        assert_true(pc_intervention_kind_name((pc_intervention_kind)k)[0] != '\0');
    }
    assert_string_equal(pc_intervention_kind_name(PC_N_INTERVENTION_KIND), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_key_of_an_intervention_is_read),
        cmocka_unit_test(every_default_of_an_intervention_is_set),
        cmocka_unit_test(extends_merges_interventions_by_name),
        cmocka_unit_test(what_is_shown_reads_back_to_the_same_interventions),
        cmocka_unit_test(what_is_shown_has_the_origin_and_only_the_keys_of_the_kind),
        cmocka_unit_test(an_intervention_that_can_have_no_effect_is_a_warning),
        cmocka_unit_test(a_reach_without_would_have_is_a_warning),
        cmocka_unit_test(a_relative_change_above_one_is_a_warning),
        cmocka_unit_test(a_price_without_costs_is_a_warning),
        cmocka_unit_test(categories_of_interventions_are_checked_against_the_code_map),
        cmocka_unit_test(kinds_must_have_only_what_they_may_have),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
