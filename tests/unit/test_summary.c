/* test_summary.c - a model from published tables: margins kept, durations of a steady state, bad tables, and
 * a few authorities of the shared panel. */
#include "pc_test.h"

#include <math.h>
#include <time.h>

#include "estimate/posterior.h"
#include "estimate/stationary.h"
#include "placecast/priors.h"

#define STOCK "date,category,age_band,provider,stream,children\n"
#define FLOWS "year,age_band,stream,children\n"

static const char *const stock = STOCK "2022-03-31,all,all,all,all,190\n"
                                       "2023-03-31,all,all,all,all,196\n"
                                       "2024-03-31,all,all,all,all,200\n"
                                       "2024-03-31,foster,all,all,all,140\n"
                                       "2024-03-31,residential,all,all,all,22\n"
                                       "2024-03-31,supported,all,all,all,18\n"
                                       "2024-03-31,parents,all,all,all,12\n"
                                       "2024-03-31,adoption,all,all,all,c\n"
                                       "2024-03-31,all,0,all,all,9\n"
                                       "2024-03-31,all,1-4,all,all,26\n"
                                       "2024-03-31,all,5-9,all,all,35\n"
                                       "2024-03-31,all,10-15,all,all,76\n"
                                       "2024-03-31,all,16-17,all,all,54\n"
                                       "2024-03-31,all,all,PR0,all,12\n"
                                       "2024-03-31,all,all,PR1,all,90\n"
                                       "2024-03-31,all,all,all,uasc,15\n";
static const char *const starts = FLOWS "2022/23,all,all,80\n2022/23,0,all,14\n2022/23,all,uasc,12\n"
                                        "2023/24,all,all,76\n2023/24,16-17,all,c\n";
static const char *const ceases = FLOWS "2022/23,all,all,76\n2022/23,18+,all,30\n2023/24,all,all,74\n";

typedef struct fixture {
    char *folder;
    pc_codes codes;
    pc_priors priors;
    pc_summary summary;
    pc_model model;
    pc_diagnostics diagnostics;
} fixture;

