/* run.c - all runs of a sweep, over threads, into its database. */
#include <omp.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "placecast/rounding.h"
#include "sweep/database.h"

/* Longest time between two commits, and the most runs: what a kill can lose. */
static const double commit_seconds = 1.0;
enum { COMMIT_RUNS = 1000, ENOUGH_ERRORS = 100 };

typedef struct work {
    pc_sweep *sweep;
    const pc_sweep_options *options;
    sweep_database *database; /* NULL: the runs are checked only */
    size_t n;
    const size_t *todo; /* [n]; runs from 1 */
    size_t n_done, n_uncommitted;
    double last_commit, simulation_seconds;
    pc_status status;
    pc_diagnostics *diagnostics;
} work;

static bool stopped(const pc_sweep_options *options)
{
    return options->stop != NULL && *options->stop != 0;
}

/* Which run it is that something was said of. */
static void name_run(const work *self, size_t run, const sweep_choice *choice)
{
    char head[40], *text;

    snprintf(head, sizeof head, "run %zu", run);
    text = sweep_choice_words(self->sweep, head, choice);
    if (text != NULL) {
        pc_diagnostics_add(self->diagnostics, PC_ERROR, (pc_place){.file = self->sweep->file},
                           "these values cannot be run together (%s); a `filter` can leave them out", text);
    }
    free(text);
}

static pc_status commit(work *self)
{
    pc_status status = sweep_database_commit(self->database);

    self->n_uncommitted = 0;
    self->last_commit = sweep_clock();
    return status;
}

/* Takes the result of a run into the database; one thread at a time. */
static pc_status keep(work *self, size_t run, const sweep_choice *choice, const pc_forecast *forecast)
{
    pc_status status =
        self->database == NULL ? PC_OK : sweep_database_add(self->database, run, choice, forecast);

    if (status != PC_OK) {
        return status;
    }
    self->n_done++;
    if (self->database != NULL &&
        (++self->n_uncommitted >= COMMIT_RUNS || sweep_clock() - self->last_commit >= commit_seconds)) {
        status = commit(self);
    }
    if (self->options->progress != NULL && self->database != NULL) {
        self->options->progress(self->options->context, (double)self->n_done / (double)self->n);
    }
    return status;
}

/* One run by one caller with `threads` threads of its own. */
static void do_run(work *self, size_t run, int threads)
{
    sweep_choice choice[SWEEP_MOST_FACTORS];
    pc_diagnostics said;
    sweep_job job;
    pc_forecast forecast = {0};
    double seconds = 0;
    bool made;
    pc_status status;

    pc_diagnostics_init(&said);
    sweep_choose(self->sweep, run - 1, choice);
    status = sweep_job_make(self->sweep, choice, &job, &said);
    made = status == PC_OK;
    if (made && self->database != NULL) {
        status = sweep_job_run(&job, threads, self->options->stop, &forecast, &seconds, &said);
        if (status == PC_OK) {
            pc_forecast_round(&forecast, job.scenario.start, self->options->round_to);
        }
    }
#pragma omp critical(sweep_results)
    {
        sweep_take_messages(self->sweep, &said, self->diagnostics);
        if (status == PC_ERR_INPUT || status == PC_ERR_RANGE || status == PC_ERR_NO_DATA) {
            name_run(self, run, choice);
        }
        if (status == PC_OK && (self->status == PC_OK || self->status == PC_ERR_INTERRUPTED)) {
            status = keep(self, run, choice, &forecast);
        }
        self->simulation_seconds += seconds * threads;
        self->status = self->status == PC_OK || status == PC_ERR_NO_MEMORY || status == PC_ERR_IO
                           ? status
                           : self->status;
    }
    pc_forecast_free(&forecast);
    if (made) {
        sweep_job_free(self->sweep, &job);
    }
    pc_diagnostics_free(&said);
}

/* Whether to go on. Checks go on after a mistake, to find the others. */
static bool go_on(work *self)
{
    bool on;

#pragma omp critical(sweep_results)
    {
        if (self->status == PC_OK && stopped(self->options)) {
            self->status = PC_ERR_INTERRUPTED;
        }
        on = self->status == PC_OK ||
             (self->database == NULL && self->status == PC_ERR_INPUT &&
              (self->diagnostics == NULL || self->diagnostics->count[PC_ERROR] < ENOUGH_ERRORS));
    }
    return on;
}

/* Runs side by side, a thread each, are faster than one run over all threads. The few that would leave
 * threads without work at the end are spread over all of them. */
