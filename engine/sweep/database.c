#include "sweep/database.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/memory.h"

pc_status sweep_database_fail(sqlite3 *handle, int code, const char *path, pc_diagnostics *diagnostics)
{
    const char *text = handle != NULL ? sqlite3_errmsg(handle) : sqlite3_errstr(code);
    int kind = code & 0xff;

    if (kind == SQLITE_NOMEM) {
        return PC_ERR_NO_MEMORY;
    }
    if (kind == SQLITE_FULL ||
        (kind == SQLITE_IOERR && handle != NULL && sqlite3_system_errno(handle) == ENOSPC)) {
        pc_diagnostics_add(
            diagnostics, PC_ERROR, (pc_place){.file = path},
            "the disk is full; the runs that are finished are kept: make room and run it again");
    } else if (kind == SQLITE_READONLY || kind == SQLITE_CANTOPEN || kind == SQLITE_PERM) {
        pc_diagnostics_add(diagnostics, PC_ERROR, (pc_place){.file = path},
                           "cannot be written (%s); expected a file and a folder that can be written to",
                           text);
    } else if (kind == SQLITE_BUSY || kind == SQLITE_LOCKED) {
        pc_diagnostics_add(diagnostics, PC_ERROR, (pc_place){.file = path},
                           "another program is using it (%s); the runs that are finished are kept: close it "
                           "there and run it again",
                           text);
    } else if (kind == SQLITE_NOTADB || kind == SQLITE_CORRUPT) {
        pc_diagnostics_add(
            diagnostics, PC_ERROR, (pc_place){.file = path},
            "is not a sound database (%s); expected one made by `sweep`, or the name of a new file", text);
    } else {
        pc_diagnostics_add(diagnostics, PC_ERROR, (pc_place){.file = path}, "database: %s", text);
    }
    return PC_ERR_IO;
}

pc_status sweep_database_failed(sweep_database *self, int code)
{
    return sweep_database_fail(self->handle, code, self->path, self->diagnostics);
}

pc_status sweep_database_execute(sweep_database *self, const char *sql)
{
    int code = sqlite3_exec(self->handle, sql, NULL, NULL, NULL);

    return code == SQLITE_OK ? PC_OK : sweep_database_failed(self, code);
}

/* A code of SQLite: what cannot be read must not be taken for what is not there. */
static int one_number(sqlite3 *handle, const char *sql, long *out)
{
    sqlite3_stmt *row = NULL;
    int code = sqlite3_prepare_v2(handle, sql, -1, &row, NULL);

    *out = -1;
    if (code == SQLITE_OK && (code = sqlite3_step(row)) == SQLITE_ROW) {
        *out = (long)sqlite3_column_int64(row, 0);
        code = SQLITE_OK;
    }
    sqlite3_finalize(row);
    return code;
}

static int count_tables(sqlite3 *handle, long *out)
{
    return one_number(handle, "SELECT count(*) FROM sqlite_master", out);
}

pc_status sweep_database_count(sqlite3 *handle, const char *path, const char *table, size_t *out,
                               pc_diagnostics *diagnostics)
{
    char sql[64];
    long n;
    int code;

    snprintf(sql, sizeof sql, "SELECT count(*) FROM %s", table);
    code = one_number(handle, sql, &n);
    *out = n < 0 ? 0 : (size_t)n;
    return code == SQLITE_OK ? PC_OK : sweep_database_fail(handle, code, path, diagnostics);
}

/* ---- tables ---- */

/* p10 for 0.1, p025 for 0.025, as in forecast.csv. */
static void quantile_name(size_t which, char text[8])
{
    int thousandths = (int)(pc_quantile_level[which] * 1000 + 0.5);

    snprintf(text, 8, thousandths % 10 == 0 ? "p%02d" : "p%03d",
             thousandths % 10 == 0 ? thousandths / 10 : thousandths);
}

