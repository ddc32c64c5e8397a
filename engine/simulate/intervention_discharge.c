/* discharge: a named cohort of children goes home between two dates, evenly; some return within a year. */
#include <math.h>

#include "simulate/day_order.h"
#include "simulate/interventions.h"

/* How many of the cohort should have left by the end of `day`: the k-th leaves in the middle of the k-th of
 * equal parts. */
static int32_t due_by(const plan_intervention *self, double cohort, double day)
{
    double end = self->end < LIFE_NEVER ? self->end : self->begin + 1.0;
    double share = end > self->begin ? (day + 1.0 - self->begin) / (end - self->begin) : 1.0;

    if (!(share > 0.0)) {
        return 0;
    }
    return (int32_t)floor(cohort * (share < 1.0 ? share : 1.0) + (share < 1.0 ? 0.5 : 1e-9));
}

static void acts(const intervention_context *context, size_t which, int day)
{
    replicate_workspace *workspace = context->workspace;
    const plan_intervention *self = &workspace->plan->intervention[which];
    intervention_state *state = &workspace->intervention_state[which];
    double cohort = self->source->children;
    int32_t due;

    if (!state->delivered || day + 1.0 <= self->begin) {
        return;
    }
    /* A cohort that is no whole number is one more in that share of replicates. */
    cohort = floor(cohort + pc_uniform(interventions_random(context, self, 0, 0).word[0]));
    for (due = due_by(self, cohort, day); state->due < due; state->due++) {
        int32_t number = day_order_pick(context, self);

        if (number < 0) {
            state->due = due; /* nobody is left in the pool: the places lapse */
            return;
        }
        interventions_count(context, which, false, day);
        interventions_count(context, which, true, day);
        day_order_send_home(context, number, self, day);
    }
}

const intervention_behaviour intervention_discharge = {.acts = acts};
