/* Each file of tests/data/malformed/ssda903, named by its defect, is rejected or repaired with a message that
 * names the place. It is put beside one good file of each kind. */
#include <dirent.h>

#include "pc_test.h"

#include "intake_case.h"

#define GOOD "/G 2018-05-03 2018-06-10 foster_inhouse start 1 home\n"

static const struct {
    const char *file;
    pc_status status;
    const char *message;  /* part of a diagnostic, or NULL */
    const char *quality;  /* part of the lines of quality.csv, or NULL */
    const char *episodes; /* part of the episodes, or NULL */
} expected[] = {
    {"quote_in_field.csv", PC_ERR_INPUT, "bad.csv:3: misplaced quotation mark", NULL, NULL},
    {"quote_never_closed.csv", PC_ERR_INPUT, "bad.csv:3: quotation mark that is never closed", NULL, NULL},
    {"nul_byte.csv", PC_ERR_INPUT, "bad.csv:3: NUL byte", NULL, NULL},
    {"utf16.csv", PC_ERR_INPUT, "bad.csv:1: NUL byte, expected text in UTF-8", NULL, NULL},
    {"semicolons.csv", PC_ERR_INPUT, "bad.csv:1: columns are not separated by commas", NULL, NULL},
    {"tabs.csv", PC_ERR_INPUT, "bad.csv:1: columns are not separated by commas", NULL, NULL},
    {"no_dec_column.csv", PC_ERR_INPUT, "bad.csv:1: column DEC: missing", NULL, NULL},
    {"no_decom_column.csv", PC_ERR_INPUT, "bad.csv:1: column DECOM: missing", NULL, NULL},
    {"no_child_column.csv", PC_ERR_INPUT, "bad.csv:1: column CHILD: missing", NULL, NULL},
    {"column_twice.csv", PC_ERR_INPUT, "bad.csv:1: column DEC: appears more than once", NULL, NULL},
    {"no_header_row.csv", PC_OK, NULL, "unknown_file bad.csv:0 ", GOOD},
    {"header_only.csv", PC_OK, NULL, NULL, GOOD},
    {"truncated_row.csv", PC_OK, NULL, "unknown_place bad.csv:3 /A PLACE blank: category other\n",
     "/A 2018-07-01 open other start 1 -\n"},
    {"surplus_fields.csv", PC_OK, "bad.csv:2: 12 fields, expected the 10 of the header", NULL,
     "/A 2018-05-03 2018-06-10 foster_inhouse start 1 home\n"},
    {"blank_rows.csv", PC_OK, NULL, "no_birth_date bad.csv:6 /B ", /* blank rows count as rows of the file */
     "/B 2018-05-03 2018-06-10 foster_inhouse start 1 home\n"},
    {"impossible_dates.csv", PC_OK, NULL,
     "unreadable_decom bad.csv:3 /A row not used: DECOM `31/09/2018` is not a date\n"
     "unreadable_decom bad.csv:4 /A row not used: DECOM `2018-02-30` is not a date\n"
     "unreadable_decom bad.csv:5 /A row not used: DECOM `05/13/2018` is not a date\n"
     "unreadable_decom bad.csv:6 /A row not used: DECOM `43224` is not a date\n"
     "unreadable_decom bad.csv:7 /A row not used: DECOM `01/01/18` is not a date\n",
     "/A 2018-05-03 2018-06-10 foster_inhouse start 1 home\n/G"},
    {"formula_unquoted.csv", PC_ERR_INPUT, "bad.csv:3: misplaced quotation mark", NULL, NULL},
    {"formula_and_html.csv", PC_OK, NULL,
     "unknown_reason_ended bad.csv:3 /=cmd|' /C calc'!A0 REC `<SCRIPT>ALERT(1)</SCRIPT>` is not a national "
     "code",
     "/=cmd|' /C calc'!A0 2018-05-03 2018-06-10 other start 1 other\n"},
    {"latin1.csv", PC_OK, NULL, "no_birth_date bad.csv:3 /Jos\xe9 ",
     "/Jos\xe9 2018-05-03 2018-06-10 foster_inhouse start 1 home\n"},
    {"utf8_name.csv", PC_OK, NULL, "no_birth_date bad.csv:2 /Zo\xc3\xab ",
     "/Zo\xc3\xab 2018-05-03 2018-06-10 foster_inhouse start 1 home\n"},
    {"code_too_long.csv", PC_OK, NULL,
     "unknown_place bad.csv:3 /B PLACE `UNKNOWNPLACECODETHATISFARTOOLON`: category other\n",
     "/B 2018-05-03 2018-06-10 other start 1 home\n"},
    {"header_quote_never_closed.csv", PC_ERR_INPUT, "bad.csv:2: quotation mark", NULL, NULL},
    {"header_impossible_birth.csv", PC_OK, NULL,
     "unreadable_birth bad.csv:2 /A DOB `31/06/2008` is not a date: read as blank\n", GOOD},
};
#define N_EXPECTED (sizeof expected / sizeof expected[0])

