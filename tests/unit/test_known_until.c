/* What was known then: later returns are hidden as if their files were not there. */
#include <stdlib.h>

#include "intake_case.h"
#include "pc_test.h"

#include "placecast/synth.h"

static pc_day day(int year, int month, int in_month)
{
    return pc_day_from_date((pc_date){year, month, in_month});
}

static void clean_known(intake_case *self, const char *folder, pc_day extract, pc_day known_until)
{
    pc_clean_options options = pc_clean_options_default();

    pc_episodes_free(&self->episodes);
    pc_quality_free(&self->quality);
    options.folder = folder;
    options.extract = extract;
    options.known_until = known_until;
    self->status = pc_clean(&options, &self->episodes, &self->quality, &self->diagnostics);
    assert_ok(self->status, &self->diagnostics);
    assert_ok(pc_episodes_check(&self->episodes));
}

static void assert_same_episodes(const intake_case *a, const intake_case *b)
{
    char *one = case_episodes(a), *two = case_episodes(b);

    assert_string_equal(one, two);
    assert_int_equal(a->episodes.rows_read, b->episodes.rows_read);
    assert_int_equal(a->episodes.children_read, b->episodes.children_read);
    assert_int_equal(a->episodes.covered_from, b->episodes.covered_from);
    assert_int_equal(a->episodes.extract, b->episodes.extract);
    for (size_t c = 0; c < a->episodes.n_child; c++) {
        assert_int_equal(a->episodes.child[c].birth, b->episodes.child[c].birth);
        assert_int_equal(a->episodes.child[c].stream, b->episodes.child[c].stream);
    }
    free(one);
    free(two);
}

/* Four messy returns; the last two are removed from a twin. */
static void hidden_returns_are_as_good_as_absent(void **state)
{
    pc_synth_options options = pc_synth_options_default();
    intake_case full, twin;
    char *of_full, *of_twin, *quality[2];

    (void)state;
    case_open(&full);
    case_open(&twin);
    options.children = 80;
    options.years = 4;
    options.messy = true;
    assert_ok(pc_synth(&options, full.folder, NULL));
    assert_ok(pc_synth(&options, twin.folder, NULL));
    of_full = pc_test_path(full.folder, "ssda903");
    of_twin = pc_test_path(twin.folder, "ssda903");
    for (int year = 2021; year <= 2022; year++) {
        char name[32], *path;

        snprintf(name, sizeof name, "%d-%d", year, year % 100 + 1);
        path = pc_test_path(of_twin, name);
        assert_true(pc_test_exists(path));
        pc_test_remove(path);
        free(path);
    }
    clean_known(&full, of_full, day(2021, 3, 31), day(2021, 3, 31));
    clean_known(&twin, of_twin, day(2021, 3, 31), PC_DAY_NONE);
    assert_same_episodes(&full, &twin);
    /* Not only the episodes: every line about a row (files whose columns are odd are named in both). */
    quality[0] = case_quality(&full);
    quality[1] = case_quality(&twin);
    for (const char *line = quality[1]; *line != '\0'; line = strchr(line, '\n') + 1) {
        char *one = strndup(line, (size_t)(strchr(line, '\n') + 1 - line));

        assert_non_null(one);
        if (strstr(quality[0], one) == NULL) {
            fail_msg("not said when later returns are hidden: %s", one);
        }
        free(one);
    }
    /* The must-fail twin: nothing hidden, and later returns correct earlier rows. */
    clean_known(&full, of_full, day(2021, 3, 31), PC_DAY_NONE);
    assert_true(full.episodes.rows_read > 3 * twin.episodes.rows_read / 2);
    for (int q = 0; q < 2; q++) {
        free(quality[q]);
    }
    free(of_full);
    free(of_twin);
    case_close(&full);
    case_close(&twin);
}

/* One merged set with YEAR is cut by its rows. */
static void merged_files_are_cut_by_the_year_of_their_rows(void **state)
{
    pc_synth_options options = pc_synth_options_default();
    intake_case merged, folders;
    char *of_merged, *of_folders;

    (void)state;
    case_open(&merged);
    case_open(&folders);
    options.children = 60;
    options.years = 4;
    assert_ok(pc_synth(&options, folders.folder, NULL));
    options.layout = PC_SYNTH_MERGED;
    assert_ok(pc_synth(&options, merged.folder, NULL));
    of_merged = pc_test_path(merged.folder, "ssda903");
    of_folders = pc_test_path(folders.folder, "ssda903");
    clean_known(&merged, of_merged, day(2021, 3, 31), day(2021, 3, 31));
    clean_known(&folders, of_folders, day(2021, 3, 31), day(2021, 3, 31));
    assert_same_episodes(&merged, &folders);
    assert_int_equal(merged.episodes.la_to[0], day(2021, 3, 31));
    assert_int_equal(merged.episodes.la_from[0], day(2019, 4, 1));
    free(of_merged);
    free(of_folders);
    case_close(&merged);
    case_close(&folders);
}

