/* Which files are read, of which kind, year and authority. */
#include <unistd.h>

#include "pc_test.h"

#include "intake/intake.h"
#include "intake_case.h"

#define FIRST_ROWS "A,03/05/2017,S,V2,N1,U4,PR1,,,\nB,04/05/2017,S,V2,N1,U4,PR1,05/05/2017,E4A,\n"
#define SECOND_ROWS "A,03/05/2017,S,V2,N1,U4,PR1,10/06/2018,E4A,\n"
#define BIRTHS "A,1,01/06/2008,WBRI\nB,1,01/06/2008,WBRI\n"
#define RESULT                                                                                               \
    "/A 2017-05-03 2018-06-10 foster_inhouse start 1 home\n"                                                 \
    "/B 2017-05-04 2017-05-05 foster_inhouse start 1 home\n"

static void years_are_found_in_names(void **state)
{
    static const struct {
        const char *name;
        int32_t year;
    } cases[] = {{"2017", 2017},
                 {"2017-18", 2017},
                 {"SSDA903 2017_2018 final v2", 2017},
                 {"201718", 2017},
                 {"return20170331", 2017},
                 {"31032018 episodes.csv", 2018},
                 {"v12 2019.csv", 2019},
                 {"LAC 903 (12345678) 2020", 2020},
                 {"episodes.csv", INTAKE_NO_YEAR},
                 {"903", INTAKE_NO_YEAR},
                 {"1718", INTAKE_NO_YEAR}, /* no year 1718: the dates in the file tell */
                 {"9999", INTAKE_NO_YEAR},
                 {"20170", INTAKE_NO_YEAR},
                 {"", INTAKE_NO_YEAR}};

    (void)state;
    for (size_t c = 0; c < sizeof cases / sizeof cases[0]; c++) {
        assert_int_equal(intake_year_in_name(cases[c].name, strlen(cases[c].name)), cases[c].year);
    }
}

static void every_layout_gives_the_same_episodes(void **state)
{
    static const char *const names[][3] = {{"2017/header.csv", "2017/episodes.csv", "2018/episodes.csv"},
                                           {"header 2018.csv", "EPISODES_2017.CSV", "episodes_2018.Csv"},
                                           {"SSDA903 returns/2017-18/in/h.csv",
                                            "SSDA903 returns/2017-18/in/e.csv",
                                            "SSDA903 returns/2018-19/in/e.csv"},
                                           {"x.csv", "b.csv", "a.csv"}, /* no years at all: the dates tell */
                                           {"2018/2099 header.csv", "2017/2099 episodes.csv",
                                            "2018/2001 episodes.csv"}}; /* the folder before the file */

    (void)state;
    for (size_t n = 0; n < sizeof names / sizeof names[0]; n++) {
        pc_quality_row line;
        intake_case c;

        case_open(&c);
        case_file(&c, names[n][0], HEADER_COLUMNS, BIRTHS);
        case_file(&c, names[n][1], EPISODE_COLUMNS, FIRST_ROWS);
        case_file(&c, names[n][2], EPISODE_COLUMNS, SECOND_ROWS);
        case_clean(&c, NULL);
        assert_ok(c.status, &c.diagnostics);
        assert_int_equal(c.quality.n, 1);
        pc_quality_read(&c.quality, &c.episodes, 0, &line);
        assert_string_equal(line.rule, "duplicate_episode");
        assert_string_equal(pc_names_text(&c.quality.file, line.file), names[n][1]);
        {
            char *episodes = case_episodes(&c);

            assert_string_equal(episodes, RESULT);
            free(episodes);
        }
        assert_int_equal(c.episodes.extract, pc_day_from_date((pc_date){2019, 3, 31}));
        assert_int_equal(c.quality.n_read, 3);
        case_close(&c);
    }
}