static void do_all(work *self)
{
    int threads = self->options->threads > 0 ? self->options->threads : omp_get_max_threads();
    size_t n_aside = self->n - self->n % (size_t)threads;

    if (self->database == NULL || threads == 1) {
        n_aside = self->n;
    }
    self->last_commit = sweep_clock();
#pragma omp parallel for num_threads(threads) schedule(dynamic, 1)
    for (size_t at = 0; at < n_aside; at++) {
        if (go_on(self)) {
            do_run(self, self->todo[at], 1);
        }
    }
    for (size_t at = n_aside; at < self->n && go_on(self); at++) {
        do_run(self, self->todo[at], threads);
    }
}

static pc_status make_part(const pc_sweep *self, const pc_sweep_options *options, sweep_part *out,
                           pc_diagnostics *diagnostics)
{
    size_t n = self->n_run, shard = options->n_shard > 0 ? (size_t)options->shard : 1,
           of = options->n_shard > 0 ? (size_t)options->n_shard : 1;

    if (options->n_shard < 0 || shard < 1 || shard > of) {
        pc_diagnostics_add(diagnostics, PC_ERROR, (pc_place){0},
                           "shard: found %d of %d, expected one from 1 to their number", options->shard,
                           options->n_shard);
        return PC_ERR_USAGE;
    }
    if (of > n) {
        pc_diagnostics_add(diagnostics, PC_ERROR, (pc_place){.file = self->file},
                           "%zu shards of %zu run%s, expected no more shards than runs", of, n,
                           n == 1 ? "" : "s");
        return PC_ERR_INPUT;
    }
    *out = (sweep_part){.first = n * (shard - 1) / of + 1,
                        .last = n * shard / of,
                        .shard = (int)shard,
                        .n_shard = (int)of,
                        .round_to = options->round_to};
    return PC_OK;
}

/* Before the first run: can all be made? */
static pc_status check_runs(pc_sweep *self, const pc_sweep_options *options, size_t n, const size_t *todo,
                            pc_diagnostics *diagnostics)
{
    work checking = {.sweep = self, .options = options, .n = n, .todo = todo, .diagnostics = diagnostics};

    do_all(&checking);
    return checking.status;
}

/* Runs that are not in the database. */
static pc_status list_todo(sweep_database *database, const sweep_part *part, size_t **out, size_t *n)
{
    size_t count = part->last - part->first + 1;
    bool *done = pc_new_zero(count, sizeof *done);
    size_t *todo = pc_new(count, sizeof *todo);
    pc_status status = done == NULL || todo == NULL ? PC_ERR_NO_MEMORY : PC_OK;

    *n = 0;
    if (status == PC_OK && database != NULL) {
        status = sweep_database_done(database, part, done);
    }
    for (size_t at = 0; at < count && status == PC_OK; at++) {
        if (!done[at]) {
            todo[(*n)++] = part->first + at;
        }
    }
    free(done);
    if (status != PC_OK) {
        free(todo);
        todo = NULL;
    }
    *out = todo;
    return status;
}

static pc_status finish(sweep_database *database, sweep_manifest *manifest, pc_diagnostics *diagnostics)
{
    char *path = pc_copy_text(database->path);
    pc_status status = path == NULL ? PC_ERR_NO_MEMORY : sweep_manifest_add(manifest, "finished", "yes");

    status = status != PC_OK ? status : sweep_database_settle(database);
    status = status != PC_OK ? status : sweep_final_write(1, &database->handle, manifest, path, diagnostics);
    sweep_database_close(database);
    status = status != PC_OK ? status : sweep_final_place(path, diagnostics);
    free(path);
    return status;
}

/* With the lock held and the database open. */
static pc_status run_rest(pc_sweep *self, sweep_database *database, const sweep_part *part,
                          const pc_sweep_options *options, sweep_manifest *manifest, pc_sweep_outcome *out,
                          pc_diagnostics *diagnostics)
{
    size_t *todo = NULL, n = 0;
    work doing;
    pc_status status = list_todo(database, part, &todo, &n), kept;

    out->n_before = out->n_run - n;
    if (status == PC_OK && out->n_before == 0) {
        status = check_runs(self, options, n, todo, diagnostics);
    }
    if (status != PC_OK) {
        free(todo);
        return status;
    }
    doing = (work){.sweep = self,
                   .options = options,
                   .database = database,
                   .n = n,
                   .todo = todo,
                   .diagnostics = diagnostics};
    do_all(&doing);
    kept = database->handle == NULL ? PC_OK : sweep_database_commit(database);
    free(todo);
    out->n_done = kept == PC_OK ? doing.n_done : doing.n_done - doing.n_uncommitted;
    out->simulation_seconds = doing.simulation_seconds;
    status = doing.status != PC_OK ? doing.status : kept;
    return status != PC_OK ? status : finish(database, manifest, diagnostics);
}

static pc_status count_results(const char *path, size_t *out, pc_diagnostics *diagnostics)
{
    sqlite3 *handle;
    pc_status status = sweep_database_read(path, &handle, diagnostics);

    if (status == PC_OK) {
        status = sweep_database_count(handle, path, "results", out, diagnostics);
        sqlite3_close(handle);
    }
    return status;
}

