/* Interventions within their scenario: those that can have no effect, and those that need another key. */
#include <math.h>
#include <string.h>

#include "scenario/intervention_draft.h"

#define DAYS_PER_MONTH (PC_DAYS_PER_YEAR / 12.0)

static pc_place place_of(const pc_intervention *intervention)
{
    return (pc_place){.file = intervention->file, .line = intervention->line, .column = intervention->column};
}

static bool is_zero(double value)
{
    return !(value < 0.0) && !(value > 0.0);
}

static bool effect_is_zero(const pc_intervention *self)
{
    bool low = is_zero(self->effect.low), likely = is_zero(self->effect.likely),
         high = is_zero(self->effect.high);

    switch (self->point) {
    case PC_POINT_LOW:
        return low;
    case PC_POINT_LIKELY:
        return likely;
    case PC_POINT_HIGH:
        return high;
    case PC_POINT_DRAWN:
    default:
        return low && likely && high;
    }
}

static bool over_before_it_begins(const pc_intervention *self)
{
    return self->from != PC_DAY_NONE && self->until != PC_DAY_OPEN &&
           !(self->from + self->lag_months * DAYS_PER_MONTH < self->until);
}

/* Why it can change nothing, whatever the model; NULL: it can. */
static const char *no_effect(const pc_scenario *scenario, const pc_intervention *self)
{
    unsigned may = scenario_kind_may(self->kind);

    return self->kind == PC_INTERVENTION_ACTIVITY && scenario->workforce == NULL &&
                   scenario->front_door == NULL && !(self->starts_in_care > 0.0)
               ? "there is no front door (key `workforce`)"
           : (may & PC_USES_EFFECT) != 0 && effect_is_zero(self)
               ? (self->effect.low < self->effect.high ? "its effect is 0 at that `point`"
                                                       : "its effect is 0")
           : !(self->reach >= 1.0)     ? "a reach below 1 a year never makes up a treatment place"
           : is_zero(self->would_have) ? "its `would_have` is 0"
           : is_zero(self->confidence) ? "its `confidence` is 0"
           : self->kind == PC_INTERVENTION_DISCHARGE && is_zero(self->children) ? "its `children` is 0"
           : self->kind == PC_INTERVENTION_CAPACITY && is_zero(self->places)    ? "it changes 0 places"
           : self->kind == PC_INTERVENTION_PRICE && scenario->weekly == NULL
               ? "without `costs.weekly` there are no prices"
           : over_before_it_begins(self) ? "`until` comes before the lag is over"
                                         : NULL;
}

static bool has_places(const pc_scenario *scenario, const char *category)
{
    for (size_t c = 0; c < scenario->n_capacity; c++) {
        if (strcmp(scenario->capacity[c].category, category) == 0) {
            return true;
        }
    }
    return false;
}

void scenario_check_interventions(scenario_reader *reader)
{
    const pc_scenario *scenario = reader->out;

    for (size_t i = 0; i < scenario->n_intervention; i++) {
        const pc_intervention *self = &scenario->intervention[i];
        const char *why = no_effect(scenario, self);

        if (self->kind == PC_INTERVENTION_CAPACITY && !has_places(scenario, self->category[0])) {
            scenario_problem(reader, place_of(self),
                             "interventions.%.80s: changes the places in %.80s, of which there is no number: "
                             "expected `capacity: {%.80s: {places: N}}` as well",
                             self->name, self->category[0], self->category[0]);
        } else if (why != NULL) {
            scenario_warn(reader, place_of(self), "interventions.%.80s: can have no effect: %s", self->name,
                          why);
        }
    }
}
