#include "outcome/panel_variance.h"

#include <math.h>

#define SIBLINGS 0.5 /* what over-dispersion adds to the variance of a year's starts, per start */

/* Children who came or went in a year are still felt so many years later. */
static double felt(double exit_rate, double years)
{
    return exp(-exit_rate * years);
}

double panel_shock_variance(double phi, const panel_past *past, int years)
{
    double exit_rate = past->evidence.exits_a_year / past->now;
    double flow = hypot(past->evidence.starts_a_year, past->evidence.exits_a_year);
    double sum = 0.0, within = exit_rate > 0.0 ? (1.0 - exp(-exit_rate)) / exit_rate : 1.0;

    for (int j = 1; j <= years; j++) { /* z of year j acts on that year and, fading, on those after */
        double effect = 0.0;

        for (int k = j; k <= years; k++) {
            effect += pow(phi, k - j) * felt(exit_rate, years - k);
        }
        sum += effect * effect;
    }
    return flow * flow * within * within * sum;
}

double panel_single_variance(const panel_past *past, int years, double share)
{
    const panel_evidence *evidence = &past->evidence;
    double rate = evidence->exits_a_year / past->now, stay = felt(rate, years);
    double built = rate > 0.0 ? (1.0 - stay) / rate : years;
    double starters = evidence->starts_a_year * built;
    double process = past->now * stay * (1.0 - stay) + starters * (1.0 + SIBLINGS);
    double rates = evidence->starts_a_year * evidence->starts_a_year * (1.0 + SIBLINGS) /
                       (evidence->start_events + 1.0) +
                   evidence->exits_a_year * evidence->exits_a_year / (evidence->exit_events + 1.0);

    return process + share * share * rates * built * built;
}
