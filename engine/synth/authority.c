/* authority.c - the children of one authority, and which periods of care its returns can show. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "synth/returns.h"

typedef struct order_key {
    uint32_t person;
    size_t period;
} order_key;

static int compare_keys(const void *a, const void *b)
{
    const order_key *x = a, *y = b;

    if (x->person != y->person) {
        return x->person < y->person ? -1 : 1;
    }
    return x->period < y->period ? -1 : x->period > y->period; /* periods are made in order of their starts */
}

static pc_status list_periods(synth_authority *self)
{
    const synth_population *people = &self->population;
    order_key *key = pc_new(people->n_period, sizeof *key);

    self->period = pc_new(people->n_period, sizeof *self->period);
    if (key == NULL || self->period == NULL) {
        free(key);
        return PC_ERR_NO_MEMORY;
    }
    self->n_period = 0;
    for (size_t period = 0; period < people->n_period; period++) {
        if (people->period[period].end >= self->first_day) {
            key[self->n_period++] = (order_key){people->period[period].person, period};
        }
    }
    qsort(key, self->n_period, sizeof *key, compare_keys);
    for (size_t at = 0; at < self->n_period; at++) {
        self->period[at] = key[at].period;
    }
    free(key);
    return PC_OK;
}

pc_status synth_authority_make(synth_authority *self, int first_year, int years)
{
    pc_status status;

    self->first_day = pc_financial_year_first_day(first_year);
    status = synth_population_make(&self->rates, self->key,
                                   pc_financial_year_first_day(first_year - SYNTH_WARM_UP_YEARS),
                                   pc_financial_year_first_day(first_year + years), &self->population);
    return status == PC_OK ? list_periods(self) : status;
}

void synth_authority_free(synth_authority *self)
{
    if (self != NULL) {
        free(self->name);
        free(self->period);
        pc_rates_free(&self->rates);
        synth_population_free(&self->population);
        memset(self, 0, sizeof *self);
    }
}
