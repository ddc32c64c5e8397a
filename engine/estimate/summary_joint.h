/* summary_joint.h - published margins joined on the national seed. Private to the fit from summary tables. */
#ifndef PC_ESTIMATE_SUMMARY_JOINT_H
#define PC_ESTIMATE_SUMMARY_JOINT_H

#include "estimate/estimate.h"
#include "intake/summary_seed.h"

/* A table with the dimensions that rows of one kind may tell about. */
typedef struct joint_table {
    size_t n_cell;
    double *cell;                             /* the seed, then the result */
    unsigned (*bit)(size_t cell, int margin); /* the bit of `which` that the cell has in a margin */
} joint_table;

/* Fits `table` to the rows of `kind` on `date`. Cells that a margin keeps back get what is left of the total,
 * by the seed. *total: the children in all, -1 when no row tells. PC_ERR_INPUT with messages: margins that
 * cannot be. */
PC_MUST_USE pc_status joint_fit(const pc_summary *summary, pc_summary_kind kind, pc_day date,
                                joint_table *table, double *total, pc_diagnostics *diagnostics);

/* Cells of the three kinds. Stock: [stream][category][age band][provider]. Starts: [stream][age in years].
 * Ceases: [stream][PC_SUMMARY_N_AGE]. */
#define JOINT_STOCK_CELLS SUMMARY_SEED_CELLS
#define JOINT_START_CELLS ((size_t)PC_N_STREAM * PC_N_AGE_YEAR)
#define JOINT_CEASE_CELLS ((size_t)PC_N_STREAM * PC_SUMMARY_N_AGE)
static inline size_t joint_stock_cell(size_t stream, size_t category, size_t age, size_t provider)
{
    return ((stream * PC_MAX_CATEGORY + category) * PC_N_AGE_BAND + age) * PC_SUMMARY_N_PROVIDER + provider;
}
unsigned joint_stock_bit(size_t cell, int margin);
unsigned joint_start_bit(size_t cell, int margin);
unsigned joint_cease_bit(size_t cell, int margin);

#endif
