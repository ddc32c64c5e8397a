#include "sweep_case.h"

#include <stdlib.h>
#include <string.h>

static void copy(const char *folder, const char *name)
{
    char *from = pc_test_path(PC_TEST_DATA "/small", name), *to = pc_test_path("small", name);
    size_t size = 0;
    char *bytes = pc_test_read_file(from, &size);

    pc_test_write_bytes(folder, to, bytes, size);
    free(bytes);
    free(from);
    free(to);
}

void sweep_case_begin(sweep_case *self, const char *text)
{
    static const char *const name[] = {"base.yaml",
                                       "weekly.csv",
                                       "inflation.csv",
                                       "returns/2019-20/episodes.csv",
                                       "returns/2019-20/header.csv",
                                       "returns/2020-21/episodes.csv",
                                       "returns/2020-21/header.csv",
                                       "returns/2020-21/uasc.csv",
                                       "returns/2021-22/episodes.csv",
                                       "returns/2021-22/header.csv"};

    *self = (sweep_case){.folder = pc_test_folder()};
    for (size_t at = 0; at < sizeof name / sizeof name[0]; at++) {
        copy(self->folder, name[at]);
    }
    self->file = pc_test_path(self->folder, "small/sweep.yaml");
    pc_diagnostics_init(&self->diagnostics);
    sweep_case_rewrite(self, text);
}

void sweep_case_rewrite(const sweep_case *self, const char *text)
{
    pc_test_write(self->folder, "small/sweep.yaml", text);
}

pc_status sweep_case_load(sweep_case *self, pc_sweep **out)
{
    pc_diagnostics_free(&self->diagnostics);
    pc_diagnostics_init(&self->diagnostics);
    return pc_sweep_load(self->file, NULL, out, &self->diagnostics);
}

pc_status sweep_case_run(sweep_case *self, const char *name, const pc_sweep_options *options,
                         pc_sweep_outcome *out)
{
    char *path = pc_test_path(self->folder, name);
    pc_sweep_outcome unused;
    pc_sweep *sweep;
    pc_status status = sweep_case_load(self, &sweep);

    if (status == PC_OK) {
        status = pc_sweep_run(sweep, path, options, out == NULL ? &unused : out, &self->diagnostics);
        pc_sweep_free(sweep);
    }
    free(path);
    return status;
}

bool sweep_case_same(const sweep_case *self, const char *a, const char *b)
{
    char *path[2] = {pc_test_path(self->folder, a), pc_test_path(self->folder, b)}, *bytes[2];
    size_t size[2] = {0, 0};
    bool same;

    bytes[0] = pc_test_read_file(path[0], &size[0]);
    bytes[1] = pc_test_read_file(path[1], &size[1]);
    same = size[0] == size[1] && memcmp(bytes[0], bytes[1], size[0]) == 0;
    free(bytes[0]);
    free(bytes[1]);
    free(path[0]);
    free(path[1]);
    return same;
}

void sweep_case_end(sweep_case *self)
{
    pc_diagnostics_free(&self->diagnostics);
    pc_test_remove(self->folder);
    free(self->folder);
    free(self->file);
}

void sweep_stop_at(void *self, double done)
{
    sweep_stopper *stopper = self;

    stopper->stop = done >= stopper->at;
}
