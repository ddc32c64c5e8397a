/* bench_lac600 - the simulation loop on the reference workload, against a plain loop in the same run.
 *
 * One line per variant. The machine is noisy: compare the variants of one run, not runs. */
#include <gsl/gsl_randist.h>
#include <omp.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "lac600.h"
#include "simulate/replicate.h"

static double now_seconds(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static double peak_mb(void)
{
    struct rusage usage;

    getrusage(RUSAGE_SELF, &usage);
    return (double)usage.ru_maxrss / 1024.0;
}

static void print_line(const char *variant, double seconds, int replicates, double child_months,
                       const double *stock)
{
    double mean = 0.0, square = 0.0;

    for (int replicate = 0; replicate < replicates; replicate++) {
        mean += stock[replicate] / replicates;
    }
    for (int replicate = 0; replicate < replicates; replicate++) {
        square += (stock[replicate] - mean) * (stock[replicate] - mean) / (replicates - 1);
    }
    printf("lac600 %s us_per_replicate=%.1f ns_per_child_month=%.2f mean_stock60=%.3f sd_stock60=%.3f "
           "peak_mb=%.1f\n",
           variant, seconds / replicates * 1e6, seconds / child_months * 1e9, mean, sqrt(square), peak_mb());
    fflush(stdout);
}

static void die(pc_status status)
{
    fprintf(stderr, "bench_lac600: %s\n", pc_strerror(status));
    exit(pc_exit_code(status));
}

/* A posterior draw of about the cost and spread of a fitted one: each rate times a gamma of shape 30. */
static pc_status draw_rates(const pc_plan *plan, uint32_t draw, pc_rates *out)
{
    const pc_rates *mean = plan->mean;
    size_t n_row = (size_t)PC_N_AGE_BAND * mean->n_category * PC_N_BAND;
    gsl_rng *rng = pc_gsl_rng_new(pc_random_key_make(plan->seed, draw), 0, PC_PURPOSE_PARAMETERS);

    if (rng == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    for (size_t row = 0; row < n_row; row++) {
        size_t exits = row * PC_N_EXIT_HAZARD, moves = row * mean->n_category;

        out->exit[exits] =
            mean->exit[exits] > 0.0 ? mean->exit[exits] * gsl_ran_gamma(rng, 30.0, 1.0 / 30.0) : 0.0;
        for (size_t to = 0; to < mean->n_category; to++) {
            double rate = mean->move[moves + to];

            out->move[moves + to] = rate > 0.0 ? rate * gsl_ran_gamma(rng, 30.0, 1.0 / 30.0) : 0.0;
        }
    }
    memcpy(out->starts, mean->starts, (size_t)PC_N_STREAM * PC_N_AGE_YEAR * sizeof(double));
    memcpy(out->first, mean->first, (size_t)PC_N_STREAM * PC_N_AGE_BAND * mean->n_category * sizeof(double));
    gsl_rng_free(rng);
    return PC_OK;
}

/* Replicates in blocks that share a parameter draw, a block to a thread. */
static double run_plan(const pc_plan *plan, int replicates, int threads, double *stock)
{
    double begin, child_days = 0.0;
    int n_block = replicates < LAYERS_N_PARAMETERS ? replicates : LAYERS_N_PARAMETERS;
    replicate_workspace *workspace = calloc((size_t)threads, sizeof *workspace);

    for (int thread = 0; thread < threads; thread++) {
        pc_status status =
            workspace == NULL ? PC_ERR_NO_MEMORY : replicate_workspace_init(&workspace[thread], plan);

        if (status != PC_OK) {
            die(status);
        }
    }
    begin = now_seconds();
#pragma omp parallel for schedule(dynamic) num_threads(threads) reduction(+ : child_days)
    for (int block = 0; block < n_block; block++) {
        replicate_workspace *mine = &workspace[omp_get_thread_num()];

        for (int replicate = block; replicate < replicates; replicate += n_block) {
            if (replicate_run(mine, (uint32_t)replicate) != PC_OK) {
                die(PC_ERR_NO_MEMORY);
            }
            stock[replicate] = 0.0;
            for (size_t category = 0; category < plan->n_category; category++) {
                stock[replicate] += *ledger_at(&mine->ledger, LEDGER_STOCK, category, plan->n_period - 1);
                for (size_t period = 0; period < plan->n_period; period++) {
                    child_days += *ledger_at(&mine->ledger, LEDGER_DAYS, category, period);
                }
            }
        }
    }
    begin = now_seconds() - begin;
    for (int thread = 0; thread < threads; thread++) {
        replicate_workspace_free(&workspace[thread]);
    }
    free(workspace);
    stock[replicates] = child_days / PC_DAYS_PER_YEAR * 12.0;
    return begin;
}

static void run_variant(const char *variant, const char *folder, int replicates, int threads, double *stock)
{
    lac600 workload;
    bool durations = strcmp(variant, "plain") != 0;
    double seconds;
    pc_status status = lac600_load(&workload, folder, durations);

    if (status == PC_OK && strcmp(variant, "capacity") == 0) {
        status = lac600_cap(&workload);
    }
    if (status != PC_OK) {
        die(status);
    }
    if (strcmp(variant, "parameters") == 0) {
        workload.plan.parameters = workload.plan.year_effects = workload.plan.starts_overdispersion = true;
        workload.plan.draw_rates = draw_rates;
        workload.plan.dispersion[0] = 8.0;
        workload.plan.shock_starts = workload.plan.shock_exits = workload.plan.shock_mix =
            (plan_shock){0.3, 0.12};
    }
    seconds = run_plan(&workload.plan, replicates, threads, stock);
    print_line(variant, seconds, replicates, stock[replicates], stock);
    lac600_free(&workload);
}

static void run_reference(const char *folder, int replicates, double *stock)
{
    lac600 workload;
    double seconds = 0.0, child_months;
    pc_status status = lac600_load(&workload, folder, false);

    if (status != PC_OK) {
        die(status);
    }
    seconds = now_seconds();
    child_months = reference_run(&workload.reference, 1, replicates, stock);
    seconds = now_seconds() - seconds;
    print_line("reference", seconds, replicates, child_months, stock);
    lac600_free(&workload);
}

int main(int argc, char **argv)
{
    static const char *const variant[] = {"plain", "durations", "capacity", "parameters"};
    const char *folder = "../shared/data/lac600", *only = NULL;
    int replicates = 1000, threads = 1;
    double *stock;

    for (int at = 1; at + 1 < argc; at += 2) {
        if (strcmp(argv[at], "--data") == 0) {
            folder = argv[at + 1];
        } else if (strcmp(argv[at], "--variant") == 0) {
            only = argv[at + 1]; /* for a profiler */
        } else if (strcmp(argv[at], "--replicates") == 0) {
            replicates = atoi(argv[at + 1]);
        } else if (strcmp(argv[at], "--threads") == 0) {
            threads = atoi(argv[at + 1]);
        } else {
            fprintf(stderr,
                    "usage: bench_lac600 [--data DIR] [--replicates N] [--threads N] [--variant NAME]\n");
            return 2;
        }
    }
    if (replicates < 2 || threads < 1) {
        fprintf(stderr, "bench_lac600: expected at least 2 replicates and 1 thread\n");
        return 2;
    }
    if (access(folder, R_OK) != 0) {
        printf("lac600 skipped: %s is not there\n", folder);
        return 0;
    }
    stock = malloc(((size_t)replicates + 1) * sizeof *stock);
    if (stock == NULL) {
        die(PC_ERR_NO_MEMORY);
    }
    for (size_t at = 0; at < sizeof variant / sizeof variant[0]; at++) {
        if (only == NULL || strcmp(only, variant[at]) == 0) {
            run_variant(variant[at], folder, replicates, threads, stock);
        }
    }
    if (only == NULL || strcmp(only, "reference") == 0) {
        run_reference(folder, replicates, stock);
    }
    free(stock);
    return 0;
}
