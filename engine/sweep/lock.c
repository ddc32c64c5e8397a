/* lock.c - one writer a database: a record lock, which the system drops when the process ends, however it
 * ends. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "sweep/database.h"

/* The file may have been removed by its last holder between opening and locking it. */
static bool still_there(const sweep_lock *self)
{
    struct stat mine, named;

    return fstat(self->file, &mine) == 0 && stat(self->path, &named) == 0 && mine.st_ino == named.st_ino &&
           mine.st_dev == named.st_dev;
}

pc_status sweep_lock_take(sweep_lock *self, const char *database, pc_diagnostics *diagnostics)
{
    struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};

    self->file = -1;
    self->path = pc_format_text("%s.lock", database);
    while (self->path != NULL) {
        self->file = open(self->path, O_RDWR | O_CREAT | O_CLOEXEC, 0644);
        if (self->file < 0) {
            pc_diagnostics_add(diagnostics, PC_ERROR, (pc_place){.file = database},
                               "cannot be written: %s; expected a folder that can be written to",
                               strerror(errno));
            return PC_ERR_IO;
        }
        if (fcntl(self->file, F_SETLK, &whole) != 0) {
            bool other = errno == EACCES || errno == EAGAIN;

            pc_diagnostics_add(diagnostics, PC_ERROR, (pc_place){.file = database}, "%s%s",
                               other ? "another sweep is writing it; its finished runs are kept there"
                                     : "cannot be locked: ",
                               other ? "" : strerror(errno));
            close(self->file);
            self->file = -1;
            return PC_ERR_IO;
        }
        if (still_there(self)) {
            return PC_OK;
        }
        close(self->file);
        self->file = -1;
    }
    return PC_ERR_NO_MEMORY;
}

void sweep_lock_release(sweep_lock *self)
{
    if (self->file >= 0) {
        unlink(self->path); /* while it is still held */
        close(self->file);
    }
    free(self->path);
    *self = (sweep_lock){.file = -1};
}

void sweep_lock_sweep_up(const char *database)
{
    struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    sweep_lock old = {.path = pc_format_text("%s.lock", database), .file = -1};

    if (old.path != NULL) {
        old.file = open(old.path, O_RDWR | O_CLOEXEC);
    }
    if (old.file >= 0 && fcntl(old.file, F_SETLK, &whole) == 0 && still_there(&old)) {
        sweep_lock_release(&old); /* nobody holds it */
        return;
    }
    if (old.file >= 0) {
        close(old.file);
    }
    free(old.path);
}