#define MERGED "LA,YEAR,CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE\n"

static void an_authority_that_comes_later_is_not_there_and_numbers_nobody(void **state)
{
    intake_case c;

    (void)state;
    case_open(&c);
    /* Alder comes first in the file, and only with its return of 2018. */
    case_file(&c, "episodes.csv", MERGED,
              "Alder,2018,A,03/05/2018,S,C2,N1,U4,PR1,05/06/2018,E4A,\n"
              "Birch,2017,B,03/05/2017,S,C2,N1,U4,PR1,05/06/2017,E4A,\n"
              "Birch,2018,B,03/05/2018,S,C2,N1,U4,PR1,05/06/2018,E4A,\n"
              "Cedar,2017,C,03/05/2017,S,C2,N1,U4,PR1,05/06/2017,E4A,\n");
    case_file(&c, "header.csv", "LA,YEAR,CHILD,SEX,DOB,ETHNIC\n",
              "Alder,2018,A,1,01/02/2010,WBRI\nBirch,2018,B,1,09/09/2009,WBRI\n"
              "Birch,2017,B,1,01/02/2010,WBRI\nCedar,2018,C,1,01/02/2011,WBRI\n");
    clean_known(&c, c.folder, day(2018, 3, 31), day(2018, 3, 31));
    {
        char *episodes = case_episodes(&c);

        assert_string_equal(episodes, "Birch/B 2017-05-03 2017-06-05 foster_inhouse start 1 home\n"
                                      "Cedar/C 2017-05-03 2017-06-05 foster_inhouse start 1 home\n");
        free(episodes);
    }
    assert_int_equal(pc_names_find(&c.episodes.la, "Alder", 5), PC_NAME_NONE);
    assert_int_equal(pc_names_find(&c.episodes.la, "Birch", 5), 1);
    assert_int_equal(c.episodes.child[0].birth, day(2010, 2, 1)); /* as the header of 2017 had it */
    assert_int_equal(c.episodes.child[1].birth, PC_DAY_NONE);     /* known from 2018 on */
    assert_int_equal(c.episodes.rows_read, 2);
    /* The must-fail twin. */
    clean_known(&c, c.folder, day(2018, 3, 31), PC_DAY_NONE);
    assert_int_equal(pc_names_find(&c.episodes.la, "Alder", 5), 1);
    assert_int_equal(c.episodes.child[0].birth, day(2009, 9, 9));
    case_close(&c);
}

/* A return is told by its dates, not by its name; one of a single later DEC is not later. */
static void a_return_is_later_when_its_commonest_year_of_decs_ends_later(void **state)
{
    intake_case c;

    (void)state;
    case_open(&c);
    case_file(&c, "2099/episodes.csv", EPISODE_COLUMNS,
              "A,03/05/2017,S,C2,N1,U4,PR1,05/06/2017,E4A,\nB,03/05/2017,S,C2,N1,U4,PR1,05/06/2017,E4A,\n"
              "C,03/05/2017,S,C2,N1,U4,PR1,05/06/2018,E4A,\n");
    clean_known(&c, c.folder, day(2018, 3, 31), day(2018, 3, 31));
    assert_int_equal(c.episodes.n, 3);
    case_close(&c);
}

static void nothing_known_is_said(void **state)
{
    intake_case c;
    pc_clean_options options = pc_clean_options_default();

    (void)state;
    case_open(&c);
    case_file(&c, "2017/episodes.csv", EPISODE_COLUMNS, "A,03/05/2017,S,C2,N1,U4,PR1,05/06/2017,E4A,\n");
    options.folder = c.folder;
    options.extract = options.known_until = day(2017, 3, 31);
    assert_status(pc_clean(&options, &c.episodes, &c.quality, &c.diagnostics), PC_ERR_NO_DATA);
    assert_message(&c.diagnostics, "every return ends after 2017-03-31");
    case_close(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hidden_returns_are_as_good_as_absent),
        cmocka_unit_test(merged_files_are_cut_by_the_year_of_their_rows),
        cmocka_unit_test(an_authority_that_comes_later_is_not_there_and_numbers_nobody),
        cmocka_unit_test(a_return_is_later_when_its_commonest_year_of_decs_ends_later),
        cmocka_unit_test(nothing_known_is_said),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
