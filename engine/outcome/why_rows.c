#include "outcome/why.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "outcome/shapley.h"

const char *pc_why_layer_name(pc_why_layer layer)
{
    return layer == PC_WHY_ACCOUNTING ? "accounting" : layer == PC_WHY_CAUSES ? "causes" : "";
}

void pc_why_free(pc_why *self)
{
    if (self == NULL) {
        return;
    }
    for (size_t at = 0; at < self->n_name; at++) {
        free(self->name[at]);
    }
    free(self->name);
    free(self->row);
    memset(self, 0, sizeof *self);
}

const char *why_name(pc_why *self, const char *text)
{
    char **name;

    for (size_t at = 0; at < self->n_name; at++) {
        if (strcmp(self->name[at], text) == 0) {
            return self->name[at];
        }
    }
    name = realloc(self->name, (self->n_name + 1) * sizeof *name);
    if (name == NULL) {
        return NULL;
    }
    self->name = name;
    name[self->n_name] = pc_copy_text(text);
    return name[self->n_name] == NULL ? NULL : name[self->n_name++];
}

/* As report_table_number does it. */
int64_t why_printed_pence(double pounds)
{
    int64_t pence = (int64_t)(fabs(pounds) * 100.0 + 0.5);

    return pounds < 0.0 ? -pence : pence;
}

pc_status why_add(pc_why *self, const why_change *change, size_t n, const char *const *driver,
                  const char *const *kind, const double *pence)
{
    int64_t *whole = pc_new_zero(n, sizeof *whole);
    pc_why_row *row = whole == NULL ? NULL : realloc(self->row, (self->n + n + 1) * sizeof *row);
    pc_status status = PC_ERR_NO_MEMORY;

    self->row = row == NULL ? self->row : row;
    if (row != NULL) {
        status = shapley_round(n, pence, change->pence, whole);
    }
    for (size_t at = 0; at < n && status == PC_OK; at++) {
        self->row[self->n++] = (pc_why_row){.from = change->from,
                                            .to = change->to,
                                            .year = change->year,
                                            .layer = change->layer,
                                            .driver = driver[at],
                                            .kind = kind[at],
                                            .pence = whole[at]};
    }
    free(whole);
    return status;
}
