/* realpath and links: XSI */
#define _XOPEN_SOURCE 700
#include "scenario/paths.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"

#define MAX_FOLDER_DEPTH 8

char *scenario_path_resolve(const pc_yaml_node *node, const char *text)
{
    const char *slash =
        node->line == 0 ? NULL : strrchr(node->file, '/'); /* line 0: from --set, not from a file */

    if (text[0] == '/' || slash == NULL) {
        return pc_copy_text(text);
    }
    return pc_format_text("%.*s%s", (int)(slash - node->file) + 1, node->file, text);
}

/* The real path of the longest part of `path` that exists; NULL when out of memory. */
static char *real_part(const char *path)
{
    char *part = path[0] == '/' ? pc_copy_text(path) : pc_format_text("./%s", path), *real = NULL;

    while (part != NULL && (real = realpath(part, NULL)) == NULL) {
        char *slash = strrchr(part, '/');

        if (errno == ENOMEM) { /* a shorter part would be the wrong answer */
            break;
        }
        if (slash == NULL || slash == part) {
            free(part);
            return pc_copy_text("/");
        }
        *slash = '\0';
    }
    free(part);
    return real;
}

/* Does a part that does not exist climb out again, as in `nowhere/../../x`? Not worth resolving: refuse it.
 */
static bool climbs(const char *path)
{
    size_t length = strlen(path);

    return strncmp(path, "../", 3) == 0 || strstr(path, "/../") != NULL || strcmp(path, "..") == 0 ||
           (length >= 3 && strcmp(path + length - 3, "/..") == 0);
}

static bool inside(const char *folder, const char *real)
{
    size_t length = strlen(folder);

    return strcmp(folder, "/") == 0 ||
           (strncmp(folder, real, length) == 0 && (real[length] == '/' || real[length] == '\0'));
}

bool scenario_path_confined(scenario_reader *reader, pc_place place, const char *shown, const char *path)
{
    char *real;
    bool ok;

    if (reader->confine == NULL) {
        return true;
    }
    real = real_part(path);
    if (real == NULL) {
        reader->no_memory = true;
        return false;
    }
    ok = inside(reader->confine, real) && (access(path, F_OK) == 0 || !climbs(path));
    free(real);
    if (!ok) {
        scenario_problem(reader, place, "%s: \"%s\" lies outside the folder that reading is confined to",
                         shown, path);
    }
    return ok;
}

/* A folder is read with all below it: none of its links may lead out. */
static bool folder_confined(scenario_reader *reader, pc_place place, const char *shown, const char *path,
                            int depth)
{
    DIR *folder = reader->confine == NULL || depth > MAX_FOLDER_DEPTH ? NULL : opendir(path);
    const struct dirent *entry;
    bool ok = true;

    while (folder != NULL && ok) {
        struct stat about;
        char *below;

        errno = 0;
        entry = readdir(folder);
        if (entry == NULL && errno != 0) {
            scenario_problem(reader, place, "%s: \"%s\" cannot be read: %s", shown, path, strerror(errno));
            ok = false;
        }
        if (entry == NULL) {
            break;
        }
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) {
            continue;
        }
        below = pc_format_text("%s/%s", path, entry->d_name);
        if (below == NULL) {
            reader->no_memory = true;
            ok = false;
        } else if (lstat(below, &about) == 0) {
            ok = (!S_ISLNK(about.st_mode) || scenario_path_confined(reader, place, shown, below)) &&
                 (!S_ISDIR(about.st_mode) || folder_confined(reader, place, shown, below, depth + 1));
        }
        free(below);
    }
    if (folder != NULL) {
        closedir(folder);
    }
    return ok;
}

bool scenario_path_check(scenario_reader *reader, pc_place place, const char *shown, const char *path,
                         bool folder)
{
    struct stat about;
    const char *kind = folder ? "folder" : "file";
    bool known;

    if (!scenario_path_confined(reader, place, shown, path)) {
        return false;
    }
    known = stat(path, &about) == 0;
    if (known && (folder ? !S_ISDIR(about.st_mode) : !S_ISREG(about.st_mode))) {
        scenario_problem(reader, place, "%s: \"%s\" is %s, expected the path of a %s", shown, path,
                         S_ISDIR(about.st_mode)   ? "a folder"
                         : S_ISREG(about.st_mode) ? "a file"
                                                  : "no regular file",
                         kind);
    } else if (!known || access(path, folder ? R_OK | X_OK : R_OK) != 0) {
        scenario_problem(reader, place, "%s: %s \"%s\" cannot be read: %s", shown, kind, path,
                         strerror(errno));
    } else {
        return !folder || folder_confined(reader, place, shown, path, 0);
    }
    return false;
}

pc_status scenario_path_confine_to(scenario_reader *reader, const char *folder)
{
    reader->confine = realpath(folder, NULL);
    if (reader->confine == NULL) {
        pc_diagnostics_add(reader->diagnostics, PC_ERROR, (pc_place){0}, "--confine %s: cannot be read: %s",
                           folder, strerror(errno));
        return errno == ENOMEM ? PC_ERR_NO_MEMORY : PC_ERR_USAGE;
    }
    return PC_OK;
}
