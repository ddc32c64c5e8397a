/* replicate.h - one replicate of one authority: from the plan to a closed ledger. */
#ifndef PC_SIMULATE_REPLICATE_H
#define PC_SIMULATE_REPLICATE_H

#include "simulate/layers.h"
#include "simulate/ledger.h"
#include "simulate/life.h"
#include "simulate/starters.h"
#include "simulate/stays.h"

struct day_state;

/* Scratch of one thread for one authority; nothing in it is shared. */
typedef struct replicate_workspace {
    const pc_plan *plan;
    hazard_tables tables;
    size_t n_regime;
    hazard_regime *regime;    /* [n_regime] */
    size_t *regime_of_period; /* [n_period] */
    layers_years years;
    double *dispersion;        /* [n_period][PC_N_STREAM] */
    double *residential_scale; /* [n_period] */
    starters_tables starter_tables;
    starters_ages starter_ages; /* of the rates in `tables` */
    starters starters;
    pc_rates drawn;          /* the parameter draw in `tables`, when that layer is on */
    int64_t drawn_number;    /* -1: the mean rates are in `tables` */
    double drift[PC_N_KNOT]; /* what multiplies local starts of each year under them */
    gsl_rng *rng;
    int32_t *initial;      /* [n_category]; children at the origin */
    int32_t *initial_ages; /* [PC_N_AGE_BAND][n_category]; the same by age band */
    size_t n_life;         /* children at the origin, then starters */
    size_t life_capacity;
    uint64_t *entity;            /* [n_life] */
    pc_random_block *block[2];   /* [2][n_life]; draws 0 and 1 of each child */
    double *exit_amount;         /* [n_life] */
    double *placement_amount[3]; /* [3][n_life] */
    ledger ledger;               /* the result */
    struct day_state *days;      /* capacity: the children of a replicate in day order; NULL without */
    stays *log;                  /* &kept, or NULL where the plan keeps no stays */
    stays kept;                  /* of the replicate run last */
    struct intervention_state *intervention_state; /* [n_intervention] */
    size_t n_return;                               /* room for children who return after a discharge */
    bool clipped;                                  /* a multiplier of starts was cut, ever */
} replicate_workspace;

PC_MUST_USE pc_status replicate_workspace_init(replicate_workspace *self, const pc_plan *plan);
/* Runs replicate `replicate`; the result, in self->ledger, is a function of plan and number alone. */
PC_MUST_USE pc_status replicate_run(replicate_workspace *self, uint32_t replicate);
void replicate_workspace_free(replicate_workspace *self);

/* Draws the first blocks of a child that joins later, under number `number` (< n_life + n_return). */
void replicate_draw_one(replicate_workspace *self, pc_random_key key, size_t number, uint64_t entity);
/* Sets a life, not yet begun, for child `number` of the replicate: children at the origin come first, then
 * the starters. */
void replicate_set_life(const replicate_workspace *self, size_t number, life *out);

#endif
