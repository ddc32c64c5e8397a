/* paths.c - where results go by default, and what --confine lets through. */
#define _XOPEN_SOURCE 700 /* realpath */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cli.h"

/* Letters, digits, dot, dash and every byte of a UTF-8 letter stay; the rest becomes an underscore, and a
 * name of dots or a leading dash cannot arise. */
char *cli_default_folder(const char *name)
{
    size_t length = strlen(name);
    char *path = malloc(length + sizeof "out/_");
    char *at = path;

    if (path == NULL) {
        return NULL;
    }
    memcpy(at, "out/", 4);
    at += 4;
    for (size_t c = 0; c < length && c < 200; c++) {
        unsigned char byte = (unsigned char)name[c];
        bool plain = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
                     (byte >= '0' && byte <= '9') || byte >= 0x80 || (c > 0 && (byte == '.' || byte == '-'));

        *at++ = plain ? (char)byte : '_';
    }
    if (length == 0) {
        *at++ = '_';
    }
    *at = '\0';
    return path;
}

static char *resolved(const char *path)
{
    char *real = realpath(path, NULL);
    char *copy, *slash;

    if (real != NULL || errno != ENOENT) {
        return real;
    }
    copy = strdup(path);
    slash = copy == NULL ? NULL : strrchr(copy, '/');
    if (slash != NULL) {
        slash[slash == copy] = '\0';
    }
    real = copy == NULL ? NULL : realpath(slash != NULL ? copy : ".", NULL);
    free(copy);
    return real;
}

bool cli_same_path(const char *a, const char *b)
{
    char *x, *y;
    bool same;

    if (a == NULL || b == NULL || strcmp(a, b) == 0) {
        return a == b || (a != NULL && b != NULL);
    }
    x = realpath(a, NULL);
    y = realpath(b, NULL);
    same = x != NULL && y != NULL && strcmp(x, y) == 0;
    free(x);
    free(y);
    return same;
}

static bool is_inside(const char *path, const char *folder)
{
    char *inner = resolved(path), *outer = realpath(folder, NULL);
    size_t length = outer == NULL ? 0 : strlen(outer);
    bool inside = inner != NULL && outer != NULL && strncmp(inner, outer, length) == 0 &&
                  (inner[length] == '\0' || inner[length] == '/' || outer[length - 1] == '/');

    free(inner);
    free(outer);
    return inside;
}

pc_status cli_confined(const char *confine, const char *path, pc_diagnostics *diagnostics)
{
    if (confine == NULL || path == NULL || is_inside(path, confine)) {
        return PC_OK;
    }
    pc_diagnostics_add(diagnostics, PC_ERROR, (pc_place){.file = path}, "lies outside %s (--confine)",
                       confine);
    return PC_ERR_INPUT;
}

/* As deep as cleaning looks. Links are judged and not followed: what they lead to is inside, or refused. */
enum { DEEPEST = 33 };

static pc_status links_confined(const char *confine, const char *path, int depth, pc_diagnostics *diagnostics)
{
    DIR *folder = depth > DEEPEST ? NULL : opendir(path);
    const struct dirent *entry;
    pc_status status = PC_OK;

    while (folder != NULL && status != PC_ERR_NO_MEMORY && (entry = readdir(folder)) != NULL) {
        size_t size = strlen(path) + strlen(entry->d_name) + 2;
        struct stat about;
        char *below;
        pc_status one = PC_OK;

        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) {
            continue;
        }
        below = malloc(size);
        if (below == NULL) {
            one = PC_ERR_NO_MEMORY;
        } else {
            snprintf(below, size, "%s/%s", path, entry->d_name);
            if (lstat(below, &about) != 0) {
                one = PC_OK; /* gone again */
            } else if (S_ISLNK(about.st_mode)) {
                one = cli_confined(confine, below, diagnostics);
            } else if (S_ISDIR(about.st_mode)) {
                one = links_confined(confine, below, depth + 1, diagnostics);
            }
        }
        free(below);
        status = one == PC_OK ? status : one;
    }
    if (folder != NULL) {
        closedir(folder);
    }
    return status;
}

pc_status cli_confined_folder(const char *confine, const char *path, pc_diagnostics *diagnostics)
{
    pc_status status = cli_confined(confine, path, diagnostics);

    return confine == NULL || path == NULL || status != PC_OK ? status
                                                              : links_confined(confine, path, 0, diagnostics);
}

pc_status cli_confined_returns(const char *confine, const pc_quality *quality, pc_diagnostics *diagnostics)
{
    pc_status status = PC_OK;

    for (uint32_t p = 0; confine != NULL && p < quality->path.n; p++) {
        pc_status one = cli_confined(confine, pc_names_text(&quality->path, p), diagnostics);

        status = status == PC_OK ? one : status;
    }
    return status;
}
