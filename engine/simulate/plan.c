#include "simulate/plan.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "simulate/interventions.h"
#include "simulate/trend.h"
#include "simulate/year_effects.h"

#define MOST_STARTS_A_MONTH 20000.0 /* candidates of a month are numbered with 15 bits */
#define MOST_MONTHS_AHEAD 600       /* from extract to start; a date that far off is a slip of the pen */

void plan_free(pc_plan *self)
{
    if (self == NULL) {
        return;
    }
    for (size_t category = 0; self->capacity != NULL && category < self->n_category; category++) {
        free(self->capacity[category].places);
        free(self->capacity[category].overflow);
    }
    free(self->capacity);
    free(self->period);
    free(self->period_of_day);
    free(self->child);
    free(self->start_multiplier);
    free(self->intervention);
    memset(self, 0, sizeof *self);
}

static pc_status draw_from_model(const pc_plan *self, uint32_t draw, pc_rates *out)
{
    return self->draws != NULL ? pc_draws_get(self->draws, self->authority_number, draw, out)
                               : pc_model_draw(self->model, self->authority_number, self->seed, draw, out);
}

static int effect_year_of(pc_day origin, pc_day day)
{
    int year = 0;

    while (pc_birthday(origin, year + 1) <= day) {
        year++;
    }
    return year;
}

