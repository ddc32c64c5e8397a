/* panel_estimates.h - the estimates of a year as rows of panel_estimates.csv. */
#ifndef PC_OUTCOME_PANEL_ESTIMATES_H
#define PC_OUTCOME_PANEL_ESTIMATES_H

#include "outcome/panel_spread.h"

enum { PANEL_ESTIMATE_ROWS = 5 * PC_N_KNOT + PC_N_SIZE_BAND + 4 + PANEL_N_TYPE - 1 + PANEL_N_HALF_LIFE };

/* Appends PANEL_ESTIMATE_ROWS rows, for which there is room. */
void panel_list_estimates(const panel_estimates *from, pc_panel_estimates *out);

#endif