static void one_merged_folder_tells_children_apart_by_authority(void **state)
{
    intake_case c;

    (void)state;
    case_open(&c);
    case_file(&c, "all-header.csv", "LA,YEAR," HEADER_COLUMNS,
              "North,2017,A,1,01/06/2008,WBRI\nSouth,2017,A,2,02/06/2009,WBRI\n");
    case_file(&c, "all-episodes.csv", "YEAR,LA," EPISODE_COLUMNS,
              "2017,North,A,03/05/2017,S,V2,N1,U4,PR1,,,\n"
              "2018,North,A,03/05/2017,S,V2,N1,U4,PR1,10/06/2018,E4A,\n"
              "2017,South,A,03/05/2017,S,V2,N1,U1,PR1,,,\n" /* South has no return of 2018: not stale */
              "2017/18,South,B,03/05/2017,S,V2,N1,U1,PR1,05/05/2017,E4A,\n");
    case_clean(&c, NULL);
    assert_case(&c,
                "duplicate_episode all-episodes.csv:2 North/A row not used: the episode is taken from "
                "all-episodes.csv row 3\n"
                "no_birth_date all-episodes.csv:5 South/B no birth date: the child is left out of the fit\n",
                "North/A 2017-05-03 2018-06-10 foster_inhouse start 1 home\n"
                "South/A 2017-05-03 open kinship start 1 -\n"
                "South/B 2017-05-03 2017-05-05 kinship start 1 home\n");
    assert_int_equal(c.episodes.child[0].birth, pc_day_from_date((pc_date){2008, 6, 1}));
    assert_int_equal(c.episodes.child[1].birth, pc_day_from_date((pc_date){2009, 6, 2}));
    assert_message(&c.diagnostics, "newest return of South is of 2017/18, before the extract date");
    case_close(&c);
}

static void rows_without_an_authority_or_year_are_placed_and_said(void **state)
{
    intake_case c;

    (void)state;
    case_open(&c); /* one authority: it takes the rows of none, and the header that names none */
    case_file(&c, "header.csv", HEADER_COLUMNS, BIRTHS);
    case_file(&c, "episodes 2018.csv", "LA,YEAR," EPISODE_COLUMNS,
              "North,2018,A,03/05/2018,S,V2,N1,U4,PR1,10/06/2018,E4A,\n"
              ",last,B,03/05/2018,S,V2,N1,U4,PR1,10/06/2018,E4A,\n");
    case_clean(&c, NULL);
    assert_case(
        &c,
        "blank_la episodes 2018.csv:3 North/B LA is blank: taken to belong to North\n"
        "unreadable_year episodes 2018.csv:3 North/B YEAR is not a year: the return of the file is taken\n",
        "North/A 2018-05-03 2018-06-10 foster_inhouse start 1 home\n"
        "North/B 2018-05-03 2018-06-10 foster_inhouse start 1 home\n");
    assert_message(&c.diagnostics, "rows without LA are taken to belong to North");
    case_close(&c);

    case_open(&c); /* two authorities: nobody knows */
    case_file(&c, "episodes 2018.csv", "LA,YEAR," EPISODE_COLUMNS,
              "North,2018,A,03/05/2018,S,V2,N1,U4,PR1,10/06/2018,E4A,\n"
              "South,2018,A,03/05/2018,S,V2,N1,U4,PR1,10/06/2018,E4A,\n"
              ",2018,A,03/05/2018,S,V2,N1,U4,PR1,10/06/2018,E4A,\n");
    case_clean(&c, NULL);
    assert_case(
        &c,
        "no_birth_date episodes 2018.csv:2 North/A no birth date: the child is left out of the fit\n"
        "no_birth_date episodes 2018.csv:3 South/A no birth date: the child is left out of the fit\n"
        "blank_la episodes 2018.csv:4 /A LA is blank: taken to belong to an authority without a name\n"
        "no_birth_date episodes 2018.csv:4 /A no birth date: the child is left out of the fit\n",
        "/A 2018-05-03 2018-06-10 foster_inhouse start 1 home\n"
        "North/A 2018-05-03 2018-06-10 foster_inhouse start 1 home\n"
        "South/A 2018-05-03 2018-06-10 foster_inhouse start 1 home\n");
    assert_message(&c.diagnostics, "no header and no UASC file");
    case_close(&c);
}

