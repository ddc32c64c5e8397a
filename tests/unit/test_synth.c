#include "csv_table.h"
#include "pc_test.h"

#include <math.h>

#include "base/memory.h"
#include "synth/files.h"

static pc_status run(const pc_synth_options *options, const char *folder, pc_diagnostics *diagnostics)
{
    pc_diagnostics_init(diagnostics);
    return pc_synth(options, folder, diagnostics);
}

static pc_synth_options small(void)
{
    pc_synth_options options = pc_synth_options_default();

    options.children = 30;
    options.years = 2;
    return options;
}

/* The options are refused with a message that holds `part`, and nothing is written. */
static void assert_refused(const pc_synth_options *options, pc_status status, const char *part)
{
    char *folder = pc_test_folder();
    char *inner = pc_test_path(folder, "out");
    pc_diagnostics diagnostics;

    assert_status(run(options, inner, &diagnostics), status, &diagnostics);
    assert_message(&diagnostics, part);
    assert_false(pc_test_exists(inner));
    pc_diagnostics_free(&diagnostics);
    pc_test_remove(folder);
    free(inner);
    free(folder);
}

static void refuses_options_outside_their_bounds(void **state)
{
    pc_synth_options options;

    (void)state;
    options = small();
    options.children = -1;
    assert_refused(&options, PC_ERR_RANGE, "children in care");
    options.children = 100001;
    assert_refused(&options, PC_ERR_RANGE, "children in care");
    options = small();
    options.years = 0;
    assert_refused(&options, PC_ERR_RANGE, "returns");
    options.years = 31;
    assert_refused(&options, PC_ERR_RANGE, "returns");
    options = small();
    options.first_year = 1991;
    assert_refused(&options, PC_ERR_RANGE, "first financial year");
    options.first_year = 2101;
    assert_refused(&options, PC_ERR_RANGE, "first financial year");
    options = small();
    options.la = "Ashby,Brent";
    assert_refused(&options, PC_ERR_RANGE, "merged layout");
    options.layout = PC_SYNTH_MERGED;
    options.la = "Ashby,Ashby";
    assert_refused(&options, PC_ERR_RANGE, "named twice");
    options.la = "Ashby=0";
    assert_refused(&options, PC_ERR_RANGE, "NAME=CHILDREN");
    options.la = "Ashby,";
    assert_refused(&options, PC_ERR_RANGE, "NAME=CHILDREN");
    options.la = "Ashby=many";
    assert_refused(&options, PC_ERR_RANGE, "NAME=CHILDREN");
}

static void the_categories_are_those_of_the_shipped_code_map(void **state)
{
    pc_codes codes;
    pc_diagnostics diagnostics;

    (void)state;
    pc_diagnostics_init(&diagnostics);
    assert_ok(pc_codes_load(NULL, &codes, &diagnostics), &diagnostics);
    assert_int_equal(codes.n_category, SYNTH_N_CATEGORY);
    for (size_t category = 0; category < codes.n_category; category++) {
        assert_string_equal(codes.category[category].name, synth_category_name[category]);
    }
    pc_codes_free(&codes);
    pc_diagnostics_free(&diagnostics);
}

static void a_birth_date_gives_the_age_asked_for_on_every_day(void **state)
{
    gsl_rng *rng = pc_gsl_rng_new(pc_random_key_make(3, 0), 0, PC_PURPOSE_SYNTH);
    pc_day first = pc_day_from_date((pc_date){2019, 12, 1});
    bool seen_first = false, seen_last = false;

    (void)state;
    assert_non_null(rng);
    for (int age = 0; age < PC_N_AGE_YEAR; age++) {
        for (pc_day day = first; day < first + 500; day++) { /* over 29 February 2020 */
            assert_int_equal(pc_age_years(synth_birth(rng, day, age), day), age);
        }
    }
    for (int draw = 0; draw < 5000; draw++) {
        pc_day birth = synth_birth(rng, first, 3);

        seen_first = seen_first || pc_birthday(birth, 3) == first;
        seen_last = seen_last || pc_birthday(birth, 4) == first + 1;
    }
    assert_true(seen_first && seen_last);
    gsl_rng_free(rng);
}

