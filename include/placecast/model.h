/* model.h - the fitted model: rates by occurrence over exposure, starts, and the children in care now.
 *
 * returns -> episodes -> [model] -> scenario -> simulation -> forecast -> report
 *
 * A rate is events over child-years at risk, shrunk through a tree of pools (docs/model.md, section 2).
 */
#ifndef PC_MODEL_H
#define PC_MODEL_H

#include "placecast/episodes.h"

#define PC_N_BAND 5 /* duration bands: 4 edges between them */
#define PC_N_AGE_YEAR 18

/* Dense tables of rates for one authority, 1/child-year, all >= 0 and finite. Index order is as written, last
 * fastest. `stream` 0..1, `age` band 0..4, `category`, `from`, `to` 0..n_category-1, `band` 0..4. Exits and
 * changes of status run on the care clock, moves on the placement clock. */
typedef struct pc_rates {
    size_t n_category;
    double *exit;   /* [stream][age][category][band][PC_N_EXIT_HAZARD]            */
    double *status; /* [stream][age][from][band][to]; from = to is 0              */
    double *move;   /* [stream][age][from][band][to]; from = to is a move as well */
    double *starts; /* [stream][PC_N_AGE_YEAR]; starts a year by age in completed years */
    double *first;  /* [stream][age][category]; share of first placements, sums to 1 */
} pc_rates;

PC_MUST_USE pc_status pc_rates_init(pc_rates *self, size_t n_category); /* all zero */
void pc_rates_free(pc_rates *self);
static inline size_t pc_rates_cell(const pc_rates *self, size_t stream, size_t age, size_t category,
                                   size_t band)
{
    return ((stream * PC_N_AGE_BAND + age) * self->n_category + category) * PC_N_BAND + band;
}

/* A child in care at the end of the extract date. */
typedef struct pc_child {
    pc_day birth, care_start, placement_start;
    uint8_t stream, category;
    uint8_t need;             /* 1 to 8 for N1 to N8; 0 unknown */
    uint8_t placement_number; /* in this period of care, 255 at most */
    uint32_t record;          /* number in pc_episodes.child: for current prices; never written out */
} pc_child;

/* The posterior of one authority's rates; its insides belong to the estimate stage. */
typedef struct pc_posterior pc_posterior;

/* Where the numbers of local children are taken to go, and what brings them there; pc_model_find_trend
 * (trend.h). Indexed by knot: 12, 24 and 36 months after the extract. docs/model.md, section 5. */
#define PC_N_KNOT 3

/* What is expected of local children in a year, so that rates that are drawn can be held to the trend. */
typedef struct pc_trend_year {
    double starts; /* with the multiplier */
    double kept;   /* share of a year's starts who are still there at its end */
    double stayed; /* share of the children at the extract who are still there a year later, whichever the
                      year */
    double child_years[PC_N_AGE_BAND][PC_N_BAND]
                      [PC_MAX_CATEGORY]; /* by time in care; without the multiplier */
} pc_trend_year;

typedef struct pc_trend {
    bool found;                        /* false: nothing below is set, and nothing drifts */
    double now;                        /* local children at the end of the extract date */
    double birthdays[PC_N_KNOT];       /* change by known 18th birthdays, leavers replaced at today's rate */
    double implied[PC_N_KNOT];         /* expected local children if the rates of the window held */
    double share[PC_N_KNOT];           /* of the implied change that is believed */
    double birthdays_share[PC_N_KNOT]; /* of the change by birthdays that is believed */
    double aim[PC_N_KNOT];      /* settled + share x (implied - settled), settled = now + believed birthdays:
                                   the middle of the range, as likely to be passed as not */
    double aim_mean[PC_N_KNOT]; /* expected local children: the aim, as much higher as the mean of a skew
                                   distribution lies above its middle */
    double starts[PC_N_KNOT];   /* multiplier of local starts: 1 at the extract, straight lines, then flat */
    bool bounded;               /* a multiplier met its bound, so that the aim is not met */
    /* The same for local children in categories whose name begins with residential. */
    double homes_now, homes_implied[PC_N_KNOT];
    double homes_growth[PC_N_KNOT]; /* national growth from the extract: 0.1 is 10% more */
    double homes_aim[PC_N_KNOT];    /* now x (implied / now)^share x (1 + growth) */
    double homes[PC_N_KNOT]; /* multiplier of first placements in and moves to homes, in the year before the
                                knot; the last one stays */
    pc_trend_year year[PC_N_KNOT];
} pc_trend;

