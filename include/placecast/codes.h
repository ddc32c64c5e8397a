/* codes.h - the code map: from SSDA903 placement and provider codes to placement categories.
 *
 * The list of categories is data, not code, because the national code lists change every few years. The
 * shipped map is scenarios/codes/placements.yaml; a scenario or --codes may name another.
 */
#ifndef PC_CODES_H
#define PC_CODES_H

#include <stddef.h>

#include "placecast/day.h"
#include "placecast/diagnostics.h"

#define PC_MAX_CATEGORY 16
#define PC_N_PROVIDER 6      /* PR0 to PR5 */
#define PC_CATEGORY_NONE 255 /* the map has no rule for this provider with this place, e.g. U4 with PR0 */

typedef struct pc_category {
    char *name;  /* as in every output, e.g. "foster_ifa" */
    char *label; /* for people, e.g. "Agency foster (IFA)" */
} pc_category;

typedef struct pc_place_code {
    char *code;                            /* e.g. "U4" */
    unsigned char category[PC_N_PROVIDER]; /* by provider PR0..PR5: number in pc_codes.category, or
                                             PC_CATEGORY_NONE; at least one is not */
    pc_day valid_from, valid_to;           /* PC_DAY_NONE, PC_DAY_OPEN: always; valid_to is excluded */
} pc_place_code;

typedef struct pc_codes {
    size_t n_category; /* 1 to PC_MAX_CATEGORY; the last is where unknown codes go ("other") */
    pc_category *category;
    size_t n_place;
    pc_place_code *place;
} pc_codes;

/* Reads the code map from `path`, or the shipped one when it is NULL. On failure `out` is left empty. */
PC_MUST_USE pc_status pc_codes_load(const char *path, pc_codes *out, pc_diagnostics *diagnostics);
/* Category number by name, or -1. */
int pc_codes_find_category(const pc_codes *self, const char *name);
/* Place code by name, or -1. The temporary codes T0-T4 are never in the map: they keep the placement they
 * interrupt. */
int pc_codes_find_place(const pc_codes *self, const char *code);
/* The category of place[place] with `provider` 0 to 5; that of its first provider with a rule when it has
 * none for it. */
int pc_codes_category(const pc_codes *self, int place, int provider);
/* A deep copy. On failure `out` is left empty. */
PC_MUST_USE pc_status pc_codes_copy(const pc_codes *self, pc_codes *out);
void pc_codes_free(pc_codes *self);

#endif
