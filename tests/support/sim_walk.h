/* sim_walk.h - one child at a time through care, slowly, with the documented draws: what the recounts of the
 * tests are made of.
 *
 * Nothing of engine/simulate is used but the plan, the draws (pc_random with the counters that life.h and
 * starters.h document) and the factors that the layers drew. Logarithms are the C library's.
 */
#ifndef PC_TEST_SIM_WALK_H
#define PC_TEST_SIM_WALK_H

#include "simulate/replicate.h"

typedef struct sim_walk {
    const replicate_workspace *workspace;
    const pc_plan *plan;
    const pc_rates *rates; /* of this replicate */
    pc_random_key key;
} sim_walk;

/* Of a replicate that `workspace` has just run. */
sim_walk sim_walk_of(const replicate_workspace *workspace, uint32_t replicate);

typedef enum sim_why { SIM_PRESENT, SIM_START, SIM_MOVE, SIM_STATUS, SIM_EXIT, SIM_HORIZON } sim_why;

typedef struct sim_walker {
    double time, care_start, placement_start;
    double age_edge[PC_N_AGE_BAND];
    size_t stream, category;
    uint64_t entity;
    double mark; /* of a starter; -1: present at the origin */
    uint32_t placement_events;
    double exit_left, placement_left;
} sim_walker;

typedef struct sim_event {
    sim_why what;
    double time;
    size_t to;    /* of a move or change of status */
    size_t cause; /* of an exit */
} sim_event;

typedef void (*sim_walk_take)(void *context, const sim_walker *child);

/* Hands over every child of the replicate, not yet begun: those present, then the starters. */
void sim_walk_children(const sim_walk *self, sim_walk_take take, void *context);
/* Draws a child's first amounts. */
void sim_walk_begin(const sim_walk *self, sim_walker *child);
/* Walks to the next event before `until`, or to `until` (SIM_HORIZON). The event is not acted on. */
sim_event sim_walk_on(const sim_walk *self, sim_walker *child, double until);
/* The age band of a child on a day: that of its end. */
size_t sim_walk_band(const double *age_edge, int day);
/* Acts on a placement event: draws the next amount; a move restarts the placement clock. */
void sim_walk_settle(const sim_walk *self, sim_walker *child, size_t category, bool move);

#endif
