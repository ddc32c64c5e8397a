#include "report/model_draws.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

#define SEED 1
#define LOW 4    /* 5th of REPORT_N_DRAW in order */
#define HIGH 194 /* 195th */

static int compare(const void *a, const void *b)
{
    float x, y;

    memcpy(&x, a, sizeof x);
    memcpy(&y, b, sizeof y);
    return (x > y) - (x < y);
}

pc_status report_draws_make(const pc_model *model, size_t authority, report_draws *out)
{
    size_t n_category = model->codes.n_category;
    size_t n_cell = (size_t)PC_N_STREAM * PC_N_AGE_BAND * n_category * PC_N_BAND;
    size_t n[5] = {n_cell * PC_N_EXIT_HAZARD, n_cell * n_category, n_cell * n_category,
                   (size_t)PC_N_STREAM * PC_N_AGE_YEAR, (size_t)PC_N_STREAM * PC_N_AGE_BAND * n_category};
    pc_rates rates = {0};
    pc_status status;

    memset(out, 0, sizeof *out);
    for (size_t part = 0; part < 5; part++) {
        out->offset[part] = out->n_value;
        out->n_value += n[part];
    }
    status = pc_rates_init(&rates, n_category);
    if (status == PC_OK) {
        out->value = pc_new(out->n_value * REPORT_N_DRAW, sizeof *out->value);
        status = out->value == NULL ? PC_ERR_NO_MEMORY : PC_OK;
    }
    for (uint32_t draw = 0; status == PC_OK && draw < REPORT_N_DRAW; draw++) {
        const double *part_value[5] = {rates.exit, rates.move, rates.status, rates.starts, rates.first};

        status = pc_model_draw(model, authority, SEED, draw, &rates);
        for (size_t part = 0; status == PC_OK && part < 5; part++) {
            for (size_t i = 0; i < n[part]; i++) {
                out->value[(out->offset[part] + i) * REPORT_N_DRAW + draw] = (float)part_value[part][i];
            }
        }
    }
    for (size_t i = 0; status == PC_OK && i < out->n_value; i++) {
        float *value = out->value + i * REPORT_N_DRAW;
        bool any = false;

        for (size_t draw = 0; draw < REPORT_N_DRAW && !any; draw++) {
            any = value[draw] > 0;
        }
        if (any) { /* most are always 0 */
            qsort(value, REPORT_N_DRAW, sizeof *value, compare);
        }
    }
    pc_rates_free(&rates);
    if (status != PC_OK) {
        report_draws_free(out);
    }
    return status;
}

void report_draws_free(report_draws *self)
{
    free(self->value);
    memset(self, 0, sizeof *self);
}

void report_draws_interval(const report_draws *self, size_t place, double *low, double *high)
{
    *low = (double)self->value[place * REPORT_N_DRAW + LOW];
    *high = (double)self->value[place * REPORT_N_DRAW + HIGH];
}
