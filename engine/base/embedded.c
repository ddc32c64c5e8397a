#include "base/embedded.h"

#include <string.h>

const pc_embedded_file *pc_embedded_find(const char *path)
{
    for (const pc_embedded_file *file = pc_embedded_files; file->path != NULL; file++) {
        if (strcmp(file->path, path) == 0) {
            return file;
        }
    }
    return NULL;
}
