/* Each rule of docs/cleaning.md on returns small enough to work through by hand: exact file, row, child and
 * action. */
#include "pc_test.h"

#include "intake_case.h"

/* Two children with birthdays that do not matter: born 2008-06-01. */
#define BIRTHS "A,1,01/06/2008,WBRI\nB,2,01/06/2008,WBRI\n"

static void a_clean_return_gives_no_line(void **state)
{
    intake_case c;

    (void)state;
    case_open(&c);
    case_file(&c, "2018/header.csv", HEADER_COLUMNS, BIRTHS);
    case_file(&c, "2018/episodes.csv", EPISODE_COLUMNS,
              "A,03/05/2018,S,V2,N1,U4,PR1,10/06/2018,X1,CARPL\n"
              "A,10/06/2018,P,V2,N1,K2,PR4,20/12/2018,E4A,\n"
              "B,01/09/2018,S,C2,N1,U1,PR1,,,\n");
    case_clean(&c, NULL);
    assert_case(&c, "",
                "/A 2018-05-03 2018-06-10 foster_inhouse start 1 -\n"
                "/A 2018-06-10 2018-12-20 residential_external move 2 home\n"
                "/B 2018-09-01 open kinship start 1 -\n");
    assert_int_equal(c.episodes.extract, pc_day_from_date((pc_date){2019, 3, 31}));
    assert_int_equal(c.episodes.rows_read, 3);
    case_close(&c);
}

static void rows_without_child_or_first_day_are_set_aside(void **state)
{
    intake_case c;

    (void)state;
    case_open(&c);
    case_file(&c, "header.csv", HEADER_COLUMNS, BIRTHS ",1,01/01/2010,WBRI\n");
    case_file(&c, "episodes.csv", EPISODE_COLUMNS,
              ",03/05/2018,S,V2,N1,U4,PR1,10/06/2018,E4A,\n"
              "A,,S,V2,N1,U4,PR1,10/06/2018,E4A,\n"
              "A,31/09/2018,S,V2,N1,U4,PR1,10/10/2018,E4A,\n"
              "A,2018-06-31,S,V2,N1,U4,PR1,10/10/2018,E4A,\n"
              "B,2018-09-01,S,C2,N1,U1,PR1,,,\n");
    case_clean(&c, "2019-03-31");
    assert_case(&c,
                "blank_child episodes.csv:2 / row not used: CHILD is blank\n"
                "unreadable_decom episodes.csv:3 /A row not used: DECOM is blank\n"
                "unreadable_decom episodes.csv:4 /A row not used: DECOM `31/09/2018` is not a date\n"
                "unreadable_decom episodes.csv:5 /A row not used: DECOM `2018-06-31` is not a date\n"
                "blank_child header.csv:4 / row not used: CHILD is blank\n",
                "/B 2018-09-01 open kinship start 1 -\n");
    case_close(&c);
}

static void rows_outside_childhood_or_after_the_extract_are_set_aside(void **state)
{
    intake_case c;

    (void)state;
    case_open(&c);
    case_file(&c, "header.csv", HEADER_COLUMNS, "A,1,29/02/2000,WBRI\nB,1,01/06/2008,WBRI\n");
    case_file(&c, "episodes.csv", EPISODE_COLUMNS,
              "A,28/02/2000,S,V2,N1,U4,PR1,01/03/2000,E4A,\n" /* the day before birth */
              "A,29/02/2000,S,V2,N1,U4,PR1,01/04/2000,E4A,\n" /* the day of birth */
              "A,28/02/2018,S,V2,N1,U4,PR1,01/03/2018,E5,\n"  /* the last day of 17: 18 on 1 March */
              "A,01/03/2018,S,V2,N1,U4,PR1,10/03/2018,E5,\n"  /* 18 */
              "A,05/03/2018,S,V2,N1,U4,PR1,10/03/2018,E5,\n"  /* past 18 */
              "B,31/03/2019,S,C2,N1,U1,PR1,,,\n"              /* the last day that the data know */
              "B,01/04/2019,S,C2,N1,U1,PR1,,,\n");
    case_clean(&c, "2019-03-31");
    assert_case(&c,
                "decom_before_birth episodes.csv:2 /A row not used: DECOM 2000-02-28 is before the birth "
                "date 2000-02-29\n"
                "decom_at_18 episodes.csv:5 /A row not used: DECOM 2018-03-01 is on or after the 18th "
                "birthday 2018-03-01\n"
                "decom_at_18 episodes.csv:6 /A row not used: DECOM 2018-03-05 is on or after the 18th "
                "birthday 2018-03-01\n"
                "decom_after_extract episodes.csv:8 /B row not used: DECOM 2019-04-01 is after the extract "
                "date 2019-03-31\n",
                "/A 2000-02-29 2000-04-01 foster_inhouse start 1 home\n"
                "/A 2018-02-28 2018-03-01 foster_inhouse start 1 age_out\n"
                "/B 2019-03-31 open kinship start 1 -\n");
    case_close(&c);
}

