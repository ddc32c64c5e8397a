/* prevent: a share of the children of a pool does not start. */
#include "simulate/interventions.h"
#include "simulate/replicate.h"

static bool prevents(const intervention_context *context, size_t which, intervention_case *of)
{
    return interventions_changes(context, which, of, context->workspace->intervention_state[which].effect);
}

const intervention_behaviour intervention_prevent = {.prevents = prevents};
