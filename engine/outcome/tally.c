#include "outcome/tally.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

const double pc_quantile_level[PC_N_QUANTILE] = {0.025, 0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95, 0.975};

/* Gives every cell of a measure a column. */
static void store_measure(tally *self, const grid *shape, pc_measure measure)
{
    size_t n = shape->has[measure] ? (shape->n_category + 1) * (shape->n_month + shape->n_year) : 0;

    for (size_t at = 0; at < n; at++) {
        self->stored[shape->monthly_at[measure] + at] = true;
        self->slot[shape->monthly_at[measure] + at] = self->n_stored++;
    }
}

static void store_money(tally *self, const grid *shape)
{
    for (int measure = 0; measure < PC_N_MEASURE; measure++) {
        if (pc_measure_is_money((pc_measure)measure)) {
            store_measure(self, shape, (pc_measure)measure);
        }
    }
    for (size_t at = 0; at < shape->n_row * shape->n_year; at++) {
        self->stored[shape->row_at + at] = true;
        self->slot[shape->row_at + at] = self->n_stored++;
    }
}

static pc_status new_cells(tally *self, size_t n_cell, size_t replicates)
{
    memset(self, 0, sizeof *self);
    self->n_cell = n_cell;
    self->replicates = replicates;
    self->stored = pc_new_zero(self->n_cell, sizeof *self->stored);
    self->slot = pc_new_zero(self->n_cell, sizeof *self->slot);
    return self->stored == NULL || self->slot == NULL ? PC_ERR_NO_MEMORY : PC_OK;
}

/* Room for what is stored, and a histogram for every other cell. */
static pc_status new_values(tally *self)
{
    for (size_t cell = 0; cell < self->n_cell; cell++) {
        if (!self->stored[cell]) {
            self->slot[cell] = self->n_histogram++;
        }
    }
    self->histogram = pc_new_zero(self->n_histogram, sizeof *self->histogram);
    if (self->n_stored <= SIZE_MAX / sizeof *self->low / self->replicates) {
        self->low = pc_new_zero(self->n_stored * self->replicates, sizeof *self->low);
        self->high = pc_new_zero(self->n_high * self->replicates, sizeof *self->high);
    }
    return self->histogram == NULL || self->low == NULL || self->high == NULL ? PC_ERR_NO_MEMORY : PC_OK;
}

pc_status tally_init(tally *self, const grid *shape, size_t replicates)
{
    pc_status status = new_cells(self, shape->n_cell, replicates);

    if (status == PC_OK) {
        store_money(self, shape); /* first: the columns with a high half */
        self->n_high = self->n_stored;
        store_measure(self, shape, PC_MEASURE_PLACE_DAYS);
        status = new_values(self);
    }
    if (status != PC_OK) {
        tally_free(self);
    }
    return status;
}

pc_status tally_init_plain(tally *self, size_t n_cell, size_t n_money, size_t replicates)
{
    pc_status status = new_cells(self, n_cell, replicates);

    if (status == PC_OK) {
        for (size_t cell = 0; cell < n_money; cell++) {
            self->stored[cell] = true;
            self->slot[cell] = cell;
        }
        self->n_stored = self->n_high = n_money;
        status = new_values(self);
    }
    if (status != PC_OK) {
        tally_free(self);
    }
    return status;
}

void tally_free(tally *self)
{
    if (self == NULL) {
        return;
    }
    for (size_t at = 0; self->histogram != NULL && at < self->n_histogram; at++) {
        free(self->histogram[at].count);
    }
    free(self->histogram);
    free(self->stored);
    free(self->slot);
    free(self->low);
    free(self->high);
    memset(self, 0, sizeof *self);
}