static void the_newest_birth_date_wins_and_the_others_are_listed(void **state)
{
    intake_case c;

    (void)state;
    case_open(&c);
    case_file(&c, "2017/header.csv", HEADER_COLUMNS, "A,1,02/01/2005,WBRI\nB,1,05/05/2005,WBRI\n");
    case_file(&c, "2018/header.csv", HEADER_COLUMNS, "A,1,01/01/2005,WBRI\nB,1,,WBRI\n");
    case_file(&c, "2019/header.csv", HEADER_COLUMNS, "A,1,01/02/2005,WBRI\n");
    case_file(&c, "2018/uasc.csv", UASC_COLUMNS, "A,1,03/03/2003,\n");
    case_file(&c, "2019/episodes.csv", EPISODE_COLUMNS,
              "A,10/01/2019,S,V2,N1,U4,PR1,10/04/2019,E4A,\nB,10/01/2019,S,V2,N1,U4,PR1,10/05/2019,E4A,\n");
    case_clean(&c, NULL);
    assert_case(
        &c,
        "birth_date_conflict 2017/header.csv:2 /A DOB 02/01/2005 not used: 2005-02-01 is, from the newest "
        "return\n"
        "birth_date_conflict 2018/header.csv:2 /A DOB 01/01/2005 not used: 2005-02-01 is, from the newest "
        "return\n"
        "birth_date_conflict 2018/uasc.csv:2 /A DOB 03/03/2003 not used: 2005-02-01 is, from the header\n",
        NULL);
    assert_int_equal(c.episodes.child[0].birth, pc_day_from_date((pc_date){2005, 2, 1}));
    assert_int_equal(c.episodes.child[0].stream, PC_STREAM_UASC);
    assert_int_equal(c.episodes.child[1].birth, pc_day_from_date((pc_date){2005, 5, 5}));
    assert_int_equal(c.episodes.child[1].stream, PC_STREAM_LOCAL);
    case_close(&c);
}

static void the_uasc_file_gives_the_birth_date_where_no_header_does(void **state)
{
    intake_case c;

    (void)state;
    case_open(&c);
    case_file(&c, "2018-header.csv", HEADER_COLUMNS, "A,1,,WBRI\nC,1,1/2/20x5,WBRI\n");
    case_file(&c, "2018-uasc.csv", UASC_COLUMNS, "A,1,01/07/2003,\nB,1,02/07/2003,\nZ,1,02/07/2003,\n");
    case_file(&c, "2018-episodes.csv", EPISODE_COLUMNS,
              "A,03/05/2018,S,V2,N8,U4,PR1,10/06/2018,E4A,\n"
              "B,03/05/2018,S,V2,N8,H5,PR4,,,\n"
              "C,03/05/2018,S,V2,N8,U4,PR1,,,\n"
              "C,03/06/2018,L,C2,N8,U4,PR1,,,\n");
    case_clean(&c, "2019-03-31");
    assert_case(
        &c,
        "missing_dec 2018-episodes.csv:4 /C no DEC: ended on 2018-06-03, when the next episode began\n"
        "no_birth_date 2018-episodes.csv:4 /C no birth date: the child is left out of the fit\n"
        "unreadable_birth 2018-header.csv:3 /C DOB `1/2/20x5` is not a date: read as blank\n"
        "birth_date_from_uasc 2018-uasc.csv:2 /A birth date 2003-07-01 taken from here: no header gives one\n"
        "birth_date_from_uasc 2018-uasc.csv:3 /B birth date 2003-07-02 taken from here: no header gives "
        "one\n",
        "/A 2018-05-03 2018-06-10 foster_inhouse start 1 home\n"
        "/B 2018-05-03 open supported start 1 -\n"
        "/C 2018-05-03 2018-06-03 foster_inhouse start 1 -\n"
        "/C 2018-06-03 open foster_inhouse continue 1 -\n");
    assert_int_equal(c.episodes.child[2].birth, PC_DAY_NONE);
    assert_message(&c.diagnostics, "1 of 3 children (33.3%) have no birth date");
    case_close(&c);
}