pc_status pc_sweep_run(pc_sweep *self, const char *path, const pc_sweep_options *options,
                       pc_sweep_outcome *out, pc_diagnostics *diagnostics)
{
    static const pc_sweep_options plain_options;
    sweep_lock lock = {.file = -1};
    sweep_database database = {0};
    sweep_manifest manifest = {0};
    sweep_part part;
    bool finished = false;
    double began = sweep_clock();
    pc_status status;

    options = options == NULL ? &plain_options : options;
    *out = (pc_sweep_outcome){.threads = options->threads > 0 ? options->threads : omp_get_max_threads()};
    status = make_part(self, options, &part, diagnostics);
    if (status != PC_OK) {
        return status;
    }
    out->first_run = part.first;
    out->n_run = part.last - part.first + 1;
    out->round_to = options->round_to;
    status = sweep_manifest_make(self, &part, &manifest, diagnostics);
    /* A finished one is left as it is, and may lie where nobody can write. */
    status = status != PC_OK ? status : sweep_database_finished(path, &manifest, &finished, diagnostics);
    if (status == PC_OK && !finished) {
        status = sweep_lock_take(&lock, path, diagnostics);
        status = status != PC_OK
                     ? status
                     : sweep_database_open(&database, self, path, &manifest, &finished, diagnostics);
    }
    if (status == PC_OK && finished) {
        out->n_before = out->n_run;
        sweep_lock_sweep_up(path);
    } else if (status == PC_OK) {
        status = run_rest(self, &database, &part, options, &manifest, out, diagnostics);
    }
    sweep_database_close(&database);
    sweep_lock_release(&lock);
    sweep_manifest_free(&manifest);
    status = status != PC_OK ? status : count_results(path, &out->n_result, diagnostics);
    out->seconds = sweep_clock() - began;
    return status;
}

/* ---- what it would take ---- */

/* Rows of a few runs in a database in memory tell how large it will be. */
static pc_status measure(pc_sweep *self, work *doing, sweep_database *scratch, pc_sweep_estimate *out)
{
    const double enough = 1.5;
    double began = sweep_clock();
    size_t used = 0;
    sqlite3_stmt *size = NULL;

    /* From both ends and between, since factors may make runs dearer: the order of a van der Corput sequence.
     */
    for (size_t at = 0; at < 200 && at < self->n_run && doing->status == PC_OK; at++) {
        double share = 0, step = 0.5;

        for (size_t bits = at; bits > 0; bits >>= 1) {
            share += (bits & 1) != 0 ? step : 0;
            step /= 2;
        }
        used = self->n_run <= 200 ? at : (size_t)(share * (double)self->n_run);
        do_run(doing, used + 1, 1);
        out->n_sample++;
        if (sweep_clock() - began > enough || stopped(doing->options)) {
            break;
        }
    }
    if (doing->status != PC_OK) {
        return doing->status;
    }
    out->seconds_per_run = (sweep_clock() - began) / (double)out->n_sample;
    if (sweep_database_commit(scratch) == PC_OK &&
        sqlite3_prepare_v2(scratch->handle,
                           "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size", -1,
                           &size, NULL) == SQLITE_OK &&
        sqlite3_step(size) == SQLITE_ROW) {
        out->bytes = (double)sqlite3_column_int64(size, 0) / (double)out->n_sample * (double)self->n_run;
    }
    sqlite3_finalize(size);
    return PC_OK;
}

pc_status pc_sweep_estimate_run(pc_sweep *self, const pc_sweep_options *options, pc_sweep_estimate *out,
                                pc_diagnostics *diagnostics)
{
    static const pc_sweep_options plain_options;
    sweep_part part = {.first = 1, .last = self->n_run, .shard = 1, .n_shard = 1};
    size_t *todo = NULL, n = 0;
    sweep_database scratch = {0};
    pc_sweep_options quiet = options == NULL ? plain_options : *options;
    work doing = {.sweep = self, .options = &quiet, .n = 1, .diagnostics = diagnostics};
    pc_status status;

    quiet.progress = NULL;
    *out = (pc_sweep_estimate){.n_run = self->n_run,
                               .threads = quiet.threads > 0 ? quiet.threads : omp_get_max_threads()};
    status = list_todo(NULL, &part, &todo, &n);
    status = status != PC_OK ? status : check_runs(self, &quiet, n, todo, diagnostics);
    free(todo);
    status = status != PC_OK ? status : sweep_database_scratch(&scratch, self, diagnostics);
    if (status == PC_OK) {
        doing.database = &scratch;
        status = measure(self, &doing, &scratch, out);
        out->seconds = out->seconds_per_run * (double)self->n_run / out->threads;
    }
    sweep_database_close(&scratch);
    return status;
}
