/* A disk that fills up while a sweep is written: said so, nothing that was finished is lost, and it goes on
 * when there is room. A process that is killed at any of its operations on the disk: the same. The disk is a
 * file system of SQLite's own kind that refuses to grow files beyond a bound, and ends the process at a
 * count.
 */
#include <limits.h>
#include <omp.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sweep_case.h"

/* The default file system with a bound on all bytes written. */
typedef struct small_file {
    sqlite3_file base; /* first: SQLite hands out pointers to it */
    sqlite3_file *real;
} small_file;

static sqlite3_vfs *real_disk;
static sqlite3_int64 room;                   /* bytes that may still be written */
static long n_operation, kill_at = LONG_MAX; /* writes, syncs and cuts so far; the one before which it ends */

static void count_operation(void)
{
    if (++n_operation == kill_at) {
        (void)raise(SIGKILL);
    }
}

static sqlite3_file *real(sqlite3_file *file)
{
    return ((small_file *)(void *)file)->real;
}

static int small_close(sqlite3_file *file)
{
    int code = real(file)->pMethods->xClose(real(file));

    sqlite3_free(real(file));
    return code;
}

static int small_read(sqlite3_file *file, void *to, int n, sqlite3_int64 at)
{
    return real(file)->pMethods->xRead(real(file), to, n, at);
}

static int small_write(sqlite3_file *file, const void *from, int n, sqlite3_int64 at)
{
    count_operation();
    if (room < n) {
        return SQLITE_FULL;
    }
    room -= n;
    return real(file)->pMethods->xWrite(real(file), from, n, at);
}

static int small_truncate(sqlite3_file *file, sqlite3_int64 size)
{
    count_operation();
    return real(file)->pMethods->xTruncate(real(file), size);
}

static int small_sync(sqlite3_file *file, int flags)
{
    count_operation();
    return real(file)->pMethods->xSync(real(file), flags);
}

static int small_size(sqlite3_file *file, sqlite3_int64 *size)
{
    return real(file)->pMethods->xFileSize(real(file), size);
}

static int small_lock(sqlite3_file *file, int level)
{
    return real(file)->pMethods->xLock(real(file), level);
}

static int small_unlock(sqlite3_file *file, int level)
{
    return real(file)->pMethods->xUnlock(real(file), level);
}

static int small_reserved(sqlite3_file *file, int *out)
{
    return real(file)->pMethods->xCheckReservedLock(real(file), out);
}

static int small_control(sqlite3_file *file, int what, void *argument)
{
    return real(file)->pMethods->xFileControl(real(file), what, argument);
}

static int small_sector(sqlite3_file *file)
{
    return real(file)->pMethods->xSectorSize(real(file));
}

static int small_traits(sqlite3_file *file)
{
    return real(file)->pMethods->xDeviceCharacteristics(real(file));
}

static int small_map(sqlite3_file *file, int page, int size, int extend, void volatile **out)
{
    return real(file)->pMethods->xShmMap(real(file), page, size, extend, out);
}

static int small_shm_lock(sqlite3_file *file, int offset, int n, int flags)
{
    return real(file)->pMethods->xShmLock(real(file), offset, n, flags);
}

static void small_barrier(sqlite3_file *file)
{
    real(file)->pMethods->xShmBarrier(real(file));
}

static int small_unmap(sqlite3_file *file, int drop)
{
    return real(file)->pMethods->xShmUnmap(real(file), drop);
}

static const sqlite3_io_methods small_methods = {.iVersion = 2,
                                                 .xClose = small_close,
                                                 .xRead = small_read,
                                                 .xWrite = small_write,
                                                 .xTruncate = small_truncate,
                                                 .xSync = small_sync,
                                                 .xFileSize = small_size,
                                                 .xLock = small_lock,
                                                 .xUnlock = small_unlock,
                                                 .xCheckReservedLock = small_reserved,
                                                 .xFileControl = small_control,
                                                 .xSectorSize = small_sector,
                                                 .xDeviceCharacteristics = small_traits,
                                                 .xShmMap = small_map,
                                                 .xShmLock = small_shm_lock,
                                                 .xShmBarrier = small_barrier,
                                                 .xShmUnmap = small_unmap};

static int small_open(sqlite3_vfs *disk, const char *name, sqlite3_file *file, int flags, int *out_flags)
{
    small_file *self = (small_file *)(void *)file;
    int code;

    (void)disk;
    self->base.pMethods = NULL;
    self->real = sqlite3_malloc(real_disk->szOsFile);
    if (self->real == NULL) {
        return SQLITE_NOMEM;
    }
    memset(self->real, 0, (size_t)real_disk->szOsFile);
    code = real_disk->xOpen(real_disk, name, self->real, flags, out_flags);
    if (code != SQLITE_OK) {
        sqlite3_free(self->real);
    } else {
        self->base.pMethods = &small_methods;
    }
    return code;
}

static sqlite3_vfs small_disk;

static int begin_small_disk(void **state)
{
    (void)state;
    real_disk = sqlite3_vfs_find(NULL);
    small_disk = *real_disk;
    small_disk.zName = "small";
    small_disk.szOsFile = (int)sizeof(small_file);
    small_disk.xOpen = small_open;
    small_disk.pNext = NULL;
    return sqlite3_vfs_register(&small_disk, 1);
}

