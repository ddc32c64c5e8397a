/* The YAML reader: what each node knows, and what is refused, with its place. */
#include "base/yaml.h"

#include "base/yaml_node.h"
#include "pc_test.h"

#include <sys/stat.h>

static pc_status read_text(const char *text, pc_yaml_node **out, pc_diagnostics *diagnostics)
{
    pc_diagnostics_init(diagnostics);
    return pc_yaml_read_bytes(text, strlen(text), "f.yaml", out, diagnostics);
}

static void assert_refused(const char *text, const char *message)
{
    pc_diagnostics diagnostics;
    pc_yaml_node *tree;

    assert_status(read_text(text, &tree, &diagnostics), PC_ERR_INPUT, &diagnostics);
    assert_null(tree);
    assert_message(&diagnostics, message);
    pc_diagnostics_free(&diagnostics);
}

static void each_node_and_key_knows_its_line_and_column(void **state)
{
    pc_diagnostics diagnostics;
    pc_yaml_node *tree, *list, *inner;

    (void)state;
    assert_ok(read_text("a: 1\nb:\n  - x\n  - {c: 'd', \"e\": }\nf: ~\r\n", &tree, &diagnostics),
              &diagnostics);
    assert_int_equal(tree->kind, PC_YAML_MAPPING);
    assert_int_equal(tree->n, 3);
    assert_string_equal(tree->key[1], "b");
    assert_int_equal(tree->key_line[1], 2);
    assert_int_equal(tree->key_column[1], 1);
    assert_string_equal(pc_yaml_get(tree, "a")->text, "1");
    assert_int_equal(pc_yaml_get(tree, "a")->line, 1);
    assert_int_equal(pc_yaml_get(tree, "a")->column, 4);
    assert_false(pc_yaml_get(tree, "a")->quoted);
    list = pc_yaml_get(tree, "b");
    assert_int_equal(list->kind, PC_YAML_SEQUENCE);
    assert_int_equal(list->n, 2);
    assert_null(list->key[0]);
    inner = list->child[1];
    assert_true(pc_yaml_get(inner, "c")->quoted);
    assert_int_equal(pc_yaml_get(inner, "c")->column, 9);
    assert_string_equal(inner->key[1], "e");
    assert_int_equal(inner->key_column[1], 14);
    assert_true(pc_yaml_get(inner, "e")->is_null);
    assert_int_equal(pc_yaml_get(inner, "e")->column, 14);
    assert_true(pc_yaml_get(tree, "f")->is_null);
    assert_string_equal(pc_yaml_get(tree, "f")->text, "");
    assert_null(pc_yaml_get(tree, "g"));
    assert_null(pc_yaml_get(list, "a"));
    assert_string_equal(pc_yaml_place(inner).file, "f.yaml");
    assert_int_equal(pc_yaml_place(inner).line, 4);
    pc_yaml_free(tree);
    pc_diagnostics_free(&diagnostics);
}

static void reads_json_block_text_and_a_byte_order_mark(void **state)
{
    pc_diagnostics diagnostics;
    pc_yaml_node *tree;

    (void)state;
    assert_ok(read_text("\xEF\xBB\xBF{\"a\": 1, \"b\": [true, null, \"null\"]}", &tree, &diagnostics),
              &diagnostics);
    assert_int_equal(pc_yaml_get(tree, "b")->n, 3);
    assert_true(pc_yaml_get(tree, "b")->child[1]->is_null);
    assert_false(pc_yaml_get(tree, "b")->child[2]->is_null);
    assert_string_equal(pc_yaml_get(tree, "b")->child[2]->text, "null");
    pc_yaml_free(tree);
    assert_ok(read_text("a: |\n  one\n  two\nb: caf\xC3\xA9 # no\n", &tree, &diagnostics), &diagnostics);
    assert_string_equal(pc_yaml_get(tree, "a")->text, "one\ntwo\n");
    assert_int_equal(pc_yaml_get(tree, "a")->line, 1);
    assert_string_equal(pc_yaml_get(tree, "b")->text, "caf\xC3\xA9");
    pc_yaml_free(tree);
    pc_diagnostics_free(&diagnostics);
}

