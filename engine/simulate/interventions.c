#include "simulate/interventions.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "simulate/replicate.h"

#define DAYS_PER_MONTH (PC_DAYS_PER_YEAR / 12.0)

const intervention_behaviour *interventions_behaviour(pc_intervention_kind kind)
{
    static const intervention_behaviour *const behaviour[PC_N_INTERVENTION_KIND] = {
        [PC_INTERVENTION_PREVENT] = &intervention_prevent,
        [PC_INTERVENTION_DIVERT] = &intervention_divert,
        [PC_INTERVENTION_DISCHARGE] = &intervention_discharge,
        [PC_INTERVENTION_EXIT_RATE] = &intervention_exit_rate,
        [PC_INTERVENTION_MOVE] = &intervention_move,
        [PC_INTERVENTION_CAPACITY] = &intervention_capacity,
        [PC_INTERVENTION_PRICE] = &intervention_price,
        [PC_INTERVENTION_ACTIVITY] = &intervention_activity,
    };

    return behaviour[kind];
}

/* FNV-1a, 32 bits: the same name has the same draws in every scenario. */
static uint32_t name_id(const char *name)
{
    uint32_t hash = 2166136261U;

    for (const char *c = name; *c != '\0'; c++) {
        hash = (hash ^ (unsigned char)*c) * 16777619U;
    }
    return hash;
}

/* Whether the reader of the scenario, or another authority's plan, has said so of this one already. */
static bool is_said(const pc_intervention *self, const pc_diagnostics *diagnostics)
{
    for (size_t at = 0; diagnostics != NULL && at < diagnostics->n; at++) {
        const pc_message *message = &diagnostics->message[at];

        if (message->severity == PC_WARNING && message->file != NULL && self->file != NULL &&
            strcmp(message->file, self->file) == 0 && message->line == self->line &&
            message->column == self->column && strstr(message->text, self->name) != NULL &&
            strstr(message->text, "can have no effect") != NULL) {
            return true;
        }
    }
    return false;
}

/* Of what cannot change anything, whatever happens, the user is told. */
static void say_if_without_effect(const pc_plan *plan, const plan_intervention *self, pc_place place,
                                  pc_diagnostics *diagnostics)
{
    const char *why = NULL;

    if (!(self->begin < plan->n_day)) {
        why = "it begins after the last day of the forecast";
    } else if (!(self->begin < self->end)) {
        why = "it ends before it begins to work";
    } else if (!(self->end + self->decay > 0.0)) {
        why = "it ends before the first day of the forecast";
    } else if (self->kind == PC_INTERVENTION_DISCHARGE && !(self->end < LIFE_NEVER) && self->begin < 0.0) {
        why = "all its children were to leave before the first day of the forecast";
    } else if (!(self->source->confidence > 0.0)) {
        why = "the confidence in its delivery is 0";
    } else if (isfinite(self->source->reach) && !(self->source->reach >= 1.0)) {
        why = "a reach below 1 a year never makes up a treatment place";
    }
    if (why != NULL && self->kind != PC_INTERVENTION_ACTIVITY && !is_said(self->source, diagnostics)) {
        pc_diagnostics_add(diagnostics, PC_WARNING, place, "`%s` can have no effect: %s", self->source->name,
                           why);
    }
}

static bool is_here(const pc_intervention *from, const pc_plan *plan)
{
    const char *la = plan->model == NULL ? "" : plan->model->authority[plan->authority_number].la;

    for (size_t at = 0; at < from->n_authority; at++) {
        if (strcmp(from->authority[at], la) == 0) {
            return true;
        }
    }
    return from->n_authority == 0;
}

