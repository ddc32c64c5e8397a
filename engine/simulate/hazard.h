/* hazard.h - rates as the loop wants them: totals per day, and cumulative rows to find a cause or destination
 * in.
 *
 * A row is (stream, age band, category, duration band). Exits and changes of status are indexed by the care
 * band, moves by the placement band. Destinations stand in a fixed order, residential categories after the
 * others, so that one factor can scale them; a search in an ordered cumulative row keeps two scenarios
 * together where an alias table would reshuffle them.
 */
#ifndef PC_SIMULATE_HAZARD_H
#define PC_SIMULATE_HAZARD_H

#include "simulate/plan.h"

typedef struct hazard_tables {
    size_t n_category, n_row;
    size_t n_plain;                 /* categories that are not residential */
    uint8_t order[PC_MAX_CATEGORY]; /* plain categories, then residential ones */
    double *exit_total;             /* [n_row]; 1/day */
    double *exit_cumulative;        /* [n_row][PC_N_EXIT_HAZARD] */
    double *move_plain;             /* [n_row]; to categories that are not residential */
    double *move_residential;       /* [n_row] */
    double *move_cumulative;        /* [n_row][n_category] in `order`; each part begins at its own zero */
    double *status_total;           /* [n_row] */
    double *status_cumulative;      /* [n_row][n_category] in `order` */
    double *first_cumulative;       /* [PC_N_STREAM * PC_N_AGE_BAND][n_category] as move_cumulative */
} hazard_tables;

/* Totals of one regime: the tables above with the regime's scales worked in. */
typedef struct hazard_regime {
    double end;               /* days since the origin */
    double residential_scale; /* of moves to residential categories and of their first placements */
    double *exit_rate;        /* [n_row] by care band; 1/day */
    double *move_rate;        /* [n_row] by placement band */
    double *extra_rate;       /* [n_row] by care band; further exits by interventions; NULL: none */
} hazard_regime;

static inline size_t hazard_row(const hazard_tables *self, size_t stream, size_t age, size_t category,
                                size_t band)
{
    return ((stream * PC_N_AGE_BAND + age) * self->n_category + category) * PC_N_BAND + band;
}

PC_MUST_USE pc_status hazard_tables_init(hazard_tables *self, size_t n_category, const bool *residential);
/* Fills the tables from rates a child-year. Allocates nothing. */
void hazard_tables_set(hazard_tables *self, const pc_rates *rates);
void hazard_tables_free(hazard_tables *self);

PC_MUST_USE pc_status hazard_regime_init(hazard_regime *self, const hazard_tables *tables);
void hazard_regime_set(hazard_regime *self, const hazard_tables *tables, double exit_scale,
                       double residential_scale);
void hazard_regime_free(hazard_regime *self);

/* Index in a cumulative row of n entries of the first that exceeds `target`; the last one with any mass when
 * rounding has carried the target past the end. Counts instead of stopping: a search that stops anywhere is a
 * branch nobody can predict. */
static inline size_t hazard_search(const double *cumulative, size_t n, double target)
{
    size_t at = 0;

    for (size_t entry = 0; entry + 1 < n; entry++) {
        at += cumulative[entry] <= target;
    }
    while (at > 0 && !(cumulative[at] > cumulative[at - 1])) {
        at--;
    }
    return at;
}

/* Category of a first placement for a uniform `u`. */
size_t hazard_first_category(const hazard_tables *self, size_t stream, size_t age, double residential_scale,
                             double u);

#endif