static int setup(void **state)
{
    fixture *self = calloc(1, sizeof *self);

    if (self == NULL || pc_codes_load(NULL, &self->codes, NULL) != PC_OK ||
        pc_priors_load(NULL, &self->codes, &self->priors, NULL) != PC_OK) {
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

    pc_model_free(&self->model);
    pc_summary_free(&self->summary);
    pc_priors_free(&self->priors);
    pc_codes_free(&self->codes);
    pc_diagnostics_free(&self->diagnostics);
    pc_test_remove(self->folder);
    free(self->folder);
    free(self);
    return 0;
}

static void write_tables(const fixture *self, const char *of_stock, const char *of_starts,
                         const char *of_ceases)
{
    pc_test_write(self->folder, "stock.csv", of_stock);
    pc_test_write(self->folder, "starts.csv", of_starts);
    pc_test_write(self->folder, "ceases.csv", of_ceases);
}

static pc_status fit_folder(fixture *self, const char *folder)
{
    pc_status status;

    pc_model_free(&self->model);
    pc_summary_free(&self->summary);
    status = pc_summary_read(folder, &self->codes, &self->summary, &self->diagnostics);
    return status == PC_OK ? pc_fit_summary(&self->summary, &self->codes, &self->priors, PC_DAY_NONE,
                                            &self->model, &self->diagnostics)
                           : status;
}

static void fit(fixture *self)
{
    assert_ok(fit_folder(self, self->folder), &self->diagnostics);
    assert_ok(pc_model_check(&self->model));
}

static long count(const fixture *self, const char *category, int age, int stream)
{
    const pc_authority_model *authority = &self->model.authority[0];
    long n = 0;

    for (size_t c = 0; c < authority->n_child; c++) {
        const pc_child *child = &authority->child[c];

        n += (category == NULL ||
              strncmp(self->codes.category[child->category].name, category, strlen(category)) == 0) &&
             (age < 0 || pc_age_band_of_years(pc_age_years(child->birth, self->model.extract)) == age) &&
             (stream < 0 || child->stream == stream);
    }
    return n;
}

static void the_stock_is_reproduced_by_every_margin(void **state)
{
    static const long by_age[PC_N_AGE_BAND] = {9, 26, 35, 76, 54};
    fixture *self = *state;

    write_tables(self, stock, starts, ceases);
    fit(self);
    assert_int_equal(self->model.authority[0].n_child, 200);
    for (int age = 0; age < PC_N_AGE_BAND; age++) {
        assert_int_equal(count(self, NULL, age, -1), by_age[age]);
    }
    assert_int_equal(count(self, "foster", -1, -1) + count(self, "kinship", -1, -1), 140);
    assert_int_equal(count(self, "residential", -1, -1) + count(self, "secure", -1, -1), 22);
    assert_int_equal(count(self, "supported", -1, -1), 18);
    assert_int_equal(count(self, "parents", -1, -1), 12);
    /* What is left, 8, is adoption, kept back, and other, not named. */
    assert_int_equal(count(self, "adoption", -1, -1) + count(self, "other", -1, -1), 8);
    assert_int_equal(count(self, NULL, -1, PC_STREAM_UASC), 15);
    assert_int_equal(count(self, "supported", 3, -1), 0);
    assert_int_equal(count(self, "adoption", 4, -1), 0);
    assert_int_equal(count(self, NULL, 0, PC_STREAM_UASC), 0);
    /* Own provision is 90 of 200: less than nationally, so agencies have more of the fostered. */
    assert_true(count(self, "foster_ifa", -1, -1) > 45);
    assert_int_equal(self->summary.n_missing, 2);
    assert_message(&self->diagnostics, "2 of 24 cells are kept back or missing");
}

static void starts_are_exact_and_ceases_close_the_stock(void **state)
{
    fixture *self = *state;
    const pc_rates *mean;
    double sum = 0, uasc = 0;

    write_tables(self, stock, starts, ceases);
    fit(self);
    mean = &self->model.authority[0].mean;
    for (size_t age = 0; age < PC_N_AGE_YEAR; age++) {
        sum += mean->starts[age] + mean->starts[PC_N_AGE_YEAR + age];
        uasc += mean->starts[PC_N_AGE_YEAR + age];
    }
    assert_close(sum, 78, 0, 1e-6); /* (80 + 76) / 2 */
    assert_true(uasc > 6 && uasc < 20);
    /* Stock + 10 in two years; 156 starts less 150 ceases are 6: 2 a year are missing, 1.0% of 200. */
    assert_message(&self->diagnostics,
                   "by +2.0 children a year (1.0% of it): 73.0 ceases a year are counted instead of 75.0");
}

/* Expected exits of the year, over the mean stock and with the birthdays of a steady state, are the ceases.
 */
static void the_exits_and_birthdays_make_up_the_ceases(void **state)
{
    fixture *self = *state;
    const pc_authority_model *authority;
    double leave = 0, share;

    write_tables(self, STOCK "2023-03-31,all,all,all,all,300\n2024-03-31,all,all,all,all,300\n",
                 FLOWS "2023/24,all,all,100\n", FLOWS "2023/24,all,all,100\n");
    fit(self);
    authority = &self->model.authority[0];
    for (size_t c = 0; c < authority->n_child; c++) {
        const pc_child *child = &authority->child[c];
        int age = pc_age_band_of_years(pc_age_years(child->birth, self->model.extract));

        for (size_t cause = 0; cause < PC_N_EXIT_HAZARD; cause++) {
            leave +=
                authority->mean
                    .exit[pc_rates_cell(&authority->mean, child->stream, (size_t)age, child->category, 2) *
                              PC_N_EXIT_HAZARD +
                          cause];
        }
        leave +=
            pc_birthday(child->birth, 17) <= self->model.extract; /* 18 within the year, or gone before */
    }
    share = leave / 100;
    assert_true(share > 0.9 && share < 1.15);
}

/* Starts even over the ages and one rate of leaving h: the time in care of a child aged a is exponential, cut
 * at a; P(longer than d) = (exp(-h d) - exp(-h a)) / (1 - exp(-h a)). */
static void time_in_care_is_that_of_a_steady_state(void **state)
{
    double starts_by_age[PC_N_AGE_YEAR], leave[PC_N_AGE_BAND];
    stationary steady;

    (void)state;
    for (size_t age = 0; age < PC_N_AGE_YEAR; age++) {
        starts_by_age[age] = 12;
    }
    for (size_t age = 0; age < PC_N_AGE_BAND; age++) {
        leave[age] = 0.3;
    }
    stationary_solve(starts_by_age, leave, &steady);
    assert_close(steady.present[216], 1 / (0.3 / 12) * -expm1(-0.3 * 18), 0.001, 0);
    for (int i = 1; i < 10; i++) {
        double u = i / 10.0, stay = stationary_stay(&steady, 100, u) / 12, a = 100 / 12.0;
        double longer = (exp(-0.3 * stay) - exp(-0.3 * a)) / -expm1(-0.3 * a);

        assert_close(longer, u, 0, 0.003);
    }
    /* Of 16 and 17 year olds at (1 - exp(-h t)) / h by age: the flow through 18 over their number. */
    assert_close(stationary_ageing(&steady, 4),
                 -expm1(-0.3 * 18) / (2 - (exp(-0.3 * 16) - exp(-0.3 * 18)) / 0.3), 0.002, 0);
    assert_true(stationary_age(&steady, 3, 0.5) > 13 * 12 && stationary_age(&steady, 3, 0.5) < 14 * 12);
}

static void every_bad_row_is_named(void **state)
{
    fixture *self = *state;

    write_tables(self,
                 STOCK "last year,all,all,all,all,200\n"
                       "2024-03-31,castle,all,all,all,4\n"
                       "2024-03-31,all,2-3,all,all,4\n"
                       "2024-03-31,all,all,PR9,all,4\n"
                       "2024-03-31,all,all,all,martian,4\n"
                       "2024-03-31,foster,0,all,all,4\n"
                       "2024-03-31,all,all,all,all,many\n"
                       "2024-03-31,foster,all,all,all,40\n"
                       "2024-03-31,kinship,all,all,all,40\n",
                 FLOWS "2024,all,all,80\n", FLOWS "2023/24,all,all,-1\n");
    assert_status(fit_folder(self, self->folder), PC_ERR_INPUT, &self->diagnostics);
    assert_message(&self->diagnostics, "stock.csv:2: column DATE: found last year, expected a date");
    assert_message(&self->diagnostics, "stock.csv:3: column CATEGORY: found castle");
    assert_message(&self->diagnostics, "stock.csv:4: column AGE_BAND: found 2-3");
    assert_message(&self->diagnostics, "stock.csv:5: column PROVIDER: found PR9");
    assert_message(&self->diagnostics, "stock.csv:6: column STREAM: found martian");
    assert_message(&self->diagnostics,
                   "stock.csv:7: column AGE_BAND: found 0, expected all: published margins");
    assert_message(&self->diagnostics, "stock.csv:8: column CHILDREN: found many");
    assert_message(&self->diagnostics, "row 9 counts the same children");
    assert_message(&self->diagnostics, "starts.csv:2: column YEAR: found 2024, expected a financial year");
    assert_message(&self->diagnostics, "ceases.csv:2: column CHILDREN: found -1");
}

static void margins_that_cannot_be_are_named(void **state)
{
    fixture *self = *state;

    write_tables(self, STOCK "2024-03-31,all,all,all,all,100\n2024-03-31,foster,all,all,all,140\n", starts,
                 ceases);
    assert_status(fit_folder(self, self->folder), PC_ERR_INPUT, &self->diagnostics);
    assert_message(&self->diagnostics, "the rows add up to more than all: 140, expected 100");
    /* Nobody is 16, so nobody can be in supported accommodation. */
    write_tables(self,
                 STOCK "2024-03-31,all,all,all,all,100\n2024-03-31,supported,all,all,all,20\n"
                       "2024-03-31,all,16-17,all,all,0\n",
                 FLOWS, FLOWS);
    assert_status(fit_folder(self, self->folder), PC_ERR_INPUT, &self->diagnostics);
    assert_message(&self->diagnostics, "together with the other margins this one cannot be");
}

static void a_folder_without_stock_is_refused(void **state)
{
    fixture *self = *state;

    assert_status(fit_folder(self, self->folder), PC_ERR_IO, &self->diagnostics);
    write_tables(self, STOCK, starts, ceases);
    assert_status(fit_folder(self, self->folder), PC_ERR_NO_DATA, &self->diagnostics);
    assert_message(&self->diagnostics, "stock.csv has no rows");
    write_tables(self, STOCK "2024-03-31,all,all,all,all,c\n", starts, ceases);
    assert_status(fit_folder(self, self->folder), PC_ERR_INPUT, &self->diagnostics);
    assert_message(&self->diagnostics, "the children in all are kept back on the last date");
}

/* Every draw is finite, no rate that matters is nought, and draws differ. */
static void check_draws(const fixture *self)
{
    const pc_authority_model *authority = &self->model.authority[0];
    double least = HUGE_VAL, most = 0;
    pc_rates draw;

    assert_ok(pc_rates_init(&draw, self->codes.n_category));
    for (uint32_t d = 0; d < 40; d++) {
        double sum = 0;

        assert_ok(pc_model_draw(&self->model, 0, 1, d, &draw));
        for (size_t i = 0; i < PC_N_STREAM * PC_N_AGE_YEAR; i++) {
            assert_true(isfinite(draw.starts[i]) && draw.starts[i] >= 0);
            sum += draw.starts[i];
        }
        for (size_t stream = 0; stream < PC_N_STREAM; stream++) {
            for (size_t age = 0; age < PC_N_AGE_BAND; age++) {
                for (size_t c = 0; c < draw.n_category; c++) {
                    size_t cell = pc_rates_cell(&draw, stream, age, c, 1);
                    double leave = 0;

                    for (size_t cause = 0; cause < PC_N_EXIT_HAZARD; cause++) {
                        leave += draw.exit[cell * PC_N_EXIT_HAZARD + cause];
                    }
                    assert_true(isfinite(leave) && leave > 0);
                    assert_true(isfinite(draw.first[(stream * PC_N_AGE_BAND + age) * draw.n_category + c]));
                }
            }
        }
        least = sum < least ? sum : least;
        most = sum > most ? sum : most;
    }
    assert_true(least < most);
    assert_true(authority->start_dispersion[0] > 0 && isfinite(authority->start_dispersion[0]));
    pc_rates_free(&draw);
}

static void empty_categories_and_years_give_no_empty_ranges(void **state)
{
    fixture *self = *state;

    /* 25 children, all fostered, nobody started, nobody left. */
    write_tables(
        self,
        STOCK
        "2023-03-31,all,all,all,all,25\n2024-03-31,all,all,all,all,25\n2024-03-31,foster,all,all,all,25\n",
        FLOWS "2023/24,all,all,0\n", FLOWS "2023/24,all,all,0\n");
    fit(self);
    check_draws(self);
    assert_int_equal(count(self, "residential", -1, -1), 0);
    /* No year of starts: every child would leave, and none come. */
    write_tables(self, STOCK "2024-03-31,all,all,all,all,25\n", FLOWS, FLOWS);
    assert_status(fit_folder(self, self->folder), PC_ERR_NO_DATA);
    assert_message(&self->diagnostics,
                   "no year of the three to 2024-03-31, expected the total of one or more");
    /* One child. */
    write_tables(self, STOCK "2024-03-31,all,all,all,all,1\n", FLOWS "2023/24,all,all,1\n",
                 FLOWS "2023/24,all,all,c\n");
    fit(self);
    check_draws(self);
}

static void the_same_tables_give_the_same_children(void **state)
{
    fixture *self = *state;
    pc_child *before;

    write_tables(self, stock, starts, ceases);
    fit(self);
    before = malloc(200 * sizeof *before);
    assert_non_null(before);
    memcpy(before, self->model.authority[0].child, 200 * sizeof *before);
    fit(self);
    assert_memory_equal(before, self->model.authority[0].child, 200 * sizeof *before);
    free(before);
}

/* From the published tables of all authorities to a model of a tiny, a small, a large and a reorganised one.
 */
static void authorities_of_every_size_get_a_model(void **state)
{
    static const char *const name[] = {"City of London", "Rutland", "Leeds", "Birmingham", "Cumberland"};
    fixture *self = *state;
    pc_panel panel;

    if (!pc_test_exists(PC_SHARED_DATA "/panel")) {
        skip();
    }
    assert_ok(pc_panel_read(PC_SHARED_DATA "/panel", &panel, NULL));
    for (size_t a = 0; a < sizeof name / sizeof name[0]; a++) {
        int area = pc_panel_find(&panel, name[a]);
        char *folder = pc_test_path(self->folder, name[a]);
        clock_t began;

        assert_true(area >= 0);
        assert_ok(pc_panel_write_summary(&panel, (size_t)area, 2024, 3, folder, &self->diagnostics),
                  &self->diagnostics);
        began = clock();
        assert_ok(fit_folder(self, folder), &self->diagnostics);
        printf("%s: %zu children, fit in %.1f ms\n", name[a], self->model.authority[0].n_child,
               1e3 * (double)(clock() - began) / CLOCKS_PER_SEC);
        assert_ok(pc_model_check(&self->model));
        assert_int_equal(self->model.authority[0].n_child,
                         pc_panel_figure(&panel, (size_t)area, 2024, PC_PANEL_STOCK));
        for (int age = 0; age < PC_N_AGE_BAND; age++) {
            int32_t published =
                pc_panel_figure(&panel, (size_t)area, 2024, (pc_panel_series)(PC_PANEL_STOCK_AGE_0 + age));

            if (published >= 0) {
                assert_int_equal(count(self, NULL, age, -1), published);
            }
        }
        check_draws(self);
        free(folder);
    }
    assert_status(pc_panel_write_summary(&panel, 0, 2020, 3, self->folder, &self->diagnostics),
                  PC_ERR_NO_DATA);
    pc_panel_free(&panel);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_stock_is_reproduced_by_every_margin, setup, teardown),
        cmocka_unit_test_setup_teardown(starts_are_exact_and_ceases_close_the_stock, setup, teardown),
        cmocka_unit_test_setup_teardown(the_exits_and_birthdays_make_up_the_ceases, setup, teardown),
        cmocka_unit_test(time_in_care_is_that_of_a_steady_state),
        cmocka_unit_test_setup_teardown(every_bad_row_is_named, setup, teardown),
        cmocka_unit_test_setup_teardown(margins_that_cannot_be_are_named, setup, teardown),
        cmocka_unit_test_setup_teardown(a_folder_without_stock_is_refused, setup, teardown),
        cmocka_unit_test_setup_teardown(empty_categories_and_years_give_no_empty_ranges, setup, teardown),
        cmocka_unit_test_setup_teardown(the_same_tables_give_the_same_children, setup, teardown),
        cmocka_unit_test_setup_teardown(authorities_of_every_size_get_a_model, setup, teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
