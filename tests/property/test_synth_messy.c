/* synth --messy, then clean: every planted defect is found where it was planted and nothing else is, and the
 * episodes are those of the clean twin but for what planted.csv says is lost. */
#include "csv_table.h"
#include "pc_test.h"

#include "base/memory.h"
#include "intake/rules.h"
#include "placecast/episodes.h"
#include "placecast/names.h"
#include "placecast/report.h"
#include "placecast/synth.h"

typedef struct run {
    char *folder;
    csv_table *planted, *quality;
    char *episodes, *twin;      /* episodes.csv of the messy returns, and of the clean ones */
    pc_diagnostics diagnostics; /* of synth --messy */
} run;

static void clean(const char *folder, const char *returns, const char *out)
{
    pc_clean_options options = pc_clean_options_default();
    char *path = pc_test_path(folder, returns), *results = pc_test_path(folder, out);
    pc_episodes episodes;
    pc_quality quality;
    pc_diagnostics diagnostics;

    pc_diagnostics_init(&diagnostics);
    options.folder = path;
    assert_ok(pc_clean(&options, &episodes, &quality, &diagnostics), &diagnostics);
    assert_ok(pc_report_episodes(&episodes, results, &diagnostics), &diagnostics);
    assert_ok(pc_report_quality(&quality, &episodes, results, &diagnostics), &diagnostics);
    pc_episodes_free(&episodes);
    pc_quality_free(&quality);
    pc_diagnostics_free(&diagnostics);
    free(path);
    free(results);
}

static run make(pc_synth_options options)
{
    run self = {.folder = pc_test_folder()};
    char *messy = pc_test_path(self.folder, "messy"), *twin = pc_test_path(self.folder, "twin");

    pc_diagnostics_init(&self.diagnostics);
    options.messy = false;
    assert_ok(pc_synth(&options, twin, &self.diagnostics), &self.diagnostics);
    options.messy = true;
    assert_ok(pc_synth(&options, messy, &self.diagnostics), &self.diagnostics);
    clean(self.folder, "messy/ssda903", "from_messy");
    clean(self.folder, "twin/ssda903", "from_twin");
    self.planted = csv_table_read(self.folder, "messy/planted.csv");
    self.quality = csv_table_read(self.folder, "from_messy/quality.csv");
    self.episodes = pc_test_read(self.folder, "from_messy/episodes.csv");
    self.twin = pc_test_read(self.folder, "from_twin/episodes.csv");
    free(messy);
    free(twin);
    return self;
}

static void release(run *self)
{
    pc_test_remove(self->folder);
    free(self->folder);
    csv_table_free(self->planted);
    csv_table_free(self->quality);
    free(self->episodes);
    free(self->twin);
    pc_diagnostics_free(&self->diagnostics);
}

/* ---- what is reported ---- */

static char *line_of(const csv_table *table, size_t row)
{
    return pc_format_text("%s,%s,%s,%s,%s,%s", csv_table_get(table, row, "RULE"),
                          csv_table_get(table, row, "SEVERITY"), csv_table_get(table, row, "FILE"),
                          csv_table_get(table, row, "ROW"), csv_table_get(table, row, "LA"),
                          csv_table_get(table, row, "CHILD"));
}

