#include "outcome/why_groups.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

static bool same_text(const char *a, const char *b)
{
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static bool same_number(double a, double b)
{
    return !(a < b) && !(a > b);
}

static bool same_texts(size_t n_a, char *const *a, size_t n_b, char *const *b)
{
    bool same = n_a == n_b;

    for (size_t at = 0; same && at < n_a; at++) {
        same = strcmp(a[at], b[at]) == 0;
    }
    return same;
}

/* Whether both do the same: what they cost and who pays is no part of the placement bill. */
static bool same_intervention(const pc_intervention *a, const pc_intervention *b)
{
    const double pair[][2] = {{a->lag_months, b->lag_months},
                              {a->ramp_months, b->ramp_months},
                              {a->decay_months, b->decay_months},
                              {a->effect.low, b->effect.low},
                              {a->effect.likely, b->effect.likely},
                              {a->effect.high, b->effect.high},
                              {a->reach, b->reach},
                              {a->would_have, b->would_have},
                              {a->children, b->children},
                              {a->return_12m, b->return_12m},
                              {a->places, b->places},
                              {a->confidence, b->confidence}};
    bool same = a->kind == b->kind && a->from == b->from && a->until == b->until &&
                a->age_from == b->age_from && a->age_to == b->age_to && a->care_from == b->care_from &&
                a->care_to == b->care_to && a->stream[0] == b->stream[0] &&
                same_texts(a->n_authority, a->authority, b->n_authority, b->authority) &&
                a->stream[1] == b->stream[1] && a->causes == b->causes && a->point == b->point &&
                same_text(a->to, b->to) && same_text(a->measure, b->measure) &&
                same_texts(a->n_category, a->category, b->n_category, b->category);

    for (size_t at = 0; at < sizeof pair / sizeof pair[0]; at++) {
        same = same && same_number(pair[at][0], pair[at][1]);
    }
    return same;
}

static bool same_population(const pc_population *a, const pc_population *b)
{
    bool same = a->n_area == b->n_area;

    for (size_t at = 0; same && at < a->n_area; at++) {
        const pc_population_area *x = &a->area[at], *y = &b->area[at];

        same = same_text(x->la, y->la) && x->n_year == y->n_year &&
               memcmp(x->year, y->year, x->n_year * sizeof *x->year) == 0;
        for (size_t cell = 0; same && cell < x->n_year * PC_POPULATION_N_AGE; cell++) {
            same = same_number(x->persons[cell], y->persons[cell]);
        }
    }
    return same;
}

static bool same_places(const pc_capacity *a, const pc_capacity *b)
{
    bool same = same_text(a->category, b->category) && a->n_step == b->n_step &&
                same_number(a->share, b->share) && a->block == b->block && a->close == b->close &&
                a->return_home == b->return_home;

    for (size_t at = 0; same && at < a->n_step; at++) {
        same = a->step[at].from == b->step[at].from && same_number(a->step[at].places, b->step[at].places) &&
               same_text(a->step[at].authority, b->step[at].authority);
    }
    return same;
}

static bool same_capacity(const pc_scenario *a, const pc_scenario *b)
{
    bool same = a->n_capacity == b->n_capacity && a->n_overflow == b->n_overflow &&
                a->n_substitute == b->n_substitute;

    for (size_t at = 0; same && at < a->n_capacity; at++) {
        same = same_places(&a->capacity[at], &b->capacity[at]);
    }
    for (size_t at = 0; same && at < a->n_overflow; at++) {
        const pc_overflow *x = &a->overflow[at], *y = &b->overflow[at];

        same = same_text(x->category, y->category) && same_texts(x->n_to, x->to, y->n_to, y->to);
    }
    for (size_t at = 0; same && at < a->n_substitute; at++) {
        const pc_substitute *x = &a->substitute[at], *y = &b->substitute[at];

        same =
            same_text(x->category, y->category) && same_text(x->to, y->to) && same_number(x->share, y->share);
    }
    return same;
}

static const pc_intervention *find_intervention(const pc_scenario *in, const char *name)
{
    for (size_t at = 0; at < in->n_intervention; at++) {
        if (strcmp(in->intervention[at].name, name) == 0) {
            return &in->intervention[at];
        }
    }
    return NULL;
}

static void add_named(why_groups *self, why_cause cause, const char *name)
{
    self->group[self->n++] = (why_group){.cause = cause, .name = name, .kind = name};
}

static void add_intervention(why_groups *self, const pc_intervention *base, const pc_intervention *of)
{
    const pc_intervention *any = of != NULL ? of : base;

    if (base == NULL || of == NULL || !same_intervention(base, of)) {
        self->group[self->n++] = (why_group){.cause = WHY_INTERVENTION,
                                             .name = any->name,
                                             .kind = pc_intervention_kind_name(any->kind),
                                             .base = base,
                                             .of = of};
    }
}

pc_status why_groups_find(why_groups *self, const pc_scenario *base, const pc_scenario *of,
                          const pc_prices *base_prices, const pc_prices *of_prices, bool with_prices,
                          bool with_other)
{
    *self = (why_groups){.base = base, .of = of, .base_prices = base_prices, .of_prices = of_prices};
    self->group = pc_new_zero(base->n_intervention + of->n_intervention + 4, sizeof *self->group);
    if (self->group == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    if (with_prices) {
        add_named(self, WHY_PRICES, "prices");
    }
    if (!same_population(&base->population_table, &of->population_table)) {
        add_named(self, WHY_POPULATION, "population");
    }
    for (size_t at = 0; at < of->n_intervention; at++) {
        add_intervention(self, find_intervention(base, of->intervention[at].name), &of->intervention[at]);
    }
    for (size_t at = 0; at < base->n_intervention; at++) {
        if (find_intervention(of, base->intervention[at].name) == NULL) {
            add_intervention(self, &base->intervention[at], NULL);
        }
    }
    if (!same_capacity(base, of)) {
        add_named(self, WHY_CAPACITY, "capacity");
    }
    if (with_other) {
        add_named(self, WHY_OTHER, "other");
    }
    return PC_OK;
}

void why_groups_free(why_groups *self)
{
    if (self == NULL) {
        return;
    }
    free(self->group);
    memset(self, 0, sizeof *self);
}

/* Whether a cause acts; what is no group goes with `other`, or stays as in the base. */
static bool is_on(const why_groups *self, const bool *on, why_cause cause)
{
    bool other = false;

    for (size_t at = 0; at < self->n; at++) {
        if (self->group[at].cause == cause) {
            return on[at];
        }
        other |= self->group[at].cause == WHY_OTHER && on[at];
    }
    return other;
}

static const pc_intervention *choose(const why_groups *self, const bool *on, const pc_intervention *base,
                                     const pc_intervention *of)
{
    for (size_t at = 0; at < self->n; at++) {
        const why_group *group = &self->group[at];

        if (group->cause == WHY_INTERVENTION && group->base == base && group->of == of) {
            return on[at] ? of : base;
        }
    }
    return is_on(self, on, WHY_OTHER) ? of : base;
}

/* In the order of `of`, then what only `base` has. */
static void mix_interventions(const why_groups *self, const bool *on, why_mixture *out)
{
    size_t n = 0;

    for (size_t at = 0; at < self->of->n_intervention; at++) {
        const pc_intervention *of = &self->of->intervention[at];
        const pc_intervention *take = choose(self, on, find_intervention(self->base, of->name), of);

        if (take != NULL) {
            out->list[n++] = *take;
        }
    }
    for (size_t at = 0; at < self->base->n_intervention; at++) {
        const pc_intervention *base = &self->base->intervention[at];

        if (find_intervention(self->of, base->name) == NULL && choose(self, on, base, NULL) != NULL) {
            out->list[n++] = *base;
        }
    }
    out->scenario.n_intervention = n;
    out->scenario.intervention = out->list;
}

pc_status why_mix(const why_groups *self, const bool *on, why_mixture *out)
{
    size_t n_on = 0;
    const pc_scenario *from;

    *out = (why_mixture){.list = NULL};
    for (size_t at = 0; at < self->n; at++) {
        n_on += on[at];
    }
    if (n_on == 0 || n_on == self->n) { /* no group: the base */
        out->scenario = n_on == 0 ? *self->base : *self->of;
        out->prices = n_on == 0 ? self->base_prices : self->of_prices;
        return PC_OK;
    }
    out->list = pc_new(self->base->n_intervention + self->of->n_intervention, sizeof *out->list);
    if (out->list == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    out->scenario = is_on(self, on, WHY_OTHER) ? *self->of : *self->base;
    out->prices = is_on(self, on, WHY_PRICES) ? self->of_prices : self->base_prices;
    from = is_on(self, on, WHY_POPULATION) ? self->of : self->base;
    out->scenario.population_table = from->population_table;
    from = is_on(self, on, WHY_CAPACITY) ? self->of : self->base;
    out->scenario.n_capacity = from->n_capacity;
    out->scenario.capacity = from->capacity;
    out->scenario.n_overflow = from->n_overflow;
    out->scenario.overflow = from->overflow;
    out->scenario.n_substitute = from->n_substitute;
    out->scenario.substitute = from->substitute;
    mix_interventions(self, on, out);
    return PC_OK;
}

void why_mixture_free(why_mixture *self)
{
    if (self == NULL) {
        return;
    }
    free(self->list);
    memset(self, 0, sizeof *self);
}
