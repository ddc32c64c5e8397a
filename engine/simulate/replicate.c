#include "simulate/replicate.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/keyed_batch.h"
#include "base/memory.h"
#include "simulate/age_days.h"
#include "simulate/day_order.h"
#include "simulate/interventions.h"
#include "simulate/trend.h"

/* Regimes: one for each effect year when years differ, else one for all time. */
static pc_status make_regimes(replicate_workspace *self)
{
    const pc_plan *plan = self->plan;

    self->n_regime = plan->year_effects || plan->mix_trend ? layers_n_year(plan) : 1;
    self->regime = pc_new_zero(self->n_regime, sizeof *self->regime);
    self->regime_of_period = pc_new_zero(plan->n_period, sizeof *self->regime_of_period);
    if (self->regime == NULL || self->regime_of_period == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    for (size_t regime = 0; regime < self->n_regime; regime++) {
        if (hazard_regime_init(&self->regime[regime], &self->tables) != PC_OK) {
            return PC_ERR_NO_MEMORY;
        }
        self->regime[regime].end = plan->n_day;
    }
    for (size_t period = 0; period < plan->n_period; period++) {
        size_t regime = self->n_regime > 1 ? (size_t)plan->period[period].effect_year : 0;

        self->regime_of_period[period] = regime;
        self->regime[regime].end = plan->period[period].end;
    }
    return PC_OK;
}

pc_status replicate_workspace_init(replicate_workspace *self, const pc_plan *plan)
{
    memset(self, 0, sizeof *self);
    self->plan = plan;
    self->log = plan->keep_stays ? &self->kept : NULL;
    self->drawn_number = -1;
    for (int knot = 0; knot < PC_N_KNOT; knot++) {
        self->drift[knot] = 1.0;
    }
    self->dispersion = pc_new(plan->n_period * PC_N_STREAM, sizeof(double));
    self->residential_scale = pc_new(plan->n_period, sizeof(double));
    self->initial = pc_new_zero(plan->n_category, sizeof *self->initial);
    self->initial_ages = pc_new_zero(PC_N_AGE_BAND * plan->n_category, sizeof *self->initial_ages);
    self->rng = pc_gsl_rng_new(pc_random_key_make(0, 0), 0, PC_PURPOSE_PARAMETERS);
    self->intervention_state = pc_new_zero(plan->n_intervention, sizeof *self->intervention_state);
    for (size_t at = 0; at < plan->n_intervention; at++) {
        const plan_intervention *from = &plan->intervention[at];

        self->n_return += from->kind == PC_INTERVENTION_DISCHARGE ? (size_t)ceil(from->source->children) : 0;
    }
    if (self->intervention_state == NULL || self->dispersion == NULL || self->residential_scale == NULL ||
        self->initial == NULL || self->initial_ages == NULL || self->rng == NULL ||
        hazard_tables_init(&self->tables, plan->n_category, plan->residential) != PC_OK ||
        make_regimes(self) != PC_OK || layers_years_init(&self->years, layers_n_year(plan)) != PC_OK ||
        starters_tables_init(&self->starter_tables, plan) != PC_OK ||
        ledger_init(&self->ledger, plan) != PC_OK || pc_rates_init(&self->drawn, plan->n_category) != PC_OK ||
        (plan->coupled && day_state_new(plan, &self->days) != PC_OK)) {
        replicate_workspace_free(self);
        return PC_ERR_NO_MEMORY;
    }
    hazard_tables_set(&self->tables, plan->mean);
    starters_ages_set(&self->starter_ages, plan, plan->mean);
    for (size_t regime = 0; regime < self->n_regime; regime++) {
        hazard_regime_set(&self->regime[regime], &self->tables, 1.0, plan_homes(plan, regime));
    }
    for (size_t child = 0; child < plan->n_child; child++) {
        self->initial[plan->child[child].category]++;
        self->initial_ages[plan->child[child].age_band * plan->n_category + plan->child[child].category]++;
    }
    return PC_OK;
}

static void free_draws(replicate_workspace *self)
{
    free(self->entity);
    free(self->block[0]);
    free(self->block[1]);
    free(self->exit_amount);
    for (int event = 0; event < 3; event++) {
        free(self->placement_amount[event]);
    }
}

void replicate_workspace_free(replicate_workspace *self)
{
    if (self == NULL) {
        return;
    }
    day_state_free(self->days);
    for (size_t regime = 0; self->regime != NULL && regime < self->n_regime; regime++) {
        hazard_regime_free(&self->regime[regime]);
    }
    free(self->regime);
    free(self->regime_of_period);
    hazard_tables_free(&self->tables);
    layers_years_free(&self->years);
    free(self->dispersion);
    free(self->residential_scale);
    starters_tables_free(&self->starter_tables);
    starters_free(&self->starters);
    pc_rates_free(&self->drawn);
    if (self->rng != NULL) {
        gsl_rng_free(self->rng);
    }
    free(self->initial);
    free(self->initial_ages);
    free(self->intervention_state);
    free_draws(self);
    stays_free(&self->kept);
    ledger_free(&self->ledger);
    memset(self, 0, sizeof *self);
}

/* Hazards of further exits, where some intervention raises exits. */
static pc_status set_extra_rates(replicate_workspace *self)
{
    const pc_plan *plan = self->plan;
    bool raised = false;

    for (size_t at = 0; at < plan->n_intervention; at++) {
        raised |= plan->intervention[at].kind == PC_INTERVENTION_EXIT_RATE &&
                  self->intervention_state[at].effect > 0.0;
    }
    for (size_t regime = 0; regime < self->n_regime; regime++) {
        hazard_regime *to = &self->regime[regime];

        if (raised && to->extra_rate == NULL) {
            to->extra_rate = pc_new_zero(self->tables.n_row, sizeof(double));
            if (to->extra_rate == NULL) {
                return PC_ERR_NO_MEMORY;
            }
        }
        if (to->extra_rate != NULL) {
            interventions_extra_rate(plan, self->intervention_state, &self->tables,
                                     plan->year_effects ? self->years.exits[regime] : 1.0, to->extra_rate);
        }
    }
    return PC_OK;
}

static double drift_of(const replicate_workspace *self, size_t period)
{
    int year = self->plan->period[period].effect_year;

    return self->drift[year < PC_N_KNOT ? year : PC_N_KNOT - 1];
}

/* Step 1: the replicate's parameters and year effects. Regimes are set again only when something in them
 * changed. */
static pc_status draw_layers(replicate_workspace *self, uint32_t replicate)
{
    const pc_plan *plan = self->plan;
    bool changed = plan->year_effects;

    if (plan->parameters && self->drawn_number != (int64_t)(replicate % LAYERS_N_PARAMETERS)) {
        uint32_t number = replicate % LAYERS_N_PARAMETERS;
        pc_status status = plan->draw_rates(plan, number, &self->drawn);

        if (status != PC_OK) {
            return status;
        }
        hazard_tables_set(&self->tables, &self->drawn);
        starters_ages_set(&self->starter_ages, plan, &self->drawn);
        trend_of_draw(plan, &self->drawn, self->drift);
        self->drawn_number = number;
        changed = true;
    }
    layers_years_draw(&self->years, plan, replicate);
    for (size_t regime = 0; changed && regime < self->n_regime; regime++) {
        hazard_regime_set(&self->regime[regime], &self->tables, self->years.exits[regime],
                          self->years.mix[regime] * plan_homes(plan, regime));
    }
    interventions_begin(plan, replicate, self->intervention_state);
    if (set_extra_rates(self) != PC_OK) {
        return PC_ERR_NO_MEMORY;
    }
    for (size_t period = 0; period < plan->n_period; period++) {
        self->residential_scale[period] = self->regime[self->regime_of_period[period]].residential_scale;
        for (size_t stream = 0; stream < PC_N_STREAM; stream++) {
            self->dispersion[period * PC_N_STREAM + stream] =
                layers_dispersion(plan, self->rng, period, stream, replicate);
        }
        self->dispersion[period * PC_N_STREAM + PC_STREAM_LOCAL] *= drift_of(self, period);
    }
    return PC_OK;
}

void replicate_set_life(const replicate_workspace *self, size_t number, life *out)
{
    const pc_plan *plan = self->plan;

    out->number = number;
    out->entity = self->entity[number];
    if (number < plan->n_child) {
        const plan_child *present = &plan->child[number];

        out->time = 0.0;
        out->care_start = present->care_start;
        out->placement_start = present->placement_start;
        out->age_edge = present->age_edge;
        out->birth = 0.0;
        out->stream = present->stream;
        out->age = present->age_band;
        out->category = present->category;
    } else {
        const starter *start = &self->starters.row[number - plan->n_child];

        out->time = start->time;
        out->care_start = start->time;
        out->placement_start = start->time;
        out->age_edge = NULL;
        out->birth = start->time - start->age * PC_DAYS_PER_YEAR;
        out->stream = start->stream;
        out->age = start->age_band;
        out->category = start->category;
    }
}

/* Memory for the draws of n children. On failure some arrays may be larger than life_capacity says: that does
 * no harm. */
static pc_status make_room(replicate_workspace *self, size_t n)
{
    void *array[] = {&self->entity,
                     &self->block[0],
                     &self->block[1],
                     &self->exit_amount,
                     &self->placement_amount[0],
                     &self->placement_amount[1],
                     &self->placement_amount[2]};
    const size_t size[] = {sizeof *self->entity, sizeof(pc_random_block), sizeof(pc_random_block),
                           sizeof(double),       sizeof(double),          sizeof(double),
                           sizeof(double)};
    size_t capacity = self->life_capacity;

    for (size_t at = 0; at < sizeof array / sizeof array[0]; at++) {
        capacity = self->life_capacity;
        if (pc_grow(array[at], &capacity, n, size[at]) != PC_OK) {
            return PC_ERR_NO_MEMORY;
        }
    }
    self->life_capacity = capacity;
    return PC_OK;
}

/* Step 2: the first draws of every child at once. */
static pc_status draw_lives(replicate_workspace *self, life_setting *setting)
{
    size_t n_child = self->plan->n_child, n = n_child + self->starters.n;

    if (make_room(self, n + self->n_return) != PC_OK) {
        return PC_ERR_NO_MEMORY;
    }
    for (size_t child = self->n_life < n_child ? 0 : n_child; child < n_child; child++) {
        self->entity[child] =
            starters_present_entity(self->plan, child); /* once: they are the same children */
    }
    for (size_t start = 0; start < self->starters.n; start++) {
        self->entity[n_child + start] = self->starters.row[start].entity;
    }
    self->n_life = n;
    pc_random_batch(setting->key, self->entity, n, PC_PURPOSE_LIFE, 0, self->block[0]);
    pc_random_batch(setting->key, self->entity, n, PC_PURPOSE_LIFE, 1, self->block[1]);
    exponential_amounts(self->block[0], n, self->exit_amount, self->placement_amount[0]);
    exponential_amounts(self->block[1], n, self->placement_amount[1], self->placement_amount[2]);
    setting->draws =
        (life_draws){{self->block[0], self->block[1]},
                     self->exit_amount,
                     {self->placement_amount[0], self->placement_amount[1], self->placement_amount[2]}};
    return PC_OK;
}

void replicate_draw_one(replicate_workspace *self, pc_random_key key, size_t number, uint64_t entity)
{
    self->entity[number] = entity;
    self->block[0][number] = pc_random(key, entity, PC_PURPOSE_LIFE, 0);
    self->block[1][number] = pc_random(key, entity, PC_PURPOSE_LIFE, 1);
    exponential_amounts(&self->block[0][number], 1, &self->exit_amount[number],
                        &self->placement_amount[0][number]);
    exponential_amounts(&self->block[1][number], 1, &self->placement_amount[1][number],
                        &self->placement_amount[2][number]);
}

/* One child from beginning to end, when no other child can matter to it. */
static void run_alone(life *child, const life_setting *setting, ledger *out, stays *log)
{
    life_begin(child, setting);
    for (;;) {
        size_t from = child->category, to;
        life_event event = life_advance(child, setting, setting->horizon);
        int day = (int)child->time;
        bool is_move;

        if (event == LIFE_HORIZON) {
            return;
        }
        if (event != LIFE_PLACEMENT) {
            size_t cause = event == LIFE_EXIT ? life_exit_cause(child, setting) : PC_EXIT_AGE_OUT;

            ledger_cease(out, cause, from, day);
            if (log != NULL) {
                stays_cease(log, child->number, cause, day);
            }
            return;
        }
        to = life_destination(child, setting, &is_move);
        ledger_leave(out, is_move ? LEDGER_MOVES_OUT : LEDGER_STATUS_OUT, from, day);
        ledger_enter(out, is_move ? LEDGER_MOVES_IN : LEDGER_STATUS_IN, to, day);
        if (log != NULL) {
            stays_enter(log, child, is_move ? STAY_MOVE : STAY_STATUS, to, day);
        }
        life_settle(child, setting, to, is_move);
    }
}

static void run_all_alone(replicate_workspace *self, const life_setting *setting)
{
    life child;

    for (size_t number = 0; number < self->n_life; number++) {
        replicate_set_life(self, number, &child);
        if (number >= self->plan->n_child) {
            ledger_enter(&self->ledger, LEDGER_STARTS, child.category, (int)child.time);
        }
        if (self->log != NULL) {
            stays_enter(self->log, &child, number < self->plan->n_child ? STAY_PRESENT : STAY_START,
                        child.category, (int)child.time);
        }
        run_alone(&child, setting, &self->ledger, self->log);
    }
}

/* How many more may start, where some intervention adds any. */
static void set_more_starts(const replicate_workspace *self, starters_factors *factors)
{
    const pc_plan *plan = self->plan;

    for (size_t at = 0; at < plan->n_intervention; at++) {
        if (plan->intervention[at].kind == PC_INTERVENTION_PREVENT &&
            self->intervention_state[at].effect < 0.0) {
            factors->state = self->intervention_state;
        }
    }
    for (size_t at = 0; factors->state != NULL && at < (size_t)PC_N_STREAM * PC_N_AGE_YEAR; at++) {
        size_t stream = at / PC_N_AGE_YEAR, age = at % PC_N_AGE_YEAR;

        factors->more[stream][age] = interventions_more_starts(plan, factors->state, stream, age);
    }
}

pc_status replicate_run(replicate_workspace *self, uint32_t replicate)
{
    const pc_plan *plan = self->plan;
    life_setting setting = {.tables = &self->tables,
                            .regime = self->regime,
                            .n_regime = self->n_regime,
                            .horizon = plan->n_day,
                            .care_edge = plan->care_edge,
                            .placement_edge = plan->placement_edge,
                            .care_bands = plan->care_bands,
                            .placement_bands = plan->placement_bands,
                            .key = pc_random_key_make(plan->seed, replicate)};
    starters_factors factors;
    pc_status status = draw_layers(self, replicate);

    if (status != PC_OK) {
        return status;
    }
    factors = (starters_factors){.ages = &self->starter_ages,
                                 .years = &self->years,
                                 .dispersion = self->dispersion,
                                 .residential_scale = self->residential_scale};
    set_more_starts(self, &factors);
    status = starters_draw(&self->starters, &self->starter_tables, plan, &self->tables, &factors, setting.key,
                           &self->clipped);
    if (status != PC_OK) {
        return status;
    }
    status = draw_lives(self, &setting);
    if (status != PC_OK) {
        return status;
    }
    ledger_clear(&self->ledger, plan->has_capacity);
    if (self->log != NULL && stays_begin(self->log, self->n_life + self->n_return) != PC_OK) {
        return PC_ERR_NO_MEMORY;
    }
    if (plan->coupled) {
        status = day_order_run(self, &setting);
    } else if (self->ledger.aged != NULL) {
        age_days_run_alone(self, &setting);
    } else {
        run_all_alone(self, &setting);
    }
    ledger_close(&self->ledger, self->initial, plan->has_capacity);
    if (self->log != NULL) {
        stays_close(self->log, plan->n_day);
        status = status == PC_OK && self->log->failed ? PC_ERR_NO_MEMORY : status;
    }
    if (self->ledger.aged != NULL) {
        ledger_close_ages(&self->ledger, self->initial_ages);
    }
    return status;
}