static void form_does_not_matter(void **state)
{
    static const char *const text[] = {
        /* byte order mark, CRLF, quotes, other order and case of columns, extra columns, blanks */
        "\xEF\xBB\xBF"
        "\"Dec\",child,\"LS\", decom ,Extra,RNE,CIN,PLACE,PLACE_PROVIDER,REC,REASON_PLACE_CHANGE\r\n"
        "\"2018-06-10\",\"A\",V2, 03/05/2018 ,\"a \"\"b\"\", c\",S,N1,U4,PR1,E4A,\r\n"
        "05/07/2018,B,V2,2018-06-01,\"two\r\nlines\",S,N1,U4,PR1,E4A,",
        "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE\r"
        "A,03/05/2018,S,V2,N1,U4,PR1,10/06/2018,E4A,\r"
        "B,01/06/2018,S,V2,N1,U4,PR1,05/07/2018,E4A,\r"};

    (void)state;
    for (size_t t = 0; t < sizeof text / sizeof text[0]; t++) {
        intake_case c;

        case_open(&c);
        case_file(&c, "header.csv", HEADER_COLUMNS, BIRTHS);
        case_file(&c, "episodes.csv", text[t], "");
        case_clean(&c, NULL);
        assert_case(&c, "",
                    "/A 2018-05-03 2018-06-10 foster_inhouse start 1 home\n"
                    "/B 2018-06-01 2018-07-05 foster_inhouse start 1 home\n");
        case_close(&c);
    }
}

static void kinds_are_told_by_columns_and_nothing_is_taken_for_another(void **state)
{
    intake_case c;

    (void)state;
    case_open(&c);
    case_file(&c, "episodes.csv", HEADER_COLUMNS, "A,1,01/06/2008,WBRI\n"); /* a header by its columns */
    case_file(&c, "header.csv", EPISODE_COLUMNS, "A,03/05/2018,S,V2,N1,U4,PR1,10/06/2018,E4A,\n");
    case_file(&c, "reviews.csv", "CHILD,DOB,REVIEW,REVIEW_CODE\n", "A,02/02/2002,01/05/2018,PN1\n");
    case_file(&c, "oc2.csv", "CHILD,DOB,SDQ_SCORE,SDQ_REASON,CONVICTED\n", "A,02/02/2002,3,,0\n");
    case_file(&c, "oc3.csv", "CHILD,DOB,IN_TOUCH,ACTIV,ACCOM\n", "A,02/02/2002,YES,F1,B1\n");
    case_file(&c, "missing.csv", "CHILD,DOB,MISSING,MIS_START,MIS_END\n", "A,02/02/2002,M,01/05/2018,\n");
    case_file(&c, "ad1.csv", "CHILD,DOB,DATE_INT,DATE_MATCH,FOSTER_CARE,NB_ADOPTR,SEX_ADOPTR,LS_ADOPTR\n",
              "");
    case_file(&c, "placed.csv", "CHILD,DOB,DATE_PLACED,DATE_PLACED_CEASED,REASON_PLACED_CEASED\n", "");
    case_file(&c, "prev.csv", "CHILD,DOB,PREV_PERM,LA_PERM,DATE_PERM\n", "A,02/02/2002,Z1,,\n");
    case_file(&c, "sw.csv", "CHILD,DOB,SW_ID,SW_DECOM,SW_DEC,SW_REASON\n", "");
    case_file(&c, "staff.csv", "NAME,DOB,PLACE\n", "Smith,01/01/1970,Leeds\n");
    case_file(&c, "notes.xlsx", "PK", "");
    case_file(&c, ".hidden.csv", EPISODE_COLUMNS, "Z,03/05/2018,S,V2,N1,U4,PR1,10/06/2018,E4A,\n");
    case_file(&c, "nothing.csv", "", "");
    case_file(&c, "blank.csv", "\xEF\xBB\xBF\r\n,,\r\n", "");
    case_clean(&c, NULL);
    assert_case(&c,
                "ignored_file .hidden.csv:0 / not read: hidden\n"
                "empty_file blank.csv:0 / nothing to read\n"
                "ignored_file notes.xlsx:0 / not read: not a CSV file\n"
                "empty_file nothing.csv:0 / nothing to read\n"
                "unknown_file staff.csv:0 / not read: its columns are those of no known table\n",
                "/A 2018-05-03 2018-06-10 foster_inhouse start 1 home\n");
    assert_int_equal(c.episodes.child[0].birth, pc_day_from_date((pc_date){2008, 6, 1}));
    assert_int_equal(c.quality.n_read, 2);
    assert_string_equal(pc_names_text(&c.quality.file, 0), "episodes.csv");
    case_close(&c);
}

