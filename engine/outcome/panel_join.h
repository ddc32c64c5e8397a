/* panel_join.h - children of one area by age and type of placement, from margins published apart. */
#ifndef PC_OUTCOME_PANEL_JOIN_H
#define PC_OUTCOME_PANEL_JOIN_H

#include <stddef.h>

#include "outcome/panel_known.h"

/* Scales n values to a sum; all 0: shared evenly. */
void panel_scale_to(double *value, size_t n, double sum);
/* Margins of one area, summing to its children; suppressed cells share what is left as in all areas. */
void panel_find_ages(const pc_panel *panel, size_t area, const panel_known *known, double children,
                     double age[PC_N_AGE_BAND]);
void panel_find_types(const pc_panel *panel, size_t area, const panel_known *known, double children,
                      double type[PANEL_N_TYPE]);
/* Where the margins contradict the seed the ages are kept. */
void panel_join(const double age[PC_N_AGE_BAND], const double type[PANEL_N_TYPE],
                double cell[PC_N_AGE_BAND][PANEL_N_TYPE]);
/* Whole children, `children` in all. */
void panel_make_whole(double cell[PC_N_AGE_BAND][PANEL_N_TYPE], long children,
                      long whole[PC_N_AGE_BAND][PANEL_N_TYPE]);
/* Shares of the types at each age; an age without children takes those of all. */
void panel_mixes(double cell[PC_N_AGE_BAND][PANEL_N_TYPE], const double type[PANEL_N_TYPE],
                 double mix[PC_N_AGE_BAND][PANEL_N_TYPE]);

#endif
