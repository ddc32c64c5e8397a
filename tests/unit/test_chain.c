/* Periods of care, placements and moves (model.md section 1; docs/cleaning.md, "What a row is"). */
#include "pc_test.h"

#include "intake_case.h"

static void open_with(intake_case *c, const char *rows)
{
    case_open(c);
    case_file(c, "2018-header.csv", HEADER_COLUMNS, "A,1,01/06/2008,WBRI\nB,2,01/06/2008,WBRI\n");
    case_file(c, "2018-episodes.csv", EPISODE_COLUMNS, rows);
    case_clean(c, "2019-03-31");
}

static pc_day day(int year, int month, int of_month)
{
    return pc_day_from_date((pc_date){year, month, of_month});
}

static void dates_decide_what_a_period_of_care_is(void **state)
{
    intake_case c;

    (void)state;
    open_with(&c,
              "A,01/05/2018,S,V2,N1,U4,PR1,01/06/2018,E4A,\n"
              "A,02/06/2018,P,V2,N1,U4,PR1,01/07/2018,X1,CARPL\n" /* a day's gap: a start, whatever its RNE */
              "A,01/07/2018,S,V2,N1,U4,PR4,01/08/2018,E4A,\n"     /* no gap: in care, whatever its RNE */
              "A,01/10/2018,S,V2,N1,U1,PR1,,,\n"
              "B,01/05/2018,L,V2,N1,U4,PR1,01/06/2018,E4A,\n");
    assert_case(
        &c,
        "start_without_s 2018-episodes.csv:3 /A RNE P after no earlier episode or a gap: counts as a start\n"
        "s_in_care 2018-episodes.csv:4 /A RNE S on the day the last episode ended: counts as P\n"
        "start_without_s 2018-episodes.csv:6 /B RNE L after no earlier episode or a gap: counts as a start\n",
        "/A 2018-05-01 2018-06-01 foster_inhouse start 1 home\n"
        "/A 2018-06-02 2018-07-01 foster_inhouse start 1 -\n"
        "/A 2018-07-01 2018-08-01 foster_ifa move 2 home\n"
        "/A 2018-10-01 open kinship start 1 -\n"
        "/B 2018-05-01 2018-06-01 foster_inhouse start 1 home\n");
    assert_int_equal(c.episodes.row[2].care_start, day(2018, 6, 2));
    assert_int_equal(c.episodes.row[2].placement_start, day(2018, 7, 1));
    assert_int_equal(c.episodes.row[3].care_start, day(2018, 10, 1));
    case_close(&c);
}

static void care_that_began_before_the_first_return_is_not_reported(void **state)
{
    intake_case c;

    (void)state;
    open_with(&c, "A,31/03/2018,P,V2,N1,U4,PR1,01/06/2018,E4A,\n"   /* before 1 April 2018: its S was never in
                                                                       the return */
                  "B,01/04/2018,P,V2,N1,U4,PR1,01/06/2018,E4A,\n"); /* on it: the row before should be here */
    assert_case(
        &c,
        "start_without_s 2018-episodes.csv:3 /B RNE P after no earlier episode or a gap: counts as a start\n",
        NULL);
    case_close(&c);
}

static void a_move_is_a_new_placement_and_a_change_of_status_is_not(void **state)
{
    intake_case c;

    (void)state;
    open_with(
        &c,
        "A,01/05/2018,S,V2,N1,U4,PR4,11/05/2018,X1,CARPL\n"
        "A,11/05/2018,P,V2,N1,U4,PR4,21/05/2018,X1,\n"      /* foster to foster: a move all the same */
        "A,21/05/2018,L,C2,N1,U4,PR4,01/06/2018,X1,LAREQ\n" /* legal status only */
        "A,01/06/2018,B,E1,N1,U4,PR1,11/06/2018,X1,PLACE\n" /* both: a move; it ends in a change of status */
        "A,11/06/2018,T,E1,N1,A5,PR1,21/06/2018,X1,PLACE\n" /* the carer adopts */
        "A,21/06/2018,U,E1,N1,A5,PR1,01/07/2018,X1,PLACE\n" /* nothing that counts */
        "A,01/07/2018,P,E1,N1,A3,PR1,11/07/2018,X1,PLACE\n" /* RNE P, but reason PLACE, same category */
        "A,11/07/2018,P,E1,N1,U5,PR1,21/07/2018,X1,CARPL\n" /* RNE P, but reason PLACE, other category */
        "A,21/07/2018,L,E1,N1,K2,PR4,01/08/2018,X1,CARPL\n" /* RNE L with another category */
        "A,01/08/2018,P,E1,N1,K2,PR4,,,\n");
    assert_case(&c, "",
                "/A 2018-05-01 2018-05-11 foster_ifa start 1 -\n"
                "/A 2018-05-11 2018-05-21 foster_ifa move 2 -\n"
                "/A 2018-05-21 2018-06-01 foster_ifa continue 2 -\n"
                "/A 2018-06-01 2018-06-11 foster_inhouse move 3 -\n"
                "/A 2018-06-11 2018-06-21 adoption status 3 -\n"
                "/A 2018-06-21 2018-07-01 adoption continue 3 -\n"
                "/A 2018-07-01 2018-07-11 adoption continue 3 -\n"
                "/A 2018-07-11 2018-07-21 foster_inhouse status 3 -\n"
                "/A 2018-07-21 2018-08-01 residential_external status 3 -\n"
                "/A 2018-08-01 open residential_external move 4 -\n");
    assert_int_equal(c.episodes.row[8].placement_start, day(2018, 6, 1)); /* status keeps the clock */
    assert_int_equal(c.episodes.row[9].care_start, day(2018, 5, 1));
    case_close(&c);
}

