/* panel_spread.h - what past forecasts of all authorities say of the next ones: how much of the implied
 * change to believe, and how far years differ. */
#ifndef PC_OUTCOME_PANEL_SPREAD_H
#define PC_OUTCOME_PANEL_SPREAD_H

#include "outcome/panel_model.h"
#include "placecast/backtest.h"
#include "placecast/trend.h"

enum { PANEL_N_HORIZON = 4 }; /* years ahead */

/* One forecast made earlier, before anything was taken off the implied change. */
typedef struct panel_past {
    size_t area;
    int origin; /* year */
    double now; /* children in care */
    double birthdays[PANEL_N_HORIZON], implied[PANEL_N_HORIZON];
    double homes, homes_growth;     /* homes below 0: not comparable */
    double above_middle[PC_N_KNOT]; /* ln(mean aimed at / median that came out); NaN: not simulated */
    panel_evidence evidence;
} panel_past;

typedef struct panel_pasts {
    size_t n, capacity;
    panel_past *row; /* ordered by origin */
} panel_pasts;

/* Candidates, in months; 0: the last year alone; the last: three years alike. */
enum { PANEL_N_HALF_LIFE = 6 };
extern const int panel_half_life[PANEL_N_HALF_LIFE];

typedef struct panel_estimates {
    int year; /* the last one looked at */
    pc_trend_factors factors;
    size_t n_drift[PC_N_KNOT]; /* past forecasts behind each share */
    double phi;
    double sigma[PC_N_SIZE_BAND]; /* by size; of PC_SIZE_ALL: whatever the size */
    size_t n_sigma[PC_N_SIZE_BAND];
    size_t n_skew[PC_N_KNOT]; /* past forecasts behind the skewness in `factors` */
    double phi_mix, sigma_mix;
    size_t n_mix;
    double sigma_type[PANEL_N_TYPE]; /* of the way into each type but homes */
    size_t n_type[PANEL_N_TYPE];
    double half_life;                          /* years: how figures of earlier years are weighed */
    double half_life_error[PANEL_N_HALF_LIFE]; /* of each candidate: next year's starts and ceases, mean of
                                                  |error| / actual */
    size_t n_half_life;
} panel_estimates;

/* From forecasts whose target is `known->year` or before. Where there are too few, judgement stands in:
 * nothing of the implied change is believed. `use` [n_area]: areas to look at. */
void panel_estimate(const pc_panel *panel, const bool *use, const panel_pasts *pasts,
                    const panel_known *known, panel_estimates *out);

/* ---- the parts of it ---- */

#define PANEL_Z80 1.2815515655446004
enum { PANEL_FEWEST = 60 }; /* fewer past forecasts than this say nothing */

/* Origins with a target `years` later that is known by `last`: a year shows how authorities differ, not how
 * years do. */
int panel_origins_with_a_target(const panel_pasts *pasts, int last, int years);
/* Authorities share what a year brings: the sample is of years, and a range from few of them is as much too
 * narrow as a normal range is beside Student's. */
double panel_widening(int n_origin);
/* panel_half_life.c, panel_mix.c: their parts of the estimates. */
void panel_estimate_half_life(const pc_panel *panel, const bool *use, const panel_known *known,
                              panel_estimates *out);
void panel_estimate_mix(const pc_panel *panel, const panel_pasts *pasts, const panel_known *known,
                        panel_estimates *out);

#endif
