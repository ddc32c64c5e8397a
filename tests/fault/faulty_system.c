/* faulty_system.c - the system calls of a process, one of which fails on request. Linked into a copy of the
 * command (placecast_faults), whose own open(), write() ... stand before those of the C library, for every
 * library too.
 *
 *   FAULT=KIND:N      the N-th call of the kind fails
 *   FAULT=KIND:N+     and each later one (a disk that stays full)
 *   FAULT=KIND:N!     the process is killed before it
 *   FAULT_COUNT=FILE  how many calls of each kind there were: `KIND COUNT` a line
 *
 * Streams are made of cookies, so that a failing write comes out where it would: at a full buffer, fflush or
 * fclose. Kinds: see the list below. tests/fault/walk_verbs.py fails them in turn. */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <execinfo.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum kind { ALLOCATE, LIBRARY, OPEN, LIST, READ, WRITE, SYNC, CLOSE, RENAME, REMOVE, MAKE, N_KIND };

static const struct {
    const char *name;
    int error;
} kinds[N_KIND] = {{"allocate", ENOMEM}, {"library", ENOMEM}, {"open", EMFILE}, {"list", EIO},
                   {"read", EIO},        {"write", ENOSPC},   {"sync", EIO},    {"close", EIO},
                   {"rename", EIO},      {"remove", EIO},     {"make", ENOSPC}};

static atomic_long n_so_far[N_KIND];
static atomic_bool armed;
static enum kind fail_kind = N_KIND;
static long fail_at;
static bool fail_after, kills;

static bool fails(enum kind kind)
{
    long n;

    if (!armed) {
        return false;
    }
    n = atomic_fetch_add(&n_so_far[kind], 1) + 1;
    if (kind != fail_kind || n < fail_at || (n > fail_at && !fail_after)) {
        return false;
    }
    if (kills) {
        kill(getpid(), SIGKILL);
    }
    errno = kinds[kind].error;
    return true;
}

/* The function of that name in the C library, or in the sanitizer that stands before it. */
static void find(const char *name, void *function)
{
    void *found = dlsym(RTLD_NEXT, name);

    if (found == NULL) {
        abort();
    }
    memcpy(function, &found, sizeof found);
}
#define REAL(type, name, parameters)                                                                         \
    type(*real) parameters;                                                                                  \
    find(name, (void *)&real)

/* ---- memory: calls of the project's own code are wrapped by the linker; what libraries and the C library
 * allocate comes through malloc() itself, which stands before theirs, or before that of the sanitizer ---- */

#ifdef __SANITIZE_ADDRESS__
#define SYSTEM(name) __interceptor_##name
#else
#define SYSTEM(name) __libc_##name
#endif
void *SYSTEM(malloc)(size_t size);
void *SYSTEM(calloc)(size_t n, size_t size);
void *SYSTEM(realloc)(void *old, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t n, size_t size);
void *__wrap_realloc(void *old, size_t size);

void *__wrap_malloc(size_t size)
{
    return fails(ALLOCATE) ? NULL : SYSTEM(malloc)(size);
}

void *__wrap_calloc(size_t n, size_t size)
{
    return fails(ALLOCATE) ? NULL : SYSTEM(calloc)(n, size);
}

void *__wrap_realloc(void *old, size_t size)
{
    return fails(ALLOCATE) ? NULL : SYSTEM(realloc)(old, size);
}

void *malloc(size_t size)
{
    return fails(LIBRARY) ? NULL : SYSTEM(malloc)(size);
}

void *calloc(size_t n, size_t size)
{
    return fails(LIBRARY) ? NULL : SYSTEM(calloc)(n, size);
}

void *realloc(void *old, size_t size)
{
    return fails(LIBRARY) ? NULL : SYSTEM(realloc)(old, size);
}

/* ---- descriptors ---- */

static int open_as(const char *name, const char *path, int flags, mode_t mode)
{
    REAL(int, name, (const char *, int, ...));
    int file;

    if (fails(OPEN)) {
        return -1;
    }
    file = real(path, flags, mode);
    if (armed && file < 0 && errno == EEXIST && (flags & O_EXCL) != 0) {
        atomic_fetch_sub(&n_so_far[OPEN], 1); /* a random name was taken: not a call that each run makes */
    }
    return file;
}