static void of_rows_of_one_episode_the_latest_year_is_used_and_closed_before_open(void **state)
{
    intake_case c;

    (void)state;
    case_open(&c);
    case_file(&c, "header.csv", HEADER_COLUMNS, BIRTHS "C,1,01/06/2008,WBRI\nD,1,01/06/2008,WBRI\n");
    case_file(&c, "2017-episodes.csv", EPISODE_COLUMNS,
              "A,03/05/2017,S,V2,N1,U4,PR1,,,\n"                /* stale: closed in 2018 */
              "B,03/05/2017,S,V2,N1,U4,PR1,01/03/2018,E4A,\n"); /* reopened in 2018: the latest year wins */
    case_file(&c, "2018-episodes.csv", EPISODE_COLUMNS,
              "A,03/05/2017,S,C2,N1,U4,PR1,05/06/2018,E41,\n"
              "B,03/05/2017,S,V2,N1,U4,PR1,,,\n"
              "C,01/07/2018,S,V2,N1,U4,PR1,02/08/2018,E4B,\n" /* closed before open, in any order */
              "C,01/07/2018,S,V2,N1,U4,PR1,,,\n"
              "D,01/07/2018,S,V2,N1,U4,PR1,01/08/2018,E4B,\n" /* both closed: the later DEC */
              "D,01/07/2018,S,V2,N1,U4,PR1,05/08/2018,E4A,\n"
              "D,01/07/2018,S,V2,N1,K2,PR1,05/08/2018,E13,\n"); /* alike: the row read last */
    case_clean(&c, "2019-03-31");
    assert_case(&c,
                "duplicate_episode 2017-episodes.csv:2 /A row not used: the episode is taken from "
                "2018-episodes.csv row 2\n"
                "duplicate_episode 2017-episodes.csv:3 /B row not used: the episode is taken from "
                "2018-episodes.csv row 3\n"
                "duplicate_episode 2018-episodes.csv:5 /C row not used: the episode is taken from "
                "2018-episodes.csv row 4\n"
                "duplicate_episode 2018-episodes.csv:6 /D row not used: the episode is taken from "
                "2018-episodes.csv row 7\n"
                "duplicate_episode 2018-episodes.csv:7 /D row not used: the episode is taken from "
                "2018-episodes.csv row 8\n",
                "/A 2017-05-03 2018-06-05 foster_inhouse start 1 order\n"
                "/B 2017-05-03 open foster_inhouse start 1 -\n"
                "/C 2018-07-01 2018-08-02 foster_inhouse start 1 home\n"
                "/D 2018-07-01 2018-08-05 residential_inhouse start 1 home\n");
    case_close(&c);
}

static void a_row_of_no_days_that_goes_on_does_not_hide_the_episode(void **state)
{
    intake_case c;

    (void)state;
    case_open(&c);
    case_file(&c, "2018-header.csv", HEADER_COLUMNS, BIRTHS);
    case_file(
        &c, "2018-episodes.csv", EPISODE_COLUMNS,
        "A,01/07/2018,S,V2,N1,U4,PR1,01/07/2018,X1,CARPL\n" /* placed, and moved the same day */
        "A,01/07/2018,P,V2,N1,K2,PR4,,,\n"
        "B,01/07/2018,S,V2,N1,U4,PR1,01/07/2018,E4A,\n" /* came and left the same day: closed before open */
        "B,01/07/2018,S,V2,N1,U4,PR1,,,\n");
    case_clean(&c, "2019-03-31");
    assert_case(
        &c,
        "duplicate_episode 2018-episodes.csv:2 /A row not used: the episode is taken from 2018-episodes.csv "
        "row 3\n"
        "start_without_s 2018-episodes.csv:3 /A RNE P after no earlier episode or a gap: counts as a start\n"
        "duplicate_episode 2018-episodes.csv:5 /B row not used: the episode is taken from 2018-episodes.csv "
        "row 4\n",
        "/A 2018-07-01 open residential_external start 1 -\n"
        "/B 2018-07-01 2018-07-01 foster_inhouse start 1 home\n");
    case_close(&c);
}

static void short_breaks_are_set_aside_after_duplicates(void **state)
{
    intake_case c;

    (void)state;
    case_open(&c);
    case_file(&c, "2018-header.csv", HEADER_COLUMNS, BIRTHS);
    case_file(&c, "2018-episodes.csv", EPISODE_COLUMNS,
              "A,01/05/2018,S,V3,N2,K2,PR1,03/05/2018,E4A,\n"
              "A,01/06/2018,S,v4,N2,K2,PR1,03/06/2018,E4A,\n"
              "A,01/07/2018,S,V3,N2,K2,PR1,,,\n"
              "A,01/07/2018,S,V2,N2,K2,PR1,03/07/2018,E4A,\n"
              "B,01/07/2018,S,C2,N1,U4,PR1,,,\n");
    case_clean(&c, "2019-03-31");
    assert_case(&c,
                "short_break 2018-episodes.csv:2 /A row not used: a short break (LS V3)\n"
                "short_break 2018-episodes.csv:3 /A row not used: a short break (LS V4)\n"
                "duplicate_episode 2018-episodes.csv:4 /A row not used: the episode is taken from "
                "2018-episodes.csv row 5\n",
                "/A 2018-07-01 2018-07-03 residential_inhouse start 1 home\n"
                "/B 2018-07-01 open foster_inhouse start 1 -\n");
    case_close(&c);
}

