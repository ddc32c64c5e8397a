/* places.h - who may live where: occupancy, capacity, overflow and substitution of one replicate
 * (docs/capacity.md). */
#ifndef PC_SIMULATE_PLACES_H
#define PC_SIMULATE_PLACES_H

#include "base/keyed_random.h"
#include "simulate/ledger.h"

struct intervention_state;

typedef struct places {
    const pc_plan *plan;
    int32_t *occupied; /* [n_category] */
    int **places;      /* [n_category]; of capped categories, [n_day]: of the plan or of this replicate */
    size_t n_capped;
    uint8_t capped[PC_MAX_CATEGORY]; /* [n_capped] */
} places;

/* A child's placement as capacity sees it. */
typedef struct placed_state {
    uint8_t wanted; /* the category needed */
    bool displaced; /* lives elsewhere for want of a place */
    bool unmet;     /* nothing on the list was free either */
    bool waits;     /* would return as soon as there is a place */
} placed_state;

PC_MUST_USE pc_status places_init(places *self, const pc_plan *plan);
/* `state`: which interventions are delivered in this replicate. */
void places_reset(places *self, const int32_t *initial, const struct intervention_state *state);
void places_free(places *self);

/* Whether a child who needs `category` may stand in another's way. */
static inline bool places_contested(const places *self, size_t category)
{
    const plan_capacity *capacity = &self->plan->capacity[category];

    return capacity->capped || capacity->substitute_to >= 0;
}

static inline bool places_free_in(const places *self, size_t category, int day)
{
    return !self->plan->capacity[category].capped || self->occupied[category] < self->places[category][day];
}

/* Children above the places of that day; 0 or less: none. */
int32_t places_over(const places *self, size_t category, int day);
/* Whether `category` moves children out on `day`. */
bool places_closes_on(const places *self, size_t category, int day);

/* Finds a place for a child who needs state->wanted, occupies it, counts overflow and unmet need; returns the
 * category. */
size_t places_take(places *self, ledger *out, pc_random_key key, uint64_t entity, uint32_t event_number,
                   placed_state *state, int day);
static inline void places_leave(places *self, ledger *out, placed_state *state, size_t category, int day)
{
    size_t period = (size_t)out->period_of_day[day];

    self->occupied[category]--;
    if (state->displaced) {
        *ledger_at(out, LEDGER_DISPLACED, state->wanted, period) -= 1;
    }
    if (state->unmet) {
        *ledger_at(out, LEDGER_UNMET_NET, state->wanted, period) -= 1;
        *ledger_at(out, LEDGER_UNMET_DAYS, state->wanted, period) -= out->period[period].end - day;
    }
    *state = (placed_state){0};
}

static inline void places_change_status(places *self, size_t from, size_t to)
{
    self->occupied[from]--;
    self->occupied[to]++;
}

/* Counts the categories that are full, and what blocks have empty. */
void places_end_day(const places *self, ledger *out, int day);

#endif
