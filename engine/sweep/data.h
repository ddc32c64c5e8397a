/* data.h - returns cleaned and rates fitted once for all scenarios that have the same data part. Private to
 * sweep/. */
#ifndef PC_SWEEP_DATA_H
#define PC_SWEEP_DATA_H

#include "placecast/episodes.h"
#include "placecast/model.h"
#include "placecast/scenario.h"

/* Cleaned returns that several models share. */
typedef struct sweep_returns {
    char *key; /* the part of the data that they belong to */
    pc_episodes episodes;
    size_t n_holder; /* models, and the latest */
} sweep_returns;

/* A fitted model that several runs share. */
typedef struct sweep_model {
    char *key; /* the data part that it belongs to */
    pc_model model;
    sweep_returns *returns; /* that it was fitted to */
    size_t n_holder;
    unsigned long used; /* when last taken: the one unused longest goes first */
    struct sweep_model *next;
} sweep_model;

typedef struct sweep_data {
    sweep_model *first;
    size_t n_model, most;
    unsigned long clock;
    sweep_returns *latest; /* NULL: none */
    /* Called once for each file of returns that was read. */
    pc_status (*note)(void *context, const char *path);
    void *context;
} sweep_data;

/* The model of a scenario's data part; several threads may ask. Give it back with sweep_data_release. */
PC_MUST_USE pc_status sweep_data_take(sweep_data *self, const pc_scenario *scenario, sweep_model **out,
                                      pc_diagnostics *diagnostics);
void sweep_data_release(sweep_data *self, sweep_model *model);
/* Returns of a scenario, cleaned; borrowed until the next call. One thread at a time. */
PC_MUST_USE pc_status sweep_data_episodes(sweep_data *self, const pc_scenario *scenario,
                                          const pc_episodes **out, pc_diagnostics *diagnostics);
void sweep_data_free(sweep_data *self);

#endif
