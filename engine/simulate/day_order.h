/* day_order.h - a replicate in day order, for scenarios in which children compete for places.
 *
 * The same lives on the same random numbers as without capacity: as long as no place is refused, the two give
 * the same ledger to the last count. Within a day ends come before arrivals, and arrivals are taken in keyed
 * order (docs/capacity.md).
 */
#ifndef PC_SIMULATE_DAY_ORDER_H
#define PC_SIMULATE_DAY_ORDER_H

#include "simulate/interventions.h"
#include "simulate/replicate.h"

typedef struct day_state day_state;

PC_MUST_USE pc_status day_state_new(const pc_plan *plan, day_state **out);
/* Runs the children at the origin and self->starters into self->ledger. */
PC_MUST_USE pc_status day_order_run(replicate_workspace *self, const life_setting *setting);
void day_state_free(day_state *self);

/* For interventions, at the end of a day. A child of the pool in care now, in keyed order; -1 when there is
 * none. */
int32_t day_order_pick(const intervention_context *context, const plan_intervention *which);
bool day_order_has_room(const intervention_context *context, size_t category, int day);
void day_order_move(const intervention_context *context, int32_t number, size_t to, int day);
/* The child leaves care for home; with the intervention's probability it starts again within a year, in its
 * old category. */
void day_order_send_home(const intervention_context *context, int32_t number, const plan_intervention *by,
                         int day);

#endif