static pc_status compile_one(const pc_plan *plan, const pc_intervention *from, const pc_codes *codes,
                             plan_intervention *to, pc_diagnostics *diagnostics)
{
    pc_place place = {.file = from->file, .line = from->line, .column = from->column};
    double first = from->from == PC_DAY_NONE ? 0.0 : (double)from->from - plan->origin;

    *to = (plan_intervention){.source = from,
                              .kind = from->kind,
                              .id = name_id(from->name),
                              .begin = first + from->lag_months * DAYS_PER_MONTH,
                              .ramp = from->ramp_months * DAYS_PER_MONTH,
                              .end = from->until == PC_DAY_OPEN ? LIFE_NEVER
                                                                : (double)from->until - plan->origin,
                              .decay = from->decay_months * DAYS_PER_MONTH,
                              .causes = from->causes == 0 ? (1U << PC_N_EXIT_HAZARD) - 1 : from->causes,
                              .streams = (unsigned)from->stream[0] | (unsigned)from->stream[1] << 1,
                              .categories = from->n_category == 0 ? UINT32_MAX : 0,
                              .age_from = from->age_from,
                              .age_end = from->age_to + 1.0,
                              .care_from = from->care_from,
                              .care_end = (double)from->care_to + 1.0,
                              .here = is_here(from, plan),
                              .to = from->to == NULL ? -1 : pc_codes_find_category(codes, from->to)};
    for (size_t at = 0; at < from->n_category; at++) {
        int category = pc_codes_find_category(codes, from->category[at]);

        if (category < 0) {
            pc_diagnostics_add(diagnostics, PC_ERROR, place, "`%s` is not a placement category",
                               from->category[at]);
            return PC_ERR_INPUT;
        }
        to->categories |= 1U << category;
    }
    if (from->to != NULL && to->to < 0) {
        pc_diagnostics_add(diagnostics, PC_ERROR, place, "`to: %s` is not a placement category", from->to);
        return PC_ERR_INPUT;
    }
    if (to->here) {
        say_if_without_effect(plan, to, place, diagnostics);
    }
    return PC_OK;
}

