/* manifest.c - what a database was made from. */
#include <stdlib.h>
#include <string.h>

#include "base/file_hash.h"
#include "base/memory.h"
#include "placecast/library.h"
#include "sweep/database.h"

pc_status sweep_manifest_add(sweep_manifest *self, const char *key, const char *value)
{
    size_t key_capacity = self->capacity, value_capacity = self->capacity, at = 0;

    if (pc_grow(&self->key, &key_capacity, self->n + 1, sizeof *self->key) != PC_OK ||
        pc_grow(&self->value, &value_capacity, self->n + 1, sizeof *self->value) != PC_OK) {
        return PC_ERR_NO_MEMORY;
    }
    self->capacity = key_capacity;
    while (at < self->n && strcmp(self->key[at], key) < 0) {
        at++;
    }
    if (at < self->n && strcmp(self->key[at], key) == 0) {
        char *copy = pc_copy_text(value);

        if (copy != NULL) {
            free(self->value[at]);
            self->value[at] = copy;
        }
        return copy == NULL ? PC_ERR_NO_MEMORY : PC_OK;
    }
    memmove(self->key + at + 1, self->key + at, (self->n - at) * sizeof *self->key);
    memmove(self->value + at + 1, self->value + at, (self->n - at) * sizeof *self->value);
    self->key[at] = pc_copy_text(key);
    self->value[at] = pc_copy_text(value);
    self->n++;
    return self->key[at] == NULL || self->value[at] == NULL ? PC_ERR_NO_MEMORY : PC_OK;
}

void sweep_manifest_free(sweep_manifest *self)
{
    for (size_t at = 0; at < self->n; at++) {
        free(self->key[at]);
        free(self->value[at]);
    }
    free(self->key);
    free(self->value);
    memset(self, 0, sizeof *self);
}

const char *sweep_manifest_get(const sweep_manifest *self, const char *key)
{
    for (size_t at = 0; at < self->n; at++) {
        if (strcmp(self->key[at], key) == 0) {
            return self->value[at];
        }
    }
    return NULL;
}

/* Relative to the folder of the sweep file where it lies there: called from elsewhere, it is the same sweep.
 */
static const char *relative(const pc_sweep *self, const char *path)
{
    const char *slash = strrchr(self->file, '/');
    size_t length = slash == NULL ? 0 : (size_t)(slash - self->file) + 1;

    return length > 0 && strncmp(path, self->file, length) == 0 ? path + length : path;
}

static pc_status add_number(sweep_manifest *out, const char *key, size_t number)
{
    char text[32];

    snprintf(text, sizeof text, "%zu", number);
    return sweep_manifest_add(out, key, text);
}

static pc_status add_inputs(const pc_sweep *self, sweep_manifest *out, pc_diagnostics *diagnostics)
{
    pc_status status = PC_OK;

    for (size_t i = 0; i < self->n_input && status == PC_OK; i++) {
        char hash[PC_HASH_TEXT_SIZE], *key = pc_format_text("input %s", relative(self, self->input[i]));

        if (key != NULL && !pc_file_hash(self->input[i], hash)) {
            pc_diagnostics_add(diagnostics, PC_ERROR, (pc_place){.file = self->input[i]}, "cannot be read");
            free(key);
            return PC_ERR_INPUT;
        }
        status = key == NULL ? PC_ERR_NO_MEMORY : sweep_manifest_add(out, key, hash);
        free(key);
    }
    return status;
}

