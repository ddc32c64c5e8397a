/* move: so many children a year move from the pool's categories to another one. It changes no rate, and no
 * life of a child that it does not move. */
#include "simulate/day_order.h"
#include "simulate/interventions.h"

static void acts(const intervention_context *context, size_t which, int day)
{
    replicate_workspace *workspace = context->workspace;
    const plan_intervention *self = &workspace->plan->intervention[which];
    intervention_state *state = &workspace->intervention_state[which];

    /* After its end no place that was left is used any more. */
    if (!state->delivered || !(interventions_ramp(self, day + 0.5) > 0.0)) {
        return;
    }
    while (state->places >= 1.0) {
        /* A full category takes nobody: the place for a move waits until the end of the year. */
        int32_t number =
            day_order_has_room(context, (size_t)self->to, day) ? day_order_pick(context, self) : -1;

        if (number < 0 || !interventions_take_place(self, state)) {
            return;
        }
        interventions_count(context, which, false, day);
        interventions_count(context, which, true, day);
        day_order_move(context, number, (size_t)self->to, day);
    }
}

const intervention_behaviour intervention_move = {.acts = acts};
