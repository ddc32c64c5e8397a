#include "pc_test.h"

#include <locale.h>
#include <math.h>

#include "base/number_text.h"

static bool parse(const char *text, double *out)
{
    return pc_number_parse(text, strlen(text), out);
}

static void fixed_decimals_are_written_with_a_point(void **state)
{
    char text[PC_NUMBER_TEXT_SIZE];

    (void)state;
    assert_string_equal(pc_number_format(1234.5, 2, text), "1234.50");
    assert_string_equal(pc_number_format(-1234.567, 1, text), "-1234.6");
    assert_string_equal(pc_number_format(2.0, 0, text), "2");
    assert_string_equal(pc_number_format(1e40, 12, text),
                        "10000000000000000303786028427003666890752.000000000000");
}

static void a_negative_zero_loses_its_sign(void **state)
{
    char text[PC_NUMBER_TEXT_SIZE];

    (void)state;
    assert_string_equal(pc_number_format(-0.0, 2, text), "0.00");
    assert_string_equal(pc_number_format(-0.004, 2, text), "0.00");
    assert_string_equal(pc_number_format(-0.3, 0, text), "0");
    assert_string_equal(pc_number_format(-0.006, 2, text), "-0.01");
    assert_string_equal(pc_number_format_significant(-0.0, 9, text), "0");
}

static void what_is_not_a_number_is_written_blank(void **state)
{
    char text[PC_NUMBER_TEXT_SIZE];

    (void)state;
    assert_string_equal(pc_number_format((double)NAN, 2, text), "");
    assert_string_equal(pc_number_format((double)INFINITY, 2, text), "");
    assert_string_equal(pc_number_format(-(double)INFINITY, 2, text), "");
    assert_string_equal(pc_number_format_significant((double)NAN, 9, text), "");
    assert_string_equal(pc_number_format_significant((double)INFINITY, 9, text), "");
}

static void seventeen_digits_give_the_same_number_back(void **state)
{
    static const double value[] = {
        0.1, 1.0 / 3, 1e-300, 2.2250738585072014e-308, 1.7976931348623157e308, 123456789.0};

    (void)state;
    for (size_t v = 0; v < sizeof value / sizeof value[0]; v++) {
        for (double sign = -1; sign <= 1; sign += 2) {
            char text[PC_NUMBER_TEXT_SIZE];
            double back = 0;

            assert_true(parse(pc_number_format_significant(sign * value[v], 17, text), &back));
            assert_close(back, sign * value[v], 0, 0);
        }
    }
}

static void pence_are_written_as_pounds(void **state)
{
    char text[PC_NUMBER_TEXT_SIZE];

    (void)state;
    assert_string_equal(pc_pence_format(12345, text), "123.45");
    assert_string_equal(pc_pence_format(5, text), "0.05");
    assert_string_equal(pc_pence_format(-5, text), "-0.05");
    assert_string_equal(pc_pence_format(0, text), "0.00");
    assert_string_equal(pc_pence_format(INT64_MIN, text), "-92233720368547758.08");
}

static void whole_decimal_numbers_are_read(void **state)
{
    static const struct {
        const char *text;
        double value;
    } good[] = {{"0", 0},      {"1", 1},       {"-1.5", -1.5},   {"+2", 2},  {".5", 0.5}, {"5.", 5},
                {"1e3", 1000}, {"1E-2", 0.01}, {"1.25e+2", 125}, {"007", 7}, {"-0", 0},   {"1e-400", 0}};

    (void)state;
    for (size_t g = 0; g < sizeof good / sizeof good[0]; g++) {
        double value = -99;

        if (!parse(good[g].text, &value)) {
            fail_msg("<%s> is refused", good[g].text);
        }
        assert_close(value, good[g].value, 1e-15, 0);
    }
}

static void anything_else_is_refused_as_a_number(void **state)
{
    static const char *const bad[] = {
        "",      " ",     "abc",   "nan",       "NAN",   "inf", "-inf", "infinity", "0x10", "1,5", "1 5",
        " 1",    "1 ",    "1.2.3", "--1",       "+-1",   ".",   "-",    "-.",       "e5",   "1e",  "1e+",
        "1e1.5", "1,000", "1_000", "\302\2435", "1e999", "12%", "1f",   "1.0L",     "(5)"};
    double value = 42;
    char longest[200];

    (void)state;
    for (size_t b = 0; b < sizeof bad / sizeof bad[0]; b++) {
        if (parse(bad[b], &value)) {
            fail_msg("<%s> is read as %g", bad[b], value);
        }
    }
    assert_false(pc_number_parse("1\0002", 3, &value));
    memset(longest, '1', sizeof longest);
    assert_false(pc_number_parse(longest, sizeof longest, &value));
    assert_true(pc_number_parse("12345", 2, &value)); /* no more than the length */
    assert_close(value, 12, 0, 0);
}

static void whole_numbers_are_read_without_overflow(void **state)
{
    static const char *const bad[] = {"",    "-",  "+",  "1.0", "1e3",
                                      "0x1", " 1", "1 ", "--1", "1234567890123456789"};
    int64_t value = 42;

    (void)state;
    for (size_t b = 0; b < sizeof bad / sizeof bad[0]; b++) {
        if (pc_integer_parse(bad[b], strlen(bad[b]), &value)) {
            fail_msg("<%s> is read as %lld", bad[b], (long long)value);
        }
    }
    assert_true(pc_integer_parse("-17", 3, &value) && value == -17);
    assert_true(pc_integer_parse("+17", 3, &value) && value == 17);
    assert_true(pc_integer_parse("999999999999999999", 18, &value) && value == 999999999999999999);
}

/* A German locale is compiled for this test where the system has its sources (Debian package `locales`). */
static void numbers_keep_their_point_in_a_locale_with_a_comma(void **state)
{
    char *folder = pc_test_folder(), *command = malloc(strlen(folder) + 200), text[PC_NUMBER_TEXT_SIZE];
    double value = 0;
    bool set;

    (void)state;
    assert_non_null(command);
    sprintf(command, "localedef -i de_DE -f UTF-8 '%s/de_DE.UTF-8' >/dev/null 2>&1", folder);
    set =
        system(command) == 0 && setenv("LOCPATH", folder, 1) == 0 && setlocale(LC_ALL, "de_DE.UTF-8") != NULL;
    free(command);
    pc_test_remove(folder);
    free(folder);
    if (!set) {
        skip();
    }
    assert_string_equal(localeconv()->decimal_point, ","); /* else the rest shows nothing */
    assert_string_equal(pc_number_format(-1234.5, 2, text), "-1234.50");
    assert_string_equal(pc_number_format_significant(0.25, 9, text), "0.25");
    assert_string_equal(pc_number_format_significant(1.5e-9, 9, text), "1.5e-09");
    assert_true(parse("1234.5", &value));
    assert_close(value, 1234.5, 0, 0);
    assert_false(parse("1234,5", &value));
    assert_non_null(setlocale(LC_ALL, "C"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fixed_decimals_are_written_with_a_point),
        cmocka_unit_test(a_negative_zero_loses_its_sign),
        cmocka_unit_test(what_is_not_a_number_is_written_blank),
        cmocka_unit_test(seventeen_digits_give_the_same_number_back),
        cmocka_unit_test(pence_are_written_as_pounds),
        cmocka_unit_test(whole_decimal_numbers_are_read),
        cmocka_unit_test(anything_else_is_refused_as_a_number),
        cmocka_unit_test(whole_numbers_are_read_without_overflow),
        cmocka_unit_test(numbers_keep_their_point_in_a_locale_with_a_comma),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