static void syntax_errors_say_line_and_column(void **state)
{
    (void)state;
    assert_refused("a: b: c\n", "f.yaml:1:5: not valid YAML: invalid nested block mapping");
    assert_refused("a: 1\nb: \"unclosed\n",
                   "f.yaml:2:5: not valid YAML: double-quoted scalar without closing quote");
    assert_refused("a:\n\tb: 1\n", "f.yaml:2:1: not valid YAML: tab character");
    assert_refused("a: [1, 2\nb: 3\n", "f.yaml:3:1: not valid YAML: flow sequence without a closing bracket");
    assert_refused("a: }\n", "f.yaml:1:4: not valid YAML");
    assert_refused("a: 1\n b: 2\n", "f.yaml:1:4: not valid YAML");
    assert_refused("%YAML 9.9\n---\na: 1\n", "f.yaml:1:1: a directive");
}

static void duplicate_keys_are_errors_with_both_places(void **state)
{
    pc_diagnostics diagnostics;
    pc_yaml_node *tree;

    (void)state;
    assert_status(read_text("a: 1\nb: {x: 1, x: 2}\na: 2\n", &tree, &diagnostics), PC_ERR_INPUT,
                  &diagnostics);
    assert_null(tree);
    assert_int_equal(diagnostics.n, 2);
    assert_message(&diagnostics,
                   "f.yaml:2:11: key \"x\" again, expected once: it stands already at line 2, column 5");
    assert_message(&diagnostics,
                   "f.yaml:3:1: key \"a\" again, expected once: it stands already at line 1, column 1");
    pc_diagnostics_free(&diagnostics);
}

static void keys_are_plain_names_and_tags_are_refused(void **state)
{
    (void)state;
    assert_refused("{[1, 2]: 3}\n", "f.yaml:1:2: a key that is itself a list");
    assert_refused("a: 1\n- ? b\n", "f.yaml:2:3: a key introduced by ?");
    assert_refused("a: &x b\n*x : 3\n", "f.yaml:2:1: a key that is a reference");
    assert_refused("a: 1\nb: !!str 5\n", "f.yaml:2:10: a tag");
    assert_refused("b: !odd {c: 1}\n", "a tag");
}

static void aliases_are_copies(void **state)
{
    pc_diagnostics diagnostics;
    pc_yaml_node *tree;

    (void)state;
    assert_ok(read_text("a: &x {b: [1, 2]}\nc: *x\nd: &x 7\ne: *x\n", &tree, &diagnostics), &diagnostics);
    assert_string_equal(pc_yaml_get(pc_yaml_get(tree, "c"), "b")->child[1]->text, "2");
    assert_ptr_not_equal(pc_yaml_get(tree, "c"), pc_yaml_get(tree, "a"));
    assert_string_equal(pc_yaml_get(tree, "e")->text, "7");
    pc_yaml_free(tree);
    pc_diagnostics_free(&diagnostics);
    assert_refused("a: 1\nb: *y\n", "f.yaml:2:4: a reference (*) to nothing");
    assert_refused("a: &x [*x]\n", "f.yaml:1:8: a reference (*) to nothing");
}

static void a_file_that_multiplies_itself_is_refused(void **state)
{
    char text[2048] = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";

    (void)state;
    for (int level = 1; level < 12; level++) {
        size_t at = strlen(text);

        snprintf(text + at, sizeof text - at,
                 "a%d: &a%d [*a%d, *a%d, *a%d, *a%d, *a%d, *a%d, *a%d, *a%d, *a%d, *a%d]\n", level, level,
                 level - 1, level - 1, level - 1, level - 1, level - 1, level - 1, level - 1, level - 1,
                 level - 1, level - 1);
    }
    assert_refused(text, "more than 200000 values");
}

