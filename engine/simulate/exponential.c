#include "simulate/exponential.h"

void exponential_table_init(exponential_table *self)
{
    for (int index = 0; index < EXPONENTIAL_N_CELL; index++) {
        double c = 1.0 + (index + 0.5) / EXPONENTIAL_N_CELL;
        double z = (c - 1.0) / (c + 1.0), power = z, sum = 0.0;

        /* ln c = 2 artanh z; z < 1/3, so that 20 terms leave less than 1e-20. */
        for (int term = 0; term < 20; term++) {
            sum += power / (2 * term + 1);
            power *= z * z;
        }
        self->cell[index] = (exponential_cell){.inverse = 1.0 / c, .logarithm = 2.0 * sum};
    }
}
