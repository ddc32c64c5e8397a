/* The scenario reader: right files, wrong files, extends, --set, --confine, what is shown. */
#include "placecast/scenario.h"

#include "pc_test.h"

#include <dirent.h>
#include <unistd.h>

#define SCENARIOS PC_TEST_DATA "/scenarios"

static pc_scenario load_right(const char *name, const pc_scenario_options *options)
{
    char path[512];
    pc_diagnostics diagnostics;
    pc_scenario scenario;

    memset(&scenario, 0xAA, sizeof scenario); /* a member that is not set would show */
    snprintf(path, sizeof path, "%s/right/%s", SCENARIOS, name);
    pc_diagnostics_init(&diagnostics);
    assert_ok(pc_scenario_load(path, options, &scenario, &diagnostics), &diagnostics);
    pc_diagnostics_free(&diagnostics);
    return scenario;
}

static void assert_ends(const char *text, const char *end)
{
    assert_non_null(text);
    assert_true(strlen(text) >= strlen(end));
    assert_string_equal(text + strlen(text) - strlen(end), end);
}

static pc_day day(int year, int month, int day_of_month)
{
    return pc_day_from_date((pc_date){.year = year, .month = month, .day = day_of_month});
}

static void every_default_is_set(void **state)
{
    pc_scenario scenario = load_right("minimal.yaml", NULL);

    (void)state;
    assert_string_equal(scenario.name, "Test");
    assert_ends(scenario.file, "right/minimal.yaml");
    assert_int_equal(scenario.start, day(2012, 4, 1));
    assert_int_equal(scenario.months, 12);
    assert_int_equal(scenario.replicates, 1000);
    assert_int_equal(scenario.seed, 1);
    assert_int_equal(scenario.method, PC_METHOD_SIMULATE);
    assert_true(scenario.uncertainty.parameters);
    assert_true(scenario.uncertainty.year_effects);
    assert_true(scenario.uncertainty.starts_overdispersion);
    assert_ends(scenario.ssda903, "right/../returns");
    assert_int_equal(scenario.extract, day(2012, 3, 31));
    assert_int_equal(scenario.window_from, PC_DAY_NONE);
    assert_int_equal(scenario.window_to, PC_DAY_NONE);
    assert_null(scenario.summary);
    assert_null(scenario.codes);
    assert_null(scenario.published);
    assert_null(scenario.population);
    assert_null(scenario.weekly);
    assert_null(scenario.current);
    assert_null(scenario.processes);
    assert_null(scenario.inflation);
    assert_null(scenario.year_effects);
    assert_int_equal(scenario.n_authority + scenario.n_capacity + scenario.n_overflow + scenario.n_substitute,
                     0);
    assert_int_equal(scenario.n_file, 1);
    pc_scenario_free(&scenario);
    pc_scenario_free(&scenario);
    pc_scenario_free(NULL);
}

