#define _XOPEN_SOURCE 700 /* fdopen */
#include "base/regular_file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

bool pc_is_regular(const char *path)
{
    struct stat about;

    return stat(path, &about) == 0 && S_ISREG(about.st_mode);
}

/* What was opened is asked once more: the name may lead elsewhere by then. O_NONBLOCK, so that a FIFO that
 * took the file's place does not hold the program; it means nothing to a regular file. */
static FILE *open_asked(const char *path)
{
    struct stat about;
    int descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    FILE *stream = NULL;

    if (descriptor >= 0 && fstat(descriptor, &about) == 0 && !S_ISREG(about.st_mode)) {
        errno = EINVAL;
    } else if (descriptor >= 0) {
        stream = fdopen(descriptor, "rb");
    }
    if (descriptor >= 0 && stream == NULL) {
        int why = errno;

        close(descriptor);
        errno = why;
    }
    return stream;
}

FILE *pc_open_regular(const char *path, const char *shown, const char *expected, pc_diagnostics *diagnostics)
{
    struct stat about;
    FILE *stream = NULL;

    if (stat(path, &about) != 0) {
        pc_diagnostics_add(diagnostics, PC_ERROR, (pc_place){.file = shown}, "cannot be read: %s",
                           strerror(errno));
    } else if (!S_ISREG(about.st_mode)) {
        pc_diagnostics_add(diagnostics, PC_ERROR, (pc_place){.file = shown}, "not a regular file%s",
                           expected);
    } else {
        stream = open_asked(path);
        if (stream == NULL) {
            int why = errno;

            pc_diagnostics_add(diagnostics, PC_ERROR, (pc_place){.file = shown}, "cannot be opened: %s",
                               strerror(why));
            errno = why;
        }
    }
    return stream;
}
