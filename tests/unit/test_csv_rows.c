#include "pc_test.h"

#include <sys/stat.h>

#include "base/csv_rows.h"

/* What the callbacks saw, as text: `H:A|B` for the header and `row:x|y` for each row. */
typedef struct record {
    char *text;
    size_t length;
    size_t n_column;
    long stop_at_row; /* that row's callback returns PC_ERR_RANGE */
} record;

static void append(record *self, const char *text, size_t length)
{
    char *longer = realloc(self->text, self->length + length + 1);

    assert_non_null(longer);
    self->text = longer;
    memcpy(self->text + self->length, text, length);
    self->length += length;
    self->text[self->length] = '\0';
}

static pc_status see_header(void *context, const pc_csv_header *header)
{
    record *self = context;

    append(self, "H:", 2);
    self->n_column = header->n_column;
    for (size_t column = 0; column < header->n_column; column++) {
        append(self, "|", column > 0);
        append(self, header->name[column], strlen(header->name[column]));
    }
    append(self, "\n", 1);
    return PC_OK;
}

static pc_status see_row(void *context, long row, const pc_field *field)
{
    record *self = context;
    char number[24];

    append(self, number, (size_t)snprintf(number, sizeof number, "%ld:", row));
    for (size_t column = 0; column < self->n_column; column++) {
        assert_int_equal(field[column].length, strlen(field[column].text));
        append(self, "|", column > 0);
        append(self, field[column].text, field[column].length);
    }
    append(self, "\n", 1);
    return row == self->stop_at_row ? PC_ERR_RANGE : PC_OK;
}

static pc_status read_bytes(const void *bytes, size_t size, size_t chunk, record *seen,
                            pc_diagnostics *diagnostics)
{
    /* A copy of the exact size: reading beyond it is seen by the sanitizers. */
    char *copy = malloc(size == 0 ? 1 : size);
    pc_status status;

    assert_non_null(copy);
    if (size > 0) {
        memcpy(copy, bytes, size);
    }
    status = pc_csv_read_bytes(copy, size, "f.csv", chunk, see_header, see_row, seen, diagnostics);
    free(copy);
    return status;
}

/* At every chunk size the text gives these rows, in memory and from a file, and no message. */
static void assert_rows(const char *text, const char *expected)
{
    size_t size = strlen(text);
    char *folder = pc_test_folder(), *path = pc_test_path(folder, "f.csv");

    pc_test_write(folder, "f.csv", text);
    for (size_t chunk = 0; chunk <= size + 1; chunk++) {
        for (int from_file = 0; from_file < 2; from_file++) {
            record seen = {0};
            pc_diagnostics diagnostics;

            pc_diagnostics_init(&diagnostics);
            if (from_file) {
                assert_ok(pc_csv_read(path, "f.csv", chunk, see_header, see_row, &seen, &diagnostics),
                          &diagnostics);
            } else {
                assert_ok(read_bytes(text, size, chunk, &seen, &diagnostics), &diagnostics);
            }
            assert_string_equal(seen.text, expected);
            assert_int_equal(diagnostics.n, 0);
            pc_diagnostics_free(&diagnostics);
            free(seen.text);
        }
    }
    pc_test_remove(folder);
    free(path);
    free(folder);
}

static void assert_refused_bytes(const void *bytes, size_t size, const char *message)
{
    for (size_t chunk = 0; chunk <= (size < 200 ? size : 3); chunk++) {
        record seen = {0};
        pc_diagnostics diagnostics;

        pc_diagnostics_init(&diagnostics);
        assert_status(read_bytes(bytes, size, chunk, &seen, &diagnostics), PC_ERR_INPUT, &diagnostics);
        assert_int_equal(diagnostics.count[PC_ERROR], 1);
        assert_message(&diagnostics, message);
        pc_diagnostics_free(&diagnostics);
        free(seen.text);
    }
}

static void assert_refused(const char *text, const char *message)
{
    assert_refused_bytes(text, strlen(text), message);
}

static void rows_come_with_their_numbers_the_header_being_row_1(void **state)
{
    (void)state;
    assert_rows("CHILD,DECOM\n1,01/04/2011\n2,02/04/2011\n",
                "H:CHILD|DECOM\n2:1|01/04/2011\n3:2|02/04/2011\n");
    assert_rows("A\n", "H:A\n");
}

