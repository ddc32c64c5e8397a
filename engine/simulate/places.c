#include "simulate/places.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "simulate/interventions.h"

pc_status places_init(places *self, const pc_plan *plan)
{
    memset(self, 0, sizeof *self);
    self->plan = plan;
    self->occupied = pc_new_zero(plan->n_category, sizeof *self->occupied);
    self->places = pc_new_zero(plan->n_category, sizeof *self->places);
    if (self->occupied == NULL || self->places == NULL) {
        places_free(self);
        return PC_ERR_NO_MEMORY;
    }
    for (size_t category = 0; category < plan->n_category; category++) {
        const plan_capacity *capacity = &plan->capacity[category];

        if (capacity->capped) {
            self->capped[self->n_capped++] = (uint8_t)category;
            self->places[category] = capacity->uncertain
                                         ? pc_new_zero((size_t)plan->n_day, sizeof **self->places)
                                         : capacity->places;
        }
        if (capacity->capped && self->places[category] == NULL) {
            places_free(self);
            return PC_ERR_NO_MEMORY;
        }
    }
    return PC_OK;
}

void places_reset(places *self, const int32_t *initial, const struct intervention_state *state)
{
    memcpy(self->occupied, initial, self->plan->n_category * sizeof *self->occupied);
    for (size_t at = 0; at < self->n_capped; at++) {
        size_t category = self->capped[at];

        if (self->plan->capacity[category].uncertain) {
            memcpy(self->places[category], self->plan->capacity[category].places,
                   (size_t)self->plan->n_day * sizeof **self->places);
            interventions_add_places(self->plan, state, category, self->places[category]);
        }
    }
}

void places_free(places *self)
{
    for (size_t category = 0; self->places != NULL && category < self->plan->n_category; category++) {
        if (self->plan->capacity[category].uncertain) {
            free(self->places[category]);
        }
    }
    free(self->places);
    free(self->occupied);
    memset(self, 0, sizeof *self);
}

int32_t places_over(const places *self, size_t category, int day)
{
    return self->plan->capacity[category].capped ? self->occupied[category] - self->places[category][day] : 0;
}

bool places_closes_on(const places *self, size_t category, int day)
{
    const plan_capacity *capacity = &self->plan->capacity[category];

    return capacity->capped && capacity->close && places_over(self, category, day) > 0 &&
           (day == 0 || self->places[category][day] < self->places[category][day - 1]);
}

/* Where the child goes: a suitable and free in-house place before an agency, then the place needed, then the
 * list in order. */
static size_t choose(const places *self, pc_random_key key, uint64_t entity, uint32_t event_number,
                     placed_state *state, int day)
{
    const plan_capacity *capacity = &self->plan->capacity[state->wanted];

    if (capacity->substitute_to >= 0 && places_free_in(self, (size_t)capacity->substitute_to, day) &&
        pc_uniform(pc_random(key, entity, PC_PURPOSE_SUBSTITUTION, event_number).word[0]) <
            capacity->substitute_share) {
        return (size_t)capacity->substitute_to;
    }
    if (places_free_in(self, state->wanted, day)) {
        return state->wanted;
    }
    state->displaced = true;
    for (size_t at = 0; at < capacity->n_overflow; at++) {
        if (places_free_in(self, capacity->overflow[at], day)) {
            return capacity->overflow[at];
        }
    }
    state->unmet = true;
    return capacity->n_overflow > 0 ? capacity->overflow[capacity->n_overflow - 1] : state->wanted;
}

size_t places_take(places *self, ledger *out, pc_random_key key, uint64_t entity, uint32_t event_number,
                   placed_state *state, int day)
{
    size_t period = (size_t)out->period_of_day[day], wanted = state->wanted, to;

    state->displaced = false;
    state->unmet = false;
    to = choose(self, key, entity, event_number, state, day);
    self->occupied[to]++;
    if (state->displaced) {
        *ledger_at(out, LEDGER_OVERFLOW, wanted, period) += 1;
        state->displaced =
            to != wanted; /* without a list it is placed where it is needed, above the places */
    }
    if (state->displaced) {
        *ledger_at(out, LEDGER_DISPLACED, wanted, period) += 1;
    }
    state->waits = state->displaced && self->plan->capacity[wanted].return_home;
    if (state->unmet) {
        *ledger_at(out, LEDGER_UNMET, wanted, period) += 1;
        *ledger_at(out, LEDGER_UNMET_NET, wanted, period) += 1;
        *ledger_at(out, LEDGER_UNMET_DAYS, wanted, period) += out->period[period].end - day;
    }
    return to;
}

void places_end_day(const places *self, ledger *out, int day)
{
    size_t period = (size_t)out->period_of_day[day];

    for (size_t at = 0; at < self->n_capped; at++) {
        size_t category = self->capped[at];
        int32_t there = self->places[category][day], empty = there - self->occupied[category];

        *ledger_at(out, LEDGER_FULL, category, period) += empty <= 0;
        if (empty > 0 && there != PLAN_NO_LIMIT &&
            (self->plan->capacity[category].block || self->plan->capacity[category].retained)) {
            *ledger_at(out, LEDGER_EMPTY, category, period) += empty;
        }
    }
}
