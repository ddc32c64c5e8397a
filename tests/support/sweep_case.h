/* sweep_case.h - a sweep over a small council in a scratch folder, for the tests of sweeps. */
#ifndef PC_SWEEP_CASE_H
#define PC_SWEEP_CASE_H

#include "pc_test.h"
#include "placecast/sweep.h"

typedef struct sweep_case {
    char *folder; /* scratch; holds `small` and what the test writes */
    char *file;   /* the sweep file */
    pc_diagnostics diagnostics;
} sweep_case;

/* Asks for a stop once the part `at` is done: sweep_stop_at is the progress function, `self` its context. */
typedef struct sweep_stopper {
    double at;
    volatile int stop;
} sweep_stopper;

void sweep_stop_at(void *self, double done);

/* Copies tests/data/small and writes `text` to sweep.yaml beside its base.yaml. */
void sweep_case_begin(sweep_case *self, const char *text);
/* Writes another text into the same file. */
void sweep_case_rewrite(const sweep_case *self, const char *text);
pc_status sweep_case_load(sweep_case *self, pc_sweep **out);
/* Loads and runs into folder/name. */
pc_status sweep_case_run(sweep_case *self, const char *name, const pc_sweep_options *options,
                         pc_sweep_outcome *out);
/* Whether two files of the folder have the same bytes. */
bool sweep_case_same(const sweep_case *self, const char *a, const char *b);
void sweep_case_end(sweep_case *self);

#endif
