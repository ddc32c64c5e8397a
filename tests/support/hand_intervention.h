/* hand_intervention.h - interventions on a plan made by hand. Categories are named "0" to "9" by their
 * number.
 */
#ifndef PC_TEST_HAND_INTERVENTION_H
#define PC_TEST_HAND_INTERVENTION_H

#include "hand_plan.h"
#include "simulate/interventions.h"

enum { HAND_MOST_INTERVENTIONS = 4 };

typedef struct hand_interventions {
    pc_scenario scenario; /* holds nothing but interventions */
    pc_codes codes;
    pc_intervention each[HAND_MOST_INTERVENTIONS];
    char *pool[HAND_MOST_INTERVENTIONS][PC_MAX_CATEGORY];
    pc_category category[PC_MAX_CATEGORY];
} hand_interventions;

/* Begins an empty list for the plan. Never copy it. */
void hand_interventions_make(hand_interventions *self, const hand_plan *hand);
/* Adds one with the defaults of a scenario: in force always and at once, for everybody, certain, without a
 * reach. `name` is borrowed; `pool`: digits of its categories, "" for all. */
pc_intervention *hand_interventions_add(hand_interventions *self, pc_intervention_kind kind, const char *name,
                                        const char *pool);
/* effect: low = likely = high. */
void hand_interventions_effect(pc_intervention *of, double effect);
/* "to: 2" and the like. */
void hand_interventions_to(hand_interventions *self, pc_intervention *of, size_t category);
/* Day `day` of the plan as a calendar day. */
pc_day hand_interventions_day(const hand_plan *hand, int day);
/* Compiles the list into the plan; on a plan that has been compiled already, anew (except capacity). The list
 * must outlive the plan's use. `diagnostics` may be NULL. */
void hand_interventions_compile(hand_interventions *self, hand_plan *hand, pc_diagnostics *diagnostics);
/* Takes them out of the plan again; before sim_case_free. */
void hand_interventions_remove(hand_plan *hand);

#endif
