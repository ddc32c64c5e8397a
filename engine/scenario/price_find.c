/* Which price a child pays, and the life of a set of prices. */
#include <stdlib.h>
#include <string.h>

#include "placecast/prices.h"
#include "scenario/price_rows.h"

const pc_price_row *pc_prices_find(const pc_prices *self, size_t category, int age_band, int provider,
                                   int need, pc_day day)
{
    for (size_t at = self->row_at[category]; at < self->row_at[category + 1]; at++) {
        const pc_price_row *row = &self->row[at];

        if ((row->age_band < 0 || row->age_band == age_band) &&
            (row->provider < 0 || row->provider == provider) && (row->need == 0 || row->need == need) &&
            row->from <= day) {
            return row;
        }
    }
    return NULL;
}

int pc_provider_number(const char *code)
{
    return (code[0] == 'P' || code[0] == 'p') && (code[1] == 'R' || code[1] == 'r') && code[2] >= '0' &&
                   code[2] < '0' + PC_N_PROVIDER && code[3] == '\0'
               ? code[2] - '0'
               : -1;
}

bool pc_prices_are_personal(const pc_prices *self)
{
    bool personal = self->n_current > 0;

    for (size_t category = 0; self->n_row > 0 && category < self->n_category; category++) {
        personal |= !self->plain[category];
    }
    return personal;
}

bool pc_prices_need_people(const pc_prices *self)
{
    bool need = pc_prices_are_personal(self);

    for (size_t at = 0; at < self->n_process_cost; at++) {
        need |= self->process_cost[at].need > 0;
    }
    return need;
}

pc_prices pc_prices_flat(const pc_prices *self)
{
    return (pc_prices){
        .n_category = self->n_category, .weekly_gbp = self->weekly_gbp, .price_year = self->price_year};
}

void price_free_people(pc_price_people *people, size_t n)
{
    for (size_t la = 0; people != NULL && la < n; la++) {
        free(people[la].weekly_gbp);
        free(people[la].price_year);
        free(people[la].provider);
        free(people[la].need);
        free(people[la].provider_share);
    }
    free(people);
}

void price_free_current(pc_current_price *current, size_t n)
{
    for (size_t at = 0; current != NULL && at < n; at++) {
        free(current[at].la);
        free(current[at].child);
    }
    free(current);
}

void price_free_texts(char **text, size_t n)
{
    for (size_t at = 0; text != NULL && at < n; at++) {
        free(text[at]);
    }
    free(text);
}

void pc_prices_free(pc_prices *self)
{
    if (self == NULL) {
        return;
    }
    free(self->weekly_gbp);
    free(self->price_year);
    free(self->inflation);
    free(self->row);
    free(self->row_at);
    free(self->plain);
    free(self->contract);
    price_free_texts(self->source, self->n_source);
    free(self->income);
    free(self->income_file);
    free(self->process_cost);
    free(self->review);
    free(self->proceedings);
    price_free_current(self->current, self->n_current);
    free(self->current_file);
    price_free_people(self->people, self->n_people);
    memset(self, 0, sizeof *self);
}
