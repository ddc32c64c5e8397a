/* draw_starts.h - private to draw.c and draw_starts.c. */
#ifndef PC_ESTIMATE_DRAW_STARTS_H
#define PC_ESTIMATE_DRAW_STARTS_H

#include "estimate/estimate.h"
#include "estimate/gamma_stream.h"

/* Writes the starts and first placements of one stream. */
void estimate_draw_starts(gamma_stream *numbers, const estimate_starts *self, pc_stream stream,
                          pc_rates *out);

#endif
