/* What makes returns doubtful as a whole is said, each by name, and what is in order says nothing. */
#include <stdio.h>

#include "pc_test.h"

#include "intake_case.h"

#define BIRTHS "A,1,01/06/2008,WBRI\nB,1,01/06/2008,WBRI\n"
#define UASC "U,1,01/06/2003,\n"

static void case_year(const intake_case *c, const char *year, const char *rows)
{
    char name[64];

    snprintf(name, sizeof name, "%s/episodes.csv", year);
    case_file(c, name, EPISODE_COLUMNS, rows);
    snprintf(name, sizeof name, "%s/header.csv", year);
    case_file(c, name, HEADER_COLUMNS, BIRTHS);
    snprintf(name, sizeof name, "%s/uasc.csv", year);
    case_file(c, name, UASC_COLUMNS, UASC);
}

#define OPEN_2018 "A,03/05/2018,S,V2,N1,U4,PR1,,,\nB,01/09/2018,S,C2,N1,U1,PR1,10/12/2018,E4A,\n"
#define OPEN_2019 "A,03/05/2018,S,V2,N1,U4,PR1,,,\nB,01/09/2019,S,C2,N1,U1,PR1,10/12/2019,E4A,\n"
#define OPEN_2020 "A,03/05/2018,S,V2,N1,U4,PR1,,,\nB,01/09/2020,S,C2,N1,U1,PR1,10/12/2020,E4A,\n"
#define OPEN_2021 "A,03/05/2018,S,V2,N1,U4,PR1,,,\nB,01/09/2021,S,C2,N1,U1,PR1,10/12/2021,E4A,\n"

static void returns_that_are_whole_say_nothing(void **state)
{
    intake_case c;

    (void)state;
    case_open(&c);
    case_year(&c, "2018-19", OPEN_2018);
    case_year(&c, "2019-20", OPEN_2019);
    case_clean(&c, NULL);
    assert_int_equal(c.status, PC_OK);
    assert_int_equal(c.diagnostics.count[PC_WARNING], 0);
    assert_int_equal(c.diagnostics.count[PC_ASSUMPTION], 1); /* the extract date */
    assert_message(&c.diagnostics, "ends the newest return (2019/20)");
    case_close(&c);
}

static void a_year_between_two_returns_is_missed(void **state)
{
    intake_case c;

    (void)state;
    case_open(&c);
    case_year(&c, "2018-19", OPEN_2018);
    case_year(&c, "2020-21", OPEN_2020);
    case_clean(&c, NULL);
    assert_int_equal(c.status, PC_OK);
    assert_int_equal(c.diagnostics.count[PC_WARNING], 1);
    assert_message(&c.diagnostics, "no return of 2019/20: children who left in it count as in care");
    case_year(&c, "2019-20", OPEN_2019);
    case_clean(&c, NULL);
    assert_int_equal(c.diagnostics.count[PC_WARNING], 0);
    case_close(&c);
}

static void two_years_between_two_returns_are_missed_together(void **state)
{
    intake_case c;

    (void)state;
    case_open(&c);
    case_year(&c, "2018-19", OPEN_2018);
    case_year(&c, "2021-22", OPEN_2021);
    case_clean(&c, NULL);
    assert_int_equal(c.diagnostics.count[PC_WARNING], 1);
    assert_message(&c.diagnostics, "no return of 2019/20 to 2020/21: ");
    case_close(&c);
}

static void kinds_of_file_that_are_missing_are_named(void **state)
{
    intake_case c;

    (void)state;
    case_open(&c);
    case_file(&c, "2018-19/episodes.csv", EPISODE_COLUMNS, OPEN_2018);
    case_clean(&c, NULL);
    assert_int_equal(c.status, PC_OK);
    assert_message(&c.diagnostics, "no file of unaccompanied asylum-seeking children");
    assert_message(&c.diagnostics, "no header and no UASC file");
    assert_int_equal(c.diagnostics.count[PC_WARNING], 1);
    case_file(&c, "2018-19/uasc.csv", UASC_COLUMNS, UASC);
    case_clean(&c, NULL);
    assert_message(&c.diagnostics, "no header file: birth dates are known from UASC files alone");
    assert_no_message(&c.diagnostics, "no file of unaccompanied asylum-seeking children");
    assert_int_equal(c.diagnostics.count[PC_WARNING], 1);
    case_close(&c);
}

static void columns_that_are_missing_say_what_follows(void **state)
{
    intake_case c;

    (void)state;
    case_open(&c);
    case_year(&c, "2018-19", OPEN_2018);
    case_file(&c, "2018-19/episodes.csv",
              "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE PROVIDER,DEC,REC,REASON_PLACE_CHANGE\n", OPEN_2018);
    case_year(&c, "2019-20", OPEN_2019);
    case_clean(&c, NULL);
    assert_int_equal(c.status, PC_OK);
    assert_int_equal(c.diagnostics.count[PC_WARNING], 1);
    assert_message(&c.diagnostics, "no column PLACE_PROVIDER in 1 of 2 files of episodes: who provides");
    case_file(&c, "2018-19/episodes.csv", "CHILD,DECOM,CIN,PLACE,PLACE_PROVIDER,DEC,REASON_PLACE_CHANGE\n",
              "A,03/05/2018,N1,U4,PR1,,\n");
    case_clean(&c, NULL);
    assert_int_equal(c.diagnostics.count[PC_WARNING], 3);
    assert_message(&c.diagnostics, "no column LS in 1 of 2 files of episodes: short breaks");
    assert_message(&c.diagnostics, "no column RNE in 1 of 2 files of episodes: moves");
    assert_message(&c.diagnostics, "no column REC in 1 of 2 files of episodes: how children left");
    case_close(&c);
}

/* n rows of A and B whose DECOM is written month first, and enough that are not. */
static void write_rows(const intake_case *c, int wrong)
{
    char rows[8192] = "";
    size_t at = 0;

    for (int n = 0; n < 60; n++) {
        int day = 1 + n % 28, month = 1 + n / 28;

        at += (size_t)snprintf(rows + at, sizeof rows - at, "C%d,%02d/%02d/2018,S,V2,N1,U4,PR1,,,\n", n,
                               n < wrong ? month : day, n < wrong ? 13 + n % 15 : month);
    }
    case_file(c, "2018-19/episodes.csv", EPISODE_COLUMNS, rows);
}

static void dates_in_another_notation_are_said_once_for_all_their_rows(void **state)
{
    intake_case c;

    (void)state;
    case_open(&c);
    case_year(&c, "2018-19", OPEN_2018);
    write_rows(&c, 10);
    case_clean(&c, "2018-03-31");
    assert_int_equal(c.status, PC_OK);
    assert_int_equal(c.diagnostics.count[PC_WARNING], 1);
    assert_message(&c.diagnostics, "the first of 10 rows with a DECOM that is blank or no date dd/mm/yyyy");
    write_rows(&c, 9);
    case_clean(&c, "2018-03-31");
    assert_int_equal(c.diagnostics.count[PC_WARNING], 0); /* nine are a matter of single rows */
    case_close(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(returns_that_are_whole_say_nothing),
        cmocka_unit_test(a_year_between_two_returns_is_missed),
        cmocka_unit_test(two_years_between_two_returns_are_missed_together),
        cmocka_unit_test(kinds_of_file_that_are_missing_are_named),
        cmocka_unit_test(columns_that_are_missing_say_what_follows),
        cmocka_unit_test(dates_in_another_notation_are_said_once_for_all_their_rows),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