static char *append(char *text, const char *more)
{
    char *longer = text == NULL || more == NULL ? NULL : pc_format_text("%s%s", text, more);

    free(text);
    return longer;
}

static char *runs_sql(const pc_sweep *sweep)
{
    char *sql = pc_copy_text("CREATE TABLE runs (run INTEGER PRIMARY KEY");

    for (size_t f = 0; f < sweep->n_factor; f++) {
        sql = append(sql, ", \"");
        sql = append(sql, sweep->factor[f].name);
        sql = append(sql, sweep->factor[f].numeric ? "\" NUMERIC NOT NULL" : "\" TEXT NOT NULL");
    }
    return append(sql, ")");
}

static char *results_sql(const pc_sweep *sweep)
{
    char *sql =
        pc_copy_text("CREATE TABLE results (run INTEGER NOT NULL, date TEXT NOT NULL, measure TEXT NOT "
                     "NULL, category TEXT NOT NULL, mean REAL, sd REAL");
    char name[8];

    for (size_t q = 0; q < PC_N_QUANTILE; q++) {
        if (sweep->keep.quantile[q]) {
            quantile_name(q, name);
            sql = append(sql, ", ");
            sql = append(sql, name);
            sql = append(sql, " REAL");
        }
    }
    return append(sql, ", PRIMARY KEY (run, date, measure, category)) WITHOUT ROWID");
}

static pc_status make_tables(sweep_database *self)
{
    char *runs = runs_sql(self->sweep), *results = results_sql(self->sweep);
    pc_status status = runs == NULL || results == NULL ? PC_ERR_NO_MEMORY : PC_OK;

    status =
        status != PC_OK
            ? status
            : sweep_database_execute(self, "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) "
                                           "WITHOUT ROWID");
    status = status != PC_OK ? status : sweep_database_execute(self, runs);
    status = status != PC_OK ? status : sweep_database_execute(self, results);
    free(runs);
    free(results);
    return status;
}

static pc_status put_meta(sweep_database *self, const sweep_manifest *manifest)
{
    sqlite3_stmt *row = NULL;
    int code = sqlite3_prepare_v2(self->handle, "INSERT INTO meta VALUES (?, ?)", -1, &row, NULL);

    for (size_t at = 0; at < manifest->n && code == SQLITE_OK; at++) {
        sqlite3_bind_text(row, 1, manifest->key[at], -1, SQLITE_STATIC);
        sqlite3_bind_text(row, 2, manifest->value[at], -1, SQLITE_STATIC);
        code = sqlite3_step(row) == SQLITE_DONE ? SQLITE_OK : sqlite3_errcode(self->handle);
        sqlite3_reset(row);
    }
    sqlite3_finalize(row);
    return code == SQLITE_OK ? PC_OK : sweep_database_failed(self, code);
}

static char *insert_sql(const char *table, size_t n)
{
    char *sql = pc_format_text("INSERT INTO %s VALUES (?", table);

    for (size_t at = 1; at < n; at++) {
        sql = append(sql, ", ?");
    }
    return append(sql, ")");
}

static size_t n_quantile(const pc_sweep *sweep)
{
    size_t n = 0;

    for (size_t q = 0; q < PC_N_QUANTILE; q++) {
        n += sweep->keep.quantile[q];
    }
    return n;
}

static pc_status prepare_inserts(sweep_database *self)
{
    char *run = insert_sql("runs", 1 + self->sweep->n_factor);
    char *result = insert_sql("results", 6 + n_quantile(self->sweep));
    int code = SQLITE_NOMEM;

    if (run != NULL && result != NULL) {
        code = sqlite3_prepare_v2(self->handle, run, -1, &self->run, NULL);
        code = code != SQLITE_OK ? code : sqlite3_prepare_v2(self->handle, result, -1, &self->result, NULL);
    }
    free(run);
    free(result);
    return code == SQLITE_OK ? PC_OK : sweep_database_failed(self, code);
}

