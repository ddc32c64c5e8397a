/* forecast.h - results: every measure by month and financial year, with its distribution over replicates.
 *
 * returns -> episodes -> model -> scenario -> simulation -> [forecast] -> report
 */
#ifndef PC_FORECAST_H
#define PC_FORECAST_H

#include <stdbool.h>
#include <stdint.h>

#include "placecast/day.h"
#include "placecast/diagnostics.h"
#include "placecast/episodes.h"
#include "placecast/measure.h"
#include "placecast/model.h"
#include "placecast/prices.h"
#include "placecast/scenario.h"

#define PC_N_QUANTILE 9
extern const double pc_quantile_level[PC_N_QUANTILE]; /* 0.025 0.05 0.10 0.25 0.50 0.75 0.90 0.95 0.975 */

typedef struct pc_statistics {
    double mean, sd;                /* pounds for cost_gbp; sd NaN when not known */
    double quantile[PC_N_QUANTILE]; /* NaN when not known; a quantile is the smallest value with at least that
                                       share of replicates at or below it */
} pc_statistics;

typedef struct pc_forecast_year {
    int year;   /* financial year */
    int months; /* reported months in it, 1 to 12 */
} pc_forecast_year;

typedef struct pc_forecast {
    char *scenario;
    size_t n_la; /* authorities, and one more, "all", at the end when there are several */
    char **la;
    size_t n_category; /* the index n_category is "all" */
    char **category;
    char **category_label;
    bool has[PC_N_MEASURE]; /* measures that are there: no prices, no cost; no capacity, no overflow */
    size_t n_month;
    pc_day *month_end; /* [n_month]; the last day of each reported month */
    size_t n_year;
    pc_forecast_year *year;          /* [n_year] */
    pc_statistics *monthly;          /* [la][measure][category + 1][month] */
    pc_statistics *annual;           /* [la][measure][category + 1][year]  */
    pc_statistics *children_average; /* [la][category + 1][year]: place-days / days of its reported months */
    pc_statistics *exits;            /* [la][PC_N_EXIT_CAUSE][month] */
    long *children_now;              /* [la][category + 1]; at the end of the extract date */
    int replicates;                  /* done; 0 for the expected-value method */
    double variance_share[4]; /* of the total `children` at the last month: process, parameters, year effects,
                                 over-dispersed starts; sums to 1; NaN where a layer is off or not known */
    bool several;             /* write the la column */
    size_t n_intervention;    /* interventions of the scenario, in its order */
    char **intervention;      /* [n_intervention]; names */
    char **intervention_kind; /* [n_intervention] */
    /* Children whom an intervention treated, and of these the ones whom it changed. Month ends, then
     * financial years. */
    pc_statistics *treated_monthly; /* [la][n_intervention][2][month] */
    pc_statistics *treated_annual;  /* [la][n_intervention][2][year]  */
} pc_forecast;

static inline pc_statistics *pc_forecast_monthly(const pc_forecast *self, size_t la, pc_measure measure,
                                                 size_t category, size_t month)
{
    return &self->monthly[((la * PC_N_MEASURE + measure) * (self->n_category + 1) + category) *
                              self->n_month +
                          month];
}

static inline pc_statistics *pc_forecast_annual(const pc_forecast *self, size_t la, pc_measure measure,
                                                size_t category, size_t year)
{
    return &self->annual[((la * PC_N_MEASURE + measure) * (self->n_category + 1) + category) * self->n_year +
                         year];
}

typedef struct pc_run_options {
    int threads;                                  /* 0: all cores */
    void (*progress)(void *context, double done); /* 0 to 1; may be NULL; called from one thread at a time */
    void *context;
    const volatile int *stop; /* becomes non-zero to interrupt; may be NULL */
} pc_run_options;

/* Runs `scenario` on `model` by its method (simulation or expected values). `prices` may be NULL: no money
 * measures. The result is a function of scenario, model and prices alone: not of threads. On success the
 * caller owns `out`. */
PC_MUST_USE pc_status pc_run(const pc_model *model, const pc_scenario *scenario, const pc_prices *prices,
                             const pc_run_options *options, pc_forecast *out, pc_diagnostics *diagnostics);
void pc_forecast_free(pc_forecast *self);

/* Two or more scenarios on the same random numbers. */
typedef struct pc_comparison {
    size_t n;              /* scenarios, >= 2; the first is the reference */
    pc_forecast *forecast; /* [n] */
    /* Scenario less reference, replicate by replicate. [n]; the reference's own is zero everywhere. Measures
     * that either has not are left out. `scenario` is the scenario's name; children_now is zero. */
    pc_forecast *difference;
    /* [n][la][n_month]: share of replicates with fewer children in all than the reference, and with more. */
    double *p_fewer, *p_more;
} pc_comparison;

/* Runs `n` scenarios on one model. They must cover the same months; all by simulation. prices[i] may be NULL.
 */
PC_MUST_USE pc_status pc_compare(const pc_model *model, size_t n, const pc_scenario *const *scenario,
                                 const pc_prices *const *prices, const pc_run_options *options,
                                 pc_comparison *out, pc_diagnostics *diagnostics);
void pc_comparison_free(pc_comparison *self);

/* The loop against the expected-value method, on one model: both with the switchable layers off and without
 * capacity, interventions or prices. */
typedef struct pc_self_test {
    double
        largest_z;   /* |mean of the simulation - expected value| in standard errors, over all cells judged */
    size_t n_judged; /* cells with at least 25 expected occurrences over all replicates */
    size_t n_rare;   /* cells with fewer, not judged */
    char la[64], measure[32], category[64]; /* where the largest is */
    pc_day date;
    int replicates;
} pc_self_test;

/* Runs `scenario` both ways. PC_ERR_INTERNAL is never a verdict: the caller judges largest_z (5 is a false
 * alarm in about one in 1,700,000 for each cell). */
PC_MUST_USE pc_status pc_self_test_run(const pc_model *model, const pc_scenario *scenario,
                                       const pc_run_options *options, pc_self_test *out,
                                       pc_diagnostics *diagnostics);

#endif
