/* intervention.h - what a council can do: one closed vocabulary of kinds (docs/interventions.md).
 *
 * Adding a kind is one line in PC_INTERVENTION_LIST, one file engine/simulate/intervention_<kind>.c with its
 * behaviour and one line in the registry of engine/simulate/interventions.c.
 */
#ifndef PC_INTERVENTION_H
#define PC_INTERVENTION_H

#include <stdbool.h>
#include <stddef.h>

#include "placecast/day.h"
#include "placecast/out_of_area.h"

/* Keys that a kind may use, as bits. Keys common to all kinds are not listed: name, kind, from, until,
 * lag_months, authorities, cost, funding. */
enum {
    PC_USES_EFFECT = 1,        /* effect: {low, likely, high} or one number; point */
    PC_USES_REACH = 2,         /* reach: children a year */
    PC_USES_CATEGORIES = 4,    /* categories (or category): the pool */
    PC_USES_CAUSES = 8,        /* causes: exit causes of the pool */
    PC_USES_TO = 16,           /* to: a category */
    PC_USES_CHILDREN = 32,     /* children: how many in all, between from and until; return_12m */
    PC_USES_PLACES = 64,       /* places, or households with places_per_household and usable_share */
    PC_USES_MEASURE = 128,     /* measure: a front-door volume */
    PC_USES_WOULD_HAVE = 256,  /* would_have: only with a reach */
    PC_USES_POOL = 512,        /* ages, streams */
    PC_USES_RAMP = 1024,       /* ramp_months, decay_months */
    PC_USES_CONFIDENCE = 2048, /* confidence */
    PC_USES_DAYS = 4096        /* days_in_care */
};

/* X(name, text, keys it may use, keys it must have, what it acts on) */
#define PC_INTERVENTION_LIST(X)                                                                              \
    X(PREVENT, "prevent",                                                                                    \
      PC_USES_EFFECT | PC_USES_REACH | PC_USES_WOULD_HAVE | PC_USES_CATEGORIES | PC_USES_POOL |              \
          PC_USES_RAMP | PC_USES_CONFIDENCE,                                                                 \
      PC_USES_EFFECT,                                                                                        \
      "fewer (or more) children start: a share of the starts of given ages, streams and first placements")   \
    X(DIVERT, "divert",                                                                                      \
      PC_USES_EFFECT | PC_USES_REACH | PC_USES_WOULD_HAVE | PC_USES_CATEGORIES | PC_USES_TO | PC_USES_POOL | \
          PC_USES_RAMP | PC_USES_CONFIDENCE,                                                                 \
      PC_USES_EFFECT | PC_USES_CATEGORIES | PC_USES_TO, "another category is chosen at a start or move")     \
    X(DISCHARGE, "discharge",                                                                                \
      PC_USES_CHILDREN | PC_USES_CATEGORIES | PC_USES_POOL | PC_USES_DAYS | PC_USES_CONFIDENCE,              \
      PC_USES_CHILDREN, "a named cohort leaves care between two dates")                                      \
    X(EXIT_RATE, "exit_rate",                                                                                \
      PC_USES_EFFECT | PC_USES_REACH | PC_USES_WOULD_HAVE | PC_USES_CATEGORIES | PC_USES_CAUSES |            \
          PC_USES_POOL | PC_USES_DAYS | PC_USES_RAMP | PC_USES_CONFIDENCE,                                   \
      PC_USES_EFFECT, "exits for given causes become more (or less) frequent")                               \
    X(MOVE, "move",                                                                                          \
      PC_USES_REACH | PC_USES_CATEGORIES | PC_USES_TO | PC_USES_POOL | PC_USES_DAYS | PC_USES_RAMP |         \
          PC_USES_CONFIDENCE,                                                                                \
      PC_USES_REACH | PC_USES_CATEGORIES | PC_USES_TO,                                                       \
      "so many children a year move from one category to another")                                           \
    X(CAPACITY, "capacity", PC_USES_CATEGORIES | PC_USES_PLACES | PC_USES_RAMP | PC_USES_CONFIDENCE,         \
      PC_USES_CATEGORIES | PC_USES_PLACES, "places in a category")                                           \
    X(PRICE, "price", PC_USES_EFFECT | PC_USES_CATEGORIES | PC_USES_RAMP | PC_USES_CONFIDENCE,               \
      PC_USES_EFFECT | PC_USES_CATEGORIES, "the weekly price of a category")                                 \
    X(ACTIVITY, "activity", PC_USES_EFFECT | PC_USES_MEASURE | PC_USES_RAMP | PC_USES_CONFIDENCE,            \
      PC_USES_EFFECT | PC_USES_MEASURE,                                                                      \
      "volumes at the front door; never starts in care, unless linked to them by name")

