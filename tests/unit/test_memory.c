#include "pc_test.h"

#include <string.h>

#include "base/embedded.h"
#include "base/memory.h"

static void arrays_grow_and_keep_what_they_hold(void **state)
{
    int *number = NULL;
    size_t capacity = 0;

    (void)state;
    for (int n = 0; n < 1000; n++) {
        assert_ok(pc_grow(&number, &capacity, (size_t)n + 1, sizeof *number));
        assert_true(capacity > (size_t)n);
        number[n] = n;
    }
    for (int n = 0; n < 1000; n++) {
        assert_int_equal(number[n], n);
    }
    assert_true(capacity <= 2048);
    free(number);
}

static void sizes_that_overflow_are_refused_and_leave_the_array(void **state)
{
    double *value = NULL;
    size_t capacity = 0;

    (void)state;
    assert_ok(pc_grow(&value, &capacity, 1, sizeof *value));
    value[0] = 7;
    assert_status(pc_grow(&value, &capacity, SIZE_MAX, sizeof *value), PC_ERR_NO_MEMORY);
    assert_status(pc_grow(&value, &capacity, SIZE_MAX / sizeof *value, sizeof *value), PC_ERR_NO_MEMORY);
    assert_int_equal(capacity, 16);
    assert_close(value[0], 7, 0, 0);
    free(value);
    assert_null(pc_new(SIZE_MAX / 2 + 1, 2));
    assert_null(pc_new(SIZE_MAX, SIZE_MAX));
    assert_null(pc_new_zero(SIZE_MAX, 2));
    assert_null(pc_copy_bytes_as_text("x", SIZE_MAX));
}

static void asking_for_nothing_gives_something_to_free(void **state)
{
    void *a = pc_new(0, 8), *b = pc_new_zero(0, 8), *c = pc_new(8, 0);

    (void)state;
    assert_non_null(a);
    assert_non_null(b);
    assert_non_null(c);
    free(a);
    free(b);
    free(c);
}

static void zeroed_memory_is_zero(void **state)
{
    unsigned char *bytes = pc_new_zero(1000, 3);

    (void)state;
    assert_non_null(bytes);
    for (size_t b = 0; b < 3000; b++) {
        assert_int_equal(bytes[b], 0);
    }
    free(bytes);
}

static void texts_are_copied_and_formatted_whole(void **state)
{
    char *copy = pc_copy_text("hello"), *part = pc_copy_bytes_as_text("hello", 4), *made, *empty;

    (void)state;
    assert_string_equal(copy, "hello");
    assert_string_equal(part, "hell");
    assert_null(pc_copy_text(NULL));
    made = pc_format_text("%s-%05d-%s", "a", 42, "b");
    assert_string_equal(made, "a-00042-b");
    free(made);
    made = pc_format_text("%5000s", "x");
    assert_int_equal(strlen(made), 5000);
    empty = pc_format_text("%s", "");
    assert_string_equal(empty, "");
    free(copy);
    free(part);
    free(made);
    free(empty);
}

static void embedded_files_are_those_of_the_source_folder(void **state)
{
    size_t n = 0;

    (void)state;
    for (const pc_embedded_file *file = pc_embedded_files; file->path != NULL; file++, n++) {
        if (strchr(file->path, '/') == NULL) {
            continue; /* a library's file, taken from its package at build time: not in the source folder */
        }
        char *path = pc_test_path(PC_SOURCE_DIR, file->path), *bytes;
        size_t size;

        bytes = pc_test_read_file(path, &size);
        assert_int_equal(size, file->size);
        assert_memory_equal(bytes, file->bytes, size + 1); /* and the NUL */
        assert_ptr_equal(pc_embedded_find(file->path), file);
        free(bytes);
        free(path);
    }
    assert_true(n >= 2);
    assert_non_null(pc_embedded_find("scenarios/codes/placements.yaml"));
    assert_null(pc_embedded_find("scenarios/codes"));
    assert_null(pc_embedded_find(""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arrays_grow_and_keep_what_they_hold),
        cmocka_unit_test(sizes_that_overflow_are_refused_and_leave_the_array),
        cmocka_unit_test(asking_for_nothing_gives_something_to_free),
        cmocka_unit_test(zeroed_memory_is_zero),
        cmocka_unit_test(texts_are_copied_and_formatted_whole),
        cmocka_unit_test(embedded_files_are_those_of_the_source_folder),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