static void every_line_ending_gives_the_same_rows(void **state)
{
    const char *expected = "H:A|B\n2:1|2\n3:3|4\n";

    (void)state;
    assert_rows("A,B\n1,2\n3,4\n", expected);
    assert_rows("A,B\r\n1,2\r\n3,4\r\n", expected);
    assert_rows("A,B\r1,2\r3,4\r", expected);
    assert_rows("A,B\n1,2\n3,4", expected); /* no newline at the end */
    assert_rows("A,B\r\n1,2\r\n3,4", expected);
    assert_rows("A,B\r1,2\n3,4\r\n", expected); /* mixed by hand */
}

static void a_byte_order_mark_is_no_part_of_the_first_name(void **state)
{
    (void)state;
    assert_rows("\xEF\xBB\xBF"
                "A,B\n1,2\n",
                "H:A|B\n2:1|2\n");
    assert_rows("\xEF\xBB\xBF"
                "\"A\",B\n1,2\n",
                "H:A|B\n2:1|2\n");
    assert_rows("A\n\xEF\xBB\xBF"
                "1\n",
                "H:A\n2:\xEF\xBB\xBF"
                "1\n"); /* only at the start of the file */
}

static void quotes_hold_commas_newlines_and_doubled_quotes(void **state)
{
    (void)state;
    assert_rows("A,B\n\"1,5\",\"say \"\"hello\"\"\"\n", "H:A|B\n2:1,5|say \"hello\"\n");
    assert_rows("A,B\n\"two\nlines\",x\n3,y\n",
                "H:A|B\n2:two\nlines|x\n3:3|y\n"); /* one row, so the next is 3 */
    assert_rows("\"A\",\"B\"\n\"\",\"2\"\n", "H:A|B\n2:|2\n");
    assert_rows("A,B\n1, \"2\" \n", "H:A|B\n2:1|2\n"); /* blanks around the quotes, as some tools write */
}

static void fields_are_trimmed_quoted_or_not(void **state)
{
    (void)state;
    assert_rows("A,B\n  1\t, x y \n", "H:A|B\n2:1|x y\n");
    assert_rows("A,B\n\"  1 \",\" x y\"\n", "H:A|B\n2:1|x y\n");
    assert_rows("A,B\n   ,\"  \"\n3,4\n", "H:A|B\n3:3|4\n"); /* nothing but blanks: a blank row */
}

static void header_names_are_trimmed_and_put_in_upper_case(void **state)
{
    (void)state;
    assert_rows(" child ,\"Decom \",rne_2\n1,2,3\n", "H:CHILD|DECOM|RNE_2\n2:1|2|3\n");
    assert_rows("caf\xC3\xA9\n1\n", "H:CAF\xC3\xA9\n2:1\n"); /* other letters stay as they are */
}

static void blank_rows_are_skipped_and_counted(void **state)
{
    (void)state;
    assert_rows("A,B\n\n1,2\n,\n\n3,4\n\n", "H:A|B\n3:1|2\n6:3|4\n");
    assert_rows("A,B\r\n\r\n1,2\r\n\r\n\r\n3,4\r\n", "H:A|B\n3:1|2\n6:3|4\n");
    assert_rows("\n\nA,B\n1,2\n", "H:A|B\n4:1|2\n"); /* before the header too */
}

static void missing_fields_are_empty(void **state)
{
    (void)state;
    assert_rows("A,B,C\n1\n1,2\n1,2,3\n1,,3\n", "H:A|B|C\n2:1||\n3:1|2|\n4:1|2|3\n5:1||3\n");
}

static void surplus_fields_are_dropped_and_reported_once(void **state)
{
    record seen = {0};
    pc_diagnostics diagnostics;
    const char *text = "A,B\n1,2\n1,2,3,4\n5,6,7\n";

    (void)state;
    pc_diagnostics_init(&diagnostics);
    assert_ok(read_bytes(text, strlen(text), 0, &seen, &diagnostics));
    assert_string_equal(seen.text, "H:A|B\n2:1|2\n3:1|2\n4:5|6\n");
    assert_int_equal(diagnostics.n, 1);
    assert_int_equal(diagnostics.count[PC_WARNING], 1);
    assert_message(&diagnostics, "f.csv:3: 4 fields, expected the 2 of the header");
    pc_diagnostics_free(&diagnostics);
    free(seen.text);
}

