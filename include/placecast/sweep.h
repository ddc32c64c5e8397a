/* sweep.h - thousands of scenarios that differ in a few keys, into one SQLite database.
 *
 * sweep file -> runs -> results by run; docs/sweep.md describes the file and the tables
 *
 * A run is the base scenario with one value of each factor put into it. What a run gives is what
 * pc_run gives for that scenario: not a function of the other runs, of threads, shards or interruptions.
 */
#ifndef PC_SWEEP_H
#define PC_SWEEP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "placecast/diagnostics.h"
#include "placecast/scenario.h"

typedef struct pc_sweep pc_sweep;

/* Reads a sweep file and its base scenario, and checks every value of every factor: every problem is in
 * `diagnostics`, with its place. `with` (may be NULL): settings that go on top of the base scenario, and the
 * folder to be confined to. On success the caller owns *out; on failure it is NULL. PC_ERR_INPUT, PC_ERR_IO,
 * PC_ERR_NO_MEMORY, PC_ERR_USAGE. */
PC_MUST_USE pc_status pc_sweep_load(const char *path, const pc_scenario_options *with, pc_sweep **out,
                                    pc_diagnostics *diagnostics);
void pc_sweep_free(pc_sweep *self); /* NULL is fine */

/* Whether the file is a sweep file rather than a scenario: it has the key `sweep`. False when it cannot be
 * read. PC_ERR_NO_MEMORY. */
PC_MUST_USE pc_status pc_sweep_is(const char *path, bool *out);

const char *pc_sweep_name(const pc_sweep *self);
size_t pc_sweep_runs(const pc_sweep *self); /* >= 1; runs are numbered from 1 */
size_t pc_sweep_factors(const pc_sweep *self);
const char *pc_sweep_factor_name(const pc_sweep *self, size_t factor);
/* The value of a factor in a run, as it stands in the table `runs`. The caller frees; NULL when out of
 * memory. `run` 1 to pc_sweep_runs. */
char *pc_sweep_value(const pc_sweep *self, size_t run, size_t factor);
/* Simulated futures of each run; 0 with expected values. */
int pc_sweep_replicates(const pc_sweep *self);

/* The reference of every key of a sweep file as Markdown (docs/sweep-keys.md) or plain text for --help. */
void pc_sweep_write_reference(FILE *stream, bool markdown);

typedef struct pc_sweep_options {
    int threads;        /* 0: all cores */
    int shard, n_shard; /* part `shard` of `n_shard`, from 1; 0 and 0: all */
    int round_to; /* numbers of children are kept rounded to its multiples (rounding.h); below 2: they are not
                   */
    void (*progress)(void *context, double done); /* 0 to 1 of the runs that are left; may be NULL; called
                                                     from one thread at a time */
    void *context;
    const volatile int *stop; /* becomes non-zero to interrupt; may be NULL */
} pc_sweep_options;

typedef struct pc_sweep_outcome {
    size_t n_run;              /* runs of the sweep, or of this shard */
    size_t first_run;          /* the first of them */
    size_t n_before;           /* done by earlier calls */
    size_t n_done;             /* done by this call */
    size_t n_result;           /* rows of `results`, when all is done */
    double seconds;            /* of this call */
    double simulation_seconds; /* inside the simulation, summed over threads */
    int round_to;              /* what numbers of children are rounded to; below 2: they are not */
    int threads;
} pc_sweep_outcome;

/* Runs what `database` does not hold yet. Interrupted or killed at any moment it can be called again. When
 * all is done the file is written anew in the order of runs: the same sweep gives the same bytes.
 * PC_ERR_INPUT when the database belongs to another sweep, or an input has changed: the message names it.
 * PC_ERR_IO when it cannot be written, or another call is writing it. `out` is filled in every case. */
PC_MUST_USE pc_status pc_sweep_run(pc_sweep *self, const char *database, const pc_sweep_options *options,
                                   pc_sweep_outcome *out, pc_diagnostics *diagnostics);

/* What pc_sweep_run would do, measured on a few runs. */
typedef struct pc_sweep_estimate {
    size_t n_run;
    size_t n_sample;        /* runs measured */
    double seconds;         /* of all runs on `threads` threads */
    double seconds_per_run; /* of one thread */
    double bytes;           /* of the database */
    int threads;
} pc_sweep_estimate;

/* Checks every run, and measures some of them for about a second or two. */
PC_MUST_USE pc_status pc_sweep_estimate_run(pc_sweep *self, const pc_sweep_options *options,
                                            pc_sweep_estimate *out, pc_diagnostics *diagnostics);

/* Joins the finished databases of all shards of a sweep, in any order, into `database`, which must not exist:
 * the bytes are those of a sweep in one piece. PC_ERR_INPUT when they do not belong together, or runs are
 * missing or there twice. */
PC_MUST_USE pc_status pc_sweep_merge(size_t n, const char *const *shard, const char *database,
                                     pc_sweep_outcome *out, pc_diagnostics *diagnostics);

/* What was done, in a few lines, and as one JSON object on one line (PC_ERR_NO_MEMORY, PC_ERR_IO). `sweep` is
 * NULL after a merge. */
void pc_sweep_summary(const pc_sweep *sweep, const char *database, const pc_sweep_outcome *outcome,
                      FILE *stream);
PC_MUST_USE pc_status pc_sweep_summary_json(const pc_sweep *sweep, const char *database,
                                            const pc_sweep_outcome *outcome, FILE *stream);
/* The same of `check`: every message, then what would be run; `sweep` is NULL when it cannot be. */
void pc_sweep_check_summary(const char *file, const pc_sweep *sweep, const pc_sweep_estimate *estimate,
                            const pc_diagnostics *diagnostics, FILE *stream);
PC_MUST_USE pc_status pc_sweep_check_json(const char *file, const pc_sweep *sweep,
                                          const pc_sweep_estimate *estimate,
                                          const pc_diagnostics *diagnostics, FILE *stream);

#endif