static void every_key_is_read(void **state)
{
    pc_scenario scenario = load_right("base.yaml", NULL);
    const pc_capacity *capacity = scenario.capacity;

    (void)state;
    assert_int_equal(scenario.replicates, 500);
    assert_int_equal(scenario.seed, 7);
    assert_true(scenario.uncertainty.parameters);
    assert_false(scenario.uncertainty.year_effects);
    assert_false(scenario.uncertainty.starts_overdispersion);
    assert_int_equal(scenario.extract, day(2012, 3, 31));
    assert_int_equal(scenario.window_from, day(2009, 4, 1));
    assert_int_equal(scenario.window_to, day(2012, 3, 31));
    assert_ends(scenario.codes, "right/data/codes.yaml");
    assert_ends(scenario.published, "right/data/published.csv");
    assert_ends(scenario.year_effects, "right/data/year_effects.csv");
    assert_ends(scenario.weekly, "right/data/weekly.csv");
    assert_ends(scenario.inflation, "right/data/inflation.csv");
    assert_int_equal(scenario.n_authority, 2);
    assert_string_equal(scenario.authority[1], "Bath & North East Somerset");
    assert_int_equal(scenario.n_capacity, 3);
    assert_string_equal(capacity[0].category, "foster_inhouse");
    assert_int_equal(capacity[0].n_step, 1);
    assert_int_equal(capacity[0].step[0].from, PC_DAY_NONE);
    assert_close(capacity[0].step[0].places, 120 * 1.9, 1e-12, 0);
    assert_close(capacity[0].share, 0.85, 0, 0);
    assert_false(capacity[0].block || capacity[0].close || capacity[0].return_home);
    assert_int_equal(capacity[0].line, 19);
    assert_ends(capacity[0].file, "right/base.yaml");
    assert_int_equal(capacity[1].n_step, 3);
    assert_int_equal(capacity[1].step[0].from, PC_DAY_NONE);
    assert_int_equal(capacity[1].step[1].from, day(2012, 4, 1));
    assert_close(capacity[1].step[1].places, 32, 0, 0);
    assert_int_equal(capacity[1].step[2].from, day(2013, 10, 1));
    assert_close(capacity[1].share, 1, 0, 0);
    assert_true(capacity[1].block && capacity[1].return_home && !capacity[1].close);
    assert_close(capacity[2].share, 0.9, 0, 0);
    assert_true(capacity[2].close && !capacity[2].block);
    assert_int_equal(scenario.n_overflow, 2);
    assert_string_equal(scenario.overflow[0].category, "foster_inhouse");
    assert_int_equal(scenario.overflow[0].n_to, 2);
    assert_string_equal(scenario.overflow[0].to[1], "residential_external");
    assert_int_equal(scenario.n_substitute, 1);
    assert_string_equal(scenario.substitute[0].category, "foster_ifa");
    assert_string_equal(scenario.substitute[0].to, "foster_inhouse");
    assert_close(scenario.substitute[0].share, 0.5, 0, 0);
    pc_scenario_free(&scenario);
}

static void json_indented_with_tabs_is_read(void **state)
{
    pc_scenario scenario = load_right("as_json.json", NULL);

    (void)state;
    assert_string_equal(scenario.name, "JSON");
    assert_int_equal(scenario.start, day(2012, 4, 1));
    assert_int_equal(scenario.n_capacity, 1);
    assert_true(scenario.capacity[0].block);
    pc_scenario_free(&scenario);
}

static void extends_overrides_key_by_key(void **state)
{
    pc_scenario best = load_right("best.yaml", NULL), small = load_right("best_small.yaml", NULL);

    (void)state;
    assert_string_equal(best.name, "Best case");
    assert_int_equal(best.replicates, 250);
    assert_int_equal(best.seed, 7); /* inherited */
    assert_int_equal(best.window_from, day(2010, 4, 1));
    assert_int_equal(best.window_to, day(2012, 3, 31));
    assert_int_equal(best.n_file, 2);
    assert_ends(best.read_file[1], "right/base.yaml");
    assert_int_equal(best.n_capacity, 2); /* secure is removed */
    assert_string_equal(best.capacity[1].category, "residential_inhouse");
    assert_int_equal(best.capacity[1].n_step, 1);
    assert_close(best.capacity[1].step[0].places, 40, 0, 0);
    assert_true(best.capacity[1].block); /* beside the key that is overridden */
    assert_ends(best.capacity[1].file, "right/best.yaml");
    assert_ends(best.capacity[0].file, "right/base.yaml");
    assert_int_equal(best.overflow[0].n_to, 1); /* a list without names is replaced whole */
    assert_int_equal(best.n_overflow, 2);
    assert_string_equal(small.name, "Best case, small");
    assert_int_equal(small.n_file, 3);
    assert_int_equal(small.replicates, 250);
    assert_false(small.capacity[1].return_home);
    assert_true(small.capacity[1].block);
    pc_scenario_free(&best);
    pc_scenario_free(&small);
}