static void a_misplaced_quote_is_named_with_its_row(void **state)
{
    (void)state;
    assert_refused("A,B\n1,2\nx\"y,2\n3,4\n", "f.csv:3: misplaced quotation mark");
    assert_refused("A,B\n\"x\"y,2\n", "f.csv:2: misplaced quotation mark");
    assert_refused("A\"\n", "f.csv:1: misplaced quotation mark");
    assert_refused("A,B\n1,2\n\"3,4\n5,6\n", "f.csv:3: quotation mark that is never closed");
    assert_refused("A,B\n1,\"", "f.csv:2: quotation mark that is never closed");
}

static void a_nul_byte_is_named_with_its_row(void **state)
{
    (void)state;
    assert_refused_bytes("A,B\n1,2\n3,\0004\n", 14, "f.csv:3: NUL byte");
    assert_refused_bytes("\xFF\xFE"
                         "A\0,\0",
                         6, "f.csv:1: NUL byte"); /* UTF-16, as "Unicode text" is */
}

static void a_file_without_a_header_is_refused(void **state)
{
    (void)state;
    assert_refused("", "f.csv:1: no header row");
    assert_refused("\xEF\xBB\xBF", "no header row");
    assert_refused("\n\n \r\n", "no header row");
}

static char *filled(const char *before, char c, size_t n, const char *after, size_t *size)
{
    char *text = malloc(strlen(before) + n + strlen(after) + 1);

    assert_non_null(text);
    strcpy(text, before);
    memset(text + strlen(before), c, n);
    strcpy(text + strlen(before) + n, after);
    *size = strlen(before) + n + strlen(after);
    return text;
}

static void a_field_may_be_long_but_not_beyond_its_bound(void **state)
{
    size_t size;
    char *text = filled("A,B\n1,", 'x', PC_CSV_MAX_FIELD - 1, "\n", &size);
    record seen = {0};
    pc_diagnostics diagnostics;

    (void)state;
    pc_diagnostics_init(&diagnostics);
    assert_ok(read_bytes(text, size, 0, &seen, &diagnostics), &diagnostics);
    assert_int_equal(seen.length, size + 4); /* "H:" and "2:" */
    free(seen.text);
    free(text);
    text = filled("A,B\n1,", 'x', PC_CSV_MAX_FIELD + 1, "\n", &size);
    memset(&seen, 0, sizeof seen);
    assert_status(read_bytes(text, size, 0, &seen, &diagnostics), PC_ERR_INPUT);
    assert_message(&diagnostics, "f.csv:2: field longer than 1 MiB");
    pc_diagnostics_free(&diagnostics);
    free(seen.text);
    free(text);
}

static void a_row_may_not_grow_without_bound(void **state)
{
    size_t one, size = 0;
    char *field = filled("", 'x', 1000000, ",", &one), *text = malloc(6 * one + 20);
    record seen = {0};
    pc_diagnostics diagnostics;

    (void)state;
    assert_non_null(text);
    size += (size_t)sprintf(text, "A,B,C,D,E,F\n");
    for (int f = 0; f < 6; f++, size += one) {
        memcpy(text + size, field, one);
    }
    pc_diagnostics_init(&diagnostics);
    assert_status(read_bytes(text, size, 0, &seen, &diagnostics), PC_ERR_INPUT);
    assert_message(&diagnostics, "f.csv:2: row longer than 4 MiB");
    pc_diagnostics_free(&diagnostics);
    free(seen.text);
    free(text);
    free(field);
}

