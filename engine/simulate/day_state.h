/* day_state.h - the children of a replicate in day order: what day_order.c, day_events.c and day_changes.c
 * share. */
#ifndef PC_SIMULATE_DAY_STATE_H
#define PC_SIMULATE_DAY_STATE_H

#include "simulate/day_order.h"
#include "simulate/places.h"
#include "simulate/age_days.h"

/* What a child's next event is; the first three as life_event gives them. */
typedef enum pending {
    PENDING_EXIT,
    PENDING_AGE_OUT,
    PENDING_EXTRA,
    PENDING_PLACEMENT,
    PENDING_START
} pending;

/* A child's place in the lists of days. Apart from the lives, so that all of them stay in the first-level
 * cache. */
typedef struct day_link {
    int32_t next, previous; /* others with an event on the same day; -1 ends */
    int32_t day;            /* of the pending event; n_day: none before the horizon */
    uint8_t pending;
} day_link;

typedef struct day_child {
    life now;            /* run on to the pending event */
    uint32_t order;      /* of arrival within a day */
    bool queued;         /* stands in `waiting` */
    placed_state placed; /* whether for want of a place */
    uint8_t age;         /* age band in which the present stay began */
} day_child;

enum { DAY_NOWHERE = 255 };

struct day_state {
    size_t n_child, capacity;
    day_child *child; /* [n_child] */
    day_link *link;   /* [n_child] */
    life *before;     /* [n_child]; as each was after its last event; only where `interrupts` */
    uint8_t *where;   /* [n_child]; category of who is in a placement now, else DAY_NOWHERE: apart from the
                         lives,   so that all can be looked through */
    int32_t *head;    /* [n_day]; first child with an event that day, or -1 */
    size_t link_capacity, where_capacity, before_capacity, batch_capacity, arrival_capacity, waiting_capacity;
    int32_t *batch; /* children of one pass */
    int32_t *arrival;
    int32_t *waiting; /* children who would return, in the order in which they were displaced */
    size_t n_arrival, n_waiting;
    size_t n_rival; /* arrivals of this pass who could stand in one another's way */
    places places;
    int today;       /* while interventions act */
    bool interrupts; /* some category closes or takes children back */
};

/* Sets all children of the replicate on the day of their first event. */
PC_MUST_USE pc_status day_begin(replicate_workspace *workspace, const life_setting *setting);
void day_schedule(day_state *self, int32_t number, int32_t day, pending what);
void day_unschedule(day_state *self, int32_t number);
/* Runs a child on from its last event and enters the next one into its day. */
void day_run_on(day_state *self, int32_t number, const life_setting *setting, int32_t n_day);
/* Puts n children in keyed order; few on any day, so that an insertion sort is best. */
void day_sort(day_state *self, const life_setting *setting, int32_t *list, size_t n);
/* Who waits stands in the queue once, from the first day of waiting. */
void day_join_queue(day_state *self, int32_t number);
void day_leave_care(replicate_workspace *workspace, int32_t number, size_t cause, int32_t day);

/* ---- day_events.c ---- */

/* Step 4a: the children of this pass leave where they are; those who need a place join the arrivals. */
void day_take_ends(const intervention_context *context, int32_t day);
/* Steps 4b and 4c: each arrival takes a place, and its next event is found. */
void day_take_arrivals(replicate_workspace *workspace, const life_setting *setting, int32_t day);

/* ---- day_changes.c ---- */

/* Where a closing category has fewer places than children once the day's first ends are out of it, as many as
 * there are too many move, in keyed order, before anybody arrives. Who lives there for want of a place
 * elsewhere still needs that other place. */
void day_close_places(replicate_workspace *workspace, const life_setting *setting, int32_t day);
/* At the end of the day those who wait for a place of their own category get one where it is free, the
 * longest waiting first. */
void day_take_returns(replicate_workspace *workspace, const life_setting *setting, int32_t day);

#endif
