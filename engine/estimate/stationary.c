#include "estimate/stationary.h"

#include <math.h>

void stationary_solve(const double starts[PC_N_AGE_YEAR], const double leave[PC_N_AGE_BAND], stationary *out)
{
    out->present[0] = out->hazard[0] = 0;
    for (int t = 0; t < STATIONARY_N_MONTH; t++) {
        double rate = leave[pc_age_band_of_years(t / 12)] / 12, inflow = starts[t / 12] / 12;

        /* Exact for starts spread evenly over the month. */
        out->hazard[t + 1] = out->hazard[t] + rate;
        out->present[t + 1] =
            out->present[t] * exp(-rate) + (rate > 0 ? inflow * -expm1(-rate) / rate : inflow);
    }
}

static int first_month(size_t band)
{
    return pc_age_band_first_year[band] * 12;
}

/* Children of month t of age, [t, t + 1): the mean of both ends. */
static double in_month(const stationary *self, int t)
{
    return 0.5 * (self->present[t] + self->present[t + 1]);
}

static double in_band(const stationary *self, size_t band)
{
    double sum = 0;

    for (int t = first_month(band); t < first_month(band + 1); t++) {
        sum += in_month(self, t);
    }
    return sum;
}

double stationary_ageing(const stationary *self, size_t band)
{
    double sum = in_band(self, band);

    return sum > 0 ? 12 * self->present[first_month(band + 1)] / sum
                   : 12.0 / (first_month(band + 1) - first_month(band));
}

double stationary_age(const stationary *self, size_t band, double u)
{
    int first = first_month(band), end = first_month(band + 1);
    double left = u * in_band(self, band);

    if (!(in_band(self, band) > 0)) {
        return first + u * (end - first);
    }
    for (int t = first; t < end; t++) {
        double here = in_month(self, t);

        if (left <= here && here > 0) {
            return t + left / here;
        }
        left -= here;
    }
    return end;
}

/* Between months: present and hazard run straight on the log and on the line. */
static double started_by(const stationary *self, double month, double hazard_now)
{
    int m = (int)floor(month);
    double part = month - m, present, hazard;

    if (m >= STATIONARY_N_MONTH) {
        m = STATIONARY_N_MONTH - 1;
        part = 1;
    }
    present = self->present[m] + part * (self->present[m + 1] - self->present[m]);
    hazard = self->hazard[m] + part * (self->hazard[m + 1] - self->hazard[m]);
    return present * exp(hazard - hazard_now);
}

double stationary_stay(const stationary *self, double age, double u)
{
    int m = (int)floor(age < STATIONARY_N_MONTH ? age : STATIONARY_N_MONTH - 1);
    double part = age - m, now = self->hazard[m] + part * (self->hazard[m + 1] - self->hazard[m]);
    double all = started_by(self, age, now), low = 0, high = age;

    if (!(all > 0)) {
        return u * (age < 12 ? age : 12); /* nobody of that age in a steady state: here for a year at most */
    }
    for (int step = 0; step < 40; step++) { /* the month by which the share u had started */
        double middle = 0.5 * (low + high);

        if (started_by(self, middle, now) < u * all) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return age - 0.5 * (low + high);
}