static void too_many_columns_are_refused_in_the_header_and_surplus_in_a_row(void **state)
{
    size_t size;
    char *commas = filled("", ',', PC_CSV_MAX_COLUMNS, "Z\n", &size);
    char *row = filled("A,B\n1,2", ',', 3 * PC_CSV_MAX_COLUMNS, "Z\n", &size);
    record seen = {0};
    pc_diagnostics diagnostics;

    (void)state;
    pc_diagnostics_init(&diagnostics);
    assert_status(read_bytes(commas, strlen(commas), 0, &seen, &diagnostics), PC_ERR_INPUT);
    assert_message(&diagnostics, "more than 512 columns");
    free(seen.text);
    memset(&seen, 0, sizeof seen);
    assert_ok(read_bytes(row, size, 0, &seen, &diagnostics));
    assert_string_equal(seen.text, "H:A|B\n2:1|2\n");
    assert_message(&diagnostics, "f.csv:2: 1538 fields");
    pc_diagnostics_free(&diagnostics);
    free(seen.text);
    free(commas);
    free(row);
}

static void a_callback_stops_the_reading_with_its_own_status(void **state)
{
    record seen = {.stop_at_row = 3};
    pc_diagnostics diagnostics;
    const char *text = "A\n1\n2\n3\n\"unclosed";

    (void)state;
    pc_diagnostics_init(&diagnostics);
    assert_status(read_bytes(text, strlen(text), 0, &seen, &diagnostics), PC_ERR_RANGE);
    assert_string_equal(seen.text, "H:A\n2:1\n3:2\n");
    assert_int_equal(diagnostics.n, 0); /* the callback says why, not the reader */
    pc_diagnostics_free(&diagnostics);
    free(seen.text);
}

static void what_cannot_be_read_is_an_input_output_error(void **state)
{
    char *folder = pc_test_folder(), *absent = pc_test_path(folder, "absent.csv"),
         *fifo = pc_test_path(folder, "fifo");
    const char *path[3];
    const char *message[] = {"f.csv: cannot be read: No such file", "f.csv: not a regular file",
                             "f.csv: not a regular file"};

    (void)state;
    path[0] = absent;
    path[1] = folder;
    path[2] = fifo;
    assert_int_equal(mkfifo(fifo, 0600), 0); /* must not wait for a writer */
    for (size_t p = 0; p < 3; p++) {
        record seen = {0};
        pc_diagnostics diagnostics;

        pc_diagnostics_init(&diagnostics);
        assert_status(pc_csv_read(path[p], "f.csv", 0, see_header, see_row, &seen, &diagnostics), PC_ERR_IO);
        assert_message(&diagnostics, message[p]);
        pc_diagnostics_free(&diagnostics);
    }
    pc_test_remove(folder);
    free(absent);
    free(fifo);
    free(folder);
}

static void columns_are_found_by_name(void **state)
{
    char a[] = "CHILD", b[] = "DEC", c[] = "DECOM";
    char *name[] = {a, b, c};
    pc_csv_header header = {name, 3};

    (void)state;
    assert_int_equal(pc_csv_column(&header, "DECOM"), 2);
    assert_int_equal(pc_csv_column(&header, "DEC"), 1);
    assert_int_equal(pc_csv_column(&header, "DE"), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_come_with_their_numbers_the_header_being_row_1),
        cmocka_unit_test(every_line_ending_gives_the_same_rows),
        cmocka_unit_test(a_byte_order_mark_is_no_part_of_the_first_name),
        cmocka_unit_test(quotes_hold_commas_newlines_and_doubled_quotes),
        cmocka_unit_test(fields_are_trimmed_quoted_or_not),
        cmocka_unit_test(header_names_are_trimmed_and_put_in_upper_case),
        cmocka_unit_test(blank_rows_are_skipped_and_counted),
        cmocka_unit_test(missing_fields_are_empty),
        cmocka_unit_test(surplus_fields_are_dropped_and_reported_once),
        cmocka_unit_test(a_misplaced_quote_is_named_with_its_row),
        cmocka_unit_test(a_nul_byte_is_named_with_its_row),
        cmocka_unit_test(a_file_without_a_header_is_refused),
        cmocka_unit_test(a_field_may_be_long_but_not_beyond_its_bound),
        cmocka_unit_test(a_row_may_not_grow_without_bound),
        cmocka_unit_test(too_many_columns_are_refused_in_the_header_and_surplus_in_a_row),
        cmocka_unit_test(a_callback_stops_the_reading_with_its_own_status),
        cmocka_unit_test(what_cannot_be_read_is_an_input_output_error),
        cmocka_unit_test(columns_are_found_by_name),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
