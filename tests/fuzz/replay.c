/* replay.c - a fuzz target over files that are kept, and over every file below the folders named: each must
 * be survived. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "fuzz.h"

static size_t n_run;

static void run_file(const char *path)
{
    FILE *stream = fopen(path, "rb");
    uint8_t *data = NULL;
    size_t size = 0, room = 0, got;

    if (stream == NULL) {
        fprintf(stderr, "%s: cannot be opened\n", path);
        exit(1);
    }
    do {
        if (size == room) {
            room = room == 0 ? 1 << 16 : 2 * room;
            data = realloc(data, room);
            if (data == NULL) {
                abort();
            }
        }
        got = fread(data + size, 1, room - size, stream);
        size += got;
    } while (got > 0);
    fclose(stream);
    fprintf(stderr, "%s\n", path); /* the last one named is the one that failed */
    (void)LLVMFuzzerTestOneInput(data, size);
    n_run++;
    free(data);
}

static void run(const char *path)
{
    struct dirent **entry;
    struct stat about;
    int n;

    if (stat(path, &about) == 0 && S_ISREG(about.st_mode)) {
        run_file(path);
        return;
    }
    n = scandir(path, &entry, NULL, alphasort);
    for (int at = 0; at < n; at++) {
        char below[4096];

        snprintf(below, sizeof below, "%s/%s", path, entry[at]->d_name);
        if (entry[at]->d_name[0] != '.') {
            run(below);
        }
        free(entry[at]);
    }
    if (n >= 0) {
        free(entry);
    }
}

int main(int argc, char **argv)
{
    for (int at = 1; at < argc; at++) {
        run(argv[at]);
    }
    printf("%zu inputs\n", n_run);
    return n_run > 0 ? 0 : 1;
}
