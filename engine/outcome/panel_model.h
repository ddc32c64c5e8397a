/* panel_model.h - the model of one authority from its published figures up to a year: children by age and
 * type of placement, starts by age, leavers by age. The rest of the program takes it as it takes a model
 * fitted to returns. */
#ifndef PC_OUTCOME_PANEL_MODEL_H
#define PC_OUTCOME_PANEL_MODEL_H

#include "outcome/panel_known.h"
#include "placecast/model.h"
#include "simulate/plan.h"

typedef struct panel_evidence {
    double starts_a_year, exits_a_year; /* exits: before and on the 18th birthday, of children in care now */
    double start_events, exit_events;   /* weighted events behind them */
} panel_evidence;

/* What draws of its parameters come from. */
typedef struct panel_uncertainty {
    panel_evidence evidence;
    double sigma_type[PANEL_N_TYPE]; /* of the way into each type, relative to it; 0: known */
} panel_uncertainty;

#define PANEL_MOVES_A_YEAR 0.59 /* a child; placement changes in England, changes of status left out */

/* Whether the figures of `year` suffice: stock, starts and ceases. */
bool panel_model_possible(const pc_panel *panel, size_t area, int year);
/* `half_life` in years: how old figures are weighed, 0 for the last year alone. On failure `out` is empty;
 * pc_model_free frees it. */
PC_MUST_USE pc_status panel_model_make(const pc_panel *panel, size_t area, const panel_known *known,
                                       double half_life, pc_model *out, panel_evidence *evidence);
/* Sets the ways into the types so that in a year's time the mix is expected to be today's: an authority's own
 * change of mix forecasts worse than none. */
PC_MUST_USE pc_status panel_model_settle(pc_model *self);
/* Sets the draws of parameters of a plan made from such a model: Gamma factors on starts and on exits,
 * normal ones with mean 1, cut at 0.05 and 1.95, on the way into each type. `from` outlives the plan. */
void panel_model_draws(pc_plan *plan, const panel_uncertainty *from);

/* Flows of a year as weighted means over the window that ends in `year`; false when there are none. */
bool panel_flows(const pc_panel *panel, size_t area, int year, double gap, double half_life,
                 panel_evidence *out);

#endif