static void an_end_before_the_beginning_is_dropped_and_no_days_are_kept(void **state)
{
    intake_case c;

    (void)state;
    case_open(&c);
    case_file(&c, "2018-header.csv", HEADER_COLUMNS, BIRTHS);
    case_file(&c, "2018-episodes.csv", EPISODE_COLUMNS,
              "A,03/05/2018,S,V2,N1,U4,PR1,01/06/2018,X1,CARPL\n"
              "A,01/06/2018,P,V2,N1,U4,PR4,01/06/2018,E4A,\n" /* no days: a move and an end */
              "A,05/06/2018,S,V2,N1,U4,PR1,04/06/2018,E4A,\n" /* ends the day before it began */
              "B,03/05/2018,S,V2,N1,U4,PR1,10/05/2018,E4A,\n");
    case_clean(&c, "2019-03-31");
    assert_case(&c, "dec_before_decom 2018-episodes.csv:4 /A row not used: DEC 2018-06-04 is before DECOM\n",
                "/A 2018-05-03 2018-06-01 foster_inhouse start 1 -\n"
                "/A 2018-06-01 2018-06-01 foster_ifa move 2 home\n"
                "/B 2018-05-03 2018-05-10 foster_inhouse start 1 home\n");
    case_close(&c);
}

static void a_missing_end_and_an_overlap_are_closed_at_the_next_beginning(void **state)
{
    intake_case c;

    (void)state;
    case_open(&c);
    case_file(&c, "2018-header.csv", HEADER_COLUMNS, BIRTHS);
    case_file(&c, "2018-episodes.csv", EPISODE_COLUMNS,
              "A,01/08/2018,P,V2,N1,U4,PR4,31/08/2018,X1,CARPL\n" /* out of order; overlaps by a day */
              "A,03/05/2018,S,V2,N1,U4,PR1,,X1,CARPL\n"           /* no DEC */
              "A,30/08/2018,P,V2,N1,K2,PR4,32/09/2018,E4A,\n"     /* DEC is no day: as if blank */
              "B,03/05/2018,S,V2,N1,U4,PR1,3.6.18,X1,CARPL\n"
              "B,03/06/2018,P,V2,N1,U4,PR4,01/07/2018,E4A,\n");
    case_clean(&c, "2019-03-31");
    assert_case(
        &c,
        "overlap 2018-episodes.csv:2 /A DEC 2018-08-31 changed to 2018-08-30, when the next episode began\n"
        "missing_dec 2018-episodes.csv:3 /A no DEC: ended on 2018-08-01, when the next episode began\n"
        "reason_without_end 2018-episodes.csv:4 /A REC E4A without DEC: left open\n"
        "unreadable_dec 2018-episodes.csv:4 /A DEC is not a date: read as blank\n"
        "missing_dec 2018-episodes.csv:5 /B no DEC: ended on 2018-06-03, when the next episode began\n"
        "unreadable_dec 2018-episodes.csv:5 /B DEC is not a date: read as blank\n",
        "/A 2018-05-03 2018-08-01 foster_inhouse start 1 -\n"
        "/A 2018-08-01 2018-08-30 foster_ifa move 2 -\n"
        "/A 2018-08-30 open residential_external move 3 -\n"
        "/B 2018-05-03 2018-06-03 foster_inhouse start 1 -\n"
        "/B 2018-06-03 2018-07-01 foster_ifa move 2 home\n");
    case_close(&c);
}

