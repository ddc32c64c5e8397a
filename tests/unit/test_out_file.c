#include "pc_test.h"

#include <dirent.h>
#include <math.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/out_file.h"

static size_t n_files(const char *path)
{
    DIR *folder = opendir(path);
    size_t n = 0;

    assert_non_null(folder);
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        n += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
    }
    closedir(folder);
    return n;
}

static void assert_file(const char *folder, const char *name, const char *expected)
{
    char *text = pc_test_read(folder, name);

    assert_string_equal(text, expected);
    free(text);
}

static void commit_puts_the_new_file_in_place_of_the_old_one(void **state)
{
    char *folder = pc_test_folder();
    pc_diagnostics diagnostics;
    pc_out_file out;

    (void)state;
    pc_diagnostics_init(&diagnostics);
    pc_test_write(folder, "a.csv", "old");
    assert_ok(pc_out_open(&out, folder, "a.csv", 0644, &diagnostics), &diagnostics);
    fputs("new", out.stream);
    assert_int_equal(fflush(out.stream), 0);
    assert_file(folder, "a.csv", "old"); /* until the commit */
    assert_ok(pc_out_commit(&out, &diagnostics), &diagnostics);
    assert_file(folder, "a.csv", "new");
    assert_int_equal(n_files(folder), 1);
    pc_out_abandon(&out); /* harmless after a commit */
    pc_out_abandon(&out);
    assert_file(folder, "a.csv", "new");
    pc_test_remove(folder);
    free(folder);
}

static void abandoning_leaves_the_old_file_and_nothing_else(void **state)
{
    char *folder = pc_test_folder();
    pc_out_file out, zeroed = {0};

    (void)state;
    pc_test_write(folder, "a.csv", "old");
    assert_ok(pc_out_open(&out, folder, "a.csv", 0644, NULL));
    fputs("new", out.stream);
    pc_out_abandon(&out);
    pc_out_abandon(&out);
    pc_out_abandon(&zeroed);
    assert_file(folder, "a.csv", "old");
    assert_int_equal(n_files(folder), 1);
    pc_test_remove(folder);
    free(folder);
}

static void a_killed_run_leaves_the_old_file(void **state)
{
    char *folder = pc_test_folder();
    pid_t child;
    int outcome;
    pc_out_file out;

    (void)state;
    pc_test_write(folder, "a.csv", "old");
    fflush(NULL);
    child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        if (pc_out_open(&out, folder, "a.csv", 0644, NULL) == PC_OK) {
            fputs("half of the n", out.stream);
            fflush(out.stream);
            raise(SIGKILL);
        }
        _exit(1);
    }
    assert_int_equal(waitpid(child, &outcome, 0), child);
    assert_true(WIFSIGNALED(outcome));
    assert_file(folder, "a.csv", "old");
    pc_test_remove(folder);
    free(folder);
}

static void permissions_are_those_asked_for_whatever_was_there(void **state)
{
    char *folder = pc_test_folder(), *path = pc_test_path(folder, "children.csv");
    struct stat about;
    pc_out_file out;
    mode_t before = umask(0);

    (void)state;
    pc_test_write(folder, "children.csv", "old");
    assert_int_equal(chmod(path, 0666), 0);
    assert_ok(pc_out_open(&out, folder, "children.csv", 0600, NULL));
    assert_int_equal(stat(out.temporary, &about), 0);
    assert_int_equal(about.st_mode & 0777, 0600); /* never readable by others, not even while it is written */
    assert_ok(pc_out_commit(&out, NULL));
    assert_int_equal(stat(path, &about), 0);
    assert_int_equal(about.st_mode & 0777, 0600);
    umask(before);
    pc_test_remove(folder);
    free(path);
    free(folder);
}

static void folders_are_made_with_their_parents(void **state)
{
    char *folder = pc_test_folder(), *deep = pc_test_path(folder, "a/b//c"),
         *slash = pc_test_path(folder, "d/");
    struct stat about;

    (void)state;
    assert_ok(pc_make_folder(deep, NULL));
    assert_ok(pc_make_folder(deep, NULL)); /* again */
    assert_ok(pc_make_folder(slash, NULL));
    assert_ok(pc_make_folder("/", NULL));
    assert_ok(pc_make_folder(".", NULL));
    assert_int_equal(stat(deep, &about), 0);
    assert_int_equal(stat(slash, &about), 0);
    pc_test_remove(folder);
    free(deep);
    free(slash);
    free(folder);
}

