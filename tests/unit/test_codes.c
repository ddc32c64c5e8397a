#include "pc_test.h"

#include "placecast/codes.h"

static int category_of(const pc_codes *codes, const char *place, int provider)
{
    int number = pc_codes_find_place(codes, place);

    assert_true(number >= 0);
    return codes->place[number].category[provider];
}

static void assert_maps(const pc_codes *codes, const char *place, int provider, const char *category)
{
    int number = category_of(codes, place, provider);

    assert_true(number != PC_CATEGORY_NONE);
    assert_string_equal(codes->category[number].name, category);
}

static pc_day day(int year, int month, int of_month)
{
    return pc_day_from_date((pc_date){year, month, of_month});
}

static void the_shipped_map_is_the_default_of_the_contract(void **state)
{
    static const char *const kinship[] = {"U1", "U2", "U3", "Q1"};
    static const char *const foster[] = {"U4", "U5", "U6", "Q2"};
    static const char *const other[] = {"R1", "R2", "R3", "R5", "S1", "P3", "Z1", "Z11", "Z12", "Z13", "Z14"};
    pc_diagnostics diagnostics;
    pc_codes codes;

    (void)state;
    pc_diagnostics_init(&diagnostics);
    assert_ok(pc_codes_load(NULL, &codes, &diagnostics), &diagnostics);
    assert_int_equal(codes.n_category, 10);
    assert_string_equal(codes.category[0].name, "kinship");
    assert_string_equal(codes.category[9].name, "other");
    assert_string_equal(codes.category[2].label, "Agency foster (IFA)");
    for (size_t place = 0; place < 4; place++) {
        assert_maps(&codes, kinship[place], 1, "kinship");
        assert_maps(&codes, kinship[place], 4, "kinship");
        assert_maps(&codes, foster[place], 1, "foster_inhouse");
        for (int provider = 2; provider <= 5; provider++) {
            assert_maps(&codes, foster[place], provider, "foster_ifa");
        }
        assert_int_equal(category_of(&codes, foster[place], 0), PC_CATEGORY_NONE);
    }
    assert_maps(&codes, "K2", 1, "residential_inhouse");
    assert_maps(&codes, "K2", 2, "residential_external");
    assert_maps(&codes, "K2", 5, "residential_external");
    assert_maps(&codes, "K1", 4, "secure");
    assert_maps(&codes, "H5", 4, "supported");
    assert_maps(&codes, "K3", 1, "supported");
    assert_maps(&codes, "P2", 1, "supported");
    assert_maps(&codes, "P1", 0, "parents");
    assert_maps(&codes, "A3", 1, "adoption");
    assert_maps(&codes, "A6", 5, "adoption");
    for (size_t place = 0; place < sizeof other / sizeof other[0]; place++) {
        assert_maps(&codes, other[place], 3, "other");
    }
    assert_int_equal(pc_codes_find_place(&codes, "T0"), -1);
    assert_int_equal(pc_codes_find_place(&codes, "u4"), -1);
    pc_codes_free(&codes);
    pc_codes_free(&codes);
    pc_diagnostics_free(&diagnostics);
}

static void the_days_of_codes_that_came_and_went_are_known(void **state)
{
    pc_codes codes;
    const pc_place_code *place;

    (void)state;
    assert_ok(pc_codes_load(NULL, &codes, NULL));
    place = &codes.place[pc_codes_find_place(&codes, "K3")];
    assert_int_equal(place->valid_from, day(2023, 10, 28));
    assert_int_equal(place->valid_to, PC_DAY_OPEN);
    place = &codes.place[pc_codes_find_place(&codes, "P2")];
    assert_int_equal(place->valid_from, PC_DAY_NONE);
    assert_int_equal(place->valid_to, day(2023, 10, 28)); /* excluded: the last day is the 27th */
    place = &codes.place[pc_codes_find_place(&codes, "H5")];
    assert_int_equal(place->valid_to, day(2025, 4, 1));
    place = &codes.place[pc_codes_find_place(&codes, "Z1")];
    assert_int_equal(place->valid_to, day(2025, 4, 1));
    place = &codes.place[pc_codes_find_place(&codes, "Z12")];
    assert_int_equal(place->valid_from, day(2025, 4, 1));
    place = &codes.place[pc_codes_find_place(&codes, "U4")];
    assert_int_equal(place->valid_from, PC_DAY_NONE);
    assert_int_equal(place->valid_to, PC_DAY_OPEN);
    pc_codes_free(&codes);
}