static void an_open_episode_of_a_child_in_no_later_return_ends_with_the_return(void **state)
{
    intake_case c;

    (void)state;
    case_open(&c);
    case_file(&c, "header.csv", HEADER_COLUMNS, BIRTHS "C,1,01/06/2008,WBRI\nD,1,01/06/2008,WBRI\n");
    /* named by the year in which they end: only their order counts, the dates say 2017/18 and 2018/19 */
    case_file(&c, "2018/episodes.csv", EPISODE_COLUMNS,
              "A,03/05/2017,S,V2,N1,U4,PR1,,E4A,\n" /* forgotten */
              "B,03/05/2017,S,V2,N1,U4,PR1,,,\n"    /* in the next return by another row */
              "C,03/05/2017,S,V2,N1,U4,PR1,05/05/2017,E4A,\n");
    case_file(&c, "2019/episodes.csv", EPISODE_COLUMNS,
              "B,01/03/2017,S,V2,N1,U4,PR1,03/05/2017,X1,CARPL\n"
              "C,03/05/2018,S,V2,N1,U4,PR1,05/06/2018,E4A,\n"
              "C,03/07/2018,S,V2,N1,U4,PR1,05/08/2018,E4A,\n"
              "D,03/05/2018,S,V2,N1,U4,PR1,,,\n");
    case_clean(&c, NULL);
    assert_case(
        &c,
        "stale_open 2018/episodes.csv:2 /A open, and the child is in no later return: ended on 2018-04-01, "
        "after the last day of return 2018\n"
        "open_not_repeated 2018/episodes.csv:3 /B open, but return 2019 has the child without this episode: "
        "left open\n"
        "s_in_care 2018/episodes.csv:3 /B RNE S on the day the last episode ended: counts as P\n",
        "/A 2017-05-03 2018-04-01 foster_inhouse start 1 other\n"
        "/B 2017-03-01 2017-05-03 foster_inhouse start 1 -\n"
        "/B 2017-05-03 open foster_inhouse move 2 -\n"
        "/C 2017-05-03 2017-05-05 foster_inhouse start 1 home\n"
        "/C 2018-05-03 2018-06-05 foster_inhouse start 1 home\n"
        "/C 2018-07-03 2018-08-05 foster_inhouse start 1 home\n"
        "/D 2018-05-03 open foster_inhouse start 1 -\n");
    assert_int_equal(
        pc_episodes_children_on(&c.episodes, PC_NAME_NONE, pc_day_from_date((pc_date){2018, 3, 31})), 2);
    assert_int_equal(
        pc_episodes_children_on(&c.episodes, PC_NAME_NONE, pc_day_from_date((pc_date){2018, 4, 1})), 1);
    /* seen at the end of the first return, the forgotten one is simply open */
    case_clean(&c, "2018-03-31");
    assert_int_equal(c.status, PC_OK);
    assert_int_equal(c.episodes.row[0].end, PC_DAY_OPEN);
    case_close(&c);
}

static void the_year_of_a_return_is_the_commonest_of_its_ends_ties_to_the_later(void **state)
{
    intake_case c;

    (void)state;
    case_open(&c);
    case_file(&c, "header.csv", HEADER_COLUMNS, BIRTHS "C,1,01/06/2008,WBRI\n");
    case_file(
        &c, "2017.csv", EPISODE_COLUMNS,
        "A,03/05/2016,S,V2,N1,U4,PR1,,,\n" /* stale */
        "B,03/05/2016,S,V2,N1,U4,PR1,05/05/2016,E4A,\n"
        "B,03/05/2017,S,V2,N1,U4,PR1,05/05/2017,E4A,\n"); /* one each of 2016/17 and 2017/18: the later */
    case_file(&c, "2018.csv", EPISODE_COLUMNS,
              "C,03/05/2019,S,V2,N1,U4,PR1,,,\n"); /* no DEC: its latest DECOM */
    case_clean(&c, NULL);
    assert_case(&c,
                "stale_open 2017.csv:2 /A open, and the child is in no later return: ended on 2018-04-01, "
                "after the last "
                "day of return 2017\n",
                "/A 2016-05-03 2018-04-01 foster_inhouse start 1 other\n"
                "/B 2016-05-03 2016-05-05 foster_inhouse start 1 home\n"
                "/B 2017-05-03 2017-05-05 foster_inhouse start 1 home\n"
                "/C 2019-05-03 open foster_inhouse start 1 -\n");
    assert_int_equal(c.episodes.extract, pc_day_from_date((pc_date){2020, 3, 31}));
    assert_int_equal(c.episodes.covered_from, pc_day_from_date((pc_date){2017, 4, 1}));
    case_close(&c);
}