static void paths_are_relative_to_the_file_that_holds_them(void **state)
{
    char *folder = pc_test_folder();
    char path[512], base[1024];
    pc_diagnostics diagnostics;
    pc_scenario scenario;

    (void)state;
    pc_test_write(folder, "a/returns/x.csv", "x\n");
    pc_test_write(folder, "a/base.yaml",
                  "placecast: 1\nname: Base\nstart: 2012-04-01\nmonths: 3\ndata: {ssda903: returns}\n");
    pc_test_write(folder, "b/prices.csv", "x\n");
    pc_test_write(folder, "b/best.yaml",
                  "extends: ../a/base.yaml\nname: Best\ncosts: {weekly: prices.csv}\n");
    snprintf(path, sizeof path, "%s/b/best.yaml", folder);
    pc_diagnostics_init(&diagnostics);
    assert_ok(pc_scenario_load(path, NULL, &scenario, &diagnostics), &diagnostics);
    snprintf(base, sizeof base, "%s/b/../a/returns", folder);
    assert_string_equal(scenario.ssda903, base);
    snprintf(base, sizeof base, "%s/b/prices.csv", folder);
    assert_string_equal(scenario.weekly, base);
    pc_scenario_free(&scenario);
    pc_diagnostics_free(&diagnostics);
    pc_test_remove(folder);
    free(folder);
}

static void settings_override_in_order(void **state)
{
    const pc_setting set[] = {
        {"months", "6"},
        {"months", "9"},
        {"uncertainty", "{parameters: false}"},
        {"capacity.residential_inhouse.places", "[{places: 3}, {from: 2013-01-01, places: 4}]"},
        {"capacity.supported.places", "12"},
        {"data.window.from", "2010-01-01"},
        {"authorities", "all"},
        {"name", "Tried out"}};
    const pc_scenario_options options = {.n_set = sizeof set / sizeof *set, .set = set};
    pc_scenario scenario = load_right("base.yaml", &options);

    (void)state;
    assert_int_equal(scenario.months, 9);
    assert_false(scenario.uncertainty.parameters);
    assert_true(scenario.uncertainty.year_effects); /* the whole group was replaced: back to its default */
    assert_int_equal(scenario.capacity[1].n_step, 2);
    assert_close(scenario.capacity[1].step[0].places, 3, 0, 0);
    assert_true(scenario.capacity[1].block);
    assert_int_equal(scenario.n_capacity, 4);
    assert_string_equal(scenario.capacity[3].category, "supported");
    assert_int_equal(scenario.window_from, day(2010, 1, 1));
    assert_int_equal(scenario.n_authority, 0);
    assert_string_equal(scenario.name, "Tried out");
    pc_scenario_free(&scenario);
}

/* One wrong setting on top of right/base.yaml, and what must be said of it. */
static void assert_setting_refused(const char *key, const char *value, const char *message)
{
    const pc_setting set = {key, value};
    const pc_scenario_options options = {.n_set = 1, .set = &set};
    pc_diagnostics diagnostics;
    pc_scenario scenario;

    pc_diagnostics_init(&diagnostics);
    assert_status(pc_scenario_load(SCENARIOS "/right/base.yaml", &options, &scenario, &diagnostics),
                  PC_ERR_INPUT, &diagnostics);
    assert_null(scenario.name);
    assert_message(&diagnostics, message);
    pc_diagnostics_free(&diagnostics);
}

static void wrong_settings_name_themselves(void **state)
{
    (void)state;
    assert_setting_refused("months", "abc", "--set months=abc: months: found abc, expected a whole number");
    assert_setting_refused("mnths", "3", "--set mnths=3: unknown key \"mnths\", did you mean \"months\"?");
    assert_setting_refused("months", "[3", "--set months=[3: not valid YAML");
    assert_setting_refused("months", "", "--set months=: months: found nothing");
    assert_setting_refused("months.x", "1",
                           "--set months.x=1: nothing can be set below \"x\": it is a single value");
    assert_setting_refused("authorities.x", "1", "no item of the list is called as in \"x\"");
    assert_setting_refused("extends", "minimal.yaml", "the key \"extends\", which cannot be set");
    assert_setting_refused("data..extract", "1", "expected a dotted key");
    assert_setting_refused("", "1", "expected a dotted key");
    assert_setting_refused("data.", "1", "expected a dotted key");
    assert_setting_refused("capacity.secure.households", "3", "found both `places` and `households`");
    assert_setting_refused("data.codes", "no\nsuch", "--set data.codes=no such: data.codes: file");
}