typedef struct pc_authority_model {
    char *la;      /* "" when the returns have no LA column */
    pc_rates mean; /* posterior means */
    pc_posterior *posterior;
    size_t n_child;
    pc_child *child;                      /* [n_child]; in the order of the episodes */
    double start_dispersion[PC_N_STREAM]; /* shape of the gamma factor of a month's starts; INFINITY: none */
    size_t left_out;                      /* children in care left out for want of a birth date */
    double birthday_leavers; /* local children who left on the 18th birthday, a year of the window; NaN: not
                                known */
    pc_trend trend;
} pc_authority_model;

/* How old events were weighed. */
#define PC_N_HALF_LIFE 5
extern const double pc_half_life_months[PC_N_HALF_LIFE]; /* tried: 0 (none) 36 24 12 6 */
typedef struct pc_half_life {
    double months; /* 0: none */
    int n_year; /* years forecast from those before them; 0: not searched, or less than three years of data */
    double log_score[PC_N_HALF_LIFE]; /* ln of the chance that was given to what happened; higher is better */
} pc_half_life;

typedef struct pc_model {
    pc_codes codes;                    /* a copy */
    int care_edge[PC_N_BAND - 1];      /* days: 28 182 365 730 */
    int placement_edge[PC_N_BAND - 1]; /* days: 28 182 365 730 */
    pc_day extract;
    pc_day window_from, window_to; /* both days inside */
    pc_half_life half_life;
    size_t n_authority;
    pc_authority_model *authority; /* [n_authority] */
} pc_model;

/* National rates, see priors.h. */
typedef struct pc_priors pc_priors;

typedef struct pc_fit_options {
    pc_day window_from, window_to; /* PC_DAY_NONE: the last three years to the extract */
    double half_life_months;       /* 0: no down-weighting of old data */
    bool find_half_life; /* with half_life_months 0: the one that the data support (docs/model.md) */
    bool shrink;         /* false: raw events / exposure, no prior (for tests) */
    double fixed_shape;  /* > 0: this k at every level instead of the estimated one (for tests) */
    /* Reference rates that the pools multiply, with profiles by age and duration found from the data; the
     * strength of the priors is estimated. NULL: the authority's own pooled rates. */
    const pc_priors *priors;
    const pc_rates *root; /* the reference rates themselves, without profiles; over `priors`; or NULL */
    size_t n_authority;   /* names of the authorities to fit; 0: all */
    const char *const *authority;
} pc_fit_options;

/* The window that ends with the data, every authority, thin data shrunk. */
pc_fit_options pc_fit_options_default(void);

/* Fits every authority in `episodes` (borrowed for the call). On success the caller owns `out`; on failure it
 * is empty. PC_ERR_NO_DATA when nobody is at risk in the window, PC_ERR_RANGE for options, PC_ERR_NO_MEMORY.
 */
PC_MUST_USE pc_status pc_fit(const pc_episodes *episodes, const pc_fit_options *options, pc_model *out,
                             pc_diagnostics *diagnostics);

/* Writes posterior draw `draw` of `authority` into `out` (from pc_rates_init with the same n_category). The
 * draw is a function of (seed, draw, authority number) alone. Rates are rounded to 24 significant bits, so
 * that the last bit of a mathematics library cannot reach the results. Thread-safe; `authority_number` is its
 * place in pc_model. */
PC_MUST_USE pc_status pc_model_draw(const pc_model *self, size_t authority_number, uint64_t seed,
                                    uint32_t draw, pc_rates *out);

/* Invariants: sizes, numbers within their tables, rates and shares that can be. PC_ERR_INTERNAL. */
PC_MUST_USE pc_status pc_model_check(const pc_model *self);

/* Writes rates.csv, start_rates.csv, first_placements.csv, children.csv (mode 0600, month of birth only) and
 * fit.json into `folder`. The assumptions and warnings in `diagnostics` stand in fit.json. */
PC_MUST_USE pc_status pc_model_write(const pc_model *self, const char *folder, pc_diagnostics *diagnostics);
void pc_model_free(pc_model *self);

#endif
