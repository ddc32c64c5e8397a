/* chain.h - periods of care, placements and moves (docs/cleaning.md, "What a row is"). */
#ifndef PC_INTAKE_CHAIN_H
#define PC_INTAKE_CHAIN_H

#include "intake/map_codes.h"

typedef struct intake_chain {
    intake *stage;
    intake_mapper mapper;
    int *category; /* [most]; of the rows of the child at hand; -1: temporary */
} intake_chain;

/* `most`: rows that a child may have. Once all rows are read, since the providers of all are counted. The
 * caller frees `out`, also after a failure. */
PC_MUST_USE pc_status intake_chain_make(intake *stage, size_t most, intake_chain *out);
/* Makes the cleaned episodes, one for one, from the repaired rows of a child, none of them dropped, ordered
 * by start. `child`: its number in the result. `out`: [n]. */
PC_MUST_USE pc_status intake_chain_child(intake_chain *self, uint32_t child, intake_row *const *row, size_t n,
                                         pc_episode *out);
void intake_chain_free(intake_chain *self);

#endif
