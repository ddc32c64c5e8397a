/* synth.h - synthetic SSDA903 returns made from known rates, and what is true of them.
 *
 * For trying the tool without children's records, for tests (synth, fit, recover the rates), and for
 * councils' plans that published no child records. No real child is in them.
 */
#ifndef PC_SYNTH_H
#define PC_SYNTH_H

#include <stdbool.h>
#include <stdint.h>

#include "placecast/codes.h"
#include "placecast/diagnostics.h"
#include "placecast/model.h"

typedef enum pc_synth_layout { PC_SYNTH_FOLDERS, PC_SYNTH_FLAT, PC_SYNTH_MERGED } pc_synth_layout;

typedef struct pc_synth_options {
    uint64_t seed;
    int children;   /* about this many in care, 1 to 100,000 */
    int first_year; /* financial year of the first return, e.g. 2018 */
    int years;      /* returns, 1 to 30 */
    pc_synth_layout layout;
    const char *la;    /* authority name for the LA column of the merged layout; NULL: none */
    bool messy;        /* plant every defect that clean knows */
    const char *truth; /* a truth file to use instead of the shipped rates; NULL: the shipped ones */
} pc_synth_options;

pc_synth_options pc_synth_options_default(void);

/* Writes the returns, truth.csv and (messy) planted.csv into `folder`. */
PC_MUST_USE pc_status pc_synth(const pc_synth_options *options, const char *folder,
                               pc_diagnostics *diagnostics);

#endif
