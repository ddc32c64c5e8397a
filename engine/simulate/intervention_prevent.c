/* prevent: a share of the children of a pool does not start. */
#include "simulate/interventions.h"

static bool prevents(const intervention_context *context, size_t which, const life *child, int day,
                     double *left)
{
    return interventions_changes(context, which, child, child->category, day, left);
}

const intervention_behaviour intervention_prevent = {.prevents = prevents};