static void put_beside_good_files(const intake_case *c, const char *file)
{
    char *path = pc_test_path(PC_TEST_DATA "/malformed/ssda903", file), *bytes;
    size_t size;

    case_file(c, "good header.csv", HEADER_COLUMNS, "G,1,01/06/2008,WBRI\n");
    case_file(c, "good.csv", EPISODE_COLUMNS, "G,03/05/2018,S,V2,N1,U4,PR1,10/06/2018,E4A,\n");
    bytes = pc_test_read_file(path, &size);
    pc_test_write_bytes(c->folder, "bad.csv", bytes, size);
    free(bytes);
    free(path);
}

static void assert_holds(const char *text, const char *part, const char *file)
{
    if (part != NULL && strstr(text, part) == NULL) {
        fail_msg("%s: expected `%s` in:\n%s", file, part, text);
    }
}

static void each_malformed_file_is_rejected_or_repaired_by_name(void **state)
{
    (void)state;
    for (size_t e = 0; e < N_EXPECTED; e++) {
        static const size_t extract_chunk[] = {0, 1, 7};

        for (size_t s = 0; s < sizeof extract_chunk / sizeof extract_chunk[0]; s++) {
            intake_case c;
            char *quality, *episodes;
            pc_clean_options options = pc_clean_options_default();

            case_open(&c);
            put_beside_good_files(&c, expected[e].file);
            options.folder = c.folder;
            options.extract = pc_day_from_date((pc_date){2019, 3, 31});
            options.chunk = extract_chunk[s];
            c.status = pc_clean(&options, &c.episodes, &c.quality, &c.diagnostics);
            if (c.status != expected[e].status) {
                print_error("%s:\n", expected[e].file);
            }
            assert_status(c.status, expected[e].status, &c.diagnostics);
            if (expected[e].message != NULL) {
                assert_message(&c.diagnostics, expected[e].message);
            }
            quality = case_quality(&c);
            episodes = case_episodes(&c);
            assert_holds(quality, expected[e].quality, expected[e].file);
            assert_holds(episodes, expected[e].episodes, expected[e].file);
            assert_int_equal(c.status == PC_OK, c.episodes.n > 0);
            assert_holds(episodes, c.status == PC_OK ? GOOD : NULL, expected[e].file);
            free(quality);
            free(episodes);
            case_close(&c);
        }
    }
}

static void a_warning_is_given_once_though_files_are_read_twice(void **state)
{
    intake_case c;
    size_t times = 0;

    (void)state;
    case_open(&c);
    put_beside_good_files(&c, "surplus_fields.csv");
    case_clean(&c, "2019-03-31");
    for (size_t m = 0; m < c.diagnostics.n; m++) {
        times += strstr(c.diagnostics.message[m].text, "12 fields") != NULL;
    }
    assert_int_equal(times, 1);
    case_close(&c);
}