static void an_end_after_the_extract_is_open_and_18_closes(void **state)
{
    intake_case c;

    (void)state;
    case_open(&c);
    case_file(&c, "header.csv", HEADER_COLUMNS,
              "A,1,01/06/2008,WBRI\nB,1,01/06/2008,WBRI\nC,1,02/01/2001,WBRI\nD,1,02/01/2001,WBRI\nE,1,02/01/"
              "2001,WBRI\n"
              "F,1,01/04/2001,WBRI\nG,1,31/03/2001,WBRI\n");
    case_file(
        &c, "2018-episodes.csv", EPISODE_COLUMNS,
        "A,03/05/2018,S,V2,N1,U4,PR1,31/03/2019,E4A,\n"  /* the last day known: an end */
        "B,03/05/2018,S,V2,N1,U4,PR1,01/04/2019,E4A,\n"  /* after it: open */
        "C,03/05/2018,S,V2,N1,U4,PR1,,,\n"               /* 18 on 2 January 2019 */
        "D,03/05/2018,S,V2,N1,U4,PR1,03/01/2019,E17,\n"  /* a day late */
        "E,03/05/2018,S,V2,N1,U4,PR1,02/01/2019,E4A,\n"  /* on the day: not listed, and age out whatever the
                                                            REC */
        "F,03/05/2018,S,V2,N1,U4,PR1,,,\n"               /* 18 after the extract: open */
        "G,03/05/2018,S,V2,N1,U4,PR1,04/04/2019,E5,\n"); /* 18 on the last day known: after it, then closed */
    case_clean(&c, "2019-03-31");
    assert_case(
        &c,
        "dec_after_extract 2018-episodes.csv:3 /B DEC 2019-04-01 is after the extract date: open\n"
        "closed_at_18 2018-episodes.csv:4 /C open: ended on the 18th birthday, 2019-01-02\n"
        "closed_at_18 2018-episodes.csv:5 /D end 2019-01-03 changed to the 18th birthday, 2019-01-02\n"
        "closed_at_18 2018-episodes.csv:8 /G open: ended on the 18th birthday, 2019-03-31\n"
        "dec_after_extract 2018-episodes.csv:8 /G DEC 2019-04-04 is after the extract date: open\n",
        "/A 2018-05-03 2019-03-31 foster_inhouse start 1 home\n"
        "/B 2018-05-03 open foster_inhouse start 1 -\n"
        "/C 2018-05-03 2019-01-02 foster_inhouse start 1 age_out\n"
        "/D 2018-05-03 2019-01-02 foster_inhouse start 1 age_out\n"
        "/E 2018-05-03 2019-01-02 foster_inhouse start 1 age_out\n"
        "/F 2018-05-03 open foster_inhouse start 1 -\n"
        "/G 2018-05-03 2019-03-31 foster_inhouse start 1 age_out\n");
    case_close(&c);
}

static void exit_causes_follow_the_reason_but_never_age_out(void **state)
{
    static const struct {
        const char *reason;
        pc_exit_cause cause;
    } known[] = {{"E11", PC_EXIT_ADOPTION}, {"E12", PC_EXIT_ADOPTION}, {"E4A", PC_EXIT_HOME},
                 {"E4B", PC_EXIT_HOME},     {"E13", PC_EXIT_HOME},     {"E41", PC_EXIT_ORDER},
                 {"E45", PC_EXIT_ORDER},    {"E46", PC_EXIT_ORDER},    {"E47", PC_EXIT_ORDER},
                 {"E48", PC_EXIT_ORDER},    {"E3", PC_EXIT_TRANSFER},  {"E2", PC_EXIT_OTHER},
                 {"E5", PC_EXIT_OTHER},     {"E6", PC_EXIT_OTHER},     {"E7", PC_EXIT_OTHER},
                 {"E8", PC_EXIT_OTHER},     {"E9", PC_EXIT_OTHER},     {"E14", PC_EXIT_OTHER},
                 {"E15", PC_EXIT_OTHER},    {"E16", PC_EXIT_OTHER},    {"E17", PC_EXIT_OTHER}};
    intake_case c;

    (void)state;
    case_open(&c);
    case_file(&c, "2018-header.csv", HEADER_COLUMNS, BIRTHS);
    for (size_t k = 0; k < sizeof known / sizeof known[0]; k++) {
        char row[128];

        snprintf(row, sizeof row, "A,03/05/2018,S,V2,N1,U4,PR1,10/06/2018,%s,\n", known[k].reason);
        case_file(&c, "2018-episodes.csv", EPISODE_COLUMNS, row);
        case_clean(&c, NULL);
        assert_case(&c, "", NULL);
        assert_int_equal(c.episodes.row[0].exit_cause, known[k].cause);
    }
    case_file(&c, "2018-episodes.csv", EPISODE_COLUMNS,
              "A,03/05/2018,S,V2,N1,U4,PR1,10/06/2018,X1,\nB,03/05/2018,S,V2,N1,U4,PR1,10/06/2018,,\n");
    case_clean(&c, NULL);
    assert_case(&c,
                "ended_without_reason 2018-episodes.csv:2 /A care ended with REC X1: cause `other`\n"
                "ended_without_reason 2018-episodes.csv:3 /B care ended with REC blank: cause `other`\n",
                "/A 2018-05-03 2018-06-10 foster_inhouse start 1 other\n"
                "/B 2018-05-03 2018-06-10 foster_inhouse start 1 other\n");
    case_close(&c);
}

