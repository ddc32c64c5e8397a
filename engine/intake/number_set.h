/* number_set.h - a hash table of numbers of things that stand in an array: 4 bytes a slot, the keys stay
 * where they are. */
#ifndef PC_INTAKE_NUMBER_SET_H
#define PC_INTAKE_NUMBER_SET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "placecast/status.h"

/* The keys of the things, by their numbers. `same` must hold for a number and itself, and then both hash the
 * same. */
typedef struct intake_keys {
    uint64_t (*hash)(const void *things, uint32_t number);
    bool (*same)(const void *things, uint32_t a, uint32_t b);
} intake_keys;

typedef struct intake_number_set {
    uint32_t *slot; /* [n_slot]; a power of two, at most 3/4 full; number + 1, 0 = free */
    size_t n, n_slot;
} intake_number_set;

/* `*number` is that of a new thing at the end of `things`: it receives the number of a known one with the
 * same key, or stays and is stored. It must be below UINT32_MAX. A zeroed struct is an empty set. */
PC_MUST_USE pc_status intake_number_set_add(intake_number_set *self, const intake_keys *keys,
                                            const void *things, uint32_t *number);
/* The number of a thing with the key of `like`, or UINT32_MAX. */
uint32_t intake_number_set_find(const intake_number_set *self, const intake_keys *keys, const void *things,
                                uint32_t like);
void intake_number_set_free(intake_number_set *self);

/* A hash of two numbers: the finaliser of SplitMix64 (Steele, Lea, Flood, "Fast splittable pseudorandom
 * number generators", 2014). */
static inline uint64_t intake_hash_pair(uint32_t first, uint32_t second)
{
    uint64_t bits = ((uint64_t)first << 32 | second) + 0x9e3779b97f4a7c15U;

    bits = (bits ^ bits >> 30) * 0xbf58476d1ce4e5b9U;
    bits = (bits ^ bits >> 27) * 0x94d049bb133111ebU;
    return bits ^ bits >> 31;
}

#endif