static int end_small_disk(void **state)
{
    (void)state;
    return sqlite3_vfs_unregister(&small_disk);
}

#define SWEEP                                                                                                \
    "sweep: 1\nname: Small sweep\nbase: base.yaml\nreplicates: 5\n"                                          \
    "factors: [{name: seed, key: seed, range: {low: 1, high: 40, steps: 40, whole: true}}]\n"                \
    "keep: {categories: each, dates: [years, months]}\n"
enum { RUNS = 40 };

static void a_full_disk_loses_nothing(void **state)
{
    sweep_case self;
    pc_sweep_outcome outcome;
    size_t n_full = 0;

    (void)state;
    sweep_case_begin(&self, SWEEP);
    room = INT64_MAX;
    assert_ok(sweep_case_run(&self, "whole.db", NULL, &outcome), &self.diagnostics);
    /* Every few kilobytes it is full again, wherever that falls: tables, runs, the commit, the last copy. */
    for (sqlite3_int64 more = 20000; more < 4000000; more += more / 3) {
        pc_status status;
        size_t before;

        room = more;
        status = sweep_case_run(&self, "full.db", NULL, &outcome);
        before = outcome.n_before + outcome.n_done;
        if (status == PC_OK) {
            break;
        }
        n_full++;
        assert_status(status, PC_ERR_IO, &self.diagnostics);
        assert_message(&self.diagnostics, "full.db: the disk is full; the runs that are finished are kept");
        assert_true(before <= RUNS);
    }
    assert_true(n_full >= 5);
    assert_int_equal(outcome.n_before + outcome.n_done, RUNS);
    assert_true(sweep_case_same(&self, "whole.db", "full.db"));
    sweep_case_end(&self);
}

static void assert_sound(const sweep_case *self, const char *name)
{
    char *path = pc_test_path(self->folder, name);
    sqlite3 *handle = NULL;
    sqlite3_stmt *row = NULL;

    assert_int_equal(sqlite3_open_v2(path, &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL),
                     SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(handle, "PRAGMA integrity_check", -1, &row, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(row), SQLITE_ROW);
    assert_string_equal((const char *)sqlite3_column_text(row, 0), "ok");
    sqlite3_finalize(row);
    /* No half run: what has a row in one table has all of them in the other. Without tables there are none.
     */
    if (sqlite3_prepare_v2(
            handle,
            "SELECT count(*) FROM runs LEFT JOIN (SELECT run, count(*) AS n FROM results GROUP BY "
            "run) USING (run) WHERE coalesce(n, 0) <> (SELECT max(n) FROM (SELECT count(*) AS n "
            "FROM results GROUP BY run))",
            -1, &row, NULL) == SQLITE_OK) {
        assert_int_equal(sqlite3_step(row), SQLITE_ROW);
        assert_int_equal(sqlite3_column_int64(row, 0), 0);
    }
    sqlite3_finalize(row);
    assert_int_equal(sqlite3_close(handle), SQLITE_OK);
    free(path);
}

/* Runs the sweep in a process that is killed before that operation. False: it was done before. */
static bool killed_at(sweep_case *self, long operation)
{
    int ended = 0;
    pid_t child = fork();

    assert_true(child >= 0);
    if (child == 0) {
        n_operation = 0;
        kill_at = operation;
        _exit(sweep_case_run(self, "killed.db", NULL, NULL) == PC_OK ? 0 : 1);
    }
    assert_int_equal(waitpid(child, &ended, 0), child);
    assert_true(WIFSIGNALED(ended) ? WTERMSIG(ended) == SIGKILL : WEXITSTATUS(ended) == 0);
    return WIFSIGNALED(ended);
}

static void killed_at_any_operation_on_the_disk_nothing_is_lost(void **state)
{
    enum { KILLS = 16 };
    sweep_case self;
    pc_sweep_outcome outcome;
    long all;
    size_t n_killed = 0, n_kept = 0;

    (void)state;
    sweep_case_begin(&self, SWEEP);
    room = INT64_MAX;
    n_operation = 0;
    assert_ok(sweep_case_run(&self, "whole.db", NULL, &outcome), &self.diagnostics);
    all = n_operation;
    assert_true(all > 4L * KILLS);
    for (long at = 0; at < KILLS; at++) {
        char *path = pc_test_path(self.folder, "killed.db"),
             *lock = pc_test_path(self.folder, "killed.db.lock");

        n_killed += killed_at(&self, 1 + at * all / KILLS);
        assert_sound(&self, "killed.db");
        assert_ok(sweep_case_run(&self, "killed.db", NULL, &outcome), &self.diagnostics);
        assert_int_equal(outcome.n_before + outcome.n_done, RUNS);
        n_kept += outcome.n_before > 0;
        assert_true(sweep_case_same(&self, "whole.db", "killed.db"));
        assert_false(pc_test_exists(lock));
        pc_test_remove(path);
        free(path);
        free(lock);
    }
    assert_int_equal(n_killed, KILLS);
    assert_true(n_kept > 0); /* some fell after the first commit */
    sweep_case_end(&self);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(killed_at_any_operation_on_the_disk_nothing_is_lost),
        cmocka_unit_test(a_full_disk_loses_nothing),
    };

    omp_set_num_threads(1); /* no threads that a fork would leave behind */
    return cmocka_run_group_tests(tests, begin_small_disk, end_small_disk);
}
