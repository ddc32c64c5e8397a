/* Does it tie to the return? Counts at each 31 March, by the engine's rules and by the national ones. */
#include "pc_test.h"

#include "intake_case.h"
#include "placecast/report.h"

/* Return 2017/18, 2018/19. On 31 March 2018: A, B (forgotten by the next return), C (placed twice by
 * mistake). On 31 March 2019: A, by the national rules also B, who left no trace. D has short breaks, E no
 * birth date.
 *
 *            1 Apr 17        31 Mar 18        31 Mar 19
 *  A (7, 8)     |---U4 PR1------|------U1--------|-->
 *  B (16)       |---K2 PR4------|-->             |
 *  C (0)        |          |--U4 PR4==overlap==| |
 *  E (?)        |               |       |--A3----|-->
 */
static void open_returns(intake_case *c)
{
    case_open(c);
    case_file(c, "2018 header.csv", HEADER_COLUMNS,
              "A,1,01/06/2010,WBRI\nB,1,01/06/2001,WBRI\nC,1,01/12/2017,WBRI\nD,1,01/06/2008,WBRI\n");
    case_file(c, "2017.csv", EPISODE_COLUMNS,
              "A,03/05/2017,S,V2,N1,U4,PR1,,,\n"
              "B,03/05/2017,S,V2,N1,K2,PR4,,,\n"
              "C,10/01/2018,S,V2,N1,U4,PR4,,,\n"
              "C,10/03/2018,P,V2,N1,U5,PR4,,,\n"
              "D,10/03/2018,S,V3,N1,U5,PR4,,,\n"
              "D,10/06/2017,S,V2,N1,U5,PR4,10/09/2017,E4A,\n");
    case_file(c, "2018.csv", EPISODE_COLUMNS,
              "A,03/05/2017,S,V2,N1,U4,PR1,30/03/2018,X1,CARPL\n"
              "A,30/03/2018,P,V2,N1,U1,PR1,,,\n"
              "C,10/01/2018,S,V2,N1,U4,PR4,05/04/2018,X1,CARPL\n"
              "C,10/03/2018,P,V2,N1,U5,PR4,06/07/2018,E4A,\n"
              "E,10/08/2018,S,V2,N1,A3,PR1,,,\n");
    case_clean(c, NULL);
    assert_ok(c->status, &c->diagnostics);
}

static const pc_tieout_row *find_row(const pc_tieout *tieout, pc_day date, int category, int age_band)
{
    for (size_t r = 0; r < tieout->n; r++) {
        const pc_tieout_row *row = &tieout->row[r];

        if (row->date == date && row->category == category && row->age_band == age_band) {
            return row;
        }
    }
    fail_msg("no row for %ld, %d, %d", (long)date, category, age_band);
    return NULL;
}

static void assert_counts(const pc_tieout *tieout, int year, int category, int age_band, long engine,
                          long official)
{
    const pc_tieout_row *row = find_row(tieout, pc_day_from_date((pc_date){year, 3, 31}), category, age_band);

    assert_int_equal(row->engine, engine);
    assert_int_equal(row->official_rule, official);
    assert_int_equal(row->published, -1);
}

static void both_counts_are_worked_by_hand(void **state)
{
    intake_case c;
    pc_tieout tieout;
    const pc_codes *codes;

    (void)state;
    open_returns(&c);
    assert_ok(pc_tieout_make(&c.episodes, NULL, &tieout, NULL));
    codes = &c.episodes.codes;
    assert_int_equal(tieout.n, 3 * (1 + codes->n_category + PC_N_AGE_BAND)); /* 2017, 2018, 2019 */
    assert_counts(&tieout, 2017, -1, -1, 0, 0);
    assert_counts(&tieout, 2018, -1, -1, 3, 3); /* C once, though two rows hold the day */
    assert_counts(&tieout, 2018, pc_codes_find_category(codes, "kinship"), -1, 1, 1);
    assert_counts(&tieout, 2018, pc_codes_find_category(codes, "residential_external"), -1, 1, 1);
    assert_counts(&tieout, 2018, pc_codes_find_category(codes, "foster_ifa"), -1, 1, 1);
    assert_counts(&tieout, 2018, pc_codes_find_category(codes, "foster_inhouse"), -1, 0, 0);
    assert_counts(&tieout, 2018, -1, 0, 1, 1);  /* C, three months old */
    assert_counts(&tieout, 2018, -1, 2, 1, 1);  /* A, 7 */
    assert_counts(&tieout, 2018, -1, 4, 1, 1);  /* B, 16 */
    assert_counts(&tieout, 2019, -1, -1, 2, 3); /* A and E; by the national rules B as well */
    assert_counts(&tieout, 2019, pc_codes_find_category(codes, "residential_external"), -1, 0, 1);
    assert_counts(&tieout, 2019, pc_codes_find_category(codes, "adoption"), -1, 1, 1);
    assert_counts(&tieout, 2019, -1, 2, 1, 1);
    assert_counts(&tieout, 2019, -1, 4, 0, 1);
    assert_counts(&tieout, 2019, -1, 1, 0, 0); /* E has no age */
    pc_tieout_free(&tieout);
    case_close(&c);
}