static void the_reason_stands_on_the_row_that_ended(void **state)
{
    intake_case c;

    (void)state;
    open_with(&c, "A,01/05/2018,S,V2,N1,U4,PR4,11/05/2018,X1,CARPL\n"
                  "A,11/05/2018,P,V2,N1,U4,PR1,21/05/2018,X1,PLACE\n" /* its PLACE is about the next row */
                  "A,21/05/2018,P,V2,N1,U1,PR1,,,CARPL\n"
                  "B,01/05/2018,S,V2,N1,U4,PR4,11/05/2018,X1,\n" /* blank: the last row speaks for itself */
                  "B,11/05/2018,P,V2,N1,U1,PR4,,,PLACE\n");
    assert_case(&c, "",
                "/A 2018-05-01 2018-05-11 foster_ifa start 1 -\n"
                "/A 2018-05-11 2018-05-21 foster_inhouse move 2 -\n"
                "/A 2018-05-21 open kinship status 2 -\n"
                "/B 2018-05-01 2018-05-11 foster_ifa start 1 -\n"
                "/B 2018-05-11 open kinship status 1 -\n");
    case_close(&c);
}

static void temporary_codes_keep_the_placement_that_they_interrupt(void **state)
{
    intake_case c;

    (void)state;
    open_with(&c, "A,01/05/2018,S,V2,N1,U4,PR4,11/05/2018,X1,\n"
                  "A,11/05/2018,P,V2,N1,T1,PR3,21/05/2018,X1,\n"
                  "A,21/05/2018,P,V2,N1,T0,,01/06/2018,X1,\n"
                  "A,01/06/2018,P,V2,N1,U4,PR4,11/06/2018,X1,\n" /* back: the same placement */
                  "A,11/06/2018,P,V2,N1,T3,,21/06/2018,X1,\n"
                  "A,21/06/2018,P,V2,N1,U4,PR1,01/07/2018,X1,\n" /* another provider: a move */
                  "A,01/07/2018,P,V2,N1,T4,,11/07/2018,X1,\n"
                  "A,11/07/2018,T,V2,N1,A5,PR1,,,\n"); /* back to a carer who adopts */
    assert_case(&c, "",
                "/A 2018-05-01 2018-05-11 foster_ifa start 1 -\n"
                "/A 2018-05-11 2018-05-21 foster_ifa continue 1 -\n"
                "/A 2018-05-21 2018-06-01 foster_ifa continue 1 -\n"
                "/A 2018-06-01 2018-06-11 foster_ifa continue 1 -\n"
                "/A 2018-06-11 2018-06-21 foster_ifa continue 1 -\n"
                "/A 2018-06-21 2018-07-01 foster_inhouse move 2 -\n"
                "/A 2018-07-01 2018-07-11 foster_inhouse continue 2 -\n"
                "/A 2018-07-11 open adoption status 2 -\n");
    assert_string_equal(pc_names_text(&c.episodes.code, c.episodes.row[1].place), "T1"); /* as it stood */
    case_close(&c);
}

