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
    say_page page = {.width = 80};

    (void)state;
    assert_non_null(stream);
    assert_int_equal(say_columns("\u00a312"), 3);
    page.stream = stream;
    say_left(&page, "\u00a312", 5);
    say_right(&page, "\u00e9t\u00e9", 5);
    say_left(&page, "\u00e9t\u00e9", 2);
    fclose(stream);
    assert_string_equal(line, "\u00a312    \u00e9t\u00e9\u00e9t");
    free(line);
}

static void paragraphs_are_wrapped_and_indented(void **state)
{
    char *line = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&line, &size);
    say_page page = {.width = 80};

    (void)state;
    assert_non_null(stream);
    page.stream = stream;
    say_paragraph(&page, "Written   ",
                  "aaaaaaaaaaaaaaaaaaaa bbbbbbbbbbbbbbbbbbbb cccccccccccccccccccc ddddddd eeee");
    fclose(stream);
    /* 10 + 20 + 1 + 20 + 1 + 20 + 1 + 7 = 80 columns: it just fits. */
    assert_string_equal(line,
                        "Written   aaaaaaaaaaaaaaaaaaaa bbbbbbbbbbbbbbbbbbbb cccccccccccccccccccc ddddddd\n"
                        "          eeee\n");
    free(line);
}

static void a_spark_is_as_high_as_its_value(void **state)
{
    const double ramp[] = {0, 10, 20, 30, 40, 50, 60, 70}, level[] = {100, 101, 100, 99};
    const double gap[] = {1, (double)NAN, 3}, nought[] = {0, 0};
    char spark[3 * SAY_SPARK_MOST + 1];

    (void)state;
    assert_string_equal(say_spark(ramp, 8, 8, spark), "\u2581\u2582\u2583\u2584\u2585\u2586\u2587\u2588");
    /* means 5, 25, 45, 65: from 5 to 65 in eighths 0, 2.67, 5.33, 8 */
    assert_string_equal(say_spark(ramp, 8, 4, spark), "\u2581\u2583\u2586\u2588");
    /* the height stands for 20.2 about 100: 1 is less than half an eighth */
    assert_string_equal(say_spark(level, 4, 8, spark), "\u2584\u2585\u2584\u2584");
    assert_string_equal(say_spark(gap, 3, 3, spark), "\u2581 \u2588");
    assert_string_equal(say_spark(nought, 2, 2, spark), "\u2581\u2581");
    assert_string_equal(say_spark(ramp, 0, 8, spark), "");
}

static void ink_is_for_pages_with_colour_alone(void **state)
{
    char *line = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&line, &size);
    const pc_look plain = {0}, bright = {.colour = true, .width = 10};
    say_page page = say_page_of(&plain, stream);

    (void)state;
    assert_non_null(stream);
    assert_int_equal(page.width, 80);
    say_paragraph(&page, "A ", "b");
    page = say_page_of(&bright, stream);
    assert_int_equal(page.width, 40);
    say_words(&page, "A ", "%s", "b");
    fclose(stream);
    assert_string_equal(line, "A b\n\033[1mA \033[0mb\n");
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
        cmocka_unit_test(a_spark_is_as_high_as_its_value),
        cmocka_unit_test(ink_is_for_pages_with_colour_alone),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
