/* tally.h - the distribution of every cell over replicates, exactly, whatever the order in which replicates
 * arrive.
 *
 * Cells of counts are kept as histograms of integers, which give exact quantiles without storing the
 * replicates. Place-days and pence spread too widely for that: their values are stored, a row for each
 * replicate (docs/decisions/0004-tally.md).
 */
#ifndef PC_OUTCOME_TALLY_H
#define PC_OUTCOME_TALLY_H

#include "outcome/grid.h"

typedef struct tally_histogram {
    int64_t base; /* value of the first bin */
    uint32_t n_bin;
    uint32_t *count; /* [n_bin] */
} tally_histogram;

typedef struct tally {
    size_t n_cell, replicates;
    bool *stored; /* [n_cell] */
    size_t *slot; /* [n_cell]; its histogram, or its column among the stored cells */
    size_t n_histogram;
    tally_histogram *histogram; /* [n_histogram] */
    /* Stored values are cut in two: days fit into the low half, pence need six bytes. */
    size_t n_stored, n_high;
    uint32_t *low; /* [replicates][n_stored]; two's complement */
    int16_t *high; /* [replicates][n_high]; bits 32 to 47 of the first n_high columns */
} tally;

PC_MUST_USE pc_status tally_init(tally *self, const grid *shape, size_t replicates);
/* The same for cells of no grid, of which the first n_money are pence and the others counts. */
PC_MUST_USE pc_status tally_init_plain(tally *self, size_t n_cell, size_t n_money, size_t replicates);
/* The smallest value that at least a share `level` of replicates do not exceed; of a count. */
int64_t tally_quantile(const tally *self, size_t cell, double level);
/* Adds the cells of one replicate. Histograms are shared: one thread at a time. PC_ERR_NO_MEMORY,
 * PC_ERR_INTERNAL for a value that no run can have (2^31 place-days, 2^47 pence). */
PC_MUST_USE pc_status tally_add(tally *self, size_t replicate, const int64_t *cell);
/* Statistics of a cell divided by `unit` (100 for pence, days for an average). `scratch` [2 * replicates]. */
void tally_statistics(const tally *self, size_t cell, double unit, uint64_t *scratch, pc_statistics *out);
/* The same of n values, divided by `unit`; sorts them. */
void tally_values(int64_t *value, size_t n, double unit, pc_statistics *out);
/* Share of replicates in which a cell lies in [low, high]. */
double tally_share(const tally *self, size_t cell, int64_t low, int64_t high);
void tally_free(tally *self);

#endif
