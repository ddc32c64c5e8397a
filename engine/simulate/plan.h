/* plan.h - one authority's simulation, compiled from model and scenario: everything that the loop and the
 * expected-value method need, in their own units.
 *
 * Time is in days since the origin, the day after the extract: t = 0.0 is the first instant of that day.
 * Within a day time is continuous; what is reported falls on day floor(t). A stay that begins at s and ends
 * at e occupies the days floor(s) <= d < floor(e), so that the stock at the end of day d is the stock of the
 * continuous process at time d + 1, and place-days are the sum of the stock over ends of days: nothing is
 * lost or gained by rounding to days.
 *
 * Periods are the stretches between calendar-month edges from the origin to the horizon, split at the
 * scenario's start. A regime is a run of periods in which hazards keep the same scale (year effects, later
 * interventions).
 */
#ifndef PC_SIMULATE_PLAN_H
#define PC_SIMULATE_PLAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "placecast/draws.h"
#include "placecast/model.h"
#include "placecast/prices.h"
#include "placecast/scenario.h"

#include "base/keyed_random.h"

typedef struct plan_period {
    int first, end; /* days [first, end) since the origin */
    bool reported;  /* false for the stretch between extract and the scenario's start */
    int month;      /* calendar month, pc_month_of_day */
    int financial_year;
    int effect_year; /* 0, 1, ...: twelve months each from the day after the extract */
} plan_period;

/* A child at the origin. Edges are days since the origin; an edge in the past is never looked at. */
typedef struct plan_child {
    double age_edge[PC_N_AGE_BAND]; /* birthday at which age band i ends; the last is the 18th birthday */
    double care_start;              /* <= 0 */
    double placement_start;         /* <= 0 */
    uint8_t stream, category, age_band;
} plan_child;

#define PLAN_NO_LIMIT INT32_MAX /* places before the first day of a limit */

typedef struct plan_capacity {
    bool capped;
    bool close, return_home, block;
    bool retained;  /* its empty places are counted like those of a block */
    int *places;    /* [n_day]; places on each day from the origin to the horizon, or PLAN_NO_LIMIT */
    bool uncertain; /* an intervention that may not be delivered changes it from replicate to replicate; until
                       then `places` may be negative */
    size_t n_overflow;
    uint8_t *overflow; /* [n_overflow]; categories in order of preference */
    int substitute_to; /* category, or -1 */
    double substitute_share;
} plan_capacity;

/* Shared shocks: x(t) = phi x(t-1) + sigma z(t) on the log, year by year, mean multiplier 1. */
typedef struct plan_shock {
    double phi, sigma;
} plan_shock;

typedef struct pc_plan pc_plan;

/* Writes parameter draw `draw` into `out`; a function of plan and number alone, thread-safe. */
typedef pc_status (*plan_draw_function)(const pc_plan *self, uint32_t draw, pc_rates *out);

struct pc_plan {
    size_t n_category;
    pc_day origin; /* calendar day of t = 0 */
    int n_day;     /* horizon, days since the origin */
    size_t n_period;
    plan_period *period;    /* [n_period] */
    int16_t *period_of_day; /* [n_day] */
    size_t first_reported;  /* period */
    size_t n_child;
    plan_child *child;                /* [n_child] */
    bool care_bands, placement_bands; /* false: no rate depends on that clock, its edges can be skipped */
    double care_edge[PC_N_BAND - 1], placement_edge[PC_N_BAND - 1]; /* days */
    bool residential[PC_MAX_CATEGORY];
    const pc_rates *mean;           /* borrowed from the model */
    double dispersion[PC_N_STREAM]; /* gamma shape of a month's starts; INFINITY: none */
    double
        *start_multiplier;   /* [n_period][PC_N_STREAM][PC_N_AGE_YEAR]; population, scenario; 1 = as fitted */
    bool has_capacity;       /* some category is capped or substituted */
    bool coupled;            /* children of one replicate are worked through in day order */
    bool keep_stays;         /* each child's stays are kept: prices or processes need them */
    plan_capacity *capacity; /* [n_category] */
    size_t n_intervention;
    struct plan_intervention *intervention; /* [n_intervention] */
    /* Layers that are on. */
    bool parameters, year_effects, starts_overdispersion;
    plan_draw_function draw_rates; /* used when `parameters` is on */
    const pc_model *model;         /* borrowed; what draw_rates of a fitted plan draws from */
    const void *draw_from;         /* borrowed; for a draw_rates of another kind */
    pc_draws *draws;               /* borrowed; keeps the draws of model and seed. NULL: none are kept */
    size_t authority_number;
    uint64_t seed;
    plan_shock shock_starts, shock_exits, shock_mix;
    bool uasc_apart; /* starts of unaccompanied children have a shock of their own, else that of all starts */
    plan_shock shock_uasc;
    /* Change of mix: what multiplies first placements in and moves to homes in each effect year, the last for
     * good. The expected-value method does not follow it. */
    bool mix_trend;
    double homes[PC_N_KNOT];
    const pc_trend *drift; /* borrowed from the model; drawn rates are held to it. NULL: not */
};

/* Compiles the plan of authority `authority_number`. `model` must outlive the plan. On failure `out` is
 * empty. */
PC_MUST_USE pc_status plan_make(const pc_model *model, size_t authority_number, const pc_scenario *scenario,
                                pc_plan *out, pc_diagnostics *diagnostics);
/* Whether the scenario's table of population has every authority of the model, and what it does not say.
 * PC_ERR_INPUT. */
PC_MUST_USE pc_status plan_check_population(const pc_model *model, const pc_scenario *scenario,
                                            pc_diagnostics *diagnostics);
/* Multiplies the starts of local children by the growth of the population since the days that the rates come
 * from. An empty table changes nothing. PC_ERR_INPUT when it does not have authority `la`. */
PC_MUST_USE pc_status plan_follow_population(pc_plan *self, const char *la, const pc_population *population);
/* Starts a day in period `period` at age `age` for the mean rates and the plan's multipliers. */
static inline double plan_starts_per_day(const pc_plan *self, size_t period, size_t stream, size_t age)
{
    return self->mean->starts[stream * PC_N_AGE_YEAR + age] / PC_DAYS_PER_YEAR *
           self->start_multiplier[(period * PC_N_STREAM + stream) * PC_N_AGE_YEAR + age];
}
static inline double plan_homes(const pc_plan *self, size_t effect_year)
{
    return !self->mix_trend ? 1.0 : self->homes[effect_year < PC_N_KNOT ? effect_year : PC_N_KNOT - 1];
}
void plan_free(pc_plan *self);

#endif
