/* merge.c - the databases of all shards of a sweep into one. */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/memory.h"
#include "sweep/database.h"

typedef struct part {
    const char *path;
    sqlite3 *handle;
    sweep_manifest meta;
    size_t first, last, total;
    bool finished;
} part;

static size_t number(const sweep_manifest *meta, const char *key)
{
    const char *text = sweep_manifest_get(meta, key);

    return text == NULL ? 0 : (size_t)strtoull(text, NULL, 10);
}

static pc_status open_part(part *self, const char *path, pc_diagnostics *diagnostics)
{
    pc_status status;

    *self = (part){.path = path};
    status = sweep_database_read(path, &self->handle, diagnostics);
    status = status != PC_OK ? status
                             : sweep_database_manifest(self->handle, self->path, &self->meta, diagnostics);
    if (status != PC_OK) {
        return status == PC_ERR_IO ? PC_ERR_INPUT : status;
    }
    self->first = number(&self->meta, "first_run");
    self->last = number(&self->meta, "last_run");
    self->total = number(&self->meta, "runs");
    self->finished = sweep_manifest_get(&self->meta, "finished") != NULL;
    return PC_OK;
}

static int by_first(const void *a, const void *b)
{
    const part *left = a, *right = b;

    return left->first != right->first ? (left->first < right->first ? -1 : 1)
                                       : strcmp(left->path, right->path);
}

/* Does each shard come from the same sweep as the first? What a shard has of its own is left aside. */
static pc_status check_same(const part *first, const part *other, pc_diagnostics *diagnostics)
{
    static const char *const own[] = {"shard", "first_run", "last_run", "finished"};
    sweep_manifest expected = {0};
    pc_status status = PC_OK;

    for (size_t at = 0; at < first->meta.n && status == PC_OK; at++) {
        status = sweep_manifest_add(&expected, first->meta.key[at], first->meta.value[at]);
    }
    for (size_t at = 0; at < sizeof own / sizeof own[0] && status == PC_OK; at++) {
        const char *value = sweep_manifest_get(&other->meta, own[at]);

        status = value == NULL ? PC_OK : sweep_manifest_add(&expected, own[at], value);
    }
    status =
        status != PC_OK ? status : sweep_manifest_compare(&expected, &other->meta, other->path, diagnostics);
    sweep_manifest_free(&expected);
    return status;
}

static pc_status check_rows(const part *self, pc_diagnostics *diagnostics)
{
    size_t n = 0;
    pc_status status;

    if (!self->finished) {
        pc_diagnostics_add(diagnostics, PC_ERROR, (pc_place){.file = self->path},
                           "is not finished, expected all its runs: run this shard again, it goes on");
        return PC_ERR_INPUT;
    }
    status = sweep_database_count(self->handle, self->path, "runs", &n, diagnostics);
    if (status != PC_OK) {
        return status == PC_ERR_IO ? PC_ERR_INPUT : status;
    }
    if (n != self->last - self->first + 1) {
        pc_diagnostics_add(diagnostics, PC_ERROR, (pc_place){.file = self->path},
                           "holds %zu runs, expected %zu", n, self->last - self->first + 1);
        return PC_ERR_INPUT;
    }
    return PC_OK;
}

static pc_status check_cover(size_t n, const part *shard, pc_diagnostics *diagnostics)
{
    size_t next = 1;
    pc_status status = PC_OK;

    for (size_t at = 0; at < n; at++) {
        if (shard[at].first > next) {
            pc_diagnostics_add(diagnostics, PC_ERROR, (pc_place){.file = shard[at].path},
                               "runs %zu to %zu are missing before it, expected the shards that hold them",
                               next, shard[at].first - 1);
            status = PC_ERR_INPUT;
        } else if (shard[at].first < next) {
            pc_diagnostics_add(
                diagnostics, PC_ERROR, (pc_place){.file = shard[at].path},
                "holds runs from %zu on, which another one has as well, expected each shard once",
                shard[at].first);
            status = PC_ERR_INPUT;
        }
        next = shard[at].last + 1 > next ? shard[at].last + 1 : next;
    }
    if (status == PC_OK && next != shard[0].total + 1) {
        pc_diagnostics_add(diagnostics, PC_ERROR, (pc_place){.file = shard[n - 1].path},
                           "runs %zu to %zu are missing after it, expected the shards that hold them", next,
                           shard[0].total);
        status = PC_ERR_INPUT;
    }
    return status;
}

