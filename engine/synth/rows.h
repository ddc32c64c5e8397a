/* rows.h - the episode rows of a period of care, with the codes of the return. Private to the stage. */
#ifndef PC_SYNTH_ROWS_H
#define PC_SYNTH_ROWS_H

#include "synth/synth_impl.h"

/* The codes of one placement; texts are static. */
typedef struct synth_placement {
    const char *place;
    const char *provider; /* "" where none is asked for */
    uint32_t urn, postcode;
} synth_placement;

typedef struct synth_row {
    pc_day start, end; /* [start, end), PC_DAY_OPEN at the horizon */
    const char *reason_started, *legal_status, *need, *reason_ended, *reason_change; /* static; "" blank */
    synth_placement placement;
} synth_row;

typedef struct synth_rows {
    synth_row *row;
    size_t n, capacity;
    uint32_t home_postcode;
    gsl_rng *rng;
} synth_rows;

PC_MUST_USE pc_status synth_rows_init(synth_rows *self);
void synth_rows_free(synth_rows *self);

/* The rows of period `number`, from first to last; a function of the key, the period and `first_day` alone.
 * Temporary absences that reach over `first_day` (of the first return) are left out: the placement that they
 * interrupt would be in no return. */
PC_MUST_USE pc_status synth_rows_make(synth_rows *self, const synth_population *population, size_t number,
                                      pc_random_key key, pc_day first_day);

/* place_codes.c: codes for a stay in `category` that begins on `day` at completed age `years`; `placement`
 * holds those of the stay before. A change of status keeps carer and address. */
void synth_choose_place(gsl_rng *rng, const synth_stay *stay, int years, bool first,
                        synth_placement *placement);
/* The code of the long-term match of a foster placement, or NULL when it is not one that can become
 * long-term. */
const char *synth_long_term_code(const char *place);

/* legal_status.c */
#define SYNTH_MAX_LEGAL 8
typedef struct synth_legal {
    pc_day day[SYNTH_MAX_LEGAL]; /* ascending; the first is the start of care */
    const char *code[SYNTH_MAX_LEGAL];
    size_t n;
} synth_legal;
/* The legal statuses of a period: what the placements ask for (an order for a placement with parents, a
 * placement order for adoption) and the usual course of proceedings. `place` holds the place code of each
 * stay. */
void synth_choose_legal(gsl_rng *rng, const synth_period *period, const synth_stay *stay,
                        const synth_placement *place, int years, synth_legal *out);

/* reasons.c */
const char *synth_choose_need(gsl_rng *rng, uint8_t stream);
const char *synth_choose_change_reason(gsl_rng *rng, const char *next_place);
const char *synth_choose_end_reason(gsl_rng *rng, uint8_t cause, uint8_t stream, uint8_t category, int years);

typedef struct synth_weighted {
    const char *text;
    double weight;
} synth_weighted;
const char *synth_weighted_pick(gsl_rng *rng, const synth_weighted *choice, size_t n);

#endif