static void a_folder_that_cannot_be_made_is_named(void **state)
{
    char *folder = pc_test_folder(), *inside = pc_test_path(folder, "file/inside"),
         *file = pc_test_path(folder, "file");
    pc_diagnostics diagnostics;

    (void)state;
    pc_diagnostics_init(&diagnostics);
    pc_test_write(folder, "file", "x");
    assert_status(pc_make_folder(inside, &diagnostics), PC_ERR_IO);
    assert_message(&diagnostics, "file");
    pc_diagnostics_free(&diagnostics);
    assert_status(pc_make_folder(file, &diagnostics), PC_ERR_IO); /* it is there, but is no folder */
    assert_message(&diagnostics, "file: ");
    assert_status(pc_make_folder("", &diagnostics), PC_ERR_IO);
    pc_diagnostics_free(&diagnostics);
    pc_test_remove(folder);
    free(inside);
    free(file);
    free(folder);
}

static void writing_into_a_missing_folder_is_an_error_that_names_the_file(void **state)
{
    char *folder = pc_test_folder(), *absent = pc_test_path(folder, "absent");
    pc_diagnostics diagnostics;
    pc_out_file out;

    (void)state;
    pc_diagnostics_init(&diagnostics);
    assert_status(pc_out_open(&out, absent, "a.csv", 0644, &diagnostics), PC_ERR_IO);
    assert_message(&diagnostics, "absent/a.csv: cannot be written: No such file or directory");
    pc_out_abandon(&out);
    pc_diagnostics_free(&diagnostics);
    pc_test_remove(folder);
    free(absent);
    free(folder);
}

static void a_folder_in_the_way_is_an_error_and_leaves_nothing(void **state)
{
    char *folder = pc_test_folder();
    pc_diagnostics diagnostics;
    pc_out_file out;

    (void)state;
    pc_diagnostics_init(&diagnostics);
    pc_test_write(folder, "a.csv/inside", "x");
    assert_ok(pc_out_open(&out, folder, "a.csv", 0644, &diagnostics));
    assert_status(pc_out_commit(&out, &diagnostics), PC_ERR_IO);
    assert_message(&diagnostics, "a.csv: cannot be put in place");
    assert_int_equal(n_files(folder), 1);
    pc_diagnostics_free(&diagnostics);
    pc_test_remove(folder);
    free(folder);
}

/* A disk that fills up, by way of the bound on the size of a file: writes beyond it fail. */
static void a_full_disk_is_an_error_and_keeps_the_old_file(void **state)
{
    char *folder = pc_test_folder();
    struct rlimit before, small;
    void (*handler)(int) = signal(SIGXFSZ, SIG_IGN);
    pc_diagnostics diagnostics;
    pc_out_file out;
    pc_status status;

    (void)state;
    pc_diagnostics_init(&diagnostics);
    pc_test_write(folder, "a.csv", "old");
    assert_ok(pc_out_open(&out, folder, "a.csv", 0644, &diagnostics));
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    small = before;
    small.rlim_cur = 4096;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    for (int line = 0; line < 100000; line++) {
        fputs("a line of the forecast\n", out.stream);
    }
    status = pc_out_commit(&out, &diagnostics);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    signal(SIGXFSZ, handler);
    assert_status(status, PC_ERR_IO);
    assert_message(&diagnostics, "a.csv: cannot be written: File too large");
    assert_file(folder, "a.csv", "old");
    assert_int_equal(n_files(folder), 1);
    pc_diagnostics_free(&diagnostics);
    pc_test_remove(folder);
    free(folder);
}

/* A last write that fails only when the buffer is emptied: /dev/full takes nothing. */
static void a_write_that_fails_late_is_still_an_error(void **state)
{
    char *folder = pc_test_folder();
    pc_diagnostics diagnostics;
    pc_out_file out;

    (void)state;
    pc_diagnostics_init(&diagnostics);
    assert_ok(pc_out_open(&out, folder, "a.csv", 0644, &diagnostics));
    out.stream = freopen("/dev/full", "w", out.stream);
    if (out.stream == NULL) {
        skip();
    }
    fputs("short", out.stream);
    assert_status(pc_out_commit(&out, &diagnostics), PC_ERR_IO);
    assert_message(&diagnostics, "a.csv: cannot be written: No space left on device");
    assert_int_equal(n_files(folder), 0);
    pc_diagnostics_free(&diagnostics);
    pc_test_remove(folder);
    free(folder);
}

