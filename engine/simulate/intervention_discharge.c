/* discharge: a named cohort of children goes home between two dates, evenly; some return within a year. */
#include <math.h>

#include "simulate/day_order.h"
#include "simulate/interventions.h"

/* How many of the cohort should have left by the end of `day`: the k-th leaves in the middle of the k-th of
 * equal parts; all at once where there is no last date. */
static int32_t due_by(const plan_intervention *self, double cohort, double day)
{
    double end = self->end < LIFE_NEVER ? self->end : self->begin + 1.0;
    double share = (day + 1.0 - self->begin) / (end - self->begin);

    if (!(share > 0.0)) {
        return 0;
    }
    return share < 1.0 ? (int32_t)floor(cohort * share + 0.5) : (int32_t)cohort;
}

static void acts(const intervention_context *context, size_t which, int day)
{
    replicate_workspace *workspace = context->workspace;
    const plan_intervention *self = &workspace->plan->intervention[which];
    intervention_state *state = &workspace->intervention_state[which];
    uint64_t authority = (uint64_t)workspace->plan->authority_number + 1;
    double cohort = self->source->children;
    int32_t due;

    if (!state->delivered || !(self->begin < self->end)) {
        return;
    }
    /* A cohort that is no whole number is one more in that share of replicates. */
    cohort =
        floor(cohort + pc_uniform(interventions_random(context, self, authority, OCCASION_COHORT).word[0]));
    if (day == 0) {
        state->due = due_by(self, cohort, -1.0); /* those due before the first day have left already */
    }
    due = due_by(self, cohort, day);
    for (; state->due < due; state->due++) {
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
