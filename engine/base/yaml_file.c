#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/regular_file.h"
#include "base/yaml.h"

pc_status pc_yaml_read(const char *path, const char *shown, pc_yaml_node **out, pc_diagnostics *diagnostics)
{
    FILE *stream;
    char *bytes = NULL;
    size_t size = 0, capacity = 0, n = 1;
    pc_status status = PC_OK;

    *out = NULL;
    errno = 0;
    stream = pc_open_regular(path, shown, ", expected a YAML file", diagnostics);
    if (stream == NULL) {
        return errno == ENOMEM ? PC_ERR_NO_MEMORY : PC_ERR_IO;
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