typedef enum pc_intervention_kind {
#define PC_INTERVENTION_ENUM(name, text, may, must, help) PC_INTERVENTION_##name,
    PC_INTERVENTION_LIST(PC_INTERVENTION_ENUM)
#undef PC_INTERVENTION_ENUM
        PC_N_INTERVENTION_KIND
} pc_intervention_kind;

typedef enum pc_point { PC_POINT_DRAWN, PC_POINT_LOW, PC_POINT_LIKELY, PC_POINT_HIGH } pc_point;

/* Drawn from the triangular distribution once a replicate, or pinned by `point`. */
typedef struct pc_effect {
    double low, likely, high; /* low <= likely <= high */
} pc_effect;

/* What the user says that a placement avoided saves, while it is avoided. */
typedef struct pc_saving {
    bool given;
    bool out_of_area; /* counts placements out of area; else placements in the categories of the intervention
                       */
    pc_out_of_area_definition definition;
    double gbp_a_year; /* for each placement-year avoided, whatever the period it was stated for */
} pc_saving;

typedef struct pc_intervention {
    char *name; /* unique in its scenario */
    pc_intervention_kind kind;
    pc_day from;            /* first day; PC_DAY_NONE: from the beginning */
    pc_day until;           /* first day after; PC_DAY_OPEN: for good */
    double lag_months;      /* from `from` until anything happens; default 0 */
    double ramp_months;     /* linear growth to the full effect after the lag; default 0: at once */
    double decay_months;    /* linear fall to nothing after `until`; default 0: at once */
    int age_from, age_to;   /* completed years, both inside; default 0 and 17 */
    int care_from, care_to; /* days in this period of care, both inside; default 0 and INT_MAX */
    bool stream[2];         /* local, uasc; default both */
    size_t n_authority;     /* 0: all */
    char **authority;       /* [n_authority]; those in which it happens, as in the column LA */
    size_t n_category;      /* 0: all */
    char **category;        /* [n_category] */
    unsigned causes;        /* bit 1 << pc_exit_cause; 0: all */
    char *to;               /* category, or NULL */
    pc_effect effect;       /* share, or relative change; divert 0 to 1, prevent up to 1 (below 0: more
                           start), exit_rate and price       -1 or more */
    pc_point point;         /* default PC_POINT_DRAWN */
    double reach;           /* treated a year at most; INFINITY: no cap */
    double would_have;      /* share of the treated who would have been cases, 0 to 1; default 1, with a
                               warning */
    double children;        /* discharge: how many in all */
    double return_12m;      /* share of those sent home who return within a year; default 0.20 */
    double places;          /* capacity: change of places, households already multiplied out */
    char *measure;          /* activity: contacts, referrals, assessments, children_in_need, protection_plans,
                               court_work */
    double starts_in_care; /* activity: share of a reduction that falls on starts in care too, 0 to 1; default
                              0 */
    double confidence;     /* chance that it is delivered at all, 0 to 1; default 1 */
    double cost_one_off, cost_contingency, cost_annual,
        cost_per_child; /* pounds; contingency is a share of the one-off */
    char *funding;      /* who pays, or NULL */
    char *source;       /* where its figures come from, or NULL */
    pc_saving saving;
    long line, column; /* of its name in the file; 0 for one from --set */
    char *file;
} pc_intervention;

/* As a scenario writes it: "prevent". */
const char *pc_intervention_kind_name(pc_intervention_kind kind);

#endif
