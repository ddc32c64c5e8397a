/* divert: a child who needs a place in one category is placed in another, at a start or a move. */
#include "simulate/interventions.h"
#include "simulate/replicate.h"

static size_t diverts(const intervention_context *context, size_t which, intervention_case *of)
{
    const replicate_workspace *workspace = context->workspace;
    size_t to = (size_t)workspace->plan->intervention[which].to;

    return to != of->category &&
                   interventions_changes(context, which, of, workspace->intervention_state[which].effect)
               ? to
               : of->category;
}

const intervention_behaviour intervention_divert = {.diverts = diverts};
