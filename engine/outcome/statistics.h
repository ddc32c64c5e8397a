/* statistics.h - from tallies to the statistics of a forecast. */
#ifndef PC_OUTCOME_STATISTICS_H
#define PC_OUTCOME_STATISTICS_H

#include "outcome/tally.h"

/* Fills the statistics of authority `la` of `out`. Each cell is one thread's, so that any number of threads
 * gives the same. threads 0: all. */
PC_MUST_USE pc_status statistics_take(const grid *shape, const tally *from, int threads, size_t la,
                                      pc_forecast *out);

/* Nothing is known: NaN throughout. */
void statistics_unknown(pc_statistics *out);

#endif
