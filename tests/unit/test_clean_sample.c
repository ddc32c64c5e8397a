/* The public sample of synthetic returns (cs-demand-model, MIT licence) in both its layouts. Skipped where it
 * is absent. */
#include <sys/stat.h>

#include "pc_test.h"

#include "placecast/report.h"

typedef struct cleaned {
    pc_episodes episodes;
    pc_quality quality;
    pc_diagnostics diagnostics;
} cleaned;

static bool sample_is_here(void)
{
    return pc_test_exists(PC_SHARED_DATA "/ssda903/flat") &&
           pc_test_exists(PC_SHARED_DATA "/ssda903/by_year");
}

static void clean_sample(cleaned *out, const char *layout, size_t chunk, pc_day extract)
{
    char *folder = pc_test_path(PC_SHARED_DATA "/ssda903", layout);
    pc_clean_options options = pc_clean_options_default();

    options.folder = folder;
    options.chunk = chunk;
    options.extract = extract;
    pc_diagnostics_init(&out->diagnostics);
    assert_ok(pc_clean(&options, &out->episodes, &out->quality, &out->diagnostics), &out->diagnostics);
    assert_ok(pc_episodes_check(&out->episodes));
    free(folder);
}

static void cleaned_free(cleaned *self)
{
    pc_episodes_free(&self->episodes);
    pc_quality_free(&self->quality);
    pc_diagnostics_free(&self->diagnostics);
}

static long count_rule(const pc_quality *quality, const char *rule)
{
    long n = 0;

    for (size_t row = 0; row < quality->n; row++) {
        pc_quality_row line;

        pc_quality_read(quality, NULL, row, &line);
        n += strcmp(line.rule, rule) == 0;
    }
    return n;
}

static char *episodes_text(const pc_episodes *episodes)
{
    char *folder = pc_test_folder(), *text;

    assert_ok(pc_report_episodes(episodes, folder, NULL));
    text = pc_test_read(folder, "episodes.csv");
    pc_test_remove(folder);
    free(folder);
    return text;
}

static void the_sample_gives_its_known_counts(void **state)
{
    static const char *const layout[] = {"flat", "by_year"};
    static const size_t in_care[] = {535, 463, 286, 181, 119, 55};

    (void)state;
    if (!sample_is_here()) {
        skip();
    }
    for (size_t l = 0; l < 2; l++) {
        cleaned sample;

        clean_sample(&sample, layout[l], 0, PC_DAY_NONE);
        assert_int_equal(sample.episodes.extract, pc_day_from_date((pc_date){2022, 3, 31}));
        assert_message(&sample.diagnostics, "extract date 2022-03-31");
        assert_int_equal(sample.episodes.rows_read, 3737);
        assert_int_equal(sample.episodes.children_read, 820);
        assert_int_equal(count_rule(&sample.quality, "duplicate_episode"), 910);
        assert_int_equal(count_rule(&sample.quality, "short_break"), 431);
        assert_int_equal(count_rule(&sample.quality, "overlap"), 28);
        assert_int_equal(count_rule(&sample.quality, "stale_open"), 20);
        assert_int_equal(sample.episodes.n, 3737 - 910 - 431);
        for (int year = 2017; year <= 2022; year++) {
            assert_int_equal(pc_episodes_children_on(&sample.episodes, PC_NAME_NONE,
                                                     pc_day_from_date((pc_date){year, 3, 31})),
                             in_care[year - 2017]);
        }
        cleaned_free(&sample);
    }
}

static void both_layouts_give_the_same_bytes(void **state)
{
    cleaned flat, by_year;
    char *flat_text, *by_year_text;

    (void)state;
    if (!sample_is_here()) {
        skip();
    }
    clean_sample(&flat, "flat", 0, PC_DAY_NONE);
    clean_sample(&by_year, "by_year", 0, PC_DAY_NONE);
    flat_text = episodes_text(&flat.episodes);
    by_year_text = episodes_text(&by_year.episodes);
    assert_string_equal(flat_text, by_year_text);
    assert_true(strlen(flat_text) > 100000);
    free(flat_text);
    free(by_year_text);
    cleaned_free(&flat);
    cleaned_free(&by_year);
}