static pc_status check_all(size_t n, part *shard, pc_diagnostics *diagnostics)
{
    pc_status status = PC_OK;

    qsort(shard, n, sizeof *shard, by_first);
    for (size_t at = 0; at < n; at++) {
        pc_status same = at == 0 ? PC_OK : check_same(&shard[0], &shard[at], diagnostics);
        pc_status rows = check_rows(&shard[at], diagnostics);

        status = status != PC_OK ? status : same != PC_OK ? same : rows;
    }
    return status != PC_OK ? status : check_cover(n, shard, diagnostics);
}

/* What a sweep in one piece says of itself. */
static pc_status make_whole(sweep_manifest *meta)
{
    char total[32];
    pc_status status;

    snprintf(total, sizeof total, "%zu", number(meta, "runs"));
    status = sweep_manifest_add(meta, "shard", "1/1");
    status = status != PC_OK ? status : sweep_manifest_add(meta, "first_run", "1");
    return status != PC_OK ? status : sweep_manifest_add(meta, "last_run", total);
}

static pc_status join(size_t n, part *shard, const char *path, pc_sweep_outcome *out,
                      pc_diagnostics *diagnostics)
{
    sqlite3 **handle = pc_new_zero(n, sizeof *handle);
    pc_status status = handle == NULL ? PC_ERR_NO_MEMORY : check_all(n, shard, diagnostics);

    for (size_t at = 0; at < n && status == PC_OK; at++) {
        size_t rows = 0;

        handle[at] = shard[at].handle;
        status = sweep_database_count(handle[at], shard[at].path, "results", &rows, diagnostics);
        out->n_result += rows;
    }
    if (status == PC_OK) {
        out->first_run = 1;
        out->n_run = out->n_before = shard[0].total;
        out->round_to = (int)number(&shard[0].meta, "rounded_to");
        status = make_whole(&shard[0].meta);
    }
    status = status != PC_OK ? status : sweep_final_write(n, handle, &shard[0].meta, path, diagnostics);
    status = status != PC_OK ? status : sweep_final_place(path, diagnostics);
    free(handle);
    return status;
}

pc_status pc_sweep_merge(size_t n, const char *const *shard, const char *database, pc_sweep_outcome *out,
                         pc_diagnostics *diagnostics)
{
    part *parts = pc_new_zero(n, sizeof *parts);
    sweep_lock lock = {.file = -1};
    struct stat about;
    double began = sweep_clock();
    pc_status status = parts == NULL ? PC_ERR_NO_MEMORY : PC_OK;

    *out = (pc_sweep_outcome){.threads = 1};
    if (n == 0 || stat(database, &about) == 0) {
        pc_diagnostics_add(diagnostics, PC_ERROR, (pc_place){.file = database},
                           n == 0 ? "no shards to join, expected their databases"
                                  : "is there already, expected the name of a new file");
        status = n == 0 ? PC_ERR_USAGE : PC_ERR_INPUT;
    }
    for (size_t at = 0; at < n && status != PC_ERR_NO_MEMORY && parts != NULL; at++) {
        pc_status one = open_part(&parts[at], shard[at], diagnostics);

        status = status != PC_OK ? status : one;
    }
    status = status != PC_OK ? status : sweep_lock_take(&lock, database, diagnostics);
    status = status != PC_OK ? status : join(n, parts, database, out, diagnostics);
    sweep_lock_release(&lock);
    for (size_t at = 0; at < n && parts != NULL; at++) {
        sweep_manifest_free(&parts[at].meta);
        sqlite3_close(parts[at].handle);
    }
    free(parts);
    out->seconds = sweep_clock() - began;
    return status;
}
