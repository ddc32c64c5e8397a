#include "pc_test.h"

#include "placecast/day.h"

static pc_day day(int year, int month, int of_month)
{
    return pc_day_from_date((pc_date){.year = year, .month = month, .day = of_month});
}

static bool parse(const char *text, pc_day *out)
{
    return pc_day_parse(text, strlen(text), out);
}

static void assert_reads(const char *text, int year, int month, int of_month)
{
    pc_day out = PC_DAY_NONE;

    if (!parse(text, &out) || out != day(year, month, of_month)) {
        fail_msg("<%s> is read as day %d, expected %d-%d-%d", text, (int)out, year, month, of_month);
    }
}

static void assert_refused(const char *text)
{
    pc_day out = 42;

    if (parse(text, &out)) {
        fail_msg("<%s> is read as day %d, expected a refusal", text, (int)out);
    }
    assert_int_equal(out, 42);
}

static void known_days_have_their_numbers(void **state)
{
    (void)state;
    assert_int_equal(day(1970, 1, 1), 0);
    assert_int_equal(day(1969, 12, 31), -1);
    assert_int_equal(day(2000, 1, 1), 10957);
    assert_int_equal(day(2000, 3, 1), 11017);
    assert_int_equal(day(1900, 1, 1), -25567);
    assert_int_equal(day(2011, 9, 30), 15247);
}