/* Cuts [origin, end) at the first of each month and at the scenario's start. */
static pc_status make_periods(pc_plan *self, const pc_scenario *scenario)
{
    int last_month = pc_month_of_day(scenario->start) + scenario->months;
    pc_day end = pc_month_first_day(last_month);
    size_t most = (size_t)(last_month - pc_month_of_day(self->origin)) + 2, n = 0;

    self->n_day = end - self->origin;
    self->period = pc_new_zero(most, sizeof *self->period);
    self->period_of_day = pc_new_zero((size_t)self->n_day, sizeof *self->period_of_day);
    if (self->period == NULL || self->period_of_day == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    for (pc_day day = self->origin; day < end;) {
        pc_day next = pc_month_first_day(pc_month_of_day(day) + 1);

        if (day < scenario->start && next > scenario->start) {
            next = scenario->start;
        }
        self->period[n] = (plan_period){.first = day - self->origin,
                                        .end = next - self->origin,
                                        .reported = day >= scenario->start,
                                        .month = pc_month_of_day(day),
                                        .financial_year = pc_financial_year(day),
                                        .effect_year = effect_year_of(self->origin, day)};
        for (int at = day - self->origin; at < next - self->origin; at++) {
            self->period_of_day[at] = (int16_t)n;
        }
        self->first_reported += day < scenario->start;
        n++;
        day = next;
    }
    self->n_period = n;
    return PC_OK;
}

static pc_status make_children(pc_plan *self, const pc_authority_model *authority)
{
    self->n_child = authority->n_child;
    self->child = pc_new_zero(self->n_child, sizeof *self->child);
    if (self->child == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    for (size_t child = 0; child < self->n_child; child++) {
        const pc_child *from = &authority->child[child];
        plan_child *to = &self->child[child];

        for (int band = 0; band < PC_N_AGE_BAND; band++) {
            to->age_edge[band] = pc_birthday(from->birth, pc_age_band_first_year[band + 1]) - self->origin;
            if (to->age_edge[band] <= 0.0 && band < PC_N_AGE_BAND - 1) {
                to->age_band++;
            }
        }
        if (to->age_edge[PC_N_AGE_BAND - 1] < 0.0) {
            to->age_edge[PC_N_AGE_BAND - 1] = 0.0; /* already 18: leaves on the first day */
        }
        to->care_start = from->care_start - self->origin;
        to->placement_start = from->placement_start - self->origin;
        to->stream = from->stream;
        to->category = from->category;
    }
    return PC_OK;
}

/* Whether the n values of some group of PC_N_BAND bands differ from band to band. */
static bool depends_on_band(const double *rate, size_t n_group, size_t n)
{
    for (size_t group = 0; group < n_group; group++) {
        for (size_t at = n; at < PC_N_BAND * n; at++) {
            double first = rate[group * PC_N_BAND * n + at % n], other = rate[group * PC_N_BAND * n + at];

            if (first < other || first > other) {
                return true;
            }
        }
    }
    return false;
}

static void set_clocks(pc_plan *self, const pc_model *model)
{
    size_t n_group = (size_t)PC_N_STREAM * PC_N_AGE_BAND * self->n_category;

    for (size_t edge = 0; edge < PC_N_BAND - 1; edge++) {
        self->care_edge[edge] = model->care_edge[edge];
        self->placement_edge[edge] = model->placement_edge[edge];
    }
    self->care_bands = self->parameters || depends_on_band(self->mean->exit, n_group, PC_N_EXIT_HAZARD) ||
                       depends_on_band(self->mean->status, n_group, self->n_category);
    self->placement_bands = self->parameters || depends_on_band(self->mean->move, n_group, self->n_category);
}

static pc_status make_multipliers(pc_plan *self, pc_diagnostics *diagnostics)
{
    size_t n = self->n_period * PC_N_STREAM * PC_N_AGE_YEAR;
    double a_year = 0.0;

    self->start_multiplier = pc_new(n, sizeof *self->start_multiplier);
    if (self->start_multiplier == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    for (size_t at = 0; at < n; at++) {
        self->start_multiplier[at] = 1.0;
    }
    for (size_t at = 0; at < (size_t)PC_N_STREAM * PC_N_AGE_YEAR; at++) {
        a_year += self->mean->starts[at];
    }
    if (!(a_year / 12.0 < MOST_STARTS_A_MONTH)) {
        pc_diagnostics_add(diagnostics, PC_ERROR, (pc_place){0},
                           "%.0f starts a year, expected fewer than %.0f", a_year,
                           MOST_STARTS_A_MONTH * 12.0);
        return PC_ERR_RANGE;
    }
    return PC_OK;
}

/* The number of the next step for `la` from `at` on; n_step: none. */
static size_t next_step(const pc_capacity *from, size_t at, const char *la)
{
    while (at < from->n_step && from->step[at].authority != NULL &&
           strcmp(from->step[at].authority, la) != 0) {
        at++;
    }
    return at;
}

static pc_status make_one_capacity(pc_plan *self, plan_capacity *to, const pc_capacity *from, const char *la)
{
    size_t step = next_step(from, 0, la);
    double places = 0.0;
    bool any = false;

    if (step == from->n_step) {
        return PC_OK; /* its places are other authorities' */
    }

    to->capped = true;
    to->close = from->close;
    to->return_home = from->return_home;
    to->block = from->block;
    to->places = pc_new((size_t)self->n_day, sizeof *to->places);
    if (to->places == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    for (int day = 0; day < self->n_day; day++) {
        while (step < from->n_step &&
               (from->step[step].from == PC_DAY_NONE || from->step[step].from <= self->origin + day)) {
            places = from->step[step].places;
            any = true;
            step = next_step(from, step + 1, la);
        }
        /* Rounded down, but 24 x 0.75 written in decimals must give 18. */
        to->places[day] = !any ? PLAN_NO_LIMIT : (int)floor(places * from->share + 1e-9);
    }
    return PC_OK;
}

static pc_status make_capacity(pc_plan *self, const pc_model *model, const pc_scenario *scenario)
{
    const char *la = model->authority[self->authority_number].la;

    self->capacity = pc_new_zero(self->n_category, sizeof *self->capacity);
    if (self->capacity == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    for (size_t category = 0; category < self->n_category; category++) {
        self->capacity[category].substitute_to = -1;
    }
    for (size_t at = 0; at < scenario->n_capacity; at++) {
        int category = pc_codes_find_category(&model->codes, scenario->capacity[at].category);

        if (category >= 0) {
            self->has_capacity = true;
            if (make_one_capacity(self, &self->capacity[category], &scenario->capacity[at], la) != PC_OK) {
                return PC_ERR_NO_MEMORY;
            }
        }
    }
    for (size_t at = 0; at < scenario->n_overflow; at++) {
        const pc_overflow *from = &scenario->overflow[at];
        int category = pc_codes_find_category(&model->codes, from->category);
        plan_capacity *to = category < 0 ? NULL : &self->capacity[category];

        if (to == NULL) {
            continue;
        }
        to->overflow = pc_new(from->n_to, sizeof *to->overflow);
        if (to->overflow == NULL) {
            return PC_ERR_NO_MEMORY;
        }
        for (size_t entry = 0; entry < from->n_to; entry++) {
            int where = pc_codes_find_category(&model->codes, from->to[entry]);

            if (where >= 0) {
                to->overflow[to->n_overflow++] = (uint8_t)where;
            }
        }
    }
    for (size_t at = 0; at < scenario->n_substitute; at++) {
        int category = pc_codes_find_category(&model->codes, scenario->substitute[at].category);
        int to = pc_codes_find_category(&model->codes, scenario->substitute[at].to);

        if (category >= 0 && to >= 0) {
            self->has_capacity = true;
            self->capacity[category].substitute_to = to;
            self->capacity[category].substitute_share = scenario->substitute[at].share;
        }
    }
    self->coupled = self->has_capacity;
    return PC_OK;
}

pc_status plan_make(const pc_model *model, size_t authority_number, const pc_scenario *scenario, pc_plan *out,
                    pc_diagnostics *diagnostics)
{
    const pc_authority_model *authority = &model->authority[authority_number];
    pc_status status = PC_OK;

    memset(out, 0, sizeof *out);
    if (scenario->start <= model->extract) {
        char extract[PC_DAY_TEXT_SIZE];

        pc_diagnostics_add(diagnostics, PC_ERROR, (pc_place){.file = scenario->file},
                           "`start` lies within the data, expected a day after the extract date %s",
                           pc_day_format(model->extract, extract));
        return PC_ERR_RANGE;
    }
    if (pc_month_of_day(scenario->start) > pc_month_of_day(model->extract) + MOST_MONTHS_AHEAD) {
        char extract[PC_DAY_TEXT_SIZE];

        pc_diagnostics_add(diagnostics, PC_ERROR, (pc_place){.file = scenario->file},
                           "`start` lies too far off, expected a day within %d years of the extract date %s",
                           MOST_MONTHS_AHEAD / 12, pc_day_format(model->extract, extract));
        return PC_ERR_RANGE;
    }
    out->n_category = model->codes.n_category;
    out->origin = model->extract + 1;
    out->mean = &authority->mean;
    out->model = model;
    out->draw_rates = draw_from_model;
    out->authority_number = authority_number;
    out->seed = scenario->seed;
    out->parameters = scenario->uncertainty.parameters;
    out->year_effects = scenario->uncertainty.year_effects;
    out->starts_overdispersion = scenario->uncertainty.starts_overdispersion;
    memcpy(out->dispersion, authority->start_dispersion, sizeof out->dispersion);
    for (size_t category = 0; category < out->n_category; category++) {
        out->residential[category] = strncmp(model->codes.category[category].name, "residential", 11) == 0;
    }
    set_clocks(out, model);
    if ((status = make_periods(out, scenario)) != PC_OK ||
        (status = make_children(out, authority)) != PC_OK ||
        (status = make_multipliers(out, diagnostics)) != PC_OK ||
        (status = plan_follow_population(out, authority->la, &scenario->population_table)) != PC_OK ||
        (status = make_capacity(out, model, scenario)) != PC_OK ||
        (status = interventions_compile(out, scenario, &model->codes, diagnostics)) != PC_OK ||
        (status = year_effects_read(scenario->year_effects, (double)out->n_child, out, diagnostics)) !=
            PC_OK) {
        plan_free(out);
        return status;
    }
    trend_follow(out, &authority->trend, scenario);
    return PC_OK;
}