static void every_edge_of_a_band_opens_the_next_one(void **state)
{
    static const int days[] = {0, 27, 28, 181, 182, 364, 365, 729, 730, 6000};
    static const int band[] = {0, 0, 1, 1, 2, 2, 3, 3, 4, 4};

    (void)state;
    for (size_t at = 0; at < sizeof days / sizeof days[0]; at++) {
        assert_int_equal(synth_band_of_days(days[at]), band[at]);
    }
}

/* A truth file with `body` after the names of the columns. */
static pc_status load(const char *body, pc_rates *out, pc_diagnostics *diagnostics)
{
    char *folder = pc_test_folder();
    char *text = pc_format_text("family,stream,cause,category,age_band,duration_band,value\n%s", body);
    char *path = pc_test_path(folder, "truth.csv");
    pc_status status;

    pc_diagnostics_init(diagnostics);
    pc_test_write(folder, "truth.csv", text);
    status = synth_rates_load(path, out, diagnostics);
    pc_test_remove(folder);
    free(path);
    free(text);
    free(folder);
    return status;
}

static void a_later_row_sets_and_factors_multiply(void **state)
{
    pc_rates rates;
    pc_diagnostics diagnostics;
    size_t cell, twin;

    (void)state;
    assert_ok(load("exit_times,local,home,all,all,0-28,3\n"
                   "exit,all,home,all,all,all,0.5\n"
                   "exit,local,home,secure,10-15,all,0.25\n"
                   "exit_times,all,all,secure,all,,2\n"
                   "move,local,foster_ifa,foster_ifa,5-9,all,0.7\n"
                   "status,local,all,foster_ifa,0,730+,0.01\n"
                   "starts,uasc,,,17,,12.5\n"
                   "first,local,,kinship,1-4,,0.75\n"
                   "children,all,2024-03-31,all,all,all,600\n",
                   &rates, &diagnostics),
              &diagnostics);
    cell = pc_rates_cell(&rates, PC_STREAM_LOCAL, 3, SYNTH_SECURE, 0);
    assert_close(rates.exit[cell * PC_N_EXIT_HAZARD + PC_EXIT_HOME], 0.25 * 3 * 2, 1e-12, 0);
    assert_close(rates.exit[(cell + 1) * PC_N_EXIT_HAZARD + PC_EXIT_HOME], 0.25 * 2, 1e-12, 0);
    assert_close(rates.exit[cell * PC_N_EXIT_HAZARD + PC_EXIT_ORDER], 0, 0, 0);
    twin = pc_rates_cell(&rates, PC_STREAM_UASC, 3, SYNTH_KINSHIP, 0);
    assert_close(rates.exit[twin * PC_N_EXIT_HAZARD + PC_EXIT_HOME], 0.5, 1e-12, 0);
    cell = pc_rates_cell(&rates, PC_STREAM_LOCAL, 2, SYNTH_FOSTER_IFA, 2);
    assert_close(rates.move[cell * SYNTH_N_CATEGORY + SYNTH_FOSTER_IFA], 0.7, 1e-12, 0);
    cell = pc_rates_cell(&rates, PC_STREAM_LOCAL, 0, SYNTH_FOSTER_IFA, 4);
    assert_close(rates.status[cell * SYNTH_N_CATEGORY + SYNTH_OTHER], 0.01, 1e-12, 0);
    assert_close(rates.status[cell * SYNTH_N_CATEGORY + SYNTH_FOSTER_IFA], 0, 0, 0);
    assert_close(rates.starts[PC_N_AGE_YEAR + 17], 12.5, 1e-12, 0);
    assert_close(rates.first[1 * SYNTH_N_CATEGORY + SYNTH_KINSHIP], 0.75, 1e-12, 0);
    pc_rates_free(&rates);
    pc_diagnostics_free(&diagnostics);
}

static void assert_truth_refused(const char *body, const char *part)
{
    pc_rates rates;
    pc_diagnostics diagnostics;

    assert_status(load(body, &rates, &diagnostics), PC_ERR_INPUT, &diagnostics);
    assert_message(&diagnostics, part);
    assert_null(rates.exit);
    pc_diagnostics_free(&diagnostics);
}

