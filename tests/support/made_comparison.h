/* made_comparison.h - a comparison made by hand around made_record.h, for the tests of what is told of one.
 *
 * The reference "Made 1" has no interventions; "Better, by far" has three: "Help, early" (prevent; treated
 * 10 + year, changed 4 + year), "Beds" (capacity) and "Out" (move, as the first), and two targets. Its
 * difference is statistics of mean -5.5 and quantile q = -10 + q in every cell; p_fewer 0.8 and p_more 0.125
 * everywhere. Alone, part p has mean -(p + 1), in pounds a thousand times that, with quantiles mean + q - 4;
 * the whole is the last part.
 */
#ifndef PC_MADE_COMPARISON_H
#define PC_MADE_COMPARISON_H

#include "made_record.h"

typedef struct made_comparison {
    made made;
    pc_forecast forecast[2], difference[2];
    double p_fewer[2 * 3 * 40], p_more[2 * 3 * 40], p_fewer_than[2 * 2 * 8];
    pc_comparison comparison;
    pc_scenario other;
    const pc_scenario *compared[2];
    pc_alone alone[2];
} made_comparison;

/* As made_record; at most two authorities and 40 months. made.record is that of the comparison. */
void made_comparison_make(made_comparison *self, size_t n_la, size_t n_month);
void made_comparison_free(made_comparison *self);

#endif
