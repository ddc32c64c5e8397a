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
#include "placecast/why.h"
#include "placecast/workload.h"

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

/* How a target of the scenario fares, over all authorities together. */
typedef struct pc_target_result {
    char *name;
    pc_measure measure;
    size_t category;   /* n_category: all, and of the workforce */
    bool of_workforce; /* about `workload` and `category_name` instead of the two above */
    pc_workload_measure workload;
    char *category_name; /* as given */
    pc_day by;           /* as given */
    pc_day date;         /* the last month end up to then: where it is judged; months counted in a year: that
                            year's last month end */
    bool at_most;        /* else at least */
    double value;
    pc_statistics reached; /* the measure on that date */
    double probability;    /* that it is met on that date; NaN when not known */
    pc_day first_met;      /* first month end from which the median (the mean, without simulation) meets it to
                              the end of the forecast; PC_DAY_NONE: none */
} pc_target_result;

const char *pc_target_result_measure(const pc_target_result *self); /* its name */

/* What the workforce file of the scenario gives, over all authorities together. */
typedef struct pc_workload_result {
    size_t n_series;              /* 0: there is no workforce file, or nothing in it to follow */
    pc_workload_measure *measure; /* [n_series] */
    char **category;              /* [n_series]; "all" for a sum */
    pc_statistics *monthly;       /* [n_series][n_month]; in posts, cases, pounds */
    pc_statistics *annual;        /* [n_series][n_year]  */
    double confidence;            /* of the next */
    double *at_confidence; /* [n_series][n_month]; posts needed: as many as that share of the replicates do
                              not exceed; NaN for other measures */
    /* Of posts needed, else NaN: what one more case of the heaviest kind needs, and what is needed without
     * cases (of `all`: the largest of the teams, and the sum; of a difference: 0 without cases). [n_series]
     */
    double *posts_a_case, *posts_without_cases;
} pc_workload_result;

/* Money by financial year besides the measures. */
typedef enum pc_money_kind {
    PC_MONEY_INCOME,        /* of one source, pounds */
    PC_MONEY_DEAREST,       /* of the ten placements that cost most in the year, pounds */
    PC_MONEY_DEAREST_SHARE, /* their share of the year's bill */
    PC_MONEY_PROCESS_EVENTS,
    PC_MONEY_PROCESS_COST,      /* pounds, at the unit costs as given */
    PC_MONEY_PROCESS_CHILD_YEAR /* the same for a year in care, pounds */
} pc_money_kind;

typedef struct pc_money_row {
    pc_money_kind kind;
    int number; /* source; process, PC_N_PROCESS for all */
    char *name; /* of the source, else NULL */
} pc_money_row;

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
    pc_workload_result workload;
    size_t n_target;
    pc_target_result *target; /* [n_target]; in the order of the scenario */
    struct pc_mtfs *mtfs;     /* mtfs.h; NULL: the scenario has no budget */
    pc_why why;               /* the mean bill of each year against the year before; no rows without prices or
                                 simulation */
    size_t n_money_row;
    pc_money_row *money_row; /* [n_money_row] */
    pc_statistics *money;    /* [la][n_money_row][year]; of the ten dearest not known for several authorities
                                together */
    int real_year;           /* cost_real_gbp is at the prices of this financial year */
} pc_forecast;

/* One cell; `la` < n_la, `category` <= n_category (all), `month` < n_month. */
static inline pc_statistics *pc_forecast_monthly(const pc_forecast *self, size_t la, pc_measure measure,
                                                 size_t category, size_t month)
{
    return &self->monthly[((la * PC_N_MEASURE + measure) * (self->n_category + 1) + category) *
                              self->n_month +
                          month];
}

/* The same for a financial year; `year` < n_year. */
static inline pc_statistics *pc_forecast_annual(const pc_forecast *self, size_t la, pc_measure measure,
                                                size_t category, size_t year)
{
    return &self->annual[((la * PC_N_MEASURE + measure) * (self->n_category + 1) + category) * self->n_year +
                         year];
}

/* Whether the workforce gives posts needed, and so a posts.csv. */
bool pc_forecast_has_posts(const pc_forecast *self);

typedef struct pc_run_options {
    int threads;                                  /* 0: all cores */
    void (*progress)(void *context, double done); /* 0 to 1; may be NULL; called from one thread at a time */
    void *context;
    const volatile int *stop; /* becomes non-zero to interrupt; may be NULL */
    struct pc_draws *draws;   /* draws.h: of this model, kept between runs; used when it has the scenario's
                                 seed.   NULL: none. Changes no result. pc_run only. */
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
    /* [n][n][n_year]: share of replicates in which the first has fewer children at the end of the year than
     * the second; all children of all authorities. */
    double *p_fewer_than;
    pc_why why; /* mean bills against the reference's; the causes once pc_why_causes has run */
    /* invest.h: each other scenario against the reference; NULL: none has costs or savings to tell of. */
    struct pc_invest *invest; /* [n]; the reference's own is empty */
} pc_comparison;

