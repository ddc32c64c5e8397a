#include <math.h>

#include "pc_test.h"
#include "report/say.h"

static char text[SAY_SIZE];

static void counts_are_whole_with_commas(void **state)
{
    (void)state;
    assert_string_equal(say_count(0, text), "0");
    assert_string_equal(say_count(999.4, text), "999");
    assert_string_equal(say_count(999.6, text), "1,000");
    assert_string_equal(say_count(1234567, text), "1,234,567");
    assert_string_equal(say_count(-1234, text), "-1,234");
    assert_string_equal(say_count(-123, text), "-123");
    assert_string_equal(say_count((double)NAN, text), "-");
}

static void money_is_said_as_people_say_it(void **state)
{
    (void)state;
    assert_string_equal(say_money(0, text), "\u00a30");
    assert_string_equal(say_money(999.4, text), "\u00a3999");
    assert_string_equal(say_money(999.5, text), "\u00a31k");
    assert_string_equal(say_money(640123, text), "\u00a3640k");
    assert_string_equal(say_money(999499, text), "\u00a3999k");
    assert_string_equal(say_money(999500, text), "\u00a31.0m");
    assert_string_equal(say_money(14249999, text), "\u00a314.2m");
    assert_string_equal(say_money(99.94e6, text), "\u00a399.9m");
    assert_string_equal(say_money(99.95e6, text), "\u00a3100m");
    assert_string_equal(say_money(999.4e6, text), "\u00a3999m");
    assert_string_equal(say_money(999.5e6, text), "\u00a31.0bn");
    assert_string_equal(say_money(1234.5e6, text), "\u00a31.2bn");
    assert_string_equal(say_money(-640123, text), "-\u00a3640k");
    assert_string_equal(say_money((double)NAN, text), "-");
    assert_string_equal(say_money((double)INFINITY, text), "-");
}

static void days_are_said_in_full_and_short(void **state)
{
    pc_day day = pc_day_from_date((pc_date){2022, 3, 31});

    (void)state;
    assert_string_equal(say_day(day, text), "31 March 2022");
    assert_string_equal(say_day_short(day, text), "31 Mar 2022");
}

static void letters_of_two_bytes_take_one_column(void **state)
{
    char *line = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&line, &size);

    (void)state;
    assert_non_null(stream);
    assert_int_equal(say_columns("\u00a312"), 3);
    say_left(stream, "\u00a312", 5);
    say_right(stream, "\u00e9t\u00e9", 5);
    say_left(stream, "\u00e9t\u00e9", 2);
    fclose(stream);
    assert_string_equal(line, "\u00a312    \u00e9t\u00e9\u00e9t");
    free(line);
}

static void paragraphs_are_wrapped_and_indented(void **state)
{
    char *line = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&line, &size);

    (void)state;
    assert_non_null(stream);
    say_paragraph(stream, "Written   ",
                  "aaaaaaaaaaaaaaaaaaaa bbbbbbbbbbbbbbbbbbbb cccccccccccccccccccc ddddddd eeee");
    fclose(stream);
    /* 10 + 20 + 1 + 20 + 1 + 20 + 1 + 7 = 80 columns: it just fits. */
    assert_string_equal(line,
                        "Written   aaaaaaaaaaaaaaaaaaaa bbbbbbbbbbbbbbbbbbbb cccccccccccccccccccc ddddddd\n"
                        "          eeee\n");
    free(line);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_are_whole_with_commas),
        cmocka_unit_test(money_is_said_as_people_say_it),
        cmocka_unit_test(days_are_said_in_full_and_short),
        cmocka_unit_test(letters_of_two_bytes_take_one_column),
        cmocka_unit_test(paragraphs_are_wrapped_and_indented),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
