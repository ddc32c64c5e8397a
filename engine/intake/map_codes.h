/* map_codes.h - from the codes of a row to its category; what is unknown is listed. */
#ifndef PC_INTAKE_MAP_CODES_H
#define PC_INTAKE_MAP_CODES_H

#include "intake/intake.h"

/* How often each provider stands with a place code, in an authority or in all. */
typedef struct intake_provider_count {
    long rows[PC_N_PROVIDER];
} intake_provider_count;

typedef struct intake_mapper {
    intake *stage;
    intake_provider_count *count;
    size_t n_count, count_capacity;
    intake_pair_index count_index;         /* (la, place) -> count */
    uint16_t provider_code[PC_N_PROVIDER]; /* numbers of PR0 to PR5 */
} intake_mapper;

/* Counts the providers of all rows that episodes are made of. The caller frees `out`, also after a failure.
 */
PC_MUST_USE pc_status intake_mapper_make(intake *stage, intake_mapper *out);
/* The category by place and provider, which is repaired where it is unknown; -1 for a temporary code, which
 * has none of its own. */
PC_MUST_USE pc_status intake_map_row(intake_mapper *self, intake_row *row, int *category);
void intake_mapper_free(intake_mapper *self);

#endif
