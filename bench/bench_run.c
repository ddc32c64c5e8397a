/* bench_run - a whole run, stage by stage: returns to tables, on the sample returns and on the bundled
 * example.
 *
 * One line per case and stage: seconds (the median of five), then the whole. Outputs go to a folder in /tmp
 * that is left empty. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "base/memory.h"
#include "placecast/forecast.h"
#include "placecast/report.h"

enum { N_STAGE = 4, N_ROUND = 5 };
static const char *const stage_name[N_STAGE] = {"clean", "fit", "simulate", "write"};

static double now_seconds(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

static pc_status write_all(const pc_forecast *forecast, const char *folder)
{
    pc_status status = pc_report_forecast(forecast, folder, NULL);

    status = status == PC_OK ? pc_report_annual(forecast, folder, NULL) : status;
    return status == PC_OK ? pc_report_exits(forecast, folder, NULL) : status;
}

static pc_status run_once(const char *returns, int threads, const char *folder, double seconds[N_STAGE])
{
    char name[] = "bench";
    pc_scenario scenario = {.file = name,
                            .name = name,
                            .months = 36,
                            .replicates = 1000,
                            .seed = 1,
                            .extract = PC_DAY_NONE,
                            .uncertainty = {true, true, true}};
    pc_clean_options clean = pc_clean_options_default();
    pc_fit_options fit = pc_fit_options_default();
    pc_run_options run = {.threads = threads};
    pc_episodes episodes = {0};
    pc_quality quality = {0};
    pc_model model = {0};
    pc_forecast forecast = {0};
    double began = now_seconds();
    pc_status status;

    clean.folder = returns;
    status = pc_clean(&clean, &episodes, &quality, NULL);
    seconds[0] = now_seconds() - began;
    began = now_seconds();
    status = status == PC_OK ? pc_fit(&episodes, &fit, &model, NULL) : status;
    seconds[1] = now_seconds() - began;
    began = now_seconds();
    scenario.start = model.extract + 1;
    status = status == PC_OK ? pc_run(&model, &scenario, NULL, &run, &forecast, NULL) : status;
    seconds[2] = now_seconds() - began;
    began = now_seconds();
    status = status == PC_OK ? write_all(&forecast, folder) : status;
    seconds[3] = now_seconds() - began;
    pc_forecast_free(&forecast);
    pc_model_free(&model);
    pc_quality_free(&quality);
    pc_episodes_free(&episodes);
    return status;
}

static pc_status run_case(const char *name, const char *returns, int threads)
{
    char folder[] = "/tmp/bench_run.XXXXXX", path[64];
    static const char *const table[] = {"forecast.csv", "annual.csv", "exits.csv"};
    double seconds[N_STAGE + 1][N_ROUND];
    struct rusage usage;
    pc_status status = PC_OK;

    if (access(returns, R_OK) != 0) {
        printf("run %s skipped: %s is not there\n", name, returns);
        return PC_OK;
    }
    if (mkdtemp(folder) == NULL) {
        return PC_ERR_IO;
    }
    for (int round = 0; round < N_ROUND && status == PC_OK; round++) {
        double stage[N_STAGE];

        status = run_once(returns, threads, folder, stage);
        seconds[N_STAGE][round] = 0.0;
        for (int at = 0; at < N_STAGE; at++) {
            seconds[at][round] = stage[at];
            seconds[N_STAGE][round] += stage[at];
        }
    }
    for (size_t at = 0; at < sizeof table / sizeof table[0]; at++) {
        snprintf(path, sizeof path, "%s/%s", folder, table[at]);
        unlink(path);
    }
    rmdir(folder);
    if (status != PC_OK) {
        return status;
    }
    printf("run %s", name);
    for (int at = 0; at <= N_STAGE; at++) {
        qsort(seconds[at], N_ROUND, sizeof(double), by_size);
        printf(" %s_s=%.4f", at < N_STAGE ? stage_name[at] : "all", seconds[at][N_ROUND / 2]);
    }
    getrusage(RUSAGE_SELF, &usage);
    printf(" peak_mb=%.1f\n", (double)usage.ru_maxrss / 1024.0);
    return PC_OK;
}

int main(int argc, char **argv)
{
    int threads = argc == 3 && strcmp(argv[1], "--threads") == 0 ? atoi(argv[2]) : 0;
    pc_status status = PC_OK;

    if (argc != 1 && threads < 1) {
        fprintf(stderr, "usage: bench_run [--threads N]\n");
        return 2;
    }
    status = run_case("sample", "../shared/data/ssda903/by_year", threads);
    status = status == PC_OK ? run_case("example", "scenarios/example/data/ssda903", threads) : status;
    if (status != PC_OK) {
        fprintf(stderr, "bench_run: %s\n", pc_strerror(status));
    }
    return pc_exit_code(status);
}
