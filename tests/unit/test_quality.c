/* The lines of quality.csv as they are read: order and words. */
#include "intake_case.h"
#include "pc_test.h"

static void a_repeated_row_names_the_row_that_is_used(void **state)
{
    pc_quality_row line;
    intake_case c;

    (void)state;
    case_open(&c);
    case_file(&c, "2020/header.csv", HEADER_COLUMNS, "1,1,01/01/2010,WBRI\n");
    case_file(&c, "2020/episodes.csv", EPISODE_COLUMNS, "1,01/05/2019,S,C2,N1,U4,PR1,,,\n");
    case_file(&c, "2021/episodes.csv", EPISODE_COLUMNS,
              "1,01/05/2019,S,C2,N1,U4,PR1,,,\n1,01/05/2019,S,C2,N1,U4,PR1,01/06/2020,E4A,\n");
    case_clean(&c, NULL);
    assert_case(&c,
                "duplicate_episode 2020/episodes.csv:2 /1 row not used: the episode is taken from "
                "2021/episodes.csv row 2\n"
                "duplicate_episode 2021/episodes.csv:2 /1 row not used: the episode is taken from "
                "2021/episodes.csv row 3\n",
                "/1 2019-05-01 2020-06-01 foster_inhouse start 1 home\n");
    pc_quality_read(&c.quality, NULL, 0, &line); /* without the episodes nobody is named */
    assert_string_equal(line.child, "");
    assert_string_equal(line.la, "");
    assert_string_equal(line.severity, "set_aside");
    case_close(&c);
}

/* The name of the file is longer than the words may be. */
static void long_words_are_cut_whole(void **state)
{
    char name[2][600] = {"", ""};
    pc_quality_row line;
    intake_case c;

    (void)state;
    for (int year = 0; year < 2; year++) {
        int length = snprintf(name[year], sizeof name[year], "%d/", 2020 + year);

        for (int folder = 0; folder < 3; folder++) {
            for (int letter = 0; letter < 70; letter++) {
                length += snprintf(name[year] + length, sizeof name[year] - (size_t)length, "\xC3\xA9");
            }
            length += snprintf(name[year] + length, sizeof name[year] - (size_t)length, "/");
        }
        snprintf(name[year] + length, sizeof name[year] - (size_t)length, "episodes.csv");
    }
    case_open(&c);
    case_file(&c, name[0], EPISODE_COLUMNS, "1,01/05/2019,S,C2,N1,U4,PR1,,,\n");
    case_file(&c, name[1], EPISODE_COLUMNS, "1,01/05/2019,S,C2,N1,U4,PR1,,,\n");
    case_clean(&c, NULL);
    assert_ok(c.status, &c.diagnostics);
    pc_quality_read(&c.quality, &c.episodes, 0, &line);
    assert_string_equal(line.rule, "duplicate_episode");
    assert_in_range(strlen(line.action), PC_QUALITY_ACTION_SIZE - 3, PC_QUALITY_ACTION_SIZE - 1);
    assert_int_equal((unsigned char)line.action[strlen(line.action) - 1], 0xA9); /* a whole character */
    case_close(&c);
}

static void lines_are_ordered_by_file_and_row_whatever_finds_them_first(void **state)
{
    char rows[64 * 200] = "";
    size_t length = 0;
    intake_case c;

    (void)state;
    case_open(&c);
    for (int row = 0; row < 200; row++) { /* names run against rows; each row has two lines */
        length += (size_t)snprintf(rows + length, sizeof rows - length, "%d,01/05/2019,S,,N1,U4,PR1,,,\n",
                                   999 - row);
    }
    case_file(&c, "episodes_2020.csv", EPISODE_COLUMNS, rows);
    case_clean(&c, NULL);
    assert_ok(c.status, &c.diagnostics);
    assert_int_equal(c.quality.n, 400);
    for (size_t at = 0; at < 400; at++) {
        pc_quality_row line;
        char name[8];

        pc_quality_read(&c.quality, &c.episodes, at, &line);
        snprintf(name, sizeof name, "%d", 999 - (int)at / 2);
        assert_int_equal(line.row, 2 + (int)at / 2);
        assert_string_equal(line.child, name);
        assert_string_equal(line.rule, at % 2 == 0 ? "no_birth_date" : "unknown_legal_status");
    }
    case_close(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_repeated_row_names_the_row_that_is_used),
        cmocka_unit_test(long_words_are_cut_whole),
        cmocka_unit_test(lines_are_ordered_by_file_and_row_whatever_finds_them_first),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