static void list_items_are_set_by_name(void **state)
{
    const char *text = "extends: base.yaml\nname: X\ninterventions:\n"
                       "  - {name: Early Start, kind: prevent, effect: {low: 0, likely: 0.05, high: 0.2}}\n"
                       "  - {name: St. Mary's, kind: capacity, category: secure, places: 3}\n";
    const pc_setting set[] = {{"interventions.Early Start.effect.likely", "0.1"},
                              {"interventions.St. Mary's.places", "9"},
                              {"interventions.Late Start.effect", "1"}};
    pc_scenario_options options = {.n_set = 2, .set = set};
    char *folder = pc_test_folder(), *path = pc_test_path(folder, "x.yaml");
    pc_diagnostics diagnostics;
    pc_scenario scenario;

    (void)state;
    pc_test_write(folder, "base.yaml",
                  "placecast: 1\nname: B\nstart: 2012-04-01\nmonths: 3\ndata: {ssda903: .}\n"
                  "capacity: {secure: {places: 4}}\n");
    pc_test_write(folder, "x.yaml", text);
    pc_diagnostics_init(&diagnostics);
    assert_ok(pc_scenario_load(path, &options, &scenario, &diagnostics), &diagnostics);
    assert_close(scenario.intervention[0].effect.likely, 0.1, 0, 0);
    assert_close(scenario.intervention[0].effect.high, 0.2, 0, 0);
    assert_close(scenario.intervention[1].places, 9, 0, 0);
    pc_scenario_free(&scenario);
    options.n_set = 3;
    assert_status(pc_scenario_load(path, &options, &scenario, &diagnostics), PC_ERR_INPUT);
    assert_message(&diagnostics, "no item of the list is called as in \"Late Start.effect\"");
    pc_diagnostics_free(&diagnostics);
    pc_test_remove(folder);
    free(path);
    free(folder);
}

static void reading_is_confined(void **state)
{
    char *folder = pc_test_folder(), path[512], inner[512];
    pc_diagnostics diagnostics;
    pc_scenario scenario;
    pc_setting set = {"costs.weekly", "/etc/passwd"};
    pc_scenario_options options = {.confine = inner};

    (void)state;
    snprintf(inner, sizeof inner, "%s/in", folder);
    snprintf(path, sizeof path, "%s/in/x.yaml", folder);
    pc_test_write(folder, "in/returns/x.csv", "x\n");
    pc_test_write(folder, "inside.yaml", "name: outside in spite of its path beginning alike\n");
    pc_test_write(folder, "in/x.yaml",
                  "placecast: 1\nname: X\nstart: 2012-04-01\nmonths: 3\ndata: {ssda903: returns}\n");
    pc_diagnostics_init(&diagnostics);
    assert_ok(pc_scenario_load(path, &options, &scenario, &diagnostics), &diagnostics);
    pc_scenario_free(&scenario);
    options.set = &set;
    options.n_set = 1;
    assert_status(pc_scenario_load(path, &options, &scenario, &diagnostics), PC_ERR_INPUT);
    assert_message(&diagnostics, "\"/etc/passwd\" lies outside");
    set.value = "nowhere/../../../etc/passwd";
    assert_status(pc_scenario_load(path, &options, &scenario, &diagnostics), PC_ERR_INPUT);
    assert_message(&diagnostics, "\"nowhere/../../../etc/passwd\" lies outside");
    options.n_set = 0;
    /* A link within the folder of returns, and one that the scenario itself is. */
    snprintf(path, sizeof path, "%s/in/returns/link", folder);
    assert_int_equal(symlink("/etc", path), 0);
    snprintf(path, sizeof path, "%s/in/x.yaml", folder);
    assert_status(pc_scenario_load(path, &options, &scenario, &diagnostics), PC_ERR_INPUT);
    assert_message(&diagnostics, "returns/link\" lies outside");
    pc_test_write(folder, "in/y.yaml", "extends: ../inside.yaml\nname: Y\n");
    snprintf(path, sizeof path, "%s/in/y.yaml", folder);
    assert_status(pc_scenario_load(path, &options, &scenario, &diagnostics), PC_ERR_INPUT);
    assert_message(&diagnostics, "y.yaml:1:10: extends: ");
    assert_message(&diagnostics, "inside.yaml\" lies outside");
    snprintf(path, sizeof path, "%s/inside.yaml", folder);
    assert_status(pc_scenario_load(path, &options, &scenario, &diagnostics), PC_ERR_INPUT);
    options.confine = "/nowhere/at/all";
    assert_status(pc_scenario_load(path, &options, &scenario, &diagnostics), PC_ERR_USAGE);
    pc_diagnostics_free(&diagnostics);
    pc_test_remove(folder);
    free(folder);
}

