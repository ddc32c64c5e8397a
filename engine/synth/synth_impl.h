/* synth_impl.h - what the files of this stage share.
 *
 * rates -> [population: starts, identities, lives] -> [rows: codes of the returns] -> [tables of each return]
 * -> files
 *
 * A life holds what the rates decide (starts, moves, changes of status, exits); everything else that a return
 * shows (codes, legal statuses, temporary absences, postcodes) is laid over it from other draws and moves no
 * rate.
 */
#ifndef PC_SYNTH_IMPL_H
#define PC_SYNTH_IMPL_H

#include <gsl/gsl_rng.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/keyed_random.h"
#include "placecast/synth.h"

/* The categories of the shipped code map, in its order. */
typedef enum synth_category {
    SYNTH_KINSHIP,
    SYNTH_FOSTER_INHOUSE,
    SYNTH_FOSTER_IFA,
    SYNTH_RESIDENTIAL_INHOUSE,
    SYNTH_RESIDENTIAL_EXTERNAL,
    SYNTH_SUPPORTED,
    SYNTH_SECURE,
    SYNTH_PARENTS,
    SYNTH_ADOPTION,
    SYNTH_OTHER,
    SYNTH_N_CATEGORY
} synth_category;
extern const char *const synth_category_name[SYNTH_N_CATEGORY];

extern const int synth_band_edge[PC_N_BAND - 1]; /* days: 28 182 365 730, on both clocks */
extern const char *const synth_band_name[PC_N_BAND];
int synth_band_of_days(int days);

#define SYNTH_WARM_UP_YEARS 18 /* nobody stays longer, so the stock is stationary after it */

/* Entities of the random numbers: what a draw belongs to. Lives are numbered by start, people by person. */
#define SYNTH_ENTITY_STARTS ((uint64_t)1 << 40)
#define SYNTH_ENTITY_PERSON ((uint64_t)2 << 40)
#define SYNTH_ENTITY_ROWS ((uint64_t)3 << 40)
#define SYNTH_ENTITY_IDENTITY ((uint64_t)4 << 40)
#define SYNTH_ENTITY_SCALE ((uint64_t)5 << 40)
#define SYNTH_ENTITY_RECORDS ((uint64_t)6 << 40)
#define SYNTH_ENTITY_MESS ((uint64_t)7 << 40)

/* A stay in one placement and category: how it begins and until when it lasts. */
typedef struct synth_stay {
    pc_day start, end; /* [start, end); end = PC_DAY_OPEN: beyond the horizon */
    uint8_t category;
    uint8_t transition; /* PC_TRANSITION_START, _MOVE or _STATUS */
} synth_stay;

typedef struct synth_period {
    uint32_t person;
    uint8_t stream;
    uint8_t cause; /* pc_exit_cause, or PC_N_EXIT_CAUSE while open at the horizon */
    size_t first_stay, n_stay;
    pc_day start, end; /* end = PC_DAY_OPEN: open at the horizon */
} synth_period;

typedef struct synth_person {
    pc_day birth;
    uint8_t stream;
} synth_person;

typedef struct synth_population {
    pc_day horizon; /* first day that is not known: the day after the last return's 31 March */
    size_t n_person, person_capacity;
    synth_person *person;
    size_t n_period, period_capacity;
    synth_period *period; /* ascending by start; several of one person do not touch */
    size_t n_stay, stay_capacity;
    synth_stay *stay; /* those of a period are together, in order */
} synth_population;

/* Total rates by cell, so that a life adds up no row twice. */
typedef struct synth_hazards {
    const pc_rates *rates;        /* borrowed */
    double *exit, *status, *move; /* [cells]; 1/child-year */
} synth_hazards;

/* rates_table.c: the shipped or given truth file. */
PC_MUST_USE pc_status synth_rates_load(const char *path, pc_rates *out, pc_diagnostics *diagnostics);
PC_MUST_USE pc_status synth_rates_copy(const pc_rates *rates, pc_rates *out);
/* rates_check.c: accept only finite rates >= 0, a total below one event a day, shares that add up to 1 where
 * there are starts. */
PC_MUST_USE pc_status synth_rates_check(const pc_rates *rates, pc_diagnostics *diagnostics);

/* life.c */
PC_MUST_USE pc_status synth_hazards_init(synth_hazards *self, const pc_rates *rates);
void synth_hazards_free(synth_hazards *self);
/* Lives one period of care of a child born on `birth` who starts on `start`; its stays are appended. */
PC_MUST_USE pc_status synth_life(const synth_hazards *hazards, gsl_rng *rng, pc_day birth, pc_day start,
                                 synth_period *period, synth_population *out);
/* A birth date with `age` completed years on `day`, even over the year. */
pc_day synth_birth(gsl_rng *rng, pc_day day, int age);

/* population.c: everybody who starts in [from, horizon). */
PC_MUST_USE pc_status synth_population_make(const pc_rates *rates, pc_random_key key, pc_day from,
                                            pc_day horizon, synth_population *out);
size_t synth_population_children_on(const synth_population *self,
                                    pc_day day); /* in care at the end of `day` */
void synth_population_free(synth_population *self);

/* scale.c: multiplies the starts so that the expected stock in the long run is `children`. */
PC_MUST_USE pc_status synth_rates_scale(pc_rates *rates, double children, pc_diagnostics *diagnostics);

#endif