static char *written(const pc_tieout *tieout, const pc_codes *codes)
{
    char *folder = pc_test_folder(), *text;

    assert_ok(pc_report_tieout(tieout, codes, folder, NULL));
    text = pc_test_read(folder, "tieout.csv");
    pc_test_remove(folder);
    free(folder);
    return text;
}

static void published_counts_stand_beside_the_engines(void **state)
{
    intake_case c;
    pc_tieout tieout;
    pc_diagnostics diagnostics;
    char *path, *text;

    (void)state;
    open_returns(&c);
    path = pc_test_path(c.folder, "published.txt");
    case_file(
        &c, "published.txt", "date,category,age_band,children\n",
        "31/03/2018,all,all,4\n2019-03-31,kinship,,1\n2019-03-31,kinship,5-9,0\n2016-03-31,all,all,9\n");
    pc_diagnostics_init(&diagnostics);
    assert_ok(pc_tieout_make(&c.episodes, path, &tieout, &diagnostics), &diagnostics);
    assert_message(&diagnostics,
                   "published.txt:5: column DATE: 2016-03-31 is not a 31 March that the returns cover");
    text = written(&tieout, &c.episodes.codes);
    assert_non_null(strstr(text, "date,category,age_band,engine,official_rule,published,difference\n"
                                 "2017-03-31,all,all,0,0,,0\n2017-03-31,kinship,all,0,0,,0\n"));
    assert_non_null(strstr(text, "\n2018-03-31,all,all,3,3,4,-1\n"));
    assert_non_null(strstr(text, "\n2019-03-31,all,all,2,3,,-1\n2019-03-31,kinship,all,1,1,1,0\n"));
    assert_non_null(strstr(text, "\n2019-03-31,all,16-17,0,1,,-1\n2019-03-31,kinship,5-9,1,1,0,1\n"));
    free(text);
    free(path);
    pc_tieout_free(&tieout);
    pc_diagnostics_free(&diagnostics);
    case_close(&c);
}

static void wrong_published_counts_are_rejected_by_row_and_column(void **state)
{
    static const struct {
        const char *text, *message;
    } cases[] = {
        {"date,category\n2018-03-31,all\n", "published.txt:1: column CHILDREN: missing"},
        {"children\n3\n", "published.txt:1: column DATE: missing"},
        {"date,children\n31/02/2018,3\n", "published.txt:2: column DATE: `31/02/2018`, expected a date"},
        {"date,children\n2018-03-31,-3\n",
         "published.txt:2: column CHILDREN: `-3`, expected a number of children"},
        {"date,children\n2018-03-31,3.5\n", "published.txt:2: column CHILDREN: `3.5`, expected a number"},
        {"date,children\n2018-03-31,c\n2018-03-31,\n",
         "published.txt:3: column CHILDREN: ``, expected a number"},
        {"date,category,children\n2018-03-31,foster,3\n",
         "published.txt:2: column CATEGORY: `foster`, expected a category"},
        {"date,age_band,children\n2018-03-31,0-4,3\n",
         "published.txt:2: column AGE_BAND: `0-4`, expected 0, 1-4"},
        {"date,children\n2018-03-31,3\n31/03/2018,3\n",
         "published.txt:3: column DATE: `2018-03-31`, expected each date"},
        {"", "published.txt"}};
    intake_case c;
    char *path;

    (void)state;
    open_returns(&c);
    path = pc_test_path(c.folder, "published.txt");
    for (size_t k = 0; k < sizeof cases / sizeof cases[0]; k++) {
        pc_diagnostics diagnostics;
        pc_tieout tieout;

        pc_diagnostics_init(&diagnostics);
        case_file(&c, "published.txt", cases[k].text, "");
        assert_status(pc_tieout_make(&c.episodes, path, &tieout, &diagnostics), PC_ERR_INPUT, &diagnostics);
        assert_message(&diagnostics, cases[k].message);
        assert_int_equal(tieout.n, 0);
        pc_tieout_free(&tieout);
        pc_diagnostics_free(&diagnostics);
    }
    free(path);
    case_close(&c);
}

static void episodes_that_were_not_cleaned_have_nothing_to_tie_to(void **state)
{
    pc_episodes episodes = {0};
    pc_tieout tieout;

    (void)state;
    assert_ok(pc_tieout_make(&episodes, NULL, &tieout, NULL));
    assert_int_equal(tieout.n, 0);
    pc_tieout_free(&tieout);
    pc_tieout_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_counts_are_worked_by_hand),
        cmocka_unit_test(published_counts_stand_beside_the_engines),
        cmocka_unit_test(wrong_published_counts_are_rejected_by_row_and_column),
        cmocka_unit_test(episodes_that_were_not_cleaned_have_nothing_to_tie_to),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
