/* why_groups.h - what two scenarios differ in, group by group, and scenarios that have some of the groups of
 * one and some of the other. */
#ifndef PC_OUTCOME_WHY_GROUPS_H
#define PC_OUTCOME_WHY_GROUPS_H

#include "placecast/prices.h"
#include "placecast/scenario.h"

typedef enum why_cause { WHY_PRICES, WHY_POPULATION, WHY_INTERVENTION, WHY_CAPACITY, WHY_OTHER } why_cause;

typedef struct why_group {
    why_cause cause;
    const char *name; /* of the row; borrowed */
    const char *kind;
    const pc_intervention *base, *of; /* of an intervention: in each scenario, NULL where it is not */
} why_group;

typedef struct why_groups {
    const pc_scenario *base, *of;
    const pc_prices *base_prices, *of_prices;
    size_t n;
    why_group *group; /* [n]; prices, population, interventions in the order of `of` and then of `base`,
                         capacity, other */
} why_groups;

/* Two scenarios of one comparison. `other` and, where the two have price tables of their own, `prices` are
 * groups only when asked for: whether they matter is seen by running them. */
PC_MUST_USE pc_status why_groups_find(why_groups *self, const pc_scenario *base, const pc_scenario *of,
                                      const pc_prices *base_prices, const pc_prices *of_prices,
                                      bool with_prices, bool with_other);
void why_groups_free(why_groups *self);

/* The scenario that has the groups `on` [n] of `of` and else those of `base`: `base` itself with none, `of`
 * itself with all. */
typedef struct why_mixture {
    pc_scenario scenario; /* a view */
    const pc_prices *prices;
    pc_intervention *list; /* owned */
} why_mixture;

PC_MUST_USE pc_status why_mix(const why_groups *self, const bool *on, why_mixture *out);
void why_mixture_free(why_mixture *self);

#endif
