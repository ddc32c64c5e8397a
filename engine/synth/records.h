/* records.h - the smaller tables: reviews, missing, outcomes, care leavers. Private to the stage. */
#ifndef PC_SYNTH_RECORDS_H
#define PC_SYNTH_RECORDS_H

#include "synth/returns.h"

/* A walk over the children of one return. */
typedef struct synth_visit {
    const synth_authority *authority;
    synth_table table;
    int year;
    synth_sink sink;
    void *context;
    synth_rows rows;
    synth_cells cells; /* cleared before each call below */
} synth_visit;

PC_MUST_USE pc_status synth_emit_reviews(synth_visit *self, const synth_period *period, size_t number);
PC_MUST_USE pc_status synth_emit_missing(synth_visit *self, const synth_period *period, size_t number);
PC_MUST_USE pc_status synth_emit_outcomes(synth_visit *self, uint32_t person, const synth_period *last);
PC_MUST_USE pc_status synth_emit_leaver(synth_visit *self, const synth_period *period);

#endif
