/* panel_rivals.h - the last value and the two-year line on published figures. */
#ifndef PC_OUTCOME_PANEL_RIVALS_H
#define PC_OUTCOME_PANEL_RIVALS_H

#include "outcome/panel_spread.h"

/* What is scored: children in all, of each type, starts, ceases. */
enum { PANEL_N_SCORED = PANEL_N_TYPE + 3, PANEL_STARTS = PANEL_N_TYPE + 1, PANEL_CEASES };

/* What was published of `what` (0: children in all; 1 + type; PANEL_STARTS, PANEL_CEASES: all years to the
 * horizon), or below 0. */
double panel_actual(const pc_panel *panel, size_t area, int origin, int years, int what);
double panel_naive(const pc_panel *panel, size_t area, int origin, int years, int what);
double panel_line(const pc_panel *panel, size_t area, int origin, int years, int what);

/* Spread of the last value's own errors as known by a year: standard deviation of error / root of value. */
typedef struct panel_spreads {
    double value[PANEL_N_HORIZON][PANEL_N_SCORED][PC_N_SIZE_BAND];
} panel_spreads;
/* `use` [n_area]: areas to look at. */
void panel_spreads_by(const pc_panel *panel, const bool *use, int year, panel_spreads *out);
/* Standard deviation of the last value's error. */
double panel_naive_spread(const panel_spreads *self, const pc_panel *panel, size_t area, int origin,
                          int years, int what);

#endif
