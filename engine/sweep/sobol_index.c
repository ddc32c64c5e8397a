/* sobol_index.c - Sobol indices of any function: where to ask it, and what the answers say. */
#include <gsl/gsl_qrng.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "placecast/sensitivity.h"
#include "sweep/sweep_impl.h"

enum { SOBOL_MOST_DIMENSIONS = 40, N_RESAMPLE = 500 };

/* Draws of PC_PURPOSE_DESIGN; 0 are the points of a sweep. */
enum { DRAW_SHIFT = 1, DRAW_LATIN = 2, DRAW_RESAMPLE = 3 };

/* The shift (Cranley, Patterson, SIAM J. Numer. Anal. 13 (1976), 904-914) makes estimates unbiased, and keeps
 * the first point of the sequence, the same in every coordinate, from being one point for a and b. */
static pc_status shifted_sobol(size_t n, size_t k, uint64_t seed, double *a, double *b)
{
    double point[SOBOL_MOST_DIMENSIONS], shift[SOBOL_MOST_DIMENSIONS];
    gsl_qrng *sequence = gsl_qrng_alloc(gsl_qrng_sobol, (unsigned)(2 * k));

    if (sequence == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    for (size_t d = 0; d < 2 * k; d++) {
        shift[d] = pc_uniform(
            pc_random(pc_random_key_make(seed, (uint32_t)d), 0, PC_PURPOSE_DESIGN, DRAW_SHIFT).word[0]);
    }
    for (size_t at = 0; at < n; at++) {
        gsl_qrng_get(sequence, point);
        for (size_t d = 0; d < 2 * k; d++) {
            double moved = point[d] + shift[d];

            *(d < k ? &a[at * k + d] : &b[at * k + d - k]) = moved < 1 ? moved : moved - 1;
        }
    }
    gsl_qrng_free(sequence);
    return PC_OK;
}

pc_status pc_sobol_points(size_t n, size_t k, uint64_t seed, double *a, double *b)
{
    pc_status status = PC_OK;

    if (n < 2 || k < 1 || k > UINT32_MAX / 2) {
        return PC_ERR_RANGE;
    }
    if (2 * k <= SOBOL_MOST_DIMENSIONS) {
        return shifted_sobol(n, k, seed, a, b);
    }
    for (size_t d = 0; d < 2 * k && status == PC_OK; d++) {
        status = sweep_latin_column(pc_random_key_make(seed, (uint32_t)d), DRAW_LATIN, n, k,
                                    d < k ? a + d : b + d - k);
    }
    return status;
}

typedef struct answers {
    size_t n, k;
    const double *at_a, *at_b, *at_ab;
} answers;

/* `row` [n]: which points count, some perhaps several times. `first` and `total` [k]. */
static void estimate(const answers *of, const size_t *row, double *first, double *total)
{
    double sum = 0, square = 0, mean, variance, n = (double)of->n;

    for (size_t at = 0; at < of->n; at++) {
        sum += of->at_a[row[at]] + of->at_b[row[at]];
    }
    mean = sum / (2 * n);
    for (size_t at = 0; at < of->n; at++) {
        double a = of->at_a[row[at]] - mean, b = of->at_b[row[at]] - mean;

        square += a * a + b * b;
    }
    variance = square / (2 * n);
    for (size_t f = 0; f < of->k; f++) {
        const double *ab = of->at_ab + f * of->n;
        double product = 0, distance = 0;

        for (size_t at = 0; at < of->n; at++) {
            double change = ab[row[at]] - of->at_a[row[at]];

            /* Less the mean: a constant added to the result changes nothing but the noise. */
            product += (of->at_b[row[at]] - mean) * change;
            distance += change * change;
        }
        first[f] = variance > 0 ? product / n / variance : (double)NAN;
        total[f] = variance > 0 ? distance / (2 * n) / variance : (double)NAN;
    }
}

static bool varies(const answers *of)
{
    double low = of->at_a[0], high = low, sum = 0;

    for (size_t at = 0; at < of->n; at++) {
        low = fmin(low, fmin(of->at_a[at], of->at_b[at]));
        high = fmax(high, fmax(of->at_a[at], of->at_b[at]));
        sum += of->at_a[at] + of->at_b[at];
    }
    for (size_t at = 0; at < of->n * of->k; at++) {
        sum += of->at_ab[at];
    }
    return isfinite(sum) && high > low;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

/* The middle 95% of `value`, of which those that are no numbers do not count. Sorts it. */
static void middle_part(double *value, double *low, double *high)
{
    size_t n = 0;

    for (size_t at = 0; at < N_RESAMPLE; at++) {
        if (!isnan(value[at])) {
            value[n++] = value[at];
        }
    }
    *low = *high = (double)NAN;
    if (n > 0) {
        qsort(value, n, sizeof *value, by_value);
        *low = value[(size_t)(0.025 * (double)(n - 1) + 0.5)];
        *high = value[(size_t)(0.975 * (double)(n - 1) + 0.5)];
    }
}

/* `draw`: [2][k][N_RESAMPLE], first and total of each resample. */
static void resample(const answers *of, uint64_t seed, size_t *row, double *first, double *total,
                     double *draw)
{
    for (size_t s = 0; s < N_RESAMPLE; s++) {
        pc_random_key key = pc_random_key_make(seed, (uint32_t)s);

        for (size_t at = 0; at < of->n; at++) {
            pc_random_block block = pc_random(key, at, PC_PURPOSE_DESIGN, DRAW_RESAMPLE);

            row[at] = (size_t)(pc_uniform(block.word[0]) * (double)of->n);
        }
        estimate(of, row, first, total);
        for (size_t f = 0; f < of->k; f++) {
            draw[f * N_RESAMPLE + s] = first[f];
            draw[(of->k + f) * N_RESAMPLE + s] = total[f];
        }
    }
}

pc_status pc_sobol_indices(size_t n, size_t k, const double *at_a, const double *at_b, const double *at_ab,
                           uint64_t seed, pc_sobol_index *out)
{
    const answers of = {n, k, at_a, at_b, at_ab};
    const double none = (double)NAN;
    size_t *row;
    double *first, *total, *draw;
    pc_status status = PC_OK;

    if (n < 2 || k < 1) {
        return PC_ERR_RANGE;
    }
    for (size_t f = 0; f < k; f++) {
        out[f] = (pc_sobol_index){none, none, none, none, none, none};
    }
    if (!varies(&of)) {
        return PC_OK;
    }
    row = pc_new(n, sizeof *row);
    first = pc_new(k, sizeof *first);
    total = pc_new(k, sizeof *total);
    draw = pc_new(2 * k * N_RESAMPLE, sizeof *draw);
    if (row == NULL || first == NULL || total == NULL || draw == NULL) {
        status = PC_ERR_NO_MEMORY;
    } else {
        resample(&of, seed, row, first, total, draw);
        for (size_t at = 0; at < n; at++) {
            row[at] = at;
        }
        estimate(&of, row, first, total);
        for (size_t f = 0; f < k; f++) {
            out[f].first = first[f];
            out[f].total = total[f];
            middle_part(draw + f * N_RESAMPLE, &out[f].first_low, &out[f].first_high);
            middle_part(draw + (k + f) * N_RESAMPLE, &out[f].total_low, &out[f].total_high);
        }
    }
    free(row);
    free(first);
    free(total);
    free(draw);
    return status;
}