static void the_size_of_chunks_does_not_matter(void **state)
{
    static const size_t chunk[] = {1, 7, 64, (size_t)1 << 22};
    cleaned whole, parts;
    char *whole_text, *parts_text;

    (void)state;
    if (!sample_is_here()) {
        skip();
    }
    clean_sample(&whole, "by_year", 0, PC_DAY_NONE);
    whole_text = episodes_text(&whole.episodes);
    for (size_t c = 0; c < sizeof chunk / sizeof chunk[0]; c++) {
        clean_sample(&parts, "by_year", chunk[c], PC_DAY_NONE);
        parts_text = episodes_text(&parts.episodes);
        assert_string_equal(parts_text, whole_text);
        assert_int_equal(parts.quality.n, whole.quality.n);
        free(parts_text);
        cleaned_free(&parts);
    }
    free(whole_text);
    cleaned_free(&whole);
}

static void an_earlier_extract_date_hides_what_came_later(void **state)
{
    cleaned sample;
    pc_day extract = pc_day_from_date((pc_date){2019, 3, 31});

    (void)state;
    if (!sample_is_here()) {
        skip();
    }
    clean_sample(&sample, "flat", 0, extract);
    assert_true(count_rule(&sample.quality, "decom_after_extract") > 0);
    assert_no_message(&sample.diagnostics, "extract date");
    for (size_t row = 0; row < sample.episodes.n; row++) {
        const pc_episode *episode = &sample.episodes.row[row];

        assert_true(episode->start <= extract);
        assert_true(episode->end <= extract || episode->end == PC_DAY_OPEN);
    }
    /* what was so on 31 March 2019 is the same, seen then or three years later */
    assert_int_equal(pc_episodes_children_on(&sample.episodes, PC_NAME_NONE, extract), 286);
    cleaned_free(&sample);
}

static mode_t permissions(const char *folder, const char *name)
{
    char *path = pc_test_path(folder, name);
    struct stat about;

    assert_int_equal(stat(path, &about), 0);
    free(path);
    return about.st_mode & 0777;
}

static void child_records_are_for_their_owner_alone(void **state)
{
    cleaned sample;
    pc_tieout tieout;
    char *folder = pc_test_folder(), *text;
    mode_t mask = umask(0);

    (void)state;
    if (!sample_is_here()) {
        umask(mask);
        pc_test_remove(folder);
        free(folder);
        skip();
    }
    clean_sample(&sample, "flat", 0, PC_DAY_NONE);
    assert_ok(pc_tieout_make(&sample.episodes, NULL, &tieout, NULL));
    assert_ok(pc_report_episodes(&sample.episodes, folder, NULL));
    assert_ok(pc_report_quality(&sample.quality, &sample.episodes, folder, NULL));
    assert_ok(pc_report_tieout(&tieout, &sample.episodes.codes, folder, NULL));
    assert_int_equal(permissions(folder, "episodes.csv"), 0600);
    assert_int_equal(permissions(folder, "quality.csv"), 0600);
    assert_int_equal(permissions(folder, "tieout.csv"), 0644);
    text = pc_test_read(folder, "tieout.csv");
    assert_non_null(strstr(text, "\n2018-03-31,all,all,463,466,,-3\n"));
    assert_non_null(strstr(text, "\n2022-03-31,all,all,55,75,,-20\n"));
    umask(mask);
    free(text);
    pc_tieout_free(&tieout);
    cleaned_free(&sample);
    pc_test_remove(folder);
    free(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_sample_gives_its_known_counts),
        cmocka_unit_test(both_layouts_give_the_same_bytes),
        cmocka_unit_test(the_size_of_chunks_does_not_matter),
        cmocka_unit_test(an_earlier_extract_date_hides_what_came_later),
        cmocka_unit_test(child_records_are_for_their_owner_alone),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