static void a_temporary_code_without_a_placement_takes_the_next_or_the_last_category(void **state)
{
    intake_case c;

    (void)state;
    open_with(
        &c,
        "A,01/05/2018,S,V2,N1,T1,PR3,11/05/2018,X1,\n"
        "A,11/05/2018,P,V2,N1,K2,PR4,21/05/2018,E4A,\n"
        "A,01/06/2018,S,V2,N1,T0,,11/06/2018,E4A,\n" /* alone in its period: nothing carries over the gap */
        "B,01/05/2018,S,V2,N1,U4,PR1,11/05/2018,X1,\n"
        "B,11/05/2018,P,V2,N1,T2,,21/05/2018,E4A,\n"); /* may not end care, but it interrupts a placement */
    assert_case(
        &c,
        "temporary_alone 2018-episodes.csv:2 /A T1 interrupts no placement: that of the next placement "
        "taken\n"
        "temporary_alone 2018-episodes.csv:4 /A T0 interrupts no placement: the last category taken\n",
        "/A 2018-05-01 2018-05-11 residential_external start 1 -\n"
        "/A 2018-05-11 2018-05-21 residential_external continue 1 home\n"
        "/A 2018-06-01 2018-06-11 other start 1 home\n"
        "/B 2018-05-01 2018-05-11 foster_inhouse start 1 -\n"
        "/B 2018-05-11 2018-05-21 foster_inhouse continue 1 home\n");
    case_close(&c);
}

static void an_overlap_or_a_missing_end_joins_the_period(void **state)
{
    intake_case c;

    (void)state;
    open_with(&c, "A,01/05/2018,S,V2,N1,U4,PR4,12/05/2018,E4A,\n" /* REC says an end; the next row says not */
                  "A,11/05/2018,P,V2,N1,U4,PR1,,E4A,\n"
                  "A,21/05/2018,P,V2,N1,U1,PR1,31/05/2018,E41,\n");
    assert_case(
        &c,
        "overlap 2018-episodes.csv:2 /A DEC 2018-05-12 changed to 2018-05-11, when the next episode began\n"
        "missing_dec 2018-episodes.csv:3 /A no DEC: ended on 2018-05-21, when the next episode began\n",
        "/A 2018-05-01 2018-05-11 foster_ifa start 1 -\n"
        "/A 2018-05-11 2018-05-21 foster_inhouse move 2 -\n"
        "/A 2018-05-21 2018-05-31 kinship move 3 order\n");
    case_close(&c);
}

/* The invariants are worth something only if they can fail. */
static void the_check_finds_each_broken_invariant(void **state)
{
    intake_case c;
    pc_episode kept;

    (void)state;
    open_with(&c, "A,01/05/2018,S,V2,N1,U4,PR4,11/05/2018,X1,CARPL\n"
                  "A,11/05/2018,P,V2,N1,U4,PR1,21/05/2018,E4A,\n"
                  "B,01/05/2018,S,V2,N1,U4,PR4,,,\n");
    kept = c.episodes.row[1];
#define BREAKS(change)                                                                                       \
    do {                                                                                                     \
        pc_episode *row = &c.episodes.row[1];                                                                \
        change;                                                                                              \
        assert_status(pc_episodes_check(&c.episodes), PC_ERR_INTERNAL);                                      \
        *row = kept;                                                                                         \
        assert_ok(pc_episodes_check(&c.episodes));                                                           \
    } while (0)
    BREAKS(row->start = day(2018, 5, 10));          /* overlap            */
    BREAKS(row->end = day(2018, 5, 1));             /* ends before start  */
    BREAKS(row->end = day(2019, 4, 1));             /* after the extract  */
    BREAKS(row->end = PC_DAY_OPEN);                 /* open with a cause  */
    BREAKS(row->exit_cause = PC_N_EXIT_CAUSE);      /* ended without one  */
    BREAKS(row->category = 10);                     /* no such category   */
    BREAKS(row->transition = PC_TRANSITION_START);  /* no gap, yet a start */
    BREAKS(row->care_start = day(2018, 5, 11));     /* another period     */
    BREAKS(row->placement_start = day(2018, 5, 1)); /* a move begins it   */
    BREAKS(row->place = 60000);                     /* no such code       */
    BREAKS(row->child = 7);                         /* no such child      */
    BREAKS(row->placement = 0);
#undef BREAKS
    c.episodes.child[0].birth = day(2018, 5, 2); /* born after a start */
    assert_status(pc_episodes_check(&c.episodes), PC_ERR_INTERNAL);
    c.episodes.child[0].birth = day(2000, 5, 20); /* a row past 18 */
    assert_status(pc_episodes_check(&c.episodes), PC_ERR_INTERNAL);
    case_close(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dates_decide_what_a_period_of_care_is),
        cmocka_unit_test(care_that_began_before_the_first_return_is_not_reported),
        cmocka_unit_test(a_move_is_a_new_placement_and_a_change_of_status_is_not),
        cmocka_unit_test(the_reason_stands_on_the_row_that_ended),
        cmocka_unit_test(temporary_codes_keep_the_placement_that_they_interrupt),
        cmocka_unit_test(a_temporary_code_without_a_placement_takes_the_next_or_the_last_category),
        cmocka_unit_test(an_overlap_or_a_missing_end_joins_the_period),
        cmocka_unit_test(the_check_finds_each_broken_invariant),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
