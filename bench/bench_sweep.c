/* bench_sweep.c - a whole sweep: scenarios a second, the part of wall time x cores inside the simulation,
 * peak memory. bench_sweep [RUNS [THREADS]]    from the top of the sources; default 1000 runs of 200
 * replicates over 36 months */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "placecast/library.h"
#include "placecast/sweep.h"

static const char file[] = "bench_sweep.tmp.yaml", database[] = "bench_sweep.tmp.db";

/* Every run has another price of homes and another reach of early help. */
static int write_file(int runs, int replicates)
{
    FILE *stream = fopen(file, "w");

    if (stream == NULL) {
        return 0;
    }
    fprintf(stream,
            "sweep: 1\nname: Bench\nbase: scenarios/example/base.yaml\nreplicates: %d\n"
            "set: {months: 36, interventions: [{name: Help, kind: prevent, effect: 0.1}, {name: Price, kind: "
            "price, "
            "categories: [residential_external], effect: 0.1}]}\n"
            "factors:\n  - {name: help, key: interventions.Help.effect, range: {low: 0.01, high: 0.3}}\n"
            "  - {name: price, key: interventions.Price.effect, range: {low: 0.01, high: 0.2}}\n"
            "sample: {n: %d, method: sobol}\n",
            replicates, runs);
    return fclose(stream) == 0;
}

static void print(int runs, int replicates, const pc_sweep_outcome *outcome)
{
    struct rusage usage;

    double cpu;

    getrusage(RUSAGE_SELF, &usage);
    cpu = (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
          1e-6 * (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec);
    printf("sweep runs=%d replicates=%d months=36 threads=%d seconds=%.1f runs_per_second=%.1f "
           "cpu_ms_per_run=%.1f simulation_share=%.3f peak_mb=%.1f\n",
           runs, replicates, outcome->threads, outcome->seconds, runs / outcome->seconds, 1000 * cpu / runs,
           outcome->simulation_seconds / (outcome->seconds * outcome->threads),
           (double)usage.ru_maxrss / 1024);
}

int main(int argc, char **argv)
{
    int runs = argc > 1 ? atoi(argv[1]) : 1000, threads = argc > 2 ? atoi(argv[2]) : 0;
    const int replicates = 200;
    pc_sweep_options options = {.threads = threads};
    pc_sweep_outcome outcome;
    pc_diagnostics diagnostics;
    pc_sweep *sweep = NULL;
    pc_status status;

    if (argc > 3 || runs < 1 || threads < 0 || !write_file(runs, replicates)) {
        fprintf(stderr, "usage, from the top of the sources: bench_sweep [RUNS [THREADS]]\n");
        return 2;
    }
    pc_library_init();
    pc_diagnostics_init(&diagnostics);
    unlink(database);
    status = pc_sweep_load(file, NULL, &sweep, &diagnostics);
    status = status != PC_OK ? status : pc_sweep_run(sweep, database, &options, &outcome, &diagnostics);
    if (status == PC_OK) {
        print(runs, replicates, &outcome);
    } else {
        fprintf(stderr, "bench_sweep: %s\n", pc_strerror(status));
    }
    pc_sweep_free(sweep);
    pc_diagnostics_free(&diagnostics);
    unlink(file);
    unlink(database);
    return pc_exit_code(status);
}