int open(const char *path, int flags, ...)
{
    va_list rest;
    mode_t mode;

    va_start(rest, flags);
    mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(rest, mode_t) : 0;
    va_end(rest);
    return open_as("open", path, flags, mode);
}

int open64(const char *path, int flags, ...)
{
    va_list rest;
    mode_t mode;

    va_start(rest, flags);
    mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(rest, mode_t) : 0;
    va_end(rest);
    return open_as("open64", path, flags, mode);
}

int close(int file)
{
    REAL(int, "close", (int));
    int code = real(file);

    return fails(CLOSE) ? -1 : code;
}

ssize_t read(int file, void *to, size_t n)
{
    REAL(ssize_t, "read", (int, void *, size_t));
    return fails(READ) ? -1 : real(file, to, n);
}

ssize_t pread(int file, void *to, size_t n, off_t at)
{
    REAL(ssize_t, "pread", (int, void *, size_t, off_t));
    return fails(READ) ? -1 : real(file, to, n, at);
}

ssize_t pread64(int file, void *to, size_t n, off64_t at)
{
    REAL(ssize_t, "pread64", (int, void *, size_t, off64_t));
    return fails(READ) ? -1 : real(file, to, n, at);
}

/* What goes to standard error is the message that the walk asks for: it does not fail. */
ssize_t write(int file, const void *from, size_t n)
{
    REAL(ssize_t, "write", (int, const void *, size_t));
    return file != STDERR_FILENO && fails(WRITE) ? -1 : real(file, from, n);
}

ssize_t pwrite(int file, const void *from, size_t n, off_t at)
{
    REAL(ssize_t, "pwrite", (int, const void *, size_t, off_t));
    return fails(WRITE) ? -1 : real(file, from, n, at);
}

ssize_t pwrite64(int file, const void *from, size_t n, off64_t at)
{
    REAL(ssize_t, "pwrite64", (int, const void *, size_t, off64_t));
    return fails(WRITE) ? -1 : real(file, from, n, at);
}

int fsync(int file)
{
    REAL(int, "fsync", (int));
    return fails(SYNC) ? -1 : real(file);
}

int fdatasync(int file)
{
    REAL(int, "fdatasync", (int));
    return fails(SYNC) ? -1 : real(file);
}

/* ---- names ---- */

int rename(const char *from, const char *to)
{
    REAL(int, "rename", (const char *, const char *));
    return fails(RENAME) ? -1 : real(from, to);
}

int unlink(const char *path)
{
    REAL(int, "unlink", (const char *));
    return fails(REMOVE) ? -1 : real(path);
}

int mkdir(const char *path, mode_t mode)
{
    REAL(int, "mkdir", (const char *, mode_t));
    return fails(MAKE) ? -1 : real(path, mode);
}

DIR *opendir(const char *path)
{
    REAL(DIR *, "opendir", (const char *));
    return fails(OPEN) ? NULL : real(path);
}

struct dirent *readdir(DIR *folder)
{
    REAL(struct dirent *, "readdir", (DIR *));
    return fails(LIST) ? NULL : real(folder);
}

/* ---- streams ---- */

static ssize_t cookie_read(void *cookie, char *to, size_t n)
{
    return read(*(int *)cookie, to, n);
}

static ssize_t cookie_write(void *cookie, const char *from, size_t n)
{
    size_t done = 0;

    while (done < n) {
        ssize_t part = write(*(int *)cookie, from + done, n - done);

        if (part < 0) {
            return 0; /* what a cookie gives for an error */
        }
        done += (size_t)part;
    }
    return (ssize_t)n;
}

static int cookie_seek(void *cookie, off64_t *at, int from)
{
    off64_t now = lseek64(*(int *)cookie, *at, from);

    *at = now;
    return now < 0 ? -1 : 0;
}

static int cookie_close(void *cookie)
{
    int file = *(int *)cookie;

    free(cookie);
    return close(file);
}

static int standard_close(void *cookie)
{
    return close(*(int *)cookie);
}

/* Standard output: its cookie is no allocation, which the sanitizer would take for a leak at the end. */
static FILE *standard_stream(void)
{
    static int file = STDOUT_FILENO;

    return fopencookie(&file, "w",
                       (cookie_io_functions_t){cookie_read, cookie_write, cookie_seek, standard_close});
}

