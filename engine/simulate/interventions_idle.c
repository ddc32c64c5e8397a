/* Interventions that can change nothing in an authority, because nobody is in their pool. */
#include "simulate/interventions.h"

/* Whether anybody of the stream starts at an age of the pool, in one of its categories. */
static bool anyone_starts(const pc_plan *plan, const plan_intervention *self, size_t stream)
{
    for (size_t age = 0; age < PC_N_AGE_YEAR; age++) {
        size_t band = (size_t)pc_age_band_of_years((int)age);

        if (!(plan->mean->starts[stream * PC_N_AGE_YEAR + age] > 0.0) ||
            !((double)age < self->age_end && (double)age + 1.0 > self->age_from)) {
            continue;
        }
        for (size_t category = 0; category < plan->n_category; category++) {
            if ((self->categories >> category & 1) != 0 &&
                plan->mean->first[(stream * PC_N_AGE_BAND + band) * plan->n_category + category] > 0.0) {
                return true;
            }
        }
    }
    return false;
}

/* Whether anybody of the pool's streams is, or can come to be, in one of its categories. Ages are not looked
 * at: children grow older. */
static bool anyone_comes(const pc_plan *plan, const plan_intervention *self)
{
    const size_t n = plan->n_category;
    plan_intervention any_age = *self;

    any_age.age_from = 0.0;
    any_age.age_end = PC_N_AGE_YEAR;
    for (size_t child = 0; child < plan->n_child; child++) {
        if ((self->categories >> plan->child[child].category & 1) != 0 &&
            (self->streams >> plan->child[child].stream & 1) != 0) {
            return true;
        }
    }
    for (size_t stream = 0; stream < PC_N_STREAM; stream++) {
        if ((self->streams >> stream & 1) != 0 && anyone_starts(plan, &any_age, stream)) {
            return true;
        }
    }
    for (size_t at = 0; at < (size_t)PC_N_STREAM * PC_N_AGE_BAND * n * PC_N_BAND * n; at++) {
        size_t from = at / n / PC_N_BAND % n, stream = at / n / PC_N_BAND / n / PC_N_AGE_BAND;

        if ((self->categories >> at % n & 1) != 0 && (self->categories >> from & 1) == 0 &&
            (self->streams >> stream & 1) != 0 &&
            (plan->mean->move[at] > 0.0 || plan->mean->status[at] > 0.0)) {
            return true;
        }
    }
    return false;
}

bool interventions_is_idle(const pc_plan *plan, size_t which)
{
    const plan_intervention *self = &plan->intervention[which];
    bool any = false;

    if (!self->here) {
        return true;
    }
    switch (self->kind) {
    case PC_INTERVENTION_PREVENT:
        for (size_t stream = 0; stream < PC_N_STREAM; stream++) {
            any |= (self->streams >> stream & 1) != 0 && anyone_starts(plan, self, stream);
        }
        return !any;
    case PC_INTERVENTION_CAPACITY:
        for (size_t category = 0; category < plan->n_category; category++) {
            any |= (self->categories >> category & 1) != 0 && plan->capacity[category].capped;
        }
        return !any;
    case PC_INTERVENTION_DIVERT:
    case PC_INTERVENTION_DISCHARGE:
    case PC_INTERVENTION_EXIT_RATE:
    case PC_INTERVENTION_MOVE:
        return !anyone_comes(plan, self);
    case PC_INTERVENTION_PRICE:
    case PC_INTERVENTION_ACTIVITY:
    case PC_N_INTERVENTION_KIND:
    default:
        return false;
    }
}