/* ---- opening ---- */

void sweep_database_close(sweep_database *self)
{
    sqlite3_finalize(self->run);
    sqlite3_finalize(self->result);
    if (self->handle != NULL) {
        if (self->in_transaction) {
            (void)sqlite3_exec(self->handle, "ROLLBACK", NULL, NULL, NULL);
        }
        sqlite3_close(self->handle);
    }
    free(self->path);
    memset(self, 0, sizeof *self);
}

static pc_status not_ours(const char *path, pc_diagnostics *diagnostics)
{
    pc_diagnostics_add(diagnostics, PC_ERROR, (pc_place){.file = path},
                       "is there already and was not made by `sweep`; expected the name of a new file");
    return PC_ERR_INPUT;
}

static pc_status check_ours(sqlite3 *handle, const char *path, pc_diagnostics *diagnostics)
{
    long id;
    int code = one_number(handle, "PRAGMA application_id", &id);

    return code != SQLITE_OK            ? sweep_database_fail(handle, code, path, diagnostics)
           : id != SWEEP_APPLICATION_ID ? not_ours(path, diagnostics)
                                        : PC_OK;
}

/* SQLite would open a FIFO and wait in it for ever. */
static pc_status refuse_irregular(const char *path, pc_diagnostics *diagnostics)
{
    struct stat about;

    if (stat(path, &about) != 0 || S_ISREG(about.st_mode)) {
        return PC_OK;
    }
    pc_diagnostics_add(diagnostics, PC_ERROR, (pc_place){.file = path},
                       "not a regular file, expected a database of `sweep`");
    return PC_ERR_INPUT;
}

pc_status sweep_database_read(const char *path, sqlite3 **out, pc_diagnostics *diagnostics)
{
    pc_status status = refuse_irregular(path, diagnostics);
    int code;

    *out = NULL;
    if (status != PC_OK) {
        return status;
    }
    code = sqlite3_open_v2(path, out, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL);
    code =
        code != SQLITE_OK ? code : sqlite3_exec(*out, "SELECT count(*) FROM sqlite_master", NULL, NULL, NULL);
    status = code != SQLITE_OK ? sweep_database_fail(*out, code, path, diagnostics)
                               : check_ours(*out, path, diagnostics);
    status = status == PC_ERR_IO ? PC_ERR_INPUT : status;
    if (status != PC_OK) {
        sqlite3_close(*out);
        *out = NULL;
    }
    return status;
}

pc_status sweep_database_manifest(sqlite3 *handle, const char *path, sweep_manifest *out,
                                  pc_diagnostics *diagnostics)
{
    pc_status status = sweep_manifest_read(handle, out);
    int code = sqlite3_errcode(handle);

    if (status == PC_ERR_IO) {
        /* No table of that name, or one of other columns: none of ours. */
        code = code == SQLITE_OK || code == SQLITE_ERROR || code == SQLITE_DONE ? SQLITE_CORRUPT : code;
        status = sweep_database_fail(handle, code, path, diagnostics);
    }
    return status;
}

static pc_status check_manifest(sqlite3 *handle, const char *path, const sweep_manifest *manifest,
                                bool *finished, pc_diagnostics *diagnostics)
{
    sweep_manifest found;
    pc_status status = sweep_database_manifest(handle, path, &found, diagnostics);

    if (status != PC_OK) {
        return status;
    }
    status = sweep_manifest_compare(manifest, &found, path, diagnostics);
    *finished = status == PC_OK && sweep_manifest_get(&found, "finished") != NULL;
    sweep_manifest_free(&found);
    return status;
}

/* Opens a file that is there, to look at it. Killed while it was made, it waits for its first change to be
 * undone, which needs the right to write. */
