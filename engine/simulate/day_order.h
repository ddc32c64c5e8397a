/* day_order.h - a replicate in day order, for scenarios in which children compete for places.
 *
 * The same lives on the same random numbers as without capacity: as long as no place is refused, the two give
 * the same ledger to the last count. Within a day ends come before arrivals, and arrivals are taken in keyed
 * order (docs/capacity.md).
 */
#ifndef PC_SIMULATE_DAY_ORDER_H
#define PC_SIMULATE_DAY_ORDER_H

#include "simulate/replicate.h"

typedef struct day_state day_state;

PC_MUST_USE pc_status day_state_new(const pc_plan *plan, day_state **out);
/* Runs the children at the origin and self->starters into self->ledger. */
PC_MUST_USE pc_status day_order_run(replicate_workspace *self, const life_setting *setting);
void day_state_free(day_state *self);

#endif
