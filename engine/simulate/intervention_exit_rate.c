/* exit_rate: exits for given causes become more or less frequent.
 *
 * More frequent: further exits happen on a clock of their own, at the base hazard times (product of (1 +
 * effect) - 1) as an upper bound; one is accepted with the share that applies on its day, to the child's
 * exact age. Less frequent: exits are averted with the share. So no exit of the base moves to another day,
 * and a child that is not changed has the same life. */
#include <math.h>

#include "simulate/interventions.h"
#include "simulate/replicate.h"

const intervention_behaviour intervention_exit_rate = {0};

static bool raises(const plan_intervention *self, const intervention_state *state, size_t cause)
{
    return self->kind == PC_INTERVENTION_EXIT_RATE && state->delivered && state->effect > 0.0 &&
           (self->causes >> cause & 1) != 0;
}

/* A row of the hazard tables and, when it is a child's, the child with its exact age and time. */
typedef struct raised_row {
    size_t stream, category;
    const life *child; /* NULL: an upper bound for the row */
} raised_row;

/* The hazard of further exits for `cause` relative to the base hazard, laid end to end by intervention;
 * *which is the one in whose part `u` lies, and stays as it is when u lies beyond them.
 *
 * Without a reach an intervention adds effect x ramp times what the ones before it left. Under a reach it has
 * would-be cases at the base rate (or effect times that, where this is more), of which a share is changed
 * later; those come last, so that what the reach holds back never raises the part of another. */
static double lay_out(const pc_plan *plan, const intervention_state *state, const raised_row *row,
                      size_t cause, double u, size_t *which)
{
    double product = 1.0, sum = 0.0;

    for (size_t at = 0; at < 2 * plan->n_intervention; at++) {
        size_t number = at % plan->n_intervention;
        const plan_intervention *self = &plan->intervention[number];
        bool capped = isfinite(self->source->reach), last = at >= plan->n_intervention;
        double effect = state[number].effect, ramp = 1.0, width;

        if (capped != last || !raises(self, &state[number], cause) ||
            (self->categories >> row->category & 1) == 0 || (self->streams >> row->stream & 1) == 0) {
            continue;
        }
        if (row->child != NULL) {
            ramp = interventions_in_pool(self, row->child, row->category)
                       ? interventions_ramp(self, row->child->time)
                       : 0.0;
        }
        if (!(ramp > 0.0)) {
            continue;
        }
        effect *= capped ? 1.0 : ramp; /* under a reach the ramp is in the treatment places */
        width = product * (capped && effect < 1.0 ? 1.0 : effect);
        product *= 1.0 + effect;
        if (u >= sum && u < sum + width) {
            *which = number;
        }
        sum += width;
    }
    return sum;
}

void interventions_extra_rate(const pc_plan *plan, const intervention_state *state,
                              const hazard_tables *tables, double exit_scale, double *extra_rate)
{
    const size_t n_group = (size_t)PC_N_STREAM * tables->n_category;

    /* The bound is the same for every age and duration band. */
    for (size_t group = 0; group < n_group; group++) {
        raised_row row = {.category = group % tables->n_category, .stream = group / tables->n_category};
        double bound[PC_N_EXIT_HAZARD];
        size_t nobody;

        for (size_t cause = 0; cause < PC_N_EXIT_HAZARD; cause++) {
            bound[cause] = lay_out(plan, state, &row, cause, -1.0, &nobody);
        }
        for (size_t at = 0; at < (size_t)PC_N_AGE_BAND * PC_N_BAND; at++) {
            size_t number = hazard_row(tables, row.stream, at / PC_N_BAND, row.category, at % PC_N_BAND);
            const double *cumulative = tables->exit_cumulative + number * PC_N_EXIT_HAZARD;
            double below = 0.0, sum = 0.0;

            for (size_t cause = 0; cause < PC_N_EXIT_HAZARD; cause++) {
                sum += (cumulative[cause] - below) * bound[cause];
                below = cumulative[cause];
            }
            extra_rate[number] = sum * exit_scale;
        }
    }
}

/* The cause of a would-be further exit, in proportion to base hazard times bound; *bound is that cause's. */
static size_t choose_cause(const intervention_context *context, const life *child, double u, double *bound)
{
    const replicate_workspace *workspace = context->workspace;
    const hazard_tables *tables = context->setting->tables;
    raised_row row = {.stream = child->stream, .category = child->category};
    size_t at = hazard_row(tables, child->stream, child->age, child->category, child->care_band), nobody;
    double each[PC_N_EXIT_HAZARD], cumulative[PC_N_EXIT_HAZARD], below = 0.0, sum = 0.0;
    size_t cause;

    for (cause = 0; cause < PC_N_EXIT_HAZARD; cause++) {
        double base = tables->exit_cumulative[at * PC_N_EXIT_HAZARD + cause];

        each[cause] = lay_out(workspace->plan, workspace->intervention_state, &row, cause, -1.0, &nobody);
        sum += (base - below) * each[cause];
        cumulative[cause] = sum;
        below = base;
    }
    cause = hazard_search(cumulative, PC_N_EXIT_HAZARD, u * sum);
    *bound = each[cause];
    return cause;
}

/* Under a reach: whether a place is free, used by a child who would not have left anyway, and works. */
static bool works(const intervention_context *context, size_t which, pc_random_block block, int day)
{
    const plan_intervention *self = &context->workspace->plan->intervention[which];
    intervention_state *state = &context->workspace->intervention_state[which];
    bool capped = isfinite(self->source->reach);

    if (!interventions_take_place(self, state)) {
        return false;
    }
    interventions_count(context, which, false, day);
    if (capped && !(pc_uniform(block.word[2]) < self->source->would_have &&
                    pc_uniform(block.word[3]) < state->effect)) {
        return false;
    }
    interventions_count(context, which, true, day);
    return true;
}

size_t interventions_extra_exit(const intervention_context *context, const life *child, int day)
{
    const replicate_workspace *workspace = context->workspace;
    pc_random_block block = pc_random(context->setting->key, child->entity, PC_PURPOSE_INTERVENTION,
                                      1U << 20 | child->extra_number << 1);
    raised_row row = {.stream = child->stream, .category = child->category, .child = child};
    size_t which = workspace->plan->n_intervention, cause;
    double bound;

    cause = choose_cause(context, child, pc_uniform(block.word[0]), &bound);
    (void)lay_out(workspace->plan, workspace->intervention_state, &row, cause,
                  pc_uniform(block.word[1]) * bound, &which);
    /* Not (or not yet fully) in force for this child; or averted by an intervention that makes exits rarer,
     * whose share applies to further exits as well. */
    if (which == workspace->plan->n_intervention || interventions_keep(context, child, cause, day) ||
        !works(context, which, block, day)) {
        return PC_N_EXIT_CAUSE;
    }
    return cause;
}

bool interventions_keep(const intervention_context *context, const life *child, size_t cause, int day)
{
    const replicate_workspace *workspace = context->workspace;
    const pc_plan *plan = workspace->plan;
    intervention_case of = {.child = child,
                            .category = child->category,
                            .occasion = OCCASION_KEEP | child->extra_number,
                            .day = day,
                            .left = 1.0};

    for (size_t at = 0; at < plan->n_intervention; at++) {
        const plan_intervention *self = &plan->intervention[at];
        double share = -workspace->intervention_state[at].effect;

        if (self->kind == PC_INTERVENTION_EXIT_RATE && share > 0.0 && (self->causes >> cause & 1) != 0 &&
            interventions_changes(context, at, &of, share)) {
            return true;
        }
    }
    return false;
}