static void anchors_are_bounded_in_number_and_in_what_they_copy(void **state)
{
    size_t size = 1 << 20, at = 0;
    char *text = malloc(size);

    (void)state;
    assert_non_null(text);
    for (int a = 0; a < 1100; a++) {
        at += (size_t)snprintf(text + at, size - at, "a%d: &a%d x\n", a, a);
    }
    assert_refused(text, "f.yaml:1001:15: more than 1000 anchors");
    /* A list of 10,000 within 40 lists, each with an anchor, would be copied 40 times. */
    at = 0;
    for (int a = 0; a < 40; a++) {
        at += (size_t)snprintf(text + at, size - at, "&a%d [", a);
    }
    for (int x = 0; x < 10000; x++) {
        at += (size_t)snprintf(text + at, size - at, "x, ");
    }
    for (int a = 0; a < 40; a++) {
        text[at++] = ']';
    }
    text[at] = '\0';
    assert_refused(text, "more than 200000 values");
    free(text);
}

static void depth_is_bounded_with_and_without_references(void **state)
{
    char text[4096];
    pc_diagnostics diagnostics;
    pc_yaml_node *tree;

    (void)state;
    memset(text, '[', 200);
    text[200] = '\0';
    assert_refused(text, "f.yaml:1:64: nested more than 64 deep");
    memset(text + 60, ']', 60);
    text[120] = '\0';
    assert_ok(read_text(text, &tree, &diagnostics), &diagnostics);
    assert_int_equal(pc_yaml_depth(tree), 60);
    pc_yaml_free(tree);
    pc_diagnostics_free(&diagnostics);
    strcpy(text, "a0: &a0 [x]\n");
    for (int level = 1; level < 70; level++) {
        snprintf(text + strlen(text), 64, "a%d: &a%d [*a%d]\n", level, level, level - 1);
    }
    assert_refused(text, "nested more than 64 deep");
}

/* libfyaml 0.7.12 writes through a wild pointer on the first, and takes a tab after a colon amiss. */
static void forms_that_break_the_parser_are_refused_before_it(void **state)
{
    pc_diagnostics diagnostics;
    pc_yaml_node *tree;

    (void)state;
    assert_refused("? ~ :\t|", "f.yaml:1:1: a key introduced by ?");
    assert_refused("a: 1\n%b\n", "f.yaml:2:1: a directive");
    assert_ok(read_text("a:\t1\t# one\nb: what?\n", &tree, &diagnostics), &diagnostics);
    assert_string_equal(pc_yaml_get(tree, "a")->text, "1");
    assert_string_equal(pc_yaml_get(tree, "b")->text, "what?");
    pc_yaml_free(tree);
    assert_ok(read_text("{\n\t\"a\": [\n\t\t1\n\t]\n}\n", &tree, &diagnostics), &diagnostics);
    assert_int_equal(pc_yaml_get(tree, "a")->child[0]->column, 3);
    pc_yaml_free(tree);
    pc_diagnostics_free(&diagnostics);
}

static void only_one_document_with_something_in_it_is_accepted(void **state)
{
    (void)state;
    assert_refused("", "f.yaml: an empty file");
    assert_refused("# only a comment\n", "f.yaml: an empty file");
    assert_refused("---\n", "f.yaml: an empty file");
    assert_refused("a: 1\n---\nb: 2\n", "f.yaml:2:1: a second document");
    assert_refused("a: 1\n...\nb: 2\n", "f.yaml:3:1: a second document");
}

static void text_that_is_not_utf8_is_refused_where_it_stands(void **state)
{
    static const char *const bad[] = {"a: \xFF",     "a: \xC0\x80", "a: \xED\xA0\x80", "a: \xF5\x80\x80\x80",
                                      "a: \xE2\x82", "a: \x01",     "a: \xE0\x80\x80", "a: \xF4\x90\x80\x80"};
    pc_diagnostics diagnostics;
    pc_yaml_node *tree;

    (void)state;
    for (size_t b = 0; b < sizeof bad / sizeof *bad; b++) {
        assert_refused(bad[b], "f.yaml:1:4: byte 0x");
    }
    assert_refused("\xFF\xFE"
                   "a",
                   "UTF-16");
    assert_refused("b: 1\na: \"\\0\"\n", "f.yaml:2:4: a NUL character");
    pc_diagnostics_init(&diagnostics);
    assert_status(pc_yaml_read_bytes("a: 1\nb\0c", 8, "f.yaml", &tree, &diagnostics), PC_ERR_INPUT,
                  &diagnostics);
    assert_message(&diagnostics, "f.yaml:2:2: byte 0x00");
    pc_diagnostics_free(&diagnostics);
}

