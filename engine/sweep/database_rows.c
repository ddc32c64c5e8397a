/* database_rows.c - what a sweep's database is given: runs and their results, in transactions. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "sweep/database.h"

pc_status sweep_database_done(sweep_database *self, const sweep_part *part, bool *done)
{
    sqlite3_stmt *rows = NULL;
    int code = sqlite3_prepare_v2(self->handle, "SELECT run FROM runs", -1, &rows, NULL);

    while (code == SQLITE_OK && (code = sqlite3_step(rows)) == SQLITE_ROW) {
        sqlite3_int64 run = sqlite3_column_int64(rows, 0);

        if (run >= (sqlite3_int64)part->first && run <= (sqlite3_int64)part->last) {
            done[(size_t)run - part->first] = true;
        }
        code = SQLITE_OK;
    }
    sqlite3_finalize(rows);
    return code == SQLITE_DONE ? PC_OK : sweep_database_failed(self, code);
}

static void bind_number(sqlite3_stmt *row, int column, double value)
{
    if (isfinite(value)) {
        sqlite3_bind_double(row, column, value);
    } else {
        sqlite3_bind_null(row, column);
    }
}

typedef struct adding {
    sweep_database *database;
    size_t run;
} adding;

static pc_status add_result(void *context, const sweep_row *from)
{
    const adding *self = context;
    sqlite3_stmt *row = self->database->result;
    bool target = strcmp(from->measure, "target_met") == 0;
    int column = 7, code;

    sqlite3_bind_int64(row, 1, (sqlite3_int64)self->run);
    sqlite3_bind_text(row, 2, from->date, -1, SQLITE_STATIC);
    sqlite3_bind_text(row, 3, from->measure, -1, SQLITE_STATIC);
    sqlite3_bind_text(row, 4, from->category, -1, SQLITE_STATIC);
    bind_number(row, 5, target ? from->probability : from->value->mean);
    bind_number(row, 6, target ? (double)NAN : from->value->sd);
    for (size_t q = 0; q < PC_N_QUANTILE; q++) {
        if (self->database->sweep->keep.quantile[q]) {
            bind_number(row, column++, target ? (double)NAN : from->value->quantile[q]);
        }
    }
    code = sqlite3_step(row);
    sqlite3_reset(row);
    return code == SQLITE_DONE ? PC_OK : sweep_database_failed(self->database, code);
}

static pc_status add_run(sweep_database *self, size_t run, const sweep_choice *choice)
{
    pc_status status = PC_OK;
    int code;

    sqlite3_bind_int64(self->run, 1, (sqlite3_int64)run);
    for (size_t f = 0; f < self->sweep->n_factor && status == PC_OK; f++) {
        char *text = sweep_choice_text(&self->sweep->factor[f], &choice[f]);

        if (text == NULL) {
            status = PC_ERR_NO_MEMORY;
        } else {                      /* a NUMERIC column makes a number of it */
            pc_utf8_make_plain(text); /* an authority's name is from the returns */
            code = sqlite3_bind_text(self->run, (int)f + 2, text, -1, SQLITE_TRANSIENT);
            status = code == SQLITE_OK ? PC_OK : sweep_database_failed(self, code);
            free(text);
        }
    }
    code = status == PC_OK ? sqlite3_step(self->run) : SQLITE_DONE;
    sqlite3_reset(self->run);
    return status != PC_OK ? status : code == SQLITE_DONE ? PC_OK : sweep_database_failed(self, code);
}

/* A run and its results stand in one transaction: never one without the other. */
pc_status sweep_database_add(sweep_database *self, size_t run, const sweep_choice *choice,
                             const pc_forecast *forecast)
{
    adding with = {self, run};
    pc_status status = PC_OK;

    if (!self->in_transaction) {
        status = sweep_database_execute(self, "BEGIN IMMEDIATE");
        self->in_transaction = status == PC_OK;
    }
    status = status != PC_OK ? status : sweep_database_execute(self, "SAVEPOINT one_run");
    if (status != PC_OK) {
        return status;
    }
    status = add_run(self, run, choice);
    status = status != PC_OK ? status : sweep_rows(self->sweep, forecast, add_result, &with);
    if (status != PC_OK) { /* what the transaction holds of other runs stays */
        (void)sqlite3_exec(self->handle, "ROLLBACK TO one_run", NULL, NULL, NULL);
    }
    (void)sqlite3_exec(self->handle, "RELEASE one_run", NULL, NULL, NULL);
    /* A full disk rolls the transaction back by itself. */
    self->in_transaction = sqlite3_get_autocommit(self->handle) == 0;
    return status;
}

pc_status sweep_database_commit(sweep_database *self)
{
    pc_status status = PC_OK;

    if (self->in_transaction) {
        status = sweep_database_execute(self, "COMMIT");
        if (status != PC_OK && sqlite3_get_autocommit(self->handle) == 0) {
            (void)sqlite3_exec(self->handle, "ROLLBACK", NULL, NULL, NULL);
        }
        self->in_transaction = false;
    }
    return status;
}

pc_status sweep_database_settle(sweep_database *self)
{
    int code = sqlite3_wal_checkpoint_v2(self->handle, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);

    return code == SQLITE_OK ? PC_OK : sweep_database_failed(self, code);
}
