/* expected_table.h - what the expected-value method knows before it starts: the rates of each situation as
 * matrices, and those matrices taken over steps of every length that will be needed.
 *
 * A situation is (stream, age band, care band): within one, nothing but the placement clock changes a hazard.
 * With a generator of placement band b, A(b) = status - diagonal of all departures, and the moves M(b), which
 * begin a new placement in band 0:
 *   dX(b)/dt = X(b) A(b) + arrivals over the edge below - departures over the edge above,   b > 0
 *   dX(0)/dt = X(0) (A(0) + M(0)) + sum over b > 0 of X(b) M(b) - departures over the edge above.
 */
#ifndef PC_SIMULATE_EXPECTED_TABLE_H
#define PC_SIMULATE_EXPECTED_TABLE_H

#include <stdint.h>

#include "simulate/expected_matrix.h"
#include "simulate/plan.h"

#define EXPECTED_N_SITUATION (PC_N_STREAM * PC_N_AGE_BAND * PC_N_BAND)
#define EXPECTED_N_EDGE (PC_N_BAND - 1)
#define EXPECTED_N_POWER 13                /* 1/8, 1/4, ... 512 days */
#define EXPECTED_SMALLEST_POWER_DAYS 0.125 /* births fall on the middle of steps of whole or quarter days */

/* Rates of one situation, 1/day. Vectors are padded with zeros to the width. */
typedef struct expected_situation {
    bool used;
    bool any_status;
    double exit[PC_N_EXIT_HAZARD][EXPECTED_MAX_WIDTH];
    double exit_all[EXPECTED_MAX_WIDTH];
    double departure[PC_N_BAND]
                    [EXPECTED_MAX_WIDTH]; /* exits, changes of status and moves, by placement band */
    double *status;                       /* matrix */
    double *move[PC_N_BAND];              /* matrices; only the plan's bands */
    double *whole[EXPECTED_N_EDGE];       /* exp(A(b) x days in band b) */
    double *power[EXPECTED_N_EDGE];       /* [EXPECTED_N_POWER] matrices exp(A(b) 2^k / 8 days) */
    double *store;
} expected_situation;

/* The matrices of one situation over one length of step. */
typedef struct expected_step {
    double *days[PC_N_BAND];   /* integral of exp(A(b) t); child-days of those there at the beginning */
    double *spread[PC_N_BAND]; /* the same for arrivals evenly over the step; [0] of A(0) + M(0) */
    double *renewed;           /* integral of exp((A(0) + M(0)) t) */
} expected_step;

typedef struct expected_table {
    const pc_plan *plan;
    expected_shape shape;
    size_t square; /* doubles in a matrix */
    size_t n_band; /* placement bands in use: 1 or PC_N_BAND */
    double edge[EXPECTED_N_EDGE];
    expected_situation situation[EXPECTED_N_SITUATION];
    size_t n_quarter;  /* longest step kept, in quarters of a day */
    int32_t *step_of;  /* [situation][n_quarter + 1]; -1: not needed */
    size_t n_step;     /* lengths that are needed, over all situations */
    uint32_t *needed;  /* [n_step]; situation * (n_quarter + 1) + quarters */
    double *step_data; /* [n_step][expected_step_size] */
} expected_table;

static inline size_t expected_situation_number(size_t stream, size_t age, size_t care)
{
    return (stream * PC_N_AGE_BAND + age) * PC_N_BAND + care;
}
static inline size_t expected_step_size(const expected_table *self)
{
    return (2 * self->n_band + 1) * self->square;
}

/* `longest_days`: the longest step of any grid. PC_ERR_RANGE when a rate is not finite and >= 0. On failure
 * the table is empty. */
PC_MUST_USE pc_status expected_table_init(expected_table *self, const pc_plan *plan, double longest_days);
/* Notes that `situation` will be asked for with a step of `days`. */
void expected_table_need(expected_table *self, size_t situation, double days);
/* Works out all that was noted; the table is read-only from then on. */
PC_MUST_USE pc_status expected_table_fill(expected_table *self, int threads);
/* The matrices for a step, from the table, or made in `scratch` [expected_step_size] when the length is not a
 * multiple of a quarter of a day. */
expected_step expected_table_step(const expected_table *self, size_t situation, double days, double *scratch);
/* vector = vector exp(A(band) days) for band < EXPECTED_N_EDGE; any length. */
void expected_table_carry(const expected_table *self, size_t situation, size_t band, double days,
                          double *vector);
void expected_table_free(expected_table *self);

#endif
