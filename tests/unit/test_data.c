/* From the files of a scenario to its model and prices: the calls give what the steps give one by one, from
 * returns and from published tables. */
#include <math.h>

#include "placecast/data.h"
#include "placecast/priors.h"
#include "placecast/trend.h"
#include "pc_test.h"

typedef struct data_case {
    char *folder;
    pc_scenario scenario;
    pc_diagnostics diagnostics;
} data_case;

static void begin(data_case *self, const char *yaml)
{
    char *file;

    *self = (data_case){.folder = pc_test_folder()};
    pc_diagnostics_init(&self->diagnostics);
    pc_test_write(self->folder, "weekly.csv",
                  "category,weekly_gbp,spread\nfoster_inhouse,500,\nresidential_external,4000,0.3\n");
    pc_test_write(self->folder, "s.yaml", yaml);
    file = pc_test_path(self->folder, "s.yaml");
    assert_ok(pc_scenario_load(file, NULL, &self->scenario, &self->diagnostics), &self->diagnostics);
    free(file);
}

static void end(data_case *self)
{
    pc_scenario_free(&self->scenario);
    pc_diagnostics_free(&self->diagnostics);
    pc_test_remove(self->folder);
    free(self->folder);
}

#define HEAD "placecast: 1\nname: Small\nstart: 2022-04-01\nmonths: 12\n"
#define RETURNS                                                                                              \
    HEAD "data: {ssda903: " PC_TEST_DATA "/small/returns, extract: 2022-03-31, window: {from: "              \
         "2020-04-01}}\n"

static void returns_give_the_model_that_the_steps_give(void **state)
{
    data_case self;
    pc_data data;
    pc_model model, other;
    pc_priors priors;
    pc_fit_options fit = pc_fit_options_default();

    (void)state;
    begin(&self, RETURNS);
    assert_ok(pc_data_read(&self.scenario, &data, &self.diagnostics), &self.diagnostics);
    assert_false(data.is_summary);
    assert_true(data.episodes.n > 5);
    assert_true(data.tieout.n > 0);
    assert_int_equal(data.quality.path.n, data.quality.file.n);
    assert_ok(pc_data_fit(&data, &self.scenario, 1, &model, &self.diagnostics), &self.diagnostics);
    assert_int_equal(model.window_from, self.scenario.window_from);
    assert_int_equal(model.extract, data.episodes.extract);

    assert_ok(pc_priors_load(NULL, &data.episodes.codes, &priors, &self.diagnostics), &self.diagnostics);
    fit.priors = &priors;
    fit.window_from = self.scenario.window_from;
    fit.window_to = self.scenario.window_to;
    assert_ok(pc_fit(&data.episodes, &fit, &other, &self.diagnostics), &self.diagnostics);
    assert_int_equal(other.n_authority, 1);
    assert_false(other.authority[0].trend.found); /* the call finds it too */
    assert_ok(pc_model_find_trend(&other, NULL, 0, &self.diagnostics), &self.diagnostics);
    assert_memory_equal(&model.authority[0].trend, &other.authority[0].trend,
                        sizeof other.authority[0].trend);
    assert_int_equal(model.authority[0].n_child, other.authority[0].n_child);
    pc_priors_free(&priors);
    pc_model_free(&other);
    pc_model_free(&model);
    pc_data_free(&data);
    pc_data_free(&data);
    end(&self);
}

static void published_tables_have_no_rows_but_a_model(void **state)
{
    data_case self;
    pc_data data;
    pc_model model;
    pc_prices prices;
    bool has = false;

    (void)state;
    begin(&self, "placecast: 1\nname: T\nstart: 2024-04-01\nmonths: 12\ncosts: {weekly: weekly.csv}\n"
                 "data: {summary: " PC_TEST_DATA "/summary}\n");
    assert_ok(pc_data_read(&self.scenario, &data, &self.diagnostics), &self.diagnostics);
    assert_true(data.is_summary);
    assert_int_equal(data.episodes.n, 0);
    assert_int_equal(data.tieout.n, 0);
    assert_int_equal(data.quality.path.n, 3); /* each is an input */
    assert_true(data.summary.n > 10);
    assert_ok(pc_data_fit(&data, &self.scenario, 1, &model, &self.diagnostics), &self.diagnostics);
    assert_true(model.authority[0].n_child > 100);
    assert_true(model.authority[0].trend.found);
    /* A spread needs to know the children: of these nobody has an actual price or a known provider. */
    assert_ok(pc_prices_open(&self.scenario, &model.codes, &prices, &has, &self.diagnostics),
              &self.diagnostics);
    assert_true(has);
    assert_int_equal(prices.n_people, 0);
    assert_ok(pc_data_match(&data, &model, &prices, &self.diagnostics), &self.diagnostics);
    assert_int_equal(prices.n_people, 1);
    assert_int_equal(prices.people[0].n_child, model.authority[0].n_child);
    for (size_t child = 0; child < prices.people[0].n_child; child++) {
        assert_true(isnan(prices.people[0].weekly_gbp[child]));
        assert_int_equal(prices.people[0].provider[child], -1);
    }
    pc_prices_free(&prices);
    pc_model_free(&model);
    pc_data_free(&data);
    end(&self);
}