static int open_to_look(const char *path, sqlite3 **handle, long *n_table)
{
    int code = sqlite3_open_v2(path, handle, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL);

    code = code != SQLITE_OK ? code : count_tables(*handle, n_table);
    if ((code & 0xff) == SQLITE_READONLY) {
        sqlite3_close(*handle);
        code = sqlite3_open_v2(path, handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
        code = code != SQLITE_OK ? code : count_tables(*handle, n_table);
    }
    return code;
}

/* A file that was there before: ours, and of this sweep? An empty one is as good as none. */
pc_status sweep_database_finished(const char *path, const sweep_manifest *manifest, bool *finished,
                                  pc_diagnostics *diagnostics)
{
    struct stat about;
    sqlite3 *handle = NULL;
    long n_table = 0;
    int code;
    pc_status status = refuse_irregular(path, diagnostics);

    *finished = false;
    if (status != PC_OK) {
        return status;
    }
    if (stat(path, &about) != 0 || about.st_size == 0) {
        return PC_OK;
    }
    code = open_to_look(path, &handle, &n_table);
    status = code != SQLITE_OK ? sweep_database_fail(handle, code, path, diagnostics) : PC_OK;
    if (status == PC_OK && n_table > 0) {
        status = check_ours(handle, path, diagnostics);
        status = status == PC_OK ? check_manifest(handle, path, manifest, finished, diagnostics) : status;
    }
    sqlite3_close(handle);
    return status;
}

static pc_status make_new(sweep_database *self, const sweep_manifest *manifest)
{
    char sql[96];
    pc_status status = sweep_database_execute(self, "BEGIN IMMEDIATE");

    if (status != PC_OK) {
        return status;
    }
    snprintf(sql, sizeof sql, "PRAGMA application_id = %d; PRAGMA user_version = 1", SWEEP_APPLICATION_ID);
    self->in_transaction = true;
    status = sweep_database_execute(self, sql);
    status = status != PC_OK ? status : make_tables(self);
    status = status != PC_OK || manifest == NULL ? status : put_meta(self, manifest);
    return status != PC_OK ? status : sweep_database_commit(self);
}

pc_status sweep_database_open(sweep_database *self, const pc_sweep *sweep, const char *path,
                              const sweep_manifest *manifest, bool *finished, pc_diagnostics *diagnostics)
{
    pc_status status = sweep_database_finished(path, manifest, finished, diagnostics);
    long n_table = 0;
    int code;

    *self = (sweep_database){.sweep = sweep, .diagnostics = diagnostics};
    if (status != PC_OK) {
        return status;
    }
    self->path = pc_copy_text(path);
    if (self->path == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    code =
        sqlite3_open_v2(path, &self->handle,
                        *finished ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL);
    if (code != SQLITE_OK) {
        status = sweep_database_failed(self, code);
    } else if (!*finished) {
        sqlite3_busy_timeout(self->handle, 2000);
        /* Killed, nothing is lost; a power cut may lose the last second. */
        status = sweep_database_execute(self, "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL");
        code = status == PC_OK ? count_tables(self->handle, &n_table) : SQLITE_OK;
        status = code != SQLITE_OK ? sweep_database_failed(self, code) : status;
        if (status == PC_OK && n_table == 0) {
            status = make_new(self, manifest);
        }
        status = status != PC_OK ? status : prepare_inserts(self);
    }
    if (status != PC_OK) {
        sweep_database_close(self);
    }
    return status;
}

pc_status sweep_database_scratch(sweep_database *self, const pc_sweep *sweep, pc_diagnostics *diagnostics)
{
    int code;
    pc_status status;

    *self = (sweep_database){.sweep = sweep, .diagnostics = diagnostics, .path = pc_copy_text(":memory:")};
    if (self->path == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    code = sqlite3_open_v2(self->path, &self->handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY, NULL);
    status = code == SQLITE_OK ? make_new(self, NULL) : sweep_database_failed(self, code);
    status = status != PC_OK ? status : prepare_inserts(self);
    if (status != PC_OK) {
        sweep_database_close(self);
    }
    return status;
}
