/* forest.h - the trees of pools of one family and stream while they are being fitted. Private to forest.c and
 * profile.c. */
#ifndef PC_ESTIMATE_FOREST_H
#define PC_ESTIMATE_FOREST_H

#include "estimate/estimate.h"

typedef struct forest {
    size_t n_cause, n_from;
    size_t n[N_TREE_LEVEL];         /* nodes */
    double *events[N_TREE_LEVEL];   /* [n] */
    double *expected[N_TREE_LEVEL]; /* [n] */
    double *factor[N_TREE_LEVEL];   /* [n] */
    double *weight[N_TREE_LEVEL];   /* [n]; credibility weight towards the pool */
    double *flat;               /* [n of the leaves]; expected events under the reference without profiles */
    double *profile[N_PROFILE]; /* [cause][step]; times the reference */
    double *profile_events[N_PROFILE];                /* [cause][step]; what the cells tell about it */
    double *profile_expected[N_PROFILE];              /* [cause][step] */
    double *origin, *origin_events, *origin_expected; /* [from]; the same for all causes */
    double shape[N_LEVEL];
    double chance[N_LEVEL][N_SHAPE_GRID];
    size_t *active; /* numbers of the age nodes with any events or exposure */
    size_t n_active;
    shape_cell *cell;     /* workspace */
    shape_parent *parent; /* workspace */
    double *memory;
} forest;

/* Numbers of a leaf or an age node: [cause][from][age][band]. */
typedef struct forest_place {
    size_t cause, from, age, band;
} forest_place;
forest_place forest_place_of(const forest *self, size_t leaf);

PC_MUST_USE pc_status forest_new(const estimate_table *table, forest *self);
void forest_load(forest *self, const estimate_table *table, size_t stream);
void forest_solve(forest *self);
double forest_downward(forest *self, int level);
void forest_estimate_shape(forest *self, int level);
void forest_free(forest *self);

/* profile.c: the expected events of the leaves under the reference and its profiles. */
void forest_apply_profiles(forest *self);
void forest_update_origin(forest *self, bool estimate);
void forest_update_profile(forest *self, int profile, bool estimate);
/* What the draws need, in place of the effective counts. Destroys events and expected above the leaves. */
void forest_project_profiles(forest *self);
void forest_project_origin(forest *self);
void forest_project(forest *self);

#endif
