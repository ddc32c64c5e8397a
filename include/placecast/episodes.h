/* episodes.h - cleaned SSDA903 episodes: the first stage.
 *
 * returns -> [episodes] -> model -> scenario -> simulation -> forecast -> report
 *
 * The cleaning rules, their order and what is a move, a change of status or a start are in docs/cleaning.md.
 */
#ifndef PC_EPISODES_H
#define PC_EPISODES_H

#include <stdbool.h>
#include <stdint.h>

#include "placecast/codes.h"
#include "placecast/day.h"
#include "placecast/diagnostics.h"
#include "placecast/names.h"

typedef enum pc_stream { PC_STREAM_LOCAL, PC_STREAM_UASC, PC_N_STREAM } pc_stream;
const char *pc_stream_name(pc_stream stream); /* "local", "uasc" */

/* Age bands of the national tables: under 1, 1-4, 5-9, 10-15, 16-17. */
#define PC_N_AGE_BAND 5
extern const int pc_age_band_first_year[PC_N_AGE_BAND + 1]; /* 0 1 5 10 16 18 */
const char *pc_age_band_name(int band);                     /* "0", "1-4", "5-9", "10-15", "16-17" */
int pc_age_band_of_years(int years);                        /* 0 to 17; years outside are clamped */

typedef enum pc_exit_cause {
    PC_EXIT_HOME,
    PC_EXIT_ORDER,
    PC_EXIT_ADOPTION,
    PC_EXIT_TRANSFER,
    PC_EXIT_OTHER,
    PC_EXIT_AGE_OUT, /* last: never a hazard, always the 18th birthday */
    PC_N_EXIT_CAUSE
} pc_exit_cause;
#define PC_N_EXIT_HAZARD 5 /* the causes before PC_EXIT_AGE_OUT */
const char *pc_exit_cause_name(pc_exit_cause cause);

/* How a row begins, seen against the row before it in the same period of care. */
typedef enum pc_transition {
    PC_TRANSITION_START,    /* first row of a period of care                                        */
    PC_TRANSITION_MOVE,     /* a new placement; the category may stay the same                      */
    PC_TRANSITION_STATUS,   /* the category changes, the placement does not                         */
    PC_TRANSITION_CONTINUE, /* neither: a new legal status, a temporary code, a return from one     */
    PC_N_TRANSITION
} pc_transition;

typedef struct pc_child_record {
    uint32_t la;   /* number in pc_episodes.la */
    uint32_t name; /* number in pc_episodes.child_name */
    pc_day birth;  /* PC_DAY_NONE when no header or UASC row gives it: left out of the fit */
    uint8_t stream;
} pc_child_record;

typedef struct pc_episode {
    uint32_t child;     /* number in pc_episodes.child */
    pc_day start, end;  /* [start, end); end = PC_DAY_OPEN while it lasts at the extract */
    uint8_t category;   /* number in the code map; of the placement that a temporary code interrupts */
    uint8_t transition; /* pc_transition of how the row begins */
    uint8_t exit_cause; /* pc_exit_cause when the period of care ends with this row, else PC_N_EXIT_CAUSE */
    uint16_t placement; /* 1, 2, ... within the period of care */
    uint16_t place, provider, legal_status, need; /* numbers in pc_episodes.code */
    uint16_t reason_started, reason_place_change, reason_ended;
    pc_day care_start;      /* first day of the period of care      */
    pc_day placement_start; /* first day of the placement           */
} pc_episode;

/* Children in care by the national rules, from the rows before repair: DECOM on or before the day, DEC blank
 * or after it, not V3 or V4, one child once (its latest DECOM). Empty ({0}) when not known. */
typedef struct pc_official {
    size_t n_date;
    pc_day *date;   /* [n_date]; each 31 March that the returns cover, ascending */
    long *children; /* [n_date][n_category + 1][PC_N_AGE_BAND + 1]; the last of each is all */
} pc_official;

/* Everything after cleaning. Rows are ordered by la name, child name, start. */
typedef struct pc_episodes {
    size_t n;
    pc_episode *row; /* [n] */
    size_t n_child;
    pc_child_record *child; /* [n_child]; ordered by la name, child name */
    pc_names la, child_name, code;
    pc_codes codes;
    pc_day extract;      /* last day the data know */
    long rows_read;      /* episode rows in all files */
    long children_read;  /* children with an episode row in any file, by (la, child) */
    pc_day covered_from; /* first day of the first return's financial year; PC_DAY_NONE when not known */
    /* The same for each authority: first day of its first return's financial year, last day of its newest
     * return's. [la.n], PC_DAY_NONE where not known; NULL when nothing is. */
    pc_day *la_from, *la_to;
    pc_official official;
} pc_episodes;