static void unknown_codes_are_kept_counted_and_never_a_stop(void **state)
{
    intake_case c;

    (void)state;
    case_open(&c);
    case_file(&c, "2018-header.csv", HEADER_COLUMNS, BIRTHS);
    case_file(&c, "2018-episodes.csv", EPISODE_COLUMNS,
              "A,03/05/2018,Q,XX,N9,U9,PR1,10/06/2018,X1,MAYBE\n"
              "A,10/06/2018,,,,,,01/07/2018,E99,\n"
              "B,03/05/2018, s ,c2,n1,u4,pr4,10/06/2018,e4a,\n"); /* case and blanks do not matter */
    case_clean(&c, NULL);
    assert_case(&c,
                "unknown_legal_status 2018-episodes.csv:2 /A LS `XX` is not a national code\n"
                "unknown_need 2018-episodes.csv:2 /A CIN `N9` is not a national code\n"
                "unknown_place 2018-episodes.csv:2 /A PLACE `U9`: category other\n"
                "unknown_reason_place_change 2018-episodes.csv:2 /A REASON_PLACE_CHANGE `MAYBE` is not a "
                "national code\n"
                "unknown_reason_started 2018-episodes.csv:2 /A RNE `Q` is not a national code: counts as P\n"
                "unknown_legal_status 2018-episodes.csv:3 /A LS blank\n"
                "unknown_need 2018-episodes.csv:3 /A CIN blank\n"
                "unknown_place 2018-episodes.csv:3 /A PLACE blank: category other\n"
                "unknown_reason_ended 2018-episodes.csv:3 /A REC `E99` is not a national code: cause `other` "
                "if care ended\n"
                "unknown_reason_started 2018-episodes.csv:3 /A RNE blank: counts as P\n",
                "/A 2018-05-03 2018-06-10 other start 1 -\n"
                "/A 2018-06-10 2018-07-01 other move 2 other\n"
                "/B 2018-05-03 2018-06-10 foster_ifa start 1 home\n");
    assert_string_equal(pc_names_text(&c.episodes.code, c.episodes.row[2].place), "U4");
    assert_string_equal(pc_names_text(&c.episodes.code, c.episodes.row[0].place), "U9");
    case_close(&c);
}

static void an_unknown_provider_takes_the_commonest_of_the_place(void **state)
{
    intake_case c;

    (void)state;
    case_open(&c);
    case_file(&c, "2018-header.csv", HEADER_COLUMNS, BIRTHS);
    case_file(&c, "2018-episodes.csv", EPISODE_COLUMNS,
              "A,01/05/2018,S,V2,N1,U4,PR4,02/05/2018,E4A,\n"
              "A,03/05/2018,S,V2,N1,U4,PR4,04/05/2018,E4A,\n"
              "A,05/05/2018,S,V2,N1,U4,PR1,06/05/2018,E4A,\n"
              "A,07/05/2018,S,V2,N1,U4,,08/05/2018,E4A,\n"    /* PR4, twice against once */
              "A,09/05/2018,S,V2,N1,U4,PR0,10/05/2018,E4A,\n" /* a parent cannot be a foster carer */
              "A,11/05/2018,S,V2,N1,U4,PR9,12/05/2018,E4A,\n"
              "A,13/05/2018,S,V2,N1,K2,,14/05/2018,E4A,\n" /* no row tells: PR1 */
              "A,15/05/2018,S,V2,N1,U5,PR5,16/05/2018,E4A,\n"
              "A,17/05/2018,S,V2,N1,U5,PR1,18/05/2018,E4A,\n"
              "A,19/05/2018,S,V2,N1,U5,,20/05/2018,E4A,\n" /* once each: the lowest */
              "A,21/05/2018,S,V2,N1,P1,,22/05/2018,E4A,\n" /* none is needed */
              "A,23/05/2018,S,V2,N1,Z1,,24/05/2018,E4A,\n");
    case_clean(&c, NULL);
    assert_case(&c,
                "unknown_provider 2018-episodes.csv:5 /A PLACE_PROVIDER blank: PR4 taken, the commonest of "
                "U4 (in the authority)\n"
                "unknown_provider 2018-episodes.csv:6 /A PLACE_PROVIDER `PR0`: PR4 taken, the commonest of "
                "U4 (in the authority)\n"
                "unknown_provider 2018-episodes.csv:7 /A PLACE_PROVIDER `PR9`: PR4 taken, the commonest of "
                "U4 (in the authority)\n"
                "unknown_provider 2018-episodes.csv:8 /A PLACE_PROVIDER blank: PR1 taken, the commonest of "
                "K2 (assumed: no row gives one)\n"
                "unknown_provider 2018-episodes.csv:11 /A PLACE_PROVIDER blank: PR1 taken, the commonest of "
                "U5 (in the authority)\n",
                "/A 2018-05-01 2018-05-02 foster_ifa start 1 home\n"
                "/A 2018-05-03 2018-05-04 foster_ifa start 1 home\n"
                "/A 2018-05-05 2018-05-06 foster_inhouse start 1 home\n"
                "/A 2018-05-07 2018-05-08 foster_ifa start 1 home\n"
                "/A 2018-05-09 2018-05-10 foster_ifa start 1 home\n"
                "/A 2018-05-11 2018-05-12 foster_ifa start 1 home\n"
                "/A 2018-05-13 2018-05-14 residential_inhouse start 1 home\n"
                "/A 2018-05-15 2018-05-16 foster_ifa start 1 home\n"
                "/A 2018-05-17 2018-05-18 foster_inhouse start 1 home\n"
                "/A 2018-05-19 2018-05-20 foster_inhouse start 1 home\n"
                "/A 2018-05-21 2018-05-22 parents start 1 home\n"
                "/A 2018-05-23 2018-05-24 other start 1 home\n");
    assert_string_equal(pc_names_text(&c.episodes.code, c.episodes.row[3].provider), "PR4");
    case_close(&c);
}

