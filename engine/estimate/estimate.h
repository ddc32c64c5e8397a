/* estimate.h - the steps of the fit, in the order in which pc_fit takes them. Private to the estimate stage.
 */
#ifndef PC_ESTIMATE_ESTIMATE_H
#define PC_ESTIMATE_ESTIMATE_H

#include "estimate/posterior.h"

/* The window and what is counted within it. `rows` are those of one authority: [first, end) of
 * pc_episodes.row. */
typedef struct estimate_window {
    pc_day from, to;       /* both inside; to <= extract */
    double half_life_days; /* 0: none */
} estimate_window;

typedef struct estimate_rows {
    size_t first, end;
} estimate_rows;

/* window.c: fills in the default, cuts at the extract and where the data begin; every change is an
 * assumption. */
PC_MUST_USE pc_status estimate_window_resolve(const pc_episodes *episodes, const pc_fit_options *options,
                                              estimate_window *out, pc_diagnostics *diagnostics);
/* Weight of an event on `day`, and the sum of the weights of the days [start, end). 1 and end - start without
 * half-life. */
double estimate_window_weight(const estimate_window *self, pc_day day);
double estimate_window_days(const estimate_window *self, pc_day start, pc_day end);

/* half_life.c: the half-life that forecasts each year of the data best from the years before it; all
 * authorities that are wanted together. Nothing is searched in less than three years of data: out->n_year =
 * 0, no half-life. */
PC_MUST_USE pc_status estimate_half_life(const pc_episodes *episodes, const pc_fit_options *options,
                                         const estimate_window *window, pc_half_life *out,
                                         pc_diagnostics *diagnostics);
/* fit.c: whether the options ask for authority `la`. */
bool estimate_wanted(const pc_fit_options *options, const char *la);

/* exposure.c: occurrences and exposure of all three families. `table` is zeroed and allocated. */
extern const int estimate_edges[PC_N_BAND - 1];
int estimate_band(int days); /* duration band of a whole number of days >= 0 */
void estimate_count(const pc_episodes *episodes, estimate_rows rows, const estimate_window *window,
                    estimate_table table[N_FAMILY]);

/* support.c: whether a destination (move, change of status, first placement) or an exit cause is possible at
 * an age. */
bool estimate_destination_possible(const pc_codes *codes, size_t category, int age);
bool estimate_exit_possible(size_t cause, int age);

/* shape.c: cells grouped by their parent, in order of parent. */
typedef struct shape_cell {
    double events, expected; /* expected > 0: under a factor of 1 */
    size_t parent;
} shape_cell;

typedef struct shape_parent {
    double shape;  /* of the parent's own prior; infinite: its factor is known */
    double mean;   /* of the parent's own prior */
    double factor; /* where to begin; moved to the best for the shape found */
} shape_parent;

/* The shape k in [SHAPE_MIN, SHAPE_MAX] that maximises the marginal likelihood of the cells times a weak
 * prior, `fallback` without cells, and in `chance` how likely each shape of the grid is. */
double estimate_shape(const shape_cell *cell, size_t n, shape_parent *parent, double fallback,
                      double chance[N_SHAPE_GRID]);
/* Number `g` of the grid of shapes. */
double estimate_grid_shape(int g);
/* The x of the largest value of `function` over log-spaced [low, high]: a grid, then golden section. Rounded
 * to 12 bits. `on_grid` receives the values on the grid, or is NULL. */
double estimate_maximise(double (*function)(double x, void *context), void *context, double low, double high,
                         double on_grid[N_SHAPE_GRID]);
/* ln(gamma(x + n) / gamma(x)) for n >= 0. */
double estimate_log_rising(double x, double n);

/* project.c: the gamma distribution with the mean and variance of a pool's factor, given its prior (shape,
 * mean), its most likely value `mode` and its cells, which share the shape `cell_shape`. Returns what the
 * cells add to the prior: events to the shape, expected events to the rate. */
typedef struct pool_data {
    double events, expected;
} pool_data;
pool_data estimate_project(double shape, double mean, double mode, const shape_cell *cell, size_t n,
                           double cell_shape);

/* Where the reference rates of a family come from. */
typedef enum estimate_source {
    SOURCE_ROOT,   /* given, profiles and all: nothing but factors is found */
    SOURCE_PRIORS, /* national, times profiles of the authority's own */
    SOURCE_OWN     /* the authority's own pooled rates, times its profiles; they have used the events */
} estimate_source;

typedef struct estimate_input {
    const pc_codes *codes;
    const pc_fit_options *options;
    estimate_family family;
} estimate_input;
estimate_source estimate_source_of(const pc_fit_options *options, estimate_family family);
/* pooled_rates.c: sets the reference of both streams: the root given, or the authority's own pooled rates. */
void estimate_reference(const estimate_input *input, estimate_table *table, pc_diagnostics *diagnostics);
/* rates.c: fits both streams and writes the posterior means into `rates` (pc_rates layout of the family). */
PC_MUST_USE pc_status estimate_rates(const estimate_input *input, estimate_table *table, double *rates);

/* starts.c */
PC_MUST_USE pc_status estimate_starts_fit(const pc_episodes *episodes, estimate_rows rows,
                                          const estimate_window *window, const pc_fit_options *options,
                                          pc_posterior *posterior, pc_authority_model *out);
/* Shares of first placements of one age band from weights per category; false when the weights are all 0. */
bool estimate_shares(double *share, size_t n);
/* Prior starts of an age band (they sum to 1 over the bands). */
double estimate_start_prior(pc_stream stream, int age_band);

/* model.c */
PC_MUST_USE pc_status estimate_posterior_new(size_t n_category, pc_posterior **out);
void estimate_posterior_free(pc_posterior *self);

#endif
