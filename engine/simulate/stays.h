/* stays.h - the stays of all children of one replicate, one after another: what per-placement prices and the
 * cost calculator need and counts by category cannot tell. Kept only when the plan says so.
 */
#ifndef PC_SIMULATE_STAYS_H
#define PC_SIMULATE_STAYS_H

#include "simulate/life.h"
#include "simulate/plan.h"

typedef enum stay_reason {
    STAY_PRESENT, /* was there at the origin */
    STAY_START,   /* a period of care begins */
    STAY_MOVE,    /* a new placement in the same period of care */
    STAY_STATUS,  /* the category changes, the placement goes on */
    STAY_HORIZON, /* ends: still there on the last day */
    STAY_CEASE    /* ends: STAY_CEASE + pc_exit_cause */
} stay_reason;

/* Days [begin, end) in one category, since the origin. */
typedef struct stay_row {
    uint32_t child;     /* number among the children of the replicate */
    uint16_t placement; /* new placements of the child before this one since the origin */
    uint8_t category;
    uint8_t began; /* PRESENT, START, MOVE or STATUS */
    uint8_t ended; /* MOVE, STATUS, HORIZON or CEASE + cause */
    int32_t begin, end;
    int32_t next; /* the child's next stay, -1: none; its first is in stay_child */
} stay_row;

typedef struct stay_child {
    uint64_t entity;        /* names it in the random keys; a return has one of its own */
    const double *age_edge; /* [PC_N_AGE_BAND]; of a child present at the origin, else NULL */
    double birth;           /* days since the origin, of a starter */
    double care_start;      /* days since the origin */
    int32_t first, last;    /* stays; -1: has none */
    uint8_t stream;
} stay_child;

typedef struct stays {
    size_t n, capacity;
    stay_row *row; /* [n]; in the order in which they began, child by child where children do not meet */
    size_t n_child, child_capacity;
    stay_child *child; /* [n_child]; by number */
    bool failed;       /* memory ran out: the replicate fails */
} stays;

/* Empties the log for a replicate of up to `n_child` children. */
PC_MUST_USE pc_status stays_begin(stays *self, size_t n_child);
/* A stay of `who` begins on `day`; the one before it, if there is one, ends. `why` is PRESENT, START, MOVE or
 * STATUS. */
void stays_enter(stays *self, const life *who, stay_reason why, size_t category, int day);
void stays_cease(stays *self, size_t number, size_t cause, int day);
/* Ends what goes on: on the day after the last. */
void stays_close(stays *self, int n_day);
void stays_free(stays *self);

/* Age band of a child on a day since the origin; PC_N_AGE_BAND - 1 at most. */
static inline int stay_age_band(const stay_child *self, int day)
{
    int band = 0;

    while (band < PC_N_AGE_BAND - 1 &&
           (self->age_edge != NULL
                ? self->age_edge[band]
                : self->birth + pc_age_band_first_year[band + 1] * PC_DAYS_PER_YEAR) <= day) {
        band++;
    }
    return band;
}

/* The day on which an age band ends, as a number; LIFE_NEVER for the last. */
static inline double stay_age_end(const stay_child *self, int band)
{
    if (band >= PC_N_AGE_BAND - 1) {
        return LIFE_NEVER;
    }
    return self->age_edge != NULL ? self->age_edge[band]
                                  : self->birth + pc_age_band_first_year[band + 1] * PC_DAYS_PER_YEAR;
}

#endif
