#include "pc_test.h"

#include "placecast/names.h"

static uint32_t add(pc_names *names, const char *text)
{
    uint32_t number = PC_NAME_NONE;

    assert_ok(pc_names_add(names, text, strlen(text), &number));
    return number;
}

static void numbers_follow_the_order_of_first_use(void **state)
{
    pc_names names;

    (void)state;
    pc_names_init(&names);
    assert_int_equal(add(&names, "U4"), 0);
    assert_int_equal(add(&names, "K2"), 1);
    assert_int_equal(add(&names, "U4"), 0);
    assert_int_equal(add(&names, ""), 2);
    assert_int_equal(add(&names, ""), 2);
    assert_int_equal(names.n, 3);
    assert_string_equal(pc_names_text(&names, 1), "K2");
    pc_names_free(&names);
}

static void a_text_is_found_whole_or_not_at_all(void **state)
{
    pc_names names;

    (void)state;
    pc_names_init(&names);
    assert_int_equal(pc_names_find(&names, "U4", 2), PC_NAME_NONE); /* in an empty table */
    add(&names, "U45");
    add(&names, "U");
    assert_int_equal(pc_names_find(&names, "U45", 2), PC_NAME_NONE); /* "U4" */
    assert_int_equal(pc_names_find(&names, "U45", 1), 1);
    assert_int_equal(pc_names_find(&names, "U456", 3), 0);
    assert_int_equal(pc_names_find(&names, "u45", 3), PC_NAME_NONE); /* case counts */
    pc_names_free(&names);
}

static void numbers_out_of_range_have_an_empty_text(void **state)
{
    pc_names names;

    (void)state;
    pc_names_init(&names);
    add(&names, "x");
    assert_string_equal(pc_names_text(&names, 1), "");
    assert_string_equal(pc_names_text(&names, PC_NAME_NONE), "");
    pc_names_free(&names);
}

static void fifty_thousand_names_keep_their_numbers(void **state)
{
    pc_names names;
    char text[16];

    (void)state;
    pc_names_init(&names);
    for (uint32_t number = 0; number < 50000; number++) {
        snprintf(text, sizeof text, "%u", number * 7919U);
        assert_int_equal(add(&names, text), number);
    }
    for (uint32_t number = 0; number < 50000; number++) {
        snprintf(text, sizeof text, "%u", number * 7919U);
        assert_int_equal(pc_names_find(&names, text, strlen(text)), number);
        assert_string_equal(pc_names_text(&names, number), text);
    }
    pc_names_free(&names);
}

static void texts_stay_where_they_are_and_apart(void **state)
{
    static char text[200000];
    const char *first[64];
    pc_names names;

    (void)state;
    memset(text, 'a', sizeof text);
    pc_names_init(&names);
    for (uint32_t length = 0; length < 64; length++) { /* 0, 1, 4, 9 ... bytes, then longer than any block */
        uint32_t number;

        assert_ok(pc_names_add(&names, text, length < 60 ? length * length : length * 3000, &number));
        assert_int_equal(number, length);
        first[length] = pc_names_text(&names, number);
    }
    for (uint32_t more = 0; more < 5000; more++) {
        char name[16];

        snprintf(name, sizeof name, "%u", more);
        add(&names, name);
    }
    for (uint32_t length = 0; length < 64; length++) {
        assert_ptr_equal(pc_names_text(&names, length), first[length]);
        assert_int_equal(strlen(first[length]), length < 60 ? length * length : length * 3000);
    }
    assert_string_equal(pc_names_text(&names, 64), "0");
    assert_string_equal(pc_names_text(&names, 64 + 4999), "4999");
    pc_names_free(&names);
}

static void free_accepts_null_empty_and_twice(void **state)
{
    pc_names names;

    (void)state;
    pc_names_free(NULL);
    pc_names_init(&names);
    pc_names_free(&names);
    add(&names, "x");
    pc_names_free(&names);
    pc_names_free(&names);
    assert_int_equal(names.n, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_follow_the_order_of_first_use),
        cmocka_unit_test(a_text_is_found_whole_or_not_at_all),
        cmocka_unit_test(numbers_out_of_range_have_an_empty_text),
        cmocka_unit_test(fifty_thousand_names_keep_their_numbers),
        cmocka_unit_test(texts_stay_where_they_are_and_apart),
        cmocka_unit_test(free_accepts_null_empty_and_twice),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
