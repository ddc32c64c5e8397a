/* What a terminal shows, byte by byte: the summaries at 80 and 40 columns, with and without colour, beside
 * the files of tests/data/golden/terminal. UPDATE_GOLDEN=1 writes them. */
#include "made_comparison.h"
#include "pc_test.h"

static char *golden_name(const char *what, const pc_look *look)
{
    char *name = malloc(120);

    assert_non_null(name);
    snprintf(name, 120, "%s_%zu%s.txt", what, look->width, look->colour ? "_colour" : "");
    return name;
}

/* Columns that a line takes up: an escape sequence takes none, a letter of several bytes one. */
static void assert_no_line_is_longer(const char *text, size_t most)
{
    size_t columns = 0;

    for (const char *c = text; *c != '\0'; c++) {
        if (*c == '\033') {
            c += strcspn(c, "m");
        } else {
            columns = *c == '\n' ? 0 : columns + (((unsigned char)*c & 0xC0) != 0x80);
        }
        if (columns > most) {
            fail_msg("more than %zu columns in\n%s", most, text);
        }
    }
}

static void compare_with_golden(const char *what, const pc_look *look, const char *text)
{
    char *name = golden_name(what, look), *golden;
    const char *folder = PC_TEST_DATA "/golden/terminal";

    if (getenv("UPDATE_GOLDEN") != NULL) {
        pc_test_write(folder, name, text);
    }
    golden = pc_test_read(folder, name);
    assert_string_equal(text, golden);
    free(golden);
    free(name);
}

typedef void (*teller)(const pc_run_record *record, FILE *stream);

static char *told(pc_run_record *record, teller tell, const pc_look *look)
{
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);

    assert_non_null(stream);
    record->look = *look;
    tell(record, stream);
    assert_int_equal(fclose(stream), 0);
    return text;
}

/* A colour is only colour: without the escape sequences the text is that of a plain page. */
static void assert_same_words(const char *coloured, const char *plain)
{
    bool any = false;

    for (; *coloured != '\0'; coloured++) {
        if (*coloured == '\033') {
            coloured += strcspn(coloured, "m");
            any = true;
        } else {
            assert_int_equal(*coloured, *plain);
            plain++;
        }
    }
    assert_int_equal(*plain, '\0');
    assert_true(any);
}

static void in_every_look(const char *what, pc_run_record *record, teller tell)
{
    static const size_t width[] = {80, 40};

    for (size_t w = 0; w < 2; w++) {
        pc_look look = {.width = width[w]};
        char *plain = told(record, tell, &look), *bright, *same;

        assert_null(strchr(plain, '\033'));
        assert_no_line_is_longer(plain, look.width);
        compare_with_golden(what, &look, plain);
        look.colour = true;
        same = told(record, tell, &look);
        assert_same_words(same, plain);
        free(same);
        look.sparks = true;
        bright = told(record, tell, &look);
        assert_no_line_is_longer(bright, look.width);
        compare_with_golden(what, &look, bright);
        free(bright);
        free(plain);
    }
}

static void a_run_at_80_and_40_columns(void **state)
{
    made self;
    pc_look sparks = {.sparks = true};
    char *text;

    (void)state;
    made_record(&self, 1, 30);
    in_every_look("run", &self.record, pc_report_summary);
    text = told(&self.record, pc_report_summary, &sparks);
    assert_non_null(strstr(text, "\u2581")); /* there is room for them at 80 columns */
    assert_null(strchr(text, '\033'));
    free(text);
    made_record_free(&self);
}

static void a_cleaning_at_80_and_40_columns(void **state)
{
    made self;

    (void)state;
    made_record(&self, 1, 12);
    in_every_look("clean", &self.record, pc_report_clean_summary);
    made_record_free(&self);
}

static void a_comparison_at_80_and_40_columns(void **state)
{
    made_comparison self;

    (void)state;
    made_comparison_make(&self, 1, 18);
    in_every_look("compare", &self.made.record, pc_report_compare_summary);
    made_comparison_free(&self);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_run_at_80_and_40_columns),
        cmocka_unit_test(a_cleaning_at_80_and_40_columns),
        cmocka_unit_test(a_comparison_at_80_and_40_columns),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