static void a_bad_row_of_a_truth_file_is_refused_by_name(void **state)
{
    (void)state;
    assert_truth_refused("exits,all,home,all,all,all,1\n", ":2: column FAMILY: found \"exits\"");
    assert_truth_refused("exit,all,home,all,all,all,1\nexit,both,home,all,all,all,1\n",
                         ":3: column STREAM: found \"both\"");
    assert_truth_refused("exit,all,age_out,all,all,all,1\n", "column CAUSE: found \"age_out\"");
    assert_truth_refused("move,all,home,all,all,all,1\n", "column CAUSE: found \"home\"");
    assert_truth_refused("move,all,all,igloo,all,all,1\n", "column CATEGORY: found \"igloo\"");
    assert_truth_refused("move,all,all,all,18+,all,1\n", "column AGE_BAND: found \"18+\"");
    assert_truth_refused("starts,all,,,18,,1\n", "column AGE_BAND: found \"18\"");
    assert_truth_refused("move,all,all,all,all,0-30,1\n", "column DURATION_BAND: found \"0-30\"");
    assert_truth_refused("move,all,all,all,all,all,-1\n", "column VALUE: found \"-1\"");
    assert_truth_refused("move,all,all,all,all,all,nan\n", "column VALUE: found \"nan\"");
    assert_truth_refused("move,all,all,all,all,all,\n", "column VALUE");
    assert_truth_refused("status,all,secure,secure,all,all,1\n", "other than the one that is changed");
    assert_truth_refused("exit_times,all,home,all,all,all,1e400\n", "column VALUE");
}

static void a_truth_file_without_a_column_is_refused(void **state)
{
    char *folder = pc_test_folder();
    char *path = pc_test_path(folder, "truth.csv");
    pc_rates rates;
    pc_diagnostics diagnostics;

    (void)state;
    pc_test_write(folder, "truth.csv", "family,stream,cause,category,age_band,value\n");
    pc_diagnostics_init(&diagnostics);
    assert_status(synth_rates_load(path, &rates, &diagnostics), PC_ERR_INPUT, &diagnostics);
    assert_message(&diagnostics, "column DURATION_BAND");
    pc_diagnostics_free(&diagnostics);
    pc_test_write(folder, "truth.csv",
                  "la,family,stream,cause,category,age_band,duration_band,value\n"
                  "A,starts,all,,,all,,1\nB,starts,all,,,all,,1\n");
    pc_diagnostics_init(&diagnostics);
    assert_status(synth_rates_load(path, &rates, &diagnostics), PC_ERR_INPUT, &diagnostics);
    assert_message(&diagnostics, "one authority in a truth file");
    pc_diagnostics_free(&diagnostics);
    pc_test_remove(folder);
    free(path);
    free(folder);
}

static void assert_rates_refused(pc_rates *rates, const char *part)
{
    pc_synth_options options = small();

    options.rates = rates;
    assert_refused(&options, PC_ERR_RANGE, part);
}

static void rates_given_in_c_are_checked(void **state)
{
    static const double bad[] = {-1, (double)NAN, HUGE_VAL};
    pc_rates rates, few;
    pc_diagnostics diagnostics;
    pc_synth_options options = small();
    double kept;

    (void)state;
    pc_diagnostics_init(&diagnostics);
    assert_ok(pc_synth_truth(&options, &rates, &diagnostics), &diagnostics);
    pc_diagnostics_free(&diagnostics);
    for (size_t at = 0; at < 3; at++) {
        double *value[] = {&rates.exit[7], &rates.status[1], &rates.move[1], &rates.starts[3],
                           &rates.first[2]};

        for (size_t field = 0; field < 5; field++) {
            kept = *value[field];
            *value[field] = bad[at];
            assert_rates_refused(&rates, "(stream local");
            *value[field] = kept;
        }
    }
    kept = rates.move[0];
    rates.move[0] = 400;
    assert_rates_refused(&rates, "below one event a day");
    rates.move[0] = kept;
    rates.status[0] = 1; /* kinship to kinship */
    assert_rates_refused(&rates, "into the same");
    rates.status[0] = 0;
    rates.first[0] += 0.5;
    assert_rates_refused(&rates, "add up to 1");
    rates.first[0] -= 0.5;
    memset(rates.starts, 0, PC_N_STREAM * PC_N_AGE_YEAR * sizeof(double));
    assert_rates_refused(&rates, "no starts");
    assert_ok(pc_rates_init(&few, 3));
    assert_rates_refused(&few, "over 3 categories");
    pc_rates_free(&few);
    pc_rates_free(&rates);
}

