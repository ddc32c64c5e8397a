/* Targets for numbers of the workforce; and what of posts is not known before there are any. */
#include "pc_test.h"

#include <math.h>

#include "csv_table.h"
#include "placecast/report.h"
#include "placecast/rounding.h"
#include "sim_model.h"

static char holders[] = "Holders", others[] = "Others", first[] = "first", file_name[] = "made.yaml",
            all[] = "all";

typedef struct made {
    pc_team team;
    pc_team_posts posts[2];
    pc_structure structure;
    pc_target target[4];
    pc_forecast out;
    pc_workforce with;
} made;

/* Two authorities of 60 children: 120 cases at 10 each. `n` posts that hold them and 5 others, from October
 * 2023 on. */
static void set_up(made *self, double n)
{
    const pc_team_posts posts = {.name = holders,
                                 .posts = n,
                                 .cost = n * 60000.0,
                                 .cost_per_post = (double)NAN,
                                 .premium = (double)NAN};

    *self = (made){.team = {.name = holders,
                            .weight = {[PC_CASE_CHILDREN_IN_CARE] = 1.0},
                            .has_load = true,
                            .case_load = 10.0,
                            .guarantee = 12.0,
                            .span = (double)NAN,
                            .staffed = (double)NAN},
                   .posts = {posts, posts}};
    self->posts[1].name = others;
    self->posts[1].posts = 5.0;
    self->posts[1].cost = 3e5;
    self->structure = (pc_structure){.name = first,
                                     .from = pc_day_from_date((pc_date){2023, 10, 1}),
                                     .n_team = 2,
                                     .team = self->posts,
                                     .other_cost = (double)NAN};
    self->with =
        (pc_workforce){.file = file_name,
                       .has_care = true,
                       .care = {.reviews = {28.0, 91.0, 183.0}, .leaver_age = 16.0, .leaver_days = 91.0},
                       .n_team = 1,
                       .team = &self->team,
                       .n_structure = 1,
                       .structure = &self->structure,
                       .staff = {.cost_per_post = (double)NAN},
                       .confidence = 0.8};
}

static pc_target target_of(pc_workload_measure measure, char *category, pc_date by, bool at_most,
                           double value)
{
    return (pc_target){.name = first,
                       .of_workforce = true,
                       .workload = measure,
                       .category = category,
                       .by = pc_day_from_date(by),
                       .at_most = at_most,
                       .value = value};
}

static void run(made *self, size_t n_target)
{
    pc_scenario scenario = sim_model_scenario(pc_day_from_date((pc_date){2023, 4, 1}), 24);
    pc_diagnostics diagnostics;
    pc_model model;

    sim_model_make(&model, 2, 60, false);
    scenario.replicates = 300;
    scenario.workforce_plan = self->with;
    scenario.n_target = n_target;
    scenario.target = self->target;
    pc_diagnostics_init(&diagnostics);
    assert_ok(pc_run(&model, &scenario, NULL, NULL, &self->out, &diagnostics), &diagnostics);
    pc_diagnostics_free(&diagnostics);
    sim_model_free(&model);
}

static const pc_statistics *row_of(const made *self, pc_workload_measure measure, const char *category,
                                   bool annual)
{
    const pc_workload_result *from = &self->out.workload;

    for (size_t at = 0; at < from->n_series; at++) {
        if (from->measure[at] == measure && strcmp(from->category[at], category) == 0) {
            return annual ? &from->annual[at * self->out.n_year] : &from->monthly[at * self->out.n_month];
        }
    }
    fail_msg("no %s, %s", pc_workload_name(measure), category);
    return NULL;
}

/* A case-load is within the target just when the posts do not fall short. */
static void case_load_and_gap_are_the_same_target(void **state)
{
    const pc_date day = {2024, 10, 14};
    made self;

    (void)state;
    set_up(&self, 12.0);
    self.target[0] = target_of(PC_WORKLOAD_CASE_LOAD, holders, day, true, 10.0);
    self.target[1] = target_of(PC_WORKLOAD_GAP, holders, day, false, 0.0);
    self.target[2] = target_of(PC_WORKLOAD_NEEDED, all, day, true, 12.0);
    self.target[3] = target_of(PC_WORKLOAD_OVER_TARGET, holders, day, true, 0.0);
    run(&self, 4);
    assert_int_equal(self.out.target[0].date, pc_day_from_date((pc_date){2024, 9, 30}));
    assert_true(self.out.target[0].probability > 0.05 && self.out.target[0].probability < 0.95);
    assert_close(self.out.target[0].probability,
                 1.0 - row_of(&self, PC_WORKLOAD_OVER_TARGET, holders, false)[17].mean, 0.0, 1e-12);
    assert_close(self.out.target[1].probability, self.out.target[0].probability, 0.0, 0.0);
    assert_close(self.out.target[2].probability, self.out.target[0].probability, 0.0, 0.0);
    assert_close(self.out.target[0].reached.mean,
                 row_of(&self, PC_WORKLOAD_CASE_LOAD, holders, false)[17].mean, 0.0, 0.0);
    assert_string_equal(pc_target_result_measure(&self.out.target[1]), "gap_posts");
    /* Months are counted in the whole year. */
    assert_int_equal(self.out.target[3].date, pc_day_from_date((pc_date){2025, 3, 31}));
    assert_true(self.out.target[3].probability < self.out.target[0].probability);
    assert_close(self.out.target[3].reached.mean,
                 row_of(&self, PC_WORKLOAD_OVER_TARGET, holders, true)[1].mean, 0.0, 0.0);
    pc_forecast_free(&self.out);
}

