#include "intake/folder_walk.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "base/memory.h"

#define MAX_DEPTH 32

typedef struct walker {
    intake_walk *out;
    pc_diagnostics *diagnostics;
    struct {
        dev_t device;
        ino_t inode;
    } above[MAX_DEPTH]; /* the folders that hold this one */
} walker;

static pc_status add_found(walker *self, const char *path, const char *shown, const char *ignored)
{
    intake_found_file *file;

    if (pc_grow(&self->out->file, &self->out->capacity, self->out->n + 1, sizeof *self->out->file) != PC_OK) {
        return PC_ERR_NO_MEMORY;
    }
    file = &self->out->file[self->out->n];
    *file = (intake_found_file){pc_copy_text(path), pc_copy_text(shown), ignored};
    self->out->n++;
    return file->path == NULL || file->shown == NULL ? PC_ERR_NO_MEMORY : PC_OK;
}

static bool is_csv(const char *name)
{
    size_t length = strlen(name);

    return length > 4 && strcasecmp(name + length - 4, ".csv") == 0;
}

static bool is_above(const walker *self, const struct stat *about, int depth)
{
    for (int level = 0; level < depth; level++) {
        if (self->above[level].device == about->st_dev && self->above[level].inode == about->st_ino) {
            return true;
        }
    }
    return false;
}

static pc_status walk_folder(walker *self, const char *path, const char *shown, int depth);

static pc_status walk_entry(walker *self, const char *path, const char *shown, const char *name, int depth)
{
    struct stat about;

    if (name[0] == '.') {
        return add_found(self, path, shown, "hidden");
    }
    if (stat(path, &about) != 0) {
        if (!is_csv(name)) {
            return add_found(self, path, shown, "a link to nothing");
        }
        pc_diagnostics_add(self->diagnostics, PC_ERROR, (pc_place){.file = shown}, "cannot be read: %s",
                           strerror(errno));
        self->out->failed = true;
        return PC_OK;
    }
    if (S_ISDIR(about.st_mode)) {
        if (is_above(self, &about, depth)) {
            return add_found(self, path, shown, "a link back to a folder that holds it");
        }
        return depth == MAX_DEPTH ? add_found(self, path, shown, "more than 32 folders deep")
                                  : walk_folder(self, path, shown, depth);
    }
    return add_found(self, path, shown,
                     !S_ISREG(about.st_mode) ? "not a regular file"
                     : is_csv(name)          ? NULL
                                             : "not a CSV file");
}

static pc_status folder_unreadable(walker *self, const char *path)
{
    pc_diagnostics_add(self->diagnostics, PC_ERROR, (pc_place){.file = path}, "the folder cannot be read: %s",
                       strerror(errno));
    self->out->failed = true;
    return PC_OK;
}

/* The next entry, NULL at the end and where reading fails; then errno is not 0. */
static struct dirent *next_entry(DIR *folder)
{
    errno = 0;
    return readdir(folder);
}

static pc_status walk_folder(walker *self, const char *path, const char *shown, int depth)
{
    DIR *folder = opendir(path);
    struct dirent *entry;
    struct stat about;
    pc_status status = PC_OK;

    if (folder == NULL || stat(path, &about) != 0) {
        (void)folder_unreadable(self, path);
        if (folder != NULL) {
            closedir(folder);
        }
        return PC_OK;
    }
    self->above[depth].device = about.st_dev;
    self->above[depth].inode = about.st_ino;
    while (status == PC_OK && (entry = next_entry(folder)) != NULL) {
        char *below, *below_shown;

        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) {
            continue;
        }
        below = pc_format_text("%s/%s", path, entry->d_name);
        below_shown =
            shown[0] == '\0' ? pc_copy_text(entry->d_name) : pc_format_text("%s/%s", shown, entry->d_name);
        status = below == NULL || below_shown == NULL
                     ? PC_ERR_NO_MEMORY
                     : walk_entry(self, below, below_shown, entry->d_name, depth + 1);
        free(below);
        free(below_shown);
    }
    if (status == PC_OK && errno != 0) { /* of next_entry: files below may be missing, so none is taken */
        status = folder_unreadable(self, path);
    }
    closedir(folder);
    return status;
}

static int by_name(const void *left, const void *right)
{
    const intake_found_file *a = left, *b = right;

    return strcmp(a->shown, b->shown);
}

pc_status intake_walk_folder(const char *folder, intake_walk *out, pc_diagnostics *diagnostics)
{
    walker self = {.out = out, .diagnostics = diagnostics};
    pc_status status;

    memset(out, 0, sizeof *out);
    status = walk_folder(&self, folder, "", 0);
    if (status == PC_OK && out->n > 0) {
        qsort(out->file, out->n, sizeof *out->file, by_name);
    }
    return status;
}

void intake_walk_free(intake_walk *self)
{
    for (size_t f = 0; f < self->n; f++) {
        free(self->file[f].path);
        free(self->file[f].shown);
    }
    free(self->file);
    memset(self, 0, sizeof *self);
}
