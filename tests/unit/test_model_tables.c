/* The fitted model as tables. */
#include "pc_test.h"

#include <jansson.h>
#include <sys/stat.h>

#include "cohort.h"
#include "csv_table.h"

static pc_day day_of(int year, int month, int day)
{
    return pc_day_from_date((pc_date){year, month, day});
}

typedef struct written {
    char *folder;
    pc_model model;
    double events, years; /* of exits, by hand */
} written;

static void write_model(written *self)
{
    static const char *const category[] = {"foster_inhouse", "residential_external"};
    pc_fit_options options = pc_fit_options_default();
    pc_diagnostics diagnostics;
    pc_episodes episodes;

    cohort_empty(&episodes, 2, category, day_of(2022, 3, 31));
    cohort_add_child(&episodes, "X", "SECRET-1", day_of(2010, 6, 17), PC_STREAM_LOCAL);
    cohort_add_row(&episodes, day_of(2022, 1, 1), day_of(2022, 2, 1), 0, PC_TRANSITION_START, PC_EXIT_ORDER);
    cohort_add_child(&episodes, "X", "SECRET-2", day_of(2011, 6, 17), PC_STREAM_LOCAL);
    cohort_add_row(&episodes, day_of(2022, 1, 1), day_of(2022, 2, 10), 0, PC_TRANSITION_START,
                   PC_N_EXIT_CAUSE);
    cohort_add_row(&episodes, day_of(2022, 2, 10), PC_DAY_OPEN, 1, PC_TRANSITION_MOVE, PC_N_EXIT_CAUSE);
    pc_diagnostics_init(&diagnostics);
    pc_diagnostics_add(&diagnostics, PC_ASSUMPTION, (pc_place){0}, "the moon is full");
    assert_ok(pc_fit(&episodes, &options, &self->model, &diagnostics), &diagnostics);
    self->folder = pc_test_folder();
    assert_ok(pc_model_write(&self->model, self->folder, &diagnostics), &diagnostics);
    pc_diagnostics_free(&diagnostics);
    pc_episodes_free(&episodes);
}

static void forget(written *self)
{
    pc_model_free(&self->model);
    pc_test_remove(self->folder);
    free(self->folder);
}

static double number_of(const csv_table *table, size_t row, const char *column)
{
    return strtod(csv_table_get(table, row, column), NULL);
}

static void rates_give_events_exposure_and_an_interval_around_the_rate(void **state)
{
    written self;
    csv_table *table;
    double events[2] = {0};

    (void)state;
    write_model(&self);
    table = csv_table_read(self.folder, "rates.csv");
    assert_true(table->n > 20);
    for (size_t r = 0; r < table->n; r++) {
        double rate = number_of(table, r, "RATE"), low = number_of(table, r, "RATE_P025");
        double high = number_of(table, r, "RATE_P975");
        bool exit = strcmp(csv_table_get(table, r, "FAMILY"), "exit") == 0;

        assert_string_equal(csv_table_get(table, r, "LA"), "X");
        assert_true(rate > 0 && low < high && low < rate && high > rate);
        assert_close(number_of(table, r, "REFERENCE_RATE") * number_of(table, r, "FACTOR"), rate, 1e-4, 0);
        events[exit ? 0 : 1] += number_of(table, r, "EVENTS");
        if (number_of(table, r, "EVENTS") > 0 && exit) {
            assert_string_equal(csv_table_get(table, r, "CAUSE"), "order");
            assert_string_equal(csv_table_get(table, r, "CATEGORY"), "foster_inhouse");
            assert_string_equal(csv_table_get(table, r, "AGE_BAND"), "10-15");
            assert_string_equal(csv_table_get(table, r, "DURATION_BAND"), "28-182");
            assert_close(number_of(table, r, "EXPOSURE_YEARS"), (3 + 12) / 365.25, 1e-5,
                         0); /* both children */
        }
    }
    assert_close(events[0], 1, 0, 0);
    assert_close(events[1], 1, 0, 0);
    csv_table_free(table);
    forget(&self);
}