/* Walks the calendar by its rules, day by day, beside the formula. */
static void every_day_of_1900_to_2100_goes_there_and_back(void **state)
{
    static const int length[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    pc_day expected = -25567;

    (void)state;
    for (int year = 1900; year <= 2100; year++) {
        bool leap = year % 4 == 0 && (year % 100 != 0 || year == 2000);

        for (int month = 1; month <= 12; month++) {
            for (int d = 1; d <= length[month - 1] + (leap && month == 2); d++, expected++) {
                pc_date back = pc_date_from_day(expected);
                char text[PC_DAY_TEXT_SIZE], wanted[40];
                pc_day read;

                assert_int_equal(day(year, month, d), expected);
                assert_true(back.year == year && back.month == month && back.day == d);
                snprintf(wanted, sizeof wanted, "%d-%02d-%02d", year, month, d);
                assert_string_equal(pc_day_format(expected, text), wanted);
                assert_true(parse(text, &read) && read == expected);
                snprintf(wanted, sizeof wanted, "%02d/%02d/%d", d, month, year);
                assert_true(parse(wanted, &read) && read == expected);
            }
        }
    }
    assert_int_equal(expected, day(2101, 1, 1));
}

static void both_date_forms_are_read(void **state)
{
    (void)state;
    assert_reads("30/09/2011", 2011, 9, 30);
    assert_reads("2011-09-30", 2011, 9, 30);
    assert_reads("1/2/2011", 2011, 2, 1); /* the day first, as in every return */
    assert_reads("2011-2-1", 2011, 2, 1);
    assert_reads("29/02/2012", 2012, 2, 29);
    assert_reads("29/02/2000", 2000, 2, 29);
}

static void a_time_of_day_is_ignored(void **state)
{
    (void)state;
    assert_reads("2011-09-30 00:00:00", 2011, 9, 30);
    assert_reads("2011-09-30T12:34:56.789", 2011, 9, 30);
    assert_reads("30/09/2011 00:00", 2011, 9, 30);
    assert_refused("2011-09-30 noon");
    assert_refused("2011-09-30T");
    assert_refused("2011-09-30x");
}

static void days_that_do_not_exist_are_refused(void **state)
{
    (void)state;
    assert_refused("31/09/2012");
    assert_refused("29/02/2011");
    assert_refused("29/02/1900");
    assert_refused("30/02/2012");
    assert_refused("00/01/2012");
    assert_refused("01/00/2012");
    assert_refused("01/13/2012");
    assert_refused("2012-13-01");
    assert_refused("2012-01-32");
}

static void what_is_no_date_is_refused(void **state)
{
    static const char *const garbage[] = {
        "",           "z",          "/",           "//",
        "1/1",        "1/1/",       "1/1/11",      "11-01-01",
        "2011/01/01", "01-01-2011", "1.1.2011",    "20110101",
        " 1/1/2011",  "1/1/2011/",  "+1/1/2011",   "-1/1/2011",
        "1/-1/2011",  "1/1/20111",  "1 /1/2011",   "0001-01-01",
        "0/0/0",      "1/Jan/2011", "2011-01",     "40816",
        "1/1-2011",   "2011-01/01", "99999-01-01", "99999999999999999999/1/2011"};

    (void)state;
    for (size_t g = 0; g < sizeof garbage / sizeof garbage[0]; g++) {
        assert_refused(garbage[g]);
    }
}

static void the_length_bounds_what_is_read(void **state)
{
    pc_day out;

    (void)state;
    assert_true(pc_day_parse("2011-09-305", 10, &out)); /* the 5 lies beyond the text */
    assert_int_equal(out, day(2011, 9, 30));
    assert_false(pc_day_parse("2011-09-30", 8, &out));
    assert_false(pc_day_parse("2011-09-30", 0, &out));
}

static void unknown_and_open_days_are_written_blank(void **state)
{
    char text[PC_DAY_TEXT_SIZE];

    (void)state;
    assert_string_equal(pc_day_format(PC_DAY_NONE, text), "");
    assert_string_equal(pc_day_format(PC_DAY_OPEN, text), "");
    assert_string_equal(pc_day_format(PC_DAY_OPEN - 1, text), ""); /* a year beyond 9999 has no such form */
    assert_string_equal(pc_day_format(PC_DAY_NONE + 1, text), "");
    assert_string_equal(pc_day_format(day(9999, 12, 31), text), "9999-12-31");
}

static void a_child_born_on_29_february_has_birthdays_on_1_march(void **state)
{
    pc_day birth = day(2004, 2, 29);

    (void)state;
    assert_int_equal(pc_birthday(birth, 1), day(2005, 3, 1));
    assert_int_equal(pc_birthday(birth, 4), day(2008, 2, 29));
    assert_int_equal(pc_birthday(birth, 18), day(2022, 3, 1));
    assert_int_equal(pc_age_years(birth, day(2022, 2, 28)), 17);
    assert_int_equal(pc_age_years(birth, day(2022, 3, 1)), 18);
    assert_int_equal(pc_age_years(birth, day(2008, 2, 28)), 3);
    assert_int_equal(pc_age_years(birth, day(2008, 2, 29)), 4);
    assert_int_equal(pc_birthday(day(2004, 2, 28), 1), day(2005, 2, 28));
}

static void age_counts_completed_years(void **state)
{
    pc_day birth = day(2000, 6, 15);

    (void)state;
    assert_int_equal(pc_age_years(birth, birth), 0);
    assert_int_equal(pc_age_years(birth, day(2001, 6, 14)), 0);
    assert_int_equal(pc_age_years(birth, day(2001, 6, 15)), 1);
    assert_int_equal(pc_age_years(birth, day(2018, 6, 14)), 17);
    assert_int_equal(pc_age_years(birth, day(2018, 6, 15)), 18);
}

static void months_and_financial_years_begin_where_they_should(void **state)
{
    char text[PC_DAY_TEXT_SIZE];

    (void)state;
    assert_int_equal(pc_month_of_day(day(2011, 10, 31)), 2011 * 12 + 9);
    assert_int_equal(pc_month_first_day(2011 * 12 + 9), day(2011, 10, 1));
    assert_int_equal(pc_month_first_day(2011 * 12 + 12), day(2012, 1, 1));
    assert_int_equal(pc_financial_year(day(2012, 3, 31)), 2011);
    assert_int_equal(pc_financial_year(day(2012, 4, 1)), 2012);
    assert_int_equal(pc_financial_year_first_day(2012), day(2012, 4, 1));
    assert_string_equal(pc_financial_year_format(2011, text), "2011/12");
    assert_string_equal(pc_financial_year_format(1999, text), "1999/00");
}

static void financial_years_are_read_only_when_their_parts_follow(void **state)
{
    static const char *const bad[] = {"",       "2011",   "2011/13", "2011-12", "2011/2012", "11/12",
                                      "201/12", "2011/1", "2011/ 2", "x011/12", "2011/12 ",  "0999/00"};
    int year = -1;

    (void)state;
    assert_true(pc_financial_year_parse("2011/12", 7, &year));
    assert_int_equal(year, 2011);
    assert_true(pc_financial_year_parse("1999/00", 7, &year));
    assert_int_equal(year, 1999);
    for (size_t b = 0; b < sizeof bad / sizeof bad[0]; b++) {
        if (pc_financial_year_parse(bad[b], strlen(bad[b]), &year)) {
            fail_msg("<%s> is read as %d", bad[b], year);
        }
    }
    assert_int_equal(year, 1999);
}

static void validity_has_its_bounds_at_years_1_and_9999(void **state)
{
    (void)state;
    assert_true(pc_date_valid((pc_date){1, 1, 1}));
    assert_true(pc_date_valid((pc_date){9999, 12, 31}));
    assert_false(pc_date_valid((pc_date){0, 1, 1}));
    assert_false(pc_date_valid((pc_date){10000, 1, 1}));
    assert_false(pc_date_valid((pc_date){2011, 2, 29}));
    assert_int_equal(pc_date_from_day(day(1, 1, 1)).year, 1);
    assert_int_equal(pc_date_from_day(day(9999, 12, 31)).day, 31);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_days_have_their_numbers),
        cmocka_unit_test(every_day_of_1900_to_2100_goes_there_and_back),
        cmocka_unit_test(both_date_forms_are_read),
        cmocka_unit_test(a_time_of_day_is_ignored),
        cmocka_unit_test(days_that_do_not_exist_are_refused),
        cmocka_unit_test(what_is_no_date_is_refused),
        cmocka_unit_test(the_length_bounds_what_is_read),
        cmocka_unit_test(unknown_and_open_days_are_written_blank),
        cmocka_unit_test(a_child_born_on_29_february_has_birthdays_on_1_march),
        cmocka_unit_test(age_counts_completed_years),
        cmocka_unit_test(months_and_financial_years_begin_where_they_should),
        cmocka_unit_test(financial_years_are_read_only_when_their_parts_follow),
        cmocka_unit_test(validity_has_its_bounds_at_years_1_and_9999),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