static void assert_same_rates(const pc_rates *a, const pc_rates *b)
{
    size_t n_cell = (size_t)PC_N_STREAM * PC_N_AGE_BAND * SYNTH_N_CATEGORY * PC_N_BAND;

    assert_memory_equal(a->exit, b->exit, n_cell * PC_N_EXIT_HAZARD * sizeof(double));
    assert_memory_equal(a->status, b->status, n_cell * SYNTH_N_CATEGORY * sizeof(double));
    assert_memory_equal(a->move, b->move, n_cell * SYNTH_N_CATEGORY * sizeof(double));
    assert_memory_equal(a->starts, b->starts, PC_N_STREAM * PC_N_AGE_YEAR * sizeof(double));
    assert_memory_equal(a->first, b->first, PC_N_STREAM * PC_N_AGE_BAND * SYNTH_N_CATEGORY * sizeof(double));
}

static void truth_csv_read_back_gives_the_same_rates_and_returns(void **state)
{
    char *folder = pc_test_folder(), *again = pc_test_folder();
    char *path = pc_test_path(folder, "truth.csv"), *first, *second;
    pc_synth_options options = small();
    pc_rates made, read;
    pc_diagnostics diagnostics;

    (void)state;
    assert_ok(run(&options, folder, &diagnostics), &diagnostics);
    assert_ok(pc_synth_truth(&options, &made, &diagnostics), &diagnostics);
    assert_ok(synth_rates_load(path, &read, &diagnostics), &diagnostics);
    assert_same_rates(&made, &read);
    options.truth = path;
    options.children = 0; /* starts as they stand */
    assert_ok(pc_synth(&options, again, &diagnostics), &diagnostics);
    first = pc_test_read(folder, "ssda903/2020-21/episodes.csv");
    second = pc_test_read(again, "ssda903/2020-21/episodes.csv");
    assert_string_equal(first, second);
    free(first);
    free(second);
    pc_rates_free(&made);
    pc_rates_free(&read);
    pc_diagnostics_free(&diagnostics);
    pc_test_remove(folder);
    pc_test_remove(again);
    free(path);
    free(folder);
    free(again);
}

static const char *const every_file[] = {"header", "episodes", "uasc", "reviews", "missing", "oc2", "oc3"};

static void the_same_options_give_the_same_bytes_and_another_seed_others(void **state)
{
    char *one = pc_test_folder(), *two = pc_test_folder(), *other = pc_test_folder();
    pc_synth_options options = small();
    pc_diagnostics diagnostics;

    (void)state;
    assert_ok(run(&options, one, &diagnostics), &diagnostics);
    assert_ok(pc_synth(&options, two, &diagnostics), &diagnostics);
    options.seed += (uint64_t)1 << 40; /* the high half of the seed counts as well */
    assert_ok(pc_synth(&options, other, &diagnostics), &diagnostics);
    for (size_t at = 0; at < sizeof every_file / sizeof every_file[0]; at++) {
        char *name = pc_format_text("ssda903/2020-21/%s.csv", every_file[at]);
        char *a = pc_test_read(one, name), *b = pc_test_read(two, name), *c = pc_test_read(other, name);

        assert_string_equal(a, b);
        assert_true(strcmp(every_file[at], "uasc") == 0 || strcmp(a, c) != 0);
        free(a);
        free(b);
        free(c);
        free(name);
    }
    pc_diagnostics_free(&diagnostics);
    pc_test_remove(one);
    pc_test_remove(two);
    pc_test_remove(other);
    free(one);
    free(two);
    free(other);
}

