/* divert: a child who needs a place in one category is placed in another, at a start or a move. */
#include "simulate/interventions.h"
#include "simulate/replicate.h"

static size_t diverts(const intervention_context *context, size_t which, const life *child, size_t wanted,
                      int day)
{
    int to = context->workspace->plan->intervention[which].to;
    double left = 1.0;

    return (size_t)to != wanted && interventions_changes(context, which, child, wanted, day, &left)
               ? (size_t)to
               : wanted;
}

const intervention_behaviour intervention_divert = {.diverts = diverts};
