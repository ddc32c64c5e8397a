/* Past forecasts, their tables and what is kept of them: every allocation fails in turn. */
#include "pc_test.h"

#include "failing_allocation.h"

#include "placecast/backtest.h"
#include "placecast/report.h"

typedef struct faulty {
    char *returns, *out;
    pc_episodes episodes;
    pc_scenario scenario;
    pc_skill skill;
} faulty;

/* Three returns of a child who stays and one a year who does not. */
static char *make_returns(void)
{
    char *folder = pc_test_folder();

    for (int year = 2018; year <= 2020; year++) {
        char name[64], text[512];

        snprintf(name, sizeof name, "%d/header.csv", year);
        snprintf(text, sizeof text, "CHILD,SEX,DOB,ETHNIC\nK,1,01/05/2010,WBRI\nS%d,1,01/05/2010,WBRI\n",
                 year);
        pc_test_write(folder, name, text);
        snprintf(name, sizeof name, "%d/episodes.csv", year);
        snprintf(text, sizeof text,
                 "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE\n"
                 "K,01/04/2017,S,C2,N1,U4,PR1,,,\nS%d,01/06/%d,S,C2,N1,U4,PR1,01/09/%d,E4A,\n",
                 year, year, year);
        pc_test_write(folder, name, text);
    }
    return folder;
}

static pc_status backtest(void *context)
{
    static const int horizon[] = {3};
    faulty *self = context;
    pc_backtest_options options = {
        .n_horizon = 1, .horizon = horizon, .replicates = 2, .run = {.threads = 1}};
    pc_diagnostics diagnostics;
    pc_skill skill;
    pc_status status;

    pc_diagnostics_init(&diagnostics);
    status = pc_backtest(&self->episodes, &self->scenario, NULL, &options, &skill, &diagnostics);
    assert_int_equal(skill.n, status == PC_OK ? 3 * 11 : 0);
    pc_skill_free(&skill);
    pc_diagnostics_free(&diagnostics);
    return status;
}

static pc_status write_tables(void *context)
{
    faulty *self = context;
    pc_status status = pc_report_skill(&self->skill, self->out, NULL);

    return status == PC_OK ? pc_report_skill_summary(&self->skill, self->out, NULL) : status;
}

static void setup(faulty *self)
{
    static char name[] = "faults";
    pc_clean_options clean = pc_clean_options_default();
    pc_backtest_options options = pc_backtest_options_default();
    pc_quality quality;

    memset(self, 0, sizeof *self);
    self->returns = make_returns();
    self->out = pc_test_folder();
    self->scenario = (pc_scenario){.name = name,
                                   .ssda903 = self->returns,
                                   .extract = PC_DAY_NONE,
                                   .window_from = PC_DAY_NONE,
                                   .window_to = PC_DAY_NONE};
    clean.folder = self->returns;
    assert_ok(pc_clean(&clean, &self->episodes, &quality, NULL));
    pc_quality_free(&quality);
    options.replicates = 2;
    assert_ok(pc_backtest(&self->episodes, &self->scenario, NULL, &options, &self->skill, NULL));
    assert_int_equal(self->skill.n_origin, 1);
}

static void teardown(faulty *self)
{
    pc_skill_free(&self->skill);
    pc_episodes_free(&self->episodes);
    pc_test_remove(self->returns);
    pc_test_remove(self->out);
    free(self->returns);
    free(self->out);
}

static void a_back_test_survives_any_failing_allocation(void **state)
{
    faulty self;

    (void)state;
    setup(&self);
    assert_true(walk_every_nth_allocation(17, backtest, &self) > 200); /* a prime, so that no loop hides */
    teardown(&self);
}

static void writing_its_tables_survives_any_failing_allocation(void **state)
{
    faulty self;
    char *path;

    (void)state;
    setup(&self);
    assert_true(walk_failing_allocations(write_tables, &self) >= 7);
    path = pc_test_path(self.out, "skill.csv");
    assert_true(pc_test_exists(path));
    free(path);
    teardown(&self);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_back_test_survives_any_failing_allocation),
        cmocka_unit_test(writing_its_tables_survives_any_failing_allocation),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