/* All data rows of the yearly files, without their first lines, in order; the caller frees. */
static char *rows_of_years(const char *folder, const char *format, const char *table, const char *end)
{
    char *text = pc_copy_text("");

    for (int year = 2019; year < 2021; year++) {
        char year_text[SYNTH_YEAR_TEXT], *name, *file, *longer, *line, *save = NULL;

        synth_year_text(year, year_text);
        name = strcmp(format, "folders") == 0 ? pc_format_text("ssda903/%s/%s.csv", year_text, table)
                                              : pc_format_text("ssda903/%s_%s.csv", table, year_text);
        file = pc_test_read(folder, name);
        strtok_r(file, "\n", &save);
        while ((line = strtok_r(NULL, "\n", &save)) != NULL) {
            longer = end == NULL
                         ? pc_format_text("%s%s\n", text, line)
                         : pc_format_text("%s%s,%s,%04d/%02d\n", text, line, end, year, (year + 1) % 100);
            free(text);
            text = longer;
        }
        free(file);
        free(name);
    }
    return text;
}

static void the_layouts_hold_the_same_rows(void **state)
{
    pc_synth_options options = small();
    char *folder[3];
    pc_diagnostics diagnostics;

    (void)state;
    options.children = 12;
    options.la = "Ashby";
    for (int layout = 0; layout < 3; layout++) {
        folder[layout] = pc_test_folder();
        options.layout = (pc_synth_layout)layout;
        assert_ok(run(&options, folder[layout], &diagnostics), &diagnostics);
        pc_diagnostics_free(&diagnostics);
    }
    for (size_t at = 0; at < sizeof every_file / sizeof every_file[0]; at++) {
        char *name = pc_format_text("ssda903/%s.csv", every_file[at]);
        char *merged = pc_test_read(folder[2], name);
        char *in_folders = rows_of_years(folder[0], "folders", every_file[at], NULL);
        char *flat = rows_of_years(folder[1], "flat", every_file[at], NULL);
        char *with_columns = rows_of_years(folder[0], "folders", every_file[at], "Ashby");

        assert_string_equal(in_folders, flat);
        assert_string_equal(strchr(merged, '\n') + 1, with_columns);
        free(name);
        free(merged);
        free(in_folders);
        free(flat);
        free(with_columns);
    }
    for (int layout = 0; layout < 3; layout++) {
        pc_test_remove(folder[layout]);
        free(folder[layout]);
    }
}

static void several_authorities_have_children_of_their_own(void **state)
{
    pc_synth_options options = small();
    char *folder = pc_test_folder();
    csv_table *table;
    size_t ashby = 0, brent = 0;
    pc_diagnostics diagnostics;

    (void)state;
    options.layout = PC_SYNTH_MERGED;
    options.la = "Ashby=20,Brent=80";
    options.core_tables = true;
    assert_ok(run(&options, folder, &diagnostics), &diagnostics);
    pc_diagnostics_free(&diagnostics);
    table = csv_table_read(folder, "ssda903/header.csv");
    for (size_t row = 0; row < table->n; row++) {
        bool first = strcmp(csv_table_get(table, row, "LA"), "Ashby") == 0;

        ashby += first;
        brent += !first;
        assert_true(first || strcmp(csv_table_get(table, row, "LA"), "Brent") == 0);
    }
    assert_true(ashby > 20 && brent > 2 * ashby);
    csv_table_free(table);
    {
        char *missing = pc_test_path(folder, "ssda903/missing.csv");

        assert_false(pc_test_exists(missing)); /* core tables only */
        free(missing);
    }
    pc_test_remove(folder);
    free(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(refuses_options_outside_their_bounds),
        cmocka_unit_test(the_categories_are_those_of_the_shipped_code_map),
        cmocka_unit_test(a_birth_date_gives_the_age_asked_for_on_every_day),
        cmocka_unit_test(every_edge_of_a_band_opens_the_next_one),
        cmocka_unit_test(a_later_row_sets_and_factors_multiply),
        cmocka_unit_test(a_bad_row_of_a_truth_file_is_refused_by_name),
        cmocka_unit_test(a_truth_file_without_a_column_is_refused),
        cmocka_unit_test(rates_given_in_c_are_checked),
        cmocka_unit_test(truth_csv_read_back_gives_the_same_rates_and_returns),
        cmocka_unit_test(the_same_options_give_the_same_bytes_and_another_seed_others),
        cmocka_unit_test(the_layouts_hold_the_same_rows),
        cmocka_unit_test(several_authorities_have_children_of_their_own),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
