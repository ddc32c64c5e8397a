/* The base: every allocation fails in turn. Leaks and wild pointers on those paths are found by the
 * sanitizers. */
#include "pc_test.h"

#include "failing_allocation.h"

#include "base/csv_rows.h"
#include "base/memory.h"
#include "base/out_file.h"
#include "base/yaml.h"
#include "placecast/names.h"

static pc_status grow_an_array(void *context)
{
    long *array = NULL;
    size_t capacity = 0;
    pc_status status = PC_OK;

    (void)context;
    for (size_t n = 0; n < 100 && status == PC_OK; n++) {
        size_t before = capacity;

        status = pc_grow(&array, &capacity, n + 1, sizeof *array);
        if (status == PC_OK) {
            array[n] = (long)n;
        } else {
            assert_int_equal(capacity, before);
        }
        for (size_t m = 0; status != PC_OK && m < n; m++) {
            assert_int_equal(array[m], m); /* what was there stays */
        }
    }
    free(array);
    return status;
}

static pc_status add_names(void *context)
{
    pc_names names;
    pc_status status = PC_OK;
    char text[16];

    (void)context;
    pc_names_init(&names);
    for (uint32_t n = 0; n < 100 && status == PC_OK; n++) {
        uint32_t number;
        int length = snprintf(text, sizeof text, "%u", n);

        status = pc_names_add(&names, text, (size_t)length, &number);
        if (status == PC_OK) {
            assert_int_equal(number, n);
        } else { /* the table is as it was, and works when there is memory again */
            assert_int_equal(names.n, n);
            assert_int_equal(pc_names_find(&names, text, (size_t)length), PC_NAME_NONE);
            pause_failing();
            assert_ok(pc_names_add(&names, text, (size_t)length, &number));
            assert_int_equal(number, n);
            resume_failing();
        }
    }
    pc_names_free(&names);
    return status;
}

static pc_status add_messages(void *context)
{
    pc_diagnostics diagnostics;
    bool lost, whole = true;
    size_t n_placed = 0;

    (void)context;
    pc_diagnostics_init(&diagnostics);
    for (int m = 0; m < 20; m++) {
        pc_diagnostics_add(&diagnostics, PC_ERROR,
                           (pc_place){.file = "a.csv", .line = m + 1, .column_name = "DEC"}, "message %d", m);
    }
    assert_int_equal(diagnostics.count[PC_ERROR], 20); /* counted even when it could not be kept */
    lost = diagnostics.lost;
    for (size_t m = 0; m < diagnostics.n; m++) {
        char *line = pc_message_line(&diagnostics.message[m]);

        assert_non_null(diagnostics.message[m].text);
        n_placed += diagnostics.message[m].file != NULL && diagnostics.message[m].column_name != NULL;
        whole = whole && line != NULL && strstr(line, "a.csv:") != NULL && strstr(line, "column DEC") != NULL;
        free(line);
    }
    assert_true(lost == (n_placed < 20)); /* a message, or where it is */
    pc_diagnostics_free(&diagnostics);
    return lost || !whole ? PC_ERR_NO_MEMORY : PC_OK;
}

static pc_status see_header(void *context, const pc_csv_header *header)
{
    *(size_t *)context = header->n_column;
    return PC_OK;
}

static pc_status see_row(void *context, long row, const pc_field *field)
{
    (void)row;
    for (size_t column = 0; column < *(size_t *)context; column++) {
        assert_non_null(field[column].text);
    }
    return PC_OK;
}

static pc_status read_rows(void *context)
{
    const char *text =
        "CHILD,DECOM,a longer name of a column that makes the buffer grow\n"
        "1,01/04/2011,\"a field that is quoted, and longer than the buffer that the header needed\"\n";
    size_t n_column = 0;

    (void)context;
    return pc_csv_read_bytes(text, strlen(text), "f.csv", 7, see_header, see_row, &n_column, NULL);
}