/* ---- the set of wrong files ---- */

static int only_scenarios(const struct dirent *entry)
{
    const char *dot = strrchr(entry->d_name, '.');

    return dot != NULL && strcmp(dot, ".yaml") == 0;
}

static char *messages_of(const char *name)
{
    pc_diagnostics diagnostics;
    pc_scenario scenario;
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);

    assert_non_null(stream);
    pc_diagnostics_init(&diagnostics);
    memset(&scenario, 0xAA, sizeof scenario);
    if (pc_scenario_load(name, NULL, &scenario, &diagnostics) != PC_ERR_INPUT) {
        fail_msg("%s is not refused as input", name);
    }
    assert_null(scenario.name); /* empty on failure */
    pc_scenario_free(&scenario);
    for (size_t m = 0; m < diagnostics.n; m++) {
        char *line = pc_message_line(&diagnostics.message[m]);

        assert_non_null(line);
        fprintf(stream, "%s\n", line);
        free(line);
    }
    fclose(stream);
    pc_diagnostics_free(&diagnostics);
    return text;
}

/* Each file of wrong/ gives what its .txt says. To write these anew: UPDATE_GOLDEN=1
 * build/dev/tests/tests_unit test_scenario, and read the difference. */
static void each_wrong_file_gives_its_messages(void **state)
{
    struct dirent **entry;
    char folder[1024];
    int n, wrong = 0;

    (void)state;
    assert_non_null(getcwd(folder, sizeof folder));
    assert_int_equal(chdir(SCENARIOS "/wrong"), 0); /* so that messages hold no path of this machine */
    n = scandir(".", &entry, only_scenarios, alphasort);
    assert_true(n >= 150);
    for (int e = 0; e < n; e++) {
        char golden[300], *messages = messages_of(entry[e]->d_name), *expected = NULL;

        snprintf(golden, sizeof golden, "%.*s.txt", (int)strlen(entry[e]->d_name) - 5, entry[e]->d_name);
        if (getenv("UPDATE_GOLDEN") != NULL) {
            pc_test_write(".", golden, messages);
        }
        expected = pc_test_read(".", golden);
        if (strcmp(messages, expected) != 0) {
            print_error("%s\n--- expected\n%s--- found\n%s", entry[e]->d_name, expected, messages);
            wrong++;
        }
        free(messages);
        free(expected);
        free(entry[e]);
    }
    free(entry);
    assert_int_equal(chdir(folder), 0);
    assert_int_equal(wrong, 0);
}

/* ---- what is shown ---- */

static char *show(const char *path, const pc_scenario_options *options)
{
    pc_diagnostics diagnostics;
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);

    assert_non_null(stream);
    pc_diagnostics_init(&diagnostics);
    assert_ok(pc_scenario_show(path, options, stream, &diagnostics), &diagnostics);
    fclose(stream);
    pc_diagnostics_free(&diagnostics);
    return text;
}

