#include "base/out_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/number_text.h"
#include "base/utf8.h"

static pc_status report(pc_diagnostics *diagnostics, const char *path, const char *doing)
{
    pc_diagnostics_add(diagnostics, PC_ERROR, (pc_place){.file = path}, "%s: %s", doing, strerror(errno));
    return PC_ERR_IO;
}

/* Makes the last folder of `path`; there already is as good, whoever made it and whenever. */
static bool make_one(const char *path)
{
    struct stat about;
    int failure;

    if (mkdir(path, 0777) == 0) {
        return true;
    }
    failure = errno;
    if (stat(path, &about) == 0) {
        failure = S_ISDIR(about.st_mode) ? 0 : ENOTDIR;
    }
    errno = failure;
    return failure == 0;
}

pc_status pc_make_folder(const char *folder, pc_diagnostics *diagnostics)
{
    char *path = pc_copy_text(folder);
    pc_status status = path == NULL ? PC_ERR_NO_MEMORY : PC_OK;
    size_t at = 0, length = strlen(folder);

    do {
        char kept;

        at += strspn(folder + at, "/");
        at += strcspn(folder + at, "/");
        if (status == PC_OK) {
            kept = path[at];
            path[at] = '\0';
            if (!make_one(path)) {
                status = report(diagnostics, path, "the folder cannot be made");
            }
            path[at] = kept;
        }
    } while (status == PC_OK && at < length);
    free(path);
    return status;
}

pc_status pc_out_open(pc_out_file *self, const char *folder, const char *name, mode_t mode,
                      pc_diagnostics *diagnostics)
{
    int descriptor;

    memset(self, 0, sizeof *self);
    self->path = pc_format_text("%s/%s", folder, name);
    self->temporary = pc_format_text("%s/.%s.%ld.tmp", folder, name, (long)getpid());
    if (self->path == NULL || self->temporary == NULL) {
        pc_out_abandon(self);
        return PC_ERR_NO_MEMORY;
    }
    unlink(
        self->temporary); /* left by a killed run with our process number, perhaps with other permissions */
    descriptor = open(self->temporary, O_WRONLY | O_CREAT | O_EXCL, mode);
    self->stream = descriptor < 0 ? NULL : fdopen(descriptor, "wb");
    if (self->stream == NULL) {
        pc_status status = report(diagnostics, self->path, "cannot be written");

        if (descriptor >= 0) {
            close(descriptor);
            unlink(self->temporary);
        }
        pc_out_abandon(self);
        return status;
    }
    return PC_OK;
}

pc_status pc_out_commit(pc_out_file *self, pc_diagnostics *diagnostics)
{
    pc_status status = PC_OK;
    int failed = ferror(self->stream) | fflush(self->stream);

    if ((fclose(self->stream) | failed) != 0) {
        status = report(diagnostics, self->path, "cannot be written");
    }
    self->stream = NULL;
    if (status == PC_OK && rename(self->temporary, self->path) != 0) {
        status = report(diagnostics, self->path, "cannot be put in place");
    }
    if (status != PC_OK) {
        unlink(self->temporary);
    }
    free(self->temporary);
    self->temporary = NULL;
    pc_out_abandon(self);
    return status;
}

void pc_out_abandon(pc_out_file *self)
{
    if (self->stream != NULL) {
        fclose(self->stream);
    }
    if (self->stream != NULL && self->temporary != NULL) {
        unlink(self->temporary);
    }
    free(self->path);
    free(self->temporary);
    memset(self, 0, sizeof *self);
}

/* A question mark for each byte that is no text: of another encoding, or a control character. Quotation marks
 * are doubled where the field stands in some. */
static void put_text(FILE *stream, const char *text, bool quoted)
{
    for (size_t left = strlen(text); left > 0;) {
        size_t n = pc_utf8_length((const unsigned char *)text, left), taken = n == 0 ? 1 : n;

        if (quoted && *text == '"') {
            fputc('"', stream);
        }
        fwrite(n == 0 ? "?" : text, 1, taken, stream);
        text += taken;
        left -= taken;
    }
}

void pc_out_text(FILE *stream, const char *text)
{
    double number;
    bool formula = text[0] != '\0' && strchr("=+-@\t\r", text[0]) != NULL &&
                   !pc_number_parse(text, strlen(text), &number);

    if (!formula && strpbrk(text, ",\"\r\n") == NULL) {
        put_text(stream, text, false);
        return;
    }
    fputs(formula ? "\"'" : "\"", stream);
    put_text(stream, text, true);
    fputc('"', stream);
}

void pc_out_number(FILE *stream, double value, int decimals)
{
    char text[PC_NUMBER_TEXT_SIZE];

    fputs(pc_number_format(value, decimals, text), stream);
}
