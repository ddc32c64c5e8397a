#include "hand_intervention.h"

#include <limits.h>
#include <math.h>

#include "pc_test.h"

static char digit[PC_MAX_CATEGORY][2] = {"0", "1", "2", "3", "4", "5", "6", "7",
                                         "8", "9", "a", "b", "c", "d", "e", "f"};

void hand_interventions_make(hand_interventions *self, const hand_plan *hand)
{
    memset(self, 0, sizeof *self);
    self->codes.n_category = hand->plan.n_category;
    self->codes.category = self->category;
    for (size_t category = 0; category < hand->plan.n_category; category++) {
        self->category[category] = (pc_category){digit[category], digit[category]};
    }
    self->scenario.intervention = self->each;
}

pc_intervention *hand_interventions_add(hand_interventions *self, pc_intervention_kind kind, const char *name,
                                        const char *pool)
{
    size_t number = self->scenario.n_intervention++;
    pc_intervention *of = &self->each[number];

    assert_true(number < HAND_MOST_INTERVENTIONS);
    *of = (pc_intervention){.kind = kind,
                            .name = (char *)(uintptr_t)name,
                            .from = PC_DAY_NONE,
                            .until = PC_DAY_OPEN,
                            .age_to = 17,
                            .care_to = INT_MAX,
                            .stream = {true, true},
                            .point = PC_POINT_DRAWN,
                            .reach = (double)INFINITY,
                            .would_have = 1.0,
                            .confidence = 1.0,
                            .category = self->pool[number]};
    for (const char *c = pool; *c != '\0'; c++) {
        self->pool[number][of->n_category++] = digit[*c - '0'];
    }
    return of;
}

void hand_interventions_effect(pc_intervention *of, double effect)
{
    of->effect = (pc_effect){effect, effect, effect};
}

void hand_interventions_to(hand_interventions *self, pc_intervention *of, size_t category)
{
    of->to = self->category[category].name;
}

pc_day hand_interventions_day(const hand_plan *hand, int day)
{
    return hand->plan.origin + day;
}

void hand_interventions_compile(hand_interventions *self, hand_plan *hand, pc_diagnostics *diagnostics)
{
    hand_interventions_remove(hand);
    assert_ok(interventions_compile(&hand->plan, &self->scenario, &self->codes, diagnostics), diagnostics);
}

void hand_interventions_remove(hand_plan *hand)
{
    free(hand->plan.intervention);
    hand->plan.intervention = NULL;
    hand->plan.n_intervention = 0;
}