static void codes_outside_their_days_are_noted_and_mapped(void **state)
{
    intake_case c;

    (void)state;
    case_open(&c);
    case_file(&c, "header.csv", HEADER_COLUMNS, BIRTHS);
    case_file(&c, "episodes.csv", EPISODE_COLUMNS,
              "A,01/05/2023,S,V2,N1,K3,PR4,01/06/2023,X1,CARPL\n" /* K3 began on 28 October 2023 */
              "A,01/06/2023,P,V2,N1,K3,PR4,29/10/2023,X1,CARPL\n" /* one day of it */
              "A,29/10/2023,P,V2,N1,P2,PR4,,,\n"                  /* P2 ended on 27 October 2023 */
              "B,01/03/2023,S,V2,N1,P2,PR4,28/10/2023,E5,\n"
              "B,31/03/2015,S,V2,N1,Q2,PR1,31/03/2015,E4A,\n");
    case_clean(&c, "2024-03-31");
    assert_case(&c,
                "place_out_of_date episodes.csv:2 /A PLACE K3 was not in use in those days\n"
                "place_out_of_date episodes.csv:4 /A PLACE P2 was not in use in those days\n",
                "/A 2023-05-01 2023-06-01 supported start 1 -\n"
                "/A 2023-06-01 2023-10-29 supported move 2 -\n"
                "/A 2023-10-29 open supported move 3 -\n"
                "/B 2015-03-31 2015-03-31 foster_inhouse start 1 home\n"
                "/B 2023-03-01 2023-10-28 supported start 1 other\n");
    case_close(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_clean_return_gives_no_line),
        cmocka_unit_test(rows_without_child_or_first_day_are_set_aside),
        cmocka_unit_test(rows_outside_childhood_or_after_the_extract_are_set_aside),
        cmocka_unit_test(the_newest_birth_date_wins_and_the_others_are_listed),
        cmocka_unit_test(the_uasc_file_gives_the_birth_date_where_no_header_does),
        cmocka_unit_test(of_rows_of_one_episode_the_latest_year_is_used_and_closed_before_open),
        cmocka_unit_test(a_row_of_no_days_that_goes_on_does_not_hide_the_episode),
        cmocka_unit_test(short_breaks_are_set_aside_after_duplicates),
        cmocka_unit_test(an_end_before_the_beginning_is_dropped_and_no_days_are_kept),
        cmocka_unit_test(a_missing_end_and_an_overlap_are_closed_at_the_next_beginning),
        cmocka_unit_test(an_open_episode_of_a_child_in_no_later_return_ends_with_the_return),
        cmocka_unit_test(the_year_of_a_return_is_the_commonest_of_its_ends_ties_to_the_later),
        cmocka_unit_test(an_end_after_the_extract_is_open_and_18_closes),
        cmocka_unit_test(exit_causes_follow_the_reason_but_never_age_out),
        cmocka_unit_test(unknown_codes_are_kept_counted_and_never_a_stop),
        cmocka_unit_test(an_unknown_provider_takes_the_commonest_of_the_place),
        cmocka_unit_test(codes_outside_their_days_are_noted_and_mapped),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