static void no_malformed_file_is_forgotten(void **state)
{
    DIR *folder = opendir(PC_TEST_DATA "/malformed/ssda903");
    struct dirent *entry;
    size_t n = 0;

    (void)state;
    assert_non_null(folder);
    while ((entry = readdir(folder)) != NULL) {
        bool known = entry->d_name[0] == '.';

        for (size_t e = 0; e < N_EXPECTED; e++) {
            known = known || strcmp(expected[e].file, entry->d_name) == 0;
        }
        if (!known) {
            fail_msg("%s has no expectation", entry->d_name);
        }
        n += entry->d_name[0] != '.';
    }
    closedir(folder);
    assert_int_equal(n, N_EXPECTED);
}

static void every_bad_file_is_named_not_only_the_first(void **state)
{
    intake_case c;

    (void)state;
    case_open(&c);
    put_beside_good_files(&c, "quote_in_field.csv");
    case_file(&c, "worse.csv", EPISODE_COLUMNS, "A,\"03/05\"x,S\n");
    case_file(&c, "header 2.csv", HEADER_COLUMNS, "A,1,\"01/06/2008\"x,WBRI\n");
    case_clean(&c, NULL);
    assert_status(c.status, PC_ERR_INPUT, &c.diagnostics);
    assert_message(&c.diagnostics, "bad.csv:3: ");
    assert_message(&c.diagnostics, "worse.csv:2: ");
    assert_message(&c.diagnostics, "header 2.csv:2: ");
    case_close(&c);
}

static void a_field_without_end_is_refused_within_bounds(void **state)
{
    intake_case c;
    size_t size = (size_t)3 << 20;
    char *text = malloc(size + 1);

    (void)state;
    assert_non_null(text);
    memset(text, 'x', size);
    text[0] = 'A';
    text[1] = ',';
    text[2] = '"';
    text[size] = '\0';
    case_open(&c);
    case_file(&c, "bad.csv", EPISODE_COLUMNS, text);
    case_clean(&c, NULL);
    assert_status(c.status, PC_ERR_INPUT, &c.diagnostics);
    assert_message(&c.diagnostics, "bad.csv:2: field longer than 1 MiB");
    case_close(&c);
    free(text);
}

static void more_kinds_of_codes_than_numbers_are_kept_apart_from_known_ones(void **state)
{
    intake_case c;
    char *rows = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&rows, &size);

    (void)state;
    assert_non_null(stream);
    for (int row = 0; row < 66000; row++) {
        fprintf(stream, "C%d,03/05/2018,S,V2,N1,W%d,PR1,10/06/2018,E4A,\n", row, row);
    }
    fputs("G,03/05/2018,S,V2,N1,U4,PR1,10/06/2018,E4A,\n", stream);
    assert_int_equal(fclose(stream), 0);
    case_open(&c);
    case_file(&c, "e.csv", EPISODE_COLUMNS, rows);
    case_clean(&c, NULL);
    assert_ok(c.status, &c.diagnostics);
    assert_int_equal(c.episodes.n, 66001);
    assert_true(c.episodes.code.n <= 65536);
    assert_string_equal(pc_names_text(&c.episodes.code, c.episodes.row[c.episodes.n - 1].reason_ended),
                        "E4A");
    case_close(&c);
    free(rows);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_malformed_file_is_rejected_or_repaired_by_name),
        cmocka_unit_test(a_warning_is_given_once_though_files_are_read_twice),
        cmocka_unit_test(no_malformed_file_is_forgotten),
        cmocka_unit_test(every_bad_file_is_named_not_only_the_first),
        cmocka_unit_test(a_field_without_end_is_refused_within_bounds),
        cmocka_unit_test(more_kinds_of_codes_than_numbers_are_kept_apart_from_known_ones),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