static int compare_lines(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static char **sorted_lines(const csv_table *table)
{
    char **line = calloc(table->n + 1, sizeof *line);

    assert_non_null(line);
    for (size_t row = 0; row < table->n; row++) {
        line[row] = line_of(table, row);
    }
    qsort(line, table->n, sizeof *line, compare_lines);
    return line;
}

static void free_lines(char **line, size_t n)
{
    for (size_t row = 0; row < n; row++) {
        free(line[row]);
    }
    free(line);
}

static void assert_found_exactly(const run *self)
{
    char **planted = sorted_lines(self->planted), **found = sorted_lines(self->quality);

    for (size_t row = 0; row < self->planted->n && row < self->quality->n; row++) {
        assert_string_equal(found[row], planted[row]);
    }
    assert_int_equal(self->quality->n, self->planted->n);
    free_lines(planted, self->planted->n);
    free_lines(found, self->quality->n);
}

/* ---- what comes out ---- */

static size_t column_of(char *const *names, size_t n, const char *name)
{
    for (size_t at = 0; at < n; at++) {
        if (strcmp(names[at], name) == 0) {
            return at;
        }
    }
    fail_msg("episodes.csv has no column %s", name);
    return 0;
}

#define N_COLUMN 15
typedef struct episode_line {
    char *field[N_COLUMN];
    bool lost;
} episode_line;

/* Splits in place; the lines of episodes.csv hold no quotes here. */
static size_t split(char *text, episode_line **out)
{
    size_t n = 0, capacity = 0;

    *out = NULL;
    for (char *line = text, *end; *line != '\0'; line = end + 1) {
        episode_line one = {.lost = false};

        end = strchr(line, '\n');
        assert_non_null(end);
        *end = '\0';
        for (size_t column = 0; column < N_COLUMN; column++) {
            one.field[column] = line;
            line += strcspn(line, ",");
            assert_int_equal(*line == ',', column + 1 < N_COLUMN);
            *line++ = '\0';
        }
        assert_ok(pc_grow(out, &capacity, n + 1, sizeof **out));
        (*out)[n++] = one;
    }
    return n;
}

/* Applies one lossy line of planted.csv to the episodes of the twin: the rows meant, and what changes in
 * them. */
static void apply(const csv_table *planted, size_t row, episode_line *line, size_t n, char *changes,
                  pc_names *values)
{
    const char *la = csv_table_get(planted, row, "LA"), *child = csv_table_get(planted, row, "EPISODE_CHILD");
    const char *start = csv_table_get(planted, row, "EPISODE_START");
    size_t hits = 0, changed = 0;

    for (size_t at = 1; at < n; at++) {
        char *copy = changes;

        if (strcmp(line[at].field[0], la) != 0 || strcmp(line[at].field[1], child) != 0 ||
            (strcmp(start, "all") != 0 && strcmp(line[at].field[4], start) != 0)) {
            continue;
        }
        hits++;
        line[at].lost = strcmp(changes, "lost") == 0;
        changed += line[at].lost;
        while (!line[at].lost && *copy != '\0') { /* column=value;column=value */
            size_t name = strcspn(copy, "="), value = strcspn(copy + name + 1, ";");
            char *text = copy + name + 1;
            bool more = text[value] == ';';
            char *key = pc_copy_bytes_as_text(copy, name), *to;
            uint32_t number;
            size_t column = column_of(line[0].field, N_COLUMN, key);

            assert_ok(pc_names_add(values, text, value, &number));
            to = values->text[number];

            changed += strcmp(line[at].field[column], to) != 0;
            line[at].field[column] = to;
            free(key);
            copy = text + value + (more ? 1 : 0);
        }
    }
    assert_true(hits > 0);
    assert_true(strcmp(start, "all") == 0 || hits == 1);
    assert_true(changed > 0); /* what is called lossy loses something */
}

static void assert_episodes_as_planted(run *self)
{
    episode_line *line;
    size_t n = split(self->twin, &line), length = 0;
    char *expected = calloc(strlen(self->episodes) + n * 64 + 1, 1);
    pc_names values;

    assert_non_null(expected);
    pc_names_init(&values);
    for (size_t row = 0; row < self->planted->n; row++) {
        char *changes = pc_copy_text(csv_table_get(self->planted, row, "EXPECTED"));

        assert_int_equal(strcmp(csv_table_get(self->planted, row, "RECOVERABLE"), "yes") == 0,
                         changes[0] == '\0');
        if (changes[0] != '\0') {
            apply(self->planted, row, line, n, changes, &values);
        }
        free(changes);
    }
    for (size_t at = 0; at < n; at++) {
        for (size_t column = 0; column < N_COLUMN && !line[at].lost; column++) {
            length += (size_t)sprintf(expected + length, "%s%s", line[at].field[column],
                                      column + 1 < N_COLUMN ? "," : "\n");
        }
    }
    assert_string_equal(self->episodes, expected);
    pc_names_free(&values);
    free(expected);
    free(line);
}

/* ---- tests ---- */

static void in_every_layout_clean_finds_what_was_planted_and_nothing_else(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 6; seed++) {
        pc_synth_options options = pc_synth_options_default();
        run self;

        options.seed = seed;
        options.children = seed % 2 == 0 ? 600 : 150;
        options.layout = (pc_synth_layout)(seed % 3);
        self = make(options);
        assert_found_exactly(&self);
        assert_episodes_as_planted(&self);
        release(&self);
    }
}

