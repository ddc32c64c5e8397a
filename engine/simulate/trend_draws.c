/* The drift under rates that are drawn (docs/model.md, section 5).
 *
 * The trend believes only a share of the change that rates imply. An error of these rates implies a change as
 * well, which is believed no more than the rest: without this the numbers of a forecast spread as if it were
 * believed in full. So where more leave under the drawn rates than under the mean ones, more start. Each year
 * is looked at as a whole, to first order in how far the drawn rates lie from the mean ones. */
#include "simulate/trend.h"

#include <math.h>
#include <stdbool.h>

#include "simulate/layers.h"

/* Beyond these a first order says nothing. */
#define LEAST 0.25
#define MOST 4.0

static double exits_at(const pc_rates *rates, size_t age, size_t category, size_t care)
{
    const double *exit =
        rates->exit + pc_rates_cell(rates, PC_STREAM_LOCAL, age, category, care) * PC_N_EXIT_HAZARD;
    double all = 0.0;

    for (size_t cause = 0; cause < PC_N_EXIT_HAZARD; cause++) {
        all += exit[cause];
    }
    return all;
}

/* Years that a child can spend in a band of time in care within a year. */
static double dwell(const pc_plan *plan, size_t care)
{
    double from = care > 0 ? plan->care_edge[care - 1] : 0.0;

    return plan->care_bands && care + 1 < PC_N_BAND
               ? fmin((plan->care_edge[care] - from) / PC_DAYS_PER_YEAR, 1.0)
               : 1.0;
}

/* Expected local leavers of a year but for 18th birthdays, and how many more they are under `drawn`. Of those
 * who leave early nobody is left to leave again: the higher the rate the fewer are there to leave. */
static double count_exits(const pc_plan *plan, const pc_rates *drawn, const pc_trend_year *year, double *more)
{
    double sum = 0.0;

    *more = 0.0;
    for (size_t care = 0; care < PC_N_BAND; care++) {
        double within = dwell(plan, care);

        for (size_t cell = 0; cell < PC_N_AGE_BAND * drawn->n_category; cell++) {
            size_t age = cell / drawn->n_category, category = cell % drawn->n_category;
            double years = year->child_years[age][care][category];
            double mean = exits_at(plan->mean, age, category, care);
            double gain = exits_at(drawn, age, category, care) - mean;

            sum += years * mean;
            *more += fabs(gain * within) > 1e-6 ? years * (1.0 - exp(-gain * within)) / within : years * gain;
        }
    }
    return sum;
}

static double child_years_of(const pc_trend_year *year, size_t n_category)
{
    double sum = 0.0;

    for (size_t at = 0; at < (size_t)PC_N_AGE_BAND * PC_N_BAND; at++) {
        for (size_t category = 0; category < n_category; category++) {
            sum += year->child_years[at / PC_N_BAND][at % PC_N_BAND][category];
        }
    }
    return sum;
}

static double starts_under(const pc_rates *rates)
{
    double sum = 0.0;

    for (size_t age = 0; age < PC_N_AGE_YEAR; age++) {
        sum += rates->starts[PC_STREAM_LOCAL * PC_N_AGE_YEAR + age];
    }
    return sum;
}

void trend_of_draw(const pc_plan *self, const pc_rates *drawn, double out[PC_N_KNOT])
{
    const pc_trend *trend = self->drift;
    double starts = trend != NULL ? starts_under(drawn) / starts_under(self->mean) : 1.0;
    double implied = 0.0, before = 0.0; /* children more than at the mean rates: implied, and believed */

    for (int knot = 0; knot < PC_N_KNOT; knot++) {
        const pc_trend_year *year = trend != NULL ? &trend->year[knot] : NULL;
        double exits, more = 0.0, rate, kept_days, kept, wanted;

        out[knot] = knot > 0 ? out[knot - 1] : 1.0;
        if (year == NULL || !(starts > 0.0) || !(year->starts > 0.0)) {
            continue;
        }
        exits = count_exits(self, drawn, year, &more);
        rate = exits / child_years_of(year, drawn->n_category);
        /* Whoever leaves or comes in the year may have left again before its end. */
        kept_days = rate > 0.0 ? (1.0 - exp(-rate)) / rate : 1.0;
        kept = 1.0 - (1.0 - year->kept) * (exits > 0.0 ? 1.0 + more / exits : 1.0);
        implied = year->stayed * implied + (starts - 1.0) * year->starts * year->kept - more * kept_days;
        wanted = trend->share[knot] * implied - year->stayed * before + more * kept_days;
        before = trend->share[knot] * implied;
        if (kept > 0.1) {
            out[knot] =
                layers_round(fmin(fmax((1.0 + wanted / (year->starts * kept)) / starts, LEAST), MOST));
        }
    }
}