static void what_is_shown_names_the_origin_of_each_value(void **state)
{
    const pc_setting set = {"seed", "9"};
    const pc_scenario_options options = {.n_set = 1, .set = &set};
    char folder[1024], *text;

    (void)state;
    assert_non_null(getcwd(folder, sizeof folder));
    assert_int_equal(chdir(SCENARIOS "/right"), 0);
    text = show("best.yaml", &options);
    assert_non_null(strstr(text, "name: Best case  # best.yaml:2\n"));
    assert_non_null(strstr(text, "seed: 9  # --set seed=9\n"));
    assert_non_null(strstr(text, "start: 2012-04-01  # base.yaml:4\n"));
    assert_non_null(strstr(text, "  parameters: true  # base.yaml:9\n"));
    assert_non_null(strstr(text, "    close: false  # default\n"));
    assert_non_null(strstr(text, "    - foster_ifa  # best.yaml:8\n"));
    assert_null(strstr(text, "secure"));
    free(text);
    text = show("minimal.yaml", NULL);
    assert_non_null(strstr(text, "replicates: 1000  # default\n"));
    assert_non_null(strstr(text, "authorities: all  # default\n"));
    free(text);
    assert_int_equal(chdir(folder), 0);
}

static void assert_same_scenario(const pc_scenario *a, const pc_scenario *b)
{
    assert_string_equal(a->name, b->name);
    assert_int_equal(a->start, b->start);
    assert_int_equal(a->months, b->months);
    assert_int_equal(a->replicates, b->replicates);
    assert_int_equal(a->seed, b->seed);
    assert_int_equal(a->method, b->method);
    assert_memory_equal(&a->uncertainty, &b->uncertainty, sizeof a->uncertainty);
    assert_string_equal(a->ssda903, b->ssda903);
    assert_int_equal(a->extract, b->extract);
    assert_int_equal(a->window_from, b->window_from);
    assert_int_equal(a->window_to, b->window_to);
    assert_int_equal(a->weekly == NULL, b->weekly == NULL);
    if (a->weekly != NULL) {
        assert_string_equal(a->weekly, b->weekly);
        assert_string_equal(a->inflation, b->inflation);
        assert_string_equal(a->codes, b->codes);
    }
    assert_int_equal(a->n_authority, b->n_authority);
    for (size_t k = 0; k < a->n_authority; k++) {
        assert_string_equal(a->authority[k], b->authority[k]);
    }
    assert_int_equal(a->n_capacity, b->n_capacity);
    for (size_t c = 0; c < a->n_capacity; c++) {
        assert_string_equal(a->capacity[c].category, b->capacity[c].category);
        assert_int_equal(a->capacity[c].n_step, b->capacity[c].n_step);
        for (size_t s = 0; s < a->capacity[c].n_step; s++) {
            assert_int_equal(a->capacity[c].step[s].from, b->capacity[c].step[s].from);
            assert_close(a->capacity[c].step[s].places, b->capacity[c].step[s].places, 0, 0);
        }
        assert_close(a->capacity[c].share, b->capacity[c].share, 0, 0);
        assert_int_equal(a->capacity[c].block, b->capacity[c].block);
        assert_int_equal(a->capacity[c].close, b->capacity[c].close);
        assert_int_equal(a->capacity[c].return_home, b->capacity[c].return_home);
    }
    assert_int_equal(a->n_overflow, b->n_overflow);
    for (size_t o = 0; o < a->n_overflow; o++) {
        assert_string_equal(a->overflow[o].category, b->overflow[o].category);
        assert_int_equal(a->overflow[o].n_to, b->overflow[o].n_to);
        for (size_t t = 0; t < a->overflow[o].n_to; t++) {
            assert_string_equal(a->overflow[o].to[t], b->overflow[o].to[t]);
        }
    }
    assert_int_equal(a->n_substitute, b->n_substitute);
    for (size_t s = 0; s < a->n_substitute; s++) {
        assert_string_equal(a->substitute[s].to, b->substitute[s].to);
        assert_close(a->substitute[s].share, b->substitute[s].share, 0, 0);
    }
}

