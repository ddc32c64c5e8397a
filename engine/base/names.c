#include "placecast/names.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

void pc_names_init(pc_names *self)
{
    memset(self, 0, sizeof *self);
}

/* FNV-1a, 64 bits (Fowler, Noll, Vo). */
static uint64_t hash_bytes(const char *text, size_t length)
{
    uint64_t hash = 14695981039346656037U;

    for (size_t c = 0; c < length; c++) {
        hash = (hash ^ (unsigned char)text[c]) * 1099511628211U;
    }
    return hash;
}

static bool same_text(const char *known, const char *text, size_t length)
{
    return strncmp(known, text, length) == 0 && known[length] == '\0';
}

/* The slot that holds `text`, or the free one where it would go. n_slot > 0 and never full. */
static size_t find_slot(const pc_names *self, const char *text, size_t length)
{
    size_t at = (size_t)hash_bytes(text, length) & (self->n_slot - 1);

    while (self->slot[at] != 0 && !same_text(self->text[self->slot[at] - 1], text, length)) {
        at = (at + 1) & (self->n_slot - 1);
    }
    return at;
}

static pc_status rehash(pc_names *self)
{
    size_t n_slot = self->n_slot == 0 ? 64 : self->n_slot * 2;
    uint32_t *slot = pc_new_zero(n_slot, sizeof *slot);

    if (slot == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    free(self->slot);
    self->slot = slot;
    self->n_slot = n_slot;
    for (size_t name = 0; name < self->n; name++) {
        slot[find_slot(self, self->text[name], strlen(self->text[name]))] = (uint32_t)name + 1;
    }
    return PC_OK;
}

pc_status pc_names_add(pc_names *self, const char *text, size_t length, uint32_t *out)
{
    size_t at;
    char *copy;

    if (self->n * 2 >= self->n_slot && rehash(self) != PC_OK) {
        return PC_ERR_NO_MEMORY;
    }
    at = find_slot(self, text, length);
    if (self->slot[at] == 0) {
        if (self->n >= PC_NAME_NONE - 1 ||
            pc_grow(&self->text, &self->capacity, self->n + 1, sizeof *self->text) != PC_OK) {
            return PC_ERR_NO_MEMORY;
        }
        copy = pc_copy_bytes_as_text(text, length);
        if (copy == NULL) {
            return PC_ERR_NO_MEMORY;
        }
        self->text[self->n++] = copy;
        self->slot[at] = (uint32_t)self->n;
    }
    *out = self->slot[at] - 1;
    return PC_OK;
}

uint32_t pc_names_find(const pc_names *self, const char *text, size_t length)
{
    return self->n_slot == 0 ? PC_NAME_NONE : self->slot[find_slot(self, text, length)] - 1;
}

const char *pc_names_text(const pc_names *self, uint32_t number)
{
    return number < self->n ? self->text[number] : "";
}

void pc_names_free(pc_names *self)
{
    if (self == NULL) {
        return;
    }
    for (size_t name = 0; name < self->n; name++) {
        free(self->text[name]);
    }
    free(self->text);
    free(self->slot);
    pc_names_init(self);
}
