#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/memory.h"
#include "base/yaml.h"

/* A FIFO would block for ever and a folder cannot be read: only regular files are opened. */
static FILE *open_regular(const char *path, const char *shown, pc_diagnostics *diagnostics)
{
    struct stat about;
    FILE *stream = NULL;

    if (stat(path, &about) != 0) {
        pc_diagnostics_add(diagnostics, PC_ERROR, (pc_place){.file = shown}, "cannot be read: %s",
                           strerror(errno));
    } else if (!S_ISREG(about.st_mode)) {
        pc_diagnostics_add(diagnostics, PC_ERROR, (pc_place){.file = shown},
                           "not a regular file, expected a YAML file");
    } else {
        stream = fopen(path, "rb");
        if (stream == NULL) {
            pc_diagnostics_add(diagnostics, PC_ERROR, (pc_place){.file = shown}, "cannot be opened: %s",
                               strerror(errno));
        }
    }
    return stream;
}

pc_status pc_yaml_read(const char *path, const char *shown, pc_yaml_node **out, pc_diagnostics *diagnostics)
{
    FILE *stream;
    char *bytes = NULL;
    size_t size = 0, capacity = 0, n = 1;
    pc_status status = PC_OK;

    *out = NULL;
    stream = open_regular(path, shown, diagnostics);
    if (stream == NULL) {
        return PC_ERR_IO;
    }
    /* One byte over the bound is enough to refuse it; what stat said may be out of date. */
    while (status == PC_OK && n > 0 && size <= PC_YAML_MAX_BYTES) {
        status = pc_grow(&bytes, &capacity, size + 65536, 1);
        if (status == PC_OK) {
            n = fread(bytes + size, 1, capacity - size, stream);
            size += n;
        }
    }
    if (status == PC_OK && ferror(stream)) {
        pc_diagnostics_add(diagnostics, PC_ERROR, (pc_place){.file = shown},
                           "reading stopped: input/output error");
        status = PC_ERR_IO;
    }
    fclose(stream);
    if (status == PC_OK) {
        status = pc_yaml_read_bytes(bytes, size, shown, out, diagnostics);
    }
    free(bytes);
    return status;
}
