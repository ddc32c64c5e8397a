#include "placecast/names.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

/* Texts stand one after the other in blocks: an allocation each would cost more than a short name itself, and
 * there may be millions. */
#define FIRST_BLOCK ((size_t)256)
#define LARGEST_BLOCK ((size_t)65536)

struct pc_names_block {
    struct pc_names_block *before;
    size_t used, size;
    char bytes[];
};

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

/* A block with room for so many bytes more; NULL when out of memory. */
static struct pc_names_block *block_with_room(pc_names *self, size_t bytes)
{
    struct pc_names_block *last = self->block, *block;
    size_t size = last == NULL ? FIRST_BLOCK : last->size * 2;

    if (last != NULL && last->size - last->used >= bytes) {
        return last;
    }
    size = size > LARGEST_BLOCK ? LARGEST_BLOCK : size;
    size = size < bytes ? bytes : size;
    if (size > SIZE_MAX - sizeof *block || (block = pc_new(1, sizeof *block + size)) == NULL) {
        return NULL;
    }
    block->before = last;
    block->used = 0;
    block->size = size;
    self->block = block;
    return block;
}

static char *keep_text(pc_names *self, const char *text, size_t length)
{
    struct pc_names_block *block = length == SIZE_MAX ? NULL : block_with_room(self, length + 1);
    char *copy = block == NULL ? NULL : block->bytes + block->used;

    if (copy != NULL) {
        memcpy(copy, text, length);
        copy[length] = '\0';
        block->used += length + 1;
    }
    return copy;
}

pc_status pc_names_add(pc_names *self, const char *text, size_t length, uint32_t *out)
{
    size_t at;
    char *copy;

    if (self->n * 4 >= self->n_slot * 3 && rehash(self) != PC_OK) {
        return PC_ERR_NO_MEMORY;
    }
    at = find_slot(self, text, length);
    if (self->slot[at] == 0) {
        if (self->n >= PC_NAME_NONE - 1 ||
            pc_grow(&self->text, &self->capacity, self->n + 1, sizeof *self->text) != PC_OK) {
            return PC_ERR_NO_MEMORY;
        }
        copy = keep_text(self, text, length);
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
    while (self->block != NULL) {
        struct pc_names_block *before = self->block->before;

        free(self->block);
        self->block = before;
    }
    free(self->text);
    free(self->slot);
    pc_names_init(self);
}