static void what_is_shown_reads_back_to_the_same_scenario(void **state)
{
    static const char *const name[] = {"minimal.yaml", "base.yaml", "best.yaml", "best_small.yaml",
                                       "as_json.json"};
    const pc_setting set[] = {{"name", "'yes: \"no\" # x'"}, {"method", "simulate"}};
    const pc_scenario_options options = {.n_set = 2, .set = set};
    char *folder = pc_test_folder(), *copy = pc_test_path(folder, "shown.yaml");

    (void)state;
    for (size_t k = 0; k < 2 * sizeof name / sizeof *name; k++) {
        const pc_scenario_options *used = k % 2 == 0 ? NULL : &options;
        pc_scenario before = load_right(name[k / 2], used), after;
        char path[512], *text;
        pc_diagnostics diagnostics;

        /* Its paths are absolute here, so that they do not depend on where the copy lies. */
        snprintf(path, sizeof path, "%s/right/%s", SCENARIOS, name[k / 2]);
        text = show(path, used);
        pc_test_write(folder, "shown.yaml", text);
        pc_diagnostics_init(&diagnostics);
        assert_ok(pc_scenario_load(copy, NULL, &after, &diagnostics), &diagnostics);
        assert_same_scenario(&before, &after);
        pc_scenario_free(&before);
        pc_scenario_free(&after);
        pc_diagnostics_free(&diagnostics);
        free(text);
    }
    pc_test_remove(folder);
    free(copy);
    free(folder);
}

static void a_wrong_scenario_is_not_shown(void **state)
{
    pc_diagnostics diagnostics;
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);

    (void)state;
    assert_non_null(stream);
    pc_diagnostics_init(&diagnostics);
    assert_status(pc_scenario_show(SCENARIOS "/wrong/many_at_once.yaml", NULL, stream, &diagnostics),
                  PC_ERR_INPUT);
    fclose(stream);
    assert_int_equal(size, 0);
    assert_true(diagnostics.count[PC_ERROR] > 10);
    pc_diagnostics_free(&diagnostics);
    free(text);
}

static void the_reference_of_keys_is_up_to_date(void **state)
{
    char *text = NULL, *committed;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);

    (void)state;
    assert_non_null(stream);
    pc_scenario_write_reference(stream, true);
    fclose(stream);
    if (getenv("UPDATE_GOLDEN") != NULL) {
        pc_test_write(PC_SOURCE_DIR "/scenarios", "README.md", text);
    }
    committed = pc_test_read(PC_SOURCE_DIR "/scenarios", "README.md");
    assert_string_equal(committed, text);
    free(text);
    free(committed);
    stream = open_memstream(&text, &size);
    assert_non_null(stream);
    pc_scenario_write_reference(stream, false);
    fclose(stream);
    assert_non_null(strstr(text, "  months: a whole number from 1 to 600 (months); required\n"));
    assert_null(strchr(text, '`'));
    for (const char *line = text; *line != '\0'; line += strcspn(line, "\n") + 1) {
        assert_true(strcspn(line, "\n") < 80); /* fits a terminal */
    }
    free(text);
}

static pc_codes three_categories(pc_category category[3])
{
    static char names[3][24] = {"foster_inhouse", "foster_ifa", "secure"};

    for (size_t c = 0; c < 3; c++) {
        category[c] = (pc_category){.name = names[c], .label = names[c]};
    }
    return (pc_codes){.n_category = 3, .category = category};
}

