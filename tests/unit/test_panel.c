/* test_panel.c - published tables: figures, missing cells, revisions, bad files; the shared panel. */
#include "pc_test.h"

#include "placecast/panel.h"

#define LONG_FILE "stock_started_ceased_2015_2024.csv"

static const char *const few = "ons_code,name,measure,year,value\n"
                               "E06000001,Hartlepool,stock,2023,345\n"
                               "E06000001,Hartlepool,started,2023,c\n"
                               "E06000001,Hartlepool,ceased,2023,:\n"
                               "E06000017,Rutland,stock,2021,34\n"
                               "E92000001,England,stock,2023,83750\n"
                               "E12000001,North East,stock,2023,6000\n";

typedef struct fixture {
    char *folder;
    pc_panel panel;
    pc_diagnostics diagnostics;
} fixture;

static int setup(void **state)
{
    fixture *self = calloc(1, sizeof *self);

    if (self == NULL) {
        return 1;
    }
    self->folder = pc_test_folder();
    pc_diagnostics_init(&self->diagnostics);
    *state = self;
    return 0;
}

static int teardown(void **state)
{
    fixture *self = *state;

    pc_panel_free(&self->panel);
    pc_diagnostics_free(&self->diagnostics);
    pc_test_remove(self->folder);
    free(self->folder);
    free(self);
    return 0;
}

static pc_status read_panel(fixture *self)
{
    return pc_panel_read(self->folder, &self->panel, &self->diagnostics);
}

static int32_t figure(const fixture *self, const char *name, int year, pc_panel_series series)
{
    int area = pc_panel_find(&self->panel, name);

    assert_true(area >= 0);
    return pc_panel_figure(&self->panel, (size_t)area, year, series);
}

static void figures_are_found_by_code_and_by_name(void **state)
{
    fixture *self = *state;

    pc_test_write(self->folder, LONG_FILE, few);
    assert_ok(read_panel(self), &self->diagnostics);
    assert_int_equal(self->panel.n_area, 3);
    assert_int_equal(self->panel.first_year, 2021);
    assert_int_equal(self->panel.n_year, 3);
    assert_int_equal(figure(self, "E06000001", 2023, PC_PANEL_STOCK), 345);
    assert_int_equal(figure(self, "hartlepool", 2023, PC_PANEL_STOCK), 345);
    assert_int_equal(pc_panel_find(&self->panel, "Atlantis"), -1);
    assert_true(pc_panel_is_authority(&self->panel, 0));
    assert_false(pc_panel_is_authority(&self->panel, (size_t)pc_panel_find(&self->panel, "England")));
}

static void missing_cells_stay_missing_and_are_counted(void **state)
{
    fixture *self = *state;

    pc_test_write(self->folder, LONG_FILE, few);
    assert_ok(read_panel(self), &self->diagnostics);
    assert_int_equal(figure(self, "Hartlepool", 2023, PC_PANEL_STARTED), PC_PANEL_SUPPRESSED);
    assert_int_equal(figure(self, "Hartlepool", 2023, PC_PANEL_CEASED), PC_PANEL_NO_FIGURE);
    assert_int_equal(figure(self, "Hartlepool", 2022, PC_PANEL_STOCK), PC_PANEL_ABSENT);
    assert_int_equal(figure(self, "Hartlepool", 1066, PC_PANEL_STOCK), PC_PANEL_ABSENT);
    assert_int_equal(figure(self, "Rutland", 2023, PC_PANEL_STOCK), PC_PANEL_ABSENT);
    assert_int_equal(self->panel.n_known, 3);
    assert_int_equal(self->panel.n_suppressed, 1);
    assert_int_equal(self->panel.n_no_figure, 1);
    assert_int_equal(self->panel.n_row_aside, 1);
}