/* Share of replicates in which scenario `a` ends the year with fewer children than `b`. */
static inline double pc_comparison_fewer_than(const pc_comparison *self, size_t a, size_t b, size_t year)
{
    return self->p_fewer_than[(a * self->n + b) * self->forecast[0].n_year + year];
}

/* Whether `n` scenarios can be laid side by side: two or more, with names of their own, the same months and
 * random numbers, all by simulation. PC_ERR_USAGE, PC_ERR_INPUT. */
PC_MUST_USE pc_status pc_compare_check(size_t n, const pc_scenario *const *scenario,
                                       pc_diagnostics *diagnostics);

/* Runs `n` scenarios that pass pc_compare_check on one model. prices[i] may be NULL. */
PC_MUST_USE pc_status pc_compare(const pc_model *model, size_t n, const pc_scenario *const *scenario,
                                 const pc_prices *const *prices, const pc_run_options *options,
                                 pc_comparison *out, pc_diagnostics *diagnostics);
void pc_comparison_free(pc_comparison *self);

/* Simulations that the causes of one pair of scenarios take: exactly over all combinations of up to
 * PC_WHY_EXACT causes, about PC_WHY_RUNS in all but not fewer than PC_WHY_LEAST nor more than PC_WHY_MOST
 * replicates of each; of more causes PC_WHY_ORDERS random orders and their reverses, each pair of orders on a
 * replicate of its own. */
enum { PC_WHY_EXACT = 6, PC_WHY_ORDERS = 64, PC_WHY_RUNS = 1000, PC_WHY_LEAST = 50, PC_WHY_MOST = 200 };

/* Adds the causes to comparison->why, for every scenario against the reference. The arguments are those that
 * pc_compare was given for `comparison`. Adds nothing where one of the two has no prices. */
PC_MUST_USE pc_status pc_why_causes(const pc_model *model, const pc_scenario *const *scenario,
                                    const pc_prices *const *prices, const pc_run_options *options,
                                    pc_comparison *comparison, pc_diagnostics *diagnostics);

/* What each intervention of a scenario does by itself, and all of them together: differences from the same
 * scenario without any, replicate by replicate on the same random numbers. */
#define PC_ALONE_LIST(X)                                                                                     \
    X(CHILDREN, "children")                /* at the last month end of the year */                           \
    X(RESIDENTIAL, "children_residential") /* in categories whose name begins with residential */            \
    X(COST, "cost_gbp")

typedef enum pc_alone_measure {
#define PC_ALONE_ENUM(name, text) PC_ALONE_##name,
    PC_ALONE_LIST(PC_ALONE_ENUM)
#undef PC_ALONE_ENUM
        PC_N_ALONE
} pc_alone_measure;
const char *pc_alone_measure_name(pc_alone_measure measure);

/* About as many simulations as a comparison of one more scenario: PC_ALONE_RUNS in all, but not fewer than
 * PC_ALONE_LEAST nor more than PC_ALONE_MOST replicates of each. */
enum { PC_ALONE_RUNS = 1000, PC_ALONE_LEAST = 50, PC_ALONE_MOST = 200 };

typedef struct pc_alone {
    char *scenario;
    size_t n;    /* interventions, in the order of the scenario; 0: there are none, and nothing was run */
    char **name; /* [n] */
    size_t n_year;
    pc_forecast_year *year; /* [n_year] */
    bool has_cost;
    int replicates; /* the first ones of the scenario */
    /* Of all authorities together; [n + 1][PC_N_ALONE][n_year]; the last of the n + 1 is all together. */
    pc_statistics *difference;
    struct pc_invest *invest; /* invest.h; NULL: no intervention has a cost or a saving of its own */
} pc_alone;

/* `part` < n: an intervention; n: all together. `year` < n_year. */
static inline pc_statistics *pc_alone_difference(const pc_alone *self, size_t part, pc_alone_measure measure,
                                                 size_t year)
{
    return &self->difference[(part * PC_N_ALONE + measure) * self->n_year + year];
}

/* n + 2 simulations of a few replicates. `prices` may be NULL. On success the caller owns `out`. */
PC_MUST_USE pc_status pc_alone_run(const pc_model *model, const pc_scenario *scenario,
                                   const pc_prices *prices, const pc_run_options *options, pc_alone *out,
                                   pc_diagnostics *diagnostics);
void pc_alone_free(pc_alone *self); /* NULL is fine; may be called twice */

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
