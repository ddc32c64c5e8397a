/* expected_impl.h - the parts of the expected-value method, and how they come together.
 *
 *   1. expected.c lays the grids, makes the results and shares out the work;
 *   2. expected_children.c runs each child in care at the origin;
 *   3. expected_starters.c runs children who start, by stream and age, and spreads them over time of entry.
 */
#ifndef PC_SIMULATE_EXPECTED_IMPL_H
#define PC_SIMULATE_EXPECTED_IMPL_H

#include "simulate/expected.h"
#include "simulate/expected_track.h"

PC_MUST_USE pc_status expected_results_init(pc_expected *self, const pc_plan *plan, bool exposure);

static inline size_t expected_cell(const pc_expected *self, size_t row, size_t period)
{
    return row * self->n_period + period;
}

/* Child-days in effect year `year` of a situation, or NULL when that year is not asked for. */
static inline double *expected_exposure(pc_expected *self, int year, size_t situation)
{
    return self->exposure == NULL || year >= PC_N_KNOT
               ? NULL
               : self->exposure + ((size_t)year * EXPECTED_N_SITUATION + situation) * self->n_category;
}

/* Steps of calendar time; each period is a whole number of them. */
typedef struct expected_calendar {
    expected_grid grid;
    size_t *period; /* [grid.n]; the period that a step is in */
} expected_calendar;

/* Children in care at the origin. */
void expected_children_need(const pc_plan *plan, const expected_calendar *calendar, expected_table *table);
/* Adds children [begin, end) to `out`. */
void expected_children_run(const expected_table *table, const expected_calendar *calendar, size_t begin,
                           size_t end, expected_track *track, pc_expected *out);

/* Children who start. The grid of `starters` counts days since entry. */
typedef struct expected_starters {
    const pc_plan *plan;
    expected_grid grid;
    size_t n_slice; /* ages within a year of age */
} expected_starters;

/* Memory for the starters of one stream and age. */
typedef struct expected_starter_space {
    double *value; /* [grid.n + 1][expected_starter_outputs] */
    double *slope;
    double *entered;    /* [n_period + 1]; starters by the edge of each period */
    double *stock_days; /* [n_day + 1][category]: children by day since entry began, summed from the first */
} expected_starter_space;

PC_MUST_USE pc_status expected_starter_space_init(expected_starter_space *self,
                                                  const expected_starters *starters);
void expected_starter_space_free(expected_starter_space *self);
void expected_starters_need(const expected_starters *self, expected_table *table);
/* Adds all who start in `stream` at `age` to `out`. */
void expected_starters_run(const expected_starters *self, const expected_table *table, size_t stream,
                           size_t age, expected_track *track, expected_starter_space *space,
                           pc_expected *out);

#endif
