#include "intake/number_set.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

/* The slot that holds a thing with the key of `like`, or the free one where it would go. */
static size_t find_slot(const intake_number_set *self, const intake_keys *keys, const void *things,
                        uint32_t like)
{
    size_t at = (size_t)keys->hash(things, like) & (self->n_slot - 1);

    while (self->slot[at] != 0 && !keys->same(things, self->slot[at] - 1, like)) {
        at = (at + 1) & (self->n_slot - 1);
    }
    return at;
}

/* As find_slot for a key that is not there yet: nothing need be compared. */
static size_t free_slot(const intake_number_set *self, const intake_keys *keys, const void *things,
                        uint32_t number)
{
    size_t at = (size_t)keys->hash(things, number) & (self->n_slot - 1);

    while (self->slot[at] != 0) {
        at = (at + 1) & (self->n_slot - 1);
    }
    return at;
}

static pc_status make_room(intake_number_set *self, const intake_keys *keys, const void *things)
{
    intake_number_set grown = {NULL, self->n, self->n_slot == 0 ? 64 : self->n_slot * 2};

    grown.slot = pc_new_zero(grown.n_slot, sizeof *grown.slot);
    if (grown.slot == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    for (size_t at = 0; at < self->n_slot; at++) {
        if (self->slot[at] != 0) {
            grown.slot[free_slot(&grown, keys, things, self->slot[at] - 1)] = self->slot[at];
        }
    }
    free(self->slot);
    *self = grown;
    return PC_OK;
}

pc_status intake_number_set_add(intake_number_set *self, const intake_keys *keys, const void *things,
                                uint32_t *number)
{
    size_t at;

    if ((self->n + 1) * 4 > self->n_slot * 3 && make_room(self, keys, things) != PC_OK) {
        return PC_ERR_NO_MEMORY;
    }
    at = find_slot(self, keys, things, *number);
    if (self->slot[at] == 0) {
        self->slot[at] = *number + 1;
        self->n++;
    }
    *number = self->slot[at] - 1;
    return PC_OK;
}

uint32_t intake_number_set_find(const intake_number_set *self, const intake_keys *keys, const void *things,
                                uint32_t like)
{
    /* a free slot holds 0, which is UINT32_MAX when 1 is taken away */
    return self->n_slot == 0 ? UINT32_MAX : self->slot[find_slot(self, keys, things, like)] - 1;
}

void intake_number_set_free(intake_number_set *self)
{
    free(self->slot);
    memset(self, 0, sizeof *self);
}