static pc_status read_rows_of_a_file(void *context)
{
    size_t n_column = 0;

    return pc_csv_read(context, "f.csv", 0, see_header, see_row, &n_column, NULL);
}

static pc_status write_a_file(void *context)
{
    pc_out_file out;
    pc_status status = pc_make_folder(context, NULL);

    if (status == PC_OK) {
        status = pc_out_open(&out, context, "a.csv", 0644, NULL);
    }
    if (status == PC_OK) {
        pc_out_text(out.stream, "text");
        status = pc_out_commit(&out, NULL);
    }
    return status;
}

static pc_status read_yaml(void *context)
{
    const char *text = "a: {b: [1, 2, x], c: &c {d: e}}\nf: *c\ng: \"quoted\"\n";
    pc_yaml_node *tree;
    pc_status status = pc_yaml_read_bytes(text, strlen(text), "f.yaml", &tree, NULL);

    (void)context;
    if (status != PC_OK) {
        assert_null(tree);
    }
    pc_yaml_free(tree);
    return status;
}

static void growing_an_array_survives_any_failing_allocation(void **state)
{
    (void)state;
    assert_true(walk_failing_allocations(grow_an_array, NULL) >= 4); /* 16 32 64 128 */
}

static void adding_names_survives_any_failing_allocation(void **state)
{
    (void)state;
    /* 16 to 128 pointers, 64 to 256 slots, two blocks of texts */
    assert_true(walk_failing_allocations(add_names, NULL) >= 9);
}

static void adding_messages_survives_any_failing_allocation(void **state)
{
    (void)state;
    assert_true(walk_failing_allocations(add_messages, NULL) > 60);
}

static void reading_rows_survives_any_failing_allocation(void **state)
{
    char *folder = pc_test_folder(), *path = pc_test_path(folder, "f.csv");

    (void)state;
    assert_true(walk_failing_allocations(read_rows, NULL) > 6);
    pc_test_write(folder, "f.csv", "CHILD,DECOM\n1,01/04/2011\n");
    assert_true(walk_failing_allocations(read_rows_of_a_file, path) > 5);
    pc_test_remove(folder);
    free(path);
    free(folder);
}

static void writing_a_file_survives_any_failing_allocation(void **state)
{
    char *folder = pc_test_folder(), *deep = pc_test_path(folder, "a/b");

    (void)state;
    assert_true(walk_failing_allocations(write_a_file, deep) >= 3);
    pc_test_remove(folder);
    free(deep);
    free(folder);
}

static void reading_yaml_survives_any_failing_allocation(void **state)
{
    (void)state;
    assert_true(walk_failing_allocations(read_yaml, NULL) > 20);
}

/* The walk itself: code that takes a failure for success, or fails without one, is found out. */
static pc_status never_asks(void *context)
{
    (void)context;
    return PC_OK;
}

static pc_status asks_twice(void *context)
{
    char *volatile one = malloc(1), *volatile two = malloc(1); /* volatile: else clang leaves both out */
    pc_status status = one != NULL && two != NULL ? PC_OK : PC_ERR_NO_MEMORY;

    if (status != PC_OK) {
        (*(int *)context)++;
    }
    free(one);
    free(two);
    return status;
}

static void the_walk_fails_each_allocation_alone_and_with_all_after_it(void **state)
{
    int failures = 0;

    (void)state;
    assert_int_equal(walk_failing_allocations(never_asks, NULL), 0);
    assert_int_equal(walk_failing_allocations(asks_twice, &failures), 2);
    assert_int_equal(failures, 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(growing_an_array_survives_any_failing_allocation),
        cmocka_unit_test(adding_names_survives_any_failing_allocation),
        cmocka_unit_test(adding_messages_survives_any_failing_allocation),
        cmocka_unit_test(reading_rows_survives_any_failing_allocation),
        cmocka_unit_test(writing_a_file_survives_any_failing_allocation),
        cmocka_unit_test(reading_yaml_survives_any_failing_allocation),
        cmocka_unit_test(the_walk_fails_each_allocation_alone_and_with_all_after_it),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
