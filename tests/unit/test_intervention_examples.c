/* The examples of docs/interventions.md are scenarios that can be run. */
#include "pc_test.h"

#include "placecast/scenario.h"

#define HEADER                                                                                               \
    "placecast: 1\nname: Base\nstart: 2011-10-01\nmonths: 36\ndata: {ssda903: .}\n"                          \
    "capacity: {residential_inhouse: {places: 24}, foster_inhouse: {places: 200}}\n"                         \
    "overflow: {residential_inhouse: [residential_external], foster_inhouse: [foster_ifa]}\n"                \
    "costs: {weekly: base.yaml}\n"

#define LIST "interventions:\n"

/* The next block of the page, in a copy that the caller frees; NULL after the last. *page moves behind it. */
static char *next_block(const char **page)
{
    const char *begin = strstr(*page, "\n```yaml\n"), *end;
    char *copy;

    if (begin == NULL) {
        return NULL;
    }
    begin += strlen("\n```yaml\n");
    end = strstr(begin, "\n```\n");
    assert_non_null(end);
    copy = calloc((size_t)(end - begin) + 2, 1);
    assert_non_null(copy);
    memcpy(copy, begin, (size_t)(end - begin) + 1);
    *page = end;
    return copy;
}

static bool begins_with(const char *text, const char *with)
{
    return strncmp(text, with, strlen(with)) == 0;
}

static void assert_runs(const char *path, size_t warnings, pc_scenario *scenario)
{
    pc_diagnostics diagnostics;
    pc_codes codes;

    pc_diagnostics_init(&diagnostics);
    assert_ok(pc_scenario_load(path, NULL, scenario, &diagnostics), &diagnostics);
    assert_ok(pc_codes_load(NULL, &codes, &diagnostics), &diagnostics);
    assert_ok(pc_scenario_check_codes(scenario, &codes, &diagnostics), &diagnostics);
    if (diagnostics.n != warnings) {
        assert_no_message(&diagnostics, "");
    }
    pc_codes_free(&codes);
    pc_diagnostics_free(&diagnostics);
}

/* All lists of the page as one base scenario: so names do not meet either. */
static char *write_base(const char *folder, const char *page)
{
    char *text = calloc(strlen(page) + sizeof HEADER + sizeof LIST, 1), *block;

    assert_non_null(text);
    strcpy(text, HEADER LIST);
    while ((block = next_block(&page)) != NULL) {
        if (begins_with(block, LIST)) {
            strcat(text, block + strlen(LIST));
        }
        free(block);
    }
    pc_test_write(folder, "base.yaml", text);
    free(text);
    return pc_test_path(folder, "base.yaml");
}

static void each_kind_has_an_example_that_can_be_run(void **state)
{
    char *folder = pc_test_folder(), *page = pc_test_read(PC_SOURCE_DIR "/docs", "interventions.md");
    char *path = write_base(folder, page);
    pc_scenario scenario;

    (void)state;
    assert_runs(path, 1, &scenario); /* the front door is not there yet */
    for (unsigned kind = 0; kind < PC_N_INTERVENTION_KIND; kind++) {
        char heading[64], line[64];
        const char *section, *end;
        size_t n = 0;

        for (size_t i = 0; i < scenario.n_intervention; i++) {
            n += scenario.intervention[i].kind == (pc_intervention_kind)kind;
        }
        assert_true(n > 0);
        /* in its own section */
        snprintf(heading, sizeof heading,
                 "\n### `%s`: ", pc_intervention_kind_name((pc_intervention_kind)kind));
        snprintf(line, sizeof line, "kind: %s", pc_intervention_kind_name((pc_intervention_kind)kind));
        section = strstr(page, heading);
        assert_non_null(section);
        end = strstr(section + 1, "\n## ");
        assert_non_null(end);
        section = strstr(section, line);
        assert_true(section != NULL && section < end);
    }
    pc_scenario_free(&scenario);
    pc_test_remove(folder);
    free(folder);
    free(page);
    free(path);
}

static void the_best_case_extends_the_base(void **state)
{
    char *folder = pc_test_folder(), *text = pc_test_read(PC_SOURCE_DIR "/docs", "interventions.md"), *block;
    char *base = write_base(folder, text), *path = pc_test_path(folder, "best.yaml");
    const char *page = text;
    size_t n = 0;

    (void)state;
    while ((block = next_block(&page)) != NULL) {
        if (begins_with(block, "extends: base.yaml\n")) {
            pc_scenario from, best;

            pc_test_write(folder, "best.yaml", block);
            assert_runs(base, 1, &from);
            assert_runs(path, 1, &best);
            assert_int_equal(best.n_intervention,
                             from.n_intervention - 1); /* no name of its own: all were met */
            pc_scenario_free(&from);
            pc_scenario_free(&best);
            n++;
        } else {
            assert_true(begins_with(block, LIST)); /* every block is checked one way or the other */
        }
        free(block);
    }
    assert_int_equal(n, 1);
    pc_test_remove(folder);
    free(folder);
    free(text);
    free(base);
    free(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_kind_has_an_example_that_can_be_run),
        cmocka_unit_test(the_best_case_extends_the_base),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