static void a_header_may_be_bare(void **state)
{
    intake_case c;

    (void)state;
    case_open(&c);
    case_file(&c, "h.csv", "LA,CHILD,SEX,DOB\n", "North,A,1,01/06/2008\n");
    case_file(&c, "e.csv", "LA," EPISODE_COLUMNS, "North,A,03/05/2018,S,V2,N1,U4,PR1,10/06/2018,E4A,\n");
    case_clean(&c, NULL);
    assert_case(&c, "", NULL);
    assert_int_equal(c.episodes.child[0].birth, pc_day_from_date((pc_date){2008, 6, 1}));
    case_close(&c);
}

static void two_files_of_one_return_are_both_read_and_noted(void **state)
{
    intake_case c;

    (void)state;
    case_open(&c);
    case_file(&c, "2018/header a.csv", HEADER_COLUMNS, "A,1,01/06/2008,WBRI\n");
    case_file(&c, "2018/header b.csv", HEADER_COLUMNS, "B,1,01/06/2008,WBRI\n");
    case_file(&c, "2018/episodes a.csv", EPISODE_COLUMNS, "A,03/05/2018,S,V2,N1,U4,PR1,10/06/2018,E4A,\n");
    case_file(&c, "2018/episodes b.csv", EPISODE_COLUMNS, "B,03/05/2018,S,V2,N1,U4,PR1,10/06/2018,E4A,\n");
    case_clean(&c, NULL);
    assert_case(&c,
                "same_return_twice 2018/episodes b.csv:0 / episodes of the return 2018 are in 2018/episodes "
                "a.csv as well: "
                "both are read\n"
                "same_return_twice 2018/header b.csv:0 / children of the return 2018 are in 2018/header "
                "a.csv as well: both "
                "are read\n",
                "/A 2018-05-03 2018-06-10 foster_inhouse start 1 home\n"
                "/B 2018-05-03 2018-06-10 foster_inhouse start 1 home\n");
    case_close(&c);
}

static void returns_whose_names_run_against_their_dates_are_noted(void **state)
{
    intake_case c;

    (void)state;
    case_open(&c);
    case_file(&c, "header.csv", HEADER_COLUMNS, BIRTHS);
    case_file(&c, "2018.csv", EPISODE_COLUMNS, "A,03/05/2019,S,V2,N1,U4,PR1,10/06/2019,E4A,\n");
    case_file(&c, "2019.csv", EPISODE_COLUMNS, "B,03/05/2018,S,V2,N1,U4,PR1,10/06/2018,E4A,\n");
    case_clean(&c, "2020-03-31");
    assert_case(&c,
                "year_order :0 / return 2019 holds mostly 2018/19, return 2018 before it 2019/20: used in "
                "the order of "
                "their names\n",
                NULL);
    case_close(&c);
}

static void absent_useful_columns_are_noted_once(void **state)
{
    intake_case c;

    (void)state;
    case_open(&c);
    case_file(&c, "header.csv", HEADER_COLUMNS, BIRTHS);
    case_file(&c, "e.csv", "CHILD,DECOM,DEC,PLACE\n", "A,03/05/2018,10/06/2018,U4\nB,03/05/2018,,U1\n");
    case_clean(&c, "2019-03-31");
    assert_case(&c,
                "missing_column e.csv:0 / no column CIN: read as blank\n"
                "missing_column e.csv:0 / no column LS: read as blank\n"
                "missing_column e.csv:0 / no column PLACE_PROVIDER: read as blank\n"
                "missing_column e.csv:0 / no column REASON_PLACE_CHANGE: read as blank\n"
                "missing_column e.csv:0 / no column REC: read as blank\n"
                "missing_column e.csv:0 / no column RNE: read as blank\n",
                "/A 2018-05-03 2018-06-10 foster_inhouse start 1 other\n"
                "/B 2018-05-03 open kinship start 1 -\n");
    case_close(&c);
}

