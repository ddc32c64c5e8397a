/* pair_index.h - a hash table from a pair of 32-bit numbers to a 32-bit number: 12 bytes a slot, no text. */
#ifndef PC_INTAKE_PAIR_INDEX_H
#define PC_INTAKE_PAIR_INDEX_H

#include <stddef.h>
#include <stdint.h>

#include "placecast/status.h"

#define INTAKE_NOT_FOUND UINT32_MAX

typedef struct intake_pair_slot {
    uint32_t first, second;
    uint32_t value; /* value + 1; 0 = free */
} intake_pair_slot;

typedef struct intake_pair_index {
    intake_pair_slot *slot; /* [n_slot]; a power of two, at most 3/4 full */
    size_t n, n_slot;
} intake_pair_index;

/* The value of the pair; `*value` is stored and left as it is when the pair is new, else `*value` receives
 * the known one. `value` must be below UINT32_MAX. A zeroed struct is an empty table. */
PC_MUST_USE pc_status intake_pair_add(intake_pair_index *self, uint32_t first, uint32_t second,
                                      uint32_t *value);
/* INTAKE_NOT_FOUND when there is none. */
uint32_t intake_pair_find(const intake_pair_index *self, uint32_t first, uint32_t second);
void intake_pair_free(intake_pair_index *self);

#endif
