/* names.h - a table of distinct texts: text -> small number and back. */
#ifndef PC_NAMES_H
#define PC_NAMES_H

#include <stddef.h>
#include <stdint.h>

#include "placecast/status.h"

#define PC_NAME_NONE UINT32_MAX

typedef struct pc_names {
    char **text; /* [n]; owned, NUL-terminated, not to be changed; the order of first use */
    size_t n;
    size_t capacity;
    uint32_t *slot; /* [n_slot]; open addressing, index + 1, 0 = free */
    size_t n_slot;
    struct pc_names_block *block; /* the newest of the blocks that hold the texts; they never move */
} pc_names;

void pc_names_init(pc_names *self);
/* Finds or adds; `out` receives the number. Fails with PC_ERR_NO_MEMORY. Texts may hold any byte but NUL. */
PC_MUST_USE pc_status pc_names_add(pc_names *self, const char *text, size_t length, uint32_t *out);
/* The number of `text`, or PC_NAME_NONE. */
uint32_t pc_names_find(const pc_names *self, const char *text, size_t length);
/* The text of `number`; "" when it is PC_NAME_NONE or out of range. Borrowed. */
const char *pc_names_text(const pc_names *self, uint32_t number);
void pc_names_free(pc_names *self);

#endif
