/* expected_track.h - one child's probabilities through time.
 *
 * Given birthday and day of entry, age and care clock are known at every t, so what is random is the category
 * and the time since the placement began. The placement at the start has a known clock and is kept apart
 * (`first`). Later placements are held by placement band; what crosses from one band to the next is what is
 * left of the placements begun in one earlier step, carried through the band exactly. Within a step whatever
 * arrives is taken to arrive evenly: the one approximation, of second order in the step.
 */
#ifndef PC_SIMULATE_EXPECTED_TRACK_H
#define PC_SIMULATE_EXPECTED_TRACK_H

#include "simulate/expected_table.h"

/* Times that divide the run into steps; [0] = 0. */
typedef struct expected_grid {
    size_t n;
    double *at; /* [n + 1] */
} expected_grid;

#define EXPECTED_MAX_CHANGE (1 + PC_N_AGE_BAND + PC_N_BAND)
/* Stretches beyond the steps of the grid: changes, the first placement's edges, the cut and the end. */
#define EXPECTED_MAX_CUT (EXPECTED_MAX_CHANGE + PC_N_BAND + 2)

/* What is known beforehand of one child. */
typedef struct expected_schedule {
    double leave; /* 18th birthday, >= 0 */
    size_t n_change;
    double change_at[EXPECTED_MAX_CHANGE]; /* [0] = 0: where the situation changes */
    uint8_t situation[EXPECTED_MAX_CHANGE];
    double placement_start; /* of the placement at t = 0; <= 0 */
    double cut;             /* a stretch ends there as well; INFINITY: nowhere */
} expected_schedule;

/* `age_edge` as in plan_child; `age` is the band at t = 0. */
expected_schedule expected_schedule_make(const pc_plan *plan, size_t stream, size_t age,
                                         const double age_edge[PC_N_AGE_BAND], double care_start,
                                         double placement_start);
/* Notes in `table` all that a run over this schedule will ask for. */
void expected_schedule_need(const expected_schedule *self, const expected_grid *grid, expected_table *table);

/* Integrals over a stretch: child-days, placements begun by category, departures (exits included) by
 * category. */
typedef struct expected_flow {
    double days[EXPECTED_MAX_WIDTH];
    double begun[EXPECTED_MAX_WIDTH];
    double left[EXPECTED_MAX_WIDTH];
} expected_flow;

/* A stretch within one step of the grid and one situation. */
typedef struct expected_stretch {
    size_t step;
    double from, to;
    size_t situation;
    const double *before, *after; /* probability by category at `from` and `to` */
    expected_flow once;           /* integrals over the stretch */
    expected_flow twice;          /* integrals over it of those integrals; only when asked for */
} expected_stretch;

/* Memory for one run after another. */
typedef struct expected_track {
    const expected_table *table;
    const expected_grid *grid;
    const expected_schedule *schedule;
    bool twice;
    double first[EXPECTED_MAX_WIDTH]; /* in the placement at t = 0 */
    bool in_first;
    double later[PC_N_BAND][EXPECTED_MAX_WIDTH];
    bool any[PC_N_BAND];           /* something may be in that band */
    size_t n_entry;                /* stretches so far */
    double *entry_from, *entry_to; /* [n_entry]; their times */
    double *entry; /* [n_entry][width]: placements begun in each, at the last edge carried to */
    size_t crossing[EXPECTED_N_EDGE]; /* the entry that is now crossing that edge */
    size_t carried[EXPECTED_N_EDGE];  /* entries that were carried to that edge */
    size_t change[EXPECTED_N_EDGE];   /* of the schedule, where the last carried stretch began */
    double *scratch_step;             /* [expected_step_size] */
} expected_track;

PC_MUST_USE pc_status expected_track_init(expected_track *self, const expected_table *table, size_t max_step);
void expected_track_free(expected_track *self);

typedef void (*expected_visit)(void *context, const expected_stretch *stretch);

/* Runs to the end of the grid or the 18th birthday, with `initial` [width] at t = 0, and shows every stretch
 * in order. `twice`: work out the second integrals as well. */
void expected_track_run(expected_track *self, const expected_grid *grid, const expected_schedule *schedule,
                        const double *initial, bool twice, expected_visit visit, void *context);

#endif
