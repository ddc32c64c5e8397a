/* run.json read back: what it names, what is wrong with one, which bytes differ. */
#include <sys/stat.h>

#include "base/file_hash.h"
#include "pc_test.h"
#include "placecast/rerun.h"
#include "placecast/version.h"

#define PLAIN                                                                                                \
    "{\"placecast\": \"" PC_VERSION "\", \"command\": [\"placecast\", \"run\", \"a.yaml\"],"                 \
    " \"inputs\": [{\"path\": \"a.yaml\", \"sha256\": \"00\"}, {\"path\": \"b.csv\", \"sha256\": null}],"    \
    " \"outputs\": [\"forecast.csv\", \"run.json\", \"report.html\"],"                                       \
    " \"output_sha256\": {\"forecast.csv\": \"11\"}}"

typedef struct fixture {
    char *folder, *path;
    pc_manifest manifest;
    pc_diagnostics diagnostics;
} fixture;

static pc_status read_text(fixture *self, const char *text)
{
    pc_diagnostics_init(&self->diagnostics);
    self->folder = pc_test_folder();
    pc_test_write(self->folder, "run.json", text);
    self->path = pc_test_path(self->folder, "run.json");
    return pc_manifest_read(self->path, &self->manifest, &self->diagnostics);
}

static void done(fixture *self)
{
    pc_manifest_free(&self->manifest);
    pc_manifest_free(&self->manifest);
    pc_diagnostics_free(&self->diagnostics);
    pc_test_remove(self->folder);
    free(self->folder);
    free(self->path);
}

static void names_command_inputs_and_outputs(void **state)
{
    fixture self;

    (void)state;
    assert_ok(read_text(&self, PLAIN), &self.diagnostics);
    assert_string_equal(self.manifest.folder, self.folder);
    assert_true(pc_manifest_same_version(&self.manifest));
    assert_int_equal(self.manifest.n_word, 3);
    assert_string_equal(self.manifest.word[2], "a.yaml");
    assert_null(self.manifest.word[3]);
    assert_int_equal(self.manifest.n_input, 2);
    assert_string_equal(self.manifest.input[0].sha256, "00");
    assert_null(self.manifest.input[1].sha256);
    assert_int_equal(self.manifest.n_output, 3);
    assert_string_equal(self.manifest.output[0].sha256, "11");
    assert_null(self.manifest.output[2].sha256);
    done(&self);
}

static void another_version_is_another(void **state)
{
    fixture self;

    (void)state;
    assert_ok(read_text(&self, "{\"placecast\": \"" PC_VERSION "1\", \"command\": [\"placecast\", \"run\"],"
                               "\"inputs\": [{\"path\": \"a\"}]}"));
    assert_false(pc_manifest_same_version(&self.manifest));
    assert_int_equal(self.manifest.n_output, 0);
    done(&self);
}

static void what_is_no_manifest_is_refused_with_its_reason(void **state)
{
    static const struct {
        const char *text, *message;
    } each[] = {
        {"[]", "expected an object"},
        {"{}", "names no version"},
        {"{\"placecast\": \"1\"}", "names no command"},
        {"{\"placecast\": \"1\", \"command\": [\"placecast\"]}", "names no command"},
        {"{\"placecast\": \"1\", \"command\": [\"placecast\", null]}", "has a command that is no text"},
        {"{\"placecast\": \"1\", \"command\": [\"placecast\", \"run\"]}", "names no inputs"},
        {"{\"placecast\": \"1\", \"command\": [\"placecast\", \"run\"], \"inputs\": [{}]}",
         "has an input without a path"},
        {"{\"placecast\": \"1\", \"command\": [\"placecast\", \"run\"], \"inputs\": [{\"path\": \"a\"}],"
         " \"outputs\": [\"../a\"]}",
         "has an output that is no file name"},
        {"{\"placecast\": \"1\", \"command\": [\"placecast\", \"run\"], \"inputs\": [{\"path\": \"a\"}],"
         " \"outputs\": [\"\"]}",
         "has an output that is no file name"},
    };

    (void)state;
    for (size_t e = 0; e < sizeof each / sizeof each[0]; e++) {
        fixture self;

        assert_status(read_text(&self, each[e].text), PC_ERR_INPUT, &self.diagnostics);
        assert_message(&self.diagnostics, each[e].message);
        assert_null(self.manifest.word);
        done(&self);
    }
}

/* A manifest over real files: input in.csv, outputs table.csv (hashed) and page.html. */
static void make_run(const char *folder, const char *input, const char *table, const char *page)
{
    char hash[PC_HASH_TEXT_SIZE], table_hash[PC_HASH_TEXT_SIZE], text[1200];

    pc_bytes_hash("a\n", 2, hash);
    pc_bytes_hash(table, strlen(table), table_hash);
    pc_test_write(folder, "table.csv", table);
    pc_test_write(folder, "page.html", page);
    snprintf(text, sizeof text,
             "{\"placecast\": \"1\", \"command\": [\"placecast\", \"run\"], \"inputs\": [{\"path\": \"%s\", "
             "\"sha256\": \"%s\"}], \"outputs\": [\"table.csv\", \"run.json\", \"page.html\"], "
             "\"output_sha256\": {\"table.csv\": \"%s\"}}",
             input, hash, table_hash);
    pc_test_write(folder, "run.json", text);
}