/* With one authority in the LA column every rule of the cleaning is planted; without the column, all but
 * blank_la. */
static void every_rule_that_clean_knows_is_planted(void **state)
{
    pc_synth_options options = pc_synth_options_default();
    run self;

    (void)state;
    options.layout = PC_SYNTH_MERGED;
    options.la = "Ashby";
    options.seed = 11;
    self = make(options);
    assert_int_equal(self.diagnostics.n, 0); /* no warning that a defect found no place */
    for (int rule = 0; rule < INTAKE_N_RULE; rule++) {
        size_t found = 0;

        for (size_t row = 0; row < self.planted->n; row++) {
            found +=
                strcmp(csv_table_get(self.planted, row, "RULE"), intake_rule_name((intake_rule)rule)) == 0;
        }
        if (found == 0) {
            fail_msg("rule %s is not planted", intake_rule_name((intake_rule)rule));
        }
    }
    assert_found_exactly(&self);
    assert_episodes_as_planted(&self);
    release(&self);
}

static void a_small_council_and_several_authorities_hold_as_well(void **state)
{
    pc_synth_options options = pc_synth_options_default();
    run self;

    (void)state;
    for (int years = 1; years <= 3; years++) {
        options.children = 25;
        options.years = years;
        options.seed = 20 + (uint64_t)years;
        self = make(options);
        assert_found_exactly(&self);
        assert_episodes_as_planted(&self);
        release(&self);
    }
    options.years = 4;
    options.layout = PC_SYNTH_MERGED;
    options.la = "Ashby=120,Brent=60,Cole=300";
    self = make(options);
    assert_found_exactly(&self);
    assert_episodes_as_planted(&self);
    release(&self);
}

static void what_cannot_be_planted_is_said(void **state)
{
    pc_synth_options options = pc_synth_options_default();
    run self;

    (void)state;
    options.children = 5;
    options.years = 1;
    self = make(options);
    assert_message(&self.diagnostics, "defect year_order is not planted");
    assert_message(&self.diagnostics, "defect blank_la is not planted");
    release(&self);
}

static void the_clean_twin_holds_nothing_but_repeated_episodes(void **state)
{
    pc_synth_options options = pc_synth_options_default();
    csv_table *quality;
    run self;

    (void)state;
    options.seed = 31;
    self = make(options);
    quality = csv_table_read(self.folder, "from_twin/quality.csv");
    assert_true(quality->n > 1000);
    for (size_t row = 0; row < quality->n; row++) {
        assert_string_equal(csv_table_get(quality, row, "RULE"), "duplicate_episode");
    }
    csv_table_free(quality);
    release(&self);
}

/* All the forms that a file may have are there, and none is reported. */
static void the_files_differ_in_form(void **state)
{
    pc_synth_options options = pc_synth_options_default();
    run self;
    char *text;

    (void)state;
    options.layout = PC_SYNTH_MERGED;
    options.seed = 41;
    self = make(options);
    text = pc_test_read(self.folder, "messy/ssda903/header.csv");
    assert_memory_equal(text, "\xEF\xBB\xBF", 3); /* byte order mark; blanks around fields */
    assert_non_null(strstr(text, ", SEX  ,"));
    free(text);
    text = pc_test_read(self.folder, "messy/ssda903/episodes.csv");
    assert_memory_equal(text, "URN,", 4);            /* columns from last to first */
    assert_non_null(strstr(text, "CHILD,YEAR\r\n")); /* CRLF */
    assert_non_null(strstr(text, ",2023-1"));        /* ISO dates */
    free(text);
    text = pc_test_read(self.folder, "messy/ssda903/uasc.csv");
    assert_memory_equal(text, "\"CHILD\",", 8); /* quotes, a column too many, blank lines */
    assert_non_null(strstr(text, "\"LOCAL_NOTE\""));
    assert_non_null(strstr(text, "\n\n"));
    free(text);
    release(&self);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(in_every_layout_clean_finds_what_was_planted_and_nothing_else),
        cmocka_unit_test(every_rule_that_clean_knows_is_planted),
        cmocka_unit_test(a_small_council_and_several_authorities_hold_as_well),
        cmocka_unit_test(what_cannot_be_planted_is_said),
        cmocka_unit_test(the_clean_twin_holds_nothing_but_repeated_episodes),
        cmocka_unit_test(the_files_differ_in_form),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