static void categories_are_checked_against_the_code_map(void **state)
{
    pc_category category[3];
    pc_codes codes = three_categories(category);
    const pc_setting set[] = {
        {"capacity", "{secure: {places: 4}, foster_inhuose: {places: 3}}"},
        {"overflow", "{secure: [foster_ifa, hospital]}"},
        {"substitute", "{foster_iffa: {to: secure, share: 0.1}}"},
    };
    pc_scenario_options options = {.n_set = 3, .set = set};
    pc_scenario scenario = load_right("minimal.yaml", &options);
    pc_diagnostics diagnostics;

    (void)state;
    pc_diagnostics_init(&diagnostics);
    assert_status(pc_scenario_check_codes(&scenario, &codes, &diagnostics), PC_ERR_INPUT);
    assert_int_equal(diagnostics.n, 3);
    assert_message(&diagnostics,
                   "capacity: unknown category \"foster_inhuose\", did you mean \"foster_inhouse\"?");
    assert_message(
        &diagnostics,
        "overflow: unknown category \"hospital\", expected one of foster_inhouse, foster_ifa, secure");
    assert_message(&diagnostics,
                   "substitute: unknown category \"foster_iffa\", did you mean \"foster_ifa\"?");
    pc_diagnostics_free(&diagnostics);
    pc_scenario_free(&scenario);
    scenario = load_right("minimal.yaml", NULL);
    assert_ok(pc_scenario_check_codes(&scenario, &codes, &diagnostics), &diagnostics);
    pc_scenario_free(&scenario);
}

static void overflow_that_loops_is_found_in_a_scenario_made_by_hand(void **state)
{
    char a[] = "foster_inhouse", b[] = "foster_ifa";
    char *to_b[] = {b}, *to_a[] = {a};
    pc_overflow overflow[] = {{.category = a, .n_to = 1, .to = to_b, .line = 3},
                              {.category = b, .n_to = 1, .to = to_a}};
    pc_scenario scenario = {.n_overflow = 2, .overflow = overflow};
    pc_category category[3];
    pc_codes codes = three_categories(category);
    pc_diagnostics diagnostics;

    (void)state;
    pc_diagnostics_init(&diagnostics);
    assert_status(pc_scenario_check_codes(&scenario, &codes, &diagnostics), PC_ERR_INPUT);
    assert_int_equal(diagnostics.n, 1); /* one message for the circle, not one for each of its members */
    assert_message(&diagnostics, "foster_inhouse -> foster_ifa -> foster_inhouse");
    scenario.n_overflow = 1;
    assert_ok(pc_scenario_check_codes(&scenario, &codes, &diagnostics));
    pc_diagnostics_free(&diagnostics);
}

static void what_has_no_effect_is_a_warning(void **state)
{
    const pc_setting set[] = {{"overflow", "{secure: [other]}"},
                              {"costs", "{inflation: " SCENARIOS "/right/base.yaml}"}};
    const pc_scenario_options options = {.n_set = 2, .set = set};
    pc_diagnostics diagnostics;
    pc_scenario scenario;

    (void)state;
    pc_diagnostics_init(&diagnostics);
    assert_ok(pc_scenario_load(SCENARIOS "/right/minimal.yaml", &options, &scenario, &diagnostics),
              &diagnostics);
    assert_int_equal(diagnostics.count[PC_WARNING], 2);
    assert_message(&diagnostics, "overflow.secure: has no effect");
    assert_message(&diagnostics, "costs.inflation: has no effect");
    pc_scenario_free(&scenario);
    pc_diagnostics_free(&diagnostics);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_default_is_set),
        cmocka_unit_test(every_key_is_read),
        cmocka_unit_test(json_indented_with_tabs_is_read),
        cmocka_unit_test(extends_overrides_key_by_key),
        cmocka_unit_test(paths_are_relative_to_the_file_that_holds_them),
        cmocka_unit_test(settings_override_in_order),
        cmocka_unit_test(wrong_settings_name_themselves),
        cmocka_unit_test(list_items_are_set_by_name),
        cmocka_unit_test(reading_is_confined),
        cmocka_unit_test(each_wrong_file_gives_its_messages),
        cmocka_unit_test(what_is_shown_names_the_origin_of_each_value),
        cmocka_unit_test(what_is_shown_reads_back_to_the_same_scenario),
        cmocka_unit_test(a_wrong_scenario_is_not_shown),
        cmocka_unit_test(the_reference_of_keys_is_up_to_date),
        cmocka_unit_test(categories_are_checked_against_the_code_map),
        cmocka_unit_test(overflow_that_loops_is_found_in_a_scenario_made_by_hand),
        cmocka_unit_test(what_has_no_effect_is_a_warning),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
