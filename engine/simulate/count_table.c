#include "simulate/count_table.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

pc_status count_table_init(count_table *self, double mean)
{
    size_t most = (size_t)(mean + 12.0 * sqrt(mean) + 40.0), n = 0;

    memset(self, 0, sizeof *self);
    self->mean = mean;
    self->threshold = pc_new(most, sizeof *self->threshold);
    if (self->threshold == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    while (n < most) {
        double below = mean > 0.0 ? gsl_cdf_poisson_P((unsigned)n, mean) : 1.0;
        double scaled = nearbyint(below * 0x1p32);

        if (!(scaled < 0x1p32)) {
            break; /* no 32-bit word reaches beyond this count */
        }
        self->threshold[n++] = (uint32_t)scaled;
    }
    self->n = n;
    for (size_t byte = 0, count = 0; byte < 256; byte++) {
        while (count < n && self->threshold[count] <= (uint32_t)byte << 24) {
            count++;
        }
        self->guide[byte] = (uint32_t)count;
    }
    return PC_OK;
}

void count_table_free(count_table *self)
{
    free(self->threshold);
    memset(self, 0, sizeof *self);
}
