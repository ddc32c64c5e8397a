/* rates_check.c - rates accepted only when lives can be drawn from them. */
#include <math.h>
#include <string.h>

#include "synth/synth_impl.h"

#define SHARE_TOLERANCE 1e-6

static bool fine(double value)
{
    return isfinite(value) && value >= 0;
}

/* The sum of `n` values, or NaN when one is negative or not finite. */
static double checked_sum(const double *value, size_t n)
{
    double total = 0;

    for (size_t at = 0; at < n; at++) {
        total = fine(value[at]) ? total + value[at] : (double)NAN;
    }
    return total;
}

static pc_status refuse(pc_diagnostics *diagnostics, const char *what, size_t stream, size_t age,
                        const char *category)
{
    pc_diagnostics_add(diagnostics, PC_ERROR, (pc_place){0}, "%s (stream %s, age %s%s%s)", what,
                       pc_stream_name((pc_stream)stream), pc_age_band_name((int)age),
                       category[0] == '\0' ? "" : ", ", category);
    return PC_ERR_RANGE;
}

/* Any exit band can meet any placement band, so the largest of each must fit into a day together. */
static bool cell_fits(const pc_rates *rates, size_t stream, size_t age, size_t category)
{
    double care = 0, placement = 0;

    for (size_t band = 0; band < PC_N_BAND; band++) {
        size_t cell = pc_rates_cell(rates, stream, age, category, band);
        double exits = checked_sum(rates->exit + cell * PC_N_EXIT_HAZARD, PC_N_EXIT_HAZARD);
        double changes = checked_sum(rates->status + cell * rates->n_category, rates->n_category);
        double moves = checked_sum(rates->move + cell * rates->n_category, rates->n_category);

        if (!(fine(exits) && fine(changes) && fine(moves)) ||
            rates->status[cell * rates->n_category + category] > 0) {
            return false;
        }
        care = exits + changes > care ? exits + changes : care;
        placement = moves > placement ? moves : placement;
    }
    return care + placement < PC_DAYS_PER_YEAR;
}

static bool band_has_starts(const pc_rates *rates, size_t stream, size_t age)
{
    bool any = false;

    for (int year = pc_age_band_first_year[age]; year < pc_age_band_first_year[age + 1]; year++) {
        any = any || rates->starts[stream * PC_N_AGE_YEAR + (size_t)year] > 0;
    }
    return any;
}

pc_status synth_rates_check(const pc_rates *rates, pc_diagnostics *diagnostics)
{
    if (rates->n_category != SYNTH_N_CATEGORY) {
        pc_diagnostics_add(diagnostics, PC_ERROR, (pc_place){0},
                           "rates over %zu categories; expected the %d of the shipped code map",
                           rates->n_category, (int)SYNTH_N_CATEGORY);
        return PC_ERR_RANGE;
    }
    for (size_t stream = 0; stream < PC_N_STREAM; stream++) {
        if (!fine(checked_sum(rates->starts + stream * PC_N_AGE_YEAR, PC_N_AGE_YEAR))) {
            return refuse(diagnostics, "starts are not all finite and at least 0", stream, 0, "");
        }
        for (size_t age = 0; age < PC_N_AGE_BAND; age++) {
            const double *first = rates->first + (stream * PC_N_AGE_BAND + age) * rates->n_category;
            double total = checked_sum(first, rates->n_category);

            if (band_has_starts(rates, stream, age) && !(fabs(total - 1) <= SHARE_TOLERANCE)) {
                return refuse(diagnostics, "shares of first placements do not add up to 1", stream, age, "");
            }
            for (size_t category = 0; category < rates->n_category; category++) {
                if (!cell_fits(rates, stream, age, category)) {
                    return refuse(
                        diagnostics,
                        "expected rates that are finite, at least 0, below one event a day in all, and no "
                        "change of status into the same category",
                        stream, age, synth_category_name[category]);
                }
            }
        }
    }
    return PC_OK;
}

pc_status synth_rates_copy(const pc_rates *rates, pc_rates *out)
{
    const size_t n_cell = (size_t)PC_N_STREAM * PC_N_AGE_BAND * rates->n_category * PC_N_BAND;
    pc_status status = pc_rates_init(out, rates->n_category);

    if (status == PC_OK) {
        memcpy(out->exit, rates->exit, n_cell * PC_N_EXIT_HAZARD * sizeof(double));
        memcpy(out->status, rates->status, n_cell * rates->n_category * sizeof(double));
        memcpy(out->move, rates->move, n_cell * rates->n_category * sizeof(double));
        memcpy(out->starts, rates->starts, (size_t)PC_N_STREAM * PC_N_AGE_YEAR * sizeof(double));
        memcpy(out->first, rates->first,
               (size_t)PC_N_STREAM * PC_N_AGE_BAND * rates->n_category * sizeof(double));
    }
    return status;
}