static void types_before_2021_are_series_of_their_own(void **state)
{
    fixture *self = *state;

    pc_test_write(self->folder, LONG_FILE, few);
    pc_test_write(
        self->folder, "underlying_2018.csv",
        "LA_order,New_geog_code,geog_l,geog_c,geog_n,CLA_UASC2017,CLA_UASC2018,CLA_Fost,CLA_Secure\n"
        "9,E06000001,LA,805,Hartlepool,1,2,200,x\n");
    pc_test_write(self->folder, "stock_placement_distance_2021_2024.csv",
                  "area_code,time_period,cla_group,characteristic,number\n"
                  "E06000001,2023,Placement,Secure homes and children's homes,40\n"
                  "E06000001,2023,Placement,Total,345\n"
                  "E06000001,2023,Distance between home and placement,Total,345\n");
    assert_ok(read_panel(self), &self->diagnostics);
    assert_int_equal(self->diagnostics.n, 0);
    assert_int_equal(figure(self, "Hartlepool", 2018, PC_PANEL_FOSTER), 200);
    assert_int_equal(figure(self, "Hartlepool", 2018, PC_PANEL_OLD_RESIDENTIAL), PC_PANEL_SUPPRESSED);
    assert_int_equal(figure(self, "Hartlepool", 2018, PC_PANEL_RESIDENTIAL), PC_PANEL_ABSENT);
    assert_int_equal(figure(self, "Hartlepool", 2023, PC_PANEL_RESIDENTIAL), 40);
    assert_int_equal(figure(self, "Hartlepool", 2023, PC_PANEL_OLD_RESIDENTIAL), PC_PANEL_ABSENT);
    assert_int_equal(figure(self, "Hartlepool", 2017, PC_PANEL_STOCK_UASC), 1);
    assert_int_equal(figure(self, "Hartlepool", 2018, PC_PANEL_STOCK_UASC), 2);
}

static void a_later_file_revises_but_never_removes_a_figure(void **state)
{
    fixture *self = *state;

    pc_test_write(self->folder, LONG_FILE, few);
    pc_test_write(self->folder, "underlying_2018.csv",
                  "New_geog_code,geog_n,CLA_UASC2017,CLA_UASC2018\nE06000001,Hartlepool,1,2\n");
    pc_test_write(self->folder, "underlying_2019.csv",
                  "New_geog_code,geog_n,CLA_UASC2017,CLA_UASC2018\nE06000001,Hartlepool,c,3\n");
    assert_ok(read_panel(self), &self->diagnostics);
    assert_int_equal(figure(self, "Hartlepool", 2017, PC_PANEL_STOCK_UASC), 1);
    assert_int_equal(figure(self, "Hartlepool", 2018, PC_PANEL_STOCK_UASC), 3);
    assert_int_equal(self->panel.n_revised, 1);
}

static void england_is_the_national_row_of_a_population_table(void **state)
{
    fixture *self = *state;

    pc_test_write(self->folder, LONG_FILE, few);
    pc_test_write(self->folder, "population_0_17_2012_2024.csv",
                  "time_period,geographic_level,country_code,region_code,new_la_code,la_name,age_group,"
                  "population_estimate\n"
                  "2023,National,E92000001,,,,Children aged 0 to 17 years,12000000\n"
                  "2023,Regional,E92000001,E12000001,,,Children aged 0 to 17 years,500000\n"
                  "2023,Local authority,E92000001,E12000001,E06000001,Hartlepool,Children aged 0 to 17 "
                  "years,20000\n");
    assert_ok(read_panel(self), &self->diagnostics);
    assert_int_equal(figure(self, "England", 2023, PC_PANEL_POPULATION), 12000000);
    assert_int_equal(figure(self, "Hartlepool", 2023, PC_PANEL_POPULATION), 20000);
}

static void every_bad_cell_is_named(void **state)
{
    fixture *self = *state;

    pc_test_write(self->folder, LONG_FILE,
                  "ons_code,name,measure,year,value\n"
                  "E06000001,Hartlepool,stock,2023,about 300\n"
                  "E06000001,Hartlepool,stock,last,300\n"
                  "E06000001,Hartlepool,stock,2022,-4\n"
                  "E06000001,Hartlepool,stock,2021,3.5\n");
    assert_status(read_panel(self), PC_ERR_INPUT, &self->diagnostics);
    assert_message(&self->diagnostics,
                   LONG_FILE ":2: column VALUE: found about 300, expected a whole number");
    assert_message(&self->diagnostics, LONG_FILE ":3: column YEAR: found last, expected the year");
    assert_message(&self->diagnostics, LONG_FILE ":4: column VALUE: found -4");
    assert_message(&self->diagnostics, LONG_FILE ":5: column VALUE: found 3.5");
    assert_int_equal(self->panel.n_area, 0);
}

static void two_figures_for_one_cell_are_an_error(void **state)
{
    fixture *self = *state;

    pc_test_write(self->folder, LONG_FILE,
                  "ons_code,name,measure,year,value\n"
                  "E06000001,Hartlepool,stock,2023,300\n"
                  "E06000001,Hartlepool,stock,2023,301\n");
    assert_status(read_panel(self), PC_ERR_INPUT, &self->diagnostics);
    assert_message(&self->diagnostics, LONG_FILE ":3");
    assert_message(&self->diagnostics, "than in row 2, expected one");
}

static void a_missing_column_is_named(void **state)
{
    fixture *self = *state;

    pc_test_write(self->folder, LONG_FILE, "ons_code,name,measure,year\nE06000001,Hartlepool,stock,2023\n");
    assert_status(read_panel(self), PC_ERR_INPUT, &self->diagnostics);
    assert_message(&self->diagnostics, LONG_FILE ":1: column VALUE: the column is missing");
}

