/* The returns of the councils' plans under scenarios/ are what the program makes, byte for byte: nobody has
 * edited them, and no change of the program has passed unseen. Reviews are made, but not kept. */
#include "pc_test.h"

#include "base/memory.h"
#include "placecast/synth.h"

#define PACK_BYTES 3000000
#define NORTH_EAST                                                                                           \
    "Darlington=160,Durham=420,Gateshead=330,Hartlepool=130,Middlesbrough=275,Newcastle upon "               \
    "Tyne=410,North Tyneside=235,Northumberland=260,Redcar and Cleveland=140,South "                         \
    "Tyneside=240,Stockton-on-Tees=255,Sunderland=365"

typedef struct pack {
    const char *name;
    uint64_t seed;
    int children, first_year, years;
    const char *truth; /* in the pack, or NULL: the shipped rates */
    const char *la;    /* NULL: a folder a year; else merged */
    const char *command;
} pack;

static const pack packs[] = {
    {"leeds-2011", 1, 1400, 2008, 3, NULL, NULL,
     "synth --children 1400 --first-year 2008/09 --years 3 --seed 1 --core-tables"},
    {"gateshead-2010", 644, 330, 2007, 3, "truth.csv", NULL,
     "synth scenarios/gateshead-2010/truth.csv --children 330 --first-year 2007/08 --years 3 --seed 644 "
     "--core-tables"},
    {"barking-2019", 180, 417, 2016, 3, NULL, NULL,
     "synth --children 417 --first-year 2016/17 --years 3 --seed 180 --core-tables"},
    {"north-east-2009", 1, 600, 2008, 1, NULL, NORTH_EAST,
     "synth --la \"" NORTH_EAST "\" --layout merged --first-year 2008/09 --years 1 --seed 1 --core-tables"},
};

#define N_PACK (sizeof packs / sizeof packs[0])

static char *pack_path(const pack *of, const char *inside)
{
    return pc_format_text("%s/scenarios/%s/%s", PC_SOURCE_DIR, of->name, inside);
}

/* Compares one file, made and kept; returns its size. */
static size_t compare(const pack *of, const char *folder, const char *name)
{
    char *inside = pc_format_text("data/ssda903/%s", name), *below = pc_format_text("ssda903/%s", name);
    char *kept_path = pack_path(of, inside), *made_path = pc_test_path(folder, below);
    size_t made_size, kept_size;
    char *made = pc_test_read_file(made_path, &made_size), *kept = pc_test_read_file(kept_path, &kept_size);

    assert_int_equal(made_size, kept_size);
    assert_memory_equal(made, kept, made_size);
    free(made);
    free(kept);
    free(made_path);
    free(kept_path);
    free(inside);
    free(below);
    return kept_size;
}

static void the_returns_are_what_synth_makes(void **state)
{
    static const char *const table[] = {"header", "episodes", "uasc"};
    size_t bytes = 0;

    (void)state;
    for (const pack *of = packs; of < packs + N_PACK; of++) {
        char *folder = pc_test_folder(), *truth = of->truth == NULL ? NULL : pack_path(of, of->truth);
        pc_synth_options options = pc_synth_options_default();
        pc_diagnostics diagnostics;

        options.seed = of->seed;
        options.children = of->children;
        options.first_year = of->first_year;
        options.years = of->years;
        options.core_tables = true;
        options.truth = truth;
        options.la = of->la;
        options.layout = of->la == NULL ? PC_SYNTH_FOLDERS : PC_SYNTH_MERGED;
        pc_diagnostics_init(&diagnostics);
        assert_ok(pc_synth(&options, folder, &diagnostics), &diagnostics);
        pc_diagnostics_free(&diagnostics);
        for (size_t t = 0; t < sizeof table / sizeof table[0]; t++) {
            for (int y = of->first_year; y < of->first_year + (of->la == NULL ? of->years : 1); y++) {
                char *name = of->la == NULL ? pc_format_text("%d-%02d/%s.csv", y, (y + 1) % 100, table[t])
                                            : pc_format_text("%s.csv", table[t]);

                bytes += compare(of, folder, name);
                free(name);
            }
        }
        free(truth);
        pc_test_remove(folder);
        free(folder);
    }
    assert_true(bytes < PACK_BYTES);
}

static void the_readme_says_how_they_were_made(void **state)
{
    (void)state;
    for (const pack *of = packs; of < packs + N_PACK; of++) {
        char *folder = pack_path(of, ""), *text = pc_test_read(folder, "README.md");

        assert_non_null(strstr(text, "No child in these files exists"));
        assert_non_null(strstr(text, of->command));
        free(text);
        free(folder);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_returns_are_what_synth_makes),
        cmocka_unit_test(the_readme_says_how_they_were_made),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
