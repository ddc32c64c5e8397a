/* scenario.h - a scenario file: what is to be run.
 *
 * returns -> episodes -> model -> [scenario] -> simulation -> forecast -> report
 *
 * Each key is described once, in engine/scenario/keys.c; that table drives parsing, checks, --help and
 * scenarios/README.md.
 */
#ifndef PC_SCENARIO_H
#define PC_SCENARIO_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "placecast/budget.h"
#include "placecast/codes.h"
#include "placecast/day.h"
#include "placecast/diagnostics.h"
#include "placecast/intervention.h"
#include "placecast/out_of_area.h"
#include "placecast/population.h"
#include "placecast/target.h"
#include "placecast/workforce.h"

typedef enum pc_method { PC_METHOD_SIMULATE, PC_METHOD_EXPECTED } pc_method;

/* Places in a category from one day on. */
typedef struct pc_capacity_step {
    pc_day from;     /* PC_DAY_NONE: from the beginning */
    double places;   /* >= 0; the limit is floor(places * share + 1e-9): rounding must not lose a place */
    char *authority; /* in which there are these places; NULL: in each */
} pc_capacity_step;

typedef struct pc_capacity {
    char *category;
    size_t n_step;
    pc_capacity_step *step; /* [n_step]; ascending by from for each authority; before the first of them there
                               is no limit */
    double share;           /* usable share of the places, 0 to 1; default 1 */
    bool block;             /* capacity is paid for whether filled or not */
    bool close;             /* at 0 places its children move that day */
    bool
        return_home; /* key `return`: those placed elsewhere for want of a place come back when one is free */
    long line, column; /* of its key, for later messages */
    char *file;        /* that holds the key */
} pc_capacity;

typedef struct pc_overflow {
    char *category;
    size_t n_to;
    char **to; /* [n_to]; in order of preference */
    long line, column;
    char *file;
} pc_overflow;

typedef struct pc_substitute {
    char *category; /* a child who would go here ... */
    char *to;       /* ... takes a place here if one is free ... */
    double share;   /* ... with this probability of being suitable, 0 to 1 */
    long line, column;
    char *file;
} pc_substitute;

typedef struct pc_uncertainty {
    bool parameters, year_effects, starts_overdispersion; /* all default true */
} pc_uncertainty;

/* Whether starts follow the drift of the model, and homes its change of mix (trend.h). */
typedef struct pc_trend_use {
    bool drift, mix; /* both default true */
} pc_trend_use;

/* Where a value of the scenario stands. */
typedef struct pc_origin {
    char *key;  /* dotted; items of a list by their name, else by number from 1 */
    char *file; /* as in messages */
    long line;  /* 1-based; 0: from --set */
} pc_origin;

typedef struct pc_scenario {
    char *file; /* as given */
    char *name;
    pc_day start;   /* first day forecast */
    int months;     /* 1 to 600 */
    int replicates; /* 1 to 1,000,000; default 1000 */
    uint64_t seed;  /* default 1 */
    pc_method method;
    pc_uncertainty uncertainty;
    pc_trend_use trend;
    /* Paths are resolved against the file that holds them; NULL: not given. */
    char *ssda903, *summary, *codes, *published;
    pc_day extract;                /* PC_DAY_NONE: not given */
    pc_day window_from, window_to; /* PC_DAY_NONE: not given */
    size_t n_authority;            /* 0: all */
    char **authority;
    char *population, *weekly, *current, *processes, *inflation, *year_effects, *contracts, *priors, *income,
        *reviews, *proceedings;
    char *out_of_area, *budget, *actuals;
    pc_budget budget_table;           /* the file `budget`, or the lines of that key; no lines: not given */
    pc_actuals actuals_table;         /* what the file `actuals` holds */
    pc_out_of_area out_of_area_table; /* what the file `out_of_area` holds; no rows: not given */
    char *workforce;
    char *front_door;
    pc_workforce workforce_plan;    /* what the file `workforce` holds; no file: not given */
    pc_population population_table; /* what the file `population` holds; no areas: not given, flat */
    size_t n_capacity;
    pc_capacity *capacity;
    size_t n_overflow;
    pc_overflow *overflow;
    size_t n_substitute;
    pc_substitute *substitute;
    size_t n_intervention;
    pc_intervention *intervention; /* [n_intervention]; in the order of the file */
    double discount_rate;          /* a year, real; default 0.035 */
    double general_inflation;      /* a year; NaN: 0.02 with `inflation`, else 0 */
    size_t n_target;
    pc_target *target; /* [n_target]; in the order of the file */
    size_t n_file;
    char **read_file; /* scenario files read: itself and those it extends */
    size_t n_origin;
    pc_origin
        *origin; /* [n_origin]; each value that the files and settings give; of pc_scenario_load alone */
} pc_scenario;

typedef struct pc_setting {
    const char *key;   /* dotted, e.g. "uncertainty.parameters", "capacity.foster_inhouse.places" */
    const char *value; /* YAML text */
} pc_setting;

typedef struct pc_scenario_options {
    size_t n_set;
    const pc_setting *set; /* --set KEY=VALUE, in order */
    const char *confine;   /* refuse files outside this folder; NULL: no limit */
} pc_scenario_options;

/* Reads, merges `extends`, applies settings and checks everything: every problem is in `diagnostics`, not
 * only the first. On failure `out` is empty. `options` may be NULL. */
PC_MUST_USE pc_status pc_scenario_load(const char *path, const pc_scenario_options *options, pc_scenario *out,
                                       pc_diagnostics *diagnostics);
/* Checks what needs the code map: that every category named exists, and the overflow lists end. */
PC_MUST_USE pc_status pc_scenario_check_codes(const pc_scenario *self, const pc_codes *codes,
                                              pc_diagnostics *diagnostics);
/* The files that made it: itself, those that it extends and every table that it names, but not what is in the
 * folders data.ssda903 and data.summary (pc_data_read lists that). Returns how many; the same file may come
 * twice. `out` has room for them and borrows the paths; NULL: only count. */
size_t pc_scenario_inputs(const pc_scenario *self, const char **out);
/* Prints the scenario that results as YAML, each value with the file and line that it comes from
 * (`--show-effective`). */
PC_MUST_USE pc_status pc_scenario_show(const char *path, const pc_scenario_options *options, FILE *stream,
                                       pc_diagnostics *diagnostics);
/* The reference of every key as Markdown (scenarios/README.md) or as plain text for --help. */
void pc_scenario_write_reference(FILE *stream, bool markdown);
void pc_scenario_free(pc_scenario *self);

#endif
