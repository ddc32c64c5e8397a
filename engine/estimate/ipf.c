#include "estimate/ipf.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

#define ENOUGH_ROUNDS 200
#define MAX_ROUND 4000
#define WHOLE 1e-6

static double sum_of(const double *cell, size_t n_cell, const unsigned char *in)
{
    double sum = 0;

    for (size_t c = 0; c < n_cell; c++) {
        sum += in[c] ? cell[c] : 0.0;
    }
    return sum;
}

static void scale(double *cell, size_t n_cell, const ipf_margin *margin)
{
    double sum = sum_of(cell, n_cell, margin->in);

    for (size_t c = 0; sum > 0 && c < n_cell; c++) {
        cell[c] *= margin->in[c] ? margin->target / sum : 1.0;
    }
}

int ipf_fit(double *cell, size_t n_cell, const ipf_margin *margin, size_t n_margin)
{
    int worst = -1;

    for (int round = 0; round < MAX_ROUND; round++) {
        double largest = 0;
        bool solved = true;

        for (size_t m = 0; m < n_margin; m++) {
            scale(cell, n_cell, &margin[m]);
        }
        worst = -1;
        for (size_t m = 0; m < n_margin; m++) {
            double error = fabs(sum_of(cell, n_cell, margin[m].in) - margin[m].target);

            solved = solved && error <= IPF_SOLVED * (1 + margin[m].target);
            if (!(error <= largest)) {
                largest = error;
                worst = (int)m;
            }
        }
        if (solved || (round >= ENOUGH_ROUNDS && largest <= IPF_NEAR)) {
            return -1;
        }
    }
    return worst;
}

void ipf_round(const double *value, size_t n, long *out)
{
    double sum = 0;
    long left;

    for (size_t i = 0; i < n; i++) {
        out[i] = (long)floor(value[i] + WHOLE);
        sum += value[i];
    }
    left = lround(sum);
    for (size_t i = 0; i < n; i++) {
        left -= out[i];
    }
    for (; left > 0; left--) {
        size_t best = 0;

        for (size_t i = 1; i < n; i++) {
            best = value[i] - (double)out[i] > value[best] - (double)out[best] + 1e-12 ? i : best;
        }
        out[best]++;
    }
}

/* Rounding up is a matching: row r still needs row_left[r] cells, column c column_left[c]. */
typedef struct rounding {
    size_t n_row, n_column;
    const double *value;
    long *out;
    unsigned char *up; /* [row][column] */
    long *row_left, *column_left;
    unsigned char *seen; /* [column] */
} rounding;

static bool may_round(const rounding *self, size_t row, size_t column)
{
    double value = self->value[row * self->n_column + column];

    return value - floor(value + WHOLE) > WHOLE;
}

/* A path from `row` to a column that needs more, through cells rounded up so far. */
static bool augment(rounding *self, size_t row)
{
    for (size_t column = 0; column < self->n_column; column++) {
        size_t at = row * self->n_column + column;

        if (self->seen[column] || self->up[at] || !may_round(self, row, column)) {
            continue;
        }
        self->seen[column] = 1;
        if (self->column_left[column] > 0) {
            self->column_left[column]--;
            self->up[at] = 1;
            return true;
        }
        for (size_t other = 0; other < self->n_row; other++) {
            if (self->up[other * self->n_column + column] && augment(self, other)) {
                self->up[other * self->n_column + column] = 0;
                self->up[at] = 1;
                return true;
            }
        }
    }
    return false;
}

static bool sums(rounding *self)
{
    bool whole = true;

    for (size_t row = 0; row < self->n_row; row++) {
        double sum = 0;
        long floors = 0;

        for (size_t column = 0; column < self->n_column; column++) {
            size_t at = row * self->n_column + column;

            self->out[at] = (long)floor(self->value[at] + WHOLE);
            sum += self->value[at];
            floors += self->out[at];
        }
        whole = whole && fabs(sum - round(sum)) < WHOLE;
        self->row_left[row] = lround(sum) - floors;
    }
    for (size_t column = 0; column < self->n_column; column++) {
        double sum = 0;
        long floors = 0;

        for (size_t row = 0; row < self->n_row; row++) {
            sum += self->value[row * self->n_column + column];
            floors += self->out[row * self->n_column + column];
        }
        whole = whole && fabs(sum - round(sum)) < WHOLE;
        self->column_left[column] = lround(sum) - floors;
    }
    return whole;
}

/* The largest fractions first, as far as rows and columns need them. */
static void greedy(rounding *self)
{
    for (;;) {
        double best = 0;
        size_t at = 0;

        for (size_t i = 0; i < self->n_row * self->n_column; i++) {
            double fraction = self->value[i] - floor(self->value[i] + WHOLE);

            if (!self->up[i] && self->row_left[i / self->n_column] > 0 &&
                self->column_left[i % self->n_column] > 0 && fraction > best + 1e-12 && fraction > WHOLE) {
                best = fraction;
                at = i;
            }
        }
        if (!(best > 0)) {
            return;
        }
        self->up[at] = 1;
        self->row_left[at / self->n_column]--;
        self->column_left[at % self->n_column]--;
    }
}

bool ipf_round_table(const double *value, size_t n_row, size_t n_column, long *out, pc_status *status)
{
    rounding self = {.n_row = n_row, .n_column = n_column, .value = value, .out = out};
    bool good = false;

    self.up = pc_new_zero(n_row * n_column + n_column, 1);
    self.row_left = pc_new_zero(n_row + n_column, sizeof(long));
    *status = self.up == NULL || self.row_left == NULL ? PC_ERR_NO_MEMORY : PC_OK;
    if (*status == PC_OK) {
        self.seen = self.up + n_row * n_column;
        self.column_left = self.row_left + n_row;
        good = sums(&self);
        greedy(&self);
        for (size_t row = 0; row < n_row; row++) {
            while (good && self.row_left[row] > 0) {
                memset(self.seen, 0, n_column);
                good = augment(&self, row);
                self.row_left[row] -= good;
            }
        }
        for (size_t i = 0; i < n_row * n_column; i++) {
            out[i] += self.up[i];
        }
    }
    free(self.up);
    free(self.row_left);
    return good;
}
