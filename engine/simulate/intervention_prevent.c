/* prevent: a share of the children of a pool does not start; or, with an effect below 0, more of them do.
 *
 * More start by the thinning that makes starters (simulate/starters.h): candidates with marks above the
 * multiplier of their month start when they lie below it times (1 - effect x ramp) on their own day. So all
 * children who start without it start with it, on the same days. */
#include "simulate/interventions.h"
#include "simulate/replicate.h"

static bool prevents(const intervention_context *context, size_t which, intervention_case *of)
{
    double effect = context->workspace->intervention_state[which].effect;

    return effect > 0.0 && interventions_changes(context, which, of, effect);
}

/* Ages of a pool are completed years: those of `age` are all in it or none. */
static bool adds(const plan_intervention *self, const intervention_state *state, size_t stream, double age)
{
    return self->kind == PC_INTERVENTION_PREVENT && state->delivered && state->effect < 0.0 &&
           (self->streams >> stream & 1) != 0 && age >= self->age_from && age < self->age_end;
}

double interventions_more_starts(const pc_plan *plan, const intervention_state *state, size_t stream,
                                 size_t age)
{
    double factor = 1.0;

    for (size_t at = 0; at < plan->n_intervention; at++) {
        if (adds(&plan->intervention[at], &state[at], stream, (double)age)) {
            factor *= 1.0 - state[at].effect;
        }
    }
    return factor;
}

size_t interventions_adds_start(const pc_plan *plan, const intervention_state *state,
                                const struct starter *start, double excess)
{
    double factor = 1.0;

    for (size_t at = 0; at < plan->n_intervention; at++) {
        const plan_intervention *self = &plan->intervention[at];

        if (adds(self, &state[at], start->stream, start->age) &&
            (self->categories >> start->category & 1) != 0) {
            factor *= 1.0 - state[at].effect * interventions_ramp(self, start->time);
            if (excess < factor) {
                return at;
            }
        }
    }
    return plan->n_intervention;
}

const intervention_behaviour intervention_prevent = {.prevents = prevents};