static void the_first_rule_whose_provider_fits_is_taken(void **state)
{
    char *folder = pc_test_folder(), *path = pc_test_path(folder, "map.yaml");
    pc_codes codes, copy;

    (void)state;
    pc_test_write(folder, "map.yaml",
                  "categories:\n  - {name: home}\n  - {name: away, label: Far away}\n"
                  "places:\n  - {codes: [X9], providers: [PR1], category: home}\n"
                  "  - {codes: [X9, X8], providers: [PR1, PR4], category: away}\n");
    assert_ok(pc_codes_load(path, &codes, NULL));
    assert_ok(pc_codes_copy(&codes, &copy));
    pc_codes_free(&codes);
    assert_maps(&copy, "X9", 1, "home");
    assert_maps(&copy, "X9", 4, "away");
    assert_maps(&copy, "X8", 1, "away");
    assert_int_equal(category_of(&copy, "X8", 0), PC_CATEGORY_NONE);
    assert_int_equal(pc_codes_category(&copy, pc_codes_find_place(&copy, "X8"), 0), 1);
    assert_string_equal(copy.category[0].label, "home"); /* no label: the name */
    pc_codes_free(&copy);
    pc_test_remove(folder);
    free(path);
    free(folder);
}

static void a_wrong_map_is_rejected_with_line_and_column(void **state)
{
    static const struct {
        const char *text, *message;
    } cases[] = {
        {"categories: []\nplaces: [{codes: [U1], category: a}]\n", "1:13: not a list of 1 to 16 categories"},
        {"categories: [{name: a}]\n", "expected the lists `categories` and `places`"},
        {"categories: [{name: All}]\nplaces: [{codes: [U1], category: a}]\n",
         "1:21: category without a usable name"},
        {"categories: [{name: all}]\nplaces: [{codes: [U1], category: a}]\n", "not `all`"},
        {"categories: [{name: a}, {name: a}]\nplaces: [{codes: [U1], category: a}]\n",
         "1:32: category named twice"},
        {"categories: [{name: a}]\nplaces: [{codes: [U1], category: b}]\n", "2:34: no known category"},
        {"categories: [{name: a}]\nplaces: [{category: a}]\n", "2:10: rule without codes"},
        {"categories: [{name: a}]\nplaces: [{codes: [T1], category: a}]\n", "2:19: a temporary code"},
        {"categories: [{name: a}]\nplaces: [{codes: [U1], category: a, providers: [PR6]}]\n",
         "2:49: not a provider"},
        {"categories: [{name: a}]\nplaces: [{codes: [U1], category: a, valid: {to: 2015-02-30}}]\n",
         "2:49: not a date, expected yyyy-mm-dd"},
        {"categories: [{name: a}]\nplaces: [{codes: [U1], category: a, valid: {from: 2015-03-02, to: "
         "2015-03-01}}]\n",
         "`to` is before `from`"},
        {"categories: [{name: a}]\nplaces: [{codes: [U1], category: a, vaild: 1}]\n",
         "2:37: unknown key `vaild`, expected one of: codes, category, providers, valid"},
        {"categories: [{name: a}\n", "map.yaml"},
    };
    char *folder = pc_test_folder(), *path = pc_test_path(folder, "map.yaml");

    (void)state;
    for (size_t c = 0; c < sizeof cases / sizeof cases[0]; c++) {
        pc_diagnostics diagnostics;
        pc_codes codes;

        pc_diagnostics_init(&diagnostics);
        pc_test_write(folder, "map.yaml", cases[c].text);
        assert_status(pc_codes_load(path, &codes, &diagnostics), PC_ERR_INPUT, &diagnostics);
        assert_message(&diagnostics, cases[c].message);
        assert_int_equal(codes.n_category, 0);
        assert_int_equal(codes.n_place, 0);
        pc_codes_free(&codes);
        pc_diagnostics_free(&diagnostics);
    }
    pc_test_remove(folder);
    free(path);
    free(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_shipped_map_is_the_default_of_the_contract),
        cmocka_unit_test(the_days_of_codes_that_came_and_went_are_known),
        cmocka_unit_test(the_first_rule_whose_provider_fits_is_taken),
        cmocka_unit_test(a_wrong_map_is_rejected_with_line_and_column),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
