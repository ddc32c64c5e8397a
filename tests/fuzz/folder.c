/* folder.c - a bundle of files unpacked into a folder of the process. */
#include <ctype.h>
#include <dirent.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fuzz.h"

enum { MOST_FILES = 40, LONGEST_NAME = 80 };

static char folder[256];

static void empty(const char *path)
{
    DIR *stream = opendir(path);
    const struct dirent *entry;

    while (stream != NULL && (entry = readdir(stream)) != NULL) {
        char below[700];

        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0) {
            snprintf(below, sizeof below, "%s/%s", path, entry->d_name);
            if (unlink(below) != 0) {
                empty(below);
                (void)rmdir(below);
            }
        }
    }
    if (stream != NULL) {
        closedir(stream);
    }
}

static void clear(void)
{
    empty(folder);
    (void)rmdir(folder);
}

const char *fuzz_folder(void)
{
    if (folder[0] == '\0') {
        const char *base = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";

        snprintf(folder, sizeof folder, "%s/placecast-fuzz-XXXXXX", base);
        if (mkdtemp(folder) == NULL) {
            abort();
        }
        atexit(clear);
    }
    return folder;
}

const char *fuzz_path(const char *name)
{
    static char path[512];

    snprintf(path, sizeof path, "%s/%s", fuzz_folder(), name);
    return path;
}

void fuzz_write(const char *name, const void *data, size_t size)
{
    FILE *stream = fopen(fuzz_path(name), "wb");

    if (stream != NULL) {
        (void)!fwrite(data, 1, size, stream);
        fclose(stream);
    }
}

/* The length of a line `@@@ NAME` at `at`, newline included, and the name; 0 when there is none. */
static size_t marker(const uint8_t *data, size_t size, size_t at, char name[LONGEST_NAME])
{
    size_t n = 0, slashes = 0, end = at + 4;

    if (size - at < 5 || memcmp(data + at, "@@@ ", 4) != 0) {
        return 0;
    }
    while (end < size && data[end] != '\n' && n < LONGEST_NAME - 1) {
        slashes += data[end] == '/';
        if (!isalnum(data[end]) && strchr("._-/", data[end]) == NULL) {
            return 0;
        }
        name[n++] = (char)data[end++];
    }
    name[n] = '\0';
    if (end == size || data[end] != '\n' || n == 0 || name[0] == '/' || slashes > 1 ||
        strstr(name, "..") != NULL || name[n - 1] == '/' || name[n - 1] == '.' ||
        strncmp(name, "./", 2) == 0) {
        return 0;
    }
    return end + 1 - at;
}

static void put(const char *name, const uint8_t *data, size_t size)
{
    const char *slash = strchr(name, '/');

    if (slash != NULL) {
        char below[LONGEST_NAME];

        snprintf(below, sizeof below, "%.*s", (int)(slash - name), name);
        (void)mkdir(fuzz_path(below), 0700);
    }
    fuzz_write(name, data, size);
}

size_t fuzz_unpack(const uint8_t *data, size_t size, const char *otherwise)
{
    char name[LONGEST_NAME], next[LONGEST_NAME];
    size_t at = marker(data, size, 0, name), from = at, n = 0;

    empty(fuzz_folder());
    if (at == 0) {
        put(otherwise, data, size);
        return 1;
    }
    for (bool at_line = true; at <= size && n < MOST_FILES; at++) {
        size_t length = at_line && at < size ? marker(data, size, at, next) : 0;

        if (length > 0 || at == size) {
            put(name, data + from, at - from);
            n++;
            memcpy(name, next, sizeof name);
            from = at + length;
            at = from == at ? at : from - 1;
            if (length == 0) {
                break;
            }
        }
        at_line = at < size && data[at] == '\n';
    }
    return n;
}
