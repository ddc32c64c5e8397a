/* final.c - the finished database: written anew, row by row in order and in one transaction, so that its
 * bytes follow from its rows alone; then put in the place of the old file. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "sweep/database.h"

static char *temporary_name(const char *path)
{
    return pc_format_text("%s.new", path);
}

typedef struct final {
    sqlite3 *to;
    const char *path; /* of what it will be, for messages */
    pc_diagnostics *diagnostics;
} final;

static pc_status fail(final *self, sqlite3 *handle, int code)
{
    const char *source = handle == self->to ? NULL : sqlite3_db_filename(handle, "main");

    return sweep_database_fail(handle, code, source != NULL && source[0] != '\0' ? source : self->path,
                               self->diagnostics);
}

static pc_status execute(final *self, const char *sql)
{
    int code = sqlite3_exec(self->to, sql, NULL, NULL, NULL);

    return code == SQLITE_OK ? PC_OK : fail(self, self->to, code);
}

/* The tables as the first source has them. */
static pc_status copy_tables(final *self, sqlite3 *source)
{
    sqlite3_stmt *rows = NULL;
    pc_status status = PC_OK;
    int code = sqlite3_prepare_v2(
        source, "SELECT sql FROM sqlite_master WHERE type = 'table' AND sql IS NOT NULL ORDER BY name", -1,
        &rows, NULL);

    while (code == SQLITE_OK && status == PC_OK && (code = sqlite3_step(rows)) == SQLITE_ROW) {
        status = execute(self, (const char *)sqlite3_column_text(rows, 0));
        code = SQLITE_OK;
    }
    sqlite3_finalize(rows);
    return status != PC_OK ? status : code == SQLITE_DONE ? PC_OK : fail(self, source, code);
}

static int copy_row(sqlite3_stmt *from, sqlite3_stmt *to)
{
    int code = SQLITE_OK;

    for (int column = 0; column < sqlite3_column_count(from) && code == SQLITE_OK; column++) {
        code = sqlite3_bind_value(to, column + 1, sqlite3_column_value(from, column));
    }
    code = code == SQLITE_OK ? sqlite3_step(to) : code;
    sqlite3_reset(to);
    return code == SQLITE_DONE ? SQLITE_OK : code;
}

static pc_status copy_rows(final *self, sqlite3 *source, const char *select, const char *table)
{
    sqlite3_stmt *from = NULL, *to = NULL;
    char sql[256];
    int code = sqlite3_prepare_v2(source, select, -1, &from, NULL), used, written = SQLITE_OK;

    if (code != SQLITE_OK) {
        return fail(self, source, code);
    }
    used = snprintf(sql, sizeof sql, "INSERT INTO %s VALUES (?", table);
    for (int column = 1; column < sqlite3_column_count(from) && used < 240; column++) {
        used += snprintf(sql + used, sizeof sql - (size_t)used, ",?");
    }
    snprintf(sql + used, sizeof sql - (size_t)used, ")");
    written = sqlite3_prepare_v2(self->to, sql, -1, &to, NULL);
    while (written == SQLITE_OK && (code = sqlite3_step(from)) == SQLITE_ROW) {
        written = copy_row(from, to);
    }
    sqlite3_finalize(from);
    sqlite3_finalize(to);
    return written != SQLITE_OK  ? fail(self, self->to, written)
           : code != SQLITE_DONE ? fail(self, source, code)
                                 : PC_OK;
}

static pc_status put_meta(final *self, const sweep_manifest *meta)
{
    sqlite3_stmt *row = NULL;
    int code = sqlite3_prepare_v2(self->to, "INSERT INTO meta VALUES (?, ?)", -1, &row, NULL);

    for (size_t at = 0; at < meta->n && code == SQLITE_OK; at++) {
        code = sqlite3_bind_text(row, 1, meta->key[at], -1, SQLITE_STATIC);
        code = code == SQLITE_OK ? sqlite3_bind_text(row, 2, meta->value[at], -1, SQLITE_STATIC) : code;
        code = code == SQLITE_OK ? sqlite3_step(row) : code;
        code = code == SQLITE_DONE ? SQLITE_OK : code;
        sqlite3_reset(row);
    }
    sqlite3_finalize(row);
    return code == SQLITE_OK ? PC_OK : fail(self, self->to, code);
}

static pc_status write_all(final *self, size_t n, sqlite3 *const *source, const sweep_manifest *meta)
{
    char sql[160];
    pc_status status;

    snprintf(sql, sizeof sql,
             "PRAGMA page_size = 4096; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; "
             "PRAGMA application_id = %d; PRAGMA user_version = 1; BEGIN",
             SWEEP_APPLICATION_ID);
    status = execute(self, sql);
    status = status != PC_OK ? status : copy_tables(self, source[0]);
    status = status != PC_OK ? status : put_meta(self, meta);
    for (size_t at = 0; at < n && status == PC_OK; at++) {
        status = copy_rows(self, source[at], "SELECT * FROM runs ORDER BY run", "runs");
    }
    for (size_t at = 0; at < n && status == PC_OK; at++) {
        status = copy_rows(self, source[at], "SELECT * FROM results ORDER BY run, date, measure, category",
                           "results");
    }
    return status != PC_OK ? status : execute(self, "COMMIT");
}

static pc_status sync_file(const char *path, const char *shown, pc_diagnostics *diagnostics)
{
    int file = open(path, O_RDONLY | O_CLOEXEC);
    bool ok = file >= 0 && fsync(file) == 0;

    if (!ok) {
        pc_diagnostics_add(diagnostics, PC_ERROR, (pc_place){.file = shown}, "cannot be written: %s",
                           strerror(errno));
    }
    if (file >= 0) {
        close(file);
    }
    return ok ? PC_OK : PC_ERR_IO;
}

pc_status sweep_final_write(size_t n, sqlite3 *const *source, const sweep_manifest *meta, const char *path,
                            pc_diagnostics *diagnostics)
{
    final self = {.path = path, .diagnostics = diagnostics};
    char *temporary = temporary_name(path);
    pc_status status;
    int code;

    if (temporary == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    unlink(temporary); /* of a call that was killed */
    code = sqlite3_open_v2(temporary, &self.to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL);
    status = code == SQLITE_OK ? write_all(&self, n, source, meta) : fail(&self, self.to, code);
    if (sqlite3_close(self.to) != SQLITE_OK && status == PC_OK) {
        status = PC_ERR_INTERNAL;
    }
    status = status != PC_OK ? status : sync_file(temporary, path, diagnostics);
    if (status != PC_OK) {
        unlink(temporary);
    }
    free(temporary);
    return status;
}

pc_status sweep_final_place(const char *path, pc_diagnostics *diagnostics)
{
    char *temporary = temporary_name(path), *log = pc_format_text("%s-wal", path);
    pc_status status = temporary == NULL || log == NULL ? PC_ERR_NO_MEMORY : PC_OK;

    /* Whoever still reads the old file keeps its log, which would be taken for that of the new one. */
    if (status == PC_OK && access(log, F_OK) == 0) {
        status = sweep_database_fail(NULL, SQLITE_BUSY, path, diagnostics);
    }
    if (status == PC_OK && rename(temporary, path) != 0) {
        pc_diagnostics_add(diagnostics, PC_ERROR, (pc_place){.file = path}, "cannot be written: %s",
                           strerror(errno));
        status = PC_ERR_IO;
    }
    if (status != PC_OK && temporary != NULL) {
        unlink(temporary);
    }
    free(temporary);
    free(log);
    return status;
}
