/* The bundled example is what the program makes, byte for byte: nobody has edited it, and no change of the
 * program has passed unseen. */
#include "pc_test.h"

#include "base/memory.h"
#include "placecast/synth.h"

#define EXAMPLE PC_SOURCE_DIR "/scenarios/example"

static void the_returns_are_what_synth_makes(void **state)
{
    static const char *const year[] = {"2019-20", "2020-21", "2021-22", "2022-23", "2023-24"};
    static const char *const table[] = {"header", "episodes", "uasc", "reviews"};
    pc_synth_options options = pc_synth_options_default();
    char *folder = pc_test_folder();
    pc_diagnostics diagnostics;
    size_t bytes = 0;

    (void)state;
    options.seed = 2024;
    options.core_tables = true;
    pc_diagnostics_init(&diagnostics);
    assert_ok(pc_synth(&options, folder, &diagnostics), &diagnostics);
    pc_diagnostics_free(&diagnostics);
    for (size_t y = 0; y < 5; y++) {
        for (size_t t = 0; t < 4; t++) {
            char *name = pc_format_text("ssda903/%s/%s.csv", year[y], table[t]);
            char *inside = pc_format_text("data/%s", name);
            size_t made_size, kept_size;
            char *made_path = pc_test_path(folder, name), *kept_path = pc_test_path(EXAMPLE, inside);
            char *made = pc_test_read_file(made_path, &made_size),
                 *kept = pc_test_read_file(kept_path, &kept_size);

            assert_int_equal(made_size, kept_size);
            assert_memory_equal(made, kept, made_size);
            bytes += kept_size;
            free(made);
            free(kept);
            free(made_path);
            free(kept_path);
            free(inside);
            free(name);
        }
    }
    assert_true(bytes < 1000000);
    pc_test_remove(folder);
    free(folder);
}

static void the_readme_says_how_they_were_made(void **state)
{
    char *text = pc_test_read(EXAMPLE, "README.md");

    (void)state;
    assert_non_null(strstr(text, "No child in these files exists"));
    assert_non_null(
        strstr(text, "synth --children 600 --first-year 2019/20 --years 5 --seed 2024 --core-tables"));
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_returns_are_what_synth_makes),
        cmocka_unit_test(the_readme_says_how_they_were_made),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
