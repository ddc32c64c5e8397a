/* shared.h - data read and rates fitted once for all scenarios that have the same data part. Private to
 * sweep/. */
#ifndef PC_SWEEP_SHARED_H
#define PC_SWEEP_SHARED_H

#include "placecast/data.h"
#include "placecast/draws.h"

/* Returns or published tables that several models share. */
typedef struct sweep_source {
    char *key; /* the data part that they belong to */
    pc_data data;
    size_t n_holder; /* models, and the latest */
} sweep_source;

/* A fitted model that several runs share. */
typedef struct sweep_model {
    char *key; /* the data part that it belongs to */
    pc_model model;
    sweep_source *source; /* that it was fitted to */
    pc_draws *draws;      /* of the seed that it was first asked for with; NULL: none are kept */
    size_t draw_bytes;
    size_t n_holder;
    unsigned long used; /* when last taken: the one unused longest goes first */
    struct sweep_model *next;
} sweep_model;

typedef struct sweep_shared {
    sweep_model *first;
    size_t n_model, most;
    unsigned long clock;
    sweep_source *latest; /* NULL: none */
    /* Called once for each file of data that was read. */
    pc_status (*note)(void *context, const char *path);
    void *context;
} sweep_shared;

/* The model of a scenario's data part, and what is kept of its draws with the scenario's seed (*draws, NULL:
 * nothing); several threads may ask. Give it back with sweep_shared_release. */
PC_MUST_USE pc_status sweep_shared_take(sweep_shared *self, const pc_scenario *scenario, sweep_model **out,
                                        pc_draws **draws, pc_diagnostics *diagnostics);
void sweep_shared_release(sweep_shared *self, sweep_model *model);
/* The data of a scenario; borrowed until the next call. One thread at a time. */
PC_MUST_USE pc_status sweep_shared_data(sweep_shared *self, const pc_scenario *scenario, const pc_data **out,
                                        pc_diagnostics *diagnostics);
void sweep_shared_free(sweep_shared *self);

#endif