/* Widens a histogram so that it holds `value`, with room to spare on the side where it grew. */
static pc_status widen(tally_histogram *self, int64_t value)
{
    int64_t first = self->n_bin == 0 ? value : self->base, end = first + self->n_bin,
            spare = self->n_bin / 4 + 4;
    uint32_t *count;

    if (value < first) {
        first = value - spare;
    } else {
        end = value + 1 + spare;
    }
    if (end - first > UINT32_MAX / 8) {
        return PC_ERR_NO_MEMORY;
    }
    count = pc_new_zero((size_t)(end - first), sizeof *count);
    if (count == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    if (self->n_bin > 0) {
        memcpy(count + (self->base - first), self->count, self->n_bin * sizeof *count);
    }
    free(self->count);
    *self = (tally_histogram){.base = first, .n_bin = (uint32_t)(end - first), .count = count};
    return PC_OK;
}

static int64_t stored_value(const tally *self, size_t column, size_t replicate)
{
    uint32_t low = self->low[replicate * self->n_stored + column];

    if (column < self->n_high) {
        return (int64_t)self->high[replicate * self->n_high + column] * (INT64_C(1) << 32) + low;
    }
    return (int32_t)low;
}

static bool store_value(tally *self, size_t column, size_t replicate, int64_t value)
{
    int64_t bound = column < self->n_high ? INT64_C(1) << 47 : INT64_C(1) << 31;

    self->low[replicate * self->n_stored + column] = (uint32_t)value;
    if (column < self->n_high) {
        self->high[replicate * self->n_high + column] =
            (int16_t)((value - (uint32_t)value) / (INT64_C(1) << 32));
    }
    return value >= -bound && value < bound;
}

static pc_status count_value(tally_histogram *self, int64_t value)
{
    uint64_t bin = (uint64_t)value - (uint64_t)self->base;

    if (bin >= self->n_bin) {
        pc_status status = widen(self, value);

        if (status != PC_OK) {
            return status;
        }
        bin = (uint64_t)value - (uint64_t)self->base;
    }
    self->count[bin]++;
    return PC_OK;
}

pc_status tally_add(tally *self, size_t replicate, const int64_t *cell)
{
    pc_status status = PC_OK;

    for (size_t at = 0; at < self->n_cell && status == PC_OK; at++) {
        if (!self->stored[at]) {
            status = count_value(&self->histogram[self->slot[at]], cell[at]);
        } else if (!store_value(self, self->slot[at], replicate, cell[at])) {
            status = PC_ERR_INTERNAL;
        }
    }
    return status;
}

/* Which of n ordered values is the quantile: the smallest with at least that share at or below it. */
static size_t quantile_rank(double level, size_t n)
{
    size_t rank = (size_t)ceil(level * (double)n - 1e-9);

    return rank == 0 ? 0 : rank - 1;
}

static void histogram_statistics(const tally_histogram *self, size_t n, double unit, pc_statistics *out)
{
    double sum = 0.0, square = 0.0, mean;
    size_t seen = 0, quantile = 0;

    for (uint32_t bin = 0; bin < self->n_bin; bin++) {
        sum += (double)self->count[bin] * (double)(self->base + bin);
    }
    mean = sum / (double)n;
    for (uint32_t bin = 0; bin < self->n_bin; bin++) {
        double value = (double)(self->base + bin);

        square += (double)self->count[bin] * (value - mean) * (value - mean);
        seen += self->count[bin];
        while (quantile < PC_N_QUANTILE && quantile_rank(pc_quantile_level[quantile], n) < seen) {
            out->quantile[quantile++] = value / unit;
        }
    }
    out->mean = mean / unit;
    out->sd = n > 1 ? sqrt(square / (double)(n - 1)) / unit : (double)NAN;
}

/* Radix sort of n keys, least significant byte first, over as many bytes as the largest key needs. Returns
 * the sorted half. */
static uint64_t *sort_keys(uint64_t *key, uint64_t *other, size_t n, uint64_t largest)
{
    for (unsigned shift = 0; shift < 64 && largest >> shift > 0; shift += 8) {
        size_t begin[257] = {0};
        uint64_t *swap = key;

        for (size_t at = 0; at < n; at++) {
            begin[((key[at] >> shift) & 255) + 1]++;
        }
        for (size_t byte = 0; byte < 256; byte++) {
            begin[byte + 1] += begin[byte];
        }
        for (size_t at = 0; at < n; at++) {
            other[begin[(key[at] >> shift) & 255]++] = key[at];
        }
        key = other;
        other = swap;
    }
    return key;
}

static void stored_statistics(const tally *self, size_t column, double unit, uint64_t *scratch,
                              pc_statistics *out)
{
    size_t n = self->replicates;
    int64_t least = INT64_MAX, sum = 0;
    uint64_t largest = 0, *sorted;
    double mean, square = 0.0;

    for (size_t at = 0; at < n; at++) {
        int64_t value = stored_value(self, column, at);

        least = value < least ? value : least;
        sum += value;
    }
    mean = (double)sum / (double)n;
    for (size_t at = 0; at < n; at++) {
        int64_t value = stored_value(self, column, at);
        double deviation = (double)value - mean;

        square += deviation * deviation;
        scratch[at] = (uint64_t)(value - least);
        largest = scratch[at] > largest ? scratch[at] : largest;
    }
    sorted = sort_keys(scratch, scratch + n, n, largest);
    for (size_t quantile = 0; quantile < PC_N_QUANTILE; quantile++) {
        size_t rank = quantile_rank(pc_quantile_level[quantile], n);

        out->quantile[quantile] = (double)((int64_t)sorted[rank] + least) / unit;
    }
    out->mean = mean / unit;
    out->sd = n > 1 ? sqrt(square / (double)(n - 1)) / unit : (double)NAN;
}

static int ascending(const void *a, const void *b)
{
    const int64_t *x = a, *y = b;

    return (*x > *y) - (*x < *y);
}

void tally_values(int64_t *value, size_t n, double unit, pc_statistics *out)
{
    double sum = 0.0, square = 0.0, mean;

    qsort(value, n, sizeof *value, ascending);
    for (size_t at = 0; at < n; at++) {
        sum += (double)value[at];
    }
    mean = sum / (double)n;
    for (size_t at = 0; at < n; at++) {
        square += ((double)value[at] - mean) * ((double)value[at] - mean);
    }
    for (size_t quantile = 0; quantile < PC_N_QUANTILE; quantile++) {
        out->quantile[quantile] = (double)value[quantile_rank(pc_quantile_level[quantile], n)] / unit;
    }
    out->mean = mean / unit;
    out->sd = n > 1 ? sqrt(square / (double)(n - 1)) / unit : (double)NAN;
}

void tally_statistics(const tally *self, size_t cell, double unit, uint64_t *scratch, pc_statistics *out)
{
    if (self->stored[cell]) {
        stored_statistics(self, self->slot[cell], unit, scratch, out);
    } else {
        histogram_statistics(&self->histogram[self->slot[cell]], self->replicates, unit, out);
    }
}

double tally_share(const tally *self, size_t cell, int64_t low, int64_t high)
{
    uint64_t count = 0;

    if (self->stored[cell]) {
        for (size_t at = 0; at < self->replicates; at++) {
            int64_t value = stored_value(self, self->slot[cell], at);

            count += value >= low && value <= high;
        }
    } else {
        const tally_histogram *histogram = &self->histogram[self->slot[cell]];

        for (uint32_t bin = 0; bin < histogram->n_bin; bin++) {
            int64_t value = histogram->base + bin;

            count += value >= low && value <= high ? histogram->count[bin] : 0;
        }
    }
    return (double)count / (double)self->replicates;
}

int64_t tally_quantile(const tally *self, size_t cell, double level)
{
    const tally_histogram *from = &self->histogram[self->slot[cell]];
    size_t rank = quantile_rank(level, self->replicates), seen = 0;
    uint32_t bin = 0;

    while (bin < from->n_bin && (seen += from->count[bin]) <= rank) {
        bin++;
    }
    return from->base + bin;
}