/* Cases are children; a case-load times the posts gives them. */
static void targets_of_cases_are_rounded_and_of_case_loads_unknown(void **state)
{
    made self;
    double chance;

    (void)state;
    set_up(&self, 12.0);
    self.target[0] = target_of(PC_WORKLOAD_CASE_LOAD, holders, (pc_date){2024, 9, 30}, true, 10.0);
    self.target[1] = target_of(PC_WORKLOAD_OPEN, all, (pc_date){2024, 9, 30}, true, 120.0);
    run(&self, 2);
    chance = self.out.target[0].probability;
    pc_forecast_round(&self.out, pc_day_from_date((pc_date){2023, 4, 1}), 50);
    assert_true(isnan(self.out.target[0].reached.mean));
    assert_close(self.out.target[0].probability, chance, 0.0, 0.0);
    assert_close(fmod(self.out.target[1].reached.mean, 50.0), 0.0, 0.0, 0.0);
    pc_forecast_free(&self.out);
}

static void more_posts_make_every_such_target_likelier(void **state)
{
    double last[2] = {-1.0, -1.0};

    (void)state;
    for (double n = 9.0; n <= 15.0; n += 1.0) {
        made self;

        set_up(&self, n);
        self.target[0] = target_of(PC_WORKLOAD_GAP, all, (pc_date){2025, 3, 31}, false, 0.0);
        self.target[1] = target_of(PC_WORKLOAD_OVER_GUARANTEE, holders, (pc_date){2025, 3, 31}, true, 2.0);
        run(&self, 2);
        for (size_t at = 0; at < 2; at++) {
            assert_true(self.out.target[at].probability >= last[at]);
            last[at] = self.out.target[at].probability;
        }
        pc_forecast_free(&self.out);
    }
    assert_true(last[0] > 0.9 && last[1] > 0.9);
}

static void a_target_met_from_the_start_says_the_first_month_with_posts(void **state)
{
    made self;

    (void)state;
    set_up(&self, 40.0);
    self.target[0] = target_of(PC_WORKLOAD_CASE_LOAD, holders, (pc_date){2025, 3, 31}, true, 10.0);
    self.target[1] = target_of(PC_WORKLOAD_CASE_LOAD, holders, (pc_date){2023, 6, 30}, true, 10.0);
    self.target[2] = target_of(PC_WORKLOAD_OVER_TARGET, holders, (pc_date){2024, 6, 30}, true, 0.0);
    run(&self, 3);
    assert_close(self.out.target[0].probability, 1.0, 0.0, 0.0);
    assert_int_equal(self.out.target[0].first_met, pc_day_from_date((pc_date){2023, 10, 31}));
    assert_true(isnan(self.out.target[1].probability)); /* no structure yet */
    assert_true(isnan(self.out.target[1].reached.mean));
    assert_int_equal(self.out.target[2].first_met, pc_day_from_date((pc_date){2024, 3, 31}));
    pc_forecast_free(&self.out);
}

/* Without a structure posts are blank, not 0; and the sum is of the teams that hold cases. */
static void posts_are_blank_before_a_structure_and_like_stands_beside_like(void **state)
{
    char *folder = pc_test_folder();
    pc_diagnostics diagnostics;
    csv_table *table;
    made self;

    (void)state;
    set_up(&self, 12.0);
    run(&self, 0);
    pc_diagnostics_init(&diagnostics);
    assert_ok(pc_report_posts(1, &self.out, folder, &diagnostics), &diagnostics);
    table = csv_table_read(folder, "posts.csv");
    for (size_t row = 0; row < table->n; row++) {
        bool before = strcmp(csv_table_get(table, row, "DATE"), "2023-10-01") < 0;

        assert_string_equal(csv_table_get(table, row, "POSTS"), before ? "" : "12.00");
        assert_string_equal(csv_table_get(table, row, "STAFF_IN_POST"), "");
        if (before) {
            assert_string_equal(csv_table_get(table, row, "GAP_POSTS"), "");
            assert_string_equal(csv_table_get(table, row, "P_OVER_TARGET"), "");
        }
    }
    assert_int_equal(table->n, 2 * 24);
    /* All posts, 12 and 5, are in forecast.csv; a sum of half a year is that of its months. */
    assert_close(row_of(&self, PC_WORKLOAD_POSTS, all, false)[6].mean, 17.0, 0.0, 0.0);
    assert_true(isnan(row_of(&self, PC_WORKLOAD_POSTS, all, false)[5].mean));
    assert_close(row_of(&self, PC_WORKLOAD_STAFF_COST, all, true)[0].mean, (12.0 * 60000.0 + 3e5) / 2.0, 0.0,
                 0.06);
    csv_table_free(table);
    pc_forecast_free(&self.out);
    pc_diagnostics_free(&diagnostics);
    pc_test_remove(folder);
    free(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(case_load_and_gap_are_the_same_target),
        cmocka_unit_test(targets_of_cases_are_rounded_and_of_case_loads_unknown),
        cmocka_unit_test(more_posts_make_every_such_target_likelier),
        cmocka_unit_test(a_target_met_from_the_start_says_the_first_month_with_posts),
        cmocka_unit_test(posts_are_blank_before_a_structure_and_like_stands_beside_like),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
