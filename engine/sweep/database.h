/* database.h - the SQLite file of a sweep: its tables, its manifest, what is done. Private to sweep/.
 *
 * While runs are missing it is in WAL mode and holds them in the order in which they were finished; when all
 * are there it is written anew, in order, by final.c. A file beside it, NAME.lock, is held while it is
 * written.
 */
#ifndef PC_SWEEP_DATABASE_H
#define PC_SWEEP_DATABASE_H

#include <sqlite3.h>

#include "sweep/rows.h"

/* What tells one sweep from another: in the table `meta`, sorted by key. */
typedef struct sweep_manifest {
    size_t n, capacity;
    char **key, **value; /* [n] */
} sweep_manifest;

/* Which runs a call is about; from 1. */
typedef struct sweep_part {
    size_t first, last;
    int shard, n_shard;
    int round_to; /* below 2: nothing is rounded */
} sweep_part;

PC_MUST_USE pc_status sweep_manifest_make(const pc_sweep *self, const sweep_part *part, sweep_manifest *out,
                                          pc_diagnostics *diagnostics);
/* PC_ERR_INPUT with a message for each difference from what the database holds. */
PC_MUST_USE pc_status sweep_manifest_compare(const sweep_manifest *expected, const sweep_manifest *found,
                                             const char *path, pc_diagnostics *diagnostics);
/* The value of a key, or NULL. */
const char *sweep_manifest_get(const sweep_manifest *self, const char *key);
PC_MUST_USE pc_status sweep_manifest_add(sweep_manifest *self, const char *key, const char *value);
PC_MUST_USE pc_status sweep_manifest_read(sqlite3 *handle, sweep_manifest *out);
void sweep_manifest_free(sweep_manifest *self);

typedef struct sweep_database {
    const pc_sweep *sweep;
    char *path;
    sqlite3 *handle;
    sqlite3_stmt *run, *result;
    bool in_transaction;
    pc_diagnostics *diagnostics;
} sweep_database;

/* Says what `code`, not SQLITE_OK, means for the person who runs the sweep. */
PC_MUST_USE pc_status sweep_database_failed(sweep_database *self, int code);
/* Runs a statement without parameters or rows. */
PC_MUST_USE pc_status sweep_database_execute(sweep_database *self, const char *sql);

#define SWEEP_APPLICATION_ID 1886155619 /* "plcs" */

/* Opens, or makes, the database of the sweep. *finished: it is complete and was opened for reading only. */
PC_MUST_USE pc_status sweep_database_open(sweep_database *self, const pc_sweep *sweep, const char *path,
                                          const sweep_manifest *manifest, bool *finished,
                                          pc_diagnostics *diagnostics);
/* Whether the file is there and complete; PC_ERR_INPUT when it belongs to another sweep. Writes nothing. */
PC_MUST_USE pc_status sweep_database_finished(const char *path, const sweep_manifest *manifest,
                                              bool *finished, pc_diagnostics *diagnostics);
/* Marks done[run - first] for the runs that are there. */
PC_MUST_USE pc_status sweep_database_done(sweep_database *self, const sweep_part *part, bool *done);
PC_MUST_USE pc_status sweep_database_add(sweep_database *self, size_t run, const sweep_choice *choice,
                                         const pc_forecast *forecast);
PC_MUST_USE pc_status sweep_database_commit(sweep_database *self);
/* Brings the log into the database: after that, closing it removes the log. */
PC_MUST_USE pc_status sweep_database_settle(sweep_database *self);
PC_MUST_USE pc_status sweep_database_count(sqlite3 *handle, const char *path, const char *table, size_t *out,
                                           pc_diagnostics *diagnostics);
/* sweep_manifest_read with the message of what is wrong. */
PC_MUST_USE pc_status sweep_database_manifest(sqlite3 *handle, const char *path, sweep_manifest *out,
                                              pc_diagnostics *diagnostics);
void sweep_database_close(sweep_database *self);

/* An in-memory database with the tables of the sweep, to measure sizes. */
PC_MUST_USE pc_status sweep_database_scratch(sweep_database *self, const pc_sweep *sweep,
                                             pc_diagnostics *diagnostics);

/* Reports what SQLite said of `path`. Always PC_ERR_IO or PC_ERR_NO_MEMORY. */
pc_status sweep_database_fail(sqlite3 *handle, int code, const char *path, pc_diagnostics *diagnostics);

/* Opens a finished or half-done database for reading. PC_ERR_INPUT when it is none of a sweep. */
PC_MUST_USE pc_status sweep_database_read(const char *path, sqlite3 **out, pc_diagnostics *diagnostics);

/* ---- final.c ---- */

/* Writes meta, runs and results of `source` [n], in this order, to a new file that replaces `path`. The same
 * rows give the same bytes. */
PC_MUST_USE pc_status sweep_final_write(size_t n, sqlite3 *const *source, const sweep_manifest *meta,
                                        const char *path, pc_diagnostics *diagnostics);
/* Puts the file in the place of `path`; before that nothing may have it open. */
PC_MUST_USE pc_status sweep_final_place(const char *path, pc_diagnostics *diagnostics);

/* ---- lock.c ---- */

typedef struct sweep_lock {
    char *path;
    int file; /* -1: none */
} sweep_lock;

/* PC_ERR_IO, with a message, when somebody else holds it or it cannot be made. */
PC_MUST_USE pc_status sweep_lock_take(sweep_lock *self, const char *database, pc_diagnostics *diagnostics);
void sweep_lock_release(sweep_lock *self);
/* Removes the lock that a killed call left beside a database that it had finished; nothing when somebody
 * holds it, or it may not be removed. */
void sweep_lock_sweep_up(const char *database);

#endif