pc_status interventions_compile(pc_plan *plan, const pc_scenario *scenario, const pc_codes *codes,
                                pc_diagnostics *diagnostics)
{
    pc_status status = PC_OK;

    plan->intervention = pc_new_zero(scenario->n_intervention, sizeof *plan->intervention);
    if (plan->intervention == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    plan->n_intervention = scenario->n_intervention;
    for (size_t at = 0; at < plan->n_intervention; at++) {
        const intervention_behaviour *does = interventions_behaviour(scenario->intervention[at].kind);
        pc_status mine =
            compile_one(plan, &scenario->intervention[at], codes, &plan->intervention[at], diagnostics);

        plan->coupled |=
            (does->prevents != NULL && (plan->intervention[at].kind != PC_INTERVENTION_ACTIVITY ||
                                        scenario->intervention[at].starts_in_care > 0.0)) ||
            does->diverts != NULL || does->acts != NULL ||
            plan->intervention[at].kind == PC_INTERVENTION_EXIT_RATE;
        status = status != PC_OK ? status : mine;
    }
    if (status == PC_OK) {
        interventions_set_capacity(plan);
    }
    return status;
}

static double triangular(pc_effect effect, double u)
{
    double width = effect.high - effect.low, left = effect.likely - effect.low;

    if (!(width > 0.0)) {
        return effect.likely;
    }
    return u * width < left ? effect.low + sqrt(u * width * left)
                            : effect.high - sqrt((1.0 - u) * width * (effect.high - effect.likely));
}

static double draw_effect(const plan_intervention *self, double u)
{
    switch (self->source->point) {
    case PC_POINT_LOW:
        return self->source->effect.low;
    case PC_POINT_LIKELY:
        return self->source->effect.likely;
    case PC_POINT_HIGH:
        return self->source->effect.high;
    case PC_POINT_DRAWN:
    default:
        return triangular(self->source->effect, u);
    }
}

void interventions_begin(const pc_plan *plan, uint32_t replicate, intervention_state *state)
{
    pc_random_key key = pc_random_key_make(plan->seed, replicate);

    for (size_t at = 0; at < plan->n_intervention; at++) {
        const plan_intervention *self = &plan->intervention[at];
        pc_random_block block = pc_random(key, self->id, PC_PURPOSE_INTERVENTION, 0);
        bool delivered = self->here && pc_uniform(block.word[1]) < self->source->confidence;

        state[at] =
            (intervention_state){.delivered = delivered,
                                 .effect = delivered ? draw_effect(self, pc_uniform(block.word[0])) : 0.0,
                                 .places_year = INT32_MIN};
    }
}

void interventions_mean(const pc_plan *plan, intervention_state *state)
{
    for (size_t at = 0; at < plan->n_intervention; at++) {
        const pc_intervention *from = plan->intervention[at].source;
        double mean = from->point == PC_POINT_DRAWN
                          ? (from->effect.low + from->effect.likely + from->effect.high) / 3.0
                          : draw_effect(&plan->intervention[at], 0.5);

        state[at] = plan->intervention[at].here
                        ? (intervention_state){.delivered = true, .effect = mean * from->confidence}
                        : (intervention_state){0};
    }
}

double interventions_ramp(const plan_intervention *self, double day)
{
    double until = day < self->end ? day : self->end, share;

    if (day < self->begin || !(self->begin < self->end)) {
        return 0.0;
    }
    share = self->ramp > 0.0 && until < self->begin + self->ramp ? (until - self->begin) / self->ramp : 1.0;
    if (day < self->end) {
        return share;
    }
    /* It falls from where the ramp had come to. */
    return day < self->end + self->decay ? share * (1.0 - (day - self->end) / self->decay) : 0.0;
}

double interventions_age(const life *child)
{
    /* A present child's exact birthdays are edges of bands; between them the 18th birthday tells the age. */
    double eighteen =
        child->age_edge != NULL ? child->age_edge[PC_N_AGE_BAND - 1] : child->birth + 18.0 * PC_DAYS_PER_YEAR;

    return 18.0 - (eighteen - child->time) / PC_DAYS_PER_YEAR;
}

bool interventions_in_pool(const plan_intervention *self, const life *child, size_t category)
{
    double age, in_care = child->time - child->care_start;

    if ((self->categories >> category & 1) == 0 || (self->streams >> child->stream & 1) == 0 ||
        !(in_care >= self->care_from && in_care < self->care_end)) {
        return false;
    }
    if (self->age_from <= 0.0 && self->age_end >= 18.0) {
        return true;
    }
    age = interventions_age(child);
    return age >= self->age_from && age < self->age_end;
}

void interventions_grow_places(const pc_plan *plan, intervention_state *state, pc_random_key key, int day)
{
    int year = plan->period[plan->period_of_day[day]].financial_year;

    for (size_t at = 0; at < plan->n_intervention; at++) {
        const plan_intervention *self = &plan->intervention[at];

        if (!isfinite(self->source->reach)) {
            continue;
        }
        if (state[at].places_year != year) {
            uint64_t entity = (uint64_t)plan->authority_number << 48 | (uint64_t)year << 32 | self->id;

            /* What is left lapses. Whole places are used one at a time: a part of a place at the beginning,
             * drawn evenly, makes their number right on average. */
            state[at].places_year = year;
            state[at].treated_year = 0;
            state[at].places = pc_uniform(pc_random(key, entity, PC_PURPOSE_INTERVENTION, 1).word[0]);
        }
        state[at].places += self->source->reach / PC_DAYS_PER_YEAR * interventions_ramp(self, day + 0.5);
    }
}

bool interventions_take_place(const plan_intervention *self, intervention_state *state)
{
    if (!isfinite(self->source->reach)) {
        return true;
    }
    if (state->places < 1.0 || state->treated_year + 1 > self->source->reach) {
        return false;
    }
    state->places -= 1.0;
    state->treated_year++;
    return true;
}

pc_random_block interventions_random(const intervention_context *context, const plan_intervention *self,
                                     uint64_t entity, uint32_t occasion)
{
    /* The intervention is mixed into the entity by an odd multiplier: distinct children stay distinct. */
    return pc_random(context->setting->key, entity ^ (uint64_t)self->id * 0x9E3779B97F4A7C15U,
                     PC_PURPOSE_INTERVENTION, 2 + occasion);
}

void interventions_count(const intervention_context *context, size_t which, bool changed, int day)
{
    ledger *out = &context->workspace->ledger;
    size_t period = (size_t)out->period_of_day[day];

    *ledger_treated(out, which, changed, period) += 1;
}

double interventions_with_floor(double share, double *left)
{
    if (*left < 1.0 && *left * (1.0 - share) < INTERVENTIONS_FLOOR) {
        share = *left > INTERVENTIONS_FLOOR ? 1.0 - INTERVENTIONS_FLOOR / *left : 0.0;
    }
    *left *= 1.0 - share;
    return share;
}

bool interventions_changes(const intervention_context *context, size_t which, intervention_case *of,
                           double share)
{
    const plan_intervention *self = &context->workspace->plan->intervention[which];
    intervention_state *state = &context->workspace->intervention_state[which];
    bool capped = isfinite(self->source->reach), changed;
    double ramp = interventions_ramp(self, of->child->time);
    pc_random_block block;

    if (!state->delivered || !(ramp > 0.0) || !interventions_in_pool(self, of->child, of->category) ||
        !interventions_take_place(self, state)) {
        return false;
    }
    interventions_count(context, which, false, of->day);
    block = interventions_random(context, self, of->child->entity, of->occasion);
    /* Under a reach, the place goes to somebody who would not have been a case anyway in the share 1 -
     * would_have: so changed <= effect x would_have x reach on average, however many cases there are. */
    if (capped && !(pc_uniform(block.word[0]) < self->source->would_have)) {
        return false;
    }
    /* Under a reach the ramp is in the treatment places; without one everybody in the pool is treated. */
    changed = pc_uniform(block.word[1]) < interventions_with_floor(share * (capped ? 1.0 : ramp), &of->left);
    if (changed) {
        interventions_count(context, which, true, of->day);
    }
    return changed;
}
