#include "workforce/stay.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>

#include "base/memory.h"

#define TAIL 1e-7 /* of the cases; what is left goes in the last month */
#define NEAR 1e-6 /* share of stays; the inverse is exact to less than that */
enum { MOST_DAYS = 20000 };

double stay_mean(const pc_stay *self)
{
    double mean = 0.0, last = 0.0;

    if (self->n_band == 0) {
        return self->days;
    }
    for (size_t at = 0; at < self->n_band; at++) {
        mean += self->band_share[at] * (last + self->band_days[at]) / 2.0;
        last = self->band_days[at];
    }
    return mean;
}

static double within_bands(const pc_stay *self, double days)
{
    double sum = 0.0, last = 0.0, alive = 1.0;

    for (size_t at = 0; at < self->n_band && last < days; at++) {
        double width = self->band_days[at] - last, reach = fmin(days - last, width);

        sum += alive * reach - self->band_share[at] * reach * reach / (2.0 * width);
        alive -= self->band_share[at];
        last = self->band_days[at];
    }
    return sum;
}

/* Gamma with shape a and scale b: E[min(T, x)] = x Q(a; x) + a b P(a + 1; x). */
double stay_within(const pc_stay *self, double days)
{
    double shape, scale;

    if (self->n_band > 0) {
        return within_bands(self, days);
    }
    if (!(self->days > 0.0) || !(days > 0.0)) {
        return 0.0;
    }
    if (!(self->spread > 1e-6)) {
        return fmin(self->days, days);
    }
    shape = 1.0 / (self->spread * self->spread);
    scale = self->days / shape;
    return days * gsl_cdf_gamma_Q(days, shape, scale) +
           self->days * gsl_cdf_gamma_P(days, shape + 1.0, scale);
}

double stay_quantile(const pc_stay *self, double u)
{
    double last = 0.0;

    if (self->n_band == 0) {
        double shape;

        if (!(self->spread > 1e-6)) {
            return self->days;
        }
        shape = 1.0 / (self->spread * self->spread);
        return gsl_cdf_gamma_Pinv(u, shape, self->days / shape);
    }
    for (size_t at = 0; at < self->n_band; at++) {
        if (u <= self->band_share[at] || at + 1 == self->n_band) {
            double part = self->band_share[at] > 0.0 ? fmin(u / self->band_share[at], 1.0) : 0.0;

            return last + part * (self->band_days[at] - last);
        }
        u -= self->band_share[at];
        last = self->band_days[at];
    }
    return last;
}

pc_status stay_table_make(stay_table *self, const pc_stay *of)
{
    double shape;

    *self = (stay_table){.of = of};
    if (of->n_band > 0 || !(of->spread > 1e-6) || !(of->days > 0.0)) {
        return PC_OK;
    }
    shape = 1.0 / (of->spread * of->spread);
    self->shorter = pc_new(MOST_DAYS, sizeof *self->shorter);
    if (self->shorter == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    while (self->n < MOST_DAYS && (self->n == 0 || self->shorter[self->n - 1] < 1.0 - 2.0 * NEAR)) {
        self->shorter[self->n] = gsl_cdf_gamma_P((double)self->n, shape, of->days / shape);
        self->n++;
    }
    return PC_OK;
}

double stay_table_quantile(const stay_table *self, double u)
{
    size_t low = 0, high = self->n - 1;

    if (self->n < 2 || !(u < self->shorter[high])) {
        return stay_quantile(self->of, u);
    }
    while (high - low > 1) { /* shorter[low] <= u < shorter[high] */
        size_t middle = low + (high - low) / 2;

        if (u < self->shorter[middle]) {
            high = middle;
        } else {
            low = middle;
        }
    }
    /* So near to a whole day the inverse itself decides, with its own rounding. */
    return u - self->shorter[low] < NEAR || self->shorter[high] - u < NEAR ? stay_quantile(self->of, u)
                                                                           : (double)low + 0.5;
}

void stay_table_free(stay_table *self)
{
    free(self->shorter);
    *self = (stay_table){0};
}

size_t stay_months(const pc_stay *self, double leave[STAY_MOST_MONTHS], double residual[STAY_MOST_MONTHS])
{
    double mean = stay_mean(self), last = 0.0, at_least = 1.0;
    size_t n = 0;

    while (n < STAY_MOST_MONTHS) {
        double within = stay_within(self, (double)(n + 1) * STAY_MONTH);
        double next = (within - last) / STAY_MONTH; /* share that leaves n + 1 or more months later */

        residual[n] = mean > 0.0 ? (within - last) / mean : n == 0 ? 1.0 : 0.0;
        leave[n] = at_least - next;
        at_least = next;
        last = within;
        n++;
        if (!(next > TAIL)) {
            break;
        }
    }
    leave[n - 1] += at_least;
    residual[n - 1] += mean > 0.0 ? 1.0 - last / mean : 0.0;
    return n;
}