static void prices_without_people_are_left_as_they_are(void **state)
{
    data_case self;
    pc_data none = {0};
    pc_model model = {0};
    pc_prices prices;
    bool has = true;

    (void)state;
    begin(&self, RETURNS);
    assert_ok(pc_prices_open(&self.scenario, &none.episodes.codes, &prices, &has, &self.diagnostics),
              &self.diagnostics);
    assert_false(has); /* no `costs` */
    assert_ok(pc_data_match(&none, &model, &prices, &self.diagnostics), &self.diagnostics);
    assert_int_equal(prices.n_people, 0);
    end(&self);
}

static void every_problem_of_every_table_of_prices_is_told_at_once(void **state)
{
    data_case self;
    pc_codes codes;
    pc_prices prices;
    bool has = true;

    (void)state;
    begin(&self, RETURNS);
    pc_test_write(self.folder, "weekly.csv", "category,weekly_gbp\nfoster_inhouse,much\n");
    pc_test_write(self.folder, "income.csv", "source,kind,amount\nHealth,gift,1\n");
    pc_test_write(self.folder, "processes.csv", "process,unit_gbp\n9,1\n");
    self.scenario.weekly = pc_test_path(self.folder, "weekly.csv");
    self.scenario.income = pc_test_path(self.folder, "income.csv");
    self.scenario.processes = pc_test_path(self.folder, "processes.csv");
    assert_ok(pc_codes_load(NULL, &codes, &self.diagnostics));
    assert_status(pc_prices_open(&self.scenario, &codes, &prices, &has, &self.diagnostics), PC_ERR_INPUT);
    assert_message(&self.diagnostics, "weekly.csv:2: column weekly_gbp");
    assert_message(&self.diagnostics, "income.csv:2: column kind");
    assert_message(&self.diagnostics, "processes.csv:2: column process");
    assert_false(has);
    assert_null(prices.weekly_gbp);
    pc_codes_free(&codes);
    end(&self);
}

static void data_that_are_not_there_are_an_input_rejected(void **state)
{
    data_case self;
    pc_data data;
    char *kept;

    (void)state;
    begin(&self, RETURNS);
    kept = self.scenario.ssda903;
    self.scenario.ssda903 = NULL;
    assert_status(pc_data_read(&self.scenario, &data, &self.diagnostics), PC_ERR_INPUT);
    assert_message(&self.diagnostics, "found neither `ssda903` nor `summary`");
    self.scenario.summary = pc_test_path(self.folder, "nowhere");
    assert_status(pc_data_read(&self.scenario, &data, &self.diagnostics), PC_ERR_INPUT);
    assert_message(&self.diagnostics, "nowhere/stock.csv");
    assert_int_equal(data.quality.path.n, 0);
    free(self.scenario.summary);
    self.scenario.summary = NULL;
    self.scenario.ssda903 = pc_test_path(self.folder, "neither");
    assert_status(pc_data_read(&self.scenario, &data, &self.diagnostics), PC_ERR_INPUT);
    assert_message(&self.diagnostics, "neither");
    free(self.scenario.ssda903);
    self.scenario.ssda903 = kept;
    self.scenario.priors = pc_test_path(self.folder, "no-priors.csv");
    assert_ok(pc_data_read(&self.scenario, &data, &self.diagnostics), &self.diagnostics);
    {
        pc_model model;

        assert_status(pc_data_fit(&data, &self.scenario, 1, &model, &self.diagnostics), PC_ERR_INPUT);
        assert_null(model.authority);
    }
    assert_message(&self.diagnostics, "no-priors.csv");
    pc_data_free(&data);
    end(&self);
}

static void the_inputs_of_a_scenario_are_all_its_files(void **state)
{
    data_case self;
    const char *path[8];
    char *base;

    (void)state;
    begin(&self, RETURNS);
    base = self.scenario.read_file[0];
    assert_int_equal(pc_scenario_inputs(&self.scenario, NULL), 1);
    self.scenario.income = pc_test_path(self.folder, "income.csv");
    self.scenario.proceedings = pc_test_path(self.folder, "proceedings.csv");
    self.scenario.workforce = pc_test_path(self.folder, "workforce.yaml");
    assert_int_equal(pc_scenario_inputs(&self.scenario, NULL), 4);
    assert_int_equal(pc_scenario_inputs(&self.scenario, path), 4);
    assert_ptr_equal(path[0], base);
    assert_ptr_equal(path[1], self.scenario.income);
    assert_ptr_equal(path[2], self.scenario.proceedings);
    assert_ptr_equal(path[3], self.scenario.workforce);
    end(&self);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(returns_give_the_model_that_the_steps_give),
        cmocka_unit_test(published_tables_have_no_rows_but_a_model),
        cmocka_unit_test(prices_without_people_are_left_as_they_are),
        cmocka_unit_test(every_problem_of_every_table_of_prices_is_told_at_once),
        cmocka_unit_test(data_that_are_not_there_are_an_input_rejected),
        cmocka_unit_test(the_inputs_of_a_scenario_are_all_its_files),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