static FILE *stream_of(int file, const char *mode)
{
    int *cookie = SYSTEM(malloc)(sizeof *cookie);
    FILE *stream = NULL;

    if (cookie != NULL) {
        *cookie = file;
        stream = fopencookie(cookie, mode,
                             (cookie_io_functions_t){cookie_read, cookie_write, cookie_seek, cookie_close});
    }
    if (stream == NULL) {
        int why = errno;

        armed = false;
        close(file);
        free(cookie);
        armed = true;
        errno = why;
    }
    return stream;
}

static int flags_of(const char *mode)
{
    bool both = strchr(mode, '+') != NULL;

    return mode[0] == 'r'   ? (both ? O_RDWR : O_RDONLY)
           : mode[0] == 'w' ? (both ? O_RDWR : O_WRONLY) | O_CREAT | O_TRUNC
                            : (both ? O_RDWR : O_WRONLY) | O_CREAT | O_APPEND;
}

FILE *fopen(const char *path, const char *mode)
{
    int file = open(path, flags_of(mode), 0666);

    return file < 0 ? NULL : stream_of(file, mode);
}

FILE *fopen64(const char *path, const char *mode)
{
    return fopen(path, mode);
}

FILE *fdopen(int file, const char *mode)
{
    return fails(OPEN) ? NULL : stream_of(file, mode);
}

FILE *tmpfile(void)
{
    return fails(OPEN) ? NULL : stream_of(open("/tmp", O_TMPFILE | O_RDWR, 0600), "w+");
}

FILE *tmpfile64(void)
{
    return tmpfile();
}

/* ---- crashes: whose they are, since a library may not survive what it cannot allocate ---- */

#ifndef __SANITIZE_ADDRESS__ /* which tells it itself */
static bool is_system(const char *file)
{
    return strstr(file, "/libc.so") != NULL || strstr(file, "/libasan.so") != NULL;
}

static void crashed(int signal_number)
{
    void *frame[64];
    int n = backtrace(frame, 64);
    Dl_info where;
    int at = 0;

    /* The first is this function, then what the system puts between: the first after those outside the C
     * library. */
    for (at = 1; at < n; at++) {
        if (dladdr(frame[at], &where) != 0 && where.dli_fname != NULL && !is_system(where.dli_fname)) {
            const char *slash = strrchr(where.dli_fname, '/');
            const char *name = slash == NULL ? where.dli_fname : slash + 1;

            dprintf(STDERR_FILENO, "crashed in %s (signal %d)\n", name, signal_number);
            break;
        }
    }
    _exit(98);
}

static void catch_crashes(void)
{
    void *frame[1];

    (void)!backtrace(frame, 1); /* loads what it needs now */
    signal(SIGSEGV, crashed);
    signal(SIGABRT, crashed);
    signal(SIGBUS, crashed);
    signal(SIGFPE, crashed);
}
#else
static void catch_crashes(void) {}
#endif

/* ---- begin and end ---- */

__attribute__((constructor)) static void begin(void)
{
    const char *fault = getenv("FAULT");
    const char *colon = fault == NULL ? NULL : strchr(fault, ':');

    for (int kind = 0; colon != NULL && kind < N_KIND; kind++) {
        if (strlen(kinds[kind].name) == (size_t)(colon - fault) &&
            strncmp(kinds[kind].name, fault, (size_t)(colon - fault)) == 0) {
            fail_kind = (enum kind)kind;
            fail_at = atol(colon + 1);
            fail_after = strchr(colon, '+') != NULL;
            kills = strchr(colon, '!') != NULL;
        }
    }
    stdout = standard_stream();
    catch_crashes();
    armed = true;
}

__attribute__((destructor)) static void end(void)
{
    const char *path = getenv("FAULT_COUNT");

    armed = false;
    if (path != NULL) {
        FILE *stream = fopen(path, "w");

        for (int kind = 0; stream != NULL && kind < N_KIND; kind++) {
            fprintf(stream, "%s %ld\n", kinds[kind].name, (long)n_so_far[kind]);
        }
        if (stream != NULL) {
            fclose(stream);
        }
    }
}
