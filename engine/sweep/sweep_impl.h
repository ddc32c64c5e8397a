/* sweep_impl.h - a sweep as read from its file. Private to sweep/. */
#ifndef PC_SWEEP_IMPL_H
#define PC_SWEEP_IMPL_H

#include "base/keyed_random.h"
#include "placecast/forecast.h"
#include "placecast/sweep.h"
#include "scenario/tree.h"
#include "sweep/measures.h"
#include "sweep/shared.h"

enum { SWEEP_MOST_FACTORS = 40, SWEEP_MOST_RUNS = 10000000, SWEEP_FACTOR_NAME = 63 };

/* One value that a factor can take. */
typedef struct sweep_value {
    char *text;    /* as it stands in `runs` */
    double number; /* NaN when it is none */
    size_t tree;   /* the base it starts from: 0, or that of a variant */
    size_t n_put;
    scenario_put *put;  /* [n_put]; keys owned by the factor or the file's tree, values by the file's tree */
    pc_yaml_node *made; /* a value that stands in no file, owned; NULL: none */
    char *scenario;     /* of a variant: the file it starts from, or NULL */
    pc_place place;
} sweep_value;

typedef struct sweep_factor {
    char *name;
    char *key; /* NULL for variants */
    pc_place place, key_place;
    size_t n_value; /* 0: sampled */
    sweep_value *value;
    /* A range: NaN when there is none. */
    double low, likely, high;
    int steps; /* 0: sampled */
    bool whole;
    bool numeric;                        /* all values are numbers */
    const pc_yaml_node *all_authorities; /* said so here; NULL: listed */
    size_t column;                       /* of a sampled factor, among the sampled */
} sweep_factor;

typedef enum sweep_sampling { SWEEP_LATIN_HYPERCUBE, SWEEP_SOBOL } sweep_sampling;

/* Which dates are kept. */
typedef enum sweep_date_kind { SWEEP_YEARS, SWEEP_MONTHS, SWEEP_LAST, SWEEP_DAY, SWEEP_YEAR } sweep_date_kind;

typedef struct sweep_date {
    sweep_date_kind kind;
    pc_day day;
    int year;
    pc_place place;
} sweep_date;

typedef struct sweep_keep {
    bool measure[SWEEP_N_MEASURE];
    bool measures_given;
    pc_place measures_place;
    size_t n_category; /* 0: `all` alone */
    char **category;
    pc_place categories_place;
    size_t n_date;
    sweep_date *date;
    bool quantile[PC_N_QUANTILE];
} sweep_keep;

struct pc_sweep {
    char *file, *name;
    char *base;
    pc_yaml_node *root; /* of the file */
    size_t n_base_put;
    scenario_put *base_put; /* [n_base_put] */
    size_t n_tree;
    scenario_tree *tree; /* [n_tree]; the base, then those of variants that name one */
    size_t n_factor;
    sweep_factor *factor;
    unsigned sampling; /* sweep_sampling */
    int n_sample;
    uint64_t sample_seed;
    size_t n_sampled; /* factors */
    double *sample;   /* [n_sample][n_sampled] */
    size_t n_filter;
    const pc_yaml_node **filter; /* borrowed from root */
    sweep_keep keep;
    size_t n_run;
    size_t *point;  /* [n_run]; number in the design without filters */
    int replicates; /* of the first run; 0: expected values */
    sweep_shared shared;
    size_t n_setting; /* of the command line, "KEY=VALUE" */
    char **setting;
    size_t n_input, input_capacity;
    char **input; /* paths of every file read */
};

/* ---- design.c ---- */

/* Draws the samples, numbers the runs, leaves out what the filters refuse. */
PC_MUST_USE pc_status sweep_design(pc_sweep *self, pc_diagnostics *diagnostics);
/* Number of the value of a factor in a design point (0 for a sampled one). */
size_t sweep_level(const pc_sweep *self, size_t point, size_t factor);
/* The value of a sampled factor: uniform, or triangular with `likely`, at the share u. */
double sweep_factor_at(const sweep_factor *factor, double u);
/* One coordinate of a Latin hypercube of n points, in (0, 1): out[0], out[stride], ... */
PC_MUST_USE pc_status sweep_latin_column(pc_random_key key, uint32_t draw, size_t n, size_t stride,
                                         double *out);

/* ---- one choice of values ---- */

/* A scenario made ready to run. */
typedef struct sweep_job {
    pc_scenario scenario;
    const pc_prices *prices; /* NULL: none */
    pc_prices own_prices;
    sweep_model *model; /* held until sweep_job_free */
    pc_draws *draws;    /* of that model; NULL: none are kept for this seed */
} sweep_job;

/* What each factor is set to: a number of its values, or a share of its range. */
typedef struct sweep_choice {
    size_t level; /* SIZE_MAX: not set, the base's own value */
    double u;     /* sampled: the value itself */
} sweep_choice;

/* The choice of a run (from 0). */
void sweep_choose(const pc_sweep *self, size_t run, sweep_choice *choice);
/* The value as text; the caller frees. */
char *sweep_choice_text(const sweep_factor *factor, const sweep_choice *choice);
/* "HEAD: factor = value, ..."; the caller frees. NULL when out of memory. */
char *sweep_choice_words(const pc_sweep *self, const char *head, const sweep_choice *choice);
/* The scenario of a choice alone. Thread-safe. */
PC_MUST_USE pc_status sweep_scenario_make(const pc_sweep *self, const sweep_choice *choice, pc_scenario *out,
                                          pc_diagnostics *diagnostics);
/* Makes the scenario of a choice and all that running it needs. Thread-safe. */
PC_MUST_USE pc_status sweep_job_make(pc_sweep *self, const sweep_choice *choice, sweep_job *out,
                                     pc_diagnostics *diagnostics);
void sweep_job_free(pc_sweep *self, sweep_job *job);
/* Runs it. `seconds` (may be NULL) grows by the time inside the simulation. */
PC_MUST_USE pc_status sweep_job_run(const sweep_job *job, int threads, const volatile int *stop,
                                    pc_forecast *out, double *seconds, pc_diagnostics *diagnostics);

/* Adds messages that `to` does not hold yet, but for what is without effect at a value that a factor gives
 * it. */
void sweep_take_messages(const pc_sweep *self, const pc_diagnostics *from, pc_diagnostics *to);
double sweep_clock(void);

#endif
