/* posterior.h - what the fit keeps: counts, reference rates and the shapes of the pools. Private to the
 * estimate stage and to the report of the model's tables. The mathematics and its symbols are in
 * docs/model.md, sections 2 and 3.
 */
#ifndef PC_ESTIMATE_POSTERIOR_H
#define PC_ESTIMATE_POSTERIOR_H

#include "placecast/model.h"

/* Three families of causes; each has its clock (exits and changes of status: care; moves: placement). */
typedef enum estimate_family { FAMILY_EXIT, FAMILY_MOVE, FAMILY_STATUS, N_FAMILY } estimate_family;

/* Levels of the tree of pools, coarse to fine, the profiles of the reference by age and by duration, and how
 * fast children leave each category, whatever the cause. */
typedef enum estimate_level {
    LEVEL_CAUSE,
    LEVEL_FROM,
    LEVEL_AGE,
    LEVEL_BAND,
    LEVEL_PROFILE_AGE,
    LEVEL_PROFILE_BAND,
    LEVEL_ORIGIN,
    N_LEVEL
} estimate_level;
#define N_TREE_LEVEL 4 /* those before the profiles */
#define N_PROFILE 2    /* by age, by duration: LEVEL_PROFILE_AGE + profile */
#define N_STEP 5       /* of a profile: PC_N_AGE_BAND, PC_N_BAND */

#define SHAPE_MIN 0.5
#define SHAPE_MAX 10000.0

#define N_SHAPE_GRID                                                                                         \
    24 /* shapes that a draw may take, evenly spaced on the log from SHAPE_MIN to SHAPE_MAX */

/* Counts and pools of one family. `cell` is pc_rates_cell(); arrays of causes have the cause last, as in
 * pc_rates. A pool's events and expected events are what its cells tell about it: the gamma distribution of
 * the drawn factor has shape k + events and rate k / parent + expected. */
typedef struct estimate_table {
    size_t n_cause; /* PC_N_EXIT_HAZARD, or n_category */
    size_t n_category;
    double *events;                                    /* [cell][cause]; weighted when there is a half-life */
    double *years;                                     /* [cell]; child-years at risk on the family's clock */
    double *reference;                                 /* [cell][cause]; 1/child-year */
    double shape[PC_N_STREAM][N_LEVEL];                /* k */
    double chance[PC_N_STREAM][N_LEVEL][N_SHAPE_GRID]; /* of each shape in a draw; all 0: k is given */
    double *cause_events, *cause_expected;             /* [stream][cause] */
    double *from_events, *from_expected;               /* [stream][cause][from] */
    double *age_events, *age_expected;                 /* [stream][cause][from][age] */
    double *from_share; /* [stream][cause][from]; of what is expected of the cause */
    double *age_share;  /* [stream][cause][from][age]; of what is expected of the from */
    double *band_share; /* [stream][cause][from][age][band]; of what is expected of the age */
    double *profile_events,
        *profile_expected; /* [stream][cause][profile][step]; of the reference's profiles */
    double *profile;       /* [stream][cause][profile][step]; as fitted; 0: known, not drawn */
    double *origin_events, *origin_expected; /* [stream][from]; what the cells tell about the next */
    double *origin; /* [stream][from]; times the reference of all causes; as fitted; 0: none, not drawn */
    /* Of the cause as a whole, over the child-years seen. [stream][cause] */
    double *level_events;            /* expected at the level that is believed; 0: as the tree has it */
    double *level_seen;              /* events */
    double *level_expected;          /* under national rates; 0: there are none, the events are believed */
    double level_shape[PC_N_STREAM]; /* prior events of a level under national rates */
    double level_chance[PC_N_STREAM][N_SHAPE_GRID]; /* of each in a draw; all 0: it is given */
} estimate_table;

/* Starts of one stream. */
typedef struct estimate_starts {
    double events[PC_N_AGE_YEAR]; /* weighted when there is a half-life */
    double total;                 /* their sum */
    double years;                 /* of the window, weighted alike */
    double inflation;             /* variance of the total over that of a Poisson count, >= 1 */
    double age_shape;             /* prior starts of each year of age within its band */
    double *first_events;         /* [age][category] */
    double *pooled;               /* [category]; effective first placements behind the pooled shares */
    double *support;              /* [age][category]; 1 where a first placement is possible, else 0 */
    double first_shape;           /* prior first placements of an age band, spread by the pooled shares */
} estimate_starts;

struct pc_posterior {
    bool shrink;
    bool own_reference; /* false: the caller gave the root */
    estimate_table family[N_FAMILY];
    estimate_starts starts[PC_N_STREAM];
    bool reachable[PC_N_STREAM]
                  [PC_N_AGE_BAND]; /* some child is, or may come to be, of this stream and age band */
};

/* The family's part of a pc_rates; same layout as `events`. */
static inline double *estimate_family_rates(const pc_rates *rates, estimate_family family)
{
    return family == FAMILY_EXIT ? rates->exit : family == FAMILY_MOVE ? rates->move : rates->status;
}

/* Rates keep 24 significant bits, those of a float: the last bit of a mathematics library cannot reach the
 * results. */
static inline double estimate_round(double rate)
{
    return (double)(float)rate;
}

#endif