/* One line of quality.csv as it is kept: there may be millions, and what they say repeats. Read it with
 * pc_quality_read. */
typedef struct pc_quality_line {
    uint32_t file;      /* number in pc_quality.file, or PC_NAME_NONE */
    uint32_t row;       /* 1-based in that file, header = 1; 0 when it is about no row */
    uint32_t la, child; /* numbers in la and child_name of the episodes, or PC_NAME_NONE */
    uint32_t what;      /* number in pc_quality.what */
    uint32_t number;    /* a number of a row that ends the words; 0: none does */
} pc_quality_line;

typedef struct pc_quality {
    pc_quality_line *line; /* [n]; ordered by file, row, rule, la, child, words */
    size_t n, capacity;
    pc_names file; /* files seen, relative to the folder given; the first n_read were read */
    pc_names path; /* the same files as paths that can be opened; same numbers */
    size_t n_read; /* header, episode and UASC files */
    pc_names what; /* a rule (its number + 1, one byte) and the words after it */
} pc_quality;

#define PC_QUALITY_ACTION_SIZE 400 /* bytes; what a field held is cut to this */

/* One line of quality.csv to read. */
typedef struct pc_quality_row {
    const char *rule;                    /* a fixed name, see docs/cleaning.md; static */
    const char *severity;                /* "set_aside", "repaired", "noted"; static */
    uint32_t file;                       /* number in pc_quality.file, or PC_NAME_NONE */
    long row;                            /* 1-based in that file, header = 1; 0 when it is about no row */
    const char *la;                      /* borrowed from the episodes; "" when it is about none */
    const char *child;                   /* the same */
    char action[PC_QUALITY_ACTION_SIZE]; /* in words */
} pc_quality_row;

/* Line `at` (below n). `episodes` are those that were cleaned with it; NULL: la and child are left "". */
void pc_quality_read(const pc_quality *self, const pc_episodes *episodes, size_t at, pc_quality_row *out);

typedef struct pc_clean_options {
    const char *folder; /* of SSDA903 files */
    const char *codes;  /* code map, NULL: the shipped one */
    pc_day extract;     /* PC_DAY_NONE: 31 March of the newest return, reported as an assumption */
    size_t chunk;       /* bytes handed to the CSV parser at a time; 0: the default (for tests) */
    /* Nothing of a return that ends later than this day is used: what was known then. A return (one
     * authority, one year) ends with the commonest financial year of its DECs. Header and UASC rows go with
     * the return of their year; rows without any year are used, since no one can tell. PC_DAY_NONE:
     * everything is known. */
    pc_day known_until;
} pc_clean_options;

/* Only `folder` must then be set. */
pc_clean_options pc_clean_options_default(void);

/* Reads and cleans a folder of returns. `out` and `quality` need not be initialised; on success the caller
 * owns and frees both, on failure both are empty. Counts by rule are in `quality`. PC_ERR_IO, PC_ERR_INPUT,
 * PC_ERR_NO_DATA (no usable file or row), PC_ERR_NO_MEMORY. */
PC_MUST_USE pc_status pc_clean(const pc_clean_options *options, pc_episodes *out, pc_quality *quality,
                               pc_diagnostics *diagnostics);

/* Children in care at the end of `day` (start <= day < end), by the engine's rules, in authority `la` or in
 * all (PC_NAME_NONE). */
size_t pc_episodes_children_on(const pc_episodes *self, uint32_t la, pc_day day);

/* Invariants: order, no overlap, known numbers. */
PC_MUST_USE pc_status pc_episodes_check(const pc_episodes *self);
void pc_episodes_free(pc_episodes *self);
void pc_quality_free(pc_quality *self);

/* One line of tieout.csv. Counts are -1 when not known. */
typedef struct pc_tieout_row {
    pc_day date;
    int category;       /* -1: all */
    int age_band;       /* -1: all */
    long engine;        /* children by the engine's own count */
    long official_rule; /* by the national rules */
    long published;     /* given by the user, or -1 */
} pc_tieout_row;

typedef struct pc_tieout {
    pc_tieout_row *row;
    size_t n, capacity;
} pc_tieout;

/* Counts at each 31 March that the data cover. `published`: a CSV (date, category, age_band, children), or
 * NULL. */
PC_MUST_USE pc_status pc_tieout_make(const pc_episodes *episodes, const char *published, pc_tieout *out,
                                     pc_diagnostics *diagnostics);
void pc_tieout_free(pc_tieout *self);

#endif
