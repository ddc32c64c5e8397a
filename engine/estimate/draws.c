#include "placecast/draws.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

/* Rates have 24 significant bits (pc_model_draw): a float holds one exactly. */
struct pc_draws {
    const pc_model *model;
    uint64_t seed;
    size_t n_draw;
    _Atomic(float *) *kept; /* [n_authority][n_draw]; NULL: not made yet */
};

enum { N_PART = 5 };

typedef struct part {
    double *value;
    size_t n;
} part;

static void parts_of(const pc_rates *rates, part out[N_PART])
{
    size_t cells = (size_t)PC_N_STREAM * PC_N_AGE_BAND * rates->n_category;

    out[0] = (part){rates->exit, cells * PC_N_BAND * PC_N_EXIT_HAZARD};
    out[1] = (part){rates->status, cells * PC_N_BAND * rates->n_category};
    out[2] = (part){rates->move, cells * PC_N_BAND * rates->n_category};
    out[3] = (part){rates->starts, (size_t)PC_N_STREAM * PC_N_AGE_YEAR};
    out[4] = (part){rates->first, cells};
}

static size_t size_of(size_t n_category)
{
    pc_rates none = {.n_category = n_category};
    part each[N_PART];
    size_t n = 0;

    parts_of(&none, each);
    for (size_t p = 0; p < N_PART; p++) {
        n += each[p].n;
    }
    return n;
}

pc_status pc_draws_new(const pc_model *model, uint64_t seed, size_t n_draw, pc_draws **out, size_t *bytes)
{
    pc_draws *self = pc_new_zero(1, sizeof *self);
    size_t n = model->n_authority * n_draw;

    *out = NULL;
    if (bytes != NULL) {
        *bytes = n * (size_of(model->codes.n_category) * sizeof(float) + sizeof self->kept[0]);
    }
    if (self == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    *self = (pc_draws){.model = model, .seed = seed, .n_draw = n_draw};
    self->kept = pc_new(n, sizeof self->kept[0]);
    if (self->kept == NULL) {
        free(self);
        return PC_ERR_NO_MEMORY;
    }
    for (size_t at = 0; at < n; at++) {
        atomic_init(&self->kept[at], NULL);
    }
    *out = self;
    return PC_OK;
}

/* NULL when there is no memory for it, or a rate is no float: then it is drawn each time. */
static float *packed(const pc_rates *rates)
{
    float *floats = pc_new(size_of(rates->n_category), sizeof *floats), *to = floats;
    part each[N_PART];
    bool exact = true;

    parts_of(rates, each);
    for (size_t p = 0; floats != NULL && p < N_PART; p++) {
        for (size_t at = 0; at < each[p].n; at++, to++) {
            double back;

            *to = (float)each[p].value[at];
            back = (double)*to;
            /* Every bit, the sign of nought included.
             * NOLINTNEXTLINE(bugprone-suspicious-memory-comparison,cert-exp42-c,cert-flp37-c) */
            exact = exact && memcmp(&back, &each[p].value[at], sizeof back) == 0;
        }
    }
    if (!exact) {
        free(floats);
        return NULL;
    }
    return floats;
}

static void unpack(const float *from, pc_rates *out)
{
    part each[N_PART];

    parts_of(out, each);
    for (size_t p = 0; p < N_PART; p++) {
        for (size_t at = 0; at < each[p].n; at++) {
            each[p].value[at] = (double)*from++;
        }
    }
}

pc_status pc_draws_get(pc_draws *self, size_t authority_number, uint32_t draw, pc_rates *out)
{
    _Atomic(float *) *slot;
    float *kept, *made;
    pc_status status;

    if (draw >= self->n_draw || authority_number >= self->model->n_authority ||
        out->n_category != self->model->codes.n_category) {
        return pc_model_draw(self->model, authority_number, self->seed, draw, out);
    }
    slot = &self->kept[authority_number * self->n_draw + draw];
    kept = atomic_load_explicit(slot, memory_order_acquire);
    if (kept != NULL) {
        unpack(kept, out);
        return PC_OK;
    }
    status = pc_model_draw(self->model, authority_number, self->seed, draw, out);
    made = status == PC_OK ? packed(out) : NULL;
    if (made != NULL && !atomic_compare_exchange_strong_explicit(slot, &kept, made, memory_order_acq_rel,
                                                                 memory_order_acquire)) {
        free(made); /* another thread was first */
    }
    return status;
}

uint64_t pc_draws_seed(const pc_draws *self)
{
    return self->seed;
}

void pc_draws_free(pc_draws *self)
{
    if (self == NULL) {
        return;
    }
    for (size_t at = 0; at < self->model->n_authority * self->n_draw; at++) {
        free(atomic_load_explicit(&self->kept[at], memory_order_relaxed));
    }
    free(self->kept);
    free(self);
}
