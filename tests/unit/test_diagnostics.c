#include "pc_test.h"

static void assert_line(pc_place place, const char *expected)
{
    pc_diagnostics diagnostics;
    char *line;

    pc_diagnostics_init(&diagnostics);
    pc_diagnostics_add(&diagnostics, PC_ERROR, place, "found <%s>", "x");
    line = pc_message_line(&diagnostics.message[0]);
    assert_string_equal(line, expected);
    free(line);
    pc_diagnostics_free(&diagnostics);
}

static void a_message_says_where_as_far_as_it_is_known(void **state)
{
    (void)state;
    assert_line((pc_place){0}, "found <x>");
    assert_line((pc_place){.file = "a.yaml"}, "a.yaml: found <x>");
    assert_line((pc_place){.file = "a.yaml", .line = 3}, "a.yaml:3: found <x>");
    assert_line((pc_place){.file = "a.yaml", .line = 3, .column = 9}, "a.yaml:3:9: found <x>");
    assert_line((pc_place){.file = "e.csv", .line = 12, .column_name = "DECOM"},
                "e.csv:12: column DECOM: found <x>");
    assert_line((pc_place){.file = "e.csv", .column_name = "DECOM"}, "e.csv: column DECOM: found <x>");
    assert_line((pc_place){.line = 3, .column = 9}, "found <x>"); /* a line of no file says nothing */
}

static void a_message_is_written_as_its_line_reads(void **state)
{
    const pc_place place[] = {{0},
                              {.file = "a.yaml"},
                              {.file = "a.yaml", .line = 3},
                              {.file = "a\n\033.yaml", .line = 3, .column = 9},
                              {.file = "e.csv", .line = 12, .column_name = "DE\tCOM"},
                              {.file = "e.csv", .column_name = "DECOM"},
                              {.line = 3, .column = 9}};
    pc_diagnostics diagnostics;

    (void)state;
    pc_diagnostics_init(&diagnostics);
    for (size_t m = 0; m < sizeof place / sizeof place[0]; m++) {
        FILE *stream = tmpfile();
        char written[200];
        char *line;

        assert_non_null(stream);
        pc_diagnostics_add(&diagnostics, PC_WARNING, place[m], "found <%s>", "x\n\033");
        line = pc_message_line(&diagnostics.message[m]);
        pc_message_write(&diagnostics.message[m], stream);
        rewind(stream);
        written[fread(written, 1, sizeof written - 1, stream)] = '\0';
        assert_string_equal(written, line);
        free(line);
        fclose(stream);
    }
    assert_int_equal(diagnostics.n, sizeof place / sizeof place[0]);
    pc_diagnostics_free(&diagnostics);
}

static void messages_are_kept_in_order_and_counted_by_severity(void **state)
{
    pc_diagnostics diagnostics;
    char expected[32];

    (void)state;
    pc_diagnostics_init(&diagnostics);
    for (int m = 0; m < 1000; m++) {
        pc_diagnostics_add(&diagnostics, (pc_severity)(m % 3), (pc_place){0}, "message %d", m);
    }
    assert_int_equal(diagnostics.n, 1000);
    assert_int_equal(diagnostics.count[PC_ERROR], 334);
    assert_int_equal(diagnostics.count[PC_WARNING], 333);
    assert_int_equal(diagnostics.count[PC_ASSUMPTION], 333);
    for (int m = 0; m < 1000; m++) {
        snprintf(expected, sizeof expected, "message %d", m);
        assert_string_equal(diagnostics.message[m].text, expected);
        assert_int_equal(diagnostics.message[m].severity, m % 3);
    }
    assert_false(diagnostics.lost);
    pc_diagnostics_free(&diagnostics);
}

static void the_texts_given_may_go_away(void **state)
{
    pc_diagnostics diagnostics;
    char file[] = "a.csv", column[] = "DEC", *line;

    (void)state;
    pc_diagnostics_init(&diagnostics);
    pc_diagnostics_add(&diagnostics, PC_WARNING, (pc_place){.file = file, .line = 2, .column_name = column},
                       "late");
    memset(file, 'z', sizeof file - 1);
    memset(column, 'z', sizeof column - 1);
    line = pc_message_line(&diagnostics.message[0]);
    assert_string_equal(line, "a.csv:2: column DEC: late");
    free(line);
    pc_diagnostics_free(&diagnostics);
}

static void a_very_long_message_is_cut_and_not_lost(void **state)
{
    pc_diagnostics diagnostics;
    char *text = malloc(100001);

    (void)state;
    assert_non_null(text);
    memset(text, 'x', 100000);
    text[100000] = '\0';
    pc_diagnostics_init(&diagnostics);
    pc_diagnostics_add(&diagnostics, PC_ERROR, (pc_place){0}, "%s", text);
    assert_int_equal(diagnostics.n, 1);
    assert_true(strlen(diagnostics.message[0].text) > 1000);
    free(text);
    pc_diagnostics_free(&diagnostics);
}

/* What a file holds must not drive the terminal of who reads the message, nor break it into lines. */
static void control_characters_are_shown_and_not_obeyed(void **state)
{
    pc_diagnostics diagnostics;
    char *line;

    (void)state;
    pc_diagnostics_init(&diagnostics);
    pc_diagnostics_add(&diagnostics, PC_ERROR, (pc_place){.file = "a\033.csv"}, "found <%s>",
                       "\033[2Jx\ny\r\tz\x7f");
    assert_string_equal(diagnostics.message[0].text, "found <?[2Jx y  z?>");
    line = pc_message_line(&diagnostics.message[0]);
    assert_string_equal(line, "a?.csv: found <?[2Jx y  z?>");
    free(line);
    pc_diagnostics_free(&diagnostics);
}

static void adding_to_nothing_and_freeing_twice_are_harmless(void **state)
{
    pc_diagnostics diagnostics;

    (void)state;
    pc_diagnostics_add(NULL, PC_ERROR, (pc_place){0}, "dropped");
    pc_diagnostics_free(NULL);
    pc_diagnostics_init(&diagnostics);
    pc_diagnostics_add(&diagnostics, PC_ERROR, (pc_place){0}, "kept");
    pc_diagnostics_free(&diagnostics);
    pc_diagnostics_free(&diagnostics);
    assert_int_equal(diagnostics.n, 0);
    assert_int_equal(diagnostics.count[PC_ERROR], 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_message_says_where_as_far_as_it_is_known),
        cmocka_unit_test(a_message_is_written_as_its_line_reads),
        cmocka_unit_test(messages_are_kept_in_order_and_counted_by_severity),
        cmocka_unit_test(the_texts_given_may_go_away),
        cmocka_unit_test(a_very_long_message_is_cut_and_not_lost),
        cmocka_unit_test(control_characters_are_shown_and_not_obeyed),
        cmocka_unit_test(adding_to_nothing_and_freeing_twice_are_harmless),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
