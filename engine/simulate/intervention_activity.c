/* activity: volumes and conversions at the front door. It never touches starts in care, unless the scenario
 * links them by name (`starts_in_care`): then that share of a reduction falls on starts as well. */
#include "simulate/interventions.h"
#include "simulate/replicate.h"

static bool prevents(const intervention_context *context, size_t which, intervention_case *of)
{
    const plan_intervention *self = &context->workspace->plan->intervention[which];
    double share = -context->workspace->intervention_state[which].effect * self->source->starts_in_care;

    return share > 0.0 && interventions_changes(context, which, of, share);
}

const intervention_behaviour intervention_activity = {.prevents = prevents};
