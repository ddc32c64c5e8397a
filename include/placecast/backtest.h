/* backtest.h - is the forecast any good? Forecasts from days past, made with what was known then, against
 * what happened.
 *
 * returns -> episodes -> model -> scenario -> simulation -> forecast -> [skill] -> report
 *
 * Origins, rivals and scores: docs/backtest.md.
 */
#ifndef PC_BACKTEST_H
#define PC_BACKTEST_H

#include "placecast/forecast.h"
#include "placecast/panel.h"

/* Months ahead that are scored when none are asked for: 3, 6, 12, 24, 36. */
#define PC_N_HORIZON 5
extern const int pc_backtest_horizon[PC_N_HORIZON];

typedef struct pc_backtest_options {
    size_t n_horizon;   /* 0: the five above */
    const int *horizon; /* [n_horizon]; months, ascending, 1 to 600 */
    int most_origins;   /* the latest so many; 0: all */
    int replicates;     /* of each forecast, 1 to 1,000,000 */
    pc_run_options run; /* threads, progress, stop */
} pc_backtest_options;

/* All origins, the five horizons, 200 replicates, all cores. */
pc_backtest_options pc_backtest_options_default(void);

/* One line of skill.csv. Children are those at the end of the last month; starts, ceases and cost those of
 * all months to the horizon; cost at the prices of the price year, so that prices are not scored. */
typedef struct pc_skill_row {
    pc_day origin; /* last day that the forecast knew, a 31 March */
    int horizon;   /* months */
    pc_measure measure;
    size_t category; /* n_category: all */
    size_t la;       /* number in pc_skill.la */
    double size;     /* children in care at the origin, as known then: of that authority or of all */
    double actual;
    pc_statistics forecast;
    double naive;                      /* the last value stays */
    double line;                       /* straight line through the last two years */
    double abs_error, naive_abs_error; /* |p50 - actual|, |naive - actual| */
    double pinball;                    /* mean over the nine quantiles */
    double crps, naive_crps;           /* naive: a normal spread as wide as its own past errors */
} pc_skill_row;

typedef struct pc_skill {
    size_t n;
    pc_skill_row *row; /* [n]; by origin, authority, horizon, measure, category */
    size_t n_la; /* authorities of the data, and "all", the last, for their sum where there are several */
    char **la;
    size_t n_category;
    char **category;
    size_t n_origin; /* that gave at least one row */
    pc_day *origin;  /* [n_origin]; ascending */
    int replicates;
} pc_skill;

/* Forecasts from each 31 March that has two years of returns before it and the nearest horizon after it. For
 * each the returns that `scenario` names are cleaned again as they stood then, the rates fitted to a window
 * that ends there, and its months simulated without the scenario's capacity, interventions and growth of
 * prices, which are about the future. `episodes`: cleaned from all of these returns; what happened. `prices`
 * may be NULL: cost is not scored. No origin is no failure: n = 0. On success the caller owns `out`, on
 * failure it is empty. PC_ERR_RANGE for options, what pc_clean and pc_fit give, PC_ERR_INTERRUPTED. */
PC_MUST_USE pc_status pc_backtest(const pc_episodes *episodes, const pc_scenario *scenario,
                                  const pc_prices *prices, const pc_backtest_options *options, pc_skill *out,
                                  pc_diagnostics *diagnostics);
void pc_skill_free(pc_skill *self);

/* What the published figures of all authorities tell by a year, and nothing after it. */
typedef struct pc_panel_estimate {
    int year;         /* the last one looked at: 2023 is 31 March 2023 */
    const char *what; /* "drift_share", "homes_growth", "phi", "sigma", "phi_mix", "sigma_mix"; static */
    int horizon;      /* months; 0: of no horizon */
    int size_band;    /* pc_size_band; PC_SIZE_ALL: whatever the size */
    double value;
    size_t n; /* past forecasts behind it; 0: judgement, for want of them */
} pc_panel_estimate;

typedef struct pc_panel_estimates {
    size_t n;
    pc_panel_estimate *row; /* [n]; by year */
} pc_panel_estimates;
void pc_panel_estimates_free(pc_panel_estimates *self);

/* Forecasts of every authority of a panel from every 31 March, 12, 24, 36 and 48 months ahead unless
 * `options` says otherwise (whole years), against the figures published since. Authorities with stock in
 * every year of the panel; how many are left out is said. Models, drift, growth of homes and the spread of
 * years come from figures up to the origin alone. Children in all and by type, starts, ceases; `category` of
 * `out` are the published types. `estimates` has one set for each year, the last year included, from which
 * nothing can be scored. PC_ERR_NO_DATA when no authority has such a series. */
PC_MUST_USE pc_status pc_backtest_panel(const pc_panel *panel, const pc_backtest_options *options,
                                        pc_skill *out, pc_panel_estimates *estimates,
                                        pc_diagnostics *diagnostics);

/* Authorities by children in care at the origin. */
typedef enum pc_size_band {
    PC_SIZE_UNDER_20,
    PC_SIZE_20_200,
    PC_SIZE_200_400,
    PC_SIZE_400_700,
    PC_SIZE_700_UP,
    PC_SIZE_ALL, /* whatever their size */
    PC_N_SIZE_BAND
} pc_size_band;
const char *pc_size_band_name(pc_size_band band); /* "0-19", "20-199", "200-399", "400-699", "700+", "all" */
pc_size_band pc_size_band_of(double children);

enum { PC_COVER_50, PC_COVER_80, PC_COVER_90, PC_COVER_95, PC_N_COVER };

/* The rows of one horizon, measure, category and size band together; the sum of several authorities is left
 * out. */
typedef struct pc_skill_summary_row {
    int horizon;
    pc_measure measure;
    size_t category;
    pc_size_band band;
    size_t n;                           /* forecasts */
    double mae, naive_mae, line_mae;    /* mean absolute errors */
    size_t n_percent;                   /* forecasts whose actual is not zero: those of the next three */
    double mape, naive_mape, line_mape; /* mean of |error| / actual; NaN when there are none */
    double bias;                        /* mean of p50 - actual */
    double held[PC_N_COVER];            /* share of actuals within the 50, 80, 90, 95% range, ends included */
    double pinball, crps, naive_crps;   /* means */
    double mae_ratio, crps_ratio;       /* to the last value's; NaN when that is zero */
} pc_skill_summary_row;

typedef struct pc_skill_summary {
    size_t n;
    pc_skill_summary_row *row; /* [n]; by horizon, measure, category, band; none without forecasts */
} pc_skill_summary;

/* Means over the rows of each horizon, measure, category and size, in that order; no rows give none. On
 * success the caller owns `out`, on failure (PC_ERR_NO_MEMORY) it is empty. */
PC_MUST_USE pc_status pc_skill_summarise(const pc_skill *self, pc_skill_summary *out);
void pc_skill_summary_free(pc_skill_summary *self);

/* What a run says of itself: all children, 12 months ahead. */
typedef struct pc_skill_headline {
    size_t n;                /* forecasts of an authority; 0: the returns are too short */
    double mape, naive_mape; /* NaN when n = 0 */
    size_t held_80;          /* of n */
} pc_skill_headline;

/* Below this many forecasts, coverage is said to be too little to judge by: with ten, a range that holds 80%
 * of the time still holds fewer than six in 3% of the cases. */
#define PC_SKILL_FEW 10

/* From the rows of all children 12 months ahead; n = 0 when nothing was forecast 12 months ahead. */
pc_skill_headline pc_skill_headline_of(const pc_skill *self);

#endif
