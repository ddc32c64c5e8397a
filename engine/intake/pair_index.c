#include "intake/pair_index.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "intake/number_set.h"

/* The slot that holds the pair, or the free one where it would go. */
static size_t find_slot(const intake_pair_index *self, uint32_t first, uint32_t second)
{
    size_t at = (size_t)intake_hash_pair(first, second) & (self->n_slot - 1);

    while (self->slot[at].value != 0 && (self->slot[at].first != first || self->slot[at].second != second)) {
        at = (at + 1) & (self->n_slot - 1);
    }
    return at;
}

static pc_status make_room(intake_pair_index *self)
{
    intake_pair_index grown = {NULL, self->n, self->n_slot == 0 ? 64 : self->n_slot * 2};

    grown.slot = pc_new_zero(grown.n_slot, sizeof *grown.slot);
    if (grown.slot == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    for (size_t at = 0; at < self->n_slot; at++) {
        const intake_pair_slot *slot = &self->slot[at];

        if (slot->value != 0) {
            grown.slot[find_slot(&grown, slot->first, slot->second)] = *slot;
        }
    }
    free(self->slot);
    *self = grown;
    return PC_OK;
}

pc_status intake_pair_add(intake_pair_index *self, uint32_t first, uint32_t second, uint32_t *value)
{
    intake_pair_slot *slot;

    if ((self->n + 1) * 4 > self->n_slot * 3 && make_room(self) != PC_OK) {
        return PC_ERR_NO_MEMORY;
    }
    slot = &self->slot[find_slot(self, first, second)];
    if (slot->value == 0) {
        *slot = (intake_pair_slot){first, second, *value + 1};
        self->n++;
    }
    *value = slot->value - 1;
    return PC_OK;
}

uint32_t intake_pair_find(const intake_pair_index *self, uint32_t first, uint32_t second)
{
    /* a free slot holds 0, which is INTAKE_NOT_FOUND when 1 is taken away */
    return self->n_slot == 0 ? INTAKE_NOT_FOUND : self->slot[find_slot(self, first, second)].value - 1;
}

void intake_pair_free(intake_pair_index *self)
{
    free(self->slot);
    memset(self, 0, sizeof *self);
}