static void children_carry_the_month_of_birth_and_no_identifier(void **state)
{
    written self;
    csv_table *table;
    char *text, *path;
    struct stat about;

    (void)state;
    write_model(&self);
    table = csv_table_read(self.folder, "children.csv");
    assert_int_equal(table->n, 1);
    assert_string_equal(csv_table_get(table, 0, "BORN"), "2011-06");
    assert_string_equal(csv_table_get(table, 0, "CATEGORY"), "residential_external");
    assert_string_equal(csv_table_get(table, 0, "CARE_START"), "2022-01-01");
    assert_string_equal(csv_table_get(table, 0, "PLACEMENT_START"), "2022-02-10");
    assert_string_equal(csv_table_get(table, 0, "PLACEMENT_NUMBER"), "2");
    csv_table_free(table);
    text = pc_test_read(self.folder, "children.csv");
    assert_null(strstr(text, "SECRET"));
    assert_null(strstr(text, "2011-06-17"));
    free(text);
    path = pc_test_path(self.folder, "children.csv");
    assert_int_equal(stat(path, &about), 0);
    assert_int_equal(about.st_mode & 0777, 0600);
    free(path);
    forget(&self);
}

static void starts_and_first_placements_are_complete(void **state)
{
    written self;
    csv_table *starts, *first;
    double events = 0, share = 0;

    (void)state;
    write_model(&self);
    starts = csv_table_read(self.folder, "start_rates.csv");
    assert_int_equal(starts->n, PC_N_STREAM * PC_N_AGE_YEAR);
    for (size_t r = 0; r < starts->n; r++) {
        events += number_of(starts, r, "STARTS");
    }
    assert_close(events, 2, 0, 0);
    assert_close(number_of(starts, 11, "AGE"), 11, 0, 0);
    assert_true(number_of(starts, 11, "RATE_PER_YEAR") > number_of(starts, 2, "RATE_PER_YEAR"));
    first = csv_table_read(self.folder, "first_placements.csv");
    assert_int_equal(first->n, PC_N_STREAM * PC_N_AGE_BAND * 2);
    for (size_t r = 0; r < first->n; r++) {
        share += number_of(first, r, "SHARE");
    }
    assert_close(share, PC_N_STREAM * PC_N_AGE_BAND, 1e-5, 0);
    csv_table_free(starts);
    csv_table_free(first);
    forget(&self);
}

static void fit_json_gives_window_shapes_and_assumptions(void **state)
{
    written self;
    json_t *root, *authority;
    char *text;

    (void)state;
    write_model(&self);
    text = pc_test_read(self.folder, "fit.json");
    root = json_loads(text, 0, NULL);
    assert_non_null(root);
    assert_string_equal(json_string_value(json_object_get(json_object_get(root, "window"), "to")),
                        "2022-03-31");
    assert_string_equal(json_string_value(json_object_get(root, "extract")), "2022-03-31");
    authority = json_array_get(json_object_get(root, "authorities"), 0);
    assert_string_equal(json_string_value(json_object_get(authority, "la")), "X");
    assert_int_equal(json_integer_value(json_object_get(authority, "children")), 1);
    authority = json_object_get(json_object_get(authority, "local"), "exit");
    assert_close(json_number_value(json_object_get(authority, "events")), 1, 0, 0);
    assert_true(json_number_value(json_object_get(json_object_get(authority, "shape"), "cause_from")) >= 0.5);
    assert_non_null(strstr(text, "the moon is full"));
    assert_null(strstr(text, "SECRET"));
    json_decref(root);
    free(text);
    forget(&self);
}

static void the_same_model_writes_the_same_bytes(void **state)
{
    static const char *const name[] = {"rates.csv", "start_rates.csv", "first_placements.csv", "children.csv",
                                       "fit.json"};
    written a, b;

    (void)state;
    write_model(&a);
    write_model(&b);
    for (size_t f = 0; f < sizeof name / sizeof name[0]; f++) {
        char *left = pc_test_read(a.folder, name[f]), *right = pc_test_read(b.folder, name[f]);

        assert_string_equal(left, right);
        free(left);
        free(right);
    }
    forget(&a);
    forget(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rates_give_events_exposure_and_an_interval_around_the_rate),
        cmocka_unit_test(children_carry_the_month_of_birth_and_no_identifier),
        cmocka_unit_test(starts_and_first_placements_are_complete),
        cmocka_unit_test(fit_json_gives_window_shapes_and_assumptions),
        cmocka_unit_test(the_same_model_writes_the_same_bytes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
