/* exit_rate: exits for given causes become more or less frequent.
 *
 * More frequent: further exits happen on a clock of their own, at the base hazard times (product of (1 +
 * effect) - 1) as an upper bound; one is accepted with the share that applies on its day, to the child's
 * exact age. Less frequent: exits of the base are averted with the share. So no exit of the base moves to
 * another day, and a child that is not changed has the same life. */
#include <math.h>

#include "simulate/interventions.h"
#include "simulate/replicate.h"

const intervention_behaviour intervention_exit_rate = {0};

static bool raises(const plan_intervention *self, const intervention_state *state)
{
    return self->kind == PC_INTERVENTION_EXIT_RATE && state->delivered && state->effect > 0.0;
}

/* Product of (1 + effect x share) over the interventions that raise exits for `cause`; with `child`, as they
 * apply to it on `day`, else as an upper bound for its row. */
static double raised(const pc_plan *plan, const intervention_state *state, size_t stream, size_t category,
                     size_t cause, const life *child, double day)
{
    double product = 1.0;

    for (size_t at = 0; at < plan->n_intervention; at++) {
        const plan_intervention *self = &plan->intervention[at];
        bool fits = raises(self, &state[at]) && (self->causes >> cause & 1) != 0 &&
                    (self->categories >> category & 1) != 0 && (self->streams >> stream & 1) != 0;

        if (fits && child == NULL) {
            product *= 1.0 + state[at].effect;
        } else if (fits && interventions_in_pool(self, child, category)) {
            /* Under a reach the ramp is in the treatment places. */
            product *= 1.0 + state[at].effect *
                                 (isfinite(self->source->reach) ? 1.0 : interventions_ramp(self, day));
        }
    }
    return product;
}

void interventions_extra_rate(const pc_plan *plan, const intervention_state *state,
                              const hazard_tables *tables, double exit_scale, double *extra_rate)
{
    for (size_t row = 0; row < tables->n_row; row++) {
        size_t category = row / PC_N_BAND % tables->n_category;
        size_t stream = row / PC_N_BAND / tables->n_category / PC_N_AGE_BAND;
        double below = 0.0, sum = 0.0;

        for (size_t cause = 0; cause < PC_N_EXIT_HAZARD; cause++) {
            double cumulative = tables->exit_cumulative[row * PC_N_EXIT_HAZARD + cause];

            if (cumulative > below) {
                sum += (cumulative - below) * (raised(plan, state, stream, category, cause, NULL, 0.0) - 1.0);
            }
            below = cumulative;
        }
        extra_rate[row] = sum * exit_scale;
    }
}

/* The intervention to which a further exit is due, in proportion to what each adds in turn: u in [0, product
 * - 1). */
static size_t due_to(const intervention_context *context, const life *child, size_t cause, double u,
                     double day)
{
    const pc_plan *plan = context->workspace->plan;
    const intervention_state *state = context->workspace->intervention_state;
    double product = 1.0;

    for (size_t at = 0; at < plan->n_intervention; at++) {
        const plan_intervention *self = &plan->intervention[at];

        if (raises(self, &state[at]) && (self->causes >> cause & 1) != 0 &&
            interventions_in_pool(self, child, child->category)) {
            product *= 1.0 + state[at].effect *
                                 (isfinite(self->source->reach) ? 1.0 : interventions_ramp(self, day));
            if (u < product - 1.0) {
                return at;
            }
        }
    }
    return plan->n_intervention;
}

size_t interventions_extra_exit(const intervention_context *context, const life *child, int day)
{
    replicate_workspace *workspace = context->workspace;
    const hazard_tables *tables = context->setting->tables;
    size_t row = hazard_row(tables, child->stream, child->age, child->category, child->care_band), which;
    pc_random_block block = pc_random(context->setting->key, child->entity, PC_PURPOSE_INTERVENTION,
                                      1U << 20 | child->extra_number << 1);
    double total = 0.0, below = 0.0, bound[PC_N_EXIT_HAZARD], weight[PC_N_EXIT_HAZARD], target, u;
    size_t cause = 0;
    const plan_intervention *self;

    for (size_t at = 0; at < PC_N_EXIT_HAZARD; at++) {
        double cumulative = tables->exit_cumulative[row * PC_N_EXIT_HAZARD + at];

        bound[at] = raised(workspace->plan, workspace->intervention_state, child->stream, child->category, at,
                           NULL, 0.0) -
                    1.0;
        weight[at] = (cumulative - below) * bound[at];
        total += weight[at];
        below = cumulative;
    }
    target = pc_uniform(block.word[0]) * total;
    while (cause + 1 < PC_N_EXIT_HAZARD && !(target < weight[cause])) {
        target -= weight[cause++];
    }
    u = pc_uniform(block.word[1]) * bound[cause];
    which = due_to(context, child, cause, u, child->time);
    if (which == workspace->plan->n_intervention) {
        return PC_N_EXIT_CAUSE; /* not (or not yet fully) in force for this child */
    }
    self = &workspace->plan->intervention[which];
    if (isfinite(self->source->reach) &&
        (!(interventions_ramp(self, child->time) > 0.0) ||
         !(pc_uniform(block.word[2]) < self->source->would_have) ||
         !interventions_take_place(self, &workspace->intervention_state[which]))) {
        return PC_N_EXIT_CAUSE;
    }
    interventions_count(context, which, false, day);
    interventions_count(context, which, true, day);
    return cause;
}

bool interventions_keep(const intervention_context *context, const life *child, size_t cause, int day)
{
    replicate_workspace *workspace = context->workspace;
    const pc_plan *plan = workspace->plan;
    double left = 1.0;

    for (size_t at = 0; at < plan->n_intervention; at++) {
        const plan_intervention *self = &plan->intervention[at];
        intervention_state *state = &workspace->intervention_state[at];
        double share = -state->effect;

        if (self->kind != PC_INTERVENTION_EXIT_RATE || !(share > 0.0) || (self->causes >> cause & 1) == 0 ||
            !interventions_in_pool(self, child, child->category)) {
            continue;
        }
        share = interventions_with_floor(share * interventions_ramp(self, child->time), &left);
        if (pc_uniform(
                interventions_random(context, self, child->entity, 1U << 19 | child->extra_number).word[0]) <
            share) {
            interventions_count(context, at, false, day);
            interventions_count(context, at, true, day);
            return true;
        }
    }
    return false;
}