pc_status sweep_manifest_make(const pc_sweep *self, const sweep_part *part, sweep_manifest *out,
                              pc_diagnostics *diagnostics)
{
    char text[64];
    pc_status status;

    memset(out, 0, sizeof *out);
    snprintf(text, sizeof text, "%d/%d", part->shard, part->n_shard);
    status = sweep_manifest_add(out, "shard", text);
    status = status != PC_OK ? status : sweep_manifest_add(out, "format", "1");
    status = status != PC_OK ? status : sweep_manifest_add(out, "version", pc_library_version());
    status = status != PC_OK ? status : sweep_manifest_add(out, "sweep", self->name);
    status = status != PC_OK ? status : sweep_manifest_add(out, "file", relative(self, self->file));
    status = status != PC_OK ? status : add_number(out, "runs", self->n_run);
    status = status != PC_OK ? status : add_number(out, "first_run", part->first);
    status = status != PC_OK ? status : add_number(out, "last_run", part->last);
    if (status == PC_OK && part->round_to >= 2) {
        status = add_number(out, "rounded_to", (size_t)part->round_to);
    }
    for (size_t s = 0; s < self->n_setting && status == PC_OK; s++) {
        snprintf(text, sizeof text, "setting %03zu", s + 1);
        status = sweep_manifest_add(out, text, self->setting[s]);
    }
    status = status != PC_OK ? status : add_inputs(self, out, diagnostics);
    if (status != PC_OK) {
        sweep_manifest_free(out);
    }
    return status;
}

/* One difference in words. `now` or `then` is NULL when only the other has the key. */
static void tell(const char *key, const char *now, const char *then, const char *path,
                 pc_diagnostics *diagnostics)
{
    pc_place place = {.file = path};

    if (strncmp(key, "input ", 6) == 0) {
        pc_diagnostics_add(diagnostics, PC_ERROR, place, "the file %s %s since these runs were made", key + 6,
                           now == NULL    ? "is no longer read, but was"
                           : then == NULL ? "is read now, but was not, "
                                          : "has changed");
    } else if (strncmp(key, "setting ", 8) == 0) {
        pc_diagnostics_add(diagnostics, PC_ERROR, place,
                           "these runs were made with the setting %s, now it is %s",
                           then == NULL ? "(none)" : then, now == NULL ? "(none)" : now);
    } else {
        pc_diagnostics_add(diagnostics, PC_ERROR, place, "these runs were made with %s %s, now it is %s", key,
                           then == NULL ? "(none)" : then, now == NULL ? "(none)" : now);
    }
}

pc_status sweep_manifest_compare(const sweep_manifest *expected, const sweep_manifest *found,
                                 const char *path, pc_diagnostics *diagnostics)
{
    bool same = true;

    for (size_t at = 0; at < expected->n; at++) {
        const char *then = sweep_manifest_get(found, expected->key[at]);

        if (then == NULL || strcmp(then, expected->value[at]) != 0) {
            tell(expected->key[at], expected->value[at], then, path, diagnostics);
            same = false;
        }
    }
    for (size_t at = 0; at < found->n; at++) {
        if (strcmp(found->key[at], "finished") != 0 && sweep_manifest_get(expected, found->key[at]) == NULL) {
            tell(found->key[at], NULL, found->value[at], path, diagnostics);
            same = false;
        }
    }
    if (!same) {
        pc_diagnostics_add(diagnostics, PC_ERROR, (pc_place){.file = path},
                           "belongs to other inputs, and nothing was changed: expected the same as then, or "
                           "the name of a new file");
    }
    return same ? PC_OK : PC_ERR_INPUT;
}

pc_status sweep_manifest_read(sqlite3 *handle, sweep_manifest *out)
{
    sqlite3_stmt *rows = NULL;
    pc_status status = PC_OK;
    int code = sqlite3_prepare_v2(handle, "SELECT key, value FROM meta ORDER BY key", -1, &rows, NULL);

    memset(out, 0, sizeof *out);
    while (code == SQLITE_OK && status == PC_OK && (code = sqlite3_step(rows)) == SQLITE_ROW) {
        const char *key = (const char *)sqlite3_column_text(rows, 0);
        const char *value = (const char *)sqlite3_column_text(rows, 1);

        if (sqlite3_column_type(rows, 0) == SQLITE_NULL || sqlite3_column_type(rows, 1) == SQLITE_NULL) {
            status = PC_ERR_IO; /* not written by us */
        } else {
            status = key == NULL || value == NULL ? PC_ERR_NO_MEMORY : sweep_manifest_add(out, key, value);
        }
        code = SQLITE_OK;
    }
    sqlite3_finalize(rows);
    status = status == PC_OK && code != SQLITE_DONE ? PC_ERR_IO : status;
    if (status != PC_OK) {
        sweep_manifest_free(out);
    }
    return status;
}