static void a_new_word_is_said_once_and_left_aside(void **state)
{
    fixture *self = *state;

    pc_test_write(self->folder, LONG_FILE, few);
    pc_test_write(self->folder, "stock_placement_distance_2025.csv",
                  "area_code,time_period,cla_group,characteristic,number\n"
                  "E06000001,2025,Placement,Space stations,4\n"
                  "E06000017,2025,Placement,Space stations,5\n");
    assert_ok(read_panel(self), &self->diagnostics);
    assert_int_equal(self->diagnostics.n, 1);
    assert_message(&self->diagnostics, "`Space stations` is not known among `Placement`");
}

static void a_folder_without_the_tables_is_no_panel(void **state)
{
    fixture *self = *state;

    pc_test_write(self->folder, "underlying_2019.csv",
                  "New_geog_code,geog_n,CLA_Fost\nE06000001,Hartlepool,9\n");
    assert_status(read_panel(self), PC_ERR_NO_DATA, &self->diagnostics);
    assert_message(&self->diagnostics, "stock_started_ceased_");
}

static void a_folder_that_is_absent_is_an_error(void **state)
{
    fixture *self = *state;

    assert_status(pc_panel_read("no/such/folder", &self->panel, &self->diagnostics), PC_ERR_IO,
                  &self->diagnostics);
}

static void every_series_has_words(void **state)
{
    (void)state;
    for (int series = 0; series < PC_N_PANEL_SERIES; series++) {
        assert_non_null(pc_panel_series_words((pc_panel_series)series));
    }
    assert_string_equal(pc_panel_series_words(PC_N_PANEL_SERIES), "unknown series");
}

/* Figures seen in the published tables themselves. */
static void the_shared_panel_reads_whole(void **state)
{
    fixture *self = *state;

    if (!pc_test_exists(PC_SHARED_DATA "/panel")) {
        skip();
    }
    assert_ok(pc_panel_read(PC_SHARED_DATA "/panel", &self->panel, &self->diagnostics), &self->diagnostics);
    assert_int_equal(self->diagnostics.n, 0);
    assert_int_equal(figure(self, "Leeds", 2019, PC_PANEL_STOCK), 1288);
    assert_int_equal(figure(self, "E08000035", 2019, PC_PANEL_FOSTER), 1023);
    assert_int_equal(figure(self, "Rutland", 2015, PC_PANEL_STARTED), 15);
    assert_int_equal(figure(self, "Rutland", 2024, PC_PANEL_FOSTER), 18);
    assert_int_equal(figure(self, "Rutland", 2024, PC_PANEL_RESIDENTIAL), PC_PANEL_SUPPRESSED);
    assert_int_equal(figure(self, "Rutland", 2020, PC_PANEL_STOCK), PC_PANEL_ABSENT);
    assert_int_equal(figure(self, "England", 2024, PC_PANEL_CEASED_AGE_1_4), 6410);
    assert_int_equal(figure(self, "England", 2024, PC_PANEL_POPULATION), 12183016);
    assert_true(self->panel.n_suppressed > 5000);
    /* Of two Buckinghamshires the one that still is. */
    assert_string_equal(self->panel.area[pc_panel_find(&self->panel, "Buckinghamshire")].code, "E06000060");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(figures_are_found_by_code_and_by_name, setup, teardown),
        cmocka_unit_test_setup_teardown(missing_cells_stay_missing_and_are_counted, setup, teardown),
        cmocka_unit_test_setup_teardown(types_before_2021_are_series_of_their_own, setup, teardown),
        cmocka_unit_test_setup_teardown(a_later_file_revises_but_never_removes_a_figure, setup, teardown),
        cmocka_unit_test_setup_teardown(england_is_the_national_row_of_a_population_table, setup, teardown),
        cmocka_unit_test_setup_teardown(every_bad_cell_is_named, setup, teardown),
        cmocka_unit_test_setup_teardown(two_figures_for_one_cell_are_an_error, setup, teardown),
        cmocka_unit_test_setup_teardown(a_missing_column_is_named, setup, teardown),
        cmocka_unit_test_setup_teardown(a_new_word_is_said_once_and_left_aside, setup, teardown),
        cmocka_unit_test_setup_teardown(a_folder_without_the_tables_is_no_panel, setup, teardown),
        cmocka_unit_test_setup_teardown(a_folder_that_is_absent_is_an_error, setup, teardown),
        cmocka_unit_test(every_series_has_words),
        cmocka_unit_test_setup_teardown(the_shared_panel_reads_whole, setup, teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
