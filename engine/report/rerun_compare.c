/* rerun_compare.c - a run made again beside the run: which bytes differ. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file_hash.h"
#include "base/memory.h"
#include "base/regular_file.h"
#include "placecast/rerun.h"

static const pc_manifest_file *find(size_t n, const pc_manifest_file *file, const char *path)
{
    for (size_t f = 0; f < n; f++) {
        if (strcmp(file[f].path, path) == 0) {
            return &file[f];
        }
    }
    return NULL;
}

/* The first line in which two files differ; 0 when they are equal or one cannot be read. */
static long first_difference(const char *a, const char *b)
{
    FILE *one = pc_is_regular(a) ? fopen(a, "rb") : NULL;
    FILE *other = pc_is_regular(b) ? fopen(b, "rb") : NULL;
    long line = 1, found = 0;
    int x = 0;

    while (one != NULL && other != NULL && found == 0 && x != EOF) {
        int y = fgetc(other);

        x = fgetc(one);
        found = x != y ? line : 0;
        line += x == '\n';
    }
    if (one != NULL) {
        fclose(one);
    }
    if (other != NULL) {
        fclose(other);
    }
    return found;
}

/* A new file in the folder of returns changes no hash of the files that were there. */
static size_t compare_inputs(const pc_manifest *self, const pc_manifest *again, pc_diagnostics *diagnostics)
{
    size_t n = 0;

    for (size_t i = 0; i < again->n_input; i++) {
        if (find(self->n_input, self->input, again->input[i].path) == NULL) {
            pc_diagnostics_add(diagnostics, PC_ERROR, (pc_place){.file = again->input[i].path},
                               "is read now, and was not by the run");
            n++;
        }
    }
    for (size_t i = 0; i < self->n_input; i++) {
        if (find(again->n_input, again->input, self->input[i].path) == NULL) {
            pc_diagnostics_add(diagnostics, PC_ERROR, (pc_place){.file = self->input[i].path},
                               "was read by the run, and is not now");
            n++;
        }
    }
    return n;
}

typedef enum verdict { SAME, DIFFERENT, NOT_COMPARED } verdict;

static verdict judge(const char *expected, const char *was, const char *is, const char *name,
                     pc_diagnostics *diagnostics)
{
    char now[PC_HASH_TEXT_SIZE], then[PC_HASH_TEXT_SIZE];
    bool has_then = pc_is_regular(was) && pc_file_hash(was, then);
    long line;

    if (expected == NULL && !has_then) {
        if (access(was, F_OK) != 0 && errno == ENOENT) {
            return NOT_COMPARED;
        }
        pc_diagnostics_add(diagnostics, PC_ERROR, (pc_place){.file = was},
                           "cannot be read, and so cannot be compared");
        return DIFFERENT;
    }
    if (!pc_is_regular(is) || !pc_file_hash(is, now)) {
        bool absent = access(is, F_OK) != 0 && errno == ENOENT;

        pc_diagnostics_add(diagnostics, PC_ERROR, (pc_place){.file = is}, "%s",
                           absent ? "was not written, and was by the run"
                                  : "cannot be read, and so cannot be compared");
        return DIFFERENT;
    }
    if (strcmp(now, expected != NULL ? expected : then) == 0) {
        return SAME;
    }
    /* The file beside run.json may have been changed since: then its rows say nothing. */
    line = has_then && (expected == NULL || strcmp(then, expected) == 0) ? first_difference(was, is) : 0;
    pc_diagnostics_add(diagnostics, PC_ERROR, (pc_place){.file = is, .line = line},
                       "differs from %s of the run%s", name, line > 0 ? ", first in this line" : "");
    return DIFFERENT;
}

pc_status pc_manifest_compare(const pc_manifest *self, const pc_manifest *again, size_t *n_compared,
                              size_t *n_different, pc_diagnostics *diagnostics)
{
    *n_compared = 0;
    *n_different = compare_inputs(self, again, diagnostics);
    for (size_t o = 0; o < self->n_output; o++) {
        const pc_manifest_file *output = &self->output[o];
        char *was, *is;
        verdict found;

        if (strcmp(output->path, "run.json") == 0) {
            continue; /* timings and memory: never the same */
        }
        was = pc_format_text("%s/%s", self->folder, output->path);
        is = pc_format_text("%s/%s", again->folder, output->path);
        if (was == NULL || is == NULL) {
            free(was);
            free(is);
            return PC_ERR_NO_MEMORY;
        }
        found = judge(output->sha256, was, is, output->path, diagnostics);
        *n_compared += found != NOT_COMPARED;
        *n_different += found == DIFFERENT;
        free(was);
        free(is);
    }
    for (size_t o = 0; o < again->n_output; o++) {
        if (find(self->n_output, self->output, again->output[o].path) == NULL) {
            pc_diagnostics_add(diagnostics, PC_ERROR, (pc_place){.file = again->output[o].path},
                               "was written now, and was not by the run");
            *n_different += 1;
        }
    }
    return PC_OK;
}
