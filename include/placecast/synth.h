/* synth.h - synthetic SSDA903 returns made from known rates, and what is true of them.
 *
 * For trying the tool without children's records, for tests (synth, fit, recover the rates), and for
 * councils' plans that published no child records. No real child is in them. How they are made, the format of
 * a truth file and what --messy plants: docs/synth.md.
 *
 * Days. A rate r (1/child-year) is a chance of r / 365.25 on each day in care; what happens to a child who
 * was in care on day D - 1 shows in the returns as an event on day D. At most one event falls on a day, no
 * row has zero days, and in every cell events - sum over days at risk of rate / 365.25 has mean zero exactly,
 * when the days at risk of a row [start, end) are its days and an event on day D is put with the last day at
 * risk, D - 1 (its age band, its duration band, counted in whole days from the first). Exits and changes of
 * status run on the care clock, moves on the placement clock, with the edges 28, 182, 365 and 730 days. The
 * 18th birthday ends every period of care. Starts are Poisson by day.
 *
 * A return shows what was known at its 31 March, so a care start or placement start before the first return
 * may be missing from it, as in real returns: rates by duration are exact from 730 days after the first
 * return began.
 */
#ifndef PC_SYNTH_H
#define PC_SYNTH_H

#include <stdbool.h>
#include <stdint.h>

#include "placecast/codes.h"
#include "placecast/diagnostics.h"
#include "placecast/model.h"

typedef enum pc_synth_layout {
    PC_SYNTH_FOLDERS, /* a folder a year: 2019-20/episodes.csv    */
    PC_SYNTH_FLAT,    /* years in file names: episodes_2019-20.csv */
    PC_SYNTH_MERGED   /* one file a table, with columns LA (when la is given) and YEAR */
} pc_synth_layout;

typedef struct pc_synth_options {
    uint64_t seed;
    int children;   /* about this many in care in each authority, 1 to 100,000: starts are scaled to it; 0:
                       starts   as the rates have them */
    int first_year; /* financial year of the first return, 1992 to 2100, e.g. 2018 */
    int years;      /* returns, 1 to 30 */
    pc_synth_layout layout;
    const char *la; /* authorities for the LA column, separated by commas, each NAME or NAME=CHILDREN; several
                       need the merged layout. NULL: one authority, no LA column */
    bool messy;     /* plant every defect that clean knows, listed in planted.csv */
    const char *truth;     /* a truth file to use instead of the shipped rates; NULL: the shipped ones */
    const pc_rates *rates; /* rates to use instead of either, over the categories of the shipped code map in
                              their order; borrowed; NULL: none */
    bool core_tables;      /* only header, episodes, uasc and reviews; false: missing, oc2 and oc3 as well */
} pc_synth_options;

/* Seed 1, 600 children, five returns from 2019/20, a folder a year, clean, the shipped rates, all tables. */
pc_synth_options pc_synth_options_default(void);

/* Writes the returns into folder/ssda903 (what `clean` takes), folder/truth.csv and, when messy,
 * folder/planted.csv; the same options give the same bytes. Files of other names are left alone. PC_ERR_RANGE
 * for options, PC_ERR_INPUT for a truth file, PC_ERR_IO, PC_ERR_NO_MEMORY. */
PC_MUST_USE pc_status pc_synth(const pc_synth_options *options, const char *folder,
                               pc_diagnostics *diagnostics);

/* The rates that pc_synth would use for an authority of options->children, starts scaled. On success the
 * caller frees `out` with pc_rates_free; on failure it is empty. */
PC_MUST_USE pc_status pc_synth_truth(const pc_synth_options *options, pc_rates *out,
                                     pc_diagnostics *diagnostics);

#endif
