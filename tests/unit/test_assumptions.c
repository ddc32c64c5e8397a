/* assumptions.csv: each assumption with the file and line, the shipped table or the built-in default that it
 * comes from, and nothing said of a source that no file states. */
#include "made_record.h"
#include "pc_test.h"

static const char base[] = "placecast: 1\n"                                      /* 1 */
                           "name: Base\n"                                        /* 2 */
                           "start: 2011-10-01\n"                                 /* 3 */
                           "months: 6\n"                                         /* 4 */
                           "data: {ssda903: returns, extract: 2011-09-30}\n"     /* 5 */
                           "costs: {weekly: weekly.csv}\n"                       /* 6 */
                           "trend: {drift: false}\n"                             /* 7 */
                           "capacity: {category1: {places: 12.5, share: 0.8}}\n" /* 8 */
                           "interventions:\n"                                    /* 9 */
                           "  - name: Help\n"                                    /* 10 */
                           "    kind: prevent\n"                                 /* 11 */
                           "    effect: {low: 0, likely: 0.03, high: 0.06}\n"    /* 12 */
                           "    source: a trial, 2024\n"                         /* 13 */
                           "  - {name: Bare, kind: prevent, effect: 0.1}\n";     /* 14 */
static const char best[] = "extends: base.yaml\n"
                           "name: Best\n"
                           "interventions:\n"
                           "  - {name: Help, point: high}\n"; /* 4 */

typedef struct fixture {
    char *folder;
    made made;
    pc_scenario scenario;
} fixture;

static void begin(fixture *self, const char *file)
{
    char *path;
    pc_diagnostics said;

    self->folder = pc_test_folder();
    pc_test_write(self->folder, "base.yaml", base);
    pc_test_write(self->folder, "best.yaml", best);
    pc_test_write(self->folder, "returns/nothing", "");
    pc_test_write(self->folder, "weekly.csv",
                  "category,weekly_gbp,age_band,source\nkinship,250.5,,our ledger\nsecure,7000,10-15,\n");
    made_record(&self->made, 1, 6);
    path = pc_test_path(self->folder, file);
    pc_diagnostics_init(&said);
    assert_ok(pc_scenario_load(path, NULL, &self->scenario, &said), &said);
    pc_diagnostics_free(&said);
    free(path);
    self->made.record.scenario = &self->scenario;
}

static char *written(fixture *self)
{
    assert_ok(pc_report_assumptions(&self->made.record, self->folder, NULL));
    return pc_test_read(self->folder, "assumptions.csv");
}

static void end(fixture *self)
{
    pc_scenario_free(&self->scenario);
    made_record_free(&self->made);
    pc_test_remove(self->folder);
    free(self->folder);
}

/* A line that begins so and ends so, with the folder left out of it. */
static void assert_row(const fixture *self, const char *text, const char *begins, const char *ends)
{
    const char *line = strstr(text, begins);
    size_t length = line == NULL ? 0 : strcspn(line, "\n");
    char *expected = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&expected, &size);

    assert_non_null(stream);
    for (const char *c = ends; *c != '\0'; c++) {
        if (*c == '@') {
            fprintf(stream, "%s/", self->folder);
        } else {
            fputc(*c, stream);
        }
    }
    fclose(stream);
    if (length < size || strncmp(line + length - size, expected, size) != 0) {
        print_error("no row that begins with\n%s\nand ends with\n%s\nin\n%s", begins, expected, text);
        fail();
    }
    free(expected);
}

static void each_assumption_says_where_it_is_from(void **state)
{
    fixture self;
    char *text;

    (void)state;
    begin(&self, "base.yaml");
    text = written(&self);
    assert_row(&self, text, "Base,Data,The returns tell what was known on 30 September 2011,council,",
               ",@base.yaml:5");
    assert_row(&self, text, "Base,Data,What happened from 1 April 2008 to 31 March 2011 goes on,program,",
               "section 2\",");
    assert_row(&self, text,
               "Base,Trend,The change in number that the rates imply is believed in full,council,",
               ",,@base.yaml:7");
    assert_row(&self, text, "Base,Places,\"category1: 12.5 places, of which 80 in 100 can be used\",council,",
               ",,@base.yaml:8");
    assert_row(&self, text, "Base,Prices,kinship: \u00a3250.50 a week,council,our ledger,", "@weekly.csv:2");
    assert_row(&self, text, "Base,Prices,\"secure, ages 10-15: \u00a37000 a week\",council,,",
               "@weekly.csv:3");
    assert_row(&self, text, "Base,Prices,Prices do not grow,program,our judgement", ",");
    assert_row(
        &self, text,
        "Base,Interventions,\"Help: fewer starts, 0% to 6%, most likely 3%\",council,\"a trial, 2024\",",
        "@base.yaml:10-13");
    assert_row(&self, text, "Base,Interventions,\"Bare: fewer starts, 10%\",council,,", "@base.yaml:14");
    assert_row(&self, text, "Base,Said by this run,growth of prices is nil: none is given,program,", ",");
    free(text);
    end(&self);
}

static void what_another_file_overrides_names_both_files(void **state)
{
    fixture self;
    char *text;

    (void)state;
    begin(&self, "best.yaml");
    text = written(&self);
    assert_row(&self, text,
               "Best,Interventions,\"Help: fewer starts, 0% to 6%, most likely 3% (the highest is used)\",",
               ",@best.yaml:4; @base.yaml:11-13");
    free(text);
    end(&self);
}

static void shipped_tables_say_their_own_sources(void **state)
{
    fixture self;
    char *text;

    (void)state;
    begin(&self, "base.yaml");
    self.scenario.trend.drift = true;
    self.scenario.uncertainty.year_effects = true;
    self.made.authority.n_child = 300; /* the band of 200 to 400 alone */
    text = written(&self);
    assert_row(&self, text, "Base,Trend,\"12 months on, ", ",defaults/drift.csv");
    assert_row(&self, text, "Base,Ranges,\"Good and bad years for starts: a standard deviation of 12.8%",
               ",defaults/year_effects.csv");
    assert_null(strstr(text, "standard deviation of 14.3%"));
    assert_non_null(strstr(text, "cause by age is judgement"));
    free(text);
    end(&self);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_assumption_says_where_it_is_from),
        cmocka_unit_test(what_another_file_overrides_names_both_files),
        cmocka_unit_test(shipped_tables_say_their_own_sources),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
