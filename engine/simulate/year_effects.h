/* year_effects.h - persistence and spread of the shocks shared by all children of a year, by size of
 * authority. */
#ifndef PC_SIMULATE_YEAR_EFFECTS_H
#define PC_SIMULATE_YEAR_EFFECTS_H

#include "simulate/plan.h"

/* Reads `path` (target, children_from, children_to, phi, sigma), or the shipped table when it is NULL, and
 * sets the shocks of a plan with that many children. Targets: starts, uasc_starts, exits, mix. A target
 * without a row has no shock, but starts of unaccompanied children without a row have that of all starts. */
PC_MUST_USE pc_status year_effects_read(const char *path, double children, pc_plan *plan,
                                        pc_diagnostics *diagnostics);

#endif
