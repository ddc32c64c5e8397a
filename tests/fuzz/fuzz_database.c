/* Databases of sweeps, read as shards to be merged: whatever the bytes are, and whatever tables a text of SQL
 * makes of them (bytes that are a sound database after a change are rare). */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "fuzz.h"
#include "placecast/sweep.h"

enum { MOST_STEPS = 2000, STEP = 100, LARGEST = 1 << 20 };

static int too_long(void *context)
{
    int *steps = context;

    return ++*steps > MOST_STEPS;
}

static char *text_of(const char *path)
{
    FILE *stream = fopen(path, "rb");
    char *text = stream == NULL ? NULL : calloc(1, LARGEST + 1);

    if (text != NULL) {
        (void)!fread(text, 1, LARGEST, stream);
    }
    if (stream != NULL) {
        fclose(stream);
    }
    return text;
}

/* Makes the database `path` with the SQL of the file `sql`, as far as that goes and does no harm; none
 * without it. */
static void make(const char *sql, const char *path)
{
    char *text = text_of(fuzz_path(sql));
    sqlite3 *handle = NULL;
    int steps = 0;

    if (text != NULL && sqlite3_open(path, &handle) == SQLITE_OK) {
        sqlite3_limit(handle, SQLITE_LIMIT_ATTACHED, 0);
        sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, LARGEST);
        sqlite3_progress_handler(handle, STEP, too_long, &steps);
        (void)sqlite3_exec(handle, "PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY", NULL, NULL,
                           NULL);
        (void)sqlite3_exec(handle, text, NULL, NULL, NULL);
    }
    sqlite3_close(handle);
    free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char first[512], second[512], both[512];
    const char *shard[] = {first, second};
    pc_sweep_outcome outcome;
    pc_diagnostics said;
    pc_status status;

    (void)fuzz_unpack(data, size, "1.db");
    snprintf(first, sizeof first, "%s", fuzz_path("1.db"));
    snprintf(second, sizeof second, "%s", fuzz_path("2.db"));
    snprintf(both, sizeof both, "%s", fuzz_path("both.db"));
    make("1.sql", first);
    make("2.sql", second);
    pc_diagnostics_init(&said);
    status = pc_sweep_merge(access(second, F_OK) == 0 ? 2 : 1, shard, both, &outcome, &said);
    (void)status;
    pc_diagnostics_free(&said);
    return 0;
}
