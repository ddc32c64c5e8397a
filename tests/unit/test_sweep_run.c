/* Running sweeps: each run is the run of its scenario; interrupted, in shards or in one piece, the bytes are
 * the same. */
#include <fcntl.h>
#include <omp.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "placecast/forecast.h"
#include "placecast/prices.h"
#include "placecast/priors.h"
#include "placecast/trend.h"
#include "sweep_case.h"

#define SWEEP                                                                                                \
    "sweep: 1\nname: Small sweep\nbase: base.yaml\nreplicates: 20\n"                                         \
    "set: {interventions: [{name: Help, kind: exit_rate, effect: 0.5}]}\n"                                   \
    "factors:\n  - {name: effect, key: interventions.Help.effect, values: [-0.5, 0.0, 0.5]}\n"               \
    "  - {name: help, key: interventions.Help.confidence, range: {low: 0.2, high: 1}}\n"                     \
    "sample: {n: 7}\nkeep: {categories: each, dates: [years, last]}\n"
enum { RUNS = 21 };

static sqlite3 *opened(const sweep_case *self, const char *name)
{
    char *path = pc_test_path(self->folder, name);
    sqlite3 *handle = NULL;

    assert_int_equal(sqlite3_open_v2(path, &handle, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
    free(path);
    return handle;
}

static double asked(sqlite3 *handle, const char *sql)
{
    sqlite3_stmt *row = NULL;
    double value;

    assert_int_equal(sqlite3_prepare_v2(handle, sql, -1, &row, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(row), SQLITE_ROW);
    value = sqlite3_column_double(row, 0);
    sqlite3_finalize(row);
    return value;
}

static void assert_sound(const sweep_case *self, const char *name)
{
    sqlite3 *handle = opened(self, name);
    sqlite3_stmt *row = NULL;

    assert_int_equal(sqlite3_prepare_v2(handle, "PRAGMA integrity_check", -1, &row, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(row), SQLITE_ROW);
    assert_string_equal((const char *)sqlite3_column_text(row, 0), "ok");
    sqlite3_finalize(row);
    sqlite3_close(handle);
}

/* What `run` would give for the same scenario. */
static void a_run_is_the_run_of_its_scenario(void **state)
{
    pc_setting set[] = {{"replicates", "20"},
                        {"interventions", "[{name: Help, kind: exit_rate, effect: 0.5}]"},
                        {"interventions.Help.effect", "-0.5"},
                        {"interventions.Help.confidence", NULL}};
    pc_scenario_options options = {.n_set = 4, .set = set};
    pc_clean_options clean = pc_clean_options_default();
    pc_fit_options fit = pc_fit_options_default();
    sweep_case self;
    pc_scenario scenario;
    pc_episodes episodes;
    pc_quality quality;
    pc_priors priors;
    pc_model model;
    pc_prices prices;
    pc_forecast forecast;
    pc_sweep *sweep;
    sqlite3 *handle;
    char *base, *value;

    (void)state;
    sweep_case_begin(&self, SWEEP);
    assert_ok(sweep_case_run(&self, "a.db", NULL, NULL), &self.diagnostics);
    assert_ok(sweep_case_load(&self, &sweep), &self.diagnostics);
    value = pc_sweep_value(sweep, 3, 1);
    set[3].value = value;
    pc_sweep_free(sweep);
    base = pc_test_path(self.folder, "small/base.yaml");
    assert_ok(pc_scenario_load(base, &options, &scenario, &self.diagnostics), &self.diagnostics);
    clean.folder = scenario.ssda903;
    clean.extract = scenario.extract;
    assert_ok(pc_clean(&clean, &episodes, &quality, &self.diagnostics), &self.diagnostics);
    fit.window_from = scenario.window_from;
    fit.window_to = scenario.window_to;
    assert_ok(pc_priors_load(NULL, &episodes.codes, &priors, &self.diagnostics), &self.diagnostics);
    fit.priors = &priors;
    assert_ok(pc_fit(&episodes, &fit, &model, &self.diagnostics), &self.diagnostics);
    assert_ok(pc_model_find_trend(&model, NULL, 0, &self.diagnostics), &self.diagnostics);
    assert_ok(
        pc_prices_load(scenario.weekly, scenario.inflation, &model.codes, 2022, &prices, &self.diagnostics));
    assert_ok(pc_run(&model, &scenario, &prices, NULL, &forecast, &self.diagnostics), &self.diagnostics);

    handle = opened(&self, "a.db");
    for (size_t c = 0; c <= forecast.n_category; c++) {
        const char *name = c == forecast.n_category ? "all" : forecast.category[c];
        char sql[300];

        snprintf(sql, sizeof sql,
                 "SELECT mean FROM results WHERE run = 3 AND date = '2022/23' AND measure = 'cost_gbp' AND "
                 "category = '%s'",
                 name);
        assert_close(asked(handle, sql), pc_forecast_annual(&forecast, 0, PC_MEASURE_COST, c, 0)->mean, 0, 0);
        snprintf(sql, sizeof sql,
                 "SELECT p90 + 1000 * sd FROM results WHERE run = 3 AND date = '2023-03-31' AND measure = "
                 "'children' AND category = '%s'",
                 name);
        assert_close(asked(handle, sql),
                     pc_forecast_monthly(&forecast, 0, PC_MEASURE_CHILDREN, c, 11)->quantile[6] +
                         1000 * pc_forecast_monthly(&forecast, 0, PC_MEASURE_CHILDREN, c, 11)->sd,
                     1e-14, 0);
    }
    assert_close(asked(handle, "SELECT count(*) FROM runs"), RUNS, 0, 0);
    assert_close(asked(handle, "SELECT min(effect) FROM runs WHERE run <= 7"), -0.5, 0, 0);
    assert_close(asked(handle, "SELECT count(DISTINCT run) FROM results"), RUNS, 0, 0);
    /* More children leave where exits are hurried more surely. */
    assert_true(
        asked(handle, "SELECT avg(mean) FROM results JOIN runs USING (run) WHERE effect = -0.5 AND measure = "
                      "'children' AND category = 'all' AND date = '2022/23'") >
        asked(handle, "SELECT avg(mean) FROM results JOIN runs USING (run) WHERE effect = 0.5 AND measure = "
                      "'children' AND category = 'all' AND date = '2022/23'"));
    sqlite3_close(handle);
    pc_forecast_free(&forecast);
    pc_priors_free(&priors);
    pc_prices_free(&prices);
    pc_model_free(&model);
    pc_quality_free(&quality);
    pc_episodes_free(&episodes);
    pc_scenario_free(&scenario);
    free(base);
    free(value);
    sweep_case_end(&self);
}

static void remove_file(const sweep_case *self, const char *name)
{
    char *path = pc_test_path(self->folder, name);

    pc_test_remove(path);
    free(path);
}

static void interrupted_anywhere_it_goes_on_to_the_same_bytes(void **state)
{
    sweep_case self;
    pc_sweep_outcome outcome;

    (void)state;
    sweep_case_begin(&self, SWEEP);
    assert_ok(sweep_case_run(&self, "whole.db", NULL, &outcome), &self.diagnostics);
    assert_int_equal(outcome.n_done, RUNS);
    assert_int_equal(outcome.n_before, 0);
    assert_sound(&self, "whole.db");
    for (size_t rounds = 1; rounds <= 3; rounds++) {
        size_t done = 0, calls = 0;
        pc_status status = PC_ERR_INTERRUPTED;

        while (status == PC_ERR_INTERRUPTED) {
            sweep_stopper stop = {.at = 0.3};
            pc_sweep_options options = {.threads = (int)rounds,
                                        .progress = sweep_stop_at,
                                        .context = &stop,
                                        .stop = calls < rounds ? &stop.stop : NULL};

            status = sweep_case_run(&self, "parts.db", &options, &outcome);
            assert_int_equal(outcome.n_before, done);
            done += outcome.n_done;
            calls++;
        }
        assert_ok(status, &self.diagnostics);
        assert_int_equal(calls, rounds + 1);
        assert_int_equal(done, RUNS);
        assert_true(sweep_case_same(&self, "whole.db", "parts.db"));
        /* All is done: nothing is run, nothing is written. */
        assert_ok(sweep_case_run(&self, "parts.db", NULL, &outcome), &self.diagnostics);
        assert_int_equal(outcome.n_done, 0);
        assert_int_equal(outcome.n_before, RUNS);
        assert_true(sweep_case_same(&self, "whole.db", "parts.db"));
        remove_file(&self, "parts.db");
    }
    sweep_case_end(&self);
}

static pc_status merged(sweep_case *self, size_t n, const size_t *order, const char *to)
{
    char *path[8], *out = pc_test_path(self->folder, to);
    pc_sweep_outcome outcome;
    pc_status status;

    for (size_t at = 0; at < n; at++) {
        char name[32];

        snprintf(name, sizeof name, "s%zu.db", order[at]);
        path[at] = pc_test_path(self->folder, name);
    }
    pc_test_remove(out);
    pc_diagnostics_free(&self->diagnostics);
    pc_diagnostics_init(&self->diagnostics);
    status = pc_sweep_merge(n, (const char *const *)path, out, &outcome, &self->diagnostics);
    for (size_t at = 0; at < n; at++) {
        free(path[at]);
    }
    free(out);
    return status;
}

static void make_shards(sweep_case *self, int n)
{
    for (int shard = 1; shard <= n; shard++) {
        pc_sweep_options options = {.shard = shard, .n_shard = n};
        char name[32];

        snprintf(name, sizeof name, "s%d.db", shard);
        remove_file(self, name);
        assert_ok(sweep_case_run(self, name, &options, NULL), &self->diagnostics);
    }
}

static void shards_joined_in_any_order_have_the_same_bytes(void **state)
{
    static const int shards[] = {1, 3, 7};
    static const size_t order[3][7] = {{1, 2, 3, 4, 5, 6, 7}, {7, 6, 5, 4, 3, 2, 1}, {4, 1, 7, 2, 6, 3, 5}};
    sweep_case self;

    (void)state;
    sweep_case_begin(&self, SWEEP);
    assert_ok(sweep_case_run(&self, "whole.db", NULL, NULL), &self.diagnostics);
    for (size_t s = 0; s < 3; s++) {
        make_shards(&self, shards[s]);
        for (size_t o = 0; o < 3; o++) {
            size_t mine[7], n = 0;

            for (size_t at = 0; at < 7; at++) {
                if (order[o][at] <= (size_t)shards[s]) {
                    mine[n++] = order[o][at];
                }
            }
            assert_ok(merged(&self, n, mine, "joined.db"), &self.diagnostics);
            assert_true(sweep_case_same(&self, "whole.db", "joined.db"));
        }
    }
    sweep_case_end(&self);
}

static void shards_that_do_not_fit_are_refused(void **state)
{
    static const size_t gap[] = {1, 3}, no_end[] = {2, 1}, twice[] = {1, 2, 3, 2}, all[] = {1, 2, 3};
    pc_sweep_options second = {.shard = 2, .n_shard = 3};
    sweep_stopper stop = {.at = 0.1};
    sweep_case self;
    char *path;

    (void)state;
    sweep_case_begin(&self, SWEEP);
    make_shards(&self, 3);
    assert_status(merged(&self, 2, gap, "joined.db"), PC_ERR_INPUT, &self.diagnostics);
    assert_message(&self.diagnostics, "s3.db: runs 8 to 14 are missing before it");
    assert_status(merged(&self, 2, no_end, "joined.db"), PC_ERR_INPUT, &self.diagnostics);
    assert_message(&self.diagnostics, "s2.db: runs 15 to 21 are missing after it");
    assert_status(merged(&self, 4, twice, "joined.db"), PC_ERR_INPUT, &self.diagnostics);
    assert_message(&self.diagnostics, "s2.db: holds runs from 8 on, which another one has as well");

    path = pc_test_path(self.folder, "s2.db");
    pc_test_remove(path);
    second.progress = sweep_stop_at;
    second.context = &stop;
    second.stop = &stop.stop;
    assert_status(sweep_case_run(&self, "s2.db", &second, NULL), PC_ERR_INTERRUPTED, &self.diagnostics);
    assert_status(merged(&self, 3, all, "joined.db"), PC_ERR_INPUT, &self.diagnostics);
    assert_message(&self.diagnostics, "s2.db: is not finished");

    pc_test_remove(path);
    second.stop = NULL;
    pc_test_write(self.folder, "small/inflation.csv",
                  "category,year,low,likely,high\nall,2022/23,0.01,0.02,0.03\n");
    assert_ok(sweep_case_run(&self, "s2.db", &second, NULL), &self.diagnostics);
    assert_status(merged(&self, 3, all, "joined.db"), PC_ERR_INPUT, &self.diagnostics);
    assert_message(&self.diagnostics, "the file inflation.csv has changed");
    free(path);
    path = pc_test_path(self.folder, "joined.db");
    assert_false(pc_test_exists(path));
    free(path);
    sweep_case_end(&self);
}

static void a_changed_input_is_refused_by_name(void **state)
{
    sweep_case self;
    pc_sweep_options options = {.shard = 1, .n_shard = 2};

    (void)state;
    sweep_case_begin(&self, SWEEP);
    assert_ok(sweep_case_run(&self, "a.db", NULL, NULL), &self.diagnostics);
    assert_ok(sweep_case_run(&self, "kept.db", NULL, NULL), &self.diagnostics);
    assert_status(sweep_case_run(&self, "a.db", &options, NULL), PC_ERR_INPUT, &self.diagnostics);
    assert_message(&self.diagnostics, "these runs were made with shard 1/1, now it is 1/2");
    sweep_case_rewrite(&self, SWEEP "# a word more\n");
    assert_status(sweep_case_run(&self, "a.db", NULL, NULL), PC_ERR_INPUT, &self.diagnostics);
    assert_message(&self.diagnostics, "a.db: the file sweep.yaml has changed since these runs were made");
    sweep_case_rewrite(&self, SWEEP);
    pc_test_write(self.folder, "small/inflation.csv",
                  "category,year,low,likely,high\nall,2022/23,0.01,0.02,0.03\n");
    assert_status(sweep_case_run(&self, "a.db", NULL, NULL), PC_ERR_INPUT, &self.diagnostics);
    assert_message(&self.diagnostics, "a.db: the file inflation.csv has changed since these runs were made");
    assert_no_message(&self.diagnostics, "sweep.yaml has changed");
    assert_true(sweep_case_same(&self, "a.db", "kept.db"));
    sweep_case_end(&self);
}

static void what_is_no_database_of_a_sweep_is_left_alone(void **state)
{
    sweep_case self;
    sqlite3 *handle = NULL;
    char *path;

    (void)state;
    sweep_case_begin(&self, SWEEP);
    pc_test_write(self.folder, "a.db",
                  "My dear diary, this is longer than the header of a database file, which has 16 bytes "
                  "and a hundred more of other things. And so on, and so on.\n");
    assert_int_equal(sweep_case_run(&self, "a.db", NULL, NULL), PC_ERR_IO);
    assert_message(&self.diagnostics, "a.db: is not a sound database");
    path = pc_test_path(self.folder, "b.db");
    assert_int_equal(sqlite3_open(path, &handle), SQLITE_OK);
    assert_int_equal(sqlite3_exec(handle, "CREATE TABLE mine (x)", NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(handle);
    free(path);
    assert_status(sweep_case_run(&self, "b.db", NULL, NULL), PC_ERR_INPUT, &self.diagnostics);
    assert_message(&self.diagnostics, "b.db: is there already and was not made by `sweep`");
    assert_int_equal(sweep_case_run(&self, "nowhere/c.db", NULL, NULL), PC_ERR_IO);
    assert_message(&self.diagnostics, "nowhere/c.db: cannot be written");
    sweep_case_end(&self);
}

/* Another process holds the database, as a second sweep would. */
static void a_second_sweep_on_the_same_database_is_refused(void **state)
{
    int to_child[2], to_parent[2];
    sweep_case self;
    char byte = 0, *lock;
    pid_t child;

    (void)state;
    sweep_case_begin(&self, SWEEP);
    lock = pc_test_path(self.folder, "a.db.lock");
    assert_int_equal(pipe(to_child), 0);
    assert_int_equal(pipe(to_parent), 0);
    child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
        int file = open(lock, O_RDWR | O_CREAT, 0644);
        bool ok;

        close(to_child[1]); /* so that the parent's end ends the wait */
        ok = file >= 0 && fcntl(file, F_SETLK, &whole) == 0 && write(to_parent[1], "x", 1) == 1 &&
             read(to_child[0], &byte, 1) == 1;

        _exit(ok ? 0 : 1);
    }
    assert_int_equal(read(to_parent[0], &byte, 1), 1);
    assert_int_equal(sweep_case_run(&self, "a.db", NULL, NULL), PC_ERR_IO);
    assert_message(&self.diagnostics, "a.db: another sweep is writing it");
    assert_int_equal(write(to_child[1], "x", 1), 1);
    assert_int_equal(waitpid(child, NULL, 0), child);
    /* Its lock went with it. */
    assert_ok(sweep_case_run(&self, "a.db", NULL, NULL), &self.diagnostics);
    assert_false(pc_test_exists(lock));
    free(lock);
    close(to_child[0]);
    close(to_child[1]);
    close(to_parent[0]);
    close(to_parent[1]);
    sweep_case_end(&self);
}

/* Killed between putting the finished file in its place and removing the lock. */
static void a_lock_left_beside_a_finished_database_is_removed(void **state)
{
    sweep_case self;
    char *lock;

    (void)state;
    sweep_case_begin(&self, SWEEP);
    assert_ok(sweep_case_run(&self, "a.db", NULL, NULL), &self.diagnostics);
    lock = pc_test_path(self.folder, "a.db.lock");
    pc_test_write(self.folder, "a.db.lock", "");
    assert_true(pc_test_exists(lock));
    assert_ok(sweep_case_run(&self, "a.db", NULL, NULL), &self.diagnostics);
    assert_false(pc_test_exists(lock));
    free(lock);
    sweep_case_end(&self);
}

/* In a process without rights: the superuser may write everywhere. */
static void a_folder_that_is_read_only_is_told_before_any_run(void **state)
{
    sweep_case self;
    int ended = 0;
    pid_t child;

    (void)state;
    sweep_case_begin(&self, SWEEP);
    assert_int_equal(chmod(self.folder, 0555), 0);
    child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        pc_sweep_outcome outcome = {0};
        bool ok = getuid() != 0 || (setgid(65534) == 0 && setuid(65534) == 0), told = false;

        omp_set_num_threads(1); /* the parent's threads did not come along */
        ok = ok && sweep_case_run(&self, "a.db", NULL, &outcome) == PC_ERR_IO;
        for (size_t m = 0; m < self.diagnostics.n; m++) {
            told |= strstr(self.diagnostics.message[m].text, "cannot be written") != NULL &&
                    strstr(self.diagnostics.message[m].text, "a folder that can be written to") != NULL;
        }
        _exit(ok && told && outcome.n_done == 0 ? 0 : 1);
    }
    assert_int_equal(waitpid(child, &ended, 0), child);
    assert_true(WIFEXITED(ended));
    assert_int_equal(WEXITSTATUS(ended), 0);
    assert_int_equal(chmod(self.folder, 0755), 0);
    sweep_case_end(&self);
}

static void what_it_would_take_is_measured(void **state)
{
    pc_sweep_estimate estimate;
    sweep_case self;
    pc_sweep *sweep;

    (void)state;
    sweep_case_begin(&self, SWEEP);
    assert_ok(sweep_case_load(&self, &sweep), &self.diagnostics);
    assert_ok(pc_sweep_estimate_run(sweep, NULL, &estimate, &self.diagnostics), &self.diagnostics);
    assert_int_equal(estimate.n_run, RUNS);
    assert_true(estimate.n_sample >= 1 && estimate.n_sample <= RUNS);
    assert_true(estimate.seconds > 0 && estimate.bytes > 4096);
    assert_close(estimate.seconds, estimate.seconds_per_run * RUNS / estimate.threads, 1e-12, 0);
    pc_sweep_free(sweep);
    sweep_case_end(&self);
}

static void without_simulation_the_means_are_there_and_the_rest_is_empty(void **state)
{
    sweep_case self;
    sqlite3 *handle;

    (void)state;
    sweep_case_begin(&self, "sweep: 1\nname: Quick\nbase: base.yaml\nmethod: expected\n"
                            "factors: [{name: months, key: months, values: [6, 12]}]\n");
    assert_ok(sweep_case_run(&self, "a.db", NULL, NULL), &self.diagnostics);
    handle = opened(&self, "a.db");
    assert_close(asked(handle, "SELECT count(*) FROM results"), 4, 0, 0);
    assert_close(asked(handle, "SELECT count(*) FROM results WHERE mean > 0 AND p50 IS NULL"), 4, 0, 0);
    sqlite3_close(handle);
    sweep_case_end(&self);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_run_is_the_run_of_its_scenario),
        cmocka_unit_test(interrupted_anywhere_it_goes_on_to_the_same_bytes),
        cmocka_unit_test(shards_joined_in_any_order_have_the_same_bytes),
        cmocka_unit_test(shards_that_do_not_fit_are_refused),
        cmocka_unit_test(a_changed_input_is_refused_by_name),
        cmocka_unit_test(what_is_no_database_of_a_sweep_is_left_alone),
        cmocka_unit_test(a_second_sweep_on_the_same_database_is_refused),
        cmocka_unit_test(a_lock_left_beside_a_finished_database_is_removed),
        cmocka_unit_test(a_folder_that_is_read_only_is_told_before_any_run),
        cmocka_unit_test(what_it_would_take_is_measured),
        cmocka_unit_test(without_simulation_the_means_are_there_and_the_rest_is_empty),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
