#include "report/json_file.h"

#include <errno.h>
#include <string.h>

#include "base/regular_file.h"

pc_status report_json_load(const char *path, json_t **out, pc_diagnostics *diagnostics)
{
    FILE *stream;
    pc_status status = PC_OK;
    json_error_t error;
    int unread, short_of_memory;

    *out = NULL;
    errno = 0;
    stream = pc_open_regular(path, path, "", diagnostics);
    if (stream == NULL) {
        return errno == ENOMEM ? PC_ERR_NO_MEMORY : PC_ERR_INPUT;
    }
    errno = 0;
    *out = json_loadf(stream, 0, &error);
    short_of_memory = errno == ENOMEM; /* jansson may say that the file is wrong, or leave part of it out */
    unread = ferror(stream) != 0 ? errno : 0; /* jansson takes it for the end */
    fclose(stream);
    if (unread != 0) {
        pc_diagnostics_add(diagnostics, PC_ERROR, (pc_place){.file = path}, "cannot be read: %s",
                           strerror(unread));
        status = PC_ERR_INPUT;
    } else if (short_of_memory || (*out == NULL && json_error_code(&error) == json_error_out_of_memory)) {
        status = PC_ERR_NO_MEMORY;
    } else if (!json_is_object(*out)) {
        pc_diagnostics_add(diagnostics, PC_ERROR,
                           (pc_place){.file = path, .line = *out == NULL && error.line > 0 ? error.line : 0},
                           "%s", *out == NULL ? error.text : "expected an object");
        status = PC_ERR_INPUT;
    }
    if (status != PC_OK) {
        json_decref(*out);
        *out = NULL;
    }
    return status;
}