static void assert_field(const char *text, const char *expected)
{
    char written[256];
    FILE *stream = tmpfile();
    size_t n;

    assert_non_null(stream);
    pc_out_text(stream, text);
    rewind(stream);
    n = fread(written, 1, sizeof written - 1, stream);
    written[n] = '\0';
    assert_string_equal(written, expected);
    fclose(stream);
}

static void fields_are_quoted_only_where_they_must_be(void **state)
{
    (void)state;
    assert_field("", "");
    assert_field("Agency foster (IFA)", "Agency foster (IFA)");
    assert_field("a,b", "\"a,b\"");
    assert_field("say \"x\"", "\"say \"\"x\"\"\"");
    assert_field("two\nlines", "\"two\nlines\"");
    assert_field("two\rlines", "\"two\rlines\"");
}

static void what_a_spreadsheet_would_take_for_a_formula_gets_an_apostrophe(void **state)
{
    (void)state;
    assert_field("=1+1", "\"'=1+1\"");
    assert_field("=HYPERLINK(\"http://x\")", "\"'=HYPERLINK(\"\"http://x\"\")\"");
    assert_field("+cmd", "\"'+cmd\"");
    assert_field("-cmd", "\"'-cmd\"");
    assert_field("@SUM(A1)", "\"'@SUM(A1)\"");
    assert_field("\t=1", "\"'\t=1\"");
    assert_field("-12.5", "-12.5"); /* a number stays one */
    assert_field("+3", "+3");
    assert_field("a=b", "a=b");
}

/* Latin-1, a command to a terminal, half a character, an overlong form; tabs and line ends stay. */
static void bytes_that_are_no_text_become_question_marks(void **state)
{
    (void)state;
    assert_field("Ynys M\xF4n", "Ynys M?n");
    assert_field("\x1B[2J\x07"
                 "x\x7F",
                 "?[2J?x?");
    assert_field("\xC3", "?");
    assert_field("\xC0\xAF,", "\"??,\"");
    assert_field("a\tb\nc\x01", "\"a\tb\nc?\"");
    assert_field("\xC3\xA9 \xE2\x82\xAC \xF0\x9F\x91\xB6", "\xC3\xA9 \xE2\x82\xAC \xF0\x9F\x91\xB6");
}

static void numbers_are_written_with_a_point_and_nothing_for_nan(void **state)
{
    char *folder = pc_test_folder();
    pc_out_file out;

    (void)state;
    assert_ok(pc_out_open(&out, folder, "n.csv", 0644, NULL));
    pc_out_number(out.stream, 1234.5, 2);
    fputc(',', out.stream);
    pc_out_number(out.stream, (double)NAN, 2);
    fputc(',', out.stream);
    assert_ok(pc_out_commit(&out, NULL));
    assert_file(folder, "n.csv", "1234.50,,");
    pc_test_remove(folder);
    free(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(commit_puts_the_new_file_in_place_of_the_old_one),
        cmocka_unit_test(abandoning_leaves_the_old_file_and_nothing_else),
        cmocka_unit_test(a_killed_run_leaves_the_old_file),
        cmocka_unit_test(permissions_are_those_asked_for_whatever_was_there),
        cmocka_unit_test(folders_are_made_with_their_parents),
        cmocka_unit_test(a_folder_that_cannot_be_made_is_named),
        cmocka_unit_test(writing_into_a_missing_folder_is_an_error_that_names_the_file),
        cmocka_unit_test(a_folder_in_the_way_is_an_error_and_leaves_nothing),
        cmocka_unit_test(a_full_disk_is_an_error_and_keeps_the_old_file),
        cmocka_unit_test(a_write_that_fails_late_is_still_an_error),
        cmocka_unit_test(fields_are_quoted_only_where_they_must_be),
        cmocka_unit_test(what_a_spreadsheet_would_take_for_a_formula_gets_an_apostrophe),
        cmocka_unit_test(bytes_that_are_no_text_become_question_marks),
        cmocka_unit_test(numbers_are_written_with_a_point_and_nothing_for_nan),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
