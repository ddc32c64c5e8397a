/* interventions.h - interventions as the simulation sees them: pools, ramps, treatment places, and one
 * behaviour for each kind.
 *
 * Every intervention acts on events of the base simulation and never on its random numbers: a start is taken
 * away, another category is chosen, an exit does not happen, a further exit happens, a child is moved. A
 * child that no intervention changes has the same life to the last day. docs/interventions.md has the rules
 * in words.
 */
#ifndef PC_SIMULATE_INTERVENTIONS_H
#define PC_SIMULATE_INTERVENTIONS_H

#include "placecast/intervention.h"
#include "simulate/ledger.h"
#include "simulate/life.h"

/* The combined effect of several interventions on one hazard leaves at least this share of it. */
#define INTERVENTIONS_FLOOR 0.05

typedef struct plan_intervention {
    const pc_intervention *source; /* borrowed from the scenario */
    pc_intervention_kind kind;
    uint32_t id;             /* from its name, so that draws do not depend on the order of the list */
    double begin;            /* days since the origin at which anything happens */
    double ramp, end, decay; /* days */
    uint32_t categories, streams, causes; /* bits */
    double age_from, age_end;             /* years; [age_from, age_end) */
    double care_from, care_end;           /* days in this period of care; [care_from, care_end) */
    bool here;                            /* it happens in this authority */
    int to;                               /* category, or -1 */
} plan_intervention;

/* One intervention in one replicate. */
typedef struct intervention_state {
    double effect; /* as drawn; 0 when it is not delivered */
    bool delivered;
    double places;    /* treatment places that have arisen and are free */
    int places_year;  /* financial year of these */
    int treated_year; /* used in that year */
    int32_t due;      /* discharge: how many have left so far */
} intervention_state;

struct replicate_workspace;
struct starter;

typedef struct intervention_context {
    struct replicate_workspace *workspace;
    const life_setting *setting;
} intervention_context;

/* A moment at which an intervention may change what happens to a child. */
typedef struct intervention_case {
    const life *child;
    size_t category;   /* in which the child is, or which it needs */
    uint32_t occasion; /* names the draws: no two moments of a child share one */
    int day;
    double left; /* share of such cases that the interventions asked before have left; 1 at first */
} intervention_case;

/* First numbers of occasions, by what is asked; each child has fewer events than lie between them. */
enum {
    OCCASION_START = 0, /* and placement event k has number k + 1 */
    OCCASION_COHORT = 1 << 17,
    OCCASION_RETURN = 1 << 18,
    OCCASION_KEEP = 1 << 19
};

/* What a kind does; NULL where it does nothing. `which` is its place in the plan. */
typedef struct intervention_behaviour {
    /* A child would start: true when it does not. */
    bool (*prevents)(const intervention_context *context, size_t which, intervention_case *of);
    /* A child needs a place in of->category: what it gets instead, or that. */
    size_t (*diverts)(const intervention_context *context, size_t which, intervention_case *of);
    /* Once a day, after everything else. */
    void (*acts)(const intervention_context *context, size_t which, int day);
} intervention_behaviour;

const intervention_behaviour *interventions_behaviour(pc_intervention_kind kind);
extern const intervention_behaviour intervention_prevent, intervention_divert, intervention_discharge,
    intervention_exit_rate, intervention_move, intervention_capacity, intervention_price,
    intervention_activity;

/* Compiles the scenario's interventions into the plan. The scenario must outlive the plan. */
PC_MUST_USE pc_status interventions_compile(pc_plan *plan, const pc_scenario *scenario, const pc_codes *codes,
                                            pc_diagnostics *diagnostics);

/* Draws effects and delivery for a replicate. */
void interventions_begin(const pc_plan *plan, uint32_t replicate, intervention_state *state);
/* Mean effects instead: of the triangular distribution or pinned, times the chance of delivery. */
void interventions_mean(const pc_plan *plan, intervention_state *state);

/* Share of the full effect on a day: 0 before, a straight line through the ramp, 1, and a straight line back.
 */
double interventions_ramp(const plan_intervention *self, double day);
bool interventions_in_pool(const plan_intervention *self, const life *child, size_t category);
/* Age in years at the child's present time. */
double interventions_age(const life *child);

/* New treatment places of the day; unused ones lapse on 31 March. */
void interventions_grow_places(const pc_plan *plan, intervention_state *state, pc_random_key key, int day);
/* Uses a treatment place if one is free (always, where there is no reach). */
bool interventions_take_place(const plan_intervention *self, intervention_state *state);
/* Four words for (child, intervention, occasion). */
pc_random_block interventions_random(const intervention_context *context, const plan_intervention *self,
                                     uint64_t entity, uint32_t occasion);

/* The common course of a case: whether the child is in the pool, gets a place, and is changed, which happens
 * with probability `share` when the intervention is in full force; counts it. of->left keeps the combined
 * effect above the floor. */
bool interventions_changes(const intervention_context *context, size_t which, intervention_case *of,
                           double share);
/* What `share` becomes under the floor, after interventions that have left *left; updates it. */
double interventions_with_floor(double share, double *left);
/* Counts one treated child, or one changed. */
void interventions_count(const intervention_context *context, size_t which, bool changed, int day);

/* capacity: adds to plan->capacity what is certain to come; and of the others what a replicate's state says
 * is delivered to `places` [n_day], those of `category`. */
void interventions_set_capacity(pc_plan *plan);
void interventions_add_places(const pc_plan *plan, const intervention_state *state, size_t category,
                              int *places);

/* Whether it can never change anything for this authority: no child of its pool is there now or can come. */
bool interventions_is_idle(const pc_plan *plan, size_t which);

/* prevent with an effect below 0: how many times as many children of a stream and age (in completed years)
 * start at most in this replicate, 1 when nothing adds any. */
double interventions_more_starts(const pc_plan *plan, const intervention_state *state, size_t stream,
                                 size_t age);
/* Whether one who would not start without them does: `excess` is its mark over the multiplier without them,
 * at least 1. Returns the number of the one that adds this child, or n_intervention. */
size_t interventions_adds_start(const pc_plan *plan, const intervention_state *state,
                                const struct starter *start, double excess);

/* exit_rate: hazard of further exits relative to each row's causes, as an upper bound over time. [n_row] per
 * regime. */
void interventions_extra_rate(const pc_plan *plan, const intervention_state *state,
                              const hazard_tables *tables, double exit_scale, double *extra_rate);
/* A further exit may happen: the cause, or PC_N_EXIT_CAUSE when it does not. */
size_t interventions_extra_exit(const intervention_context *context, const life *child, int day);
/* An exit is about to happen for `cause`: true when interventions that make exits rarer keep the child in
 * care. */
bool interventions_keep(const intervention_context *context, const life *child, size_t cause, int day);

#endif
