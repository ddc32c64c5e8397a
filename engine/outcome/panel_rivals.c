#include "outcome/panel_rivals.h"

#include <math.h>
#include <string.h>

enum { FEWEST = 20 };
/* Where no error is known yet: a year's change varies about three times as much as starts and ceases alone
 * would make it. */
#define JUDGED_INFLATION 3.0

static bool is_flow(int what)
{
    return what > PANEL_N_TYPE;
}

/* The types changed in 2021: those before tell nothing of these. */
static bool comparable(int from, int what)
{
    return is_flow(what) || what == 0 || from >= PANEL_FIRST_TYPES || what - 1 == PANEL_FOSTER ||
           what - 1 == PANEL_PARENTS || what - 1 == PANEL_ADOPTION;
}

static double value_of(const pc_panel *panel, size_t area, int year, int what)
{
    switch (what) {
    case 0:
        return panel_figure(panel, area, year, PC_PANEL_STOCK);
    case PANEL_STARTS:
        return panel_figure(panel, area, year, PC_PANEL_STARTED);
    case PANEL_CEASES:
        return panel_figure(panel, area, year, PC_PANEL_CEASED);
    default:
        return comparable(year, what) ? panel_type_children(panel, area, year, (panel_type)(what - 1)) : -1.0;
    }
}

double panel_actual(const pc_panel *panel, size_t area, int origin, int years, int what)
{
    double sum = 0.0;

    if (!comparable(origin, what)) {
        return -1.0;
    }
    if (!is_flow(what)) {
        return value_of(panel, area, origin + years, what);
    }
    for (int year = 1; year <= years; year++) {
        double value = value_of(panel, area, origin + year, what);

        if (!(value >= 0.0)) {
            return -1.0;
        }
        sum += value;
    }
    return sum;
}

double panel_naive(const pc_panel *panel, size_t area, int origin, int years, int what)
{
    double value = value_of(panel, area, origin, what);

    return value >= 0.0 && is_flow(what) ? value * years : value;
}

/* Straight on from two years before, or the year before where that is all there is. */
double panel_line(const pc_panel *panel, size_t area, int origin, int years, int what)
{
    double now = value_of(panel, area, origin, what), sum = 0.0;

    for (int back = 2; back >= 1 && now >= 0.0; back--) {
        double before = comparable(origin - back, what) ? value_of(panel, area, origin - back, what) : -1.0;
        double slope = (now - before) / back;

        if (!(before >= 0.0)) {
            continue;
        }
        for (int year = 1; is_flow(what) && year <= years; year++) {
            sum += fmax(now + slope * year, 0.0);
        }
        return is_flow(what) ? sum : fmax(now + slope * years, 0.0);
    }
    return panel_naive(panel, area, origin, years, what);
}

void panel_spreads_by(const pc_panel *panel, const bool *use, int year, panel_spreads *out)
{
    size_t n[PANEL_N_HORIZON][PANEL_N_SCORED][PC_N_SIZE_BAND] = {{{0}}};

    memset(out, 0, sizeof *out);
    for (size_t area = 0; area < panel->n_area; area++) {
        for (int origin = panel->first_year; origin < year && use[area]; origin++) {
            double now = value_of(panel, area, origin, 0);

            for (int years = 1; years <= PANEL_N_HORIZON && origin + years <= year && now >= 1.0; years++) {
                for (int what = 0; what < PANEL_N_SCORED; what++) {
                    double actual = panel_actual(panel, area, origin, years, what);
                    double naive = panel_naive(panel, area, origin, years, what);
                    double square = (actual - naive) * (actual - naive) / fmax(naive, 1.0);

                    if (actual >= 0.0 && naive >= 0.0) {
                        out->value[years - 1][what][pc_size_band_of(now)] += square;
                        out->value[years - 1][what][PC_SIZE_ALL] += square;
                        n[years - 1][what][pc_size_band_of(now)]++;
                        n[years - 1][what][PC_SIZE_ALL]++;
                    }
                }
            }
        }
    }
    for (size_t at = 0; at < (size_t)PANEL_N_HORIZON * PANEL_N_SCORED; at++) {
        size_t years = at / PANEL_N_SCORED, what = at % PANEL_N_SCORED;

        for (int band = PC_N_SIZE_BAND - 1; band >= 0; band--) { /* that of all comes first */
            size_t many = n[years][what][band];

            out->value[years][what][band] =
                many >= FEWEST ? sqrt(out->value[years][what][band] / (double)many)
                               : (band == PC_SIZE_ALL ? (double)NAN : out->value[years][what][PC_SIZE_ALL]);
        }
    }
}

double panel_naive_spread(const panel_spreads *self, const pc_panel *panel, size_t area, int origin,
                          int years, int what)
{
    double now = value_of(panel, area, origin, 0), naive = panel_naive(panel, area, origin, years, what);
    double started = value_of(panel, area, origin, PANEL_STARTS);
    double ceased = value_of(panel, area, origin, PANEL_CEASES);
    double known = self->value[years - 1][what][pc_size_band_of(now)];

    if (isfinite(known)) {
        return known * sqrt(fmax(naive, 1.0));
    }
    return sqrt(JUDGED_INFLATION * years * (started + ceased) *
                (naive / fmax(is_flow(what) ? naive : now, 1.0)));
}