static void files_must_be_regular_readable_and_of_modest_size(void **state)
{
    char *folder = pc_test_folder(), *path = pc_test_path(folder, "big.yaml");
    pc_diagnostics diagnostics;
    pc_yaml_node *tree;
    size_t size = PC_YAML_MAX_BYTES + 1;
    char *bytes = malloc(size);

    (void)state;
    assert_non_null(bytes);
    memset(bytes, '#', size);
    pc_diagnostics_init(&diagnostics);
    pc_test_write_bytes(folder, "big.yaml", bytes, size);
    free(bytes);
    assert_status(pc_yaml_read(path, "big.yaml", &tree, &diagnostics), PC_ERR_INPUT, &diagnostics);
    assert_message(&diagnostics, "big.yaml: larger than 16 MiB");
    pc_test_write(folder, "big.yaml", "a: 1\n");
    assert_ok(pc_yaml_read(path, "big.yaml", &tree, &diagnostics), &diagnostics);
    assert_string_equal(pc_yaml_get(tree, "a")->text, "1");
    pc_yaml_free(tree);
    assert_status(pc_yaml_read(folder, "dir", &tree, &diagnostics), PC_ERR_IO, &diagnostics);
    assert_message(&diagnostics, "dir: not a regular file");
    pc_test_remove(path);
    assert_status(pc_yaml_read(path, "gone", &tree, &diagnostics), PC_ERR_IO, &diagnostics);
    assert_message(&diagnostics, "gone: cannot be read");
    assert_int_equal(mkfifo(path, 0600), 0);
    assert_status(pc_yaml_read(path, "fifo", &tree, &diagnostics), PC_ERR_IO, &diagnostics);
    assert_message(&diagnostics, "fifo: not a regular file");
    assert_null(tree);
    pc_diagnostics_free(&diagnostics);
    pc_test_remove(folder);
    free(path);
    free(folder);
}

static void children_can_be_removed_and_trees_copied(void **state)
{
    pc_diagnostics diagnostics;
    pc_yaml_node *tree, *copy;

    (void)state;
    assert_ok(read_text("a: 1\nb: [2, {c: 3}]\nd: '4'\n", &tree, &diagnostics), &diagnostics);
    copy = pc_yaml_copy(tree);
    assert_non_null(copy);
    pc_yaml_remove(tree, 0);
    assert_null(pc_yaml_get(tree, "a"));
    assert_string_equal(pc_yaml_get(tree, "d")->text, "4");
    assert_int_equal(tree->key_line[1], 3);
    pc_yaml_free(tree);
    assert_int_equal(pc_yaml_count(copy), 7);
    assert_true(pc_yaml_get(copy, "d")->quoted);
    assert_string_equal(pc_yaml_get(pc_yaml_get(copy, "b")->child[1], "c")->text, "3");
    pc_yaml_free(copy);
    pc_yaml_free(NULL);
    pc_diagnostics_free(&diagnostics);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_node_and_key_knows_its_line_and_column),
        cmocka_unit_test(reads_json_block_text_and_a_byte_order_mark),
        cmocka_unit_test(syntax_errors_say_line_and_column),
        cmocka_unit_test(duplicate_keys_are_errors_with_both_places),
        cmocka_unit_test(keys_are_plain_names_and_tags_are_refused),
        cmocka_unit_test(aliases_are_copies),
        cmocka_unit_test(a_file_that_multiplies_itself_is_refused),
        cmocka_unit_test(anchors_are_bounded_in_number_and_in_what_they_copy),
        cmocka_unit_test(depth_is_bounded_with_and_without_references),
        cmocka_unit_test(forms_that_break_the_parser_are_refused_before_it),
        cmocka_unit_test(only_one_document_with_something_in_it_is_accepted),
        cmocka_unit_test(text_that_is_not_utf8_is_refused_where_it_stands),
        cmocka_unit_test(files_must_be_regular_readable_and_of_modest_size),
        cmocka_unit_test(children_can_be_removed_and_trees_copied),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