static void links_that_lead_back_do_not_hang(void **state)
{
    intake_case c;
    char *link;

    (void)state;
    case_open(&c);
    case_file(&c, "2018/header.csv", HEADER_COLUMNS, BIRTHS);
    case_file(&c, "2018/episodes.csv", EPISODE_COLUMNS, "A,03/05/2018,S,V2,N1,U4,PR1,10/06/2018,E4A,\n");
    link = pc_test_path(c.folder, "2018/again");
    assert_int_equal(symlink("..", link), 0);
    free(link);
    link = pc_test_path(c.folder, "gone");
    assert_int_equal(symlink("nowhere", link), 0);
    free(link);
    case_clean(&c, NULL);
    assert_case(&c,
                "ignored_file 2018/again:0 / not read: a link back to a folder that holds it\n"
                "ignored_file gone:0 / not read: a link to nothing\n",
                "/A 2018-05-03 2018-06-10 foster_inhouse start 1 home\n");
    link = pc_test_path(c.folder, "gone.csv"); /* a file that is wanted and cannot be read is an error */
    assert_int_equal(symlink("nowhere", link), 0);
    free(link);
    case_clean(&c, NULL);
    assert_status(c.status, PC_ERR_INPUT, &c.diagnostics);
    assert_message(&c.diagnostics, "gone.csv: cannot be read");
    assert_int_equal(c.episodes.n, 0);
    assert_int_equal(c.quality.n, 0);
    case_close(&c);
}

static void a_folder_without_returns_is_rejected(void **state)
{
    intake_case c;
    pc_clean_options options = pc_clean_options_default();

    (void)state;
    case_open(&c);
    case_clean(&c, NULL);
    assert_status(c.status, PC_ERR_NO_DATA, &c.diagnostics);
    assert_message(&c.diagnostics, "no file of episodes among 0 files");
    case_file(&c, "header.csv", HEADER_COLUMNS, BIRTHS);
    case_clean(&c, NULL);
    assert_status(c.status, PC_ERR_NO_DATA, &c.diagnostics);
    assert_message(&c.diagnostics, "no file of episodes among 1 files");
    case_file(&c, "episodes.csv", EPISODE_COLUMNS, "");
    case_clean(&c, NULL);
    assert_status(c.status, PC_ERR_NO_DATA, &c.diagnostics);
    assert_message(&c.diagnostics, "no episode has a readable DECOM or DEC");
    case_file(&c, "episodes.csv", EPISODE_COLUMNS,
              ",03/05/2018,S,V2,N1,U4,PR1,10/06/2018,E4A,\nA,x,S,V2,N1,U4,PR1,,,\n");
    case_clean(&c, NULL);
    assert_status(c.status, PC_ERR_NO_DATA, &c.diagnostics);
    assert_message(&c.diagnostics, "episodes.csv:2: row not used: CHILD is blank");
    assert_message(&c.diagnostics, "episodes.csv:3: row not used: DECOM `x` is not a date");
    assert_message(&c.diagnostics, "no usable episode among 2 rows");
    assert_status(pc_clean(&options, &c.episodes, &c.quality, &c.diagnostics), PC_ERR_USAGE);
    options.folder = "/no/such/folder";
    assert_status(pc_clean(&options, &c.episodes, &c.quality, &c.diagnostics), PC_ERR_INPUT);
    assert_message(&c.diagnostics, "/no/such/folder: the folder cannot be read");
    case_close(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(years_are_found_in_names),
        cmocka_unit_test(every_layout_gives_the_same_episodes),
        cmocka_unit_test(one_merged_folder_tells_children_apart_by_authority),
        cmocka_unit_test(rows_without_an_authority_or_year_are_placed_and_said),
        cmocka_unit_test(form_does_not_matter),
        cmocka_unit_test(kinds_are_told_by_columns_and_nothing_is_taken_for_another),
        cmocka_unit_test(a_header_may_be_bare),
        cmocka_unit_test(two_files_of_one_return_are_both_read_and_noted),
        cmocka_unit_test(returns_whose_names_run_against_their_dates_are_noted),
        cmocka_unit_test(absent_useful_columns_are_noted_once),
        cmocka_unit_test(links_that_lead_back_do_not_hang),
        cmocka_unit_test(a_folder_without_returns_is_rejected),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
