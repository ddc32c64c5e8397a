/* capacity: places in a category from a date on, in a straight line over the ramp, rounded down. */
#include <math.h>

#include "simulate/interventions.h"

static pc_status compile(pc_plan *plan, size_t which)
{
    const plan_intervention *self = &plan->intervention[which];

    for (size_t category = 0; category < plan->n_category; category++) {
        plan_capacity *capacity = &plan->capacity[category];

        for (int day = 0; (self->categories >> category & 1) != 0 && capacity->capped && day < plan->n_day;
             day++) {
            double change, places;

            if (capacity->places[day] == INT32_MAX) {
                continue; /* before the first step there is no limit to change */
            }
            change = self->source->places * interventions_ramp(self, day);
            places = capacity->places[day] + floor(change + 1e-9);

            if (capacity->places[day] != PLAN_NO_LIMIT) {
                capacity->places[day] = places > 0.0 ? (int)fmin(places, PLAN_NO_LIMIT - 1) : 0;
            }
        }
    }
    return PC_OK;
}

const intervention_behaviour intervention_capacity = {.compile = compile};