static void outputs_that_run_json_does_not_tell_of_are_warned_of(void **state)
{
    char *folder = pc_test_folder(), *table = pc_test_path(folder, "table.csv");
    char *run = pc_test_path(folder, "run.json");
    pc_diagnostics said;
    pc_manifest manifest;

    (void)state;
    pc_diagnostics_init(&said);
    make_run(folder, "in.csv", "x\n", "p");
    assert_ok(pc_manifest_read(run, &manifest, &said), &said);
    assert_ok(pc_manifest_check_outputs(&manifest, &said));
    assert_int_equal(said.n, 0);
    pc_test_write(folder, "page.html", "another page, of which run.json has no hash");
    assert_ok(pc_manifest_check_outputs(&manifest, &said));
    assert_int_equal(said.n, 0);
    pc_test_write(folder, "table.csv", "a\n");
    assert_ok(pc_manifest_check_outputs(&manifest, &said));
    assert_message(&said, "table.csv: is not the file that run.json tells of (its SHA-256 differs)");
    pc_test_remove(table);
    assert_ok(pc_manifest_check_outputs(&manifest, &said));
    assert_message(&said, "table.csv: cannot be read, expected the file that run.json tells of");
    assert_int_equal(said.count[PC_WARNING], 2);
    assert_int_equal(said.count[PC_ERROR], 0);
    pc_manifest_free(&manifest);
    pc_diagnostics_free(&said);
    pc_test_remove(folder);
    free(folder);
    free(table);
    free(run);
}

static void inputs_are_judged_by_their_bytes(void **state)
{
    char *folder = pc_test_folder(), *input = pc_test_path(folder, "in.csv");
    char *run = pc_test_path(folder, "run.json");
    pc_diagnostics said;
    pc_manifest manifest;

    (void)state;
    pc_diagnostics_init(&said);
    make_run(folder, input, "x\n", "p");
    assert_ok(pc_manifest_read(run, &manifest, &said), &said);
    assert_status(pc_manifest_check_inputs(&manifest, &said), PC_ERR_INPUT);
    assert_message(&said, "in.csv: cannot be read, expected the input of the run");
    pc_test_write(folder, "in.csv", "a\n");
    assert_ok(pc_manifest_check_inputs(&manifest, &said));
    pc_test_write(folder, "in.csv", "b\n");
    assert_status(pc_manifest_check_inputs(&manifest, &said), PC_ERR_INPUT);
    assert_message(&said, "in.csv: changed since the run: its SHA-256 begins with 0263829989b6, expected "
                          "87428fc52280");
    pc_test_remove(input);
    assert_int_equal(mkfifo(input, 0600), 0); /* to read it would be to wait for ever */
    assert_status(pc_manifest_check_inputs(&manifest, &said), PC_ERR_INPUT);
    pc_manifest_free(&manifest);
    pc_diagnostics_free(&said);
    pc_test_remove(folder);
    free(folder);
    free(input);
    free(run);
}

static size_t compared_with(const char *table, const char *page, const char *message, size_t expected)
{
    char *was = pc_test_folder(), *is = pc_test_folder();
    char *was_run = pc_test_path(was, "run.json"), *is_run = pc_test_path(is, "run.json");
    pc_manifest then, now;
    pc_diagnostics said;
    size_t n_compared, n_different;

    pc_diagnostics_init(&said);
    make_run(was, "in.csv", "x\n1\n2\n", "page");
    make_run(is, "in.csv", table, page);
    assert_ok(pc_manifest_read(was_run, &then, &said), &said);
    assert_ok(pc_manifest_read(is_run, &now, &said), &said);
    assert_ok(pc_manifest_compare(&then, &now, &n_compared, &n_different, &said), &said);
    assert_int_equal(n_different, expected);
    assert_int_equal(said.count[PC_ERROR], expected);
    if (message != NULL) {
        assert_message(&said, message);
    }
    pc_manifest_free(&then);
    pc_manifest_free(&now);
    pc_diagnostics_free(&said);
    pc_test_remove(was);
    pc_test_remove(is);
    free(was);
    free(is);
    free(was_run);
    free(is_run);
    return n_compared;
}

static void outputs_are_judged_by_their_bytes(void **state)
{
    (void)state;
    assert_int_equal(compared_with("x\n1\n2\n", "page", NULL, 0), 2);
    assert_int_equal(compared_with("x\n1\n3\n", "page", "table.csv:3: differs from table.csv", 1), 2);
    assert_int_equal(compared_with("x\n1\n2\n4\n", "page", "table.csv:4: differs", 1), 2);
    assert_int_equal(compared_with("x\n1\n", "egap", "page.html:1: differs from page.html", 2), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_command_inputs_and_outputs),
        cmocka_unit_test(another_version_is_another),
        cmocka_unit_test(what_is_no_manifest_is_refused_with_its_reason),
        cmocka_unit_test(inputs_are_judged_by_their_bytes),
        cmocka_unit_test(outputs_that_run_json_does_not_tell_of_are_warned_of),
        cmocka_unit_test(outputs_are_judged_by_their_bytes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
