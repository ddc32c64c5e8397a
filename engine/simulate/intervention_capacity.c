/* capacity: places in a category from a date on, in a straight line over the ramp, rounded down. Changes are
 * added up before anything is cut off at no places, so that their order does not matter. */
#include <math.h>

#include "simulate/interventions.h"

#define MOST_PLACES 1e9 /* far from PLAN_NO_LIMIT */

static bool changes(const plan_intervention *self, size_t category)
{
    return self->here && self->kind == PC_INTERVENTION_CAPACITY && (self->categories >> category & 1) != 0;
}

static bool is_certain(const plan_intervention *self)
{
    return self->source->confidence >= 1.0;
}

static void add_change(const pc_plan *plan, const plan_intervention *self, int *places)
{
    for (int day = 0; day < plan->n_day; day++) {
        if (places[day] != PLAN_NO_LIMIT) { /* before its first step a capacity has no limit to change */
            double change = floor(self->source->places * interventions_ramp(self, day) + 1e-9);

            places[day] = (int)fmax(-MOST_PLACES, fmin(places[day] + change, MOST_PLACES));
        }
    }
}

static void cut_at_none(const pc_plan *plan, int *places)
{
    for (int day = 0; day < plan->n_day; day++) {
        places[day] = places[day] > 0 ? places[day] : 0;
    }
}

void interventions_set_capacity(pc_plan *plan)
{
    for (size_t category = 0; category < plan->n_category; category++) {
        plan_capacity *capacity = &plan->capacity[category];

        if (!capacity->capped) {
            continue;
        }
        for (size_t at = 0; at < plan->n_intervention; at++) {
            const plan_intervention *self = &plan->intervention[at];

            if (changes(self, category) && is_certain(self)) {
                add_change(plan, self, capacity->places);
            }
            capacity->uncertain |= changes(self, category) && !is_certain(self);
        }
        if (!capacity->uncertain) {
            cut_at_none(plan, capacity->places);
        }
    }
}

void interventions_add_places(const pc_plan *plan, const intervention_state *state, size_t category,
                              int *places)
{
    for (size_t at = 0; at < plan->n_intervention; at++) {
        const plan_intervention *self = &plan->intervention[at];

        if (changes(self, category) && !is_certain(self) && state[at].delivered) {
            add_change(plan, self, places);
        }
    }
    cut_at_none(plan, places);
}

const intervention_behaviour intervention_capacity = {0};
