/* What table_line.c writes, number by number, against hand-worked texts and against printf. */
#include <math.h>

#include "base/keyed_random.h"
#include "base/number_text.h"
#include "pc_test.h"
#include "report/table_line.h"

static char *written(double value, int decimals, int trim)
{
    char *text = NULL;
    size_t size = 0;
    report_table *table = calloc(1, sizeof *table);

    assert_non_null(table);
    table->stream = open_memstream(&text, &size);
    assert_non_null(table->stream);
    report_table_number(table, value, decimals, trim);
    report_table_flush(table);
    fclose(table->stream);
    free(table);
    return text;
}

static void check(double value, int decimals, int trim, const char *expected)
{
    char *text = written(value, decimals, trim);

    assert_string_equal(text, expected);
    free(text);
}

static void numbers_have_their_decimals(void **state)
{
    (void)state;
    check(0, 0, 0, "0");
    check(0, 2, 0, "0.00");
    check(0, 6, 1, "0");
    check(12, 0, 0, "12");
    check(12.5, 6, 1, "12.5");
    check(12.000001, 6, 1, "12.000001");
    check(12.0000004, 6, 1, "12");
    check(100, 6, 1, "100"); /* zeros before the point stay */
    check(0.05, 2, 0, "0.05");
    check(1234567.891, 2, 0, "1234567.89");
    check(1.0 / 3, 6, 1, "0.333333");
}

static void a_half_is_rounded_away_from_zero(void **state)
{
    (void)state;
    check(0.125, 2, 0, "0.13");
    check(-0.125, 2, 0, "-0.13");
    check(2.5, 0, 0, "3");
}

static void minus_nothing_is_nothing(void **state)
{
    (void)state;
    check(-0.0, 2, 0, "0.00");
    check(-0.001, 2, 0, "0.00");
    check(-1.5, 6, 1, "-1.5");
}

static void what_is_not_known_is_blank(void **state)
{
    (void)state;
    check((double)NAN, 2, 0, "");
    check((double)INFINITY, 2, 0, "");
    check(-(double)INFINITY, 6, 1, "");
}

static void large_numbers_keep_their_digits(void **state)
{
    (void)state;
    check(999999999999.0, 2, 0, "999999999999.00");
    check(1e12, 2, 0, "1000000000000.00");
    check(123456789012345.0, 0, 0, "123456789012345");
}

/* Where printf and this rounding may differ is a tie alone, and these numbers are none. */
static void every_number_is_what_printf_writes(void **state)
{
    pc_random_key key = pc_random_key_make(1, 0);

    (void)state;
    for (uint32_t n = 0; n < 20000; n++) {
        pc_random_block bits = pc_random(key, n, PC_PURPOSE_LIFE, 0);
        double value = (pc_uniform(bits.word[0]) - 0.3) * pow(10, (int)(bits.word[1] % 9));
        char expected[PC_NUMBER_TEXT_SIZE];

        check(value, (int)(n % 7), 0, pc_number_format(value, (int)(n % 7), expected));
    }
}

static void a_line_longer_than_the_buffer_is_whole(void **state)
{
    char *text = NULL, *long_text = malloc(REPORT_BUFFER + 100);
    size_t size = 0;
    report_table *table = calloc(1, sizeof *table);

    (void)state;
    assert_non_null(long_text);
    memset(long_text, 'x', REPORT_BUFFER + 99);
    long_text[REPORT_BUFFER + 99] = '\0';
    assert_non_null(table);
    table->stream = open_memstream(&text, &size);
    report_table_text(table, "before,");
    report_table_text(table, long_text);
    report_table_text(table, ",after");
    report_table_flush(table);
    fclose(table->stream);
    assert_int_equal(size, strlen("before,") + REPORT_BUFFER + 99 + strlen(",after"));
    assert_memory_equal(text, "before,xxx", 10);
    assert_string_equal(text + size - 7, "x,after");
    free(table);
    free(text);
    free(long_text);
}

static void fields_are_quoted_where_needed(void **state)
{
    char *plain = report_field("Best case"), *comma = report_field("A, B"), *formula = report_field("=1+1");

    (void)state;
    assert_string_equal(plain, "Best case");
    assert_string_equal(comma, "\"A, B\"");
    assert_string_equal(formula, "\"'=1+1\"");
    free(plain);
    free(comma);
    free(formula);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_have_their_decimals),
        cmocka_unit_test(a_half_is_rounded_away_from_zero),
        cmocka_unit_test(minus_nothing_is_nothing),
        cmocka_unit_test(what_is_not_known_is_blank),
        cmocka_unit_test(large_numbers_keep_their_digits),
        cmocka_unit_test(every_number_is_what_printf_writes),
        cmocka_unit_test(a_line_longer_than_the_buffer_is_whole),
        cmocka_unit_test(fields_are_quoted_where_needed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
