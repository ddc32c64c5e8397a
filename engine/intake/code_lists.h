/* code_lists.h - what the codes of an episode mean: the national lists (SSDA903 guide; docs/cleaning.md), one
 * entry for each distinct text that stood in a code column.
 */
#ifndef PC_INTAKE_CODE_LISTS_H
#define PC_INTAKE_CODE_LISTS_H

#include <stdbool.h>

#include "placecast/codes.h"
#include "placecast/episodes.h"
#include "placecast/names.h"

/* A text is looked up as whatever column it stood in, so an entry answers for all of them. */
typedef struct intake_code_info {
    int place;                /* in the code map, or -1 */
    int provider;             /* 0 to 5, or -1 */
    int exit_cause;           /* as REC: pc_exit_cause, PC_N_EXIT_CAUSE for X1, or -1 */
    char reason_started;      /* as RNE: S L P T B U, or 0 */
    bool temporary;           /* as PLACE: T0 to T4 */
    bool provider_not_needed; /* as PLACE: T0 to T4, P1, Z1, Z11 to Z14 */
    bool short_break;         /* as LS: V3, V4 */
    bool legal_status, need;  /* as LS, CIN: known */
    bool reason_change;       /* as REASON_PLACE_CHANGE: known */
    bool status_only;         /* as REASON_PLACE_CHANGE: PLACE */
} intake_code_info;

/* [code->n]; the caller frees. NULL when out of memory. */
intake_code_info *intake_code_table(const pc_names *code, const pc_codes *codes);

#endif
